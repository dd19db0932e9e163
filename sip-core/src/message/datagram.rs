//! What a datagram may hold: a message, or next to nothing.

use bytes::Bytes;

use super::{Malformed, Message, parse};
use crate::ParseConfig;

/// What a datagram holds: one message (RFC 3261 section 18.3), or a sign of
/// life (RFC 5626 section 3.5).
///
/// ```
/// use sip_core::{Datagram, KeepAlive};
/// let ping: &[u8] = b"\r\n\r\n";
/// let datagram = Datagram::parse(ping)?;
/// assert!(matches!(datagram, Datagram::KeepAlive(KeepAlive::Ping)));
/// # Ok::<(), sip_core::Malformed>(())
/// ```
///
/// What a server without state does with each datagram, from its octets to those
/// of the answer and where that goes:
///
/// ```
/// use sip_core::header::{Allow, Via};
/// use sip_core::{Datagram, Host, Message, Method, ParseConfig, StatusCode};
/// use std::net::SocketAddr;
///
/// fn answer(octets: Vec<u8>, source: SocketAddr) -> Option<(Vec<u8>, Host<'static>, u16)> {
///     let response = match Datagram::parse_with(octets, &ParseConfig::DEFAULT) {
///         Ok(Datagram::Message(Message::Request(request))) if request.method() != Method::ACK => {
///             request.reply(match request.validate() {
///                 Err(fault) => fault.status(),
///                 Ok(_) if request.method() != Method::OPTIONS => StatusCode::METHOD_NOT_ALLOWED,
///                 Ok(essentials) if essentials.uri.is_sip() => StatusCode::OK,
///                 Ok(_) => StatusCode::UNSUPPORTED_URI_SCHEME,
///             })
///         }
///         Ok(_) => return None, // an ACK, a response, or a sign of life
///         Err(malformed) => malformed.response()?,
///     };
///     let mut response = response.with_to_tag("8321234356").ok()?; // a tag of its own
///     response.headers_mut().push_all(&[Method::OPTIONS, Method::ACK].map(Allow)).ok()?;
///     let via = response.headers().required::<Via>().ok()?;
///     let via = via.received_from(source).into_owned();
///     response.headers_mut().replace_first(&via).ok()?;
///     let (host, port) = via.response_address();
///     Some((response.to_bytes().to_vec(), host.into_owned(), port))
/// }
///
/// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\n\
/// #     Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK1;rport\r\n\
/// #     From: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\r\n";
/// let (out, host, port) = answer(octets.to_vec(), "192.0.2.1:9988".parse()?).unwrap();
/// assert!(out.starts_with(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.1.1.1;"));
/// assert_eq!((host.to_string().as_str(), port), ("192.0.2.1", 9988));
/// # for octets in [&b"\0"[..], b"OPTIONS sip:a@b SIP/2.0\r\n\r\n"] {
/// #     assert!(answer(octets.to_vec(), "192.0.2.1:9988".parse()?).is_none());
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Datagram {
    /// A message.
    Message(Message),
    /// A sign of life that keeps a NAT's or firewall's binding open.
    KeepAlive(KeepAlive),
}

/// A sign of life that is not a message (RFC 5626 section 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeepAlive {
    /// A double CRLF: on a stream, to be answered by a single one (RFC 5626
    /// section 3.5.1). A datagram needs no answer.
    Ping,
    /// A single CRLF: the answer to a ping.
    Pong,
    /// One octet of zero, or nothing at all, as many phones send over UDP.
    Nul,
}

impl Datagram {
    /// Reads a datagram, by the defaults of [`ParseConfig`].
    ///
    /// # Errors
    /// As [`Message::parse`].
    pub fn parse(octets: impl Into<Bytes>) -> Result<Self, Malformed> {
        Datagram::parse_with(octets, &ParseConfig::DEFAULT)
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// As [`Message::parse`].
    pub fn parse_with(octets: impl Into<Bytes>, config: &ParseConfig) -> Result<Self, Malformed> {
        let octets = octets.into();
        match &*octets {
            [] | [0] => return Ok(Datagram::KeepAlive(KeepAlive::Nul)),
            b"\r\n" => return Ok(Datagram::KeepAlive(KeepAlive::Pong)),
            b"\r\n\r\n" => return Ok(Datagram::KeepAlive(KeepAlive::Ping)),
            _ => {}
        }
        parse::message(octets, config).map(Datagram::Message)
    }
}
