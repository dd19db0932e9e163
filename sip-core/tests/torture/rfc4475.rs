//! RFC 4475 section 3.1.1: valid messages, however odd they look.

use crate::case::{Case, Decides, sound};

pub(crate) fn valid() -> Vec<Case> {
    let mut cases = Vec::from(SHORT);
    cases.extend_from_slice(LONG);
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

const SHORT: &[Case] = &[
    Case {
        theirs: sound(&[
            ("method", "INVITE"),
            ("uri.user", "vivekg"),
            ("uri.param.unknownparam", "flag"),
            ("lines", "14"),
            ("to", "sip:vivekg@chair-dnrc.example.com"),
            ("to.tag", "1918181833n"),
            ("from.name", "J Rosenberg \\\""),
            ("from.tag", "98asjd8"),
            ("from.params", "1"),
            ("max-forwards", "68"),
            ("call-id", "wsinv.ndaksdj@192.0.2.1"),
            ("cseq", "9 INVITE"),
            ("via", "3"),
            ("via.0.transport", "UDP"),
            ("via.0.ip", "192.0.2.2"),
            ("via.0.branch", "390skdjuw"),
            ("via.1.transport", "TCP"),
            ("via.1.host", "spindle.example.com"),
            ("via.1.branch", "z9hG4bK9ikj8"),
            ("via.2.ip", "192.168.255.111"),
            ("via.2.branch", "z9hG4bK30239"),
            ("field Subject", ""),
            (
                "field NewFangledHeader",
                "newfangled value\r\n continued newfangled value",
            ),
            ("field UnknownHeaderWithUnusualValue", ";;,,;;,;"),
            ("route", "1"),
            ("route.0.uri.param.unknownwith", "value"),
            ("route.0.uri.param.unknown-no-value", "flag"),
            ("contact.0.name", "Quoted string \"\""),
            ("contact.0.param.newparam", "newvalue"),
            ("contact.0.param.secondparam", "flag"),
            ("contact.0.q", "330"),
            ("body", "150"),
        ]),
        own: (
            b"\
MESSAGE sip:lift@tower.example;floor SIP/2.0
T :
 <sip:lift@tower.example> ;  x
  =  \"a;b\\\"\"
FROM   : \"Otto \\\\ \\\"O\\\"\"	<sip:otto@tower.example>
  ;
	tag = 77up
max-forwards: 00070
I: lift.1@tower
cseq:  0042
  MESSAGE
V  : SIP  /  2.0
 / TCP
	gate.tower.example : 5080 ; branch
 = z9hG4bKlift
  ,	SIP/2.0/UDP 198.51.100.7
Subject  :
X-Empty-Too:
X-Marks: ,;,;=
L   : 002

hi",
            sound(&[
                ("lines", "10"),
                ("uri.param.floor", "flag"),
                ("to.param.x", "a;b\""),
                ("from.name", "Otto \\ \"O\""),
                ("from.tag", "77up"),
                ("max-forwards", "70"),
                ("cseq", "42 MESSAGE"),
                ("via", "2"),
                ("via.0.transport", "TCP"),
                ("via.0.port", "5080"),
                ("via.0.branch", "z9hG4bKlift"),
                ("via.1.ip", "198.51.100.7"),
                ("field s", ""),
                ("field X-Empty-Too", ""),
                ("field X-Marks", ",;,;="),
                ("body", "2"),
            ]),
        ),
        ..case(
            "wsinv",
            "3.1.1.1",
            "folds, white space around every separator, empty fields, leading zeros, escapes in quotes",
        )
    },
    Case {
        theirs: sound(&[
            ("method", "!interesting-Method0123456789_*+`.%indeed'~"),
            (
                "uri.user",
                "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
            ),
            ("uri.password", "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"),
            ("uri.host", "example.com"),
            ("to.name", "BEL:\u{7} NUL:\0 DEL:\u{7F}"),
            ("from.name", "token1~` token2'+_ token3*%!.-"),
            ("from.param.fromParam''~+*_!.-%", "работающий"),
            ("from.tag", "_token~1'+`*%!-."),
            ("call-id", "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{"),
            (
                "cseq",
                "139122385 !interesting-Method0123456789_*+`.%indeed'~",
            ),
            ("max-forwards", "255"),
            ("via.0.branch", "z9hG4bK-.!%66*_+`'~"),
            ("field extensionHeader-!.%*+_`'~", "\u{FEFF}大停電"),
            ("body", "0"),
        ]),
        own: (
            b"\
%KNOCK.+twice~'*_`! sip:a&b=c+d$e,f;g?h/i!j'k(l)m*n.o_p~q:p&w=1+2$3,4@tower.example SIP/2.0
Via: SIP/2.0/X+Y host;branch=z9hG4bK.!%*_+`'~-
To: \"\\\x01\\\x7F\\\"\\\\ \xC3\xA4 \xFF\" <sip:b@tower.example>
From: ~ ! %41 <sip:a@tower.example>;p!%='~';tag=!%*_+`'~-.;q=\"\xE2\x82\xAC\"
Call-ID: <({[%?/\\:\"]})>@@x
CSeq: 2147483647 %KNOCK.+twice~'*_`!
Max-Forwards: 000
!-.%*+_`'~: \xFF\xFE
Content-Length: 0

",
            crate::case::invalid(
                400,
                &[crate::case::at(sip_core::Rule::Word, "Call-ID", 5, 25)],
                &[
                    ("method", "%KNOCK.+twice~'*_`!"),
                    ("uri.user", "a&b=c+d$e,f;g?h/i!j'k(l)m*n.o_p~q"),
                    ("uri.password", "p&w=1+2$3,4"),
                    ("via.0.transport", "X+Y"),
                    ("via.0.branch", "z9hG4bK.!%*_+`'~-"),
                    ("to.name", "\u{1}\u{7F}\"\\ ä \u{FFFD}"),
                    ("from.name", "~ ! %41"),
                    ("from.tag", "!%*_+`'~-."),
                    ("from.param.p!%", "'~'"),
                    ("from.param.q", "€"),
                    ("cseq", "2147483647 %KNOCK.+twice~'*_`!"),
                    ("max-forwards", "0"),
                    ("field !-.%*+_`'~", "\u{FFFD}\u{FFFD}"),
                ],
            ),
        ),
        ..case(
            "intmeth",
            "3.1.1.2",
            "every character that a method, a URI, a token, a word or a quoted string may hold; \
             ours ends its Call-ID behind one @ too many",
        )
    },
    Case {
        theirs: sound(&[
            ("uri.user", "sips%3Auser%40example.com"),
            ("uri.user.plain", "sips:user@example.com"),
            ("uri.host", "example.net"),
            ("to.uri.user.plain", "user"),
            ("from.uri.user.plain", "I have spaces"),
            ("contact.0.uri.user.plain", "caller"),
            ("contact.0.uri.params", "2"),
            ("contact.0.uri.param.%6C%72", "flag"),
            ("contact.0.uri.param.n%61me", "value%41"),
            ("contact.0.params", "0"),
            ("call-id", "esc01.239409asdfakjkn23onasd0-3234"),
            ("body", "150"),
        ]),
        own: (
            b"\
OPTIONS sip:tel%3A%2b4930%40pbx@tower.example SIP/2.0
v: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKe1
t: <sip:%42%6f%62:p%40ss@tower.example;%78=%2525?X=%26%3d>
f: sip:a%20b@tower.example;tag=1
i: esc1
CSeq: 1 OPTIONS

",
            sound(&[
                ("uri.user.plain", "tel:+4930@pbx"),
                ("to.uri.user.plain", "Bob"),
                ("to.uri.password", "p%40ss"),
                ("to.uri.param.%78", "%25"),
                ("to.uri.headers", "X=&="),
                ("from.uri.user.plain", "a b"),
                ("from.tag", "1"),
            ]),
        ),
        ..case(
            "esc01",
            "3.1.1.3",
            "escapes in URIs: what they hide is not a separator",
        )
    },
    Case {
        theirs: sound(&[
            ("to.uri.user", "null-%00-null"),
            ("to.uri.user.plain", "null-\0-null"),
            ("from.uri.user.plain", "null-\0-null"),
            ("contact", "2"),
            ("contact.0.uri.user.plain", "\0"),
            ("contact.1.uri.user.plain", "\0\0"),
            ("body", "0"),
        ]),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKe2
To: <sip:%00lift%00@tower.example;x=%00>
From: <sip:lift@tower.example>;tag=0
Call-ID: nul
CSeq: 2 REGISTER
Contact: <sip:%00@gate.tower.example>, <sip:%000@gate.tower.example>
l:0

",
            sound(&[
                ("to.uri.user.plain", "\0lift\0"),
                ("to.uri.param.x", "\0"),
                ("contact", "2"),
                ("contact.0.uri.user.plain", "\0"),
                ("contact.1.uri.user.plain", "\u{0}0"),
            ]),
        ),
        ..case("escnull", "3.1.1.4", "an escaped NUL ends nothing")
    },
    Case {
        theirs: sound(&[
            ("method", "RE%47IST%45R"),
            ("to.name", "%Z%45"),
            ("to.uri.user", "resource"),
            ("from.name", "%Z%45"),
            ("via.0.branch", "z9hG4bK209%fzsnel234"),
            ("cseq", "29344 RE%47IST%45R"),
            ("contact", "2"),
            ("contact.0.uri.user", "alias1"),
            ("contact.1.uri.user", "alias3"),
            ("field C%6Fntact", "<sip:alias2@host2.example.com>"),
        ]),
        own: (
            b"\
B%59E sip:lift@tower.example SIP/2.0
Via: SIP/2.0/T%43P gate.tower.example;branch=z9hG4bK%zz
V%69a: SIP/2.0/UDP wrong.tower.example
To: \"%4\" <sip:lift@tower.example>;tag=%41
From: %4 <sip:otto@tower.example>;tag=%
Call-ID: %%
CSeq: 3 B%59E

",
            sound(&[
                ("method", "B%59E"),
                ("via", "1"),
                ("via.0.transport", "T%43P"),
                ("via.0.branch", "z9hG4bK%zz"),
                ("field V%69a", "SIP/2.0/UDP wrong.tower.example"),
                ("to.name", "%4"),
                ("to.tag", "%41"),
                ("from.name", "%4"),
                ("from.tag", "%"),
                ("call-id", "%%"),
            ]),
        ),
        ..case(
            "esc02",
            "3.1.1.5",
            "outside of URIs a percent sign is a character like any other",
        )
    },
    Case {
        theirs: sound(&[
            ("from.name", "caller"),
            ("from", "sip:caller@example.com"),
            ("from.tag", "323"),
            ("call-id", "lwsdisp.1234abcd@funky.example.com"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKl
To: \"The Lift\"<sip:lift@tower.example>
From: Otto Lift*<sip:otto@tower.example>;tag=9
Call-ID: lws
CSeq: 4 OPTIONS

",
            sound(&[
                ("to.name", "The Lift"),
                ("to", "sip:lift@tower.example"),
                ("from.name", "Otto Lift*"),
                ("from.tag", "9"),
            ]),
        ),
        ..case(
            "lwsdisp",
            "3.1.1.6",
            "no white space is needed between display name and <",
        )
    },
    Case {
        theirs: sound(&[
            ("method", "REGISTER"),
            ("lines", "8"),
            ("call-id", "dblreq.0ha0isndaksdj99sdfafnl3lk233412"),
            ("cseq", "8 REGISTER"),
            ("to", "sip:j.user@example.com"),
            ("from.tag", "43251j3j324"),
            ("max-forwards", "8"),
            ("via", "1"),
            ("via.0.branch", "z9hG4bKkdjuw23492"),
            ("contact.0.uri.host", "host.example.com"),
            ("field Content-Type", "-"),
            ("body", "0"),
        ]),
        own: (
            b"\n\n\
MESSAGE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKd1
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: double.1
CSeq: 5 MESSAGE
Content-Length: 2

upBYE sip:other@tower.example SIP/2.0
Call-ID: double.2
CSeq: 6 BYE

",
            sound(&[
                ("method", "MESSAGE"),
                ("lines", "6"),
                ("call-id", "double.1"),
                ("body", "2"),
            ]),
        ),
        ..case(
            "dblreq",
            "3.1.1.8",
            "octets behind the length that Content-Length gives are not looked at, \
             not even if they are a request",
        )
    },
    Case {
        theirs: sound(&[
            ("uri.user", "user;par=u%40example.net"),
            ("uri.user.plain", "user;par=u@example.net"),
            ("uri.host", "example.com"),
            ("uri.params", "0"),
            ("field Accept#", "1"),
        ]),
        own: (
            b"\
OPTIONS sip:lift;to=12%40east?side@tower.example;lr SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKs
To: <sip:lift@tower.example>
From: <sip:a;b?c=d@tower.example;e>;tag=1
Call-ID: semi
CSeq: 7 OPTIONS

",
            sound(&[
                ("uri.user.plain", "lift;to=12@east?side"),
                ("uri.host", "tower.example"),
                ("uri.params", "1"),
                ("uri.param.lr", "flag"),
                ("from.uri.user", "a;b?c=d"),
                ("from.uri.param.e", "flag"),
            ]),
        ),
        ..case(
            "semiuri",
            "3.1.1.9",
            "a semicolon before the @ belongs to the user part",
        )
    },
    Case {
        theirs: sound(&[
            ("via", "5"),
            ("via.0.transport", "UDP"),
            ("via.1.transport", "SCTP"),
            ("via.2.transport", "TLS"),
            ("via.3.transport", "UNKNOWN"),
            ("via.3.host", "t4.example.com"),
            ("via.4.transport", "TCP"),
            ("via.4.branch", "z9hG4bK0a9idfnee"),
        ]),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/PIGEON loft.example;branch=z9hG4bK1, SIP/2.0/wss [2001:db8::7]:443;branch=z9hG4bK2
v: sip/2.0/TLS-SCTP t3.example;branch=z9hG4bK3
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: transports
CSeq: 8 OPTIONS

",
            sound(&[
                ("via", "3"),
                ("via.0.transport", "PIGEON"),
                ("via.1.transport", "wss"),
                ("via.1.ip", "2001:db8::7"),
                ("via.1.port", "443"),
                ("via.2.transport", "TLS-SCTP"),
                ("via.2.branch", "z9hG4bK3"),
            ]),
        ),
        ..case("transports", "3.1.1.10", "any token names a transport")
    },
    Case {
        theirs: sound(&[
            ("status", "200"),
            ("reason", "= 2**3 * 5**2 но сто девяносто девять - простое"),
            ("cseq", "35 INVITE"),
            ("via.0.branch", "z9hG4bK1324923"),
            ("body", "154"),
        ]),
        own: (
            b"\
SIP/2.0 486 Besetzt: \"\xC3\x9Cber\";<lauf> \xFF (%00)
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKr
To: <sip:lift@tower.example>;tag=2
From: <sip:otto@tower.example>;tag=1
Call-ID: reason
CSeq: 9 INVITE

",
            sound(&[
                ("status", "486"),
                ("reason", "Besetzt: \"Über\";<lauf> \u{FFFD} (%00)"),
                ("to.tag", "2"),
            ]),
        ),
        ..case(
            "unreason",
            "3.1.1.12",
            "a reason phrase is any text, UTF-8 included",
        )
    },
    Case {
        theirs: sound(&[
            ("status", "100"),
            ("reason", ""),
            ("to.tag", "902jndnke3"),
            ("contact.0.uri.host", "host105.example.com"),
        ]),
        own: (
            b"\
SIP/2.0 603\x20
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKn
To: <sip:lift@tower.example>;tag=2
From: <sip:otto@tower.example>;tag=1
Call-ID: noreason
CSeq: 10 INVITE

",
            sound(&[("status", "603"), ("reason", ""), ("call-id", "noreason")]),
        ),
        ..case(
            "noreason",
            "3.1.1.13",
            "an empty reason phrase behind its space",
        )
    },
];

const LONG: &[Case] = &[
    Case {
        theirs: sound(&[
            ("lines", "43"),
            ("to.uri.host", "example.com"),
            ("to.uri.port", "6000"),
            ("to.uri.params", "3"),
            ("to.params", "0"),
            ("from.params", "3"),
            ("cseq", "3882340 INVITE"),
            ("via", "34"),
            ("via.0.host", "sip33.example.com"),
            ("via.0.branch", "-"),
            ("via.11.host", "sip22.example.com"),
            ("via.33.host", "host.example.com"),
            ("via.33.received", "192.0.2.5"),
            ("via.33.params", "2"),
            ("field Via#", "34"),
            ("max-forwards", "70"),
            ("contact", "1"),
            ("body", "150"),
        ]),
        own: (
            b"\
INVITE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/TCP a.example;branch=z9hG4bKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
v: SIP/2.0/TCP b.example
V\t:SIP/2.0/TCP c.example, SIP/2.0/TCP d.example
vIA : SIP/2.0/TCP e.example
To: \"LiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLiftLift\" <sip:liftliftliftliftliftliftliftliftliftliftliftliftliftliftliftliftliftliftliftliftliftlift@tower.example>
F: sip:otto@tower.example;tag=1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111;flagflagflagflagflagflagflagflagflagflagflagflagflagflagflagflag
Call-ID: longlonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglong
CSeq: 11 INVITE
X-LongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLong: yes

",
            sound(&[
                ("lines", "9"),
                ("via", "5"),
                ("field Via#", "4"),
                ("via.2.host", "c.example"),
                ("via.4.host", "e.example"),
                ("from.params", "2"),
                (
                    "field X-LongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLong",
                    "yes",
                ),
            ]),
        ),
        ..case("longreq", "3.1.1.7", "long values, long names, many Vias under every spelling of the name")
    },
    Case {
        theirs: crate::case::faulty(
            // RFC 8224 section 4 has Identity carry an `info` parameter, which
            // this one, older than that, has not. It stops nobody from
            // reading the message.
            &[crate::case::on(sip_core::Rule::MissingParam, "Identity", 5)],
            &[
                ("method", "MESSAGE"),
                ("via.0.rport", "-"),
                ("via.0.branch", "z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-"),
                ("via.0.params", "2"),
                ("route.0.uri.port", "5080"),
                ("call-id", "3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA.."),
                ("field c", "multipart/mixed;boundary=7a9cbec02ceef655"),
                ("field Date", "Sat, 15 Oct 2005 04:44:56 GMT"),
                ("body", "553"),
            ],
        ),
        own: (
            b"\
MESSAGE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;rport;branch=z9hG4bKm
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: parts
CSeq: 12 MESSAGE
Content-Type: multipart/mixed;boundary=\"- up -\"
Content-Length: 84

--- up -
Content-Type: text/plain

up
--- up -
Content-Type: x/y

\0\xFF\x0D\x0A
--- up ---
",
            sound(&[
                ("via.0.rport", "-"),
                ("field Content-Type", "multipart/mixed;boundary=\"- up -\""),
                ("body", "84"),
            ]),
        ),
        ..case("mpart01", "3.1.1.11", "a body of parts, one of them binary: its octets are kept")
    },
];
