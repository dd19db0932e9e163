//! Hosts, ports, and the outside of a name-addr.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Class, Parsed, consumed, fail, is, quoted_string, split, sws, word};
use crate::{ParseConfig, Rule};

/// What kind of host a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum HostText {
    Name,
    V4,
    V6,
}

/// `host`: gives its text, an IPv6 address with its brackets.
#[inline]
pub(crate) fn host<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, (&'m [u8], HostText)> {
    if let [b'[', inside @ ..] = input {
        let inside_length = memchr::memchr(b']', inside).unwrap_or(0);
        let address = inside.get(..inside_length).unwrap_or_default();
        let sound = is_ipv6(address)
            || (config.leniency.three_colons_in_ipv6 && ipv6_of_three_colons(address).is_some());
        if !sound {
            return fail(Rule::IpAddress, input);
        }
        let rest = inside
            .get(inside_length.saturating_add(1)..)
            .unwrap_or_default();
        return Ok((rest, (consumed(input, rest), HostText::V6)));
    }
    // Most hosts that phones name are IPv4 addresses.
    if input.first().is_some_and(u8::is_ascii_digit)
        && let (rest, Some(_)) = split_ipv4(input)
        && !rest
            .first()
            .is_some_and(|octet| is(*octet, Class::LABEL) || *octet == b'.')
    {
        return Ok((rest, (consumed(input, rest), HostText::V4)));
    }
    let (rest, ()) = match plain_hostname(input) {
        Some(rest) => (rest, ()),
        None => hostname(input, config)?,
    };
    Ok((rest, (consumed(input, rest), HostText::Name)))
}

/// A `hostname` as nearly all are, at the front of `input`; gives what follows
/// it. Whatever is otherwise is left to [`hostname`].
#[inline]
fn plain_hostname(input: &[u8]) -> Option<&[u8]> {
    let mut rest = input;
    let mut at: usize = 0;
    let mut label = 0;
    loop {
        // Whatever is no letter or digit divides labels, or ends the name.
        let mut marks = word::marks(word::front(rest));
        while marks != 0 {
            let mark = at.wrapping_add(word::place(marks));
            let before = input.get(mark.wrapping_sub(1));
            match input.get(mark) {
                _ if mark <= label => return None,
                Some(b'.') if before != Some(&b'-') => label = mark.wrapping_add(1),
                Some(b'-') => {}
                Some(b'_') => return None,
                _ => {
                    let is_name = input.get(label).is_some_and(u8::is_ascii_alphabetic);
                    return input
                        .get(mark..)
                        .filter(|_| is_name && before != Some(&b'-'));
                }
            }
            marks &= marks.wrapping_sub(1);
        }
        at = at.wrapping_add(8);
        rest = input.get(at..).unwrap_or_default();
    }
}

/// `hostname`. Its last label begins with a letter, so that no name can be
/// mistaken for an address.
fn hostname<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, ()> {
    let class = match config.leniency.underscore_in_host {
        true => Class::LABEL_UNDERSCORE,
        false => Class::LABEL,
    };
    let mut rest = input;
    let mut first = b'0';
    loop {
        let (after, label) = split(rest, class);
        match label {
            // One dot may stand behind the last label.
            [] if rest.len() < input.len() && rest.first() != Some(&b'.') => break,
            [b'-', ..] | [.., b'-'] | [] => return fail(Rule::Host, input),
            [letter, ..] => first = *letter,
        }
        rest = after;
        match rest {
            [b'.', after @ ..] => rest = after,
            _ => break,
        }
    }
    if first.is_ascii_digit() {
        return fail(Rule::Host, input);
    }
    Ok((rest, ()))
}

/// An IPv4 address of four decimal numbers without leading zeros.
pub(crate) fn ipv4(text: &[u8]) -> Option<Ipv4Addr> {
    match split_ipv4(text) {
        ([], address) => address,
        _ => None,
    }
}

