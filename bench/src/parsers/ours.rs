//! callwright-sip-core: the crate that all this is for.

use bytes::Bytes;

use crate::{Message, Parser, Refusal, Values};

/// Its name in the table.
pub const NAME: &str = "callwright-sip-core";

/// The package callwright-sip-core, from `Bytes`.
#[derive(Debug)]
pub struct Ours;

fn to_come() -> Refusal {
    Refusal::Failed("has no parser yet".to_owned())
}

impl Parser for Ours {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, _message: &Message) -> Result<(), Refusal> {
        Err(to_come())
    }

    fn values(&self, _message: &Message) -> Result<Values, Refusal> {
        Err(to_come())
    }

    fn validate(&self, _message: &Message) -> Result<(), Refusal> {
        Err(to_come())
    }

    fn forward(&self, _message: &Message, _out: &mut Vec<u8>) -> Result<(), Refusal> {
        Err(to_come())
    }
}

/// Parses a message of any shape and size and types every header in it: what
/// `linear` measures. Limits on size, headers, parameters and nesting are to
/// be lifted here, since the shapes go beyond the safe defaults.
pub fn parse_whole(_octets: Bytes) -> Result<(), Refusal> {
    Err(to_come())
}
