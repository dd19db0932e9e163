//! ezk-sip-types: header lines borrowed from one buffer, typed on demand.
//!
//! The package has no message type; its stack puts one together from the pull
//! parser, the headers and the body, and so does this file.

use std::hint::black_box;
use std::io::Write as _;

use bytes::Bytes;
use ezk_sip_types::header::typed::{
    CSeq, CallID, Contact, ContentLength, FromTo, MaxForwards, Via,
};
use ezk_sip_types::msg::{Line, MessageLine, PullParser};
use ezk_sip_types::parse::Parse as _;
use ezk_sip_types::print::AppendCtx as _;
use ezk_sip_types::{Headers, Name};

use crate::{Message, Parser, Pushed, Refusal, Values};

/// The package ezk-sip-types, from `&Bytes`.
#[derive(Debug)]
pub(crate) struct Ezk;

struct Parsed {
    line: MessageLine,
    headers: Headers,
    body: Bytes,
}

fn parse(message: &Message) -> Result<Parsed, Refusal> {
    let octets = &message.octets;
    let mut lines = PullParser::new(octets, 0);
    let mut start = None;
    let mut headers = Headers::new();
    for line in &mut lines {
        let line =
            std::str::from_utf8(line.map_err(Refusal::because)?).map_err(Refusal::because)?;
        if start.is_none() {
            start = Some(
                MessageLine::parse(octets)(line)
                    .map_err(Refusal::because)?
                    .1,
            );
        } else {
            let (_, line) = Line::parse(octets, line).map_err(Refusal::because)?;
            headers.insert(line.name, line.value);
        }
    }
    let ContentLength(length) = headers.get_named().map_err(Refusal::because)?;
    let body = lines.head_end();
    Ok(Parsed {
        line: start.ok_or_else(|| Refusal::missing("start line"))?,
        headers,
        body: octets.slice(body..octets.len().min(body + length)),
    })
}

struct Typed {
    via: Via,
    from: FromTo,
    to: FromTo,
    call_id: CallID,
    cseq: CSeq,
    contact: Contact,
}

fn typed(headers: &Headers) -> Result<Typed, Refusal> {
    Ok(Typed {
        via: headers.get_named().map_err(Refusal::because)?,
        from: headers.get(Name::FROM).map_err(Refusal::because)?,
        to: headers.get(Name::TO).map_err(Refusal::because)?,
        call_id: headers.get_named().map_err(Refusal::because)?,
        cseq: headers.get_named().map_err(Refusal::because)?,
        contact: headers.get_named().map_err(Refusal::because)?,
    })
}

/// Puts a value before all others of its name. The library's `insert_front`
/// does so only for the first of a name, and appends every other.
fn push_front(headers: &mut Headers, name: Name, value: &str) {
    let below = headers.remove(&name);
    headers.insert_front(name.clone(), value);
    for value in below.into_iter().flatten() {
        headers.insert(name.clone(), value);
    }
}

impl Parser for Ezk {
    fn name(&self) -> &'static str {
        "ezk-sip-types 0.6.5"
    }

    fn read(&self, message: &Message) -> Result<(), Refusal> {
        let parsed = parse(message)?;
        black_box((&parsed.line, &parsed.body));
        black_box(&typed(&parsed.headers)?);
        Ok(())
    }

    fn values(&self, message: &Message) -> Result<Values, Refusal> {
        let typed = typed(&parse(message)?.headers)?;
        Ok(Values {
            via: typed.via.default_print_ctx().to_string(),
            from: typed.from.default_print_ctx().to_string(),
            to: typed.to.default_print_ctx().to_string(),
            call_id: typed.call_id.0.to_string(),
            cseq: format!("{} {}", typed.cseq.cseq, typed.cseq.method),
            contact: typed.contact.default_print_ctx().to_string(),
        })
    }

    fn forward(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let Parsed {
            line,
            mut headers,
            body,
        } = parse(message)?;
        push_front(&mut headers, Name::RECORD_ROUTE, Pushed::RECORD_ROUTE);
        push_front(&mut headers, Name::VIA, Pushed::VIA);
        if line.is_request() {
            headers
                .edit_named(|hops: &mut MaxForwards| hops.0 = hops.0.saturating_sub(1))
                .map_err(Refusal::because)?;
        }
        out.clear();
        let line = line.default_print_ctx();
        write!(out, "{line}\r\n{headers}\r\n").map_err(Refusal::because)?;
        out.extend_from_slice(&body);
        Ok(())
    }
}
