//! What a message is to be taken for, and the check that it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sip_core::header::HeaderName;
use sip_core::{Message, ParseConfig, ParseError, Response, Rule, StatusCode};

use crate::facts::fact;

/// A message of an RFC, and one of ours that covers the same rules.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The file's name without `.dat`.
    pub(crate) name: &'static str,
    /// The section of the RFC.
    pub(crate) section: &'static str,
    /// Whose decision the section is about.
    pub(crate) decides: Decides,
    /// What the section asks, in our words.
    pub(crate) why: &'static str,
    pub(crate) theirs: Expect,
    /// Lines end with LF here; they are given CRLF before they are read.
    pub(crate) own: (&'static [u8], Expect),
}

/// The layer that a message is there to test. Those above the parser come
/// back with their own tests; here they say what the parser must hand up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decides {
    Parser,
    TransactionLayer,
    UserAgent,
    Proxy,
    Registrar,
}

#[derive(Debug, Clone)]
pub(crate) struct Expect {
    pub(crate) verdict: Verdict,
    /// Pairs of a question, see [`fact`], and its answer. Of a message that
    /// is refused they are asked of what could be salvaged.
    pub(crate) facts: &'static [(&'static str, &'static str)],
}

#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// It parses, is valid, and has no fault.
    Sound,
    /// It parses and can be acted on, but has these faults.
    Faulty(&'static [Flaw]),
    /// It parses, but `validate` refuses it by the first of these, with that
    /// status; `faults` finds them all.
    Invalid(u16, &'static [Flaw]),
    /// It does not parse; these are the errors, the first that of `error`.
    Refused(u16, &'static [Flaw]),
}

/// The status in a [`Verdict`] of what is not answered: a response, or a
/// request without a Via.
pub(crate) const SILENCE: u16 = 0;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Flaw {
    rule: Rule,
    /// The header's name, or nothing.
    header: &'static str,
    line: usize,
    /// `None`: anywhere on the line.
    column: Option<usize>,
}

pub(crate) const fn at(rule: Rule, header: &'static str, line: usize, column: usize) -> Flaw {
    Flaw {
        rule,
        header,
        line,
        column: Some(column),
    }
}

pub(crate) const fn on(rule: Rule, header: &'static str, line: usize) -> Flaw {
    Flaw {
        rule,
        header,
        line,
        column: None,
    }
}

pub(crate) const fn sound(facts: &'static [(&'static str, &'static str)]) -> Expect {
    Expect {
        verdict: Verdict::Sound,
        facts,
    }
}

pub(crate) const fn faulty(
    flaws: &'static [Flaw],
    facts: &'static [(&'static str, &'static str)],
) -> Expect {
    Expect {
        verdict: Verdict::Faulty(flaws),
        facts,
    }
}

pub(crate) const fn invalid(
    status: u16,
    flaws: &'static [Flaw],
    facts: &'static [(&'static str, &'static str)],
) -> Expect {
    Expect {
        verdict: Verdict::Invalid(status, flaws),
        facts,
    }
}

pub(crate) const fn refused(
    status: u16,
    flaws: &'static [Flaw],
    facts: &'static [(&'static str, &'static str)],
) -> Expect {
    Expect {
        verdict: Verdict::Refused(status, flaws),
        facts,
    }
}

/// A folder of `.dat` files, which may be absent.
pub(crate) struct Folder {
    name: &'static str,
    path: Option<PathBuf>,
}

impl Folder {
    pub(crate) fn find(name: &'static str) -> Self {
        let data = std::env::var_os("CALLWRIGHT_DATA").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
            PathBuf::from,
        );
        let path = Some(data.join(name)).filter(|path| path.is_dir());
        if path.is_none() {
            let place = data.display();
            eprintln!("*** {name} IS NOT IN {place} ($CALLWRIGHT_DATA): only our own messages run");
        }
        Folder { name, path }
    }

    /// The names of the files, in the order of the alphabet.
    pub(crate) fn names(&self) -> Option<Vec<String>> {
        let entries = std::fs::read_dir(self.path.as_ref()?).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| Some(name.strip_suffix(".dat")?.to_owned()))
            .collect();
        names.sort_unstable();
        Some(names)
    }

    /// Checks every case, and reports every fault of every one.
    pub(crate) fn decide(&self, cases: &[Case]) {
        let mut report = String::new();
        for case in cases {
            let (own, expect) = &case.own;
            check(
                &format!("our {}", case.name),
                &crlf(own),
                expect,
                &mut report,
            );
            if let Some(folder) = &self.path {
                let octets = std::fs::read(folder.join(format!("{}.dat", case.name))).unwrap();
                let name = format!("{}/{} ({})", self.name, case.name, case.section);
                check(&name, &octets, &case.theirs, &mut report);
            }
        }
        assert!(report.is_empty(), "\n{report}");
    }
}

fn crlf(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for octet in text {
        if *octet == b'\n' {
            out.push(b'\r');
        }
        out.push(*octet);
    }
    out
}

