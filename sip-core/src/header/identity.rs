//! Who somebody vouches for: Identity, P-Asserted-Identity,
//! P-Preferred-Identity.

use nom::bytes::complete::take_while1;

use super::address::uri_in_brackets;
use super::params::Params;
use super::shapes::address_header;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Class, Parsed, decode, is, separator, token};
use crate::{Fault, ParseConfig, Rule, Text, Uri};

/// A signature over who calls whom, and where its certificate is (RFC 8224
/// section 4). There may be several, each on its line.
///
/// ```
/// use sip_core::header::{Identity, TypedHeader};
/// use sip_core::ParseConfig;
/// let text = b"eyJhbGciOiJFUzI1NiJ9.eyJvcmlnIjp7fX0.c2ln;\
///     info=<https://biloxi.example.org/biloxi.cer>;alg=ES256;ppt=shaken";
/// let (identity, _) = Identity::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(identity.info.to_string(), "https://biloxi.example.org/biloxi.cer");
/// assert_eq!(identity.ppt().unwrap(), "shaken");
/// assert!(!identity.is_compact());
/// ```
#[derive(Debug, Clone)]
pub struct Identity<'m> {
    /// The PASSporT (RFC 8225): header, claims and signature in base64,
    /// divided by dots.
    pub digest: Text<'m>,
    /// Where the signer's certificate is.
    pub info: Uri<'m>,
    /// The parameters but `info`.
    pub params: Params<'m>,
}

impl<'m> Identity<'m> {
    /// That PASSporT, signed with the certificate that is at that URI.
    #[must_use]
    pub fn new(digest: impl Into<Text<'m>>, info: Uri<'m>) -> Self {
        Identity {
            digest: digest.into(),
            info,
            params: Params::NONE,
        }
    }

    /// The same identity with that signature algorithm.
    #[must_use]
    pub fn with_alg(mut self, alg: &str) -> Self {
        self.params.set("alg", alg);
        self
    }

    /// The same identity with that kind of PASSporT.
    #[must_use]
    pub fn with_ppt(mut self, ppt: &str) -> Self {
        self.params.set("ppt", ppt);
        self
    }

    /// The signature algorithm; `ES256` where none is named.
    #[must_use]
    pub fn alg(&self) -> Option<Text<'_>> {
        self.params.value("alg")
    }

    /// The kind of the PASSporT, such as `shaken` or `div` (RFC 8225
    /// section 8.1).
    #[must_use]
    pub fn ppt(&self) -> Option<Text<'_>> {
        self.params.value("ppt")
    }

    /// Whether header and claims are left out, to be made again from the
    /// message (the compact form, RFC 8225 section 7).
    #[must_use]
    pub fn is_compact(&self) -> bool {
        self.digest.as_bytes().starts_with(b"..")
    }

    /// The same identity, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Identity<'static> {
        Identity {
            digest: self.digest.into_owned(),
            info: self.info.into_owned(),
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for Identity<'_> {
    type Value<'m> = Identity<'m>;
    const NAME: HeaderName<'static> = HeaderName::IDENTITY;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (digest, rest) = decode(signed_identity_digest(input))?;
        let ((), rest) = decode(info_name(rest))?;
        let (info, rest) = uri_in_brackets(rest, config)?;
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            Identity {
                digest: Text::from_octets(digest),
                info,
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.digest.as_bytes());
        out.extend_from_slice(b";info=<");
        out.extend_from_slice(self.info.as_bytes());
        out.push(b'>');
        out.extend_from_slice(self.params.as_bytes());
    }
}

/// `1*( base64-char / "." )`. The ABNF forgets `-` and `_`, which the base64url
/// of every PASSporT is made of (RFC 7515 section 2).
fn signed_identity_digest(input: &[u8]) -> Parsed<'_, &[u8]> {
    let text = |octet| is(octet, Class::ALPHANUM) || b"/+-_.".contains(&octet);
    grammar::rule(Rule::Base64, take_while1(text))(input)
}

