//! Name-addrs, and the headers that are little else: From, To, Contact.

use super::params::{Params, quote, unquoted};
use super::shapes::address_header;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Class, decode, is};
use crate::{Fault, ParseConfig, ParseError, Rule, Text, Uri};

/// Who or where: a URI, perhaps with a name to show, and parameters
/// (`name-addr` or `addr-spec`, RFC 3261 section 20.10).
///
/// It is always written with angle brackets, so that parameters of the URI
/// and of the header cannot be confused.
///
/// ```
/// use sip_core::header::NameAddr;
/// let mut bob = NameAddr::parse(b"\"Bob \\\"B.\\\"\" <sip:bob@biloxi.com;lr>;tag=a6c85cf")?;
/// assert_eq!(bob.display_name.as_ref().unwrap().text(), "Bob \"B.\"");
/// assert_eq!(bob.uri.to_string(), "sip:bob@biloxi.com;lr");
/// assert_eq!(bob.params.value("tag").unwrap(), "a6c85cf");
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
    #[inline]
    pub(crate) fn read(
        input: &'m [u8],
        config: &ParseConfig,
        brackets: bool,
    ) -> Result<(Self, &'m [u8]), Fault> {
        let (split, rest) = decode(grammar::split_name_addr(input, config))?;
        if brackets && !split.brackets {
            return Err(Fault::new(Rule::AngleBrackets, input));
        }
        // A fault in the URI counts what is left of the URI alone.
        let after_uri = rest.len().saturating_add(usize::from(split.brackets));
        let uri = Uri::read(split.uri, config).map_err(|fault| Fault {
            rule: fault.rule,
            remaining: fault.remaining.saturating_add(after_uri),
        })?;
        let (params, rest) = decode(grammar::params(rest, config))?;
        let display_name = match split.display_name {
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

impl<'m> From<'m> {
    /// The same address with that tag.
    #[must_use]
    pub fn with_tag(mut self, tag: &str) -> Self {
        self.params.set("tag", tag);
        self
    }

    /// The tag: this side's half of the dialog's identity.
    #[must_use]
    pub fn tag(&self) -> Option<Text<'_>> {
        self.params.value("tag")
    }
}

impl<'m> To<'m> {
    /// The same address with that tag.
    #[must_use]
    pub fn with_tag(mut self, tag: &str) -> Self {
        self.params.set("tag", tag);
        self
    }

    /// The tag: this side's half of the dialog's identity; absent in a
    /// request that is to open one.
    #[must_use]
    pub fn tag(&self) -> Option<Text<'_>> {
        self.params.value("tag")
    }
}

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

    /// The `expires` parameter: for how many seconds the address holds.
    #[must_use]
    pub fn expires(&self) -> Option<u32> {
        self.address()?.params.number("expires")
    }

    /// The `q` parameter, in thousandths: 0 to 1,000 (RFC 3261 section 20.10).
    #[must_use]
    pub fn q(&self) -> Option<u16> {
        q_value(self.address()?.params.find("q")?.raw?.as_bytes())
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
        if let [b'*', rest @ ..] = input
            && rest
                .first()
                .is_none_or(|octet| !is(*octet, Class::TOKEN) && *octet != b'<')
        {
            let end = grammar::sws(rest);
            return match end {
                [] => Ok((Contact::Wildcard, end)),
                _ => Err(Fault::new(Rule::Wildcard, end)),
            };
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

/// `qvalue` in thousandths: `0` to `1` with at most three decimals.
pub(crate) fn q_value(text: &[u8]) -> Option<u16> {
    let (whole, decimals) = match text {
        [whole] => (whole, &[][..]),
        [whole, b'.', decimals @ ..] if decimals.len() <= 3 => (whole, decimals),
        _ => return None,
    };
    let mut value = u16::from(whole.wrapping_sub(b'0'));
    for place in 0..3 {
        let digit = decimals.get(place).copied().unwrap_or(b'0');
        if !digit.is_ascii_digit() || !whole.is_ascii_digit() {
            return None;
        }
        value = value
            .saturating_mul(10)
            .saturating_add(u16::from(digit.wrapping_sub(b'0')));
    }
    (value <= 1_000).then_some(value)
}
