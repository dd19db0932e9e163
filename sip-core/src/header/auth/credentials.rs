//! Authorization and Proxy-Authorization.

use std::fmt;

use super::digest::{DIGEST, digest_params, nonce_count, qop_params};
use super::{AuthParams, BEARER, DigestAlgorithm, Qop, scheme};
use crate::grammar::{self, decode};
use crate::header::shapes::{shared_header, write_token};
use crate::{Fault, ParseConfig, Rule, Text};

/// What answers a challenge: a scheme, and parameters or a token
/// (RFC 3261 section 20.7; Digest: RFC 7616 section 3.4 and RFC 8760; Bearer:
/// RFC 8898 section 2).
///
/// `Debug` does not show the token: whoever has it may use it.
///
/// ```
/// use sip_core::header::{Authorization, Credentials, Qop, TypedHeader};
/// use sip_core::ParseConfig;
/// let text = b"Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e\",
///   uri=\"sip:bob@biloxi.com\", qop=auth, nc=00000001, cnonce=\"0a4f113b\",
///   response=\"6629fae49393a05397450978507c4ef1\"";
/// let (answer, _) = Authorization::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(answer.username().unwrap(), "bob");
/// assert_eq!(answer.uri().unwrap(), "sip:bob@biloxi.com");
/// assert_eq!(answer.qop(), Some(Qop::AUTH));
/// assert_eq!(answer.nonce_count(), Some(1));
///
/// let mut text = Vec::new();
/// Authorization::from(Credentials::bearer("eyJhbGciOi.J9.c2ln")).encode(&mut text);
/// assert_eq!(text, b"Bearer eyJhbGciOi.J9.c2ln");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials<'m> {
    /// `Digest`, `Bearer` or another; case makes no difference.
    pub scheme: Text<'m>,
    /// The parameters: of Digest at least `username`, `realm`, `nonce`, `uri`
    /// and `response`, though some may be empty.
    pub params: AuthParams<'m>,
    /// What Bearer and some others have in place of parameters (`token68`,
    /// RFC 7235 section 2.1). Where it is given, the parameters are not
    /// written.
    pub token: Option<Text<'m>>,
}

impl<'m> Credentials<'m> {
    /// Credentials of that scheme, as yet without parameters.
    #[must_use]
    pub fn new(scheme: impl Into<Text<'m>>) -> Self {
        Credentials {
            scheme: scheme.into(),
            params: AuthParams::NONE,
            token: None,
        }
    }

    /// Digest credentials for that user, an answer to the challenge with that
    /// realm and nonce (as it was sent), for a request to that URI; `response` is the digest in
    /// hexadecimal.
    #[must_use]
    pub fn digest(username: &str, realm: &str, nonce: &str, uri: &str, response: &str) -> Self {
        let mut credentials = Credentials::new(DIGEST);
        for (name, value) in [("username", username), ("realm", realm)] {
            credentials.params.set_quoted(name, value);
        }
        credentials.params.set_sent("nonce", nonce.as_bytes());
        for (name, value) in [("uri", uri), ("response", response)] {
            credentials.params.set_quoted(name, value);
        }
        credentials
    }

    /// That access token (RFC 8898 section 2).
    #[must_use]
    pub fn bearer(token: impl Into<Text<'m>>) -> Self {
        Credentials {
            token: Some(token.into()),
            ..Credentials::new(BEARER)
        }
    }

    /// The same credentials with that protection; `count` says how often the
    /// nonce has been used, this time included, and `cnonce` is the client's
    /// own nonce.
    #[must_use]
    pub fn with_qop(mut self, qop: &Qop<'_>, count: u32, cnonce: &str) -> Self {
        self.params.set_token("qop", qop);
        self.params.set_token("nc", format!("{count:08x}"));
        self.params.set_quoted("cnonce", cnonce);
        self
    }

