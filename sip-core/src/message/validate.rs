//! What a message must be before anybody acts on it.

use super::headers::{Headers, Line};
use super::{Message, Request, Response};
use crate::header::{self, CSeq, CallId, From, HeaderName, MaxForwards, To, TypedHeader, Via};
use crate::{Fault, ParseError, Position, Rule, Uri};

/// What every request carries (RFC 3261 section 8.1.1), read: see
/// [`Request::validate`].
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

/// What every response carries (RFC 3261 section 8.2.6.2), read: see
/// [`Response::validate`].
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
            let headers = uri.headers();
            let fault = Fault::new(Rule::RequestUriHeaders, headers.as_bytes());
            return Err(self.uri_error(fault));
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
            return Err(self.cseq_fault(essentials.cseq.method.as_bytes().len()));
        }
        Ok(essentials)
    }

    /// The method that CSeq ends with, of that length, is another.
    #[cold]
    fn cseq_fault(&self, remaining: usize) -> ParseError {
        let rule = Rule::CSeqMethod;
        match self.headers.first_line(&CSeq::NAME) {
            Some(line) => self.headers.error(line, Fault { rule, remaining }),
            None => self.headers.missing(CSeq::NAME),
        }
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
    /// Everything that is wrong with the message: what `validate` finds, every
    /// header field that is missing or stands too often, and of every known
    /// header field the first value that breaks its grammar. This reads the
    /// whole message; it is for people and for tests.
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
        let headers = self.headers();
        let mut faults: Vec<ParseError> = self.validate().err().into_iter().collect();
        if let Message::Request(request) = self {
            faults.extend(request.uri().err());
        }
        faults.extend(headers.absent());
        faults.dedup();
        // Only these few may be found again below.
        let before = faults.clone();
        let lines = headers.repeats().chain(headers.broken_values());
        faults.extend(lines.filter(|fault| !before.contains(fault)));
        faults.sort_by_key(|fault| fault.position.octet());
        faults
    }
}

impl Headers {
    /// No header field stands twice that may stand but once.
    #[inline]
    fn check_repeats(&self) -> Result<(), ParseError> {
        let mut seen: u64 = 0;
        for line in &self.lines {
            let bit = single_bit(line);
            if seen & bit != 0 {
                return Err(self.repeated_at(line));
            }
            seen |= bit;
        }
        Ok(())
    }

    /// The header fields that are missing.
    fn absent(&self) -> impl Iterator<Item = ParseError> {
        [
            (Via::NAME, matches!(self.typed::<Via>(), Ok(None))),
            (From::NAME, matches!(self.typed::<From>(), Ok(None))),
            (To::NAME, matches!(self.typed::<To>(), Ok(None))),
            (CallId::NAME, matches!(self.typed::<CallId>(), Ok(None))),
            (CSeq::NAME, matches!(self.typed::<CSeq>(), Ok(None))),
        ]
        .into_iter()
        .filter(|(_, absent)| *absent)
        .map(|(name, _)| self.missing(name))
    }

    /// Every line that repeats a header field that may stand but once.
    fn repeats(&self) -> impl Iterator<Item = ParseError> {
        let mut seen: u64 = 0;
        self.lines.iter().filter_map(move |line| {
            let bit = single_bit(line);
            let repeated = seen & bit != 0;
            seen |= bit;
            repeated.then(|| self.repeated_at(line))
        })
    }

    /// The first fault in each line whose values break their grammar.
    fn broken_values(&self) -> impl Iterator<Item = ParseError> {
        self.lines.iter().filter_map(|line| {
            let name = HeaderName::from_index(line.name)?;
            let fault = header::check(&name, self.value(line), &self.config).err()?;
            Some(self.error(line, fault))
        })
    }

    #[cold]
    fn repeated_at(&self, line: &Line) -> ParseError {
        ParseError {
            rule: Rule::Repeated,
            header: HeaderName::from_index(line.name),
            position: self.position_in(line, line.start),
        }
    }

    #[cold]
    pub(crate) fn fault_of(&self, name: HeaderName<'static>, rule: Rule) -> ParseError {
        let line = self.first_line(&name);
        ParseError {
            rule,
            position: line.map_or(Position::Message(0), |line| {
                self.position_in(line, line.value)
            }),
            header: Some(name),
        }
    }
}

/// The bit of a line's name among those that may stand but once.
#[inline]
fn single_bit(line: &Line) -> u64 {
    let bit = header::SINGLE.get(usize::from(line.name));
    bit.copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    #[test]
    fn headers_of_a_request_uri_are_found_behind_other_question_marks() {
        let octets: &[u8] = b"BYE sip:a?b@c?d=e?f SIP/2.0\r\n\r\n";
        let mut request = Request::parse(octets).unwrap();
        let error = request.validate().unwrap_err();
        assert_eq!(error.rule, Rule::RequestUriHeaders);
        assert_eq!(error.position, Position::Message(13));
        request.set_uri(&"sip:a@b?c=d".parse().unwrap());
        let error = request.validate().unwrap_err();
        assert_eq!(error.position, Position::Value(7));
    }

    #[test]
    fn what_was_edited_in_has_no_place_in_what_was_received() {
        let uri: Uri = "sip:a@b".parse().unwrap();
        let mut request = Request::builder(Method::BYE, &uri).build().unwrap();
        let position = |request: &Request| request.validate().unwrap_err().position;
        assert_eq!(position(&request), Position::Message(0));
        let headers = request.headers_mut();
        headers.push(&CSeq::new(1, Method::ACK)).unwrap();
        assert_eq!(position(&request), Position::Message(0));
        let headers = request.headers_mut();
        headers.push(&CSeq::new(2, Method::ACK)).unwrap();
        assert_eq!(position(&request), Position::Value(0));
    }
}
