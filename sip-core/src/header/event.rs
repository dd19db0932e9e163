//! Subscriptions: Event, Allow-Events, Subscription-State (RFC 6665).

use super::known_params::ParamValue;
use super::shapes::{FieldValue, keyword, params_header, write_token};
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, decode, token};
use crate::{Fault, ParseConfig, Rule, Text};

/// What a subscription is to: an event package, and perhaps templates that
/// make another of it (RFC 6665 section 8.4). The case of the letters matters
/// (RFC 6665 section 8.2.1).
///
/// ```
/// use sip_core::header::EventType;
/// let event_type = EventType::from("presence.winfo");
/// assert_eq!(event_type.package(), "presence");
/// assert_eq!(event_type.templates().next().unwrap(), "winfo");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EventType<'m>(Text<'m>);

impl<'m> EventType<'m> {
    /// The package: what stands before the first dot.
    #[must_use]
    pub fn package(&self) -> Text<'_> {
        Text::from(self.parts().next().unwrap_or_default())
    }

    /// The templates in their order, such as `winfo`.
    pub fn templates(&self) -> impl Iterator<Item = Text<'_>> {
        self.parts().skip(1).map(Text::from)
    }

    /// Package and templates, with their dots.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The same event type, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> EventType<'static> {
        EventType(self.0.into_owned())
    }

    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.as_bytes().split(|octet| *octet == b'.')
    }
}

impl<'m> From<&'m str> for EventType<'m> {
    fn from(text: &'m str) -> Self {
        EventType(Text::from(text))
    }
}

impl std::fmt::Display for EventType<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<'m> FieldValue<'m> for EventType<'m> {
    type Owned = EventType<'static>;

    /// `event-package *( "." event-template )`, each a token without a dot.
    fn read(input: &'m [u8]) -> Parsed<'m, Self> {
        let (rest, text) = token(input)?;
        let mut left = text;
        loop {
            let dot = left.iter().position(|octet| *octet == b'.');
            if dot.unwrap_or(left.len()) == 0 {
                let after = left.len().saturating_add(rest.len());
                let place = input.len().saturating_sub(after);
                return grammar::fail(Rule::Token, input.get(place..).unwrap_or_default());
            }
            match dot.and_then(|dot| left.get(dot.saturating_add(1)..)) {
                Some(template) => left = template,
                None => return Ok((rest, EventType(Text::from_octets(text)))),
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_token(self.0.as_bytes(), out);
    }

    fn owned(self) -> EventType<'static> {
        self.into_owned()
    }
}

params_header! {
    /// What a SUBSCRIBE, NOTIFY or PUBLISH is about (RFC 6665 section 8.2.1).
    ///
    /// ```
    /// use sip_core::header::{Event, TypedHeader};
    /// let (event, _) = Event::decode(b"refer;id=93809824", &Default::default()).unwrap();
    /// assert_eq!(event.event_type.package(), "refer");
    /// assert_eq!(event.id().unwrap(), "93809824");
    /// assert!(!event.matches(&Event::new("refer")));
    /// ```
    Event<'m>, EVENT, list: false,
    /// The package and its templates.
    event_type: EventType<'m>,
    params: &[("id", ParamValue::Token)]
}

impl Event<'_> {
    /// The same event with that `id`.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        self.params.set("id", id);
        self
    }

    /// What tells subscriptions to the same package in one dialog apart.
    #[must_use]
    pub fn id(&self) -> Option<Text<'_>> {
        self.params.value("id")
    }

    /// Whether both are of the same subscription: the event type and the `id`
    /// are the same, or neither has an `id`; other parameters do not count
    /// (RFC 6665 section 8.2.1).
    #[must_use]
    pub fn matches(&self, other: &Event<'_>) -> bool {
        self.event_type.as_bytes() == other.event_type.as_bytes() && self.id() == other.id()
    }
}

/// An event type that its sender takes subscriptions to (RFC 6665 section
/// 8.2.2).
///
/// ```
/// use sip_core::header::AllowEvents;
/// # let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nu: dialog, message-summary\r\n\r\n";
/// # let request = sip_core::Request::parse(octets)?;
/// let wanted = AllowEvents::from("message-summary");
/// assert!(request.headers().all::<AllowEvents>().any(|event| event == Ok(wanted.clone())));
/// # Ok::<(), sip_core::Malformed>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AllowEvents<'m>(pub EventType<'m>);

impl AllowEvents<'_> {
    /// The same value, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> AllowEvents<'static> {
        AllowEvents(self.0.into_owned())
    }
}

impl<'m> From<&'m str> for AllowEvents<'m> {
    fn from(text: &'m str) -> Self {
        AllowEvents(EventType::from(text))
    }
}

impl TypedHeader for AllowEvents<'_> {
    type Value<'m> = AllowEvents<'m>;
    const NAME: HeaderName<'static> = HeaderName::ALLOW_EVENTS;
    const LIST: bool = true;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        let (event_type, rest) = decode(EventType::read(input))?;
        Ok((AllowEvents(event_type), rest))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}

keyword! {
    /// The state of a subscription (`substate-value`, RFC 6665 section 4.1.3).
    Substate {
        /// It was granted.
        ACTIVE = "active";
        /// It was received, and is not yet granted or refused.
        PENDING = "pending";
        /// It has ended.
        TERMINATED = "terminated";
    }
}

