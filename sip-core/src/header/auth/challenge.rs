//! WWW-Authenticate and Proxy-Authenticate.

use super::digest::{DIGEST, digest_params};
use super::{AuthParams, BEARER, DigestAlgorithm, Qop, scheme};
use crate::grammar::{self, decode};
use crate::header::shapes::{shared_header, write_token};
use crate::{Fault, ParseConfig, Rule, Text};

/// What a server asks for before it answers: a scheme and its parameters
/// (RFC 3261 section 20.44; Digest: RFC 7616 section 3.3 and RFC 8760;
/// Bearer: RFC 8898 section 4).
///
/// ```
/// use sip_core::header::{Challenge, DigestAlgorithm, Qop, TypedHeader, WwwAuthenticate};
/// use sip_core::ParseConfig;
/// let text = b"Digest realm=\"biloxi.com\", nonce=\"f84f1cec41e6cbe5aea9c8e88d359\",
///   algorithm=SHA-256, qop=\"auth,auth-int\", stale=FALSE";
/// let (challenge, _) = WwwAuthenticate::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert!(challenge.is_digest());
/// assert_eq!(challenge.realm().unwrap(), "biloxi.com");
/// assert_eq!(challenge.algorithm(), DigestAlgorithm::SHA_256);
/// assert!(challenge.offers(&Qop::AUTH) && !challenge.is_stale());
///
/// let mut text = Vec::new();
/// WwwAuthenticate::from(Challenge::digest("biloxi.com", "84a4cc6f").with_qop(&[Qop::AUTH]))
///     .encode(&mut text);
/// assert_eq!(text, b"Digest realm=\"biloxi.com\", nonce=\"84a4cc6f\", qop=\"auth\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge<'m> {
    /// `Digest`, `Bearer` or another; case makes no difference.
    pub scheme: Text<'m>,
    /// The parameters: of Digest at least `realm` and `nonce`.
    pub params: AuthParams<'m>,
}

impl<'m> Challenge<'m> {
    /// A challenge of that scheme, as yet without parameters, of which it
    /// needs some.
    #[must_use]
    pub fn new(scheme: impl Into<Text<'m>>) -> Self {
        Challenge {
            scheme: scheme.into(),
            params: AuthParams::NONE,
        }
    }

    /// A Digest challenge for that protection domain.
    #[must_use]
    pub fn digest(realm: &str, nonce: &str) -> Self {
        let mut challenge = Challenge::new(DIGEST).with_realm(realm);
        challenge.params.set_quoted("nonce", nonce);
        challenge
    }

    /// A Bearer challenge: a token is to be had from that authorization
    /// server, an `https` URI.
    #[must_use]
    pub fn bearer(authz_server: &str) -> Self {
        let mut challenge = Challenge::new(BEARER);
        challenge.params.set_quoted("authz_server", authz_server);
        challenge
    }

    /// The same challenge with that `realm`.
    #[must_use]
    pub fn with_realm(mut self, realm: &str) -> Self {
        self.params.set_quoted("realm", realm);
        self
    }

    /// The same challenge for those URIs, divided by spaces.
    #[must_use]
    pub fn with_domain(mut self, uris: &str) -> Self {
        self.params.set_quoted("domain", uris);
        self
    }

    /// The same challenge, saying whether only the nonce was too old.
    #[must_use]
    pub fn with_stale(mut self, stale: bool) -> Self {
        self.params
            .set_token("stale", if stale { "true" } else { "false" });
        self
    }

    /// The same challenge with a choice of those kinds of protection.
    #[must_use]
    pub fn with_qop(mut self, choice: &[Qop<'_>]) -> Self {
        let words: Vec<&[u8]> = choice.iter().map(AsRef::as_ref).collect();
        self.params.set_quoted("qop", words.join(&b','));
        self
    }

    /// The same challenge for tokens of that scope, words divided by spaces
    /// (RFC 6749 section 3.3).
    #[must_use]
    pub fn with_scope(mut self, scope: &str) -> Self {
        self.params.set_quoted("scope", scope);
        self
    }

    /// The same challenge, saying what was wrong with the token that came
    /// (RFC 6750 section 3.1).
    #[must_use]
    pub fn with_error(mut self, error: &str) -> Self {
        self.params.set_quoted("error", error);
        self
    }

    /// The URIs that share the protection domain, divided by spaces; where
    /// there are none, all of the server's.
    #[must_use]
    pub fn domain(&self) -> Option<Text<'_>> {
        self.params.value("domain")
    }

