//! The grammar of URIs: where their parts begin and end. SIP's own is here.

mod other;
mod tel;

pub(super) use tel::telephone_number;

use other::{opaque, urn};
use tel::tel;

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
    match text.split_first_chunk() {
        Some((b"sip:", rest)) => whole(sip(text, rest, Scheme::Sip, config)),
        _ => other_scheme(text, config),
    }
}

/// Finds the parts of a `sip:` URI at the front of `text` and what follows it:
/// the first octet that its grammar does not go on with. Of others there is
/// no answer here.
#[inline]
pub(super) fn parts_at_front<'u>(
    text: &'u [u8],
    config: &ParseConfig,
) -> Option<(Parts, &'u [u8])> {
    let Some((b"sip:", after_scheme)) = text.split_first_chunk() else {
        return None;
    };
    let (parts, rest) = sip(text, after_scheme, Scheme::Sip, config).ok()?;
    let length = text.len().wrapping_sub(rest.len());
    (length <= usize::from(config.limits.uri)).then_some((parts, rest))
}

/// A SIP URI ends where its grammar does.
#[inline]
fn whole(read: Result<(Parts, &[u8]), Fault>) -> Result<Parts, Fault> {
    match read? {
        (parts, []) => Ok(parts),
        (_, rest) => Err(Fault::new(Rule::SipUri, rest)),
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
        whole(sip(text, rest, Scheme::Sip, config))
    } else if name.eq_ignore_ascii_case(b"sips") {
        whole(sip(text, rest, Scheme::Sips, config))
    } else if name.eq_ignore_ascii_case(b"tel") {
        tel(text, rest, config)
    } else if name.eq_ignore_ascii_case(b"urn") {
        urn(text, rest)
    } else {
        opaque(text, rest)
    }
}

/// `[ userinfo ] hostport uri-parameters [ headers ]`, and what follows.
#[inline]
fn sip<'u>(
    text: &'u [u8],
    user_start: &'u [u8],
    scheme: Scheme,
    config: &ParseConfig,
) -> Result<(Parts, &'u [u8]), Fault> {
    let place = |rest: &[u8]| offset(text, rest);
    let user = match config.leniency.hash_in_user {
        true => Class::USER_HASH,
        false => Class::USER,
    };
    // Hosts are made of what a user part may hold: what is read may be host.
    let after_user = escaped_run(user_start, user)?;
    let (user_end, host) = match after_user {
        [b'@', host @ ..] => (place(after_user), host),
        _ => match password(after_user)? {
            Some(host) => (place(after_user), host),
            None => (0, user_start),
        },
    };
    if user_end == place(user_start) {
        return Err(Fault::new(Rule::User, user_start));
    }
    let ((host_text, host_kind, port), after_host) = decode(hostport(host, config))?;
    let host_start = place(host);
    let after_params = params(after_host, config)?;
    let rest = headers(after_params)?;
    let parts = Parts {
        scheme,
        host_kind,
        scheme_end: place(user_start).wrapping_sub(1),
        user_end,
        host_start,
        host_end: host_start.wrapping_add(host_text.len() as u16),
        port,
        params_start: place(after_host),
        headers_start: place(after_params),
    };
    Ok((parts, rest))
}

/// `":" password "@"`; gives what follows, if that is what stands here.
fn password(input: &[u8]) -> Result<Option<&[u8]>, Fault> {
    let rest = match input {
        [] | [b'[' | b'>', ..] => return Ok(None),
        [b':', password @ ..] => escaped_run(password, Class::PASSWORD)?,
        _ => input,
    };
    match rest {
        [b'@', host @ ..] if rest.len() < input.len() => Ok(Some(host)),
        [] | [b'[' | b'>' | b';' | b'?', ..] => Ok(None),
        // Something that neither may hold, but is it in a user part?
        _ => match memchr::memchr2(b'@', b'>', rest).and_then(|end| rest.get(end)) {
            Some(b'@') => Err(Fault::new(Rule::User, rest)),
            _ => Ok(None),
        },
    }
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
        rest = sip_param(name)?;
    }
    Ok(rest)
}

/// `pname [ "=" pvalue ]`; gives what follows.
#[inline]
fn sip_param(input: &[u8]) -> Result<&[u8], Fault> {
    let mut rest = escaped_run(input, Class::URI_PARAM)?;
    if rest.len() == input.len() {
        return Err(Fault::new(Rule::Param, rest));
    }
    if let [b'=', value @ ..] = rest {
        rest = escaped_run(value, Class::URI_PARAM)?;
        if rest.len() == value.len() {
            return Err(Fault::new(Rule::Param, rest));
        }
    }
    Ok(rest)
}

