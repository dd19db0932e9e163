//! RFC 4475 sections 3.2 to 3.4: messages whose point lies above the parser.
//! Each says who decides and what, and what the parser must hand up for it.

use sip_core::Rule;

use crate::case::{Case, Decides, at, invalid, refused, sound};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::from(REQUESTS);
    cases.extend_from_slice(REGISTRATIONS);
    cases
}

const fn case(
    name: &'static str,
    section: &'static str,
    decides: Decides,
    why: &'static str,
) -> Case {
    Case {
        name,
        section,
        decides,
        why,
        theirs: sound(&[]),
        own: (b"", sound(&[])),
    }
}

const REQUESTS: &[Case] = &[
    Case {
        theirs: sound(&[("via.0.branch", "z9hG4bK"), ("via.0.ip", "192.0.2.1")]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=Z9HG4BK
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: branch
CSeq: 1 OPTIONS

",
            sound(&[("via.0.branch", "Z9HG4BK")]),
        ),
        ..case(
            "badbranch",
            "3.2.1",
            Decides::TransactionLayer,
            "a branch of nothing but the magic cookie: matched as RFC 2543 did, or 400",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[
                at(Rule::Missing, "From", 5, 7),
                at(Rule::Missing, "To", 5, 7),
                at(Rule::Missing, "Call-ID", 5, 7),
            ],
            &[
                ("via.0.branch", "z9hG4bKkdj.insuf"),
                ("from", "-"),
                ("body", "152"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1

",
            invalid(
                400,
                &[
                    at(Rule::Missing, "Call-ID", 4, 37),
                    at(Rule::Missing, "CSeq", 4, 37),
                ],
                &[("call-id", "-"), ("cseq", "-")],
            ),
        ),
        ..case(
            "insuf",
            "3.3.1",
            Decides::UserAgent,
            "no From, To or Call-ID: 400 at best; `validate` says so, and the response has what there is",
        )
    },
    Case {
        theirs: sound(&[
            ("uri", "nobodyKnowsThisScheme:totallyopaquecontent"),
            ("uri.scheme", "Other nobodyKnowsThisScheme"),
            ("uri.host", "-"),
        ]),
        own: (
            b"\
OPTIONS x-lift.up+1:/(12)@'east';a?b=c SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: scheme
CSeq: 2 OPTIONS

",
            sound(&[
                ("uri.scheme", "Other x-lift.up+1"),
                ("uri", "x-lift.up+1:/(12)@'east';a?b=c"),
            ]),
        ),
        ..case(
            "unkscm",
            "3.3.2",
            Decides::UserAgent,
            "an unknown scheme in the Request-URI: 416",
        )
    },
    Case {
        theirs: sound(&[
            ("uri", "soap.beep://192.0.2.103:3002"),
            ("uri.scheme", "Other soap.beep"),
        ]),
        own: (
            b"\
OPTIONS https://tower.example:8443/lift#12 SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: https
CSeq: 3 OPTIONS

",
            sound(&[("uri.scheme", "Other https"), ("uri.port", "-")]),
        ),
        ..case(
            "novelsc",
            "3.3.3",
            Decides::UserAgent,
            "a known scheme that is no telephone's in the Request-URI: 416",
        )
    },
    Case {
        theirs: sound(&[
            (
                "field Require",
                "nothingSupportsThis, nothingSupportsThisEither",
            ),
            (
                "field Proxy-Require",
                "noProxiesSupportThis, norDoAnyProxiesSupportThis",
            ),
            ("via.0.transport", "TLS"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: require
CSeq: 4 OPTIONS
Require: levitation
 ,teleport
Require: 100rel
Proxy-Require: pigeons

",
            sound(&[
                ("field Require", "levitation\r\n ,teleport | 100rel"),
                ("field Proxy-Require", "pigeons"),
            ]),
        ),
        ..case(
            "bext01",
            "3.3.5",
            Decides::UserAgent,
            "extensions that nobody has: 420, and Unsupported names them",
        )
    },
    Case {
        theirs: sound(&[
            ("field Content-Type", "application/unknownformat"),
            ("body", "40"),
        ]),
        own: (
            b"\
MESSAGE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: type
CSeq: 5 MESSAGE
c: model/x-lift.shaft ; floors = \"12\"
l: 4

<up>",
            sound(&[
                ("field Content-Type", "model/x-lift.shaft ; floors = \"12\""),
                ("body", "4"),
            ]),
        ),
        ..case(
            "invut",
            "3.3.6",
            Decides::UserAgent,
            "a body of an unknown type: 415, and Accept says what would do",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[
                at(Rule::Repeated, "CSeq", 7, 1),
                at(Rule::Repeated, "Call-ID", 8, 1),
                at(Rule::Repeated, "To", 11, 1),
                at(Rule::Repeated, "From", 12, 1),
                at(Rule::Repeated, "Max-Forwards", 16, 1),
            ],
            &[("contact", "2"), ("field CSeq", "5 INVITE | 59 INVITE")],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: repeated
CSeq: 6 OPTIONS
i: repeated
T: <sip:lift@tower.example>

",
            invalid(
                400,
                &[
                    at(Rule::Repeated, "Call-ID", 7, 1),
                    at(Rule::Repeated, "To", 8, 1),
                ],
                &[("field t#", "2")],
            ),
        ),
        ..case(
            "multi01",
            "3.3.8",
            Decides::UserAgent,
            "fields of one value given twice: 400",
        )
    },
    Case {
        theirs: refused(
            400,
            &[at(Rule::Repeated, "Content-Length", 9, 17)],
            &[("cseq", "15932 OPTIONS"), ("max-forwards", "60")],
        ),
        own: (
            b"\
MESSAGE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
l: 2
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: lengths
CSeq: 7 MESSAGE
Content-Length: 3

up?",
            refused(
                400,
                &[at(Rule::Repeated, "Content-Length", 8, 17)],
                &[("call-id", "lengths")],
            ),
        ),
        ..case(
            "mcl01",
            "3.3.9",
            Decides::UserAgent,
            "two lengths of one body: 400; the parser refuses it itself, since it cannot say where the body ends",
        )
    },
    Case {
        theirs: sound(&[
            ("status", "200"),
            ("via", "2"),
            ("via.1.ip", "255.255.255.255"),
            ("body", "154"),
        ]),
        own: (
            b"\
SIP/2.0 200 OK
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa, SIP/2.0/UDP 0.0.0.0, SIP/2.0/UDP 224.0.1.75
To: <sip:lift@tower.example>;tag=2
From: <sip:otto@tower.example>;tag=1
Call-ID: broadcast
CSeq: 8 INVITE

",
            sound(&[("via.1.ip", "0.0.0.0"), ("via.2.ip", "224.0.1.75")]),
        ),
        ..case(
            "bcast",
            "3.3.10",
            Decides::Proxy,
            "a Via that would send the response to everybody: dropped by whoever it reaches",
        )
    },
    Case {
        theirs: sound(&[("max-forwards", "0")]),
        own: (
            b"\
MESSAGE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: hops
CSeq: 9 MESSAGE
Max-Forwards:0

",
            sound(&[("max-forwards", "0")]),
        ),
        ..case(
            "zeromf",
            "3.3.11",
            Decides::Proxy,
            "Max-Forwards of 0: an end serves it, a proxy answers 483 or, to OPTIONS, for itself",
        )
    },
    Case {
        theirs: sound(&[("field Accept", "text/nobodyKnowsThis"), ("body", "150")]),
        own: (
            b"\
INVITE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: accept
CSeq: 10 INVITE
Accept: model/x-lift.shaft;q=0.5, text/*

",
            sound(&[("field Accept", "model/x-lift.shaft;q=0.5, text/*")]),
        ),
        ..case(
            "sdp01",
            "3.3.15",
            Decides::UserAgent,
            "an Accept that allows no session description: 406",
        )
    },
    Case {
        theirs: sound(&[
            ("via.0.branch", "-"),
            ("from.tag", "-"),
            ("from.uri.param.user", "phone"),
            ("to", "sip:+16505552222@ss1.example.net"),
            ("to.param.user", "phone"),
            ("max-forwards", "-"),
            ("field Content-Length", "-"),
            ("record-route.0.uri.param.maddr", "ss1.example.com"),
            ("body", "105"),
        ]),
        own: (
            b"\
INVITE sip:lift@tower.example SIP/2.0
v:SIP/2.0/UDP gate.tower.example
f:sip:otto@tower.example
t:sip:lift@tower.example
i:1996
CSeq:1 INVITE

to the end of the datagram",
            sound(&[
                ("via.0.branch", "-"),
                ("from.tag", "-"),
                ("max-forwards", "-"),
                ("body", "26"),
            ]),
        ),
        ..case(
            "inv2543",
            "3.4.1",
            Decides::UserAgent,
            "a request of RFC 2543, without branch, tag, Max-Forwards and Content-Length: served",
        )
    },
];

const REGISTRATIONS: &[Case] = &[
    Case {
        theirs: sound(&[
            ("to", "isbn:2983792873"),
            ("to.uri.scheme", "Other isbn"),
            ("from", "http://www.example.com"),
            ("from.tag", "3234233"),
            ("contact.0", "name:John_Smith"),
        ]),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: mailto:lift;x=1
From: \"Otto\" <ldap://tower.example/cn=otto?mail>;tag=1
Call-ID: schemes
CSeq: 1 REGISTER
Contact: <x-lift:12>, tel:+49-30-1;expires=60

",
            sound(&[
                ("to", "mailto:lift"),
                ("to.param.x", "1"),
                ("from", "ldap://tower.example/cn=otto?mail"),
                ("contact.0.uri.scheme", "Other x-lift"),
                ("contact.1.uri.user", "+49-30-1"),
                ("contact.1.expires", "60"),
            ]),
        ),
        ..case(
            "unksm2",
            "3.3.4",
            Decides::Registrar,
            "other schemes in To, From and Contact: proxies pass it on, a registrar answers 400 since \
             an address of record is a SIP URI",
        )
    },
    Case {
        theirs: sound(&[(
            "field Authorization",
            "NoOneKnowsThisScheme opaque-data=here",
        )]),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: secret
CSeq: 2 REGISTER
Authorization: Handshake grip=firm, seconds=\"3\"

",
            sound(&[("field Authorization", "Handshake grip=firm, seconds=\"3\"")]),
        ),
        ..case(
            "regaut01",
            "3.3.7",
            Decides::Registrar,
            "an unknown authorization scheme: as if there were no credentials",
        )
    },
    Case {
        theirs: sound(&[
            ("contact.0", "sip:+19725552222@gw1.example.net"),
            ("contact.0.uri.params", "0"),
            ("contact.0.param.unknownparam", "flag"),
        ]),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: sip:lift@tower.example
From: sip:otto@tower.example;tag=1
Call-ID: header.param
CSeq: 3 REGISTER
Contact: sip:lift@gate.tower.example;shaft=east ; q = 0.5, sip:b@gate.tower.example

",
            sound(&[
                ("contact", "2"),
                ("contact.0", "sip:lift@gate.tower.example"),
                ("contact.0.param.shaft", "east"),
                ("contact.0.q", "500"),
                ("contact.1.params", "0"),
            ]),
        ),
        ..case(
            "cparam01",
            "3.3.12",
            Decides::Registrar,
            "without <> a parameter is the header's: not part of the contact that is stored",
        )
    },
    Case {
        theirs: sound(&[
            ("contact.0", "sip:+19725552222@gw1.example.net;unknownparam"),
            ("contact.0.uri.param.unknownparam", "flag"),
            ("contact.0.params", "0"),
        ]),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: sip:lift@tower.example
From: sip:otto@tower.example;tag=1
Call-ID: uri.param
CSeq: 4 REGISTER
Contact: <sip:lift@gate.tower.example;shaft=east>;shaft=west

",
            sound(&[
                ("contact.0.uri.param.shaft", "east"),
                ("contact.0.param.shaft", "west"),
            ]),
        ),
        ..case(
            "cparam02",
            "3.3.13",
            Decides::Registrar,
            "within <> a parameter is the URI's: part of the contact that is stored",
        )
    },
    Case {
        theirs: sound(&[
            ("contact.0.uri.host", "example.com"),
            ("contact.0.uri.headers", "Route=<sip:sip.example.com>"),
        ]),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: sip:lift@tower.example
From: sip:otto@tower.example;tag=1
Call-ID: uri.headers
CSeq: 5 REGISTER
m: <sip:lift@gate.tower.example;lr?Route=%3Csip:a%3E&Subject=>

",
            sound(&[
                ("contact.0.uri.headers", "Route=<sip:a>&Subject="),
                ("contact.0.uri.param.lr", "flag"),
            ]),
        ),
        ..case(
            "regescrt",
            "3.3.14",
            Decides::Registrar,
            "headers in a Contact's URI: stored, and put into the requests that go there",
        )
    },
];
