//! URIs, values of headers, and edits.

pub(super) const URIS: &[&str] = &[
    "sip:pbx.example.net",
    "sip:204@pbx.example.net",
    "sip:ada%20b:se%63ret@pbx.example.net:5062;transport=tcp;lr?Subject=a%20b&Priority=urgent",
    "sips:204@[2001:db8::7]:5061;transport=tls;ob",
    "SIP:204@192.0.2.7;maddr=239.255.255.1;ttl=15;method=INVITE",
    "sip:+4930555205;npdi;rn=+4930555000@trunk.example.org;user=phone",
    "sip:*21#@my_pbx.lan.",
    "sip:a&b=c+d$e,f;g?h/i@x1",
    "sip:;@0.0.0.0:65535",
    "tel:+49-30-555.205;ext=7;isub=x",
    "tel:205;phone-context=+4930",
    "tel:*#06#;phone-context=pbx.example.net",
    "urn:service:sos.fire",
    "urn:uuid:0b2f5e2a-8a4e-4b8e-9d8e-3a1f0c9b7a55",
    "http://pbx.example.net/ring?x=1#f",
    "mailto:ada@example.net",
    "cid:target@host.example",
    "im:ada@[::ffff:192.0.2.1]",
    // Two to compare, or one and a text to put into it.
    "sip:%61da@h;transport=tcp;x=1?a=b&c=d sip:ada@H.;X=1;Transport=TCP?C=d&A=b",
    "tel:+1-2;ext=3;Isub=4 tel:+12;isub=4;ext=3",
    "sips:ada@h;gr=a;lr a b;c@%\u{fc}",
];

/// What our messages do not show of the headers.
pub(super) const HEADERS: &[(&str, &str)] = &[
    ("Accept", "text/*;level=1;q=0.3, */*"),
    ("Accept", ""),
    (
        "Accept-Contact",
        "*;audio;require;explicit, *;methods=\"INVITE,BYE\";video=\"TRUE\"",
    ),
    ("Accept-Encoding", "gzip;q=1.000, *"),
    ("Accept-Language", "*, de-CH-1996;q=0"),
    (
        "Alert-Info",
        "<urn:alert:source:internal>, <http://a.example/x>;y=\"z\"",
    ),
    ("Allow-Events", "presence.winfo, dialog, reg"),
    ("Answer-Mode", "Manual;require"),
    (
        "Authentication-Info",
        "nextnonce=\"bmV4dA==\", qop=auth, rspauth=\"00ff\", cnonce=\"1\", nc=00000002",
    ),
    ("Authorization", "Bearer eyJhbGciOi.J9.c2ln"),
    (
        "Call-Info",
        "<sip:ada@example.net>;purpose=card;x, <http://a.example>",
    ),
    (
        "Content-Disposition",
        "by-reference;handling=optional;x=\"y\"",
    ),
    ("Content-Encoding", "gzip, deflate"),
    ("Content-Language", "de, en-GB"),
    (
        "Content-Type",
        "multipart/related;boundary=\"a b\";type=\"text/html\"",
    ),
    (
        "Contact",
        "\"A, B\" <sip:a@b;x=y>;expires=4294967296;q=0.0001",
    ),
    ("Date", "Mon, 01 Jan 2035 00:00:60 GMT"),
    ("Error-Info", "<sip:sorry@announce.example>"),
    (
        "Feature-Caps",
        "*;+sip.byelocal;+g.3gpp.icsi-ref=\"urn%3Aurn-7\"",
    ),
    (
        "Geolocation",
        "<https://lis.example/7>;inserted-by=edge, <sip:pres@x>",
    ),
    (
        "Geolocation-Error",
        "100;code=\"cannot determine location\"",
    ),
    (
        "Identity",
        "eyJ0.eyJh.c2ln;info=<https://cert.example/a.pem>;alg=ES256;ppt=\"shaken\"",
    ),
    ("In-Reply-To", "70710@saturn.example, 17320@saturn.example"),
    ("Info-Package", "dtmf;version=1"),
    ("Join", "12@pbx;from-tag=1;to-tag=2"),
    (
        "P-Charging-Vector",
        "icid-value=1234;orig-ioi=home1.example",
    ),
    ("Privacy", "header;user;id;critical"),
    (
        "Proxy-Authenticate",
        "Digest realm=\"a\\\"b\", domain=\"sip:a sips:b\", nonce=\"\", opaque=\"\", stale=FALSE",
    ),
    (
        "Reject-Contact",
        "*;mobility=\"mobile\";actor=\"msg-taker\"",
    ),
    ("Replaces", "a(b)c{}@[x]:y;to-tag=0;from-tag=0"),
    ("Request-Disposition", "proxy, no-fork, recurse, queue"),
    ("Retry-After", "18000;duration=3600"),
    ("Retry-After", "5 (a \\) b)"),
    (
        "Security-Client",
        "tls;q=0.2, ipsec-3gpp;alg=hmac-sha-1-96;spi-c=1;spi-s=2",
    ),
    ("Server", "Home/1.0 (a (b) c) v2"),
    ("Session-Expires", "90;refresher=uas"),
    (
        "Subscription-State",
        "terminated;reason=rejected;retry-after=7",
    ),
    (
        "Target-Dialog",
        "fa77as7dad8-sd98ajzz@host.example;local-tag=k;remote-tag=6",
    ),
    ("Timestamp", ".5"),
    ("Unsupported", "foo, bar"),
    ("User-Agent", "softphone/Beta1.5 (x) / y"),
    (
        "Via",
        "SIP/2.0/UDP [2001:db8::9:1];received=[::1];rport=1;branch=\"q\"",
    ),
    ("Warning", "370 [::1]:5060 \"a\", 301 x \"b\""),
];

