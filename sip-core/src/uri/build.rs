//! Building URIs from their parts.

use std::fmt;
use std::net::Ipv6Addr;

use super::escape::{escape, is_name};
use super::{Host, Scheme, Telephone, Uri, UriParams, parse};
use crate::grammar::Class;
use crate::{Fault, ParseConfig, ParseError, Rule, Text};

/// Builds a URI from parts given as they mean: each is escaped as its place
/// needs (RFC 3261 section 19.1.2).
///
/// What is wrong with a part is said by [`build`](UriBuilder::build).
///
/// ```
/// use sip_core::UriBuilder;
/// let uri = UriBuilder::sip()
///     .user("bob@home")
///     .host("biloxi.com")
///     .port(5060)
///     .param("transport", "tcp")
///     .flag("lr")
///     .header("subject", "next week?")
///     .build()?;
/// assert_eq!(
///     uri.to_string(),
///     "sip:bob%40home@biloxi.com:5060;transport=tcp;lr?subject=next%20week?"
/// );
///
/// let uri = UriBuilder::tel("70-42").param("phone-context", "example.com").build()?;
/// assert_eq!(uri.to_string(), "tel:70-42;phone-context=example.com");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct UriBuilder {
    scheme: Scheme,
    /// As it will stand, without the colon.
    scheme_text: Vec<u8>,
    /// Each part as it will stand. Of a `tel:` URI the user is the number, of
    /// others it is all that follows the scheme.
    user: Option<Vec<u8>>,
    password: Option<Vec<u8>>,
    host: Vec<u8>,
    port: Option<u16>,
    /// Each behind its semicolon.
    params: Vec<u8>,
    /// Each behind a question mark or `&`.
    headers: Vec<u8>,
    /// Whether the number of a `tel:` URI was given here, not by somebody else's
    /// URI that is edited.
    own_number: bool,
    fault: Option<Rule>,
}

/// Limits are for what others send.
const OWN: ParseConfig = {
    let mut config = ParseConfig::DEFAULT;
    config.limits.uri = u16::MAX;
    config.limits.params = u16::MAX;
    config
};

impl UriBuilder {
    /// Begins a `sip:` URI. It needs a [`host`](UriBuilder::host).
    pub fn sip() -> Self {
        UriBuilder::new(Scheme::Sip, b"sip")
    }

    /// Begins a `sips:` URI. It needs a [`host`](UriBuilder::host).
    pub fn sips() -> Self {
        UriBuilder::new(Scheme::Sips, b"sips")
    }

    /// Begins a `tel:` URI of that number: `+` and digits, or a local number,
    /// which needs the parameter `phone-context` (RFC 3966 section 5.1.5).
    /// Visual separators may stand in it, white space may not.
    pub fn tel(number: impl AsRef<[u8]>) -> Self {
        let mut builder = UriBuilder::new(Scheme::Tel, b"tel");
        builder.user = escaped(number.as_ref(), Class::URI_PARAM);
        builder.own_number = true;
        builder
    }

    fn new(scheme: Scheme, scheme_text: &[u8]) -> Self {
        UriBuilder {
            scheme,
            scheme_text: scheme_text.to_vec(),
            user: None,
            password: None,
            host: Vec::new(),
            port: None,
            params: Vec::new(),
            headers: Vec::new(),
            own_number: false,
            fault: None,
        }
    }

    /// The user; an empty one is none.
    pub fn user(mut self, user: impl AsRef<[u8]>) -> Self {
        self.require(self.is_sip());
        self.user = escaped(user.as_ref(), Class::USER);
        self
    }

