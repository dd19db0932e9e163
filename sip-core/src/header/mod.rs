//! Typed headers: one type for each header field, read on demand.
//!
//! A header is one *value* of a header field. Where values stand in a comma
//! list, `typed` gives the first of them and `all` gives each, no matter
//! how many lines they are spread over (RFC 3261 section 7.3.1).
//!
//! ```
//! use sip_core::header::{Contact, Supported};
//! use sip_core::Request;
//! # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nk: path, outbound\r\n\
//! #   Supported: gruu\r\nContact: <sip:a@192.0.2.1>;expires=60\r\n\r\n";
//! let request = Request::parse(octets)?;
//! let tags: Vec<String> = request
//!     .headers()
//!     .all::<Supported>()
//!     .map(|tag| Ok(tag?.0.to_string()))
//!     .collect::<Result<_, sip_core::ParseError>>()?;
//! assert_eq!(tags, ["path", "outbound", "gruu"]);
//! assert_eq!(request.headers().required::<Contact>()?.expires(), Some(60));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A header of your own implements [`TypedHeader`].

mod address;
mod fold;
mod known_params;
mod name;
mod params;
#[cfg(test)]
mod round_trip;
mod shapes;

mod additional_information;
mod answer_mode;
mod auth;
mod caller_preferences;
mod capability;
mod comment;
mod content;
mod date;
mod dialog;
mod diversion;
mod event;
mod feature;
mod feature_caps;
mod history;
mod identity;
mod info_package;
mod language;
mod location;
mod mandatory;
mod mime;
mod privacy;
mod product;
mod publish;
mod reason;
mod refer;
mod registration;
mod reliable;
mod response_route;
mod routing;
mod security_agreement;
mod session_id;
mod session_timer;
mod subject;
mod time;
mod warning;

pub use additional_information::{AlertInfo, AlertUrn, CallInfo, ErrorInfo};
pub use address::{Contact, DisplayName, From, NameAddr, To};
pub use answer_mode::{AnswerMode, AnswerModeValue, PrivAnswerMode};
pub use auth::{
    AuthParams, AuthenticationInfo, Authorization, Challenge, Confirmation, Credentials,
    DigestAlgorithm, ProxyAuthenticate, ProxyAuthenticationInfo, ProxyAuthorization, Qop,
    WwwAuthenticate,
};
pub use caller_preferences::{AcceptContact, RejectContact, RequestDisposition};
pub use capability::{
    Accept, AcceptEncoding, Allow, ProxyRequire, Require, Supported, Unsupported,
};
pub use comment::Comment;
pub use content::{ContentDisposition, ContentType, Handling};
pub use date::{Date, Weekday};
pub use dialog::{Join, Replaces, TargetDialog};
pub use diversion::{Diversion, DiversionReason};
pub use event::{AllowEvents, Event, EventReason, EventType, SubscriptionState, Substate};
pub use feature::{FeatureTag, FeatureTagValue, FeatureValue};
pub use feature_caps::FeatureCaps;
pub use history::{HistoryIndex, HistoryInfo};
pub use identity::{Identity, PAssertedIdentity, PPreferredIdentity};
pub use info_package::{InfoPackage, RecvInfo};
pub use language::{AcceptLanguage, ContentLanguage};
pub use location::{Geolocation, GeolocationError, GeolocationRouting};
pub use mandatory::{CSeq, CallId, ContentLength, MaxForwards};
pub use mime::{ContentEncoding, ContentId, ContentTransferEncoding, MimeVersion};
pub use name::HeaderName;
pub use params::{Param, ParamIter, Params};
pub use privacy::{Privacy, PrivacyValue};
pub use product::{Product, Products, Server, UserAgent};
pub use publish::{SipEtag, SipIfMatch};
pub use reason::{Reason, ReasonProtocol};
pub use refer::{ReferSub, ReferTo, ReferredBy};
pub use reliable::{RAck, RSeq};
pub use routing::{FlowTimer, MaxBreadth, Path, RecordRoute, Route, ServiceRoute, Via};
pub use security_agreement::{
    MechanismName, SecurityClient, SecurityMechanism, SecurityServer, SecurityVerify,
};
pub use session_id::{SessionId, SessionUuid};
pub use session_timer::{MinSe, Refresher, SessionExpires};
pub use subject::{InReplyTo, Organization, Priority, ReplyTo, Subject};
pub use time::{Expires, MinExpires, RetryAfter, Timestamp};
pub use warning::Warning;

pub(crate) use fold::unfold;
pub(crate) use name::{SINGLE, known, known_at_front};
pub(crate) use params::{decimal, quote};
pub(crate) use shapes::write_number;

use crate::grammar::{self, skip_comma};
use crate::{Fault, ParseConfig, ParseError, Rule, Text};

