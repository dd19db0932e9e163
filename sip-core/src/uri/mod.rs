//! URIs: `sip:`, `sips:`, `tel:`, `urn:service:`, and any other kept as it is.

mod aor;
mod build;
mod compare;
mod edit;
mod escape;
mod host;
mod parse;
mod parts;
mod service;
mod sip_params;
mod telephone;

pub use aor::AorKey;
pub use build::UriBuilder;
pub use host::Host;
pub use parts::{UriHeader, UriHeaders, UriParam, UriParams};
pub use service::Service;
pub use telephone::{PhoneContext, Telephone};

use std::fmt;
use std::str::FromStr;

use crate::{ParseConfig, ParseError, Text};
use escape::unescaped;
use parse::Parts;

/// What kind of URI a [`Uri`] is (RFC 3986 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// `sip:` (RFC 3261 section 19.1)
    Sip,
    /// `sips:` (RFC 3261 section 19.1, RFC 5630)
    Sips,
    /// `tel:` (RFC 3966)
    Tel,
    /// `urn:` (RFC 8141), among them `urn:service:` (RFC 5031)
    Urn,
    /// Any other; [`Uri::scheme_text`] has its name.
    Other,
}

/// A URI: its text, and where its parts lie in it.
///
/// The parts are as they stand in the text, escapes and all: which escapes
/// mean something else than the character depends on the part (RFC 3261
/// section 19.1.2). [`Uri::user_unescaped`] and its like say what they mean.
///
/// There is no `==` between URIs: SIP's own comparison is not transitive
/// (RFC 3261 section 19.1.4). Compare with [`Uri::equivalent`], and key maps
/// by [`AorKey`](crate::AorKey).
///
/// ```
/// use sip_core::{Scheme, Uri};
/// let uri: Uri = "sips:alice:secret@example.com:5061;transport=tcp?subject=x".parse()?;
/// assert_eq!(uri.scheme(), Scheme::Sips);
/// assert_eq!(uri.user().unwrap(), "alice");
/// assert_eq!(uri.host().unwrap().to_string(), "example.com");
/// assert_eq!(uri.port(), Some(5061));
/// assert_eq!(uri.params().value("transport").unwrap(), "tcp");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Uri<'m> {
    text: Text<'m>,
    parts: Parts,
}

