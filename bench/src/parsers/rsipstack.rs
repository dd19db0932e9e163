//! rsipstack: rsip's types with a hand-written parser.

use std::hint::black_box;

use rsipstack::sip::headers::{CallId, MaxForwards, RecordRoute, ToTypedHeader as _, Via};
use rsipstack::sip::message::{HasHeaders as _, HeadersExt as _};
use rsipstack::sip::{Error, SipMessage, typed};

use crate::{Message, Parser, Pushed, Refusal, Values};

/// Its name in the table.
pub(crate) const NAME: &str = "rsipstack 0.7.14";

/// The package rsipstack, from `&[u8]`.
#[derive(Debug)]
pub(crate) struct Rsipstack;

/// The six values; rsipstack's Call-ID has no typed form.
struct Typed<'a> {
    via: typed::Via,
    from: typed::From,
    to: typed::To,
    call_id: &'a CallId,
    cseq: typed::CSeq,
    contact: typed::Contact,
}

fn parse(message: &Message) -> Result<SipMessage, Refusal> {
    SipMessage::try_from(message.octets.as_ref()).map_err(Refusal::because)
}

/// `typed()` on a header copies its text first: `parse` on the text does not.
fn typed(message: &SipMessage) -> Result<Typed<'_>, Error> {
    Ok(Typed {
        via: message.top_via_header()?.into_typed()?,
        from: typed::From::parse(message.from_header()?.value())?,
        to: typed::To::parse(message.to_header()?.value())?,
        call_id: message.call_id_header()?,
        cseq: typed::CSeq::parse(message.cseq_header()?.value())?,
        contact: typed::Contact::parse(message.contact_header()?.value())?,
    })
}

fn decrement(message: &mut SipMessage) -> Result<(), Refusal> {
    let header = message
        .max_forwards_header_mut()
        .map_err(Refusal::because)?;
    let hops: u32 = header.value().parse().map_err(Refusal::because)?;
    *header = MaxForwards::new(hops.saturating_sub(1).to_string());
    Ok(())
}

impl Parser for Rsipstack {
    fn name(&self) -> &'static str {
        NAME
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
        let headers = message.headers_mut();
        headers.push_front(RecordRoute::new(Pushed::RECORD_ROUTE).into());
        headers.push_front(Via::new(Pushed::VIA).into());
        if message.is_request() {
            decrement(&mut message)?;
        }
        *out = message.to_bytes();
        Ok(())
    }
}
