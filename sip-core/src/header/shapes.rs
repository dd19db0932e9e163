//! The shapes that many headers share, so that each is written once.

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
                out.extend_from_slice(self.0.as_bytes());
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

/// A header whose value is one number.
macro_rules! number_header {
    ($(#[$doc:meta])* $type:ident($number:ty), $name:ident, max: $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(pub $number);

        impl $crate::header::TypedHeader for $type {
            type Value<'m> = $type;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;

            fn decode<'m>(
                input: &'m [u8],
                _: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                let (value, rest) = $crate::grammar::decode($crate::grammar::number($max)(input))?;
                let value = <$number>::try_from(value)
                    .map_err(|_| $crate::Fault::new($crate::Rule::Number, input))?;
                Ok(($type(value), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                $crate::header::shapes::write_number(u64::from(self.0), out);
            }
        }
    };
}

/// A header whose value is a name-addr, or an addr-spec, and parameters, of
/// which some may be known; `check` sees the value that was read and what
/// follows it.
macro_rules! address_header {
    (
        $(#[$doc:meta])*
        $type:ident, $name:ident, list: $list:literal, brackets: $brackets:expr
        $(, params: $known:expr)?
        $(, check: $check:expr)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $type<'m>(pub $crate::header::NameAddr<'m>);

        impl $crate::header::TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;
            const LIST: bool = $list;

            #[inline]
            fn decode<'m>(
                input: &'m [u8],
                config: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                let (address, rest) = $crate::header::NameAddr::read(input, config, $brackets)?;
                $($crate::header::known_params::check_known(
                    address.params.as_bytes(),
                    rest,
                    $known,
                )?;)?
                $($check(&address, rest)?;)?
                Ok(($type(address), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                self.0.write(out);
            }
        }

        impl<'m> $type<'m> {
            /// That URI, without a display name or parameters.
            #[must_use]
            pub fn new(uri: $crate::Uri<'m>) -> Self {
                $type($crate::header::NameAddr::new(uri))
            }

            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl<'m> ::std::convert::From<$crate::header::NameAddr<'m>> for $type<'m> {
            fn from(address: $crate::header::NameAddr<'m>) -> Self {
                $type(address)
            }
        }

        impl<'m> ::std::convert::From<$crate::Uri<'m>> for $type<'m> {
            fn from(uri: $crate::Uri<'m>) -> Self {
                $type($crate::header::NameAddr::new(uri))
            }
        }

        impl<'m> ::std::ops::Deref for $type<'m> {
            type Target = $crate::header::NameAddr<'m>;

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

        impl $type<'_> {
            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl<'m> ::std::convert::From<$value<'m>> for $type<'m> {
            fn from(value: $value<'m>) -> Self {
                $type(value)
            }
        }

        impl<'m> ::std::ops::Deref for $type<'m> {
            type Target = $value<'m>;

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

        impl ::std::fmt::Debug for $type<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({})", stringify!($type), self.0)
            }
        }
    };
}

/// A header whose value is a URI in angle brackets, and parameters.
macro_rules! uri_header {
    ($(#[$doc:meta])* $type:ident, $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $type<'m> {
            /// The URI.
            pub uri: $crate::Uri<'m>,
            /// The parameters of the header, not of the URI.
            pub params: $crate::header::Params<'m>,
        }

        impl<'m> $type<'m> {
            /// That URI, without parameters.
            #[must_use]
            pub fn new(uri: $crate::Uri<'m>) -> Self {
                $type {
                    uri,
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
                    uri: self.uri.into_owned(),
                    params: self.params.into_owned(),
                }
            }
        }

        impl $crate::header::TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: $crate::header::HeaderName<'static> = $crate::header::HeaderName::$name;
            const LIST: bool = true;

            fn decode<'m>(
                input: &'m [u8],
                config: &$crate::ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), $crate::Fault> {
                if input.first() != Some(&b'<') {
                    return Err($crate::Fault::new($crate::Rule::AngleBrackets, input));
                }
                let (address, rest) = $crate::header::NameAddr::read(input, config, true)?;
                Ok((
                    $type {
                        uri: address.uri,
                        params: address.params,
                    },
                    rest,
                ))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                out.push(b'<');
                out.extend_from_slice(self.uri.as_bytes());
                out.push(b'>');
                out.extend_from_slice(self.params.as_bytes());
            }
        }
    };
}

pub(crate) use {
    address_header, keyword, number_header, shared_header, text_header, text_wrapper, token_header,
    uri_header,
};

/// Appends a number in decimal, without an allocation.
pub(crate) fn write_number(mut value: u64, out: &mut Vec<u8>) {
    let start = out.len();
    loop {
        let digit = u8::try_from(value % 10).unwrap_or(0);
        out.push(b'0'.wrapping_add(digit));
        value /= 10;
        if value == 0 {
            break;
        }
    }
    if let Some(digits) = out.get_mut(start..) {
        digits.reverse();
    }
}
