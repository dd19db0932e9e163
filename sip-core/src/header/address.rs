//! Name-addrs, and the headers that are little else: From, To, Contact.

use super::params::{Params, quote, unquoted};
use super::shapes::address_header;
use super::{FeatureValue, HeaderName, TypedHeader};
use crate::grammar::{self, decode};
use crate::{Fault, ParseConfig, ParseError, Rule, Text, Uri};

/// Who or where: a URI, perhaps with a name to show, and parameters
/// (`name-addr` or `addr-spec`, RFC 3261 section 20.10).
///
/// It is always written with angle brackets, so that parameters of the URI
/// and of the header cannot be confused.
///
/// ```
/// use sip_core::header::NameAddr;
/// let bob = NameAddr::parse(b"\"Bob \\\"B.\\\"\" <sip:bob@biloxi.com;lr>;tag=a6c85cf")?;
/// assert_eq!(bob.display_name.as_ref().unwrap().text(), "Bob \"B.\"");
/// assert_eq!(bob.uri.to_string(), "sip:bob@biloxi.com;lr");
/// assert_eq!(bob.params.value("tag").unwrap(), "a6c85cf");
///
/// let carol: NameAddr = "Carol <sip:carol@chicago.com>".parse()?;
/// assert_eq!(carol.with_param("q", "0.7").to_string(), "Carol <sip:carol@chicago.com>;q=0.7");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct NameAddr<'m> {
    /// The name to show, where there is one.
    pub display_name: Option<DisplayName<'m>>,
    /// The URI.
    pub uri: Uri<'m>,
    /// The parameters of the header, not of the URI.
    pub params: Params<'m>,
}

impl<'m> NameAddr<'m> {
    /// That URI, without a display name or parameters.
    #[must_use]
    pub fn new(uri: Uri<'m>) -> Self {
        NameAddr {
            display_name: None,
            uri,
            params: Params::NONE,
        }
    }

    /// Reads a name-addr or addr-spec with its parameters from the front of
    /// `input`, and gives what follows it: for a header of one's own, see
    /// [`TypedHeader`].
    ///
    /// # Errors
    /// As [`NameAddr::parse`], save that anything may follow.
    pub fn decode(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        NameAddr::read(input, config, false)
    }

    /// Reads a name-addr or addr-spec with its parameters, which fill `text`.
    ///
    /// # Errors
    /// [`Rule::NameAddr`], and those of URIs and parameters.
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        match NameAddr::read(text, &ParseConfig::DEFAULT, false) {
            Ok((address, [])) => Ok(address),
            Ok((_, rest)) => Err(Fault::new(Rule::Trailing, rest).in_value(text.len())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    /// The same address with that display name.
    #[must_use]
    pub fn with_display_name(mut self, name: &str) -> Self {
        self.display_name = Some(DisplayName::new(name));
        self
    }

    /// The same address with that parameter.
    #[must_use]
    pub fn with_param(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.params.set(name, value);
        self
    }

    /// The same address, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> NameAddr<'static> {
        NameAddr {
            display_name: self.display_name.map(DisplayName::into_owned),
            uri: self.uri.into_owned(),
            params: self.params.into_owned(),
        }
    }

    /// Reads one from the front of `input`. `brackets`: the header allows the
    /// name-addr form only.
    #[inline(always)] // three of the values that every server reads
    pub(crate) fn read(
        input: &'m [u8],
        config: &ParseConfig,
        brackets: bool,
    ) -> Result<(Self, &'m [u8]), Fault> {
        let ((name, in_brackets), rest) = decode(grammar::before_uri(input, config))?;
        if brackets && !in_brackets {
            return Err(Fault::new(Rule::AngleBrackets, input));
        }
        let (uri, rest) = match Uri::read_front(rest, config) {
            Some((uri, [b'>', rest @ ..])) if in_brackets => (uri, rest),
            _ => read_uri(rest, in_brackets, config)?,
        };
        let (params, rest) = decode(grammar::params(rest, config))?;
        let display_name = match name {
            [] => None,
            name => Some(DisplayName(Text::from_octets(name))),
        };
        Ok((
            NameAddr {
                display_name,
                uri,
                params: Params::known(params),
            },
            rest,
        ))
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        if let Some(name) = &self.display_name {
            out.extend_from_slice(name.0.as_bytes());
            out.push(b' ');
        }
        out.push(b'<');
        out.extend_from_slice(self.uri.as_bytes());
        out.push(b'>');
        out.extend_from_slice(self.params.as_bytes());
    }
}

/// `LAQUOT absoluteURI RAQUOT`, where no display name is allowed.
pub(crate) fn uri_in_brackets<'m>(
    input: &'m [u8],
    config: &ParseConfig,
) -> Result<(Uri<'m>, &'m [u8]), Fault> {
    match input {
        [b'<', after @ ..] => read_uri(after, true, config),
        _ => Err(Fault::new(Rule::AngleBrackets, input)),
    }
}

