//! Explains a SIP message: what it says, and what is wrong with it, with the
//! line and column of each fault and the section of the RFC that it breaks.
//!
//! The message comes from a file, from standard input, or, without either,
//! from `sample.rs`. What the library is asked stands in `reading.rs`; the rest
//! puts the answers into words.
#![forbid(unsafe_code)]

mod body;
mod faults;
mod page;
mod reading;
mod sample;
mod story;
mod words;

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::process::ExitCode;

use bytes::Bytes;
use sip_core::{Datagram, KeepAlive, Limits, ParseConfig};

use page::Page;
use reading::Reading;

const USAGE: &str = "explain [FILE]: explains the SIP message in FILE, or, where FILE is -, the \
    one on standard input. Without FILE it takes what is piped into it, else a sample.\n\
    Exit status: 0 no fault (or the sample), 1 faults, 2 nothing could be read.\n";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let octets = match arguments.as_slice() {
        [] if is_piped() => standard_input(),
        [] => return explain_sample(),
        [option] if option == "--help" || option == "-h" => {
            print(USAGE);
            return ExitCode::SUCCESS;
        }
        [dash] if dash == "-" => standard_input(),
        [path] => File::open(path)
            .and_then(up_to_the_limit)
            .map_err(|error| format!("{}: {error}", path.display())),
        _ => Err(format!("one message at a time, please.\n{USAGE}")),
    };
    match octets {
        Ok(octets) => explain(octets.into(), Page::new(is_colourful())),
        Err(complaint) => {
            eprintln!("explain: {complaint}");
            ExitCode::from(2)
        }
    }
}

/// That it has faults is as it should be.
fn explain_sample() -> ExitCode {
    let mut page = Page::new(is_colourful());
    page.paragraph(
        "This is a sample. Another message: make run FILE=message.sip, or pipe one into make run.",
    );
    explain(Bytes::from_static(sample::INVITE), page);
    ExitCode::SUCCESS
}

fn explain(octets: Bytes, mut page: Page) -> ExitCode {
    if let Ok(Datagram::KeepAlive(sign)) =
        Datagram::parse_with(octets.clone(), &ParseConfig::DEFAULT)
    {
        page.paragraph(keep_alive(sign, octets.is_empty()));
        print(&page.into_text());
        return ExitCode::SUCCESS;
    }
    let reading = Reading::of(octets);
    if let Some(message) = &reading.message {
        story::tell(message, &reading, &mut page);
    }
    faults::tell(&reading, &mut page);
    print(&page.into_text());
    match reading.faults.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn keep_alive(sign: KeepAlive, empty: bool) -> &'static str {
    match sign {
        _ if empty => {
            "There is nothing in it. As a datagram it would be a keep-alive, not a fault."
        }
        KeepAlive::Ping => {
            "A keep-alive: two CRLFs, which over TCP are answered by one (RFC 5626 section 3.5.1)."
        }
        KeepAlive::Pong => {
            "A keep-alive: one CRLF, the answer to two of them (RFC 5626 section 3.5.1)."
        }
        _ => "A keep-alive: a single zero octet, which keeps a NAT's binding open.",
    }
}

fn standard_input() -> Result<Vec<u8>, String> {
    up_to_the_limit(io::stdin()).map_err(|error| format!("standard input: {error}"))
}

/// One octet more than a message may have: enough to see that it is too long.
fn up_to_the_limit(from: impl Read) -> io::Result<Vec<u8>> {
    let most = u64::from(Limits::DEFAULT.message).saturating_add(1);
    let mut octets = Vec::new();
    from.take(most).read_to_end(&mut octets)?;
    Ok(octets)
}

/// Whether somebody has put a pipe or a file on standard input; a terminal or
/// /dev/null, which many programs start others with, has nothing to say.
fn is_piped() -> bool {
    fs::metadata("/dev/stdin").is_ok_and(|stdin| stdin.is_file() || stdin.file_type().is_fifo())
}

fn is_colourful() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !refused
}

/// Unlike `print!`, this does not panic when the reader (`head`) has gone.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        eprintln!("explain: standard output: {error}");
    }
}
