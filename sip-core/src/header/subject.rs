//! What a call is about, and what it answers: Subject, Priority,
//! Organization, In-Reply-To, Reply-To.

use super::mandatory::CallId;
use super::shapes::{address_header, text_header, text_wrapper, token_header};
use super::{HeaderName, TypedHeader};
use crate::{Fault, ParseConfig, Text};

text_header! {
    /// What the call is about, for people; perhaps empty (RFC 3261
    /// section 20.36).
    Subject, SUBJECT
}

text_header! {
    /// Whom the sender works for; perhaps empty (RFC 3261 section 20.25).
    Organization, ORGANIZATION
}

token_header! {
    /// How urgent the request is to its receiver (RFC 3261 section 20.26).
    Priority, PRIORITY, list: false
}

impl Priority<'_> {
    /// Life, limb or property are in danger.
    pub const EMERGENCY: Priority<'static> = Priority(Text::new("emergency"));
    /// Not to be missed.
    pub const URGENT: Priority<'static> = Priority(Text::new("urgent"));
    /// What it is when nothing is said.
    pub const NORMAL: Priority<'static> = Priority(Text::new("normal"));
    /// At leisure.
    pub const NON_URGENT: Priority<'static> = Priority(Text::new("non-urgent"));
    /// A public safety answering point calls back (RFC 7090 section 5).
    pub const PSAP_CALLBACK: Priority<'static> = Priority(Text::new("psap-callback"));
}

/// The Call-ID of a call that this one returns (RFC 3261 section 20.21).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InReplyTo<'m>(pub Text<'m>);

text_wrapper!(InReplyTo);

impl TypedHeader for InReplyTo<'_> {
    type Value<'m> = InReplyTo<'m>;
    const NAME: HeaderName<'static> = HeaderName::IN_REPLY_TO;
    const LIST: bool = true;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (call_id, rest) = CallId::decode(input, config)?;
        Ok((InReplyTo(call_id.0), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

address_header! {
    /// Where to return the call to, if not to From (RFC 3261 section 20.31).
    ReplyTo, REPLY_TO, list: false, brackets: false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, written_as};
    use crate::{Request, Rule};

    #[test]
    fn text_is_anything_without_control_characters() {
        round_trip::<Subject>(b"Need more boxes, \"now\" (please)");
        round_trip::<Subject>(b"");
        round_trip::<Organization>("Bjørn & Söhne".as_bytes());
        refused::<Subject>(b"a\x07b", Rule::Text, 1);
        refused::<Organization>(b"a\x7F", Rule::Text, 1);
    }

    #[test]
    fn a_priority_is_one_token_of_any_case() {
        round_trip::<Priority>(b"emergency");
        assert!(Priority::from("Non-Urgent").is("non-urgent"));
        refused::<Priority>(b"very urgent", Rule::Trailing, 4);
        refused::<Priority>(b"", Rule::Token, 0);
    }

    #[test]
    fn replies_name_calls_and_addresses() {
        round_trip::<InReplyTo>(b"70710@saturn.bell-tel.com");
        refused::<InReplyTo>(b"@saturn", Rule::Word, 0);
        written_as::<ReplyTo>(b"Bob <sip:bob@biloxi.com>;x", b"Bob <sip:bob@biloxi.com>;x");
        written_as::<ReplyTo>(b"sip:bob@biloxi.com;x", b"<sip:bob@biloxi.com>;x");
        refused::<ReplyTo>(b"<sip:a@b>, <sip:c@d>", Rule::Trailing, 9);
        let octets =
            &b"INVITE sip:a@b SIP/2.0\r\nIn-Reply-To: 70710@s.com, 17320@s.com\r\n\r\n"[..];
        let request = Request::parse(octets).unwrap();
        assert_eq!(
            request
                .headers()
                .all::<InReplyTo>()
                .filter(Result::is_ok)
                .count(),
            2
        );
    }
}
