//! Streams: the same frames however the octets arrive.

use sip_core::{Frame, Malformed, ParseConfig, ParseError, StreamParser};

/// The first octet says how many lengths of pieces follow, which are used in
/// turn; the rest is what arrives.
pub fn check(octets: &[u8]) {
    let Some((count, rest)) = octets.split_first() else {
        return;
    };
    let count = usize::from(*count % 32).min(rest.len());
    let (lengths, stream) = rest.split_at(count);
    let [lenient, strict, _] = crate::configs::all();
    for config in [lenient, strict, crate::configs::small()] {
        let whole = frames(stream, &[usize::MAX], &config);
        let lengths: Vec<usize> = lengths.iter().map(|length| usize::from(*length)).collect();
        assert_eq!(frames(stream, &lengths, &config), whole);
        assert_eq!(frames(stream, &[1], &config), whole);
    }
}

/// All that the stream gives, and what ended it.
fn frames(stream: &[u8], lengths: &[usize], config: &ParseConfig) -> Read {
    let mut parser = StreamParser::new(*config);
    let mut read = Read::default();
    for piece in pieces(stream, lengths) {
        parser.push(piece);
        loop {
            match parser.next_frame() {
                Ok(Some(frame)) => read.frames.push(show(&frame, stream)),
                Ok(None) => break,
                Err(error) => {
                    read.answer = error.response().map(|response| response.to_string());
                    read.lost = Some(error.error().clone());
                    stays_lost(parser, &error);
                    return read;
                }
            }
        }
        // What is left is a part of one message.
        assert!(parser.buffered() <= config.limits.message as usize);
    }
    read.left = parser.buffered();
    read
}

#[derive(Debug, Default, PartialEq)]
struct Read {
    frames: Vec<String>,
    lost: Option<ParseError>,
    answer: Option<String>,
    left: usize,
}

fn show(frame: &Frame, stream: &[u8]) -> String {
    match frame {
        Frame::Message(message) => format!("{message:?} {:?}", message.body()),
        Frame::Malformed(error) => {
            assert!(error.errors().contains(error.error()));
            for error in error.errors() {
                crate::look::error(error, stream);
            }
            format!("{error:?}")
        }
        other => format!("{other:?}"),
    }
}

fn stays_lost(mut parser: StreamParser, error: &Malformed) {
    parser.push(b"OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(parser.buffered(), 0);
    for _ in 0..2 {
        let again = parser.next_frame().expect_err("it was lost");
        assert_eq!(again.error(), error.error());
    }
}

/// Cuts the stream into pieces of these lengths, again and again.
fn pieces<'s>(stream: &'s [u8], lengths: &[usize]) -> Vec<&'s [u8]> {
    let mut pieces = Vec::new();
    let mut rest = stream;
    let mut lengths = lengths.iter().copied().cycle();
    while !rest.is_empty() {
        let length = lengths.next().unwrap_or(7).clamp(1, rest.len());
        let (piece, after) = rest.split_at(length);
        pieces.push(piece);
        rest = after;
    }
    pieces
}
