//! Headers whose value is a word or a number, and parameters.

use crate::Text;
use crate::grammar::{Parsed, number_u32, token};

/// What such a value begins with.
pub(crate) trait Lead<'m>: Sized {
    /// The same, not borrowed.
    type Owned;

    /// Reads it from the front of `input`.
    fn read(input: &'m [u8]) -> Parsed<'m, Self>;

    /// Appends it to `out`.
    fn write(&self, out: &mut Vec<u8>);

    /// The same, not borrowed.
    fn owned(self) -> Self::Owned;
}

impl<'m> Lead<'m> for Text<'m> {
    type Owned = Text<'static>;

    fn read(input: &'m [u8]) -> Parsed<'m, Self> {
        let (rest, text) = token(input)?;
        Ok((rest, Text::from_octets(text)))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }

    fn owned(self) -> Text<'static> {
        self.into_owned()
    }
}

impl<'m> Lead<'m> for u32 {
    type Owned = u32;

    fn read(input: &'m [u8]) -> Parsed<'m, Self> {
        number_u32(input)
    }

    fn write(&self, out: &mut Vec<u8>) {
        super::write_number(u64::from(*self), out);
    }

    fn owned(self) -> u32 {
        self
    }
}

/// A header whose value is a [`Lead`] and parameters, of which some are known.
macro_rules! lead_header {
    (
        $(#[$doc:meta])* $type:ident<$life:lifetime>, $name:ident, list: $list:literal,
        $(#[$field_doc:meta])* $field:ident: $lead:ty,
        params: $known:expr
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $type<$life> {
            $(#[$field_doc])*
            pub $field: $lead,
            /// The parameters.
            pub params: $crate::header::Params<$life>,
        }

        impl<$life> $type<$life> {
            /// That value, without parameters.
            #[must_use]
            pub fn new($field: impl Into<$lead>) -> Self {
                $type {
                    $field: $field.into(),
                    params: $crate::header::Params::NONE,
                }
            }

            /// The same value with that parameter.
            #[must_use]
            pub fn with_param(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
                self.params.set(name, value);
                self
            }

            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type {
                    $field: $crate::header::lead::Lead::owned(self.$field),
                    params: self.params.into_owned(),
                }
            }
        }

        impl $crate::header::TypedHeader for $type<'_> {
            type Value<$life> = $type<$life>;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;
            const LIST: bool = $list;

            fn decode<$life>(
                input: &$life [u8],
                config: &$crate::ParseConfig,
            ) -> Result<(Self::Value<$life>, &$life [u8]), $crate::Fault> {
                let ($field, rest) = $crate::grammar::decode(
                    <$lead as $crate::header::lead::Lead<$life>>::read(input),
                )?;
                let (params, rest) = $crate::header::Params::read(rest, config, $known)?;
                Ok(($type { $field, params }, rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                $crate::header::lead::Lead::write(&self.$field, out);
                out.extend_from_slice(self.params.as_bytes());
            }
        }
    };
}

/// A token of which some values are known and any other is kept. Its case
/// makes no difference (RFC 3261 section 7.3.1).
macro_rules! open_token {
    (
        $(#[$doc:meta])* $type:ident {
            $($(#[$const_doc:meta])* $const:ident = $text:literal;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $type<'m>($crate::Text<'m>);

        impl $type<'_> {
            $($(#[$const_doc])*
            pub const $const: $type<'static> = $type($crate::Text::new($text));)*

            /// The word as it is written.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            /// The same word, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl<'m> ::std::convert::From<$crate::Text<'m>> for $type<'m> {
            fn from(text: $crate::Text<'m>) -> Self {
                $type(text)
            }
        }

        impl<'m> ::std::convert::From<&'m str> for $type<'m> {
            fn from(text: &'m str) -> Self {
                $type($crate::Text::from(text))
            }
        }

        impl PartialEq<$type<'_>> for $type<'_> {
            fn eq(&self, other: &$type<'_>) -> bool {
                self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
            }
        }

        impl Eq for $type<'_> {}

        impl ::std::hash::Hash for $type<'_> {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                for octet in self.as_bytes() {
                    state.write_u8(octet.to_ascii_lowercase());
                }
            }
        }

        impl ::std::fmt::Display for $type<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<'m> $crate::header::lead::Lead<'m> for $type<'m> {
            type Owned = $type<'static>;

            fn read(input: &'m [u8]) -> $crate::grammar::Parsed<'m, Self> {
                let (rest, text) = $crate::grammar::token(input)?;
                Ok((rest, $type($crate::Text::from_octets(text))))
            }

            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(self.as_bytes());
            }

            fn owned(self) -> $type<'static> {
                self.into_owned()
            }
        }
    };
}

pub(crate) use {lead_header, open_token};
