//! `%` and two hexadecimal digits, which stand for the octet of that number
//! (RFC 3261 section 19.1.2).

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::Text;
use crate::grammar::{Class, is};

/// `text` with each escape replaced by the octet that it stands for.
pub(super) fn unescape(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'%', text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((octet, _, after)) = first_octet(rest) {
        plain.push(octet);
        rest = after;
    }
    Cow::Owned(plain)
}

/// As [`unescape`], to show outside.
pub(super) fn unescaped(text: &[u8]) -> Text<'_> {
    Text::from(unescape(text))
}

/// Appends `plain`, every octet that is not in `class` escaped.
pub(super) fn escape(plain: &[u8], class: Class, out: &mut Vec<u8>) {
    for octet in plain {
        if is(*octet, class) {
            out.push(*octet);
        } else {
            out.extend([b'%', hex_digit(octet >> 4), hex_digit(octet & 0xF)]);
        }
    }
}

/// The first octet that `text` means, whether it was escaped, and the rest.
#[inline]
fn first_octet(text: &[u8]) -> Option<(u8, bool, &[u8])> {
    let (first, after) = text.split_first()?;
    if let (b'%', [high, low, after @ ..]) = (first, after)
        && let (Some(high), Some(low)) = (hex(*high), hex(*low))
    {
        return Some((high << 4 | low, true, after));
    }
    Some((*first, false, after))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// `digit` is below 16.
fn hex_digit(digit: u8) -> u8 {
    match digit {
        0..=9 => b'0'.wrapping_add(digit),
        _ => b'A'.wrapping_sub(10).wrapping_add(digit),
    }
}

/// Whether the case of letters makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Matters,
    Ignored,
}

/// What a part of a URI is compared by (RFC 3261 section 19.1.4): an escape is
/// the character that it stands for, unless that is a reserved one.
#[derive(Debug, Clone)]
pub(super) struct Compared<'u> {
    rest: &'u [u8],
    case: Case,
}

impl<'u> Compared<'u> {
    pub(super) fn new(part: &'u [u8], case: Case) -> Self {
        Compared { rest: part, case }
    }
}

/// Set in what [`Compared`] gives for a reserved character that is escaped.
const ESCAPED: u16 = 0x100;

impl Iterator for Compared<'_> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        let (octet, escaped, rest) = first_octet(self.rest)?;
        self.rest = rest;
        let octet = match self.case {
            Case::Matters => octet,
            Case::Ignored => octet.to_ascii_lowercase(),
        };
        Some(match escaped && is_reserved(octet) {
            true => u16::from(octet) | ESCAPED,
            false => u16::from(octet),
        })
    }
}

/// `reserved` (RFC 2396 section 2.2, RFC 3261 section 25.1)
fn is_reserved(octet: u8) -> bool {
    matches!(
        octet,
        b';' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b','
    )
}

/// Whether two parts of URIs are the same.
#[inline]
pub(super) fn same(this: &[u8], that: &[u8], case: Case) -> bool {
    this == that
        || (case == Case::Ignored && this.eq_ignore_ascii_case(that))
        || (has_escape(this, that) && Compared::new(this, case).eq(Compared::new(that, case)))
}

/// Whether `part`, as it stands in a URI, means `name` in any case.
#[inline]
pub(super) fn is_name(part: &[u8], name: &str) -> bool {
    part.eq_ignore_ascii_case(name.as_bytes())
        || (memchr::memchr(b'%', part).is_some()
            && unescape(part).eq_ignore_ascii_case(name.as_bytes()))
}

fn has_escape(this: &[u8], that: &[u8]) -> bool {
    memchr::memchr(b'%', this).is_some() || memchr::memchr(b'%', that).is_some()
}

/// An order of names in which the same names, and no others, are equal.
pub(super) fn order(this: &[u8], that: &[u8]) -> Ordering {
    Compared::new(this, Case::Ignored).cmp(Compared::new(that, Case::Ignored))
}

/// Whether two texts are the same but for the case of the digits in their
/// escapes (RFC 8141 section 3.1).
pub(super) fn same_but_for_escape_case(this: &[u8], that: &[u8]) -> bool {
    let units = |text| {
        let mut digits = 0_u8;
        <[u8]>::iter(text).map(move |octet| {
            if digits > 0 {
                digits = digits.saturating_sub(1);
                return octet.to_ascii_uppercase();
            }
            if *octet == b'%' {
                digits = 2;
            }
            *octet
        })
    };
    units(this).eq(units(that))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_is_its_character_unless_that_is_reserved() {
        assert!(same(b"%61lice", b"alice", Case::Matters));
        assert!(same(b"%4a", b"J", Case::Matters));
        assert!(!same(b"%4a", b"j", Case::Matters));
        assert!(same(b"%4a", b"j", Case::Ignored));
        assert!(same(b"%3b", b"%3B", Case::Matters));
        assert!(!same(b"%3B", b";", Case::Matters));
        assert!(same(b"%23", b"#", Case::Matters));
        assert_ne!(order(b"a%2B", b"a+"), Ordering::Equal);
        assert_eq!(order(b"%41", b"a"), Ordering::Equal);
    }

    #[test]
    fn in_a_urn_only_the_digits_of_an_escape_ignore_case() {
        assert!(same_but_for_escape_case(b"a%2cB", b"a%2CB"));
        assert!(!same_but_for_escape_case(b"a%2cB", b"a%2Cb"));
        assert!(!same_but_for_escape_case(b"a%2C", b"a,"));
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_as_it_was(plain in proptest::collection::vec(any::<u8>(), 0..64)) {
            for class in [Class::USER, Class::PASSWORD, Class::URI_PARAM, Class::URI_HEADER] {
                let mut text = Vec::new();
                escape(&plain, class, &mut text);
                prop_assert_eq!(&*unescape(&text), &plain[..]);
                prop_assert!(text.iter().all(|octet| *octet == b'%' || is(*octet, class)));
            }
        }
    }
}
