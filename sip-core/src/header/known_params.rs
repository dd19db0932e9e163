//! Parameters whose values a header knows the grammar of.
//!
//! A header lists them; each may stand but once (RFC 3261 section 7.3.1), and
//! its value is read when the header is, so that a parameter that is absent
//! cannot be confused with one that is broken.

use super::params::{ParamIter, Params};
use crate::grammar::{self, Parsed, decode, number_u32, token};
use crate::{Fault, ParseConfig, Rule, Text};

/// A parameter's name, and what its value is.
pub(crate) type KnownParam = (&'static str, ParamValue);

/// What the value of a parameter is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ParamValue {
    /// There is none: the name says it all.
    Absent,
    /// A token.
    Token,
    /// A number of 32 bits, such as `delta-seconds`.
    Number,
    /// One of these words, in any case.
    Word(&'static [&'static str]),
    /// A quoted string whose inside is as this function says.
    Quoted(fn(&[u8]) -> bool),
}

impl<'m> Params<'m> {
    /// Reads parameters from the front of `input`, among them those that are
    /// known.
    pub(crate) fn read(
        input: &'m [u8],
        config: &ParseConfig,
        known: &[KnownParam],
    ) -> Result<(Self, &'m [u8]), Fault> {
        let (text, rest) = decode(grammar::params(input, config))?;
        check_known(text, rest, known)?;
        Ok((Params::known(text), rest))
    }
}

/// Checks those parameters in `text` that are known; `rest` follows them.
pub(crate) fn check_known(text: &[u8], rest: &[u8], known: &[KnownParam]) -> Result<(), Fault> {
    let mut seen: u32 = 0;
    let mut params = ParamIter::over(text);
    loop {
        let before = params.rest();
        let Some(param) = params.next() else {
            return Ok(());
        };
        let place = known
            .iter()
            .zip(0_u32..)
            .find(|((name, _), _)| param.name.eq_ignore_case(name));
        let Some(((_, value), place)) = place else {
            continue;
        };
        let fault = |rule, left: usize| Fault {
            rule,
            remaining: left.saturating_add(rest.len()),
        };
        let bit = 1_u32.checked_shl(place).unwrap_or(0);
        if seen & bit != 0 {
            return Err(fault(Rule::RepeatedParam, before.len()));
        }
        seen |= bit;
        let raw = param.raw.as_ref().map(Text::as_bytes);
        value.check(raw).map_err(|rule| {
            let value_length = raw.map_or(0, <[u8]>::len);
            fault(rule, params.rest().len().saturating_add(value_length))
        })?;
    }
}

impl ParamValue {
    fn check(self, raw: Option<&[u8]>) -> Result<(), Rule> {
        let sound = |sound: bool, rule| if sound { Ok(()) } else { Err(rule) };
        match (self, raw) {
            (ParamValue::Absent, raw) => sound(raw.is_none(), Rule::Param),
            (_, None) => Err(Rule::Param),
            (ParamValue::Token, Some(raw)) => sound(fills(token(raw)), Rule::Token),
            (ParamValue::Number, Some(raw)) => sound(fills(number_u32(raw)), Rule::Number),
            (ParamValue::Word(words), Some(raw)) => sound(
                words
                    .iter()
                    .any(|word| word.as_bytes().eq_ignore_ascii_case(raw)),
                Rule::Keyword,
            ),
            (ParamValue::Quoted(allows), Some(raw)) => match decode(grammar::quoted_string(raw)) {
                Ok((inside, [])) => sound(allows(inside), Rule::Param),
                _ => Err(Rule::QuotedString),
            },
        }
    }
}

/// Whether a parser found what it looks for, and nothing behind it.
fn fills<O>(parsed: Parsed<'_, O>) -> bool {
    matches!(parsed, Ok((rest, _)) if rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[KnownParam] = &[
        ("flag", ParamValue::Absent),
        ("tag", ParamValue::Token),
        ("expires", ParamValue::Number),
        ("refresher", ParamValue::Word(&["uac", "uas"])),
        ("cid", ParamValue::Quoted(|inside| !inside.is_empty())),
    ];

    #[test]
    fn known_parameters_are_read_and_others_are_let_be() {
        let text = b";tag=a;x;x;Expires=4294967295;REFRESHER=Uas;flag;cid=\"a\" , next";
        let (params, rest) = Params::read(text, &ParseConfig::DEFAULT, KNOWN).unwrap();
        assert_eq!(params.value("refresher").unwrap(), "Uas");
        assert_eq!(rest, b" , next");
    }

    #[test]
    fn a_fault_lies_where_the_value_or_the_second_parameter_begins() {
        for (text, rule, remaining) in [
            (&b";flag=1 ,"[..], Rule::Param, 3),
            (b";tag", Rule::Param, 0),
            (b";tag=\"a\";x", Rule::Token, 5),
            (b";tag=[::1]", Rule::Token, 5),
            (b";expires=4294967296", Rule::Number, 10),
            (b";expires=1a;b", Rule::Number, 4),
            (b";refresher=us", Rule::Keyword, 2),
            (b";cid=a", Rule::QuotedString, 1),
            (b";cid=\"\"", Rule::Param, 2),
            (b";tag=a;TAG=a", Rule::RepeatedParam, 6),
        ] {
            let fault = Params::read(text, &ParseConfig::DEFAULT, KNOWN).unwrap_err();
            assert_eq!((fault.rule, fault.remaining), (rule, remaining), "{text:?}");
        }
    }
}
