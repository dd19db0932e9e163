//! What a message says, told to a person.

use sip_core::header::{
    Allow, Authorization, CSeq, CallId, Challenge, Contact, Credentials, From, HeaderName,
    NameAddr, ProxyAuthenticate, ProxyAuthorization, ProxyRequire, RecordRoute, Require, Route,
    Supported, To, TypedHeader, Unsupported, Via, WwwAuthenticate,
};
use sip_core::{Headers, Message, Method, Request, Response, Text};

use crate::body;
use crate::page::{Page, shown};
use crate::reading::{Reading, has_start_line};
use crate::words;

/// What stands for a value that breaks its grammar.
pub(crate) const UNREADABLE: &str = "cannot be read: see the faults";

/// The header fields that have a paragraph of their own.
const TOLD: [HeaderName<'static>; 20] = [
    HeaderName::VIA,
    HeaderName::ROUTE,
    HeaderName::RECORD_ROUTE,
    HeaderName::FROM,
    HeaderName::TO,
    HeaderName::CALL_ID,
    HeaderName::CSEQ,
    HeaderName::CONTACT,
    HeaderName::ALLOW,
    HeaderName::SUPPORTED,
    HeaderName::REQUIRE,
    HeaderName::PROXY_REQUIRE,
    HeaderName::UNSUPPORTED,
    HeaderName::AUTHORIZATION,
    HeaderName::PROXY_AUTHORIZATION,
    HeaderName::WWW_AUTHENTICATE,
    HeaderName::PROXY_AUTHENTICATE,
    HeaderName::CONTENT_TYPE,
    HeaderName::CONTENT_LENGTH,
    HeaderName::MIME_VERSION,
];

pub(crate) fn tell(message: &Message, reading: &Reading, page: &mut Page) {
    let headers = message.headers();
    if !has_start_line(message) && headers.is_empty() {
        return;
    }
    match message {
        Message::Response(response) => tell_status(response, page),
        Message::Request(request) => tell_method(request, page),
    }
    tell_parties(message, page);
    tell_way(message, page);
    tell_abilities(headers, page);
    tell_authentication(headers, page);
    body::tell(message, reading, page);
    tell_others(headers, page);
}

fn tell_method(request: &Request, page: &mut Page) {
    let method = request.method();
    let uri = shown(request.raw_uri());
    if uri.is_empty() {
        page.heading("A request");
        return page.entry("It asks", UNREADABLE);
    }
    page.heading(&format!("A request: {} {uri}", shown(method.as_bytes())));
    page.entry(
        "It asks",
        &match words::method(&method) {
            Some((meaning, source)) => format!("{meaning} ({source})"),
            None => "by a method that is not known here; 501 is the usual answer".to_owned(),
        },
    );
}

fn tell_status(response: &Response, page: &mut Page) {
    let status = response.status();
    let reason = shown(response.reason().as_bytes());
    page.heading(&format!("A response: {} {reason}", status.code()));
    let more = match status.is_provisional() {
        true => "; the final answer is still to come",
        false => "",
    };
    page.entry("It says", &format!("{}{more}", words::status(status)));
}

fn tell_parties(message: &Message, page: &mut Page) {
    let headers = message.headers();
    page.heading("Who");
    each::<From>(headers, page, "From", |from| address(from));
    each::<To>(headers, page, "To", |to| address(to));
    if let (Ok(Some(from)), Ok(Some(to))) = (headers.typed::<From>(), headers.typed::<To>()) {
        page.entry("Dialog", dialog(message, &from, &to));
    }
    each::<CallId>(headers, page, "Call-ID", |call| shown(call.0.as_bytes()));
    each::<CSeq>(headers, page, "CSeq", |cseq| {
        let method = shown(cseq.method.as_bytes());
        match message {
            Message::Response(_) => format!("answers {method}, number {}", cseq.number),
            _ => format!(
                "{method}, number {} of this sender's in this call",
                cseq.number
            ),
        }
    });
    each::<Contact>(headers, page, "Contact", contact);
}

/// Whether the message belongs to a dialog (RFC 3261 section 12).
fn dialog(message: &Message, from: &From<'_>, to: &To<'_>) -> &'static str {
    let cseq = message.headers().typed::<CSeq>().ok().flatten();
    let method = match message {
        Message::Request(request) => Some(request.method()),
        _ => cseq.map(|cseq| cseq.method),
    };
    let opens = [Method::INVITE, Method::SUBSCRIBE, Method::REFER]
        .map(Some)
        .contains(&method);
    match message {
        _ if from.tag().is_none() => "From has no tag: the sender is older than RFC 3261",
        Message::Request(_) if to.tag().is_some() && method == Some(Method::ACK) => {
            "both have a tag: it belongs to the answer that it confirms"
        }
        Message::Request(_) if to.tag().is_some() => "inside a dialog: both have a tag",
        Message::Request(_) if opens => {
            "none yet: To gets its tag with the answer, which opens one"
        }
        Message::Request(_) => "none: To has no tag",
        Message::Response(_) if to.tag().is_none() => "none yet: To has no tag",
        Message::Response(response) if opens && response.status().is_provisional() => {
            "an early one, to be confirmed by 2xx: both have a tag"
        }
        Message::Response(response) if opens && response.status().is_success() => {
            "confirmed: both have a tag"
        }
        _ => "both have a tag, but this answer opens no dialog",
    }
}

