//! The parameters that follow a header's value.

use std::borrow::Cow;

use super::shapes::write_token;
use crate::grammar::{self, Class, decode, is, unquote};
use crate::{Fault, ParseConfig, ParseError, Rule, Text};

/// The parameters of a header value, `;name=value`, in their order
/// (`generic-param`, RFC 3261 section 25.1). Names ignore case; values are
/// tokens, hosts, or quoted strings.
///
/// ```
/// use sip_core::header::Params;
/// let mut params = Params::parse(b";tag=a6c85cf;x=\"one \\\"two\\\"\";lr")?;
/// assert_eq!(params.value("TAG").unwrap(), "a6c85cf");
/// assert_eq!(params.value("x").unwrap(), "one \"two\"");
/// assert!(params.contains("lr"));
/// params.set("x", "3");
/// params.remove("tag");
/// assert_eq!(params.as_bytes(), b";lr;x=3");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params<'m>(Text<'m>);

/// One parameter of a header value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param<'p> {
    /// The name, in the case in which it was written.
    pub name: Text<'p>,
    /// The value as it was written, quotes and all, where there is one.
    pub raw: Option<Text<'p>>,
}

impl<'p> Param<'p> {
    /// The value, out of its quotes.
    #[must_use]
    pub fn value(&self) -> Option<Text<'p>> {
        self.raw.clone().map(unquoted)
    }
}

impl<'m> Params<'m> {
    /// No parameters.
    pub const NONE: Params<'static> = Params(Text::new(""));

    /// Reads parameters that fill `text`, each behind a semicolon.
    ///
    /// # Errors
    /// [`Rule::Param`], and those of the values.
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        match decode(grammar::params(text, &ParseConfig::DEFAULT)) {
            Ok((params, [])) => Ok(Params::known(params)),
            Ok((_, rest)) => Err(Fault::new(Rule::Param, rest).in_value(text.len())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    /// Reads parameters from the front of `input`, and gives what follows them:
    /// for a header of one's own, see [`TypedHeader`](super::TypedHeader).
    ///
    /// # Errors
    /// As [`Params::parse`], save that anything may follow.
    pub fn decode(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (params, rest) = decode(grammar::params(input, config))?;
        Ok((Params::known(params), rest))
    }

    /// `text` begins with a semicolon or is empty, and has been read.
    #[inline]
    pub(crate) fn known(text: &'m [u8]) -> Self {
        Params(Text::from_octets(text))
    }

    /// Parameters in a constant, such as `";lr"`. What is wrong with them is
    /// found when the header is put into a message.
    #[must_use]
    pub const fn new(text: &'m str) -> Self {
        Params(Text::new(text))
    }

    /// The parameters in their order.
    #[must_use]
    pub fn iter(&self) -> ParamIter<'_> {
        ParamIter {
            rest: self.0.as_bytes(),
        }
    }

    /// The first parameter of that name, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Param<'_>> {
        self.iter().find(|param| param.name.eq_ignore_case(name))
    }

