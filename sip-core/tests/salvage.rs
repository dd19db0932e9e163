//! A malformed request still yields what its answer needs, and each fault says
//! where it is.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

use sip_core::header::{CSeq, CallId, From, HeaderName, To, Via};
use sip_core::{Frame, Malformed, Message, ParseConfig, Rule, StreamParser};

const SOUND: &str = "Via: SIP/2.0/UDP c;branch=z9hG4bK1\r\nVia: SIP/2.0/UDP d\r\nFrom: <sip:c@c>;tag=1\r\n\
    To: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n";

fn malformed(octets: &str) -> Malformed {
    Message::parse(octets.to_owned()).unwrap_err()
}

/// Every fault, with line and column.
fn faults(octets: &str) -> Vec<(Rule, usize, usize)> {
    let errors = malformed(octets).errors().to_vec();
    let place = |error: &sip_core::ParseError| error.position.line_column(octets.as_bytes());
    errors
        .iter()
        .map(|error| (error.rule, place(error).0, place(error).1))
        .collect()
}

fn is_answered(malformed: &Malformed) -> bool {
    let Some(response) = malformed.response() else {
        return false;
    };
    let headers = response.headers();
    assert_eq!(response.status(), malformed.error().status());
    assert_eq!(headers.all::<Via>().count(), 2);
    assert!(headers.required::<From>().unwrap().tag().is_some());
    headers.required::<To>().unwrap();
    headers.required::<CallId>().unwrap();
    headers.required::<CSeq>().unwrap();
    response.validate().unwrap();
    true
}

#[test]
fn a_broken_request_line_is_answered() {
    for (line, rule, column) in [
        ("OPTIONS", Rule::RequestLine, 8),
        ("OPTIONS ", Rule::RequestLine, 9),
        ("OPTIONS  sip:a@b SIP/2.0", Rule::RequestLine, 9),
        ("OPTIONS sip:a@b", Rule::RequestLine, 16),
        ("OPTIONS sip:a@b ", Rule::RequestLine, 17),
        ("OPTIONS sip:a@b SIP/2", Rule::RequestLine, 17),
        ("OPTIONS sip:a@b HTTP/1.1", Rule::RequestLine, 17),
        ("OPTIONS sip:a@b SIP/2.0 ", Rule::RequestLine, 17),
        ("OPTIONS sip:a@b SIP/2.0x", Rule::RequestLine, 17),
        ("OPTIONS sip:a@b SIP/3.0", Rule::Version, 17),
        ("OPTIONS sip:a@b sip/02.0", Rule::Version, 17),
        (" OPTIONS sip:a@b SIP/2.0", Rule::Method, 1),
        ("OPT(ONS sip:a@b SIP/2.0", Rule::RequestLine, 4),
        ("\u{FC} sip:a@b SIP/2.0", Rule::Method, 1),
    ] {
        let octets = format!("{line}\r\n{SOUND}\r\n");
        assert_eq!(faults(&octets), [(rule, 1, column)], "{line}");
        assert!(is_answered(&malformed(&octets)), "{line}");
    }
}

#[test]
fn a_broken_line_among_the_header_fields_is_left_out_and_the_rest_answered() {
    for (line, rule, column) in [
        ("no colon", Rule::HeaderName, 3),
        (": no name", Rule::HeaderName, 1),
        ("(x): y", Rule::HeaderName, 1),
        ("X\u{E9}: y", Rule::HeaderName, 2),
        ("Z: a\rb", Rule::LineEnd, 5),
        ("Content-Length: x", Rule::Number, 17),
        ("Content-Length: ", Rule::Number, 17),
        ("Content-Length: 4294967296", Rule::Number, 17),
        ("l: 1, 1", Rule::Number, 4),
        ("l: 99", Rule::ContentLength, 4),
    ] {
        let octets = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}{line}\r\nZ: kept\r\n\r\n");
        assert_eq!(faults(&octets), [(rule, 8, column)], "{line}");
        let malformed = malformed(&octets);
        assert!(is_answered(&malformed), "{line}");
        let headers = malformed.salvage().unwrap().headers();
        assert_eq!(
            headers.field(&HeaderName::new("Z")).unwrap().value(),
            b"kept"
        );
    }
}

#[test]
fn a_broken_line_takes_its_folds_with_it() {
    let octets = format!(
        "OPTIONS sip:a@b SIP/2.0\r\nbroken\r\n Via: not one\r\n\t: nor this\r\n{SOUND}\r\n"
    );
    assert_eq!(faults(&octets), [(Rule::HeaderName, 2, 7)]);
    assert!(is_answered(&malformed(&octets)));
}

#[test]
fn every_fault_is_named_in_the_order_of_the_text() {
    let octets =
        format!("OPTIONS sip:a@b\r\nbroken\r\n{SOUND}l: -1\r\n: x\r\nl: 2\r\nl: 3\r\n\r\n");
    assert_eq!(
        faults(&octets),
        [
            (Rule::RequestLine, 1, 16),
            (Rule::HeaderName, 2, 7),
            (Rule::Number, 9, 4),
            (Rule::HeaderName, 10, 1),
            (Rule::ContentLength, 11, 4),
            (Rule::Repeated, 12, 4),
        ]
    );
    assert_eq!(malformed(&octets).error().rule, Rule::RequestLine);
    assert!(is_answered(&malformed(&octets)));
}

