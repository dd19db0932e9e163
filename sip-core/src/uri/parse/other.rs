//! URNs (RFC 8141 section 2), and URIs of which only the characters are known.

use super::{Parts, escaped_run, offset};
use crate::grammar::Class;
use crate::uri::Scheme;
use crate::{Fault, Rule};

/// `NID ":" NSS` (RFC 8141 section 2).
pub(super) fn urn(text: &[u8], rest: &[u8]) -> Result<Parts, Fault> {
    let colon = memchr::memchr(b':', rest).unwrap_or(0);
    let nid = rest.get(..colon).unwrap_or_default();
    let edges = [nid.first(), nid.last()];
    let sound = (2..=32).contains(&nid.len())
        && nid
            .iter()
            .all(|octet| octet.is_ascii_alphanumeric() || *octet == b'-')
        && edges
            .iter()
            .flatten()
            .all(|octet| octet.is_ascii_alphanumeric());
    if !sound {
        return Err(Fault::new(Rule::Urn, rest));
    }
    let name = rest.get(colon.saturating_add(1)..).unwrap_or_default();
    if matches!(name.first(), None | Some(b'/' | b'?' | b'#')) {
        return Err(Fault::new(Rule::Urn, name));
    }
    let parts = opaque(text, rest)?;
    Ok(Parts {
        scheme: Scheme::Urn,
        ..parts
    })
}

/// A URI of which only the characters are known (RFC 3986 section 2).
pub(super) fn opaque(text: &[u8], rest: &[u8]) -> Result<Parts, Fault> {
    if rest.is_empty() {
        return Err(Fault::new(Rule::Uri, rest));
    }
    let end = escaped_run(rest, Class::URIC)?;
    if !end.is_empty() {
        return Err(Fault::new(Rule::Uri, end));
    }
    Ok(Parts::opaque(
        Scheme::Other,
        offset(text, rest),
        offset(text, &[]),
    ))
}