impl<'m> TryFrom<&'m str> for NameAddr<'m> {
    type Error = ParseError;

    fn try_from(text: &'m str) -> Result<Self, ParseError> {
        NameAddr::parse(text.as_bytes())
    }
}

impl std::str::FromStr for NameAddr<'static> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        NameAddr::try_from(text).map(NameAddr::into_owned)
    }
}

impl std::fmt::Display for NameAddr<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = Vec::new();
        self.write(&mut text);
        f.pad(&String::from_utf8_lossy(&text))
    }
}

/// Reads the URI behind its opening bracket, and the closing one; or a URI that
/// stands without brackets.
fn read_uri<'m>(
    input: &'m [u8],
    in_brackets: bool,
    config: &ParseConfig,
) -> Result<(Uri<'m>, &'m [u8]), Fault> {
    let (text, rest) = match in_brackets {
        true => decode(grammar::bracketed_uri(input)),
        false => decode(grammar::bare_uri(input)),
    }
    .map_err(|fault| Fault {
        // A bracket that is not closed is missed where it was opened.
        remaining: fault.remaining.saturating_add(usize::from(in_brackets)),
        ..fault
    })?;
    // A fault in the URI counts what is left of the URI alone.
    let after_uri = rest.len().saturating_add(usize::from(in_brackets));
    let uri = Uri::read(text, config).map_err(|fault| Fault {
        rule: fault.rule,
        remaining: fault.remaining.saturating_add(after_uri),
    })?;
    Ok((uri, rest))
}

/// The name to show for an address (`display-name`, RFC 3261 section 25.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName<'m>(Text<'m>);

impl<'m> DisplayName<'m> {
    /// That name, in quotes.
    #[must_use]
    pub fn new(name: &str) -> DisplayName<'static> {
        let mut quoted = Vec::with_capacity(name.len().saturating_add(2));
        quote(name.as_bytes(), &mut quoted);
        DisplayName(Text::from(quoted))
    }

    /// The name itself, out of its quotes.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        unquoted(self.0.borrowed())
    }

    /// The name as it is written, quotes and all.
    #[must_use]
    pub fn raw(&self) -> &Text<'m> {
        &self.0
    }

    /// The same name, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> DisplayName<'static> {
        DisplayName(self.0.into_owned())
    }
}

address_header! {
    /// Who sent the request (RFC 3261 section 20.20).
    From, FROM, list: false, brackets: false
}

address_header! {
    /// Whom the request is for (RFC 3261 section 20.39).
    To, TO, list: false, brackets: false
}

/// The parameter that both ends of a dialog have.
macro_rules! tag_param {
    ($type:ident) => {
        impl $type<'_> {
            /// The same address with that tag.
            #[must_use]
            pub fn with_tag(mut self, tag: &str) -> Self {
                self.params.set("tag", tag);
                self
            }

            /// The tag: this side's half of the dialog's identity (RFC 3261
            /// section 19.3); absent from the To of a request that is to open
            /// one.
            #[must_use]
            pub fn tag(&self) -> Option<Text<'_>> {
                self.params.value("tag")
            }
        }
    };
}

