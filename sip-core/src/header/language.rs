//! Languages: Accept-Language and Content-Language.

use super::params::Params;
use super::shapes::{text_wrapper, write_token};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode};
use crate::{Fault, ParseConfig, Text};

/// A language that the body is in (RFC 3261 section 20.13).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContentLanguage<'m>(pub Text<'m>);

text_wrapper!(ContentLanguage);

impl TypedHeader for ContentLanguage<'_> {
    type Value<'m> = ContentLanguage<'m>;
    const NAME: HeaderName<'static> = HeaderName::CONTENT_LANGUAGE;
    const LIST: bool = true;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (tag, rest) = decode(grammar::language_tag(input))?;
        Ok((ContentLanguage(Text::from_octets(tag)), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

/// A language in which the sender would like to be answered (RFC 3261
/// section 20.3).
///
/// ```
/// use sip_core::header::{AcceptLanguage, TypedHeader};
/// use sip_core::ParseConfig;
/// let (english, rest) = AcceptLanguage::decode(b"en;q=0.7, da", &ParseConfig::DEFAULT).unwrap();
/// assert_eq!(english.q(), Some(700));
/// assert!(english.matches("EN-gb") && !english.matches("eng"));
/// assert_eq!(rest, b", da");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptLanguage<'m> {
    /// A language tag, which stands for all that begin so; or `*`, any.
    pub range: Text<'m>,
    /// The parameters.
    pub params: Params<'m>,
}

impl<'m> AcceptLanguage<'m> {
    /// That language, without parameters.
    #[must_use]
    pub fn new(range: impl Into<Text<'m>>) -> Self {
        AcceptLanguage {
            range: range.into(),
            params: Params::NONE,
        }
    }

    /// The `q` parameter, in thousandths: 0 to 1,000. Absent, it is 1,000
    /// (RFC 2616 section 14.4).
    #[must_use]
    pub fn q(&self) -> Option<u16> {
        self.params.q()
    }

    /// Whether the language `tag` is one of those, in any case (RFC 4647
    /// section 3.3.1).
    #[must_use]
    pub fn matches(&self, tag: &str) -> bool {
        let range = self.range.as_bytes();
        let tag = tag.as_bytes();
        let starts = tag
            .get(..range.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(range));
        range == b"*" || (starts && matches!(tag.get(range.len()), None | Some(b'-')))
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> AcceptLanguage<'static> {
        AcceptLanguage {
            range: self.range.into_owned(),
            params: self.params.into_owned(),
        }
    }
}

impl TypedHeader for AcceptLanguage<'_> {
    type Value<'m> = AcceptLanguage<'m>;
    const NAME: HeaderName<'static> = HeaderName::ACCEPT_LANGUAGE;
    const LIST: bool = true;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (range, rest) = match input.split_at_checked(1) {
            Some((b"*", rest)) => (&b"*"[..], rest),
            _ => decode(grammar::language_tag(input))?,
        };
        let (params, rest) = decode(grammar::params(rest, config))?;
        Ok((
            AcceptLanguage {
                range: Text::from_octets(range),
                params: Params::known(params),
            },
            rest,
        ))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_token(self.range.as_bytes(), out);
        out.extend_from_slice(self.params.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::round_trip::{refused, round_trip};

    #[test]
    fn a_language_tag_is_letters_in_groups_of_up_to_eight() {
        for good in [&b"fr"[..], b"en-gb", b"zh-Hant-TW", b"es-419", b"i-klingon"] {
            round_trip::<ContentLanguage>(good);
            round_trip::<AcceptLanguage>(good);
        }
        refused::<ContentLanguage>(b"", Rule::Language, 0);
        refused::<ContentLanguage>(b"*", Rule::Language, 0);
        refused::<ContentLanguage>(b"toolongtag", Rule::Language, 8);
        refused::<ContentLanguage>(b"en-", Rule::Language, 3);
        refused::<ContentLanguage>(b"en_GB", Rule::Language, 2);
        refused::<ContentLanguage>(b"419", Rule::Language, 0);
    }

    #[test]
    fn a_range_has_a_weight() {
        round_trip::<AcceptLanguage>(b"*;q=0.1");
        round_trip::<AcceptLanguage>(b"en-gb;q=0.8;x");
        refused::<AcceptLanguage>(b"en;;", Rule::Param, 3);
        let any = AcceptLanguage::new("*");
        assert!(any.matches("da") && any.q().is_none());
    }
}
