//! Structures that several headers share.

/// A header whose value is one structure that several headers share; it has
/// `read`, `write` and `into_owned`.
macro_rules! shared_header {
    ($(#[$doc:meta])* $type:ident($value:ident), $name:ident, list: $list:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $type<'m>(pub $value<'m>);

        impl $crate::header::TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;
            const LIST: bool = $list;

            fn decode<'m>(
                input: &'m [u8],
                config: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                let (value, rest) = $value::read(input, config)?;
                Ok(($type(value), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                self.0.write(out);
            }
        }

        $crate::header::shapes::structure_wrapper!($type($value));
    };
}

/// What every header has that wraps one structure.
macro_rules! structure_wrapper {
    ($type:ident($($value:tt)+)) => {
        impl $type<'_> {
            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl<'m> ::std::convert::From<$($value)+<'m>> for $type<'m> {
            fn from(value: $($value)+<'m>) -> Self {
                $type(value)
            }
        }

        impl<'m> ::std::ops::Deref for $type<'m> {
            type Target = $($value)+<'m>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::std::ops::DerefMut for $type<'_> {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.0
            }
        }
    };
}

pub(crate) use {shared_header, structure_wrapper};
