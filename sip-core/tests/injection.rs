//! Nothing that is written can be read as something else: values reach no
//! further than their place, and no two readers can disagree about a message.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic here is the report of a failed test"
)]

use sip_core::body::{Multipart, Part};
use sip_core::header::{
    Accept, AuthParams, CSeq, CallId, Challenge, Contact, ContentDisposition, ContentEncoding,
    ContentType, Credentials, Diversion, DiversionReason, Event, From, HeaderName, HistoryInfo,
    NameAddr, Params, Privacy, PrivacyValue, ProxyAuthorization, Reason, ReasonProtocol, ReferTo,
    Replaces, Route, Subject, Supported, To, TypedHeader, UserAgent, Via, WwwAuthenticate,
};
use sip_core::{
    BuildError, Fault, Host, Message, Method, ParseConfig, Position, Request, Response, Rule,
    StatusCode, Uri, UriBuilder,
};

fn uri(text: &str) -> Uri<'static> {
    text.parse().unwrap()
}

fn empty() -> Request {
    let builder = Request::builder(Method::OPTIONS, &uri("sip:a@b"));
    builder.build().unwrap()
}

#[track_caller]
fn refused<H: TypedHeader>(value: &H) {
    let mut request = empty();
    let before = request.to_bytes();
    assert!(request.headers_mut().push(value).is_err());
    assert_eq!(request.to_bytes(), before);
}

#[test]
fn what_is_no_token_is_refused_where_a_token_stands() {
    let host = || Host::try_from("h.example").unwrap();
    refused(&Via::new("UDP evil.example;x=", host()));
    refused(&Event::new("presence;id=1"));
    refused(&Reason::new(ReasonProtocol::from("SIP;cause=200")));
    refused(&ContentType::new("text", "plain;charset=x"));
    refused(&ContentDisposition::new("session;handling=optional"));
    refused(&Accept::new("text", "plain;q=0"));
    refused(&Replaces::new("call;early-only", "a", "b"));
    refused(&Replaces::new("call", "a;early-only", "b"));
    refused(&Privacy::new(&PrivacyValue::from("id;none")));
    let challenge = Challenge::digest("r", "n");
    let mut scheme = challenge.clone();
    scheme.scheme = "Digest x=1,".into();
    refused(&WwwAuthenticate::from(scheme));
}

#[test]
fn a_value_cannot_bring_parameters_of_a_digest_with_it() {
    // As a server may send it in quotes, to be copied by the client.
    let text = b"Digest realm=\"r\", nonce=\"n\", algorithm=\"MD5, auts=x\"";
    let (challenge, _) = WwwAuthenticate::decode(text, &ParseConfig::DEFAULT).unwrap();
    let credentials =
        Credentials::digest("u", "r", "n", "sip:a@b", "00").with_algorithm(&challenge.algorithm());
    refused(&ProxyAuthorization::from(credentials));
    let mut params = AuthParams::NONE;
    params.set_token("a=b, c", "d");
    assert!(AuthParams::parse(params.as_bytes()).is_err());
}

#[test]
fn what_a_challenge_said_goes_back_as_it_was_sent() {
    let text = b"Digest realm=\"r\", nonce=\"a\\\"b\\\\c\", opaque=\"\\x\"";
    let (challenge, _) = WwwAuthenticate::decode(text, &ParseConfig::DEFAULT).unwrap();
    let nonce = challenge.nonce().unwrap().to_string();
    let opaque = challenge.opaque().unwrap().to_string();
    let answer = Credentials::digest("u", "r", &nonce, "sip:a@b", "00").with_opaque(&opaque);
    assert_eq!(answer.nonce(), challenge.nonce());
    assert_eq!(answer.opaque(), challenge.opaque());
    // What is no inside of a quoted string is put in quotes like any other.
    let answer = Credentials::digest("u", "r", "n\", x=\"", "sip:a@b", "00");
    assert_eq!(answer.params.value("nonce").unwrap(), "n\", x=\"");
    assert_eq!(answer.params.find("x"), None);
}

#[test]
fn names_of_parameters_that_are_no_tokens_are_refused() {
    for name in ["a;b", "a=b;c", "a\r\nVia: x;b", "", "a>", "a,b", "\"a\""] {
        refused(&To::new(uri("sip:a@b")).with_param(name, "v"));
        let mut flag = NameAddr::new(uri("sip:a@b"));
        flag.params.set_flag(name);
        refused(&Route::from(flag.clone()));
        flag.params = Params::NONE;
        flag.params.set_quoted(name, "v");
        refused(&Contact::from(flag));
    }
}

