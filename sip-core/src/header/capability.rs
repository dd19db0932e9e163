//! What a side can do or wants of the other: bodies, methods, extensions.

use super::params::Params;
use super::shapes::{params_header, token_header, write_token};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode};
use crate::{Fault, Method, ParseConfig, Text};

/// A kind of body that the sender takes (RFC 3261 section 20.1). Where the
/// header field is absent, that is `application/sdp`; where it is empty, none.
///
/// ```
/// use sip_core::header::{Accept, TypedHeader};
/// use sip_core::ParseConfig;
/// let (any_text, _) = Accept::decode(b"text/*;q=0.5", &ParseConfig::DEFAULT).unwrap();
/// assert!(any_text.matches("text", "plain") && !any_text.matches("application", "sdp"));
/// assert_eq!(any_text.q(), Some(500));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept<'m> {
    /// The type, or `*` for any.
    pub media_type: Text<'m>,
    /// The subtype, or `*` for any.
    pub subtype: Text<'m>,
    /// The parameters of the media type and, behind `q`, of the preference.
    pub params: Params<'m>,
}

impl<'m> Accept<'m> {
    /// That type and subtype, without parameters.
    #[must_use]
    pub fn new(media_type: impl Into<Text<'m>>, subtype: impl Into<Text<'m>>) -> Self {
        Accept {
            media_type: media_type.into(),
            subtype: subtype.into(),
            params: Params::NONE,
        }
    }

    /// The `q` parameter, in thousandths: 0 to 1,000. Absent, it is 1,000
    /// (RFC 2616 section 14.1).
    #[must_use]
    pub fn q(&self) -> Option<u16> {
        self.params.q()
    }

    /// Whether that type and subtype are among those, in any case.
    #[must_use]
    pub fn matches(&self, media_type: &str, subtype: &str) -> bool {
        let fits = |range: &Text<'m>, name| *range == *"*" || range.eq_ignore_case(name);
        fits(&self.media_type, media_type) && fits(&self.subtype, subtype)
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Accept<'static> {
        Accept {
            media_type: self.media_type.into_owned(),
            subtype: self.subtype.into_owned(),
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for Accept<'_> {
    type Value<'m> = Accept<'m>;
    const NAME: HeaderName<'static> = HeaderName::ACCEPT;
    const LIST: bool = true;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let ((media_type, subtype), rest) = decode(grammar::media_type(input))?;
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            Accept {
                media_type: Text::from_octets(media_type),
                subtype: Text::from_octets(subtype),
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_token(self.media_type.as_bytes(), out);
        out.push(b'/');
        write_token(self.subtype.as_bytes(), out);
        out.extend_from_slice(self.params.as_bytes());
    }
}

params_header! {
    /// An encoding of bodies that the sender takes, such as `gzip`; `identity`
    /// where the header field is absent or empty (RFC 3261 section 20.2).
    AcceptEncoding<'m>, ACCEPT_ENCODING, list: true,
    /// The encoding, or `*` for any that is not named: `*` is a character of
    /// tokens.
    coding: Text<'m>,
    params: &[]
}

impl<'m> AcceptEncoding<'m> {
    /// The `q` parameter, in thousandths: 0 to 1,000. Absent, it is 1,000
    /// (RFC 2616 section 14.3).
    #[must_use]
    pub fn q(&self) -> Option<u16> {
        self.params.q()
    }
}

/// A method that the sender takes (RFC 3261 section 20.5).
///
/// ```
/// use sip_core::header::Allow;
/// use sip_core::{Method, Request};
/// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nAllow: INVITE, ACK, BYE\r\n\r\n";
/// let request = Request::parse(octets)?;
/// let mut allowed = request.headers().all::<Allow>();
/// assert!(allowed.any(|method| method == Ok(Allow(Method::BYE))));
/// # Ok::<(), sip_core::Malformed>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Allow<'m>(pub Method<'m>);

impl Allow<'_> {
    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Allow<'static> {
        Allow(self.0.into_owned())
    }
}

impl TypedHeader for Allow<'_> {
    type Value<'m> = Allow<'m>;
    const NAME: HeaderName<'static> = HeaderName::ALLOW;
    const LIST: bool = true;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (method, rest) = decode(grammar::token(input))?;
        Ok((Allow(Method::from_token(method)), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

token_header! {
    /// The option tag of an extension that the sender knows (RFC 3261
    /// section 20.37).
    Supported, SUPPORTED, list: true
}

token_header! {
    /// The option tag of an extension that the server must know, or refuse
    /// with 420 (RFC 3261 section 20.32).
    Require, REQUIRE, list: true
}

token_header! {
    /// The option tag of an extension that every proxy must know (RFC 3261
    /// section 20.29).
    ProxyRequire, PROXY_REQUIRE, list: true
}

token_header! {
    /// In a 420, the option tag of an extension that was required and is not
    /// known (RFC 3261 section 20.40).
    Unsupported, UNSUPPORTED, list: true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip};
    use crate::{Request, Rule};

    #[test]
    fn ranges_of_media_types_are_read() {
        round_trip::<Accept>(b"application/sdp;level=1");
        round_trip::<Accept>(b"*/*;q=0.1;ext");
        round_trip::<Accept>(b"text/html");
        refused::<Accept>(b"", Rule::MediaType, 0);
        refused::<Accept>(b"text", Rule::MediaType, 4);
        refused::<Accept>(b"text/html;=", Rule::Param, 10);
        assert_eq!(Accept::new("a", "b").q(), None);
    }

    #[test]
    fn weights_are_in_thousandths() {
        let q = |text| {
            let (encoding, _) = AcceptEncoding::decode(text, &ParseConfig::DEFAULT).unwrap();
            encoding.q()
        };
        assert_eq!(q(b"gzip;q=1.000"), Some(1_000));
        assert_eq!(q(b"gzip; Q = 0.25"), Some(250));
        assert_eq!(q(b"*;q=0"), Some(0));
        for bad in [
            &b"gzip;q=1.001"[..],
            b"gzip;q=0.1234",
            b"gzip;q=x",
            b"gzip;q",
        ] {
            assert_eq!(q(bad), None);
        }
        round_trip::<AcceptEncoding>(b"identity;q=0.5");
        refused::<AcceptEncoding>(b";q=1", Rule::Token, 0);
    }

    #[test]
    fn methods_and_option_tags_are_tokens() {
        round_trip::<Allow>(b"INVITE");
        round_trip::<Allow>(b"SHAKE");
        refused::<Allow>(b"<INVITE>", Rule::Token, 0);
        round_trip::<Supported>(b"100rel");
        round_trip::<Require>(b"100rel");
        round_trip::<ProxyRequire>(b"foo");
        round_trip::<Unsupported>(b"foo");
        refused::<Require>(b"100rel foo", Rule::Trailing, 6);
        assert!(Supported::from("GRUU").is("gruu"));
    }

    #[test]
    fn an_empty_list_is_allowed_and_holds_nothing() {
        let octets = &b"OPTIONS sip:a@b SIP/2.0\r\nAccept: \r\nAllow:\r\nSupported:\r\n\r\n"[..];
        let request = Request::parse(octets).unwrap();
        assert_eq!(request.headers().typed::<Accept>(), Ok(None));
        assert_eq!(request.headers().all::<Allow>().count(), 0);
        assert_eq!(request.headers().all::<Supported>().count(), 0);
    }
}
