//! What the tests of typed headers ask of each of them.

use proptest::prelude::*;

use super::{HeaderName, TypedHeader};
use crate::grammar::sws;
use crate::{Fault, ParseConfig, Rule};

/// `text` is one value and written as it is, by the letter of the grammar.
#[track_caller]
pub(crate) fn round_trip<H>(text: impl AsRef<[u8]>)
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    written_as::<H>(&text, &text);
}

/// `text` is one value, and written as `plain`, which is one value too and
/// written the same.
#[track_caller]
pub(crate) fn written_as<H>(text: impl AsRef<[u8]>, plain: impl AsRef<[u8]>)
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    assert!(HeaderName::all_known().any(|name| name == H::NAME));
    for config in [ParseConfig::STRICT, ParseConfig::DEFAULT] {
        written_by::<H>(&text, &config, &plain);
        written_by::<H>(&plain, &config, &plain);
    }
    // White space and what follows it is left to the caller.
    for tail in [" ", " \t,", " x\""]
        .iter()
        .filter(|_| !fills_its_line::<H>())
    {
        let tailed = [text.as_ref(), tail.as_bytes()].concat();
        let (_, rest) = read::<H>(&tailed, &ParseConfig::STRICT);
        assert_eq!(rest, tail.as_bytes(), "{}", tailed.escape_ascii());
    }
}

/// `text` is one value for a parser that is configured so, and written as
/// `plain`.
#[track_caller]
pub(crate) fn written_by<H>(text: impl AsRef<[u8]>, config: &ParseConfig, plain: impl AsRef<[u8]>)
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    assert_eq!(
        written::<H>(text.as_ref(), config)
            .escape_ascii()
            .to_string(),
        plain.as_ref().escape_ascii().to_string()
    );
}

/// `text` breaks `rule` at that octet, either by what is read or by what is
/// left over, whether faults are forgiven or not.
#[track_caller]
pub(crate) fn refused<H: TypedHeader>(text: impl AsRef<[u8]>, rule: Rule, octet: usize) {
    refused_by::<H>(&text, &ParseConfig::STRICT, rule, octet);
    refused_by::<H>(&text, &ParseConfig::DEFAULT, rule, octet);
}

/// `text` breaks `rule` at that octet for a parser that is configured so.
#[track_caller]
pub(crate) fn refused_by<H: TypedHeader>(
    text: impl AsRef<[u8]>,
    config: &ParseConfig,
    rule: Rule,
    octet: usize,
) {
    let text = text.as_ref();
    let shown = text.escape_ascii();
    let fault = match H::decode(text, config) {
        Err(fault) => fault,
        Ok((_, rest)) if !sws(rest).is_empty() => Fault::new(Rule::Trailing, rest),
        Ok(_) => panic!("{}: {shown} was read", H::NAME),
    };
    let place = text.len().saturating_sub(fault.remaining);
    assert_eq!((fault.rule, place), (rule, octet), "{}: {shown}", H::NAME);
}

/// The value that fills `text`.
#[track_caller]
pub(crate) fn value<H: TypedHeader>(text: &str) -> H::Value<'_> {
    let (value, rest) = read::<H>(text.as_bytes(), &ParseConfig::STRICT);
    assert_eq!(rest, b"", "{}: {text}", H::NAME);
    value
}

#[track_caller]
fn read<'m, H: TypedHeader>(text: &'m [u8], config: &ParseConfig) -> (H::Value<'m>, &'m [u8]) {
    H::decode(text, config)
        .unwrap_or_else(|fault| panic!("{}: {}: {fault:?}", H::NAME, text.escape_ascii()))
}

/// What the value that fills `text` is written as.
#[track_caller]
fn written<H>(text: &[u8], config: &ParseConfig) -> Vec<u8>
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    let (value, rest) = read::<H>(text, config);
    assert_eq!(sws(rest), b"", "{}: {}", H::NAME, text.escape_ascii());
    let mut written = Vec::new();
    value.encode(&mut written);
    written
}

/// Whether the value is any text up to the end of its line.
fn fills_its_line<H: TypedHeader>() -> bool {
    [
        HeaderName::ORGANIZATION,
        HeaderName::SERVER,
        HeaderName::SUBJECT,
        HeaderName::USER_AGENT,
    ]
    .contains(&H::NAME)
}

/// What is read is written so that it is read again, and written the same.
pub(crate) fn survives<H>(text: &[u8])
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    let Ok((value, _)) = H::decode(text, &ParseConfig::DEFAULT) else {
        return;
    };
    let mut once = Vec::new();
    value.encode(&mut once);
    assert_eq!(written::<H>(&once, &ParseConfig::DEFAULT), once);
}

/// Texts that come near to what headers look like.
pub(crate) fn near_values() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "[a-z0-9]{1,3}",
        "[;,=/ \"<>()@.:*\\\\-]",
        Just("\r\n ".to_owned()),
        Just(";q=0.5".to_owned()),
        Just("<sip:a@b>".to_owned()),
        Just("Fri, 01 Jan 2010 16:00:00 GMT".to_owned()),
        Just("399 a \"b\"".to_owned()),
    ];
    let pieces = proptest::collection::vec(piece, 0..12);
    prop_oneof![
        pieces.prop_map(|pieces| pieces.concat().into_bytes()),
        proptest::collection::vec(any::<u8>(), 0..24),
    ]
}
