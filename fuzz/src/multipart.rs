//! Bodies of several parts.

use sip_core::body::{Multipart, Part};
use sip_core::header::{ContentId, ContentType, TypedHeader};
use sip_core::{Message, ParseConfig};

use crate::look::{self, look};

/// A line of octets is the media type, the others are the body.
pub fn check(octets: &[u8]) {
    let end = octets.iter().position(|octet| *octet == b'\n');
    let (line, body) = octets.split_at(end.unwrap_or(octets.len()));
    let body = body.get(1..).unwrap_or_default();
    for config in [crate::configs::all(), [crate::configs::small(); 3]].concat() {
        // No white space stands before a value that is read, or behind it.
        let content_type = match ContentType::decode(line.trim_ascii(), &config) {
            Ok((content_type, [])) => content_type,
            _ => continue,
        };
        match Multipart::parse_with(body.to_vec(), &content_type, &config) {
            Ok(multipart) => {
                let again = rebuilt(&multipart);
                read(&multipart, body, body);
                same(&multipart, again.as_ref());
            }
            Err(error) => look::error(&error, body),
        }
    }
}

/// What holds for a message's body; a fault in it is none of the message.
pub(crate) fn of_message(message: &Message) {
    if let Ok(Some(multipart)) = message.multipart() {
        read(&multipart, message.body(), message.body());
    }
}

/// `body` is what was divided; in `whole`, which it may be a part of, places
/// are counted.
fn read(multipart: &Multipart, body: &[u8], whole: &[u8]) {
    assert!(!multipart.parts().is_empty());
    assert!(body.starts_with(multipart.preamble()));
    assert!(body.ends_with(multipart.epilogue()));
    let mut length = multipart.preamble().len() + multipart.epilogue().len();
    for part in multipart.parts() {
        // Behind each part is its delimiter.
        length += part.body().len() + 2;
        read_part(multipart, part, whole);
    }
    assert!(length < body.len());
}

fn read_part(multipart: &Multipart, part: &Part, whole: &[u8]) {
    assert_eq!(part.body_bytes(), part.body());
    crate::header::read_all(part.headers());
    look((part.disposition(), part.handling()));
    match part.content_type() {
        Ok(content_type) => {
            let names = (
                content_type.media_type.to_str(),
                content_type.subtype.to_str(),
            );
            if let (Ok(media_type), Ok(subtype)) = names {
                assert!(
                    multipart.find(media_type, subtype).is_some(),
                    "{content_type:?}"
                );
            }
        }
        Err(error) => look::error(&error, whole),
    }
    if let Ok(Some(id)) = part.headers().typed::<ContentId>() {
        assert!(multipart.part(id.0.as_bytes()).is_some(), "{id:?}");
    }
    match part.multipart() {
        Ok(Some(parts)) => read(parts, part.body(), whole),
        Ok(None) => {}
        Err(error) => look::error(&error, whole),
    }
}

/// The same parts, built anew; nothing where one has no sound media type.
fn rebuilt(multipart: &Multipart) -> Option<Multipart> {
    let mut builder = Multipart::builder("mixed");
    for part in multipart.parts() {
        let content_type = part.content_type().ok()?.into_owned();
        builder = builder.part(Part::builder(content_type, part.body_bytes()));
    }
    let (content_type, body) = builder.build().expect("each part was read");
    let config = crate::configs::written(&ParseConfig::DEFAULT);
    let read = Multipart::parse_with(body, &content_type, &config);
    Some(read.expect("it was written by us"))
}

fn same(multipart: &Multipart, again: Option<&Multipart>) {
    let Some(again) = again else { return };
    assert_eq!(again.parts().len(), multipart.parts().len());
    for (again, part) in again.parts().iter().zip(multipart.parts()) {
        assert_eq!(again.body(), part.body());
        assert!(again.content_type().is_ok());
    }
}
