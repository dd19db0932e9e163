//! How client and first hop agree on their security: Security-Client,
//! Security-Server, Security-Verify (RFC 3329).

use super::params::Params;
use super::shapes::{keyword, shared_header, write_token};
use super::{DigestAlgorithm, Qop};
use crate::grammar::{self, decode, token};
use crate::{Fault, ParseConfig, Text};

keyword! {
    /// The name of a security mechanism (RFC 3329 section 2.2).
    MechanismName {
        /// Digest authentication.
        DIGEST = "digest";
        /// TLS.
        TLS = "tls";
        /// IPsec with keys by IKE.
        IPSEC_IKE = "ipsec-ike";
        /// IPsec with keys set by hand.
        IPSEC_MAN = "ipsec-man";
        /// IPsec with keys by AKA (3GPP TS 33.203 annex H); its parameters
        /// are `alg`, `ealg`, `spi-c`, `spi-s`, `port-c`, `port-s`.
        IPSEC_3GPP = "ipsec-3gpp";
    }
}

/// A way to secure the first hop (`sec-mechanism`, RFC 3329 section 2.2).
///
/// ```
/// use sip_core::header::{MechanismName, SecurityMechanism, SecurityServer, TypedHeader};
/// use sip_core::ParseConfig;
/// let text = b"ipsec-ike;q=0.1, tls;q=0.2";
/// let (ike, rest) = SecurityServer::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(ike.name, MechanismName::IPSEC_IKE);
/// assert_eq!(ike.q(), Some(100));
/// assert_eq!(rest, b", tls;q=0.2");
///
/// let tls = SecurityMechanism::new(MechanismName::TLS).with_q(200);
/// assert_eq!(tls.params.as_bytes(), b";q=0.2");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityMechanism<'m> {
    /// Which mechanism it is.
    pub name: MechanismName<'m>,
    /// The parameters.
    pub params: Params<'m>,
}

impl<'m> SecurityMechanism<'m> {
    /// That mechanism, without parameters.
    #[must_use]
    pub fn new(name: MechanismName<'m>) -> Self {
        SecurityMechanism {
            name,
            params: Params::NONE,
        }
    }

    /// The same mechanism with that preference, in thousandths: at most 1,000.
    #[must_use]
    pub fn with_q(mut self, thousandths: u16) -> Self {
        let text = if thousandths >= 1_000 {
            "1".to_owned()
        } else {
            let decimals = format!("0.{thousandths:03}");
            decimals
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        };
        self.params.set("q", text);
        self
    }

    /// The same mechanism with that algorithm for its digests.
    #[must_use]
    pub fn with_digest_algorithm(mut self, algorithm: &DigestAlgorithm<'_>) -> Self {
        self.params.set("d-alg", algorithm);
        self
    }

    /// The same mechanism with that protection for its digests.
    #[must_use]
    pub fn with_digest_qop(mut self, qop: &Qop<'_>) -> Self {
        self.params.set("d-qop", qop);
        self
    }

    /// The same mechanism with that digest over the server's list, 32
    /// hexadecimal digits.
    #[must_use]
    pub fn with_digest_verify(mut self, digest: &str) -> Self {
        self.params.set_quoted("d-ver", digest);
        self
    }

    /// How much it is liked beside the others, in thousandths: 0 to 1,000.
    #[must_use]
    pub fn q(&self) -> Option<u16> {
        self.params.q()
    }

