//! SIP messages without copying.
#![forbid(unsafe_code)]

mod config;
mod error;
mod grammar;
mod message;
mod text;
mod uri;

pub mod body;
pub mod header;

pub use config::{Leniency, Limits, ParseConfig};
pub use error::{Fault, Limit, ParseError, Position, Reference, Rule};
pub use message::{
    BuildError, Datagram, Field, Fields, Frame, Headers, KeepAlive, Malformed, Message, Method,
    Request, RequestBuilder, RequestEssentials, Response, ResponseBuilder, ResponseEssentials,
    StatusCode, StreamParser, Values,
};
pub use text::Text;
pub use uri::{
    AorKey, Host, PhoneContext, Scheme, Service, Telephone, Uri, UriBuilder, UriHeader, UriHeaders,
    UriParam, UriParams,
};
