//! Typed headers: every one of them, read, written and read again.

use std::fmt::Debug;

use sip_core::header::{self, HeaderName, TypedHeader};
use sip_core::{Headers, Message, ParseConfig, Request, StatusCode, Text};

use crate::look::{self, look};
use crate::message::flat;

/// The first octet says which header, the others what stands in its field.
pub fn check(octets: &[u8]) {
    let Some((pick, text)) = octets.split_first() else {
        return;
    };
    let typed = &TYPED[usize::from(*pick) % TYPED.len()];
    for config in crate::configs::all() {
        (typed.decode)(text, &config);
        // What a line of a message holds is what `decode` is made for.
        let name = (typed.name)();
        let request = [
            b"OPTIONS sip:a SIP/2.0\r\n",
            name.as_bytes(),
            b":",
            text,
            b"\r\n\r\n",
        ];
        if let Ok(message) = Message::parse_with(request.concat(), &config) {
            (typed.round_trip)(message.headers(), &config);
        }
    }
}

/// Reads every typed header of a message; says whether all are sound.
pub(crate) fn read_all(headers: &Headers) -> bool {
    let mut sound = true;
    for typed in TYPED {
        sound &= (typed.read)(headers);
    }
    sound
}

/// What a fuzzer does with one typed header.
pub(crate) struct Typed {
    pub(crate) name: fn() -> HeaderName<'static>,
    decode: fn(&[u8], &ParseConfig),
    read: fn(&Headers) -> bool,
    round_trip: fn(&Headers, &ParseConfig),
}

/// A type's name is enough. Behind it may stand its accessors, and which of
/// its parts to hand to a function of [`look`].
macro_rules! typed_headers {
    ($($type:ident $({ $($accessor:ident)* })? $(=> $look:ident($($part:tt)*))?,)*) => {
        pub(crate) const TYPED: &[Typed] = &[$({
            fn parts(value: &header::$type) {
                look(value);
                $($(look(value.$accessor());)*)?
                $(look::$look(&value $($part)*);)?
            }
            Typed {
                name: || <header::$type as TypedHeader>::NAME,
                decode: decode::<header::$type>,
                read: |headers| read::<header::$type>(headers, parts),
                round_trip: round_trip::<header::$type>,
            }
        },)*];
    };
}

typed_headers! {
    Accept { q } => params(.params),
    AcceptContact { is_required is_explicit } => params(.0),
    AcceptEncoding { q } => params(.params),
    AcceptLanguage { q } => params(.params),
    AlertInfo { urn appearance } => params(.params),
    Allow,
    AllowEvents => event_type(.0),
    AnswerMode { is_required } => params(.params),
    AuthenticationInfo => confirmation(),
    Authorization => credentials(),
    CallId,
    CallInfo { purpose } => params(.params),
    Contact { expires q is_focus instance reg_id pub_gruu temp_gruu } => contact(),
    ContentDisposition { handling } => params(.params),
    ContentEncoding,
    ContentId,
    ContentLanguage,
    ContentLength,
    ContentTransferEncoding,
    ContentType { is_multipart boundary } => params(.params),
    CSeq,
    Date => date(),
    Diversion { reason count limit privacy screen } => name_addr(),
    ErrorInfo => params(.params),
    Event { id } => params(.params),
    Expires,
    FeatureCaps => params(.0),
    FlowTimer,
    From { tag } => name_addr(),
    Geolocation { source } => params(.params),
    GeolocationError { text } => params(.params),
    GeolocationRouting,
    HistoryInfo { index rc mp np reason privacy } => name_addr(),
    Identity { alg ppt is_compact } => params(.params),
    InfoPackage => params(.params),
    InReplyTo,
    Join => params(.params),
    MaxBreadth,
    MaxForwards,
    MimeVersion,
    MinExpires,
    MinSe => params(.params),
    Organization,
    PAssertedIdentity => name_addr(),
    Path => name_addr(),
    PPreferredIdentity => name_addr(),
    Priority,
    Privacy => privacy(),
    PrivAnswerMode { is_required } => params(.params),
    ProxyAuthenticate => challenge(),
    ProxyAuthenticationInfo => confirmation(),
    ProxyAuthorization => credentials(),
    ProxyRequire,
    RAck,
    Reason { cause text location } => params(.params),
    RecordRoute => name_addr(),
    RecvInfo => params(.params),
    ReferredBy { cid } => name_addr(),
    ReferSub => params(.params),
    ReferTo { method replaces } => name_addr(),
    RejectContact => params(.0),
    Replaces { early_only } => params(.params),
    ReplyTo => name_addr(),
    RequestDisposition,
    Require,
    RetryAfter { duration } => retry_after(),
    Route => name_addr(),
    RSeq,
    SecurityClient => mechanism(),
    SecurityServer => mechanism(),
    SecurityVerify => mechanism(),
    Server => products(.products()),
    ServiceRoute => name_addr(),
    SessionExpires { refresher } => params(.params),
    SessionId { remote } => params(.params),
    SipEtag,
    SipIfMatch,
    Subject,
    SubscriptionState { reason expires retry_after } => params(.params),
    Supported,
    TargetDialog => params(.params),
    Timestamp { time delay },
    To { tag } => name_addr(),
    Unsupported,
    UserAgent => products(.products()),
    Via {
        branch received rport maddr ttl keep alias oc oc_algorithms oc_validity oc_seq
    } => via(),
    Warning { text },
    WwwAuthenticate => challenge(),
}