    /// Whether there is a parameter of that name, with a value or without.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The value of that parameter, out of its quotes; `None` where it is
    /// absent or has no value.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Text<'_>> {
        self.find(name)?.value()
    }

    /// The value of that parameter as a number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u32> {
        decimal(self.find(name)?.raw?.as_bytes())
    }

    /// The `q` parameter, in thousandths: 0 to 1,000.
    pub(crate) fn q(&self) -> Option<u16> {
        q_value(self.find("q")?.raw?.as_bytes())
    }

    /// Gives the parameter this value, in place of one that it had; puts it
    /// in quotes if it needs them. A name that is no token is refused when the
    /// header is put into a message.
    pub fn set(&mut self, name: &str, value: impl AsRef<[u8]>) {
        self.remove(name);
        let value = value.as_ref();
        let mut text = self.take();
        text.reserve(name.len().saturating_add(value.len()).saturating_add(4));
        text.push(b';');
        write_token(name.as_bytes(), &mut text);
        text.push(b'=');
        // `received` is the one that holds an IPv6 address without brackets.
        let address = || name.eq_ignore_ascii_case("received") && grammar::is_ipv6(value);
        if is_bare(value) || address() {
            text.extend_from_slice(value);
        } else {
            quote(value, &mut text);
        }
        self.0 = Text::from(text);
    }

    /// Gives the parameter this value in quotes, in place of one that it had:
    /// for those of which the grammar says `quoted-string`, whatever they hold.
    pub fn set_quoted(&mut self, name: &str, value: impl AsRef<[u8]>) {
        self.remove(name);
        let mut text = self.take();
        text.push(b';');
        write_token(name.as_bytes(), &mut text);
        text.push(b'=');
        quote(value.as_ref(), &mut text);
        self.0 = Text::from(text);
    }

    /// Gives the parameter no value, in place of one that it had. A name that is
    /// no token is refused when the header is put into a message.
    pub fn set_flag(&mut self, name: &str) {
        self.remove(name);
        let mut text = self.take();
        text.push(b';');
        write_token(name.as_bytes(), &mut text);
        self.0 = Text::from(text);
    }

    /// Takes out every parameter of that name; says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        if !self.contains(name) {
            return false;
        }
        let mut kept = Vec::with_capacity(self.0.len());
        let mut left = self.iter();
        let mut before = left.rest;
        while let Some(param) = left.next() {
            if !param.name.eq_ignore_case(name) {
                kept.extend_from_slice(grammar::consumed(before, left.rest));
            }
            before = left.rest;
        }
        self.0 = Text::from(kept);
        true
    }

    /// The parameters as they stand.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same parameters, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Params<'static> {
        Params(self.0.into_owned())
    }

    fn take(&mut self) -> Vec<u8> {
        let text: Cow<'m, [u8]> = std::mem::take(&mut self.0).into();
        text.into_owned()
    }
}

/// The parameters of a value, in their order.
#[derive(Debug, Clone)]
pub struct ParamIter<'p> {
    rest: &'p [u8],
}

impl<'p> ParamIter<'p> {
    /// The parameters in `text`, which begins with a semicolon or is empty,
    /// and has been read.
    pub(super) fn over(text: &'p [u8]) -> Self {
        ParamIter { rest: text }
    }

    /// What follows the parameter that was given last.
    pub(super) fn rest(&self) -> &'p [u8] {
        self.rest
    }
}

impl<'p> Iterator for ParamIter<'p> {
    type Item = Param<'p>;

    #[inline]
    fn next(&mut self) -> Option<Param<'p>> {
        let [b';', after @ ..] = grammar::sws(self.rest) else {
            self.rest = &[];
            return None;
        };
        let start = grammar::sws(after);
        let (rest, name) = grammar::run(Class::TOKEN)(start).ok()?;
        let mut param = Param {
            name: Text::from_octets(name),
            raw: None,
        };
        self.rest = rest;
        if let [b'=', value @ ..] = grammar::sws(rest) {
            let value = grammar::sws(value);
            let end = match value.first() {
                Some(b'"') => grammar::quoted_string(value).ok()?.0,
                _ => grammar::skip(value, Class::PARAM_VALUE),
            };
            param.raw = Some(Text::from_octets(grammar::consumed(value, end)));
            self.rest = end;
        }
        Some(param)
    }
}

impl<'p> IntoIterator for &'p Params<'_> {
    type Item = Param<'p>;
    type IntoIter = ParamIter<'p>;

    fn into_iter(self) -> ParamIter<'p> {
        self.iter()
    }
}