impl<'m> WithParam<'m> for To<'m> {}
trait WithParam<'m>: std::ops::DerefMut<Target = NameAddr<'m>> + Sized {
    fn with_param(mut self, name: &str, value: &str) -> Self {
        self.params.set(name, value);
        self
    }
}

#[test]
fn a_value_for_a_uri_is_checked_before_it_is_escaped() {
    let broken = Replaces::new("1\r\nX: y", "a", "b");
    assert!(ReferTo::new(uri("sip:a@b")).with_replaces(&broken).is_err());
    let entry = HistoryInfo::new(uri("sip:a@b"));
    let reason = Reason::new(ReasonProtocol::from("SIP\r\nX: y"));
    assert!(entry.with_reason(&reason).is_err());
}

/// A header type of somebody else's, with a name that it should not have.
macro_rules! odd_header {
    ($type:ident, $name:expr) => {
        struct $type;

        impl TypedHeader for $type {
            type Value<'m> = $type;
            const NAME: HeaderName<'static> = HeaderName::new($name);

            fn decode<'m>(_: &'m [u8], _: &ParseConfig) -> Result<($type, &'m [u8]), Fault> {
                Ok(($type, &[]))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(b"999");
            }
        }
    };
}

odd_header!(SecondLength, "content-LENGTH");
odd_header!(CompactLength, "l");
odd_header!(LinesInName, "X: y\r\nContent-Length");
odd_header!(NoName, "");

#[test]
fn a_header_type_of_any_name_adds_no_second_content_length() {
    let mut request = empty();
    request.headers_mut().push(&SecondLength).unwrap();
    request.headers_mut().push(&CompactLength).unwrap();
    let text = request.to_string();
    assert_eq!(text.matches("ontent-Length: ").count(), 1, "{text}");
    assert!(text.contains("Content-Length: 0"));
    refused(&LinesInName);
    refused(&NoName);
}

#[test]
fn a_name_in_a_constant_is_the_header_that_it_names() {
    const ASSERTED: HeaderName<'static> = HeaderName::new("p-asserted-identity");
    let octets = "OPTIONS sip:a@b SIP/2.0\r\nP-Asserted-Identity: <sip:x@y>\r\n\r\n";
    let mut request = Request::parse(octets).unwrap();
    assert!(request.headers().contains(&ASSERTED));
    assert_eq!(request.headers_mut().remove(&ASSERTED), 1);
    assert_eq!(HeaderName::new("V"), HeaderName::VIA);
}

#[test]
fn names_longer_than_can_be_kept_are_refused() {
    let long = "x".repeat(65_536);
    let headers = |name: &str| -> Result<(), BuildError> {
        empty()
            .headers_mut()
            .push_raw(&HeaderName::from(name), b"v")
    };
    assert!(headers(&long).is_err());
    assert!(headers(&long[1..]).is_ok());
}

#[test]
fn folded_values_that_were_read_can_be_written() {
    let octets = "INVITE sip:a@b SIP/2.0\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\n\
        Subject: one\r\n two\r\nUser-Agent: A/1\r\n\t(b)\r\nEvent: a;\r\n id=1\r\n\r\n";
    let read = Request::parse(octets).unwrap();
    let mut request = empty();
    let headers = request.headers_mut();
    headers
        .push(&read.headers().required::<ContentType>().unwrap())
        .unwrap();
    headers
        .push(&read.headers().required::<Subject>().unwrap())
        .unwrap();
    headers
        .push(&read.headers().required::<UserAgent>().unwrap())
        .unwrap();
    headers
        .push(&read.headers().required::<Event>().unwrap())
        .unwrap();
    assert_eq!(
        request.to_string(),
        "OPTIONS sip:a@b SIP/2.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\
         Subject: one two\r\nUser-Agent: A/1 (b)\r\nEvent: a; id=1\r\nContent-Length: 0\r\n\r\n"
    );
    refused(&Subject::from("one\r\nX: y"));
    refused(&Subject::from("one\r y"));
}

