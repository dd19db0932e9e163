//! Messages: read, judged, written and read again.

use sip_core::header::{CSeq, CallId, ContentLength, From, HeaderName, To, Via};
use sip_core::{Datagram, Malformed, Message, ParseConfig, Position, Rule, Text};

use crate::look;

/// Reads `octets` as a datagram.
pub fn check(octets: &[u8]) {
    let mut configs = crate::configs::all().to_vec();
    configs.push(crate::configs::small());
    for config in &configs {
        match Datagram::parse_with(octets.to_vec(), config) {
            Ok(Datagram::Message(message)) => read(&message, octets, config),
            Ok(Datagram::KeepAlive(_)) => {
                assert!(matches!(octets, b"" | b"\0" | b"\r\n" | b"\r\n\r\n"));
            }
            Ok(other) => panic!("what is {other:?}?"),
            Err(error) => malformed(&error, octets, config),
        }
    }
}

/// What holds for a message that could be read.
fn read(message: &Message, text: &[u8], config: &ParseConfig) {
    assert!(
        text.ends_with(message.body()) || message.headers().contains(&HeaderName::CONTENT_LENGTH)
    );
    let sound = crate::header::read_all(message.headers());
    let faults = message.faults();
    assert!(
        sound || !faults.is_empty(),
        "faults() finds fewer than all()"
    );
    for fault in &faults {
        look::error(fault, text);
        assert!(matches!(fault.position, Position::Message(_)), "{fault}");
    }
    match message.validate() {
        Ok(_) => has_what_is_required(message),
        Err(fault) => assert!(faults.contains(&fault), "{fault}"),
    }
    crate::multipart::of_message(message);
    same_when_written(message, config);
    if let Message::Request(request) = message {
        if let Ok(uri) = request.uri() {
            crate::uri::parts(&uri);
            let headers = faults
                .iter()
                .find(|fault| fault.rule == Rule::RequestUriHeaders);
            let rest = headers.map(|fault| &text[fault.position.octet()..]);
            assert!(rest.is_none_or(|rest| rest.starts_with(uri.headers().as_bytes())));
        }
        let reply = request.reply(sip_core::StatusCode::TRYING);
        same_when_written(&reply.into(), config);
    }
}

fn has_what_is_required(message: &Message) {
    let headers = message.headers();
    assert!(headers.required::<Via>().is_ok());
    assert!(headers.required::<From>().is_ok());
    assert!(headers.required::<To>().is_ok());
    assert!(headers.required::<CallId>().is_ok());
    assert!(headers.required::<CSeq>().is_ok());
}

/// What holds for a message that could not.
pub(crate) fn malformed(malformed: &Malformed, text: &[u8], config: &ParseConfig) {
    assert!(malformed.errors().contains(malformed.error()));
    for error in malformed.errors() {
        look::error(error, text);
    }
    let Some(salvage) = malformed.salvage() else {
        assert!(malformed.response().is_none());
        return;
    };
    crate::header::read_all(salvage.headers());
    look::look(salvage.faults());
    if let Some(response) = malformed.response() {
        let answer = Message::from(response);
        for name in [
            HeaderName::VIA,
            HeaderName::FROM,
            HeaderName::TO,
            HeaderName::CALL_ID,
        ] {
            let count = |message: &Message| message.headers().fields(&name).count();
            // What may stand but once is copied but once.
            let most = if name.is_single() { 1 } else { usize::MAX };
            assert_eq!(count(&answer), count(salvage).min(most), "{name}");
        }
        same_when_written(&answer, config);
    }
}

/// Writes the message, reads what was written, and gives that; it is the same
/// message.
pub(crate) fn same_when_written(message: &Message, config: &ParseConfig) -> Message {
    let mut octets = Vec::new();
    message.write_to(&mut octets);
    let again = Message::parse_with(octets.clone(), &crate::configs::written(config));
    let again = again.unwrap_or_else(|error| panic!("{error}: \"{}\"", octets.escape_ascii()));
    same(message, &again);
    let mut twice = Vec::new();
    again.write_to(&mut twice);
    assert_eq!(Text::from(octets), Text::from(twice));
    again
}

fn same(before: &Message, after: &Message) {
    match (before, after) {
        (Message::Request(before), Message::Request(after)) => {
            assert_eq!(before.method(), after.method());
            assert_eq!(before.raw_uri(), after.raw_uri());
        }
        (Message::Response(before), Message::Response(after)) => {
            assert_eq!(before.status(), after.status());
            assert_eq!(before.reason(), after.reason());
        }
        _ => panic!("{before:?} became {after:?}"),
    }
    assert_eq!(fields(before), fields(after));
    assert_eq!(before.body(), after.body());
    let said: Vec<_> = after.headers().all::<ContentLength>().collect();
    let length = u32::try_from(after.body().len()).expect("inputs are small");
    assert_eq!(said, [Ok(ContentLength(length))]);
}

/// The header fields, but for Content-Length, which is written anew.
fn fields(message: &Message) -> Vec<(HeaderName<'_>, Text<'_>)> {
    let fields = message.headers().iter();
    fields
        .filter(|field| !field.is_named(&HeaderName::CONTENT_LENGTH))
        .map(|field| (field.name(), flat(field.value())))
        .collect()
}

/// The value with one space wherever it has white space, since a fold may be
/// written as a space (RFC 3261 section 7.3.1).
pub(crate) fn flat(value: &[u8]) -> Text<'static> {
    let space = |octet: &u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
    let mut flat: Vec<u8> = Vec::with_capacity(value.len());
    for octet in value {
        if !space(octet) {
            flat.push(*octet);
        } else if flat.last() != Some(&b' ') {
            flat.push(b' ');
        }
    }
    Text::from(flat)
}
