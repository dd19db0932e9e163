//! The five messages that every parser gets.

use bytes::Bytes;

/// One message of `messages/`, as it would arrive in a datagram.
#[derive(Debug, Clone)]
pub struct Message {
    /// What the table calls it.
    pub name: &'static str,
    /// The message, lines ended by CRLF. It is a slice of a shared buffer, as
    /// a datagram receiver's are, so a clone counts a reference and does not
    /// allocate.
    pub octets: Bytes,
}

impl Message {
    /// The five, in the order of the table. Each has a Contact.
    pub fn all() -> Vec<Self> {
        vec![
            Self::shared("INVITE", include_bytes!("../messages/invite.sip")),
            Self::shared("200 OK", include_bytes!("../messages/ok.sip")),
            Self::shared("REGISTER", include_bytes!("../messages/register.sip")),
            Self::shared("SUBSCRIBE", include_bytes!("../messages/subscribe.sip")),
            Self::shared("eight Vias", include_bytes!("../messages/vias.sip")),
        ]
    }

    fn shared(name: &'static str, octets: &[u8]) -> Self {
        let octets = Bytes::copy_from_slice(octets);
        // `Bytes` allocates its counter with the first clone: do it now, not
        // inside a measurement.
        drop(octets.clone());
        Self { name, octets }
    }

    /// Whether it is a request: only those carry a Max-Forwards to decrement.
    pub fn is_request(&self) -> bool {
        !self.octets.starts_with(b"SIP/2.0 ")
    }

    /// Head and body, cut at the first empty line.
    ///
    /// # Panics
    /// If there is none, or the head is not UTF-8: ours have both.
    pub fn split(octets: &[u8]) -> (&str, &[u8]) {
        let end = octets
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("a message has an empty line");
        let head = std::str::from_utf8(&octets[..end]).expect("the head is UTF-8");
        (head, &octets[end + 4..])
    }

    /// Name and value of every header line of a head, in order.
    pub fn header_lines(head: &str) -> impl Iterator<Item = (&str, &str)> {
        head.split("\r\n")
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_messages_have_the_lengths_that_were_measured_before() {
        let lengths: Vec<_> = Message::all().iter().map(|m| m.octets.len()).collect();
        assert_eq!(lengths, [890, 792, 599, 508, 1373]);
    }

    #[test]
    fn content_length_is_the_length_of_the_body() {
        for message in Message::all() {
            let (head, body) = Message::split(&message.octets);
            let stated: Vec<usize> = Message::header_lines(head)
                .filter(|(name, _)| *name == "Content-Length")
                .map(|(_, value)| value.parse().unwrap())
                .collect();
            assert_eq!(stated, [body.len()], "{}", message.name);
        }
    }

    #[test]
    fn every_line_ends_in_carriage_return_and_line_feed() {
        for message in Message::all() {
            let octets = &message.octets;
            for (at, _) in octets.iter().enumerate().filter(|(_, o)| **o == b'\n') {
                assert_eq!(octets[at - 1], b'\r', "{} at octet {at}", message.name);
            }
        }
    }

    #[test]
    fn eight_vias_are_eight() {
        let all = Message::all();
        let (head, _) = Message::split(&all[4].octets);
        let vias = Message::header_lines(head).filter(|(name, _)| *name == "Via");
        assert_eq!(vias.count(), 8);
    }
}