/// Edits as the target reads them: what is done, to which header, and texts,
/// each behind its length.
pub(super) const EDITS: &[&[u8]] = &[
    // Via: push before the others, take it off.
    b"\x02\x00\x0eproxy.example.\x03TLS\x06z9hG4b",
    b"\x08\x00",
    // Route: push, replace, take off.
    b"\x00\x01\x0asip:a@b;lr\x00\x00",
    b"\x06\x01\x0bsip:c@[::1]\x03a \"\x00",
    b"\x08\x01",
    // Record-Route: push before the others.
    b"\x02\x02\x0fsip:edge.net;lr\x00\x00",
    // Contact: set, set to the wildcard.
    b"\x04\x03\x0bsip:a@b?c=d\x04\xc3\xa4,b\x02x;",
    b"\x04\x03\x01*\x00\x00",
    // To: set with a tag, then without one.
    b"\x04\x05\x07sip:a@b\x03Ada\x041234",
    b"\x04\x05\x0atel:+49-30\x00\x00",
    // Call-ID, sound and not.
    b"\x04\x06\x03a@b\x00\x00",
    b"\x04\x06\x05a b\r\n\x00\x00",
    // CSeq, Max-Forwards.
    b"\x06\x07\x02\x01\x00\x03ACK\x00",
    b"\x06\x08\x01\x45\x00\x00",
    // Any header field: push, remove.
    b"\x0b\x06X-Room\x02 7",
    b"\x0b\x0eContent-Length\x02+0",
    b"\x0c\x06x-room",
    b"\x0a\x01",
    // The Request-URI, the body.
    b"\x0d\x13sips:d@[2001:db8::]",
    b"\x0e\x0atext/plain\x05hello",
    b"\x0f",
];

/// Media types, and bodies whose lines end with `\n` here.
pub(super) const MULTIPARTS: &[(&str, &str)] = &[
    (
        "multipart/mixed;boundary=b",
        "for no one
--b
Content-Type: application/sdp
Content-Disposition: session;handling=required

v=0

--b\t
Content-Type: application/pidf+xml
Content-ID: <place@host.example>

<presence/>
--b--
the end",
    ),
    (
        "multipart/related;boundary=\"a b\";type=\"multipart/alternative\"",
        "--a b
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8

Hello
--inner
Content-Type: text/html
Content-Transfer-Encoding: 8bit
MIME-Version: 1.0

<p>Hello
--inner--
--a b
Content-Disposition: render; handling=optional
c: image/png

\0\u{1}PNG
--a b--
",
    ),
    (
        "multipart/mixed;boundary=x",
        "--x\n\n--x\n\n\n--x\nX: y\n--x--",
    ),
    ("multipart/mixed;boundary=x", "--x\n\nwithout an end"),
    ("multipart/mixed", "--x\n\n--x--"),
];