    /// Whether only the nonce was too old: the password need not be asked for
    /// again.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.params
            .value("stale")
            .is_some_and(|stale| stale.eq_ignore_case("true"))
    }

    /// The kinds of protection to choose from, in the server's order. Where
    /// there are none, the server is of the time of RFC 2069 and wants a digest
    /// without `qop` (RFC 3261 section 22.4).
    pub fn qop(&self) -> impl Iterator<Item = Qop<'_>> {
        // A comma list in quotes: `sent` borrows, and words hold no escapes.
        self.params
            .find("qop")
            .into_iter()
            .filter_map(|param| param.raw?.as_borrowed())
            .flat_map(|raw| raw.split(|octet| matches!(octet, b',' | b'"')))
            .map(<[u8]>::trim_ascii)
            .filter(|word| !word.is_empty())
            .map(|word| Qop::from(Text::from_octets(word)))
    }

    /// Whether that kind of protection may be chosen.
    #[must_use]
    pub fn offers(&self, qop: &Qop<'_>) -> bool {
        self.qop().any(|offered| offered == *qop)
    }

    /// The authorization server that gives out tokens, an `https` URI
    /// (RFC 8898 section 4).
    #[must_use]
    pub fn authz_server(&self) -> Option<Text<'_>> {
        self.params.value("authz_server")
    }

    /// The scope that a token must have, words divided by spaces (RFC 6749
    /// section 3.3).
    #[must_use]
    pub fn scope(&self) -> Option<Text<'_>> {
        self.params.value("scope")
    }

    /// What was wrong with the token that came (RFC 6750 section 3.1).
    #[must_use]
    pub fn error(&self) -> Option<Text<'_>> {
        self.params.value("error")
    }

    /// The same challenge, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Challenge<'static> {
        Challenge {
            scheme: self.scheme.into_owned(),
            params: self.params.into_owned(),
        }
    }

    fn read(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (scheme, rest) = decode(grammar::rule(Rule::Challenge, scheme)(input))?;
        let (params, rest) = AuthParams::read(rest, config)?;
        let challenge = Challenge { scheme, params };
        let needed: &[&str] = if challenge.is_digest() {
            &["realm", "nonce"]
        } else {
            &[]
        };
        if needed
            .iter()
            .any(|name| challenge.params.find(name).is_none())
        {
            return Err(Fault::new(Rule::MissingParam, rest));
        }
        Ok((challenge, rest))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_token(self.scheme.as_bytes(), out);
        out.push(b' ');
        out.extend_from_slice(self.params.as_bytes());
    }
}

digest_params!(Challenge);

shared_header! {
    /// A server's or registrar's challenge, with a 401 (RFC 3261
    /// section 20.44). There may be several, each on its line, the one that
    /// the server likes best first (RFC 8760 section 2.3).
    WwwAuthenticate(Challenge), WWW_AUTHENTICATE, list: false
}

