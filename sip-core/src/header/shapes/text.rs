//! Text.

/// A header whose value is text up to the end of its line.
macro_rules! text_header {
    ($(#[$doc:meta])* $type:ident, $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $type<'m>(pub $crate::Text<'m>);

        impl $crate::header::TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;

            fn decode<'m>(
                input: &'m [u8],
                _: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                let (text, rest) = $crate::grammar::decode($crate::grammar::text(input))?;
                Ok(($type($crate::Text::from(text)), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(self.0.as_bytes());
            }
        }

        $crate::header::shapes::text_wrapper!($type);
    };
}

/// What every header has that wraps one piece of text.
macro_rules! text_wrapper {
    ($type:ident) => {
        impl $type<'_> {
            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl<'m> ::std::convert::From<&'m str> for $type<'m> {
            fn from(text: &'m str) -> Self {
                $type($crate::Text::from(text))
            }
        }

        impl ::std::convert::From<String> for $type<'_> {
            fn from(text: String) -> Self {
                $type($crate::Text::from(text))
            }
        }

        impl ::std::fmt::Display for $type<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

pub(crate) use {text_header, text_wrapper};
