//! Questions to a message, so that a table can hold what it must say.

use sip_core::header::{
    CSeq, CallId, Contact, From, HeaderName, MaxForwards, NameAddr, Params, RecordRoute, Route, To,
    TypedHeader, Via,
};
use sip_core::{Message, ParseError, Uri};

const NOTHING: &str = "-";

/// The answer to a question such as `via.1.branch` or `from.uri.user.plain`:
/// `-` where there is nothing, `!` and the rule where that is not sound.
pub(crate) fn fact(message: &Message, question: &str) -> String {
    if let Some(name) = question.strip_prefix("field ") {
        return field(message, name);
    }
    let path: Vec<&str> = question.split('.').collect();
    let headers = message.headers();
    match (path[0], &path[1..], message) {
        ("lines", [], _) => headers.len().to_string(),
        ("body", [], _) => message.body().len().to_string(),
        ("method", [], Message::Request(request)) => request.method().to_string(),
        ("uri", rest, Message::Request(request)) => {
            settle(request.uri().map(|uri| about_uri(&uri, rest)))
        }
        ("status", [], Message::Response(response)) => response.status().code().to_string(),
        ("reason", [], Message::Response(response)) => response.reason().to_string(),
        ("from", rest, _) => one::<From>(message, |from| about_address(&from, rest)),
        ("to", rest, _) => one::<To>(message, |to| about_address(&to, rest)),
        ("call-id", [], _) => one::<CallId>(message, |call_id| call_id.to_string()),
        ("cseq", [], _) => one::<CSeq>(message, |cseq| format!("{} {}", cseq.number, cseq.method)),
        ("max-forwards", [], _) => one::<MaxForwards>(message, |hops| hops.0.to_string()),
        ("via", rest, _) => each::<Via>(message, rest, |via, rest| about_via(&via, rest)),
        ("contact", rest, _) => {
            each::<Contact>(message, rest, |contact, rest| about_contact(&contact, rest))
        }
        ("route", rest, _) => {
            each::<Route>(message, rest, |route, rest| about_address(&route, rest))
        }
        ("record-route", rest, _) => {
            each::<RecordRoute>(message, rest, |route, rest| about_address(&route, rest))
        }
        _ => panic!("a question that nobody answers: {question}"),
    }
}

/// The raw values of the fields of that name, or how often it stands there
/// where the name ends with `#`.
fn field(message: &Message, name: &str) -> String {
    let count = name.strip_suffix('#');
    let name = HeaderName::from(count.unwrap_or(name));
    let values: Vec<String> = message
        .headers()
        .fields(&name)
        .map(|field| String::from_utf8_lossy(field.value()).into_owned())
        .collect();
    match count {
        Some(_) => values.len().to_string(),
        None if values.is_empty() => NOTHING.to_owned(),
        None => values.join(" | "),
    }
}

fn settle(answer: Result<String, ParseError>) -> String {
    answer.unwrap_or_else(|error| format!("!{:?}", error.rule))
}

fn one<'m, H: TypedHeader>(message: &'m Message, tell: impl Fn(H::Value<'m>) -> String) -> String {
    settle(
        message
            .headers()
            .typed::<H>()
            .map(|value| value.map_or(NOTHING.to_owned(), tell)),
    )
}

/// How many values there are, or what is asked of one of them.
fn each<'m, H: TypedHeader>(
    message: &'m Message,
    path: &[&str],
    tell: impl Fn(H::Value<'m>, &[&str]) -> String,
) -> String {
    let mut values = message.headers().all::<H>();
    match path {
        [] => values.count().to_string(),
        [index, rest @ ..] => match values.nth(index.parse().unwrap()) {
            Some(value) => settle(value.map(|value| tell(value, rest))),
            None => NOTHING.to_owned(),
        },
    }
}

fn show(value: Option<impl ToString>) -> String {
    value.map_or(NOTHING.to_owned(), |value| value.to_string())
}

fn about_via(via: &Via<'_>, path: &[&str]) -> String {
    match path {
        ["transport"] => via.transport.to_string(),
        ["host"] => via.host.to_string(),
        ["ip"] => show(via.host.ip()),
        ["port"] => show(via.port),
        ["branch"] => show(via.branch()),
        ["received"] => show(via.received()),
        ["rport"] => show(via.rport().map(show)),
        ["param", name @ ..] => param(&via.params, &name.join(".")),
        ["params"] => via.params.iter().count().to_string(),
        _ => panic!("a Via says nothing of {path:?}"),
    }
}

fn about_contact(contact: &Contact<'_>, path: &[&str]) -> String {
    match (path, contact.address()) {
        (["q"], _) => show(contact.q()),
        (["expires"], _) => show(contact.expires()),
        (path, Some(address)) => about_address(address, path),
        (_, None) => "*".to_owned(),
    }
}

fn about_address(address: &NameAddr<'_>, path: &[&str]) -> String {
    match path {
        [] => address.uri.to_string(),
        ["name"] => show(
            address
                .display_name
                .as_ref()
                .map(|name| name.text().to_string()),
        ),
        ["tag"] => param(&address.params, "tag"),
        ["param", name @ ..] => param(&address.params, &name.join(".")),
        ["params"] => address.params.iter().count().to_string(),
        ["uri", rest @ ..] => about_uri(&address.uri, rest),
        _ => panic!("an address says nothing of {path:?}"),
    }
}

/// `flag` for a parameter without a value.
fn param(params: &Params<'_>, name: &str) -> String {
    show(params.find(name).map(|param| {
        param
            .value()
            .map_or("flag".to_owned(), |value| value.to_string())
    }))
}

fn about_uri(uri: &Uri<'_>, path: &[&str]) -> String {
    match path {
        [] => uri.to_string(),
        ["scheme"] => format!("{:?} {}", uri.scheme(), uri.scheme_text()),
        ["user"] => show(uri.user()),
        ["user", "plain"] => show(uri.user().map(|user| unescape(&user.to_string()))),
        ["password"] => show(uri.password()),
        ["host"] => show(uri.host()),
        ["ip"] => show(uri.host().and_then(|host| host.ip())),
        ["port"] => show(uri.port()),
        ["params"] => uri.params().iter().count().to_string(),
        ["param", name] => show(uri.params().find(name).map(|_| {
            uri.params()
                .value(name)
                .map_or("flag".to_owned(), |value| value.to_string())
        })),
        ["headers"] => {
            let headers = uri.headers();
            let all: Vec<String> = headers
                .iter()
                .map(|header| {
                    let value = header.value_unescaped();
                    format!(
                        "{}={}",
                        header.name,
                        String::from_utf8_lossy(value.as_ref())
                    )
                })
                .collect();
            all.join("&")
        }
        _ => panic!("a URI says nothing of {path:?}"),
    }
}

/// What an escaped text means, read here by itself.
fn unescape(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut plain = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        plain.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        plain.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8_lossy(&plain).into_owned()
}