shared_header! {
    /// A proxy's challenge, with a 407 (RFC 3261 section 20.27). There may be
    /// several, each on its line, also from several proxies.
    ProxyAuthenticate(Challenge), PROXY_AUTHENTICATE, list: false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{HeaderName, TypedHeader};
    use crate::{Response, StatusCode};

    fn read(text: &str) -> Result<(Challenge<'_>, &[u8]), (Rule, usize)> {
        WwwAuthenticate::decode(text.as_bytes(), &ParseConfig::DEFAULT)
            .map(|(challenge, rest)| (challenge.0, rest))
            .map_err(|fault| (fault.rule, fault.in_value(text.len()).position.octet()))
    }

    #[test]
    fn the_challenge_of_rfc_3261_is_read() {
        let text = "Digest realm=\"atlanta.com\",\r\n domain=\"sip:boxesbybob.com\", \
            qop=\"auth\",\r\n nonce=\"f84f1cec41e6cbe5aea9c8e88d359\",\r\n opaque=\"\", \
            stale=FALSE, algorithm=MD5 ";
        let (challenge, rest) = read(text).unwrap();
        assert_eq!(rest, b" ");
        assert_eq!(challenge.realm().unwrap(), "atlanta.com");
        assert_eq!(challenge.domain().unwrap(), "sip:boxesbybob.com");
        assert_eq!(challenge.nonce().unwrap(), "f84f1cec41e6cbe5aea9c8e88d359");
        assert_eq!(challenge.opaque().unwrap(), "");
        assert_eq!(challenge.algorithm(), DigestAlgorithm::MD5);
        assert_eq!(challenge.qop().collect::<Vec<_>>(), [Qop::AUTH]);
        assert!(!challenge.is_stale() && !challenge.is_bearer());
        let sent = Response::builder(StatusCode::UNAUTHORIZED)
            .header(WwwAuthenticate(challenge))
            .build()
            .unwrap();
        let written = sent.headers().field(&HeaderName::WWW_AUTHENTICATE).unwrap();
        assert!(!written.value().contains(&b'\n'));
        let again = sent.headers().required::<WwwAuthenticate>().unwrap();
        assert_eq!(again.params.iter().count(), 7);
    }

    #[test]
    fn quotes_and_spaces_make_no_difference_to_words() {
        let text = "digest realm = pbx , nonce=\"1\", stale=\"True\",algorithm=\"sha-512-256\", \
            qop=\" auth , auth-int ,token\"";
        let (challenge, _) = read(text).unwrap();
        assert_eq!(challenge.realm().unwrap(), "pbx");
        assert!(challenge.is_stale());
        assert_eq!(challenge.algorithm(), DigestAlgorithm::SHA_512_256);
        assert!(challenge.offers(&Qop::AUTH_INT) && challenge.offers(&Qop::from("token")));
        let (old, _) = read("Digest realm=\"a\", nonce=\"b\"").unwrap();
        assert_eq!(old.algorithm(), DigestAlgorithm::MD5);
        assert_eq!(old.qop().count(), 0);
        assert!(
            read("Digest realm=\"a\", nonce=\"b\", qop=auth")
                .unwrap()
                .0
                .offers(&Qop::AUTH)
        );
    }

    #[test]
    fn a_bearer_challenge_names_the_authorization_server() {
        let challenge = Challenge::bearer("https://as.example/token")
            .with_realm("pbx")
            .with_scope("sip calls")
            .with_error("invalid_token");
        let mut text = Vec::new();
        ProxyAuthenticate(challenge.clone()).encode(&mut text);
        let (read, _) = ProxyAuthenticate::decode(&text, &ParseConfig::STRICT).unwrap();
        assert_eq!(read.0, challenge);
        assert!(read.is_bearer());
        assert_eq!(read.authz_server().unwrap(), "https://as.example/token");
        assert_eq!(read.scope().unwrap(), "sip calls");
        assert_eq!(read.error().unwrap(), "invalid_token");
    }

    #[test]
    fn what_is_set_is_read_again() {
        let challenge = Challenge::digest("the \"pbx\"", "84a4\\cc")
            .with_domain("sip:a sip:b")
            .with_opaque("o")
            .with_stale(true)
            .with_algorithm(&DigestAlgorithm::SHA_256_SESS)
            .with_qop(&[Qop::AUTH, Qop::AUTH_INT]);
        let mut text = Vec::new();
        WwwAuthenticate(challenge.clone()).encode(&mut text);
        let (read, rest) = WwwAuthenticate::decode(&text, &ParseConfig::STRICT).unwrap();
        assert_eq!((&read.0, rest), (&challenge, &b""[..]));
        assert_eq!(read.realm().unwrap(), "the \"pbx\"");
        assert!(read.is_stale() && read.algorithm().is_session());
        assert_eq!(read.qop().count(), 2);
        assert_eq!(read.into_owned().0, challenge);
    }

    #[test]
    fn schemes_that_are_not_known_are_kept() {
        let (challenge, rest) =
            read("NTLM realm=\"SIP\", targetname=\"srv\", version=4;x").unwrap();
        assert_eq!(challenge.scheme, "NTLM");
        assert_eq!(challenge.params.value("targetname").unwrap(), "srv");
        assert_eq!(rest, b";x");
    }

    #[test]
    fn each_fault_has_its_place() {
        for (text, rule, octet) in [
            ("", Rule::Challenge, 0),
            ("Digest", Rule::Challenge, 6),
            ("Digest ", Rule::Param, 7),
            ("Digest realm", Rule::Param, 12),
            ("Digest realm=\"a\", nonce=\"b\",", Rule::Param, 28),
            ("Digest realm=\"a\",, nonce=\"b\"", Rule::Param, 17),
            ("Digest realm=\"a\", nonce=\"b", Rule::QuotedString, 26),
            ("Digest realm=\"a\"", Rule::MissingParam, 16),
            (
                "Digest realm=\"a\", nonce=\"b\", Realm=c",
                Rule::RepeatedParam,
                29,
            ),
            // A second challenge stands on a second line.
            (
                "Digest realm=\"a\", nonce=\"b\", Basic realm=\"c\"",
                Rule::Param,
                34,
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), (rule, octet), "{text}");
        }
    }
}
