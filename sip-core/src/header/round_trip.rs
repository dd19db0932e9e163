//! What the tests of typed headers ask of each of them.

use super::{HeaderName, TypedHeader};
use crate::{ParseConfig, Rule};

/// Reads `text`, writes what was read, and reads that: both times the whole
/// text is one value, and what is written is the same both times. Gives what
/// was written.
#[track_caller]
pub(crate) fn round_trip<H>(text: &str) -> String
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader,
{
    assert_eq!(H::LIST, H::NAME.is_list(), "{} is a list", H::NAME);
    assert!(HeaderName::all_known().any(|name| name == H::NAME));
    let written = write::<H>(text.as_bytes());
    assert_eq!(write::<H>(&written), written);
    // White space and what follows it is left to the caller.
    for tail in [" ", " \t,", " x\""] {
        let tailed = [text, tail].concat();
        let (_, rest) = read::<H>(tailed.as_bytes());
        assert_eq!(rest, tail.as_bytes(), "{tailed}");
    }
    String::from_utf8(written).unwrap()
}

/// The rule that `text` breaks, and the octet where.
#[track_caller]
pub(crate) fn fault<H: TypedHeader>(text: &str) -> (Rule, usize) {
    match H::decode(text.as_bytes(), &ParseConfig::STRICT) {
        Ok(_) => panic!("{}: {text} was read", H::NAME),
        Err(fault) => (fault.rule, text.len().saturating_sub(fault.remaining)),
    }
}

/// The value that fills `text`.
#[track_caller]
pub(crate) fn value<H: TypedHeader>(text: &str) -> H::Value<'_> {
    let (value, rest) = read::<H>(text.as_bytes());
    assert_eq!(rest, b"", "{}: {text}", H::NAME);
    value
}

fn read<H: TypedHeader>(text: &[u8]) -> (H::Value<'_>, &[u8]) {
    match H::decode(text, &ParseConfig::STRICT) {
        Ok(read) => read,
        Err(fault) => panic!("{}: {}: {fault:?}", H::NAME, text.escape_ascii()),
    }
}

fn write<H>(text: &[u8]) -> Vec<u8>
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader,
{
    let (value, rest) = read::<H>(text);
    assert_eq!(rest, b"", "{}", text.escape_ascii());
    let mut written = Vec::new();
    value.encode(&mut written);
    written
}
