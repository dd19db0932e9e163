//! The rules that header fields share (RFC 3261 section 25.1), as `nom`
//! parsers over octets.
//!
//! A parser takes what is left of a value and gives what is left after it; a
//! fault is a [`Rule`] and the place where it is broken. Nothing here copies:
//! what a parser gives is a slice of what it took.

mod address;
mod auth;
mod class;
mod list;
mod params;
mod quoted;
pub(crate) mod word;

pub(crate) use address::{
    HostText, bare_uri, before_uri, bracketed_uri, host, hostport, ipv4, ipv6_of_three_colons,
    is_ipv6, port,
};
pub(crate) use auth::{auth_params, each_auth_param, token68};
pub(crate) use class::{Class, is, skip, split};
pub(crate) use list::{comma, decode, skip_comma};
pub(crate) use params::{media_params, param, params};
pub(crate) use quoted::{comment, quoted_string, unquote};

use nom::bytes::complete::take_while_m_n;
use nom::combinator::{cut, recognize};
use nom::multi::many0_count;
use nom::sequence::{preceded, separated_pair};
use nom::{IResult, Parser};

use crate::{Fault, Rule};

/// What a parser of this crate gives.
pub(crate) type Parsed<'m, O> = IResult<&'m [u8], O, Broken>;

/// A fault as `nom` carries it through its parsers; outside there are faults
/// alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) Fault);

impl<'m> nom::error::ParseError<&'m [u8]> for Broken {
    fn from_error_kind(input: &'m [u8], _: nom::error::ErrorKind) -> Self {
        Broken(Fault::new(Rule::Separator, input))
    }

    fn append(_: &'m [u8], _: nom::error::ErrorKind, other: Self) -> Self {
        other
    }
}

/// The fault that `rule` is broken where `rest` begins.
#[cold]
pub(crate) fn fail<O>(rule: Rule, rest: &[u8]) -> Parsed<'_, O> {
    broken(Fault::new(rule, rest))
}

/// That fault, as a parser's answer.
#[cold]
pub(crate) fn broken<O>(fault: Fault) -> Parsed<'static, O> {
    Err(nom::Err::Error(Broken(fault)))
}

/// `parser`, its faults said to break `rule`.
pub(crate) fn rule<'m, O>(
    rule: Rule,
    mut parser: impl Parser<&'m [u8], Output = O, Error = Broken>,
) -> impl FnMut(&'m [u8]) -> Parsed<'m, O> {
    move |input| {
        parser
            .parse(input)
            .map_err(|error| error.map(|Broken(fault)| Broken(Fault { rule, ..fault })))
    }
}

/// The longest run, perhaps empty, of octets of `class`.
#[inline]
pub(crate) fn run(class: Class) -> impl FnMut(&[u8]) -> Parsed<'_, &[u8]> {
    move |input| Ok(split(input, class))
}

/// The longest run of octets of `class`, at least one.
#[inline]
pub(crate) fn run1(class: Class, rule: Rule) -> impl FnMut(&[u8]) -> Parsed<'_, &[u8]> {
    move |input| match split(input, class) {
        (_, []) => fail(rule, input),
        run => Ok(run),
    }
}

/// `token SLASH token`: a media type, or a range of them with `*` in place of
/// a token.
pub(crate) fn media_type(input: &[u8]) -> Parsed<'_, (&[u8], &[u8])> {
    rule(
        Rule::MediaType,
        separated_pair(token, separator(b'/'), token),
    )(input)
}

/// `language-tag`: `1*8ALPHA *( "-" 1*8ALPHA )`, digits allowed behind the
/// first hyphen as RFC 5646 section 2.1 has them (`es-419`).
pub(crate) fn language_tag(input: &[u8]) -> Parsed<'_, &[u8]> {
    let primary = take_while_m_n(1, 8, |octet: u8| octet.is_ascii_alphabetic());
    let subtag = take_while_m_n(1, 8, |octet: u8| octet.is_ascii_alphanumeric());
    let (rest, tag) = rule(
        Rule::Language,
        recognize((primary, many0_count(preceded(octet(b'-'), cut(subtag))))),
    )(input)?;
    match rest.first() {
        Some(octet) if is(*octet, Class::TOKEN) => fail(Rule::Language, rest),
        _ => Ok((rest, tag)),
    }
}

