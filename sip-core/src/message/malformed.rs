//! What could not be read as a message.

use bytes::Bytes;

use super::line::empty_lines;
use super::parse::head;
use super::{Message, Response};
use crate::{ParseConfig, ParseError};

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
