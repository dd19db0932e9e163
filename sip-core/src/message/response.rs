//! Responses.

use bytes::Bytes;

use super::body::Body;
use super::headers::Headers;
use super::request::Span;
use super::{Malformed, Message, StatusCode, parse};
use crate::grammar::{Class, skip};
use crate::{ParseConfig, ParseError, Rule, Text};

/// A response (RFC 3261 section 7.2).
///
/// ```
/// use sip_core::{Response, StatusCode};
/// let octets: &[u8] = b"SIP/2.0 180 It rings\r\n\r\n";
/// let response = Response::parse(octets)?;
/// assert_eq!(response.status(), StatusCode::RINGING);
/// assert_eq!(response.reason(), "It rings");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Response {
    pub(super) status: StatusCode,
    pub(super) reason: Span,
    pub(super) headers: Headers,
    pub(super) body: Body,
}

impl Response {
    /// Reads the response that a datagram holds, by the defaults of
    /// [`ParseConfig`].
    ///
    /// # Errors
    /// As [`Message::parse`]; and [`Rule::StatusLine`] where it holds a
    /// request.
    pub fn parse(datagram: impl Into<Bytes>) -> Result<Self, Malformed> {
        match parse::message(datagram.into(), &ParseConfig::DEFAULT)? {
            Message::Response(response) => Ok(response),
            Message::Request(_) => Err(Malformed::from(ParseError::at(Rule::StatusLine, 0))),
        }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The reason phrase as it stands, perhaps empty; for people only.
    #[must_use]
    pub fn reason(&self) -> Text<'_> {
        Text::from(self.reason.of(&self.headers))
    }

    /// Appends the response to `out` as it is to be sent, with a
    /// Content-Length that fits the body.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        out.reserve(self.headers.size_hint().saturating_add(self.body().len()));
        out.extend_from_slice(b"SIP/2.0 ");
        crate::header::write_number(u64::from(self.status.code()), out);
        out.push(b' ');
        out.extend_from_slice(self.reason.of(&self.headers));
        out.extend_from_slice(b"\r\n");
        self.headers.write(self.body().len(), out);
        out.extend_from_slice(self.body());
    }
}

/// Reads a status line, which `line` holds without its end; `start` is where
/// it begins.
pub(super) fn status_line(line: &[u8], start: usize) -> Result<(StatusCode, Span), ParseError> {
    let fail = |rule, within: usize| ParseError::at(rule, start.saturating_add(within));
    let version = line.get(..8).unwrap_or_default();
    if !version.eq_ignore_ascii_case(b"SIP/2.0 ") {
        let named = version.get(..7).unwrap_or_default();
        return Err(if named.eq_ignore_ascii_case(b"SIP/2.0") {
            fail(Rule::StatusLine, 7)
        } else {
            fail(Rule::Version, 0)
        });
    }
    let rest = line.get(8..).unwrap_or_default();
    let digits = rest
        .iter()
        .take_while(|octet| octet.is_ascii_digit())
        .count();
    let code = match rest {
        [a @ b'1'..=b'6', b, c, ..] if digits == 3 => {
            let digit = |octet: &u8| u16::from(octet.wrapping_sub(b'0'));
            let tens = digit(a).saturating_mul(10).saturating_add(digit(b));
            StatusCode::new(tens.saturating_mul(10).saturating_add(digit(c)))
        }
        _ => None,
    };
    let code = code.ok_or_else(|| fail(Rule::StatusCode, 8))?;
    // The space stands even before an empty reason phrase.
    let Some([b' ', reason @ ..]) = rest.get(3..) else {
        return Err(fail(Rule::StatusLine, 11));
    };
    let bad = skip(reason, Class::TEXT);
    if !bad.is_empty() {
        return Err(fail(Rule::Text, line.len().saturating_sub(bad.len())));
    }
    let from = start.saturating_add(12);
    Ok((code, Span::octets(from, from.saturating_add(reason.len()))))
}
