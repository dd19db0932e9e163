//! Call transfer: Refer-To, Referred-By, Refer-Sub (RFC 3515, 3892, 4488).

use super::known_params::ParamValue;
use super::shapes::{FieldValue, address_header, params_header};
use super::{Replaces, TypedHeader, check_whole, unfold};
use crate::grammar::{self, Class, Parsed, host, is, token};
use crate::{Method, ParseConfig, ParseError, Rule, Text, Uri};

address_header! {
    /// Whom the receiver of a REFER is to call, or what else it is to do
    /// there (RFC 3515 section 2.1).
    ///
    /// ```
    /// use sip_core::header::{ReferTo, Replaces};
    /// let consultation = Replaces::new("090459243588173445", "7553452", "31431");
    /// let refer_to = ReferTo::new("sip:bob@biloxi.example".try_into()?)
    ///     .with_replaces(&consultation)?;
    /// assert_eq!(refer_to.uri.to_string(), "sip:bob@biloxi.example\
    ///     ?Replaces=090459243588173445%3Bto-tag%3D7553452%3Bfrom-tag%3D31431");
    /// assert_eq!(refer_to.replaces()?, Some(consultation));
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    ReferTo, REFER_TO, list: false, brackets: false
}

impl<'m> ReferTo<'m> {
    /// The method of the request that the receiver is to send, where the URI
    /// says it; an INVITE where not (RFC 3261 section 19.1.1).
    #[must_use]
    pub fn method(&self) -> Option<Method<'static>> {
        let params = self.uri.params();
        let method = params.value("method")?;
        Method::from_bytes(method.as_bytes())
            .ok()
            .map(Method::into_owned)
    }

    /// The dialog that the receiver's INVITE is to take the place of, see
    /// [`Replaces::in_uri`].
    ///
    /// # Errors
    /// Those of Replaces.
    pub fn replaces(&self) -> Result<Option<Replaces<'static>>, ParseError> {
        Replaces::in_uri(&self.uri)
    }

    /// The same target, to be reached by an INVITE that takes the place of
    /// that dialog: an attended transfer (RFC 5589 section 7).
    ///
    /// # Errors
    /// Where the URI is no SIP URI, or becomes longer than the limit.
    pub fn with_replaces(mut self, replaces: &Replaces<'_>) -> Result<Self, ParseError> {
        let mut value = Vec::new();
        replaces.encode(&mut value);
        unfold(&mut value, 0);
        check_whole::<Replaces<'_>>(&value)?;
        let mut uri = self.uri.as_bytes().to_vec();
        uri.push(if self.uri.headers().is_empty() {
            b'?'
        } else {
            b'&'
        });
        uri.extend_from_slice(b"Replaces=");
        escape(&value, &mut uri);
        self.uri = Uri::parse(&uri)?.into_owned();
        Ok(self)
    }
}

/// Appends the value of a URI header (`hvalue`, RFC 3261 section 25.1).
fn escape(value: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |value: u8| DIGITS.get(usize::from(value & 15)).copied().unwrap_or(b'0');
    for octet in value {
        if is(*octet, Class::URI_HEADER) {
            out.push(*octet);
        } else {
            out.extend_from_slice(&[b'%', digit(*octet >> 4), digit(*octet)]);
        }
    }
}

address_header! {
    /// Who sent the REFER that this request comes from (RFC 3892 section 3).
    ///
    /// ```
    /// use sip_core::header::{ReferredBy, TypedHeader};
    /// let text = b"<sip:alice@atlanta.example>;cid=\"20398823.2UWQFN309shb3@atlanta.example\"";
    /// let (by, _) = ReferredBy::decode(text, &Default::default()).unwrap();
    /// assert_eq!(by.cid().unwrap(), "20398823.2UWQFN309shb3@atlanta.example");
    /// ```
    ReferredBy, REFERRED_BY, list: false, brackets: false,
    params: &[("cid", ParamValue::Quoted(is_message_id))]
}

impl<'m> ReferredBy<'m> {
    /// The same referrer, vouched for by the body part with that Content-ID,
    /// which is given without angle brackets.
    #[must_use]
    pub fn with_cid(mut self, content_id: &str) -> Self {
        self.params.set_quoted("cid", content_id);
        self
    }

    /// The Content-ID, without angle brackets, of the body part that vouches
    /// for the referrer.
    #[must_use]
    pub fn cid(&self) -> Option<Text<'_>> {
        self.params.value("cid")
    }
}

/// `dot-atom "@" (dot-atom / host)`
fn is_message_id(text: &[u8]) -> bool {
    let dot_atom = |text: &[u8]| {
        text.split(|octet| *octet == b'.')
            .all(|atom| !atom.is_empty() && atom.iter().all(|octet| is(*octet, Class::TOKEN)))
    };
    let is_host =
        |text| matches!(host(text, &ParseConfig::STRICT), Ok((rest, _)) if rest.is_empty());
    let at = memchr::memchr(b'@', text).unwrap_or(text.len());
    let (left, right) = text.split_at_checked(at).unwrap_or((text, &[]));
    let right = right.get(1..).unwrap_or_default();
    dot_atom(left) && (dot_atom(right) || is_host(right))
}

