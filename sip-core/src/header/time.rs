//! How long, and how soon again: Expires, Min-Expires, Retry-After, Timestamp.

use std::time::Duration;

use nom::Parser;
use nom::combinator::{opt, recognize};

use super::comment::Comment;
use super::params::Params;
use super::shapes::{number_header, write_number};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Class, Parsed, decode, octet, run, run1};
use crate::{Fault, ParseConfig, Rule, Text};

number_header! {
    /// Seconds for which the request or its body holds, from its receipt
    /// (RFC 3261 section 20.19). A number that 32 bits cannot hold is a fault
    /// ([`Rule::Number`]).
    Expires(u32), EXPIRES, max: u64::from(u32::MAX)
}

number_header! {
    /// In a 423, the least number of seconds that the server takes for
    /// Expires (RFC 3261 section 20.23).
    MinExpires(u32), MIN_EXPIRES, max: u64::from(u32::MAX)
}

/// When to try again (RFC 3261 section 20.33).
///
/// ```
/// use sip_core::header::{RetryAfter, TypedHeader};
/// use sip_core::ParseConfig;
/// let text = b"18000 (I'm in a meeting);duration=3600";
/// let (retry, _) = RetryAfter::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(retry.seconds, 18_000);
/// assert_eq!(retry.comment.as_ref().unwrap().text(), "I'm in a meeting");
/// assert_eq!(retry.duration(), Some(3_600));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryAfter<'m> {
    /// Seconds from now on.
    pub seconds: u32,
    /// Why, for people.
    pub comment: Option<Comment<'m>>,
    /// The parameters.
    pub params: Params<'m>,
}

impl<'m> RetryAfter<'m> {
    /// In that many seconds.
    #[must_use]
    pub fn new(seconds: u32) -> Self {
        RetryAfter {
            seconds,
            comment: None,
            params: Params::NONE,
        }
    }

    /// The same value with that reason, for people.
    #[must_use]
    pub fn with_comment(mut self, comment: Comment<'m>) -> Self {
        self.comment = Some(comment);
        self
    }

    /// The same value with that `duration`, in seconds.
    #[must_use]
    pub fn with_duration(mut self, seconds: u32) -> Self {
        self.params.set("duration", seconds.to_string());
        self
    }

    /// For how many seconds, from then on, the called party can be reached.
    #[must_use]
    pub fn duration(&self) -> Option<u32> {
        self.params.number("duration")
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> RetryAfter<'static> {
        RetryAfter {
            seconds: self.seconds,
            comment: self.comment.map(Comment::into_owned),
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for RetryAfter<'_> {
    type Value<'m> = RetryAfter<'m>;
    const NAME: HeaderName<'static> = HeaderName::RETRY_AFTER;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (seconds, mut rest) = decode(grammar::number_u32(input))?;
        let mut comment = None;
        if let [b'(', ..] = grammar::sws(rest) {
            let (text, after) = decode(grammar::comment(grammar::sws(rest), config))?;
            comment = Some(Comment::known(text));
            rest = after;
        }
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            RetryAfter {
                seconds,
                comment,
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_number(u64::from(self.seconds), out);
        if let Some(comment) = &self.comment {
            out.push(b' ');
            out.extend_from_slice(comment.as_bytes());
        }
        out.extend_from_slice(self.params.as_bytes());
    }
}

/// When the client sent the request, by its own clock, and how long the
/// server thought about it (RFC 3261 section 20.38). The client learns the
/// time of a round trip so.
///
/// ```
/// use std::time::Duration;
/// use sip_core::header::{Timestamp, TypedHeader};
/// use sip_core::ParseConfig;
/// let (stamp, _) = Timestamp::decode(b"54.25", &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(stamp.time(), Duration::from_millis(54_250));
/// let answer = stamp.with_delay(Duration::from_millis(20));
/// let mut text = Vec::new();
/// answer.encode(&mut text);
/// assert_eq!(text, b"54.25 0.02");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp<'m> {
    /// The time as it was written: a response gives it back as it was.
    time: Text<'m>,
    delay: Option<Duration>,
}

impl<'m> Timestamp<'m> {
    /// That time of the client's clock.
    #[must_use]
    pub fn new(time: Duration) -> Self {
        let mut text = Vec::new();
        write_seconds(time, &mut text);
        Timestamp {
            time: Text::from(text),
            delay: None,
        }
    }

    /// The same time, with that time between receipt and answer.
    #[must_use]
    pub fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// The time of the client's clock, since whatever it counts from. What is
    /// shorter than a nanosecond is left out.
    #[must_use]
    pub fn time(&self) -> Duration {
        seconds(self.time.as_bytes()).unwrap_or(Duration::MAX)
    }

    /// The time between receipt and answer, where it is given.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Timestamp<'static> {
        Timestamp {
            time: self.time.into_owned(),
            delay: self.delay,
        }
    }
}

impl TypedHeader for Timestamp<'_> {
    type Value<'m> = Timestamp<'m>;
    const NAME: HeaderName<'static> = HeaderName::TIMESTAMP;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let number = |text| seconds(text).ok_or(Fault::new(Rule::Number, input));
        let (time, rest) = decode(decimal(input))?;
        number(time)?;
        let after = grammar::sws(rest);
        let (delay, rest) = match after.first() {
            Some(b'0'..=b'9' | b'.') if after.len() < rest.len() => {
                let (delay, rest) = decode(any_decimal(after))?;
                (Some(number(delay)?), rest)
            }
            _ => (None, rest),
        };
        let time = Text::from_octets(time);
        Ok((Timestamp { time, delay }, rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.time.as_bytes());
        if let Some(delay) = self.delay {
            out.push(b' ');
            write_seconds(delay, out);
        }
    }
}

