//! Bodies of several parts (RFC 5621, RFC 2046 section 5.1).
//!
//! A request may bring its session description together with the caller's
//! place or picture; the body is then `multipart/mixed`, and each part has
//! header fields of its own. Parts are read where they lie, without copying.
//!
//! ```
//! use sip_core::body::{Multipart, Part};
//! use sip_core::header::{ContentDisposition, ContentId, ContentType, Handling};
//! use sip_core::{Method, Request, Uri};
//!
//! let (content_type, body) = Multipart::builder("mixed")
//!     .part(Part::builder(ContentType::SDP, "v=0\r\n"))
//!     .part(
//!         Part::builder("application/pidf+xml", "<presence/>")
//!             .header(ContentId::from("alice@atlanta.example"))
//!             .header(ContentDisposition::new("by-reference").with_handling(Handling::Optional)),
//!     )
//!     .build()?;
//! let bob: Uri = "sip:bob@biloxi.com".parse()?;
//! let request = Request::builder(Method::INVITE, &bob).body(content_type, body).build()?;
//!
//! let body = request.multipart()?.unwrap();
//! assert_eq!(body.parts().len(), 2);
//! assert_eq!(body.find("application", "sdp").unwrap().body(), b"v=0\r\n");
//! let place = body.part("cid:alice@atlanta.example").unwrap();
//! assert_eq!(place.handling()?, Handling::Optional);
//! assert_eq!(request.body_of_type("application", "sdp")?.unwrap(), "v=0\r\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod build;
mod parse;

pub use build::{MultipartBuilder, PartBuilder};

use std::ops::Range;

use bytes::Bytes;

use crate::header::{ContentDisposition, ContentId, ContentType, Handling, HeaderName};
use crate::{Headers, Message, ParseConfig, ParseError, Request, Response, Rule};

/// A body of several parts, read (RFC 2046 section 5.1, RFC 5621 section 3).
#[derive(Debug, Clone)]
pub struct Multipart {
    octets: Bytes,
    preamble: Range<usize>,
    parts: Vec<Part>,
    epilogue: Range<usize>,
}

/// A part of a body: header fields and a body of its own (RFC 2046
/// section 5.1).
#[derive(Debug, Clone)]
pub struct Part {
    headers: Headers,
    octets: Bytes,
    body: Range<usize>,
    nested: Option<Box<Result<Multipart, ParseError>>>,
}

impl Multipart {
    /// Reads a body of that media type, by the defaults of [`ParseConfig`].
    ///
    /// # Errors
    /// [`Rule::Boundary`] where the media type does not say what divides the
    /// parts; [`Rule::Multipart`] where a part has no end; the limits
    /// [`body_parts`](crate::Limits::body_parts) and
    /// [`nesting`](crate::Limits::nesting); and those of header fields. Places
    /// are counted from the start of the body. The value of a header field is
    /// not looked at before it is asked for.
    pub fn parse(
        body: impl Into<Bytes>,
        content_type: &ContentType<'_>,
    ) -> Result<Multipart, ParseError> {
        Multipart::parse_with(body, content_type, &ParseConfig::DEFAULT)
    }

    /// Reads a body of that media type.
    ///
    /// # Errors
    /// As [`Multipart::parse`].
    pub fn parse_with(
        body: impl Into<Bytes>,
        content_type: &ContentType<'_>,
        config: &ParseConfig,
    ) -> Result<Multipart, ParseError> {
        parse::multipart(body.into(), content_type, config)
    }

    /// The parts in their order; there is at least one.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part that `reference` names: a `cid:` URL, or a Content-ID with or
    /// without its angle brackets (RFC 5621 section 9, RFC 2392). Parts of
    /// parts are looked at too.
    #[must_use]
    pub fn part(&self, reference: impl AsRef<[u8]>) -> Option<&Part> {
        let reference = reference.as_ref();
        self.first(&|part| {
            let id = part.headers.typed::<ContentId>();
            matches!(id, Ok(Some(id)) if id.is_named_by(reference))
        })
    }

    /// The first part of that media type, in any case; parts of parts are
    /// looked at too. Of a `multipart/alternative` that is the plainest, the
    /// best being last (RFC 2046 section 5.1.4).
    #[must_use]
    pub fn find(&self, media_type: &str, subtype: &str) -> Option<&Part> {
        self.first(
            &|part| matches!(part.content_type(), Ok(found) if found.is(media_type, subtype)),
        )
    }

