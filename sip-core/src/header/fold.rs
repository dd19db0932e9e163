//! Folds: line ends inside a value (RFC 3261 section 7.3.1).
//!
//! A value that was read from a folded field holds the fold, since it borrows
//! from the message. What is written stands on one line.

/// Replaces each fold behind `start` by a space. From a line end on that is no
/// fold all is left as it is; gives its place, so that it can be refused.
#[inline]
pub(crate) fn unfold(text: &mut Vec<u8>, start: usize) -> Option<usize> {
    line_end(text, start)?;
    let folded = text.split_off(start.min(text.len()));
    write_unfolded(&folded, text);
    line_end(text, start)
}

#[inline]
fn line_end(text: &[u8], start: usize) -> Option<usize> {
    let end = memchr::memchr2(b'\r', b'\n', text.get(start..)?)?;
    Some(start.saturating_add(end))
}

fn write_unfolded(text: &[u8], out: &mut Vec<u8>) {
    let blank = |octet: &u8| matches!(octet, b' ' | b'\t');
    let mut rest = text;
    while let Some(end) = memchr::memchr2(b'\r', b'\n', rest) {
        let (line, line_end) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let next = match line_end {
            [b'\r', b'\n', next @ ..] | [b'\n', next @ ..] if next.first().is_some_and(blank) => {
                next
            }
            _ => break,
        };
        out.extend_from_slice(line);
        out.push(b' ');
        let blanks = next.iter().take_while(|octet| blank(octet)).count();
        rest = next.get(blanks..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfolded(text: &[u8]) -> Vec<u8> {
        let mut line = text.to_vec();
        let left = unfold(&mut line, 0);
        assert_eq!(left, line_end(&line, 0));
        line
    }

    #[test]
    fn folds_are_written_as_spaces_and_other_line_ends_are_left() {
        assert_eq!(
            unfolded(b";a=1\r\n ;b=\"x\n\t  y\"\r\nEvil: 1\r"),
            b";a=1 ;b=\"x y\"\r\nEvil: 1\r"
        );
        assert_eq!(unfolded(b"a=1,\r\n  b=\"x\r\n y\""), b"a=1, b=\"x y\"");
        assert_eq!(unfolded(b"a\r\n \r\nb"), b"a \r\nb");
        for left in [
            &b"a\r\n\r\n b"[..],
            b"a\r \r\n b",
            b"\r\n",
            b"\r",
            b"a\n\r b",
            b"a b",
        ] {
            assert_eq!(unfolded(left), left, "{}", left.escape_ascii());
        }
    }

    #[test]
    fn what_stands_before_is_let_be() {
        let mut text = b"a\r\n b\r\n c".to_vec();
        assert_eq!(unfold(&mut text, 5), None);
        assert_eq!(text, b"a\r\n b c");
    }
}
