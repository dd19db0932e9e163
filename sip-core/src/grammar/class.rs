//! Which octets may stand where: one table, looked up once an octet.

/// A set of octets: one bit of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class(u32);

impl Class {
    /// `token`
    pub(crate) const TOKEN: Class = Class(1);
    /// `word`
    pub(crate) const WORD: Class = Class(1 << 1);
    /// `DIGIT`
    pub(crate) const DIGIT: Class = Class(1 << 2);
    /// Hexadecimal digits of either case.
    pub(crate) const HEX: Class = Class(1 << 3);
    /// `unreserved` and `user-unreserved`
    pub(crate) const USER: Class = Class(1 << 4);
    /// What `password` is made of.
    pub(crate) const PASSWORD: Class = Class(1 << 5);
    /// `paramchar`, escapes apart
    pub(crate) const URI_PARAM: Class = Class(1 << 6);
    /// `hnv-unreserved` and `unreserved`
    pub(crate) const URI_HEADER: Class = Class(1 << 7);
    /// Of a label of a host: letters, digits, `-`.
    pub(crate) const LABEL: Class = Class(1 << 8);
    /// `qdtext`, folds included
    pub(crate) const QDTEXT: Class = Class(1 << 9);
    /// `ctext`, folds included
    pub(crate) const CTEXT: Class = Class(1 << 10);
    /// `TEXT-UTF8-TRIM`, folds included
    pub(crate) const TEXT: Class = Class(1 << 11);
    /// `uric`, escapes apart; and what RFC 3986 adds: brackets, a fragment
    pub(crate) const URIC: Class = Class(1 << 12);
    /// Letters and digits.
    pub(crate) const ALPHANUM: Class = Class(1 << 13);
    /// What a display name without quotes is made of.
    pub(crate) const NAME: Class = Class(1 << 16);
    /// The same, with octets beyond ASCII.
    pub(crate) const NAME_UTF8: Class = Class(1 << 17);
    /// Of a label of a host, where `_` is forgiven.
    pub(crate) const LABEL_UNDERSCORE: Class = Class(1 << 18);
    /// Of a user part, where `#` is forgiven.
    pub(crate) const USER_HASH: Class = Class(1 << 19);
    /// Of a URI that stands without angle brackets.
    pub(crate) const BARE_URI: Class = Class(1 << 20);
    /// Of a parameter's value without quotes, which has been read before.
    pub(crate) const PARAM_VALUE: Class = Class(1 << 21);
    /// Space, tab, CR and LF: what folding is made of.
    pub(crate) const SPACE: Class = Class(1 << 15);
    /// Base64's alphabet with its padding (both alphabets of RFC 4648).
    pub(crate) const BASE64: Class = Class(1 << 14);
}

/// Whether `octet` is in `class`.
#[inline]
pub(crate) fn is(octet: u8, class: Class) -> bool {
    classes_of(octet) & class.0 != 0
}

/// What follows the octets of `class` at the front of `input`.
#[inline]
pub(crate) fn skip(input: &[u8], class: Class) -> &[u8] {
    input.get(span(input, class)..).unwrap_or_default()
}

/// How many octets of `class` stand at the front of `input`.
#[inline]
fn span(input: &[u8], class: Class) -> usize {
    let (fours, tail) = input.as_chunks::<4>();
    let mut length: usize = 0;
    // Four at a time: their classes in common.
    for [a, b, c, d] in fours {
        let (a, b, c) = (classes_of(*a), classes_of(*b), classes_of(*c));
        if a & b & c & classes_of(*d) & class.0 == 0 {
            let within = match (a & class.0, b & class.0, c & class.0) {
                (0, _, _) => 0,
                (_, 0, _) => 1,
                (_, _, 0) => 2,
                _ => 3,
            };
            return length.wrapping_add(within);
        }
        length = length.wrapping_add(4);
    }
    for octet in tail {
        if !is(*octet, class) {
            break;
        }
        length = length.wrapping_add(1);
    }
    length
}

/// What follows the octets of `class` at the front of `input`, and those.
#[inline]
pub(crate) fn split(input: &[u8], class: Class) -> (&[u8], &[u8]) {
    let rest = skip(input, class);
    (rest, super::consumed(input, rest))
}

#[inline]
fn classes_of(octet: u8) -> u32 {
    CLASSES.get(usize::from(octet)).copied().unwrap_or(0)
}

static CLASSES: [u32; 256] = table();

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = classes(octet as u8);
        octet += 1;
    }
    table
}

const fn classes(octet: u8) -> u32 {
    let alphanum = octet.is_ascii_alphanumeric();
    let mark = within(octet, b"-_.!~*'()");
    let unreserved = alphanum || mark;
    let token = alphanum || within(octet, b"-.!%*_+`'~");
    let space = within(octet, b" \t\r\n");
    let visible = (octet > 0x20 && octet < 0x7F) || octet >= 0x80;
    member(Class::TOKEN, token)
        | member(Class::WORD, token || within(octet, b"()<>:\\\"/[]?{}"))
        | member(Class::DIGIT, octet.is_ascii_digit())
        | member(Class::HEX, octet.is_ascii_hexdigit())
        | member(Class::USER, unreserved || within(octet, b"&=+$,;?/"))
        | member(Class::PASSWORD, unreserved || within(octet, b"&=+$,"))
        | member(Class::URI_PARAM, unreserved || within(octet, b"[]/:&+$"))
        | member(Class::URI_HEADER, unreserved || within(octet, b"[]/?:+$"))
        | member(Class::LABEL, alphanum || octet == b'-')
        | member(Class::QDTEXT, space || (visible && !within(octet, b"\"\\")))
        | member(Class::CTEXT, space || (visible && !within(octet, b"()\\")))
        | member(Class::TEXT, space || visible)
        | member(Class::URIC, unreserved || within(octet, b";/?:@&=+$,[]#"))
        | member(Class::ALPHANUM, alphanum)
        | member(Class::SPACE, space)
        | member(Class::NAME, token || space)
        | member(Class::NAME_UTF8, token || space || octet >= 0x80)
        | member(Class::LABEL_UNDERSCORE, alphanum || within(octet, b"-_"))
        | member(Class::USER_HASH, unreserved || within(octet, b"&=+$,;?/#"))
        | member(Class::BARE_URI, !space && !within(octet, b";,?<>"))
        | member(Class::PARAM_VALUE, !space && !within(octet, b";,"))
        | member(Class::BASE64, alphanum || within(octet, b"+/-_="))
}

const fn member(class: Class, yes: bool) -> u32 {
    if yes { class.0 } else { 0 }
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)] // evaluated by the compiler
const fn within(octet: u8, set: &[u8]) -> bool {
    let mut index = 0;
    while index < set.len() {
        if set[index] == octet {
            return true;
        }
        index += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(class: Class) -> Vec<u8> {
        (0..=255).filter(|octet| is(*octet, class)).collect()
    }

    #[test]
    fn the_classes_hold_what_the_abnf_lists() {
        let text = String::from_utf8(members(Class::TOKEN)).unwrap();
        assert_eq!(
            text,
            "!%'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_`abcdefghijklmnopqrstuvwxyz~"
        );
        assert_eq!(members(Class::HEX), b"0123456789ABCDEFabcdef");
        assert_eq!(members(Class::WORD).len(), text.len() + 13);
        assert!(!is(b'%', Class::USER) && !is(b'#', Class::USER) && is(b'/', Class::USER));
        assert!(!is(b'"', Class::QDTEXT) && is(0xFF, Class::QDTEXT) && !is(0x7F, Class::QDTEXT));
    }
}
