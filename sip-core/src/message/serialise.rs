//! Writing header fields: untouched neighbours are copied in one piece.

use super::headers::{Headers, Line, Place};
use crate::header::{HeaderName, write_number};

impl Headers {
    /// About as many octets as [`Headers::write`] writes, rather more.
    pub(super) fn size_hint(&self) -> usize {
        self.octets
            .len()
            .saturating_add(self.edits.len())
            .saturating_add(64)
    }

    /// Appends every header field and the empty line behind them. There is
    /// exactly one Content-Length, and it says `body_length`.
    pub(super) fn write(&self, body_length: usize, out: &mut Vec<u8>) {
        let content_length = HeaderName::CONTENT_LENGTH.index();
        let mut said_length = false;
        let mut run: Option<Run> = None;
        for line in &self.lines {
            if Some(line.name) == content_length {
                let wrong = said_length || !says(self.value(line), body_length);
                if wrong {
                    continue;
                }
                said_length = true;
            }
            match &mut run {
                Some(run) if self.adjoins(run, line) => run.end = line.end,
                _ => {
                    self.write_run(run, out);
                    run = self.start_run(line, out);
                }
            }
        }
        self.write_run(run, out);
        if !said_length {
            out.extend_from_slice(b"Content-Length: ");
            write_number(body_length as u64, out);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"\r\n");
    }

    /// Appends every header field of a part of a body and the empty line
    /// behind them, as they stand.
    pub(crate) fn write_part(&self, out: &mut Vec<u8>) {
        for line in &self.lines {
            out.extend_from_slice(self.raw_name(line));
            out.extend_from_slice(b": ");
            write_unfolded(self.value(line), out);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"\r\n");
    }

    /// Whether only a CRLF divides the run from the line.
    fn adjoins(&self, run: &Run, line: &Line) -> bool {
        line.place == Place::Octets && !self.bare_lf && run.end.wrapping_add(2) == line.start
    }

    /// Begins a run with `line`, or writes it where it cannot begin one.
    fn start_run(&self, line: &Line, out: &mut Vec<u8>) -> Option<Run> {
        if line.place == Place::Octets && !self.bare_lf {
            return Some(Run {
                start: line.start,
                end: line.end,
            });
        }
        out.extend_from_slice(self.raw_name(line));
        out.extend_from_slice(b": ");
        if self.bare_lf {
            write_unfolded(self.value(line), out);
        } else {
            out.extend_from_slice(self.value(line));
        }
        out.extend_from_slice(b"\r\n");
        None
    }

    fn write_run(&self, run: Option<Run>, out: &mut Vec<u8>) {
        if let Some(run) = run {
            let lines = self.octets.get(run.start as usize..run.end as usize);
            out.extend_from_slice(lines.unwrap_or_default());
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Header fields that stand one behind the other in what was received.
struct Run {
    start: u32,
    end: u32,
}

/// Whether a Content-Length has this value.
fn says(value: &[u8], length: usize) -> bool {
    // `parse` would take a plus sign too.
    let digits = Some(value).filter(|value| value.iter().all(u8::is_ascii_digit));
    let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
    digits.and_then(|digits| digits.parse().ok()) == Some(length)
}

/// Appends a value with each fold replaced by a space, as RFC 3261
/// section 7.3.1 allows.
pub(super) fn write_unfolded(value: &[u8], out: &mut Vec<u8>) {
    let mut rest = value;
    while let Some(end) = memchr::memchr2(b'\r', b'\n', rest) {
        let (line, fold) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        out.extend_from_slice(line);
        out.push(b' ');
        let space = |octet: &u8| matches!(octet, b'\r' | b'\n' | b' ' | b'\t');
        let next = fold
            .iter()
            .position(|octet| !space(octet))
            .unwrap_or(fold.len());
        rest = fold.get(next..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}
