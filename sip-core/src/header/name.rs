//! Names of header fields: those that have a typed header, and any other.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Text;

/// The name of a header field (RFC 3261 section 7.3).
///
/// Names are compared without regard to case, and a compact form is the same
/// name as its long form.
///
/// ```
/// use sip_core::header::HeaderName;
/// assert_eq!(HeaderName::from("v"), HeaderName::VIA);
/// assert_eq!(HeaderName::from("VIA").to_string(), "Via");
/// assert_eq!(HeaderName::from("X-Room"), HeaderName::from("x-room"));
/// ```
#[derive(Clone)]
pub struct HeaderName<'m>(Repr<'m>);

#[derive(Clone)]
enum Repr<'m> {
    Known(u8),
    Other(Text<'m>),
}

/// How often a header field may stand in a message, and how its values do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Multiplicity {
    /// At most one line of one value.
    One,
    /// Several lines of one value each.
    Lines,
    /// Values in a comma list, on one line or on several.
    List,
}

struct Known {
    name: &'static str,
    compact: u8,
    multiplicity: Multiplicity,
}

macro_rules! known_names {
    ($($const:ident = $name:literal, $compact:literal, $multiplicity:ident, $source:literal;)*) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        enum Index { $($const,)* }

        const KNOWN: &[Known] = &[$(Known {
            name: $name,
            compact: $compact,
            multiplicity: Multiplicity::$multiplicity,
        },)*];

        impl HeaderName<'_> {
            $(
                #[doc = concat!("`", $name, "`, ", $source)]
                pub const $const: HeaderName<'static> = HeaderName(Repr::Known(Index::$const as u8));
            )*
        }
    };
}