    /// The first part of which `wanted` is true, each before its own parts.
    /// It calls itself no deeper than parts may be nested.
    fn first(&self, wanted: &dyn Fn(&Part) -> bool) -> Option<&Part> {
        self.parts.iter().find_map(|part| {
            if wanted(part) {
                return Some(part);
            }
            part.multipart().ok()??.first(wanted)
        })
    }

    /// What stands before the first part; it means nothing.
    #[must_use]
    pub fn preamble(&self) -> &[u8] {
        self.octets.get(self.preamble.clone()).unwrap_or_default()
    }

    /// What stands behind the last part; it means nothing.
    #[must_use]
    pub fn epilogue(&self) -> &[u8] {
        self.octets.get(self.epilogue.clone()).unwrap_or_default()
    }
}

impl Part {
    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The body of the part, perhaps empty.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.octets.get(self.body.clone()).unwrap_or_default()
    }

    /// The body of the part, sharing the message's buffer.
    #[must_use]
    pub fn body_bytes(&self) -> Bytes {
        self.octets.slice_ref(self.body())
    }

    /// The media type; `text/plain` where none is said (RFC 2046
    /// section 5.1).
    ///
    /// # Errors
    /// Where Content-Type breaks its grammar.
    pub fn content_type(&self) -> Result<ContentType<'_>, ParseError> {
        let content_type = self.headers.typed::<ContentType>()?;
        Ok(content_type.unwrap_or(ContentType::TEXT))
    }

    /// What the part is for; where it does not say, `session` for
    /// `application/sdp` and `render` for the rest (RFC 3261 section 20.11).
    ///
    /// # Errors
    /// Where Content-Disposition or Content-Type breaks its grammar.
    pub fn disposition(&self) -> Result<ContentDisposition<'_>, ParseError> {
        if let Some(disposition) = self.headers.typed::<ContentDisposition>()? {
            return Ok(disposition);
        }
        let session = self.content_type()?.is("application", "sdp");
        Ok(ContentDisposition::new(if session {
            "session"
        } else {
            "render"
        }))
    }

    /// Whether the message may be used without this part (RFC 5621
    /// section 8).
    ///
    /// # Errors
    /// Where Content-Disposition breaks its grammar.
    pub fn handling(&self) -> Result<Handling, ParseError> {
        let disposition = self.headers.typed::<ContentDisposition>()?;
        Ok(disposition.map_or(Handling::Required, |disposition| disposition.handling()))
    }

    /// The parts of this part, where it is multipart itself.
    ///
    /// # Errors
    /// As [`Multipart::parse`]; a fault in here is none of the whole, which
    /// may do without this part.
    pub fn multipart(&self) -> Result<Option<&Multipart>, ParseError> {
        match self.nested.as_deref() {
            None => Ok(None),
            Some(Ok(multipart)) => Ok(Some(multipart)),
            Some(Err(error)) => Err(error.clone()),
        }
    }
}

macro_rules! message_body {
    ($type:ty) => {
        impl $type {
            /// The parts of the body, where it is multipart.
            ///
            /// # Errors
            /// As [`Multipart::parse`], and where Content-Type breaks its
            /// grammar.
            pub fn multipart(&self) -> Result<Option<Multipart>, ParseError> {
                let headers = self.headers();
                match headers.typed::<ContentType>()? {
                    Some(content_type) if content_type.is_multipart() => {
                        parse::multipart(self.body_bytes(), &content_type, headers.config())
                            .map(Some)
                            .map_err(|error| match error.rule {
                                Rule::Boundary => {
                                    headers.fault_of(HeaderName::CONTENT_TYPE, Rule::Boundary)
                                }
                                _ => error,
                            })
                    }
                    _ => Ok(None),
                }
            }

            /// The body, where it is of that media type; else the first part
            /// of it that is. So a session description is found wherever it
            /// stands (RFC 5621 section 4).
            ///
            /// # Errors
            /// As [`multipart`](Self::multipart).
            pub fn body_of_type(
                &self,
                media_type: &str,
                subtype: &str,
            ) -> Result<Option<Bytes>, ParseError> {
                match self.headers().typed::<ContentType>()? {
                    Some(content_type) if content_type.is(media_type, subtype) => {
                        Ok(Some(self.body_bytes()))
                    }
                    _ => Ok(self
                        .multipart()?
                        .and_then(|body| body.find(media_type, subtype).map(Part::body_bytes))),
                }
            }
        }
    };
}

message_body!(Message);
message_body!(Request);
message_body!(Response);
