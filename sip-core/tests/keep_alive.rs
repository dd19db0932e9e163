//! Signs of life are told from messages, in datagrams and on streams.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

use sip_core::{Datagram, Frame, KeepAlive, Leniency, Message, ParseConfig, Rule, StreamParser};

const MESSAGE: &[u8] =
    b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c\r\nContent-Length: 4\r\n\r\n\r\n\r\n";

fn datagram(octets: &'static [u8]) -> Option<KeepAlive> {
    match Datagram::parse_with(octets, &ParseConfig::STRICT) {
        Ok(Datagram::KeepAlive(keep_alive)) => Some(keep_alive),
        _ => None,
    }
}

/// `message`, `ping`, `pong`, as they come; `lost` at the end where it is.
fn frames(octets: &[u8], config: ParseConfig) -> Vec<&'static str> {
    let mut stream = StreamParser::new(config);
    stream.push(octets);
    let mut frames = Vec::new();
    loop {
        frames.push(match stream.next_frame() {
            Ok(Some(Frame::Message(_))) => "message",
            Ok(Some(Frame::KeepAlive(KeepAlive::Ping))) => "ping",
            Ok(Some(Frame::KeepAlive(KeepAlive::Pong))) => "pong",
            Ok(Some(_)) => "other",
            Err(_) => "lost",
            Ok(None) => return frames,
        });
        if frames.last() == Some(&"lost") {
            return frames;
        }
    }
}

#[test]
fn a_datagram_of_crlf_or_a_nul_or_nothing_is_not_an_error() {
    assert_eq!(datagram(b"\r\n\r\n"), Some(KeepAlive::Ping));
    assert_eq!(datagram(b"\r\n"), Some(KeepAlive::Pong));
    assert_eq!(datagram(b"\0"), Some(KeepAlive::Nul));
    assert_eq!(datagram(b""), Some(KeepAlive::Nul));
}

#[test]
fn a_datagram_of_more_than_that_is_a_message_or_an_error() {
    for octets in [
        &b"\0\0"[..],
        b"\n",
        b"\r",
        b"\r\n\r",
        b"\r\n\r\n\r\n",
        b"\r\n\0",
        b" ",
    ] {
        assert_eq!(datagram(octets), None, "{octets:?}");
        assert!(
            Datagram::parse_with(octets, &ParseConfig::DEFAULT).is_err(),
            "{octets:?}"
        );
    }
    let Ok(Datagram::Message(message)) = Datagram::parse_with(MESSAGE, &ParseConfig::STRICT) else {
        panic!("a message");
    };
    assert_eq!(message.body(), b"\r\n\r\n");
}

#[test]
fn a_keep_alive_parsed_as_a_message_has_no_header_fields_and_no_answer() {
    for octets in [&b""[..], b"\0", b"\r\n", b"\r\n\r\n"] {
        let malformed = Message::parse(octets).unwrap_err();
        assert!(malformed.response().is_none(), "{octets:?}");
    }
}

#[test]
fn empty_lines_before_a_datagrams_message_are_passed_over() {
    let octets = [b"\r\n\r\n\r\n", MESSAGE].concat();
    assert_eq!(Message::parse(octets).unwrap().body(), b"\r\n\r\n");
    let octets = [b"\0\r\n", MESSAGE].concat();
    assert_eq!(
        Message::parse(octets).unwrap_err().error().rule,
        Rule::Method
    );
}

#[test]
fn on_a_stream_the_first_half_of_a_ping_is_a_pong_and_the_second_the_ping() {
    assert_eq!(frames(b"\r\n", ParseConfig::STRICT), ["pong"]);
    assert_eq!(frames(b"\r\n\r\n", ParseConfig::STRICT), ["pong", "ping"]);
    assert_eq!(
        frames(b"\r\n\r\n\r\n\r\n\r\n", ParseConfig::STRICT),
        ["pong", "ping", "pong", "ping", "pong"]
    );
    assert_eq!(frames(b"\r", ParseConfig::STRICT), [""; 0]);
}

#[test]
fn a_body_of_empty_lines_is_not_a_ping() {
    assert_eq!(frames(MESSAGE, ParseConfig::STRICT), ["message"]);
    let octets = [MESSAGE, b"\r\n", MESSAGE, b"\r\n\r\n", MESSAGE].concat();
    assert_eq!(
        frames(&octets, ParseConfig::STRICT),
        ["message", "pong", "message", "pong", "ping", "message"]
    );
}

#[test]
fn halves_of_a_ping_on_both_sides_of_a_message_are_two_pongs() {
    let octets = [b"\r\n", MESSAGE, b"\r\n"].concat();
    assert_eq!(
        frames(&octets, ParseConfig::STRICT),
        ["pong", "message", "pong"]
    );
}

#[test]
fn a_ping_of_bare_lf_is_one_where_bare_lf_is_forgiven() {
    assert_eq!(frames(b"\n\n", ParseConfig::DEFAULT), ["pong", "ping"]);
    let mut strict = ParseConfig::DEFAULT;
    strict.leniency = Leniency::NONE;
    strict.limits.message = 64;
    let octets = [b"\n", MESSAGE].concat();
    assert_eq!(frames(&octets, strict), ["lost"]);
}
