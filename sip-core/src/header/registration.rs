//! What a Contact says of the registration that it is part of, to be written;
//! what reads it stands with the header.

use super::{Contact, NameAddr};
use crate::Uri;

impl<'m> Contact<'m> {
    /// The URI of the address, unless it is `*`.
    #[must_use]
    pub fn uri(&self) -> Option<&Uri<'m>> {
        self.address().map(|address| &address.uri)
    }

    /// Whether it is `*`.
    #[must_use]
    pub fn is_wildcard(&self) -> bool {
        matches!(self, Contact::Wildcard)
    }

    /// The same contact with that parameter; a `*` stays as it is.
    ///
    /// ```
    /// use sip_core::header::{Contact, TypedHeader};
    /// use sip_core::Uri;
    /// let uri: Uri = "sip:alice@192.0.2.2".parse()?;
    /// let contact = Contact::from(uri)
    ///     .with_expires(3_600)
    ///     .with_q(700)
    ///     .with_instance("urn:uuid:00000000-0000-1000-8000-000A95A0E128")
    ///     .with_reg_id(1);
    /// let mut text = Vec::new();
    /// contact.encode(&mut text);
    /// assert_eq!(
    ///     String::from_utf8(text)?,
    ///     "<sip:alice@192.0.2.2>;expires=3600;q=0.7\
    ///      ;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";reg-id=1"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_param(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.change(|address| address.params.set(name, value))
    }

    /// The same contact, which holds for that many seconds (`expires`, RFC 3261
    /// section 20.10).
    #[must_use]
    pub fn with_expires(self, seconds: u32) -> Self {
        self.with_param("expires", seconds.to_string())
    }

    /// The same contact with that `q`, in thousandths: 0 to 1,000, the more the
    /// better (RFC 3261 section 20.10). What is more is 1,000.
    #[must_use]
    pub fn with_q(self, thousandths: u16) -> Self {
        match thousandths {
            1_000.. => self.with_param("q", "1"),
            0 => self.with_param("q", "0"),
            _ => {
                let text = format!("0.{thousandths:03}");
                self.with_param("q", text.trim_end_matches('0'))
            }
        }
    }

    /// The same contact of the device with that URN (`+sip.instance`, RFC 5626
    /// section 4.1), which is put into angle brackets and quotes.
    #[must_use]
    pub fn with_instance(self, urn: &str) -> Self {
        self.change(|address| {
            address
                .params
                .set_quoted("+sip.instance", format!("<{urn}>"));
        })
    }

    /// The same contact for that one of the device's flows, from 1 on (`reg-id`,
    /// RFC 5626 section 4.2).
    #[must_use]
    pub fn with_reg_id(self, flow: u32) -> Self {
        self.with_param("reg-id", flow.to_string())
    }

    fn change(mut self, change: impl FnOnce(&mut NameAddr<'m>)) -> Self {
        if let Contact::Address(address) = &mut self {
            change(address);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_of_a_registration_is_read_back() {
        let uri: Uri<'_> = "sip:a@b".parse().unwrap();
        let contact = Contact::from(uri)
            .with_expires(0)
            .with_expires(u32::MAX)
            .with_instance("urn:uuid:1")
            .with_reg_id(2);
        assert_eq!(contact.expires(), Some(u32::MAX));
        assert_eq!(contact.instance().unwrap(), "urn:uuid:1");
        assert_eq!(contact.reg_id(), Some(2));
        for q in 0..=1_000 {
            assert_eq!(contact.clone().with_q(q).q(), Some(q));
        }
        assert_eq!(contact.with_q(1_001).q(), Some(1_000));
    }

    #[test]
    fn a_wildcard_has_no_parameters() {
        let star = Contact::Wildcard.with_expires(0).with_q(1).with_reg_id(1);
        assert!(star.is_wildcard() && star.uri().is_none());
    }
}
