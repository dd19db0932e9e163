//! What is wrong with a message, where, and which rule says so.

use std::fmt;

use crate::header::HeaderName;
use crate::message::StatusCode;

/// A fault in a message: the rule that it breaks, and where.
///
/// ```
/// use sip_core::{Message, Rule};
/// let fault = Message::parse(&b"INVITE  sip:a@b SIP/2.0\r\n\r\n"[..]).unwrap_err();
/// assert_eq!(fault.error().rule, Rule::RequestLine);
/// assert_eq!(fault.error().to_string(),
///     "not Method SP Request-URI SP SIP-Version, at octet 7 (RFC 3261 section 7.1)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseError {
    /// The rule that is broken.
    pub rule: Rule,
    /// The header field that breaks it, where it lies in one that is known.
    pub header: Option<HeaderName<'static>>,
    /// Where.
    pub position: Position,
}

impl ParseError {
    pub(crate) fn at(rule: Rule, octet: usize) -> Self {
        ParseError {
            rule,
            header: None,
            position: Position::Message(octet),
        }
    }

    /// The status with which a server refuses a request that has this fault
    /// (RFC 3261 section 21.4).
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.rule {
            Rule::Version => StatusCode::VERSION_NOT_SUPPORTED,
            Rule::Limit(Limit::Message) => StatusCode::MESSAGE_TOO_LARGE,
            Rule::Limit(Limit::Uri) if self.header.is_none() => StatusCode::REQUEST_URI_TOO_LONG,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(header) = &self.header {
            write!(f, "{header}: ")?;
        }
        write!(
            f,
            "{}, {} ({})",
            self.rule,
            self.position,
            self.rule.reference()
        )
    }
}

impl std::error::Error for ParseError {}

/// What cannot go wrong has no fault: for values that need not be read.
impl From<std::convert::Infallible> for ParseError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// Where in a message a fault lies, in octets from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Position {
    /// Counted from the first octet that was received.
    Message(usize),
    /// Counted from the start of the value: it did not stand in a message
    /// that was received, but was given alone or put in by an edit.
    Value(usize),
    /// Counted from the first octet of the body.
    Body(usize),
}

impl Position {
    /// The octet, counted as the variant says.
    #[must_use]
    pub fn octet(self) -> usize {
        match self {
            Position::Message(octet) | Position::Value(octet) | Position::Body(octet) => octet,
        }
    }

    /// Line and column, both from 1, in the text that the position counts in;
    /// the column counts octets.
    ///
    /// ```
    /// use sip_core::Position;
    /// assert_eq!(Position::Message(4).line_column(b"a\r\nbc"), (2, 2));
    /// ```
    #[must_use]
    pub fn line_column(self, text: &[u8]) -> (usize, usize) {
        let before = text.get(..self.octet().min(text.len())).unwrap_or(text);
        let line = memchr::memchr_iter(b'\n', before).count().saturating_add(1);
        let start = memchr::memrchr(b'\n', before).map_or(0, |lf| lf.saturating_add(1));
        (line, before.len().saturating_sub(start).saturating_add(1))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Position::Message(octet) => write!(f, "at octet {octet}"),
            Position::Value(octet) => write!(f, "at octet {octet} of the value"),
            Position::Body(octet) => write!(f, "at octet {octet} of the body"),
        }
    }
}

/// A fault that a grammar found in a value, before it is known where in a
/// message the value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The rule that is broken.
    pub rule: Rule,
    /// How many octets of the value were not yet read.
    pub remaining: usize,
}

impl Fault {
    /// The fault that `rule` is broken where `rest` begins.
    #[must_use]
    pub fn new(rule: Rule, rest: &[u8]) -> Self {
        Fault {
            rule,
            remaining: rest.len(),
        }
    }

    /// The error, for a value of `length` octets that stands alone.
    #[must_use]
    pub fn in_value(self, length: usize) -> ParseError {
        ParseError {
            rule: self.rule,
            header: None,
            position: Position::Value(length.saturating_sub(self.remaining)),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, {} octets before the end ({})",
            self.rule,
            self.remaining,
            self.rule.reference()
        )
    }
}

impl std::error::Error for Fault {}

