//! What the parameters of a SIP URI say (RFC 3261 section 19.1.1).

use super::escape::unescape;
use super::{Host, Uri, UriParams};
use crate::{Method, Text};

/// What the parameters of a SIP URI say. A URI of another scheme has none of
/// these.
///
/// ```
/// use sip_core::{Method, Uri};
/// let uri: Uri = "sip:192.0.2.1;transport=TCP;maddr=239.255.255.1;ttl=15;lr".parse()?;
/// assert!(uri.transport().unwrap().eq_ignore_case("tcp"));
/// assert_eq!(uri.maddr().unwrap().to_string(), "239.255.255.1");
/// assert_eq!(uri.ttl(), Some(15));
/// assert!(uri.is_loose_route());
///
/// let uri: Uri = "sip:carol@chicago.com;method=REGISTER".parse()?;
/// assert_eq!(uri.method(), Some(Method::REGISTER));
/// # Ok::<(), sip_core::ParseError>(())
/// ```
impl Uri<'_> {
    /// `transport`: by which transport to send there, such as `tcp`; its case
    /// makes no difference (RFC 3261 section 19.1.1).
    #[must_use]
    pub fn transport(&self) -> Option<Text<'_>> {
        self.sip_params().value("transport")
    }

    /// `maddr`: the address to send to in place of the host's (RFC 3261
    /// section 19.1.1). `None` also where what stands there is not a host.
    #[must_use]
    pub fn maddr(&self) -> Option<Host<'_>> {
        let params = self.sip_params();
        let raw = params.raw_value("maddr")?;
        match unescape(raw) {
            std::borrow::Cow::Borrowed(text) => Host::parse(text).ok(),
            std::borrow::Cow::Owned(text) => Host::parse(&text).ok().map(Host::into_owned),
        }
    }

    /// `ttl`: how far a multicast datagram sent there may go (RFC 3261
    /// section 19.1.1).
    #[must_use]
    pub fn ttl(&self) -> Option<u8> {
        let ttl = self.sip_params().value("ttl")?;
        crate::header::decimal(ttl.as_bytes())
    }

    /// `method`: with which method to make a request from the URI (RFC 3261
    /// section 19.1.5). `None` also where what stands there is not a token.
    #[must_use]
    pub fn method(&self) -> Option<Method<'_>> {
        let params = self.sip_params();
        let name = unescape(params.raw_value("method")?);
        Some(Method::from_bytes(&name).ok()?.into_owned())
    }

    /// `user`: what the user part is, `phone` or `ip` (RFC 3261 section
    /// 19.1.1) or `dialstring` (RFC 4967); its case makes no difference.
    #[must_use]
    pub fn user_param(&self) -> Option<Text<'_>> {
        self.sip_params().value("user")
    }

    /// `lr`: whether the element there is a loose router, as all since
    /// RFC 3261 are (section 19.1.1). It has no value; that some elements
    /// write `lr=on` or `lr=true` makes no difference.
    #[must_use]
    pub fn is_loose_route(&self) -> bool {
        self.sip_params().contains("lr")
    }

    /// `gr`: whether the URI is a GRUU, one that reaches the same user agent
    /// from anywhere (RFC 5627 section 3.1).
    #[must_use]
    pub fn is_gruu(&self) -> bool {
        self.sip_params().contains("gr")
    }

    /// The value of `gr`, which tells the instances of one address of record
    /// apart. Only a public GRUU has one; it is none where the URI is a
    /// temporary GRUU (RFC 5627 section 3.1.2).
    #[must_use]
    pub fn gr(&self) -> Option<Text<'_>> {
        self.sip_params().value("gr")
    }

    /// `ob`: in a Contact, that the requests of the dialog shall take the flow
    /// over which it was given (RFC 5626 section 4.3); in a Path, that the edge
    /// proxy there keeps flows (section 5.1).
    #[must_use]
    pub fn is_outbound(&self) -> bool {
        self.sip_params().contains("ob")
    }

    fn sip_params(&self) -> UriParams<'_> {
        match self.is_sip() {
            true => self.params(),
            false => UriParams::known(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri<'_> {
        Uri::try_from(text).unwrap()
    }

    #[test]
    fn a_parameter_is_found_in_any_case_and_in_escapes() {
        let uri = uri("sip:h;TRANSPORT=%54LS;%6Cr=on;Gr;oB");
        assert_eq!(uri.transport().unwrap(), "TLS");
        assert!(uri.is_loose_route() && uri.is_gruu() && uri.is_outbound());
        assert_eq!(uri.gr(), None);
    }

    #[test]
    fn a_value_that_is_not_one_is_none() {
        let uri = uri("sip:h;ttl=256;maddr=a:b;method=a%20b;gr=urn:uuid:f81d;user=ip");
        assert_eq!(uri.ttl(), None);
        assert!(uri.maddr().is_none());
        assert_eq!(uri.method(), None);
        assert_eq!(uri.gr().unwrap(), "urn:uuid:f81d");
        assert_eq!(uri.user_param().unwrap(), "ip");
    }

    #[test]
    fn an_address_in_maddr_may_be_escaped() {
        let address = "2001:db8::1".parse().unwrap();
        for text in ["sip:h;maddr=[2001:db8::1]", "sip:h;maddr=%5B2001:db8::1%5D"] {
            assert_eq!(uri(text).maddr().unwrap().ip(), Some(address), "{text}");
        }
    }

    #[test]
    fn a_tel_uri_has_no_parameters_of_a_sip_uri() {
        let uri = uri("tel:+1;transport=tcp;lr;method=BYE");
        assert_eq!(uri.transport(), None);
        assert_eq!(uri.method(), None);
        assert!(!uri.is_loose_route());
    }
}
