//! What a message is to somebody who edits it: lists of values.

use sip_core::header::{
    CSeq, CallId, Contact, From, HeaderName, MaxForwards, RecordRoute, Route, To, TypedHeader, Via,
};
use sip_core::{Headers, Message, Text};

use super::operation::How;
use crate::message::flat;

macro_rules! tracked {
    ($($header:ident,)*) => {
        /// The headers that edits are made to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Tracked { $($header,)* }

        impl Tracked {
            pub(super) const ALL: &[Tracked] = &[$(Tracked::$header,)*];

            fn name(self) -> HeaderName<'static> {
                match self { $(Tracked::$header => <$header as TypedHeader>::NAME,)* }
            }

            fn values(self, headers: &Headers) -> Option<Vec<Value>> {
                match self { $(Tracked::$header => values::<$header>(headers),)* }
            }
        }
    };
}

tracked! {
    Via,
    Route,
    RecordRoute,
    Contact,
    From,
    To,
    CallId,
    CSeq,
    MaxForwards,
}

/// A value as it is written.
type Value = Text<'static>;

/// Every value of the header; nothing where one of them is unsound, so that it
/// is not known how many there are.
fn values<H>(headers: &Headers) -> Option<Vec<Value>>
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader,
{
    let written = |header: H::Value<'_>| {
        let mut text = Vec::new();
        header.encode(&mut text);
        flat(&text)
    };
    headers
        .all::<H>()
        .map(|value| value.map(written).ok())
        .collect()
}

/// A message.
#[derive(Debug)]
pub(super) struct Model {
    /// The Request-URI; nothing in a response.
    pub(super) uri: Vec<u8>,
    /// What each header of [`Tracked::ALL`] holds, where that is known.
    tracked: Vec<Option<Vec<Value>>>,
    /// The other header fields.
    others: Vec<(HeaderName<'static>, Value)>,
    body: Vec<u8>,
}

impl Model {
    /// The model of a message as it is.
    pub(super) fn of(message: &Message) -> Model {
        let headers = message.headers();
        let others = headers.iter().filter(|field| !is_apart(&field.name()));
        Model {
            uri: uri(message),
            tracked: Tracked::ALL
                .iter()
                .map(|header| header.values(headers))
                .collect(),
            others: others
                .map(|field| (field.name().into_owned(), flat(field.value())))
                .collect(),
            body: message.body().to_vec(),
        }
    }

    /// The message is what the model says.
    pub(super) fn compare(&self, message: &Message) {
        let found = Model::of(message);
        assert_eq!(found.uri, self.uri);
        assert_eq!(found.body, self.body);
        assert_eq!(found.others, self.others);
        for ((header, found), here) in Tracked::ALL.iter().zip(&found.tracked).zip(&self.tracked) {
            if here.is_some() {
                assert_eq!(found, here, "{header:?} in {message:?}");
            }
        }
    }

    fn of_header(&mut self, header: Tracked) -> &mut Option<Vec<Value>> {
        &mut self.tracked[header as usize]
    }

    pub(super) fn put(&mut self, header: Tracked, how: How, text: Vec<u8>) {
        let text = flat(&text);
        let place = self.of_header(header);
        match (how, place) {
            (How::Set, place) => *place = Some(vec![text]),
            (_, None) => {}
            (How::PushFront, Some(values)) => values.insert(0, text),
            (How::ReplaceFirst, Some(values)) if !values.is_empty() => values[0] = text,
            (_, Some(values)) => values.push(text),
        }
    }

    /// `popped`: the message says that there was a value.
    pub(super) fn pop_front(&mut self, header: Tracked, popped: bool) {
        if let Some(values) = self.of_header(header) {
            assert_eq!(popped, !values.is_empty(), "{header:?}");
            if popped {
                values.remove(0);
            }
        }
    }

    pub(super) fn remove(&mut self, header: Tracked) {
        *self.of_header(header) = Some(Vec::new());
    }

    pub(super) fn push_raw(&mut self, name: &HeaderName<'_>, text: &[u8]) {
        if let Some(header) = Tracked::ALL.iter().find(|header| header.name() == *name) {
            *self.of_header(*header) = None;
        } else if !is_apart(name) {
            self.others
                .push((name.clone().into_owned(), flat(text.trim_ascii())));
        }
    }

    pub(super) fn remove_raw(&mut self, name: &HeaderName<'_>) {
        self.others.retain(|(other, _)| other != name);
        if let Some(header) = Tracked::ALL.iter().find(|header| header.name() == *name) {
            self.remove(*header);
        }
    }

    pub(super) fn set_body(&mut self, content_type: &[u8], body: &[u8]) {
        let name = HeaderName::CONTENT_TYPE;
        let place = self.others.iter().position(|(other, _)| *other == name);
        self.remove_raw(&name);
        let place = place.unwrap_or(self.others.len());
        self.others.insert(place, (name, flat(content_type)));
        // It was the other body's.
        self.remove_raw(&HeaderName::CONTENT_ENCODING);
        self.body = body.to_vec();
    }

    pub(super) fn clear_body(&mut self) {
        for name in [
            HeaderName::CONTENT_TYPE,
            HeaderName::CONTENT_DISPOSITION,
            HeaderName::CONTENT_ENCODING,
            HeaderName::CONTENT_LANGUAGE,
        ] {
            self.remove_raw(&name);
        }
        self.body.clear();
    }
}

/// Content-Length is written anew whatever it was, and what is tracked is not
/// kept twice.
fn is_apart(name: &HeaderName<'_>) -> bool {
    *name == HeaderName::CONTENT_LENGTH || Tracked::ALL.iter().any(|header| header.name() == *name)
}

fn uri(message: &Message) -> Vec<u8> {
    match message {
        Message::Request(request) => request.raw_uri().to_vec(),
        _ => Vec::new(),
    }
}
