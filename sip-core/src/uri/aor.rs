//! Addresses of record as keys of maps and databases.

use std::borrow::Borrow;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use super::escape::{escape, unescape};
use super::{Host, Scheme, Telephone, Uri};
use crate::grammar::Class;
use crate::{Fault, ParseConfig, ParseError, Rule};

/// An address of record in the one form that all its URIs share: what a
/// registrar looks bindings up by (RFC 3261 section 10.3, step 5).
///
/// * Password, parameters and headers are left out; the user part keeps its
///   case, and has escapes only where it cannot do without; the host is in
///   lower case, without a dot at its end, addresses in their shortest form; a
///   port stays where one is given.
/// * `sips:` and `sip:` are the same address of record (RFC 3261 section 19.1,
///   RFC 5630 section 4) and give the same key, which says `sip:`.
/// * A telephone number, in a `tel:` URI or in a SIP URI with `user=phone`,
///   has no visual separators; of its parameters those stay by which it is
///   known: `isub`, `ext`, and the context of a local number, in this order
///   (RFC 3966 section 3). Those that say how to route a call there (`npdi`,
///   `rn`, `cic`, `tgrp`) are left out. A `tel:` URI and a SIP URI have
///   different keys: one is a number, the other a user at a host.
/// * A user part that `user=phone` is said of, but which is no global number
///   and has no context, is a user like any other.
///
/// URIs that are [`equivalent`](Uri::equivalent) have the same key.
///
/// The key is text: [`as_str`](AorKey::as_str) is what to store, and
/// [`from_stored`](AorKey::from_stored) reads it again. It is a URI, in ASCII
/// whatever the user part holds.
///
/// ```
/// use sip_core::{AorKey, Uri};
/// use std::collections::HashMap;
///
/// let contact: Uri = "sips:%61lice:secret@Atlanta.COM.;transport=tcp".parse()?;
/// let key = contact.aor_key().unwrap();
/// assert_eq!(key.as_str(), "sip:alice@atlanta.com");
///
/// let mut names = HashMap::new();
/// names.insert(key.clone(), "Alice");
/// assert_eq!(names.get("sip:alice@atlanta.com"), Some(&"Alice"));
/// assert_eq!(AorKey::from_stored(key.as_str())?, key);
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AorKey(Box<str>);

impl Uri<'_> {
    /// The address of record that the URI names, as a key. `None` where it
    /// names none: where its scheme is neither `sip`, `sips` nor `tel`, where
    /// it is a local telephone number without `phone-context`, and where the
    /// key would be longer than a URI may be (65,535 octets), as escapes make
    /// it.
    #[must_use]
    pub fn aor_key(&self) -> Option<AorKey> {
        let mut key = Vec::with_capacity(self.as_bytes().len());
        match self.scheme() {
            Scheme::Sip | Scheme::Sips => self.write_sip_key(&mut key),
            Scheme::Tel => {
                key.extend_from_slice(b"tel:");
                let number = self.telephone().filter(Telephone::is_complete)?;
                number.write_identity(Class::URI_PARAM, &mut key);
            }
            Scheme::Urn | Scheme::Other => return None,
        }
        if key.len() > usize::from(u16::MAX) {
            return None;
        }
        let key = String::from_utf8(key).ok()?;
        Some(AorKey(key.into_boxed_str()))
    }

    fn write_sip_key(&self, key: &mut Vec<u8>) {
        key.extend_from_slice(b"sip:");
        if let Some(user) = self.raw_user() {
            match self.telephone().filter(Telephone::is_complete) {
                Some(number) => number.write_identity(Class::USER, key),
                None => escape(&unescape(user), Class::USER, key),
            }
            key.push(b'@');
        }
        if let Some(host) = self.host() {
            write_host(&host, key);
        }
        if let Some(port) = self.port() {
            key.push(b':');
            key.extend_from_slice(port.to_string().as_bytes());
        }
    }
}

fn write_host(host: &Host<'_>, key: &mut Vec<u8>) {
    match host.ip() {
        Some(IpAddr::V6(address)) => key.extend_from_slice(format!("[{address}]").as_bytes()),
        Some(IpAddr::V4(address)) => key.extend_from_slice(address.to_string().as_bytes()),
        None => {
            let name = host.text().as_bytes();
            let name = name.strip_suffix(b".").unwrap_or(name);
            key.extend(name.iter().map(u8::to_ascii_lowercase));
        }
    }
}

