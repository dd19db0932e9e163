//! Each switch of `Leniency` by itself: on, the value is read; off, it is
//! refused by the rule and at the place where the grammar ends.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

use sip_core::header::{From, To, TypedHeader, UserAgent, Via};
use sip_core::{Leniency, Message, ParseConfig, ParseError, Position, Rule, Uri};

/// Nothing forgiven but what `switch` turns on.
fn only(switch: impl Fn(&mut Leniency)) -> ParseConfig {
    let mut config = ParseConfig::STRICT;
    switch(&mut config.leniency);
    config
}

/// Everything forgiven but what `switch` turns off.
fn all_but(switch: impl Fn(&mut Leniency)) -> ParseConfig {
    let mut config = ParseConfig::DEFAULT;
    switch(&mut config.leniency);
    config
}

fn at(rule: Rule, octet: usize) -> ParseError {
    let mut error = Uri::parse(b"").unwrap_err();
    error.rule = rule;
    error.position = Position::Value(octet);
    error
}

/// Where `decode` finds what fault.
fn fault<H: TypedHeader>(text: &[u8], config: &ParseConfig) -> Option<(Rule, usize)> {
    match H::decode(text, config) {
        Ok((_, [])) => None,
        Ok((_, rest)) => Some((Rule::Trailing, text.len() - rest.len())),
        Err(fault) => Some((fault.rule, text.len() - fault.remaining)),
    }
}

#[test]
fn every_switch_is_on_by_default_and_off_in_the_strict_configuration() {
    assert_eq!(ParseConfig::default(), ParseConfig::DEFAULT);
    assert_eq!(Leniency::default(), Leniency::PHONES);
    assert_eq!(ParseConfig::STRICT.leniency, Leniency::NONE);
    let text = format!("{:?}", Leniency::PHONES);
    assert!(!text.contains("false"), "{text}");
    let mut none = Leniency::NONE;
    // The grammar itself has this one.
    assert!(none.bare_ipv6_in_received);
    none.bare_ipv6_in_received = false;
    let text = format!("{none:?}");
    assert!(!text.contains("true"), "{text}");
    // A new switch wants a test here.
    assert_eq!(text.matches("false").count(), 8, "{text}");
}

#[test]
fn a_hash_in_the_user_part_is_read_as_it_stands() {
    let on = only(|leniency| leniency.hash_in_user = true);
    let off = all_but(|leniency| leniency.hash_in_user = false);
    let star_code = b"sip:*21#@pbx.example;user=phone";
    let uri = Uri::parse_with(star_code, &on).unwrap();
    assert_eq!(uri.user().unwrap(), "*21#");
    assert_eq!(uri.host().unwrap().to_string(), "pbx.example");
    assert_eq!(
        Uri::parse_with(star_code, &off).unwrap_err(),
        at(Rule::User, 7)
    );
    for elsewhere in [
        &b"sip:a:b#@pbx.example"[..],
        b"sip:a@pbx#.example",
        b"sip:a@pbx.example;x=#",
    ] {
        assert!(Uri::parse_with(elsewhere, &on).is_err(), "{elsewhere:?}");
    }
    assert_eq!(
        Uri::parse_with(b"sip:*21%23@pbx.example", &off)
            .unwrap()
            .user()
            .unwrap(),
        "*21%23"
    );
}

#[test]
fn an_underscore_in_a_host_is_read_as_part_of_its_name() {
    let on = only(|leniency| leniency.underscore_in_host = true);
    let off = all_but(|leniency| leniency.underscore_in_host = false);
    let uri = Uri::parse_with(b"sip:a@my_phone.lan:5062", &on).unwrap();
    assert_eq!(*uri.host().unwrap().name().unwrap(), "my_phone.lan");
    assert_eq!(uri.port(), Some(5062));
    assert_eq!(
        Uri::parse_with(b"sip:a@my_phone.lan", &off).unwrap_err(),
        at(Rule::SipUri, 8)
    );
    let via = b"SIP/2.0/UDP _sip.my_phone;branch=z9hG4bK1";
    assert_eq!(
        Via::decode(via, &on).unwrap().0.host.to_string(),
        "_sip.my_phone"
    );
    assert_eq!(fault::<Via>(via, &off), Some((Rule::Host, 12)));
    let in_the_middle = b"SIP/2.0/UDP my_phone;branch=z9hG4bK1";
    assert_eq!(
        fault::<Via>(in_the_middle, &off),
        Some((Rule::Trailing, 14))
    );
}

const BARE: &[u8] =
    b"OPTIONS sip:a@b SIP/2.0\nVia: SIP/2.0/UDP c\nSubject: one\n two\nl: 3\n\nx\ny";

#[test]
fn lines_that_end_with_lf_are_read_and_sent_on_with_crlf() {
    let on = only(|leniency| leniency.bare_lf = true);
    let off = all_but(|leniency| leniency.bare_lf = false);
    let message = Message::parse_with(BARE, &on).unwrap();
    assert_eq!(message.headers().len(), 3);
    assert_eq!(message.body(), b"x\ny");
    let mut sent = Vec::new();
    message.write_to(&mut sent);
    assert_eq!(
        sent,
        b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\r\nSubject: one two\r\nl: 3\r\n\r\nx\ny"
    );
    let refused = Message::parse_with(BARE, &off).unwrap_err();
    assert_eq!(refused.error().rule, Rule::LineEnd);
    assert_eq!(refused.error().position.line_column(BARE), (1, 24));
}

