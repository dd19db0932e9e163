//! From octets to a message: one pass that finds the start line, the header
//! fields and the body, and reads none of them further than it must.

use bytes::Bytes;

use super::body::Body;
use super::headers::{Headers, Line, Place};
use super::request::{Span, request_line};
use super::response::status_line;
use super::{Message, Request, Response, StatusCode};
use crate::grammar::{self, Class, is, word};
use crate::header::{self, HeaderName};
use crate::{Limit, ParseConfig, ParseError, Position, Rule};

/// What could not be read as a message: its faults, and what could be read
/// all the same.
///
/// Of a request that is enough to answer it: the header fields that are sound
/// are there, so that a response takes Via, From, To, Call-ID and CSeq from
/// them (RFC 3261 section 8.2.6.2).
///
/// ```
/// use sip_core::{Message, Response};
/// let octets: &[u8] = b"OPTIONS sip:a@b  SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\n\
///     From: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\r\n";
/// let malformed = Message::parse(octets).unwrap_err();
/// let answer: Response = malformed.response().unwrap();
/// assert!(answer.to_string().starts_with("SIP/2.0 400 Bad Request\r\nVia: SIP/2.0/UDP c;branch"));
/// ```
#[derive(Debug, Clone)]
pub struct Malformed {
    error: ParseError,
    rest: Option<Box<(Message, Vec<ParseError>)>>,
}

impl Malformed {
    /// The first fault.
    #[must_use]
    pub fn error(&self) -> &ParseError {
        &self.error
    }

    /// Every fault of the start line and of the division into header fields,
    /// in the order of the text.
    #[must_use]
    pub fn errors(&self) -> &[ParseError] {
        match &self.rest {
            Some(rest) => &rest.1,
            None => std::slice::from_ref(&self.error),
        }
    }

    /// What could be read: the message without its unsound lines. Where the
    /// request line is unsound, method and Request-URI may be empty.
    #[must_use]
    pub fn salvage(&self) -> Option<&Message> {
        self.rest.as_ref().map(|rest| &rest.0)
    }

    /// The response that refuses the request, where a request it was and the
    /// response has somewhere to go: 400 as a rule, see
    /// [`ParseError::status`]. An ACK is never answered (RFC 3261
    /// section 17). The tag of To is still to be set, see
    /// [`Response::with_to_tag`].
    #[must_use]
    pub fn response(&self) -> Option<Response> {
        match self.salvage()? {
            Message::Request(request) => request.refuse(&self.error),
            Message::Response(_) => None,
        }
    }
}

impl From<ParseError> for Malformed {
    fn from(error: ParseError) -> Self {
        Malformed { error, rest: None }
    }
}

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Malformed {}

impl From<Malformed> for ParseError {
    fn from(malformed: Malformed) -> Self {
        malformed.error
    }
}

/// Reads the message that fills a datagram.
pub(super) fn message(octets: Bytes, config: &ParseConfig) -> Result<Message, Malformed> {
    if octets.len() > config.limits.message as usize {
        let fault = ParseError::at(Rule::Limit(Limit::Message), config.limits.message as usize);
        return Err(salvage(octets, fault, config));
    }
    let read = head(&octets, empty_lines(&octets), config, None).and_then(|head| {
        let end = head.body_end(octets.len())?;
        Ok((head, end))
    });
    match read {
        Ok((head, end)) => Ok(head.into_message(octets, end, config)),
        Err(fault) => Err(salvage(octets, fault, config)),
    }
}

/// Reads what can be read of a message that has a fault.
#[cold]
pub(super) fn salvage(octets: Bytes, error: ParseError, config: &ParseConfig) -> Malformed {
    let mut faults = Vec::new();
    // What lies beyond the limit is not looked at.
    let length = octets.len().min(config.limits.message as usize);
    let octets = octets.slice(..length);
    let head = match head(&octets, empty_lines(&octets), config, Some(&mut faults)) {
        Ok(head) => head,
        Err(fault) => {
            faults.push(fault);
            return Malformed { error, rest: None };
        }
    };
    let end = head.body_end(octets.len()).unwrap_or_else(|fault| {
        faults.push(fault);
        octets.len()
    });
    if !faults.contains(&error) {
        faults.push(error.clone());
    }
    faults.sort_by_key(|fault| fault.position.octet());
    let rest = Some(Box::new((head.into_message(octets, end, config), faults)));
    Malformed { error, rest }
}

