//! Parameters as they stand between their quotes, which is what digests are
//! made over (RFC 7616 section 3.4, `unq`).

use crate::header::{AuthParams, quote, unfold};

/// The value as it stands between quotes: with a backslash where one is needed.
pub(super) fn escaped(value: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(value.len().saturating_add(2));
    quote(value, &mut text);
    text.pop();
    if !text.is_empty() {
        text.remove(0);
    }
    text
}

/// The parameter as it was sent, without its quotes but with its escapes. A
/// fold is one space: that is what a proxy may have made of a space, and what
/// is written when the value is sent back.
pub(super) fn sent(params: &AuthParams<'_>, name: &str) -> Option<Vec<u8>> {
    let mut value = params.sent(name)?.as_bytes().to_vec();
    unfold(&mut value, 0);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_kept_and_folds_are_spaces() {
        let params = AuthParams::parse(b"a=\"x\\\"y\",b=z, c=\"1\r\n 2\"").unwrap();
        assert_eq!(sent(&params, "a").unwrap(), b"x\\\"y");
        assert_eq!(sent(&params, "B").unwrap(), b"z");
        assert_eq!(sent(&params, "c").unwrap(), b"1 2");
        assert_eq!(sent(&params, "d"), None);
        assert_eq!(escaped(b"x\"y\\"), b"x\\\"y\\\\");
        assert_eq!(escaped(b""), b"");
    }
}