/// `token`
#[inline]
pub(crate) fn token(input: &[u8]) -> Parsed<'_, &[u8]> {
    run1(Class::TOKEN, Rule::Token)(input)
}

/// `word`
pub(crate) fn word(input: &[u8]) -> Parsed<'_, &[u8]> {
    run1(Class::WORD, Rule::Word)(input)
}

/// `SWS`: white space, perhaps folded, perhaps none.
#[inline]
pub(crate) fn sws(input: &[u8]) -> &[u8] {
    match input {
        [octet, rest @ ..] if is(*octet, Class::SPACE) => match rest {
            // One space, as nearly everywhere.
            [octet, ..] if !is(*octet, Class::SPACE) => rest,
            _ => skip_space(rest),
        },
        _ => input,
    }
}

/// `LWS`: white space, perhaps folded.
pub(crate) fn lws(input: &[u8]) -> Parsed<'_, ()> {
    let rest = sws(input);
    if rest.len() == input.len() {
        return fail(Rule::WhiteSpace, input);
    }
    Ok((rest, ()))
}

/// A line of a value only ends where it is folded, so that the next line
/// begins with white space: whoever cut the value out of its message saw to it.
fn skip_space(input: &[u8]) -> &[u8] {
    skip(input, Class::SPACE)
}

/// `SWS octet SWS`, as in `COMMA`, `SEMI`, `EQUAL`, `SLASH`.
#[inline]
pub(crate) fn separator(octet: u8) -> impl FnMut(&[u8]) -> Parsed<'_, ()> {
    move |input| match sws(input).split_first() {
        Some((first, rest)) if *first == octet => Ok((sws(rest), ())),
        _ => fail(Rule::Separator, input),
    }
}

/// One octet, without white space around it.
#[inline]
pub(crate) fn octet(wanted: u8) -> impl FnMut(&[u8]) -> Parsed<'_, ()> {
    move |input| match input.split_first() {
        Some((first, rest)) if *first == wanted => Ok((rest, ())),
        _ => fail(Rule::Separator, input),
    }
}

/// `1*DIGIT`, at most `max`.
pub(crate) fn number(max: u64) -> impl FnMut(&[u8]) -> Parsed<'_, u64> {
    move |input| {
        let (rest, digits) = run1(Class::DIGIT, Rule::Number)(input)?;
        let mut value: u64 = 0;
        for digit in digits {
            value = value
                .saturating_mul(10)
                .saturating_add(u64::from(digit.wrapping_sub(b'0')));
        }
        if value > max {
            return fail(Rule::Number, input);
        }
        Ok((rest, value))
    }
}

/// `delta-seconds`, and any other number of 32 bits.
pub(crate) fn number_u32(input: &[u8]) -> Parsed<'_, u32> {
    let (rest, value) = number(u64::from(u32::MAX))(input)?;
    Ok((rest, u32::try_from(value).unwrap_or(u32::MAX)))
}

/// `TEXT-UTF8-TRIM`, to the end of the value: no control characters but
/// those that fold it.
pub(crate) fn text(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (rest, text) = run(Class::TEXT)(input)?;
    if !rest.is_empty() {
        return fail(Rule::Text, rest);
    }
    Ok((rest, text))
}

/// Fails unless nothing but white space is left.
pub(crate) fn end(input: &[u8]) -> Parsed<'_, ()> {
    let rest = sws(input);
    if rest.is_empty() {
        Ok((rest, ()))
    } else {
        fail(Rule::Trailing, rest)
    }
}

/// The octets that `before` has and `after`, its end, has not.
#[inline]
pub(crate) fn consumed<'m>(before: &'m [u8], after: &[u8]) -> &'m [u8] {
    let length = before.len().wrapping_sub(after.len());
    before.get(..length).unwrap_or(before)
}
