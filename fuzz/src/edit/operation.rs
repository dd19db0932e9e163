//! One edit: what is asked of a message, and what of its model.

use arbitrary::{Arbitrary, Unstructured};
use sip_core::header::{
    CSeq, CallId, Contact, ContentType, From, HeaderName, MaxForwards, NameAddr, RecordRoute,
    Route, To, TypedHeader, Via,
};
use sip_core::{BuildError, Headers, Host, Message, Method, ParseConfig, Uri};

use super::model::{Model, Tracked};

/// An edit, the text in it not yet made into values.
#[derive(Debug)]
pub(super) enum Operation {
    Typed {
        how: How,
        header: Tracked,
        text: [Short; 3],
    },
    PushRaw {
        name: Short,
        value: Short,
    },
    RemoveRaw {
        name: Short,
    },
    SetUri {
        uri: Short,
    },
    SetBody {
        content_type: Short,
        body: Short,
    },
    ClearBody,
}

/// An edit that is made to a typed header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Push,
    PushFront,
    Set,
    ReplaceFirst,
    PopFront,
    Remove,
}

/// A short text, which stands in the input where it is read: the usual way,
/// with lengths from the input's end, would leave seeds unwritable.
#[derive(Debug, Clone)]
pub(super) struct Short(Vec<u8>);

const LONGEST: usize = 40;

impl Short {
    pub(super) fn lossy(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}

impl<'a> Arbitrary<'a> for Short {
    fn arbitrary(input: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let length = usize::from(u8::arbitrary(input)?) % LONGEST;
        Ok(Short(input.bytes(length.min(input.len()))?.to_vec()))
    }
}

impl<'a> Arbitrary<'a> for Operation {
    fn arbitrary(input: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let kind = u8::arbitrary(input)?;
        let how = match kind % 16 {
            0 | 1 => How::Push,
            2 | 3 => How::PushFront,
            4 | 5 => How::Set,
            6 | 7 => How::ReplaceFirst,
            8 | 9 => How::PopFront,
            10 => How::Remove,
            11 => {
                let [name, value] = input.arbitrary()?;
                return Ok(Operation::PushRaw { name, value });
            }
            12 => {
                return Ok(Operation::RemoveRaw {
                    name: input.arbitrary()?,
                });
            }
            13 => {
                return Ok(Operation::SetUri {
                    uri: input.arbitrary()?,
                });
            }
            14 => {
                let [content_type, body] = input.arbitrary()?;
                return Ok(Operation::SetBody { content_type, body });
            }
            _ => return Ok(Operation::ClearBody),
        };
        let pick = usize::from(u8::arbitrary(input)?);
        let header = Tracked::ALL[pick % Tracked::ALL.len()];
        let text = match how {
            How::PopFront | How::Remove => [const { Short(Vec::new()) }; 3],
            _ => input.arbitrary()?,
        };
        Ok(Operation::Typed { how, header, text })
    }
}

impl Operation {
    /// Makes the edit, to both.
    pub(super) fn apply(&self, message: &mut Message, model: &mut Model) {
        match self {
            Operation::Typed { how, header, text } => typed(*how, *header, text, message, model),
            Operation::PushRaw { name, value } => {
                let name = name.lossy();
                let name = HeaderName::from(&*name);
                let pushed = message.headers_mut().push_raw(&name, &value.0);
                if pushed.is_ok() {
                    model.push_raw(&name, &value.0);
                }
            }
            Operation::RemoveRaw { name } => {
                let name = name.lossy();
                let name = HeaderName::from(&*name);
                let before = message.headers().fields(&name).count();
                assert_eq!(message.headers_mut().remove(&name), before);
                model.remove_raw(&name);
            }
            Operation::SetUri { uri } => {
                if let (Message::Request(request), Ok(uri)) = (message, Uri::parse(&uri.0)) {
                    request.set_uri(&uri);
                    model.uri = uri.as_bytes().to_vec();
                }
            }
            Operation::SetBody { content_type, body } => {
                let content_type = content_type.lossy();
                let (content_type, body) = (&*content_type, body.0.clone());
                let set = match message {
                    Message::Request(request) => request.set_body(content_type, body.clone()),
                    Message::Response(response) => response.set_body(content_type, body.clone()),
                };
                if set.is_ok() {
                    let read = ContentType::try_from(content_type).expect("it was accepted");
                    model.set_body(&read_back(&read), &body);
                }
            }
            Operation::ClearBody => {
                match message {
                    Message::Request(request) => request.clear_body(),
                    Message::Response(response) => response.clear_body(),
                }
                model.clear_body();
            }
        }
    }
}

/// Makes a value of the header out of the text, where that can be done, and
/// edits it in. The text is not always one that the header allows: then the
/// message must refuse it.
fn typed(how: How, header: Tracked, text: &[Short; 3], message: &mut Message, model: &mut Model) {
    let [first, second, third] = text;
    let address = || {
        let uri = Uri::parse(&first.0).ok()?;
        let mut address = NameAddr::new(uri);
        if !second.0.is_empty() {
            address = address.with_display_name(&second.lossy());
        }
        if !third.0.is_empty() {
            address = address.with_param("tag", &third.0);
        }
        Some(address)
    };
    let headers = message.headers_mut();
    let mut edit = Edit {
        how,
        header,
        headers,
        model,
    };
    match header {
        Tracked::Via => edit.make(|| {
            let via = Via::new(second.lossy(), Host::parse(&first.0).ok()?);
            Some(via.with_branch(&third.lossy()))
        }),
        Tracked::Route => edit.make(|| address().map(Route)),
        Tracked::RecordRoute => edit.make(|| address().map(RecordRoute)),
        Tracked::Contact if first.0 == b"*" => edit.make(|| Some(Contact::Wildcard)),
        Tracked::Contact => edit.make(|| address().map(Contact::Address)),
        Tracked::From => edit.make(|| address().map(From)),
        Tracked::To => edit.make(|| address().map(To)),
        Tracked::CallId => edit.make(|| Some(CallId::from(first.lossy()))),
        Tracked::CSeq => edit.make(|| {
            let number = first
                .0
                .iter()
                .fold(0, |number, octet| number << 8 | u32::from(*octet));
            Some(CSeq::new(number, Method::from_bytes(&second.0).ok()?))
        }),
        Tracked::MaxForwards => edit.make(|| first.0.first().map(|octet| MaxForwards(*octet))),
    }
}

struct Edit<'e> {
    how: How,
    header: Tracked,
    headers: &'e mut Headers,
    model: &'e mut Model,
}

