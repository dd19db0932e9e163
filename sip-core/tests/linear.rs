//! What a message costs grows with its length and no faster, whatever its
//! shape: the instructions are counted that a message and one of twice its
//! length take, under valgrind.
//!
//! The test runs itself again under callgrind, which gives its count after each
//! call of `uncounted_work`, which makes a message, and of `counted_work`, which
//! reads it: so start-up and the making cost nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

use std::fs;
use std::process::Command;

use sip_core::header::{Contact, From, Via};
use sip_core::{Frame, Message, ParseConfig, StreamParser};

/// Set in the process whose instructions are counted.
const COUNTED: &str = "CALLWRIGHT_COUNTED";

/// Octets of the longer message; the other has half of them.
const LONG: usize = 60_000;

/// What twice the length may cost. Some costs that come in steps, such as
/// growing buffers, are allowed for.
const MOST: f64 = 2.2;

struct Shape {
    name: &'static str,
    /// A message of about that many octets.
    message: fn(usize) -> Vec<u8>,
    work: fn(&[u8]),
}

const SHAPES: &[Shape] = &[
    shape("many Vias on a line each", |n| {
        headers(&repeat("v: SIP/2.0/UDP a\r\n", n))
    }),
    shape("many Vias in one list", |n| {
        headers(&format!(
            "v: SIP/2.0/UDP a{}\r\n",
            repeat(",SIP/2.0/UDP a", n)
        ))
    }),
    shape("many Vias, each with a fault", |n| {
        headers(&repeat("v: SIP/2.0/UDP a;;\r\n", n))
    }),
    shape("one long header field", |n| {
        headers(&format!("X-Long: {}\r\n", repeat("y", n)))
    }),
    shape("a long name of a header field", |n| {
        headers(&format!("{}: y\r\n", repeat("N", n)))
    }),
    shape("parameters of a Via", |n| {
        headers(&format!("v: SIP/2.0/UDP a{}\r\n", repeat(";p=1234567", n)))
    }),
    shape("parameters of a URI", |n| {
        headers(&format!("m: <sip:a@b{}>\r\n", repeat(";p=1234567", n)))
    }),
    shape("parameters of a Contact", |n| {
        headers(&format!("m: <sip:a@b>{}\r\n", repeat(" ; p = \"1\"", n)))
    }),
    shape("parameters of the Request-URI", |n| {
        let line = format!("OPTIONS sip:a@b{} SIP/2.0\r\n", repeat(";p=1234567", n));
        [line.as_bytes(), SOUND, b"\r\n"].concat()
    }),
    shape("comments within comments", |n| {
        let (open, shut) = (repeat("(", n / 2), repeat(")", n / 2));
        headers(&format!(
            "User-Agent: a {open}{shut}\r\nServer: b {open}\r\n"
        ))
    }),
    shape("folded lines", |n| {
        headers(&format!(
            "m: <sip:a@b>{}\r\n",
            repeat("\r\n ;p\r\n =\r\n 1", n)
        ))
    }),
    shape("folds of nothing but white space", |n| {
        headers(&format!("Subject:{}\r\n", repeat(" \r\n", n)))
    }),
    shape("a long display name of tokens", |n| {
        headers(&format!("m: {}<sip:a@b>\r\n", repeat("token ", n)))
    }),
    shape("a long quoted string of escapes", |n| {
        headers(&format!("m: \"{}\" <sip:a@b>\r\n", repeat("\\\"a", n)))
    }),
    shape("a quoted string that never ends", |n| {
        headers(&format!("m: \"{}\r\n", repeat("\\\"a", n)))
    }),
    shape("escapes in a URI", |n| {
        headers(&format!(
            "m: <sip:{}@b?h={}>\r\n",
            repeat("%41", n / 2),
            repeat("%42", n / 2)
        ))
    }),
    shape("many unknown header fields", |n| {
        headers(&repeat("X-Other: y\r\n", n))
    }),
    shape("many repeated header fields", |n| {
        headers(&repeat("Call-ID: y\r\n", n))
    }),
    shape("many lines that are no header fields", |n| {
        headers(&repeat("no colon\r\n", n))
    }),
    shape("lines that end with LF", |n| {
        let text = headers(&repeat("X-Other: y\r\n z\r\n", n));
        text.into_iter().filter(|octet| *octet != b'\r').collect()
    }),
    shape("many parts of a body", |n| {
        multipart(&repeat("\r\n--b\r\nX-Other: y\r\n\r\nz", n))
    }),
    shape("what is nearly the boundary of a body", |n| {
        multipart(&repeat("\r\n--b-", n))
    }),
    shape("a long line behind the boundary of a body", |n| {
        multipart(&format!("\r\n--b{}x", repeat(" ", n)))
    }),
    Shape {
        name: "a stream, octet by octet",
        message: |n| {
            headers(&format!(
                "{}l: {}\r\n",
                repeat("X-Other: y\r\n", n / 2),
                n / 2
            ))
        },
        work: |octets| {
            let mut stream = StreamParser::new(unlimited());
            for octet in octets {
                stream.push(&[*octet]);
                assert!(stream.next_frame().unwrap().is_none());
            }
            let body = vec![b'x'; octets.len()];
            stream.push(&body);
            assert!(matches!(stream.next_frame(), Ok(Some(Frame::Message(_)))));
        },
    },
    Shape {
        name: "a stream of keep-alives and small messages, in one piece",
        message: |n| repeat("\r\n\r\nBYE sip:a@b SIP/2.0\r\nl: 0\r\n\r\n", n).into_bytes(),
        work: |octets| {
            let mut stream = StreamParser::new(unlimited());
            stream.push(octets);
            while stream.next_frame().unwrap().is_some() {}
            assert_eq!(stream.buffered(), 0);
        },
    },
];

