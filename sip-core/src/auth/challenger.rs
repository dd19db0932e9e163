//! Who asks: a server or a proxy.

use crate::header::{
    Authorization, Challenge, Credentials, ProxyAuthenticate, ProxyAuthorization, WwwAuthenticate,
};
use crate::{Headers, Method, ParseError, StatusCode};

/// Who challenges a request, which decides how: the endpoint that it is for, or
/// a proxy on its way (RFC 3261 sections 22.2 and 22.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Challenger {
    /// A user agent server or registrar: 401 with WWW-Authenticate, answered
    /// by Authorization.
    Server,
    /// A proxy: 407 with Proxy-Authenticate, answered by Proxy-Authorization.
    Proxy,
}

impl Challenger {
    /// The status of its challenge: 401 or 407.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Challenger::Server => StatusCode::UNAUTHORIZED,
            Challenger::Proxy => StatusCode::PROXY_AUTHENTICATION_REQUIRED,
        }
    }
}

/// Whether a request of that method may be challenged at all. An ACK and a
/// CANCEL may not: nothing can answer (RFC 3261 section 22.1). An ACK carries
/// the INVITE's credentials, made for the method INVITE, and whoever took them
/// there takes them here.
#[must_use]
pub fn may_be_challenged(method: &Method<'_>) -> bool {
    *method != Method::ACK && *method != Method::CANCEL
}

/// The credentials for servers or for proxies in a message, one a line.
pub(super) fn credentials(
    challenger: Challenger,
    headers: &Headers,
) -> Vec<Result<Credentials<'_>, ParseError>> {
    match challenger {
        Challenger::Server => headers
            .all::<Authorization>()
            .map(|value| value.map(|value| value.0))
            .collect(),
        Challenger::Proxy => headers
            .all::<ProxyAuthorization>()
            .map(|value| value.map(|value| value.0))
            .collect(),
    }
}

/// The challenges of servers or of proxies in a message that can be read, in
/// their order.
pub(super) fn challenges(challenger: Challenger, headers: &Headers) -> Vec<Challenge<'_>> {
    match challenger {
        Challenger::Server => headers
            .all::<WwwAuthenticate>()
            .filter_map(|value| Some(value.ok()?.0))
            .collect(),
        Challenger::Proxy => headers
            .all::<ProxyAuthenticate>()
            .filter_map(|value| Some(value.ok()?.0))
            .collect(),
    }
}