known_names! {
    ACCEPT = "Accept", 0, List, "RFC 3261 section 20.1";
    ACCEPT_CONTACT = "Accept-Contact", b'a', List, "RFC 3841 section 9.2";
    ACCEPT_ENCODING = "Accept-Encoding", 0, List, "RFC 3261 section 20.2";
    ACCEPT_LANGUAGE = "Accept-Language", 0, List, "RFC 3261 section 20.3";
    ALERT_INFO = "Alert-Info", 0, List, "RFC 3261 section 20.4, RFC 7462";
    ALLOW = "Allow", 0, List, "RFC 3261 section 20.5";
    ALLOW_EVENTS = "Allow-Events", b'u', List, "RFC 6665 section 8.2.2";
    ANSWER_MODE = "Answer-Mode", 0, One, "RFC 5373 section 3";
    AUTHENTICATION_INFO = "Authentication-Info", 0, One, "RFC 3261 section 20.6";
    AUTHORIZATION = "Authorization", 0, Lines, "RFC 3261 section 20.7";
    CALL_ID = "Call-ID", b'i', One, "RFC 3261 section 20.8";
    CALL_INFO = "Call-Info", 0, List, "RFC 3261 section 20.9";
    CONTACT = "Contact", b'm', List, "RFC 3261 section 20.10";
    CONTENT_DISPOSITION = "Content-Disposition", 0, One, "RFC 3261 section 20.11";
    CONTENT_ENCODING = "Content-Encoding", b'e', List, "RFC 3261 section 20.12";
    CONTENT_ID = "Content-ID", 0, One, "RFC 8262 section 2";
    CONTENT_LANGUAGE = "Content-Language", 0, List, "RFC 3261 section 20.13";
    CONTENT_LENGTH = "Content-Length", b'l', One, "RFC 3261 section 20.14";
    CONTENT_TRANSFER_ENCODING = "Content-Transfer-Encoding", 0, One, "RFC 2045 section 6";
    CONTENT_TYPE = "Content-Type", b'c', One, "RFC 3261 section 20.15";
    CSEQ = "CSeq", 0, One, "RFC 3261 section 20.16";
    DATE = "Date", 0, One, "RFC 3261 section 20.17";
    DIVERSION = "Diversion", 0, List, "RFC 5806 section 4";
    ERROR_INFO = "Error-Info", 0, List, "RFC 3261 section 20.18";
    EVENT = "Event", b'o', One, "RFC 6665 section 8.2.1";
    EXPIRES = "Expires", 0, One, "RFC 3261 section 20.19";
    FEATURE_CAPS = "Feature-Caps", 0, List, "RFC 6809 section 6";
    FLOW_TIMER = "Flow-Timer", 0, One, "RFC 5626 section 10";
    FROM = "From", b'f', One, "RFC 3261 section 20.20";
    GEOLOCATION = "Geolocation", 0, List, "RFC 6442 section 4.1";
    GEOLOCATION_ERROR = "Geolocation-Error", 0, One, "RFC 6442 section 4.3";
    GEOLOCATION_ROUTING = "Geolocation-Routing", 0, One, "RFC 6442 section 4.2";
    HISTORY_INFO = "History-Info", 0, List, "RFC 7044 section 5";
    IDENTITY = "Identity", b'y', List, "RFC 8224 section 4";
    IN_REPLY_TO = "In-Reply-To", 0, List, "RFC 3261 section 20.21";
    INFO_PACKAGE = "Info-Package", 0, One, "RFC 6086 section 7";
    JOIN = "Join", 0, One, "RFC 3911 section 7.1";
    MAX_BREADTH = "Max-Breadth", 0, One, "RFC 5393 section 5.3";
    MAX_FORWARDS = "Max-Forwards", 0, One, "RFC 3261 section 20.22";
    MIME_VERSION = "MIME-Version", 0, One, "RFC 3261 section 20.24";
    MIN_EXPIRES = "Min-Expires", 0, One, "RFC 3261 section 20.23";
    MIN_SE = "Min-SE", 0, One, "RFC 4028 section 5";
    ORGANIZATION = "Organization", 0, One, "RFC 3261 section 20.25";
    P_ASSERTED_IDENTITY = "P-Asserted-Identity", 0, List, "RFC 3325 section 9.1";
    P_PREFERRED_IDENTITY = "P-Preferred-Identity", 0, List, "RFC 3325 section 9.2";
    PATH = "Path", 0, List, "RFC 3327 section 4";
    PRIORITY = "Priority", 0, One, "RFC 3261 section 20.26";
    PRIV_ANSWER_MODE = "Priv-Answer-Mode", 0, One, "RFC 5373 section 3";
    PRIVACY = "Privacy", 0, One, "RFC 3323 section 4.2";
    PROXY_AUTHENTICATE = "Proxy-Authenticate", 0, Lines, "RFC 3261 section 20.27";
    PROXY_AUTHENTICATION_INFO = "Proxy-Authentication-Info", 0, One, "RFC 7615 section 4";
    PROXY_AUTHORIZATION = "Proxy-Authorization", 0, Lines, "RFC 3261 section 20.28";
    PROXY_REQUIRE = "Proxy-Require", 0, List, "RFC 3261 section 20.29";
    RACK = "RAck", 0, One, "RFC 3262 section 7.2";
    REASON = "Reason", 0, List, "RFC 3326 section 2";
    RECORD_ROUTE = "Record-Route", 0, List, "RFC 3261 section 20.30";
    RECV_INFO = "Recv-Info", 0, List, "RFC 6086 section 7";
    REFER_SUB = "Refer-Sub", 0, One, "RFC 4488 section 4";
    REFER_TO = "Refer-To", b'r', One, "RFC 3515 section 2.1";
    REFERRED_BY = "Referred-By", b'b', One, "RFC 3892 section 3";
    REJECT_CONTACT = "Reject-Contact", b'j', List, "RFC 3841 section 9.2";
    REPLACES = "Replaces", 0, One, "RFC 3891 section 6.1";
    REPLY_TO = "Reply-To", 0, One, "RFC 3261 section 20.31";
    REQUEST_DISPOSITION = "Request-Disposition", b'd', List, "RFC 3841 section 9.1";
    REQUIRE = "Require", 0, List, "RFC 3261 section 20.32";
    RETRY_AFTER = "Retry-After", 0, One, "RFC 3261 section 20.33";
    ROUTE = "Route", 0, List, "RFC 3261 section 20.34";
    RSEQ = "RSeq", 0, One, "RFC 3262 section 7.1";
    SECURITY_CLIENT = "Security-Client", 0, List, "RFC 3329 section 2.2";
    SECURITY_SERVER = "Security-Server", 0, List, "RFC 3329 section 2.2";
    SECURITY_VERIFY = "Security-Verify", 0, List, "RFC 3329 section 2.2";
    SERVER = "Server", 0, One, "RFC 3261 section 20.35";
    SERVICE_ROUTE = "Service-Route", 0, List, "RFC 3608 section 5";
    SESSION_EXPIRES = "Session-Expires", b'x', One, "RFC 4028 section 4";
    SESSION_ID = "Session-ID", 0, One, "RFC 7989 section 5";
    SIP_ETAG = "SIP-ETag", 0, One, "RFC 3903 section 11.3.1";
    SIP_IF_MATCH = "SIP-If-Match", 0, One, "RFC 3903 section 11.3.2";
    SUBJECT = "Subject", b's', One, "RFC 3261 section 20.36";
    SUBSCRIPTION_STATE = "Subscription-State", 0, One, "RFC 6665 section 8.2.3";
    SUPPORTED = "Supported", b'k', List, "RFC 3261 section 20.37";
    TARGET_DIALOG = "Target-Dialog", 0, One, "RFC 4538 section 7";
    TIMESTAMP = "Timestamp", 0, One, "RFC 3261 section 20.38";
    TO = "To", b't', One, "RFC 3261 section 20.39";
    UNSUPPORTED = "Unsupported", 0, List, "RFC 3261 section 20.40";
    USER_AGENT = "User-Agent", 0, One, "RFC 3261 section 20.41";
    VIA = "Via", b'v', List, "RFC 3261 section 20.42";
    WARNING = "Warning", 0, List, "RFC 3261 section 20.43";
    WWW_AUTHENTICATE = "WWW-Authenticate", 0, Lines, "RFC 3261 section 20.44";
}

