//! What a parser has to do, and what it is measured doing.

use crate::Message;

/// The work that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// (a) Parse, and read the top Via, From, To, Call-ID, CSeq and Contact,
    /// each checked by the library's grammar and as its typed value.
    Read,
    /// (a') The same, and check the message as a whole. Only ours has this.
    Validate,
    /// (b) Parse, push a Via and a Record-Route, decrement Max-Forwards where
    /// there is one, and serialise.
    Forward,
}

impl Job {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Read, Self::Validate, Self::Forward];

    /// What the table calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "a   read",
            Self::Validate => "a'  + validate",
            Self::Forward => "b   forward",
        }
    }
}

/// A library under measurement: how it does each [`Job`].
///
/// The implementations take the cheapest way to typed values that the library
/// offers in public, and whatever it needs to get from a datagram to its own
/// input type is part of the job. Results go through
/// [`black_box`](std::hint::black_box) and are dropped inside the job.
pub trait Parser {
    /// Name and version of the package.
    fn name(&self) -> &'static str;

    /// Job (a).
    fn read(&self, message: &Message) -> Result<(), Refusal>;

    /// The values that [`read`](Self::read) read, written as text by the
    /// library. Not measured; proof that it read them.
    fn values(&self, message: &Message) -> Result<Values, Refusal>;

    /// Job (a').
    fn validate(&self, _message: &Message) -> Result<(), Refusal> {
        Err(Refusal::NotOffered)
    }

    /// Job (b). `out` holds the forwarded message afterwards; what it held
    /// before is of no use to anyone. A library that can write into a buffer
    /// may reuse it, one that returns a new buffer puts that in its place.
    fn forward(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), Refusal>;
}

/// Why a parser did not do a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The library has nothing of the kind.
    NotOffered,
    /// It has, and failed; the table says `fails` and gives this reason.
    Failed(String),
}

impl Refusal {
    /// A failure for the reason that the library gives.
    pub fn because(reason: impl std::fmt::Debug) -> Self {
        Self::Failed(format!("{reason:?}"))
    }

    /// A failure because the message lacks, as the library sees it, a header.
    pub fn missing(header: &str) -> Self {
        Self::Failed(format!("finds no {header} of the right type"))
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotOffered => f.write_str("does not offer this"),
            Self::Failed(reason) => f.write_str(reason),
        }
    }
}

/// The six header values of job (a), as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// The topmost Via value.
    pub via: String,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Call-ID.
    pub call_id: String,
    /// CSeq.
    pub cseq: String,
    /// The first Contact value.
    pub contact: String,
}

/// What job (b) puts on top of a message.
#[derive(Debug)]
pub struct Pushed;

impl Pushed {
    /// Host of the forwarding proxy.
    pub const HOST: &str = "proxy.example.net";
    /// Branch of the pushed Via.
    pub const BRANCH: &str = "z9hG4bK-4f1a77c3e20b";
    /// The pushed Via value, for libraries that take text.
    pub const VIA: &str = "SIP/2.0/UDP proxy.example.net;branch=z9hG4bK-4f1a77c3e20b";
    /// The URI in the pushed Record-Route.
    pub const ROUTE_URI: &str = "sip:proxy.example.net;lr";
    /// The pushed Record-Route value, for libraries that take text.
    pub const RECORD_ROUTE: &str = "<sip:proxy.example.net;lr>";
}

/// One parser doing one job on one message.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// On what.
    pub message: &'a Message,
    /// What.
    pub job: Job,
    /// Who.
    pub parser: &'a dyn Parser,
}

impl Case<'_> {
    /// Does the job once. `out` is the buffer of [`Parser::forward`].
    pub fn run(&self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        match self.job {
            Job::Read => self.parser.read(self.message),
            Job::Validate => self.parser.validate(self.message),
            Job::Forward => self.parser.forward(self.message, out),
        }
    }
}

impl std::fmt::Debug for Case<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (job, message) = (self.job.name(), self.message.name);
        write!(f, "{}: {job}, {message}", self.parser.name())
    }
}

/// Every case there is: by message, then job, then parser. The order is the
/// same in every process of a run, so an index names a case.
pub fn cases<'a>(messages: &'a [Message], parsers: &'a [Box<dyn Parser>]) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    for message in messages {
        for job in Job::ALL {
            for parser in parsers {
                let parser = parser.as_ref();
                cases.push(Case {
                    message,
                    job,
                    parser,
                });
            }
        }
    }
    cases
}
