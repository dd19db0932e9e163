//! rvoip-sip-core: every header typed and owned while the message is parsed.

use std::hint::black_box;
use std::str::FromStr as _;

use rvoip_sip_core::prelude::{
    Address, CSeq, CallId, Contact, From, Message as Parsed, Param, RecordRoute, RecordRouteEntry,
    To, TypedHeader, Uri, Via, parse_message,
};

use crate::{Message, Parser, Pushed, Refusal, Values};

/// The package rvoip-sip-core, from `&[u8]`.
#[derive(Debug)]
pub(crate) struct Rvoip;

fn parse(message: &Message) -> Result<Parsed, Refusal> {
    parse_message(&message.octets).map_err(Refusal::because)
}

struct Typed<'a> {
    via: &'a Via,
    from: &'a From,
    to: &'a To,
    call_id: &'a CallId,
    cseq: &'a CSeq,
    contact: &'a Contact,
}

/// A header that its grammar refuses is kept by the library as
/// `TypedHeader::Other`, so it is not found here.
fn typed(message: &Parsed) -> Result<Typed<'_>, Refusal> {
    let (mut via, mut from, mut to) = (None, None, None);
    let (mut call_id, mut cseq, mut contact) = (None, None, None);
    for header in message.all_headers() {
        match header {
            TypedHeader::Via(value) if via.is_none() => via = Some(value),
            TypedHeader::From(value) => from = Some(value),
            TypedHeader::To(value) => to = Some(value),
            TypedHeader::CallId(value) => call_id = Some(value),
            TypedHeader::CSeq(value) => cseq = Some(value),
            TypedHeader::Contact(value) => contact = Some(value),
            _ => {}
        }
    }
    Ok(Typed {
        via: via.ok_or_else(|| Refusal::missing("Via"))?,
        from: from.ok_or_else(|| Refusal::missing("From"))?,
        to: to.ok_or_else(|| Refusal::missing("To"))?,
        call_id: call_id.ok_or_else(|| Refusal::missing("Call-ID"))?,
        cseq: cseq.ok_or_else(|| Refusal::missing("CSeq"))?,
        contact: contact.ok_or_else(|| Refusal::missing("Contact"))?,
    })
}

/// The two headers to push; the library wants them typed.
fn pushed() -> rvoip_sip_core::Result<[TypedHeader; 2]> {
    let branch = vec![Param::branch(Pushed::BRANCH)];
    let via = Via::new("SIP", "2.0", "UDP", Pushed::HOST, None, branch)?;
    let route = RecordRouteEntry(Address::new(Uri::from_str(Pushed::ROUTE_URI)?));
    Ok([
        TypedHeader::Via(via),
        TypedHeader::RecordRoute(RecordRoute::new(vec![route])),
    ])
}

fn decrement(headers: &mut [TypedHeader]) -> Result<(), Refusal> {
    for header in headers {
        if let TypedHeader::MaxForwards(hops) = header {
            *hops = hops.decrement().unwrap_or(*hops);
            return Ok(());
        }
    }
    Err(Refusal::missing("Max-Forwards"))
}

impl Parser for Rvoip {
    fn name(&self) -> &'static str {
        "rvoip-sip-core 0.4.0"
    }

    fn read(&self, message: &Message) -> Result<(), Refusal> {
        let message = parse(message)?;
        black_box(&typed(&message)?);
        Ok(())
    }

    fn values(&self, message: &Message) -> Result<Values, Refusal> {
        let message = parse(message)?;
        let typed = typed(&message)?;
        Ok(Values {
            via: typed.via.to_string(),
            from: typed.from.to_string(),
            to: typed.to.to_string(),
            call_id: typed.call_id.to_string(),
            cseq: typed.cseq.to_string(),
            contact: typed.contact.to_string(),
        })
    }

    fn forward(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let mut message = parse(message)?;
        let pushed = pushed().map_err(Refusal::because)?;
        let headers = match &mut message {
            Parsed::Request(request) => {
                decrement(&mut request.headers)?;
                &mut request.headers
            }
            Parsed::Response(response) => &mut response.headers,
        };
        headers.splice(0..0, pushed);
        *out = message.to_bytes();
        Ok(())
    }
}
