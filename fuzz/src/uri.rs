//! URIs, alone and where messages hold them.

use sip_core::header::{NameAddr, To, TypedHeader};
use sip_core::{AorKey, Leniency, Method, ParseConfig, Request, Scheme, Text, Uri, UriBuilder};

use crate::look::{self, look};

/// Reads `text` as a URI, and what stands before a space in it, alone.
pub fn check(text: &[u8]) {
    for config in crate::configs::all() {
        match Uri::parse_with(text, &config) {
            Ok(uri) => {
                parts(&uri);
                same_again(&uri, text, &config);
                in_a_message(&uri, &config);
            }
            Err(error) => look::error(&error, text),
        }
    }
    if Uri::parse_with(text, &ParseConfig::STRICT).is_ok() {
        assert!(
            Uri::parse(text).is_ok(),
            "leniency refuses what the letter allows"
        );
    }
    // A second URI, or a text for edits, may stand behind a space.
    let mut halves = text.splitn(2, |octet| *octet == b' ');
    let (first, second) = (halves.next().unwrap_or_default(), halves.next());
    if let Ok(uri) = Uri::parse(first) {
        let second = second.unwrap_or(first);
        key(&uri);
        edits(&uri, second);
        if let Ok(other) = Uri::parse(second) {
            equivalence(&uri, &other);
        }
    }
}

/// An address of record has one key, whichever of its URIs it is made of.
fn key(uri: &Uri<'_>) {
    let Some(key) = uri.aor_key() else { return };
    let stored = AorKey::from_stored(key.as_str());
    assert_eq!(stored.as_ref(), Ok(&key), "{uri:?}");
    assert!(key.as_str().is_ascii(), "{key:?}");
}

fn equivalence(uri: &Uri<'_>, other: &Uri<'_>) {
    assert!(uri.equivalent(uri), "{uri:?}");
    let same = uri.equivalent(other);
    assert_eq!(same, other.equivalent(uri), "{uri:?}, {other:?}");
    if same {
        assert_eq!(uri.aor_key(), other.aor_key(), "{uri:?}, {other:?}");
    }
}

/// What is put into a URI is read from it again, and the rest stays.
fn edits(uri: &Uri<'_>, text: &[u8]) {
    let read = |edited: &Uri<'_>| {
        let config = crate::configs::unlimited(Leniency::PHONES);
        let read = Uri::parse_with(edited.as_bytes(), &config);
        assert!(read.is_ok(), "{uri:?}, {:?}: {edited:?}", Text::from(text));
    };
    let rest = uri.without_params().without_headers();
    read(&rest);
    assert!(rest.params().is_empty() && rest.headers().is_empty());
    assert!(uri.without_param("lr").params().find("lr").is_none());
    if let Ok(edited) = uri.with_user(text) {
        read(&edited);
        let user = edited.user_unescaped();
        assert_eq!(user.unwrap_or_default().as_bytes(), text, "{edited:?}");
        assert_eq!(edited.params().as_bytes(), uri.params().as_bytes());
        assert_eq!(edited.headers().as_bytes(), uri.headers().as_bytes());
    }
    if let Ok(edited) = uri.with_param("x-y", text) {
        read(&edited);
        assert_eq!(
            edited.params().value("X-Y").unwrap_or_default().as_bytes(),
            text
        );
        assert_eq!(
            edited.after_scheme().as_bytes().first(),
            uri.after_scheme().as_bytes().first()
        );
    }
    if let Ok(edited) = uri.with_header("Subject", text) {
        read(&edited);
        let last = edited.headers().iter().last();
        let value = last.map(|header| header.value_unescaped().as_bytes().to_vec());
        assert_eq!(value.as_deref(), Some(text), "{edited:?}");
    }
    if let Ok(edited) = uri.with_port(5070) {
        read(&edited);
        assert_eq!(edited.port(), Some(5070));
        let without = edited.with_port(None).expect("it had one");
        let before = uri.with_port(None).expect("it had one");
        assert_eq!(without.as_bytes(), before.as_bytes());
    }
}

