//! What is read is what was written, and is written as it was read.

use proptest::prelude::*;
use sip_core::header::{HeaderName, NameAddr, Params, TypedHeader, Via};
use sip_core::{Message, ParseConfig, Text, Uri};

use crate::cases;
use crate::generate::{FieldText, Param, address, message, uri, valid_request, via};

/// What a message holds, in its order and as it is written, Content-Length
/// left out.
fn fields(message: &Message) -> Vec<FieldText> {
    message
        .headers()
        .iter()
        .filter(|field| !field.is_named(&HeaderName::CONTENT_LENGTH))
        .map(|field| {
            (
                String::from_utf8_lossy(field.raw_name()).into_owned(),
                field.value().to_vec(),
            )
        })
        .collect()
}

fn written(message: &Message) -> Vec<u8> {
    let mut out = Vec::new();
    message.write_to(&mut out);
    out
}

/// Each fold replaced by a space.
fn unfolded(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = value;
    while let Some(at) = rest
        .iter()
        .position(|octet| *octet == b'\r' || *octet == b'\n')
    {
        out.extend_from_slice(&rest[..at]);
        out.push(b' ');
        let space = |octet: &u8| matches!(octet, b'\r' | b'\n' | b' ' | b'\t');
        let next = rest[at..].iter().position(|octet| !space(octet));
        rest = &rest[at + next.unwrap_or(rest.len() - at)..];
    }
    out.extend_from_slice(rest);
    out
}

fn same_params(params: &Params<'_>, wanted: &[Param]) -> bool {
    let found = params.iter().map(|param| {
        let raw = param.raw.map(|raw| raw.as_bytes().to_vec());
        (param.name.to_string(), raw)
    });
    found.eq(wanted.iter().cloned())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_message_that_needs_no_mending_is_written_octet_for_octet(generated in message()) {
        let octets = generated.tidy();
        let message = Message::parse(octets.clone()).unwrap();
        prop_assert_eq!(fields(&message), &generated.fields[..]);
        prop_assert_eq!(message.body(), &generated.body[..]);
        prop_assert_eq!(written(&message).escape_ascii().to_string(), octets.escape_ascii().to_string());
    }

    #[test]
    fn a_message_without_a_length_and_with_white_space_behind_its_lines_keeps_its_fields(
        generated in message(),
        trailing in prop_oneof![Just(""), Just(" "), Just("\t \r\n  ")],
        empty_lines in 0_usize..3,
    ) {
        let octets = ["\r\n".repeat(empty_lines).into_bytes(), generated.untidy("\r\n", trailing)].concat();
        let message = Message::parse(octets).unwrap();
        prop_assert_eq!(fields(&message), &generated.fields[..]);
        let again = Message::parse(written(&message)).unwrap();
        prop_assert_eq!(fields(&again), &generated.fields[..]);
        prop_assert_eq!(again.body(), &generated.body[..]);
        prop_assert_eq!(again.headers().fields(&HeaderName::CONTENT_LENGTH).count(), 1);
    }

    #[test]
    fn a_message_with_bare_line_ends_is_sent_on_unfolded(generated in message()) {
        let message = Message::parse(generated.untidy("\n", "")).unwrap();
        let sent = written(&message);
        let head = sent.len() - message.body().len();
        prop_assert!(sent[..head].windows(2).all(|pair| pair[1] != b'\n' || pair[0] == b'\r'));
        let again = Message::parse(sent).unwrap();
        // CRs were lost with the line ends, in values too.
        let wanted: Vec<FieldText> = generated
            .fields
            .iter()
            .map(|(name, value)| (name.clone(), unfolded(value)))
            .collect();
        let found: Vec<FieldText> = fields(&again)
            .into_iter()
            .map(|(name, value)| (name, unfolded(&value)))
            .collect();
        // The start line and every line of one row are as they were.
        if wanted.iter().all(|(_, value)| !value.contains(&b'\r')) {
            prop_assert_eq!(found, wanted);
        }
        prop_assert_eq!(again.body(), &generated.body[..]);
    }

    #[test]
    fn a_request_with_all_it_needs_is_valid_and_has_no_fault(generated in valid_request()) {
        let octets = generated.tidy();
        let message = Message::parse(octets.clone()).unwrap();
        prop_assert_eq!(message.faults(), vec![]);
        prop_assert!(message.validate().is_ok());
        prop_assert_eq!(written(&message), octets);
        let Message::Request(request) = &message else { panic!("a request") };
        let response = request.reply(sip_core::StatusCode::OK);
        prop_assert!(response.validate().is_ok());
        prop_assert!(sip_core::Response::parse(response.to_bytes()).unwrap().validate().is_ok());
    }

    #[test]
    fn a_via_has_the_parts_it_was_made_of_and_reads_back_what_it_writes(made in via()) {
        let (read, rest) = Via::decode(&made.text, &ParseConfig::STRICT).unwrap();
        prop_assert_eq!(rest, b"");
        prop_assert_eq!(&read.transport, &Text::from(made.transport.as_bytes()));
        prop_assert_eq!(read.host.to_string(), made.host);
        prop_assert_eq!(read.port, made.port);
        prop_assert!(same_params(&read.params, &made.params), "{:?}", read.params);
        let mut text = Vec::new();
        read.encode(&mut text);
        let (again, _) = Via::decode(&text, &ParseConfig::STRICT).unwrap();
        prop_assert!(same_params(&again.params, &made.params));
    }

    #[test]
    fn an_address_has_the_parts_it_was_made_of_and_reads_back_what_it_writes(made in address()) {
        let read = NameAddr::parse(&made.text).unwrap();
        let name = read.display_name.as_ref().map(|name| name.raw().as_bytes().to_vec());
        prop_assert_eq!(name, made.name);
        prop_assert_eq!(read.uri.as_bytes(), made.uri.as_bytes());
        prop_assert!(same_params(&read.params, &made.params), "{:?}", read.params);
        let mut text = Vec::new();
        sip_core::header::To(read.clone()).encode(&mut text);
        let again = NameAddr::parse(&text).unwrap();
        prop_assert_eq!(again.uri.as_bytes(), read.uri.as_bytes());
        prop_assert_eq!(again.display_name, read.display_name);
        prop_assert!(same_params(&again.params, &made.params));
    }

    #[test]
    fn a_uri_is_the_text_it_was_read_from(text in uri()) {
        let uri = Uri::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(uri.to_string(), &text[..]);
        prop_assert_eq!(format!("{}:{}", uri.scheme_text(), uri.after_scheme()), &text[..]);
        if uri.is_sip() {
            let mut rebuilt = format!("{}:", uri.scheme_text());
            if let Some(user) = uri.user() {
                rebuilt += &user.to_string();
                if let Some(password) = uri.password() {
                    rebuilt += &format!(":{password}");
                }
                rebuilt += "@";
            }
            rebuilt += &uri.host().unwrap().to_string();
            if let Some(port) = uri.port() {
                rebuilt += &format!(":{port}");
            }
            rebuilt += std::str::from_utf8(uri.params().as_bytes()).unwrap();
            rebuilt += std::str::from_utf8(uri.headers().as_bytes()).unwrap();
            prop_assert_eq!(rebuilt, uri.to_string());
        }
    }
}
