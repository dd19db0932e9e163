//! Telephone numbers in URIs, and the parameters that belong to the number
//! (RFC 3966; RFC 3261 section 19.1.6).

use std::fmt;

use super::escape::{Case, escape, same, unescape};
use super::{Host, Scheme, Uri, UriParam, UriParams, parse};
use crate::Text;
use crate::grammar::Class;

/// A telephone number and its parameters (`telephone-subscriber`, RFC 3966
/// section 3): the whole of a `tel:` URI, or the user part of a SIP URI with
/// `user=phone`.
///
/// A local number says where it is valid in its [`phone_context`]. RFC 3966
/// section 5.1.5 makes that mandatory; telephones and web pages leave it out
/// (`tel:112`), so that it is read without, and who was called by it is for
/// the receiver to say. [`UriBuilder`](crate::UriBuilder) writes none without.
///
/// ```
/// use sip_core::Uri;
/// let uri: Uri = "sip:+49-30-1234;npdi;rn=+49.1@gw.example;user=phone".parse()?;
/// let number = uri.telephone().unwrap();
/// assert_eq!(number.number(), "+49-30-1234");
/// assert_eq!(number.digits(), "+49301234");
/// assert!(number.is_global() && number.npdi());
/// assert_eq!(number.rn().unwrap(), "+49.1");
/// # Ok::<(), sip_core::ParseError>(())
/// ```
///
/// [`phone_context`]: Telephone::phone_context
#[derive(Clone, Copy)]
pub struct Telephone<'u> {
    number: &'u [u8],
    params: UriParams<'u>,
}

/// Where a local number is valid (RFC 3966 section 5.1.5).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum PhoneContext<'u> {
    /// With whoever has the numbers that begin with these digits, such as
    /// `+1-914-555`. They are no prefix: to dial them with the number reaches
    /// somebody else.
    Number(Text<'u>),
    /// Where whoever owns this name says, such as `pbx.example`.
    Domain(Text<'u>),
}

impl Uri<'_> {
    /// The telephone number that a `tel:` URI is, or that the user part of a
    /// SIP URI with `user=phone` is (RFC 3261 section 19.1.6). `None` also
    /// where that user part is not a telephone number after all.
    ///
    /// Without `user=phone` a host may still hold its users to be numbers:
    /// [`Telephone::parse`] reads [`Uri::user`] then.
    #[must_use]
    pub fn telephone(&self) -> Option<Telephone<'_>> {
        match self.scheme() {
            Scheme::Tel => Some(Telephone {
                number: self.raw_user()?,
                params: self.params(),
            }),
            Scheme::Sip | Scheme::Sips => {
                let kind = self.user_param()?;
                kind.eq_ignore_case("phone")
                    .then(|| Telephone::parse(self.raw_user()?))?
            }
            _ => None,
        }
    }
}

impl<'u> Telephone<'u> {
    /// Reads a telephone number with its parameters, which fill `text`; as in
    /// a URI, escapes are read.
    #[must_use]
    pub fn parse(text: &'u [u8]) -> Option<Self> {
        let end = memchr::memchr(b';', text).unwrap_or(text.len());
        let (number, params) = text.split_at_checked(end)?;
        let rest = parse::telephone_number(&unescape(number)).ok()?.len();
        (rest == 0).then_some(Telephone {
            number,
            params: UriParams::known(params),
        })
    }

