//! Feature parameters: what a user agent can do, and what one is looked for
//! that can (RFC 3840).
//!
//! They stand among the parameters of Contact, Accept-Contact, Reject-Contact
//! and Feature-Caps. The common ones have names of their own, such as `audio`,
//! `methods` and `isfocus`; all others begin with a plus: `+sip.instance`.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::digit1;
use nom::combinator::{opt, recognize, value};
use nom::multi::separated_list1;

use super::params::{Param, Params};
use crate::grammar::{Class, Parsed, comma, fail, is, octet, run};
use crate::{Rule, Text};

/// The features that have names without a plus (`base-tags`, RFC 3840
/// section 9).
const BASE_TAGS: [&str; 20] = [
    "actor",
    "application",
    "audio",
    "automata",
    "class",
    "control",
    "data",
    "description",
    "duplex",
    "events",
    "extensions",
    "isfocus",
    "language",
    "methods",
    "mobility",
    "priority",
    "schemes",
    "text",
    "type",
    "video",
];

/// What a feature parameter says of its feature (RFC 3840 section 9).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FeatureValue<'p> {
    /// The feature has one of these values. A parameter without a value is
    /// `TRUE`.
    AnyOf(Vec<FeatureTag<'p>>),
    /// The feature has this text as its value, which stood in angle brackets.
    Text(Text<'p>),
}

/// One value of a feature, or with `not` every other (`tag-value`, RFC 3840
/// section 9).
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureTag<'p> {
    /// The feature has every value but this.
    pub not: bool,
    /// The value.
    pub value: FeatureTagValue<'p>,
}

/// A value of a feature.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FeatureTagValue<'p> {
    /// `TRUE` or `FALSE`.
    Boolean(bool),
    /// A word, such as a method or a language; its case makes no difference.
    Token(Text<'p>),
    /// A number from the first to the last of these, both included; an end
    /// that is open is infinite.
    Range(f64, f64),
}

impl FeatureValue<'_> {
    /// Whether the feature is there: `TRUE` is among its values.
    #[must_use]
    pub fn is_true(&self) -> bool {
        let wanted = FeatureTag {
            not: false,
            value: FeatureTagValue::Boolean(true),
        };
        matches!(self, FeatureValue::AnyOf(tags) if tags.contains(&wanted))
    }

    /// Whether that word is among the feature's values.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        match self {
            FeatureValue::AnyOf(tags) => tags.iter().any(|tag| {
                !tag.not
                    && matches!(&tag.value, FeatureTagValue::Token(token) if token.eq_ignore_case(word))
            }),
            FeatureValue::Text(_) => false,
        }
    }

    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> FeatureValue<'static> {
        match self {
            FeatureValue::AnyOf(tags) => {
                FeatureValue::AnyOf(tags.into_iter().map(FeatureTag::into_owned).collect())
            }
            FeatureValue::Text(text) => FeatureValue::Text(text.into_owned()),
        }
    }
}

impl FeatureTag<'_> {
    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> FeatureTag<'static> {
        FeatureTag {
            not: self.not,
            value: match self.value {
                FeatureTagValue::Boolean(value) => FeatureTagValue::Boolean(value),
                FeatureTagValue::Token(token) => FeatureTagValue::Token(token.into_owned()),
                FeatureTagValue::Range(from, to) => FeatureTagValue::Range(from, to),
            },
        }
    }
}

