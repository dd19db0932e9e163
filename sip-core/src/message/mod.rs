//! Messages: requests and responses, read without copying.

mod body;
mod build;
mod contents;
mod datagram;
mod edit;
mod edit_list;
mod fragment;
mod headers;
mod line;
mod malformed;
mod method;
mod parse;
mod part;
mod reply;
mod request;
mod response;
mod serialise;
mod status;
mod stream;
mod validate;

pub use build::{BuildError, RequestBuilder, ResponseBuilder};
pub use datagram::{Datagram, KeepAlive};
pub use headers::{Field, Fields, Headers, Values};
pub use malformed::Malformed;
pub use method::Method;
pub use request::Request;
pub use response::Response;
pub use status::StatusCode;
pub use stream::{Frame, StreamParser};
pub use validate::{RequestEssentials, ResponseEssentials};

pub(crate) use build::as_content_type;
pub(crate) use part::part_head;

use bytes::Bytes;

use crate::ParseConfig;

/// A SIP message (RFC 3261 section 7).
#[derive(Debug, Clone)]
pub enum Message {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
}

impl Message {
    /// Reads the message that a datagram holds, by the defaults of
    /// [`ParseConfig`].
    ///
    /// The message keeps the octets and borrows from nobody: what stands in a
    /// buffer that is used again is handed over as `buffer[..length].to_vec()`,
    /// what stands in a [`Bytes`] is not copied.
    ///
    /// # Errors
    /// [`Malformed`], with what the answer to a malformed request needs. A
    /// keep-alive is one too: [`Datagram::parse`] tells it apart.
    pub fn parse(datagram: impl Into<Bytes>) -> Result<Self, Malformed> {
        Message::parse_with(datagram, &ParseConfig::DEFAULT)
    }

    /// Reads the message that a datagram holds.
    ///
    /// # Errors
    /// As [`Message::parse`].
    pub fn parse_with(datagram: impl Into<Bytes>, config: &ParseConfig) -> Result<Self, Malformed> {
        parse::message(datagram.into(), config)
    }

    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        match self {
            Message::Request(request) => request.headers(),
            Message::Response(response) => response.headers(),
        }
    }

    /// The header fields, to edit them.
    pub fn headers_mut(&mut self) -> &mut Headers {
        match self {
            Message::Request(request) => request.headers_mut(),
            Message::Response(response) => response.headers_mut(),
        }
    }

    /// The body, perhaps empty.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        match self {
            Message::Request(request) => request.body(),
            Message::Response(response) => response.body(),
        }
    }

    /// The body, sharing the message's buffer.
    #[must_use]
    pub fn body_bytes(&self) -> Bytes {
        match self {
            Message::Request(request) => request.body_bytes(),
            Message::Response(response) => response.body_bytes(),
        }
    }

    /// The message as it is to be sent.
    #[must_use]
    pub fn to_bytes(&self) -> Bytes {
        match self {
            Message::Request(request) => request.to_bytes(),
            Message::Response(response) => response.to_bytes(),
        }
    }

    /// Appends the message to `out` as it is to be sent.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        match self {
            Message::Request(request) => request.write_to(out),
            Message::Response(response) => response.write_to(out),
        }
    }

    /// Whether a server or client can act on the message, see
    /// [`Request::validate`] and [`Response::validate`].
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), crate::ParseError> {
        match self {
            Message::Request(request) => request.validate().map(drop),
            Message::Response(response) => response.validate().map(drop),
        }
    }
}

impl From<Request> for Message {
    fn from(request: Request) -> Self {
        Message::Request(request)
    }
}

impl From<Response> for Message {
    fn from(response: Response) -> Self {
        Message::Response(response)
    }
}
