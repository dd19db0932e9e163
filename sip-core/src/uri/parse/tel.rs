//! `tel:` URIs (RFC 3966 section 3).

use super::{Parts, escaped_run, offset, sip_param};
use crate::grammar::{self, Class};
use crate::uri::{Scheme, UriParams};
use crate::{Fault, Limit, ParseConfig, Rule};

/// `telephone-subscriber` (RFC 3966 section 3), but that a local number may
/// lack the `phone-context` that it must have: telephones send `tel:112` when
/// somebody dials 112, and are to be answered.
pub(super) fn tel(text: &[u8], rest: &[u8], config: &ParseConfig) -> Result<Parts, Fault> {
    let number_start = rest;
    let number_end = telephone_number(number_start)?;
    let end = tel_params(number_end, config)?;
    if !end.is_empty() {
        return Err(Fault::new(Rule::TelUri, end));
    }
    let global = number_start.first() == Some(&b'+');
    if !global && !config.leniency.local_number_without_context {
        let params = UriParams::known(number_end);
        if !params.contains("phone-context") {
            return Err(Fault::new(Rule::PhoneContext, number_start));
        }
    }
    let length = offset(text, &[]);
    Ok(Parts {
        scheme: Scheme::Tel,
        user_end: offset(text, number_end),
        params_start: offset(text, number_end),
        ..Parts::opaque(Scheme::Tel, offset(text, number_start), length)
    })
}

/// `*par` (RFC 3966 section 3): as [`params`], but a subaddress may hold any
/// character of a URI.
fn tel_params<'u>(input: &'u [u8], config: &ParseConfig) -> Result<&'u [u8], Fault> {
    let mut rest = input;
    let mut count: u16 = 0;
    while let [b';', param @ ..] = rest {
        count = count.saturating_add(1);
        if count > config.limits.params {
            return Err(Fault::new(Rule::Limit(Limit::Params), rest));
        }
        let after_name = escaped_run(param, Class::URI_PARAM)?;
        let subaddress = grammar::consumed(param, after_name).eq_ignore_ascii_case(b"isub");
        rest = match after_name {
            [b'=', value @ ..] if subaddress => {
                let end = memchr::memchr(b';', value).unwrap_or(value.len());
                let (value, next) = value.split_at_checked(end).unwrap_or((value, &[]));
                let in_uri = |fault: Fault| Fault {
                    remaining: fault.remaining.saturating_add(next.len()),
                    ..fault
                };
                let left = escaped_run(value, Class::URIC).map_err(in_uri)?;
                if value.is_empty() || !left.is_empty() {
                    return Err(in_uri(Fault::new(Rule::Param, left)));
                }
                next
            }
            _ => sip_param(param)?,
        };
    }
    Ok(rest)
}

/// `global-number-digits` or `local-number-digits`; gives what follows.
pub(in crate::uri) fn telephone_number(input: &[u8]) -> Result<&[u8], Fault> {
    let (global, digits) = match input {
        [b'+', digits @ ..] => (true, digits),
        _ => (false, input),
    };
    let mut seen_digit = false;
    let mut rest = digits;
    while let [octet, after @ ..] = rest {
        match octet {
            b'-' | b'.' | b'(' | b')' => {}
            b'0'..=b'9' => seen_digit = true,
            b'a'..=b'f' | b'A'..=b'F' | b'*' | b'#' if !global => seen_digit = true,
            // `#` may not stand bare in a URI (RFC 3986 section 2), and is
            // written escaped by those who know.
            b'%' if !global => match after {
                [b'2', b'3' | b'A' | b'a', after @ ..] => {
                    seen_digit = true;
                    rest = after;
                    continue;
                }
                _ => break,
            },
            _ => break,
        }
        rest = after;
    }
    if seen_digit {
        Ok(rest)
    } else {
        Err(Fault::new(Rule::TelUri, rest))
    }
}
