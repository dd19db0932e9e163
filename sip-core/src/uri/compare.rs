//! When two URIs are the same: each scheme has its own rules.

use std::cmp::Ordering;

use super::escape::{Case, Compared, order, same, same_but_for_escape_case, unescape};
use super::parts::Pair;
use super::telephone::{same_context, same_digits};
use super::{Scheme, Uri, UriHeaders, UriParams};
use crate::header::{HeaderName, NameAddr, Param, Params};

impl Uri<'_> {
    /// Whether the two URIs are equivalent, by the rules of their scheme.
    ///
    /// **`sip:` and `sips:`** (RFC 3261 section 19.1.4): user and password are
    /// the same in the same case; hosts, parameters and headers in any case,
    /// parameters and headers in any order. An escape is the character that it
    /// stands for, unless that is a reserved one. What has a default is not the
    /// same as what names it: no port is not port 5060. A parameter that stands
    /// in one only makes no difference unless it is `user`, `ttl`, `method`,
    /// `maddr` or `transport`; headers stand in both. Where a parameter is
    /// given twice, against the grammar, the first counts. Values of headers
    /// are compared as section 7.3.1 and section 20 say: From, To, Contact and
    /// their like as addresses, Call-ID in its case, others in any case but for
    /// what is in quotes; headers of one name in their order.
    ///
    /// **`tel:`** (RFC 3966 section 4): numbers and extensions without visual
    /// separators, everything in any case, the same parameters in any order.
    ///
    /// **`urn:`** (RFC 8141 section 3): namespaces in any case, names in their
    /// case, save `urn:service:` (RFC 5031 section 3) and `urn:uuid:` (RFC 9562
    /// section 4), which ignore it; what follows a `?` or `#` makes no
    /// difference.
    ///
    /// **Others**: the scheme in any case; the rest octet by octet but for the
    /// case of the digits in escapes (RFC 3986 section 6.2.2.1).
    ///
    /// This is no equality in Rust's sense: `sip:c@h` is equivalent to both
    /// `sip:c@h;security=on` and `sip:c@h;security=off`, which are not
    /// equivalent. For a map, see [`AorKey`](crate::AorKey).
    ///
    /// The cost grows with the length of the two, times the logarithm of the
    /// number of parameters. Nothing is allocated for SIP URIs of up to 16
    /// parameters and no headers.
    ///
    /// ```
    /// use sip_core::Uri;
    /// let alice: Uri = "sip:%61lice@atlanta.com;transport=TCP".parse()?;
    /// let same: Uri = "sip:alice@AtlanTa.CoM;Transport=tcp".parse()?;
    /// let other: Uri = "sip:alice@atlanta.com".parse()?;
    /// assert!(alice.equivalent(&same));
    /// assert!(!alice.equivalent(&other));
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    #[must_use]
    pub fn equivalent(&self, other: &Uri<'_>) -> bool {
        self.equivalent_at(other, Depth::Outer)
    }

    fn equivalent_at(&self, other: &Uri<'_>, depth: Depth) -> bool {
        if self.scheme() != other.scheme() {
            return false;
        }
        if self.as_bytes() == other.as_bytes() {
            return true;
        }
        match self.scheme() {
            Scheme::Sip | Scheme::Sips => self.sip_equivalent(other, depth),
            Scheme::Tel => self.tel_equivalent(other),
            Scheme::Urn => urn_equivalent(self.rest(), other.rest()),
            Scheme::Other => {
                let name = self.scheme_text();
                name.as_bytes()
                    .eq_ignore_ascii_case(other.scheme_text().as_bytes())
                    && same_but_for_escape_case(self.rest(), other.rest())
            }
        }
    }

    fn sip_equivalent(&self, other: &Uri<'_>, depth: Depth) -> bool {
        let hosts = match (self.host(), other.host()) {
            (Some(this), Some(that)) => this.equivalent(&that),
            _ => false,
        };
        hosts
            && self.port() == other.port()
            && both(self.raw_user(), other.raw_user(), Case::Matters)
            && both(self.raw_password(), other.raw_password(), Case::Matters)
            && params(self.params(), other.params(), sip_param_differs)
            && headers(self.headers(), other.headers(), depth)
    }

    fn tel_equivalent(&self, other: &Uri<'_>) -> bool {
        let number = |uri| Uri::raw_user(uri).unwrap_or_default();
        same_digits(number(self), number(other))
            && params(self.params(), other.params(), tel_param_differs)
    }

    fn rest(&self) -> &[u8] {
        self.octets(self.parts.after_scheme(), u16::MAX)
    }
}

