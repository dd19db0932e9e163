//! RFC 5118 section 4: IPv6 addresses wherever a message may hold one.

use sip_core::Rule;

use crate::case::{Case, Decides, at, invalid, sound};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::from(URIS);
    cases.extend_from_slice(HEADERS);
    cases.extend_from_slice(BODIES);
    cases
}

/// Those whose Content-Length the RFC gives too short, with the right one.
pub(crate) fn corrected() -> Vec<Case> {
    let mut cases = Vec::from(BODIES);
    for case in &mut cases {
        case.theirs = match case.name {
            "ipv4-mapped-ipv6" => sound(&[("body", "245"), ("via", "2")]),
            "ipv6-in-sdp" => sound(&[("body", "251"), ("via.0.ip", "2001:db8::20")]),
            _ => sound(&[("body", "189"), ("via.0.ip", "2001:db8::9:1")]),
        };
    }
    cases
}

const fn case(name: &'static str, section: &'static str, why: &'static str) -> Case {
    Case {
        name,
        section,
        decides: Decides::Parser,
        why,
        theirs: sound(&[]),
        own: (b"", sound(&[])),
    }
}

const URIS: &[Case] = &[
    Case {
        theirs: sound(&[
            ("uri.host", "[2001:db8::10]"),
            ("uri.ip", "2001:db8::10"),
            ("uri.user", "-"),
            ("via.0.ip", "2001:db8::9:1"),
            ("contact.0.uri.ip", "2001:db8::1"),
            ("contact.0.name", "Caller"),
        ]),
        own: (
            b"\
OPTIONS sips:lift@[FE80::A] SIP/2.0
Via: SIP/2.0/TLS [::1] ;branch=z9hG4bKa
To: sip:[2001:DB8:0:0:0:0:0:12]
From: sip:otto@[::];tag=1
Call-ID: six
CSeq: 1 OPTIONS
Contact: sip:[2001:db8::12];expires=60

",
            sound(&[
                ("uri.ip", "fe80::a"),
                ("via.0.ip", "::1"),
                ("to.uri.ip", "2001:db8::12"),
                ("from.uri.ip", "::"),
                ("contact.0.uri.ip", "2001:db8::12"),
                ("contact.0.expires", "60"),
            ]),
        ),
        ..case(
            "ipv6-good",
            "4.1",
            "IPv6 references in the Request-URI, Via and Contact",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[at(Rule::Host, "", 1, 14)],
            &[("uri", "!Host"), ("via.0.ip", "2001:db8::9:1")],
        ),
        own: (
            b"\
OPTIONS sip:lift@fe80::12 SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: bare
CSeq: 2 OPTIONS

",
            invalid(400, &[at(Rule::Port, "", 1, 23)], &[("uri", "!Port")]),
        ),
        ..case(
            "ipv6-bad",
            "4.2",
            "an IPv6 address without its brackets in the Request-URI: 400",
        )
    },
    Case {
        theirs: sound(&[("uri.ip", "2001:db8::10:5070"), ("uri.port", "-")]),
        own: (
            b"\
OPTIONS sip:lift@[::12:5061] SIP/2.0
Via: SIP/2.0/UDP [::5:5060];branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: inside
CSeq: 3 OPTIONS

",
            sound(&[
                ("uri.ip", "::12:5061"),
                ("uri.port", "-"),
                ("via.0.ip", "::5:5060"),
                ("via.0.port", "-"),
            ]),
        ),
        ..case(
            "port-ambiguous",
            "4.3",
            "what stands within the brackets is address, whatever was meant",
        )
    },
    Case {
        theirs: sound(&[("uri.ip", "2001:db8::10"), ("uri.port", "5070")]),
        own: (
            b"\
OPTIONS sip:lift@[::12]:5061;lr SIP/2.0
Via: SIP/2.0/UDP [::5] : 5060;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: outside
CSeq: 4 OPTIONS

",
            sound(&[
                ("uri.ip", "::12"),
                ("uri.port", "5061"),
                ("uri.param.lr", "flag"),
                ("via.0.ip", "::5"),
                ("via.0.port", "5060"),
            ]),
        ),
        ..case(
            "port-unambiguous",
            "4.4",
            "what stands behind the brackets is the port",
        )
    },
    Case {
        theirs: sound(&[
            ("uri.ip", "2001:db8::c000:201"),
            ("uri.host", "[2001:db8:::192.0.2.1]"),
            ("to.uri.ip", "2001:db8::c000:201"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@[64:ff9b:::198.51.100.12] SIP/2.0
Via: SIP/2.0/UDP [:::198.51.100.7]:5060;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: three
CSeq: 5 OPTIONS

",
            sound(&[
                ("uri.ip", "64:ff9b::c633:640c"),
                ("via.0.host", "[:::198.51.100.7]"),
                ("via.0.ip", "::c633:6407"),
            ]),
        ),
        ..case(
            "ipv6-bug-abnf-3-colons",
            "4.10",
            "three colons before an IPv4 address, which the grammar of RFC 3261 asked for, are tolerated",
        )
    },
    Case {
        theirs: sound(&[
            ("uri.ip", "2001:db8::c000:201"),
            ("uri.user", "user"),
            ("to.uri.ip", "2001:db8::c000:201"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@[64:ff9b::198.51.100.12] SIP/2.0
Via: SIP/2.0/UDP [::198.51.100.7]:5060;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: two
CSeq: 6 OPTIONS

",
            sound(&[("uri.ip", "64:ff9b::c633:640c"), ("via.0.port", "5060")]),
        ),
        ..case(
            "ipv6-correct-abnf-2-colons",
            "4.10",
            "two colons before an IPv4 address",
        )
    },
];

const HEADERS: &[Case] = &[
    Case {
        theirs: sound(&[
            ("via.0.ip", "2001:db8::9:1"),
            ("via.0.received", "2001:db8::9:255"),
            ("via.0.branch", "z9hG4bKas3-111"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa;received=[::ffff:198.51.100.7];rport=9
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: delimited
CSeq: 1 OPTIONS

",
            sound(&[
                ("via.0.received", "::ffff:198.51.100.7"),
                ("via.0.rport", "9"),
            ]),
        ),
        ..case(
            "via-received-param-with-delim",
            "4.5",
            "brackets around the address in received",
        )
    },
    Case {
        theirs: sound(&[
            ("via.0.ip", "2001:db8::9:1"),
            ("via.0.received", "2001:db8::9:255"),
            ("via.0.branch", "z9hG4bKas3"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;received=::1;branch=z9hG4bKa, SIP/2.0/TCP b;received = fe80::2
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: bare
CSeq: 2 OPTIONS

",
            sound(&[
                ("via", "2"),
                ("via.0.received", "::1"),
                ("via.0.branch", "z9hG4bKa"),
                ("via.1.received", "fe80::2"),
            ]),
        ),
        ..case(
            "via-received-param-no-delim",
            "4.5",
            "no brackets around the address in received",
        )
    },
    Case {
        theirs: sound(&[
            ("via", "3"),
            ("via.0.ip", "2001:db8::9:1"),
            ("via.0.port", "6050"),
            ("via.1.ip", "192.0.2.1"),
            ("via.2.ip", "2001:db8::9:255"),
            ("via.2.received", "192.0.2.200"),
            ("to.tag", "9817--94"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP [::7]:5061;branch=z9hG4bKa,SIP/2.0/UDP 198.51.100.7:5062;received=[::8]
Record-Route: <sip:[::9];lr>, <sip:198.51.100.9;lr>
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: both
CSeq: 3 OPTIONS

",
            sound(&[
                ("via.0.ip", "::7"),
                ("via.1.ip", "198.51.100.7"),
                ("via.1.received", "::8"),
                ("record-route.0.uri.ip", "::9"),
                ("record-route.1.uri.ip", "198.51.100.9"),
            ]),
        ),
        ..case(
            "mult-ip-in-header",
            "4.7",
            "addresses of both kinds side by side",
        )
    },
];

const BODIES: &[Case] = &[
    Case {
        theirs: sound(&[
            ("uri.ip", "2001:db8::10"),
            ("contact.0.uri.ip", "2001:db8::20"),
            ("field Content-Type", "application/sdp"),
            // What the RFC's Content-Length leaves of the body.
            ("body", "241"),
        ]),
        own: (
            b"\
INVITE sip:lift@[::12] SIP/2.0
Via: SIP/2.0/UDP [::7];branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: sdp
CSeq: 1 INVITE
Content-Type: application/sdp
Content-Length: 14

c=IN IP6 ::7
",
            sound(&[("body", "14")]),
        ),
        ..case(
            "ipv6-in-sdp",
            "4.6",
            "the body is the session description's reader to judge",
        )
    },
    Case {
        theirs: sound(&[
            ("uri.ip", "2001:db8::10"),
            ("cseq", "8912 INVITE"),
            ("body", "181"),
        ]),
        own: (
            b"\
INVITE sip:lift@[::12] SIP/2.0
Via: SIP/2.0/UDP [::7];branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: sdp
CSeq: 1 INVITE
Content-Type: application/sdp
Content-Length: 35

c=IN IP6 ::7
c=IN IP4 198.51.100.7
",
            sound(&[("body", "35")]),
        ),
        ..case(
            "mult-ip-in-sdp",
            "4.8",
            "media of both kinds: the body is not the parser's to judge",
        )
    },
    Case {
        theirs: sound(&[
            ("via.0.ip", "::ffff:192.0.2.10"),
            ("via.0.port", "19823"),
            ("via.1.ip", "::ffff:192.0.2.2"),
            ("contact.0.uri.ip", "::ffff:192.0.2.2"),
            ("contact.0.name", "T. desk phone"),
            ("body", "236"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@[::ffff:198.51.100.12] SIP/2.0
Via: SIP/2.0/UDP [::FFFF:198.51.100.7]:5060;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: mapped
CSeq: 2 OPTIONS

",
            sound(&[
                ("uri.ip", "::ffff:198.51.100.12"),
                ("via.0.ip", "::ffff:198.51.100.7"),
                ("via.0.port", "5060"),
            ]),
        ),
        ..case("ipv4-mapped-ipv6", "4.9", "IPv4 addresses mapped into IPv6")
    },
];
