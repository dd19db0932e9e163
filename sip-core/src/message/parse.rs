//! From octets to a message: one pass that finds the start line, the header
//! fields and the body, and reads none of them further than it must.

use bytes::Bytes;

use super::body::Body;
use super::headers::{Headers, Line};
use super::line::{
    empty_lines, end_of_line, header_line, is_content_length, next_line, plain_line,
};
use super::malformed::{Malformed, salvage};
use super::request::{Span, request_line};
use super::response::status_line;
use super::{Message, Request, Response, StatusCode};
use crate::header::HeaderName;
use crate::{Limit, ParseConfig, ParseError, Position, Rule};

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
    pub(super) fn body_end(&self, length: usize) -> Result<usize, ParseError> {
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
