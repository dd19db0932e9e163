//! Nothing that is put into a message reaches beyond its place.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sip_core::header::{
    Accept, AcceptContact, AlertInfo, Authorization, CSeq, CallId, Contact, ContentType,
    Credentials, Diversion, Event, From, Geolocation, GeolocationRouting, HeaderName, HistoryInfo,
    Identity, MaxForwards, NameAddr, Organization, Params, Privacy, Reason, ReasonProtocol,
    Replaces, RetryAfter, Route, SecurityClient, SessionExpires, SessionId, SipEtag, Subject,
    SubscriptionState, To, TypedHeader, UserAgent, Via, Warning, WwwAuthenticate,
};
use sip_core::{Host, Method, Request, Response, StatusCode, Uri};

use crate::cases;

/// Text that tries to begin a line of its own, and text that does not.
fn text() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "\r\nInjected: yes",
            "\nInjected: yes",
            "\r",
            "\n",
            "\r\n\r\n",
            "\r\n ",
            "\0",
            "\t",
            " ",
            "\"",
            "\\",
            ";",
            ",",
            "=",
            "<",
            ">",
            "@",
            ":",
            "a",
            "bc",
            "ä",
            "(",
            ")",
            "[::1]",
            "\u{7F}",
        ][..],
    );
    vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn request() -> sip_core::RequestBuilder {
    let uri: Uri<'_> = "sip:lift@tower.example".parse().unwrap();
    let via = Via::new("UDP", Host::try_from("gate.example").unwrap()).with_branch("z9hG4bK1");
    Request::builder(Method::OPTIONS, &uri)
        .header(via)
        .header(From::new(uri.clone()).with_tag("1"))
        .header(To::new(uri.clone()))
        .header(CallId::from("7"))
        .header(CSeq::new(1, Method::OPTIONS))
}

