//! Caller preferences: which of the callee's devices to ring, and how proxies
//! are to look for them (RFC 3841).

use std::fmt;

use super::feature_caps::{read_star, write_star};
use super::known_params::{KnownParam, ParamValue, check_known};
use super::params::Params;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, decode, token};
use crate::{Fault, ParseConfig, Rule};

/// A header that is `*` and feature parameters.
macro_rules! feature_set_header {
    ($(#[$doc:meta])* $type:ident, $name:ident, params: $known:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $type<'m>(pub Params<'m>);

        impl $type<'_> {
            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: HeaderName<'static> = HeaderName::$name;
            const LIST: bool = true;

            fn decode<'m>(
                input: &'m [u8],
                config: &ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
                const KNOWN: &[KnownParam] = $known;
                let (text, rest) = read_star(input, config)?;
                check_known(text, rest, KNOWN)?;
                Ok(($type(Params::known(text)), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                write_star(&self.0, out);
            }
        }
    };
}

feature_set_header! {
    /// What a device should be able to do to be rung (RFC 3841 section 9.2):
    /// `*` and feature parameters.
    ///
    /// ```
    /// use sip_core::header::{AcceptContact, TypedHeader};
    /// let text = b"*;mobility=\"fixed\";methods=\"INVITE\";require;explicit";
    /// let (accept, _) = AcceptContact::decode(text, &Default::default()).unwrap();
    /// assert!(accept.0.feature("mobility").unwrap().has("fixed"));
    /// assert!(accept.is_required() && accept.is_explicit());
    /// ```
    AcceptContact, ACCEPT_CONTACT,
    params: &[("require", ParamValue::Absent), ("explicit", ParamValue::Absent)]
}

feature_set_header! {
    /// What a device must not be able to do to be rung (RFC 3841 section
    /// 9.2): `*` and feature parameters.
    ///
    /// ```
    /// use sip_core::header::{Params, RejectContact, TypedHeader};
    /// let mut text = Vec::new();
    /// RejectContact(Params::new(";actor=\"msg-taker\";video")).encode(&mut text);
    /// assert_eq!(text, b"*;actor=\"msg-taker\";video");
    /// ```
    RejectContact, REJECT_CONTACT,
    params: &[]
}

impl AcceptContact<'_> {
    /// The same set; a device that does not match it is not rung at all.
    #[must_use]
    pub fn with_require(mut self) -> Self {
        self.0.set_flag("require");
        self
    }

    /// The same set; a device that is silent on a feature is taken not to
    /// have it.
    #[must_use]
    pub fn with_explicit(mut self) -> Self {
        self.0.set_flag("explicit");
        self
    }

    /// Whether a device that does not match is not to be rung at all.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.0.contains("require")
    }

    /// Whether a device that is silent on a feature is taken not to have it.
    #[must_use]
    pub fn is_explicit(&self) -> bool {
        self.0.contains("explicit")
    }
}

macro_rules! directives {
    ($($(#[$doc:meta])* $directive:ident = $text:literal;)*) => {
        /// What the caller would like the proxies to do (RFC 3841 section
        /// 9.1). There are no other directives, and on purpose there is no way
        /// to add one.
        ///
        /// ```
        /// use sip_core::header::{RequestDisposition, TypedHeader};
        /// let (directive, rest) = RequestDisposition::decode(
        ///     b"no-fork, queue", &Default::default()).unwrap();
        /// assert_eq!(directive, RequestDisposition::NoFork);
        /// assert_eq!(rest, b", queue");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum RequestDisposition {
            $($(#[$doc])* $directive,)*
        }

        impl RequestDisposition {
            const ALL: &[RequestDisposition] = &[$(RequestDisposition::$directive,)*];

            /// The directive's word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(RequestDisposition::$directive => $text,)*
                }
            }
        }
    };
}

directives! {
    /// Pass the request on to where the callee is.
    Proxy = "proxy";
    /// Tell the caller where the callee is.
    Redirect = "redirect";
    /// Cancel what still rings when one device has answered.
    Cancel = "cancel";
    /// Leave what still rings to the caller to cancel.
    NoCancel = "no-cancel";
    /// Ring several devices.
    Fork = "fork";
    /// Ring one device only.
    NoFork = "no-fork";
    /// Follow redirections.
    Recurse = "recurse";
    /// Pass redirections to the caller.
    NoRecurse = "no-recurse";
    /// Ring all devices at once.
    Parallel = "parallel";
    /// Ring one device after the other.
    Sequential = "sequential";
    /// Where the callee is busy, wait.
    Queue = "queue";
    /// Where the callee is busy, do not wait.
    NoQueue = "no-queue";
}

impl fmt::Display for RequestDisposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl TypedHeader for RequestDisposition {
    type Value<'m> = RequestDisposition;
    const NAME: HeaderName<'static> = HeaderName::REQUEST_DISPOSITION;
    const LIST: bool = true;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self, &'m [u8]), Fault> {
        let (word, rest) = decode(grammar::rule(Rule::Keyword, token)(input))?;
        RequestDisposition::ALL
            .iter()
            .find(|directive| directive.as_str().as_bytes().eq_ignore_ascii_case(word))
            .map(|directive| (*directive, rest))
            .ok_or(Fault::new(Rule::Keyword, input))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_str().as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn devices_are_chosen_by_their_features() {
        let text = "*;mobility=\"fixed\";events=\"!presence\";+r=\"#-4:+5.125\";explicit";
        let accept = value::<AcceptContact>(text);
        assert!(accept.is_explicit() && !accept.is_required());
        assert_eq!(accept.0.feature_names().count(), 3);
        round_trip::<AcceptContact>(text);
        written_as::<AcceptContact>("* ; audio", "*; audio");
        round_trip::<RejectContact>("*;require=1");
        let built = AcceptContact(Params::NONE).with_require().with_explicit();
        assert_eq!(value::<AcceptContact>("*;require;explicit"), built);
        for (bad, rule, octet) in [
            ("", Rule::Keyword, 0),
            ("audio", Rule::Keyword, 0),
            ("*;require=1", Rule::Param, 10),
            ("*;explicit;explicit", Rule::RepeatedParam, 10),
            ("*;audio;x;AUDIO", Rule::RepeatedParam, 9),
        ] {
            refused::<AcceptContact>(bad, rule, octet);
        }
        let bad = "*;video;video";
        refused::<RejectContact>(bad, Rule::RepeatedParam, 7);
    }

    #[test]
    fn every_directive_is_read_and_no_other() {
        for directive in RequestDisposition::ALL {
            let text = directive.as_str().to_uppercase();
            assert_eq!(value::<RequestDisposition>(&text), *directive);
            written_as::<RequestDisposition>(&text, directive.to_string());
        }
        for bad in ["", "forks", "no", "x"] {
            refused::<RequestDisposition>(bad, Rule::Keyword, 0);
        }
    }
}
