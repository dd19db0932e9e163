//! Quoted strings and comments.

use std::borrow::Cow;

use super::{Class, Parsed, fail, run};
use crate::{Limit, ParseConfig, Rule};

/// `quoted-string`, without white space before it; gives what stands between
/// the quotes, escapes and all.
pub(crate) fn quoted_string(input: &[u8]) -> Parsed<'_, &[u8]> {
    let Some((b'"', inside)) = input.split_first() else {
        return fail(Rule::QuotedString, input);
    };
    let mut rest = inside;
    loop {
        (rest, _) = run(Class::QDTEXT)(rest)?;
        match rest {
            [b'"', after @ ..] => return Ok((after, super::consumed(inside, rest))),
            // quoted-pair: anything but CR, LF and what is beyond ASCII
            [b'\\', escaped, after @ ..]
                if escaped.is_ascii() && !matches!(escaped, b'\r' | b'\n') =>
            {
                rest = after;
            }
            _ => return fail(Rule::QuotedString, rest),
        }
    }
}

/// `comment`, without white space before it; gives it with its parentheses.
pub(crate) fn comment<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    let mut depth: u16 = 0;
    let mut rest = input;
    loop {
        match rest {
            [b'(', after @ ..] => {
                depth = depth.saturating_add(1);
                if depth > config.limits.nesting {
                    return fail(Rule::Limit(Limit::Nesting), rest);
                }
                rest = after;
            }
            [b')', after @ ..] if depth > 0 => {
                depth = depth.saturating_sub(1);
                rest = after;
                if depth == 0 {
                    return Ok((rest, super::consumed(input, rest)));
                }
            }
            [b'\\', escaped, after @ ..]
                if depth > 0 && escaped.is_ascii() && !matches!(escaped, b'\r' | b'\n') =>
            {
                rest = after;
            }
            _ if depth == 0 => return fail(Rule::Comment, rest),
            _ => {
                let (after, text) = run(Class::CTEXT)(rest)?;
                if text.is_empty() {
                    return fail(Rule::Comment, rest);
                }
                rest = after;
            }
        }
    }
}

/// What a quoted string says: its inside with each escape replaced by what it
/// stands for.
pub(crate) fn unquote(inside: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\\', inside).is_none() {
        return Cow::Borrowed(inside);
    }
    let mut plain = Vec::with_capacity(inside.len());
    let mut octets = inside.iter();
    while let Some(octet) = octets.next() {
        match octet {
            b'\\' => plain.extend(octets.next()),
            octet => plain.push(*octet),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Broken;

    #[test]
    fn a_quoted_string_ends_at_the_first_quote_that_is_not_escaped() {
        let (rest, inside) = quoted_string(br#""a \"b\" \\" c"#).unwrap();
        assert_eq!(inside, br#"a \"b\" \\"#);
        assert_eq!(rest, b" c");
        assert_eq!(*unquote(inside), *br#"a "b" \"#);
        for bad in [
            &b"\"open"[..],
            b"\"a\\\"",
            b"\"\x07\"",
            b"none",
            b"",
            b"\"\\\xFF\"",
        ] {
            assert!(quoted_string(bad).is_err(), "{bad:?}");
        }
        assert_eq!(quoted_string(b"\"\\\0\"").unwrap().1, b"\\\0");
    }

    #[test]
    fn comments_nest_up_to_the_limit() {
        let config = ParseConfig::DEFAULT;
        let (rest, all) = comment(br"(a (b) \) c) d", &config).unwrap();
        assert_eq!(all, br"(a (b) \) c)");
        assert_eq!(rest, b" d");
        let deep = [vec![b'('; 9], vec![b')'; 9]].concat();
        let error = comment(&deep, &config).unwrap_err();
        assert!(
            matches!(error, nom::Err::Error(Broken(fault)) if fault.rule == Rule::Limit(Limit::Nesting))
        );
        assert!(comment(b"(open", &config).is_err());
        assert!(comment(b"shut)", &config).is_err());
    }
}