const SOUND: &[u8] =
    b"Via: SIP/2.0/UDP c;branch=z9hG4bK1\r\nFrom: <sip:c@c>;tag=1\r\nTo: <sip:a@b>\r\n\
    Call-ID: 7\r\nCSeq: 1 OPTIONS\r\n";

const fn shape(name: &'static str, message: fn(usize) -> Vec<u8>) -> Shape {
    Shape {
        name,
        message,
        work: read_it_all,
    }
}

fn headers(lines: &str) -> Vec<u8> {
    let lines = lines.as_bytes();
    [b"OPTIONS sip:a@b SIP/2.0\r\n", SOUND, lines, b"\r\n"].concat()
}

/// `piece` again and again, about `length` octets of it.
fn repeat(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len())
}

fn unlimited() -> ParseConfig {
    let mut config = ParseConfig::DEFAULT;
    config.limits.message = u32::MAX;
    config.limits.line = u32::MAX;
    config.limits.headers = u32::MAX;
    config.limits.uri = u16::MAX;
    config.limits.params = u16::MAX;
    config.limits.nesting = u16::MAX;
    config.limits.body_parts = u16::MAX;
    config
}

/// A message with a multipart body that begins with `lines`.
fn multipart(lines: &str) -> Vec<u8> {
    let head = headers("c: multipart/mixed;boundary=b\r\n");
    [&head[..], b"--b\r\n\r\n", lines.as_bytes(), b"\r\n--b--"].concat()
}

/// Everything that is done with a message that was received.
fn read_it_all(octets: &[u8]) {
    let mut out = Vec::new();
    let message = match Message::parse_with(octets.to_vec(), &unlimited()) {
        Ok(message) => message,
        Err(malformed) => {
            malformed.response().unwrap().write_to(&mut out);
            malformed.salvage().unwrap().clone()
        }
    };
    let _ = message.validate();
    let _ = message.faults();
    let headers = message.headers();
    for via in headers.all::<Via>().flatten() {
        let _ = (via.branch(), via.received());
    }
    for contact in headers.all::<Contact>().flatten() {
        let _ = (contact.expires(), contact.q());
        if let Some(address) = contact.address() {
            let mut params = address.params.clone();
            params.set("p", "2");
            let _ = address.uri.params().value("absent");
            let _ = address.display_name.as_ref().map(|name| name.text().len());
        }
    }
    let _ = headers.typed::<From>();
    if let Ok(Some(multipart)) = message.multipart() {
        assert!(!multipart.parts().is_empty());
    }
    message.write_to(&mut out);
}

/// What callgrind counts: it is told this name.
#[inline(never)]
fn counted_work(work: fn(&[u8]), octets: &[u8]) {
    work(octets);
    // Without anything behind the call it could be a jump, and never return.
    std::hint::black_box(());
}

#[inline(never)]
fn uncounted_work(message: fn(usize) -> Vec<u8>, length: usize) -> Vec<u8> {
    std::hint::black_box(message(length))
}

/// Not a test by itself: what runs under callgrind.
#[test]
fn work_to_be_counted() {
    if std::env::var_os(COUNTED).is_none() {
        return;
    }
    for shape in SHAPES {
        for length in [LONG / 2, LONG] {
            let message = uncounted_work(shape.message, length);
            counted_work(shape.work, &message);
        }
    }
}

#[test]
fn a_message_of_twice_the_length_costs_twice_as_much_whatever_its_shape() {
    let installed = Command::new("valgrind").arg("--version").output();
    if !installed.is_ok_and(|output| output.status.success()) {
        eprintln!("*** VALGRIND IS MISSING, NOTHING IS COUNTED: `make setup` installs it");
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI must count");
        return;
    }
    let counts = count();
    assert_eq!(counts.len(), 2 * SHAPES.len(), "{counts:?}");
    let mut report = String::new();
    for (shape, pair) in SHAPES.iter().zip(counts.chunks(2)) {
        let ratio = pair[1] as f64 / pair[0] as f64;
        let per_octet = pair[1] / (shape.message)(LONG).len() as u64;
        let line = format!("{ratio:5.2} {per_octet:7} an octet: {}\n", shape.name);
        eprint!("{line}");
        // Less than linear means that the work was not done.
        if !(1.5..MOST).contains(&ratio) {
            report.push_str(&line);
        }
    }
    assert!(report.is_empty(), "not linear:\n{report}");
}

/// The instructions of each call of `counted_work`, in their order.
fn count() -> Vec<u64> {
    let folder = std::env::temp_dir().join(format!("callwright-linear-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let run = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg("--dump-after=*counted_work*")
        .arg(format!(
            "--callgrind-out-file={}",
            folder.join("out").display()
        ))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "work_to_be_counted", "--test-threads=1"])
        .env(COUNTED, "yes")
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let counts = (1..)
        .map(|part| folder.join(format!("out.{part}")))
        .map_while(|path| fs::read_to_string(path).ok())
        .map(|dump| total(&dump).unwrap_or_else(|| panic!("no totals in {dump:.500}")))
        // What was not counted, and what was.
        .skip(1)
        .step_by(2)
        .collect();
    fs::remove_dir_all(&folder).unwrap();
    counts
}

fn total(dump: &str) -> Option<u64> {
    let totals = dump.lines().find_map(|line| line.strip_prefix("totals: "));
    let summary = || dump.lines().find_map(|line| line.strip_prefix("summary: "));
    totals.or_else(summary)?.trim().parse().ok()
}