    /// The number as it stands, without its parameters.
    #[must_use]
    pub fn number(&self) -> Text<'u> {
        Text::from(self.number)
    }

    /// The number without visual separators (RFC 3966 section 5.1.1): `+` and
    /// digits of a global number; digits, letters `a` to `f` in the case in
    /// which they stand, `*` and `#` of a local one.
    #[must_use]
    pub fn digits(&self) -> Text<'u> {
        let separated = |octet: &u8| matches!(octet, b'%') || is_separator(*octet);
        if !self.number.iter().any(separated) {
            return self.number();
        }
        Text::from(digits_of(self.number))
    }

    /// Whether the number is one of the world (E.164): it begins with `+`
    /// (RFC 3966 section 5.1.4). Else it is valid in its
    /// [`phone_context`](Self::phone_context).
    #[must_use]
    pub fn is_global(&self) -> bool {
        unescape(self.number).first() == Some(&b'+')
    }

    /// `phone-context`: where a local number is valid (RFC 3966 section
    /// 5.1.5).
    #[must_use]
    pub fn phone_context(&self) -> Option<PhoneContext<'u>> {
        let context = self.params.value("phone-context")?;
        Some(match context.as_bytes().first() {
            Some(b'+') => PhoneContext::Number(context),
            _ => PhoneContext::Domain(context),
        })
    }

    /// `isub`: the ISDN subaddress (RFC 3966 section 5.2).
    #[must_use]
    pub fn isub(&self) -> Option<Text<'u>> {
        self.params.value("isub")
    }

    /// `ext`: the extension behind the number, for a PBX to read (RFC 3966
    /// section 5.3).
    #[must_use]
    pub fn ext(&self) -> Option<Text<'u>> {
        self.params.value("ext")
    }

    /// `postd`: what to dial once the call is answered (RFC 2806 section 2.2,
    /// which RFC 3261 refers to; RFC 3966 has it no more).
    #[must_use]
    pub fn postd(&self) -> Option<Text<'u>> {
        self.params.value("postd")
    }

    /// `npdi`: whether the number portability database has been asked
    /// (RFC 4694 section 4).
    #[must_use]
    pub fn npdi(&self) -> bool {
        self.params.contains("npdi")
    }

    /// `rn`: the routing number that the portability database gave (RFC 4694
    /// section 4), as it stands, visual separators and all. One without `+` is
    /// valid in its `rn-context`.
    #[must_use]
    pub fn rn(&self) -> Option<Text<'u>> {
        self.params.value("rn")
    }

    /// `rn-context`: where a local routing number is valid (RFC 4694
    /// section 4).
    #[must_use]
    pub fn rn_context(&self) -> Option<Text<'u>> {
        self.params.value("rn-context")
    }

    /// `cic`: the code of the carrier to choose (RFC 4694 section 4), as it
    /// stands. One without `+` is valid in its `cic-context`.
    #[must_use]
    pub fn cic(&self) -> Option<Text<'u>> {
        self.params.value("cic")
    }

    /// `cic-context`: where a local carrier code is valid (RFC 4694
    /// section 4).
    #[must_use]
    pub fn cic_context(&self) -> Option<Text<'u>> {
        self.params.value("cic-context")
    }

    /// `tgrp`: the trunk group by which the call came or shall go, valid in
    /// its [`trunk_context`](Self::trunk_context) (RFC 4904 section 5).
    #[must_use]
    pub fn tgrp(&self) -> Option<Text<'u>> {
        self.params.value("tgrp")
    }

    /// `trunk-context`: where the trunk group is known (RFC 4904 section 5).
    #[must_use]
    pub fn trunk_context(&self) -> Option<Text<'u>> {
        self.params.value("trunk-context")
    }

    /// The first parameter that says of itself that it must be understood: its
    /// name begins with `m-`. Who does not know it may not use the number
    /// (RFC 3966 section 5.4).
    #[must_use]
    pub fn mandatory_param(&self) -> Option<UriParam<'u>> {
        self.params.iter().find(|param| {
            let name = unescape(param.name.as_bytes());
            matches!(*name, [b'm' | b'M', b'-', ..])
        })
    }

    /// The parameters of the number. Of a SIP URI they are those in its user
    /// part, not its own.
    #[must_use]
    pub fn params(&self) -> UriParams<'u> {
        self.params
    }

    /// The number as it stands.
    pub(super) fn raw_number(&self) -> &'u [u8] {
        self.number
    }

    /// Whether the number says what it is by itself: it is global or has a
    /// context.
    pub(super) fn is_complete(&self) -> bool {
        self.is_global() || self.params.raw_value("phone-context").is_some()
    }

    /// Appends what the number is known by, every octet beyond `class`
    /// escaped: its digits, subaddress, extension and context, each in one form
    /// for all that are equivalent. What says how to route a call there is left
    /// out.
    pub(super) fn write_identity(&self, class: Class, out: &mut Vec<u8>) {
        let mut write = |name: &str, mut value: Vec<u8>| {
            if value.is_empty() {
                return;
            }
            value.make_ascii_lowercase();
            out.extend_from_slice(name.as_bytes());
            escape(&value, class, out);
        };
        write("", digits_of(self.number));
        if let Some(isub) = self.isub() {
            write(";isub=", isub.as_bytes().to_vec());
        }
        if let Some(ext) = self.params.raw_value("ext") {
            write(";ext=", digits_of(ext));
        }
        match self.phone_context() {
            _ if self.is_global() => {}
            Some(PhoneContext::Number(number)) => {
                write(";phone-context=", without_separators(number.as_bytes()));
            }
            Some(PhoneContext::Domain(name)) => {
                write(";phone-context=", without_dot(name.as_bytes()).to_vec());
            }
            None => {}
        }
    }
}

impl PhoneContext<'_> {
    /// The domain, where it is one and has the form of a host.
    #[must_use]
    pub fn host(&self) -> Option<Host<'_>> {
        match self {
            PhoneContext::Number(_) => None,
            PhoneContext::Domain(name) => Host::parse(name.as_bytes()).ok(),
        }
    }
}

/// The number as it stands, with its parameters.
impl fmt::Display for Telephone<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number(), Text::from(self.params.as_bytes()))
    }
}

impl fmt::Debug for Telephone<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let params = Text::from(self.params.as_bytes());
        write!(f, "Telephone({:?}, {params:?})", self.number())
    }
}

/// `visual-separator` (RFC 3966 section 3)
pub(super) fn is_separator(octet: u8) -> bool {
    matches!(octet, b'-' | b'.' | b'(' | b')')
}