tag_param!(From);
tag_param!(To);

/// Where the sender is to be reached from now on (RFC 3261 section 20.10);
/// in a REGISTER also `*`, all that is registered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Contact<'m> {
    /// An address.
    Address(NameAddr<'m>),
    /// `*`, which stands alone and with `Expires: 0` (RFC 3261 section 10.2.2).
    Wildcard,
}

impl<'m> Contact<'m> {
    /// The address, unless it is `*`.
    #[must_use]
    pub fn address(&self) -> Option<&NameAddr<'m>> {
        match self {
            Contact::Address(address) => Some(address),
            Contact::Wildcard => None,
        }
    }

    /// The `expires` parameter: for how many seconds the address holds. None
    /// where there is none, and Expires says it for all; and where it is no such
    /// number, which a registrar takes for 3,600 (RFC 3261 section 20.10).
    /// [`Params::contains`] tells the two apart.
    #[must_use]
    pub fn expires(&self) -> Option<u32> {
        self.address()?.params.number("expires")
    }

    /// The `q` parameter, in thousandths: 0 to 1,000 (RFC 3261 section 20.10).
    #[must_use]
    pub fn q(&self) -> Option<u16> {
        self.address()?.params.q()
    }

    /// What the device says of that feature, see [`Params::feature`].
    #[must_use]
    pub fn feature(&self, name: &str) -> Option<FeatureValue<'_>> {
        self.address()?.params.feature(name)
    }

    /// Whether the contact is the focus of a conference (`isfocus`, RFC 4579
    /// section 5.1).
    #[must_use]
    pub fn is_focus(&self) -> bool {
        self.feature("isfocus").is_some_and(|value| value.is_true())
    }

    /// The URN that names the device for good (`+sip.instance`, RFC 5626
    /// section 4.1), out of its quotes and angle brackets.
    ///
    /// ```
    /// use sip_core::header::{Contact, TypedHeader};
    /// let text = b"<sip:a@192.0.2.2>;reg-id=1\
    ///     ;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";
    /// let (contact, _) = Contact::decode(text, &Default::default()).unwrap();
    /// assert_eq!(contact.instance().unwrap(), "urn:uuid:00000000-0000-1000-8000-000A95A0E128");
    /// assert_eq!(contact.reg_id(), Some(1));
    /// ```
    #[must_use]
    pub fn instance(&self) -> Option<Text<'_>> {
        match self.feature("+sip.instance")? {
            FeatureValue::Text(urn) => Some(urn),
            FeatureValue::AnyOf(_) => None,
        }
    }

    /// Which of the device's flows the registration is for: 1 to 2^31 - 1
    /// (`reg-id`, RFC 5626 section 4.2).
    #[must_use]
    pub fn reg_id(&self) -> Option<u32> {
        let reg_id = self.address()?.params.number("reg-id")?;
        (1..=0x7FFF_FFFF).contains(&reg_id).then_some(reg_id)
    }

    /// The URI that leads to this device from anywhere, and shows whose it is
    /// (`pub-gruu`, RFC 5627 section 3.1).
    #[must_use]
    pub fn pub_gruu(&self) -> Option<Uri<'_>> {
        self.uri_param("pub-gruu")
    }

    /// The URI that leads to this device from anywhere, for a time, and does
    /// not show whose it is (`temp-gruu`, RFC 5627 section 3.1).
    #[must_use]
    pub fn temp_gruu(&self) -> Option<Uri<'_>> {
        self.uri_param("temp-gruu")
    }

    fn uri_param(&self, name: &str) -> Option<Uri<'_>> {
        let value = self.address()?.params.value(name)?;
        match value.as_borrowed() {
            Some(octets) => Uri::parse(octets).ok(),
            None => Uri::parse(value.as_bytes()).ok().map(Uri::into_owned),
        }
    }

    /// The same contact, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Contact<'static> {
        match self {
            Contact::Address(address) => Contact::Address(address.into_owned()),
            Contact::Wildcard => Contact::Wildcard,
        }
    }
}

