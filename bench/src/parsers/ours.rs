//! callwright-sip-core: the crate that all this is for.

use std::hint::black_box;

use bytes::Bytes;
use sip_core::header::{
    CSeq, CallId, Contact, From, MaxForwards, RecordRoute, To, TypedHeader, Via,
};
use sip_core::{Host, ParseConfig, ParseError, Uri};

use crate::{Message, Parser, Pushed, Refusal, Values};

/// Its name in the table.
pub const NAME: &str = "callwright-sip-core";

/// The package callwright-sip-core, from `Bytes`.
#[derive(Debug)]
pub struct Ours;

/// The six values, each borrowed from the message.
struct Typed<'m> {
    via: Via<'m>,
    from: From<'m>,
    to: To<'m>,
    call_id: CallId<'m>,
    cseq: CSeq<'m>,
    contact: Contact<'m>,
}

fn parse(message: &Message) -> Result<sip_core::Message, Refusal> {
    sip_core::Message::parse(message.octets.clone()).map_err(Refusal::because)
}

fn typed(message: &sip_core::Message) -> Result<Typed<'_>, ParseError> {
    let headers = message.headers();
    Ok(Typed {
        via: headers.required::<Via>()?,
        from: headers.required::<From>()?,
        to: headers.required::<To>()?,
        call_id: headers.required::<CallId>()?,
        cseq: headers.required::<CSeq>()?,
        contact: headers.required::<Contact>()?,
    })
}

fn text<H: TypedHeader>(value: &H) -> String {
    let mut text = Vec::new();
    value.encode(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

impl Parser for Ours {
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
            via: text(&typed.via),
            from: text(&typed.from),
            to: text(&typed.to),
            call_id: text(&typed.call_id),
            cseq: text(&typed.cseq),
            contact: text(&typed.contact),
        })
    }

    fn validate(&self, message: &Message) -> Result<(), Refusal> {
        // A server takes the values that `validate` reads anyway.
        let message = parse(message)?;
        match &message {
            sip_core::Message::Request(request) => {
                black_box(&request.validate().map_err(Refusal::because)?);
            }
            sip_core::Message::Response(response) => {
                black_box(&response.validate().map_err(Refusal::because)?);
            }
        }
        let contact = message.headers().required::<Contact>();
        black_box(&contact.map_err(Refusal::because)?);
        Ok(())
    }

    fn forward(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let mut message = parse(message)?;
        let is_request = matches!(message, sip_core::Message::Request(_));
        let headers = message.headers_mut();
        let route = Uri::parse(Pushed::ROUTE_URI.as_bytes()).map_err(Refusal::because)?;
        let record_route = RecordRoute::new(route);
        headers.push_front(&record_route).map_err(Refusal::because)?;
        let host = Host::try_from(Pushed::HOST).map_err(Refusal::because)?;
        let via = Via::new("UDP", host).with_branch(Pushed::BRANCH);
        headers.push_front(&via).map_err(Refusal::because)?;
        if is_request {
            let hops = headers.required::<MaxForwards>().map_err(Refusal::because)?;
            let fewer = MaxForwards(hops.0.saturating_sub(1));
            headers.replace_first(&fewer).map_err(Refusal::because)?;
        }
        out.clear();
        message.write_to(out);
        Ok(())
    }
}

/// Parses a message of any shape and size and types every header in it: what
/// `linear` measures. Limits on size, headers, parameters and nesting are
/// lifted here, since the shapes go beyond the safe defaults.
pub fn parse_whole(octets: Bytes) -> Result<(), Refusal> {
    let mut config = ParseConfig::default();
    config.limits.message = u32::MAX;
    config.limits.line = u32::MAX;
    config.limits.headers = u32::MAX;
    config.limits.uri = u16::MAX;
    config.limits.params = u16::MAX;
    config.limits.nesting = u16::MAX;
    let message = sip_core::Message::parse_with(octets, &config).map_err(Refusal::because)?;
    match message.faults().into_iter().next() {
        Some(fault) => Err(Refusal::because(fault)),
        None => Ok(()),
    }
}
