//! Where the caller is, so that an emergency call reaches those nearby:
//! Geolocation, Geolocation-Routing, Geolocation-Error (RFC 6442).

use super::params::Params;
use super::shapes::{uri_header, write_number};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode};
use crate::{Fault, ParseConfig, Rule, Text};

uri_header! {
    /// Where the caller's location is to be read (RFC 6442 section 4.1): `cid:`
    /// in a part of the body, `sip:`, `sips:`, `pres:`, `http:` or `https:` at a
    /// server that is asked.
    ///
    /// ```
    /// use sip_core::header::{Geolocation, TypedHeader};
    /// use sip_core::ParseConfig;
    /// let text = b"<cid:target123@atlanta.example.com>;loc-src=edge.example";
    /// let (location, _) = Geolocation::decode(text, &ParseConfig::DEFAULT).unwrap();
    /// assert_eq!(location.uri.to_string(), "cid:target123@atlanta.example.com");
    /// assert_eq!(location.source().unwrap(), "edge.example");
    /// ```
    Geolocation, GEOLOCATION
}

impl Geolocation<'_> {
    /// The same location, put in by that host.
    #[must_use]
    pub fn with_source(mut self, host: &str) -> Self {
        self.params.set("loc-src", host);
        self
    }

    /// The host that put the location in, where it was not the caller
    /// (RFC 8787 section 4).
    #[must_use]
    pub fn source(&self) -> Option<Text<'_>> {
        self.params.value("loc-src")
    }
}

/// Whether proxies may look at the location to decide where the request goes
/// (RFC 6442 section 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeolocationRouting<'m> {
    /// They may.
    Yes,
    /// They may not, as also where the header is absent.
    No,
    /// Something else, `name` or `name=value`: it does not permit anything.
    Other(Text<'m>),
}

impl GeolocationRouting<'_> {
    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> GeolocationRouting<'static> {
        match self {
            GeolocationRouting::Yes => GeolocationRouting::Yes,
            GeolocationRouting::No => GeolocationRouting::No,
            GeolocationRouting::Other(text) => GeolocationRouting::Other(text.into_owned()),
        }
    }
}

impl TypedHeader for GeolocationRouting<'_> {
    type Value<'m> = GeolocationRouting<'m>;
    const NAME: HeaderName<'static> = HeaderName::GEOLOCATION_ROUTING;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let ((), rest) = decode(grammar::param(input, config))?;
        let text = grammar::consumed(input, rest);
        let value = if text.eq_ignore_ascii_case(b"yes") {
            GeolocationRouting::Yes
        } else if text.eq_ignore_ascii_case(b"no") {
            GeolocationRouting::No
        } else {
            GeolocationRouting::Other(Text::from_octets(text))
        };
        Ok((value, rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            GeolocationRouting::Yes => out.extend_from_slice(b"yes"),
            GeolocationRouting::No => out.extend_from_slice(b"no"),
            GeolocationRouting::Other(text) => out.extend_from_slice(text.as_bytes()),
        }
    }
}

/// What was wrong with the location that a request brought (RFC 6442
/// section 4.4).
///
/// ```
/// use sip_core::header::{GeolocationError, TypedHeader};
/// let error = GeolocationError::new(GeolocationError::CANNOT_PROCESS, "Cannot Process Location");
/// let mut text = Vec::new();
/// error.encode(&mut text);
/// assert_eq!(text, b"100;code=\"Cannot Process Location\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeolocationError<'m> {
    /// What was wrong, in a number of at most three digits; its hundreds say
    /// of what kind it was.
    pub code: u16,
    /// The parameters.
    pub params: Params<'m>,
}

impl<'m> GeolocationError<'m> {
    /// The location cannot be understood, or there is none.
    pub const CANNOT_PROCESS: u16 = 100;
    /// The caller must first permit the location to be used.
    pub const PERMISSION_TO_USE: u16 = 200;
    /// The caller must first permit the location to be passed on.
    pub const PERMISSION_TO_RETRANSMIT: u16 = 201;
    /// The caller must first permit routing by location.
    pub const PERMISSION_TO_ROUTE: u16 = 202;
    /// The server where the location is said to be does not give it.
    pub const DEREFERENCE_FAILURE: u16 = 300;

