//! How a body is encoded, and what it is called: the header fields that SIP
//! has from MIME.

use super::shapes::{text_wrapper, token_header, write_number};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, decode, octet};
use crate::{Fault, ParseConfig, Rule, Text};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::combinator::recognize;
use nom::multi::separated_list1;
use nom::sequence::delimited;

token_header! {
    /// An encoding that was applied to the body, such as `gzip`; several in
    /// the order in which they were (RFC 3261 section 20.12).
    ContentEncoding, CONTENT_ENCODING, list: true
}

token_header! {
    /// How a body's octets were made fit for transport: `7bit`, `8bit`,
    /// `binary`, `quoted-printable`, `base64` (RFC 2045 section 6). SIP
    /// carries any octets, so a sender has no need of the last two (RFC 5621
    /// section 3).
    ContentTransferEncoding, CONTENT_TRANSFER_ENCODING, list: false
}

/// The version of MIME that a message keeps to (RFC 3261 section 20.24).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MimeVersion {
    /// What stands before the dot.
    pub major: u32,
    /// What stands behind it.
    pub minor: u32,
}

impl MimeVersion {
    /// `1.0`, the only one there is (RFC 2045 section 4).
    pub const ONE: MimeVersion = MimeVersion { major: 1, minor: 0 };
}

impl TypedHeader for MimeVersion {
    type Value<'m> = MimeVersion;
    const NAME: HeaderName<'static> = HeaderName::MIME_VERSION;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let version = (grammar::number_u32, octet(b'.'), grammar::number_u32)
            .map(|(major, (), minor)| MimeVersion { major, minor })
            .parse(input);
        decode(version)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_number(u64::from(self.major), out);
        out.push(b'.');
        write_number(u64::from(self.minor), out);
    }
}

/// What names a body or a part of one, so that a `cid:` URL elsewhere in the
/// message can refer to it (RFC 8262 section 3, RFC 2392). It holds the name
/// itself, without the angle brackets that stand around it on the wire.
///
/// ```
/// use sip_core::header::{ContentId, TypedHeader};
/// use sip_core::ParseConfig;
/// let (id, _) = ContentId::decode(b"<target123@atlanta.example>", &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(id.0, "target123@atlanta.example");
/// assert!(id.is_named_by(b"cid:target123%40atlanta.example"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContentId<'m>(pub Text<'m>);

text_wrapper!(ContentId);

impl ContentId<'_> {
    /// Whether `reference` names this: as a `cid:` URL, whose escapes are
    /// undone (RFC 2392 section 2), in angle brackets, or bare. Case matters.
    #[must_use]
    pub fn is_named_by(&self, reference: &[u8]) -> bool {
        let id = self.0.as_bytes();
        match reference {
            [b'c' | b'C', b'i' | b'I', b'd' | b'D', b':', escaped @ ..] => {
                is_unescaped(escaped, id)
            }
            [b'<', inside @ .., b'>'] => inside == id,
            bare => bare == id,
        }
    }
}

/// Whether `escaped` is `plain` once its percent signs are resolved.
fn is_unescaped(mut escaped: &[u8], plain: &[u8]) -> bool {
    for octet in plain {
        let (next, rest) = match escaped {
            [b'%', high, low, rest @ ..] => {
                let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or(256);
                let value = digit(*high).saturating_mul(16).saturating_add(digit(*low));
                (value, rest)
            }
            [octet, rest @ ..] => (u32::from(*octet), rest),
            [] => return false,
        };
        if next != u32::from(*octet) {
            return false;
        }
        escaped = rest;
    }
    escaped.is_empty()
}

impl TypedHeader for ContentId<'_> {
    type Value<'m> = ContentId<'m>;
    const NAME: HeaderName<'static> = HeaderName::CONTENT_ID;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (id, rest) = decode(msg_id(input))?;
        Ok((ContentId(Text::from_octets(id)), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.push(b'<');
        out.extend_from_slice(self.0.as_bytes());
        out.push(b'>');
    }
}

/// `"<" id-left "@" id-right ">"` without comments and white space (RFC 5322
/// section 3.6.4); gives what stands between the brackets.
fn msg_id(input: &[u8]) -> Parsed<'_, &[u8]> {
    let id = recognize((dot_atom, octet(b'@'), alt((no_fold_literal, dot_atom))));
    grammar::rule(Rule::ContentId, delimited(octet(b'<'), id, octet(b'>')))(input)
}

/// `dot-atom-text`
fn dot_atom(input: &[u8]) -> Parsed<'_, &[u8]> {
    let atext =
        |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&octet);
    recognize(separated_list1(octet(b'.'), take_while1(atext))).parse(input)
}

/// `no-fold-literal`: a host's address in square brackets.
fn no_fold_literal(input: &[u8]) -> Parsed<'_, &[u8]> {
    let dtext = |octet: u8| octet.is_ascii_graphic() && !matches!(octet, b'[' | b']' | b'\\');
    recognize((octet(b'['), take_while1(dtext), octet(b']'))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip};

    #[test]
    fn encodings_are_tokens() {
        round_trip::<ContentEncoding>(b"gzip");
        round_trip::<ContentTransferEncoding>(b"binary");
        refused::<ContentEncoding>(b"gzip deflate", Rule::Trailing, 4);
        refused::<ContentTransferEncoding>(b"8bit, 7bit", Rule::Trailing, 4);
        assert!(ContentTransferEncoding::from("Base64").is("base64"));
    }

    #[test]
    fn a_mime_version_is_two_numbers() {
        round_trip::<MimeVersion>(b"1.0");
        assert_eq!(
            MimeVersion::decode(b"1.0", &ParseConfig::DEFAULT)
                .unwrap()
                .0,
            MimeVersion::ONE
        );
        refused::<MimeVersion>(b"1", Rule::Separator, 1);
        refused::<MimeVersion>(b"1.", Rule::Number, 2);
        refused::<MimeVersion>(b"1.99999999999", Rule::Number, 2);
        refused::<MimeVersion>(b"x", Rule::Number, 0);
    }

    #[test]
    fn a_content_id_is_a_message_id_in_angle_brackets() {
        round_trip::<ContentId>(b"<1234567890@atlanta.example.com>");
        round_trip::<ContentId>(b"<a.b+c%d@[192.0.2.1]>");
        refused::<ContentId>(b"a@b", Rule::ContentId, 0);
        refused::<ContentId>(b"<a>", Rule::ContentId, 2);
        refused::<ContentId>(b"<a@>", Rule::ContentId, 3);
        refused::<ContentId>(b"<a.@b>", Rule::ContentId, 2);
        refused::<ContentId>(b"<a@b> c", Rule::Trailing, 5);
        refused::<ContentId>(b"<a@b", Rule::ContentId, 4);
    }

    #[test]
    fn a_cid_url_names_it_with_escapes() {
        let id = ContentId::from("a%b@c");
        for good in [
            &b"cid:a%25b@c"[..],
            b"CID:%61%25b%40c",
            b"<a%b@c>",
            b"a%b@c",
        ] {
            assert!(id.is_named_by(good), "{}", good.escape_ascii());
        }
        for bad in [
            &b"cid:a%b@c"[..],
            b"cid:A%25b@c",
            b"cid:a%25b@cd",
            b"cid:",
            b"",
            b"cid:a%2",
        ] {
            assert!(!id.is_named_by(bad), "{}", bad.escape_ascii());
        }
    }
}
