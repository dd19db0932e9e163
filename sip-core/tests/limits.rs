//! Each limit of `Limits`: what reaches it is read, one more is refused by its
//! name.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

use sip_core::header::{Contact, HeaderName, TypedHeader, Via};
use sip_core::{
    Frame, Limit, Limits, Message, ParseConfig, ParseError, Request, Rule, StatusCode,
    StreamParser, Uri,
};

fn limited(limit: impl Fn(&mut Limits)) -> ParseConfig {
    let mut config = ParseConfig::DEFAULT;
    limit(&mut config.limits);
    config
}

fn request(headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let text = format!(
        "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\nTo: <sip:a@b>\r\n\
         From: <sip:c@c>;tag=1\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\
         Content-Length: {length}\r\n{headers}\r\n{body}"
    );
    text.into_bytes()
}

fn error(octets: &[u8], config: &ParseConfig) -> ParseError {
    let malformed = Message::parse_with(octets.to_vec(), config).unwrap_err();
    malformed.error().clone()
}

#[test]
fn the_message() {
    let message = request("", "body");
    let length = u32::try_from(message.len()).unwrap();
    let at_the_limit = limited(|limits| limits.message = length);
    assert!(Message::parse_with(message.clone(), &at_the_limit).is_ok());
    let one_less = limited(|limits| limits.message = length - 1);
    let refused = Message::parse_with(message.clone(), &one_less).unwrap_err();
    assert_eq!(refused.error().rule, Rule::Limit(Limit::Message));
    assert_eq!(refused.error().position.octet(), message.len() - 1);
    assert_eq!(refused.error().status(), StatusCode::MESSAGE_TOO_LARGE);
    // What lies before the limit says where the 513 goes.
    let response = refused.response().unwrap();
    assert!(response.headers().contains(&HeaderName::VIA));
    assert!(response.headers().contains(&HeaderName::CSEQ));
}

#[test]
fn the_message_on_a_stream_before_its_end_has_arrived() {
    let message = request("", "body");
    let length = u32::try_from(message.len()).unwrap();
    let mut stream = StreamParser::new(limited(|limits| limits.message = length));
    stream.push(&message);
    assert!(matches!(stream.next_frame(), Ok(Some(Frame::Message(_)))));

    // The length is known from Content-Length.
    let mut stream = StreamParser::new(limited(|limits| limits.message = length - 1));
    stream.push(&message[..message.len() - 4]);
    let lost = stream.next_frame().unwrap_err();
    assert_eq!(lost.error().rule, Rule::Limit(Limit::Message));
    assert!(lost.response().is_some());

    // Header fields without an end.
    let mut stream = StreamParser::new(limited(|limits| limits.message = 100));
    stream.push(&message[..100]);
    assert!(matches!(stream.next_frame(), Ok(None)));
    stream.push(&message[100..101]);
    let lost = stream.next_frame().unwrap_err();
    assert_eq!(lost.error().rule, Rule::Limit(Limit::Message));
    assert_eq!(lost.error().position.octet(), 100);
    assert!(stream.next_frame().is_err(), "the stream stays lost");
    stream.push(&message);
    assert_eq!(stream.buffered(), 0, "nothing more is kept");
}

#[test]
fn a_line() {
    let config = limited(|limits| limits.line = 42);
    let line = |length: usize| request(&format!("Z: {}\r\n", "y".repeat(length - 3)), "");
    assert!(Message::parse_with(line(42), &config).is_ok());
    let fault = error(&line(43), &config);
    assert_eq!(fault.rule, Rule::Limit(Limit::Line));
    assert_eq!(fault.position.line_column(&line(43)), (8, 43));
    // The name is part of it, and the start line is one, too.
    let name = |length: usize| request(&format!("{}:z\r\n", "N".repeat(length - 2)), "");
    assert!(Message::parse_with(name(42), &config).is_ok());
    assert_eq!(error(&name(43), &config).rule, Rule::Limit(Limit::Line));
    let start = |length: usize| format!("OPTIONS sip:{} SIP/2.0\r\n\r\n", "a".repeat(length - 20));
    assert!(Message::parse_with(start(42), &config).is_ok());
    let fault = error(start(43).as_bytes(), &config);
    assert_eq!(fault.rule, Rule::Limit(Limit::Line));
    assert_eq!(fault.position.octet(), 42);
}

#[test]
fn a_line_with_its_folds() {
    let folded = |length: usize| {
        let tail = "y".repeat(length - "Z: a\r\n b\r\n ".len());
        request(&format!("Z: a\r\n b\r\n {tail}\r\n"), "")
    };
    let config = limited(|limits| limits.line = 60);
    assert!(Message::parse_with(folded(60), &config).is_ok());
    assert_eq!(error(&folded(61), &config).rule, Rule::Limit(Limit::Line));
}

