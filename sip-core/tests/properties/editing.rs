//! An edited message says what the edits said, and all else as before.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sip_core::header::{CallId, HeaderName, MaxForwards, RecordRoute, Route, To, TypedHeader, Via};
use sip_core::{Host, Message, Request, Uri};

use crate::cases;
use crate::generate::{sip_uri, unknown_field};

#[derive(Debug, Clone)]
enum Edit {
    PushVia(String),
    PushFrontVia(String),
    PushFrontRecordRoute(String),
    SetTo(String),
    SetCallId(String),
    ReplaceMaxForwards(u8),
    ReplaceRoute(String),
    PopVia,
    PopRoute,
    Remove(&'static str),
    PushRaw(String, Vec<u8>),
    SetUri(String),
    SetBody(Vec<u8>),
    ClearBody,
}

fn edit() -> impl Strategy<Value = Edit> {
    let branch = || "[a-z]{1,6}";
    let uri = || "sip:[a-z]{1,4}@[a-z]{1,4}\\.example;lr";
    prop_oneof![
        branch().prop_map(Edit::PushVia),
        branch().prop_map(Edit::PushFrontVia),
        uri().prop_map(Edit::PushFrontRecordRoute),
        uri().prop_map(Edit::SetTo),
        branch().prop_map(Edit::SetCallId),
        any::<u8>().prop_map(Edit::ReplaceMaxForwards),
        uri().prop_map(Edit::ReplaceRoute),
        Just(Edit::PopVia),
        Just(Edit::PopRoute),
        select(&["v", "Route", "X-A", "To", "Content-Length"][..]).prop_map(Edit::Remove),
        unknown_field().prop_map(|(name, value)| {
            let sound = |octet: &u8| !octet.is_ascii_control();
            Edit::PushRaw(name, value.into_iter().filter(sound).collect())
        }),
        sip_uri().prop_map(Edit::SetUri),
        vec(any::<u8>(), 0..20).prop_map(Edit::SetBody),
        Just(Edit::ClearBody),
    ]
}

/// What a message is to say: names as they are known, and each line's values.
#[derive(Debug, Clone)]
struct Model {
    uri: String,
    lines: Vec<(String, Vec<Vec<u8>>)>,
    body: Vec<u8>,
}

impl Model {
    fn first(&self, name: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.0 == name)
    }

    fn remove(&mut self, name: &str) {
        self.lines.retain(|line| line.0 != name);
    }

    fn push(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.lines.push((name.to_owned(), vec![value.into()]));
    }

    fn push_front(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        let place = self.first(name).unwrap_or(0);
        self.lines
            .insert(place, (name.to_owned(), vec![value.into()]));
    }

    fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        let place = self.first(name);
        self.remove(name);
        let place = place.unwrap_or(self.lines.len());
        self.lines
            .insert(place, (name.to_owned(), vec![value.into()]));
    }

    fn pop(&mut self, name: &str) -> bool {
        let Some(place) = self.first(name) else {
            return false;
        };
        self.lines[place].1.remove(0);
        if self.lines[place].1.is_empty() {
            self.lines.remove(place);
        }
        true
    }

    fn replace(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        let place = self.first(name).unwrap_or(self.lines.len());
        self.pop(name);
        self.lines
            .insert(place, (name.to_owned(), vec![value.into()]));
    }

    fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::PushVia(branch) => self.push("Via", via_text(branch)),
            Edit::PushFrontVia(branch) => self.push_front("Via", via_text(branch)),
            Edit::PushFrontRecordRoute(uri) => self.push_front("Record-Route", format!("<{uri}>")),
            Edit::SetTo(uri) => self.set("To", format!("<{uri}>")),
            Edit::SetCallId(id) => self.set("Call-ID", id.clone()),
            Edit::ReplaceMaxForwards(hops) => self.replace("Max-Forwards", hops.to_string()),
            Edit::ReplaceRoute(uri) => self.replace("Route", format!("<{uri}>")),
            Edit::PopVia => drop(self.pop("Via")),
            Edit::PopRoute => drop(self.pop("Route")),
            Edit::Remove(name) => self.remove(&HeaderName::from(*name).to_string()),
            Edit::PushRaw(name, value) => self.push(name, value.trim_ascii()),
            Edit::SetUri(uri) => self.uri.clone_from(uri),
            Edit::SetBody(body) => {
                self.set("Content-Type", "x/y");
                self.body.clone_from(body);
            }
            Edit::ClearBody => {
                self.remove("Content-Type");
                self.body.clear();
            }
        }
    }
}

fn via_text(branch: &str) -> String {
    format!("SIP/2.0/TCP edit.example:5066;branch={branch};rport")
}