/// A header field's value that can be read and written.
///
/// `decode` reads one value from the front of `input` and gives it with what
/// follows it: nothing, white space, or, where [`LIST`](Self::LIST) is set, a
/// comma and more values. `encode` appends the value as it is to stand on the
/// wire, without the name and without the CRLF behind it. Where the value is
/// put into a message, folds that it was read with become spaces, and what
/// `decode` would not read back is refused.
///
/// ```
/// use sip_core::header::{HeaderName, TypedHeader};
/// use sip_core::{Fault, ParseConfig, Rule};
///
/// #[derive(Debug, PartialEq)]
/// struct Room(u16);
///
/// impl TypedHeader for Room {
///     type Value<'m> = Room;
///     const NAME: HeaderName<'static> = HeaderName::new("X-Room");
///
///     fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Room, &'m [u8]), Fault> {
///         let text = std::str::from_utf8(input).ok().and_then(|text| text.parse().ok());
///         let room = text.ok_or(Fault::new(Rule::Number, input))?;
///         Ok((Room(room), &[]))
///     }
///
///     fn encode(&self, out: &mut Vec<u8>) {
///         out.extend_from_slice(self.0.to_string().as_bytes());
///     }
/// }
/// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nX-ROOM: 12\r\n\r\n";
/// # let request = sip_core::Request::parse(octets).unwrap();
/// assert_eq!(request.headers().typed::<Room>(), Ok(Some(Room(12))));
/// ```
///
/// A list whose values borrow from the message and have parameters; what is an
/// address is read by [`NameAddr::decode`] in the same way:
///
/// ```
/// use sip_core::header::{HeaderName, Params, TypedHeader};
/// use sip_core::{Fault, ParseConfig, Rule, Text};
///
/// struct Skill<'m> {
///     name: Text<'m>,
///     params: Params<'m>,
/// }
///
/// impl TypedHeader for Skill<'_> {
///     type Value<'m> = Skill<'m>;
///     const NAME: HeaderName<'static> = HeaderName::new("X-Skill");
///     const LIST: bool = true;
///
///     fn decode<'m>(
///         input: &'m [u8],
///         config: &ParseConfig,
///     ) -> Result<(Skill<'m>, &'m [u8]), Fault> {
///         let end = input.iter().position(|octet| !octet.is_ascii_alphanumeric());
///         let (name, rest) = input.split_at(end.unwrap_or(input.len()));
///         if name.is_empty() {
///             return Err(Fault::new(Rule::Token, rest));
///         }
///         let (params, rest) = Params::decode(rest, config)?;
///         Ok((Skill { name: name.into(), params }, rest))
///     }
///
///     fn encode(&self, out: &mut Vec<u8>) {
///         out.extend_from_slice(self.name.as_bytes());
///         out.extend_from_slice(self.params.as_bytes());
///     }
/// }
/// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nX-Skill: fax;level=3, english\r\n\r\n";
/// # let request = sip_core::Request::parse(octets).unwrap();
/// let skills: Vec<Skill> = request.headers().all::<Skill>().collect::<Result<_, _>>()?;
/// assert_eq!(skills[0].params.number("level"), Some(3));
/// assert_eq!(skills[1].name, "english");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
pub trait TypedHeader: Sized {
    /// This type, borrowing from a message that lives for `'m`.
    type Value<'m>;

    /// The name of the header field.
    const NAME: HeaderName<'static>;

    /// Whether several values may stand in one field, divided by commas.
    const LIST: bool = false;

    /// Reads one value from the front of `input`, which has no white space
    /// before it; gives what follows the value too.
    ///
    /// # Errors
    /// The rule that is broken, and where.
    fn decode<'m>(
        input: &'m [u8],
        config: &ParseConfig,
    ) -> Result<(Self::Value<'m>, &'m [u8]), Fault>;

    /// Appends the value to `out`.
    fn encode(&self, out: &mut Vec<u8>);

    /// Reads one value that fills `text`, by the defaults of [`ParseConfig`]:
    /// what stands in a configuration or a test rather than in a message.
    ///
    /// ```
    /// use sip_core::header::{Route, TypedHeader};
    /// let route = Route::parse(b"<sip:proxy.example;lr>")?;
    /// assert!(route.uri.is_loose_route());
    /// assert_eq!(route.to_text(), "<sip:proxy.example;lr>");
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode), and [`Rule::Trailing`] where more
    /// follows.
    fn parse(text: &[u8]) -> Result<Self::Value<'_>, ParseError> {
        let start = text.trim_ascii_start();
        let fault = match Self::decode(start, &ParseConfig::DEFAULT) {
            Ok((value, rest)) if grammar::sws(rest).is_empty() => return Ok(value),
            Ok((_, rest)) => Fault::new(Rule::Trailing, grammar::sws(rest)),
            Err(fault) => fault,
        };
        Err(ParseError {
            header: Some(Self::NAME),
            ..fault.in_value(text.len())
        })
    }

    /// The value as it is to stand on the wire, such as for a log.
    #[must_use]
    fn to_text(&self) -> Text<'static> {
        let mut text = Vec::new();
        self.encode(&mut text);
        Text::from(text)
    }
}

