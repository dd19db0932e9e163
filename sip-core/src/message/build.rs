//! Building messages from nothing.

use bytes::Bytes;

use super::body::Body;
use super::headers::Headers;
use super::request::Span;
use super::{Method, Request, Response, StatusCode};
use crate::header::{ContentType, HeaderName, TypedHeader};
use crate::{ParseConfig, ParseError, Uri};

/// A value that its header does not allow, such as text with a line end in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{header} cannot be written: {error}")]
#[non_exhaustive]
pub struct BuildError {
    /// The header.
    pub header: HeaderName<'static>,
    /// What is wrong with the value, and where in it.
    pub error: ParseError,
}

impl BuildError {
    #[cold]
    pub(crate) fn new(header: HeaderName<'static>, error: ParseError) -> Self {
        BuildError { header, error }
    }
}

/// Builds a request, see [`Request::builder`].
#[derive(Debug, Clone)]
#[must_use]
pub struct RequestBuilder {
    method: Span,
    uri: Span,
    parts: Parts,
}

/// Builds a response, see [`Response::builder`].
#[derive(Debug, Clone)]
#[must_use]
pub struct ResponseBuilder {
    status: StatusCode,
    reason: Span,
    parts: Parts,
}

#[derive(Debug, Clone)]
struct Parts {
    headers: Headers,
    body: Body,
    error: Option<BuildError>,
}

impl Request {
    /// Begins a request with that method and Request-URI. Header fields are
    /// sent in the order in which they are given.
    ///
    /// ```
    /// use sip_core::header::{CSeq, CallId, From, MaxForwards, To, Via};
    /// use sip_core::{Host, Method, Request, Uri};
    /// let bob: Uri = "sip:bob@biloxi.com".parse()?;
    /// let alice: Uri = "sip:alice@atlanta.com".parse()?;
    /// let request = Request::builder(Method::INVITE, &bob)
    ///     .header(Via::new("UDP", Host::try_from("pc33.atlanta.com")?).with_branch("z9hG4bK77"))
    ///     .header(MaxForwards(70))
    ///     .header(From::new(alice).with_tag("1928301774"))
    ///     .header(To::new(bob.clone()))
    ///     .header(CallId::from("a84b4c76e66710"))
    ///     .header(CSeq::new(314159, Method::INVITE))
    ///     .body("application/sdp", "v=0\r\n")
    ///     .build()?;
    /// assert!(request.validate().is_ok());
    /// assert!(request.to_string().ends_with("Content-Length: 5\r\n\r\nv=0\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(method: Method<'_>, uri: &Uri<'_>) -> RequestBuilder {
        let mut headers = Headers::new(Bytes::new(), ParseConfig::DEFAULT);
        RequestBuilder {
            method: headers.add_text(method.as_bytes()),
            uri: headers.add_text(uri.as_bytes()),
            parts: Parts::new(headers),
        }
    }
}

impl Response {
    /// Begins a response with that status and its own reason phrase. What
    /// answers a request is rather made by [`Request::reply`].
    pub fn builder(status: StatusCode) -> ResponseBuilder {
        let mut headers = Headers::new(Bytes::new(), ParseConfig::DEFAULT);
        ResponseBuilder {
            status,
            reason: headers.add_text(status.reason_phrase().as_bytes()),
            parts: Parts::new(headers),
        }
    }
}

impl Parts {
    fn new(headers: Headers) -> Self {
        Parts {
            headers,
            body: Body::NONE,
            error: None,
        }
    }

    fn attempt(&mut self, edit: impl FnOnce(&mut Headers) -> Result<(), BuildError>) {
        if self.error.is_none() {
            self.error = edit(&mut self.headers).err();
        }
    }

    fn body<'c, C>(&mut self, content_type: C, body: Bytes)
    where
        C: TryInto<ContentType<'c>>,
        C::Error: Into<ParseError>,
    {
        self.attempt(|headers| headers.set(&as_content_type(content_type)?));
        self.body = Body::Given(body);
    }