params_header! {
    /// Whether a REFER is to open a subscription to what becomes of it; in its
    /// response, whether it did (RFC 4488 section 4).
    ///
    /// ```
    /// use sip_core::header::{ReferSub, TypedHeader};
    /// let (refer_sub, _) = ReferSub::decode(b"false", &Default::default()).unwrap();
    /// assert!(!refer_sub.subscribe);
    /// ```
    ReferSub<'m>, REFER_SUB, list: false,
    /// Whether there is to be a subscription.
    subscribe: bool,
    params: &[]
}

impl<'m> FieldValue<'m> for bool {
    type Owned = bool;

    fn read(input: &'m [u8]) -> Parsed<'m, Self> {
        let (rest, word) = grammar::rule(Rule::Keyword, token)(input)?;
        if word.eq_ignore_ascii_case(b"true") {
            Ok((rest, true))
        } else if word.eq_ignore_ascii_case(b"false") {
            Ok((rest, false))
        } else {
            grammar::fail(Rule::Keyword, input)
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }

    fn owned(self) -> bool {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn a_referral_says_where_to_and_by_which_method() {
        for (text, method) in [
            ("sip:alice@atlanta.example.com", None),
            (
                "<sip:bob@biloxi.example.com;method=INVITE>",
                Some(Method::INVITE),
            ),
            (
                "\"Bob\" <sips:b@c;method=SUBSCRIBE?Event=dialog>;x=y",
                Some(Method::SUBSCRIBE),
            ),
            (
                "<sip:bob@biloxi.example.com;method=invite>",
                Some(Method::from_bytes(b"invite").unwrap()),
            ),
            ("http://www.ietf.org/index.html", None),
            ("<tel:+12125551234>", None),
        ] {
            assert_eq!(value::<ReferTo>(text).method(), method, "{text}");
            let in_brackets = match text.ends_with('>') || text.contains(">;") {
                true => text.to_owned(),
                false => format!("<{text}>"),
            };
            written_as::<ReferTo>(text, in_brackets);
        }
        refused::<ReferTo>("sip:a@b?Replaces=1", Rule::AngleBrackets, 7);
        refused::<ReferTo>("<sip:a@b", Rule::NameAddr, 0);
    }

    #[test]
    fn an_attended_transfer_goes_there_and_back() {
        let replaces = Replaces::new("a<b>\"c\"@[d]{e}%f", "1", "2").with_early_only();
        for uri in ["sip:b@c;method=INVITE", "sip:b@c?Require=replaces"] {
            let refer_to = ReferTo::new(uri.try_into().unwrap());
            let refer_to = refer_to.with_replaces(&replaces).unwrap();
            assert!(refer_to.uri.to_string().starts_with(uri));
            let mut text = Vec::new();
            refer_to.encode(&mut text);
            let text = String::from_utf8(text).unwrap();
            let read = value::<ReferTo>(&text).replaces().unwrap();
            assert_eq!(read, Some(replaces.clone()), "{text}");
        }
        let elsewhere = ReferTo::new("tel:+1".try_into().unwrap());
        assert!(elsewhere.with_replaces(&replaces).is_err());
    }

    #[test]
    fn the_referrer_may_be_vouched_for_by_a_body_part() {
        let text = "sip:r@ref.example;cid=\"2UWQFN309shb3@ref.example\"";
        let by = value::<ReferredBy>(text);
        assert_eq!(by.cid().unwrap(), "2UWQFN309shb3@ref.example");
        written_as::<ReferredBy>(
            text,
            "<sip:r@ref.example>;cid=\"2UWQFN309shb3@ref.example\"",
        );
        round_trip::<ReferredBy>("Alice <sip:a@b;x>;CID=\"a.b@[::1]\";q");
        let built = ReferredBy::new("sip:a@b".try_into().unwrap()).with_cid("a@b");
        assert_eq!(built.params.as_bytes(), b";cid=\"a@b\"");
        for (bad, rule, octet) in [
            ("<sip:a@b>;cid=a", Rule::QuotedString, 14),
            ("<sip:a@b>;cid", Rule::Param, 13),
            ("<sip:a@b>;cid=\"a\"", Rule::Param, 14),
            ("<sip:a@b>;cid=\"a..b@c\"", Rule::Param, 14),
            ("<sip:a@b>;cid=\"<a@b>\"", Rule::Param, 14),
            ("<sip:a@b>;cid=\"a@b\";cid=\"a@b\"", Rule::RepeatedParam, 19),
        ] {
            refused::<ReferredBy>(bad, rule, octet);
        }
    }

    #[test]
    fn a_subscription_is_wanted_or_not() {
        written_as::<ReferSub>("TRUE ;x=1", "true;x=1");
        assert_eq!(value::<ReferSub>("False"), ReferSub::new(false));
        for bad in ["", "yes", "truefalse", ";x"] {
            refused::<ReferSub>(bad, Rule::Keyword, 0);
        }
    }
}
