//! Comments in parentheses.

use std::borrow::Cow;

use crate::Text;
use crate::grammar::unquote;

/// A remark for people, in parentheses (`comment`, RFC 3261 section 25.1).
/// It may hold comments itself, no deeper than
/// [`Limits::nesting`](crate::Limits::nesting).
///
/// ```
/// use sip_core::header::Comment;
/// let comment = Comment::new("at lunch :-)");
/// assert_eq!(comment.as_bytes(), br"(at lunch :-\))");
/// assert_eq!(comment.text(), "at lunch :-)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comment<'m>(Text<'m>);

impl<'m> Comment<'m> {
    /// That remark; parentheses and backslashes in it are escaped.
    #[must_use]
    pub fn new(text: &str) -> Comment<'static> {
        let mut comment = Vec::with_capacity(text.len().saturating_add(2));
        comment.push(b'(');
        for octet in text.bytes() {
            if matches!(octet, b'(' | b')' | b'\\') || octet.is_ascii_control() {
                comment.push(b'\\');
            }
            comment.push(octet);
        }
        comment.push(b')');
        Comment(Text::from(comment))
    }

    /// A comment with its parentheses, which has been read.
    pub(crate) fn known(comment: &'m [u8]) -> Self {
        Comment(Text::from_octets(comment))
    }

    /// The comment as it stands, parentheses and all.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// What it says: without the outer parentheses, each escape replaced by
    /// what it stands for.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        let octets = self.0.as_bytes();
        let inside = octets.get(1..octets.len().saturating_sub(1));
        let plain: Cow<'_, [u8]> = unquote(inside.unwrap_or_default());
        Text::from(plain)
    }

    /// The same comment, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Comment<'static> {
        Comment(self.0.into_owned())
    }
}