impl Params<'_> {
    /// What the parameters say of that feature, whose name is written as the
    /// parameter is: `audio`, `+sip.instance` (RFC 3840 section 9). `None`
    /// where they say nothing, or what is no feature value.
    ///
    /// ```
    /// use sip_core::header::{FeatureTagValue, FeatureValue, Params};
    /// let params = Params::parse(br##";audio;methods="INVITE,BYE";priority="#>=10""##)?;
    /// assert!(params.feature("audio").unwrap().is_true());
    /// assert!(params.feature("methods").unwrap().has("BYE"));
    /// let Some(FeatureValue::AnyOf(tags)) = params.feature("priority") else { unreachable!() };
    /// assert_eq!(tags[0].value, FeatureTagValue::Range(10.0, f64::INFINITY));
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    #[must_use]
    pub fn feature(&self, name: &str) -> Option<FeatureValue<'_>> {
        feature_value(&self.find(name)?)
    }

    /// The names of the features that the parameters speak of, in their
    /// order.
    pub fn feature_names(&self) -> impl Iterator<Item = Text<'_>> {
        self.iter().map(|param| param.name).filter(is_feature_name)
    }
}

/// `enc-feature-tag`
fn is_feature_name(name: &Text<'_>) -> bool {
    is_other_tag(name) || BASE_TAGS.iter().any(|tag| name.eq_ignore_case(tag))
}

/// `"+" ftag-name`
pub(super) fn is_other_tag(name: &Text<'_>) -> bool {
    let allowed = |octet: &u8| octet.is_ascii_alphanumeric() || b"!'.-%".contains(octet);
    match name.as_bytes() {
        [b'+', first, rest @ ..] => first.is_ascii_alphabetic() && rest.iter().all(allowed),
        _ => false,
    }
}

/// What the parameter says, if it is a feature's.
pub(super) fn feature_value<'p>(param: &Param<'p>) -> Option<FeatureValue<'p>> {
    let Some(raw) = &param.raw else {
        return Some(FeatureValue::AnyOf(vec![FeatureTag {
            not: false,
            value: FeatureTagValue::Boolean(true),
        }]));
    };
    if raw.as_bytes().first() != Some(&b'"') {
        return None;
    }
    let value = param.value()?;
    match value.as_borrowed() {
        Some(octets) => read(octets),
        None => read(value.as_bytes()).map(FeatureValue::into_owned),
    }
}

/// What stands in the quotes: `tag-value-list / string-value`.
fn read(text: &[u8]) -> Option<FeatureValue<'_>> {
    if let [b'<', inside @ .., b'>'] = text {
        return Some(FeatureValue::Text(Text::from(inside)));
    }
    // User agents put white space behind the commas, where there is to be none.
    match separated_list1(comma, tag_value).parse(text) {
        Ok(([], tags)) => Some(FeatureValue::AnyOf(tags)),
        _ => None,
    }
}

/// `tag-value = ["!"] (token-nobang / boolean / numeric)`
fn tag_value(input: &[u8]) -> Parsed<'_, FeatureTag<'_>> {
    let (input, bang) = opt(octet(b'!')).parse(input)?;
    let (rest, value) = match input {
        [b'#', number @ ..] => numeric(number)?,
        _ => word(input)?,
    };
    let not = bang.is_some();
    Ok((rest, FeatureTag { not, value }))
}

/// `token-nobang / boolean`
fn word(input: &[u8]) -> Parsed<'_, FeatureTagValue<'_>> {
    let (rest, word) =
        take_while1(|octet| octet != b'!' && is(octet, Class::TOKEN)).parse(input)?;
    let word = Text::from(word);
    let value = if word.eq_ignore_case("TRUE") {
        FeatureTagValue::Boolean(true)
    } else if word.eq_ignore_case("FALSE") {
        FeatureTagValue::Boolean(false)
    } else {
        FeatureTagValue::Token(word)
    };
    Ok((rest, value))
}

/// `numeric`, behind its `#`.
fn numeric(input: &[u8]) -> Parsed<'_, FeatureTagValue<'_>> {
    let (rest, (open_below, open_above)) = alt((
        value((false, true), tag(">=")),
        value((true, false), tag("<=")),
        value((false, false), tag("=")),
        value((false, false), nom::combinator::success(())),
    ))
    .parse(input)?;
    let has_relation = rest.len() < input.len();
    let (rest, first) = number(rest)?;
    let range = |from, to| FeatureTagValue::Range(from, to);
    match rest {
        [b':', last @ ..] if !has_relation => {
            let (rest, last) = number(last)?;
            Ok((rest, range(first, last)))
        }
        _ if !has_relation => fail(Rule::Number, input),
        _ if open_above => Ok((rest, range(first, f64::INFINITY))),
        _ if open_below => Ok((rest, range(f64::NEG_INFINITY, first))),
        _ => Ok((rest, range(first, first))),
    }
}