/// The IPv4 address at the front of `input`, and what follows it.
#[inline]
fn split_ipv4(input: &[u8]) -> (&[u8], Option<Ipv4Addr>) {
    let mut rest = input;
    let mut address: u32 = 0;
    for place in 0..4 {
        if place > 0 {
            let [b'.', after @ ..] = rest else {
                return (rest, None);
            };
            rest = after;
        }
        let digit = |octet: &u8| u32::from(octet.wrapping_sub(b'0'));
        let (number, after) = match rest {
            [
                a @ b'1'..=b'9',
                b @ b'0'..=b'9',
                c @ b'0'..=b'9',
                after @ ..,
            ] => {
                let tens = digit(a).wrapping_mul(10).wrapping_add(digit(b));
                (tens.wrapping_mul(10).wrapping_add(digit(c)), after)
            }
            [a @ b'1'..=b'9', b @ b'0'..=b'9', after @ ..] => {
                (digit(a).wrapping_mul(10).wrapping_add(digit(b)), after)
            }
            [a @ b'0'..=b'9', after @ ..] => (digit(a), after),
            _ => return (rest, None),
        };
        if number > 255 {
            return (rest, None);
        }
        rest = after;
        address = address << 8 | number;
    }
    (rest, Some(Ipv4Addr::from(address)))
}

/// Whether `text` is an IPv6 address, without brackets.
pub(crate) fn is_ipv6(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok())
}

/// The IPv6 address that the grammar of RFC 3261 writes with one colon too
/// many: `:::` before an IPv4 address, and nowhere else (RFC 5118 section 4.10).
#[cold]
pub(crate) fn ipv6_of_three_colons(text: &[u8]) -> Option<Ipv6Addr> {
    let text = std::str::from_utf8(text).ok()?;
    let (before, v4) = text.split_once(":::")?;
    ipv4(v4.as_bytes())?;
    format!("{before}::{v4}").parse().ok()
}

/// `port`, behind its colon.
#[inline]
pub(crate) fn port(digits: &[u8]) -> Parsed<'_, u16> {
    let mut value: u32 = 0;
    let mut rest = digits;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        value = value
            .wrapping_mul(10)
            .wrapping_add(u32::from(digit.wrapping_sub(b'0')));
        rest = after;
    }
    match (digits.len().wrapping_sub(rest.len()), u16::try_from(value)) {
        // So few that `value` has them all.
        (1..=9, Ok(port)) => Ok((rest, port)),
        _ => fail(Rule::Port, digits),
    }
}

/// `hostport`, no white space around the colon.
#[inline]
#[allow(clippy::type_complexity)] // two parts of a pair, named at every use
pub(crate) fn hostport<'m>(
    input: &'m [u8],
    config: &ParseConfig,
) -> Parsed<'m, (&'m [u8], HostText, Option<u16>)> {
    let (rest, (text, kind)) = host(input, config)?;
    let [b':', digits @ ..] = rest else {
        return Ok((rest, (text, kind, None)));
    };
    let (rest, port) = port(digits)?;
    Ok((rest, (text, kind, Some(port))))
}

/// What stands before the URI of a name-addr or addr-spec: the display name as
/// it is written, perhaps empty, and whether an angle bracket.
#[inline]
pub(crate) fn before_uri<'m>(
    input: &'m [u8],
    config: &ParseConfig,
) -> Parsed<'m, (&'m [u8], bool)> {
    match input {
        [b'<', uri @ ..] => Ok((uri, (&[], true))),
        [b'"', ..] => {
            let (rest, _) = quoted_string(input)?;
            let name = consumed(input, rest);
            match sws(rest) {
                [b'<', uri @ ..] => Ok((uri, (name, true))),
                rest => fail(Rule::NameAddr, rest),
            }
        }
        _ => name_or_uri(input, config),
    }
}

