//! Text as it stands on the wire: octets that are nearly always UTF-8.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::str::Utf8Error;

/// A piece of a message: borrowed from it, or owned.
///
/// SIP says that its text is UTF-8 (RFC 3261 section 7), and phones do not
/// always obey. `Text` therefore keeps octets: nothing is lost when a message
/// is read and sent on, and reading it as a `str` is a question that may be
/// answered with no.
///
/// Comparing two `Text`s compares octets; where the grammar ignores case, use
/// [`Text::eq_ignore_case`].
///
/// ```
/// use sip_core::Text;
/// let tag = Text::from("1928301774");
/// assert_eq!(tag, "1928301774");
/// assert_eq!(tag.to_str(), Ok("1928301774"));
/// assert_eq!(Text::from(&b"J\xFCrgen"[..]).to_string(), "J\u{FFFD}rgen");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<'m>(Cow<'m, [u8]>);

impl<'m> Text<'m> {
    /// Text that borrows `text`, in a constant.
    #[must_use]
    pub const fn new(text: &'m str) -> Self {
        Text(Cow::Borrowed(text.as_bytes()))
    }

    pub(crate) const fn from_octets(octets: &'m [u8]) -> Self {
        Text(Cow::Borrowed(octets))
    }

    /// The octets, as they stand on the wire.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, where it is UTF-8.
    ///
    /// # Errors
    /// Says where the octets stop being UTF-8.
    pub fn to_str(&self) -> Result<&str, Utf8Error> {
        std::str::from_utf8(&self.0)
    }

    /// The text, with U+FFFD in place of what is not UTF-8.
    #[must_use]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// Whether both are the same but for the case of ASCII letters
    /// (RFC 3261 section 7.3.1).
    #[must_use]
    pub fn eq_ignore_case(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.as_bytes())
    }

    /// How many octets there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no octet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same text, borrowed from this one.
    #[must_use]
    pub fn borrowed(&self) -> Text<'_> {
        Text(Cow::Borrowed(&self.0))
    }

    /// The same text, copied out of the message it was borrowed from.
    #[must_use]
    pub fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }

    /// The borrowed octets with the lifetime of the message; of owned text
    /// there are none.
    pub(crate) fn as_borrowed(&self) -> Option<&'m [u8]> {
        match &self.0 {
            Cow::Borrowed(octets) => Some(octets),
            Cow::Owned(_) => None,
        }
    }
}

impl<'m> From<&'m str> for Text<'m> {
    fn from(text: &'m str) -> Self {
        Text::new(text)
    }
}

impl<'m> From<&'m [u8]> for Text<'m> {
    fn from(octets: &'m [u8]) -> Self {
        Text(Cow::Borrowed(octets))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text(Cow::Owned(text.into_bytes()))
    }
}

impl From<Vec<u8>> for Text<'_> {
    fn from(octets: Vec<u8>) -> Self {
        Text(Cow::Owned(octets))
    }
}

impl<'m> From<Cow<'m, [u8]>> for Text<'m> {
    fn from(octets: Cow<'m, [u8]>) -> Self {
        Text(octets)
    }
}

impl<'m> From<Text<'m>> for Cow<'m, [u8]> {
    fn from(text: Text<'m>) -> Self {
        text.0
    }
}

impl AsRef<[u8]> for Text<'_> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == *other.as_bytes()
    }
}

impl PartialEq<String> for Text<'_> {
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl PartialEq<Text<'_>> for str {
    fn eq(&self, other: &Text<'_>) -> bool {
        *other == *self
    }
}

impl PartialEq<Text<'_>> for &str {
    fn eq(&self, other: &Text<'_>) -> bool {
        *other == **self
    }
}

impl PartialEq<Text<'_>> for String {
    fn eq(&self, other: &Text<'_>) -> bool {
        *other == **self
    }
}

/// Equality, order and hash are those of the octets: a map with `Text` as its
/// key may be asked for `&[u8]`.
impl Borrow<[u8]> for Text<'_> {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq<[u8]> for Text<'_> {
    fn eq(&self, other: &[u8]) -> bool {
        *self.0 == *other
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_string_lossy())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::*;

    #[test]
    fn octets_that_are_not_utf8_are_kept() {
        let text = Text::from(&b"\xFF\x00a"[..]);
        assert_eq!(text.as_bytes(), b"\xFF\x00a");
        assert!(text.to_str().is_err());
        assert_eq!(format!("{text:?}"), r#""\xff\x00a""#);
        assert_eq!(text.clone().into_owned(), text);
    }

    #[test]
    fn text_is_compared_from_either_side() {
        let (text, string) = (Text::from("UDP"), String::from("UDP"));
        assert_eq!(text, string);
        assert_eq!(string, text);
        assert_eq!("UDP", text);
        assert_eq!(*"UDP", text);
        assert_ne!("udp", text);
    }

    #[test]
    fn a_map_keyed_by_text_is_asked_for_octets() {
        let tags = HashMap::from([(Text::from("a6c85cf"), 1)]);
        assert_eq!(tags.get(&b"a6c85cf"[..]), Some(&1));
        let tags = BTreeMap::from([(Text::from("a6c85cf").into_owned(), 1)]);
        assert_eq!(tags.get(Text::from("a6c85cf").as_bytes()), Some(&1));
    }

    #[test]
    fn case_is_ignored_only_when_asked() {
        let text = Text::from("UDP");
        assert!(text.eq_ignore_case("udp"));
        assert_ne!(text, "udp");
    }
}