/// How often a URI stood in a header of a URI. A sender may nest them at will,
/// so that only the first is read as what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outer,
    InHeader,
}

fn both(this: Option<&[u8]>, that: Option<&[u8]>, case: Case) -> bool {
    match (this, that) {
        (None, None) => true,
        (Some(this), Some(that)) => same(this, that, case),
        _ => false,
    }
}

/// Whether a parameter is such that the URIs differ: by its values in both
/// where it stands in both, or by standing in one alone.
type Differs = fn(name: &[u8], values: Option<[Option<&[u8]>; 2]>) -> bool;

fn sip_param_differs(name: &[u8], values: Option<[Option<&[u8]>; 2]>) -> bool {
    let is = |known: &str| same(name, known.as_bytes(), Case::Ignored);
    match values {
        None => ["user", "ttl", "method", "maddr", "transport"]
            .into_iter()
            .any(is),
        // Names of methods are the one value of which a case is defined
        // (RFC 3261 section 7.1).
        Some([this, that]) if is("method") => !both(this, that, Case::Matters),
        Some([this, that]) => !both(this, that, Case::Ignored),
    }
}

fn tel_param_differs(name: &[u8], values: Option<[Option<&[u8]>; 2]>) -> bool {
    let is = |known: &str| same(name, known.as_bytes(), Case::Ignored);
    match values {
        Some([Some(this), Some(that)]) if is("phone-context") => !same_context(this, that),
        Some([Some(this), Some(that)]) if is("ext") => !same_digits(this, that),
        Some([this, that]) => !both(this, that, Case::Ignored),
        None => true,
    }
}

/// Up to this many parameters are compared without allocating.
const FEW: usize = 16;

/// A parameter with its place, so that the first of a name stays the first.
type Placed<'u> = (usize, Pair<'u>);

fn params(this: UriParams<'_>, that: UriParams<'_>, differs: Differs) -> bool {
    if this.as_bytes() == that.as_bytes() {
        return true;
    }
    let none = [(0, (&[][..], None)); FEW];
    let (mut few, mut many) = ([none, none], [Vec::new(), Vec::new()]);
    let ([few_this, few_that], [many_this, many_that]) = (&mut few, &mut many);
    let this = by_name(this, few_this, many_this);
    let that = by_name(that, few_that, many_that);
    let (mut these, mut those) = (firsts(this).peekable(), firsts(that).peekable());
    loop {
        let order = match (these.peek(), those.peek()) {
            (None, None) => return true,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(this), Some(that)) => order(this.0, that.0),
        };
        let this = these.next_if(|_| order.is_le());
        let that = those.next_if(|_| order.is_ge());
        let differ = match (this, that) {
            (Some((name, this)), Some((_, that))) => differs(name, Some([this, that])),
            (Some((name, _)), None) | (None, Some((name, _))) => differs(name, None),
            (None, None) => return true,
        };
        if differ {
            return false;
        }
    }
}

/// The parameters in the order of their names: in `few`, or in `many` where
/// there are too many of them.
fn by_name<'s, 'u>(
    params: UriParams<'u>,
    few: &'s mut [Placed<'u>; FEW],
    many: &'s mut Vec<Placed<'u>>,
) -> &'s [Placed<'u>] {
    let mut count = 0_usize;
    for (slot, param) in few.iter_mut().zip(params.pairs().enumerate()) {
        *slot = param;
        count = count.saturating_add(1);
    }
    let sorted = if params.pairs().nth(FEW).is_none() {
        few.get_mut(..count).unwrap_or_default()
    } else {
        many.extend(params.pairs().enumerate());
        many
    };
    sorted.sort_unstable_by(|(place, (name, _)), (other_place, (other, _))| {
        order(name, other).then(place.cmp(other_place))
    });
    sorted
}

