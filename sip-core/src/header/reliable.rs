//! Reliable provisional responses: RSeq, which numbers them, and RAck, by
//! which PRACK acknowledges one (RFC 3262).

use super::{CSeq, HeaderName, TypedHeader, write_number};
use crate::grammar::{self, Parsed, decode, lws};
use crate::{Fault, ParseConfig, Rule};

/// The number of a reliable provisional response among those to one request:
/// 1 to 2^32 - 1, the first below 2^31 (RFC 3262 sections 3 and 7.1).
///
/// ```
/// use sip_core::header::{RSeq, TypedHeader};
/// let (number, _) = RSeq::decode(b"988789", &Default::default()).unwrap();
/// assert_eq!(number, RSeq(988_789));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RSeq(pub u32);

impl TypedHeader for RSeq {
    type Value<'m> = RSeq;
    const NAME: HeaderName<'static> = HeaderName::RSEQ;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(RSeq, &'m [u8]), Fault> {
        let (number, rest) = decode(response_number(input))?;
        Ok((RSeq(number), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_number(u64::from(self.0), out);
    }
}

/// Which provisional response a PRACK acknowledges: its RSeq, and the CSeq of
/// the request that it answers (RFC 3262 section 7.2).
///
/// ```
/// use sip_core::header::{CSeq, RAck, RSeq, TypedHeader};
/// use sip_core::Method;
/// let (rack, _) = RAck::decode(b"776656 1 INVITE", &Default::default()).unwrap();
/// assert_eq!(rack, RAck::new(RSeq(776_656), CSeq::new(1, Method::INVITE)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RAck<'m> {
    /// The number of the response.
    pub rseq: RSeq,
    /// The number and method of the request.
    pub cseq: CSeq<'m>,
}

impl<'m> RAck<'m> {
    /// What acknowledges the response with that number to that request.
    #[must_use]
    pub fn new(rseq: RSeq, cseq: CSeq<'m>) -> Self {
        RAck { rseq, cseq }
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> RAck<'static> {
        RAck {
            rseq: self.rseq,
            cseq: self.cseq.into_owned(),
        }
    }
}

impl TypedHeader for RAck<'_> {
    type Value<'m> = RAck<'m>;
    const NAME: HeaderName<'static> = HeaderName::RACK;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (number, rest) = decode(response_number(input))?;
        let ((), rest) = decode(lws(rest))?;
        let (cseq, rest) = CSeq::decode(rest, config)?;
        Ok((RAck::new(RSeq(number), cseq), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        self.rseq.encode(out);
        out.push(b' ');
        self.cseq.encode(out);
    }
}

/// `response-num`, which is never 0.
fn response_number(input: &[u8]) -> Parsed<'_, u32> {
    let (rest, number) = grammar::number_u32(input)?;
    if number == 0 {
        return grammar::fail(Rule::Number, input);
    }
    Ok((rest, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn a_response_is_numbered_from_1_to_the_largest_of_32_bits() {
        round_trip::<RSeq>("4294967295");
        assert_eq!(value::<RSeq>("1"), RSeq(1));
        for bad in ["0", "4294967296", "-1", "", "x"] {
            refused::<RSeq>(bad, Rule::Number, 0);
        }
    }

    #[test]
    fn an_acknowledgement_names_the_response_and_the_request() {
        let rack = value::<RAck>("1 \t 2147483647 \r\n INVITE");
        assert_eq!(rack.cseq.number, 2_147_483_647);
        written_as::<RAck>("1 \t 2147483647  INVITE", "1 2147483647 INVITE");
        for (bad, rule, octet) in [
            ("0 1 INVITE", Rule::Number, 0),
            ("4294967296 1 INVITE", Rule::Number, 0),
            ("1 2147483648 INVITE", Rule::Number, 2),
            ("1", Rule::WhiteSpace, 1),
            ("1 1", Rule::WhiteSpace, 3),
            ("1 1 (", Rule::Token, 4),
            ("1 INVITE", Rule::Number, 2),
        ] {
            refused::<RAck>(bad, rule, octet);
        }
    }
}
