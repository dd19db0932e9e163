//! `auth-param`s: what follows the scheme of a challenge or of credentials
//! (RFC 3261 section 25.1, RFC 7235 section 2.1).

use nom::Parser;
use nom::bytes::complete::{take_while, take_while1};
use nom::combinator::recognize;
use nom::sequence::separated_pair;

use super::{Class, Parsed, consumed, fail, is, quoted_string, rule, separator, skip_comma, token};
use crate::{Limit, ParseConfig, Rule};

/// `auth-param *( COMMA auth-param )`; gives them as they stand. A name that
/// is given twice is refused: whoever reads the other one would be fooled.
pub(crate) fn auth_params<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    let mut next = input;
    let mut count: u16 = 0;
    loop {
        count = count.saturating_add(1);
        if count > config.limits.params {
            return fail(Rule::Limit(Limit::Params), next);
        }
        let (rest, (name, _)) = auth_param(next)?;
        let before = consumed(input, next);
        if each_auth_param(before).any(|(earlier, _)| earlier.eq_ignore_ascii_case(name)) {
            return fail(Rule::RepeatedParam, next);
        }
        match skip_comma(rest) {
            Some(after) => next = after,
            None => return Ok((rest, consumed(input, rest))),
        }
    }
}

/// The names and values, quotes and all, of parameters that have been read.
pub(crate) fn each_auth_param(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut next = text;
    std::iter::from_fn(move || {
        let (rest, param) = auth_param(next).ok()?;
        next = skip_comma(rest).unwrap_or_default();
        Some(param)
    })
}

/// `auth-param-name EQUAL ( token / quoted-string )`
fn auth_param(input: &[u8]) -> Parsed<'_, (&[u8], &[u8])> {
    separated_pair(
        rule(Rule::Param, token),
        rule(Rule::Param, separator(b'=')),
        auth_value,
    )
    .parse(input)
}

fn auth_value(input: &[u8]) -> Parsed<'_, &[u8]> {
    match input.first() {
        Some(b'"') => recognize(quoted_string).parse(input),
        _ => rule(Rule::Param, token)(input),
    }
}

/// `token68`, what some credentials are instead of parameters: letters,
/// digits and `-._~+/`, then perhaps equals signs (RFC 7235 section 2.1).
pub(crate) fn token68(input: &[u8]) -> Parsed<'_, &[u8]> {
    let text = |octet| is(octet, Class::ALPHANUM) || b"-._~+/".contains(&octet);
    rule(
        Rule::Credentials,
        recognize((take_while1(text), take_while(|octet| octet == b'='))),
    )(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Broken;

    #[test]
    fn parameters_are_divided_by_commas_and_white_space_is_free() {
        let text = b"realm = \"a, \\\"b\\\"\" ,\r\n nonce=\"\",stale=FALSE \t";
        let (rest, params) = auth_params(text, &ParseConfig::DEFAULT).unwrap();
        assert_eq!(rest, b" \t");
        assert_eq!(
            each_auth_param(params).collect::<Vec<_>>(),
            [
                (&b"realm"[..], &b"\"a, \\\"b\\\"\""[..]),
                (b"nonce", b"\"\""),
                (b"stale", b"FALSE"),
            ]
        );
    }

    #[test]
    fn each_fault_of_a_parameter_has_its_place() {
        let fault = |text: &'static str| match auth_params(text.as_bytes(), &ParseConfig::DEFAULT)
            .unwrap_err()
        {
            nom::Err::Error(Broken(fault)) => (fault.rule, text.len() - fault.remaining),
            other => panic!("{other:?}"),
        };
        assert_eq!(fault(""), (Rule::Param, 0));
        assert_eq!(fault("a"), (Rule::Param, 1));
        assert_eq!(fault("a="), (Rule::Param, 2));
        assert_eq!(fault("a=1,"), (Rule::Param, 4));
        assert_eq!(fault("a=1,,b=2"), (Rule::Param, 4));
        assert_eq!(fault(",a=1"), (Rule::Param, 0));
        assert_eq!(fault("a=\"1"), (Rule::QuotedString, 4));
        assert_eq!(fault("a=1, A=2"), (Rule::RepeatedParam, 5));
        let many: String = (0..65).map(|index| format!("p{index}=1,")).collect();
        let error = auth_params(many.as_bytes(), &ParseConfig::DEFAULT).unwrap_err();
        assert!(
            matches!(error, nom::Err::Error(Broken(fault)) if fault.rule == Rule::Limit(Limit::Params))
        );
    }

    #[test]
    fn a_token68_ends_with_its_padding() {
        assert_eq!(
            token68(b"aB3-._~+/== x").unwrap(),
            (&b" x"[..], &b"aB3-._~+/=="[..])
        );
        assert!(token68(b"=").is_err());
    }
}
