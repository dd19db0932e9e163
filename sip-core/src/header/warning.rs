//! Warning: more about a response's status.

use super::params::{quote, unquoted};
use super::shapes::write_number;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, consumed, decode, hostport, lws, quoted_string, token};
use crate::{Fault, ParseConfig, Rule, Text};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::peek;
use nom::sequence::terminated;

/// More about a response's status, for people and for logs (RFC 3261
/// section 20.43).
///
/// ```
/// use sip_core::header::{TypedHeader, Warning};
/// use sip_core::ParseConfig;
/// let text = b"307 isi.edu \"Session parameter 'foo' not understood\"";
/// let (warning, _) = Warning::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(warning.code, 307);
/// assert_eq!(warning.agent, "isi.edu");
/// assert_eq!(warning.text(), "Session parameter 'foo' not understood");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning<'m> {
    /// Three digits, 0 to 999; 300 to 399 are SIP's.
    pub code: u16,
    /// Who warns: a host, perhaps with a port, or a made-up name.
    pub agent: Text<'m>,
    /// The text with its quotes.
    text: Text<'m>,
}

impl<'m> Warning<'m> {
    /// That warning. A code above 999, or an agent that is neither host nor
    /// token, is refused when the header is put into a message.
    #[must_use]
    pub fn new(code: u16, agent: impl Into<Text<'m>>, text: &str) -> Self {
        let mut quoted = Vec::with_capacity(text.len().saturating_add(2));
        quote(text.as_bytes(), &mut quoted);
        Warning {
            code,
            agent: agent.into(),
            text: Text::from(quoted),
        }
    }

    /// What the warning says, out of its quotes.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        unquoted(self.text.borrowed())
    }

    /// The same warning, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Warning<'static> {
        Warning {
            code: self.code,
            agent: self.agent.into_owned(),
            text: self.text.into_owned(),
        }
    }
}

impl TypedHeader for Warning<'_> {
    type Value<'m> = Warning<'m>;
    const NAME: HeaderName<'static> = HeaderName::WARNING;
    const LIST: bool = true;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (code, rest) = decode(grammar::number(999)(input))?;
        if consumed(input, rest).len() != 3 {
            return Err(Fault::new(Rule::Number, input));
        }
        let ((), rest) = decode(lws(rest))?;
        let (agent, rest) = decode(warn_agent(rest, config))?;
        let ((), quoted) = decode(lws(rest))?;
        let (_, rest) = decode(quoted_string(quoted))?;
        Ok((
            Warning {
                code: u16::try_from(code).unwrap_or(u16::MAX),
                agent: Text::from_octets(agent),
                text: Text::from_octets(consumed(quoted, rest)),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        for limit in [100, 10] {
            if self.code < limit {
                out.push(b'0');
            }
        }
        write_number(u64::from(self.code), out);
        out.push(b' ');
        out.extend_from_slice(self.agent.as_bytes());
        out.push(b' ');
        out.extend_from_slice(self.text.as_bytes());
    }
}

/// `hostport / pseudonym`, up to white space.
fn warn_agent<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    let host = |input: &'m [u8]| hostport(input, config).map(|(rest, _)| (rest, ()));
    let pseudonym = |input: &'m [u8]| token(input).map(|(rest, _)| (rest, ()));
    let (rest, ()) = alt((terminated(host, peek(lws)), pseudonym)).parse(input)?;
    Ok((rest, consumed(input, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, written_as};

    #[test]
    fn a_warning_is_a_code_an_agent_and_a_text() {
        round_trip::<Warning>(b"301 isi.edu \"Incompatible network address type 'E.164'\"");
        round_trip::<Warning>(b"399 192.0.2.1:5060 \"\"");
        round_trip::<Warning>(b"399 [2001:db8::1]:5060 \"\\\"x\\\"\"");
        round_trip::<Warning>(b"007 proxy_1!x \"y\"");
        written_as::<Warning>(b"399\r\n a   \"b\"", b"399 a \"b\"");
        refused::<Warning>(b"1812 overture \"In Progress\"", Rule::Number, 0);
        refused::<Warning>(b"99 a \"b\"", Rule::Number, 0);
        refused::<Warning>(b"399a \"b\"", Rule::WhiteSpace, 3);
        refused::<Warning>(b"399 <a> \"b\"", Rule::Token, 4);
        refused::<Warning>(b"399 a b", Rule::QuotedString, 6);
        refused::<Warning>(b"399 a\"b\"", Rule::WhiteSpace, 5);
        refused::<Warning>(b"399 a \"b\" c", Rule::Trailing, 9);
    }

    #[test]
    fn the_text_is_put_in_quotes_and_taken_out() {
        let warning = Warning::new(399, "pbx.example", "\"no\" \\ codec");
        assert_eq!(warning.text(), "\"no\" \\ codec");
        let mut text = Vec::new();
        warning.encode(&mut text);
        assert_eq!(
            Warning::decode(&text, &ParseConfig::DEFAULT),
            Ok((warning, &[][..]))
        );
    }
}
