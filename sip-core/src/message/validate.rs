//! What a message must be before anybody acts on it.

use super::headers::Headers;
use super::{Message, Request, Response};
use crate::header::{self, CSeq, CallId, From, HeaderName, MaxForwards, To, Via};
use crate::{ParseError, Position, Rule};

impl Request {
    /// Whether a server can act on the request: the Request-URI is sound and
    /// without headers; From, To, Call-ID, CSeq and the top Via are there and
    /// sound, as is Max-Forwards if it is there; no header field stands twice
    /// that may stand but once; CSeq names the request's method (RFC 3261
    /// sections 8.1.1 and 16.3). What refuses it is a 400, see
    /// [`ParseError::status`].
    ///
    /// Other header fields are read when they are needed; [`Message::faults`]
    /// reads them all.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), ParseError> {
        let uri = self.uri()?;
        if !uri.headers().is_empty() {
            let end = self.uri.end as usize;
            let place = end.saturating_sub(uri.headers().as_bytes().len());
            return Err(ParseError::at(Rule::RequestUriHeaders, place));
        }
        let cseq = self.headers.validate()?;
        if cseq.method.as_bytes() != self.method.of(&self.headers) {
            return Err(self.headers.fault_of(HeaderName::CSEQ, Rule::CSeqMethod));
        }
        self.headers.typed::<MaxForwards>()?;
        Ok(())
    }
}

impl Response {
    /// Whether a client can act on the response: From, To, Call-ID, CSeq and
    /// the top Via are there and sound, and no header field stands twice that
    /// may stand but once. What it refuses is to be dropped.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), ParseError> {
        self.headers.validate().map(|_| ())
    }
}

impl Message {
    /// Everything that is wrong with the message: what `validate` finds, and
    /// every value of every known header that breaks its grammar. This reads
    /// the whole message; it is for people and for tests.
    ///
    /// ```
    /// # use sip_core::{Message, Rule};
    /// let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\r\nCSeq: 1 BYE\r\n\
    ///     From: <sip:c@c>\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nContact: <nonsense>\r\n\r\n";
    /// let rules: Vec<Rule> = Message::parse(octets)?.faults().iter().map(|f| f.rule).collect();
    /// assert_eq!(rules, [Rule::CSeqMethod, Rule::Scheme]);
    /// # Ok::<(), sip_core::Malformed>(())
    /// ```
    #[must_use]
    pub fn faults(&self) -> Vec<ParseError> {
        let mut faults: Vec<ParseError> = self.validate().err().into_iter().collect();
        if let Message::Request(request) = self
            && let Err(fault) = request.uri()
        {
            faults.push(fault);
        }
        let headers = self.headers();
        for line in &headers.lines {
            let Some(name) = HeaderName::from_index(line.name) else {
                continue;
            };
            if let Err(fault) = header::check(&name, headers.value(line), &headers.config) {
                faults.push(headers.error(line, fault));
            }
        }
        faults.dedup();
        let mut seen: Vec<ParseError> = Vec::with_capacity(faults.len());
        for fault in faults {
            if !seen.contains(&fault) {
                seen.push(fault);
            }
        }
        seen.sort_by_key(|fault| fault.position.octet());
        seen
    }
}

impl Headers {
    /// What requests and responses have in common.
    #[inline]
    fn validate(&self) -> Result<CSeq<'_>, ParseError> {
        self.check_repeats()?;
        self.required::<Via>()?;
        self.required::<From>()?;
        self.required::<To>()?;
        self.required::<CallId>()?;
        self.required::<CSeq>()
    }

    /// No header field stands twice that may stand but once.
    #[inline]
    fn check_repeats(&self) -> Result<(), ParseError> {
        let mut seen: u128 = 0;
        for line in &self.lines {
            let bit = 1_u128.checked_shl(u32::from(line.name)).unwrap_or(0);
            if seen & bit & header::SINGLE != 0 {
                return Err(ParseError {
                    rule: Rule::Repeated,
                    header: HeaderName::from_index(line.name),
                    position: Position::Message(line.start as usize),
                });
            }
            seen |= bit;
        }
        Ok(())
    }

    #[cold]
    pub(crate) fn fault_of(&self, name: HeaderName<'static>, rule: Rule) -> ParseError {
        let place = self.first_line(&name).map_or(0, |line| line.value as usize);
        ParseError {
            rule,
            header: Some(name),
            position: (self.position)(place),
        }
    }
}