    /// The user, as a telephone number with its parameters, such as that of a
    /// `tel:` URI; says `user=phone`. It is written in lower case, its parameters
    /// in the order of RFC 3966 section 3, so that the same number gives the
    /// same user (RFC 3261 section 19.1.6).
    ///
    /// ```
    /// use sip_core::{Uri, UriBuilder};
    /// let tel: Uri = "tel:+358-555-1234567;POSTD=PP22".parse()?;
    /// let number = tel.telephone().unwrap();
    /// let sip = UriBuilder::sip().telephone(&number).host("foo.com").build()?;
    /// assert_eq!(sip.to_string(), "sip:+358-555-1234567;postd=pp22@foo.com;user=phone");
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    pub fn telephone(mut self, number: &Telephone<'_>) -> Self {
        self.require(self.is_sip());
        let params = in_tel_order(number.params().as_bytes());
        let number = [number.raw_number(), &params].concat().to_ascii_lowercase();
        let mut user = Vec::with_capacity(number.len());
        // A parameter of a number may hold what a user part may not.
        for (place, run) in number.split(|octet| *octet == b'%').enumerate() {
            if place > 0 {
                user.push(b'%');
            }
            escape(run, Class::USER, &mut user);
        }
        self.user = Some(user);
        self.set_param("user", Some(b"phone"));
        self
    }

    /// The password; it needs a user. To send one in clear text to everybody
    /// on the way is not recommended (RFC 3261 section 19.1.1).
    pub fn password(mut self, password: impl AsRef<[u8]>) -> Self {
        self.require(self.is_sip());
        self.password = Some(escaped(password.as_ref(), Class::PASSWORD).unwrap_or_default());
        self
    }

    /// The host: a name, an address, or a [`Host`]. An IPv6 address may stand
    /// without its brackets.
    pub fn host(mut self, host: impl fmt::Display) -> Self {
        self.require(self.is_sip());
        let text = host.to_string();
        let text = match text.parse::<Ipv6Addr>() {
            Ok(address) => format!("[{address}]"),
            Err(_) => text,
        };
        if let Err(error) = Host::parse(text.as_bytes()) {
            self.fail(error.rule);
        }
        self.host = text.into_bytes();
        self
    }

    /// The port, or none.
    pub fn port(mut self, port: impl Into<Option<u16>>) -> Self {
        self.require(self.is_sip());
        self.port = port.into();
        self
    }

    /// A parameter with a value, in place of one that was given before. A
    /// value is at least one octet.
    pub fn param(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.set_param(name, Some(value.as_ref()));
        self
    }

    /// A parameter without a value, in place of one that was given before.
    pub fn flag(mut self, name: &str) -> Self {
        self.set_param(name, None);
        self
    }

