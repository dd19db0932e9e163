//! Finding the parts of a body: one search for the boundary, which decides
//! at each place whether a delimiter line stands there.

use std::ops::Range;

use bytes::Bytes;
use memchr::memmem;

use super::{Multipart, Part};
use crate::header::{ContentType, HeaderName, Param};
use crate::message::part_head;
use crate::{Limit, ParseConfig, ParseError, Position, Rule};

/// Reads `octets` as a body of that media type.
pub(super) fn multipart(
    octets: Bytes,
    content_type: &ContentType<'_>,
    config: &ParseConfig,
) -> Result<Multipart, ParseError> {
    // Places are kept in 32 bits.
    if octets.len() > config.limits.message as usize {
        let place = config.limits.message as usize;
        return Err(fault(Rule::Limit(Limit::Message), place));
    }
    let whole = 0..octets.len();
    read(&octets, whole, content_type, config, 1)
}

#[cold]
fn fault(rule: Rule, octet: usize) -> ParseError {
    ParseError {
        rule,
        header: None,
        position: Position::Body(octet),
    }
}

/// What divides the parts: two hyphens and the boundary. It may hold any
/// character that is visible, for none of them is mistaken for a line's end;
/// RFC 2046 section 5.1.1 has fewer.
fn dash_boundary(content_type: &ContentType<'_>, place: usize) -> Result<Vec<u8>, ParseError> {
    let boundary = content_type.boundary().unwrap_or_default();
    let octets = boundary.as_bytes();
    let visible = octets.iter().all(|octet| !octet.is_ascii_control());
    // Of two boundaries another reader may take the other one.
    let is_boundary = |param: &Param<'_>| param.name.eq_ignore_case("boundary");
    let repeated = content_type.params.iter().filter(is_boundary).nth(1);
    if !(1..=70).contains(&octets.len()) || octets.ends_with(b" ") || !visible || repeated.is_some()
    {
        return Err(ParseError {
            header: Some(HeaderName::CONTENT_TYPE),
            ..fault(Rule::Boundary, place)
        });
    }
    Ok([b"--", octets].concat())
}

/// Reads the multipart body that lies at `span`; `depth` counts it and those
/// around it.
fn read(
    octets: &Bytes,
    span: Range<usize>,
    content_type: &ContentType<'_>,
    config: &ParseConfig,
    depth: u16,
) -> Result<Multipart, ParseError> {
    if depth > config.limits.nesting {
        return Err(fault(Rule::Limit(Limit::Nesting), span.start));
    }
    let dash_boundary = dash_boundary(content_type, span.start)?;
    let text = octets.get(span.clone()).unwrap_or_default();
    let within = |place: usize| span.start.saturating_add(place);
    let mut multipart = Multipart {
        octets: octets.clone(),
        preamble: span.start..span.start,
        parts: Vec::new(),
        epilogue: span.end..span.end,
    };
    // Where the part begins that the next delimiter ends.
    let mut open: Option<usize> = None;
    for place in memmem::find_iter(text, &dash_boundary) {
        let Some(delimiter) = Delimiter::at(text, place, dash_boundary.len(), config) else {
            continue;
        };
        match open {
            None if delimiter.closing => return Err(fault(Rule::Multipart, within(place))),
            None => multipart.preamble.end = within(delimiter.before),
            Some(start) => {
                if multipart.parts.len() >= usize::from(config.limits.body_parts) {
                    return Err(fault(Rule::Limit(Limit::BodyParts), within(start)));
                }
                let end = within(delimiter.before.max(start));
                let place = Place {
                    whole: within(start)..end,
                    next: within(place),
                };
                multipart.parts.push(part(octets, place, config, depth)?);
            }
        }
        if delimiter.closing {
            multipart.epilogue.start = within(delimiter.after);
            return Ok(multipart);
        }
        open = Some(delimiter.after);
    }
    Err(fault(Rule::Multipart, span.end))
}

/// A line that divides two parts.
struct Delimiter {
    /// Where the line end before it begins, which belongs to it.
    before: usize,
    /// Behind its own line end.
    after: usize,
    /// No part follows.
    closing: bool,
}

impl Delimiter {
    /// The delimiter whose hyphens stand at `place`, where one does: at the
    /// start of a line, with nothing but white space behind it. A longer
    /// boundary that begins as this one is another's.
    fn at(text: &[u8], place: usize, length: usize, config: &ParseConfig) -> Option<Delimiter> {
        let before = match text.get(..place)? {
            [] => 0,
            [.., b'\r', b'\n'] => place.saturating_sub(2),
            [.., b'\n'] if config.leniency.bare_lf => place.saturating_sub(1),
            _ => return None,
        };
        let behind = text.get(place.saturating_add(length)..)?;
        let (closing, behind) = match behind {
            [b'-', b'-', behind @ ..] => (true, behind),
            behind => (false, behind),
        };
        let padding = behind
            .iter()
            .position(|octet| !matches!(octet, b' ' | b'\t'))
            .unwrap_or(behind.len());
        let rest = match behind.get(padding..)? {
            [b'\r', b'\n', rest @ ..] => rest,
            [b'\n', rest @ ..] if config.leniency.bare_lf => rest,
            [] if closing => &[],
            _ => return None,
        };
        Some(Delimiter {
            before,
            after: text.len().saturating_sub(rest.len()),
            closing,
        })
    }
}