/// The message has six lines, of which the last is Content-Length, and `more`
/// of that name.
fn has_only(octets: bytes::Bytes, more: &[HeaderName<'_>]) -> Result<Request, TestCaseError> {
    let read = Request::parse(octets).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let names: Vec<HeaderName<'_>> = read.headers().iter().map(|field| field.name()).collect();
    let mut wanted = vec![
        HeaderName::VIA,
        HeaderName::FROM,
        HeaderName::TO,
        HeaderName::CALL_ID,
        HeaderName::CSEQ,
    ];
    wanted.extend_from_slice(more);
    wanted.push(HeaderName::CONTENT_LENGTH);
    prop_assert_eq!(names, wanted);
    prop_assert!(read.validate().is_ok());
    Ok(read)
}

fn breaks_lines(text: &str) -> bool {
    text.contains(['\r', '\n'])
}

/// A fold is white space, and is written as a space; any other line end could
/// begin a header field.
fn ends_lines(text: &str) -> bool {
    let folds = ["\r\n ", "\r\n\t", "\n ", "\n\t"];
    let unfolded = folds
        .iter()
        .fold(text.to_owned(), |text, fold| text.replace(fold, ""));
    breaks_lines(&unfolded)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_raw_value_with_a_line_end_is_refused_and_another_stands_as_it_is(value in text()) {
        let built = request().raw_header("X-Raw", value.as_bytes()).build();
        if breaks_lines(&value) {
            prop_assert!(built.is_err());
        }
        if let Ok(built) = built {
            let read = has_only(built.to_bytes(), &[HeaderName::new("X-Raw")])?;
            let field = read.headers().field(&HeaderName::new("X-Raw")).unwrap();
            prop_assert_eq!(field.value(), value.as_bytes().trim_ascii());
        }
    }

    #[test]
    fn a_raw_name_that_is_not_a_token_is_refused(name in text()) {
        let built = request().raw_header(&name, b"x").build();
        if let Ok(built) = built {
            has_only(built.to_bytes(), &[HeaderName::from(&*name)])?;
        }
    }

    #[test]
    fn a_display_name_is_read_back_as_it_was_given_or_refused(name in text()) {
        let uri: Uri<'_> = "sip:lift@tower.example".parse().unwrap();
        let contact = Contact::from(NameAddr::new(uri).with_display_name(&name));
        let built = request().header(contact).build();
        prop_assert_eq!(built.is_err(), breaks_lines(&name));
        if let Ok(built) = built {
            let read = has_only(built.to_bytes(), &[HeaderName::CONTACT])?;
            let contact = read.headers().required::<Contact>().unwrap();
            let shown = contact.address().unwrap().display_name.clone().unwrap();
            prop_assert_eq!(shown.text(), &*name);
        }
    }

    #[test]
    fn a_parameter_is_read_back_as_it_was_given_or_refused(name in text(), value in text()) {
        let uri: Uri<'_> = "sip:lift@tower.example".parse().unwrap();
        let contact = Contact::from(NameAddr::new(uri).with_param(&name, &value));
        let built = request().header(contact).build();
        if ends_lines(&name) || breaks_lines(&value) {
            prop_assert!(built.is_err());
        }
        if let Ok(built) = built {
            let read = has_only(built.to_bytes(), &[HeaderName::CONTACT])?;
            let contact = read.headers().required::<Contact>().unwrap();
            let found = contact.address().unwrap().params.iter().last().unwrap().value();
            prop_assert_eq!(found.map(|found| found.to_string()), Some(value));
        }
    }

    #[test]
    fn text_in_a_header_of_ours_is_refused_or_stays_where_it_is(piece in text(), which in 0_usize..5) {
        let host = Host::try_from("gate.example").unwrap();
        let builder = request();
        let built = match which {
            0 => builder.header(Via::new(&*piece, host)).build(),
            1 => {
                let mut via = Via::new("UDP", host);
                via.params = Params::new(&piece);
                builder.header(via).build()
            }
            2 => builder.header(Via::new("UDP", host).with_branch(&piece)).build(),
            3 => {
                let uri: Uri<'_> = "sip:lift@tower.example".parse().unwrap();
                let mut contact = NameAddr::new(uri);
                contact.params = Params::new(&piece);
                builder.header(Contact::from(contact)).build()
            }
            _ => {
                let mut request = builder.build().unwrap();
                let refused = request.headers_mut().set(&CallId::from(&*piece)).is_err();
                if breaks_lines(&piece) {
                    prop_assert!(refused);
                }
                has_only(request.to_bytes(), &[])?;
                return Ok(());
            }
        };
        // A space stands behind the transport.
        if ends_lines(&if which == 0 { format!("{piece} ") } else { piece }) {
            prop_assert!(built.is_err());
        }
        if let Ok(built) = built {
            let read = Request::parse(built.to_bytes()).unwrap();
            prop_assert_eq!(read.headers().len(), 7);
            prop_assert_eq!(read.faults_in_all(), 0);
        }
    }

    #[test]
    fn a_reason_phrase_and_a_content_type_stay_on_their_lines(reason in text(), content_type in text()) {
        let built = Response::builder(StatusCode::OK)
            .reason(&reason)
            .header(MaxForwards(1))
            .body(content_type.as_str(), "body")
            .build();
        if ends_lines(&content_type) {
            prop_assert!(built.is_err());
        }
        if let Ok(built) = built {
            let read = Response::parse(built.to_bytes()).unwrap();
            prop_assert_eq!(read.headers().len(), 3);
            prop_assert_eq!(read.body(), b"body");
            let shown: String = reason.chars().filter(|letter| !letter.is_control()).collect();
            prop_assert_eq!(read.reason(), &*shown);
        }
    }

    #[test]
    fn a_refused_edit_changes_nothing(value in text()) {
        let mut request = request().build().unwrap();
        let before = request.to_bytes();
        let edits = [
            request.headers_mut().push_raw(&HeaderName::new("X-Raw"), format!("{value}\n").as_bytes()),
            request.headers_mut().push(&CallId::from(format!("{value}\r"))),
            request.headers_mut().push_front(&CallId::from(format!("{value}\r"))),
            request.headers_mut().set(&CallId::from(format!("{value}\r"))),
            request.headers_mut().replace_first(&CallId::from(format!("{value}\r"))),
            request.set_body(format!("{value}\r\n").as_str(), "body"),
        ];
        for (index, edit) in edits.into_iter().enumerate() {
            prop_assert!(edit.is_err(), "{}", index);
        }
        prop_assert_eq!(request.to_bytes(), before);
    }
}

/// Puts what the field holds, which is folded, into another message.
#[track_caller]
fn sent_on<H>(value: &str)
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader,
{
    let octets = format!(
        "OPTIONS sip:lift@tower.example SIP/2.0\r\n{}: {value}\r\n\r\n",
        H::NAME
    );
    let received = Request::parse(octets.into_bytes()).unwrap();
    assert!(value.contains("\r\n"), "{value}");
    let mut sent = request().build().unwrap();
    let before = sent.headers().len();
    for read in received.headers().all::<H>() {
        sent.headers_mut().push(&read.unwrap()).unwrap();
    }
    let octets = sent.to_bytes();
    let read = Request::parse(octets.clone()).unwrap();
    assert!(
        read.headers()
            .iter()
            .all(|field| !field.value().contains(&b'\n')),
        "{octets:?}"
    );
    // Content-Length is one more.
    let pushed = received.headers().all::<H>().count();
    assert_eq!(read.headers().len(), before + pushed + 1, "{octets:?}");
    assert_eq!(read.faults_in_all(), 0, "{octets:?}");
}

#[test]
fn what_was_read_from_a_folded_field_is_sent_on_in_one_line() {
    sent_on::<Accept>("text/plain\r\n ;q=0.5,\r\n\tapplication/sdp");
    sent_on::<AcceptContact>("*;audio\r\n ;require");
    sent_on::<AlertInfo>("<urn:alert:service:normal>\r\n ;appearance=2");
    sent_on::<Authorization>(
        "Digest username=\"a\",\r\n realm=\"r\",\r\n\tnonce=\"n\", uri=\"sip:pbx\", response=\"00\"",
    );
    sent_on::<Contact>("\"Lift\r\n  four\" <sip:lift@tower.example>\r\n ;expires=60");
    sent_on::<ContentType>("text/plain;\r\n charset=utf-8");
    sent_on::<Diversion>("Lift\r\n four <sip:lift@tower.example>;reason\r\n =away");
    sent_on::<Event>("dialog\r\n ;id=1");
    sent_on::<Geolocation>("<cid:a@b>\r\n ;x=y");
    sent_on::<GeolocationRouting>("maybe\r\n = \"x\r\n y\"");
    sent_on::<HistoryInfo>("<sip:lift@tower.example>;\r\n index=1");
    sent_on::<Identity>("a.b.c;info=<https://x.example/c>\r\n ;alg=ES256");
    sent_on::<Organization>("Lifts\r\n and stairs");
    sent_on::<Privacy>("id;\r\n header");
    sent_on::<Reason>("SIP\r\n ;cause=200;text=\"Call completed\r\n elsewhere\"");
    sent_on::<Replaces>("7@b;to-tag=1\r\n ;from-tag=2;early-only\r\n ;x=y");
    sent_on::<RetryAfter>("120 (at\r\n lunch)\r\n ;duration=60");
    sent_on::<Route>("<sip:a@b;lr>\r\n ;x,\r\n <sip:c@d;lr>");
    sent_on::<SecurityClient>("tls\r\n ;q=0.5");
    sent_on::<SessionExpires>("1800;\r\n refresher=uas");
    sent_on::<SessionId>(
        "ab30317f1a784dc48ff824d0d3715d86;\r\n remote=00000000000000000000000000000000",
    );
    sent_on::<Subject>("Need more\r\n\t boxes");
    sent_on::<SubscriptionState>("active\r\n ;expires=60");
    sent_on::<UserAgent>("Phone/1\r\n (rev\r\n 2)");
    sent_on::<Via>("SIP/2.0/UDP\r\n a.example\r\n ;branch=z9hG4bK2");
    sent_on::<Warning>("399 a.example\r\n \"b\r\n c\"");
    sent_on::<WwwAuthenticate>("Digest realm=\"r\",\r\n nonce=\"n\"");
}

#[test]
fn a_line_that_hides_in_a_value_is_refused() {
    for text in [
        "a\r\nVia: x",
        "a\nVia: x",
        "a\r\n b\r\nVia: x",
        "a\rVia: x",
        "a\r\n",
    ] {
        let mut sent = request().build().unwrap();
        let before = sent.to_bytes();
        let uri: Uri<'_> = "sip:lift@tower.example".parse().unwrap();
        let mut contact = NameAddr::new(uri);
        let raw = format!(";{text}");
        contact.params = Params::new(&raw);
        let headers = sent.headers_mut();
        let edits = [
            headers.push(&CallId::from(text)),
            headers.push(&Contact::from(contact)),
            headers.push(&Organization::from(text)),
            headers.push(&Subject::from(text)),
            headers.push(&SipEtag::from(text)),
            headers.push(&UserAgent::from(text)),
            headers.push(&GeolocationRouting::Other(text.into())),
            headers.push(&Reason::new(ReasonProtocol::from(text))),
            headers.push(&Warning::new(399, "a", text)),
            headers.push(&Authorization::from(Credentials::bearer(text))),
            headers.push(&Event::new(text)),
        ];
        for (index, edit) in edits.into_iter().enumerate() {
            assert!(edit.is_err(), "{index}: {text:?}");
        }
        assert_eq!(sent.to_bytes(), before);
    }
}

trait Faults {
    /// How many values break their grammar; that a header stands twice is not
    /// counted.
    fn faults_in_all(&self) -> usize;
}

impl Faults for Request {
    fn faults_in_all(&self) -> usize {
        let faults = sip_core::Message::from(self.clone()).faults();
        let repeated = |fault: &&sip_core::ParseError| fault.rule != sip_core::Rule::Repeated;
        faults.iter().filter(repeated).count()
    }
}