#[test]
fn one_line_that_ends_with_lf_is_refused_where_it_ends() {
    let off = all_but(|leniency| leniency.bare_lf = false);
    let mixed = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\nTo: <sip:a@b>\r\n\r\n";
    let refused = Message::parse_with(&mixed[..], &off).unwrap_err();
    assert_eq!(refused.error().rule, Rule::LineEnd);
    assert_eq!(refused.error().position.line_column(mixed), (2, 19));
    // A CR alone is forgiven by no switch.
    let cr = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\rTo: <sip:a@b>\r\n\r\n";
    let refused = Message::parse(&cr[..]).unwrap_err();
    assert_eq!(refused.error().rule, Rule::LineEnd);
    assert_eq!(refused.error().position.line_column(cr), (2, 19));
}

#[test]
fn an_ipv6_address_in_received_is_read_with_brackets_and_without() {
    let via = b"SIP/2.0/UDP c;RECEIVED = 2001:db8::9;branch=z9hG4bK1";
    let (value, rest) = Via::decode(via, &ParseConfig::STRICT).unwrap();
    assert_eq!(value.received(), Some("2001:db8::9".parse().unwrap()));
    assert_eq!(value.branch().unwrap(), "z9hG4bK1");
    assert_eq!(rest, b"");
    let off = all_but(|leniency| leniency.bare_ipv6_in_received = false);
    assert_eq!(fault::<Via>(via, &off), Some((Rule::Param, 29)));
    let in_brackets = b"SIP/2.0/UDP c;received=[2001:db8::9]";
    assert_eq!(
        Via::decode(in_brackets, &off).unwrap().0.received(),
        Some("2001:db8::9".parse().unwrap())
    );
    let maddr = b"SIP/2.0/UDP c;maddr=2001:db8::9";
    assert_eq!(
        fault::<Via>(maddr, &ParseConfig::DEFAULT),
        Some((Rule::Param, 24))
    );
}

#[test]
fn a_display_name_beyond_ascii_is_read_without_quotes() {
    let on = only(|leniency| leniency.unquoted_display_name = true);
    let off = all_but(|leniency| leniency.unquoted_display_name = false);
    let utf8 = "J\u{FC}rgen M. <sip:j@b>;tag=1".as_bytes();
    let name = |text| {
        let (from, rest) = From::decode(text, &on).unwrap();
        assert_eq!(rest, b"");
        from.display_name.clone().unwrap().raw().as_bytes().to_vec()
    };
    assert_eq!(name(utf8), "J\u{FC}rgen M.".as_bytes());
    assert_eq!(fault::<From>(utf8, &off), Some((Rule::DisplayName, 1)));
    let latin1 = b"\xDCnal <sip:j@b>";
    assert_eq!(name(latin1), b"\xDCnal");
    assert_eq!(fault::<To>(latin1, &off), Some((Rule::DisplayName, 0)));
    // Those of ASCII's characters that need quotes still do.
    let comma = "M\u{FC}ller, J <sip:j@b>".as_bytes();
    assert_eq!(fault::<From>(comma, &on), Some((Rule::DisplayName, 7)));
}

#[test]
fn three_colons_before_an_ipv4_address_are_read_as_two() {
    let on = only(|leniency| leniency.three_colons_in_ipv6 = true);
    let off = all_but(|leniency| leniency.three_colons_in_ipv6 = false);
    let text = b"sip:a@[2001:db8:::192.0.2.1]:5062";
    let uri = Uri::parse_with(text, &on).unwrap();
    assert_eq!(
        uri.host().unwrap().ip(),
        Some("2001:db8::192.0.2.1".parse().unwrap())
    );
    assert_eq!(uri.port(), Some(5062));
    assert_eq!(
        Uri::parse_with(text, &off).unwrap_err(),
        at(Rule::IpAddress, 6)
    );
    assert!(Uri::parse_with(b"sip:a@[2001:db8:::1]", &on).is_err());
}

#[test]
fn a_user_agent_of_any_text_is_read_as_it_stands() {
    let on = only(|leniency| leniency.free_product_text = true);
    let off = all_but(|leniency| leniency.free_product_text = false);
    let sloppy = b"Desk phone @ home; rev=7";
    assert_eq!(fault::<UserAgent>(sloppy, &on), None);
    assert_eq!(fault::<UserAgent>(sloppy, &off), Some((Rule::Product, 11)));
    assert_eq!(fault::<UserAgent>(b"Desk/7 (rev 2)", &off), None);
}

#[test]
fn a_local_telephone_number_is_read_without_its_context() {
    let on = only(|leniency| leniency.local_number_without_context = true);
    let off = all_but(|leniency| leniency.local_number_without_context = false);
    for local in [&b"tel:112"[..], b"tel:7042;isub=1"] {
        assert!(Uri::parse_with(local, &on).is_ok());
        assert_eq!(
            Uri::parse_with(local, &off).unwrap_err(),
            at(Rule::PhoneContext, 4)
        );
    }
    for whole in [&b"tel:+49301234"[..], b"tel:112;phone-context=+49"] {
        assert!(Uri::parse_with(whole, &off).is_ok());
    }
}
