//! What a parser accepts: how much, and how far from the letter.

/// How a parser treats what it reads: what it bounds, as RFC 3261 section
/// 26.1.5 (denial of service) advises, and what it forgives.
///
/// The defaults are safe on an open port: they bound what one message can
/// cost, and forgive what phones in the field are known to send.
///
/// ```
/// use sip_core::{Leniency, ParseConfig};
/// let mut config = ParseConfig::default();
/// config.limits.message = 8 * 1024;
/// config.leniency = Leniency::NONE;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ParseConfig {
    /// The most of each thing that a message may hold.
    pub limits: Limits,
    /// Which faults are forgiven.
    pub leniency: Leniency,
}

impl ParseConfig {
    /// The defaults, in a constant.
    pub const DEFAULT: ParseConfig = ParseConfig {
        limits: Limits::DEFAULT,
        leniency: Leniency::PHONES,
    };

    /// The defaults of [`Limits`], and no fault forgiven.
    pub const STRICT: ParseConfig = ParseConfig {
        limits: Limits::DEFAULT,
        leniency: Leniency::NONE,
    };
}

/// The most of each thing that one message may hold. Reaching a limit is an
/// error that names it ([`Rule::Limit`](crate::Rule::Limit)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Octets of a whole message, body included. At most 4 GiB - 1.
    pub message: u32,
    /// Octets of one header field, its folded lines together, or of the
    /// start line.
    pub line: u32,
    /// Header fields of a message.
    pub headers: u32,
    /// Octets of a URI. At most 65,535.
    pub uri: u16,
    /// Parameters of one value: of a `Via`, a URI, a challenge.
    pub params: u16,
    /// How deep comments (RFC 3261 section 25.1) and multipart bodies
    /// (RFC 5621) may be nested.
    pub nesting: u16,
    /// Parts of one multipart body.
    pub body_parts: u16,
}

impl Limits {
    /// 64 KiB a message, 8 KiB a line, 256 header fields, 4 KiB a URI,
    /// 64 parameters, 8 levels, 64 body parts.
    pub const DEFAULT: Limits = Limits {
        message: 65_536,
        line: 8_192,
        headers: 256,
        uri: 4_096,
        params: 64,
        nesting: 8,
        body_parts: 64,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Limits::DEFAULT
    }
}

/// Which departures from the grammar are forgiven, each by its own switch.
///
/// All are on by default, because telephones that people own do all of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leniency {
    /// A raw `#` in the user part of a URI, as in `sip:*21#@pbx.example`;
    /// RFC 3261 section 25.1 wants `%23`.
    pub hash_in_user: bool,
    /// `_` in a host name, as in `sip:my_phone.example`; RFC 3261
    /// section 25.1 allows letters, digits and hyphens.
    pub underscore_in_host: bool,
    /// A line that ends with LF alone; RFC 3261 section 7 wants CRLF.
    pub bare_lf: bool,
    /// `received=2001:db8::9` in a `Via`, an address without brackets. It is on
    /// in [`Leniency::NONE`] too: RFC 3261 section 25.1 writes `via-received`
    /// so, though a generic parameter's address stands in brackets. With
    /// brackets it is always read (RFC 5118 section 4.5).
    pub bare_ipv6_in_received: bool,
    /// A display name with octets beyond ASCII that is not in quotes, as in
    /// `Jürgen <sip:j@pbx.example>`; RFC 3261 section 25.1 allows tokens only.
    pub unquoted_display_name: bool,
    /// A `User-Agent` or `Server` that is any text, as in
    /// `Cisco/SPA504G (rev. 7) @ home`; RFC 3261 section 20.41 wants products
    /// and comments.
    pub free_product_text: bool,
    /// `[2001:db8:::192.0.2.1]`, one colon too many before an IPv4 address,
    /// as RFC 3261's own grammar wrote it; RFC 5118 section 4.10 has both
    /// forms read, RFC 5954 section 4.1 mends the grammar.
    pub three_colons_in_ipv6: bool,
    /// A local number without its context, as in `tel:112`; RFC 3966 section
    /// 5.1.5 wants `;phone-context=`.
    pub local_number_without_context: bool,
}

impl Leniency {
    /// Everything forgiven that phones in the field are known to send.
    pub const PHONES: Leniency = Leniency {
        hash_in_user: true,
        underscore_in_host: true,
        bare_lf: true,
        bare_ipv6_in_received: true,
        unquoted_display_name: true,
        free_product_text: true,
        three_colons_in_ipv6: true,
        local_number_without_context: true,
    };

    /// Nothing forgiven: the grammar to the letter.
    pub const NONE: Leniency = Leniency {
        hash_in_user: false,
        underscore_in_host: false,
        bare_lf: false,
        bare_ipv6_in_received: true,
        unquoted_display_name: false,
        free_product_text: false,
        three_colons_in_ipv6: false,
        local_number_without_context: false,
    };
}

impl Default for Leniency {
    fn default() -> Self {
        Leniency::PHONES
    }
}
