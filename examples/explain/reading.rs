//! Everything that the library is asked about a message.

use bytes::Bytes;
use sip_core::header::HeaderName;
use sip_core::{
    Leniency, Message, Method, ParseConfig, ParseError, Position, Request, Response, Rule,
};

/// A message, as far as it can be read, and what is wrong with it.
pub(crate) struct Reading {
    /// What was given, with the empty line behind the header fields if that
    /// was missing; places count in it.
    pub(crate) text: Bytes,
    /// The message, or what could be saved of it.
    pub(crate) message: Option<Message>,
    /// In the order of the text.
    pub(crate) faults: Vec<ParseError>,
    /// What a strict reader would find, and the switch that forgives it here.
    pub(crate) forgiven: Vec<(&'static str, ParseError)>,
    /// The first fault for which nobody can act on the message.
    pub(crate) fatal: Option<ParseError>,
    /// The response that says so, where one is due.
    pub(crate) refusal: Option<Response>,
}

impl Reading {
    pub(crate) fn of(given: Bytes) -> Self {
        let (fatal, refusal) = refusal(&given);
        let cut_short = cut_short(&given);
        let text = match (&cut_short, given.ends_with(b"\n")) {
            (None, _) => given,
            (Some(_), true) => [&given, &b"\r\n"[..]].concat().into(),
            (Some(_), false) => [&given, &b"\r\n\r\n"[..]].concat().into(),
        };
        let (message, mut faults) = read(&text, &ParseConfig::DEFAULT);
        faults.extend(cut_short);
        let mut reading = Reading {
            forgiven: forgiven(&text, &faults),
            text,
            message,
            faults: Vec::new(),
            fatal,
            refusal,
        };
        faults.sort_by_key(|fault| reading.place(fault).octet());
        reading.faults = faults;
        reading
    }

    /// Where in the text a fault lies, even where the library counts from the
    /// start of the body.
    pub(crate) fn place(&self, fault: &ParseError) -> Position {
        match fault.position {
            Position::Body(octet) => Position::Message(self.body_start().saturating_add(octet)),
            position => position,
        }
    }

    /// What stands behind the body; in a datagram it counts for nothing.
    pub(crate) fn behind_body(&self) -> &[u8] {
        let end = self.body_start().saturating_add(self.body().len());
        self.text.get(end..).unwrap_or_default()
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.message.as_ref().map_or(&[], Message::body)
    }

    fn body_start(&self) -> usize {
        if self.message.is_none() {
            return self.text.len();
        }
        // The body lies in the text, for nothing is copied.
        let body = self.body().as_ptr().addr();
        body.saturating_sub(self.text.as_ptr().addr())
    }
}

/// The message, or what can be saved of it, and all its faults.
fn read(text: &Bytes, config: &ParseConfig) -> (Option<Message>, Vec<ParseError>) {
    let (message, mut faults) = match Message::parse_with(text.clone(), config) {
        Ok(message) => (Some(message), Vec::new()),
        Err(malformed) => (malformed.salvage().cloned(), malformed.errors().to_vec()),
    };
    if let Some(message) = &message {
        let mut within = message.faults();
        within.extend(message.multipart().err());
        if !has_start_line(message) {
            // What only follows from that is not worth a word.
            within.retain(|fault| fault.header.is_some() && fault.rule != Rule::CSeqMethod);
        }
        for fault in within {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
    (message, faults)
}

/// Of a request whose first line is unsound neither method nor URI is known.
pub(crate) fn has_start_line(message: &Message) -> bool {
    match message {
        Message::Request(request) => !request.raw_uri().is_empty(),
        _ => true,
    }
}

/// The fault that no empty line ends the header fields.
fn cut_short(text: &Bytes) -> Option<ParseError> {
    let malformed = Message::parse(text.clone()).err()?;
    let mut errors = malformed.errors().iter();
    errors.find(|fault| fault.rule == Rule::HeaderEnd).cloned()
}

/// Why nobody can act on the message, and how a server says so.
fn refusal(text: &Bytes) -> (Option<ParseError>, Option<Response>) {
    match Message::parse(text.clone()) {
        Err(malformed) => (Some(malformed.error().clone()), malformed.response()),
        Ok(message) => match (message.validate(), message) {
            (Ok(()), _) => (None, None),
            (Err(fault), Message::Request(request)) if may_be_answered(&request) => {
                let response = request.reply(fault.status());
                (Some(fault), Some(response))
            }
            (Err(fault), _) => (Some(fault), None),
        },
    }
}

/// A response finds its way by Via; an ACK gets none (RFC 3261 section 17).
fn may_be_answered(request: &Request) -> bool {
    request.headers().contains(&HeaderName::VIA) && request.method() != Method::ACK
}

type TurnOff = fn(&mut Leniency);

/// The switches of [`Leniency`].
const SWITCHES: [(&str, TurnOff); 7] = [
    ("bare_lf", |on| on.bare_lf = false),
    ("hash_in_user", |on| on.hash_in_user = false),
    ("underscore_in_host", |on| on.underscore_in_host = false),
    ("unquoted_display_name", |on| {
        on.unquoted_display_name = false;
    }),
    ("free_product_text", |on| on.free_product_text = false),
    ("three_colons_in_ipv6", |on| on.three_colons_in_ipv6 = false),
    ("local_number_without_context", |on| {
        on.local_number_without_context = false;
    }),
];

/// What is a fault only to a reader that has one of the switches off.
fn forgiven(text: &Bytes, faults: &[ParseError]) -> Vec<(&'static str, ParseError)> {
    let mut forgiven = Vec::new();
    for (name, turn_off) in SWITCHES {
        let mut config = ParseConfig::DEFAULT;
        turn_off(&mut config.leniency);
        let mut found = read(text, &config).1;
        found.retain(|fault| !faults.contains(fault));
        if name == "bare_lf" {
            // It is in every line; the others follow from it.
            found.retain(|fault| fault.rule == Rule::LineEnd);
            found.truncate(1);
        }
        forgiven.extend(found.into_iter().map(|fault| (name, fault)));
    }
    forgiven.sort_by_key(|(_, fault)| fault.position.octet());
    forgiven
}
