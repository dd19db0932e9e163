//! The example `explain`, run as its users run it.

#![expect(clippy::unwrap_used, reason = "a panic is the report")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sip_core::header::HeaderName;

const SOUND: &str = "OPTIONS sip:bob@biloxi.example SIP/2.0\r\n\
    Via: SIP/2.0/UDP pc.atlanta.example;branch=z9hG4bK1\r\n\
    From: Alice <sip:alice@atlanta.example>;tag=1\r\n\
    To: <sip:bob@biloxi.example>\r\n\
    Call-ID: 7\r\n\
    CSeq: 1 OPTIONS\r\n\
    Content-Length: 0\r\n\r\n";

/// Cargo builds the examples before it runs all of a package's tests, and puts
/// them beside the folder of the tests. It does not for one test file alone:
/// there `cargo build --examples` has to come first.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let built = test.ancestors().nth(2).unwrap();
    let program = built.join("examples").join("explain");
    assert!(program.exists(), "cargo build --examples makes {program:?}");
    program
}

/// The exit status and what was printed, of a message that is piped in.
fn explain(message: impl AsRef<[u8]>) -> (i32, String) {
    let mut child = Command::new(program())
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // What is too long is not read to its end: that is no failure.
    let _ = child.stdin.take().unwrap().write_all(message.as_ref());
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{text}");
    assert!(!text.contains('\x1b'), "{text:?}");
    (output.status.code().unwrap(), text)
}

fn assert_says(text: &str, wanted: &str) {
    assert!(text.contains(wanted), "{wanted:?} is not in:\n{text}");
}

#[test]
fn a_sound_message_has_no_fault() {
    let (status, text) = explain(SOUND);
    assert_eq!(status, 0, "{text}");
    assert_says(&text, "A request: OPTIONS sip:bob@biloxi.example");
    assert_says(&text, "Alice <sip:alice@atlanta.example>, tag 1");
    assert_says(&text, "over UDP from pc.atlanta.example, branch z9hG4bK1");
    assert!(text.ends_with("In short\nNo fault.\n"), "{text}");
}

#[test]
fn a_fault_is_shown_where_it_lies() {
    let (status, text) = explain(SOUND.replace("To: <sip:bob@", "To: <sip:b\u{F6}b@"));
    assert_eq!(status, 1);
    assert_says(&text, "1. Line 4, column 11: To: ");
    assert_says(&text, "       To: <sip:b\u{F6}b@biloxi.example>\n");
    assert_says(&text, "\n                 ^\n");
    assert_says(&text, "A server refuses the request: 400 Bad Request.");
    assert_says(
        &text,
        "SIP/2.0 400 Bad Request\n     Via: SIP/2.0/UDP pc.atlanta",
    );
}

#[test]
fn a_fault_in_a_part_of_the_body_is_counted_from_the_first_line() {
    let body = "--x\r\nContent-Type text/plain\r\n\r\nhello\r\n--x--\r\n";
    let (status, text) = explain(SOUND.replace(
        "Content-Length: 0\r\n\r\n",
        &format!("Content-Type: multipart/mixed;boundary=x\r\n\r\n{body}"),
    ));
    assert_eq!(status, 1);
    assert_says(&text, "Line 10, column 13: not a header name and a colon");
    assert_says(&text, "but the message as a whole can be acted on");
}

#[test]
fn what_is_forgiven_is_told_and_is_no_fault() {
    let (status, text) = explain(SOUND.replace("bob@", "*21#@").replace("pc.", "my_pc."));
    assert_eq!(status, 0, "{text}");
    assert_says(&text, "Line 1, column 16: a character that the user part");
    assert_says(&text, "leniency.hash_in_user is on");
    assert_says(&text, "Line 2, column 20: Via: ");
    assert_says(
        &text,
        "No fault. 3 departures from the grammar are forgiven.",
    );
}

