//! What a datagram may hold: a message, or next to nothing.

use bytes::Bytes;

use super::{Malformed, Message, parse};
use crate::ParseConfig;

/// What a datagram holds: one message (RFC 3261 section 18.3), or a sign of
/// life (RFC 5626 section 3.5).
///
/// ```
/// use sip_core::{Datagram, KeepAlive, ParseConfig};
/// let ping: &[u8] = b"\r\n\r\n";
/// let datagram = Datagram::parse(ping, &ParseConfig::DEFAULT)?;
/// assert!(matches!(datagram, Datagram::KeepAlive(KeepAlive::Ping)));
/// # Ok::<(), sip_core::Malformed>(())
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
    /// Reads a datagram.
    ///
    /// # Errors
    /// As [`Message::parse`].
    pub fn parse(octets: impl Into<Bytes>, config: &ParseConfig) -> Result<Self, Malformed> {
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
