//! Messages that grow without end in one way, to prove that parsing costs
//! linear time whatever a message looks like.

use std::fmt::Write as _;

use bytes::Bytes;

/// One way to grow.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What `linear` calls it.
    pub name: &'static str,
    /// What its size counts.
    pub counts: &'static str,
    /// The smaller of the two sizes that are compared if none is given; the
    /// other is twice that.
    pub size: usize,
    grow: fn(&mut Growing, usize),
}

/// All of them.
pub const ALL: [Shape; 13] = [
    Shape {
        name: "vias",
        counts: "Via lines",
        size: 5_000,
        grow: vias,
    },
    Shape {
        name: "via-list",
        counts: "Via values in one line",
        size: 5_000,
        grow: via_list,
    },
    Shape {
        name: "long-header",
        counts: "octets",
        size: 30_000,
        grow: long_header,
    },
    Shape {
        name: "headers",
        counts: "unknown headers",
        size: 3_000,
        grow: headers,
    },
    Shape {
        name: "contacts",
        counts: "Contact values in one line",
        size: 2_500,
        grow: contacts,
    },
    Shape {
        name: "parameters",
        counts: "Contact parameters",
        size: 2_500,
        grow: parameters,
    },
    Shape {
        name: "uri-parameters",
        counts: "URI parameters",
        size: 2_500,
        grow: uri_parameters,
    },
    Shape {
        name: "uri-headers",
        counts: "URI headers",
        size: 2_500,
        grow: uri_headers,
    },
    Shape {
        name: "comments",
        counts: "comments in each other",
        size: 10_000,
        grow: comments,
    },
    Shape {
        name: "folded",
        counts: "folded lines",
        size: 5_000,
        grow: folded,
    },
    Shape {
        name: "blank-folds",
        counts: "folds of blanks alone",
        size: 5_000,
        grow: blank_folds,
    },
    Shape {
        name: "quoted",
        counts: "quoted pairs",
        size: 10_000,
        grow: quoted,
    },
    Shape {
        name: "body",
        counts: "octets",
        size: 30_000,
        grow: body,
    },
];

impl Shape {
    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|shape| shape.name == name)
    }

    /// The same shape, to be compared at this size and twice that.
    pub fn of_size(self, size: usize) -> Self {
        Self { size, ..self }
    }

    /// A well-formed MESSAGE of this shape and size.
    pub fn message(&self, size: usize) -> Bytes {
        let mut growing = Growing::default();
        (self.grow)(&mut growing, size);
        growing.message()
    }
}

/// The parts of a message that a shape may change.
#[derive(Debug)]
struct Growing {
    vias: String,
    contact: String,
    others: String,
    body: String,
}

impl Default for Growing {
    fn default() -> Self {
        Self {
            vias: format!("Via: {}\r\n", via(0)),
            contact: "<sip:2031@192.0.2.31>".to_owned(),
            others: String::new(),
            body: String::new(),
        }
    }
}

impl Growing {
    fn message(&self) -> Bytes {
        let Self {
            vias,
            contact,
            others,
            body,
        } = self;
        let length = body.len();
        Bytes::from(format!(
            "MESSAGE sip:2044@pbx.example.com SIP/2.0\r\n\
             {vias}\
             Max-Forwards: 70\r\n\
             From: <sip:2031@pbx.example.com>;tag=9c1e5f027a\r\n\
             To: <sip:2044@pbx.example.com>\r\n\
             Call-ID: 3f6a81d2c97eb4c0@192.0.2.31\r\n\
             CSeq: 1 MESSAGE\r\n\
             Contact: {contact}\r\n\
             {others}\
             Content-Type: text/plain\r\n\
             Content-Length: {length}\r\n\r\n\
             {body}"
        ))
    }
}

/// So many pieces one after the other. Pieces write their number in five
/// digits: twice as many are twice as long.
fn pieces(size: usize, piece: impl Fn(usize) -> String) -> String {
    (0..size).fold(String::new(), |mut all, at| {
        let _ = write!(all, "{}", piece(at));
        all
    })
}

fn via(at: usize) -> String {
    format!("SIP/2.0/UDP h{at:05}.example.net;branch=z9hG4bK{at:05}")
}

fn vias(message: &mut Growing, size: usize) {
    message.vias = pieces(size, |at| format!("Via: {}\r\n", via(at)));
}

fn via_list(message: &mut Growing, size: usize) {
    let list = pieces(size, |at| format!("{}, ", via(at)));
    message.vias = format!("Via: {}\r\n", list.trim_end_matches(", "));
}

fn long_header(message: &mut Growing, size: usize) {
    message.others = format!("Subject: {}\r\n", "x".repeat(size));
}

fn headers(message: &mut Growing, size: usize) {
    message.others = pieces(size, |at| format!("X-Trace-{at:05}: {at:05}\r\n"));
}

fn contacts(message: &mut Growing, size: usize) {
    let list = pieces(size, |at| format!("<sip:{at:05}@192.0.2.31>;q=0.5, "));
    message.contact = list.trim_end_matches(", ").to_owned();
}

fn parameters(message: &mut Growing, size: usize) {
    message.contact += &pieces(size, |at| format!(";p{at:05}={at:05}"));
}

fn uri_parameters(message: &mut Growing, size: usize) {
    let parameters = pieces(size, |at| format!(";p{at:05}={at:05}"));
    message.contact = format!("<sip:2031@192.0.2.31{parameters}>");
}

fn uri_headers(message: &mut Growing, size: usize) {
    let headers = pieces(size, |at| format!("h{at:05}={at:05}&"));
    message.contact = format!("<sip:2031@192.0.2.31?{}>", headers.trim_end_matches('&'));
}

fn comments(message: &mut Growing, size: usize) {
    let (open, close) = ("(".repeat(size), ")".repeat(size));
    message.others = format!("User-Agent: deskphone {open}deep{close}\r\n");
}

fn folded(message: &mut Growing, size: usize) {
    message.others = format!("Subject: first{}\r\n", "\r\n next".repeat(size));
}

fn blank_folds(message: &mut Growing, size: usize) {
    message.others = format!("Subject: first{}last\r\n", "\r\n ".repeat(size));
}

fn quoted(message: &mut Growing, size: usize) {
    let pairs = "\\\"".repeat(size);
    message.contact = format!("\"{pairs}\" <sip:2031@192.0.2.31>");
}

fn body(message: &mut Growing, size: usize) {
    message.body = "x".repeat(size);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Message;

    #[test]
    fn every_shape_is_a_message_that_grows_with_its_size() {
        for shape in ALL {
            let (small, large) = (shape.message(100), shape.message(200));
            assert!(large.len() >= small.len() + 100, "{}", shape.name);
            let (head, body) = Message::split(&large);
            let length = format!("Content-Length: {}", body.len());
            assert!(head.ends_with(&length), "{}", shape.name);
        }
    }

    #[test]
    fn names_are_told_apart() {
        for shape in ALL {
            assert_eq!(Shape::named(shape.name).unwrap().counts, shape.counts);
        }
        assert!(Shape::named("round").is_none());
    }
}