/// A number that is digits alone: `parse` would take a plus sign too.
pub(crate) fn decimal<N: std::str::FromStr>(text: &[u8]) -> Option<N> {
    let digits = Some(text).filter(|text| text.iter().all(u8::is_ascii_digit))?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Text out of its quotes, where it stands in quotes.
pub(crate) fn unquoted(text: Text<'_>) -> Text<'_> {
    let inside = |text: &[u8]| text.len() > 1 && text.first() == Some(&b'"');
    let cut = |text: &[u8]| text.len().saturating_sub(1);
    match text.as_borrowed() {
        Some(raw) if inside(raw) => Text::from(unquote(raw.get(1..cut(raw)).unwrap_or_default())),
        None if inside(text.as_bytes()) => {
            let raw = text.as_bytes();
            Text::from(unquote(raw.get(1..cut(raw)).unwrap_or_default()).into_owned())
        }
        _ => text,
    }
}

/// Whether `value` may stand without quotes: a token, or an address in
/// brackets.
fn is_bare(value: &[u8]) -> bool {
    let token = |text: &[u8]| !text.is_empty() && text.iter().all(|octet| is(*octet, Class::TOKEN));
    match value {
        [b'[', inside @ .., b']'] => grammar::is_ipv6(inside),
        value => token(value),
    }
}

/// `qvalue` in thousandths: `0` to `1` with at most three decimals.
fn q_value(text: &[u8]) -> Option<u16> {
    let (whole, decimals) = match text {
        [whole] => (whole, &[][..]),
        [whole, b'.', decimals @ ..] if decimals.len() <= 3 => (whole, decimals),
        _ => return None,
    };
    let mut value = u16::from(whole.wrapping_sub(b'0'));
    for place in 0..3 {
        let digit = decimals.get(place).copied().unwrap_or(b'0');
        if !digit.is_ascii_digit() || !whole.is_ascii_digit() {
            return None;
        }
        value = value
            .saturating_mul(10)
            .saturating_add(u16::from(digit.wrapping_sub(b'0')));
    }
    (value <= 1_000).then_some(value)
}

/// Appends `value` in quotes. A line end cannot stand there, and is left for
/// the check of what was written: white space behind it must not make it a fold.
pub(crate) fn quote(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut behind_line_end = false;
    for octet in value {
        let line_end = matches!(octet, b'\r' | b'\n');
        if matches!(octet, b'"' | b'\\') || octet.is_ascii_control() || behind_line_end {
            out.push(b'\\');
        }
        out.push(*octet);
        behind_line_end = line_end;
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_quoted_parameter_may_hold_anything() {
        let text = b" ; a = \"x;y=\\\"z\\\"\" ;b=[::1];c;c=2";
        let params = Params::parse(text).unwrap();
        let read: Vec<_> = params
            .iter()
            .map(|param| {
                (
                    param.name.to_string(),
                    param.value().map(|value| value.to_string()),
                )
            })
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read,
            [
                ("a".to_owned(), some("x;y=\"z\"")),
                ("b".to_owned(), some("[::1]")),
                ("c".to_owned(), None),
                ("c".to_owned(), some("2")),
            ]
        );
    }

    #[test]
    fn an_ipv6_address_has_no_quotes_in_received_and_brackets_elsewhere() {
        let mut params = Params::NONE;
        params.set("received", "2001:db8::9");
        params.set("maddr", "[2001:db8::9]");
        params.set("other", "2001:db8::9");
        assert_eq!(
            params.as_bytes(),
            b";received=2001:db8::9;maddr=[2001:db8::9];other=\"2001:db8::9\""
        );
    }

    #[test]
    fn values_are_quoted_where_they_need_it() {
        let mut params = Params::NONE;
        params.set("a", "tok.en");
        params.set("b", "two words \"\\");
        params.set("c", "");
        params.set("d", "[::1]");
        params.set_flag("e");
        assert_eq!(
            params.as_bytes(),
            br#";a=tok.en;b="two words \"\\";c="";d=[::1];e"#
        );
        assert_eq!(params.value("b").unwrap(), "two words \"\\");
        params.set_flag("a");
        assert!(params.remove("B") && !params.remove("b"));
        assert_eq!(params.as_bytes(), br#";c="";d=[::1];e;a"#);
    }
}
