//! Messages and their pieces, made from the grammar of RFC 3261 section 25.1.

use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use sip_core::Uri;

pub(crate) fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9.!%*_+`'~-]{1,10}"
}

pub(crate) fn method() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "INVITE",
        "ACK",
        "BYE",
        "CANCEL",
        "REGISTER",
        "OPTIONS",
        "MESSAGE",
        "SUBSCRIBE",
    ];
    prop_oneof![select(KNOWN).prop_map(str::to_owned), token()]
}

/// `SWS`: perhaps nothing, perhaps a fold.
pub(crate) fn sws() -> impl Strategy<Value = &'static str> {
    select(
        &[
            "",
            "",
            "",
            " ",
            "\t",
            "  ",
            "\r\n ",
            " \r\n\t",
            "\r\n \r\n  ",
        ][..],
    )
}

/// `LWS`: at least one space.
pub(crate) fn lws() -> impl Strategy<Value = &'static str> {
    select(&[" ", " ", "\t ", "\r\n ", " \r\n\t", "\r\n \r\n "][..])
}

pub(crate) fn host() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?\\.[a-z]{1,4}\\.?",
        "[a-z][a-z0-9]{0,8}",
        any::<[u8; 4]>().prop_map(|octets| Ipv4Addr::from(octets).to_string()),
        any::<[u8; 16]>().prop_map(|octets| format!("[{}]", Ipv6Addr::from(octets))),
        any::<[u8; 4]>()
            .prop_map(|octets| { format!("[{}]", Ipv4Addr::from(octets).to_ipv6_mapped()) }),
    ]
    .boxed()
}

fn port() -> impl Strategy<Value = Option<u16>> {
    option::weighted(0.4, any::<u16>())
}

/// Text in double quotes, with what needs a backslash behind one; octets beyond
/// ASCII need not be UTF-8.
pub(crate) fn quoted() -> BoxedStrategy<Vec<u8>> {
    let piece = prop_oneof![
        4 => "[ !#-\\[\\]-~]{1,6}".prop_map(String::into_bytes),
        1 => (0_u8..128)
            .prop_filter("CR and LF are never quoted", |octet| !matches!(octet, b'\r' | b'\n'))
            .prop_map(|octet| vec![b'\\', octet]),
        1 => vec(0x80_u8.., 1..4),
        1 => "[äß€日]{1,2}".prop_map(String::into_bytes),
    ];
    vec(piece, 0..4)
        .prop_map(|pieces| [&b"\""[..], &pieces.concat(), b"\""].concat())
        .boxed()
}

/// `unreserved` and escapes.
fn escaped(class: &'static str) -> impl Strategy<Value = String> {
    let piece = prop_oneof![5 => class, 1 => "%[0-9A-Fa-f]{2}"];
    vec(piece, 1..3).prop_map(|pieces| pieces.concat())
}

fn uri_params() -> impl Strategy<Value = String> {
    let param = (
        escaped("[A-Za-z0-9_.!~*'()\\[\\]/:&+$-]{1,5}"),
        option::of(escaped("[A-Za-z0-9_.!~*'()\\[\\]/:&+$-]{1,5}")),
    );
    vec(param, 0..3).prop_map(|params| {
        let text = params.into_iter().map(|(name, value)| match value {
            Some(value) => format!(";{name}={value}"),
            None => format!(";{name}"),
        });
        text.collect()
    })
}

pub(crate) fn sip_uri() -> BoxedStrategy<String> {
    let user = escaped("[A-Za-z0-9_.!~*'()&=+$,;?/-]{1,8}");
    let password = escaped("[A-Za-z0-9_.!~*'()&=+$,-]{1,4}");
    let headers = vec(
        (
            escaped("[A-Za-z0-9_.!~*'()\\[\\]/?:+$-]{1,5}"),
            option::of(escaped("[a-z?:]{1,4}")),
        ),
        0..2,
    );
    (
        select(&["sip", "sips", "SIP", "sIpS"][..]),
        option::of((user, option::weighted(0.2, password))),
        host(),
        port(),
        uri_params(),
        headers,
    )
        .prop_map(|(scheme, user, host, port, params, headers)| {
            let user = match user {
                Some((user, Some(password))) => format!("{user}:{password}@"),
                Some((user, None)) => format!("{user}@"),
                None => String::new(),
            };
            let port = port.map_or(String::new(), |port| format!(":{port}"));
            let headers: Vec<String> = headers
                .into_iter()
                .map(|(name, value)| format!("{name}={}", value.unwrap_or_default()))
                .collect();
            let mark = if headers.is_empty() { "" } else { "?" };
            format!(
                "{scheme}:{user}{host}{port}{params}{mark}{}",
                headers.join("&")
            )
        })
        .boxed()
}

pub(crate) fn uri() -> BoxedStrategy<String> {
    prop_oneof![
        4 => sip_uri(),
        1 => ("tel:\\+?[0-9][0-9.()-]{0,8}", uri_params()).prop_map(|(tel, params)| tel + &params),
        1 => "urn:service:[a-z]{1,8}(\\.[a-z]{1,4})?",
        1 => "[a-rt-z][a-z0-9+.-]{4,6}:[A-Za-z0-9;/?:@&=+$,_.!~*'()#-]{1,12}",
    ]
    .boxed()
}

/// A parameter's name and its value, as it is written.
pub(crate) type Param = (String, Option<Vec<u8>>);

pub(crate) fn params() -> BoxedStrategy<Vec<Param>> {
    let value = prop_oneof![
        token().prop_map(String::into_bytes),
        quoted(),
        any::<[u8; 16]>().prop_map(|octets| format!("[{}]", Ipv6Addr::from(octets)).into_bytes()),
    ];
    vec((token(), option::of(value)), 0..4).boxed()
}

/// The parameters as text, with white space around every separator.
fn written(params: Vec<Param>, spaces: &[&str]) -> Vec<u8> {
    let mut spaces = spaces.iter().copied().cycle();
    let mut space = || spaces.next().unwrap_or("").as_bytes().to_vec();
    let mut out = Vec::new();
    for (name, value) in params {
        out.extend([space(), vec![b';'], space(), name.into_bytes()].concat());
        if let Some(value) = value {
            out.extend([space(), vec![b'='], space(), value].concat());
        }
    }
    out
}

/// The parts of a Via, and a text that says them.
#[derive(Debug, Clone)]
pub(crate) struct ViaText {
    pub(crate) transport: String,
    pub(crate) host: String,
    pub(crate) port: Option<u16>,
    pub(crate) params: Vec<Param>,
    pub(crate) text: Vec<u8>,
}

pub(crate) fn via() -> BoxedStrategy<ViaText> {
    (
        (token(), host(), port(), params()),
        (lws(), vec(sws(), 7), select(&["SIP", "sip"][..])),
    )
        .prop_map(|((transport, host, port, params), (lws, spaces, sip))| {
            let [a, b, c, d, e, f, ..] = spaces[..] else {
                unreachable!("there are seven");
            };
            let mut text = format!("{sip}{a}/{b}2.0{c}/{d}{transport}{lws}{host}");
            if let Some(port) = port {
                text += &format!("{e}:{f}{port}");
            }
            let mut text = text.into_bytes();
            text.extend(written(params.clone(), &spaces));
            ViaText {
                transport,
                host,
                port,
                params,
                text,
            }
        })
        .boxed()
}

/// The parts of a name-addr, and a text that says them.
#[derive(Debug, Clone)]
pub(crate) struct AddressText {
    /// As it is written.
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) uri: String,
    pub(crate) params: Vec<Param>,
    pub(crate) text: Vec<u8>,
}

pub(crate) fn address() -> BoxedStrategy<AddressText> {
    let tokens = vec(token(), 1..3).prop_map(|words| words.join(" ").into_bytes());
    let beyond_ascii = vec(0x80_u8.., 1..4);
    let name = prop_oneof![3 => quoted(), 2 => tokens, 1 => beyond_ascii];
    (option::of(name), uri(), params(), vec(sws(), 5))
        .prop_map(|(name, uri, params, spaces)| {
            let mut text = name.clone().unwrap_or_default();
            if name.is_some() {
                text.extend_from_slice(spaces[0].as_bytes());
            }
            text.extend_from_slice(format!("<{uri}>").as_bytes());
            text.extend(written(params.clone(), &spaces));
            AddressText {
                name,
                uri,
                params,
                text,
            }
        })
        .boxed()
}

/// A header field: its name and its value.
pub(crate) type FieldText = (String, Vec<u8>);

/// `name` with its letters in any case.
fn any_case(name: &'static str) -> impl Strategy<Value = String> {
    vec(any::<bool>(), name.len()).prop_map(move |upper| {
        let letters = name.chars().zip(upper);
        letters
            .map(|(letter, upper)| match upper {
                true => letter.to_ascii_uppercase(),
                false => letter.to_ascii_lowercase(),
            })
            .collect()
    })
}

fn list(value: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (vec(value, 1..4), sws(), sws())
        .prop_map(|(values, before, after)| values.join(format!("{before},{after}").as_bytes()))
}

/// A header field that is sound by its grammar.
pub(crate) fn sound_field() -> BoxedStrategy<FieldText> {
    let via = list(via().prop_map(|via| via.text));
    let contact = list(address().prop_map(|address| address.text));
    let route = list(address().prop_map(|address| address.text));
    let routes = prop_oneof![
        any_case("Route"),
        any_case("Record-Route"),
        any_case("Path")
    ];
    prop_oneof![
        2 => (prop_oneof![any_case("via"), any_case("v")], via),
        2 => (prop_oneof![any_case("contact"), any_case("m")], contact),
        2 => (routes, route),
        1 => (any_case("max-forwards"), "0{0,3}[0-9]{1,2}".prop_map(String::into_bytes)),
        3 => unknown_field(),
    ]
    .boxed()
}

/// A header field that nobody knows, its value any octets but line ends.
pub(crate) fn unknown_field() -> BoxedStrategy<FieldText> {
    let name = "[XZ]-[A-Za-z0-9.!%*_+`'~-]{0,12}";
    let octet = any::<u8>().prop_filter("no line end", |octet| !matches!(octet, b'\r' | b'\n'));
    let piece = prop_oneof![
        3 => "[ -~]{0,12}".prop_map(String::into_bytes),
        1 => vec(octet, 0..8),
        1 => Just(b"\r\n x".to_vec()),
    ];
    (name, vec(piece, 0..4))
        .prop_map(|(name, pieces)| (name, trim(&pieces.concat())))
        .boxed()
}

