//! Where to find more: Alert-Info, Call-Info, Error-Info.

use super::shapes::uri_header;
use crate::{Scheme, Text};

uri_header! {
    /// What to ring or to let the caller hear: the URI of a sound (RFC 3261
    /// section 20.4), or a URN that says what the call is (RFC 7462).
    ///
    /// ```
    /// use sip_core::header::{AlertInfo, TypedHeader};
    /// use sip_core::ParseConfig;
    /// let text = b"<urn:alert:source:internal>;appearance=2";
    /// let (alert, _) = AlertInfo::decode(text, &ParseConfig::DEFAULT).unwrap();
    /// let urn = alert.urn().unwrap();
    /// assert_eq!(urn.category, "source");
    /// assert_eq!(urn.indication, "internal");
    /// assert_eq!(alert.appearance(), Some(2));
    /// ```
    AlertInfo, ALERT_INFO
}

uri_header! {
    /// More about the caller or the called: a picture, a card, a page
    /// (RFC 3261 section 20.9). Whoever fetches it tells the host that he does.
    CallInfo, CALL_INFO
}

uri_header! {
    /// More about why the request failed (RFC 3261 section 20.18).
    ErrorInfo, ERROR_INFO
}

/// The parts of a `urn:alert:` (RFC 7462 section 7). They ignore case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertUrn<'u> {
    /// What kind of thing it says: `service`, `source`, `priority`,
    /// `duration`, `delay`, `locale` or another.
    pub category: Text<'u>,
    /// What it says, the most general word first, such as `normal` or
    /// `call-waiting`, or `forward:busy` of two; never empty.
    pub indication: Text<'u>,
}

impl AlertInfo<'_> {
    /// The parts of the URI, where it is a `urn:alert:` (RFC 7462).
    #[must_use]
    pub fn urn(&self) -> Option<AlertUrn<'_>> {
        if self.uri.scheme() != Scheme::Urn {
            return None;
        }
        // `urn`, `alert`, category, indication
        let mut parts = self
            .uri
            .as_bytes()
            .splitn(4, |octet| *octet == b':')
            .skip(1);
        let namespace = parts.next()?;
        let (category, indication) = (parts.next()?, parts.next()?);
        let sound = namespace.eq_ignore_ascii_case(b"alert")
            && !category.is_empty()
            && indication
                .split(|octet| *octet == b':')
                .all(|word| !word.is_empty());
        sound.then(|| AlertUrn {
            category: Text::from(category),
            indication: Text::from(indication),
        })
    }

    /// The number of the line's appearance that is to ring (RFC 7463).
    #[must_use]
    pub fn appearance(&self) -> Option<u32> {
        self.params.number("appearance")
    }
}

impl CallInfo<'_> {
    /// What is found there: `icon`, `info`, `card` or another word (RFC 3261
    /// section 20.9).
    #[must_use]
    pub fn purpose(&self) -> Option<Text<'_>> {
        self.params.value("purpose")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::TypedHeader;
    use crate::header::round_trip::{refused, round_trip, written_as};
    use crate::{ParseConfig, Rule, Uri};

    #[test]
    fn a_uri_stands_in_angle_brackets() {
        round_trip::<AlertInfo>(b"<http://www.example.com/sounds/moo.wav>");
        round_trip::<CallInfo>(b"<http://wwww.example.com/alice/photo.jpg>;purpose=icon");
        round_trip::<ErrorInfo>(b"<sip:not-in-service-recording@atlanta.com>");
        written_as::<ErrorInfo>(b"<sip:a@b> ;x", b"<sip:a@b>;x");
        refused::<AlertInfo>(b"http://www.example.com", Rule::AngleBrackets, 0);
        refused::<AlertInfo>(b"Bellcore-dr1", Rule::AngleBrackets, 0);
        refused::<CallInfo>(b"\"Moo\" <http://a>", Rule::AngleBrackets, 0);
        refused::<CallInfo>(b"<http://a", Rule::NameAddr, 0);
        refused::<CallInfo>(b"<a>", Rule::Scheme, 2);
        refused::<ErrorInfo>(b"<sip:a@b>;", Rule::Param, 10);
    }

    #[test]
    fn an_alert_urn_has_a_category_and_an_indication() {
        let urn = |text: &str| {
            let alert = AlertInfo::new(text.parse::<Uri>().unwrap());
            alert
                .urn()
                .map(|urn| (urn.category.to_string(), urn.indication.to_string()))
        };
        let some =
            |category: &str, indication: &str| Some((category.to_owned(), indication.to_owned()));
        assert_eq!(urn("urn:alert:service:normal"), some("service", "normal"));
        assert_eq!(
            urn("URN:Alert:service:forward:busy"),
            some("service", "forward:busy")
        );
        assert_eq!(urn("urn:alert:service"), None);
        assert_eq!(urn("urn:alert:service:a::b"), None);
        assert_eq!(urn("urn:service:sos"), None);
        assert_eq!(urn("http://alert:80/x:y"), None);
    }

    #[test]
    fn purpose_and_appearance_are_parameters() {
        let text = b"<http://a/b>;Purpose=card;appearance=x";
        let (info, _) = CallInfo::decode(text, &ParseConfig::DEFAULT).unwrap();
        assert_eq!(info.purpose().unwrap(), "card");
        let (alert, _) = AlertInfo::decode(text, &ParseConfig::DEFAULT).unwrap();
        assert_eq!(alert.appearance(), None);
        let built = AlertInfo::new("urn:alert:service:normal".parse().unwrap());
        assert_eq!(built.with_param("appearance", "7").appearance(), Some(7));
    }
}