/// The first parameter of each name.
fn firsts<'s, 'u>(sorted: &'s [Placed<'u>]) -> impl Iterator<Item = Pair<'u>> + use<'s, 'u> {
    sorted
        .chunk_by(|(_, (this, _)), (_, (that, _))| same(this, that, Case::Ignored))
        .filter_map(|params| params.first().map(|(_, param)| *param))
}

fn headers(this: UriHeaders<'_>, that: UriHeaders<'_>, depth: Depth) -> bool {
    if depth == Depth::InHeader {
        return same(this.as_bytes(), that.as_bytes(), Case::Matters);
    }
    if this.as_bytes() == that.as_bytes() {
        return true;
    }
    let (this, that) = (headers_by_name(this), headers_by_name(that));
    this.len() == that.len()
        && this
            .iter()
            .zip(&that)
            .all(|(this, that)| this.0 == that.0 && same_header_value(&this.0, this.1, that.1))
}

/// The headers in the order of their names, those of one name in theirs.
fn headers_by_name(headers: UriHeaders<'_>) -> Vec<(HeaderName<'_>, &[u8])> {
    let mut sorted: Vec<_> = headers
        .pairs()
        .map(|(name, value)| (header_name(name), value.unwrap_or_default()))
        .collect();
    sorted.sort_by(|(this, _), (that, _)| {
        let lower = |octet: &u8| octet.to_ascii_lowercase();
        let this = this.as_bytes().iter().map(lower);
        this.cmp(that.as_bytes().iter().map(lower))
    });
    sorted
}

fn header_name(name: &[u8]) -> HeaderName<'_> {
    match unescape(name) {
        std::borrow::Cow::Borrowed(name) => HeaderName::from_octets(name),
        std::borrow::Cow::Owned(name) => HeaderName::from_octets(&name).into_owned(),
    }
}

fn same_header_value(name: &HeaderName<'_>, this: &[u8], that: &[u8]) -> bool {
    const ADDRESSES: [HeaderName<'static>; 8] = [
        HeaderName::FROM,
        HeaderName::TO,
        HeaderName::CONTACT,
        HeaderName::REPLY_TO,
        HeaderName::REFER_TO,
        HeaderName::REFERRED_BY,
        HeaderName::ROUTE,
        HeaderName::RECORD_ROUTE,
    ];
    if this == that {
        return true;
    }
    // `body` is not a header but the body (RFC 3261 section 19.1.1).
    if *name == HeaderName::CALL_ID || *name == HeaderName::new("body") {
        return same(this, that, Case::Matters);
    }
    if ADDRESSES.contains(name) {
        let (this, that) = (unescape(this), unescape(that));
        if let (Ok(this), Ok(that)) = (NameAddr::parse(&this), NameAddr::parse(&that)) {
            return same_address(&this, &that);
        }
    }
    same_outside_quotes(this, that)
}

/// RFC 3261 section 20.20: display names make no difference; parameters that
/// stand in one only make none, unless it is the tag.
fn same_address(this: &NameAddr<'_>, that: &NameAddr<'_>) -> bool {
    let agree = |these: &Params<'_>, those: &Params<'_>| {
        these.iter().all(|param| {
            let name = param.name.to_str().unwrap_or_default();
            match those.find(name) {
                Some(other) => same_param(&param, &other),
                None => !param.name.eq_ignore_case("tag"),
            }
        })
    };
    this.uri.equivalent_at(&that.uri, Depth::InHeader)
        && agree(&this.params, &that.params)
        && agree(&that.params, &this.params)
}