fn check(name: &str, octets: &[u8], expect: &Expect, report: &mut String) {
    let mut complain = |text: String| writeln!(report, "{name}: {text}").unwrap();
    let parsed = Message::parse_with(octets.to_vec(), &ParseConfig::DEFAULT);
    match (&expect.verdict, parsed) {
        (Verdict::Refused(status, flaws), Err(malformed)) => {
            compare("errors", octets, malformed.errors(), flaws, &mut complain);
            if !matches(octets, malformed.error(), &flaws[0]) {
                complain(format!("refused by {:?} first", malformed.error()));
            }
            let response = malformed.response();
            match (status, &response) {
                (&SILENCE, None) => {}
                (_, Some(response)) => check_reply(octets, *status, response, &mut complain),
                (_, None) => complain("there is no response".to_owned()),
            }
            if let Some(salvage) = malformed.salvage() {
                check_facts(salvage, expect.facts, &mut complain);
            }
        }
        (Verdict::Refused(..), Ok(_)) => complain("parsed, and should not have".to_owned()),
        (_, Err(malformed)) => complain(format!("not parsed: {:?}", malformed.errors())),
        (verdict, Ok(message)) => {
            check_facts(&message, expect.facts, &mut complain);
            check_round_trip(&message, expect.facts, &mut complain);
            let faults = message.faults();
            let validity = message.validate();
            match (verdict, &validity) {
                (Verdict::Sound, Ok(())) => {
                    compare("faults", octets, &faults, &[], &mut complain);
                }
                (Verdict::Faulty(flaws), Ok(())) => {
                    compare("faults", octets, &faults, flaws, &mut complain);
                }
                (Verdict::Invalid(status, flaws), Err(error)) => {
                    compare("faults", octets, &faults, flaws, &mut complain);
                    if !matches(octets, error, &flaws[0]) {
                        complain(format!("refused by {error:?} first"));
                    }
                    match &message {
                        Message::Request(request) => {
                            check_reply(
                                octets,
                                *status,
                                &request.reply(error.status()),
                                &mut complain,
                            );
                        }
                        _ if *status == SILENCE => {}
                        _ => complain("a response cannot be answered".to_owned()),
                    }
                }
                _ => complain(format!("validity: {validity:?}")),
            }
        }
    }
}

fn matches(octets: &[u8], error: &ParseError, flaw: &Flaw) -> bool {
    let (line, column) = error.position.line_column(octets);
    error.rule == flaw.rule
        && error
            .header
            .as_ref()
            .map_or(String::new(), HeaderName::to_string)
            == flaw.header
        && line == flaw.line
        && flaw.column.is_none_or(|wanted| wanted == column)
}

/// Every error is among the flaws, and every flaw among the errors.
fn compare(
    what: &str,
    octets: &[u8],
    errors: &[ParseError],
    flaws: &[Flaw],
    complain: &mut impl FnMut(String),
) {
    for flaw in flaws {
        if !errors.iter().any(|error| matches(octets, error, flaw)) {
            complain(format!("{what}: not found: {flaw:?}"));
        }
    }
    for error in errors {
        if !flaws.iter().any(|flaw| matches(octets, error, flaw)) {
            let place = error.position.line_column(octets);
            complain(format!(
                "{what}: not expected: {error} {:?} at {place:?}",
                error.rule
            ));
        }
    }
}

fn check_facts(
    message: &Message,
    facts: &[(&'static str, &'static str)],
    complain: &mut impl FnMut(String),
) {
    for (question, answer) in facts {
        let found = fact(message, question);
        if found != *answer {
            complain(format!("{question} is {found:?}, not {answer:?}"));
        }
    }
}

/// What is sent on says what was received.
fn check_round_trip(
    message: &Message,
    facts: &[(&'static str, &'static str)],
    complain: &mut impl FnMut(String),
) {
    let mut sent = Vec::new();
    message.write_to(&mut sent);
    let Ok(again) = Message::parse(sent.clone()) else {
        return complain("what is written does not parse".to_owned());
    };
    // A message without a Content-Length is given one.
    let facts: Vec<_> = facts
        .iter()
        .copied()
        .filter(|fact| !["lines", "field Content-Length"].contains(&fact.0))
        .collect();
    check_facts(&again, &facts, complain);
    let mut sent_again = Vec::new();
    again.write_to(&mut sent_again);
    if sent != sent_again {
        complain("what is written twice differs".to_owned());
    }
}

/// The response has the status, and everything by which it finds its request.
fn check_reply(octets: &[u8], status: u16, response: &Response, complain: &mut impl FnMut(String)) {
    if Some(response.status()) != StatusCode::new(status) {
        complain(format!("answered by {}, not {status}", response.status()));
    }
    for (long, compact) in [
        ("Via", "v"),
        ("From", "f"),
        ("To", "t"),
        ("Call-ID", "i"),
        ("CSeq", ""),
    ] {
        let mut wanted = raw_values(octets, long, compact);
        if HeaderName::from(long).is_single() {
            wanted.truncate(1);
        }
        let found: Vec<String> = response
            .headers()
            .fields(&HeaderName::from(long))
            .map(|field| String::from_utf8_lossy(field.value()).into_owned())
            .collect();
        if wanted != found {
            complain(format!(
                "the response's {long} is {found:?}, not {wanted:?}"
            ));
        }
    }
    if Response::parse(response.to_bytes()).is_err() {
        complain("the response does not parse".to_owned());
    }
}

/// The values of the header fields of that name, unfolded: found by a simpler
/// reading than the parser's, so that the two can disagree.
fn raw_values(octets: &[u8], long: &str, compact: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(octets);
    let head = text.split("\r\n\r\n").next().unwrap();
    let unfolded = head
        .replace("\r\n ", "\u{F8FF}")
        .replace("\r\n\t", "\u{F8FF}");
    let mut values = Vec::new();
    for line in unfolded.split("\r\n").skip(1) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let name = name.trim();
        if name.eq_ignore_ascii_case(long) || name.eq_ignore_ascii_case(compact) {
            let pieces: Vec<&str> = value.split('\u{F8FF}').collect();
            let last = pieces.len() - 1;
            let tidy = pieces.iter().enumerate().map(|(index, piece)| {
                let piece = if index == 0 {
                    piece
                } else {
                    piece.trim_start()
                };
                if index == last {
                    piece.trim_end()
                } else {
                    piece
                }
            });
            values.push(tidy.collect::<Vec<_>>().join(" ").trim().to_owned());
        }
    }
    values
}
