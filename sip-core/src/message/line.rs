//! One header field: where its name and its value lie.

use super::headers::{Line, Place};
use crate::grammar::{self, Class, is, word};
use crate::header::{self, HeaderName};
use crate::{Limit, ParseConfig, ParseError, Rule};

/// Where the line that begins at `at` ends, and where the next one begins.
#[inline]
pub(super) fn end_of_line(
    octets: &[u8],
    at: usize,
    config: &ParseConfig,
    bare_lf: &mut bool,
) -> Result<(usize, usize), ParseError> {
    let rest = octets.get(at..).unwrap_or_default();
    let length = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
    let end = at.wrapping_add(length);
    match octets.get(end..) {
        Some([b'\r', b'\n', ..]) if length <= config.limits.line as usize => {
            Ok((end, end.wrapping_add(2)))
        }
        Some([b'\n', ..]) if config.leniency.bare_lf && length <= config.limits.line as usize => {
            *bare_lf = true;
            Ok((end, end.wrapping_add(1)))
        }
        _ => Err(line_fault(rest, length, at, config)),
    }
}

/// Why a line that begins at `at` has no end after `length` octets.
#[cold]
fn line_fault(rest: &[u8], length: usize, at: usize, config: &ParseConfig) -> ParseError {
    let limit = config.limits.line as usize;
    if length > limit {
        ParseError::at(Rule::Limit(Limit::Line), at.saturating_add(limit))
    } else if length == rest.len() {
        ParseError::at(Rule::HeaderEnd, at.saturating_add(length))
    } else {
        ParseError::at(Rule::LineEnd, at.saturating_add(length))
    }
}

/// Where the header field behind the one at `at` begins, whatever ends its
/// lines.
pub(super) fn next_line(octets: &[u8], at: usize) -> usize {
    let rest = octets.get(at..).unwrap_or_default();
    for end in memchr::memchr_iter(b'\n', rest) {
        let next = at.saturating_add(end).saturating_add(1);
        if !matches!(octets.get(next), Some(b' ' | b'\t')) {
            return next;
        }
    }
    octets.len()
}

/// Whether a line that is unsound would have said how long the body is, for a
/// reader who reads it otherwise: its name, in either form, and then nothing
/// that a name could go on with.
pub(super) fn is_content_length(field: &[u8]) -> bool {
    let named = field.get(blanks(field)..).unwrap_or_default();
    let (_, name) = grammar::split(named, Class::TOKEN);
    header::known(name) == HeaderName::CONTENT_LENGTH.index()
}

/// How many octets of empty lines stand before the start line; they are
/// passed over (RFC 3261 section 7.5).
pub(super) fn empty_lines(octets: &[u8]) -> usize {
    octets
        .iter()
        .position(|octet| !matches!(octet, b'\r' | b'\n'))
        .unwrap_or(octets.len())
}

/// Reads a header field as nearly all are written, and where the next begins:
/// `Name: value`, the name known, on one line. Whatever is otherwise is left to
/// [`header_line`].
#[inline]
pub(super) fn plain_line(octets: &[u8], at: usize, config: &ParseConfig) -> Option<(Line, usize)> {
    let field = octets.get(at..)?;
    let (name, name_length) = header::known_at_front(field)?;
    let Some((b": ", value)) = field.get(name_length..)?.split_first_chunk() else {
        return None;
    };
    let length = word::first_control(value)?;
    let around = value.get(length.checked_sub(1)?..)?.first_chunk()?;
    let [last, b'\r', b'\n', next] = around else {
        return None;
    };
    let length_with_name = name_length.wrapping_add(2).wrapping_add(length);
    if matches!(last, b' ')
        || matches!(next, b' ' | b'\t')
        || value.first() == Some(&b' ')
        || length_with_name > config.limits.line as usize
    {
        return None;
    }
    let end = at.wrapping_add(length_with_name);
    // A message is no longer than `Limits::message`, which has 32 bits.
    let line = Line {
        start: at as u32,
        value: end.wrapping_sub(length) as u32,
        end: end as u32,
        name_length: name_length as u16,
        name,
        place: Place::Octets,
    };
    Some((line, end.wrapping_add(2)))
}

/// Reads the header field that begins at `at`, and where the next begins.
pub(super) fn header_line(
    octets: &[u8],
    at: usize,
    config: &ParseConfig,
    bare_lf: &mut bool,
) -> Result<(Line, usize), ParseError> {
    let field = octets.get(at..).unwrap_or_default();
    let (name, name_length, colon) = match header::known_at_front(field) {
        Some((name, length)) if field.get(length) == Some(&b':') => (name, length, length),
        _ => any_name(field, at)?,
    };
    let after_colon = at.wrapping_add(colon).wrapping_add(1);
    let mut value = after_colon.wrapping_add(blanks(octets.get(after_colon..).unwrap_or_default()));
    let (mut end, mut next) = end_of_line(octets, value, config, bare_lf)?;
    // A line that begins with white space goes on with the one before.
    if let Some(b' ' | b'\t') = octets.get(next) {
        (value, end, next) = folded(octets, (value, end, next), config, bare_lf)?;
    }
    if end.wrapping_sub(at) > config.limits.line as usize {
        let limit = at.saturating_add(config.limits.line as usize);
        return Err(ParseError::at(Rule::Limit(Limit::Line), limit));
    }
    while let Some([.., last]) = octets.get(value..end)
        && is(*last, Class::SPACE)
    {
        end = end.wrapping_sub(1);
    }
    // A message is no longer than `Limits::message`, which has 32 bits.
    let line = Line {
        start: at as u32,
        value: value as u32,
        end: end as u32,
        name_length: name_length as u16,
        name,
        place: Place::Octets,
    };
    Ok((line, next))
}