/// Whether two numbers, each as it stands, are the same digits (RFC 3966
/// section 4).
pub(super) fn same_digits(this: &[u8], that: &[u8]) -> bool {
    same(this, that, Case::Ignored) || digits_of(this).eq_ignore_ascii_case(&digits_of(that))
}

/// Whether two values of `phone-context`, each as it stands, are the same:
/// compared as numbers or as host names (RFC 3966 section 4).
pub(super) fn same_context(this: &[u8], that: &[u8]) -> bool {
    match (this, that) {
        ([b'+', ..], [b'+', ..]) => same_digits(this, that),
        _ => same(without_dot(this), without_dot(that), Case::Ignored),
    }
}

fn digits_of(number: &[u8]) -> Vec<u8> {
    without_separators(&unescape(number))
}

fn without_separators(number: &[u8]) -> Vec<u8> {
    number
        .iter()
        .copied()
        .filter(|octet| !is_separator(*octet))
        .collect()
}

/// A domain without dots at its end; of nothing but dots one is left, since a
/// parameter has no empty value.
fn without_dot(name: &[u8]) -> &[u8] {
    let last = name.iter().rposition(|octet| *octet != b'.').unwrap_or(0);
    name.get(..=last).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri<'_> {
        Uri::try_from(text).unwrap()
    }

    #[test]
    fn the_examples_of_rfc_3966_are_read() {
        let global = uri("tel:+1-201-555-0123");
        assert_eq!(global.telephone().unwrap().digits(), "+12015550123");
        assert!(global.telephone().unwrap().phone_context().is_none());

        let local = uri("tel:7042;phone-context=example.com");
        let number = local.telephone().unwrap();
        assert!(!number.is_global());
        let context = number.phone_context().unwrap();
        assert_eq!(context.host().unwrap().to_string(), "example.com");

        let local = uri("tel:863-1234;phone-context=+1-914-555");
        let number = local.telephone().unwrap();
        assert_eq!(number.digits(), "8631234");
        match number.phone_context() {
            Some(PhoneContext::Number(number)) => assert_eq!(number, "+1-914-555"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn parameters_of_the_number_and_of_the_sip_uri_are_kept_apart() {
        let uri = uri(
            "sip:+1234;ext=5;isub=7;postd=9pp;npdi;rn=+1-2;cic=+1-6789;tgrp=tg1;\
             trunk-context=isp.example@h;user=phone;transport=tcp",
        );
        let number = uri.telephone().unwrap();
        assert_eq!(number.number(), "+1234");
        assert_eq!(number.ext().unwrap(), "5");
        assert_eq!(number.isub().unwrap(), "7");
        assert_eq!(number.postd().unwrap(), "9pp");
        assert_eq!(number.rn().unwrap(), "+1-2");
        assert_eq!(number.cic().unwrap(), "+1-6789");
        assert_eq!(number.tgrp().unwrap(), "tg1");
        assert_eq!(number.trunk_context().unwrap(), "isp.example");
        assert!(number.npdi());
        assert_eq!(number.rn_context(), None);
        assert_eq!(number.cic_context(), None);
        assert!(!number.params().contains("transport"));
        assert!(!uri.params().contains("ext"));
        assert!(number.to_string().starts_with("+1234;ext=5;"));
    }

    #[test]
    fn a_user_is_a_number_only_where_the_uri_says_so_and_it_has_the_form() {
        assert!(uri("sip:+1234@h").telephone().is_none());
        assert!(uri("sip:+1234@h;user=ip").telephone().is_none());
        assert!(uri("sip:h;user=phone").telephone().is_none());
        assert!(uri("sip:alice@h;user=phone").telephone().is_none());
        assert!(uri("sip:+12+34@h;user=phone").telephone().is_none());
        assert!(uri("urn:service:sos").telephone().is_none());
        assert!(uri("sips:+1234@h;USER=Phone").telephone().is_some());
        assert!(Telephone::parse(b"1234").is_some());
        assert!(Telephone::parse(b"").is_none());
        assert!(Telephone::parse(b"()").is_none());
    }

    #[test]
    fn escapes_in_a_number_are_read() {
        let plus = uri("sip:%2B4930@h;user=phone");
        let number = plus.telephone().unwrap();
        assert!(number.is_global());
        assert_eq!(number.digits(), "+4930");
        let hash = uri("sip:*21%23@h;user=phone");
        assert_eq!(hash.telephone().unwrap().digits(), "*21#");
        assert_eq!(hash.telephone().unwrap().number(), "*21%23");
    }

    #[test]
    fn a_parameter_that_must_be_understood_is_found() {
        let uri = uri("tel:+1;a;M-b=1;m-c");
        let param = uri.telephone().unwrap().mandatory_param().unwrap();
        assert_eq!(param.name, "M-b");
        let plain = Telephone::parse(b"+1;m;mb=m-").unwrap();
        assert!(plain.mandatory_param().is_none());
    }

    #[test]
    fn a_local_number_without_context_is_read() {
        let uri = uri("tel:112");
        let number = uri.telephone().unwrap();
        assert!(!number.is_global() && number.phone_context().is_none());
        assert!(!number.is_complete());
    }
}