/// Checks a value that is to be written elsewhere than in a header field, such
/// as in a URI: one that its own grammar refuses would let its text reach into
/// what is made of it.
fn check_whole<H: TypedHeader>(text: &[u8]) -> Result<(), ParseError> {
    let fault = match H::decode(text, &ParseConfig::DEFAULT) {
        Ok((_, [])) => memchr::memchr2(b'\r', b'\n', text)
            .map(|end| Fault::new(Rule::LineEnd, text.get(end..).unwrap_or_default())),
        Ok((_, rest)) => Some(Fault::new(Rule::Trailing, rest)),
        Err(fault) => Some(fault),
    };
    fault.map_or(Ok(()), |fault| Err(fault.in_value(text.len())))
}

/// Reads every value in `text`, what a header field holds.
fn check_values<H: TypedHeader>(text: &[u8], config: &ParseConfig) -> Result<(), Fault> {
    if H::LIST && text.is_empty() {
        return Ok(());
    }
    let mut rest = text;
    loop {
        (_, rest) = H::decode(rest, config)?;
        match skip_comma(rest) {
            Some(next) if H::LIST => rest = next,
            _ if grammar::sws(rest).is_empty() => return Ok(()),
            _ => return Err(Fault::new(Rule::Trailing, grammar::sws(rest))),
        }
    }
}

macro_rules! typed_headers {
    ($($type:ident,)*) => {
        /// Reads every value that a field of that name holds.
        pub(crate) fn check(
            name: &HeaderName<'_>,
            text: &[u8],
            config: &ParseConfig,
        ) -> Result<(), Fault> {
            $(if *name == $type::NAME {
                return check_values::<$type>(text, config);
            })*
            Ok(())
        }

        /// The names that have a type, and whether it says that it is a list.
        #[cfg(test)]
        const TYPED: &[(HeaderName<'static>, bool)] = &[$(($type::NAME, $type::LIST),)*];

        /// Reads `text` as each of them in turn, and writes it.
        #[cfg(test)]
        fn survives_as_each(text: &[u8]) {
            $(round_trip::survives::<$type>(text);)*
        }
    };
}

typed_headers! {
    Accept,
    AcceptContact,
    AcceptEncoding,
    AcceptLanguage,
    AlertInfo,
    Allow,
    AllowEvents,
    AnswerMode,
    AuthenticationInfo,
    Authorization,
    CallId,
    CallInfo,
    Contact,
    ContentDisposition,
    ContentEncoding,
    ContentId,
    ContentLanguage,
    ContentLength,
    ContentTransferEncoding,
    ContentType,
    CSeq,
    Date,
    Diversion,
    ErrorInfo,
    Event,
    Expires,
    FeatureCaps,
    FlowTimer,
    From,
    Geolocation,
    GeolocationError,
    GeolocationRouting,
    HistoryInfo,
    Identity,
    InfoPackage,
    InReplyTo,
    Join,
    MaxBreadth,
    MaxForwards,
    MimeVersion,
    MinExpires,
    MinSe,
    Organization,
    PAssertedIdentity,
    Path,
    PPreferredIdentity,
    Priority,
    Privacy,
    PrivAnswerMode,
    ProxyAuthenticate,
    ProxyAuthenticationInfo,
    ProxyAuthorization,
    ProxyRequire,
    RAck,
    Reason,
    RecordRoute,
    RecvInfo,
    ReferredBy,
    ReferSub,
    ReferTo,
    RejectContact,
    Replaces,
    ReplyTo,
    RequestDisposition,
    Require,
    RetryAfter,
    Route,
    RSeq,
    SecurityClient,
    SecurityServer,
    SecurityVerify,
    Server,
    ServiceRoute,
    SessionExpires,
    SessionId,
    SipEtag,
    SipIfMatch,
    Subject,
    SubscriptionState,
    Supported,
    TargetDialog,
    Timestamp,
    To,
    Unsupported,
    UserAgent,
    Via,
    Warning,
    WwwAuthenticate,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::round_trip::near_values;
    use super::*;

    #[test]
    fn every_known_name_has_a_typed_header_and_they_agree_on_lists() {
        for name in HeaderName::all_known() {
            let types: Vec<_> = TYPED.iter().filter(|typed| typed.0 == name).collect();
            assert_eq!(types, [&(name.clone(), name.is_list())]);
        }
        assert_eq!(TYPED.len(), HeaderName::all_known().count());
    }

    proptest! {
        #[test]
        fn whatever_is_read_survives_being_written(text in near_values()) {
            survives_as_each(text.trim_ascii());
        }
    }

    #[test]
    fn one_value_that_fills_the_text_is_parsed() {
        let via = Via::parse(b" SIP/2.0/UDP c ").unwrap();
        assert_eq!(via.to_text(), "SIP/2.0/UDP c");
        let error = Via::parse(b" SIP/2.0/UDP c, SIP/2.0/UDP d").unwrap_err();
        assert_eq!(error.header, Some(HeaderName::VIA));
        assert_eq!((error.rule, error.position.octet()), (Rule::Trailing, 14));
        let fault = Via::decode(b"SIP/2.0/UDP @", &ParseConfig::DEFAULT).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "not a host name or address, 1 octets before the end (RFC 3261 section 25.1)"
        );
        let error = MaxForwards::parse(b" x").unwrap_err();
        assert_eq!((error.rule, error.position.octet()), (Rule::Number, 1));
    }
}