/// The parts of a URI put together are the URI, and each can be read.
pub(crate) fn parts(uri: &Uri<'_>) {
    let whole = uri.as_bytes();
    let joined = [
        uri.scheme_text().as_bytes(),
        b":",
        uri.after_scheme().as_bytes(),
    ]
    .concat();
    assert_eq!(joined, whole, "{uri:?}");

    let mut joined = uri.scheme_text().as_bytes().to_vec();
    joined.push(b':');
    if let Some(user) = uri.user() {
        joined.extend_from_slice(user.as_bytes());
    }
    if let Some(password) = uri.password() {
        joined.push(b':');
        joined.extend_from_slice(password.as_bytes());
    }
    if let Some(host) = uri.host() {
        if uri.user().is_some() {
            joined.push(b'@');
        }
        look::host(&host);
        joined.extend_from_slice(host.text().as_bytes());
    }
    let tail = [uri.params().as_bytes(), uri.headers().as_bytes()].concat();
    match uri.scheme() {
        Scheme::Sip | Scheme::Sips => {
            let port = whole
                .strip_prefix(&*joined)
                .and_then(|rest| rest.strip_suffix(&*tail));
            let port = port.map(|port| String::from_utf8_lossy(port).into_owned());
            match (port.as_deref(), uri.port()) {
                (Some(""), None) => {}
                (Some(text), Some(port)) => {
                    assert_eq!(text.trim_start_matches(':').parse(), Ok(port), "{uri:?}");
                }
                other => panic!("{uri:?}: {other:?}"),
            }
        }
        Scheme::Tel => assert_eq!([joined, tail].concat(), whole, "{uri:?}"),
        _ => assert!(tail.is_empty(), "{uri:?}"),
    }
    pairs(uri);
    meaning(uri);
}

/// What the parts mean, to who knows the scheme.
fn meaning(uri: &Uri<'_>) {
    look((uri.user_unescaped(), uri.password_unescaped()));
    look((uri.transport(), uri.maddr(), uri.ttl(), uri.method()));
    look((uri.user_param(), uri.is_loose_route(), uri.is_outbound()));
    look((uri.is_gruu(), uri.gr()));
    if let Some(service) = uri.service() {
        service.labels().for_each(look);
        assert!(service.is(&service.top_level().to_string()), "{uri:?}");
        look((service.name(), service.is_emergency()));
    }
    if let Some(number) = uri.telephone() {
        look((number.number(), number.digits(), number.is_global()));
        look((number.phone_context(), number.isub(), number.ext()));
        look((number.postd(), number.npdi(), number.rn()));
        look((number.rn_context(), number.cic(), number.cic_context()));
        look((number.tgrp(), number.trunk_context()));
        look(number.mandatory_param());
        let sip = UriBuilder::sip().telephone(&number).host("h").build();
        let again = sip
            .as_ref()
            .map(|sip| sip.telephone().map(|again| again.is_global()));
        assert_eq!(again, Ok(Some(number.is_global())), "{uri:?} in {sip:?}");
    }
}

fn pairs(uri: &Uri<'_>) {
    let params = uri.params();
    for param in params.iter() {
        assert!(!param.name.is_empty(), "{uri:?}");
        look(&param.value);
        if let Ok(name) = param.name.to_str() {
            assert!(params.contains(name), "{uri:?}");
            look(params.value(name));
        }
    }
    assert_eq!(params.is_empty(), params.iter().next().is_none(), "{uri:?}");
    let headers = uri.headers();
    for header in headers.iter() {
        assert!(!header.name.is_empty(), "{uri:?}");
        look((header.name_unescaped(), header.value_unescaped()));
    }
    assert_eq!(
        headers.is_empty(),
        headers.iter().next().is_none(),
        "{uri:?}"
    );
}

fn same_again(uri: &Uri<'_>, text: &[u8], config: &ParseConfig) {
    assert_eq!(uri.as_bytes(), text);
    let debug = format!("{uri:?}");
    assert_eq!(format!("{:?}", uri.borrowed()), debug);
    assert_eq!(format!("{:?}", uri.clone().into_owned()), debug);
    let shown = uri.to_string();
    let again = Uri::parse_with(shown.as_bytes(), config);
    assert!(again.is_ok_and(|again| again.as_bytes() == text), "{debug}");
}

/// A URI that was read may stand wherever a URI may stand.
fn in_a_message(uri: &Uri<'_>, config: &ParseConfig) {
    let built = Request::builder(Method::OPTIONS, uri).build();
    let octets = built.expect("nothing in it is unsound").to_bytes();
    let written = crate::configs::written(config);
    let read = sip_core::Message::parse_with(octets, &written).expect("it was written by us");
    let sip_core::Message::Request(request) = read else {
        panic!("a request became a response");
    };
    assert_eq!(request.raw_uri(), uri.as_bytes());
    assert!(request.uri().is_ok());

    let to = To(NameAddr::new(uri.borrowed()).with_param("tag", "1"));
    let mut text = Vec::new();
    to.encode(&mut text);
    let (again, rest) = To::decode(&text, &written).expect("it was written by us");
    assert!(rest.is_empty());
    assert_eq!(again.uri.as_bytes(), uri.as_bytes());
    assert_eq!(again.tag().expect("it was set"), "1");
}
