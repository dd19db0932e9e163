//! The small headers that every message carries.

use super::shapes::{number_header, text_wrapper, write_number};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode, lws, token, word};
use crate::{Fault, Method, ParseConfig, Text};

/// What names a call or a series of registrations (RFC 3261 section 20.8).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CallId<'m>(pub Text<'m>);

text_wrapper!(CallId);

impl TypedHeader for CallId<'_> {
    type Value<'m> = CallId<'m>;
    const NAME: HeaderName<'static> = HeaderName::CALL_ID;

    #[inline]
    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (_, mut rest) = decode(word(input))?;
        if let [b'@', after @ ..] = rest {
            (_, rest) = decode(word(after))?;
        }
        let call_id = grammar::consumed(input, rest);
        Ok((CallId(Text::from_octets(call_id)), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

/// The number and method of a request, by which requests of a dialog are put
/// in order (RFC 3261 section 20.16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CSeq<'m> {
    /// The sequence number, below 2^31 (RFC 3261 section 8.1.1.5).
    pub number: u32,
    /// The method of the request.
    pub method: Method<'m>,
}

impl<'m> CSeq<'m> {
    /// That number and method.
    #[must_use]
    pub fn new(number: u32, method: Method<'m>) -> Self {
        CSeq { number, method }
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> CSeq<'static> {
        CSeq {
            number: self.number,
            method: self.method.into_owned(),
        }
    }
}

impl TypedHeader for CSeq<'_> {
    type Value<'m> = CSeq<'m>;
    const NAME: HeaderName<'static> = HeaderName::CSEQ;

    #[inline]
    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (number, rest) = decode(grammar::number(0x7FFF_FFFF)(input))?;
        let ((), rest) = decode(lws(rest))?;
        let (method, rest) = decode(token(rest))?;
        Ok((
            CSeq {
                number: u32::try_from(number).unwrap_or(u32::MAX),
                method: Method::from_token(method),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_number(u64::from(self.number), out);
        out.push(b' ');
        out.extend_from_slice(self.method.as_bytes());
    }
}

number_header! {
    /// How many more proxies may pass the request on (RFC 3261 section 20.22).
    ///
    /// ```
    /// use sip_core::header::MaxForwards;
    /// assert_eq!(MaxForwards::INITIAL.one_less(), Some(MaxForwards(69)));
    /// assert_eq!(MaxForwards(0).one_less(), None); // answer it with 483
    /// ```
    MaxForwards(u8), MAX_FORWARDS, max: 255
}

impl MaxForwards {
    /// 70, with which a request begins its way (RFC 3261 section 8.1.1.6).
    pub const INITIAL: MaxForwards = MaxForwards(70);

    /// What a proxy sends on (RFC 3261 section 16.6, step 3). None where this
    /// is 0: the request may not be passed on, and is answered with 483 (section
    /// 16.3, step 3).
    #[must_use]
    pub fn one_less(self) -> Option<Self> {
        self.0.checked_sub(1).map(MaxForwards)
    }
}

number_header! {
    /// Octets of the body (RFC 3261 section 20.14).
    ContentLength(u32), CONTENT_LENGTH, max: u64::from(u32::MAX)
}
