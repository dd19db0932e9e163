//! Answering a request (RFC 3261 section 8.2.6).

use bytes::Bytes;

use super::body::Body;
use super::headers::Headers;
use super::{BuildError, Method, Request, Response, StatusCode};
use crate::ParseError;
use crate::header::{CSeq, HeaderName, To};

impl Request {
    /// A response to this request, with what RFC 3261 section 8.2.6.2 has it
    /// take over: every Via; From, To, Call-ID and CSeq, the first where there
    /// are more; in a 100 the Timestamp too. The tag of To is still to be set,
    /// see [`Response::with_to_tag`].
    ///
    /// ```
    /// use sip_core::{Request, StatusCode};
    /// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\n\
    /// #     From: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\r\n";
    /// let request = Request::parse(octets)?;
    /// let response = request.reply(StatusCode::OK).with_to_tag("8321234356")?;
    /// assert_eq!(
    ///     response.to_string(),
    ///     "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\nFrom: <sip:c@c>;tag=1\r\n\
    ///      To: <sip:a@b>;tag=8321234356\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reply(&self, status: StatusCode) -> Response {
        let mut headers = Headers::new(Bytes::new(), self.headers.config);
        let reason = headers.add_text(status.reason_phrase().as_bytes());
        let copied = [
            HeaderName::VIA,
            HeaderName::FROM,
            HeaderName::TO,
            HeaderName::CALL_ID,
            HeaderName::CSEQ,
            HeaderName::TIMESTAMP,
        ];
        for name in copied {
            if name == HeaderName::TIMESTAMP && status != StatusCode::TRYING {
                continue;
            }
            // Of what may stand but once a second one would make the response
            // as unsound as the request.
            let most = if name.is_single() { 1 } else { usize::MAX };
            for field in self.headers.fields(&name).take(most) {
                headers.push_field(field);
            }
        }
        Response {
            status,
            reason,
            headers,
            body: Body::NONE,
        }
    }

    /// The response that refuses this request for that error, with the status
    /// of [`ParseError::status`], where it may be answered: an ACK never is
    /// (RFC 3261 section 17), and without a Via there is nowhere to go. The
    /// tag of To is still to be set, see [`Response::with_to_tag`].
    ///
    /// ```
    /// use sip_core::{Request, StatusCode};
    /// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\n\
    /// #     From: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 BYE\r\n\r\n";
    /// let request = Request::parse(octets)?;
    /// let error = request.validate().unwrap_err();
    /// assert_eq!(request.refuse(&error).unwrap().status(), StatusCode::BAD_REQUEST);
    /// # Ok::<(), sip_core::Malformed>(())
    /// ```
    #[must_use]
    pub fn refuse(&self, error: &ParseError) -> Option<Response> {
        let answerable = self.headers.contains(&HeaderName::VIA) && !self.is_ack();
        answerable.then(|| self.reply(error.status()))
    }

    /// Whether the request is an ACK; where its request line is unsound, CSeq
    /// says so.
    fn is_ack(&self) -> bool {
        match self.method() {
            method if method.as_bytes().is_empty() => {
                let cseq = self.headers.typed::<CSeq>().ok().flatten();
                cseq.is_some_and(|cseq| cseq.method == Method::ACK)
            }
            method => method == Method::ACK,
        }
    }
}

impl Response {
    /// The same response with that tag of To, where To has none yet: as every
    /// response but a 100 to a request without one (RFC 3261 section 8.2.6.2).
    /// A tag that the request brought, as within a dialog, stays; so does
    /// a To that cannot be read.
    ///
    /// ```
    /// # use sip_core::{Request, StatusCode};
    /// # let octets: &[u8] = b"BYE sip:a@b SIP/2.0\r\nTo: <sip:a@b>;tag=7\r\n\r\n";
    /// # let bye = Request::parse(octets)?;
    /// let response = bye.reply(StatusCode::OK).with_to_tag("8321234356")?;
    /// assert!(response.to_string().contains("To: <sip:a@b>;tag=7\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`BuildError`] where the tag is not one that To may have.
    pub fn with_to_tag(mut self, tag: &str) -> Result<Self, BuildError> {
        let to = match self.headers.typed::<To<'_>>() {
            Ok(Some(to)) if to.tag().is_none() => to.with_tag(tag).into_owned(),
            _ => return Ok(self),
        };
        self.headers.set(&to)?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(to: &str, tag: &str) -> Result<String, BuildError> {
        let request = format!("OPTIONS sip:a@b SIP/2.0\r\n{to}\r\n");
        let response = Request::parse(request).unwrap().reply(StatusCode::OK);
        response
            .with_to_tag(tag)
            .map(|response| response.to_string())
    }

    #[test]
    fn a_tag_is_set_where_there_is_none_and_to_can_be_read() {
        for (before, after) in [
            ("To: <sip:a@b>\r\n", "To: <sip:a@b>;tag=1\r\n"),
            (
                "t: \"A\" <sip:a@b>;x\r\n",
                "To: \"A\" <sip:a@b>;x;tag=1\r\n",
            ),
            ("To: <sip:a@b>;tag=2\r\n", "To: <sip:a@b>;tag=2\r\n"),
            ("To: <sip:a@\r\n", "To: <sip:a@\r\n"),
            ("", ""),
        ] {
            let expected = format!("SIP/2.0 200 OK\r\n{after}Content-Length: 0\r\n\r\n");
            assert_eq!(answer(before, "1").unwrap(), expected, "{before}");
        }
        assert!(answer("To: <sip:a@b>\r\n", "1\r\nX: y").is_err());
    }
}
