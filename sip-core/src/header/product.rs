//! The software that sent a message: User-Agent and Server.

use super::comment::Comment;
use super::shapes::text_wrapper;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Class, Parsed, decode, is, separator, token};
use crate::{Fault, Limits, ParseConfig, Rule, Text};
use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

/// A piece of a [`UserAgent`] or [`Server`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Product<'m> {
    /// A product's name, and perhaps its version: `Asterisk/20.5`.
    Named {
        /// The name.
        name: Text<'m>,
        /// What stands behind the slash.
        version: Option<Text<'m>>,
    },
    /// A remark: `(belle-sip/1.6.3)`.
    Comment(Comment<'m>),
    /// A word that the grammar does not allow, such as `@home`.
    Other(Text<'m>),
}

/// The products, comments and other words of a text, in their order; see
/// [`UserAgent::products`].
#[derive(Debug, Clone)]
pub struct Products<'p> {
    rest: &'p [u8],
}

impl<'p> Iterator for Products<'p> {
    type Item = Product<'p>;

    fn next(&mut self) -> Option<Product<'p>> {
        let input = grammar::sws(self.rest);
        if input.is_empty() {
            return None;
        }
        let read = piece(input, &UNBOUNDED);
        let (rest, product) = match read {
            Ok(read) => read,
            // A comment without an end goes on to the end of the text: were
            // it tried anew at each word, long texts would be read too often.
            Err(_) if input.first() == Some(&b'(') => {
                (&[][..], Product::Other(Text::from_octets(input)))
            }
            Err(_) => {
                let length = input
                    .iter()
                    .position(|octet| is(*octet, Class::SPACE))
                    .unwrap_or(input.len());
                let (word, rest) = input.split_at_checked(length).unwrap_or((input, &[]));
                (rest, Product::Other(Text::from_octets(word)))
            }
        };
        self.rest = rest;
        Some(product)
    }
}

/// What was read is only divided: how deep its comments are was judged then.
const UNBOUNDED: ParseConfig = ParseConfig {
    limits: Limits {
        nesting: u16::MAX,
        ..Limits::DEFAULT
    },
    ..ParseConfig::DEFAULT
};

/// `product / comment`, and the end of it.
fn piece<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, Product<'m>> {
    let (rest, product) = match input.first() {
        Some(b'(') => {
            let (rest, text) = grammar::comment(input, config)?;
            (rest, Product::Comment(Comment::known(text)))
        }
        _ => {
            let version = opt(preceded(separator(b'/'), token));
            let (rest, (name, version)) =
                grammar::rule(Rule::Product, (token, version)).parse(input)?;
            let version = version.map(Text::from_octets);
            let name = Text::from_octets(name);
            (rest, Product::Named { name, version })
        }
    };
    // Many a sender puts no space between a product and a comment.
    let comment = matches!(product, Product::Comment(_)) || rest.first() == Some(&b'(');
    match rest.first() {
        None | Some(b' ' | b'\t' | b'\r' | b'\n') => Ok((rest, product)),
        Some(_) if comment && config.leniency.free_product_text => Ok((rest, product)),
        Some(_) => grammar::fail(Rule::Product, rest),
    }
}

/// `server-val *(LWS server-val)`; gives it as it stands.
fn server_vals<'m>(input: &'m [u8], config: &ParseConfig) -> Parsed<'m, &'m [u8]> {
    if !config.leniency.free_product_text {
        let mut next = piece(input, config)?.0;
        while !grammar::sws(next).is_empty() {
            next = piece(grammar::sws(next), config)?.0;
        }
        return Ok((next, grammar::consumed(input, next)));
    }
    let (rest, text) = grammar::text(input)?;
    match too_deep(text, config) {
        Some(fault) => grammar::broken(fault),
        None => Ok((rest, text)),
    }
}

/// The fault of comments in `text` that are nested too deep.
fn too_deep(text: &[u8], config: &ParseConfig) -> Option<Fault> {
    let mut products = Products { rest: text };
    loop {
        let input = grammar::sws(products.rest);
        let is_comment = matches!(products.next()?, Product::Comment(_));
        if is_comment && let Err(fault) = decode(grammar::comment(input, config)) {
            return Some(fault);
        }
    }
}