    /// An error of that code, and words for it.
    #[must_use]
    pub fn new(code: u16, text: &str) -> Self {
        let mut params = Params::NONE;
        params.set_quoted("code", text);
        GeolocationError { code, params }
    }

    /// The error in words, the parameter `code`.
    #[must_use]
    pub fn text(&self) -> Option<Text<'_>> {
        self.params.value("code")
    }

    /// The same error, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> GeolocationError<'static> {
        GeolocationError {
            code: self.code,
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for GeolocationError<'_> {
    type Value<'m> = GeolocationError<'m>;
    const NAME: HeaderName<'static> = HeaderName::GEOLOCATION_ERROR;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (code, rest) = decode(grammar::number(999)(input))?;
        let digits = grammar::consumed(input, rest).len();
        let code = u16::try_from(code).ok().filter(|_| digits <= 3);
        let code = code.ok_or(Fault::new(Rule::Number, input))?;
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            GeolocationError {
                code,
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_number(u64::from(self.code), out);
        out.extend_from_slice(self.params.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::refused;

    const CONFIG: ParseConfig = ParseConfig::DEFAULT;

    #[test]
    fn locations_stand_in_a_list_of_uris_in_brackets() {
        let text = b"<sips:3sdefrhy2jj7@lis.atlanta.example.com>, <https://lis.example/a,b>;x";
        let (location, rest) = Geolocation::decode(text, &CONFIG).unwrap();
        assert_eq!(location.uri.user().unwrap(), "3sdefrhy2jj7");
        let (location, rest) = Geolocation::decode(&rest[2..], &CONFIG).unwrap();
        assert_eq!(rest, b"");
        let mut written = Vec::new();
        location
            .with_source("[::1]")
            .into_owned()
            .encode(&mut written);
        assert_eq!(written, b"<https://lis.example/a,b>;x;loc-src=[::1]");
        let (again, _) = Geolocation::decode(&written, &ParseConfig::STRICT).unwrap();
        assert_eq!(again.source().unwrap(), "[::1]");
    }

    #[test]
    fn a_location_has_brackets_and_no_display_name() {
        refused::<Geolocation>("cid:a@b", Rule::AngleBrackets, 0);
        refused::<Geolocation>("\"A\" <cid:a@b>", Rule::AngleBrackets, 0);
        refused::<Geolocation>("<cid:a@b", Rule::NameAddr, 0);
        refused::<Geolocation>("<cid:a b>;x", Rule::Uri, 6);
        refused::<Geolocation>("", Rule::AngleBrackets, 0);
    }

    #[test]
    fn routing_by_location_is_yes_or_no() {
        for (text, value, written) in [
            ("yes", GeolocationRouting::Yes, "yes"),
            ("No", GeolocationRouting::No, "no"),
            (
                "maybe = \"x\"",
                GeolocationRouting::Other(Text::from("maybe = \"x\"")),
                "maybe = \"x\"",
            ),
        ] {
            let (read, rest) = GeolocationRouting::decode(text.as_bytes(), &CONFIG).unwrap();
            assert_eq!((&read, rest), (&value, &b""[..]));
            let mut out = Vec::new();
            read.into_owned().encode(&mut out);
            assert_eq!(out, written.as_bytes());
        }
        refused::<GeolocationRouting>("", Rule::Param, 0);
        assert_eq!(
            GeolocationRouting::decode(b"yes;x", &CONFIG).unwrap().1,
            b";x"
        );
    }

    #[test]
    fn an_error_is_a_number_of_three_digits_with_words() {
        let text = b"201 ; code=\"Permission To Retransmit Location Information\"";
        let (error, rest) = GeolocationError::decode(text, &CONFIG).unwrap();
        assert_eq!(
            (error.code, rest),
            (GeolocationError::PERMISSION_TO_RETRANSMIT, &b""[..])
        );
        assert!(error.text().unwrap().to_string().starts_with("Permission"));
        let mut written = Vec::new();
        error.encode(&mut written);
        let (again, _) = GeolocationError::decode(&written, &ParseConfig::STRICT).unwrap();
        assert_eq!(again.into_owned(), error);
        refused::<GeolocationError>("1000", Rule::Number, 0);
        refused::<GeolocationError>("0100", Rule::Number, 0);
        refused::<GeolocationError>("x", Rule::Number, 0);
        refused::<GeolocationError>("100;", Rule::Param, 4);
    }
}
