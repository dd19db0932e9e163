//! Words and numbers with parameters.

use super::{write_number, write_token};
use crate::Text;
use crate::grammar::{Parsed, number_u32, token};

/// What stands before the parameters of a header (`field-value`, RFC 3261
/// section 7.3.1).
pub(crate) trait FieldValue<'m>: Sized {
    /// The same, not borrowed.
    type Owned;

    /// Reads it from the front of `input`.
    fn read(input: &'m [u8]) -> Parsed<'m, Self>;

    /// Appends it to `out`.
    fn write(&self, out: &mut Vec<u8>);

    /// The same, not borrowed.
    fn owned(self) -> Self::Owned;
}

impl<'m> FieldValue<'m> for Text<'m> {
    type Owned = Text<'static>;

    fn read(input: &'m [u8]) -> Parsed<'m, Self> {
        let (rest, text) = token(input)?;
        Ok((rest, Text::from_octets(text)))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_token(self.as_bytes(), out);
    }

    fn owned(self) -> Text<'static> {
        self.into_owned()
    }
}

impl<'m> FieldValue<'m> for u32 {
    type Owned = u32;

    fn read(input: &'m [u8]) -> Parsed<'m, Self> {
        number_u32(input)
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_number(u64::from(*self), out);
    }

    fn owned(self) -> u32 {
        self
    }
}

/// A header whose value is a [`FieldValue`] and parameters, of which some are known.
macro_rules! params_header {
    (
        $(#[$doc:meta])* $type:ident<$life:lifetime>, $name:ident, list: $list:literal,
        $(#[$field_doc:meta])* $field:ident: $value:ty,
        params: $known:expr
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $type<$life> {
            $(#[$field_doc])*
            pub $field: $value,
            /// The parameters.
            pub params: $crate::header::Params<$life>,
        }

        impl<$life> $type<$life> {
            /// That value, without parameters.
            #[must_use]
            pub fn new($field: impl Into<$value>) -> Self {
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
                    $field: $crate::header::shapes::FieldValue::owned(self.$field),
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
                    <$value as $crate::header::shapes::FieldValue<$life>>::read(input),
                )?;
                let (params, rest) = $crate::header::Params::read(rest, config, $known)?;
                Ok(($type { $field, params }, rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                $crate::header::shapes::FieldValue::write(&self.$field, out);
                out.extend_from_slice(self.params.as_bytes());
            }
        }
    };
}

pub(crate) use params_header;