/// `SEMI "info" EQUAL`, which comes before all other parameters.
fn info_name(input: &[u8]) -> Parsed<'_, ()> {
    let (rest, ()) = grammar::rule(Rule::MissingParam, separator(b';'))(input)?;
    let (after, name) = grammar::rule(Rule::MissingParam, token)(rest)?;
    if !name.eq_ignore_ascii_case(b"info") {
        return grammar::fail(Rule::MissingParam, rest);
    }
    separator(b'=')(after)
}

address_header! {
    /// Who sent the request, as a server that knows says to others that trust
    /// it (RFC 3325 section 9.1). There is a SIP or SIPS URI, a `tel:` URI, or
    /// one of each; what is more is ignored (RFC 5876 section 4.5).
    PAssertedIdentity, P_ASSERTED_IDENTITY, list: true, brackets: false
}

address_header! {
    /// Which of their identities a user wants to be asserted (RFC 3325
    /// section 9.2).
    PPreferredIdentity, P_PREFERRED_IDENTITY, list: true, brackets: false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::refused;

    #[test]
    fn what_is_set_is_read_again() {
        let info = Uri::try_from("https://biloxi.example.org/biloxi.cer?x=1,2").unwrap();
        let identity = Identity::new("..sv5CTo05KqpSmtHt3dcEi/O-_+1CWTSZtnG3iV", info)
            .with_alg("ES256")
            .with_ppt("div");
        let mut text = Vec::new();
        identity.encode(&mut text);
        let (read, rest) = Identity::decode(&text, &ParseConfig::STRICT).unwrap();
        assert_eq!(rest, b"");
        assert!(read.is_compact());
        assert_eq!(read.alg().unwrap(), "ES256");
        assert_eq!(read.ppt().unwrap(), "div");
        let mut again = Vec::new();
        read.into_owned().encode(&mut again);
        assert_eq!(again, text);
    }

    #[test]
    fn white_space_and_quotes_are_free_and_a_comma_ends_the_value() {
        let text = b"a.b.c ; Info = <https://x.example/c> ;ppt=\"shaken\", d.e.f";
        let (identity, rest) = Identity::decode(text, &ParseConfig::DEFAULT).unwrap();
        assert_eq!(identity.ppt().unwrap(), "shaken");
        assert_eq!(rest, b", d.e.f");
    }

    #[test]
    fn each_fault_has_its_place() {
        refused::<Identity>("", Rule::Base64, 0);
        // The form of RFC 4474, which RFC 8224 replaces.
        refused::<Identity>("\"ZYNBb\"", Rule::Base64, 0);
        refused::<Identity>("a.b.c", Rule::MissingParam, 5);
        refused::<Identity>("a.b.c;alg=ES256", Rule::MissingParam, 6);
        refused::<Identity>("a.b.c;info", Rule::Separator, 10);
        refused::<Identity>("a.b.c;info=https://x", Rule::AngleBrackets, 11);
        refused::<Identity>("a.b.c;info=<https://x", Rule::NameAddr, 11);
        refused::<Identity>("a.b.c;info=<none>", Rule::Scheme, 16);
        refused::<Identity>("a.b.c;info=<h:x>;", Rule::Param, 17);
    }

    #[test]
    fn an_asserted_identity_is_an_address_in_a_list() {
        let text = b"\"Cullen Jennings\" <sip:fluffy@cisco.com>, tel:+14085264000";
        let config = ParseConfig::DEFAULT;
        let (sip, rest) = PAssertedIdentity::decode(text, &config).unwrap();
        assert_eq!(sip.display_name.as_ref().unwrap().text(), "Cullen Jennings");
        let (tel, rest) = PPreferredIdentity::decode(&rest[2..], &config).unwrap();
        assert_eq!(
            (tel.uri.user().unwrap(), rest),
            (Text::from("+14085264000"), &b""[..])
        );
        let mut written = Vec::new();
        PAssertedIdentity::from(tel.0.clone()).encode(&mut written);
        assert_eq!(written, b"<tel:+14085264000>");
        assert!(PAssertedIdentity::decode(&written, &config).is_ok());
        let fault = PAssertedIdentity::decode(b"Cullen", &config).unwrap_err();
        assert_eq!(fault.rule, Rule::NameAddr);
    }
}
