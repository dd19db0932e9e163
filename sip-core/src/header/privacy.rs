//! Privacy: what of the sender is not to be seen by others.

use std::borrow::Cow;

use super::shapes::{keyword, write_token};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, decode, separator, token};
use crate::{Fault, Limit, ParseConfig, Rule, Text};

keyword! {
    /// A kind of privacy (`priv-value`, RFC 3323 section 4.2).
    PrivacyValue {
        /// Hide what header fields say that the user cannot hide.
        HEADER = "header";
        /// Hide where the media comes from.
        SESSION = "session";
        /// Hide what a user agent could have hidden itself.
        USER = "user";
        /// No privacy, whatever is usual for the user.
        NONE = "none";
        /// Refuse the request rather than not give the privacy.
        CRITICAL = "critical";
        /// Do not tell the asserted identity to whoever is not trusted
        /// (RFC 3325 section 9.3).
        ID = "id";
        /// Do not tell the history of the request (RFC 7044 section 10.1).
        HISTORY = "history";
    }
}

/// Which kinds of privacy are asked for (RFC 3323 section 4.2): a set, whose
/// order says nothing. It is always one field: the values are divided by
/// semicolons.
///
/// ```
/// use sip_core::header::{Privacy, PrivacyValue, TypedHeader};
/// use sip_core::ParseConfig;
/// let (mut privacy, _) = Privacy::decode(b"id; Header", &ParseConfig::DEFAULT).unwrap();
/// assert!(privacy.contains(&PrivacyValue::HEADER));
/// privacy.insert(&PrivacyValue::CRITICAL);
/// privacy.remove(&PrivacyValue::HEADER);
/// assert_eq!(privacy.to_string(), "id;critical");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Privacy<'m>(Text<'m>);

impl<'m> Privacy<'m> {
    /// That kind of privacy alone.
    #[must_use]
    pub fn new(value: &PrivacyValue<'_>) -> Self {
        let mut privacy = Privacy::default();
        privacy.insert(value);
        privacy
    }

    /// The same privacy and that kind.
    #[must_use]
    pub fn with(mut self, value: &PrivacyValue<'_>) -> Self {
        self.insert(value);
        self
    }

    /// The kinds of privacy, in the order in which they are written.
    pub fn iter(&self) -> impl Iterator<Item = PrivacyValue<'_>> {
        self.0
            .as_bytes()
            .split(|octet| *octet == b';')
            .map(<[u8]>::trim_ascii)
            .filter(|word| !word.is_empty())
            .map(|word| PrivacyValue::from(Text::from_octets(word)))
    }

    /// Whether that kind is asked for.
    #[must_use]
    pub fn contains(&self, value: &PrivacyValue<'_>) -> bool {
        self.iter().any(|asked| asked == *value)
    }

    /// Asks for that kind too; says whether it was not asked for before.
    pub fn insert(&mut self, value: &PrivacyValue<'_>) -> bool {
        if self.contains(value) {
            return false;
        }
        let text: Cow<'m, [u8]> = std::mem::take(&mut self.0).into();
        let mut text = text.into_owned();
        push(value.as_ref(), &mut text);
        self.0 = Text::from(text);
        true
    }

    /// No longer asks for that kind; says whether it was asked for before.
    pub fn remove(&mut self, value: &PrivacyValue<'_>) -> bool {
        let mut kept = Vec::with_capacity(self.0.len());
        for other in self.iter().filter(|other| other != value) {
            push(other.as_ref(), &mut kept);
        }
        let had = self.contains(value);
        if had {
            self.0 = Text::from(kept);
        }
        had
    }

    /// The same privacy, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Privacy<'static> {
        Privacy(self.0.into_owned())
    }
}

fn push(word: &[u8], out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.push(b';');
    }
    write_token(word, out);
}

impl PartialEq<Privacy<'_>> for Privacy<'_> {
    fn eq(&self, other: &Privacy<'_>) -> bool {
        self.iter().all(|value| other.contains(&value))
            && other.iter().all(|value| self.contains(&value))
    }
}

impl Eq for Privacy<'_> {}

impl std::fmt::Display for Privacy<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TypedHeader for Privacy<'_> {
    type Value<'m> = Privacy<'m>;
    const NAME: HeaderName<'static> = HeaderName::PRIVACY;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (values, rest) = decode(values(input, config))?;
        Ok((Privacy(Text::from_octets(values)), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

/// `priv-value *( ";" priv-value )`, with white space forgiven around the
/// semicolons.
fn values<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    let (mut rest, _) = token(input)?;
    let mut count: u16 = 1;
    while let Ok((next, ())) = separator(b';')(rest) {
        count = count.saturating_add(1);
        if count > config.limits.params {
            return grammar::fail(Rule::Limit(Limit::Params), next);
        }
        (rest, _) = token(next)?;
    }
    Ok((rest, grammar::consumed(input, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Privacy<'_>, &[u8]), Rule> {
        Privacy::decode(text.as_bytes(), &ParseConfig::DEFAULT).map_err(|fault| fault.rule)
    }

    #[test]
    fn privacy_is_a_set() {
        let (privacy, rest) = read("header;\r\n User ; history;header ").unwrap();
        assert_eq!(rest, b" ");
        let same = Privacy::new(&PrivacyValue::HISTORY)
            .with(&PrivacyValue::USER)
            .with(&PrivacyValue::HEADER);
        assert_eq!(privacy, same);
        assert_ne!(privacy, same.clone().with(&PrivacyValue::from("own")));
        assert_ne!(same.clone().with(&PrivacyValue::ID), privacy);
        assert_eq!(same.to_string(), "history;user;header");
        let mut privacy = privacy.into_owned();
        assert!(!privacy.insert(&PrivacyValue::from("HEADER")));
        assert!(privacy.remove(&PrivacyValue::HEADER) && !privacy.remove(&PrivacyValue::HEADER));
        assert_eq!(privacy.to_string(), "User;history");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["none", "id", "header;session;critical", "a\r\n ;b"] {
            let (privacy, _) = read(text).unwrap();
            let mut written = Vec::new();
            privacy.encode(&mut written);
            let again = Privacy::decode(&written, &ParseConfig::STRICT).unwrap().0;
            assert_eq!(again, privacy);
        }
        assert_eq!(read("").unwrap_err(), Rule::Token);
        assert_eq!(read("id;").unwrap_err(), Rule::Token);
        assert_eq!(read("id;;user").unwrap_err(), Rule::Token);
        assert_eq!(read("id,user").unwrap().1, b",user");
        let many = "a;".repeat(65);
        assert_eq!(read(&many).unwrap_err(), Rule::Limit(Limit::Params));
    }
}