keyword! {
    /// Why a subscription has ended, and with it what the subscriber should do
    /// (`event-reason-value`, RFC 6665 section 4.1.3).
    EventReason {
        /// It may be taken up again at once: it is moved elsewhere.
        DEACTIVATED = "deactivated";
        /// It may be taken up again later.
        PROBATION = "probation";
        /// It was refused; trying again is in vain.
        REJECTED = "rejected";
        /// It was not refreshed in time; it may be taken up again.
        TIMEOUT = "timeout";
        /// Nobody granted or refused it; it may be tried again later.
        GIVEUP = "giveup";
        /// What it is to does not exist any more.
        NORESOURCE = "noresource";
        /// What it is to cannot change any more.
        INVARIANT = "invariant";
    }
}

params_header! {
    /// The state of the subscription that a NOTIFY belongs to (RFC 6665
    /// section 8.2.3).
    ///
    /// ```
    /// use sip_core::header::{EventReason, SubscriptionState, Substate, TypedHeader};
    /// let text = b"terminated;reason=probation;retry-after=60";
    /// let (state, _) = SubscriptionState::decode(text, &Default::default()).unwrap();
    /// assert_eq!(state.state, Substate::TERMINATED);
    /// assert_eq!(state.reason(), Some(EventReason::PROBATION));
    /// assert_eq!(state.retry_after(), Some(60));
    /// ```
    SubscriptionState<'m>, SUBSCRIPTION_STATE, list: false,
    /// The state.
    state: Substate<'m>,
    params: &[
        ("reason", ParamValue::Token),
        ("expires", ParamValue::Number),
        ("retry-after", ParamValue::Number),
    ]
}

impl SubscriptionState<'_> {
    /// The same state for that reason.
    #[must_use]
    pub fn with_reason(mut self, reason: &EventReason<'_>) -> Self {
        self.params.set("reason", reason);
        self
    }

    /// The same state, lasting that many seconds.
    #[must_use]
    pub fn with_expires(mut self, seconds: u32) -> Self {
        self.params.set("expires", seconds.to_string());
        self
    }

    /// The same state; after that many seconds the subscriber may try again.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: u32) -> Self {
        self.params.set("retry-after", seconds.to_string());
        self
    }

    /// Why the subscription has ended.
    #[must_use]
    pub fn reason(&self) -> Option<EventReason<'_>> {
        self.params.value("reason").map(EventReason::from)
    }

    /// How many seconds the subscription lasts yet.
    #[must_use]
    pub fn expires(&self) -> Option<u32> {
        self.params.number("expires")
    }

    /// After how many seconds the subscriber may try again.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.params.number("retry-after")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value};

    #[test]
    fn an_event_is_a_package_with_templates_and_an_id() {
        let event = value::<Event>("presence.winfo.winfo ; id = 4;x");
        assert_eq!(event.event_type.package(), "presence");
        assert_eq!(event.event_type.templates().count(), 2);
        assert_eq!(event.id().unwrap(), "4");
        round_trip::<Event>("as-feature-event;id=1");
        for (bad, rule, octet) in [
            ("", Rule::Token, 0),
            (".winfo", Rule::Token, 0),
            ("presence.", Rule::Token, 9),
            ("presence..winfo", Rule::Token, 9),
            ("dialog;id", Rule::Param, 9),
            ("dialog;id=\"1\"", Rule::Token, 10),
            ("dialog;id=1;ID=1", Rule::RepeatedParam, 11),
        ] {
            refused::<Event>(bad, rule, octet);
        }
    }

    #[test]
    fn events_match_octet_by_octet_with_their_ids() {
        let refer = Event::new("refer");
        assert!(refer.matches(&value::<Event>("refer;x=y")));
        assert!(
            refer
                .clone()
                .with_id("1")
                .matches(&value::<Event>("refer;id=1"))
        );
        for other in ["Refer", "refer;id=1", "refer.winfo"] {
            assert!(!refer.matches(&value::<Event>(other)), "{other}");
        }
        assert!(!refer.with_id("a").matches(&value::<Event>("refer;id=A")));
    }

    #[test]
    fn allowed_events_are_a_list() {
        round_trip::<AllowEvents>("presence.winfo");
        refused::<AllowEvents>("a.", Rule::Token, 2);
    }

    #[test]
    fn a_subscription_is_in_a_state_that_lasts_or_has_a_reason() {
        let text = "Active;Expires=4294967295";
        let state = value::<SubscriptionState>(text);
        assert_eq!(state.state, Substate::ACTIVE);
        assert_eq!(state.expires(), Some(u32::MAX));
        round_trip::<SubscriptionState>(text);
        let other = value::<SubscriptionState>("waiting;reason=tired");
        assert_eq!(other.state, Substate::from("WAITING"));
        assert_eq!(other.reason(), Some(EventReason::from("tired")));
        let built = SubscriptionState::new(Substate::TERMINATED)
            .with_reason(&EventReason::GIVEUP)
            .with_retry_after(5);
        let text = "terminated;reason=giveup;retry-after=5";
        assert_eq!(value::<SubscriptionState>(text), built);
        for (bad, rule, octet) in [
            ("", Rule::Token, 0),
            (";expires=1", Rule::Token, 0),
            ("active;expires", Rule::Param, 14),
            ("active;expires=4294967296", Rule::Number, 15),
            ("active;retry-after=-1", Rule::Number, 19),
            ("active;reason=\"a\"", Rule::Token, 14),
            ("active;expires=1;expires=2", Rule::RepeatedParam, 16),
        ] {
            refused::<SubscriptionState>(bad, rule, octet);
        }
    }
}
