//! The body of a message, told to a person.

use sip_core::Message;
use sip_core::body::{Multipart, Part};
use sip_core::header::{ContentType, HeaderName};

use crate::page::Page;
use crate::reading::Reading;
use crate::story::UNREADABLE;

pub(crate) fn tell(message: &Message, reading: &Reading, page: &mut Page) {
    page.heading("Body");
    let body = message.body();
    let said = message.headers().typed::<ContentType>();
    match said {
        Ok(Some(content_type)) => page.entry("Type", &media_type(&content_type)),
        Ok(None) if body.is_empty() => {}
        Ok(None) => page.entry(
            "Type",
            "not said, though Content-Type must (RFC 3261 section 20.15)",
        ),
        Err(_) => page.entry("Type", UNREADABLE),
    }
    page.entry("Length", &length(message, reading));
    if let Ok(Some(multipart)) = message.multipart() {
        tell_parts(&multipart, "", page);
    }
}

fn length(message: &Message, reading: &Reading) -> String {
    let said = match message.headers().contains(&HeaderName::CONTENT_LENGTH) {
        true => "",
        false => ", to the end of the datagram, for there is no Content-Length",
    };
    let more = match reading.behind_body().len() {
        0 => String::new(),
        more => format!("; {more} more behind it count for nothing (RFC 3261 section 18.3)"),
    };
    match message.body().len() {
        0 => format!("no body{more}"),
        length => format!("{length} octets{said}{more}"),
    }
}

fn tell_parts(multipart: &Multipart, within: &str, page: &mut Page) {
    for (number, part) in (1..).zip(multipart.parts()) {
        let number = format!("{within}{number}");
        page.entry(&format!("Part {number}"), &part_in_words(part));
        // No deeper than `Limits::nesting`, for so deep were they read.
        if let Ok(Some(inner)) = part.multipart() {
            tell_parts(inner, &format!("{number}."), page);
        }
    }
}

fn part_in_words(part: &Part) -> String {
    let kind = part.content_type();
    let purpose = part.disposition();
    format!(
        "{}, {} octets, to {}",
        kind.map_or(UNREADABLE.to_owned(), |kind| media_type(&kind)),
        part.body().len(),
        purpose.map_or(UNREADABLE.to_owned(), |purpose| purpose
            .disposition
            .to_string()),
    )
}

fn media_type(content_type: &ContentType<'_>) -> String {
    let (kind, subtype) = (&content_type.media_type, &content_type.subtype);
    let known = match (
        content_type.is("application", "sdp"),
        content_type.is_multipart(),
    ) {
        (true, _) => " (a session description, RFC 8866)",
        (_, true) => " (several parts, RFC 5621)",
        _ => "",
    };
    format!("{kind}/{subtype}{known}")
}