fn same_param(this: &Param<'_>, that: &Param<'_>) -> bool {
    match (&this.raw, &that.raw) {
        (Some(this), Some(that)) if this.as_bytes().first() == Some(&b'"') => this == that,
        (Some(this), Some(that)) => this.as_bytes().eq_ignore_ascii_case(that.as_bytes()),
        (this, that) => this == that,
    }
}

/// Case matters in a quoted string, and nowhere else (RFC 3261
/// section 7.3.1).
fn same_outside_quotes(this: &[u8], that: &[u8]) -> bool {
    const QUOTE: u16 = b'"' as u16;
    const BACKSLASH: u16 = b'\\' as u16;
    let mut these = Compared::new(this, Case::Matters);
    let mut those = Compared::new(that, Case::Matters);
    let lower = |unit: u16| match u8::try_from(unit) {
        Ok(octet) => u16::from(octet.to_ascii_lowercase()),
        Err(_) => unit,
    };
    let (mut quoted, mut escaped) = (false, false);
    loop {
        match (these.next(), those.next()) {
            (None, None) => return true,
            (Some(this), Some(that)) if this == that || (!quoted && lower(this) == lower(that)) => {
                quoted ^= this == QUOTE && !escaped;
                escaped = quoted && !escaped && this == BACKSLASH;
            }
            _ => return false,
        }
    }
}

fn urn_equivalent(this: &[u8], that: &[u8]) -> bool {
    let ((namespace, this), (other, that)) = (assigned_name(this), assigned_name(that));
    let caseless = [&b"service"[..], b"uuid"]
        .iter()
        .any(|known| namespace.eq_ignore_ascii_case(known));
    namespace.eq_ignore_ascii_case(other)
        && match caseless {
            true => this.eq_ignore_ascii_case(that),
            false => same_but_for_escape_case(this, that),
        }
}