/// A display name of tokens before a bracket, or a URI without brackets: which
/// of them is known at the first octet that only one of them may hold.
fn name_or_uri<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, (&'m [u8], bool)> {
    let (rest, token) = split(input, Class::TOKEN);
    if !token.is_empty() && rest.first() == Some(&b':') {
        return Ok((input, (&[], false)));
    }
    let class = match config.leniency.unquoted_display_name {
        true => Class::NAME_UTF8,
        false => Class::NAME,
    };
    match split(input, class) {
        ([b'<', uri @ ..], name) => Ok((uri, (trim(name), true))),
        ([], _) => fail(Rule::NameAddr, input),
        ([b',' | b';' | b'>', ..], name) if trim(name).is_empty() => fail(Rule::NameAddr, input),
        (rest, _) => fail(Rule::DisplayName, rest),
    }
}

/// The text of a URI that stands without angle brackets: it ends at the first
/// semicolon or comma, and may not hold a question mark (RFC 3261 section 20).
pub(crate) fn bare_uri(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (rest, uri) = split(input, Class::BARE_URI);
    if rest.first() == Some(&b'?') {
        return fail(Rule::AngleBrackets, rest);
    }
    Ok((rest, uri))
}

/// The text of a URI up to its closing bracket, which is left out.
pub(crate) fn bracketed_uri(input: &[u8]) -> Parsed<'_, &[u8]> {
    let end = memchr::memchr(b'>', input);
    match end.and_then(|end| input.split_at_checked(end)) {
        Some((uri, [_, rest @ ..])) => Ok((rest, uri)),
        _ => fail(Rule::NameAddr, input),
    }
}

