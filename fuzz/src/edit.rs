//! Edits: any sequence of them, compared with a model of what a message is.

mod model;
mod operation;

use arbitrary::Unstructured;
use sip_core::{Message, Method, ParseConfig, Request, Response, StatusCode, Uri};

use model::Model;
use operation::Operation;

const MOST_OPERATIONS: u8 = 24;

/// How many edits there are, the edits, and the message that they are made
/// to: read from the rest of the octets, or, if that is none, built.
pub fn check(octets: &[u8]) {
    let mut input = Unstructured::new(octets);
    // Input that ends too soon reads as zeros.
    let count: u8 = input.arbitrary().unwrap_or_default();
    let operations: Vec<Operation> = (0..count % MOST_OPERATIONS)
        .map_while(|_| input.arbitrary().ok())
        .collect();
    let config = ParseConfig::DEFAULT;
    let text = input.take_rest();
    let received = Message::parse_with(text.to_vec(), &config).ok();
    let text = if received.is_some() { text } else { &[] };
    let mut message = received.unwrap_or_else(|| built(&operations));
    let mut model = Model::of(&message);
    for operation in &operations {
        operation.apply(&mut message, &mut model);
    }
    model.compare(&message);
    // What was received is where places are counted in.
    for fault in message.faults() {
        crate::look::error(&fault, text);
    }
    let again = crate::message::same_when_written(&message, &config);
    model.compare(&again);
}

/// A request that was never received, or a response, its reason phrase as the
/// first operation would have a URI.
fn built(operations: &[Operation]) -> Message {
    // A response has no URI to set.
    if let Some(Operation::SetUri { uri: text }) = operations.first() {
        let response: Response = Response::builder(StatusCode::OK)
            .reason(&text.lossy())
            .build()
            .expect("nothing was put in");
        return response.into();
    }
    let uri = Uri::parse(b"sip:alice@example.com").expect("it is sound");
    let request: Request = Request::builder(Method::INVITE, &uri)
        .build()
        .expect("nothing was put in");
    request.into()
}