    /// A header, behind those before (RFC 3261 section 19.1.5). The name
    /// `body` stands for the body.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.require(self.is_sip());
        if name.is_empty() {
            self.fail(Rule::HeaderName);
        }
        self.headers.push(match self.headers.is_empty() {
            true => b'?',
            false => b'&',
        });
        escape(name.as_bytes(), Class::URI_HEADER, &mut self.headers);
        self.headers.push(b'=');
        escape(value.as_ref(), Class::URI_HEADER, &mut self.headers);
        self
    }

    /// The URI.
    ///
    /// # Errors
    /// [`Rule::UriPart`] where a part was given that URIs of the scheme do not
    /// have, [`Rule::Host`] where the host is missing or is none,
    /// [`Rule::TelUri`] where the number is none, [`Rule::PhoneContext`] where
    /// a local one has no context, [`Rule::Param`], [`Rule::HeaderName`], and
    /// [`Limit::Uri`](crate::Limit::Uri) where the URI is longer than 65,535
    /// octets.
    pub fn build(mut self) -> Result<Uri<'static>, ParseError> {
        if self.own_number {
            self.params = in_tel_order(&self.params);
            let context = UriParams::known(&self.params).raw_value("phone-context");
            if self
                .user
                .as_ref()
                .is_none_or(|number| number.first() != Some(&b'+'))
                && context.is_none()
            {
                self.fail(Rule::PhoneContext);
            }
        }
        if self.password.is_some() && self.user.is_none() {
            self.fail(Rule::User);
        }
        if let Some(rule) = self.fault {
            return Err(Fault::new(rule, &[]).in_value(0));
        }
        self.assemble()
    }

    /// The URI of those parts, of which each is sound.
    pub(super) fn assemble(self) -> Result<Uri<'static>, ParseError> {
        let mut text = self.scheme_text;
        text.push(b':');
        if let Some(user) = &self.user {
            text.extend_from_slice(user);
        }
        if let Some(password) = &self.password {
            text.push(b':');
            text.extend_from_slice(password);
        }
        if self.user.is_some() && matches!(self.scheme, Scheme::Sip | Scheme::Sips) {
            text.push(b'@');
        }
        text.extend_from_slice(&self.host);
        if let Some(port) = self.port {
            text.push(b':');
            text.extend_from_slice(port.to_string().as_bytes());
        }
        text.extend_from_slice(&self.params);
        text.extend_from_slice(&self.headers);
        let parts = parse::parts(&text, &OWN).map_err(|fault| fault.in_value(text.len()))?;
        Ok(Uri {
            text: Text::from(text),
            parts,
        })
    }

    /// Takes out every parameter of that name.
    pub(super) fn remove_param(&mut self, name: &str) {
        let params = UriParams::known(&self.params);
        if !params.contains(name) {
            return;
        }
        let kept: Vec<&[u8]> = divided(&self.params)
            .filter(|param| !is_name(name_of(param), name))
            .collect();
        self.params = joined(&kept);
    }

    pub(super) fn remove_headers(&mut self) {
        self.headers.clear();
    }

    pub(super) fn remove_params(&mut self) {
        self.params.clear();
    }

    /// Without the password, too: it was another user's.
    pub(super) fn remove_user(&mut self) {
        (self.user, self.password) = (None, None);
    }

    fn set_param(&mut self, name: &str, value: Option<&[u8]>) {
        self.require(self.is_sip() || self.scheme == Scheme::Tel);
        if name.is_empty() || value.is_some_and(<[u8]>::is_empty) {
            self.fail(Rule::Param);
        }
        self.remove_param(name);
        self.params.push(b';');
        escape(name.as_bytes(), Class::URI_PARAM, &mut self.params);
        if let Some(value) = value {
            self.params.push(b'=');
            escape(value, Class::URI_PARAM, &mut self.params);
        }
    }

    fn is_sip(&self) -> bool {
        matches!(self.scheme, Scheme::Sip | Scheme::Sips)
    }

    fn require(&mut self, has_part: bool) {
        if !has_part {
            self.fail(Rule::UriPart);
        }
    }

    /// The first fault is the one to tell.
    fn fail(&mut self, rule: Rule) {
        self.fault.get_or_insert(rule);
    }
}

/// Begins with the parts of a URI, each as it stands there.
impl From<&Uri<'_>> for UriBuilder {
    fn from(uri: &Uri<'_>) -> Self {
        let mut builder = UriBuilder::new(uri.scheme(), uri.scheme_text().as_bytes());
        match uri.scheme() {
            Scheme::Urn | Scheme::Other => {
                builder.user = Some(uri.after_scheme().as_bytes().to_vec());
            }
            Scheme::Sip | Scheme::Sips | Scheme::Tel => {
                builder.user = uri.raw_user().map(<[u8]>::to_vec);
                builder.password = uri.raw_password().map(<[u8]>::to_vec);
                builder.host = uri
                    .host()
                    .map(|host| host.text().as_bytes().to_vec())
                    .unwrap_or_default();
                builder.port = uri.port();
                builder.params = uri.params().as_bytes().to_vec();
                builder.headers = uri.headers().as_bytes().to_vec();
            }
        }
        builder
    }
}

fn escaped(plain: &[u8], class: Class) -> Option<Vec<u8>> {
    if plain.is_empty() {
        return None;
    }
    let mut text = Vec::with_capacity(plain.len());
    escape(plain, class, &mut text);
    Some(text)
}

