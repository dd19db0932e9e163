//! Who is asked to prove who they are, and how they do: challenges,
//! credentials, and what the server proves in turn (RFC 3261 section 22).
//!
//! Parameters stand in a comma list here, so these fields hold one value a
//! line: a second challenge is a second line (RFC 3261 section 7.3.1). Nothing
//! is computed here: hashes are for whoever answers or checks.

mod challenge;
mod credentials;
mod info;
mod params;

pub use challenge::{Challenge, ProxyAuthenticate, WwwAuthenticate};
pub use credentials::{Authorization, Credentials, ProxyAuthorization};
pub use info::{AuthenticationInfo, Confirmation, ProxyAuthenticationInfo};
pub use params::AuthParams;

use super::shapes::keyword;
use crate::Text;
use crate::grammar;

/// The name of the Digest scheme (RFC 3261 section 22.4).
const DIGEST: &str = "Digest";

/// The name of the Bearer scheme (RFC 8898).
const BEARER: &str = "Bearer";

keyword! {
    /// The hash of a digest (RFC 8760 section 2.1, RFC 7616 section 6.1).
    ///
    /// ```
    /// use sip_core::header::DigestAlgorithm;
    /// assert_eq!(DigestAlgorithm::from("sha-256"), DigestAlgorithm::SHA_256);
    /// assert!(DigestAlgorithm::MD5_SESS.is_session());
    /// ```
    DigestAlgorithm {
        /// MD5, which is meant where no algorithm is named.
        MD5 = "MD5";
        /// MD5 over a session's key.
        MD5_SESS = "MD5-sess";
        /// SHA2-256.
        SHA_256 = "SHA-256";
        /// SHA2-256 over a session's key.
        SHA_256_SESS = "SHA-256-sess";
        /// SHA2-512 cut to 256 bits.
        SHA_512_256 = "SHA-512-256";
        /// SHA2-512 cut to 256 bits, over a session's key.
        SHA_512_256_SESS = "SHA-512-256-sess";
        /// AKA version 1 with MD5 (RFC 3310 section 3.1).
        AKA_V1_MD5 = "AKAv1-MD5";
    }
}

impl DigestAlgorithm<'_> {
    /// Whether the key is that of a session, made of both sides' nonces once
    /// and kept (RFC 7616 section 3.4.2).
    #[must_use]
    pub fn is_session(&self) -> bool {
        let text = self.text().as_bytes();
        let tail = text.len().saturating_sub(b"-sess".len());
        text.get(tail..)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(b"-sess"))
    }
}

keyword! {
    /// What a digest protects: the quality of protection (RFC 3261
    /// section 22.4, RFC 7616 section 3.3).
    Qop {
        /// Who sent the request, its method and its URI.
        AUTH = "auth";
        /// That and the body.
        AUTH_INT = "auth-int";
    }
}

/// The parameter `nc`: how often the nonce has been used, in eight
/// hexadecimal digits.
fn nonce_count(params: &AuthParams<'_>) -> Option<u32> {
    let value = params.value("nc")?;
    let digits = value.to_str().ok()?;
    let sound = digits.len() == 8 && digits.bytes().all(|octet| octet.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| sound)
}

/// The scheme, and what follows the white space behind it.
fn scheme(input: &[u8]) -> grammar::Parsed<'_, Text<'_>> {
    let (rest, scheme) = grammar::token(input)?;
    let (rest, ()) = grammar::lws(rest)?;
    Ok((rest, Text::from_octets(scheme)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Method, Request, Response, StatusCode, Uri};

    #[test]
    fn credentials_from_a_folded_field_can_be_sent_on() {
        let octets: &[u8] = b"REGISTER sip:pbx SIP/2.0\r\n\
            Authorization: Digest username=\"a\", realm=\"r\",\r\n\tnonce=\"n\",\r\n \
            uri=\"sip:pbx\", response=\"00\"\r\n\
            Authorization: Bearer abc\r\n\r\n";
        let request = Request::parse(octets).unwrap();
        let answers: Vec<_> = request
            .headers()
            .all::<Authorization>()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(answers[0].is_digest() && answers[1].is_bearer());
        let uri: Uri = "sip:pbx".parse().unwrap();
        let sent = Request::builder(Method::REGISTER, &uri)
            .header(answers[0].clone())
            .build()
            .unwrap();
        let read = sent.headers().required::<Authorization>().unwrap();
        assert_eq!(read.nonce().unwrap(), "n");
    }

    #[test]
    fn each_challenge_has_its_line() {
        let response = Response::builder(StatusCode::UNAUTHORIZED)
            .header(WwwAuthenticate(
                Challenge::digest("r", "n").with_algorithm(&DigestAlgorithm::SHA_256),
            ))
            .header(WwwAuthenticate(Challenge::digest("r", "n")))
            .build()
            .unwrap();
        let algorithms: Vec<_> = response
            .headers()
            .all::<WwwAuthenticate>()
            .map(|challenge| challenge.unwrap().algorithm().into_owned())
            .collect();
        assert_eq!(algorithms, [DigestAlgorithm::SHA_256, DigestAlgorithm::MD5]);
        let unfinished = Challenge::new("Digest").with_realm("r");
        let error = Response::builder(StatusCode::UNAUTHORIZED)
            .header(WwwAuthenticate(unfinished))
            .build()
            .unwrap_err();
        assert_eq!(error.error.rule, crate::Rule::MissingParam);
    }
}