impl Edit<'_> {
    fn make<H>(&mut self, value: impl FnOnce() -> Option<H>)
    where
        H: TypedHeader,
        for<'m> H::Value<'m>: TypedHeader,
    {
        match self.how {
            How::PopFront => {
                let popped = self.headers.pop_front::<H>();
                self.model.pop_front(self.header, popped);
            }
            How::Remove => {
                self.headers.remove(&H::NAME);
                self.model.remove(self.header);
            }
            how => {
                let Some(value) = value() else { return };
                if put(self.headers, how, &value).is_ok() {
                    self.model.put(self.header, how, read_back(&value));
                }
            }
        }
    }
}

/// The value as it is written once it was read: white space may be fewer.
fn read_back<H>(value: &H) -> Vec<u8>
where
    H: TypedHeader,
    for<'m> H::Value<'m>: TypedHeader,
{
    let (mut text, mut again) = (Vec::new(), Vec::new());
    value.encode(&mut text);
    match H::decode(&text, &ParseConfig::DEFAULT) {
        Ok((value, _)) => value.encode(&mut again),
        Err(fault) => panic!("it was put into the message: {fault:?}"),
    }
    again
}

fn put<H: TypedHeader>(headers: &mut Headers, how: How, value: &H) -> Result<(), BuildError> {
    match how {
        How::Push => headers.push(value),
        How::PushFront => headers.push_front(value),
        How::Set => headers.set(value),
        How::ReplaceFirst => headers.replace_first(value),
        How::PopFront | How::Remove => Ok(()),
    }
}
