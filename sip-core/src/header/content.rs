//! What a body is, and what it is for: Content-Type and Content-Disposition.

use super::params::Params;
use super::shapes::{params_header, write_token};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode};
use crate::{Fault, ParseConfig, ParseError, Rule, Text};

/// The media type of a body or of a part of one (RFC 3261 section 20.15).
/// Types, subtypes and names of parameters ignore case.
///
/// ```
/// use sip_core::header::ContentType;
/// let text = ContentType::try_from("text/html; charset=ISO-8859-4")?;
/// assert!(text.is("TEXT", "HTML"));
/// assert_eq!(text.params.value("charset").unwrap(), "ISO-8859-4");
/// assert!(ContentType::SDP.is("application", "sdp"));
/// assert!(ContentType::try_from("sdp").is_err());
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentType<'m> {
    /// The type, such as `application`.
    pub media_type: Text<'m>,
    /// The subtype, such as `sdp`.
    pub subtype: Text<'m>,
    /// The parameters, each with a value.
    pub params: Params<'m>,
}

impl<'m> ContentType<'m> {
    /// `application/sdp`, a session description (RFC 8866 section 8.1).
    pub const SDP: ContentType<'static> = ContentType::known("application", "sdp");

    /// `text/plain`, what a part of a multipart body is that does not say
    /// (RFC 2046 section 5.1).
    pub const TEXT: ContentType<'static> = ContentType::known("text", "plain");

    const fn known(media_type: &'static str, subtype: &'static str) -> ContentType<'static> {
        ContentType {
            media_type: Text::new(media_type),
            subtype: Text::new(subtype),
            params: Params::NONE,
        }
    }

    /// That type and subtype, without parameters.
    #[must_use]
    pub fn new(media_type: impl Into<Text<'m>>, subtype: impl Into<Text<'m>>) -> Self {
        ContentType {
            media_type: media_type.into(),
            subtype: subtype.into(),
            params: Params::NONE,
        }
    }

    /// Reads a media type that fills `text`.
    ///
    /// # Errors
    /// [`Rule::MediaType`], and those of the parameters.
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        match ContentType::decode(text, &ParseConfig::DEFAULT) {
            Ok((content_type, [])) => Ok(content_type),
            Ok((_, rest)) => Err(Fault::new(Rule::Trailing, rest).in_value(text.len())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    /// The same media type with that parameter.
    #[must_use]
    pub fn with_param(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.params.set(name, value);
        self
    }

    /// Whether these are the type and subtype, in any case.
    #[must_use]
    pub fn is(&self, media_type: &str, subtype: &str) -> bool {
        self.media_type.eq_ignore_case(media_type) && self.subtype.eq_ignore_case(subtype)
    }

    /// Whether the body has parts: `multipart/…` (RFC 2046 section 5.1).
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.media_type.eq_ignore_case("multipart")
    }

    /// What divides the parts of a multipart body (RFC 2046 section 5.1.1).
    #[must_use]
    pub fn boundary(&self) -> Option<Text<'_>> {
        self.params.value("boundary")
    }

    /// The same media type, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> ContentType<'static> {
        ContentType {
            media_type: self.media_type.into_owned(),
            subtype: self.subtype.into_owned(),
            params: self.params.into_owned(),
        }
    }
}

impl<'m> TryFrom<&'m str> for ContentType<'m> {
    type Error = ParseError;

    fn try_from(text: &'m str) -> Result<Self, ParseError> {
        ContentType::parse(text.as_bytes())
    }
}