/// `[ "?" header *( "&" header ) ]`; gives what follows.
#[inline]
fn headers(input: &[u8]) -> Result<&[u8], Fault> {
    match input {
        [b'?', first @ ..] => some_headers(first),
        _ => Ok(input),
    }
}

/// `header *( "&" header )`; gives what follows.
fn some_headers(input: &[u8]) -> Result<&[u8], Fault> {
    let mut rest = input;
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
            [b'&', next @ ..] => rest = next,
            _ => return Ok(rest),
        }
    }
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

/// How far into `text` its end `rest` begins: no URI is longer than
/// [`Limits::uri`](crate::Limits::uri), which has 16 bits.
#[inline]
fn offset(text: &[u8], rest: &[u8]) -> u16 {
    text.len().wrapping_sub(rest.len()) as u16
}

/// What follows the longest run of `class` and escapes.
#[inline]
fn escaped_run(input: &[u8], class: Class) -> Result<&[u8], Fault> {
    let mut rest = input;
    loop {
        rest = grammar::skip(rest, class);
        match rest {
            [b'%', high, low, after @ ..] if is(*high, Class::HEX) && is(*low, Class::HEX) => {
                rest = after;
            }
            [b'%', ..] => return Err(Fault::new(Rule::Escape, rest)),
            _ => return Ok(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Leniency, Limit, ParseConfig, Rule, Scheme, Uri};

    fn uri(text: &str) -> Uri<'_> {
        Uri::try_from(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// User, password, host, port, parameters and headers, as they stand.
    fn parts(text: &str) -> [String; 6] {
        let uri = uri(text);
        let show = |text: Option<crate::Text<'_>>| text.map_or("-".into(), |text| text.to_string());
        [
            show(uri.user()),
            show(uri.password()),
            uri.host().map_or("-".into(), |host| host.to_string()),
            uri.port().map_or("-".into(), |port| port.to_string()),
            String::from_utf8_lossy(uri.params().as_bytes()).into_owned(),
            String::from_utf8_lossy(uri.headers().as_bytes()).into_owned(),
        ]
    }

    #[track_caller]
    fn fault(text: &str) -> (Rule, usize) {
        match Uri::try_from(text) {
            Ok(_) => panic!("{text} was read"),
            Err(error) => (error.rule, error.position.octet()),
        }
    }

    #[test]
    fn a_sip_uri_has_its_parts() {
        for (text, wanted) in [
            ("sip:h", ["-", "-", "h", "-", "", ""]),
            ("sip:h:5060", ["-", "-", "h", "5060", "", ""]),
            ("sip:u@h", ["u", "-", "h", "-", "", ""]),
            ("sip:u:@h", ["u", "", "h", "-", "", ""]),
            ("sip:u:p&w@h:1", ["u", "p&w", "h", "1", "", ""]),
            ("sip:u@[::1]:99;lr", ["u", "-", "[::1]", "99", ";lr", ""]),
            ("sip:[::1]", ["-", "-", "[::1]", "-", "", ""]),
            (
                "sip:192.0.2.1;a=b;c",
                ["-", "-", "192.0.2.1", "-", ";a=b;c", ""],
            ),
            ("sip:h?a=b&c=", ["-", "-", "h", "-", "", "?a=b&c="]),
            ("sip:u@h;a?b=c", ["u", "-", "h", "-", ";a", "?b=c"]),
            ("sip:%75%40@h", ["%75%40", "-", "h", "-", "", ""]),
            ("sip:%75:%70@h", ["%75", "%70", "h", "-", "", ""]),
            ("sip:+1234;ext=5@h", ["+1234;ext=5", "-", "h", "-", "", ""]),
            ("sip:;x@h", [";x", "-", "h", "-", "", ""]),
            ("sip:a?b/c=d@h", ["a?b/c=d", "-", "h", "-", "", ""]),
            ("sip:h;a=1?x=y@g", ["h;a=1?x=y", "-", "g", "-", "", ""]),
            (
                "sip:5060:5060@5h.a:1",
                ["5060", "5060", "5h.a", "1", "", ""],
            ),
            ("sip:*21#@h", ["*21#", "-", "h", "-", "", ""]),
            (
                "sip:+1-212-555-1212:1234@gateway.com;user=phone",
                [
                    "+1-212-555-1212",
                    "1234",
                    "gateway.com",
                    "-",
                    ";user=phone",
                    "",
                ],
            ),
            (
                "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
                [
                    "-",
                    "-",
                    "atlanta.com",
                    "-",
                    ";method=REGISTER",
                    "?to=alice%40atlanta.com",
                ],
            ),
            (
                "sip:alice;day=tuesday@atlanta.com",
                ["alice;day=tuesday", "-", "atlanta.com", "-", "", ""],
            ),
            ("sIpS:u@H.", ["u", "-", "H.", "-", "", ""]),
            (
                "sip:h;maddr=[::1];a=/:&+$",
                ["-", "-", "h", "-", ";maddr=[::1];a=/:&+$", ""],
            ),
        ] {
            assert_eq!(parts(text), wanted, "{text}");
        }
        assert_eq!(uri("sIpS:u@h").scheme(), Scheme::Sips);
        assert_eq!(uri("sIpS:u@h").scheme_text(), "sIpS");
    }

    #[test]
    fn a_fault_in_a_sip_uri_is_found_where_it_is() {
        for (text, rule, octet) in [
            ("", Rule::Scheme, 0),
            ("sip", Rule::Scheme, 3),
            ("1a:b", Rule::Scheme, 0),
            ("sip:", Rule::Host, 4),
            ("sip:@h", Rule::User, 4),
            ("sip::p@h", Rule::User, 4),
            ("sip:u@", Rule::Host, 6),
            ("sip:u@;x", Rule::Host, 6),
            ("sip:a@b@c", Rule::SipUri, 7),
            ("sip:a b@c", Rule::User, 5),
            ("sip:a:b:c@d", Rule::User, 7),
            ("sip:a:b;c@d", Rule::Port, 6),
            ("sip:a%4@b", Rule::Escape, 5),
            ("sip:a%4g@b", Rule::Escape, 5),
            ("sip:a:%@b", Rule::Escape, 6),
            ("sip:a@b%41", Rule::SipUri, 7),
            ("sip:a@[::1", Rule::IpAddress, 6),
            ("sip:a@[x]", Rule::IpAddress, 6),
            ("sip:a@b:", Rule::Port, 8),
            ("sip:a@b:65536", Rule::Port, 8),
            ("sip:a@b:1x", Rule::SipUri, 9),
            ("sip:a@b;", Rule::Param, 8),
            ("sip:a@b;=1", Rule::Param, 8),
            ("sip:a@b;c=", Rule::Param, 10),
            ("sip:a@b;;c", Rule::Param, 8),
            ("sip:a@b;c=%zz", Rule::Escape, 10),
            ("sip:a@b;c=\"d\"", Rule::Param, 10),
            ("sip:a@b;c,d", Rule::SipUri, 9),
            ("sip:a@b?", Rule::SipUri, 8),
            ("sip:a@b?c", Rule::SipUri, 9),
            ("sip:a@b?=c", Rule::SipUri, 8),
            ("sip:a@b?c=d&", Rule::SipUri, 12),
            ("sip:a@b?c=d;e", Rule::SipUri, 11),
            ("sip:a@b?c=%", Rule::Escape, 10),
            ("sip:a@b c", Rule::SipUri, 7),
            ("sip:j\u{FC}rgen@h", Rule::User, 5),
        ] {
            assert_eq!(fault(text), (rule, octet), "{text}");
        }
    }

    #[test]
    fn what_is_forgiven_is_refused_where_that_is_asked() {
        let mut config = ParseConfig::STRICT;
        assert!(Uri::parse_with(b"sip:*21#@h", &config).is_err());
        assert!(Uri::parse_with(b"sip:a@my_phone.h", &config).is_err());
        config.leniency = Leniency::PHONES;
        assert!(Uri::parse_with(b"sip:*21#@my_phone.h", &config).is_ok());
        assert!(Uri::parse_with(b"sip:a:#@h", &config).is_err());
    }

    #[test]
    fn limits_are_said_by_name() {
        let mut config = ParseConfig::DEFAULT;
        config.limits.uri = 8;
        config.limits.params = 1;
        assert!(Uri::parse_with(b"sip:h;ab", &config).is_ok());
        let rule = |text: &str| Uri::parse_with(text.as_bytes(), &config).unwrap_err().rule;
        assert_eq!(rule("sip:h;abc"), Rule::Limit(Limit::Uri));
        assert_eq!(rule("sip:h;a;"), Rule::Limit(Limit::Params));
        assert_eq!(rule("tel:1;a;"), Rule::Limit(Limit::Params));
    }

    #[test]
    fn a_uri_as_long_as_can_be_keeps_its_parts() {
        let mut config = ParseConfig::DEFAULT;
        config.limits.uri = u16::MAX;
        let text = format!("sip:{}@h;a?b=c", "u".repeat(65_535 - 12));
        let long = Uri::parse_with(text.as_bytes(), &config).unwrap();
        assert_eq!(long.user().unwrap().len(), 65_535 - 12);
        assert_eq!(long.params().as_bytes(), b";a");
        assert_eq!(long.headers().as_bytes(), b"?b=c");
        assert!(Uri::parse_with(format!("{text}d").as_bytes(), &config).is_err());
    }

    #[test]
    fn a_tel_uri_is_a_number_and_parameters() {
        for (text, number, params) in [
            ("tel:+1-201-555-0123", "+1-201-555-0123", ""),
            ("TEL:+1(2).3;a=b;c", "+1(2).3", ";a=b;c"),
            ("tel:112", "112", ""),
            ("tel:*#aF;phone-context=h", "*#aF", ";phone-context=h"),
            ("tel:*21%23;phone-context=h", "*21%23", ";phone-context=h"),
            ("tel:+1;isub=a?b,c=d@e;ext=1", "+1", ";isub=a?b,c=d@e;ext=1"),
        ] {
            assert_eq!(parts(text), [number, "-", "-", "-", params, ""], "{text}");
        }
        for (text, rule, octet) in [
            ("tel:", Rule::TelUri, 4),
            ("tel:+", Rule::TelUri, 5),
            ("tel:-.()", Rule::TelUri, 8),
            ("tel:g", Rule::TelUri, 4),
            ("tel:+1*2", Rule::TelUri, 6),
            ("tel:+1 2", Rule::TelUri, 6),
            ("tel:+1%23", Rule::TelUri, 6),
            ("tel:1%24", Rule::TelUri, 5),
            ("tel:+1?a=b", Rule::TelUri, 6),
            ("tel:+1;", Rule::Param, 7),
            ("tel:+1;a=b?", Rule::TelUri, 10),
            ("tel:+1;isub=;a", Rule::Param, 12),
            ("tel:+1;isub=a b;a", Rule::Param, 13),
            ("tel:+1;isub=%4;a", Rule::Escape, 12),
        ] {
            assert_eq!(fault(text), (rule, octet), "{text}");
        }
    }

    #[test]
    fn a_urn_has_a_namespace_and_a_name() {
        for text in [
            "urn:service:sos",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "URN:a1:b:c/d?+e?=f#g",
        ] {
            assert_eq!(uri(text).scheme(), Scheme::Urn);
            assert_eq!(uri(text).user(), None);
            assert_eq!(uri(text).after_scheme(), text[4..]);
        }
        for (text, octet) in [
            ("urn:", 4),
            ("urn:a:b", 4),
            ("urn:-a:b", 4),
            ("urn:a-:b", 4),
            ("urn:a_b:c", 4),
            ("urn:ab", 4),
            ("urn:ab:", 7),
            ("urn:ab:?+c", 7),
            ("urn:ab:/c", 7),
        ] {
            assert_eq!(fault(text), (Rule::Urn, octet), "{text}");
        }
        assert!(Uri::try_from(&*format!("urn:{}:x", "a".repeat(32))).is_ok());
        assert!(Uri::try_from(&*format!("urn:{}:x", "a".repeat(33))).is_err());
    }

    #[test]
    fn a_uri_of_another_scheme_is_kept_as_it_is() {
        for text in [
            "http://user@h:80/a/b;c?d=e&f#g",
            "mailto:a@b",
            "im:a@b",
            "h323:a@b;c",
            "data:,",
            "cid:%41",
            "ldap://[2001:db8::7]/c=GB?x",
        ] {
            let uri = uri(text);
            assert_eq!(uri.scheme(), Scheme::Other);
            assert_eq!(uri.to_string(), text);
            assert_eq!(parts(text), ["-", "-", "-", "-", "", ""], "{text}");
        }
        assert_eq!(fault("http:"), (Rule::Uri, 5));
        assert_eq!(fault("http://a b"), (Rule::Uri, 8));
        assert_eq!(fault("http://h/<>"), (Rule::Uri, 9));
        assert_eq!(fault("http://h/%4"), (Rule::Escape, 9));
    }

    proptest! {
        #[test]
        fn a_uri_that_is_put_together_is_read_as_its_parts(
            scheme in "([sS][iI][pP]|sips)",
            user in "([a-zA-Z0-9_.!~*'()&=+$,;?/-]|%[0-9A-F]{2}){1,12}",
            password in proptest::option::of("([a-zA-Z0-9&=+$,]|%[0-9a-f]{2}){0,6}"),
            host in "(([a-z0-9]{1,3}\\.){0,2}[a-z][a-z0-9-]{0,3}[a-z0-9]|\\[2001:db8::[0-9a-f]{1,4}\\])",
            port in proptest::option::of(any::<u16>()),
            params in "(;([a-zA-Z0-9/:&+$\\[\\]-]|%[0-9A-F]{2}){1,6}(=([a-z0-9/:&+$-]|%[0-9A-F]{2}){1,6})?){0,4}",
            headers in "(\\?[a-zA-Z0-9-]{1,6}=([a-z0-9/?:+$-]|%[0-9A-F]{2}){0,6}(&[a-z]{1,3}=[a-z]{0,3}){0,2})?",
        ) {
            let secret = password.as_ref().map_or(String::new(), |text| format!(":{text}"));
            let behind = port.map_or(String::new(), |port| format!(":{port}"));
            let text = format!("{scheme}:{user}{secret}@{host}{behind}{params}{headers}");
            let wanted = [
                user,
                password.unwrap_or("-".to_owned()),
                host,
                port.map_or("-".to_owned(), |port| port.to_string()),
                params,
                headers,
            ];
            prop_assert_eq!(parts(&text), wanted);
        }

        #[test]
        fn no_octets_can_panic_what_reads_a_uri(
            start in "(sip:|sips:|tel:|urn:service:|http:|)",
            octets in proptest::collection::vec(
                prop_oneof![
                    3 => proptest::sample::select(b"a1%@:;=?&[].+#-".to_vec()),
                    1 => any::<u8>(),
                ],
                0..48,
            ),
        ) {
            let text = [start.as_bytes(), &octets].concat();
            match Uri::parse(&text) {
                Err(error) => prop_assert!(error.position.octet() <= text.len()),
                Ok(uri) => read_everything(&uri, &text)?,
            }
        }

        #[test]
        fn an_octet_that_is_changed_cannot_panic_what_reads_a_uri(
            place in any::<proptest::sample::Index>(),
            octet in any::<u8>(),
        ) {
            for good in [
                &b"sips:al%69ce;x=y:s%65cret@[2001:db8::1]:5061;transport=tcp;lr?subject=%20x&to=a"[..],
                b"sip:+49-30;phone-context=+49;isub=1;ext=2@gw.example;user=phone;maddr=192.0.2.1",
                b"tel:863-1234;phone-context=+1-914-555;isub=a%20b;npdi",
                b"urn:service:sos.fire?+a#b",
            ] {
                let mut text = good.to_vec();
                *place.get_mut(&mut text) = octet;
                if let Ok(uri) = Uri::parse(&text) {
                    read_everything(&uri, &text)?;
                }
            }
        }
    }

    fn read_everything(uri: &Uri<'_>, text: &[u8]) -> Result<(), TestCaseError> {
        prop_assert_eq!(uri.as_bytes(), text);
        prop_assert!(uri.equivalent(&uri.borrowed()));
        let _ = (uri.user_unescaped(), uri.password_unescaped(), uri.host());
        let _ = (
            uri.transport(),
            uri.maddr(),
            uri.ttl(),
            uri.method(),
            uri.gr(),
        );
        let _ = (uri.service(), uri.aor_key());
        if let Some(number) = uri.telephone() {
            let _ = (number.digits(), number.phone_context(), number.rn());
        }
        let edited = uri.without_params().without_headers();
        prop_assert!(edited.params().is_empty() && edited.headers().is_empty());
        if uri.is_sip() {
            let same = uri.with_port(uri.port()).unwrap();
            prop_assert!(same.equivalent(uri));
        }
        Ok(())
    }
}
