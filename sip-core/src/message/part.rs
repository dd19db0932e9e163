//! The header fields of a part of a body, which look like those of a message
//! (RFC 2046 section 5.1).

use bytes::Bytes;

use super::headers::Headers;
use super::line::header_line;
use crate::{Limit, ParseConfig, ParseError, Position, Rule};

/// Reads the header fields of the part that lies at `start..end` of `octets`,
/// a body, and gives the place behind them. A line end follows the part, which
/// stands before `next` and ends the last field where nothing else does.
pub(crate) fn part_head(
    octets: &Bytes,
    start: usize,
    end: usize,
    next: usize,
    config: &ParseConfig,
) -> Result<(Headers, usize), ParseError> {
    let fault = |error: ParseError| ParseError {
        position: Position::Body(error.position.octet()),
        ..error
    };
    let text = octets.get(..next).unwrap_or_default();
    let mut headers = Headers {
        position: Position::Body,
        ..Headers::new(octets.clone(), *config)
    };
    let mut at = start;
    let body = loop {
        if at >= end {
            break end;
        }
        match text.get(at..).unwrap_or_default() {
            [b'\r', b'\n', ..] => break at.saturating_add(2).min(end),
            [b'\n', ..] if config.leniency.bare_lf => break at.saturating_add(1).min(end),
            _ => {}
        }
        if headers.lines.len() >= config.limits.headers as usize {
            return Err(fault(ParseError::at(Rule::Limit(Limit::Headers), at)));
        }
        let (line, next) = header_line(text, at, config, &mut headers.bare_lf).map_err(fault)?;
        headers.lines.push(line);
        at = next;
    };
    Ok((headers, body))
}
