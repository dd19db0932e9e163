//! Whatever happens to a message on its way, it is read or refused.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use sip_core::Message;

use crate::cases;
use crate::exercise::read_everything;
use crate::generate::{message, valid_request};

#[derive(Debug, Clone)]
enum Mutation {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Delete(Index, usize),
    Duplicate(Index, usize),
    Truncate(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = any::<Index>;
    let piece = select(
        &[
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            ":",
            ";",
            ",",
            "\"",
            "\\",
            "<",
            ">",
            "@",
            "%",
            "?",
            "=",
            "(",
            "[",
            "]",
            "/",
            "\0",
            "\u{FF}",
            "\r\n\r\n",
            "\r\n ",
            "SIP/2.0",
            "l: 99999999999\r\n",
            "Via",
            "*",
        ][..],
    )
    .prop_map(|piece| piece.as_bytes().to_vec());
    prop_oneof![
        (place(), 1_u8..).prop_map(|(at, bits)| Mutation::Flip(at, bits)),
        (
            place(),
            prop_oneof![2 => piece, 1 => vec(any::<u8>(), 1..4)]
        )
            .prop_map(|(at, octets)| Mutation::Insert(at, octets)),
        (place(), 1_usize..12).prop_map(|(at, length)| Mutation::Delete(at, length)),
        (place(), 1_usize..40).prop_map(|(at, length)| Mutation::Duplicate(at, length)),
        place().prop_map(Mutation::Truncate),
    ]
}

impl Mutation {
    fn apply(&self, octets: &mut Vec<u8>) {
        if octets.is_empty() {
            return;
        }
        let length = octets.len();
        match self {
            Mutation::Flip(at, bits) => octets[at.index(length)] ^= bits,
            Mutation::Insert(at, piece) => {
                let at = at.index(length);
                octets.splice(at..at, piece.iter().copied());
            }
            Mutation::Delete(at, count) => {
                let at = at.index(length);
                octets.drain(at..(at + count).min(length));
            }
            Mutation::Duplicate(at, count) => {
                let at = at.index(length);
                let piece = octets[at..(at + count).min(length)].to_vec();
                octets.splice(at..at, piece);
            }
            Mutation::Truncate(at) => octets.truncate(at.index(length)),
        }
    }
}

/// A message to which one to four things happened.
pub(crate) fn mutated() -> BoxedStrategy<Vec<u8>> {
    let whole = prop_oneof![message(), valid_request()];
    (whole, vec(mutation(), 1..5))
        .prop_map(|(message, mutations)| {
            let mut octets = message.tidy();
            for mutation in &mutations {
                mutation.apply(&mut octets);
            }
            octets
        })
        .boxed()
}

/// The names and unfolded values of the header fields, Content-Length left out.
fn fields(message: &Message) -> Vec<(String, Vec<u8>)> {
    message
        .headers()
        .iter()
        .filter(|field| !field.is_named(&sip_core::header::HeaderName::CONTENT_LENGTH))
        .map(|field| {
            let words = field.value().split(u8::is_ascii_whitespace);
            let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
            (field.name().to_string(), words.join(&b' '))
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn a_mutated_message_is_read_or_refused_and_never_panics(octets in mutated()) {
        read_everything(&octets);
    }

    #[test]
    fn a_mutated_message_that_is_read_says_the_same_when_it_is_sent_on(octets in mutated()) {
        if let Ok(message) = Message::parse(octets) {
            let mut sent = Vec::new();
            message.write_to(&mut sent);
            let again = Message::parse(sent).expect("what was read can be read again");
            prop_assert_eq!(fields(&message), fields(&again));
            prop_assert_eq!(message.body(), again.body());
            // Of two Content-Lengths one is left, so what was invalid may be
            // valid now.
            prop_assert!(message.validate().is_err() || again.validate().is_ok());
        }
    }

    #[test]
    fn any_octets_are_read_or_refused_and_never_panic(octets in vec(any::<u8>(), 0..200)) {
        read_everything(&octets);
        read_everything(&[&b"OPTIONS sip:a@b SIP/2.0\r\n"[..], &octets].concat());
    }
}
