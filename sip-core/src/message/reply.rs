//! Answering a request (RFC 3261 section 8.2.6).

use bytes::Bytes;

use super::body::Body;
use super::headers::Headers;
use super::{Request, Response, StatusCode};
use crate::header::HeaderName;

impl Request {
    /// A response to this request, with what RFC 3261 section 8.2.6.2 has it
    /// take over: every Via, From, To, Call-ID and CSeq; in a 100 the
    /// Timestamp too. The tag of To is still to be set.
    ///
    /// ```
    /// use sip_core::header::To;
    /// use sip_core::{Request, StatusCode};
    /// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\n\
    /// #     From: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\r\n";
    /// let request = Request::parse(octets)?;
    /// let mut response = request.reply(StatusCode::OK);
    /// let to = request.headers().required::<To>()?.with_tag("8321234356");
    /// response.headers_mut().set(&to)?;
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
            for field in self.headers.fields(&name) {
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
}