    /// The user's name. Where it holds more than ASCII it may be in
    /// `username*` instead (RFC 7616 section 3.4), among the parameters.
    #[must_use]
    pub fn username(&self) -> Option<Text<'_>> {
        self.params.value("username")
    }

    /// The URI that the digest is made over, as it was sent: it should be
    /// equivalent to the Request-URI (RFC 3261 section 22.4).
    #[must_use]
    pub fn uri(&self) -> Option<Text<'_>> {
        self.params.sent("uri")
    }

    /// The digest, in hexadecimal.
    #[must_use]
    pub fn response(&self) -> Option<Text<'_>> {
        self.params.value("response")
    }

    /// The same credentials, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Credentials<'static> {
        Credentials {
            scheme: self.scheme.into_owned(),
            params: self.params.into_owned(),
            token: self.token.map(Text::into_owned),
        }
    }

    fn read(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (scheme, rest) = decode(grammar::rule(Rule::Credentials, scheme)(input))?;
        let mut credentials = Credentials::new(scheme);
        // Of a scheme that is not known, `a=` is a token, and `a=b` is none.
        let (digest, bearer) = (credentials.is_digest(), credentials.is_bearer());
        match decode(grammar::token68(rest)) {
            Ok((token, rest)) if bearer || (!digest && grammar::sws(rest).is_empty()) => {
                credentials.token = Some(Text::from_octets(token));
                return Ok((credentials, rest));
            }
            Err(fault) if bearer => return Err(fault),
            _ => {}
        }
        let (params, rest) = AuthParams::read(rest, config)?;
        credentials.params = params;
        if digest && !credentials.is_complete() {
            return Err(Fault::new(Rule::MissingParam, rest));
        }
        Ok((credentials, rest))
    }

    /// Whether there is all that a digest needs.
    fn is_complete(&self) -> bool {
        let has = |name| self.params.find(name).is_some();
        (has("username") || has("username*"))
            && ["realm", "nonce", "uri", "response"].into_iter().all(has)
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_token(self.scheme.as_bytes(), out);
        out.push(b' ');
        match &self.token {
            Some(token) => out.extend_from_slice(token.as_bytes()),
            None => out.extend_from_slice(self.params.as_bytes()),
        }
    }
}

digest_params!(Credentials);
qop_params!(Credentials);

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("scheme", &self.scheme)
            .field("params", &self.params)
            .field("token", &self.token.as_ref().map(|_| format_args!("…")))
            .finish()
    }
}

shared_header! {
    /// An answer to a server's challenge (RFC 3261 section 20.7). There may be
    /// several, each on its line.
    Authorization(Credentials), AUTHORIZATION, list: false
}

