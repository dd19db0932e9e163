//! Building a body of several parts.

use bytes::Bytes;
use memchr::memmem;

use super::{Multipart, Part};
use crate::header::{ContentType, HeaderName, TypedHeader};
use crate::message::as_content_type;
use crate::{BuildError, Fault, Headers, ParseConfig, ParseError, Rule};

/// Builds a multipart body (RFC 2046 section 5.1), see
/// [`Multipart::builder`].
#[derive(Debug, Clone)]
#[must_use]
pub struct MultipartBuilder {
    content_type: ContentType<'static>,
    parts: Vec<PartBuilder>,
}

/// Builds a part of a body (RFC 2046 section 5.1), see [`Part::builder`].
#[derive(Debug, Clone)]
#[must_use]
pub struct PartBuilder {
    headers: Headers,
    body: Bytes,
    error: Option<BuildError>,
}

impl Multipart {
    /// Begins a body of the type `multipart` and that subtype: `mixed` for
    /// parts that stand side by side, `alternative` for the same thing in
    /// several forms, the best last, `related` for parts that refer to each
    /// other (RFC 2046 section 5.1, RFC 2387).
    pub fn builder(subtype: &str) -> MultipartBuilder {
        let content_type = ContentType::new("multipart", subtype);
        MultipartBuilder {
            content_type: content_type.into_owned(),
            parts: Vec::new(),
        }
    }
}

impl Part {
    /// Begins a part of that media type with that body. Where the body is
    /// multipart itself, both come from [`MultipartBuilder::build`].
    pub fn builder<'c, C>(content_type: C, body: impl Into<Bytes>) -> PartBuilder
    where
        C: TryInto<ContentType<'c>>,
        C::Error: Into<ParseError>,
    {
        let mut headers = Headers::new(Bytes::new(), ParseConfig::DEFAULT);
        let pushed = as_content_type(content_type).and_then(|value| headers.push(&value));
        PartBuilder {
            headers,
            body: body.into(),
            error: pushed.err(),
        }
    }
}

impl PartBuilder {
    /// Adds a header field behind those before.
    pub fn header<H: TypedHeader>(mut self, value: H) -> Self {
        if self.error.is_none() {
            self.error = self.headers.push(&value).err();
        }
        self
    }
}

/// How every boundary begins; eight digits follow.
const PREFIX: &[u8] = b"--callwright-";
const DIGITS: usize = 8;

impl MultipartBuilder {
    /// Adds a parameter to the media type, such as the `type` and `start` of
    /// a `multipart/related`.
    pub fn param(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.content_type.params.set(name, value);
        self
    }

    /// Adds a part behind those before.
    pub fn part(mut self, part: PartBuilder) -> Self {
        self.parts.push(part);
        self
    }

