//! What a request asks for.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::grammar::{decode, token};
use crate::{ParseError, Rule, Text};

/// The method of a request (RFC 3261 section 7.1). Methods are tokens, and
/// their case matters.
///
/// ```
/// use sip_core::Method;
/// assert_eq!(Method::from_bytes(b"INVITE")?, Method::INVITE);
/// assert_eq!(Method::from_bytes(b"SHAKE")?.to_string(), "SHAKE");
/// assert_eq!("BYE".parse(), Ok(Method::BYE));
/// assert!(Method::from_bytes(b"NO SPACE").is_err());
/// # Ok::<(), sip_core::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Method<'m>(Repr<'m>);

#[derive(Clone)]
enum Repr<'m> {
    Known(Known),
    Other(Text<'m>),
}

macro_rules! known_methods {
    ($($const:ident, $rfc:literal;)*) => {
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[allow(clippy::upper_case_acronyms)]
        enum Known { $($const,)* }

        impl Known {
            fn of(name: &[u8]) -> Option<Known> {
                $(if name == stringify!($const).as_bytes() {
                    return Some(Known::$const);
                })*
                None
            }

            fn name(self) -> &'static str {
                match self { $(Known::$const => stringify!($const),)* }
            }

            fn source(self) -> &'static str {
                match self { $(Known::$const => $rfc,)* }
            }
        }

        impl Method<'_> {
            $(
                #[doc = concat!("`", stringify!($const), "`, ", $rfc)]
                pub const $const: Method<'static> = Method(Repr::Known(Known::$const));
            )*
        }
    };
}

known_methods! {
    INVITE, "RFC 3261 section 13";
    ACK, "RFC 3261 section 13";
    BYE, "RFC 3261 section 15";
    CANCEL, "RFC 3261 section 9";
    REGISTER, "RFC 3261 section 10";
    OPTIONS, "RFC 3261 section 11";
    PRACK, "RFC 3262";
    SUBSCRIBE, "RFC 6665";
    NOTIFY, "RFC 6665";
    PUBLISH, "RFC 3903";
    INFO, "RFC 6086";
    REFER, "RFC 3515";
    MESSAGE, "RFC 3428";
    UPDATE, "RFC 3311";
}

impl<'m> Method<'m> {
    /// The method of that name.
    ///
    /// # Errors
    /// [`Rule::Method`] where `name` is not a token.
    pub fn from_bytes(name: &'m [u8]) -> Result<Self, ParseError> {
        match decode(token(name)) {
            Ok((method, [])) => Ok(Method::from_token(method)),
            Ok((_, rest)) => Err(crate::Fault::new(Rule::Method, rest).in_value(name.len())),
            Err(fault) => Err(crate::Fault {
                rule: Rule::Method,
                ..fault
            }
            .in_value(name.len())),
        }
    }

    /// The method of that name, which is known to be a token.
    #[inline]
    pub(crate) fn from_token(name: &'m [u8]) -> Self {
        match Known::of(name) {
            Some(known) => Method(Repr::Known(known)),
            None => Method(Repr::Other(Text::from(name))),
        }
    }

    /// The name of the method.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Known(known) => known.name().as_bytes(),
            Repr::Other(name) => name.as_bytes(),
        }
    }

    /// Where the method is defined, such as `RFC 3261 section 13`; of a method
    /// that is not known this is not known either.
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        match &self.0 {
            Repr::Known(known) => Some(known.source()),
            Repr::Other(_) => None,
        }
    }

    /// The same method, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> Method<'static> {
        match self.0 {
            Repr::Known(known) => Method(Repr::Known(known)),
            Repr::Other(name) => Method(Repr::Other(name.into_owned())),
        }
    }
}

impl<'m> TryFrom<&'m str> for Method<'m> {
    type Error = ParseError;

    fn try_from(name: &'m str) -> Result<Self, ParseError> {
        Method::from_bytes(name.as_bytes())
    }
}

impl std::str::FromStr for Method<'static> {
    type Err = ParseError;

    fn from_str(name: &str) -> Result<Self, ParseError> {
        Method::try_from(name).map(Method::into_owned)
    }
}

impl PartialEq<Method<'_>> for Method<'_> {
    fn eq(&self, other: &Method<'_>) -> bool {
        match (&self.0, &other.0) {
            (Repr::Known(this), Repr::Known(that)) => this == that,
            _ => self.as_bytes() == other.as_bytes(),
        }
    }
}

impl Eq for Method<'_> {}

impl Hash for Method<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Display for Method<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(self.as_bytes()))
    }
}

impl fmt::Debug for Method<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_a_method_matters() {
        let lower = Method::from_bytes(b"invite").unwrap();
        assert_ne!(lower, Method::INVITE);
        assert_eq!(lower.as_bytes(), b"invite");
        assert_eq!(Method::from_bytes(b"").unwrap_err().rule, Rule::Method);
    }
}