/// Content-Length among the names that are known.
const CONTENT_LENGTH: u8 = match HeaderName::CONTENT_LENGTH.index() {
    Some(index) => index,
    None => Line::OTHER,
};

/// The start line and the header fields of a message.
#[derive(Debug)]
pub(super) struct Head {
    start: Start,
    lines: Vec<Line>,
    bare_lf: bool,
    /// What Content-Length says, and where.
    content_length: Option<(u32, usize)>,
    /// Behind the empty line.
    pub(super) end: usize,
}

#[derive(Debug)]
enum Start {
    Request { method: Span, uri: Span },
    Response { status: StatusCode, reason: Span },
}

impl Head {
    pub(super) fn content_length(&self) -> Option<usize> {
        self.content_length.map(|(length, _)| length as usize)
    }

    /// Where the body ends in a datagram of that length (RFC 3261
    /// section 18.3).
    fn body_end(&self, length: usize) -> Result<usize, ParseError> {
        match self.content_length {
            None => Ok(length),
            Some((said, place)) => {
                let end = self.end.saturating_add(said as usize);
                if end > length {
                    return Err(ParseError {
                        rule: Rule::ContentLength,
                        header: Some(HeaderName::CONTENT_LENGTH),
                        position: Position::Message(place),
                    });
                }
                Ok(end)
            }
        }
    }

    /// The message, whose body ends at `end`.
    pub(super) fn into_message(self, octets: Bytes, end: usize, config: &ParseConfig) -> Message {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let body = Body::Received(offset(self.end), offset(end));
        let headers = Headers {
            octets,
            edits: Vec::new(),
            lines: self.lines,
            config: *config,
            bare_lf: self.bare_lf,
            position: Position::Message,
        };
        match self.start {
            Start::Request { method, uri } => Message::Request(Request {
                method,
                uri,
                headers,
                body,
            }),
            Start::Response { status, reason } => Message::Response(Response {
                status,
                reason,
                headers,
                body,
            }),
        }
    }
}

/// Reads the start line and the header fields of the message that begins at
/// `start`. With `faults`, faults of single lines are kept there and the
/// lines left out.
pub(super) fn head(
    octets: &[u8],
    start: usize,
    config: &ParseConfig,
    mut faults: Option<&mut Vec<ParseError>>,
) -> Result<Head, ParseError> {
    let mut bare_lf = false;
    let (line_end, mut at) = end_of_line(octets, start, config, &mut bare_lf)?;
    let first_line = octets.get(start..line_end).unwrap_or_default();
    let start = match start_line(first_line, start) {
        Ok(start) => start,
        Err(fault) => match &mut faults {
            None => return Err(fault),
            Some(faults) => {
                faults.push(fault);
                salvaged_start(first_line)
            }
        },
    };
    let mut head = Head {
        start,
        lines: Vec::with_capacity(room_for_lines(octets.len().saturating_sub(at))),
        bare_lf: false,
        content_length: None,
        end: 0,
    };
    loop {
        if head.lines.len() < config.limits.headers as usize
            && let Some((line, next)) = plain_line(octets, at, config)
            && (line.name != CONTENT_LENGTH || head.take_content_length(octets, line).is_ok())
        {
            head.lines.push(line);
            at = next;
            continue;
        }
        match octets.get(at..).unwrap_or_default() {
            [b'\r', b'\n', ..] => {
                head.end = at.saturating_add(2);
                break;
            }
            [b'\n', ..] if config.leniency.bare_lf => {
                head.end = at.saturating_add(1);
                break;
            }
            [] => match &mut faults {
                None => return Err(ParseError::at(Rule::HeaderEnd, at)),
                Some(faults) => {
                    faults.push(ParseError::at(Rule::HeaderEnd, at));
                    head.end = at;
                    break;
                }
            },
            _ => {}
        }
        let read = header_line(octets, at, config, &mut bare_lf)
            .and_then(|(line, next)| head.take(octets, line, config).map(|()| next));
        at = match (read, &mut faults) {
            (Ok(next), _) => next,
            (Err(fault), None) => return Err(fault),
            (Err(mut fault), Some(faults)) => {
                if is_content_length(octets.get(at..).unwrap_or_default()) {
                    fault.header = Some(HeaderName::CONTENT_LENGTH);
                }
                // Unsound lines cost as much as sound ones.
                let full = fault.rule == Rule::Limit(Limit::Headers)
                    || faults.len() >= config.limits.headers as usize;
                faults.push(fault);
                if full {
                    head.end = octets.len();
                    break;
                }
                next_line(octets, at)
            }
        };
    }
    head.bare_lf = bare_lf;
    Ok(head)
}

