//! The parameters and headers of a URI.

use std::fmt;

use super::escape::{is_name, unescaped};
use crate::Text;

/// The parameters of a URI, in their order (RFC 3261 section 19.1.1,
/// RFC 3966 section 3).
#[derive(Clone, Copy)]
pub struct UriParams<'u>(&'u [u8]);

/// One parameter of a URI, as it stands there, escapes and all (RFC 3261
/// section 19.1.1).
#[derive(Debug, Clone)]
pub struct UriParam<'u> {
    /// The name; its case makes no difference.
    pub name: Text<'u>,
    /// What stands behind the equals sign, where there is one.
    pub value: Option<Text<'u>>,
}

impl<'u> UriParams<'u> {
    /// `text` begins with a semicolon or is empty.
    pub(super) fn known(text: &'u [u8]) -> Self {
        UriParams(text)
    }

    /// The parameters in their order.
    pub fn iter(&self) -> impl Iterator<Item = UriParam<'u>> + use<'u> {
        self.pairs().map(|(name, value)| UriParam {
            name: Text::from(name),
            value: value.map(Text::from),
        })
    }

    /// The first parameter of that name, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<UriParam<'u>> {
        let (name, value) = self.find_pair(name)?;
        Some(UriParam {
            name: Text::from(name),
            value: value.map(Text::from),
        })
    }

    /// Whether there is a parameter of that name, with a value or without.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.find_pair(name).is_some()
    }

    /// The value of that parameter, its escapes replaced by what they mean;
    /// `None` where it is absent or has no value.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Text<'u>> {
        self.raw_value(name).map(unescaped)
    }

    /// The parameters as they stand, each behind its semicolon.
    #[must_use]
    pub fn as_bytes(&self) -> &'u [u8] {
        self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of that parameter as it stands.
    pub(super) fn raw_value(&self, name: &str) -> Option<&'u [u8]> {
        self.find_pair(name)?.1
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair<'u>> + use<'u> {
        pairs(self.0, b';')
    }

    fn find_pair(&self, name: &str) -> Option<Pair<'u>> {
        self.pairs().find(|(param, _)| is_name(param, name))
    }
}

impl fmt::Debug for UriParams<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UriParams({:?})", Text::from(self.0))
    }
}

/// The headers of a SIP URI, in their order: header fields that a request
/// made from the URI is to carry (RFC 3261 section 19.1.5).
#[derive(Clone, Copy)]
pub struct UriHeaders<'u>(&'u [u8]);

/// One header of a SIP URI, as it stands there, escapes and all (RFC 3261
/// section 19.1.5).
#[derive(Debug, Clone)]
pub struct UriHeader<'u> {
    /// The name.
    pub name: Text<'u>,
    /// The value, perhaps empty.
    pub value: Text<'u>,
}

impl UriHeader<'_> {
    /// The name, its escapes replaced by what they mean.
    #[must_use]
    pub fn name_unescaped(&self) -> Text<'_> {
        unescaped(self.name.as_bytes())
    }

    /// The value, its escapes replaced by what they mean.
    #[must_use]
    pub fn value_unescaped(&self) -> Text<'_> {
        unescaped(self.value.as_bytes())
    }
}

impl<'u> UriHeaders<'u> {
    /// `text` begins with a question mark or is empty.
    pub(super) fn known(text: &'u [u8]) -> Self {
        UriHeaders(text)
    }

    /// The headers in their order.
    pub fn iter(&self) -> impl Iterator<Item = UriHeader<'u>> + use<'u> {
        self.pairs().map(|(name, value)| UriHeader {
            name: Text::from(name),
            value: Text::from(value.unwrap_or_default()),
        })
    }

    /// The headers as they stand, with the question mark.
    #[must_use]
    pub fn as_bytes(&self) -> &'u [u8] {
        self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair<'u>> + use<'u> {
        pairs(self.0, b'&')
    }
}

impl fmt::Debug for UriHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UriHeaders({:?})", Text::from(self.0))
    }
}

/// A name, and what stands behind its equals sign.
pub(super) type Pair<'u> = (&'u [u8], Option<&'u [u8]>);

fn pairs(text: &[u8], divider: u8) -> impl Iterator<Item = Pair<'_>> {
    text.get(1..)
        .into_iter()
        .flat_map(move |inside| inside.split(move |octet| *octet == divider))
        .map(|pair| match memchr::memchr(b'=', pair) {
            Some(equals) => (
                pair.get(..equals).unwrap_or_default(),
                pair.get(equals.saturating_add(1)..),
            ),
            None => (pair, None),
        })
}