fn decode<H: TypedHeader>(text: &[u8], config: &ParseConfig) {
    match H::decode(text, config) {
        Ok((_, rest)) => assert!(text.ends_with(rest)),
        Err(fault) => {
            assert!(fault.remaining <= text.len(), "{fault:?}");
            look::error(&fault.in_value(text.len()), text);
        }
    }
}

/// `typed`, `required` and `all` agree.
fn read<H>(headers: &Headers, parts: fn(&H::Value<'_>)) -> bool
where
    H: TypedHeader,
    for<'m> H::Value<'m>: Debug,
{
    if !headers.contains(&H::NAME) {
        assert!(matches!(headers.typed::<H>(), Ok(None)));
        return true;
    }
    let mut sound = true;
    let mut first = None;
    for value in headers.all::<H>() {
        sound &= value.is_ok();
        let shown = value.map(|value| {
            parts(&value);
            format!("{value:?}")
        });
        first.get_or_insert(shown);
    }
    let typed = headers.typed::<H>();
    match (&first, &typed) {
        (None, Ok(None)) => assert!(headers.required::<H>().is_err()),
        (Some(Ok(first)), Ok(Some(typed))) => assert_eq!(*first, format!("{typed:?}")),
        (Some(Err(_)), Err(_)) => {}
        // `typed` says at once what `all` says with the second value.
        (Some(Ok(_)), Err(_)) if !sound => {}
        _ => panic!("{}: all gives {first:?}, typed {typed:?}", H::NAME),
    }
    sound
}

/// A value that was read can be written, and is then read as the same.
fn round_trip<H>(headers: &Headers, config: &ParseConfig)
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader + Debug,
{
    assert_eq!(H::NAME.is_list(), H::LIST, "{}", H::NAME);
    for value in headers.all::<H>() {
        let Ok(value) = value else { continue };
        let shown = format!("{value:?}");
        let text = encode(&value);
        let (again, rest) = H::decode(text.as_bytes(), config)
            .unwrap_or_else(|fault| panic!("{shown} is written {text:?}: {fault:?}"));
        assert!(rest.is_empty(), "{shown}: {text:?}");
        assert_eq!(encode(&again), text, "{shown}");
        // A fold is written as a space.
        if !shown.contains("\\n") {
            assert_eq!(format!("{again:?}"), shown);
        }
        in_a_message::<H>(&value, text.as_bytes(), config);
    }
}

/// A value that stood in one message may be put into another.
fn in_a_message<H>(value: &H::Value<'_>, text: &[u8], config: &ParseConfig)
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader + Debug,
{
    let empty = Message::parse_with(&b"OPTIONS sip:a SIP/2.0\r\n\r\n"[..], config);
    let Ok(Message::Request(request)) = empty else {
        panic!("the shortest of requests is refused");
    };
    let mut response = Request::reply(&request, StatusCode::OK);
    let pushed = response.headers_mut().push(value);
    assert!(pushed.is_ok(), "{value:?}: {pushed:?}");
    let read = response.headers().required::<H>();
    let read = read.unwrap_or_else(|error| panic!("{value:?} is read back: {error}"));
    assert_eq!(flat(encode(&read).as_bytes()), flat(text));
    let octets = response.to_bytes();
    let again = Message::parse_with(octets, &crate::configs::written(config));
    let again = again.unwrap_or_else(|error| panic!("{value:?} breaks its message: {error}"));
    assert!(again.headers().required::<H>().is_ok());
}

fn encode(value: &impl TypedHeader) -> Text<'static> {
    let mut text = Vec::new();
    value.encode(&mut text);
    Text::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_typed_header_is_fuzzed() {
        let missing: Vec<_> = HeaderName::all_known()
            .filter(|name| !TYPED.iter().any(|typed| (typed.name)() == *name))
            .collect();
        assert!(
            missing.is_empty(),
            "add to the list of this file: {missing:?}"
        );
    }
}
