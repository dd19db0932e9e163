//! Addresses and URIs.

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

        $crate::header::shapes::structure_wrapper!($type($crate::header::NameAddr));

        impl<'m> $type<'m> {
            /// That URI, without a display name or parameters.
            #[must_use]
            pub fn new(uri: $crate::Uri<'m>) -> Self {
                $type($crate::header::NameAddr::new(uri))
            }
        }

        impl<'m> ::std::convert::From<$crate::Uri<'m>> for $type<'m> {
            fn from(uri: $crate::Uri<'m>) -> Self {
                $type($crate::header::NameAddr::new(uri))
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
                let (uri, rest) = $crate::header::address::uri_in_brackets(input, config)?;
                let (params, rest) = $crate::header::Params::read(rest, config, &[])?;
                Ok(($type { uri, params }, rest))
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

pub(crate) use {address_header, uri_header};
