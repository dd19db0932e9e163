//! Names of header fields: those that have a typed header, and any other.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Text;
use crate::grammar::word;

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
    source: &'static str,
    compact: Option<&'static [u8]>,
    multiplicity: Multiplicity,
}

macro_rules! known_names {
    ($($const:ident = $name:literal, $compact:expr, $multiplicity:ident, $source:literal;)*) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        enum Index { $($const,)* }

        const KNOWN: &[Known] = &[$(Known {
            name: $name,
            source: $source,
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
    ACCEPT = "Accept", None, List, "RFC 3261 section 20.1";
    ACCEPT_CONTACT = "Accept-Contact", Some(b"a"), List, "RFC 3841 section 9.2";
    ACCEPT_ENCODING = "Accept-Encoding", None, List, "RFC 3261 section 20.2";
    ACCEPT_LANGUAGE = "Accept-Language", None, List, "RFC 3261 section 20.3";
    ALERT_INFO = "Alert-Info", None, List, "RFC 3261 section 20.4, RFC 7462";
    ALLOW = "Allow", None, List, "RFC 3261 section 20.5";
    ALLOW_EVENTS = "Allow-Events", Some(b"u"), List, "RFC 6665 section 8.2.2";
    ANSWER_MODE = "Answer-Mode", None, One, "RFC 5373 section 2";
    AUTHENTICATION_INFO = "Authentication-Info", None, One, "RFC 3261 section 20.6";
    AUTHORIZATION = "Authorization", None, Lines, "RFC 3261 section 20.7";
    CALL_ID = "Call-ID", Some(b"i"), One, "RFC 3261 section 20.8";
    CALL_INFO = "Call-Info", None, List, "RFC 3261 section 20.9";
    CONTACT = "Contact", Some(b"m"), List, "RFC 3261 section 20.10";
    CONTENT_DISPOSITION = "Content-Disposition", None, One, "RFC 3261 section 20.11";
    CONTENT_ENCODING = "Content-Encoding", Some(b"e"), List, "RFC 3261 section 20.12";
    CONTENT_ID = "Content-ID", None, One, "RFC 8262 section 3";
    CONTENT_LANGUAGE = "Content-Language", None, List, "RFC 3261 section 20.13";
    CONTENT_LENGTH = "Content-Length", Some(b"l"), One, "RFC 3261 section 20.14";
    CONTENT_TRANSFER_ENCODING = "Content-Transfer-Encoding", None, One, "RFC 2045 section 6";
    CONTENT_TYPE = "Content-Type", Some(b"c"), One, "RFC 3261 section 20.15";
    CSEQ = "CSeq", None, One, "RFC 3261 section 20.16";
    DATE = "Date", None, One, "RFC 3261 section 20.17";
    DIVERSION = "Diversion", None, List, "RFC 5806 section 4";
    ERROR_INFO = "Error-Info", None, List, "RFC 3261 section 20.18";
    EVENT = "Event", Some(b"o"), One, "RFC 6665 section 8.2.1";
    EXPIRES = "Expires", None, One, "RFC 3261 section 20.19";
    FEATURE_CAPS = "Feature-Caps", None, List, "RFC 6809 section 6";
    FLOW_TIMER = "Flow-Timer", None, One, "RFC 5626 section 10";
    FROM = "From", Some(b"f"), One, "RFC 3261 section 20.20";
    GEOLOCATION = "Geolocation", None, List, "RFC 6442 section 4.1";
    GEOLOCATION_ERROR = "Geolocation-Error", None, One, "RFC 6442 section 4.4";
    GEOLOCATION_ROUTING = "Geolocation-Routing", None, One, "RFC 6442 section 4.2";
    HISTORY_INFO = "History-Info", None, List, "RFC 7044 section 5";
    IDENTITY = "Identity", Some(b"y"), Lines, "RFC 8224 section 4";
    IN_REPLY_TO = "In-Reply-To", None, List, "RFC 3261 section 20.21";
    INFO_PACKAGE = "Info-Package", None, One, "RFC 6086 section 7";
    JOIN = "Join", None, One, "RFC 3911 section 7.1";
    MAX_BREADTH = "Max-Breadth", None, One, "RFC 5393 section 5.3";
    MAX_FORWARDS = "Max-Forwards", None, One, "RFC 3261 section 20.22";
    MIME_VERSION = "MIME-Version", None, One, "RFC 3261 section 20.24";
    MIN_EXPIRES = "Min-Expires", None, One, "RFC 3261 section 20.23";
    MIN_SE = "Min-SE", None, One, "RFC 4028 section 5";
    ORGANIZATION = "Organization", None, One, "RFC 3261 section 20.25";
    P_ASSERTED_IDENTITY = "P-Asserted-Identity", None, List, "RFC 3325 section 9.1";
    P_PREFERRED_IDENTITY = "P-Preferred-Identity", None, List, "RFC 3325 section 9.2";
    PATH = "Path", None, List, "RFC 3327 section 4";
    PRIORITY = "Priority", None, One, "RFC 3261 section 20.26";
    PRIV_ANSWER_MODE = "Priv-Answer-Mode", None, One, "RFC 5373 section 2";
    PRIVACY = "Privacy", None, One, "RFC 3323 section 4.2";
    PROXY_AUTHENTICATE = "Proxy-Authenticate", None, Lines, "RFC 3261 section 20.27";
    PROXY_AUTHENTICATION_INFO = "Proxy-Authentication-Info", None, One, "RFC 7615 section 4";
    PROXY_AUTHORIZATION = "Proxy-Authorization", None, Lines, "RFC 3261 section 20.28";
    PROXY_REQUIRE = "Proxy-Require", None, List, "RFC 3261 section 20.29";
    RACK = "RAck", None, One, "RFC 3262 section 7.2";
    REASON = "Reason", None, List, "RFC 3326 section 2";
    RECORD_ROUTE = "Record-Route", None, List, "RFC 3261 section 20.30";
    RECV_INFO = "Recv-Info", None, List, "RFC 6086 section 7";
    REFER_SUB = "Refer-Sub", None, One, "RFC 4488 section 4";
    REFER_TO = "Refer-To", Some(b"r"), One, "RFC 3515 section 2.1";
    REFERRED_BY = "Referred-By", Some(b"b"), One, "RFC 3892 section 3";
    REJECT_CONTACT = "Reject-Contact", Some(b"j"), List, "RFC 3841 section 9.2";
    REPLACES = "Replaces", None, One, "RFC 3891 section 6.1";
    REPLY_TO = "Reply-To", None, One, "RFC 3261 section 20.31";
    REQUEST_DISPOSITION = "Request-Disposition", Some(b"d"), List, "RFC 3841 section 9.1";
    REQUIRE = "Require", None, List, "RFC 3261 section 20.32";
    RETRY_AFTER = "Retry-After", None, One, "RFC 3261 section 20.33";
    ROUTE = "Route", None, List, "RFC 3261 section 20.34";
    RSEQ = "RSeq", None, One, "RFC 3262 section 7.1";
    SECURITY_CLIENT = "Security-Client", None, List, "RFC 3329 section 2.2";
    SECURITY_SERVER = "Security-Server", None, List, "RFC 3329 section 2.2";
    SECURITY_VERIFY = "Security-Verify", None, List, "RFC 3329 section 2.2";
    SERVER = "Server", None, One, "RFC 3261 section 20.35";
    SERVICE_ROUTE = "Service-Route", None, List, "RFC 3608 section 5";
    SESSION_EXPIRES = "Session-Expires", Some(b"x"), One, "RFC 4028 section 4";
    SESSION_ID = "Session-ID", None, One, "RFC 7989 section 5";
    SIP_ETAG = "SIP-ETag", None, One, "RFC 3903 section 11.3.1";
    SIP_IF_MATCH = "SIP-If-Match", None, One, "RFC 3903 section 11.3.2";
    SUBJECT = "Subject", Some(b"s"), One, "RFC 3261 section 20.36";
    SUBSCRIPTION_STATE = "Subscription-State", None, One, "RFC 6665 section 8.2.3";
    SUPPORTED = "Supported", Some(b"k"), List, "RFC 3261 section 20.37";
    TARGET_DIALOG = "Target-Dialog", None, One, "RFC 4538 section 7";
    TIMESTAMP = "Timestamp", None, One, "RFC 3261 section 20.38";
    TO = "To", Some(b"t"), One, "RFC 3261 section 20.39";
    UNSUPPORTED = "Unsupported", None, List, "RFC 3261 section 20.40";
    USER_AGENT = "User-Agent", None, One, "RFC 3261 section 20.41";
    VIA = "Via", Some(b"v"), List, "RFC 3261 section 20.42";
    WARNING = "Warning", None, List, "RFC 3261 section 20.43";
    WWW_AUTHENTICATE = "WWW-Authenticate", None, Lines, "RFC 3261 section 20.44";
}

impl<'m> HeaderName<'m> {
    /// That name, in a constant. What is no name is refused when it is put
    /// into a message.
    ///
    /// It looks at all known names in turn; `From<&str>`, outside of
    /// constants, does not.
    #[must_use]
    pub const fn new(name: &'m str) -> Self {
        match known_in_constant(name.as_bytes()) {
            Some(known) => HeaderName(Repr::Known(known)),
            None => HeaderName(Repr::Other(Text::new(name))),
        }
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
            Repr::Known(known) => entry(*known).compact?.first().copied().map(char::from),
            Repr::Other(_) => None,
        }
    }

    /// Where the header field is defined, such as `RFC 3261 section 20.42`;
    /// of a name that is not known this is not known either.
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        self.index().map(|known| entry(known).source)
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
    pub(crate) const fn index(&self) -> Option<u8> {
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

/// Of each name that may stand but once, counted by [`HeaderName::index`], a
/// bit of its own; of the others none.
pub(crate) static SINGLE: [u64; 256] = single();

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn single() -> [u64; 256] {
    let mut bits = [0; 256];
    let mut next = 1_u64;
    let mut index = 0;
    while index < KNOWN.len() {
        if matches!(KNOWN[index].multiplicity, Multiplicity::One) {
            assert!(next != 0);
            bits[index] = next;
            next <<= 1;
        }
        index += 1;
    }
    bits
}

fn entry(known: u8) -> &'static Known {
    static NONE: Known = Known {
        name: "",
        source: "",
        compact: None,
        multiplicity: Multiplicity::One,
    };
    KNOWN.get(usize::from(known)).unwrap_or(&NONE)
}

/// As [`known`], for the compiler.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // below the length
const fn known_in_constant(name: &[u8]) -> Option<u8> {
    let mut place = 0;
    while place < KNOWN.len() {
        let known = &KNOWN[place];
        let is_compact = match known.compact {
            Some(compact) => name.eq_ignore_ascii_case(compact),
            None => false,
        };
        if is_compact || name.eq_ignore_ascii_case(known.name.as_bytes()) {
            return Some(place as u8);
        }
        place += 1;
    }
    None
}

/// The place of `name`, in its long or its compact form, among the known.
pub(crate) fn known(name: &[u8]) -> Option<u8> {
    let mut padded = [0; 8];
    let first = match name.first_chunk::<8>() {
        Some(first) => first,
        None => {
            padded.get_mut(..name.len())?.copy_from_slice(name);
            &padded
        }
    };
    find(u64::from_le_bytes(*first), name)
}

/// The place among the known of the name that a header field begins with, and
/// how long it is; `None` where the name is not known or no colon follows it
/// at once. What follows may be an octet beyond ASCII instead: look at it.
#[inline(always)] // at its one place, for every header field of every message
pub(crate) fn known_at_front(field: &[u8]) -> Option<(u8, usize)> {
    let (octets, mut rest) = field.split_first_chunk::<8>()?;
    let octets = u64::from_le_bytes(*octets);
    let mut first = octets;
    let mut colon = word::find(octets, b':');
    let mut length = word::place(colon);
    if colon == 0 {
        loop {
            let (octets, after) = rest.split_first_chunk::<8>()?;
            colon = word::find(u64::from_le_bytes(*octets), b':');
            if colon != 0 {
                break;
            }
            rest = after;
            if field.len().wrapping_sub(rest.len()) > LONGEST {
                return None;
            }
        }
        let before = field.len().wrapping_sub(rest.len());
        length = before.wrapping_add(word::place(colon));
    } else {
        // The octets before the colon, whose own lower bits are zeros.
        first = octets & ((colon & colon.wrapping_neg()).wrapping_sub(1) >> 7);
    }
    let place = find(first, field.get(..length)?)?;
    Some((place, length))
}

// Names are told apart by their length, their first eight and their last eight
// octets, and found by a hash without collisions: those octets stirred with a
// factor that the compiler searches for.

/// How long the longest known name is at most.
const LONGEST: usize = 32;
const SLOT_BITS: u32 = 11;
const EMPTY: u8 = u8::MAX;
/// In each octet the bit that tells upper from lower case.
const CASE: u64 = word::repeated(b' ');

/// A name in its long or its compact form.
#[derive(Clone, Copy)]
struct Form {
    text: &'static [u8],
    /// The first eight octets, zeros behind a shorter name.
    first: u64,
    /// The last eight octets; zero for a shorter name.
    last: u64,
    /// The name's place among the known.
    place: u8,
}

/// As many as an octet can count, so that every slot has one.
const FORM_COUNT: usize = 256;
static FORMS: [Form; FORM_COUNT] = forms();
#[allow(long_running_const_eval)]
const FACTOR: u64 = find_factor();
static SLOTS: [u8; 1 << SLOT_BITS] = match slots(FACTOR) {
    Some(slots) => slots,
    None => panic!("two header names that the hash cannot tell apart"),
};

#[inline(always)] // as its caller
fn find(first: u64, name: &[u8]) -> Option<u8> {
    let last = match name.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => 0,
    };
    let slot = SLOTS.get(hash(first, last, name.len(), FACTOR)).copied()?;
    let form = FORMS.get(usize::from(slot))?;
    let same = form.first == first && form.last == last && form.text.len() == name.len();
    if same && name.len() <= 16 {
        return Some(form.place);
    }
    (!name.is_empty() && form.text.eq_ignore_ascii_case(name)).then_some(form.place)
}

#[inline(always)] // as its caller
const fn hash(first: u64, last: u64, length: usize, factor: u64) -> usize {
    let folded = (first | CASE) ^ (last | CASE).rotate_left(11) ^ length as u64;
    (folded.wrapping_mul(factor) >> (64 - SLOT_BITS)) as usize
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn forms() -> [Form; FORM_COUNT] {
    assert!(2 * KNOWN.len() < FORM_COUNT);
    // What no name is: not empty, of no length.
    let none = Form {
        first: u64::MAX,
        ..form(&[], EMPTY)
    };
    let mut forms = [none; FORM_COUNT];
    let mut place = 0;
    while place < KNOWN.len() {
        forms[2 * place] = form(KNOWN[place].name.as_bytes(), place as u8);
        if let Some(compact) = KNOWN[place].compact {
            forms[2 * place + 1] = form(compact, place as u8);
        }
        place += 1;
    }
    forms
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn form(text: &'static [u8], place: u8) -> Form {
    assert!(text.len() <= LONGEST);
    let mut first = 0;
    let mut last = 0;
    let mut index = 0;
    while index < text.len() {
        let octet = text[index] as u64;
        if index < 8 {
            first |= octet << (8 * index);
        }
        if text.len() >= 8 && index + 8 >= text.len() {
            last |= octet << (8 * (index + 8 - text.len()));
        }
        index += 1;
    }
    Form {
        text,
        first,
        last,
        place,
    }
}

#[allow(clippy::arithmetic_side_effects)] // evaluated by the compiler
#[allow(long_running_const_eval)]
const fn find_factor() -> u64 {
    // Where an earlier search ended.
    let mut factor: u64 = 0x9548_70E3_140A_8A0D;
    while slots(factor).is_none() {
        factor = factor
            .wrapping_mul(0x5851_F42D_4C95_7F2D)
            .wrapping_add(0x1405_7B7E_F767_814F)
            | 1;
    }
    factor
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
#[allow(long_running_const_eval)]
const fn slots(factor: u64) -> Option<[u8; 1 << SLOT_BITS]> {
    let mut slots = [EMPTY; 1 << SLOT_BITS];
    let mut index = 0;
    while index < FORM_COUNT {
        let form = &FORMS[index];
        if form.place != EMPTY {
            let slot = hash(form.first, form.last, form.text.len(), factor);
            if slots[slot] != EMPTY {
                return None;
            }
            slots[slot] = index as u8;
        }
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
                assert_eq!(HeaderName::new(&form).index(), Some(index as u8), "{form}");
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
        for name in [
            "X-Room", "", "z", "\0", "v\0", "Vi", "Viaa", "Via\0", "\u{FF}",
        ] {
            let header = HeaderName::from(name);
            assert_eq!(header.index(), None, "{name}");
            assert_eq!(header.as_bytes(), name.as_bytes());
        }
        assert_eq!(HeaderName::from("X-ROOM"), HeaderName::new("x-room"));
    }
}