#[test]
fn a_message_cut_short_is_answered_by_what_arrived() {
    let octets = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}");
    assert_eq!(faults(&octets), [(Rule::HeaderEnd, 8, 1)]);
    assert!(is_answered(&malformed(&octets)));
    let octets = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}Subject: cu");
    let malformed = malformed(&octets);
    assert_eq!(malformed.error().rule, Rule::HeaderEnd);
    assert!(is_answered(&malformed));
}

#[test]
fn a_response_an_ack_and_what_has_no_via_are_not_answered() {
    for (octets, why) in [
        (format!("SIP/2.0 999 Odd\r\n{SOUND}\r\n"), "a response"),
        (
            format!("SIP/2.0 200\r\n{SOUND}\r\n"),
            "a response without a reason phrase's space",
        ),
        (
            format!("ACK sip:a@b SIP/2.0\r\n{SOUND}broken\r\n\r\n"),
            "an ACK",
        ),
        (
            format!("ACK  sip:a@b SIP/2.0\r\n{SOUND}\r\n").replace("1 OPTIONS", "1 ACK"),
            "an ACK by its CSeq",
        ),
        (
            "OPTIONS sip:a@b\r\nTo: <sip:a@b>\r\n\r\n".to_owned(),
            "no Via",
        ),
        ("\u{1}\u{2}\u{3}".to_owned(), "no lines"),
        (
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
            "another protocol",
        ),
    ] {
        assert!(malformed(&octets).response().is_none(), "{why}");
    }
    let octets =
        format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}broken\r\n\r\n").replace("1 OPTIONS", "1 ACK");
    assert!(
        is_answered(&malformed(&octets)),
        "the request line names the method"
    );
}

#[test]
fn what_is_unsound_within_via_or_to_is_copied_as_it_stands() {
    let octets = "OPTIONS sip:a@b\r\nVia: SIP/2.0/UDP\r\n c;;\r\nt: \"open <sip:a@b>\r\nF: <>\r\ni: \r\nCSeq: x\r\n\r\n";
    let response = malformed(octets).response().unwrap();
    assert_eq!(
        response.to_string(),
        "SIP/2.0 400 Bad Request\r\nVia: SIP/2.0/UDP c;;\r\nFrom: <>\r\nTo: \"open <sip:a@b>\r\n\
         Call-ID: \r\nCSeq: x\r\nContent-Length: 0\r\n\r\n"
    );
}

#[test]
fn a_stream_goes_on_behind_a_malformed_message_whose_end_is_known() {
    let broken = format!("OPTIONS sip:a@b\r\n{SOUND}l: 4\r\nbroken\r\n\r\nbody");
    let sound = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}l: 0\r\n\r\n");
    let mut stream = StreamParser::new(ParseConfig::DEFAULT);
    stream.push(format!("{broken}{sound}").as_bytes());
    let Some(Frame::Malformed(malformed)) = stream.next_frame().unwrap() else {
        panic!("a malformed message");
    };
    assert_eq!(malformed.errors().len(), 2);
    assert!(is_answered(&malformed));
    assert_eq!(malformed.salvage().unwrap().body(), b"body");
    assert!(matches!(stream.next_frame(), Ok(Some(Frame::Message(_)))));
    assert!(matches!(stream.next_frame(), Ok(None)));
}

#[test]
fn a_stream_is_lost_where_the_end_of_a_message_is_not_known() {
    for (line, rule) in [
        ("Z: y", Rule::NoContentLength),
        ("l: -1", Rule::Number),
        ("l: 1\r\nl: 2", Rule::Repeated),
    ] {
        let mut stream = StreamParser::new(ParseConfig::DEFAULT);
        stream.push(format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}{line}\r\n\r\n").as_bytes());
        let lost = stream.next_frame().unwrap_err();
        assert_eq!(lost.error().rule, rule, "{line}");
        assert!(is_answered(&lost), "{line}");
        assert_eq!(stream.next_frame().unwrap_err().error().rule, rule);
    }
}

#[test]
fn faults_in_values_are_found_with_line_and_column() {
    let octets = "OPTIONS sip:a@b..c SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1,\r\n SIP/2.0/UDP\r\n  d:70000\r\n\
        From: A, B <sip:c@c>\r\nTo: <sip:a%4@b>\r\nCall-ID: 7 8\r\nCSeq: 1\r\nMax-Forwards: 70 hops\r\n\r\n";
    let message = Message::parse(octets).unwrap();
    let found: Vec<(Rule, usize, usize)> = message
        .faults()
        .iter()
        .map(|fault| {
            let (line, column) = fault.position.line_column(octets.as_bytes());
            (fault.rule, line, column)
        })
        .collect();
    assert_eq!(
        found,
        [
            (Rule::Host, 1, 15),
            (Rule::Port, 4, 5),
            (Rule::DisplayName, 5, 8),
            (Rule::Escape, 6, 11),
            (Rule::Trailing, 7, 12),
            (Rule::WhiteSpace, 8, 8),
            (Rule::Trailing, 9, 18),
        ]
    );
}