#[test]
fn a_line_end_in_quotes_is_no_fold() {
    for name in ["\n ", "a\r\n b", "\\\n c"] {
        refused(&Contact::from(
            NameAddr::new(uri("sip:a@b")).with_display_name(name),
        ));
    }
    // A backslash that is escaped does not escape.
    let octets = "OPTIONS sip:a@b SIP/2.0\r\nContact: \"a\\\\\r\n b\" <sip:a@b>\r\n\r\n";
    let read = Request::parse(octets).unwrap();
    let contact = read.headers().required::<Contact>().unwrap();
    empty().headers_mut().push(&contact).unwrap();
}

#[test]
fn an_answer_has_one_of_each_header_that_stands_but_once() {
    let octets = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\r\nFrom: <sip:c@c>;tag=1\r\n\
        f: <sip:d@d>;tag=2\r\nTo: <sip:a@b>\r\nCall-ID: 7\r\ni: 8\r\nCSeq: 1 OPTIONS\r\n\r\n";
    let request = Request::parse(octets).unwrap();
    let answer = request.reply(StatusCode::BAD_REQUEST);
    let essentials = answer.validate().unwrap();
    assert_eq!(essentials.from.tag().unwrap(), "1");
    assert_eq!(essentials.call_id.0, "7");
}

#[test]
fn a_message_has_one_content_type_and_no_encoding_of_another_body() {
    let mut request = Request::builder(Method::INFO, &uri("sip:a@b"))
        .header(ContentEncoding::from("gzip"))
        .body("text/plain", "one")
        .body("application/sdp", "v=0")
        .build()
        .unwrap();
    assert_eq!(
        request.headers().fields(&HeaderName::CONTENT_TYPE).count(),
        1
    );
    request.set_body("text/plain", "two").unwrap();
    assert!(!request.headers().contains(&HeaderName::CONTENT_ENCODING));
}

#[test]
fn two_boundaries_are_none() {
    let content_type = ContentType::try_from("multipart/mixed;boundary=a;boundary=b").unwrap();
    let error = Multipart::parse("--a\r\n\r\n\r\n--a--", &content_type).unwrap_err();
    assert_eq!(error.rule, Rule::Boundary);
}

#[test]
fn a_boundary_stands_in_no_part() {
    let parts = ["--callwright--callwright-00000000", "--callwright-00000001"];
    let mut builder = Multipart::builder("mixed");
    for part in parts {
        builder = builder.part(Part::builder("text/plain", part));
    }
    let (content_type, _) = builder.build().unwrap();
    assert_eq!(content_type.boundary().unwrap(), "callwright-00000002");
}

#[test]
fn an_empty_line_of_a_list_hides_no_value_behind_it() {
    let octets = "OPTIONS sip:a@b SIP/2.0\r\nRoute:\r\nRoute: <sip:one;lr>,\r\nk:\r\n\
        Route: <sip:two;lr>\r\nSupported: timer\r\n\r\n";
    let mut request = Request::parse(octets).unwrap();
    let top = |request: &Request| {
        let route = request.headers().typed::<Route>().unwrap();
        route.map(|route| route.uri.to_string())
    };
    assert_eq!(top(&request).unwrap(), "sip:one;lr");
    assert_eq!(
        request.headers().required::<Supported>().unwrap().0,
        "timer"
    );
    assert!(request.headers_mut().pop_front::<Route>());
    assert_eq!(top(&request).unwrap(), "sip:two;lr");
    let three = Route::new(uri("sip:three;lr"));
    request.headers_mut().replace_first(&three).unwrap();
    assert_eq!(top(&request).unwrap(), "sip:three;lr");
    assert!(request.headers_mut().pop_front::<Route>());
    assert!(!request.headers_mut().pop_front::<Route>());
    assert_eq!(top(&request), None);
}

#[test]
fn numbers_have_no_sign() {
    let octets = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;rport=+5;ttl=+1;keep=+9\r\n\
        Contact: <sip:a@b;ttl=+3>;expires=+60\r\n\r\n";
    let request = Request::parse(octets).unwrap();
    let via = request.headers().required::<Via>().unwrap();
    assert_eq!((via.rport(), via.ttl(), via.keep()), (None, None, None));
    let contact = request.headers().required::<Contact>().unwrap();
    assert_eq!(contact.expires(), None);
    assert_eq!(contact.address().unwrap().uri.ttl(), None);
}