/// The parameters of a number in the order in which who compares octets finds
/// the same: `isub` or `ext`, `postd`, `phone-context`, then the others in the
/// order of the alphabet (RFC 3966 section 3, RFC 3261 section 19.1.6).
fn in_tel_order(params: &[u8]) -> Vec<u8> {
    let mut params: Vec<&[u8]> = divided(params).collect();
    params.sort_by_cached_key(|param| {
        let name = name_of(param).to_ascii_lowercase();
        let rank = match name.as_slice() {
            b"isub" => 0_u8,
            b"ext" => 1,
            b"postd" => 2,
            b"phone-context" => 3,
            _ => 4,
        };
        (rank, name)
    });
    joined(&params)
}

/// The parameters in `params`, each without its semicolon.
fn divided(params: &[u8]) -> impl Iterator<Item = &[u8]> {
    params.split(|octet| *octet == b';').skip(1)
}

fn joined(params: &[&[u8]]) -> Vec<u8> {
    let mut text = Vec::new();
    for param in params {
        text.push(b';');
        text.extend_from_slice(param);
    }
    text
}

fn name_of(param: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'=', param).unwrap_or(param.len());
    param.get(..end).unwrap_or(param)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limit;
    use proptest::prelude::*;

    fn rule(builder: UriBuilder) -> Rule {
        builder.build().unwrap_err().rule
    }

    #[test]
    fn each_part_is_escaped_as_its_place_needs() {
        let uri = UriBuilder::sips()
            .user("a:b@c#d")
            .password("p;q")
            .host("2001:db8::1")
            .param("x;y", "a=b, c")
            .header("Call-Info", "<http://h/?a=b&c>")
            .build()
            .unwrap();
        assert_eq!(
            uri.to_string(),
            "sips:a%3Ab%40c%23d:p%3Bq@[2001:db8::1];x%3By=a%3Db%2C%20c\
             ?Call-Info=%3Chttp://h/?a%3Db%26c%3E"
        );
    }

    #[test]
    fn a_parameter_given_again_takes_the_place_of_the_first() {
        let uri = UriBuilder::sip()
            .host("h")
            .param("a", "1")
            .flag("lr")
            .param("A", "2")
            .build()
            .unwrap();
        assert_eq!(uri.to_string(), "sip:h;lr;A=2");
    }

    #[test]
    fn the_parameters_of_a_number_stand_in_the_order_of_rfc_3966() {
        let uri = UriBuilder::tel("*21#")
            .param("z", "1")
            .flag("NPDI")
            .param("phone-context", "pbx.example")
            .param("ext", "5")
            .build()
            .unwrap();
        assert_eq!(
            uri.to_string(),
            "tel:*21%23;ext=5;phone-context=pbx.example;NPDI;z=1"
        );
        assert_eq!(uri.telephone().unwrap().digits(), "*21#");
    }

    #[test]
    fn a_number_moves_into_the_user_of_a_sip_uri() {
        let tel: Uri = "tel:+49-30;isub=a[1]%3B;npdi".parse().unwrap();
        let number = tel.telephone().unwrap();
        let uri = UriBuilder::sip()
            .telephone(&number)
            .host("gw.example")
            .build()
            .unwrap();
        assert_eq!(
            uri.to_string(),
            "sip:+49-30;isub=a%5B1%5D%3b;npdi@gw.example;user=phone"
        );
        let again = uri.telephone().unwrap();
        assert_eq!(again.digits(), "+4930");
        assert_eq!(again.isub().unwrap(), "a[1];");
    }

    #[test]
    fn equivalent_numbers_give_the_same_user() {
        for (this, that, user) in [
            (
                "tel:+358-555-1234567;tsp=a.b;phone-context=5",
                "tel:+358-555-1234567;PHONE-context=5;tsp=A.b",
                "+358-555-1234567;phone-context=5;tsp=a.b",
            ),
            (
                "tel:+358-555-1234567;postd=pp22;isub=1411",
                "tel:+358-555-1234567;isub=1411;postd=pp22",
                "+358-555-1234567;isub=1411;postd=pp22",
            ),
        ] {
            for tel in [this, that] {
                let tel = Uri::try_from(tel).unwrap();
                let number = tel.telephone().unwrap();
                let sip = UriBuilder::sips().telephone(&number).host("foo.com");
                let sip = sip.build().unwrap();
                assert_eq!(sip.user().unwrap(), user);
                assert_eq!(sip.user_param().unwrap(), "phone");
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_part_is_said_when_it_is_built() {
        assert_eq!(rule(UriBuilder::sip()), Rule::Host);
        assert_eq!(rule(UriBuilder::sip().host("h:5060")), Rule::Host);
        assert_eq!(rule(UriBuilder::sip().host("a b")), Rule::Host);
        assert_eq!(rule(UriBuilder::sip().host("h").flag("")), Rule::Param);
        assert_eq!(
            rule(UriBuilder::sip().host("h").param("a", "")),
            Rule::Param
        );
        assert_eq!(
            rule(UriBuilder::sip().host("h").header("", "")),
            Rule::HeaderName
        );
        assert_eq!(rule(UriBuilder::sip().host("h").password("p")), Rule::User);
        assert_eq!(rule(UriBuilder::tel("112")), Rule::PhoneContext);
        assert_eq!(rule(UriBuilder::tel("+49 30")), Rule::TelUri);
        assert_eq!(rule(UriBuilder::tel("+")), Rule::TelUri);
        assert_eq!(rule(UriBuilder::tel("+1").host("h")), Rule::UriPart);
        let long = UriBuilder::sip().user(vec![b'#'; 30_000]).host("h");
        assert_eq!(rule(long), Rule::Limit(Limit::Uri));
    }

    type Pairs = Vec<(String, Vec<u8>)>;

    fn pairs() -> impl Strategy<Value = Pairs> {
        let octets = proptest::collection::vec(any::<u8>(), 1..8);
        proptest::collection::btree_map("[ -~]{1,6}", octets, 0..6).prop_map(|pairs| {
            let mut names = std::collections::BTreeSet::new();
            pairs
                .into_iter()
                .filter(|(name, _)| names.insert(name.to_lowercase()))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_uri_is_read_as_the_parts_that_it_was_built_of(
            user in proptest::collection::vec(any::<u8>(), 0..16),
            password in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..8)),
            host in "([a-z0-9]([a-z0-9-]{0,3}[a-z0-9])?\\.){0,2}[a-z][a-z0-9]{0,3}\\.?|\\[::[0-9a-f]{1,4}\\]|192\\.0\\.2\\.[1-9]",
            port in proptest::option::of(any::<u16>()),
            params in pairs(),
            headers in pairs(),
        ) {
            let mut builder = UriBuilder::sip().user(&user).host(&host).port(port);
            let password = password.filter(|_| !user.is_empty());
            if let Some(password) = &password {
                builder = builder.password(password);
            }
            for (name, value) in &params {
                builder = builder.param(name, value);
            }
            for (name, value) in &headers {
                builder = builder.header(name, value);
            }
            let built = builder.build().unwrap();
            let uri = Uri::parse(built.as_bytes()).unwrap();
            let read = uri.user_unescaped().unwrap_or_default();
            prop_assert_eq!(read.as_bytes(), &user[..]);
            let read = uri.password_unescaped().map(|text| text.as_bytes().to_vec());
            prop_assert_eq!(read, password);
            prop_assert_eq!(uri.host().unwrap().to_string(), host);
            prop_assert_eq!(uri.port(), port);
            for (name, value) in &params {
                let read = uri.params().value(name).unwrap();
                prop_assert_eq!(read.as_bytes(), &value[..]);
            }
            prop_assert_eq!(uri.params().iter().count(), params.len());
            let read: Pairs = uri
                .headers()
                .iter()
                .map(|header| {
                    let value = header.value_unescaped().as_bytes().to_vec();
                    (header.name_unescaped().to_string(), value)
                })
                .collect();
            prop_assert_eq!(read, headers);
        }
    }
}
