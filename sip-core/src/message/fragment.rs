//! Pieces of messages (message/sipfrag, RFC 3420).

use bytes::Bytes;

use super::{Malformed, Response};

impl Response {
    /// Reads a piece of a response, which begins with its status line and may
    /// end anywhere behind it: the body of a NOTIFY that says how far a transfer
    /// is (`message/sipfrag`, RFC 3420 section 2, RFC 3515 section 2.4.5).
    ///
    /// ```
    /// use sip_core::{Request, Response, StatusCode};
    /// # let octets: &[u8] = b"NOTIFY sip:a@b SIP/2.0\r\nEvent: refer\r\n\
    /// #     Content-Type: message/sipfrag;version=2.0\r\n\r\nSIP/2.0 180 Ringing\r\n";
    /// let notify = Request::parse(octets)?;
    /// let progress = notify.body_of_type("message", "sipfrag")?.unwrap();
    /// let progress = Response::parse_fragment(&progress)?;
    /// assert_eq!(progress.status(), StatusCode::RINGING);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Response::parse`], save that the empty line behind the header fields
    /// and the line end before it may be missing.
    pub fn parse_fragment(fragment: impl AsRef<[u8]>) -> Result<Self, Malformed> {
        let fragment = fragment.as_ref();
        let ended = |end: &[u8]| Response::parse([fragment, end].concat()).ok();
        Response::parse(Bytes::copy_from_slice(fragment))
            .or_else(|error| ended(b"\r\n").or_else(|| ended(b"\r\n\r\n")).ok_or(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{HeaderName, RetryAfter};
    use crate::{Rule, StatusCode};

    #[test]
    fn a_fragment_may_end_behind_its_status_line() {
        for end in ["", "\r\n", "\r\n\r\n"] {
            let read = Response::parse_fragment(format!("SIP/2.0 486 Busy{end}")).unwrap();
            assert_eq!(read.status(), StatusCode::BUSY_HERE);
            assert_eq!(read.reason(), "Busy");
            assert!(read.headers().is_empty(), "{end:?}");
        }
    }

    #[test]
    fn a_fragment_may_have_header_fields_and_a_body() {
        let text = "SIP/2.0 503 Full\r\nRetry-After: 60";
        for end in ["", "\r\n", "\r\n\r\n", "\r\n\r\nbody"] {
            let read = Response::parse_fragment([text, end].concat()).unwrap();
            assert_eq!(read.headers().len(), 1, "{end:?}");
            let retry = read.headers().required::<RetryAfter<'_>>().unwrap();
            assert_eq!(retry.seconds, 60);
            assert_eq!(read.body().is_empty(), !end.ends_with("body"));
        }
    }

    #[test]
    fn what_is_no_fragment_of_a_response_is_refused() {
        for text in ["", "SIP/2.0", "OPTIONS sip:a@b SIP/2.0", "SIP/2.0 99 Low"] {
            assert!(Response::parse_fragment(text).is_err(), "{text}");
        }
        let error = Response::parse_fragment("SIP/2.0 200 OK\r\nno colon").unwrap_err();
        assert_eq!(error.error().rule, Rule::HeaderName);
        let name = error.error().header.clone();
        assert_eq!(name, None::<HeaderName<'_>>);
    }
}
