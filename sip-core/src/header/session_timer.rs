//! Session timers: how long a session lasts that nobody refreshes (RFC 4028).

use std::fmt;

use super::known_params::ParamValue;
use super::shapes::params_header;

params_header! {
    /// After how many seconds without a refresh the session ends, and who
    /// refreshes it (RFC 4028 section 4).
    ///
    /// ```
    /// use sip_core::header::{Refresher, SessionExpires, TypedHeader};
    /// let text = b"1800;refresher=uas";
    /// let (expires, _) = SessionExpires::decode(text, &Default::default()).unwrap();
    /// assert_eq!(expires.seconds, 1_800);
    /// assert_eq!(expires.refresher(), Some(Refresher::Uas));
    /// ```
    SessionExpires<'m>, SESSION_EXPIRES, list: false,
    /// The session interval, in seconds. Less than 90 is asked for by no
    /// sound peer (RFC 4028 section 4), but may stand here.
    seconds: u32,
    params: &[("refresher", ParamValue::Word(&["uac", "uas"]))]
}

params_header! {
    /// The least session interval that a server or proxy puts up with
    /// (RFC 4028 section 5). Where it is absent, it is 90 seconds.
    ///
    /// ```
    /// use sip_core::header::{MinSe, TypedHeader};
    /// let (least, _) = MinSe::decode(b"90", &Default::default()).unwrap();
    /// assert_eq!(least.seconds, 90);
    /// ```
    MinSe<'m>, MIN_SE, list: false,
    /// The session interval, in seconds.
    seconds: u32,
    params: &[]
}

/// Who refreshes a session, told by the part that it has in the request that
/// carries the header, or that the response with the header answers (RFC 4028
/// section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refresher {
    /// Who sent the request.
    Uac,
    /// Who answers it.
    Uas,
}

impl Refresher {
    fn as_str(self) -> &'static str {
        match self {
            Refresher::Uac => "uac",
            Refresher::Uas => "uas",
        }
    }
}

impl fmt::Display for Refresher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl SessionExpires<'_> {
    /// The same interval, refreshed by that side.
    #[must_use]
    pub fn with_refresher(mut self, refresher: Refresher) -> Self {
        self.params.set("refresher", refresher.as_str());
        self
    }

    /// Who refreshes the session; where it is absent, that is yet to be
    /// settled.
    #[must_use]
    pub fn refresher(&self) -> Option<Refresher> {
        let value = self.params.value("refresher")?;
        [Refresher::Uac, Refresher::Uas]
            .into_iter()
            .find(|refresher| value.eq_ignore_case(refresher.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn a_session_lasts_and_one_side_refreshes_it() {
        assert_eq!(value::<SessionExpires>("4000").refresher(), None);
        let text = "4294967295 ;x;Refresher=UAC";
        assert_eq!(
            value::<SessionExpires>(text).refresher(),
            Some(Refresher::Uac)
        );
        written_as::<SessionExpires>(text, "4294967295;x;Refresher=UAC");
        let built = SessionExpires::new(90_u32).with_refresher(Refresher::Uas);
        assert_eq!(value::<SessionExpires>("90;refresher=uas"), built);
        for (bad, rule, octet) in [
            ("", Rule::Number, 0),
            ("x", Rule::Number, 0),
            ("4294967296", Rule::Number, 0),
            ("90;refresher", Rule::Param, 12),
            ("90;refresher=both", Rule::Keyword, 13),
            ("90;refresher=uac;refresher=uac", Rule::RepeatedParam, 16),
        ] {
            refused::<SessionExpires>(bad, rule, octet);
        }
    }

    #[test]
    fn the_least_interval_may_have_parameters() {
        round_trip::<MinSe>("3600;a=b");
        refused::<MinSe>("99999999999", Rule::Number, 0);
    }
}