impl AorKey {
    /// The key that was stored as [`as_str`](AorKey::as_str) gave it. Any other
    /// URI of the address of record gives its key, too: what people write into
    /// a database need not be in the one form.
    ///
    /// # Errors
    /// As [`Uri::parse`]; and [`Rule::AddressOfRecord`] where the URI has no
    /// key.
    pub fn from_stored(text: &str) -> Result<Self, ParseError> {
        let mut config = ParseConfig::DEFAULT;
        (config.limits.uri, config.limits.params) = (u16::MAX, u16::MAX);
        AorKey::try_from(&Uri::parse_with(text.as_bytes(), &config)?)
    }

    /// The key's text: the URI of the address of record in its one form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&Uri<'_>> for AorKey {
    type Error = ParseError;

    fn try_from(uri: &Uri<'_>) -> Result<Self, ParseError> {
        let length = uri.as_bytes().len();
        uri.aor_key()
            .ok_or_else(|| Fault::new(Rule::AddressOfRecord, uri.as_bytes()).in_value(length))
    }
}

impl FromStr for AorKey {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        AorKey::from_stored(text)
    }
}

impl AsRef<str> for AorKey {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// So that a map is asked by text, which then must be in the key's one form.
impl Borrow<str> for AorKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<AorKey> for String {
    fn from(key: AorKey) -> Self {
        key.0.into()
    }
}

impl fmt::Display for AorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for AorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AorKey({:?})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn key(text: &str) -> Option<String> {
        let key = Uri::try_from(text).unwrap().aor_key()?;
        assert_eq!(key.as_str().parse(), Ok(key.clone()), "{text}");
        Some(key.into())
    }

    #[track_caller]
    fn check(wanted: &str, uris: &[&str]) {
        for uri in uris {
            assert_eq!(key(uri).as_deref(), Some(wanted), "{uri}");
        }
    }

    #[test]
    fn every_uri_of_an_address_of_record_has_its_key() {
        check(
            "sip:alice@atlanta.com",
            &[
                "sip:alice@atlanta.com",
                "SIPS:alice@Atlanta.COM.",
                "sip:%61lice:pw@atlanta.com;transport=tcp;user=phone?subject=x",
            ],
        );
        check(
            "sip:Alice@h:5060",
            &["sip:Alice@h:5060", "sip:Alice@H:05060"],
        );
        check("sip:biloxi.com", &["sip:biloxi.com", "sips:Biloxi.com;lr"]);
        check(
            "sip:a@[2001:db8::1]:5070",
            &[
                "sip:a@[2001:DB8:0:0::1]:5070",
                "sip:a@[2001:db8::0001]:5070",
            ],
        );
        check("sip:*21%23@h", &["sip:*21#@h", "sip:%2A21%23@h"]);
        check(
            "sip:a%40b;c%3A@h",
            &["sip:a%40b;c%3a@h", "sip:a%40b%3Bc%3A@h"],
        );
    }

    #[test]
    fn a_user_that_is_not_utf8_keeps_its_octets() {
        let uri = Uri::parse(b"sip:J%FCrgen%00@h").unwrap();
        let key = uri.aor_key().unwrap();
        assert_eq!(key.as_str(), "sip:J%FCrgen%00@h");
        let again = AorKey::from_stored(key.as_str()).unwrap();
        let uri: Uri = again.as_str().parse().unwrap();
        assert_eq!(uri.user_unescaped().unwrap().as_bytes(), b"J\xFCrgen\0");
    }

    #[test]
    fn telephone_numbers_are_known_without_visual_separators() {
        check(
            "tel:+49301234",
            &["tel:+49-30-1234", "tel:+49(30)1234;npdi;rn=+49.1;tgrp=a"],
        );
        check(
            "tel:7042;isub=5;ext=12;phone-context=example.com",
            &[
                "tel:70-42;phone-context=Example.com.;ext=1-2;isub=5",
                "tel:7042;isub=5;ext=12;phone-context=example.com",
            ],
        );
        check("tel:1;phone-context=+1914", &["tel:1;phone-context=+1-914"]);
        check("tel:*21%23;phone-context=h", &["tel:*21#;phone-context=H"]);
        check(
            "sip:+49301234@h",
            &[
                "sip:+49-30-1234@h;user=phone",
                "sip:%2B4930.1234;npdi@h;user=phone",
                "sip:+49301234@h",
            ],
        );
        check(
            "sip:+1;ext=5@h",
            &["sip:+1;npdi;EXT=5@h;user=phone", "sip:+1;ext=5@h"],
        );
        check(
            "sip:2000;phone-context=pbx.example@h",
            &["sip:20-00;phone-context=PBX.example@h;user=phone"],
        );
    }

