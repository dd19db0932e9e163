//! The parameters and headers of a URI.

use std::borrow::Cow;

use super::parse::unescape;
use crate::Text;

/// The parameters of a URI, in their order (RFC 3261 section 19.1.1,
/// RFC 3966 section 3).
#[derive(Debug, Clone)]
pub struct UriParams<'u>(Text<'u>);

/// One parameter of a URI, as it stands there, escapes and all.
#[derive(Debug, Clone)]
pub struct UriParam<'u> {
    /// The name; its case makes no difference.
    pub name: Text<'u>,
    /// What stands behind the equals sign, where there is one.
    pub value: Option<Text<'u>>,
}

impl<'u> UriParams<'u> {
    /// `text` begins with a semicolon or is empty.
    pub(super) fn known(text: Text<'u>) -> Self {
        UriParams(text)
    }

    /// The parameters in their order.
    pub fn iter(&self) -> impl Iterator<Item = UriParam<'_>> {
        pairs(self.0.as_bytes(), b';').map(|(name, value)| UriParam { name, value })
    }

    /// The first parameter of that name, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<UriParam<'_>> {
        self.iter().find(|param| param.name.eq_ignore_case(name))
    }

    /// Whether there is a parameter of that name, with a value or without.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The value of that parameter, its escapes replaced by what they mean.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Text<'_>> {
        let (_, value) =
            pairs(self.0.as_bytes(), b';').find(|(param, _)| param.eq_ignore_case(name))?;
        Some(unescaped(value?))
    }

    /// The parameters as they stand, each behind its semicolon.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The headers of a SIP URI, in their order: header fields that a request
/// made from the URI is to carry (RFC 3261 section 19.1.5).
#[derive(Debug, Clone)]
pub struct UriHeaders<'u>(Text<'u>);

/// One header of a SIP URI, as it stands there, escapes and all.
#[derive(Debug, Clone)]
pub struct UriHeader<'u> {
    /// The name.
    pub name: Text<'u>,
    /// The value, perhaps empty.
    pub value: Text<'u>,
}

impl UriHeader<'_> {
    /// The value, its escapes replaced by what they mean.
    #[must_use]
    pub fn value_unescaped(&self) -> Cow<'_, [u8]> {
        unescape(self.value.as_bytes())
    }
}

impl<'u> UriHeaders<'u> {
    /// `text` begins with a question mark or is empty.
    pub(super) fn known(text: Text<'u>) -> Self {
        UriHeaders(text)
    }

    /// The headers in their order.
    pub fn iter(&self) -> impl Iterator<Item = UriHeader<'_>> {
        pairs(self.0.as_bytes(), b'&').map(|(name, value)| UriHeader {
            name,
            value: value.unwrap_or_default(),
        })
    }

    /// The headers as they stand, with the question mark.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn pairs(text: &[u8], divider: u8) -> impl Iterator<Item = (Text<'_>, Option<Text<'_>>)> {
    let inside = text.get(1..);
    inside
        .into_iter()
        .flat_map(move |inside| inside.split(move |octet| *octet == divider))
        .map(|pair| {
            let mut halves = pair.splitn(2, |octet| *octet == b'=');
            let name = halves.next().unwrap_or_default();
            (Text::from(name), halves.next().map(Text::from))
        })
}

fn unescaped(value: Text<'_>) -> Text<'_> {
    match value.as_borrowed() {
        Some(octets) => Text::from(unescape(octets)),
        None => Text::from(unescape(value.as_bytes()).into_owned()),
    }
}
