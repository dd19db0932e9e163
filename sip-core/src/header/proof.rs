//! What the tests of every typed header ask.

use super::TypedHeader;
use crate::grammar::sws;
use crate::{Fault, ParseConfig, Rule};

/// `text` is read whole, and written as it was; the value survives.
#[track_caller]
pub(crate) fn round_trip<H>(text: &[u8])
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    written_as::<H>(text, text);
}

/// `text` is read whole, and written as `plain`, which is read whole too and
/// written the same.
#[track_caller]
pub(crate) fn written_as<H>(text: &[u8], plain: &[u8])
where
    H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
{
    for form in [text, plain] {
        let (value, rest) = H::decode(form, &ParseConfig::DEFAULT)
            .unwrap_or_else(|fault| panic!("{}: {fault:?}", form.escape_ascii()));
        assert_eq!(sws(rest), b"", "{}", form.escape_ascii());
        let mut out = Vec::new();
        value.encode(&mut out);
        assert_eq!(
            out.escape_ascii().to_string(),
            plain.escape_ascii().to_string()
        );
    }
}

/// `text` breaks `rule` at that octet, either by what is read or by what is
/// left over.
#[track_caller]
pub(crate) fn refused<H: TypedHeader>(text: &[u8], rule: Rule, octet: usize) {
    refused_by::<H>(text, &ParseConfig::DEFAULT, rule, octet);
}

/// As [`refused`], by a parser that is configured so.
#[track_caller]
pub(crate) fn refused_by<H: TypedHeader>(
    text: &[u8],
    config: &ParseConfig,
    rule: Rule,
    octet: usize,
) {
    let fault = match H::decode(text, config) {
        Err(fault) => fault,
        Ok((_, rest)) if !sws(rest).is_empty() => Fault::new(Rule::Trailing, rest),
        Ok(_) => panic!("{} is read", text.escape_ascii()),
    };
    let place = text.len().saturating_sub(fault.remaining);
    assert_eq!(
        (fault.rule, place),
        (rule, octet),
        "{}",
        text.escape_ascii()
    );
}

mod tests {
    use proptest::prelude::*;

    use super::super::*;
    use super::*;

    /// What is read is written so that it is read again, and written the same.
    fn survives<H>(text: &[u8])
    where
        H: for<'m> TypedHeader<Value<'m>: TypedHeader>,
    {
        let Ok((value, _)) = H::decode(text, &ParseConfig::DEFAULT) else {
            return;
        };
        let mut once = Vec::new();
        value.encode(&mut once);
        round_trip::<H>(&once);
    }

    /// Texts that come near to what headers look like.
    fn nearly() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            "[a-z0-9]{1,3}",
            "[;,=/ \"<>()@.:*\\\\-]",
            Just("\r\n ".to_owned()),
            Just(";q=0.5".to_owned()),
            Just("<sip:a@b>".to_owned()),
            Just("Fri, 01 Jan 2010 16:00:00 GMT".to_owned()),
            Just("399 a \"b\"".to_owned()),
        ];
        let pieces = proptest::collection::vec(piece, 0..12);
        prop_oneof![
            pieces.prop_map(|pieces| pieces.concat().into_bytes()),
            proptest::collection::vec(any::<u8>(), 0..24),
        ]
    }

    macro_rules! survive {
        ($text:ident: $($type:ty),* $(,)?) => { $(survives::<$type>($text);)* };
    }

    proptest! {
        #[test]
        fn whatever_is_read_survives_being_written(text in nearly()) {
            let text = text.trim_ascii();
            survive!(text:
                Accept, AcceptEncoding, AcceptLanguage, AlertInfo, Allow, CallInfo,
                ContentDisposition, ContentEncoding, ContentId, ContentLanguage,
                ContentTransferEncoding, ContentType, Date, ErrorInfo, Expires, InReplyTo,
                MimeVersion, MinExpires, Organization, Priority, ProxyRequire, ReplyTo,
                Require, RetryAfter, Server, Subject, Supported, Timestamp, Unsupported,
                UserAgent, Warning,
            );
        }
    }
}
