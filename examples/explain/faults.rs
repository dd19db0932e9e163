//! The faults of a message, in words: where, which rule, whose section, and
//! what comes of it.

use sip_core::header::HeaderName;
use sip_core::{Message, Method, ParseError, Position, Rule};

use crate::page::Page;
use crate::reading::{Reading, has_start_line};

/// More than these say no more.
const MOST: usize = 12;

pub(crate) fn tell(reading: &Reading, page: &mut Page) {
    if is_something_else(reading) {
        page.heading("This is not a SIP message");
        page.paragraph(
            "Its first line should be that of a request (INVITE sip:bob@example.com SIP/2.0) or \
             of a response (SIP/2.0 200 OK).",
        );
        if let Some(fault) = reading.faults.first() {
            tell_one(1, fault, reading, page);
        }
        return;
    }
    tell_faults(reading, page);
    tell_forgiven(reading, page);
    tell_refusal(reading, page);
    page.heading("In short");
    page.paragraph(&in_short(reading));
}

/// Whether there is neither a start line nor a header field.
fn is_something_else(reading: &Reading) -> bool {
    match &reading.message {
        None => true,
        Some(message) => !has_start_line(message) && message.headers().is_empty(),
    }
}

fn tell_faults(reading: &Reading, page: &mut Page) {
    if reading.faults.is_empty() {
        return;
    }
    page.heading("Faults");
    for (number, fault) in (1..).zip(&reading.faults).take(MOST) {
        tell_one(number, fault, reading, page);
        page.note(&consequence(fault, reading));
        if let Some(hint) = hint(fault, reading) {
            page.note(&hint);
        }
    }
    if let Some(more) = reading.faults.len().checked_sub(MOST).filter(|n| *n > 0) {
        page.paragraph(&format!("… and {more} more."));
    }
}

fn tell_forgiven(reading: &Reading, page: &mut Page) {
    if reading.forgiven.is_empty() {
        return;
    }
    page.heading("Forgiven, because phones do it; a strict reader would refuse it");
    for (number, (switch, fault)) in (1..).zip(&reading.forgiven).take(MOST) {
        tell_one(number, fault, reading, page);
        page.note(&format!("Read all the same while leniency.{switch} is on."));
    }
}

fn tell_refusal(reading: &Reading, page: &mut Page) {
    if let Some(response) = &reading.refusal {
        page.heading("The response that refuses it, but for a tag in To");
        page.verbatim(&response.to_string());
    }
}

/// The place, the rule, and the line with a caret under the place.
fn tell_one(number: usize, fault: &ParseError, reading: &Reading, page: &mut Page) {
    let (line, column) = reading.place(fault).line_column(&reading.text);
    let header = fault.header.as_ref();
    let header = header.map_or(String::new(), |header| format!("{header}: "));
    page.point(&format!(
        "{number:>3}. Line {line}, column {column}: {header}{} ({})",
        fault.rule,
        fault.rule.reference()
    ));
    let mut lines = reading.text.split(|octet| *octet == b'\n');
    let text = lines.nth(line.saturating_sub(1)).unwrap_or_default();
    page.quote(text.strip_suffix(b"\r").unwrap_or(text), column);
}

/// What whoever receives the message does about that fault.
fn consequence(fault: &ParseError, reading: &Reading) -> String {
    let status = fault.status();
    let whole = reading.fatal.is_some() && !is_of_one_field(fault);
    match &reading.message {
        Some(Message::Response(_)) if whole => {
            "A client drops the response and goes on waiting.".to_owned()
        }
        Some(Message::Response(_)) => {
            "A client takes the response, but can make nothing of this header field.".to_owned()
        }
        Some(Message::Request(request)) if request.method() == Method::ACK => {
            "A server drops it: an ACK is never answered.".to_owned()
        }
        _ if whole => format!("A server refuses the request: {status}."),
        _ => format!("A server that needs this refuses the request: {status}; others pass it on."),
    }
}

/// Whether only those who read that header field, or the body, mind.
fn is_of_one_field(fault: &ParseError) -> bool {
    const READ_BY_ALL: [HeaderName<'static>; 7] = [
        HeaderName::VIA,
        HeaderName::FROM,
        HeaderName::TO,
        HeaderName::CALL_ID,
        HeaderName::CSEQ,
        HeaderName::MAX_FORWARDS,
        HeaderName::CONTENT_LENGTH,
    ];
    let header = fault.header.as_ref();
    matches!(fault.position, Position::Body(_))
        || fault.rule != Rule::Repeated && header.is_some_and(|name| !READ_BY_ALL.contains(name))
}

/// What is often behind a fault, in a message that was pasted into a file.
fn hint(fault: &ParseError, reading: &Reading) -> Option<String> {
    let (line, _) = reading.place(fault).line_column(&reading.text);
    match fault.rule {
        Rule::HeaderEnd => Some(
            "Editors and terminals lose the last empty line. Everything here is said as if it \
             were there."
                .to_owned(),
        ),
        Rule::ContentLength => {
            let body = reading.body();
            let lines = body.iter().filter(|octet| **octet == b'\n').count();
            let crlf = body.windows(2).filter(|pair| pair == b"\r\n").count();
            let lost = lines.saturating_sub(crlf);
            let hint = match lost {
                0 => String::new(),
                _ => format!("; an editor may have taken {lost} CRs out of its line ends"),
            };
            Some(format!("The body has {} octets{hint}.", body.len()))
        }
        Rule::Missing if line > 1 => Some("The header fields end here, without it.".to_owned()),
        Rule::Method if reading.text.starts_with("\u{FEFF}".as_bytes()) => {
            Some("The file begins with a byte order mark: save it as UTF-8 without.".to_owned())
        }
        _ => None,
    }
}

fn in_short(reading: &Reading) -> String {
    let forgiven = match reading.forgiven.len() {
        0 => String::new(),
        1 => " One departure from the grammar is forgiven.".to_owned(),
        count => format!(" {count} departures from the grammar are forgiven."),
    };
    let faults = match reading.faults.len() {
        0 => return format!("No fault.{forgiven}"),
        1 => "One fault".to_owned(),
        count => format!("{count} faults"),
    };
    let verdict = match (&reading.fatal, &reading.message) {
        (None, _) => "but the message as a whole can be acted on",
        (_, Some(Message::Response(_))) => "and no client can use the response",
        _ => "and no server can act on the request",
    };
    format!("{faults}, {verdict}.{forgiven}")
}
