//! The grammar of URIs: where their parts begin and end.

use super::Scheme;
use crate::grammar::{self, Class, HostText, decode, hostport, is};
use crate::{Fault, Limit, ParseConfig, Rule};

/// Where the parts of a URI lie, in octets from its start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) scheme: Scheme,
    pub(super) host_kind: HostText,
    /// Of the colon.
    pub(super) scheme_end: u16,
    /// Where the user part ends; before `after_scheme` where there is none.
    pub(super) user_end: u16,
    pub(super) host_start: u16,
    pub(super) host_end: u16,
    pub(super) port: Option<u16>,
    /// Of the first semicolon; the same as `headers_start` where there is none.
    pub(super) params_start: u16,
    /// Of the question mark; the end where there is none.
    pub(super) headers_start: u16,
}

impl Parts {
    pub(super) fn after_scheme(&self) -> u16 {
        self.scheme_end.saturating_add(1)
    }
}

/// Finds the parts of the URI that fills `text`.
#[inline]
pub(super) fn parts(text: &[u8], config: &ParseConfig) -> Result<Parts, Fault> {
    if text.len() > usize::from(config.limits.uri) {
        return Err(Fault::new(Rule::Limit(Limit::Uri), text));
    }
    match text {
        [b's', b'i', b'p', b':', rest @ ..] => sip(text, rest, Scheme::Sip, config),
        [b's', b'i', b'p', b's', b':', rest @ ..] => sip(text, rest, Scheme::Sips, config),
        _ => other_scheme(text, config),
    }
}

fn other_scheme(text: &[u8], config: &ParseConfig) -> Result<Parts, Fault> {
    let end = text
        .iter()
        .position(|octet| !octet.is_ascii_alphanumeric() && !matches!(octet, b'+' | b'-' | b'.'))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
    let (Some(first), Some((b':', rest))) = (name.first(), rest.split_first()) else {
        return Err(Fault::new(Rule::Scheme, rest));
    };
    if !first.is_ascii_alphabetic() {
        return Err(Fault::new(Rule::Scheme, text));
    }
    if name.eq_ignore_ascii_case(b"sip") {
        sip(text, rest, Scheme::Sip, config)
    } else if name.eq_ignore_ascii_case(b"sips") {
        sip(text, rest, Scheme::Sips, config)
    } else if name.eq_ignore_ascii_case(b"tel") {
        tel(text, rest, config)
    } else if name.eq_ignore_ascii_case(b"urn") {
        urn(text, rest)
    } else {
        opaque(text, rest)
    }
}

/// `[ userinfo ] hostport uri-parameters [ headers ]`
#[inline]
fn sip(text: &[u8], rest: &[u8], scheme: Scheme, config: &ParseConfig) -> Result<Parts, Fault> {
    let place = |rest: &[u8]| offset(text, rest);
    let user_start = rest;
    let user = match config.leniency.hash_in_user {
        true => Class::USER_HASH,
        false => Class::USER,
    };
    let after_user = escaped_run(rest, user)?;
    let (user_end, host) = match after_user {
        // Hosts are made of what a user part may hold, so what was read may
        // have been host and port.
        [b'@', host @ ..] => (after_user, host),
        _ => match memchr::memchr(b'@', after_user) {
            None => (text, user_start),
            Some(at) => (after_user, password(after_user, at)?),
        },
    };
    let has_user = user_end.len() != text.len();
    if has_user && user_end.len() == user_start.len() {
        return Err(Fault::new(Rule::User, user_start));
    }
    let ((host_text, host_kind, port), after_host) = decode(hostport(host, config))?;
    let host_start = place(host);
    let after_params = params(after_host, config)?;
    headers(after_params)?;
    Ok(Parts {
        scheme,
        host_kind,
        scheme_end: place(user_start).saturating_sub(1),
        user_end: if has_user { place(user_end) } else { 0 },
        host_start,
        host_end: host_start.saturating_add(u16::try_from(host_text.len()).unwrap_or(u16::MAX)),
        port,
        params_start: place(after_host),
        headers_start: place(after_params),
    })
}

/// `":" password "@"`, where `at` is the place of the `@`; gives what follows.
fn password(input: &[u8], at: usize) -> Result<&[u8], Fault> {
    let [b':', password @ ..] = input else {
        return Err(Fault::new(Rule::User, input));
    };
    let rest = escaped_run(password, Class::PASSWORD)?;
    let host = input.get(at.saturating_add(1)..).unwrap_or_default();
    if rest.len() != host.len().saturating_add(1) {
        return Err(Fault::new(Rule::User, rest));
    }
    Ok(host)
}