fn stream_of(octets: &str) -> StreamParser {
    let mut stream = StreamParser::new(ParseConfig::DEFAULT);
    stream.push(octets.as_bytes());
    stream
}

#[test]
fn a_length_that_another_reader_may_see_loses_the_stream() {
    let other = "Content-Length: 4\r\n";
    for line in [
        "Content-Length: 1\r2",
        "content-length\0: 1",
        "l\u{b}: 1",
        "L 1",
        " Content-Length: 1",
        "Content-Length: +1",
        "Content-Length: 1, 1",
        "Content-Length: 1\r\n 2",
        "Content-Length:",
        "Content-Length: 4294967296",
        &format!("Content-Length: {}4", "0".repeat(9_000)),
    ] {
        for lines in [format!("{line}\r\n{other}"), format!("{other}{line}\r\n")] {
            // A line that begins with white space goes on with the one before.
            if lines.starts_with(other) && line.starts_with(' ') {
                continue;
            }
            let octets = format!("OPTIONS sip:a@b SIP/2.0\r\n{lines}{SOUND}\r\nbody");
            let mut stream = stream_of(&octets);
            let malformed = stream.next_frame().unwrap_err();
            assert!(is_answered(&malformed), "{line}");
            assert!(stream.next_frame().is_err());
        }
    }
}

#[test]
fn what_is_folded_or_has_zeros_before_it_is_a_length() {
    for line in [
        "Content-Length:\r\n 4",
        "l : 0004 \r\n ",
        "Content-Length: 4\r\nl: 4",
    ] {
        let octets = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}{line}\r\n\r\nbody\r\n");
        let mut stream = stream_of(&octets);
        let frame = stream.next_frame().unwrap();
        assert!(matches!(frame, Some(Frame::Message(message)) if message.body() == b"body"));
        assert_eq!(stream.buffered(), 2);
    }
}

#[test]
fn a_length_behind_more_lines_than_are_read_loses_the_stream() {
    for line in ["X: y\r\n", "no colon\r\n"] {
        let lines = line.repeat(300);
        let octets = format!(
            "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 4\r\n{SOUND}{lines}Content-Length: 0\r\n\r\nbody"
        );
        let malformed = stream_of(&octets).next_frame().unwrap_err();
        assert!(is_answered(&malformed));
    }
}

#[test]
fn as_many_faults_are_kept_as_header_fields() {
    let octets = format!(
        "OPTIONS sip:a@b SIP/2.0\r\n{SOUND}{}\r\n",
        "a\n".repeat(20_000)
    );
    let malformed = malformed(&octets);
    assert!(malformed.errors().len() < 300);
    assert!(is_answered(&malformed));
}

#[test]
fn a_stream_goes_on_behind_each_kind_of_message() {
    let whole = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}Content-Length: 0\r\n\r\n");
    let bare = whole.replace("\r\n", "\n");
    let broken = whole.replace("Call-ID", "Call ID");
    let octets = format!("{whole}{bare}\r\n\r\n{broken}{broken}\r\n{whole}");
    for size in [1, 2, 3, 7, octets.len()] {
        let mut stream = StreamParser::new(ParseConfig::DEFAULT);
        let mut kinds = String::new();
        for piece in octets.as_bytes().chunks(size) {
            stream.push(piece);
            while let Some(frame) = stream.next_frame().unwrap() {
                kinds.push(match frame {
                    Frame::Message(_) => 'm',
                    Frame::KeepAlive(_) => 'k',
                    Frame::Malformed(_) => 'x',
                    _ => '?',
                });
            }
        }
        assert_eq!(kinds, "mmkkxxkm", "{size}");
    }
}

#[test]
fn a_stream_of_garbage_is_given_up_and_not_kept() {
    let mut stream = stream_of(&"x".repeat(1 << 20));
    assert!(stream.next_frame().is_err());
    stream.push(b"more");
    assert_eq!(stream.buffered(), 0);
    assert!(stream.next_frame().is_err());
}

#[test]
fn a_message_may_be_as_long_as_the_limit_and_no_longer() {
    let head = format!("OPTIONS sip:a@b SIP/2.0\r\n{SOUND}Content-Length: 1000\r\n\r\n");
    let octets = format!("{head}{}", "x".repeat(1_000));
    let mut config = ParseConfig::DEFAULT;
    for (limit, fits) in [(octets.len(), true), (octets.len() - 1, false)] {
        config.limits.message = u32::try_from(limit).unwrap();
        assert_eq!(Message::parse_with(octets.clone(), &config).is_ok(), fits);
        let mut stream = StreamParser::new(config);
        stream.push(octets.as_bytes());
        assert_eq!(stream.next_frame().is_ok(), fits);
    }
}