/// `1*DIGIT [ "." *DIGIT ]`
fn decimal(input: &[u8]) -> Parsed<'_, &[u8]> {
    let decimals = opt((octet(b'.'), run(Class::DIGIT)));
    recognize((run1(Class::DIGIT, Rule::Decimal), decimals)).parse(input)
}

/// `*DIGIT [ "." *DIGIT ]`
fn any_decimal(input: &[u8]) -> Parsed<'_, &[u8]> {
    let decimals = opt((octet(b'.'), run(Class::DIGIT)));
    recognize((run(Class::DIGIT), decimals)).parse(input)
}

/// Seconds with decimals; none where there are more than 64 bits hold.
fn seconds(text: &[u8]) -> Option<Duration> {
    let mut halves = text.splitn(2, |octet| *octet == b'.');
    let mut whole: u64 = 0;
    for digit in halves.next().unwrap_or_default() {
        let digit = u64::from(digit.wrapping_sub(b'0'));
        whole = whole.checked_mul(10)?.checked_add(digit)?;
    }
    let decimals = halves.next().unwrap_or_default();
    let mut nanoseconds: u32 = 0;
    for place in 0..9 {
        let digit = decimals
            .get(place)
            .copied()
            .unwrap_or(b'0')
            .wrapping_sub(b'0');
        nanoseconds = nanoseconds
            .saturating_mul(10)
            .saturating_add(u32::from(digit));
    }
    Some(Duration::new(whole, nanoseconds))
}

/// Appends seconds with as many decimals as they need.
fn write_seconds(time: Duration, out: &mut Vec<u8>) {
    write_number(time.as_secs(), out);
    let mut rest = time.subsec_nanos();
    if rest > 0 {
        out.push(b'.');
    }
    let mut place = 100_000_000;
    while rest > 0 {
        let digit = rest.checked_div(place).unwrap_or(0);
        out.push(b'0'.wrapping_add(u8::try_from(digit).unwrap_or(0)));
        rest = rest.saturating_sub(digit.saturating_mul(place));
        place /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, written_as};

    #[test]
    fn delta_seconds_are_32_bits() {
        round_trip::<Expires>(b"0");
        round_trip::<Expires>(b"4294967295");
        written_as::<MinExpires>(b"0060", b"60");
        refused::<Expires>(b"4294967296", Rule::Number, 0);
        refused::<Expires>(&[b'9'; 100], Rule::Number, 0);
        refused::<MinExpires>(b"-1", Rule::Number, 0);
        refused::<Expires>(b"60s", Rule::Trailing, 2);
        refused::<Expires>(b"", Rule::Number, 0);
        refused::<Expires>(b"Thu, 01 Dec 1994 16:00:00 GMT", Rule::Number, 0);
    }

    #[test]
    fn retry_after_has_a_comment_and_a_duration() {
        round_trip::<RetryAfter>(b"120");
        round_trip::<RetryAfter>(b"120 (I'm (in) a meeting)");
        round_trip::<RetryAfter>(b"18000;duration=3600;x");
        written_as::<RetryAfter>(b"120(a) ; duration = 9", b"120 (a); duration = 9");
        refused::<RetryAfter>(b"soon", Rule::Number, 0);
        refused::<RetryAfter>(b"949302838503028349304023988", Rule::Number, 0);
        refused::<RetryAfter>(b"120 (a", Rule::Comment, 6);
        refused::<RetryAfter>(b"120 (a) b", Rule::Trailing, 7);
        let built = RetryAfter::new(120)
            .with_comment(Comment::new("at lunch :-)"))
            .with_duration(60);
        let mut text = Vec::new();
        built.encode(&mut text);
        assert_eq!(text, br"120 (at lunch :-\));duration=60");
        assert_eq!(
            RetryAfter::decode(&text, &ParseConfig::DEFAULT),
            Ok((built, &[][..]))
        );
    }

    #[test]
    fn a_timestamp_is_given_back_as_it_was_written() {
        round_trip::<Timestamp>(b"54");
        round_trip::<Timestamp>(b"54.");
        round_trip::<Timestamp>(b"054.2500");
        round_trip::<Timestamp>(b"54.21 0.005");
        written_as::<Timestamp>(b"54 .5", b"54 0.5");
        written_as::<Timestamp>(b"54\r\n  7.", b"54 7");
        refused::<Timestamp>(b".5", Rule::Decimal, 0);
        refused::<Timestamp>(b"54,5", Rule::Trailing, 2);
        refused::<Timestamp>(b"54.5 1 2", Rule::Trailing, 6);
        refused::<Timestamp>(b"99999999999999999999", Rule::Number, 0);
    }

    #[test]
    fn times_are_kept_to_the_nanosecond() {
        let time = Duration::new(7, 20_000_001);
        assert_eq!(Timestamp::new(time).time(), time);
        let (read, _) = Timestamp::decode(b"1.0000000019", &ParseConfig::DEFAULT).unwrap();
        assert_eq!(read.time(), Duration::new(1, 1));
    }
}
