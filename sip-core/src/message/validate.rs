//! What a message must be before anybody acts on it.

use super::headers::Headers;
use super::{Message, Request, Response};
use crate::header::{self, CSeq, CallId, From, HeaderName, MaxForwards, To, Via};
use crate::{ParseError, Position, Rule, Uri};

/// What every request carries, read: see [`Request::validate`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RequestEssentials<'m> {
    /// The Request-URI.
    pub uri: Uri<'m>,
    /// The top Via.
    pub via: Via<'m>,
    /// Who sent the request.
    pub from: From<'m>,
    /// Whom it is for.
    pub to: To<'m>,
    /// The call or registrations that it belongs to.
    pub call_id: CallId<'m>,
    /// Its number and method.
    pub cseq: CSeq<'m>,
    /// How many more proxies may pass it on; a sender that does not say has
    /// an old implementation (RFC 3261 section 16.6, step 3).
    pub max_forwards: Option<MaxForwards>,
}

/// What every response carries, read: see [`Response::validate`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ResponseEssentials<'m> {
    /// The top Via.
    pub via: Via<'m>,
    /// Who sent the request.
    pub from: From<'m>,
    /// Whom it was for.
    pub to: To<'m>,
    /// The call or registrations that it belongs to.
    pub call_id: CallId<'m>,
    /// The number and method of the request.
    pub cseq: CSeq<'m>,
}

impl Request {
    /// Reads what a server needs to act on the request, and refuses one on
    /// which no server can: the Request-URI is sound and without headers;
    /// From, To, Call-ID, CSeq and the top Via are there and sound, as is
    /// Max-Forwards if it is there; no header field stands twice that may
    /// stand but once; CSeq names the request's method (RFC 3261 sections
    /// 8.1.1 and 16.3). The status to refuse it with is
    /// [`ParseError::status`].
    ///
    /// Other header fields are read when they are needed; [`Message::faults`]
    /// reads them all.
    ///
    /// ```
    /// use sip_core::{Request, Rule};
    /// let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\n\
    ///     From: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\r\n";
    /// let request = Request::parse(octets)?;
    /// let essentials = request.validate()?;
    /// assert_eq!(essentials.via.branch().unwrap(), "z9hG4bK1");
    /// assert_eq!(essentials.from.tag().unwrap(), "1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The first rule that is broken.
    #[inline]
    pub fn validate(&self) -> Result<RequestEssentials<'_>, ParseError> {
        self.headers.check_repeats()?;
        let uri = self.uri()?;
        if !uri.headers().is_empty() {
            return Err(self.uri_headers_fault());
        }
        let essentials = RequestEssentials {
            uri,
            via: self.headers.required::<Via>()?,
            from: self.headers.required::<From>()?,
            to: self.headers.required::<To>()?,
            call_id: self.headers.required::<CallId>()?,
            cseq: self.headers.required::<CSeq>()?,
            max_forwards: self.headers.typed::<MaxForwards>()?,
        };
        if essentials.cseq.method.as_bytes() != self.method.of(&self.headers) {
            return Err(self.headers.fault_of(HeaderName::CSEQ, Rule::CSeqMethod));
        }
        Ok(essentials)
    }

    #[cold]
    fn uri_headers_fault(&self) -> ParseError {
        let question_mark = memchr::memrchr(b'?', self.raw_uri()).unwrap_or(0);
        let place = (self.uri.start as usize).saturating_add(question_mark);
        ParseError::at(Rule::RequestUriHeaders, place)
    }
}

impl Response {
    /// Reads what a client needs to act on the response, and refuses one on
    /// which no client can: From, To, Call-ID, CSeq and the top Via are there
    /// and sound, and no header field stands twice that may stand but once.
    /// What is refused is to be dropped.
    ///
    /// # Errors
    /// The first rule that is broken.
    #[inline]
    pub fn validate(&self) -> Result<ResponseEssentials<'_>, ParseError> {
        self.headers.check_repeats()?;
        Ok(ResponseEssentials {
            via: self.headers.required::<Via>()?,
            from: self.headers.required::<From>()?,
            to: self.headers.required::<To>()?,
            call_id: self.headers.required::<CallId>()?,
            cseq: self.headers.required::<CSeq>()?,
        })
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
    /// No header field stands twice that may stand but once.
    #[inline]
    fn check_repeats(&self) -> Result<(), ParseError> {
        let mut seen: u64 = 0;
        for line in &self.lines {
            let bit = header::SINGLE
                .get(usize::from(line.name))
                .copied()
                .unwrap_or(0);
            if seen & bit != 0 {
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