impl TypedHeader for ContentType<'_> {
    type Value<'m> = ContentType<'m>;
    const NAME: HeaderName<'static> = HeaderName::CONTENT_TYPE;

    #[inline]
    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let ((media_type, subtype), rest) = decode(grammar::media_type(input))?;
        let (params, rest) = decode(grammar::media_params(rest, config))?;
        Ok((
            ContentType {
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
    /// What a body or a part of one is for (RFC 3261 section 20.11, RFC 5621
    /// section 8).
    ///
    /// ```
    /// use sip_core::header::{ContentDisposition, Handling, TypedHeader};
    /// use sip_core::ParseConfig;
    /// let text = b"icon;handling=optional";
    /// let (icon, _) = ContentDisposition::decode(text, &ParseConfig::DEFAULT).unwrap();
    /// assert!(icon.is("icon"));
    /// assert_eq!(icon.handling(), Handling::Optional);
    /// assert_eq!(ContentDisposition::new("session").handling(), Handling::Required);
    /// ```
    ContentDisposition<'m>, CONTENT_DISPOSITION, list: false,
    /// `session`, `render`, `icon`, `alert`, `by-reference` or another.
    disposition: Text<'m>,
    params: &[]
}

/// What a receiver does with a message of which it cannot use this body
/// (RFC 5621 section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Handling {
    /// It passes over the body.
    Optional,
    /// It refuses the request with 415. So it is where nothing is said, and,
    /// to be safe, where a word is said that is not known.
    Required,
}

impl<'m> ContentDisposition<'m> {
    /// The same disposition with that `handling`.
    #[must_use]
    pub fn with_handling(mut self, handling: Handling) -> Self {
        let word = match handling {
            Handling::Optional => "optional",
            Handling::Required => "required",
        };
        self.params.set("handling", word);
        self
    }

    /// Whether this is the disposition, in any case.
    #[must_use]
    pub fn is(&self, disposition: &str) -> bool {
        self.disposition.eq_ignore_case(disposition)
    }

    /// What to do where the body cannot be used.
    #[must_use]
    pub fn handling(&self) -> Handling {
        match self.params.value("handling") {
            Some(word) if word.eq_ignore_case("optional") => Handling::Optional,
            _ => Handling::Required,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip};

    #[test]
    fn a_media_type_is_two_tokens_and_parameters_with_values() {
        round_trip::<ContentType>(b"application/sdp");
        round_trip::<ContentType>(b"multipart/mixed;boundary=\"a b\"");
        let spaced = b"text / html ; charset = ISO-8859-4";
        let (html, rest) = ContentType::decode(spaced, &ParseConfig::DEFAULT).unwrap();
        assert!(html.is("text", "html") && rest.is_empty());
        assert_eq!(html.params.value("charset").unwrap(), "ISO-8859-4");
        refused::<ContentType>(b"sdp", Rule::MediaType, 3);
        refused::<ContentType>(b"application/", Rule::MediaType, 12);
        refused::<ContentType>(b"/sdp", Rule::MediaType, 0);
        refused::<ContentType>(b"a/b;c", Rule::Param, 5);
        refused::<ContentType>(b"a/b;c=", Rule::Param, 6);
        refused::<ContentType>(b"a/b;c=\"d", Rule::QuotedString, 8);
        refused::<ContentType>(b"a/b, c/d", Rule::Trailing, 3);
    }

    #[test]
    fn the_boundary_comes_out_of_its_quotes() {
        let (mixed, _) =
            ContentType::decode(b"Multipart/mixed;BOUNDARY=\"a b\"", &ParseConfig::DEFAULT)
                .unwrap();
        assert!(mixed.is_multipart());
        assert_eq!(mixed.boundary().unwrap(), "a b");
        assert_eq!(ContentType::SDP.boundary(), None);
        let built = ContentType::new("multipart", "mixed").with_param("boundary", "a b");
        assert_eq!(built.boundary(), mixed.boundary());
    }

    #[test]
    fn a_body_must_be_understood_unless_its_handling_is_optional() {
        round_trip::<ContentDisposition>(b"session");
        round_trip::<ContentDisposition>(b"render;handling=required;x");
        refused::<ContentDisposition>(b"", Rule::Token, 0);
        refused::<ContentDisposition>(b"session;", Rule::Param, 8);
        for (text, handling) in [
            (&b"alert"[..], Handling::Required),
            (b"alert;handling=REQUIRED", Handling::Required),
            (b"alert;handling=Optional", Handling::Optional),
            (b"alert;handling=maybe", Handling::Required),
        ] {
            let (read, _) = ContentDisposition::decode(text, &ParseConfig::DEFAULT).unwrap();
            assert_eq!(read.handling(), handling);
        }
        let icon = ContentDisposition::new("icon").with_handling(Handling::Optional);
        assert_eq!(icon.handling(), Handling::Optional);
    }
}
