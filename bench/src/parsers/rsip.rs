//! rsip: every header a `String`, typed on demand.

use std::hint::black_box;
use std::io::Write as _;

use rsip::headers::{MaxForwards, RecordRoute, UntypedHeader as _, Via};
use rsip::message::{HasHeaders as _, HeadersExt as _};
use rsip::prelude::ToTypedHeader as _;
use rsip::{Header, SipMessage, typed};

use crate::{Message, Parser, Pushed, Refusal, Values};

/// The package rsip, from `&[u8]`.
#[derive(Debug)]
pub(crate) struct Rsip;

/// The six values; rsip's Call-ID has no typed form.
struct Typed<'a> {
    via: typed::Via,
    from: typed::From,
    to: typed::To,
    call_id: &'a rsip::headers::CallId,
    cseq: typed::CSeq,
    contact: typed::Contact,
}

fn parse(message: &Message) -> Result<SipMessage, Refusal> {
    SipMessage::try_from(message.octets.as_ref()).map_err(Refusal::because)
}

fn typed(message: &SipMessage) -> Result<Typed<'_>, rsip::Error> {
    Ok(Typed {
        via: message.via_header()?.typed()?,
        from: message.from_header()?.typed()?,
        to: message.to_header()?.typed()?,
        call_id: message.call_id_header()?,
        cseq: message.cseq_header()?.typed()?,
        contact: message.contact_header()?.typed()?,
    })
}

/// Puts a header before all others; rsip itself only appends.
fn push_front(message: &mut SipMessage, header: Header) {
    let mut headers: Vec<Header> = std::mem::take(message.headers_mut()).into();
    headers.insert(0, header);
    *message.headers_mut() = headers.into();
}

fn decrement(message: &mut SipMessage) -> Result<(), rsip::Error> {
    let header = message.max_forwards_header_mut()?;
    *header = MaxForwards::from(header.num()?.saturating_sub(1));
    Ok(())
}

impl Parser for Rsip {
    fn name(&self) -> &'static str {
        "rsip 0.4"
    }

    fn read(&self, message: &Message) -> Result<(), Refusal> {
        let message = parse(message)?;
        black_box(&typed(&message).map_err(Refusal::because)?);
        Ok(())
    }

    fn values(&self, message: &Message) -> Result<Values, Refusal> {
        let message = parse(message)?;
        let typed = typed(&message).map_err(Refusal::because)?;
        Ok(Values {
            via: typed.via.to_string(),
            from: typed.from.to_string(),
            to: typed.to.to_string(),
            call_id: typed.call_id.value().to_owned(),
            cseq: typed.cseq.to_string(),
            contact: typed.contact.to_string(),
        })
    }

    fn forward(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let mut message = parse(message)?;
        push_front(&mut message, RecordRoute::new(Pushed::RECORD_ROUTE).into());
        push_front(&mut message, Via::new(Pushed::VIA).into());
        if message.is_request() {
            decrement(&mut message).map_err(Refusal::because)?;
        }
        out.clear();
        write!(out, "{message}").map_err(Refusal::because)
    }
}
