//! Authentication-Info and Proxy-Authentication-Info.

use super::digest::{nonce_count, qop_params};
use super::{AuthParams, Qop};
use crate::header::shapes::shared_header;
use crate::{Fault, ParseConfig, Text};

/// What a server tells a client that it has recognised: the next nonce, and
/// proof that it knows the password too (RFC 3261 section 20.6, RFC 7615,
/// RFC 7616 section 3.5).
///
/// ```
/// use sip_core::header::{AuthenticationInfo, TypedHeader};
/// use sip_core::ParseConfig;
/// let text = b"nextnonce=\"47364c23432d2e131a5fb210812c\"";
/// let (info, _) = AuthenticationInfo::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(info.next_nonce().unwrap(), "47364c23432d2e131a5fb210812c");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmation<'m> {
    /// The parameters.
    pub params: AuthParams<'m>,
}

impl<'m> Confirmation<'m> {
    /// A confirmation that says nothing as yet, of which nothing is written.
    #[must_use]
    pub fn new() -> Self {
        Confirmation::default()
    }

    /// The same confirmation with the nonce that the client is to use next.
    #[must_use]
    pub fn with_next_nonce(mut self, nonce: &str) -> Self {
        self.params.set_quoted("nextnonce", nonce);
        self
    }

    /// The same confirmation with the server's own digest in hexadecimal, and
    /// what of the credentials it was made over.
    #[must_use]
    pub fn with_response(mut self, digest: &str, qop: &Qop<'_>, count: u32, cnonce: &str) -> Self {
        self.params.set_token("qop", qop);
        self.params.set_quoted("rspauth", digest);
        self.params.set_quoted("cnonce", cnonce);
        self.params.set_token("nc", format!("{count:08x}"));
        self
    }

    /// The nonce that the client is to use next.
    #[must_use]
    pub fn next_nonce(&self) -> Option<Text<'_>> {
        self.params.sent("nextnonce")
    }

    /// The server's own digest, in hexadecimal: it shows that the server knows
    /// the password.
    #[must_use]
    pub fn response(&self) -> Option<Text<'_>> {
        self.params.value("rspauth")
    }

    /// The same confirmation, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Confirmation<'static> {
        Confirmation {
            params: self.params.into_owned(),
        }
    }

    fn read(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (params, rest) = AuthParams::read(input, config)?;
        Ok((Confirmation { params }, rest))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.params.as_bytes());
    }
}

qop_params!(Confirmation);

shared_header! {
    /// What a server tells a client that it has recognised (RFC 3261
    /// section 20.6).
    AuthenticationInfo(Confirmation), AUTHENTICATION_INFO, list: false
}

shared_header! {
    /// What a proxy tells a client that it has recognised (RFC 7615
    /// section 4).
    ProxyAuthenticationInfo(Confirmation), PROXY_AUTHENTICATION_INFO, list: false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::TypedHeader;

    #[test]
    fn what_is_set_is_read_again() {
        let info =
            Confirmation::new()
                .with_next_nonce("n2")
                .with_response("00ff", &Qop::AUTH, 2, "c");
        let mut text = Vec::new();
        ProxyAuthenticationInfo(info.clone()).encode(&mut text);
        assert_eq!(
            text,
            b"nextnonce=\"n2\", qop=auth, rspauth=\"00ff\", cnonce=\"c\", nc=00000002"
        );
        let (read, rest) = ProxyAuthenticationInfo::decode(&text, &ParseConfig::STRICT).unwrap();
        assert_eq!((&read.0, rest), (&info, &b""[..]));
        assert_eq!(read.next_nonce().unwrap(), "n2");
        assert_eq!(read.qop(), Some(Qop::AUTH));
        assert_eq!(read.response().unwrap(), "00ff");
        assert_eq!(read.cnonce().unwrap(), "c");
        assert_eq!(read.nonce_count(), Some(2));
        assert_eq!(read.into_owned().0, info);
    }

    #[test]
    fn a_comma_divides_parameters_and_not_values() {
        let config = ParseConfig::DEFAULT;
        for (text, rule) in [
            (&b""[..], Rule::Param),
            (b"nextnonce", Rule::Param),
            (b"nextnonce=\"a\",", Rule::Param),
            (b"nextnonce=\"a\", nextnonce=\"b\"", Rule::RepeatedParam),
        ] {
            let fault = AuthenticationInfo::decode(text, &config).unwrap_err();
            assert_eq!(fault.rule, rule);
        }
    }
}