fn tell_way(message: &Message, page: &mut Page) {
    let headers = message.headers();
    page.heading(match message {
        Message::Response(_) => "The way back, the next hop first",
        _ => "The way, the last hop first",
    });
    each::<Via>(headers, page, "Via", via);
    each::<Route>(headers, page, "Route", |proxy| {
        format!("has still to pass {}", address(proxy))
    });
    each::<RecordRoute>(headers, page, "Record-Route", |proxy| {
        format!("{} wants to see the rest of the call", address(proxy))
    });
}

fn via(via: &Via<'_>) -> String {
    let mut text = format!("over {} from {}", via.transport, via.host);
    if let Some(port) = via.port {
        text += &format!(":{port}");
    }
    if let Some(address) = via.received() {
        text += &format!(", seen from {address}");
    }
    match via.rport() {
        Some(Some(port)) => text += &format!(", source port {port}"),
        Some(None) => text += ", asks for the answer to its source port (rport)",
        None => {}
    }
    match via.branch() {
        Some(branch) => text += &format!(", branch {}", shown(branch.as_bytes())),
        None => text += ", no branch: older than RFC 3261",
    }
    text
}

fn address(address: &NameAddr<'_>) -> String {
    let uri = shown(address.uri.as_bytes());
    let mut text = match &address.display_name {
        Some(name) => format!("{} <{uri}>", shown(name.text().as_bytes())),
        None => format!("<{uri}>"),
    };
    for param in &address.params {
        text += &format!(", {}", shown(param.name.as_bytes()));
        if let Some(value) = param.value() {
            text += &format!(" {}", shown(value.as_bytes()));
        }
    }
    text
}

fn contact(contact: &Contact<'_>) -> String {
    match contact.address() {
        Some(direct) => address(direct),
        None => "*: everything that is registered".to_owned(),
    }
}

fn tell_abilities(headers: &Headers, page: &mut Page) {
    page.heading("What the sender can do, and wants of others");
    list::<Allow>(headers, page, "Allow", "takes", |allow| allow.0.to_string());
    list::<Supported>(headers, page, "Supported", "knows", |tag| tag.0.to_string());
    list::<Require>(headers, page, "Require", "the receiver must know", |tag| {
        tag.0.to_string()
    });
    list::<ProxyRequire>(headers, page, "Proxy-Require", "proxies must know", |tag| {
        tag.0.to_string()
    });
    list::<Unsupported>(headers, page, "Unsupported", "does not know", |tag| {
        tag.0.to_string()
    });
}

/// Nothing that a password could be guessed from is repeated.
fn tell_authentication(headers: &Headers, page: &mut Page) {
    page.heading("Authentication");
    each::<WwwAuthenticate>(headers, page, "The server asks", |asks| challenge(asks));
    each::<ProxyAuthenticate>(headers, page, "A proxy asks", |asks| challenge(asks));
    each::<Authorization>(headers, page, "For the server", |proof| credentials(proof));
    each::<ProxyAuthorization>(headers, page, "For a proxy", |proof| credentials(proof));
}

fn challenge(challenge: &Challenge<'_>) -> String {
    let realm = challenge.realm().unwrap_or_default();
    let mut text = format!("{} for realm {}", challenge.scheme, shown(realm.as_bytes()));
    if challenge.is_digest() {
        text += &format!(", algorithm {}", challenge.algorithm());
        for qop in challenge.qop() {
            text += &format!(", qop {qop}");
        }
    }
    if challenge.is_stale() {
        text += "; only the nonce was too old";
    }
    text
}

fn credentials(credentials: &Credentials<'_>) -> String {
    let part = |text: Option<Text<'_>>| shown(text.unwrap_or_default().as_bytes());
    match credentials.is_digest() {
        true => format!(
            "Digest of {} in realm {}, algorithm {}",
            part(credentials.username()),
            part(credentials.realm()),
            credentials.algorithm()
        ),
        false => format!("{}, which is not shown", credentials.scheme),
    }
}

/// The header fields that were not told of above, one by one.
fn tell_others(headers: &Headers, page: &mut Page) {
    page.heading("The other header fields");
    for field in headers {
        let name = field.name();
        let value = match field.value() {
            [] => "(empty)".to_owned(),
            value => shown(value),
        };
        match words::header(&name) {
            _ if TOLD.contains(&name) => {}
            Some((meaning, source)) => {
                page.entry(
                    &name.to_string(),
                    &format!("{value} — {meaning} ({source})"),
                );
            }
            None => page.entry(
                &name.to_string(),
                &format!("{value} — not known here: passed on as it is"),
            ),
        }
    }
}

/// One entry for each value of a header.
fn each<H: TypedHeader>(
    headers: &Headers,
    page: &mut Page,
    label: &str,
    tell: impl Fn(&H::Value<'_>) -> String,
) {
    for value in headers.all::<H>() {
        match value {
            Ok(value) => page.entry(label, &tell(&value)),
            Err(_) => page.entry(label, UNREADABLE),
        }
    }
}

/// One entry for all the values of a header.
fn list<H: TypedHeader>(
    headers: &Headers,
    page: &mut Page,
    label: &str,
    verb: &str,
    tell: impl Fn(&H::Value<'_>) -> String,
) {
    let values = headers.all::<H>();
    let values: Vec<String> = values
        .map(|value| value.map_or(UNREADABLE.to_owned(), |value| tell(&value)))
        .collect();
    if !values.is_empty() {
        page.entry(label, &format!("{verb} {}", values.join(", ")));
    }
}