impl Head {
    /// Keeps a header field.
    #[inline]
    fn take(&mut self, octets: &[u8], line: Line, config: &ParseConfig) -> Result<(), ParseError> {
        if self.lines.len() >= config.limits.headers as usize {
            let place = line.start as usize;
            return Err(ParseError::at(Rule::Limit(Limit::Headers), place));
        }
        if line.name == CONTENT_LENGTH {
            self.take_content_length(octets, line)?;
        }
        self.lines.push(line);
        Ok(())
    }

    fn take_content_length(&mut self, octets: &[u8], line: Line) -> Result<(), ParseError> {
        let place = line.value as usize;
        let value = octets.get(place..line.end as usize).unwrap_or_default();
        let fault = |rule| ParseError {
            rule,
            header: Some(HeaderName::CONTENT_LENGTH),
            position: Position::Message(place),
        };
        let mut length: u32 = 0;
        for octet in value {
            let digit = octet.wrapping_sub(b'0');
            length = Some(digit)
                .filter(|digit| *digit < 10)
                .and_then(|digit| length.checked_mul(10)?.checked_add(u32::from(digit)))
                .ok_or_else(|| fault(Rule::Number))?;
        }
        if value.is_empty() {
            return Err(fault(Rule::Number));
        }
        match self.content_length {
            Some((before, _)) if before != length => Err(fault(Rule::Repeated)),
            _ => {
                self.content_length = Some((length, place));
                Ok(())
            }
        }
    }
}

/// A first guess at the number of header fields in that many octets, with
/// room for a few more that a proxy puts in.
fn room_for_lines(octets: usize) -> usize {
    (octets / 32).saturating_add(6).min(64)
}

fn start_line(line: &[u8], start: usize) -> Result<Start, ParseError> {
    if line
        .get(..4)
        .is_some_and(|name| name.eq_ignore_ascii_case(b"SIP/"))
    {
        let (status, reason) = status_line(line, start)?;
        Ok(Start::Response { status, reason })
    } else {
        let (method, uri) = request_line(line, start)?;
        Ok(Start::Request { method, uri })
    }
}

/// What to take an unsound start line for.
fn salvaged_start(line: &[u8]) -> Start {
    if line
        .get(..4)
        .is_some_and(|name| name.eq_ignore_ascii_case(b"SIP/"))
    {
        return Start::Response {
            status: StatusCode::BAD_REQUEST,
            reason: Span::EMPTY,
        };
    }
    Start::Request {
        method: Span::EMPTY,
        uri: Span::EMPTY,
    }
}

/// Where the line that begins at `at` ends, and where the next one begins.
#[inline]
fn end_of_line(
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
fn next_line(octets: &[u8], at: usize) -> usize {
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
fn is_content_length(field: &[u8]) -> bool {
    let named = field.get(blanks(field)..).unwrap_or_default();
    let (_, name) = grammar::split(named, Class::TOKEN);
    header::known(name) == Some(CONTENT_LENGTH)
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
fn plain_line(octets: &[u8], at: usize, config: &ParseConfig) -> Option<(Line, usize)> {
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
