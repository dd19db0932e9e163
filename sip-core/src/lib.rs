//! SIP messages (RFC 3261) without copying: parse, read, build and edit.
//!
//! ```
//! use sip_core::header::{
//!     CSeq, CallId, Contact, From, MaxForwards, Supported, To, Via,
//! };
//! use sip_core::{Host, Message, Method, Request, StatusCode, Uri};
//! # let datagram: &[u8] = b"INVITE sip:bob@biloxi.example SIP/2.0\r\n\
//! #     Via: SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bK776asdhds\r\n\
//! #     Max-Forwards: 70\r\nFrom: Alice <sip:alice@atlanta.example>;tag=1928301774\r\n\
//! #     To: Bob <sip:bob@biloxi.example>\r\nCall-ID: a84b4c76e66710\r\n\
//! #     CSeq: 314159 INVITE\r\nk: timer, 100rel\r\n\
//! #     Contact: <sip:alice@pc33.atlanta.example>\r\nContent-Length: 0\r\n\r\n";
//!
//! // Parse what a socket received: anything that becomes a `bytes::Bytes`, such
//! // as `buffer[..length].to_vec()`.
//! let Message::Request(mut request) = Message::parse(datagram)? else {
//!     return Ok(());
//! };
//!
//! // Read: `validate` what every request carries, other fields when asked for.
//! let essentials = request.validate()?;
//! assert_eq!(request.method(), Method::INVITE);
//! assert_eq!(essentials.from.tag().unwrap(), "1928301774");
//! assert_eq!(essentials.from.uri.user().unwrap(), "alice");
//! let contact = request.headers().required::<Contact>()?;
//! let address = contact.address().unwrap();
//! assert_eq!(address.uri.to_string(), "sip:alice@pc33.atlanta.example");
//! assert_eq!(request.headers().all::<Supported>().count(), 2);
//!
//! // Answer it.
//! let ringing = request.reply(StatusCode::RINGING).with_to_tag("a6c85cf")?;
//! assert!(ringing.to_string().starts_with("SIP/2.0 180 Ringing\r\nVia: "));
//!
//! // Edit it and send it on, as a proxy does.
//! let Some(hops) = request.headers().required::<MaxForwards>()?.one_less() else {
//!     return Ok(()); // and answer with 483
//! };
//! let host = Host::try_from("proxy.example")?;
//! let via = Via::new("UDP", host).with_branch("z9hG4bK87asdks7");
//! request.headers_mut().push_front(&via)?;
//! request.headers_mut().set(&hops)?;
//! request.set_uri(&"sip:bob@192.0.2.4".parse()?);
//! let mut out = Vec::new(); // may be used again for the next message
//! request.write_to(&mut out);
//!
//! // Build one of your own.
//! let bob: Uri = "sip:bob@biloxi.example".parse()?;
//! let options = Request::builder(Method::OPTIONS, &bob)
//!     .header(via)
//!     .header(From::new("sip:alice@atlanta.example".parse()?).with_tag("88"))
//!     .header(To::new(bob.clone()))
//!     .header(CallId::from("987asjd97y7atg"))
//!     .header(CSeq::new(1, Method::OPTIONS))
//!     .header(MaxForwards::INITIAL)
//!     .build()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to look
//!
//! - [`Message`], [`Request`], [`Response`]: a datagram's message;
//!   [`Datagram`] knows keep-alives too, [`StreamParser`] divides TCP and TLS.
//! - [`header`]: a type for every header field, and how to write your own;
//!   [`Headers`]: finding and editing them.
//! - [`Uri`], [`UriBuilder`], [`AorKey`]: addresses, comparing them, and what
//!   to key maps by.
//! - [`body`]: bodies of several parts.
//! - [`auth`]: who a request is from: digest, the client's and the server's side.
//! - [`ParseConfig`]: limits, and which faults are forgiven.
//! - [`ParseError`], [`Malformed`]: what is wrong, where, by which RFC, and the
//!   400 to answer it with.
//!
//! # What it promises
//!
//! No input panics, recurses without a bound, or costs more than in proportion
//! to its length. What this crate does not know (header fields, methods, URI
//! schemes, parameters, octets that are not UTF-8) is kept and sent on as it
//! came. Reading a message takes one allocation, its table of header fields;
//! values borrow from it. What is to outlive the message is copied out by
//! `into_owned`.
#![forbid(unsafe_code)]

mod config;
mod error;
mod grammar;
mod message;
mod text;
mod uri;

pub mod auth;
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

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