impl<'m> Uri<'m> {
    /// Reads a URI that fills `text`, by the defaults of [`ParseConfig`].
    ///
    /// # Errors
    /// Where the grammar of its scheme is broken: RFC 3261 section 25.1,
    /// RFC 3966 section 3, RFC 8141 section 2, or RFC 3986 for the others.
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        Uri::parse_with(text, &ParseConfig::DEFAULT)
    }

    /// Reads a URI that fills `text`.
    ///
    /// # Errors
    /// As [`Uri::parse`].
    pub fn parse_with(text: &'m [u8], config: &ParseConfig) -> Result<Self, ParseError> {
        Uri::read(text, config).map_err(|fault| fault.in_value(text.len()))
    }

    /// As `parse_with`; the fault counts what is left of `text`.
    #[inline]
    pub(crate) fn read(text: &'m [u8], config: &ParseConfig) -> Result<Self, crate::Fault> {
        Ok(Uri {
            parts: parse::parts(text, config)?,
            text: Text::from(text),
        })
    }

    /// Reads a `sip:` URI from the front of `text`; gives what follows it.
    #[inline]
    pub(crate) fn read_front(text: &'m [u8], config: &ParseConfig) -> Option<(Self, &'m [u8])> {
        let (parts, rest) = parse::parts_at_front(text, config)?;
        let text = Text::from(crate::grammar::consumed(text, rest));
        Some((Uri { text, parts }, rest))
    }

    /// The URI's text, whole.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// What kind of URI it is.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.parts.scheme
    }

    /// The scheme's name as it stands, without the colon.
    #[must_use]
    pub fn scheme_text(&self) -> Text<'_> {
        self.slice(0, self.parts.scheme_end)
    }

    /// Whether it is a `sip:` or `sips:` URI.
    #[must_use]
    pub fn is_sip(&self) -> bool {
        matches!(self.parts.scheme, Scheme::Sip | Scheme::Sips)
    }

    /// The user part of a SIP URI or the number of a `tel:` URI, as it stands.
    #[must_use]
    pub fn user(&self) -> Option<Text<'_>> {
        self.raw_user().map(Text::from)
    }

    /// The password of a SIP URI, as it stands. Whoever sends one sends it to
    /// everybody on the way (RFC 3261 section 19.1.1).
    #[must_use]
    pub fn password(&self) -> Option<Text<'_>> {
        self.raw_password().map(Text::from)
    }

    /// The user part of a SIP URI, or the number of a `tel:` URI, each escape
    /// replaced by the octet that it stands for (RFC 3261 section 19.1.2). To
    /// tell an escaped `;` from one that divides a telephone number from its
    /// parameters, see [`Uri::telephone`].
    ///
    /// ```
    /// use sip_core::Uri;
    /// let uri: Uri = "sip:j%C3%BCrgen%40home@pbx.example".parse()?;
    /// assert_eq!(uri.user().unwrap(), "j%C3%BCrgen%40home");
    /// assert_eq!(uri.user_unescaped().unwrap(), "jürgen@home");
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    #[must_use]
    pub fn user_unescaped(&self) -> Option<Text<'_>> {
        self.raw_user().map(unescaped)
    }

    /// The password of a SIP URI, its escapes replaced by what they mean; see
    /// [`Uri::password`].
    #[must_use]
    pub fn password_unescaped(&self) -> Option<Text<'_>> {
        self.raw_password().map(unescaped)
    }

    /// The host of a SIP URI.
    #[must_use]
    pub fn host(&self) -> Option<Host<'_>> {
        self.is_sip().then(|| {
            Host::known(
                self.slice(self.parts.host_start, self.parts.host_end),
                self.parts.host_kind,
            )
        })
    }

    /// The port of a SIP URI, where it names one.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.parts.port
    }

    /// The parameters of a SIP or `tel:` URI; those of another have none.
    #[must_use]
    pub fn params(&self) -> UriParams<'_> {
        UriParams::known(self.octets(self.parts.params_start, self.parts.headers_start))
    }

    /// The headers of a SIP URI, behind its question mark.
    #[must_use]
    pub fn headers(&self) -> UriHeaders<'_> {
        UriHeaders::known(self.octets(self.parts.headers_start, u16::MAX))
    }

    /// What follows the scheme and its colon.
    #[must_use]
    pub fn after_scheme(&self) -> Text<'_> {
        self.slice(self.parts.after_scheme(), u16::MAX)
    }

    /// The same URI, borrowed from this one.
    #[must_use]
    pub fn borrowed(&self) -> Uri<'_> {
        Uri {
            text: self.text.borrowed(),
            parts: self.parts,
        }
    }

    /// The same URI, copied out of the message it was borrowed from: one
    /// allocation, as long as its text.
    #[must_use]
    pub fn into_owned(self) -> Uri<'static> {
        Uri {
            text: self.text.into_owned(),
            parts: self.parts,
        }
    }

    fn raw_user(&self) -> Option<&[u8]> {
        let start = self.parts.after_scheme();
        (self.parts.user_end > start).then(|| self.octets(start, self.parts.user_end))
    }

    fn raw_password(&self) -> Option<&[u8]> {
        let start = self.parts.user_end.saturating_add(1);
        let end = self.parts.host_start.saturating_sub(1);
        (self.is_sip() && self.parts.user_end > self.parts.after_scheme() && start <= end)
            .then(|| self.octets(start, end))
    }

    fn slice(&self, start: u16, end: u16) -> Text<'_> {
        Text::from(self.octets(start, end))
    }

    fn octets(&self, start: u16, end: u16) -> &[u8] {
        let octets = self.text.as_bytes();
        let end = usize::from(end).min(octets.len());
        octets.get(usize::from(start)..end).unwrap_or_default()
    }
}

impl FromStr for Uri<'static> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Ok(Uri::parse(text.as_bytes())?.into_owned())
    }
}

impl<'m> TryFrom<&'m str> for Uri<'m> {
    type Error = ParseError;

    fn try_from(text: &'m str) -> Result<Self, ParseError> {
        Uri::parse(text.as_bytes())
    }
}

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl fmt::Debug for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uri({:?})", self.text)
    }
}