/// Where a part lies, and where the delimiter begins that follows it.
struct Place {
    whole: Range<usize>,
    next: usize,
}

fn part(
    octets: &Bytes,
    place: Place,
    config: &ParseConfig,
    depth: u16,
) -> Result<Part, ParseError> {
    let Range { start, end } = place.whole;
    let (headers, body) = part_head(octets, start, end, place.next, config)?;
    let body = body..end;
    let nested = match headers.typed::<ContentType>() {
        Ok(Some(content_type)) if content_type.is_multipart() => {
            let depth = depth.saturating_add(1);
            let nested = read(octets, body.clone(), &content_type, config, depth);
            Some(Box::new(nested))
        }
        _ => None,
    };
    Ok(Part {
        headers,
        octets: octets.clone(),
        body,
        nested,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::header::{ContentDisposition, Handling};
    use crate::{Leniency, Message};

    fn mixed(boundary: &str) -> ContentType<'static> {
        ContentType::new("multipart", "mixed").with_param("boundary", boundary)
    }

    fn parse(body: &'static str) -> Result<Multipart, ParseError> {
        Multipart::parse(body, &mixed("b"))
    }

    #[track_caller]
    fn refused(body: &'static str, rule: Rule, octet: usize) {
        let error = parse(body).unwrap_err();
        assert_eq!((error.rule, error.position), (rule, Position::Body(octet)));
    }

    #[test]
    fn parts_have_header_fields_and_bodies() {
        let body = parse(
            "for no one\r\n--b\r\n\r\nplain\r\n\r\n--b \t\r\nContent-Type: application/sdp\r\n\
             Content-Disposition:\r\n session;handling=optional\r\n\r\nv=0\r\n--b--\r\nthe end",
        )
        .unwrap();
        assert_eq!(body.preamble(), b"for no one");
        assert_eq!(body.epilogue(), b"the end");
        let [plain, sdp] = body.parts() else {
            panic!("{body:?}");
        };
        assert_eq!(plain.body(), b"plain\r\n");
        assert!(plain.headers().is_empty());
        assert!(plain.content_type().unwrap().is("text", "plain"));
        assert!(plain.disposition().unwrap().is("render"));
        assert_eq!(plain.handling(), Ok(Handling::Required));
        assert_eq!(sdp.body_bytes(), "v=0");
        assert!(sdp.content_type().unwrap().is("application", "sdp"));
        assert_eq!(sdp.handling(), Ok(Handling::Optional));
        assert_eq!(sdp.headers().len(), 2);
        assert!(matches!(sdp.multipart(), Ok(None)));
    }

    #[test]
    fn parts_may_be_empty() {
        let body =
            parse("--b\r\n\r\n--b\r\nX: y\r\n--b\r\nX: y\r\n\r\n--b\r\n\r\n\r\n--b\r\n--b--");
        let body = body.unwrap();
        assert_eq!(body.parts().len(), 5);
        let fields: Vec<usize> = body
            .parts()
            .iter()
            .map(|part| part.headers().len())
            .collect();
        assert_eq!(fields, [0, 1, 1, 0, 0]);
        assert!(body.parts().iter().all(|part| part.body().is_empty()));
        assert_eq!(
            body.parts()[1].headers().iter().next().unwrap().value(),
            b"y"
        );
    }

    #[test]
    fn what_looks_like_a_delimiter_is_content() {
        let body = parse("--b\r\n\r\nx--b\r\n--bc\r\n --b\r\n--b-\r\n--b--x\r\n--b--\r\n").unwrap();
        assert_eq!(body.parts().len(), 1);
        assert_eq!(
            body.parts()[0].body(),
            b"x--b\r\n--bc\r\n --b\r\n--b-\r\n--b--x"
        );
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_judged(
            text in "(\r\n|\n|\r|--b|--|x|X: y|:| |Content-Type: multipart/a;boundary=b){0,24}"
        ) {
            let length = text.len();
            match Multipart::parse(text, &mixed("b")) {
                Ok(body) => {
                    let octets: usize = body.parts().iter().map(|part| part.body().len()).sum();
                    prop_assert!(octets < length && !body.parts().is_empty());
                }
                Err(error) => prop_assert!(error.position.octet() <= length),
            }
        }
    }

    #[test]
    fn a_body_without_its_end_is_refused() {
        refused("", Rule::Multipart, 0);
        refused("--b\r\n\r\nx", Rule::Multipart, 8);
        refused("--b\r\n\r\nx\r\n--b", Rule::Multipart, 13);
        refused("x\r\n--b--", Rule::Multipart, 3);
        refused("--b\r\nno header\r\n\r\n--b--", Rule::HeaderName, 7);
        refused("--b\r\nX: \r y\r\n\r\n--b--", Rule::LineEnd, 8);
    }

    #[test]
    fn a_boundary_is_1_to_70_characters() {
        for bad in ["", "b ", &"b".repeat(71)] {
            let error = Multipart::parse("--b\r\n\r\n\r\n--b--", &mixed(bad)).unwrap_err();
            assert_eq!(error.rule, Rule::Boundary);
            assert_eq!(error.header, Some(HeaderName::CONTENT_TYPE));
        }
        let long = "b".repeat(70);
        let body = format!("--{long}\r\n\r\n\r\n--{long}--");
        assert!(Multipart::parse(body, &mixed(&long)).is_ok());
        let none = ContentType::new("multipart", "mixed");
        assert_eq!(parse_rule(&none), Rule::Boundary);
    }

    fn parse_rule(content_type: &ContentType<'_>) -> Rule {
        Multipart::parse("", content_type).unwrap_err().rule
    }

    #[test]
    fn bare_line_feeds_are_forgiven_by_their_switch() {
        let text = "--b\nContent-Type: a/b\n\nx\n--b--\n";
        let body = parse(text).unwrap();
        assert_eq!(body.parts()[0].body(), b"x");
        assert!(body.parts()[0].content_type().unwrap().is("a", "b"));
        let strict = ParseConfig {
            leniency: Leniency::NONE,
            ..ParseConfig::DEFAULT
        };
        assert!(Multipart::parse_with(text, &mixed("b"), &strict).is_err());
    }

    #[test]
    fn faults_in_values_are_counted_from_the_start_of_the_body() {
        let body = parse("--b\r\n\r\n\r\n--b\r\nContent-Type: oops\r\n\r\n--b--").unwrap();
        let error = body.parts()[1].content_type().unwrap_err();
        assert_eq!(error.position, Position::Body(32));
        assert_eq!(error.rule, Rule::MediaType);
        assert_eq!(error.header, Some(HeaderName::CONTENT_TYPE));
        let missing = body.parts()[0].headers().required::<ContentDisposition>();
        assert_eq!(missing.unwrap_err().position, Position::Body(0));
    }

    /// A body of that many levels, the innermost an SDP.
    fn nested(levels: usize) -> (String, String) {
        let mut content_type = "application/sdp".to_owned();
        let mut body = "v=0".to_owned();
        for level in 0..levels {
            body = format!(
                "--b{level}\r\nContent-ID: <{level}@x>\r\nContent-Type: {content_type}\r\n\r\n\
                 {body}\r\n--b{level}--"
            );
            content_type = format!("multipart/mixed;boundary=b{level}");
        }
        (content_type, body)
    }

    #[test]
    fn parts_are_found_at_any_depth_up_to_the_limit() {
        let read = |levels| {
            let (content_type, body) = nested(levels);
            Multipart::parse(body, &ContentType::parse(content_type.as_bytes()).unwrap()).unwrap()
        };
        let body = read(8);
        assert_eq!(body.find("application", "SDP").unwrap().body(), b"v=0");
        assert_eq!(body.part("cid:0%40x").unwrap().body(), b"v=0");
        assert!(body.part("<7@x>").unwrap().multipart().unwrap().is_some());
        assert!(body.part("9@x").is_none() && body.find("text", "plain").is_none());
        let deeper = read(9);
        assert!(deeper.find("application", "sdp").is_none());
        let innermost = deeper.part("1@x").unwrap();
        let error = innermost.multipart().unwrap_err();
        assert_eq!(error.rule, Rule::Limit(Limit::Nesting));
    }

    #[test]
    fn more_parts_than_the_limit_are_refused() {
        let body = |parts| format!("{}--b--", "--b\r\n\r\n\r\n".repeat(parts));
        assert_eq!(
            Multipart::parse(body(64), &mixed("b"))
                .unwrap()
                .parts()
                .len(),
            64
        );
        let error = Multipart::parse(body(65), &mixed("b")).unwrap_err();
        assert_eq!(error.rule, Rule::Limit(Limit::BodyParts));
    }

    #[test]
    fn a_message_finds_its_body_by_media_type() {
        let message = |content_type: &str, body: &str| {
            let text = format!("MESSAGE sip:a@b SIP/2.0\r\nc: {content_type}\r\n\r\n{body}");
            match Message::parse(text).unwrap() {
                Message::Request(request) => request,
                Message::Response(_) => unreachable!(),
            }
        };
        let plain = message("application/sdp", "v=0");
        assert!(plain.multipart().unwrap().is_none());
        assert_eq!(
            plain.body_of_type("application", "sdp").unwrap().unwrap(),
            "v=0"
        );
        assert_eq!(plain.body_of_type("text", "plain"), Ok(None));
        let (content_type, body) = nested(2);
        let mixed = message(&content_type, &body);
        assert_eq!(
            mixed.body_of_type("application", "sdp").unwrap().unwrap(),
            "v=0"
        );
        let error = message("multipart/mixed", "x").multipart().unwrap_err();
        assert_eq!(
            (error.rule, error.position),
            (Rule::Boundary, Position::Message(28))
        );
    }
}