#[test]
fn header_fields() {
    let message = request("Z: 1\r\nZ: 2\r\n", "");
    let at_the_limit = limited(|limits| limits.headers = 8);
    assert_eq!(
        Message::parse_with(message.clone(), &at_the_limit)
            .unwrap()
            .headers()
            .len(),
        8
    );
    let one_less = limited(|limits| limits.headers = 7);
    let fault = error(&message, &one_less);
    assert_eq!(fault.rule, Rule::Limit(Limit::Headers));
    assert_eq!(fault.position.line_column(&message), (9, 1));
}

#[test]
fn a_uri() {
    let text = b"sip:alice@example.com";
    let length = u16::try_from(text.len()).unwrap();
    let at_the_limit = limited(|limits| limits.uri = length);
    assert!(Uri::parse_with(text, &at_the_limit).is_ok());
    let one_less = limited(|limits| limits.uri = length - 1);
    let fault = Uri::parse_with(text, &one_less).unwrap_err();
    assert_eq!(fault.rule, Rule::Limit(Limit::Uri));

    let line = b"OPTIONS sip:alice@example.com SIP/2.0\r\n\r\n";
    let Message::Request(request) = Message::parse_with(&line[..], &one_less).unwrap() else {
        panic!("a request");
    };
    let fault = request.validate().unwrap_err();
    assert_eq!(fault.rule, Rule::Limit(Limit::Uri));
    assert_eq!(fault.status(), StatusCode::REQUEST_URI_TOO_LONG);
    let contact = Contact::decode(b"<sip:alice@example.com>", &one_less).unwrap_err();
    assert_eq!(contact.rule, Rule::Limit(Limit::Uri));
}

#[test]
fn a_uri_of_the_longest_length_keeps_its_parts() {
    let config = limited(|limits| limits.uri = u16::MAX);
    let head = "sip:alice@example.com:5060;a=";
    let tail = ";z=1?h=2";
    let middle = "b".repeat(usize::from(u16::MAX) - head.len() - tail.len());
    let text = format!("{head}{middle}{tail}");
    let uri = Uri::parse_with(text.as_bytes(), &config).unwrap();
    assert_eq!(uri.params().value("z").unwrap(), "1");
    assert_eq!(uri.headers().as_bytes(), b"?h=2");
    assert!(Uri::parse_with(format!("{text}3").as_bytes(), &config).is_err());
}

#[test]
fn parameters() {
    let config = limited(|limits| limits.params = 3);
    let over = Rule::Limit(Limit::Params);
    assert!(Via::decode(b"SIP/2.0/UDP a;a;b=2;c", &config).is_ok());
    let text = b"SIP/2.0/UDP a;a;b=2;c;d";
    let fault = Via::decode(text, &config).unwrap_err();
    assert_eq!((fault.rule, text.len() - fault.remaining), (over, 21));

    assert!(Uri::parse_with(b"sip:a@b;a;b=2;c", &config).is_ok());
    let fault = Uri::parse_with(b"sip:a@b;a;b=2;c;d", &config).unwrap_err();
    assert_eq!((fault.rule, fault.position.octet()), (over, 15));
    let fault = Uri::parse_with(b"tel:+1;a;b;c;d", &config).unwrap_err();
    assert_eq!(fault.rule, over);

    // Of the URI and of the header each for itself.
    assert!(Contact::decode(b"<sip:a@b;a;b;c>;a;b;c", &config).is_ok());
    let fault = Contact::decode(b"<sip:a@b;a;b;c>;a;b;c;d", &config).unwrap_err();
    assert_eq!(fault.rule, over);
}

#[test]
fn nested_comments() {
    let comments = |depth: usize| {
        let text = format!("x {}a{}", "(".repeat(depth), ")".repeat(depth));
        request(&format!("User-Agent: {text}\r\n"), "")
    };
    let config = limited(|limits| limits.nesting = 5);
    let read = |depth| Message::parse_with(comments(depth), &config).unwrap();
    assert_eq!(read(5).faults(), []);
    let faults = read(6).faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].rule, Rule::Limit(Limit::Nesting));
}

#[test]
fn the_defaults_bound_what_one_message_costs() {
    let limits = ParseConfig::default().limits;
    assert_eq!(limits, Limits::default());
    assert_eq!(limits.message, 65_536);
    let many = request(&"Z: y\r\n".repeat(250), "");
    let more = request(&"Z: y\r\n".repeat(251), "");
    assert!(Request::parse(many).is_ok());
    assert_eq!(
        error(&more, &ParseConfig::DEFAULT).rule,
        Rule::Limit(Limit::Headers)
    );
}

#[test]
fn the_highest_limit_of_parameters_is_a_limit_too() {
    let mut config = ParseConfig::DEFAULT;
    (config.limits.message, config.limits.line) = (1 << 20, 1 << 20);
    config.limits.params = u16::MAX;
    for (params, fits) in [(65_535, true), (65_536, false), (65_537, false)] {
        let octets = format!(
            "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c{}\r\n\r\n",
            ";a".repeat(params)
        );
        let message = Message::parse_with(octets, &config).unwrap();
        let via = message.headers().required::<Via>();
        assert_eq!(via.is_ok(), fits, "{params}");
    }
}