fn apply(edit: &Edit, request: &mut Request) {
    let uri = |text: &str| Uri::parse(text.as_bytes()).unwrap().into_owned();
    let via = |branch: &str| {
        let host = Host::try_from("edit.example").unwrap();
        Via::new("TCP", host)
            .with_port(5066)
            .with_branch(branch)
            .with_rport()
    };
    let headers = request.headers_mut();
    match edit {
        Edit::PushVia(branch) => headers.push(&via(branch)).unwrap(),
        Edit::PushFrontVia(branch) => headers.push_front(&via(branch)).unwrap(),
        Edit::PushFrontRecordRoute(text) => {
            headers.push_front(&RecordRoute::new(uri(text))).unwrap();
        }
        Edit::SetTo(text) => headers.set(&To::new(uri(text))).unwrap(),
        Edit::SetCallId(id) => headers.set(&CallId::from(&**id)).unwrap(),
        Edit::ReplaceMaxForwards(hops) => headers.replace_first(&MaxForwards(*hops)).unwrap(),
        Edit::ReplaceRoute(text) => headers.replace_first(&Route::new(uri(text))).unwrap(),
        Edit::PopVia => pop::<Via>(request),
        Edit::PopRoute => pop::<Route>(request),
        Edit::Remove(name) => drop(headers.remove(&HeaderName::from(*name))),
        Edit::PushRaw(name, value) => headers.push_raw(&HeaderName::from(&**name), value).unwrap(),
        Edit::SetUri(text) => request.set_uri(&uri(text)),
        Edit::SetBody(body) => request.set_body("x/y", body.clone()).unwrap(),
        Edit::ClearBody => request.clear_body(),
    }
}

fn pop<H: TypedHeader>(request: &mut Request) {
    let headers = request.headers_mut();
    let before = headers.all::<H>().count();
    assert_eq!(headers.pop_front::<H>(), before > 0);
    assert_eq!(headers.all::<H>().count(), before.saturating_sub(1));
}

/// A request with lists on its lines, and what it says.
fn start() -> impl Strategy<Value = (Vec<u8>, Model)> {
    let via = "SIP/2\\.0/UDP [a-z]{1,4}(;branch=[a-z]{1,4})?";
    let route = "(\"a,b\" )?<sip:[a-z]{1,4};lr>(;x=\"[,;]\")?";
    let line = prop_oneof![
        (Just("Via"), vec(via, 1..4)),
        (Just("Route"), vec(route, 1..4)),
        (Just("X-A"), vec("[a-z]{0,3}", 1..2)),
        (Just("To"), vec("sip:[a-z]{1,3}", 1..2)),
        (Just("Max-Forwards"), vec("[0-9]{1,2}", 1..2)),
        (Just("Content-Type"), vec("a/b", 1..2)),
    ];
    let line_end = select(&["\r\n", "\r\n", "\n"][..]);
    (
        vec(line, 0..7),
        vec(any::<u8>(), 0..9),
        any::<bool>(),
        line_end,
    )
        .prop_map(|(lines, body, length, line_end)| {
            let mut text = format!("OPTIONS sip:start SIP/2.0{line_end}");
            for (name, values) in &lines {
                text += &format!("{name}: {}{line_end}", values.join(", "));
            }
            if length {
                text += &format!("l: {}{line_end}", body.len());
            }
            let lines = lines
                .into_iter()
                .map(|(name, values)| {
                    let values = values.into_iter().map(String::into_bytes);
                    (name.to_owned(), values.collect())
                })
                .collect();
            let octets = [format!("{text}{line_end}").as_bytes(), &body].concat();
            let uri = "sip:start".to_owned();
            (octets, Model { uri, lines, body })
        })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn edits_are_what_the_message_says_when_it_is_read_again(
        (octets, mut model) in start(),
        edits in vec(edit(), 0..8),
    ) {
        let mut request = Request::parse(octets).unwrap();
        for edit in &edits {
            apply(edit, &mut request);
            model.apply(edit);
        }
        let Message::Request(again) = Message::parse(request.to_bytes()).unwrap() else {
            panic!("a request");
        };
        prop_assert_eq!(again.raw_uri(), model.uri.as_bytes());
        prop_assert_eq!(again.body(), &model.body[..]);
        let lengths = again.headers().fields(&HeaderName::CONTENT_LENGTH);
        let lengths: Vec<&[u8]> = lengths.map(|field| field.value()).collect();
        let length = model.body.len().to_string();
        prop_assert_eq!(lengths, vec![length.as_bytes()]);
        for request in [&request, &again] {
            let lines: Vec<(String, Vec<u8>)> = request
                .headers()
                .iter()
                .filter(|field| !field.is_named(&HeaderName::CONTENT_LENGTH))
                .map(|field| (field.name().to_string(), field.value().to_vec()))
                .collect();
            let wanted: Vec<(String, Vec<u8>)> = model
                .lines
                .iter()
                .map(|(name, values)| (name.clone(), values.join(&b", "[..])))
                .collect();
            prop_assert_eq!(lines, wanted);
        }
    }
}
