//! Reading everything that a value shows of itself.

use std::fmt::{self, Debug, Write};

use sip_core::header::{Contact, EventType, NameAddr, Params, Via};
use sip_core::{Host, ParseError, Position};

/// Formats the value, for the sake of what that reads.
pub(crate) fn look(value: impl Debug) {
    struct Nowhere;
    impl Write for Nowhere {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            std::hint::black_box(text);
            Ok(())
        }
    }
    let written = write!(Nowhere, "{value:?}");
    assert!(written.is_ok());
}

pub(crate) fn name_addr(address: &NameAddr<'_>) {
    if let Some(name) = &address.display_name {
        look(name.text());
        assert!(!name.raw().is_empty());
    }
    crate::uri::parts(&address.uri);
    params(&address.params);
    let owned = address.clone().into_owned();
    assert_eq!(format!("{owned:?}"), format!("{address:?}"));
}

pub(crate) fn contact(contact: &Contact<'_>) {
    if let Some(address) = contact.address() {
        name_addr(address);
    }
}

pub(crate) fn event_type(event: &EventType<'_>) {
    look(event.package());
    event.templates().for_each(look);
}

pub(crate) fn via(via: &Via<'_>) {
    host(&via.host);
    params(&via.params);
    let owned = via.clone().into_owned();
    assert_eq!(format!("{owned:?}"), format!("{via:?}"));
}

pub(crate) fn host(host: &Host<'_>) {
    assert_eq!(host.ip().is_none(), host.name().is_some(), "{host:?}");
    let again = Host::parse(host.text().as_bytes());
    assert!(again.is_ok_and(|again| again.equivalent(host)), "{host:?}");
}

pub(crate) fn params(params: &Params<'_>) {
    let mut count = 0;
    for param in params {
        count += 1;
        assert!(!param.name.is_empty(), "{params:?}");
        look(param.value());
        let Ok(name) = param.name.to_str() else {
            continue;
        };
        assert!(params.contains(name), "{params:?}");
        look(params.value(name));
        look(params.number(name));
        look(params.feature(name));
    }
    params.feature_names().for_each(look);
    assert_eq!(count == 0, params.is_empty(), "{params:?}");
}

/// A fault in `text` lies in `text`, and can be told to people.
pub(crate) fn error(error: &ParseError, text: &[u8]) {
    let octet = error.position.octet();
    if let Position::Message(_) = error.position {
        assert!(octet <= text.len(), "{error} in {} octets", text.len());
        let (line, column) = error.position.line_column(text);
        let line_feeds = text.iter().filter(|octet| **octet == b'\n').count();
        assert!((1..=line_feeds + 1).contains(&line), "{error}: {line}");
        assert!((1..=octet + 1).contains(&column), "{error}: {column}");
    }
    assert!((400..=699).contains(&error.status().code()), "{error}");
    assert!(error.to_string().contains("RFC "), "{error}");
}
