//! The frames of a stream do not depend on how it is cut.

use proptest::collection::vec;
use proptest::prelude::*;
use sip_core::{Frame, ParseConfig, StreamParser};

use crate::cases;
use crate::exercise::ask_malformed;
use crate::generate::message;
use crate::mutation::mutated;

/// What may stand on a stream, and the frames that it gives.
fn item() -> BoxedStrategy<(Vec<u8>, Vec<&'static str>)> {
    prop_oneof![
        4 => message().prop_map(|message| (message.tidy(), vec!["message"])),
        1 => Just((b"\r\n\r\n".to_vec(), vec!["keep-alive"; 2])),
        1 => Just((b"\r\n".to_vec(), vec!["keep-alive"])),
        1 => message().prop_map(|mut message| {
            message.start_line = message.start_line.replace(' ', "  ");
            message.fields.push(("no name".to_owned(), b"x".to_vec()));
            (message.tidy(), vec!["malformed"])
        }),
    ]
    .boxed()
}

/// Each frame as text, until there is no more, or the stream is lost.
#[derive(Debug, Default, PartialEq)]
struct Frames {
    kinds: Vec<&'static str>,
    texts: Vec<String>,
}

fn read(pieces: &[&[u8]], config: ParseConfig) -> Frames {
    let mut stream = StreamParser::new(config);
    let mut frames = Frames::default();
    for piece in pieces {
        stream.push(piece);
        loop {
            let (kind, text) = match stream.next_frame() {
                Ok(None) => break,
                Ok(Some(Frame::Message(message))) => ("message", message.to_string()),
                Ok(Some(Frame::KeepAlive(kind))) => ("keep-alive", format!("{kind:?}")),
                Ok(Some(Frame::Malformed(malformed))) => ("malformed", {
                    let body = malformed.salvage().unwrap().body().to_vec();
                    format!("{:?} {body:?}", malformed.errors())
                }),
                Ok(Some(frame)) => panic!("a frame that nobody expects: {frame:?}"),
                Err(lost) => {
                    ask_malformed(&lost, &pieces.concat());
                    frames.kinds.push("lost");
                    frames.texts.push(format!("{:?}", lost.error()));
                    return frames;
                }
            };
            frames.kinds.push(kind);
            frames.texts.push(text);
        }
    }
    frames
}

/// `octets` in pieces of these lengths, again and again.
fn cut<'o>(octets: &'o [u8], lengths: &[usize]) -> Vec<&'o [u8]> {
    let mut rest = octets;
    let mut pieces = Vec::new();
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, left) = rest.split_at((*length).min(rest.len()));
        pieces.push(piece);
        rest = left;
    }
    pieces
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_stream_gives_the_same_frames_however_it_is_cut(
        items in vec(item(), 1..6),
        lengths in vec(1_usize..60, 1..12),
    ) {
        let octets: Vec<u8> = items.iter().flat_map(|item| item.0.clone()).collect();
        let wanted: Vec<&str> = items.iter().flat_map(|item| item.1.clone()).collect();
        let whole = read(&[&octets], ParseConfig::DEFAULT);
        prop_assert_eq!(&whole.kinds, &wanted);
        prop_assert_eq!(&read(&cut(&octets, &lengths), ParseConfig::DEFAULT), &whole);
        prop_assert_eq!(&read(&cut(&octets, &[1]), ParseConfig::DEFAULT), &whole);
    }

    #[test]
    fn a_stream_with_faults_gives_the_same_frames_however_it_is_cut(
        pieces in vec(prop_oneof![mutated(), item().prop_map(|item| item.0)], 1..4),
        lengths in vec(1_usize..60, 1..12),
        limit in prop_oneof![Just(65_536_u32), 20_u32..400],
        strict in any::<bool>(),
    ) {
        let mut config = if strict { ParseConfig::STRICT } else { ParseConfig::DEFAULT };
        config.limits.message = limit;
        let octets = pieces.concat();
        let whole = read(&[&octets], config);
        prop_assert_eq!(&read(&cut(&octets, &lengths), config), &whole);
        prop_assert_eq!(&read(&cut(&octets, &[1]), config), &whole);
    }
}
