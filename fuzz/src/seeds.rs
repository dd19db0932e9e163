//! Where fuzzing starts: our own messages, and what stands in them.
//!
//! The tests write the seeds, so that they are never older than the list of
//! typed headers that their first octets count in, and try each of them: a
//! broken promise that a seed shows is a failed test, not a finding.

mod messages;
mod values;

use std::fs;
use std::path::Path;

use sip_core::header::HeaderName;
use sip_core::{Message, ParseConfig};

use crate::header::TYPED;

/// A target's seeds, each with the check that the target makes.
struct Seeds {
    target: &'static str,
    check: fn(&[u8]),
    seeds: Vec<Vec<u8>>,
}

fn all() -> [Seeds; 6] {
    [
        Seeds {
            target: "datagram",
            check: crate::datagram,
            seeds: datagrams(),
        },
        Seeds {
            target: "stream",
            check: crate::stream,
            seeds: streams(),
        },
        Seeds {
            target: "uri",
            check: crate::uri,
            seeds: uris(),
        },
        Seeds {
            target: "header",
            check: crate::header,
            seeds: headers(),
        },
        Seeds {
            target: "multipart",
            check: crate::multipart,
            seeds: multiparts(),
        },
        Seeds {
            target: "edit",
            check: crate::edit,
            seeds: edits(),
        },
    ]
}

/// A message from its lines: `\n` stands for CRLF, and `Content-Length: ?` is
/// given the body's length.
fn wire(text: &str) -> Vec<u8> {
    let text = text.replace('\n', "\r\n");
    let length = text
        .split_once("\r\n\r\n")
        .map_or(0, |(_, body)| body.len());
    text.replace(": ?", &format!(": {length}")).into_bytes()
}

fn datagrams() -> Vec<Vec<u8>> {
    let mut seeds: Vec<_> = messages::SOUND.iter().map(|text| wire(text)).collect();
    seeds.extend(messages::UNSOUND.iter().map(|text| wire(text)));
    // As phones send it whose lines end with LF.
    seeds.extend(
        messages::SOUND
            .iter()
            .take(2)
            .map(|text| text.as_bytes().to_vec()),
    );
    seeds.extend([b"\0".to_vec(), b"\r\n\r\n".to_vec()]);
    seeds
}

fn streams() -> Vec<Vec<u8>> {
    let on_streams = messages::SOUND
        .iter()
        .filter(|text| text.contains("Content-Length: ") || text.contains("\nl: "));
    let on_streams: Vec<_> = on_streams.map(|text| wire(text)).collect();
    let mut seeds = Vec::new();
    for (index, pair) in on_streams.windows(2).enumerate() {
        let lengths: &[u8] = [&[][..], &[1, 2, 3], &[255], &[64, 1]][index % 4];
        let count = [u8::try_from(lengths.len()).expect("a few")];
        seeds.push(
            [
                &count[..],
                lengths,
                &pair[0],
                b"\r\n\r\n",
                &pair[1],
                b"\r\n",
            ]
            .concat(),
        );
    }
    let unsound = messages::UNSOUND.iter();
    seeds.extend(unsound.map(|text| [&[1, 40][..], &wire(text), &on_streams[0]].concat()));
    seeds
}

fn uris() -> Vec<Vec<u8>> {
    values::URIS
        .iter()
        .map(|uri| uri.as_bytes().to_vec())
        .collect()
}

/// Every header field of our messages, and values of our own for each header.
fn headers() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for text in messages::SOUND {
        let message = Message::parse(wire(text)).expect("it is sound");
        for field in message.headers() {
            seeds.extend(header_seed(&field.name(), field.value()));
        }
    }
    for (name, value) in values::HEADERS {
        seeds.extend(header_seed(&HeaderName::from(*name), value.as_bytes()));
    }
    seeds
}

/// Nothing, where the name has no type.
fn header_seed(name: &HeaderName<'_>, value: &[u8]) -> Option<Vec<u8>> {
    let place = TYPED.iter().position(|typed| (typed.name)() == *name)?;
    let place = u8::try_from(place).expect("fewer types than an octet counts");
    Some([&[place, b' '], value].concat())
}

fn multiparts() -> Vec<Vec<u8>> {
    let bodies = values::MULTIPARTS.iter();
    bodies
        .map(|(content_type, body)| {
            let body = body.replace('\n', "\r\n");
            format!("{content_type}\n{body}").into_bytes()
        })
        .collect()
}

fn edits() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (index, text) in messages::SOUND.iter().enumerate() {
        let operations = values::EDITS.iter().cycle().skip(index).take(3 + index % 5);
        let mut seed = vec![u8::try_from(3 + index % 5).expect("a few")];
        operations.for_each(|operation| seed.extend_from_slice(operation));
        seed.extend(wire(text));
        seeds.push(seed);
    }
    seeds
}

#[test]
fn every_sound_message_of_ours_is_sound() {
    for text in messages::SOUND {
        let message = Message::parse(wire(text));
        let message = message.unwrap_or_else(|error| panic!("{error} in\n{text}"));
        assert_eq!(message.validate(), Ok(()), "\n{text}");
        assert_eq!(message.faults(), [], "\n{text}");
    }
}

#[test]
fn every_unsound_message_of_ours_is_refused() {
    for text in messages::UNSOUND {
        let read = Message::parse_with(wire(text), &ParseConfig::STRICT);
        assert!(
            read.is_err() || read.is_ok_and(|message| !message.faults().is_empty()),
            "\n{text}"
        );
    }
}

#[test]
fn every_header_name_is_in_the_dictionary() {
    let dictionary = include_str!("../sip.dict");
    for name in HeaderName::all_known() {
        assert!(dictionary.contains(&format!("\n\"{name}:\"")), "{name}");
        if let Some(compact) = name.compact() {
            let entry = format!("\\x0A{compact}:\"");
            assert!(dictionary.contains(&entry), "{compact}, {name}");
        }
    }
}

#[test]
fn every_promise_holds_for_the_seeds_which_are_written() {
    for Seeds {
        target,
        check,
        seeds,
    } in all()
    {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(target);
        // Those of an earlier list of headers would count in another order.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder can be made");
        for (index, seed) in seeds.iter().enumerate() {
            check(seed);
            fs::write(folder.join(format!("{index:03}")), seed).expect("a seed can be written");
        }
    }
}
