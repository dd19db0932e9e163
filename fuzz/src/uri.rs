//! URIs, alone and where messages hold them.

use sip_core::header::{NameAddr, To, TypedHeader};
use sip_core::{Method, ParseConfig, Request, Scheme, Uri};

use crate::look::{self, look};

/// Reads `text` as a URI.
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
    equivalence(text);
}

// MARK: `Uri::equivalent` and `AorKey` are to be checked here: a URI is
// equivalent to itself, and to another exactly if the other is to it; URIs
// that are equivalent and have an `AorKey` have the same one. `text` may be
// split in two at its first space for the other URI.
fn equivalence(_text: &[u8]) {}

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
        look(header.value_unescaped());
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
