//! Answering without a person: intercoms and push-to-talk (RFC 5373).

use super::known_params::ParamValue;
use super::shapes::{keyword, params_header};

keyword! {
    /// How a call is to be answered (`answer-mode-value`, RFC 5373 section 2).
    AnswerModeValue {
        /// By a person.
        MANUAL = "Manual";
        /// By the phone itself.
        AUTO = "Auto";
    }
}

params_header! {
    /// How the caller would like the call to be answered; in a response, how
    /// it was (RFC 5373 section 2).
    ///
    /// ```
    /// use sip_core::header::{AnswerMode, AnswerModeValue, TypedHeader};
    /// let (mode, _) = AnswerMode::decode(b"Auto;require", &Default::default()).unwrap();
    /// assert_eq!(mode.mode, AnswerModeValue::AUTO);
    /// assert!(mode.is_required());
    /// ```
    AnswerMode<'m>, ANSWER_MODE, list: false,
    /// How.
    mode: AnswerModeValue<'m>,
    params: &[("require", ParamValue::Absent)]
}

params_header! {
    /// As [`AnswerMode`], but from a caller that asks to override what the
    /// phone is set to, such as a public address system in an emergency
    /// (RFC 5373 section 2).
    ///
    /// ```
    /// use sip_core::header::{AnswerModeValue, PrivAnswerMode};
    /// let mode = PrivAnswerMode::new(AnswerModeValue::AUTO).with_require();
    /// assert_eq!(mode.params.as_bytes(), b";require");
    /// ```
    PrivAnswerMode<'m>, PRIV_ANSWER_MODE, list: false,
    /// How.
    mode: AnswerModeValue<'m>,
    params: &[("require", ParamValue::Absent)]
}

macro_rules! require_param {
    ($type:ident) => {
        impl $type<'_> {
            /// The same mode, and no other will do.
            #[must_use]
            pub fn with_require(mut self) -> Self {
                self.params.set_flag("require");
                self
            }

            /// Whether a phone that cannot answer so is to refuse the call.
            #[must_use]
            pub fn is_required(&self) -> bool {
                self.params.contains("require")
            }
        }
    };
}

require_param!(AnswerMode);
require_param!(PrivAnswerMode);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn a_mode_is_any_token_and_may_be_required() {
        assert_eq!(value::<AnswerMode>("MANUAL").mode, AnswerModeValue::MANUAL);
        assert!(!value::<PrivAnswerMode>("Auto;x").is_required());
        written_as::<AnswerMode>("Auto ; require", "Auto; require");
        round_trip::<PrivAnswerMode>("later;a=b");
        for (bad, rule, octet) in [
            ("", Rule::Token, 0),
            (";require", Rule::Token, 0),
            ("Auto;require=yes", Rule::Param, 13),
            ("Auto;require;require", Rule::RepeatedParam, 12),
        ] {
            refused::<AnswerMode>(bad, rule, octet);
            refused::<PrivAnswerMode>(bad, rule, octet);
        }
    }
}