impl<'m> HeaderName<'m> {
    /// A name that this crate has no typed header for, in a constant.
    ///
    /// It should not be the name or compact form of a header that it has:
    /// those have constants, and `From<&str>` finds them.
    #[must_use]
    pub const fn new(name: &'m str) -> Self {
        HeaderName(Repr::Other(Text::new(name)))
    }

    pub(crate) fn from_octets(name: &'m [u8]) -> Self {
        match known(name) {
            Some(known) => HeaderName(Repr::Known(known)),
            None => HeaderName(Repr::Other(Text::from(name))),
        }
    }

    /// The name as it is written here: the canonical form of RFC 3261 where
    /// it is known, else as it was received.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Known(known) => entry(*known).name.as_bytes(),
            Repr::Other(name) => name.as_bytes(),
        }
    }

    /// The one-letter form of the name (RFC 3261 section 7.3.3).
    #[must_use]
    pub fn compact(&self) -> Option<char> {
        match &self.0 {
            Repr::Known(known) => Some(entry(*known).compact)
                .filter(|letter| *letter != 0)
                .map(char::from),
            Repr::Other(_) => None,
        }
    }

    /// Whether several values may stand in one header field, divided by
    /// commas. Of a name that is not known this is not known either: `false`.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.multiplicity() == Some(Multiplicity::List)
    }

    /// Whether the header field may stand but once.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.multiplicity() == Some(Multiplicity::One)
    }

    /// The same name, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> HeaderName<'static> {
        match self.0 {
            Repr::Known(known) => HeaderName(Repr::Known(known)),
            Repr::Other(name) => HeaderName(Repr::Other(name.into_owned())),
        }
    }

    fn multiplicity(&self) -> Option<Multiplicity> {
        self.index().map(|known| entry(known).multiplicity)
    }

    /// The place of the name among those that are known.
    #[inline]
    pub(crate) fn index(&self) -> Option<u8> {
        match self.0 {
            Repr::Known(known) => Some(known),
            Repr::Other(_) => None,
        }
    }

    /// The name at that place.
    pub(crate) fn from_index(index: u8) -> Option<HeaderName<'static>> {
        (usize::from(index) < KNOWN.len()).then_some(HeaderName(Repr::Known(index)))
    }

    /// Every name that has a typed header, in the order of the alphabet.
    pub fn all_known() -> impl Iterator<Item = HeaderName<'static>> {
        (0..=u8::MAX).map_while(HeaderName::from_index)
    }
}

/// A bit, counted by [`HeaderName::index`], for each name that may stand but
/// once.
pub(crate) const SINGLE: u128 = single();

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn single() -> u128 {
    let mut bits = 0;
    let mut index = 0;
    while index < KNOWN.len() {
        if matches!(KNOWN[index].multiplicity, Multiplicity::One) {
            bits |= 1 << index;
        }
        index += 1;
    }
    bits
}

fn entry(known: u8) -> &'static Known {
    static NONE: Known = Known {
        name: "",
        compact: 0,
        multiplicity: Multiplicity::One,
    };
    KNOWN.get(usize::from(known)).unwrap_or(&NONE)
}

