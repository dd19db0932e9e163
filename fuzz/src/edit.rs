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
    let mut message = Message::parse_with(text.to_vec(), &config).unwrap_or_else(|_| built(text));
    let mut model = Model::of(&message);
    for operation in &operations {
        operation.apply(&mut message, &mut model);
    }
    model.compare(&message);
    let again = crate::message::same_when_written(&message, &config);
    model.compare(&again);
}

/// A request or a response that was never received.
fn built(text: &[u8]) -> Message {
    if text.len().is_multiple_of(2) {
        let uri = Uri::parse(b"sip:alice@example.com").expect("it is sound");
        let request: Request = Request::builder(Method::INVITE, &uri)
            .build()
            .expect("nothing was put in");
        request.into()
    } else {
        let response: Response = Response::builder(StatusCode::OK)
            .reason(&String::from_utf8_lossy(text))
            .build()
            .expect("nothing was put in");
        response.into()
    }
}