    /// The algorithm of Digest.
    #[must_use]
    pub fn digest_algorithm(&self) -> Option<DigestAlgorithm<'_>> {
        self.params.value("d-alg").map(DigestAlgorithm::from)
    }

    /// The protection of Digest.
    #[must_use]
    pub fn digest_qop(&self) -> Option<Qop<'_>> {
        self.params.value("d-qop").map(Qop::from)
    }

    /// The digest over the server's list, in hexadecimal: it shows that nobody
    /// has changed the list on its way (RFC 3329 section 2.4).
    #[must_use]
    pub fn digest_verify(&self) -> Option<Text<'_>> {
        self.params.value("d-ver")
    }

    /// The same mechanism, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> SecurityMechanism<'static> {
        SecurityMechanism {
            name: self.name.into_owned(),
            params: self.params.into_owned(),
        }
    }

    fn read(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (name, rest) = decode(token(input))?;
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            SecurityMechanism {
                name: MechanismName::from(Text::from_octets(name)),
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_token(self.name.as_ref(), out);
        out.extend_from_slice(self.params.as_bytes());
    }
}

shared_header! {
    /// A mechanism that the client can do (RFC 3329 section 2.2).
    SecurityClient(SecurityMechanism), SECURITY_CLIENT, list: true
}

shared_header! {
    /// A mechanism that the server can do (RFC 3329 section 2.2).
    SecurityServer(SecurityMechanism), SECURITY_SERVER, list: true
}

shared_header! {
    /// A mechanism that the server said it can do, sent back to it over the
    /// one that was agreed on (RFC 3329 section 2.2).
    SecurityVerify(SecurityMechanism), SECURITY_VERIFY, list: true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::TypedHeader;

    #[test]
    fn what_is_set_is_read_again() {
        let digest = SecurityMechanism::new(MechanismName::DIGEST)
            .with_digest_algorithm(&DigestAlgorithm::MD5)
            .with_digest_qop(&Qop::AUTH)
            .with_digest_verify("0123456789abcdef0123456789abcdef")
            .with_q(5);
        let mut text = Vec::new();
        SecurityVerify(digest.clone()).encode(&mut text);
        assert_eq!(
            text,
            b"digest;d-alg=MD5;d-qop=auth;d-ver=\"0123456789abcdef0123456789abcdef\";q=0.005"
        );
        let (read, rest) = SecurityVerify::decode(&text, &ParseConfig::STRICT).unwrap();
        assert_eq!((&read.0, rest), (&digest, &b""[..]));
        assert_eq!(read.digest_algorithm(), Some(DigestAlgorithm::MD5));
        assert_eq!(read.digest_qop(), Some(Qop::AUTH));
        assert_eq!(read.digest_verify().unwrap().len(), 32);
        assert_eq!(read.q(), Some(5));
        assert_eq!(read.into_owned().0, digest);
    }

    #[test]
    fn preferences_are_written_in_thousandths() {
        for (q, text) in [
            (0, "0"),
            (1, "0.001"),
            (50, "0.05"),
            (999, "0.999"),
            (1_000, "1"),
        ] {
            let mechanism = SecurityMechanism::new(MechanismName::TLS).with_q(q);
            assert_eq!(mechanism.params.value("q").unwrap(), text);
            assert_eq!(mechanism.q(), Some(q));
        }
    }

    #[test]
    fn the_parameters_of_3gpp_are_numbers() {
        let text = b"ipsec-3gpp; alg=hmac-sha-1-96; spi-c=98765432; spi-s=87654321; \
            port-c=8642; port-s=7531";
        let (read, _) = SecurityClient::decode(text, &ParseConfig::DEFAULT).unwrap();
        assert_eq!(read.name, MechanismName::IPSEC_3GPP);
        assert_eq!(read.params.number("spi-c"), Some(98_765_432));
        assert_eq!(read.params.number("port-s"), Some(7531));
        assert_eq!(read.q(), None);
    }

    #[test]
    fn a_mechanism_is_a_token_with_parameters() {
        for (text, rule) in [
            (&b""[..], Rule::Token),
            (b";q=1", Rule::Token),
            (b"tls;", Rule::Param),
            (b"tls;q=", Rule::Param),
        ] {
            let fault = SecurityServer::decode(text, &ParseConfig::DEFAULT).unwrap_err();
            assert_eq!(fault.rule, rule);
        }
    }
}
