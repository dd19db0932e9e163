//! SIP parsers side by side: the same messages, the same jobs, in one run.
//!
//! [`Message::all`] are five messages as telephones send them; [`Job`] says
//! what a parser has to do with one; [`parsers::all`] are those measured, ours
//! last. A [`Case`] is one parser doing one job on one message. Each is first
//! checked to do the whole job ([`check`]) and then measured in three ways
//! ([`measure`]): time, instructions, heap.
//!
//! `bench/run` builds everything and prints the one [`table`].

pub mod check;
mod job;
pub mod measure;
mod message;
pub mod parsers;
pub mod shapes;
pub mod table;

pub use job::{Case, Job, Parser, Pushed, Refusal, Values, cases};
pub use message::Message;
