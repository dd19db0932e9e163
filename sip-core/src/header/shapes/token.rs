//! Words.

use crate::grammar::{Class, is};

/// A header whose value is one token, by itself or in a list.
macro_rules! token_header {
    ($(#[$doc:meta])* $type:ident, $name:ident, list: $list:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $type<'m>(pub $crate::Text<'m>);

        impl $crate::header::TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;
            const LIST: bool = $list;

            fn decode<'m>(
                input: &'m [u8],
                _: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                let (token, rest) = $crate::grammar::decode($crate::grammar::token(input))?;
                Ok(($type($crate::Text::from(token)), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                $crate::header::shapes::write_token(self.0.as_bytes(), out);
            }
        }

        $crate::header::shapes::text_wrapper!($type);

        impl $type<'_> {
            /// Whether the value is that token, in any case (RFC 3261
            /// section 7.3.1); `==` between values heeds it.
            #[must_use]
            pub fn is(&self, token: &str) -> bool {
                self.0.eq_ignore_case(token)
            }
        }
    };
}

/// A token that is one of some known words or another; case makes no
/// difference to it.
macro_rules! keyword {
    ($(#[$doc:meta])* $type:ident { $($(#[$const_doc:meta])* $const:ident = $text:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $type<'m>($crate::Text<'m>);

        impl<'m> $type<'m> {
            $($(#[$const_doc])* pub const $const: $type<'static> = $type($crate::Text::new($text));)*

            /// The word as it is written.
            #[must_use]
            pub fn text(&self) -> &$crate::Text<'m> {
                &self.0
            }

            /// The same word, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl<'m> ::std::convert::From<&'m str> for $type<'m> {
            fn from(word: &'m str) -> Self {
                $type($crate::Text::from(word))
            }
        }

        impl<'m> ::std::convert::From<$crate::Text<'m>> for $type<'m> {
            fn from(word: $crate::Text<'m>) -> Self {
                $type(word)
            }
        }

        impl AsRef<[u8]> for $type<'_> {
            fn as_ref(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        impl PartialEq<$type<'_>> for $type<'_> {
            fn eq(&self, other: &$type<'_>) -> bool {
                self.0.as_bytes().eq_ignore_ascii_case(other.0.as_bytes())
            }
        }

        impl Eq for $type<'_> {}

        impl ::std::hash::Hash for $type<'_> {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                for octet in self.0.as_bytes() {
                    state.write_u8(octet.to_ascii_lowercase());
                }
            }
        }

        impl ::std::fmt::Display for $type<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<'m> $crate::header::shapes::FieldValue<'m> for $type<'m> {
            type Owned = $type<'static>;

            fn read(input: &'m [u8]) -> $crate::grammar::Parsed<'m, Self> {
                let (rest, word) = $crate::grammar::token(input)?;
                Ok((rest, $type($crate::Text::from_octets(word))))
            }

            fn write(&self, out: &mut Vec<u8>) {
                $crate::header::shapes::write_token(self.0.as_bytes(), out);
            }

            fn owned(self) -> $type<'static> {
                self.into_owned()
            }
        }

        impl ::std::fmt::Debug for $type<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({})", stringify!($type), self.0)
            }
        }
    };
}

/// Appends a token. What is none is written behind an equals sign, with which
/// nothing begins where a token stands: it is refused when it is read back, and
/// cannot pass for a token and more, such as parameters.
pub(crate) fn write_token(token: &[u8], out: &mut Vec<u8>) {
    if !token.iter().all(|octet| is(*octet, Class::TOKEN)) {
        out.push(b'=');
    }
    out.extend_from_slice(token);
}

pub(crate) use {keyword, token_header};
