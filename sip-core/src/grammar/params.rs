//! `*( SEMI generic-param )`: what follows most values.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::many0_count;
use nom::sequence::preceded;

use super::{
    Class, Parsed, consumed, fail, is, is_ipv6, quoted_string, rule, run1, separator, skip, sws,
    token,
};
use crate::{Limit, ParseConfig, Rule};

/// The parameters that follow a value, each behind a semicolon; gives them as
/// they stand, the first semicolon included, or nothing where there is none.
#[inline]
pub(crate) fn params<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    if input.is_empty() {
        return Ok((input, input));
    }
    some_params(input, config)
}

fn some_params<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    let start = sws(input);
    let mut rest = start;
    let mut end = start;
    let mut count: u16 = 0;
    while let [b';', after @ ..] = rest {
        if count == config.limits.params {
            return fail(Rule::Limit(Limit::Params), rest);
        }
        count = count.wrapping_add(1);
        (end, ()) = param(sws(after), config)?;
        rest = sws(end);
    }
    if count == 0 {
        return Ok((input, &[]));
    }
    Ok((end, consumed(start, end)))
}

/// `*( SEMI m-parameter )`: parameters that must have a value, a token or a
/// quoted string, as those of a media type; given as by [`params`].
pub(crate) fn media_params<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    let value = |input: &'m [u8]| match input.first() {
        Some(b'"') => quoted_string(input),
        _ => run1(Class::TOKEN, Rule::Param)(input),
    };
    let param = (
        run1(Class::TOKEN, Rule::Param),
        rule(Rule::Param, separator(b'=')),
        value,
    );
    let (rest, count) = many0_count(preceded(separator(b';'), cut(param))).parse(input)?;
    if count > usize::from(config.limits.params) {
        return fail(Rule::Limit(Limit::Params), input);
    }
    match count {
        0 => Ok((input, &[])),
        _ => {
            let start = sws(input);
            Ok((rest, consumed(start, rest)))
        }
    }
}

/// `generic-param = token [ EQUAL gen-value ]`
#[inline]
pub(crate) fn param<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, ()> {
    let rest = skip(input, Class::TOKEN);
    if rest.len() == input.len() {
        return fail(Rule::Param, input);
    }
    let [b'=', value @ ..] = sws(rest) else {
        return Ok((rest, ()));
    };
    let value = sws(value);
    let end = skip(value, Class::TOKEN);
    if end.len() < value.len() && end.first() != Some(&b':') {
        return Ok((end, ()));
    }
    match value.first() {
        Some(b'"') => {
            let (rest, _) = quoted_string(value)?;
            Ok((rest, ()))
        }
        Some(b'[') => bracketed_ipv6(value),
        _ if end.first() == Some(&b':') => bare_ipv6(consumed(input, rest), value, config),
        _ => fail(Rule::Param, value),
    }
}

/// `IPv6reference`
fn bracketed_ipv6(input: &[u8]) -> Parsed<'_, ()> {
    let end = memchr::memchr(b']', input).unwrap_or(0);
    if !input.get(1..end).is_some_and(is_ipv6) {
        return fail(Rule::IpAddress, input);
    }
    let rest = input.get(end.saturating_add(1)..).unwrap_or_default();
    Ok((rest, ()))
}

/// `via-received`: an `IPv6address`, which has no brackets. Those that others
/// write all the same are read too, as RFC 5118 section 4.5 asks for.
#[cold]
fn bare_ipv6<'m>(name: &[u8], value: &'m [u8], config: &ParseConfig) -> Parsed<'m, ()> {
    let length = value
        .iter()
        .position(|octet| !is(*octet, Class::HEX) && !matches!(octet, b':' | b'.'))
        .unwrap_or(value.len());
    let (address, rest) = value.split_at_checked(length).unwrap_or((value, &[]));
    if config.leniency.bare_ipv6_in_received
        && name.eq_ignore_ascii_case(b"received")
        && is_ipv6(address)
    {
        return Ok((rest, ()));
    }
    fail(Rule::Param, token(value).map_or(value, |(rest, _)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Broken;

    const LENIENT: ParseConfig = ParseConfig::DEFAULT;

    #[test]
    fn parameters_end_where_the_grammar_does() {
        let (rest, text) = params(b" ; a=1 ;b ; c=\"x;y\" , next", &LENIENT).unwrap();
        assert_eq!(text, b"; a=1 ;b ; c=\"x;y\"");
        assert_eq!(rest, b" , next");
        assert_eq!(params(b" >", &LENIENT).unwrap(), (&b" >"[..], &b""[..]));
        assert!(params(b";;", &LENIENT).is_err());
        assert!(params(b";a=", &LENIENT).is_err());
        assert!(params(b";a=\"x", &LENIENT).is_err());
        assert!(params(b";a=[::1", &LENIENT).is_err());
        assert!(params(b";a=[::1]", &LENIENT).is_ok());
    }

    #[test]
    fn a_parameter_of_a_media_type_has_a_value() {
        let (rest, text) = media_params(b" ; a = 1;b=\"x;y\" , next", &LENIENT).unwrap();
        assert_eq!(text, b"; a = 1;b=\"x;y\"");
        assert_eq!(rest, b" , next");
        assert_eq!(
            media_params(b" >", &LENIENT).unwrap(),
            (&b" >"[..], &b""[..])
        );
        for bad in [
            &b";a"[..],
            b";",
            b";a=",
            b";a=[::1]",
            b";a=1;;b=1",
            b";a=\"x",
        ] {
            assert!(media_params(bad, &LENIENT).is_err(), "{bad:?}");
        }
        assert!(media_params(";a=1".repeat(65).as_bytes(), &LENIENT).is_err());
    }

    #[test]
    fn an_ipv6_address_without_brackets_is_read_in_received_alone() {
        for good in [&b";received=2001:db8::9:255"[..], b";received=::1;rport=9"] {
            assert_eq!(params(good, &LENIENT).unwrap().0, b"");
            assert_eq!(params(good, &ParseConfig::STRICT).unwrap().0, b"");
        }
        assert!(params(b";maddr=2001:db8::9", &LENIENT).is_err());
        assert!(params(b";received=2001:db8", &LENIENT).is_err());
    }

    #[test]
    fn more_parameters_than_the_limit_are_refused_by_name() {
        let many = ";a".repeat(65);
        let error = params(many.as_bytes(), &LENIENT).unwrap_err();
        assert!(
            matches!(error, nom::Err::Error(Broken(fault)) if fault.rule == Rule::Limit(Limit::Params))
        );
    }
}