/// `text` without white space at its end.
fn trim(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let [before @ .., last] = text
        && is(*last, Class::SPACE)
    {
        text = before;
    }
    text
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)] // a panic here is the report of a failed test
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hosts_are_names_or_addresses() {
        let kind = |text: &str| {
            let config = ParseConfig::STRICT;
            match host(text.as_bytes(), &config) {
                Ok((b"", (_, kind))) => Some(kind),
                _ => None,
            }
        };
        for name in [
            "a",
            "biloxi.com",
            "biloxi.com.",
            "3com.net",
            "a-b.c",
            "192.0.2.a",
            "x1",
        ] {
            assert_eq!(kind(name), Some(HostText::Name), "{name}");
        }
        for v4 in ["192.0.2.1", "0.0.0.0", "255.255.255.255"] {
            assert_eq!(kind(v4), Some(HostText::V4), "{v4}");
        }
        for v6 in ["[::1]", "[2001:db8::9:1]", "[::ffff:192.0.2.1]"] {
            assert_eq!(kind(v6), Some(HostText::V6), "{v6}");
        }
        for bad in [
            "",
            ".",
            "a..b",
            "-a",
            "a-",
            "a.-b",
            "a-.b",
            "192.0.2",
            "192.0.2.256",
            "192.0.2.01",
            "1.2.3.4.5",
            "[]",
            "[::1",
            "[1:2]",
            "a_b",
            "a b",
            "4",
        ] {
            assert_eq!(kind(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_underscore_in_a_host_is_forgiven_where_that_is_asked() {
        assert_eq!(
            host(b"my_phone.lan", &ParseConfig::DEFAULT).unwrap().1.1,
            HostText::Name
        );
        assert_eq!(
            host(b"my_phone.lan", &ParseConfig::STRICT).unwrap().0,
            b"_phone.lan"
        );
    }

    #[test]
    fn three_colons_are_forgiven_before_an_ipv4_address_and_nowhere_else() {
        let lenient = |text: &[u8]| host(text, &ParseConfig::DEFAULT).is_ok();
        for good in ["[2001:db8:::192.0.2.1]", "[:::192.0.2.1]"] {
            assert!(lenient(good.as_bytes()), "{good}");
            assert!(host(good.as_bytes(), &ParseConfig::STRICT).is_err());
        }
        for bad in [
            "[2001:db8:::10]",
            "[2001:db8::::192.0.2.1]",
            "[2001:db8::1:::192.0.2.1]",
            "[2001:db8:::192.0.2.256]",
            "[:::]",
        ] {
            assert!(!lenient(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn a_port_fits_sixteen_bits() {
        let config = ParseConfig::DEFAULT;
        let port = |text: &[u8]| hostport(text, &config).map(|(_, (_, _, port))| port).ok();
        assert_eq!(port(b"a:5060"), Some(Some(5060)));
        assert_eq!(port(b"a"), Some(None));
        assert_eq!(port(b"a:"), None);
        assert_eq!(port(b"a:65536"), None);
        assert_eq!(port(b"[::1]:99"), Some(Some(99)));
    }

    #[test]
    fn display_names_and_uris_are_told_apart() {
        let config = ParseConfig::DEFAULT;
        let split = |text: &'static str| {
            let (rest, (name, brackets)) = before_uri(text.as_bytes(), &config).ok()?;
            let uri = if brackets { bracketed_uri } else { bare_uri };
            let (rest, uri) = uri(rest).ok()?;
            let show = |octets| String::from_utf8_lossy(octets).into_owned();
            Some((show(name), show(uri), show(rest)))
        };
        let some = |a: &str, b: &str, c: &str| Some((a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(split("sip:a@b;tag=1"), some("", "sip:a@b", ";tag=1"));
        assert_eq!(split("<sip:a@b;x>;tag=1"), some("", "sip:a@b;x", ";tag=1"));
        assert_eq!(split("A. B. <sip:a@b>"), some("A. B.", "sip:a@b", ""));
        assert_eq!(split("caller<sip:a@b>"), some("caller", "sip:a@b", ""));
        assert_eq!(
            split("\"A, B\"<sip:a@b>,"),
            some("\"A, B\"", "sip:a@b", ",")
        );
        assert_eq!(split("Jürgen <sip:a@b>"), some("Jürgen", "sip:a@b", ""));
        assert_eq!(split("sip:a@b?x=y"), None);
        assert_eq!(split("Bell, A <sip:a@b>"), None);
        assert_eq!(split("\"open <sip:a@b>"), None);
        assert_eq!(split("<sip:a@b"), None);
        assert_eq!(split(""), None);
    }

    /// `hostname` octet by octet: how long the longest one is.
    fn name_slowly(input: &[u8]) -> Option<usize> {
        let part = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_.".contains(octet);
        let end = input
            .iter()
            .position(|octet| !part(octet))
            .unwrap_or(input.len());
        let name = &input[..end];
        let labels: Vec<&[u8]> = match name {
            [before @ .., b'.'] => before,
            name => name,
        }
        .split(|octet| *octet == b'.')
        .collect();
        let sound =
            |label: &&[u8]| !label.is_empty() && !label.starts_with(b"-") && !label.ends_with(b"-");
        let last = labels.last()?.first()?;
        (labels.iter().all(sound) && !last.is_ascii_digit()).then_some(end)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_host_name_is_the_same_read_in_words_or_octet_by_octet(
            octets in prop::collection::vec(
                prop::sample::select(b"..--_aazZ09@[`{/:;> \t\r\n\0\x80\xBA\xFF".to_vec()), 0..24),
            letters in "[a-zA-Z0-9]{0,12}",
            odd_at in 0_usize..12,
        ) {
            let mut mixed = letters.into_bytes();
            mixed.splice(odd_at.min(mixed.len())..odd_at.min(mixed.len()), octets.iter().copied().take(2));
            for input in [octets, mixed] {
                let config = ParseConfig::DEFAULT;
                let length = |rest: &[u8]| input.len() - rest.len();
                let slow = hostname(&input, &config).ok().map(|(rest, ())| length(rest));
                prop_assert_eq!(slow, name_slowly(&input));
                if let Some(rest) = plain_hostname(&input) {
                    prop_assert_eq!(Some(length(rest)), slow);
                    let strict = hostname(&input, &ParseConfig::STRICT).ok();
                    prop_assert_eq!(Some(length(rest)), strict.map(|(rest, ())| length(rest)));
                }
            }
        }
    }
}