shared_header! {
    /// An answer to a proxy's challenge (RFC 3261 section 20.28). There may be
    /// several, each on its line; a proxy takes the one for its realm.
    ProxyAuthorization(Credentials), PROXY_AUTHORIZATION, list: false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{HeaderName, TypedHeader};
    use crate::{Response, StatusCode};

    const FROM_RFC_3261: &str = "Digest username=\"Alice\", realm=\"atlanta.com\",\r\n \
        nonce=\"84a4cc6f3082121f32b42a2187831a9e\",\r\n uri=\"sip:ss1.atlanta.com\", \
        response=\"7587245234b3434cc3412213e5f113a5432\"";

    fn read(text: &str) -> Result<(Credentials<'_>, &[u8]), (Rule, usize)> {
        Authorization::decode(text.as_bytes(), &ParseConfig::DEFAULT)
            .map(|(credentials, rest)| (credentials.0, rest))
            .map_err(|fault| (fault.rule, fault.in_value(text.len()).position.octet()))
    }

    #[test]
    fn the_credentials_of_rfc_3261_are_read_and_written_on_one_line() {
        let (credentials, rest) = read(FROM_RFC_3261).unwrap();
        assert_eq!(rest, b"");
        assert_eq!(credentials.username().unwrap(), "Alice");
        assert_eq!(credentials.realm().unwrap(), "atlanta.com");
        assert_eq!(
            credentials.nonce().unwrap(),
            "84a4cc6f3082121f32b42a2187831a9e"
        );
        assert_eq!(credentials.uri().unwrap(), "sip:ss1.atlanta.com");
        assert_eq!(credentials.response().unwrap().len(), 35);
        assert_eq!(credentials.algorithm(), DigestAlgorithm::MD5);
        assert_eq!(credentials.qop(), None);
        assert_eq!(credentials.nonce_count(), None);
        let sent = Response::builder(StatusCode::OK)
            .header(Authorization(credentials))
            .build()
            .unwrap();
        let written = sent.headers().field(&HeaderName::AUTHORIZATION).unwrap();
        let one_line = FROM_RFC_3261.split("\r\n").map(str::trim_start);
        assert_eq!(
            written.value(),
            one_line.collect::<Vec<_>>().join(" ").as_bytes()
        );
    }

    #[test]
    fn what_phones_send_differently_is_understood() {
        let text = "DIGEST username=\"\",realm=\"r\" , nonce = \"\",uri=\"sip:r\",response=\"\",\
            algorithm=\"MD5\",qop=\"auth\",nc=\"0000000A\",cnonce=abc,opaque=\"o\"";
        let (credentials, _) = read(text).unwrap();
        assert_eq!(credentials.algorithm(), DigestAlgorithm::MD5);
        assert_eq!(credentials.qop(), Some(Qop::AUTH));
        assert_eq!(credentials.nonce_count(), Some(10));
        assert_eq!(credentials.cnonce().unwrap(), "abc");
        assert_eq!(credentials.opaque().unwrap(), "o");
        for nc in ["1", "+0000001", "0000000g", "000000001"] {
            let text = format!("{FROM_RFC_3261},nc=\"{nc}\"");
            assert_eq!(read(&text).unwrap().0.nonce_count(), None, "{nc}");
        }
    }

    #[test]
    fn what_is_set_is_read_again() {
        let credentials = Credentials::digest("bob", "pbx \"1\"", "n", "sip:pbx", "00ff")
            .with_algorithm(&DigestAlgorithm::SHA_256)
            .with_opaque("")
            .with_qop(&Qop::AUTH_INT, 0x1F, "c");
        let mut text = Vec::new();
        ProxyAuthorization(credentials.clone()).encode(&mut text);
        assert!(text.ends_with(b"qop=auth-int, nc=0000001f, cnonce=\"c\""));
        let (read, rest) = ProxyAuthorization::decode(&text, &ParseConfig::STRICT).unwrap();
        assert_eq!((&read.0, rest), (&credentials, &b""[..]));
        assert_eq!(read.realm().unwrap(), "pbx \"1\"");
        assert_eq!(read.nonce_count(), Some(31));
        assert_eq!(read.into_owned().0, credentials);
    }

    #[test]
    fn tokens_stand_in_place_of_parameters() {
        let (bearer, rest) = read("bearer aB3-._~+/== \t").unwrap();
        assert!(bearer.is_bearer() && bearer.params.is_empty());
        assert_eq!(bearer.token.clone().unwrap(), "aB3-._~+/==");
        assert_eq!(rest, b" \t");
        assert!(!format!("{bearer:?}").contains("aB3"));
        let (basic, _) = read("Basic Ym9iOnNlY3JldA==").unwrap();
        assert_eq!(basic.token.unwrap(), "Ym9iOnNlY3JldA==");
        let (other, _) = read("NTLM qop=\"auth\", version=4").unwrap();
        assert_eq!(other.token, None);
        assert_eq!(other.params.value("version").unwrap(), "4");
        assert_eq!(read("Bearer a b").unwrap().1, b" b");
    }

    #[test]
    fn each_fault_has_its_place() {
        let missing = "Digest username=\"a\", realm=\"b\", nonce=\"c\", uri=\"d\"";
        for (text, rule, octet) in [
            ("", Rule::Credentials, 0),
            ("Digest", Rule::Credentials, 6),
            ("\"Digest\" a=b", Rule::Credentials, 0),
            ("Digest QWxhZGRpbg==", Rule::Param, 18),
            ("Bearer \"a\"", Rule::Credentials, 7),
            ("Other a b", Rule::Param, 7),
            (missing, Rule::MissingParam, missing.len()),
            ("Digest username=\"a\",", Rule::Param, 20),
            ("Digest nc=1,,", Rule::Param, 12),
            ("Digest uri=\"a\",uri=\"b\"", Rule::RepeatedParam, 15),
        ] {
            assert_eq!(read(text).unwrap_err(), (rule, octet), "{text}");
        }
    }
}