    fn finish(self) -> Result<(Headers, Body), BuildError> {
        match self.error {
            None => Ok((self.headers, self.body)),
            Some(error) => Err(error),
        }
    }
}

/// The media type, or why it is none.
pub(crate) fn as_content_type<'c, C>(content_type: C) -> Result<ContentType<'c>, BuildError>
where
    C: TryInto<ContentType<'c>>,
    C::Error: Into<ParseError>,
{
    content_type
        .try_into()
        .map_err(|error| BuildError::new(HeaderName::CONTENT_TYPE, error.into()))
}

/// What is put into requests and responses alike.
macro_rules! add_contents {
    ($type:ty) => {
        impl $type {
            /// Adds a header field behind those before.
            pub fn header<H: TypedHeader>(mut self, value: H) -> Self {
                self.parts.attempt(|headers| headers.push(&value));
                self
            }

            /// Adds a header field of any name, its value as it is.
            pub fn raw_header(mut self, name: &str, value: &[u8]) -> Self {
                self.parts
                    .attempt(|headers| headers.push_raw(&HeaderName::from(name), value));
                self
            }

            /// Gives the message a body, and the Content-Type that says what
            /// it is: text, or a [`ContentType`].
            pub fn body<'c, C>(mut self, content_type: C, body: impl Into<Bytes>) -> Self
            where
                C: TryInto<ContentType<'c>>,
                C::Error: Into<ParseError>,
            {
                self.parts.body(content_type, body.into());
                self
            }
        }
    };
}

add_contents!(RequestBuilder);
add_contents!(ResponseBuilder);

impl RequestBuilder {
    /// The request.
    ///
    /// # Errors
    /// The first value that could not be written.
    pub fn build(self) -> Result<Request, BuildError> {
        let (headers, body) = self.parts.finish()?;
        Ok(Request {
            method: self.method,
            uri: self.uri,
            headers,
            body,
        })
    }
}

impl ResponseBuilder {
    /// Says why in other words than the status's own. Line ends and control
    /// characters are left out.
    pub fn reason(mut self, reason: &str) -> Self {
        let clean: String = reason
            .chars()
            .filter(|letter| !letter.is_control())
            .collect();
        self.reason = self.parts.headers.add_text(clean.as_bytes());
        self
    }

    /// The response.
    ///
    /// # Errors
    /// The first value that could not be written.
    pub fn build(self) -> Result<Response, BuildError> {
        let (headers, body) = self.parts.finish()?;
        Ok(Response {
            status: self.status,
            reason: self.reason,
            headers,
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Position, Rule};

    const BOB: &str = "sip:bob@biloxi.com";

    #[test]
    fn a_body_has_a_media_type() {
        let bob: Uri = BOB.parse().unwrap();
        for bad in ["sdp", "application/sdp\r\nX: y", "a/b;c", "", "a/b c"] {
            let request = Request::builder(Method::INVITE, &bob).body(bad, "v=0");
            let error = request.build().unwrap_err();
            assert_eq!(error.header, HeaderName::CONTENT_TYPE);
        }
        let error = Response::builder(StatusCode::OK)
            .body("sdp", "")
            .build()
            .unwrap_err();
        assert_eq!(error.error.rule, Rule::MediaType);
        assert_eq!(error.error.position, Position::Value(3));
    }

    #[test]
    fn replacing_a_body_replaces_its_media_type() {
        let bob: Uri = BOB.parse().unwrap();
        let mut request = Request::builder(Method::MESSAGE, &bob)
            .body("text/plain;charset=utf-8", "hi")
            .build()
            .unwrap();
        assert!(request.set_body("nonsense", "x").is_err());
        assert_eq!(request.body(), b"hi");
        request.set_body(ContentType::SDP, "v=0").unwrap();
        assert_eq!(
            request.to_string(),
            "MESSAGE sip:bob@biloxi.com SIP/2.0\r\n\
             Content-Type: application/sdp\r\nContent-Length: 3\r\n\r\nv=0"
        );
    }
}
