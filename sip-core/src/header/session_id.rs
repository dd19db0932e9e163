//! Session-ID: names a session for whoever looks for faults, through every
//! back-to-back user agent on its way (RFC 7989).

use std::fmt;
use std::str::FromStr;

use super::params::Params;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, decode};
use crate::{Fault, ParseConfig, ParseError, Rule};

/// One side's half of a session's identity: 128 bits, written as 32 lower-case
/// hexadecimal digits (`sess-uuid`, RFC 7989 section 5).
///
/// ```
/// use sip_core::header::SessionUuid;
/// let uuid: SessionUuid = "ab30317f1a784dc48ff824d0d3715d86".parse()?;
/// assert_eq!(uuid.octets()[0], 0xAB);
/// assert_eq!(uuid.to_string(), "ab30317f1a784dc48ff824d0d3715d86");
/// assert!(SessionUuid::NIL.is_nil() && !uuid.is_nil());
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionUuid([u8; 16]);

impl SessionUuid {
    /// The identity of a side that is not known yet: all zeros.
    pub const NIL: SessionUuid = SessionUuid([0; 16]);

    /// The identity of those 128 bits, which should be a UUID of version 4
    /// or 5 (RFC 7989 section 4.1).
    #[must_use]
    pub const fn new(octets: [u8; 16]) -> Self {
        SessionUuid(octets)
    }

    /// The 128 bits.
    #[must_use]
    pub const fn octets(self) -> [u8; 16] {
        self.0
    }

    /// Whether the side is not known yet.
    #[must_use]
    pub fn is_nil(self) -> bool {
        self == SessionUuid::NIL
    }
}

impl FromStr for SessionUuid {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match decode(sess_uuid(text.as_bytes())) {
            Ok((uuid, [])) => Ok(uuid),
            Ok((_, rest)) => Err(Fault::new(Rule::SessionId, rest).in_value(text.len())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }
}

impl fmt::Display for SessionUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for SessionUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionUuid({self})")
    }
}

/// The identity of a session, as the sender sees it: its own half, and the
/// other side's (RFC 7989 section 5).
///
/// ```
/// use sip_core::header::{SessionId, SessionUuid, TypedHeader};
/// let alice: SessionUuid = "ab30317f1a784dc48ff824d0d3715d86".parse()?;
/// let mut text = Vec::new();
/// SessionId::new(alice).with_remote(SessionUuid::NIL).encode(&mut text);
/// assert_eq!(text, b"ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionId<'m> {
    /// The sender's half.
    pub local: SessionUuid,
    /// The parameters.
    pub params: Params<'m>,
}

impl<'m> SessionId<'m> {
    /// The session of which the sender has that half, without the other's.
    #[must_use]
    pub fn new(local: SessionUuid) -> Self {
        SessionId {
            local,
            params: Params::NONE,
        }
    }

    /// The same session with the other side's half.
    #[must_use]
    pub fn with_remote(mut self, remote: SessionUuid) -> Self {
        self.params.set("remote", remote.to_string());
        self
    }

    /// The other side's half. Where it is absent, the sender knows only
    /// RFC 7329, which this replaces (RFC 7989 section 11).
    #[must_use]
    pub fn remote(&self) -> Option<SessionUuid> {
        self.params.value("remote")?.to_str().ok()?.parse().ok()
    }

    /// The same session, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> SessionId<'static> {
        SessionId {
            local: self.local,
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for SessionId<'_> {
    type Value<'m> = SessionId<'m>;
    const NAME: HeaderName<'static> = HeaderName::SESSION_ID;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (local, after) = decode(sess_uuid(input))?;
        let (params, rest) = decode(grammar::params(after, config))?;
        let session = SessionId {
            local,
            params: Params::known(params),
        };
        if session.params.contains("remote") && session.remote().is_none() {
            return Err(Fault::new(Rule::SessionId, after));
        }
        Ok((session, rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.local.to_string().as_bytes());
        out.extend_from_slice(self.params.as_bytes());
    }
}

/// `32( DIGIT / %x61-66 )`
fn sess_uuid(input: &[u8]) -> Parsed<'_, SessionUuid> {
    let digit = |octet: u8| matches!(octet, b'0'..=b'9' | b'a'..=b'f');
    let (rest, digits) = grammar::rule(
        Rule::SessionId,
        nom::bytes::complete::take_while_m_n(32, 32, digit),
    )(input)?;
    let bits = std::str::from_utf8(digits)
        .ok()
        .and_then(|digits| u128::from_str_radix(digits, 16).ok());
    match bits {
        Some(bits) => Ok((rest, SessionUuid(bits.to_be_bytes()))),
        None => grammar::fail(Rule::SessionId, input),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: &str = "ab30317f1a784dc48ff824d0d3715d86";
    const BOB: &str = "47755a9de7794ba387653f2099600ef2";

    fn read(text: &str) -> Result<(SessionId<'_>, &[u8]), (Rule, usize)> {
        SessionId::decode(text.as_bytes(), &ParseConfig::DEFAULT)
            .map_err(|fault| (fault.rule, fault.in_value(text.len()).position.octet()))
    }

    #[test]
    fn both_halves_make_the_round_trip() {
        let text = format!("{ALICE}; remote={BOB};own=\"x\"");
        let (session, rest) = read(&text).unwrap();
        assert_eq!(rest, b"");
        assert_eq!(session.local.to_string(), ALICE);
        assert_eq!(session.remote().unwrap().to_string(), BOB);
        let mut written = Vec::new();
        session.encode(&mut written);
        let (again, _) = SessionId::decode(&written, &ParseConfig::STRICT).unwrap();
        assert_eq!(again.into_owned(), session);
        assert_eq!(SessionUuid::new(session.local.octets()), session.local);
        assert_eq!(read(ALICE).unwrap().0.remote(), None);
    }

    #[test]
    fn anything_but_32_lower_case_digits_is_refused() {
        assert_eq!(read("").unwrap_err(), (Rule::SessionId, 0));
        assert_eq!(read(&ALICE[1..]).unwrap_err(), (Rule::SessionId, 0));
        assert_eq!(
            read(&ALICE.to_uppercase()).unwrap_err(),
            (Rule::SessionId, 0)
        );
        assert_eq!(read(&format!("{ALICE}0")).unwrap().1, b"0");
        let remote = format!("{ALICE};remote=1");
        assert_eq!(read(&remote).unwrap_err(), (Rule::SessionId, 32));
        assert_eq!(read(&format!("{ALICE};")).unwrap_err(), (Rule::Param, 33));
        assert!(format!("{ALICE}0").parse::<SessionUuid>().is_err());
    }
}