macro_rules! product_header {
    ($(#[$doc:meta])* $type:ident, $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $type<'m>(pub Text<'m>);

        text_wrapper!($type);

        impl $type<'_> {
            /// The products and comments, in their order. What is neither is
            /// given word by word, as [`Product::Other`].
            #[must_use]
            pub fn products(&self) -> Products<'_> {
                Products {
                    rest: self.0.as_bytes(),
                }
            }
        }

        impl TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: HeaderName<'static> = HeaderName::$name;

            fn decode<'m>(
                input: &'m [u8],
                config: &ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
                let (text, rest) = decode(server_vals(input, config))?;
                Ok(($type(Text::from_octets(text)), rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(self.0.as_bytes());
            }
        }
    };
}

product_header! {
    /// The software of the client (RFC 3261 section 20.41), as it calls
    /// itself.
    ///
    /// It should be products and comments, and often is not; so any text is
    /// read, unless
    /// [`Leniency::free_product_text`](crate::Leniency::free_product_text) is
    /// off, and is kept as it stands.
    ///
    /// ```
    /// use sip_core::header::{Product, UserAgent};
    /// let agent = UserAgent::from("Softphone/1.5 (Beta 2) @home");
    /// let mut products = agent.products();
    /// assert_eq!(
    ///     products.next(),
    ///     Some(Product::Named { name: "Softphone".into(), version: Some("1.5".into()) })
    /// );
    /// assert!(matches!(products.next(), Some(Product::Comment(beta)) if beta.text() == "Beta 2"));
    /// assert_eq!(products.next(), Some(Product::Other("@home".into())));
    /// assert_eq!(products.next(), None);
    /// ```
    UserAgent, USER_AGENT
}

product_header! {
    /// The software of the server (RFC 3261 section 20.35), as it calls
    /// itself; read as [`UserAgent`] is.
    Server, SERVER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limit;
    use crate::header::round_trip::{refused, refused_by, round_trip, written_by};

    fn divided(text: &str) -> Vec<String> {
        let write = |text: Text<'_>| text.to_string();
        Server::from(text)
            .products()
            .map(|product| match product {
                Product::Named { name, version } => {
                    format!("{name}|{}", version.map(write).unwrap_or_default())
                }
                Product::Comment(comment) => format!("({})", comment.text()),
                Product::Other(word) => format!("?{word}"),
            })
            .collect()
    }

    #[test]
    fn products_and_comments_are_told_apart() {
        round_trip::<Server>(b"HomeServer v2");
        round_trip::<UserAgent>(b"SIPimp.org/0.2.5 (curses)");
        assert_eq!(divided("HomeServer v2"), ["HomeServer|", "v2|"]);
        assert_eq!(divided("a / 1 (b (c) \\)) d"), ["a|1", "(b (c) ))", "d|"]);
        assert_eq!(divided(""), [""; 0]);
    }

    #[test]
    fn what_phones_say_of_themselves_is_kept() {
        for sloppy in [
            "FPBX-14.0.13.4(16.13.0)",
            "Phone, Inc. (x",
            "BOX 7490 113.06.83 [TAL]",
            "@",
            "a/",
            ") (",
        ] {
            written_by::<UserAgent>(sloppy, &ParseConfig::DEFAULT, sloppy);
        }
        assert_eq!(
            divided("FPBX-14.0(16.13.0)x"),
            ["FPBX-14.0|", "(16.13.0)", "x|"]
        );
        assert_eq!(divided("Phone, Inc. (x"), ["?Phone,", "Inc.|", "?(x"]);
        assert_eq!(divided("a/ b"), ["a|b"]);
        assert_eq!(divided("a/"), ["?a/"]);
        refused_by::<UserAgent>(b"a\x01", &ParseConfig::DEFAULT, Rule::Text, 1);
    }

    #[test]
    fn a_strict_parser_holds_to_the_grammar() {
        let strict = &ParseConfig::STRICT;
        for good in [&b"a/1 (b) c"[..], b"(b)"] {
            assert!(matches!(Server::decode(good, strict), Ok((_, []))));
        }
        refused_by::<Server>(b"", strict, Rule::Product, 0);
        refused_by::<Server>(b"a @home", strict, Rule::Product, 2);
        refused_by::<Server>(b"a(b)", strict, Rule::Product, 1);
        refused_by::<Server>(b"a/1/2", strict, Rule::Product, 3);
        refused_by::<Server>(b"a (b", strict, Rule::Comment, 4);
    }

    #[test]
    fn comments_nest_up_to_the_limit() {
        let deep = |depth| format!("a {}{}", "(".repeat(depth), ")".repeat(depth));
        round_trip::<Server>(deep(8).as_bytes());
        refused::<Server>(deep(9).as_bytes(), Rule::Limit(Limit::Nesting), 10);
    }
}