/// The name of a header field that is not known, or not followed by its colon
/// at once: its place among the known, its length, and where the colon is.
fn any_name(field: &[u8], at: usize) -> Result<(u8, usize, usize), ParseError> {
    let (after_name, name) = grammar::split(field, Class::TOKEN);
    let colon = name.len().saturating_add(blanks(after_name));
    if field.get(colon) != Some(&b':') || name.is_empty() || name.len() > usize::from(u16::MAX) {
        return Err(ParseError::at(
            Rule::HeaderName,
            at.saturating_add(name.len()),
        ));
    }
    Ok((
        header::known(name).unwrap_or(Line::OTHER),
        name.len(),
        colon,
    ))
}

/// Goes on over the folds of a value, from where its first line begins and
/// ends and the next begins.
#[cold]
fn folded(
    octets: &[u8],
    (mut value, mut end, mut next): (usize, usize, usize),
    config: &ParseConfig,
    bare_lf: &mut bool,
) -> Result<(usize, usize, usize), ParseError> {
    while let Some(b' ' | b'\t') = octets.get(next) {
        if end == value {
            // Nothing stood on this line yet.
            value = next.saturating_add(blanks(octets.get(next..).unwrap_or_default()));
            (end, next) = end_of_line(octets, value, config, bare_lf)?;
        } else {
            (end, next) = end_of_line(octets, next, config, bare_lf)?;
        }
    }
    Ok((value, end, next))
}

/// How many spaces and tabs `text` begins with.
#[inline]
fn blanks(text: &[u8]) -> usize {
    text.iter()
        .position(|octet| !matches!(octet, b' ' | b'\t'))
        .unwrap_or(text.len())
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)] // a panic here is the report of a failed test
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A header field read octet by octet: its name, its value, and where the
    /// next one begins.
    fn slowly(octets: &[u8], at: usize) -> Option<(Vec<u8>, Vec<u8>, usize)> {
        let mut place = at;
        while is(*octets.get(place)?, Class::TOKEN) {
            place += 1;
        }
        let name = octets[at..place].to_vec();
        while matches!(octets.get(place)?, b' ' | b'\t') {
            place += 1;
        }
        if name.is_empty() || octets[place] != b':' {
            return None;
        }
        let start = place + 1;
        let mut end = start;
        let next = loop {
            let line_end = match octets.get(end)? {
                b'\r' if octets.get(end + 1) == Some(&b'\n') => end + 2,
                b'\r' => return None,
                b'\n' => end + 1,
                _ => {
                    end += 1;
                    continue;
                }
            };
            match octets.get(line_end) {
                Some(b' ' | b'\t') => end = line_end,
                _ => break line_end,
            }
        };
        let space = |octet: &u8| b" \t\r\n".contains(octet);
        let value = &octets[start..end];
        let first = value.iter().position(|octet| !space(octet));
        let last = value.iter().rposition(|octet| !space(octet));
        let value = match (first, last) {
            (Some(first), Some(last)) => value[first..=last].to_vec(),
            _ => Vec::new(),
        };
        Some((name, value, next))
    }

    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let names = HeaderName::all_known().map(|name| name.to_string().into_bytes());
        let piece = prop_oneof![
            3 => prop::sample::select(vec![
                &b":"[..], b": ", b" ", b"\t", b"\r\n", b"\r\n ", b"\n", b"\r", b"\0", b"\x80",
                b"\xBA", b"\xFF", b"\x1F", b"\x7F", b"\x9F", b"\xA0", b"v", b"l", b"X-Other",
                b"Content-Length", b"abcdefgh", b"1",
            ])
            .prop_map(<[u8]>::to_vec),
            1 => prop::sample::select(names.collect::<Vec<_>>()),
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_header_field_is_the_same_read_in_words_or_octet_by_octet(
            before in 0_usize..9,
            name in prop_oneof![
                Just(b"Via: ".to_vec()), Just(b"v:".to_vec()), Just(b"Call-ID: x".to_vec()), pieces(),
            ],
            rest in pieces(),
            end in prop::sample::select(vec![&b"\r\n\r\n"[..], b"\r\nTo: <sip:a@b>\r\n", b"\n", b""]),
        ) {
            let octets = [&vec![b'x'; before], &name, &rest, end].concat();
            let config = ParseConfig::DEFAULT;
            let mut bare_lf = false;
            let read = header_line(&octets, before, &config, &mut bare_lf).ok();
            let wanted = slowly(&octets, before);
            let shown = |(line, next): (Line, usize)| {
                let start = line.start as usize;
                let name = octets[start..start + usize::from(line.name_length)].to_vec();
                (name, octets[line.value as usize..line.end as usize].to_vec(), next)
            };
            prop_assert_eq!(read.map(shown), wanted.clone());
            if let Some((line, next)) = read {
                let name = &octets[before..before + usize::from(line.name_length)];
                prop_assert_eq!(line.name, header::known(name).unwrap_or(Line::OTHER));
                prop_assert!(next <= octets.len());
            }
            if let Some(plain) = plain_line(&octets, before, &config) {
                prop_assert_eq!(Some(shown(plain)), wanted);
                prop_assert_eq!(plain.0.name, read.unwrap().0.name);
            }
        }
    }

    #[test]
    fn nearly_all_header_fields_are_read_in_words() {
        for name in HeaderName::all_known() {
            let field = format!("{name}: some value\r\nTo: <sip:a@b>");
            assert!(
                plain_line(field.as_bytes(), 0, &ParseConfig::DEFAULT).is_some(),
                "{name}"
            );
        }
    }
}
