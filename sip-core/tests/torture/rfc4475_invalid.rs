//! RFC 4475 section 3.1.2: invalid messages. Where the section lets an element
//! be liberal, this parser is not, unless a switch of `Leniency` says so.

use sip_core::Rule;

use crate::case::{Case, Decides, SILENCE, at, faulty, invalid, on, refused, sound};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::from(NUMBERS);
    cases.extend_from_slice(START_LINES);
    cases.extend_from_slice(ADDRESSES);
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

const NUMBERS: &[Case] = &[
    Case {
        theirs: refused(
            400,
            &[at(Rule::ContentLength, "Content-Length", 10, 17)],
            &[
                ("method", "INVITE"),
                ("cseq", "8 INVITE"),
                ("via.0.branch", "z9hG4bK-39234-23523"),
            ],
        ),
        own: (
            b"\
MESSAGE sip:lift@tower.example SIP/2.0
l: 6
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKc
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: short
CSeq: 1 MESSAGE

short",
            refused(
                400,
                &[at(Rule::ContentLength, "Content-Length", 2, 4)],
                &[("body", "5")],
            ),
        ),
        ..case(
            "clerr",
            "3.1.2.2",
            "Content-Length says more than the datagram holds: 400",
        )
    },
    Case {
        theirs: refused(
            400,
            &[at(Rule::Number, "Content-Length", 10, 17)],
            &[("cseq", "0 INVITE"), ("max-forwards", "254")],
        ),
        own: (
            b"\
MESSAGE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKn
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: negative
CSeq: 2 MESSAGE
Content-Length: -0

",
            refused(
                400,
                &[at(Rule::Number, "Content-Length", 7, 17)],
                &[("call-id", "negative")],
            ),
        ),
        ..case(
            "ncl",
            "3.1.2.3",
            "a negative Content-Length: 400, and on a stream the end of it",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[
                at(Rule::Number, "CSeq", 5, 7),
                at(Rule::Number, "Max-Forwards", 7, 15),
                on(Rule::Number, "Expires", 8),
            ],
            &[
                ("cseq", "!Number"),
                ("max-forwards", "!Number"),
                // Processed as if the default had been given.
                ("contact.0.expires", "-"),
                ("contact.0.param.expires", "280297596632815"),
            ],
        ),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKo
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: large
CSeq: 2147483648 REGISTER
Max-Forwards: 256
Expires: 4294967296
Contact: <sip:lift@gate.tower.example>;expires=4294967296;q=1.001

",
            invalid(
                400,
                &[
                    at(Rule::Number, "CSeq", 6, 7),
                    at(Rule::Number, "Max-Forwards", 7, 15),
                    on(Rule::Number, "Expires", 8),
                ],
                &[("contact.0.expires", "-"), ("contact.0.q", "-")],
            ),
        ),
        ..case(
            "scalar02",
            "3.1.2.4",
            "numbers too large for their fields in a request: 400 because of CSeq",
        )
    },
    Case {
        theirs: invalid(
            SILENCE,
            &[
                at(Rule::Number, "CSeq", 5, 7),
                on(Rule::Number, "Retry-After", 7),
                on(Rule::Number, "Warning", 8),
            ],
            &[("status", "503"), ("via.0.received", "192.0.2.129")],
        ),
        own: (
            b"\
SIP/2.0 500 Server Internal Error
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKo
To: <sip:lift@tower.example>;tag=2
From: <sip:otto@tower.example>;tag=1
Call-ID: larger
CSeq: 99999999999999999999999999999999 OPTIONS
Retry-After: 4294967296
Warning: 30 gate \"too few digits\"

",
            invalid(
                SILENCE,
                &[
                    at(Rule::Number, "CSeq", 6, 7),
                    on(Rule::Number, "Retry-After", 7),
                    on(Rule::Number, "Warning", 8),
                ],
                &[("status", "500")],
            ),
        ),
        ..case(
            "scalarlg",
            "3.1.2.5",
            "numbers too large for their fields in a response: it is dropped",
        )
    },
    Case {
        theirs: faulty(
            &[on(Rule::Date, "Date", 8)],
            &[
                ("field Date", "Fri, 01 Jan 2010 16:00:00 EST"),
                ("body", "150"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKd
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: date
CSeq: 3 OPTIONS
Date: Mon, 02 Mar 2026 07:00:00 CET

",
            faulty(&[on(Rule::Date, "Date", 7)], &[("cseq", "3 OPTIONS")]),
        ),
        ..case(
            "baddate",
            "3.1.2.12",
            "a Date that is not in GMT: whoever needs it refuses it, nobody else",
        )
    },
    Case {
        theirs: refused(
            SILENCE,
            &[at(Rule::StatusCode, "", 1, 9)],
            &[
                ("cseq", "353494 INVITE"),
                ("via.0.branch", "z9hG4bK2398ndaoe"),
            ],
        ),
        own: (
            b"\
SIP/2.0 0200 OK
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKb
To: <sip:lift@tower.example>;tag=2
From: <sip:otto@tower.example>;tag=1
Call-ID: code
CSeq: 4 OPTIONS

",
            refused(
                SILENCE,
                &[at(Rule::StatusCode, "", 1, 9)],
                &[("call-id", "code")],
            ),
        ),
        ..case(
            "bigcode",
            "3.1.2.19",
            "a status code of more than three digits: it is dropped",
        )
    },
];

const START_LINES: &[Case] = &[
    Case {
        theirs: invalid(
            400,
            &[at(Rule::Scheme, "", 1, 8)],
            &[
                ("uri", "!Scheme"),
                ("cseq", "1 INVITE"),
                ("via.0.ip", "192.0.2.5"),
            ],
        ),
        own: (
            b"\
OPTIONS <sip:lift@tower.example;lr> SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: brackets
CSeq: 1 OPTIONS

",
            invalid(400, &[at(Rule::Scheme, "", 1, 9)], &[("uri", "!Scheme")]),
        ),
        ..case(
            "ltgtruri",
            "3.1.2.7",
            "<> around the Request-URI: 400; ignoring them is allowed",
        )
    },
    Case {
        theirs: refused(
            400,
            &[at(Rule::RequestLine, "", 1, 30)],
            &[
                ("to.tag", "3xfe-9921883-z9f"),
                ("cseq", "2130706432 INVITE"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example ;lr SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: space
CSeq: 2 OPTIONS

",
            refused(
                400,
                &[at(Rule::RequestLine, "", 1, 32)],
                &[("call-id", "space")],
            ),
        ),
        ..case(
            "lwsruri",
            "3.1.2.8",
            "white space in the Request-URI: 400; closing up is not for us",
        )
    },
    Case {
        theirs: refused(
            400,
            &[at(Rule::RequestLine, "", 1, 8)],
            &[("cseq", "1893884 INVITE")],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example	SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: tab
CSeq: 3 OPTIONS

",
            refused(
                400,
                &[at(Rule::RequestLine, "", 1, 39)],
                &[("call-id", "tab")],
            ),
        ),
        ..case(
            "lwsstart",
            "3.1.2.9",
            "anything but one space between the parts of the request line: 400",
        )
    },
    Case {
        theirs: refused(
            400,
            &[at(Rule::RequestLine, "", 1, 39)],
            &[("cseq", "238923 OPTIONS")],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0\x20
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: trailing
CSeq: 4 OPTIONS

",
            refused(
                400,
                &[at(Rule::RequestLine, "", 1, 32)],
                &[("call-id", "trailing")],
            ),
        ),
        ..case(
            "trws",
            "3.1.2.10",
            "white space behind the SIP-Version: 400",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[at(Rule::RequestUriHeaders, "", 1, 28)],
            &[
                ("uri.headers", "Route=<sip:example.com>"),
                ("uri.host", "example.com"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example;lr?Subject=%22up%22&X= SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: headers
CSeq: 5 OPTIONS

",
            invalid(
                400,
                &[at(Rule::RequestUriHeaders, "", 1, 34)],
                &[("uri.headers", "Subject=\"up\"&X="), ("uri.params", "1")],
            ),
        ),
        ..case(
            "escruri",
            "3.1.2.11",
            "headers in the Request-URI: 400, they are never followed",
        )
    },
    Case {
        theirs: refused(
            505,
            &[at(Rule::Version, "", 1, 34)],
            &[("cseq", "1 OPTIONS"), ("via", "1"), ("via.0.host", "!Via")],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.1
Via: SIP/2.1/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: version
CSeq: 6 OPTIONS

",
            refused(
                505,
                &[at(Rule::Version, "", 1, 32)],
                &[("call-id", "version")],
            ),
        ),
        ..case("badvers", "3.1.2.16", "another version of SIP: 505")
    },
    Case {
        theirs: invalid(
            400,
            &[at(Rule::CSeqMethod, "CSeq", 6, 9)],
            &[("method", "OPTIONS"), ("cseq", "8 INVITE")],
        ),
        own: (
            b"\
BYE sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>;tag=2
From: <sip:otto@tower.example>;tag=1
Call-ID: mismatch.1
CSeq: 7 bye

",
            invalid(
                400,
                &[at(Rule::CSeqMethod, "CSeq", 6, 9)],
                &[("cseq", "7 bye")],
            ),
        ),
        ..case("mismatch01", "3.1.2.17", "CSeq names another method: 400")
    },
    Case {
        theirs: invalid(
            400,
            &[at(Rule::CSeqMethod, "CSeq", 6, 9)],
            &[
                ("method", "NEWMETHOD"),
                ("cseq", "8 INVITE"),
                ("body", "138"),
            ],
        ),
        own: (
            b"\
KNOCK sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: mismatch.2
CSeq: 8
  KNOCKKNOCK

",
            invalid(
                400,
                &[at(Rule::CSeqMethod, "CSeq", 7, 3)],
                &[("cseq", "8 KNOCKKNOCK")],
            ),
        ),
        ..case(
            "mismatch02",
            "3.1.2.18",
            "CSeq names another method than an unknown one: 400 as well as 501 would do",
        )
    },
    Case {
        theirs: refused(
            SILENCE,
            &[
                at(Rule::RequestLine, "", 1, 27),
                at(Rule::HeaderName, "", 10, 7),
            ],
            &[
                ("max-forwards", "68"),
                ("field Meaning", "foo bar spam"),
                ("via", "0"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example
Via SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
: nameless
To: <sip:lift@tower.example>

",
            refused(
                SILENCE,
                &[
                    at(Rule::RequestLine, "", 1, 31),
                    at(Rule::HeaderName, "", 2, 4),
                    at(Rule::HeaderName, "", 3, 1),
                ],
                &[("to", "sip:lift@tower.example")],
            ),
        ),
        ..case(
            "test",
            "-",
            "no SIP-Version, no Via, a line without a colon: not answered, there is nowhere to send \
             it; the message is not in the RFC's text",
        )
    },
];

const ADDRESSES: &[Case] = &[
    Case {
        theirs: invalid(
            400,
            &[
                at(Rule::Param, "Via", 7, 29),
                at(Rule::Param, "Contact", 8, 38),
            ],
            &[
                ("via.0", "!Param"),
                ("contact.0", "!Param"),
                ("cseq", "8 INVITE"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa;
To: <sip:lift@tower.example>;,
From: <sip:otto@tower.example>;;tag=1
Call-ID: separators
CSeq: 1 OPTIONS
Contact: <sip:otto@gate.tower.example>,,

",
            invalid(
                400,
                &[
                    at(Rule::Param, "Via", 2, 53),
                    at(Rule::Param, "To", 3, 30),
                    at(Rule::Param, "From", 4, 32),
                    at(Rule::NameAddr, "Contact", 7, 40),
                ],
                &[
                    ("contact.0", "sip:otto@gate.tower.example"),
                    ("contact.1", "!NameAddr"),
                ],
            ),
        ),
        ..case(
            "badinv01",
            "3.1.2.1",
            "separators with nothing between them: 400",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[at(Rule::QuotedString, "To", 2, 42)],
            &[
                ("to", "!QuotedString"),
                ("via.0.port", "5050"),
                ("body", "152"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>;x=\"open
From: \"Otto \\\" <sip:otto@tower.example>;tag=1
Call-ID: quotes
CSeq: 2 OPTIONS

",
            invalid(
                400,
                &[
                    at(Rule::QuotedString, "From", 4, 46),
                    at(Rule::QuotedString, "To", 3, 37),
                ],
                &[("from", "!QuotedString")],
            ),
        ),
        ..case(
            "quotbal",
            "3.1.2.6",
            "a quote that is never closed: 400; where it should have been is not guessed",
        )
    },
    Case {
        theirs: faulty(
            &[at(Rule::AngleBrackets, "Contact", 8, 30)],
            &[("contact.0", "!AngleBrackets"), ("cseq", "1 REGISTER")],
        ),
        own: (
            b"\
REGISTER sip:tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example>
From: <sip:otto@tower.example>;tag=1
Call-ID: contact
CSeq: 3 REGISTER
m: <sip:a@gate.tower.example>, sip:b@gate.tower.example?Subject=up;expires=60

",
            faulty(
                &[at(Rule::AngleBrackets, "Contact", 7, 56)],
                &[
                    ("contact.0", "sip:a@gate.tower.example"),
                    ("contact.1", "!AngleBrackets"),
                ],
            ),
        ),
        ..case(
            "regbadct",
            "3.1.2.13",
            "a question mark in a Contact without <>: the registrar's 400 when it reads Contact; \
             the brackets are not supplied",
        )
    },
    Case {
        theirs: invalid(
            400,
            &[at(Rule::Scheme, "To", 5, 23)],
            &[("to", "!Scheme"), ("from.name", "Bell, Alexander")],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: <sip:lift@tower.example >
From: < sip:otto@tower.example>;tag=1
Call-ID: spaces
CSeq: 4 OPTIONS

",
            invalid(
                400,
                &[
                    at(Rule::Scheme, "From", 4, 8),
                    at(Rule::SipUri, "To", 3, 28),
                ],
                &[("to", "!SipUri")],
            ),
        ),
        ..case(
            "badaspec",
            "3.1.2.14",
            "spaces within <>: 400; passing over them is allowed",
        )
    },
    Case {
        // The message as it is handed around has no empty line at its end, so
        // it does not even parse. Its names are refused all the same.
        theirs: refused(
            400,
            &[at(Rule::HeaderEnd, "", 10, 1)],
            &[
                ("from", "!DisplayName"),
                ("to", "!DisplayName"),
                ("max-forwards", "70"),
            ],
        ),
        own: (
            b"\
OPTIONS sip:lift@tower.example SIP/2.0
Via: SIP/2.0/UDP gate.tower.example;branch=z9hG4bKa
To: Lift (east) <sip:lift@tower.example>
From: Otto;O <sip:otto@tower.example>;tag=1
Call-ID: name
CSeq: 5 OPTIONS

",
            invalid(
                400,
                &[
                    at(Rule::DisplayName, "From", 4, 11),
                    at(Rule::DisplayName, "To", 3, 10),
                ],
                &[("from", "!DisplayName")],
            ),
        ),
        ..case(
            "baddn",
            "3.1.2.15",
            "a display name of more than tokens without quotes: 400; of ASCII's separators none is \
             forgiven, letters beyond ASCII are (`unquoted_display_name`)",
        )
    },
];
