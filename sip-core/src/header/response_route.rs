//! Where a response goes: what a server writes into the top Via, and what it
//! reads there (RFC 3261 section 18.2, RFC 3581).

use std::net::SocketAddr;

use super::Via;
use crate::Host;

impl Via<'_> {
    /// The same hop as the server marks it that received the request from
    /// `source`: with `received` where the host of sent-by is not that address,
    /// and both `received` and the port in `rport` where `rport` is there (RFC
    /// 3261 section 18.2.1, RFC 3581 section 4). What the sender itself said in
    /// them does not count: else it could have its responses sent to others.
    ///
    /// ```
    /// use sip_core::header::Via;
    /// use sip_core::Request;
    /// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\n\
    /// #     Via: SIP/2.0/UDP 10.1.1.1:4540;rport;branch=z9hG4bKkjshdyff\r\n\r\n";
    /// let mut request = Request::parse(octets)?;
    /// let source = "192.0.2.1:9988".parse()?;
    /// let via = request.headers().required::<Via>()?.received_from(source).into_owned();
    /// request.headers_mut().replace_first(&via)?;
    ///
    /// let via = request.headers().required::<Via>()?;
    /// assert_eq!((via.received(), via.rport()), (Some(source.ip()), Some(Some(9988))));
    /// let (host, port) = via.response_address();
    /// assert_eq!((host.ip(), port), (Some(source.ip()), 9988));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn received_from(mut self, source: SocketAddr) -> Self {
        let address = source.ip().to_canonical();
        let asked = self.params.contains("rport");
        if asked {
            self.params.set("rport", source.port().to_string());
        }
        if asked || self.host.ip() != Some(address) {
            self.params.set("received", address.to_string());
        } else {
            self.params.remove("received");
        }
        self
    }

    /// The host and port that a response with this top Via is sent to, over a
    /// transport without connections: `maddr`, else `received` and `rport`, else
    /// sent-by (RFC 3261 section 18.2.2, RFC 3581 section 4). A host that is a
    /// name is to be looked up (RFC 3263 section 5). Where no port is given it
    /// is 5060, and for TLS 5061.
    ///
    /// Over a connection a response takes the one that the request came by, and
    /// this only where that is gone.
    #[must_use]
    pub fn response_address(&self) -> (Host<'_>, u16) {
        let port = self.port.unwrap_or_else(|| self.default_port());
        if let Some(maddr) = self.maddr_host() {
            return (maddr, port);
        }
        match self.received() {
            Some(received) => (Host::from(received), self.rport().flatten().unwrap_or(port)),
            None => (self.host.clone(), port),
        }
    }

    fn maddr_host(&self) -> Option<Host<'static>> {
        let maddr = self.maddr()?;
        Host::parse(maddr.as_bytes()).ok().map(Host::into_owned)
    }

    fn default_port(&self) -> u16 {
        match self.transport.eq_ignore_case("TLS") || self.transport.eq_ignore_case("TLS-SCTP") {
            true => 5061,
            false => 5060,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TypedHeader;
    use super::super::round_trip::value;
    use super::*;

    fn marked(text: &str, source: &str) -> String {
        let mut out = Vec::new();
        let via = value::<Via>(text).received_from(source.parse().unwrap());
        via.encode(&mut out);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(value::<Via>(&text).received(), via.received());
        text
    }

    fn address(text: &str) -> String {
        let via = value::<Via>(text);
        let (host, port) = via.response_address();
        format!("{host}:{port}")
    }

    #[test]
    fn a_hop_is_marked_with_where_its_request_came_from() {
        let cases = [
            ("192.0.2.1", "192.0.2.1:9", "192.0.2.1"),
            ("a.example", "192.0.2.1:9", "a.example;received=192.0.2.1"),
            ("10.1.1.1", "192.0.2.1:9", "10.1.1.1;received=192.0.2.1"),
            (
                "192.0.2.1;rport",
                "192.0.2.1:9",
                "192.0.2.1;rport=9;received=192.0.2.1",
            ),
            (
                "10.1.1.1",
                "[2001:db8::9]:9",
                "10.1.1.1;received=2001:db8::9",
            ),
            ("[2001:db8::9]", "[2001:db8:0::9]:9", "[2001:db8::9]"),
            // A socket for both versions gives addresses of version 4 so.
            ("192.0.2.1", "[::ffff:192.0.2.1]:9", "192.0.2.1"),
        ];
        for (before, source, after) in cases {
            let before = format!("SIP/2.0/UDP {before}");
            assert_eq!(marked(&before, source), format!("SIP/2.0/UDP {after}"));
        }
    }

    #[test]
    fn what_the_sender_says_of_its_own_address_does_not_count() {
        let text = "SIP/2.0/UDP 192.0.2.1;received=203.0.113.9;rport=1";
        assert_eq!(
            marked(text, "192.0.2.1:9"),
            "SIP/2.0/UDP 192.0.2.1;rport=9;received=192.0.2.1"
        );
        let text = "SIP/2.0/UDP 192.0.2.1;received=203.0.113.9";
        assert_eq!(marked(text, "192.0.2.1:9"), "SIP/2.0/UDP 192.0.2.1");
    }

    #[test]
    fn a_response_goes_to_maddr_then_received_then_sent_by() {
        let cases = [
            ("UDP a.example", "a.example:5060"),
            ("tls a.example", "a.example:5061"),
            ("UDP a.example:5070", "a.example:5070"),
            ("UDP a.example:5070;received=192.0.2.1", "192.0.2.1:5070"),
            (
                "UDP a.example:5070;received=192.0.2.1;rport",
                "192.0.2.1:5070",
            ),
            (
                "UDP a.example:5070;received=192.0.2.1;rport=9",
                "192.0.2.1:9",
            ),
            // RFC 3581 section 4 wants both.
            ("UDP a.example:5070;rport=9", "a.example:5070"),
            (
                "UDP a.example:5070;maddr=224.0.1.75;received=192.0.2.1;rport=9",
                "224.0.1.75:5070",
            ),
            ("UDP a.example;received=[2001:db8::9]", "[2001:db8::9]:5060"),
        ];
        for (via, expected) in cases {
            assert_eq!(address(&format!("SIP/2.0/{via}")), expected, "{via}");
        }
    }
}