/// `*( ";" uri-parameter )`
fn params<'u>(input: &'u [u8], config: &ParseConfig) -> Result<&'u [u8], Fault> {
    let mut rest = input;
    let mut count: u16 = 0;
    while let [b';', name @ ..] = rest {
        count = count.saturating_add(1);
        if count > config.limits.params {
            return Err(Fault::new(Rule::Limit(Limit::Params), rest));
        }
        rest = escaped_run(name, Class::URI_PARAM)?;
        if rest.len() == name.len() {
            return Err(Fault::new(Rule::Param, rest));
        }
        if let [b'=', value @ ..] = rest {
            rest = escaped_run(value, Class::URI_PARAM)?;
            if rest.len() == value.len() {
                return Err(Fault::new(Rule::Param, rest));
            }
        }
    }
    Ok(rest)
}

/// `[ "?" header *( "&" header ) ]`, to the end of the URI.
fn headers(input: &[u8]) -> Result<(), Fault> {
    let Some((first, mut rest)) = input.split_first() else {
        return Ok(());
    };
    if *first != b'?' {
        return Err(Fault::new(Rule::SipUri, input));
    }
    loop {
        let name = rest;
        let after_name = escaped_run(name, Class::URI_HEADER)?;
        let [b'=', value @ ..] = after_name else {
            return Err(Fault::new(Rule::SipUri, after_name));
        };
        if after_name.len() == name.len() {
            return Err(Fault::new(Rule::SipUri, name));
        }
        rest = escaped_run(value, Class::URI_HEADER)?;
        match rest {
            [] => return Ok(()),
            [b'&', next @ ..] => rest = next,
            _ => return Err(Fault::new(Rule::SipUri, rest)),
        }
    }
}

/// `telephone-subscriber` (RFC 3966 section 3).
fn tel(text: &[u8], rest: &[u8], config: &ParseConfig) -> Result<Parts, Fault> {
    let number_start = rest;
    let number_end = telephone_number(number_start)?;
    let end = params(number_end, config)?;
    if !end.is_empty() {
        return Err(Fault::new(Rule::TelUri, end));
    }
    let length = offset(text, &[]);
    Ok(Parts {
        scheme: Scheme::Tel,
        user_end: offset(text, number_end),
        params_start: offset(text, number_end),
        ..Parts::opaque(Scheme::Tel, offset(text, number_start), length)
    })
}

/// `global-number-digits` or `local-number-digits`; gives what follows.
pub(super) fn telephone_number(input: &[u8]) -> Result<&[u8], Fault> {
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

/// `NID ":" NSS` (RFC 8141 section 2).
fn urn(text: &[u8], rest: &[u8]) -> Result<Parts, Fault> {
    let colon = memchr::memchr(b':', rest).unwrap_or(0);
    let nid = rest.get(..colon).unwrap_or_default();
    let edges = [nid.first(), nid.last()];
    let sound = (2..=32).contains(&nid.len())
        && nid
            .iter()
            .all(|octet| octet.is_ascii_alphanumeric() || *octet == b'-')
        && edges
            .iter()
            .flatten()
            .all(|octet| octet.is_ascii_alphanumeric());
    if !sound || rest.len() == colon.saturating_add(1) {
        return Err(Fault::new(Rule::Urn, rest));
    }
    let parts = opaque(text, rest)?;
    Ok(Parts {
        scheme: Scheme::Urn,
        ..parts
    })
}

/// A URI of which only the characters are known (RFC 3986 section 2).
fn opaque(text: &[u8], rest: &[u8]) -> Result<Parts, Fault> {
    if rest.is_empty() {
        return Err(Fault::new(Rule::Uri, rest));
    }
    let end = escaped_run(rest, Class::URIC)?;
    if !end.is_empty() {
        return Err(Fault::new(Rule::Uri, end));
    }
    Ok(Parts::opaque(
        Scheme::Other,
        offset(text, rest),
        offset(text, &[]),
    ))
}

impl Parts {
    fn opaque(scheme: Scheme, after_scheme: u16, length: u16) -> Parts {
        Parts {
            scheme,
            host_kind: HostText::Name,
            scheme_end: after_scheme.saturating_sub(1),
            user_end: 0,
            host_start: 0,
            host_end: 0,
            port: None,
            params_start: length,
            headers_start: length,
        }
    }
}

/// How far into `text` its end `rest` begins.
#[inline]
fn offset(text: &[u8], rest: &[u8]) -> u16 {
    u16::try_from(text.len().saturating_sub(rest.len())).unwrap_or(u16::MAX)
}

/// What follows the longest run of `class` and escapes.
#[inline]
fn escaped_run(input: &[u8], class: Class) -> Result<&[u8], Fault> {
    let mut rest = input;
    loop {
        rest = grammar::split(rest, class).0;
        match rest {
            [b'%', high, low, after @ ..] if is(*high, Class::HEX) && is(*low, Class::HEX) => {
                rest = after;
            }
            [b'%', ..] => return Err(Fault::new(Rule::Escape, rest)),
            _ => return Ok(rest),
        }
    }
}
