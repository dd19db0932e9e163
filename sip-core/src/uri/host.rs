//! The host of a URI or of a Via.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::grammar::{HostText, decode, host, ipv4, ipv6_of_three_colons};
use crate::{ParseConfig, ParseError, Rule, Text};

/// A host name, an IPv4 address, or an IPv6 address (in brackets where it is
/// written), RFC 3261 section 25.1.
///
/// ```
/// use sip_core::Host;
/// assert_eq!(Host::try_from("[2001:db8::1]")?.ip(), Some("2001:db8::1".parse().unwrap()));
/// assert_eq!(Host::try_from("biloxi.com")?.ip(), None);
/// assert!(Host::try_from("192.0.2.256").is_err());
/// let proxy: Host = "proxy.example".parse()?; // not borrowed
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Host<'m> {
    text: Text<'m>,
    kind: HostText,
}

impl<'m> Host<'m> {
    /// Reads a host that fills `text`.
    ///
    /// # Errors
    /// [`Rule::Host`] or [`Rule::IpAddress`].
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        match decode(host(text, &ParseConfig::DEFAULT)) {
            Ok(((text, kind), [])) => Ok(Host::known(Text::from(text), kind)),
            Ok((_, rest)) => Err(crate::Fault::new(Rule::Host, rest).in_value(text.len())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    pub(crate) fn known(text: Text<'m>, kind: HostText) -> Self {
        Host { text, kind }
    }

    /// The host as it stands, an IPv6 address with its brackets.
    #[must_use]
    pub fn text(&self) -> &Text<'m> {
        &self.text
    }

    /// The address, where the host is one.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        match self.kind {
            HostText::Name => None,
            HostText::V4 => ipv4(self.text.as_bytes()).map(IpAddr::V4),
            HostText::V6 => {
                let text = self.text.to_str().ok()?;
                let inside = text.strip_prefix('[')?.strip_suffix(']')?;
                let address = inside.parse::<Ipv6Addr>().ok();
                address
                    .or_else(|| ipv6_of_three_colons(inside.as_bytes()))
                    .map(IpAddr::V6)
            }
        }
    }

    /// The name, where the host is not an address.
    #[must_use]
    pub fn name(&self) -> Option<&Text<'m>> {
        (self.kind == HostText::Name).then_some(&self.text)
    }

    /// Whether both are the same address, or the same name in any case; a dot
    /// at the end of a name makes no difference. Nothing is looked up.
    #[must_use]
    pub fn equivalent(&self, other: &Host<'_>) -> bool {
        match (self.ip(), other.ip()) {
            (Some(this), Some(that)) => this == that,
            (None, None) => without_dot(&self.text).eq_ignore_ascii_case(without_dot(&other.text)),
            _ => false,
        }
    }

    /// The same host, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Host<'static> {
        Host {
            text: self.text.into_owned(),
            kind: self.kind,
        }
    }
}

fn without_dot<'t>(text: &'t Text<'_>) -> &'t [u8] {
    text.as_bytes()
        .strip_suffix(b".")
        .unwrap_or(text.as_bytes())
}

impl<'m> TryFrom<&'m str> for Host<'m> {
    type Error = ParseError;

    fn try_from(text: &'m str) -> Result<Self, ParseError> {
        Host::parse(text.as_bytes())
    }
}

impl std::str::FromStr for Host<'static> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Host::try_from(text).map(Host::into_owned)
    }
}

impl From<IpAddr> for Host<'_> {
    fn from(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => address.into(),
        }
    }
}

impl From<Ipv4Addr> for Host<'_> {
    fn from(address: Ipv4Addr) -> Self {
        Host::known(Text::from(address.to_string()), HostText::V4)
    }
}

impl From<Ipv6Addr> for Host<'_> {
    fn from(address: Ipv6Addr) -> Self {
        Host::known(Text::from(format!("[{address}]")), HostText::V6)
    }
}

impl fmt::Display for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Host({:?})", self.text)
    }
}