/// A limit of [`Limits`](crate::Limits) that a message goes beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::message`](crate::Limits::message)
    Message,
    /// [`Limits::line`](crate::Limits::line)
    Line,
    /// [`Limits::headers`](crate::Limits::headers)
    Headers,
    /// [`Limits::uri`](crate::Limits::uri)
    Uri,
    /// [`Limits::params`](crate::Limits::params)
    Params,
    /// [`Limits::nesting`](crate::Limits::nesting)
    Nesting,
    /// [`Limits::body_parts`](crate::Limits::body_parts)
    BodyParts,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $rfc:literal, $section:literal;)*) => {
        /// A rule of the grammar, or of a procedure that a parser can check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])* $name,)*
            /// A limit of this parser's own, see [`Limits`](crate::Limits).
            Limit(Limit),
        }

        impl Rule {
            /// Where the rule is written.
            #[must_use]
            pub fn reference(self) -> Reference {
                match self {
                    $(Rule::$name => Reference { rfc: $rfc, section: $section },)*
                    Rule::Limit(_) => Reference { rfc: 3261, section: "26.3.2.4" },
                }
            }
        }

        impl fmt::Display for Rule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Rule::$name => f.write_str($text),)*
                    Rule::Limit(limit) => write!(f, "more than the limit for {}", limit.name()),
                }
            }
        }
    };
}