/// The place of `name`, in its long or its compact form, among the known.
#[inline]
pub(crate) fn known(name: &[u8]) -> Option<u8> {
    let slot = SLOTS
        .get(usize::from(hash(name, SEED) % SLOT_COUNT))
        .copied()?;
    if let Some(candidate) = KNOWN.get(usize::from(slot)) {
        let candidate = candidate.name.as_bytes();
        if candidate == name || candidate.eq_ignore_ascii_case(name) {
            return Some(slot);
        }
    }
    match name {
        [letter] => compact(letter.to_ascii_lowercase()),
        _ => None,
    }
}

fn compact(letter: u8) -> Option<u8> {
    let place = KNOWN.iter().position(|known| known.compact == letter)?;
    u8::try_from(place).ok()
}

// A hash without collisions among the known names: three letters and the
// length, stirred with a seed that the compiler finds.

const SLOT_COUNT: u16 = 2048;
const SEED: u32 = find_seed();
static SLOTS: [u8; SLOT_COUNT as usize] = match slots(SEED) {
    Some(slots) => slots,
    None => panic!("two header names that the hash cannot tell apart"),
};

#[inline]
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // guarded by the first line
const fn hash(name: &[u8], seed: u32) -> u16 {
    if name.is_empty() {
        return 0;
    }
    let length = name.len();
    let letters = (name[0] | 0x20) as u32
        | ((name[length / 2] | 0x20) as u32) << 8
        | ((name[length - 1] | 0x20) as u32) << 16
        | (length as u32) << 24;
    (letters.wrapping_mul(seed) >> 16) as u16
}

#[allow(clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn find_seed() -> u32 {
    let mut seed: u32 = 0x9E37_79B1;
    while slots(seed).is_none() {
        seed = seed.wrapping_mul(0x0019_660D).wrapping_add(0x3C6E_F35F) | 1;
    }
    seed
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn slots(seed: u32) -> Option<[u8; SLOT_COUNT as usize]> {
    let mut slots = [u8::MAX; SLOT_COUNT as usize];
    let mut index = 0;
    while index < KNOWN.len() {
        let slot = (hash(KNOWN[index].name.as_bytes(), seed) % SLOT_COUNT) as usize;
        if slots[slot] != u8::MAX {
            return None;
        }
        slots[slot] = index as u8;
        index += 1;
    }
    Some(slots)
}

impl<'m> From<&'m str> for HeaderName<'m> {
    fn from(name: &'m str) -> Self {
        HeaderName::from_octets(name.as_bytes())
    }
}

impl PartialEq<HeaderName<'_>> for HeaderName<'_> {
    fn eq(&self, other: &HeaderName<'_>) -> bool {
        match (&self.0, &other.0) {
            (Repr::Known(this), Repr::Known(that)) => this == that,
            _ => self.as_bytes().eq_ignore_ascii_case(other.as_bytes()),
        }
    }
}

impl Eq for HeaderName<'_> {}

impl Hash for HeaderName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for octet in self.as_bytes() {
            state.write_u8(octet.to_ascii_lowercase());
        }
    }
}

impl fmt::Display for HeaderName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(self.as_bytes()))
    }
}

impl fmt::Debug for HeaderName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeaderName({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_is_found_in_any_case_and_in_its_compact_form() {
        assert!(HeaderName::all_known().count() > 80);
        for (index, name) in HeaderName::all_known().enumerate() {
            let text = name.to_string();
            for form in [text.clone(), text.to_lowercase(), text.to_uppercase()] {
                assert_eq!(known(form.as_bytes()), Some(index as u8), "{form}");
            }
            if let Some(letter) = name.compact() {
                assert_eq!(HeaderName::from(letter.to_string().as_str()), name);
                let upper = letter.to_ascii_uppercase().to_string();
                assert_eq!(HeaderName::from(upper.as_str()), name);
            }
        }
    }

    #[test]
    fn other_names_are_kept() {
        for name in ["X-Room", "", "z", "Vi", "Viaa", "\u{FF}"] {
            let header = HeaderName::from(name);
            assert_eq!(header.index(), None, "{name}");
            assert_eq!(header.as_bytes(), name.as_bytes());
        }
        assert_eq!(HeaderName::from("X-ROOM"), HeaderName::new("x-room"));
    }
}
