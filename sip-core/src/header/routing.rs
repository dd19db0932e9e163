//! The headers that lead a message on its way: Via, Route, Record-Route.

use std::net::IpAddr;

use super::params::{Params, decimal};
use super::shapes::{address_header, number_header, write_number, write_token};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Class, Parsed, decode, host, is, lws, port, separator, token};
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
            Some(raw) => decimal(raw.as_bytes()).map(Some),
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

    /// The same hop, willing to send keep-alives (RFC 6223 section 4.3).
    #[must_use]
    pub fn with_keep(mut self) -> Self {
        self.params.set_flag("keep");
        self
    }

    /// `Some(None)`: the sender is willing to send keep-alives;
    /// `Some(Some(seconds))`: it is asked to send one every so many seconds,
    /// or, by 0, as often as it likes (RFC 6223 section 5).
    #[must_use]
    pub fn keep(&self) -> Option<Option<u32>> {
        self.optional_number("keep")
    }

    /// Whether the connection that brought the request may be used for
    /// requests the other way (RFC 5923 section 7).
    #[must_use]
    pub fn alias(&self) -> bool {
        self.params.contains("alias")
    }

    /// `Some(None)`: the sender knows overload control; `Some(Some(value))`:
    /// it is to hold back by that much, which the algorithm gives its meaning:
    /// per cent of the requests for `loss` (RFC 7339 section 4.1), requests a
    /// second for `rate` (RFC 7415).
    #[must_use]
    pub fn oc(&self) -> Option<Option<u32>> {
        self.optional_number("oc")
    }

    /// The algorithms that the sender offers for overload control, or the one
    /// that was chosen (RFC 7339 section 4.2).
    #[must_use]
    pub fn oc_algorithms(&self) -> Vec<Text<'_>> {
        let Some(raw) = self.params.find("oc-algo").and_then(|param| param.raw) else {
            return Vec::new();
        };
        let Some(raw) = raw.as_borrowed() else {
            return Vec::new();
        };
        raw.split(|octet| !is(*octet, Class::ALPHANUM))
            .filter(|name| !name.is_empty())
            .map(Text::from)
            .collect()
    }

    /// For how many milliseconds the sender is to hold back; where it is
    /// absent and [`oc`](Self::oc) is there, 500 (RFC 7339 section 4.3).
    #[must_use]
    pub fn oc_validity(&self) -> Option<u32> {
        self.params.number("oc-validity")
    }

    /// By which a later `oc` is known from an earlier one: the larger is the
    /// later. In hundred-thousandths of what stands there (RFC 7339 section
    /// 4.4).
    #[must_use]
    pub fn oc_seq(&self) -> Option<u64> {
        let raw = self.params.find("oc-seq")?.raw?;
        let (whole, fraction) = raw.to_str().ok()?.split_once('.')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() > 12 || fraction.len() > 5 {
            return None;
        }
        format!("{whole}{fraction:0<5}").parse().ok()
    }

    fn optional_number(&self, name: &str) -> Option<Option<u32>> {
        match self.params.find(name)?.raw {
            None => Some(None),
            Some(raw) => decimal(raw.as_bytes()).map(Some),
        }
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
        write_token(self.transport.as_bytes(), out);
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
    if let Some((b"SIP/2.0/", rest)) = input.split_first_chunk() {
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
    let (rest, (text, kind)) = host(input, config)?;
    let [b':', digits @ ..] = grammar::sws(rest) else {
        return Ok((rest, (text, kind, None)));
    };
    let (rest, port) = port(grammar::sws(digits))?;
    Ok((rest, (text, kind, Some(port))))
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

address_header! {
    /// A proxy between the registrar and the phone that registers, which
    /// requests to the phone are to pass (RFC 3327 section 4).
    ///
    /// ```
    /// use sip_core::header::{Path, TypedHeader};
    /// let (path, _) = Path::decode(b"<sip:p1.example;lr>", &Default::default()).unwrap();
    /// assert!(path.uri.params().contains("lr"));
    /// ```
    Path, PATH, list: true, brackets: true
}

address_header! {
    /// A proxy that the registrar wants requests of the phone to pass: the
    /// phone puts them into its requests as [`Route`]s (RFC 3608 section 5).
    ///
    /// ```
    /// use sip_core::header::{Route, ServiceRoute, TypedHeader};
    /// let text = b"<sip:orig@p1.example;lr>";
    /// let (hop, _) = ServiceRoute::decode(text, &Default::default()).unwrap();
    /// assert_eq!(Route::new(hop.0.uri).uri.to_string(), "sip:orig@p1.example;lr");
    /// ```
    ServiceRoute, SERVICE_ROUTE, list: true, brackets: true
}

number_header! {
    /// After how many seconds without a keep-alive the edge proxy takes the
    /// flow for dead (RFC 5626 section 4.4, its grammar in section 10).
    ///
    /// ```
    /// use sip_core::header::{FlowTimer, TypedHeader};
    /// let (timer, _) = FlowTimer::decode(b"126", &Default::default()).unwrap();
    /// assert_eq!(timer, FlowTimer(126));
    /// ```
    FlowTimer(u32), FLOW_TIMER, max: u64::from(u32::MAX)
}

number_header! {
    /// Into how many branches that are open at once proxies may yet fork the
    /// request (RFC 5393 section 5.3).
    ///
    /// ```
    /// use sip_core::header::{MaxBreadth, TypedHeader};
    /// let (breadth, _) = MaxBreadth::decode(b"60", &Default::default()).unwrap();
    /// assert_eq!(breadth, MaxBreadth(60));
    /// ```
    MaxBreadth(u32), MAX_BREADTH, max: u64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value};

    #[test]
    fn a_path_is_made_of_addresses_in_brackets() {
        let text = "<sip:P1.EXAMPLEVISITED.COM;lr>;x=y";
        round_trip::<Path>(text);
        round_trip::<ServiceRoute>(text);
        refused::<Path>("sip:a;lr", Rule::AngleBrackets, 0);
        refused::<ServiceRoute>("sip:a", Rule::AngleBrackets, 0);
        refused::<ServiceRoute>("<sip:a;lr", Rule::NameAddr, 0);
    }

    #[test]
    fn flows_and_forks_are_bounded_by_a_number() {
        round_trip::<FlowTimer>("4294967295");
        round_trip::<MaxBreadth>("0");
        for bad in ["", "4294967296", "x"] {
            refused::<FlowTimer>(bad, Rule::Number, 0);
            refused::<MaxBreadth>(bad, Rule::Number, 0);
        }
    }

    #[test]
    fn a_hop_asks_for_keep_alives_and_tells_its_load() {
        let via = |params: &str| {
            let text = format!("SIP/2.0/TLS a.example;branch=z9hG4bK1{params}");
            value::<Via>(&text).into_owned()
        };
        assert_eq!(via("").keep(), None);
        assert_eq!(via(";keep").keep(), Some(None));
        assert_eq!(via(";keep=30").keep(), Some(Some(30)));
        assert_eq!(via(";keep=x").keep(), None);
        assert!(via(";Alias").alias() && !via("").alias());

        let asks = via(";oc;oc-algo=\"loss, A\"");
        assert_eq!(asks.oc(), Some(None));
        assert_eq!(asks.oc_algorithms(), ["loss", "A"]);
        let told = via(";oc=20;oc-validity=500;oc-seq=1282321615.782;oc-algo=\"loss\"");
        assert_eq!(told.oc(), Some(Some(20)));
        assert_eq!(told.oc_validity(), Some(500));
        assert_eq!(told.oc_seq(), Some(128_232_161_578_200));
        assert_eq!(via("").oc_algorithms(), [""; 0]);
        for (seq, read) in [
            ("999999999999.99999", Some(99_999_999_999_999_999)),
            ("1.00001", Some(100_001)),
            ("1.1", Some(110_000)),
            ("1", None),
            ("1.", None),
            (".1", None),
            ("1.123456", None),
            ("1234567890123.1", None),
            ("+1.1", None),
        ] {
            assert_eq!(via(&format!(";oc-seq={seq}")).oc_seq(), read, "{seq}");
        }
    }
}