#[test]
fn only_a_request_uri_is_said_to_be_too_long() {
    let long = "x".repeat(5_000);
    let octets = format!("OPTIONS sip:a@b SIP/2.0\r\nTo: <sip:{long}@b>\r\n\r\n");
    let request = Request::parse(octets).unwrap();
    let error = request.headers().required::<To>().unwrap_err();
    assert_eq!(error.status(), StatusCode::BAD_REQUEST);
    let octets = format!("OPTIONS sip:{long}@b SIP/2.0\r\n\r\n");
    let error = Request::parse(octets).unwrap().uri().unwrap_err();
    assert_eq!(error.status(), StatusCode::REQUEST_URI_TOO_LONG);
}

#[test]
fn faults_of_the_request_uri_and_of_the_method_say_where() {
    let octets = "OPTIONS sip:u?x@b?a=b?c SIP/2.0\r\nVia: SIP/2.0/UDP c\r\nFrom: <sip:c@c>;tag=1\r\n\
        To: <sip:a@b>\r\nCall-ID: 7\r\nCSeq: 1 \t BYE \r\n\r\n";
    let mut request = Request::parse(octets).unwrap();
    let error = request.validate().unwrap_err();
    assert_eq!(error.rule, Rule::RequestUriHeaders);
    assert_eq!(error.position.line_column(octets.as_bytes()), (1, 18));
    request.set_uri(&uri("sip:a@b?x=y"));
    assert_eq!(request.validate().unwrap_err().position, Position::Value(7));
    request.set_uri(&uri("sip:a@b"));
    let error = request.validate().unwrap_err();
    assert_eq!(error.rule, Rule::CSeqMethod);
    assert_eq!(error.position.line_column(octets.as_bytes()), (6, 11));
    request
        .headers_mut()
        .set(&CSeq::new(12, Method::INFO))
        .unwrap();
    assert_eq!(request.validate().unwrap_err().position, Position::Value(3));
}

#[test]
fn text_that_is_no_product_has_an_end() {
    assert!(UserAgent::from("\u{c}x y").products().count() < 4);
}

#[test]
fn uris_reach_no_further_than_their_place() {
    let odd = "a\r\nb\0>;x?y&z=%41 \"";
    let built = UriBuilder::sip()
        .user(odd)
        .host("h.example")
        .param("p", odd)
        .header("h", odd)
        .build()
        .unwrap();
    assert_eq!(built.user_unescaped().unwrap(), odd);
    assert_eq!(built.params().iter().count(), 1);
    assert_eq!(
        built.headers().iter().next().unwrap().value_unescaped(),
        odd
    );
    assert!(built.as_bytes().iter().all(u8::is_ascii_graphic));
    for host in ["h x", "h\r\nX: y", "h>", "h;lr", "h?a=b", "a@h", ""] {
        assert!(UriBuilder::sip().host(host).build().is_err(), "{host}");
    }
    assert!(Method::from_bytes(b"A\r\nB").is_err());
    let answer = Response::builder(StatusCode::OK)
        .reason("a\r\nX: y\0\u{85}")
        .build();
    assert!(
        answer
            .unwrap()
            .to_string()
            .starts_with("SIP/2.0 200 aX: y\r\n")
    );
    refused(&CallId::from("a b"));
    refused(&From::new(uri("sip:a@b")).with_tag("a\r\nb"));
    let sent_on = Diversion::new(uri("sip:a@b")).with_reason(&DiversionReason::from("x;limit=9"));
    assert_eq!(sent_on.limit(), None);
}

#[test]
fn everything_public_goes_to_other_threads() {
    fn check<T: Send + Sync>() {}
    check::<Message>();
    check::<sip_core::Headers>();
    check::<sip_core::Malformed>();
    check::<sip_core::StreamParser>();
    check::<sip_core::Datagram>();
    check::<sip_core::Frame>();
    check::<sip_core::RequestBuilder>();
    check::<sip_core::ResponseBuilder>();
    check::<sip_core::RequestEssentials<'_>>();
    check::<sip_core::ResponseEssentials<'_>>();
    check::<sip_core::Values<'_, Via<'_>>>();
    check::<sip_core::Fields<'_>>();
    check::<Uri<'_>>();
    check::<UriBuilder>();
    check::<sip_core::AorKey>();
    check::<sip_core::Telephone<'_>>();
    check::<Multipart>();
    check::<Part>();
    check::<sip_core::body::MultipartBuilder>();
    check::<BuildError>();
    check::<sip_core::ParseError>();
    check::<HeaderName<'_>>();
    check::<Params<'_>>();
    check::<sip_core::Text<'_>>();
}