    #[test]
    fn a_user_said_to_be_a_phone_that_is_none_is_a_user() {
        check("sip:20-00@h", &["sip:20-00@h;user=phone"]);
        check("sip:Bob@h", &["sip:Bob@h;user=phone"]);
        check("sip:+49-30@h", &["sip:+49-30@h"]);
    }

    #[test]
    fn what_is_no_address_of_record_has_no_key() {
        for text in [
            "tel:112",
            "tel:112;phone-context",
            "urn:service:sos",
            "http://h/",
            "mailto:a@b",
        ] {
            assert_eq!(key(text), None, "{text}");
            let error = AorKey::from_stored(text).unwrap_err();
            assert_eq!(error.rule, Rule::AddressOfRecord);
        }
        assert!(AorKey::from_stored("alice").is_err());
    }

    #[test]
    fn a_key_that_could_not_be_read_again_is_none() {
        let mut config = ParseConfig::DEFAULT;
        config.limits.uri = u16::MAX;
        let text = format!("sip:{}@h", "#".repeat(30_000));
        let uri = Uri::parse_with(text.as_bytes(), &config).unwrap();
        assert_eq!(uri.aor_key(), None);
    }

    proptest! {
        #[test]
        fn a_key_is_read_again_as_the_same_key(
            text in "(sips?|tel):([+0-9a-c%;:=?&()*#.-]{0,12}@)?[+0-9a-c.:;=%?-]{1,16}(;user=phone)?"
        ) {
            if let Some(key) = Uri::parse(text.as_bytes()).ok().and_then(|uri| uri.aor_key()) {
                prop_assert_eq!(AorKey::from_stored(key.as_str()), Ok(key));
            }
        }

        #[test]
        fn the_key_of_a_number_is_read_again_as_the_same_key(
            scheme in "(tel:|sip:)",
            number in "([+]?[0-9a-f*.-]{1,6}|%2B[0-9]{1,3})",
            params in proptest::collection::vec(
                "(isub|ext|phone-context|npdi)(=[+]?([0-9A-Za-b.&$!-]|%[2-7][0-9A-F]){1,4})?", 0..4),
        ) {
            let mut text = format!("{scheme}{number}");
            for param in params {
                text = format!("{text};{param}");
            }
            if scheme == "sip:" {
                text.push_str("@h;user=phone");
            }
            if let Some(key) = Uri::parse(text.as_bytes()).ok().and_then(|uri| uri.aor_key()) {
                prop_assert_eq!(AorKey::from_stored(key.as_str()), Ok(key));
            }
        }

        #[test]
        fn equivalent_uris_have_the_same_key(
            user in proptest::collection::vec(any::<u8>(), 1..12),
            host in "[A-Z]{1,4}(\\.[a-z]{1,3})?\\.?",
            escaped in proptest::collection::vec(any::<bool>(), 12),
        ) {
            // The same user, with more escapes than it needs.
            let more: String = user
                .iter()
                .zip(escaped)
                .map(|(octet, escaped)| match escaped || !octet.is_ascii_alphanumeric() {
                    true => format!("%{octet:02x}"),
                    false => char::from(*octet).to_string(),
                })
                .collect();
            let this = crate::UriBuilder::sips().user(&user).host(&host).build().unwrap();
            let that = format!("sips:{more}@{}", host.to_lowercase());
            let that = Uri::try_from(that.as_str()).unwrap();
            prop_assert_eq!(this.aor_key(), that.aor_key());
            prop_assert!(this.aor_key().is_some());
        }

        #[test]
        fn uris_that_are_equivalent_have_the_same_key(
            this in "(sip|tel):[+]?[0-1A-Ba-b.-]{1,3}(@[hH]\\.?)?(;(ext|x|user)=(phone|[0-1-]{1,2})){0,2}",
            that in "(sip|tel):[+]?[0-1A-Ba-b.-]{1,3}(@[hH]\\.?)?(;(ext|x|user)=(phone|[0-1-]{1,2})){0,2}",
        ) {
            if let (Ok(this), Ok(that)) = (Uri::parse(this.as_bytes()), Uri::parse(that.as_bytes()))
                && this.equivalent(&that)
            {
                prop_assert_eq!(this.aor_key(), that.aor_key());
            }
        }
    }
}