impl<'m> ::std::convert::From<NameAddr<'m>> for Contact<'m> {
    fn from(address: NameAddr<'m>) -> Self {
        Contact::Address(address)
    }
}

impl<'m> ::std::convert::From<Uri<'m>> for Contact<'m> {
    fn from(uri: Uri<'m>) -> Self {
        Contact::Address(NameAddr::new(uri))
    }
}

impl TypedHeader for Contact<'_> {
    type Value<'m> = Contact<'m>;
    const NAME: HeaderName<'static> = HeaderName::CONTACT;
    const LIST: bool = true;

    #[inline]
    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        // A display name may begin with `*`, too, and be nothing else.
        if let [b'*', rest @ ..] = input {
            let end = grammar::sws(rest);
            match end.first() {
                None => return Ok((Contact::Wildcard, end)),
                Some(b',' | b';') => return Err(Fault::new(Rule::Wildcard, end)),
                Some(_) => {}
            }
        }
        let (address, rest) = NameAddr::read(input, config, false)?;
        Ok((Contact::Address(address), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Contact::Address(address) => address.write(out),
            Contact::Wildcard => out.push(b'*'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, value, written_as};

    #[test]
    fn a_contact_tells_which_device_it_is() {
        let text = "<sip:a@192.0.2.1>;reg-id=2147483647;+SIP.Instance=\"<urn:uuid:1>\"\
            ;pub-gruu=\"sip:a@example.com;gr=urn:uuid:1\";temp-gruu=\"sip:t\\j@b;gr\";isfocus";
        let contact = value::<Contact>(text);
        assert_eq!(contact.instance().unwrap(), "urn:uuid:1");
        assert_eq!(contact.reg_id(), Some(0x7FFF_FFFF));
        let pub_gruu = contact.pub_gruu().unwrap();
        assert_eq!(pub_gruu.to_string(), "sip:a@example.com;gr=urn:uuid:1");
        assert_eq!(contact.temp_gruu().unwrap().to_string(), "sip:tj@b;gr");
        assert!(contact.is_focus());
        assert_eq!(contact.feature("audio"), None);
    }

    #[test]
    fn a_contact_that_tells_it_badly_tells_nothing() {
        let text =
            "<sip:a@b>;reg-id=2147483648;+sip.instance=\"x\";pub-gruu=\"a\";isfocus=\"FALSE\"";
        for contact in [value::<Contact>(text), Contact::Wildcard] {
            assert_eq!(contact.instance(), None);
            assert_eq!(contact.reg_id(), None);
            assert!(contact.pub_gruu().is_none() && contact.temp_gruu().is_none());
            assert!(!contact.is_focus());
        }
        assert_eq!(value::<Contact>("<sip:a@b>;reg-id=0").reg_id(), None);
    }

    #[test]
    fn a_star_before_an_address_is_its_display_name() {
        for (text, plain) in [
            ("*<sip:a@b>", "* <sip:a@b>"),
            ("* <sip:a@b>", "* <sip:a@b>"),
            ("* * <sip:a@b>", "* * <sip:a@b>"),
        ] {
            let contact = value::<Contact>(text);
            assert!(contact.address().unwrap().display_name.is_some(), "{text}");
            written_as::<Contact>(text, plain);
        }
        for text in ["*", "* "] {
            let read = Contact::decode(text.as_bytes(), &ParseConfig::STRICT);
            assert!(matches!(read, Ok((Contact::Wildcard, []))), "{text}");
        }
        refused::<Contact>("* , <sip:a>", Rule::Wildcard, 2);
    }
}
