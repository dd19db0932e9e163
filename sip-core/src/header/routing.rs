//! The headers that lead a message on its way: Via, Route, Record-Route.

use std::net::IpAddr;

use super::params::Params;
use super::shapes::{address_header, write_number};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, decode, hostport, lws, separator, token};
use crate::{Fault, Host, ParseConfig, Rule, Text};

/// A hop that the request took and its response takes back (RFC 3261
/// section 20.42).
///
/// ```
/// use sip_core::header::{TypedHeader, Via};
/// use sip_core::{Host, ParseConfig};
/// let text = b"SIP/2.0/UDP pc33.atlanta.com:5066;branch=z9hG4bK776;received=192.0.2.1;rport=5066";
/// let (via, _) = Via::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(via.transport, "UDP");
/// assert_eq!(via.branch().unwrap(), "z9hG4bK776");
/// assert_eq!(via.received(), Some("192.0.2.1".parse().unwrap()));
/// assert_eq!(via.rport(), Some(Some(5066)));
///
/// let via = Via::new("TLS", Host::try_from("proxy.example")?).with_branch("z9hG4bK1").with_rport();
/// let mut text = Vec::new();
/// via.encode(&mut text);
/// assert_eq!(text, b"SIP/2.0/TLS proxy.example;branch=z9hG4bK1;rport");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Via<'m> {
    /// `UDP`, `TCP`, `TLS`, `SCTP`, `WS`, `WSS` or another.
    pub transport: Text<'m>,
    /// The host of `sent-by`.
    pub host: Host<'m>,
    /// The port of `sent-by`; absent, the transport's own.
    pub port: Option<u16>,
    /// The parameters.
    pub params: Params<'m>,
}

impl<'m> Via<'m> {
    /// A hop over that transport, sent by that host.
    #[must_use]
    pub fn new(transport: impl Into<Text<'m>>, host: Host<'m>) -> Self {
        Via {
            transport: transport.into(),
            host,
            port: None,
            params: Params::NONE,
        }
    }

    /// The same hop with that port.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// The same hop with that `branch`.
    #[must_use]
    pub fn with_branch(mut self, branch: &str) -> Self {
        self.params.set("branch", branch);
        self
    }

    /// The same hop, asking for the source port (RFC 3581).
    #[must_use]
    pub fn with_rport(mut self) -> Self {
        self.params.set_flag("rport");
        self
    }

    /// What names the transaction (RFC 3261 section 8.1.1.7).
    #[must_use]
    pub fn branch(&self) -> Option<Text<'_>> {
        self.params.value("branch")
    }

    /// The address that the request came from (RFC 3261 section 18.2.1).
    #[must_use]
    pub fn received(&self) -> Option<IpAddr> {
        let raw = self.params.find("received")?.raw?;
        let text = raw.to_str().ok()?;
        let inside = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        inside.unwrap_or(text).parse().ok()
    }

    /// `Some(None)`: the source port is asked for; `Some(Some(port))`: it was
    /// this one (RFC 3581 section 3).
    #[must_use]
    pub fn rport(&self) -> Option<Option<u16>> {
        let param = self.params.find("rport")?;
        match param.raw {
            None => Some(None),
            Some(raw) => raw.to_str().ok()?.parse().ok().map(Some),
        }
    }

    /// Where a response is to be sent instead of the host (RFC 3261
    /// section 18.2.2).
    #[must_use]
    pub fn maddr(&self) -> Option<Text<'_>> {
        self.params.value("maddr")
    }

    /// The time to live of a multicast request, 0 to 255 hops.
    #[must_use]
    pub fn ttl(&self) -> Option<u8> {
        self.params
            .number("ttl")
            .and_then(|ttl| u8::try_from(ttl).ok())
    }

    /// The same hop, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Via<'static> {
        Via {
            transport: self.transport.into_owned(),
            host: self.host.into_owned(),
            port: self.port,
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for Via<'_> {
    type Value<'m> = Via<'m>;
    const NAME: HeaderName<'static> = HeaderName::VIA;
    const LIST: bool = true;

    #[inline]
    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (transport, rest) = decode(sent_protocol(input))?;
        let ((), rest) = decode(lws(rest))?;
        let (host, kind, port, rest) = decode(sent_by(rest, config))
            .map(|((host, kind, port), rest)| (host, kind, port, rest))?;
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            Via {
                transport: Text::from_octets(transport),
                host: Host::known(Text::from_octets(host), kind),
                port,
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"SIP/2.0/");
        out.extend_from_slice(self.transport.as_bytes());
        out.push(b' ');
        out.extend_from_slice(self.host.text().as_bytes());
        if let Some(port) = self.port {
            out.push(b':');
            write_number(u64::from(port), out);
        }
        out.extend_from_slice(self.params.as_bytes());
    }
}

/// `protocol-name SLASH protocol-version SLASH transport`; gives the last.
#[inline]
fn sent_protocol(input: &[u8]) -> Parsed<'_, &[u8]> {
    if let [b'S', b'I', b'P', b'/', b'2', b'.', b'0', b'/', rest @ ..] = input {
        return token(grammar::sws(rest));
    }
    let mut slash = separator(b'/');
    let (rest, name) = grammar::rule(Rule::Via, token)(input)?;
    let (rest, ()) = slash(rest)?;
    let (after_version, version) = token(rest)?;
    if !name.eq_ignore_ascii_case(b"SIP") || version != b"2.0" {
        return grammar::fail(Rule::Via, input);
    }
    let (rest, ()) = slash(after_version)?;
    token(rest)
}

/// `sent-by`: a host and a port, white space allowed around the colon.
#[inline]
fn sent_by<'m>(
    input: &'m [u8],
    config: &ParseConfig,
) -> Parsed<'m, (&'m [u8], grammar::HostText, Option<u16>)> {
    let (rest, sent_by) = hostport(input, config)?;
    if sent_by.2.is_some() {
        return Ok((rest, sent_by));
    }
    let [b':', digits @ ..] = grammar::sws(rest) else {
        return Ok((rest, sent_by));
    };
    let (rest, port) =
        grammar::rule(Rule::Port, grammar::number(u64::from(u16::MAX)))(grammar::sws(digits))?;
    Ok((rest, (sent_by.0, sent_by.1, u16::try_from(port).ok())))
}

address_header! {
    /// A hop that the request is yet to take (RFC 3261 section 20.34).
    Route, ROUTE, list: true, brackets: true
}

address_header! {
    /// A proxy that wants to see the dialog's later requests (RFC 3261
    /// section 20.30).
    RecordRoute, RECORD_ROUTE, list: true, brackets: true
}