rules! {
    /// `Method SP Request-URI SP SIP-Version`, one space each.
    RequestLine = "not Method SP Request-URI SP SIP-Version", 3261, "7.1";
    /// `SIP-Version SP Status-Code SP Reason-Phrase`.
    StatusLine = "not SIP-Version SP Status-Code SP Reason-Phrase", 3261, "7.2";
    /// The version is `SIP/2.0`.
    Version = "the version is not SIP/2.0", 3261, "7.1";
    /// A status code is three digits, the first 1 to 6.
    StatusCode = "not a status code of 100 to 699", 3261, "7.2";
    /// A method is a token.
    Method = "not a method name", 3261, "7.1";
    /// A header field begins with its name and a colon.
    HeaderName = "not a header name and a colon", 3261, "7.3.1";
    /// Lines end with CRLF.
    LineEnd = "a line that does not end with CRLF", 3261, "7";
    /// An empty line ends the header fields.
    HeaderEnd = "no empty line after the header fields", 3261, "7";
    /// A header field that every such message carries.
    Missing = "the header field is missing", 3261, "8.1.1";
    /// A header field of one value, given more than once.
    Repeated = "the header field may stand only once", 3261, "7.3.1";
    /// A Request-URI carries no headers.
    RequestUriHeaders = "a Request-URI may not hold headers", 3261, "19.1.1";
    /// The method of the request line and of CSeq are the same.
    CSeqMethod = "the method differs from the request line's", 3261, "8.1.1.5";
    /// The body is as long as Content-Length says.
    ContentLength = "the body is shorter than Content-Length says", 3261, "18.3";
    /// On a stream, Content-Length is given.
    NoContentLength = "no Content-Length on a stream", 3261, "20.14";
    /// Nothing follows the value.
    Trailing = "more after the end of the value", 3261, "25.1";
    /// A token: letters, digits and ``-.!%*_+`'~``.
    Token = "not a token", 3261, "25.1";
    /// A word: a token's characters and ``()<>:\"/[]?{}``.
    Word = "not a word", 3261, "25.1";
    /// A string in double quotes, with `\` before a quote or backslash.
    QuotedString = "not a quoted string", 3261, "25.1";
    /// A comment in parentheses, which may hold comments.
    Comment = "not a comment in parentheses", 3261, "25.1";
    /// White space where the grammar wants it.
    WhiteSpace = "white space is missing", 3261, "25.1";
    /// The character that the grammar wants here.
    Separator = "another separator was expected", 3261, "25.1";
    /// Text without control characters.
    Text = "a control character in text", 3261, "25.1";
    /// A decimal number that fits its field.
    Number = "not a number, or one too large for its field", 3261, "25.1";
    /// A number with decimals, such as a q value of 0 to 1.
    Decimal = "not a decimal number in range", 3261, "25.1";
    /// Hexadecimal digits.
    Hex = "not hexadecimal digits", 3261, "25.1";
    /// Base64 text.
    Base64 = "not base64", 3548, "3";
    /// A parameter: `name`, or `name=value`.
    Param = "not a parameter", 3261, "25.1";
    /// A parameter that the value must have.
    MissingParam = "a parameter that must be there is missing", 3261, "20";
    /// A parameter given more than once.
    RepeatedParam = "a parameter given more than once", 3261, "7.3.1";
    /// A host: a name, an IPv4 address, or an IPv6 address in brackets.
    Host = "not a host name or address", 3261, "25.1";
    /// A port: 1 to 5 digits, at most 65,535.
    Port = "not a port", 3261, "25.1";
    /// An address of version 4 or 6.
    IpAddress = "not an IP address", 3261, "25.1";
    /// A URI begins with a scheme and a colon.
    Scheme = "not a URI scheme and a colon", 3986, "3.1";
    /// A SIP URI.
    SipUri = "a character that a SIP URI may not hold here", 3261, "19.1.1";
    /// The user part of a SIP URI.
    User = "a character that the user part may not hold", 3261, "25.1";
    /// `%` and two hexadecimal digits.
    Escape = "a percent sign without two hexadecimal digits", 3261, "25.1";
    /// A telephone number.
    TelUri = "not a telephone number", 3966, "3";
    /// A local telephone number says where it is valid.
    PhoneContext = "a local telephone number without phone-context", 3966, "5.1.5";
    /// A URN.
    Urn = "not a URN", 8141, "2";
    /// A URI of another scheme.
    Uri = "a character that a URI may not hold", 3986, "2";
    /// A URI has the parts that those of its scheme have.
    UriPart = "a part that URIs of this scheme do not have", 3986, "3";
    /// An address of record is a SIP URI, or a telephone number that is global
    /// or has a context.
    AddressOfRecord = "not an address of record", 3261, "10.3";
    /// A name-addr or addr-spec.
    NameAddr = "not a name-addr or addr-spec", 3261, "20.10";
    /// A display name: tokens, or a quoted string.
    DisplayName = "a display name that needs quotes", 3261, "25.1";
    /// A URI with `,`, `;` or `?` stands in angle brackets.
    AngleBrackets = "the URI needs angle brackets", 3261, "20";
    /// `SIP/2.0/transport host`.
    Via = "not a sent-protocol and a sent-by", 3261, "20.42";
    /// An RFC 1123 date in GMT.
    Date = "not a date in GMT", 3261, "20.17";
    /// A type and a subtype.
    MediaType = "not a media type", 3261, "20.15";
    /// Products and comments, divided by white space.
    Product = "not a product and its version", 3261, "20.41";
    /// A language tag.
    Language = "not a language tag", 3261, "20.3";
    /// A challenge: a scheme, and parameters divided by commas.
    Challenge = "not a challenge", 3261, "20.44";
    /// Credentials: a scheme, and a token or parameters divided by commas.
    Credentials = "not credentials", 3261, "20.7";
    /// A 32-digit session identifier.
    SessionId = "not a session identifier of 32 lower-case hexadecimal digits", 7989, "5";
    /// A boundary parameter that divides the parts.
    Boundary = "no boundary parameter of 1 to 70 characters", 2046, "5.1.1";
    /// A multipart body begins, divides and ends with its boundary.
    Multipart = "the multipart body does not end with its boundary", 2046, "5.1.1";
    /// A name for a body, in angle brackets.
    ContentId = "not a content identifier in angle brackets", 8262, "3";
    /// `*` stands alone.
    Wildcard = "* stands with other contacts", 3261, "10.2.2";
    /// One of the words that the header allows.
    Keyword = "not one of the words that are allowed here", 3261, "25.1";
}

impl Limit {
    fn name(self) -> &'static str {
        match self {
            Limit::Message => "octets of a message",
            Limit::Line => "octets of a line",
            Limit::Headers => "header fields",
            Limit::Uri => "octets of a URI",
            Limit::Params => "parameters",
            Limit::Nesting => "nesting",
            Limit::BodyParts => "parts of a body",
        }
    }
}

/// A section of an RFC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The number of the RFC.
    pub rfc: u16,
    /// The section, such as `7.3.1`.
    pub section: &'static str,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RFC {} section {}", self.rfc, self.section)
    }
}
