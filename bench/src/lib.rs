//! SIP parsers side by side: the same messages, the same jobs, in one run.
//!
//! [`Message::all`] are five messages as telephones send them; [`Job`] says
//! what a parser has to do with one; [`parsers::all`] are those measured, ours
//! last. A [`Case`] is one parser doing one job on one message. Each is first
//! checked to do the whole job ([`check`]).

pub mod check;
mod job;
mod message;
pub mod parsers;

pub use job::{Case, Job, Parser, Pushed, Refusal, Values, cases};
pub use message::Message;