/// Of what follows `urn:`, the namespace identifier and the string that is
/// specific to it, without the components that may follow (RFC 8141
/// section 2).
pub(super) fn assigned_name(urn: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr2(b'?', b'#', urn).unwrap_or(urn.len());
    let name = urn.get(..end).unwrap_or(urn);
    let colon = memchr::memchr(b':', name).unwrap_or(name.len());
    (
        name.get(..colon).unwrap_or_default(),
        name.get(colon.saturating_add(1)..).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ParseConfig;
    use proptest::prelude::*;

    fn equivalent(this: &str, that: &str) -> bool {
        let (this, that) = (Uri::try_from(this).unwrap(), Uri::try_from(that).unwrap());
        let answer = this.equivalent(&that);
        assert_eq!(answer, that.equivalent(&this), "{this} {that}");
        assert!(this.equivalent(&this) && that.equivalent(&that));
        answer
    }

    #[track_caller]
    fn check(same: bool, pairs: &[(&str, &str)]) {
        for (this, that) in pairs {
            assert_eq!(equivalent(this, that), same, "{this} {that}");
        }
    }

    #[test]
    fn the_equivalent_uris_of_rfc_3261_section_19_1_4_are() {
        check(
            true,
            &[
                (
                    "sip:%61lice@atlanta.com;transport=TCP",
                    "sip:alice@AtlanTa.CoM;Transport=tcp",
                ),
                ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
                ("sip:carol@chicago.com", "sip:carol@chicago.com;security=on"),
                (
                    "sip:carol@chicago.com;newparam=5",
                    "sip:carol@chicago.com;security=on",
                ),
                (
                    "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
                    "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                ),
                (
                    "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
                    "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
                ),
            ],
        );
    }

    #[test]
    fn the_different_uris_of_rfc_3261_section_19_1_4_are() {
        check(
            false,
            &[
                (
                    "SIP:ALICE@AtLanTa.CoM;Transport=udp",
                    "sip:alice@AtLanTa.CoM;Transport=UDP",
                ),
                ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
                ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
                (
                    "sip:bob@biloxi.com",
                    "sip:bob@biloxi.com:6000;transport=tcp",
                ),
                (
                    "sip:carol@chicago.com",
                    "sip:carol@chicago.com?Subject=next%20meeting",
                ),
                ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
                (
                    "sip:carol@chicago.com;security=on",
                    "sip:carol@chicago.com;security=off",
                ),
            ],
        );
    }

    #[test]
    fn sip_uris_differ_by_what_no_default_stands_in_for() {
        check(
            false,
            &[
                ("sip:a@b", "sips:a@b"),
                ("sip:a@b", "sip:b"),
                ("sip:a@b", "sip:a:@b"),
                ("sip:a:p@b", "sip:a:P@b"),
                ("sip:a@b", "sip:a@b;user=ip"),
                ("sip:a@b", "sip:a@b;TTL=1"),
                ("sip:a@b", "sip:a@b;method=INVITE"),
                ("sip:a@b;method=INVITE", "sip:a@b;method=invite"),
                ("sip:a@b", "sip:a@b;m%61ddr=b"),
                ("sip:a@b;x", "sip:a@b;x=1"),
                ("sip:a%3Bb@c", "sip:a;b@c"),
                ("sip:a@b;x=a%26b", "sip:a@b;x=a&b"),
                ("sip:+1-2@b;user=phone", "sip:+12@b;user=phone"),
            ],
        );
        check(
            true,
            &[
                ("SIP:a@b", "sip:a@b"),
                ("sip:a@b", "sip:a@B."),
                ("sip:a@[2001:db8::1]", "sip:a@[2001:DB8:0::1]"),
                ("sip:*21#@b", "sip:*21%23@b"),
                ("sip:a:%70@b", "sip:a:p@b"),
                ("sip:a@b;X=Y;%7A", "sip:a@b;z;x=%59"),
                ("sip:a@b;x=1;x=2", "sip:a@b;x=1;x=3"),
            ],
        );
    }

    #[test]
    fn headers_are_compared_as_what_they_are() {
        check(
            true,
            &[
                ("sip:a@b?s=Hi", "sip:a@b?Subject=hI"),
                ("sip:a@b?to=%22A%22%3Csip:c%40D%3E", "sip:a@b?t=sip:c%40d"),
                (
                    "sip:a@b?route=%3Csip:p%3Blr%3E&route=%3Csip:q%3Blr%3E&x=1",
                    "sip:a@b?x=1&route=%3Csip:P%3Blr%3E&route=%3Csip:Q%3Blr%3E",
                ),
                ("sip:a@b?x=%22A%22b", "sip:a@b?x=%22A%22B"),
                ("sip:a@b?x=%5C%22A", "sip:a@b?x=%5C%22A"),
            ],
        );
        check(
            false,
            &[
                ("sip:a@b?to=sip:C%40d", "sip:a@b?to=sip:c%40d"),
                ("sip:a@b?to=%3Csip:c%3E%3Btag%3D1", "sip:a@b?to=%3Csip:c%3E"),
                (
                    "sip:a@b?to=%3Csip:c%3E%3Bx%3D1",
                    "sip:a@b?to=%3Csip:c%3E%3Bx%3D2",
                ),
                ("sip:a@b?call-id=A", "sip:a@b?call-id=a"),
                ("sip:a@b?body=A", "sip:a@b?body=a"),
                ("sip:a@b?x=%22A%22", "sip:a@b?x=%22a%22"),
                ("sip:a@b?x=1&x=1", "sip:a@b?x=1"),
                (
                    "sip:a@b?route=%3Csip:p%3E&route=%3Csip:q%3E",
                    "sip:a@b?route=%3Csip:q%3E&route=%3Csip:p%3E",
                ),
                // A URI in a header of a URI in a header is text.
                (
                    "sip:a@b?to=%3Csip:c?to%3Dsip:d%3E",
                    "sip:a@b?to=%3Csip:c?to%3Dsip:D%3E",
                ),
            ],
        );
    }

    #[test]
    fn tel_uris_are_compared_by_their_digits_and_all_parameters() {
        check(
            true,
            &[
                ("tel:+1-201-555-0123", "TEL:+1(201)555.0123"),
                ("tel:+1;a=B;c", "tel:+1;C;A=b"),
                ("tel:+1;ext=1-2", "tel:+1;ext=12"),
                (
                    "tel:7042;phone-context=Example.com",
                    "tel:70-42;PHONE-CONTEXT=example.COM.",
                ),
                (
                    "tel:863-1234;phone-context=+1-914-555",
                    "tel:8631234;phone-context=+1914555",
                ),
                ("tel:A*;phone-context=b", "tel:a%2a;phone-context=b"),
            ],
        );
        check(
            false,
            &[
                ("tel:+1", "tel:1"),
                ("tel:+1", "tel:+1;npdi"),
                ("tel:+1;x", "tel:+1;y"),
                ("tel:+1;x=1-2", "tel:+1;x=12"),
                ("tel:1;phone-context=+1", "tel:1;phone-context=+2"),
                ("tel:1;phone-context=a-b", "tel:1;phone-context=ab"),
                ("tel:+1", "sip:+1@h;user=phone"),
            ],
        );
    }

    #[test]
    fn urns_ignore_the_case_of_their_namespace_and_of_some_names() {
        check(
            true,
            &[
                ("URN:Example:a%2cB", "urn:eXAMPLE:a%2CB"),
                ("urn:example:a?+r", "urn:example:a?=q#f"),
                ("urn:service:SOS.fire", "URN:Service:sos.FIRE"),
                ("urn:uuid:F81D", "urn:uuid:f81d"),
            ],
        );
        check(
            false,
            &[
                ("urn:example:a", "urn:example:A"),
                ("urn:example:a", "urn:example:a/b"),
                ("urn:example:a%2C", "urn:example:a,"),
                ("urn:service:sos", "urn:service:sos.fire"),
            ],
        );
    }

    #[test]
    fn other_uris_are_compared_octet_by_octet() {
        check(true, &[("HTTP://h/%7e", "http://h/%7E")]);
        check(
            false,
            &[
                ("http://h/a", "http://h/A"),
                ("http://h/a", "https://h/a"),
                ("http://h/%7E", "http://h/~"),
            ],
        );
    }

    #[test]
    fn thousands_of_parameters_are_compared_in_reasonable_time() {
        let mut config = ParseConfig::DEFAULT;
        (config.limits.uri, config.limits.params) = (u16::MAX, u16::MAX);
        let forward: String = (0..5_000).map(|n| format!(";p{n}=v")).collect();
        let backward: String = (0..5_000).rev().map(|n| format!(";P{n}=V")).collect();
        let (this, that) = (format!("sip:h{forward}"), format!("sip:h{backward}"));
        let read = |text| Uri::parse_with(str::as_bytes(text), &config).unwrap();
        assert!(read(&this).equivalent(&read(&that)));
        let other = that.replace(";P7=V", ";P7=W");
        assert!(!read(&this).equivalent(&read(&other)));
    }

    proptest! {
        #[test]
        fn the_order_of_parameters_and_the_case_make_no_difference(
            names in proptest::collection::btree_set("[a-z]{1,3}", 0..24),
            turn in any::<proptest::sample::Index>(),
        ) {
            let mut names: Vec<String> = names.into_iter().map(|name| format!(";{name}=x")).collect();
            let this = format!("sip:a@b{}", names.concat());
            let length = names.len().saturating_add(1);
            names.rotate_left(turn.index(length));
            let that = format!("sip:a@b{}", names.concat().to_uppercase());
            prop_assert!(equivalent(&this, &that));
        }

        #[test]
        fn comparison_is_reflexive_and_symmetric(
            this in "(sips?|tel|urn|x):[+]?[0-9a-c%;:@=?&.-]{1,24}",
            that in "(sips?|tel|urn|x):[+]?[0-9a-c%;:@=?&.-]{1,24}",
        ) {
            let read = |text| Uri::parse(str::as_bytes(text));
            if let (Ok(this), Ok(that)) = (read(&this), read(&that)) {
                prop_assert!(this.equivalent(&this));
                prop_assert_eq!(this.equivalent(&that), that.equivalent(&this));
            }
        }
    }
}
