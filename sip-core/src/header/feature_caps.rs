//! Feature-Caps: what a proxy or another element on the way can do, for which
//! no Contact speaks (RFC 6809).

use super::feature::{feature_value, is_other_tag};
use super::params::{ParamIter, Params};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode, fail};
use crate::{Fault, ParseConfig, Rule};

/// What the element that put this header into the message can do (RFC 6809
/// section 6.2): `*` and feature parameters that begin with a plus.
///
/// ```
/// use sip_core::header::{FeatureCaps, TypedHeader};
/// let text = b"*;+g.3gpp.srvcc;+g.3gpp.atcf=\"<tel:+358-50-1234567>\"";
/// let (caps, _) = FeatureCaps::decode(text, &Default::default()).unwrap();
/// assert!(caps.0.feature("+g.3gpp.srvcc").unwrap().is_true());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureCaps<'m>(pub Params<'m>);

impl FeatureCaps<'_> {
    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> FeatureCaps<'static> {
        FeatureCaps(self.0.into_owned())
    }
}

impl TypedHeader for FeatureCaps<'_> {
    type Value<'m> = FeatureCaps<'m>;
    const NAME: HeaderName<'static> = HeaderName::FEATURE_CAPS;
    const LIST: bool = true;

    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (text, rest) = read_star(input, config)?;
        let mut params = ParamIter::over(text);
        while let Some(param) = params.next() {
            if !is_other_tag(&param.name) || feature_value(&param).is_none() {
                let raw = param.raw.map_or(0, |raw| raw.len());
                let left = params.rest().len().saturating_add(raw);
                return Err(Fault {
                    rule: Rule::Param,
                    remaining: left.saturating_add(rest.len()),
                });
            }
        }
        Ok((FeatureCaps(Params::known(text)), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        write_star(&self.0, out);
    }
}

/// `*` and parameters, none of which may stand twice; gives their text.
pub(super) fn read_star<'m>(
    input: &'m [u8],
    config: &ParseConfig,
) -> Result<(&'m [u8], &'m [u8]), Fault> {
    let [b'*', after @ ..] = input else {
        return decode(fail(Rule::Keyword, input));
    };
    let (text, rest) = decode(grammar::params(after, config))?;
    let mut left = ParamIter::over(text);
    loop {
        let before = left.rest();
        let Some(param) = left.next() else {
            return Ok((text, rest));
        };
        let earlier = ParamIter::over(grammar::consumed(text, before));
        let name = param.name.as_bytes();
        if earlier
            .into_iter()
            .any(|earlier| earlier.name.as_bytes().eq_ignore_ascii_case(name))
        {
            return Err(Fault {
                rule: Rule::RepeatedParam,
                remaining: before.len().saturating_add(rest.len()),
            });
        }
    }
}

pub(super) fn write_star(params: &Params<'_>, out: &mut Vec<u8>) {
    out.push(b'*');
    out.extend_from_slice(params.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value};

    #[test]
    fn an_element_says_what_it_can_do() {
        let text = "*;+sip.pns=\"acme\";+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp.mmtel\";+a!b'c";
        round_trip::<FeatureCaps>(text);
        assert!(
            value::<FeatureCaps>(text)
                .0
                .feature("+sip.pns")
                .unwrap()
                .has("acme")
        );
        round_trip::<FeatureCaps>("*");
        for (bad, rule, octet) in [
            ("", Rule::Keyword, 0),
            (";+a", Rule::Keyword, 0),
            ("*;", Rule::Param, 2),
            ("*;audio", Rule::Param, 7),
            ("*;+a;+1", Rule::Param, 7),
            ("*;+a=b", Rule::Param, 5),
            ("*;+a=\"b c\";+d", Rule::Param, 5),
            ("*;+a;+b;+A", Rule::RepeatedParam, 7),
        ] {
            refused::<FeatureCaps>(bad, rule, octet);
        }
    }
}