    /// The media type, with a boundary that stands in no part, and the body.
    /// The same parts give the same boundary.
    ///
    /// # Errors
    /// The first value that could not be written; [`Rule::Multipart`] where
    /// there is no part.
    pub fn build(self) -> Result<(ContentType<'static>, Bytes), BuildError> {
        if self.parts.is_empty() {
            let fault = Fault::new(Rule::Multipart, b"").in_value(0);
            return Err(BuildError::new(HeaderName::CONTENT_TYPE, fault));
        }
        let mut heads = Vec::with_capacity(self.parts.len());
        let mut length: usize = 0;
        for part in &self.parts {
            if let Some(error) = &part.error {
                return Err(error.clone());
            }
            let mut head = Vec::new();
            part.headers.write_part(&mut head);
            length = length
                .saturating_add(head.len())
                .saturating_add(part.body.len());
            heads.push(head);
        }
        let texts = heads.iter().map(Vec::as_slice);
        let texts = texts.chain(self.parts.iter().map(|part| &*part.body));
        let delimiter = free_delimiter(texts);
        let ends = delimiter.len().saturating_add(6);
        let count = self.parts.len().saturating_add(1);
        let mut body = Vec::with_capacity(length.saturating_add(ends.saturating_mul(count)));
        for (head, part) in heads.iter().zip(&self.parts) {
            body.extend_from_slice(&delimiter);
            body.extend_from_slice(b"\r\n");
            body.extend_from_slice(head);
            body.extend_from_slice(&part.body);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(&delimiter);
        body.extend_from_slice(b"--\r\n");
        let boundary = delimiter.get(2..).unwrap_or_default();
        Ok((
            self.content_type.with_param("boundary", boundary),
            body.into(),
        ))
    }
}

/// Hyphens and a boundary that stands in none of the texts: the lowest number
/// that does not follow the prefix anywhere. Each text is searched once.
fn free_delimiter<'t>(texts: impl Iterator<Item = &'t [u8]>) -> Vec<u8> {
    let finder = memmem::Finder::new(PREFIX);
    let mut taken: Vec<usize> = Vec::new();
    for text in texts {
        let mut rest = text;
        while let Some(place) = finder.find(rest) {
            let start = place.saturating_add(PREFIX.len());
            let text = rest;
            // The next one may begin with the hyphen that ends this one.
            rest = text.get(start.saturating_sub(1)..).unwrap_or_default();
            let digits = text.get(start..start.saturating_add(DIGITS));
            let number = digits.and_then(|digits| std::str::from_utf8(digits).ok());
            taken.extend(number.and_then(|number| number.parse::<usize>().ok()));
        }
    }
    taken.sort_unstable();
    taken.dedup();
    // In ascending order, the first number that is not its own place is above
    // a free one.
    let free = taken
        .iter()
        .enumerate()
        .find(|(place, number)| place != *number);
    let free = free.map_or(taken.len(), |(place, _)| place);
    let mut delimiter = PREFIX.to_vec();
    delimiter.extend_from_slice(format!("{free:0DIGITS$}").as_bytes());
    delimiter
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::header::{ContentId, Subject};

    proptest! {
        #[test]
        fn any_bodies_are_read_back_as_they_were(
            bodies in proptest::collection::vec(
                prop_oneof![
                    proptest::collection::vec(any::<u8>(), 0..40),
                    "(\r\n|--callwright-|0000000[0-3]|--| |x){0,12}".prop_map(String::into_bytes),
                ],
                1..5,
            )
        ) {
            let mut builder = Multipart::builder("mixed");
            for body in &bodies {
                builder = builder.part(Part::builder("application/octet-stream", body.clone()));
            }
            let (content_type, text) = builder.build().unwrap();
            let read = Multipart::parse(text, &content_type).unwrap();
            let read: Vec<&[u8]> = read.parts().iter().map(Part::body).collect();
            prop_assert_eq!(read, bodies);
        }
    }

    #[test]
    fn what_is_built_is_read_back() {
        let (content_type, body) = Multipart::builder("related")
            .param("type", "text/plain")
            .part(Part::builder("text/plain", "one\r\n").header(ContentId::from("1@x")))
            .part(Part::builder(ContentType::SDP, ""))
            .build()
            .unwrap();
        assert_eq!(
            body,
            "--callwright-00000000\r\nContent-Type: text/plain\r\nContent-ID: <1@x>\r\n\r\none\r\n\
             \r\n--callwright-00000000\r\nContent-Type: application/sdp\r\n\r\n\r\n\
             --callwright-00000000--\r\n"
        );
        assert_eq!(content_type.params.value("type").unwrap(), "text/plain");
        let read = Multipart::parse(body, &content_type).unwrap();
        assert_eq!(read.parts().len(), 2);
        assert_eq!(read.part("1@x").unwrap().body(), b"one\r\n");
        assert_eq!(read.parts()[1].body(), b"");
    }

    #[test]
    fn the_boundary_stands_in_no_part() {
        let inner = |text: &'static str| {
            let builder = Multipart::builder("mixed").part(Part::builder("text/plain", text));
            builder.build().unwrap()
        };
        let (inner_type, inner_body) = inner("--callwright-00000001 --callwright-x --callwright-");
        let (content_type, body) = Multipart::builder("mixed")
            .part(Part::builder(inner_type, inner_body.clone()))
            .part(Part::builder("text/plain", "x").header(Subject::from("--callwright-00000002")))
            .build()
            .unwrap();
        assert_eq!(content_type.boundary().unwrap(), "callwright-00000003");
        let read = Multipart::parse(body, &content_type).unwrap();
        assert_eq!(read.parts()[0].body_bytes(), inner_body);
        assert!(read.parts()[0].multipart().unwrap().is_some());
    }

    #[test]
    fn many_boundaries_in_a_part_leave_one_free() {
        let text: String = (0..2_000)
            .map(|number| format!("--callwright-{number:08}"))
            .collect();
        let builder = Multipart::builder("mixed").part(Part::builder("text/plain", text));
        let (content_type, _) = builder.build().unwrap();
        assert_eq!(content_type.boundary().unwrap(), "callwright-00002000");
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let build = |part| Multipart::builder("mixed").part(part).build().unwrap_err();
        assert_eq!(
            build(Part::builder("plain", "")).header,
            HeaderName::CONTENT_TYPE
        );
        let subject = Part::builder("a/b", "").header(Subject::from("x\r\ny"));
        assert_eq!(build(subject).header, HeaderName::SUBJECT);
        let error = Multipart::builder("mixed").build().unwrap_err();
        assert_eq!(error.error.rule, Rule::Multipart);
    }
}
