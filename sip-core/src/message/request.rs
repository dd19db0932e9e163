//! Requests.

use bytes::Bytes;

use super::body::Body;
use super::headers::{Headers, Place};
use super::{Malformed, Message, Method, parse};
use crate::grammar;
use crate::{Fault, ParseConfig, ParseError, Position, Rule, Uri};

/// A request (RFC 3261 section 7.1).
///
/// ```
/// use sip_core::header::{MaxForwards, Via};
/// use sip_core::{Host, Method, Request};
/// let octets: &[u8] = b"BYE sip:bob@192.0.2.4 SIP/2.0\r\nMax-Forwards: 70\r\n\r\n";
/// let mut request = Request::parse(octets)?;
/// assert_eq!(request.method(), Method::BYE);
/// assert_eq!(request.uri()?.host().unwrap().to_string(), "192.0.2.4");
///
/// let via = Via::new("UDP", Host::try_from("proxy.example")?).with_branch("z9hG4bK7");
/// request.headers_mut().push_front(&via)?;
/// request.headers_mut().replace_first(&MaxForwards(69))?;
/// assert_eq!(
///     request.to_string(),
///     "BYE sip:bob@192.0.2.4 SIP/2.0\r\n\
///      Via: SIP/2.0/UDP proxy.example;branch=z9hG4bK7\r\n\
///      Max-Forwards: 69\r\n\
///      Content-Length: 0\r\n\r\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) method: Span,
    pub(super) uri: Span,
    pub(super) headers: Headers,
    pub(super) body: Body,
}

/// A piece of a message's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) place: Place,
}

impl Span {
    pub(super) const EMPTY: Span = Span {
        start: 0,
        end: 0,
        place: Place::Octets,
    };

    pub(super) fn of(self, headers: &Headers) -> &[u8] {
        headers
            .text_of(self.place)
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

impl Request {
    /// Reads the request that a datagram holds, by the defaults of
    /// [`ParseConfig`].
    ///
    /// # Errors
    /// As [`Message::parse`]; and [`Rule::RequestLine`] where it holds a
    /// response.
    pub fn parse(datagram: impl Into<Bytes>) -> Result<Self, Malformed> {
        match parse::message(datagram.into(), &ParseConfig::DEFAULT)? {
            Message::Request(request) => Ok(request),
            Message::Response(_) => Err(Malformed::from(ParseError::at(Rule::RequestLine, 0))),
        }
    }

    /// The method.
    #[must_use]
    #[inline]
    pub fn method(&self) -> Method<'_> {
        Method::from_token(self.method.of(&self.headers))
    }

    /// The Request-URI.
    ///
    /// # Errors
    /// Where it breaks the grammar of its scheme.
    #[inline]
    pub fn uri(&self) -> Result<Uri<'_>, ParseError> {
        let text = self.uri.of(&self.headers);
        Uri::read(text, &self.headers.config).map_err(|fault| self.uri_error(fault))
    }

    /// The Request-URI as it stands.
    #[must_use]
    pub fn raw_uri(&self) -> &[u8] {
        self.uri.of(&self.headers)
    }

    #[cold]
    pub(super) fn uri_error(&self, fault: Fault) -> ParseError {
        let end = self.uri.end as usize;
        let octet = end.saturating_sub(fault.remaining);
        ParseError {
            rule: fault.rule,
            header: None,
            position: match self.uri.place {
                Place::Octets | Place::OctetsCut => Position::Message(octet),
                Place::Edits | Place::EditsCut => {
                    Position::Value(octet.saturating_sub(self.uri.start as usize))
                }
            },
        }
    }

    /// Sends the request elsewhere: replaces the Request-URI.
    pub fn set_uri(&mut self, uri: &Uri<'_>) {
        self.uri = self.headers.add_text(uri.as_bytes());
    }

    /// Appends the request to `out` as it is to be sent, with a
    /// Content-Length that fits the body.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        out.reserve(self.headers.size_hint().saturating_add(self.body().len()));
        out.extend_from_slice(self.method.of(&self.headers));
        out.push(b' ');
        out.extend_from_slice(self.uri.of(&self.headers));
        out.extend_from_slice(b" SIP/2.0\r\n");
        self.headers.write(self.body().len(), out);
        out.extend_from_slice(self.body());
    }
}

/// Finds the three parts of a request line, which `line` holds without its
/// end; `start` is where it begins.
#[inline]
pub(super) fn request_line(line: &[u8], start: usize) -> Result<(Span, Span), ParseError> {
    let fail = |rule, rest: &[u8]| {
        let within = line.len().saturating_sub(rest.len());
        ParseError::at(rule, start.saturating_add(within))
    };
    let (after_method, _) = grammar::token(line).map_err(|_| fail(Rule::Method, line))?;
    let [b' ', after_space @ ..] = after_method else {
        return Err(fail(Rule::RequestLine, after_method));
    };
    let uri_length =
        memchr::memchr(b' ', after_space).ok_or_else(|| fail(Rule::RequestLine, &[]))?;
    let (uri, rest) = after_space
        .split_at_checked(uri_length)
        .unwrap_or((after_space, &[]));
    if uri.is_empty() {
        return Err(fail(Rule::RequestLine, after_space));
    }
    let version = rest.get(1..).unwrap_or_default();
    if version != b"SIP/2.0" && !version.eq_ignore_ascii_case(b"SIP/2.0") {
        return Err(fail(version_fault(version), version));
    }
    let place = |rest: &[u8]| start.saturating_add(line.len().saturating_sub(rest.len()));
    Ok((
        Span::octets(start, place(after_method)),
        Span::octets(place(after_space), place(rest)),
    ))
}

/// Why `version` is not `SIP/2.0`.
#[cold]
fn version_fault(version: &[u8]) -> Rule {
    let number = |digits: &[u8]| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let named = match version.split_at_checked(4) {
        Some((name, number)) if name.eq_ignore_ascii_case(b"SIP/") => number,
        _ => return Rule::RequestLine,
    };
    let mut halves = named.splitn(2, |octet| *octet == b'.');
    match (halves.next(), halves.next()) {
        (Some(major), Some(minor)) if number(major) && number(minor) => Rule::Version,
        _ => Rule::RequestLine,
    }
}

impl Span {
    pub(super) fn octets(start: usize, end: usize) -> Span {
        Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            place: Place::Octets,
        }
    }
}
