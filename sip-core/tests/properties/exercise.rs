//! Everything that can be asked of a message, for what must never panic.

use sip_core::header::{
    CSeq, CallId, Contact, ContentLength, From, MaxForwards, RecordRoute, Route, To, TypedHeader,
    Via,
};
use sip_core::{
    Datagram, Headers, Limit, Malformed, Message, ParseConfig, Position, Response, Rule,
};

/// Reads whatever `octets` are.
pub(crate) fn read_everything(octets: &[u8]) {
    for config in [ParseConfig::DEFAULT, ParseConfig::STRICT] {
        let _ = Datagram::parse_with(octets.to_vec(), &config);
        match Message::parse_with(octets.to_vec(), &config) {
            Ok(message) => ask(&message, octets),
            Err(malformed) => ask_malformed(&malformed, octets),
        }
    }
}

pub(crate) fn ask_malformed(malformed: &Malformed, octets: &[u8]) {
    assert!(
        malformed.errors().contains(malformed.error()),
        "{malformed:?}"
    );
    for error in malformed.errors() {
        // A message that is too long is so where it has not arrived yet.
        let too_long = error.rule == Rule::Limit(Limit::Message);
        assert!(
            too_long || error.position.octet() <= octets.len(),
            "{error:?}"
        );
        let _ = (error.to_string(), error.position.line_column(octets));
    }
    if let Some(message) = malformed.salvage() {
        ask(message, octets);
    }
    if let Some(response) = malformed.response() {
        let sent = response.to_bytes();
        let again = Response::parse(sent).expect("a response of ours parses");
        assert_eq!(again.status(), malformed.error().status());
    }
}

fn ask(message: &Message, octets: &[u8]) {
    let faults = message.faults();
    if let Err(fault) = message.validate() {
        assert!(faults.contains(&fault), "{fault:?} is not among {faults:?}");
    }
    for fault in &faults {
        assert!(
            matches!(fault.position, Position::Message(octet) if octet <= octets.len()),
            "{fault:?}"
        );
    }
    let headers = message.headers();
    ask_for::<CSeq>(headers);
    ask_for::<CallId>(headers);
    ask_for::<ContentLength>(headers);
    ask_for::<From>(headers);
    ask_for::<MaxForwards>(headers);
    ask_for::<RecordRoute>(headers);
    ask_for::<Route>(headers);
    ask_for::<To>(headers);
    ask_for::<Contact>(headers);
    ask_for::<Via>(headers);
    for via in headers.all::<Via>().flatten() {
        let _ = (
            via.branch(),
            via.received(),
            via.rport(),
            via.maddr(),
            via.ttl(),
            via.host.ip(),
        );
        via.params.iter().for_each(|param| drop(param.value()));
    }
    for contact in headers.all::<Contact>().flatten() {
        let _ = (contact.q(), contact.expires());
        if let Some(address) = contact.address() {
            let _ = address
                .display_name
                .as_ref()
                .map(|name| name.text().to_string());
            let uri = &address.uri;
            let _ = (
                uri.user(),
                uri.password(),
                uri.host(),
                uri.port(),
                uri.after_scheme(),
            );
            uri.params().iter().for_each(drop);
            uri.headers()
                .iter()
                .for_each(|header| drop(header.value_unescaped()));
        }
    }
    if let Message::Request(request) = message {
        let _ = (
            request.method().to_string(),
            request.uri().map(|uri| uri.to_string()),
        );
    }
}

fn ask_for<H: TypedHeader>(headers: &Headers) {
    let first = headers.typed::<H>();
    let all = headers.all::<H>().count();
    // A list may be empty; what is there is counted.
    assert!(all > 0 || matches!(first, Ok(None)));
    assert_eq!(
        headers.required::<H>().is_ok(),
        matches!(first, Ok(Some(_)))
    );
}