/// `number = [ "+" / "-" ] 1*DIGIT ["." 0*DIGIT]`
fn number(input: &[u8]) -> Parsed<'_, f64> {
    let sign = opt(alt((octet(b'+'), octet(b'-'))));
    let fraction = opt((octet(b'.'), run(Class::DIGIT)));
    let (rest, text) = recognize((sign, digit1, fraction)).parse(input)?;
    match std::str::from_utf8(text)
        .ok()
        .and_then(|text| text.parse().ok())
    {
        Some(number) => Ok((rest, number)),
        None => fail(Rule::Number, input),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(param: &str) -> Option<String> {
        let params = Params::parse(param.as_bytes()).unwrap();
        let name = params.iter().next().unwrap().name.to_string();
        params.feature(&name).map(|value| format!("{value:?}"))
    }

    #[test]
    fn a_feature_is_a_list_of_values_or_a_text() {
        let tags = |tags: &[(bool, FeatureTagValue<'static>)]| {
            let tags = tags.iter().cloned();
            let tags = tags.map(|(not, value)| FeatureTag { not, value }).collect();
            Some(format!("{:?}", FeatureValue::AnyOf(tags)))
        };
        let token = |text| FeatureTagValue::Token(Text::new(text));
        let range = FeatureTagValue::Range;
        let truth = FeatureTagValue::Boolean;
        assert_eq!(feature(";video"), tags(&[(false, truth(true))]));
        assert_eq!(feature(";video=\"TRUE\""), tags(&[(false, truth(true))]));
        assert_eq!(feature(";video=\"!False\""), tags(&[(true, truth(false))]));
        assert_eq!(
            feature(";mobility=\"!mobile,fixed\""),
            tags(&[(true, token("mobile")), (false, token("fixed"))])
        );
        assert_eq!(
            feature(";methods=\"INVITE, ACK\""),
            tags(&[(false, token("INVITE")), (false, token("ACK"))])
        );
        for (text, from, to) in [
            ("#=5", 5.0, 5.0),
            ("#>=-1.5", -1.5, f64::INFINITY),
            ("#<=+10.", f64::NEG_INFINITY, 10.0),
            ("#1:20.25", 1.0, 20.25),
        ] {
            let param = format!(";priority=\"!{text}\"");
            assert_eq!(feature(&param), tags(&[(true, range(from, to))]), "{text}");
        }
        assert_eq!(
            feature(r#";+sip.x="<a \"b\", c>""#),
            Some(format!("{:?}", FeatureValue::Text(Text::new("a \"b\", c"))))
        );
        for bad in [
            ";video=TRUE",
            ";video=\"\"",
            ";video=\"a,\"",
            ";video=\"!!a\"",
            ";video=\"#5\"",
            ";video=\"#>=1:2\"",
            ";video=\"#=\"",
            ";video=\"<a\"",
            ";video=\"a b\"",
        ] {
            assert_eq!(feature(bad), None, "{bad}");
        }
    }

    #[test]
    fn features_are_told_from_other_parameters() {
        let params =
            Params::parse(b";q=1;Audio;+sip.instance=\"<x>\";expires=3;+1x;reg-id=1;isfocus;+a_b");
        let names: Vec<String> = params
            .as_ref()
            .unwrap()
            .feature_names()
            .map(|name| name.to_string())
            .collect();
        assert_eq!(names, ["Audio", "+sip.instance", "isfocus"]);
    }
}
