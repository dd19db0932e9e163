//! Reason: why a request was sent, or a call refused, in the words of the
//! protocol that says so.

use super::shapes::{keyword, params_header};
use crate::{StatusCode, Text};

keyword! {
    /// The protocol whose cause codes a reason uses (RFC 3326 section 2).
    ReasonProtocol {
        /// The cause is a status code of SIP.
        SIP = "SIP";
        /// The cause is one of the telephone network's (ITU-T Q.850), 0 to 127.
        Q850 = "Q.850";
        /// Why the call was taken for a more urgent one (RFC 4411).
        PREEMPTION = "Preemption";
        /// The cause is a status code that says what was wrong with an
        /// identity (RFC 8224 section 6.2.2, RFC 9410).
        STIR = "STIR";
    }
}

params_header! {
    /// Why: a protocol, and its cause in a number and in words (RFC 3326
    /// section 2). There is one for each protocol, and there may be more where
    /// the protocol says what that means (RFC 9366).
    ///
    /// ```
    /// use sip_core::header::{Reason, ReasonProtocol, TypedHeader};
    /// use sip_core::{ParseConfig, StatusCode};
    /// let text = b"Q.850 ;cause=16 ;text=\"Normal call clearing\";location=LN";
    /// let (reason, _) = Reason::decode(text, &ParseConfig::DEFAULT).unwrap();
    /// assert_eq!(reason.protocol, ReasonProtocol::Q850);
    /// assert_eq!(reason.cause(), Some(16));
    /// assert_eq!(reason.text().unwrap(), "Normal call clearing");
    ///
    /// let mut text = Vec::new();
    /// Reason::sip(StatusCode::OK).with_text("Call completed elsewhere").encode(&mut text);
    /// assert_eq!(text, b"SIP;cause=200;text=\"Call completed elsewhere\"");
    /// ```
    Reason<'m>, REASON, list: true,
    /// Whose cause it is.
    protocol: ReasonProtocol<'m>,
    params: &[]
}

impl<'m> Reason<'m> {
    /// A status code of SIP.
    #[must_use]
    pub fn sip(status: StatusCode) -> Self {
        Reason::new(ReasonProtocol::SIP).with_cause(u32::from(status.code()))
    }

    /// A cause of the telephone network, 0 to 127 (ITU-T Q.850).
    #[must_use]
    pub fn q850(cause: u8) -> Self {
        Reason::new(ReasonProtocol::Q850).with_cause(u32::from(cause))
    }

    /// The same reason with that cause.
    #[must_use]
    pub fn with_cause(mut self, cause: u32) -> Self {
        self.params.set("cause", cause.to_string());
        self
    }

    /// The same reason with those words.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.params.set_quoted("text", text);
        self
    }

    /// The same reason, from that place in the telephone network.
    #[must_use]
    pub fn with_location(mut self, location: &str) -> Self {
        self.params.set("location", location);
        self
    }

    /// The cause, in the protocol's numbers.
    #[must_use]
    pub fn cause(&self) -> Option<u32> {
        self.params.number("cause")
    }

    /// The cause in words.
    #[must_use]
    pub fn text(&self) -> Option<Text<'_>> {
        self.params.value("text")
    }

    /// Where in the telephone network a cause of Q.850 comes from: `U` the
    /// user, `LPN` the private network that serves the local user, `LN` the
    /// public one, `TN` the transit network, and so on (RFC 8606).
    #[must_use]
    pub fn location(&self) -> Option<Text<'_>> {
        self.params.value("location")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::TypedHeader;
    use crate::{ParseConfig, Rule};

    #[test]
    fn reasons_stand_in_a_list() {
        let text = b"SIP ;cause=600 ;text=\"Busy, Everywhere\", q.850;cause=17;location=U";
        let config = ParseConfig::DEFAULT;
        let (sip, rest) = Reason::decode(text, &config).unwrap();
        assert_eq!(
            (&sip.protocol, sip.cause()),
            (&ReasonProtocol::SIP, Some(600))
        );
        assert_eq!(sip.text().unwrap(), "Busy, Everywhere");
        let (q850, rest) = Reason::decode(&rest[2..], &config).unwrap();
        assert_eq!((&q850.protocol, rest), (&ReasonProtocol::Q850, &b""[..]));
        assert_eq!(q850.location().unwrap(), "U");
    }

    #[test]
    fn what_is_set_is_read_again() {
        for reason in [
            Reason::q850(16).with_text("Terminated").with_location("LN"),
            Reason::sip(StatusCode::BUSY_HERE).with_text("\"quoted\""),
            Reason::new(ReasonProtocol::from("Own")),
        ] {
            let mut text = Vec::new();
            reason.encode(&mut text);
            let (read, rest) = Reason::decode(&text, &ParseConfig::STRICT).unwrap();
            assert_eq!((&read, rest), (&reason, &b""[..]));
            assert_eq!(read.into_owned(), reason);
        }
        let mut text = Vec::new();
        Reason::q850(16).with_text("Terminated").encode(&mut text);
        assert_eq!(text, b"Q.850;cause=16;text=\"Terminated\"");
    }

    #[test]
    fn a_reason_is_a_token_with_parameters() {
        for (text, rule) in [
            (&b""[..], Rule::Token),
            (b";cause=1", Rule::Token),
            (b"SIP;", Rule::Param),
            (b"SIP;text=\"x", Rule::QuotedString),
        ] {
            let fault = Reason::decode(text, &ParseConfig::DEFAULT).unwrap_err();
            assert_eq!(fault.rule, rule);
        }
        let (odd, _) = Reason::decode(b"SIP;cause=x", &ParseConfig::DEFAULT).unwrap();
        assert_eq!(odd.cause(), None);
    }
}
