//! Who is asked to prove who they are, and how they do: challenges,
//! credentials, and what the server proves in turn (RFC 3261 section 22).
//!
//! Parameters stand in a comma list here, so these fields hold one value a
//! line: a second challenge is a second line (RFC 3261 section 7.3.1). Nothing
//! is computed here: hashes are for whoever answers or checks.

mod authentication_info;
mod challenge;
mod credentials;
mod digest;
mod params;

pub use authentication_info::{AuthenticationInfo, Confirmation, ProxyAuthenticationInfo};
pub use challenge::{Challenge, ProxyAuthenticate, WwwAuthenticate};
pub use credentials::{Authorization, Credentials, ProxyAuthorization};
pub use digest::{DigestAlgorithm, Qop};
pub use params::AuthParams;

use crate::Text;
use crate::grammar;

/// The name of the Bearer scheme (RFC 8898).
const BEARER: &str = "Bearer";

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
