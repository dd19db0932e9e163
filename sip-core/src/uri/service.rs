//! Services that are called by what they do, not by where they are:
//! `urn:service:` (RFC 5031).

use std::fmt;

use super::compare::assigned_name;
use super::{Scheme, Uri};
use crate::Text;

/// A service that a `urn:service:` URI names, such as `sos.fire`: a top-level
/// service, and sub-services that narrow it (RFC 5031 section 3). Labels
/// ignore case.
///
/// ```
/// use sip_core::Uri;
/// let uri: Uri = "urn:service:sos.fire".parse()?;
/// let service = uri.service().unwrap();
/// assert_eq!(service.top_level(), "sos");
/// assert_eq!(service.labels().nth(1).unwrap(), "fire");
/// assert!(service.is("sos") && service.is_emergency());
/// assert!(!service.is("sos.police"));
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Service<'u>(&'u str);

impl Uri<'_> {
    /// The service that the URI names, where it is a `urn:service:` of the form
    /// that RFC 5031 section 3 gives it.
    #[must_use]
    pub fn service(&self) -> Option<Service<'_>> {
        if self.scheme() != Scheme::Urn {
            return None;
        }
        let after_scheme = self.octets(self.parts.after_scheme(), u16::MAX);
        let (namespace, service) = assigned_name(after_scheme);
        let sound = namespace.eq_ignore_ascii_case(b"service")
            && service.split(|octet| *octet == b'.').all(is_label);
        let service = std::str::from_utf8(service).ok()?;
        sound.then_some(Service(service))
    }
}

impl<'u> Service<'u> {
    /// The whole name, such as `sos.fire`, as it stands.
    #[must_use]
    pub fn name(&self) -> Text<'u> {
        Text::from(self.0)
    }

    /// The labels from the left: the top-level service, then the sub-services,
    /// as they stand.
    pub fn labels(&self) -> impl Iterator<Item = Text<'u>> + use<'u> {
        self.0.split('.').map(Text::from)
    }

    /// The top-level service, such as `sos` or `counseling`.
    #[must_use]
    pub fn top_level(&self) -> Text<'u> {
        Text::from(self.0.split('.').next().unwrap_or_default())
    }

    /// Whether it is the service `name` or one of its sub-services, at any
    /// depth: who offers no `sos.fire.forest` offers `sos.fire` (RFC 5031
    /// section 3).
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        let mut labels = self.0.split('.');
        name.split('.').all(|wanted| {
            labels
                .next()
                .is_some_and(|label| label.eq_ignore_ascii_case(wanted))
        })
    }

    /// Whether it is an emergency service: `sos` or one of its sub-services
    /// (RFC 5031 section 4.2). A test call, `test.sos` (RFC 6881 section 17),
    /// is not one.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.is("sos")
    }
}

/// `let-dig [ *let-dig-hyp let-dig ]` (RFC 5031 section 3)
fn is_label(label: &[u8]) -> bool {
    let edge = |octet: Option<&u8>| octet.is_some_and(u8::is_ascii_alphanumeric);
    edge(label.first())
        && edge(label.last())
        && label
            .iter()
            .all(|octet| octet.is_ascii_alphanumeric() || *octet == b'-')
}

impl fmt::Display for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Service({:?})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<String> {
        let uri = Uri::try_from(text).unwrap();
        uri.service().map(|service| service.to_string())
    }

    #[test]
    fn services_have_labels_divided_by_dots() {
        for (text, service) in [
            ("urn:service:sos", "sos"),
            ("URN:Service:SOS.Animal-Control", "SOS.Animal-Control"),
            ("urn:service:counseling.children", "counseling.children"),
            ("urn:service:sos?+x", "sos"),
        ] {
            assert_eq!(name(text).as_deref(), Some(service), "{text}");
        }
        for text in [
            "urn:service:.sos",
            "urn:service:sos.",
            "urn:service:sos..fire",
            "urn:service:-sos",
            "urn:service:sos.fire-",
            "urn:service:s%6Fs",
            "urn:service:a:b",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "sip:service@sos",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn sos_and_what_is_below_it_is_an_emergency() {
        let emergency = |text| {
            Uri::try_from(text)
                .unwrap()
                .service()
                .unwrap()
                .is_emergency()
        };
        assert!(emergency("urn:service:sos"));
        assert!(emergency("urn:service:SOS.ecall.manual"));
        assert!(!emergency("urn:service:sosfire"));
        assert!(!emergency("urn:service:test.sos"));
    }
}
