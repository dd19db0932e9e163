//! Reading everything that a value shows of itself.

use std::fmt::{self, Debug, Write};

use sip_core::header::{
    AuthParams, Challenge, Confirmation, Contact, Credentials, Date, EventType, NameAddr, Params,
    Privacy, Products, RetryAfter, SecurityMechanism, Via,
};
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

pub(crate) fn challenge(challenge: &Challenge<'_>) {
    look((challenge.is_digest(), challenge.is_bearer()));
    look((challenge.realm(), challenge.domain(), challenge.nonce()));
    look((challenge.opaque(), challenge.is_stale()));
    look((challenge.algorithm(), challenge.algorithm().is_session()));
    for qop in challenge.qop() {
        assert!(challenge.offers(&qop), "{challenge:?}");
    }
    look((challenge.authz_server(), challenge.scope()));
    look(challenge.error());
    auth_params(&challenge.params);
}

pub(crate) fn credentials(credentials: &Credentials<'_>) {
    look((credentials.is_digest(), credentials.is_bearer()));
    look((credentials.username(), credentials.realm()));
    look((credentials.nonce(), credentials.uri()));
    look((credentials.response(), credentials.algorithm()));
    look((credentials.cnonce(), credentials.opaque()));
    look((credentials.qop(), credentials.nonce_count()));
    auth_params(&credentials.params);
}

pub(crate) fn confirmation(confirmation: &Confirmation<'_>) {
    look((confirmation.next_nonce(), confirmation.qop()));
    look((confirmation.response(), confirmation.cnonce()));
    look(confirmation.nonce_count());
    auth_params(&confirmation.params);
}

fn auth_params(params: &AuthParams<'_>) {
    let mut count = 0;
    for param in params.iter() {
        count += 1;
        look(param.value());
        if let Ok(name) = param.name.to_str() {
            assert!(params.find(name).is_some(), "{params:?}");
            look((params.value(name), params.sent(name)));
        }
    }
    assert_eq!(count == 0, params.is_empty(), "{params:?}");
}

pub(crate) fn date(date: &Date) {
    look((date.year(), date.month(), date.day(), date.weekday()));
    look((date.hour(), date.minute(), date.second()));
    look((date.unix_seconds(), date.weekday().name()));
}

pub(crate) fn mechanism(mechanism: &SecurityMechanism<'_>) {
    look((mechanism.q(), mechanism.digest_algorithm()));
    look((mechanism.digest_qop(), mechanism.digest_verify()));
    params(&mechanism.params);
}

pub(crate) fn privacy(privacy: &Privacy<'_>) {
    for value in privacy.iter() {
        assert!(privacy.contains(&value), "{privacy:?}");
    }
}

pub(crate) fn products(products: &Products<'_>) {
    products.clone().for_each(look);
}

pub(crate) fn retry_after(retry_after: &RetryAfter<'_>) {
    look(retry_after.comment.as_ref().map(|comment| comment.text()));
    params(&retry_after.params);
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
    if let Position::Message(_) | Position::Body(_) = error.position {
        assert!(octet <= text.len(), "{error} in {} octets", text.len());
        let (line, column) = error.position.line_column(text);
        let line_feeds = text.iter().filter(|octet| **octet == b'\n').count();
        assert!((1..=line_feeds + 1).contains(&line), "{error}: {line}");
        assert!((1..=octet + 1).contains(&column), "{error}: {column}");
    }
    assert!((400..=699).contains(&error.status().code()), "{error}");
    assert!(error.to_string().contains("RFC "), "{error}");
}