#[test]
fn a_message_from_an_editor_is_read() {
    let pasted = SOUND.replace("\r\n", "\n");
    let (status, text) = explain(&pasted);
    assert_eq!(status, 0, "{text}");
    assert_says(&text, "leniency.bare_lf is on");

    for end in ["\n", ""] {
        let (status, text) = explain(pasted.trim_end().to_owned() + end);
        assert_eq!(status, 1);
        assert_says(&text, "no empty line after the header fields");
        assert_says(&text, "Editors and terminals lose the last empty line");
        assert_says(&text, "OPTIONS, number 1 of");
        assert_says(&text, "One fault");
    }
}

#[test]
fn a_malformed_message_is_told_as_far_as_it_goes() {
    let (status, text) = explain(SOUND.replace(" SIP/2.0\r\n", " SIP/2.0 please\r\n"));
    assert_eq!(status, 1);
    assert_says(
        &text,
        "Line 1, column 32: not Method SP Request-URI SP SIP-Version",
    );
    assert_says(&text, "Alice <sip:alice@atlanta.example>, tag 1");
    assert_says(&text, "One fault, and no server can act on the request.");
}

#[test]
fn a_response_is_told_as_one() {
    let response = SOUND.replace("OPTIONS sip:bob@biloxi.example SIP/2.0", "SIP/2.0 486 Busy");
    let (status, text) = explain(&response);
    assert_eq!(status, 0, "{text}");
    assert_says(&text, "A response: 486 Busy");
    assert_says(&text, "answers OPTIONS, number 1");
    let (status, text) = explain(response.replace("486", "786"));
    assert_eq!(status, 1);
    assert_says(&text, "Line 1, column 9: not a status code of 100 to 699");
    assert_says(&text, "A client drops the response");
}

#[test]
fn every_known_header_field_is_explained_and_others_are_called_unknown() {
    let others: String = HeaderName::all_known()
        .filter(|name| !SOUND.contains(&format!("{name}:")))
        .map(|name| format!("{name}: 1\r\n"))
        .collect();
    let (_, text) = explain(SOUND.replace("CSeq:", &format!("{others}CSeq:")));
    assert!(!text.contains("not known here"), "{text}");
    let (status, text) = explain(SOUND.replace("CSeq:", "X-Berth: 12\r\nCSeq:"));
    assert_eq!(status, 0);
    assert_says(&text, "X-Berth         12 — not known here");
}

#[test]
fn binary_garbage_is_not_a_message_and_does_not_steer_the_terminal() {
    let garbage: Vec<u8> = (0..=255).chain([0x1B, b'[', b'2', b'J', 0x9B]).collect();
    for garbage in [
        &garbage[..],
        b"\x1b[2J\r\n\r\n",
        b"\xFF\xFE",
        &[b'x'; 70_000],
    ] {
        let (status, text) = explain(garbage);
        assert_eq!(status, 1);
        assert_says(&text, "This is not a SIP message");
    }
    let (status, text) = explain(SOUND.replace("Alice", "\"\x1b[2J\""));
    assert_eq!(status, 1, "{text}");
}

#[test]
fn a_keep_alive_is_not_a_fault() {
    for message in ["", "\r\n\r\n", "\r\n", "\0"] {
        let (status, text) = explain(message);
        assert_eq!(status, 0);
        assert_says(&text, "keep-alive");
    }
}

#[test]
fn without_a_message_a_sample_is_explained() {
    let output = Command::new(program())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_says(&text, "This is a sample. Another message: make run FILE=");
    assert_says(
        &text,
        "3 faults, and no server can act on the request. 2 departures",
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_file_is_read_and_one_that_cannot_be_is_named() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("a message.sip");
    std::fs::write(&file, SOUND).unwrap();
    let sound = Command::new(program()).arg(&file).output().unwrap();
    assert_eq!(sound.status.code(), Some(0));

    for unreadable in [folder, &folder.join("no such file")] {
        let output = Command::new(program()).arg(unreadable).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let complaint = String::from_utf8(output.stderr).unwrap();
        let beginning = format!("explain: {}: ", unreadable.display());
        assert!(complaint.starts_with(&beginning), "{complaint}");
    }
}
