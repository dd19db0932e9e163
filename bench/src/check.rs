//! Whether a parser really does a job, before it is measured doing it.
//!
//! What is expected is cut out of the message's own text by the plainest
//! means, so that no parser is judged by another.

use crate::{Case, Job, Message, Parser, Pushed, Refusal, Values};

/// Does the job once and looks at the outcome.
///
/// # Errors
/// What the parser says, or what it got wrong, as the table's footnote.
pub fn does_its_job(case: &Case<'_>) -> Result<(), Refusal> {
    let mut out = Vec::new();
    case.run(&mut out)?;
    match case.job {
        Job::Read | Job::Validate => reads_the_values(case.parser, case.message),
        Job::Forward => forwards(case.message, &out).map_err(Refusal::Failed),
    }
}

fn reads_the_values(parser: &dyn Parser, message: &Message) -> Result<(), Refusal> {
    let read = parser.values(message)?;
    let stated = stated(message);
    for (header, read, stated) in [
        ("Via", read.via, stated.via),
        ("From", read.from, stated.from),
        ("To", read.to, stated.to),
        ("Call-ID", read.call_id, stated.call_id),
        ("CSeq", read.cseq, stated.cseq),
        ("Contact", read.contact, stated.contact),
    ] {
        if unquoted(&read) != unquoted(&stated) {
            let reason = format!("reads the {header} `{stated}` as `{read}`");
            return Err(Refusal::Failed(reason));
        }
    }
    Ok(())
}

/// The six values as the message has them: the first of each name.
fn stated(message: &Message) -> Values {
    let (head, _) = Message::split(&message.octets);
    let first = |wanted| {
        Message::header_lines(head)
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value.to_owned())
            .unwrap_or_default()
    };
    Values {
        via: first("Via"),
        from: first("From"),
        to: first("To"),
        call_id: first("Call-ID"),
        cseq: first("CSeq"),
        contact: first("Contact"),
    }
}

/// Libraries differ in how they write a display name: with its quotation
/// marks or without, with a space before the `<` or without.
fn unquoted(value: &str) -> String {
    value.replace('"', "").replace(" <", "<")
}

/// Whether `out` is `message` with the two headers pushed and one hop less.
fn forwards(message: &Message, out: &[u8]) -> Result<(), String> {
    let (head_before, body_before) = Message::split(&message.octets);
    let (head, body) = Message::split(out);
    if head.lines().next() != head_before.lines().next() {
        return Err("forwards another start line".to_owned());
    }
    if body != body_before {
        return Err("forwards another body".to_owned());
    }

    for (name, pushed) in [("Via", Pushed::VIA), ("Record-Route", Pushed::RECORD_ROUTE)] {
        let mut expected = values_of(head_before, name);
        expected.insert(0, pushed.to_owned());
        let found = values_of(head, name);
        if found != expected {
            return Err(format!("forwards as {name} {found:?}"));
        }
    }

    if message.is_request() {
        let hops = values_of(head, "Max-Forwards");
        if hops != ["69"] {
            return Err(format!("forwards 70 hops as {hops:?}"));
        }
    }

    let before = Message::header_lines(head_before).count();
    let after = Message::header_lines(head).count();
    if after != before + 2 {
        return Err(format!("forwards {before} headers and two as {after}"));
    }
    Ok(())
}

fn values_of(head: &str, wanted: &str) -> Vec<String> {
    Message::header_lines(head)
        .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cases, parsers};

    #[test]
    fn a_message_left_as_it_was_is_not_a_forwarded_one() {
        for message in Message::all() {
            assert!(forwards(&message, &message.octets).is_err());
        }
    }

    #[test]
    fn a_forwarded_message_that_kept_its_hops_is_told() {
        let message = &Message::all()[0];
        let text = std::str::from_utf8(&message.octets).unwrap();
        let (route, via) = (Pushed::RECORD_ROUTE, Pushed::VIA);
        let pushed = format!("\r\nRecord-Route: {route}\r\nVia: {via}\r\n");
        let kept = text.replacen("\r\n", &pushed, 1);
        let reason = forwards(message, kept.as_bytes()).unwrap_err();
        assert_eq!(reason, r#"forwards 70 hops as ["70"]"#);
        let fewer = kept.replace("Max-Forwards: 70", "Max-Forwards: 69");
        assert_eq!(forwards(message, fewer.as_bytes()), Ok(()));
    }

    #[test]
    fn every_peer_does_jobs_a_and_b_on_every_message() {
        let (messages, parsers) = (Message::all(), parsers::all());
        for case in cases(&messages, &parsers) {
            let peer = case.parser.name() != parsers::ours::NAME;
            if peer && case.job != Job::Validate {
                assert_eq!(does_its_job(&case), Ok(()), "{case:?}");
            }
        }
    }
}
