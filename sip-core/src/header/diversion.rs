//! Diversion: who sent a call on, in the form that older systems use.

use super::shapes::{address_header, keyword};
use crate::Text;

address_header! {
    /// Who sent the call on, and why; the last who did stands first (RFC 5806
    /// section 4). History-Info says the same in the way of today; RFC 7544
    /// maps one to the other.
    ///
    /// ```
    /// use sip_core::header::{Diversion, DiversionReason, TypedHeader};
    /// use sip_core::{ParseConfig, Uri};
    /// let text = b"\"Bob\" <sip:bob@example.com>;reason=no-answer;counter=2;privacy=off";
    /// let (diversion, _) = Diversion::decode(text, &ParseConfig::DEFAULT).unwrap();
    /// assert_eq!(diversion.reason(), Some(DiversionReason::NO_ANSWER));
    /// assert_eq!(diversion.count(), 2);
    ///
    /// let carol: Uri = "sip:carol@example.com".parse()?;
    /// let diversion = Diversion::new(carol).with_reason(&DiversionReason::USER_BUSY);
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    Diversion, DIVERSION, list: true, brackets: true
}

keyword! {
    /// Why a call was sent on (`diversion-reason`, RFC 5806 section 4).
    DiversionReason {
        /// It is not known.
        UNKNOWN = "unknown";
        /// The user was busy.
        USER_BUSY = "user-busy";
        /// Nobody answered.
        NO_ANSWER = "no-answer";
        /// The user could not be reached.
        UNAVAILABLE = "unavailable";
        /// Every call is sent on.
        UNCONDITIONAL = "unconditional";
        /// At this time of day it is.
        TIME_OF_DAY = "time-of-day";
        /// The user does not want to be disturbed.
        DO_NOT_DISTURB = "do-not-disturb";
        /// The user sent this one call on.
        DEFLECTION = "deflection";
        /// The user is to be found elsewhere.
        FOLLOW_ME = "follow-me";
        /// The user's line is out of service.
        OUT_OF_SERVICE = "out-of-service";
        /// The user is away.
        AWAY = "away";
    }
}

impl<'m> Diversion<'m> {
    /// The same diversion for that reason.
    #[must_use]
    pub fn with_reason(mut self, reason: &DiversionReason<'_>) -> Self {
        self.params.set("reason", reason);
        self
    }

    /// The same diversion, counted that often; at most 99.
    #[must_use]
    pub fn with_count(mut self, count: u8) -> Self {
        self.params.set("counter", count.min(99).to_string());
        self
    }

    /// The same diversion, with so many more allowed; at most 99.
    #[must_use]
    pub fn with_limit(mut self, limit: u8) -> Self {
        self.params.set("limit", limit.min(99).to_string());
        self
    }

    /// The same diversion with that privacy: `full`, `name`, `uri` or `off`.
    #[must_use]
    pub fn with_privacy(mut self, privacy: &str) -> Self {
        self.params.set("privacy", privacy);
        self
    }

    /// The same diversion, its address checked by a server or not.
    #[must_use]
    pub fn with_screen(mut self, screened: bool) -> Self {
        self.params
            .set("screen", if screened { "yes" } else { "no" });
        self
    }

    /// Why the call was sent on.
    #[must_use]
    pub fn reason(&self) -> Option<DiversionReason<'_>> {
        self.params.value("reason").map(DiversionReason::from)
    }

    /// How many diversions this value stands for: 1 where it does not say.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.params.number("counter").unwrap_or(1)
    }

    /// How many more diversions are allowed.
    #[must_use]
    pub fn limit(&self) -> Option<u32> {
        self.params.number("limit")
    }

    /// What is not to be shown to the called: `full`, `name`, `uri` or `off`.
    #[must_use]
    pub fn privacy(&self) -> Option<Text<'_>> {
        self.params.value("privacy")
    }

    /// Whether a server has checked the address: `yes` or `no`.
    #[must_use]
    pub fn screen(&self) -> Option<Text<'_>> {
        self.params.value("screen")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::TypedHeader;
    use crate::{ParseConfig, Rule, Uri};

    #[test]
    fn what_is_set_is_read_again() {
        let bob: Uri = "sip:bob@example.com".parse().unwrap();
        let diversion = Diversion::new(bob)
            .with_reason(&DiversionReason::FOLLOW_ME)
            .with_count(200)
            .with_limit(5)
            .with_privacy("full")
            .with_screen(false);
        let mut text = Vec::new();
        diversion.encode(&mut text);
        assert_eq!(
            text,
            b"<sip:bob@example.com>;reason=follow-me;counter=99;limit=5;privacy=full;screen=no"
        );
        let (read, rest) = Diversion::decode(&text, &ParseConfig::STRICT).unwrap();
        let read = read.into_owned();
        assert_eq!(rest, b"");
        assert_eq!(read.reason(), Some(DiversionReason::FOLLOW_ME));
        assert_eq!((read.count(), read.limit()), (99, Some(5)));
        assert_eq!(read.privacy().unwrap(), "full");
        assert_eq!(read.screen().unwrap(), "no");
        let mut again = Vec::new();
        read.encode(&mut again);
        assert_eq!(again, text);
    }

    #[test]
    fn quotes_and_case_make_no_difference_to_a_reason() {
        let text = b"<sip:a@b>;reason=\"User-Busy\";counter=x, <sip:c@d>";
        let (diversion, rest) = Diversion::decode(text, &ParseConfig::DEFAULT).unwrap();
        assert_eq!(diversion.reason(), Some(DiversionReason::USER_BUSY));
        assert_eq!((diversion.count(), diversion.limit()), (1, None));
        assert_eq!(rest, b", <sip:c@d>");
        let fault = Diversion::decode(b"sip:a@b;reason=x", &ParseConfig::DEFAULT).unwrap_err();
        assert_eq!(fault.rule, Rule::AngleBrackets);
    }
}