/// Without white space and folds at both ends: they are not part of a value.
fn trim(value: &[u8]) -> Vec<u8> {
    let text = value.trim_ascii();
    // What is no white space to Rust and to SIP the same.
    let edge = |octet: &u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
    let start = text
        .iter()
        .position(|octet| !edge(octet))
        .unwrap_or(text.len());
    text[start..].to_vec()
}

#[derive(Debug, Clone)]
pub(crate) struct Generated {
    pub(crate) start_line: String,
    /// Without Content-Length.
    pub(crate) fields: Vec<FieldText>,
    pub(crate) body: Vec<u8>,
    /// What stands between each name and value.
    pub(crate) colons: Vec<&'static str>,
    /// Where Content-Length stands, and how it is written.
    pub(crate) length: (usize, &'static str),
}

impl Generated {
    /// The message, with nothing in it that needs mending.
    pub(crate) fn tidy(&self) -> Vec<u8> {
        let (place, name) = self.length;
        let place = place.min(self.fields.len());
        let length = (name.to_owned(), self.body.len().to_string().into_bytes());
        let mut fields = self.fields.clone();
        fields.insert(place, length);
        self.write(&fields, "\r\n", "")
    }

    /// The message with line ends and octets behind each line as given, and
    /// no Content-Length.
    pub(crate) fn untidy(&self, line_end: &str, trailing: &str) -> Vec<u8> {
        self.write(&self.fields, line_end, trailing)
    }

