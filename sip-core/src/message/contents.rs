//! What requests and responses hold alike: header fields and a body.

use std::fmt;

use bytes::Bytes;

use super::body::Body;
use super::build::as_content_type;
use super::{BuildError, Headers, Message, Request, Response};
use crate::ParseError;
use crate::header::{ContentType, HeaderName};

macro_rules! contents {
    ($type:ty) => {
        impl $type {
            /// The header fields.
            #[must_use]
            pub fn headers(&self) -> &Headers {
                &self.headers
            }

            /// The header fields, to edit them.
            pub fn headers_mut(&mut self) -> &mut Headers {
                &mut self.headers
            }

            /// The body, perhaps empty.
            #[must_use]
            pub fn body(&self) -> &[u8] {
                self.body.octets(&self.headers.octets)
            }

            /// The body, sharing the message's buffer.
            #[must_use]
            pub fn body_bytes(&self) -> Bytes {
                self.body.share(&self.headers.octets)
            }

            /// Replaces the body, and the Content-Type with it, which is text
            /// or a [`ContentType`].
            ///
            /// # Errors
            /// [`BuildError`] where `content_type` is not a media type; the
            /// message is as before then.
            pub fn set_body<'c, C>(
                &mut self,
                content_type: C,
                body: impl Into<Bytes>,
            ) -> Result<(), BuildError>
            where
                C: TryInto<ContentType<'c>>,
                C::Error: Into<ParseError>,
            {
                self.headers.set(&as_content_type(content_type)?)?;
                self.headers.remove(&HeaderName::CONTENT_ENCODING);
                self.body = Body::Given(body.into());
                Ok(())
            }

            /// Takes the body away, and its Content-Type,
            /// Content-Disposition, Content-Encoding and Content-Language.
            pub fn clear_body(&mut self) {
                for name in [
                    HeaderName::CONTENT_TYPE,
                    HeaderName::CONTENT_DISPOSITION,
                    HeaderName::CONTENT_ENCODING,
                    HeaderName::CONTENT_LANGUAGE,
                ] {
                    self.headers.remove(&name);
                }
                self.body = Body::NONE;
            }

            /// The message as it is to be sent.
            #[must_use]
            pub fn to_bytes(&self) -> Bytes {
                let mut out = Vec::new();
                self.write_to(&mut out);
                out.into()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&String::from_utf8_lossy(&self.to_bytes()))
            }
        }
    };
}

contents!(Request);
contents!(Response);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Message::Request(request) => request.fmt(f),
            Message::Response(response) => response.fmt(f),
        }
    }
}
