//! The parameters of challenges and credentials.

use std::borrow::Cow;

use crate::grammar::{self, decode};
use crate::header::params::{Param, quote};
use crate::header::shapes::write_token;
use crate::{Fault, ParseConfig, ParseError, Rule, Text};

/// The parameters of a challenge or of credentials, `name=value` divided by
/// commas, in their order (`auth-param`, RFC 3261 section 25.1). Names ignore
/// case and are given once each; every one has a value.
///
/// What a digest is computed over is the value as it was sent, without its
/// quotes: [`AuthParams::sent`]. It differs from [`AuthParams::value`] only
/// where there are backslashes (`unq`, RFC 7616 section 3.4).
///
/// ```
/// use sip_core::header::AuthParams;
/// let mut params = AuthParams::parse(b"realm=\"the \\\"pbx\\\"\", stale=FALSE")?;
/// assert_eq!(params.value("Realm").unwrap(), "the \"pbx\"");
/// assert_eq!(params.sent("realm").unwrap(), "the \\\"pbx\\\"");
/// params.set_token("stale", "true");
/// params.set_quoted("nonce", "84a4cc6f");
/// assert_eq!(params.to_string(),
///     "realm=\"the \\\"pbx\\\"\", stale=true, nonce=\"84a4cc6f\"");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthParams<'m>(Text<'m>);

impl<'m> AuthParams<'m> {
    /// No parameters. A challenge must have some.
    pub const NONE: AuthParams<'static> = AuthParams(Text::new(""));

    /// Reads parameters that fill `text`.
    ///
    /// # Errors
    /// [`Rule::Param`], [`Rule::RepeatedParam`], and those of the values.
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        match AuthParams::read(text, &ParseConfig::DEFAULT) {
            Ok((params, [])) => Ok(params),
            Ok((_, rest)) => Err(Fault::new(Rule::Trailing, rest).in_value(text.len())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    pub(super) fn read(input: &'m [u8], config: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (params, rest) = decode(grammar::auth_params(input, config))?;
        Ok((AuthParams(Text::from_octets(params)), rest))
    }

    /// The parameters in their order; the values as they were written, quotes
    /// and all.
    pub fn iter(&self) -> impl Iterator<Item = Param<'_>> {
        grammar::each_auth_param(self.0.as_bytes()).map(|(name, raw)| Param {
            name: Text::from_octets(name),
            raw: Some(Text::from_octets(raw)),
        })
    }

    /// The parameter of that name, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Param<'_>> {
        self.iter().find(|param| param.name.eq_ignore_case(name))
    }

    /// The value of that parameter, out of its quotes and without escapes:
    /// what it says.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Text<'_>> {
        self.find(name)?.value()
    }

    /// The value of that parameter as it was sent, without its quotes but with
    /// its escapes: what a digest is computed over.
    #[must_use]
    pub fn sent(&self, name: &str) -> Option<Text<'_>> {
        let (_, raw) = grammar::each_auth_param(self.0.as_bytes())
            .find(|(found, _)| found.eq_ignore_ascii_case(name.as_bytes()))?;
        let inside = raw
            .strip_prefix(b"\"")
            .and_then(|raw| raw.strip_suffix(b"\""));
        Some(Text::from_octets(inside.unwrap_or(raw)))
    }

    /// Gives the parameter this value in quotes, in place of one that it had.
    pub fn set_quoted(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let mut text = self.begin(name);
        quote(value.as_ref(), &mut text);
        self.0 = Text::from(text);
    }

    /// Gives the parameter this value in quotes, escapes and all as
    /// [`AuthParams::sent`] gave it, so that it goes back as it came.
    pub(crate) fn set_sent(&mut self, name: &str, sent: &[u8]) {
        let raw = [b"\"", sent, b"\""].concat();
        if !matches!(decode(grammar::quoted_string(&raw)), Ok((_, []))) {
            return self.set_quoted(name, sent);
        }
        let mut text = self.begin(name);
        text.extend_from_slice(&raw);
        self.0 = Text::from(text);
    }

    /// Gives the parameter this value without quotes, in place of one that it
    /// had. What is not a token is refused when the header is put into a
    /// message.
    pub fn set_token(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let mut text = self.begin(name);
        write_token(value.as_ref(), &mut text);
        self.0 = Text::from(text);
    }

    /// Takes out the parameter of that name; says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        if self.find(name).is_none() {
            return false;
        }
        let mut kept = Vec::with_capacity(self.0.len());
        for (other, raw) in grammar::each_auth_param(self.0.as_bytes()) {
            if !other.eq_ignore_ascii_case(name.as_bytes()) {
                begin_param(other, &mut kept);
                kept.extend_from_slice(raw);
            }
        }
        self.0 = Text::from(kept);
        true
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parameters as they stand.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The same parameters, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> AuthParams<'static> {
        AuthParams(self.0.into_owned())
    }

    /// The other parameters, and `name=` behind them.
    fn begin(&mut self, name: &str) -> Vec<u8> {
        self.remove(name);
        let text: Cow<'m, [u8]> = std::mem::take(&mut self.0).into();
        let mut text = text.into_owned();
        begin_param(name.as_bytes(), &mut text);
        text
    }
}

fn begin_param(name: &[u8], out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.extend_from_slice(b", ");
    }
    write_token(name, out);
    out.push(b'=');
}

impl std::fmt::Display for AuthParams<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_replaced_and_the_others_stay_as_they_were() {
        let mut params = AuthParams::parse(b"a = 1,B=\"x, y\"  , c=3").unwrap();
        params.set_token("A", "2");
        assert_eq!(params.as_bytes(), b"B=\"x, y\", c=3, A=2");
        assert!(params.remove("b") && !params.remove("b"));
        assert_eq!(params.as_bytes(), b"c=3, A=2");
        params.set_quoted("c", "");
        assert_eq!(params.clone().into_owned().value("c").unwrap(), "");
        assert_eq!(params.find("none"), None);
    }

    #[test]
    fn a_value_cannot_reach_out_of_its_quotes() {
        let mut params = AuthParams::NONE;
        params.set_quoted("realm", "a\" , x=\"\\");
        assert_eq!(params.iter().count(), 1);
        assert_eq!(params.value("realm").unwrap(), "a\" , x=\"\\");
        params.set_quoted("realm", "a\r\nEvil: 1");
        assert!(AuthParams::parse(params.as_bytes()).is_err());
        params.set_token("realm", "a b");
        assert!(AuthParams::parse(params.as_bytes()).is_err());
    }
}