    fn write(&self, fields: &[FieldText], line_end: &str, trailing: &str) -> Vec<u8> {
        let mut colons = self.colons.iter().copied().cycle();
        let mut out = self.start_line.clone().into_bytes();
        out.extend_from_slice(b"\r\n");
        for (name, value) in fields {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(colons.next().unwrap_or(": ").as_bytes());
            out.extend_from_slice(value);
            out.extend_from_slice(trailing.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"\r\n");
        if line_end == "\n" {
            out.retain(|octet| *octet != b'\r');
        }
        out.extend_from_slice(&self.body);
        out
    }
}

/// A message whose start line and header fields are sound one by one; which
/// of them stand there, and how often, is anybody's guess.
pub(crate) fn message() -> BoxedStrategy<Generated> {
    let request = (method(), uri()).prop_map(|(method, uri)| format!("{method} {uri} SIP/2.0"));
    let reason = "[ -~äß€]{0,12}";
    let response =
        (100_u16..700, reason).prop_map(|(code, reason)| format!("SIP/2.0 {code} {reason}"));
    let colon = select(&[": ", ": ", ":", " : ", "\t:\t", " :\r\n ", ": \r\n\t "][..]);
    (
        prop_oneof![3 => request, 1 => response],
        vec(sound_field(), 0..8),
        vec(any::<u8>(), 0..24),
        vec(colon, 1..5),
        (
            0_usize..8,
            select(&["Content-Length", "l", "CONTENT-length"][..]),
        ),
    )
        .prop_map(|(start_line, fields, body, colons, length)| Generated {
            start_line,
            fields,
            body,
            colons,
            length,
        })
        .boxed()
}

/// A request that a server can act on.
pub(crate) fn valid_request() -> BoxedStrategy<Generated> {
    let needed = (
        via(),
        address(),
        address(),
        "[a-z0-9@.]{1,4}",
        0_u32..0x8000_0000,
    );
    (method(), sip_uri(), needed, message())
        .prop_map(
            |(method, uri, (via, from, to, call_id, number), mut message)| {
                // A Request-URI holds no headers.
                let headers = Uri::parse(uri.as_bytes())
                    .unwrap()
                    .headers()
                    .as_bytes()
                    .len();
                let uri = uri[..uri.len() - headers].to_owned();
                message.start_line = format!("{method} {uri} SIP/2.0");
                let single = ["max-forwards"];
                let mut seen = Vec::new();
                message.fields.retain(|(name, _)| {
                    let name = name.to_ascii_lowercase();
                    let again = single.contains(&&*name) && seen.contains(&name);
                    seen.push(name);
                    !again
                });
                let call_id = call_id.replace('@', "a");
                message.fields.extend([
                    ("Via".to_owned(), via.text),
                    ("f".to_owned(), from.text),
                    ("To".to_owned(), to.text),
                    ("i".to_owned(), call_id.into_bytes()),
                    ("CSeq".to_owned(), format!("{number} {method}").into_bytes()),
                ]);
                message
            },
        )
        .boxed()
}
