//! Messages as an office's phones, its PBX and its trunks send them.

/// Messages without a fault.
pub(super) const SOUND: &[&str] = &[
    // A call from a phone behind a NAT.
    "INVITE sip:205@pbx.example.net;transport=udp SIP/2.0
Via: SIP/2.0/UDP 192.168.7.31:5062;branch=z9hG4bKd41d8;rport
Max-Forwards: 70
From: \"Ada at the door\" <sip:204@pbx.example.net>;tag=5b1f
To: <sip:205@pbx.example.net>
Call-ID: 3f0c-77aa@192.168.7.31
CSeq: 1 INVITE
Contact: <sip:204@192.168.7.31:5062;ob>;+sip.instance=\"<urn:uuid:0b2f5e2a-8a4e-4b8e-9d8e-3a1f0c9b7a55>\"
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, PRACK, REFER
Supported: 100rel, timer, replaces, norefersub
Session-Expires: 1800;refresher=uac
Min-SE: 90
User-Agent: Doorbell/2.4 (build 17)
Content-Type: application/sdp
Content-Length: ?

v=0
o=- 7 7 IN IP4 192.168.7.31
s=-
c=IN IP4 192.168.7.31
t=0 0
m=audio 40000 RTP/AVP 9 8 0 101
a=rtpmap:101 telephone-event/8000
",
    // Its answers.
    "SIP/2.0 100 Trying
Via: SIP/2.0/UDP 192.168.7.31:5062;branch=z9hG4bKd41d8;rport=33011;received=203.0.113.9
From: \"Ada at the door\" <sip:204@pbx.example.net>;tag=5b1f
To: <sip:205@pbx.example.net>
Call-ID: 3f0c-77aa@192.168.7.31
CSeq: 1 INVITE
Timestamp: 54.2 0.01
Content-Length: 0

",
    "SIP/2.0 183 Session Progress
Via: SIP/2.0/UDP 192.168.7.31:5062;branch=z9hG4bKd41d8;rport=33011;received=203.0.113.9
Record-Route: <sip:edge.example.net;lr;ftag=5b1f>
From: \"Ada at the door\" <sip:204@pbx.example.net>;tag=5b1f
To: <sip:205@pbx.example.net>;tag=aa-1
Call-ID: 3f0c-77aa@192.168.7.31
CSeq: 1 INVITE
Require: 100rel
RSeq: 90210
P-Early-Media: sendrecv
Contact: <sip:pbx@198.51.100.4:5060>
Content-Length: 0

",
    "SIP/2.0 200 OK
Via: SIP/2.0/UDP edge.example.net;branch=z9hG4bK0.1,SIP/2.0/UDP 192.168.7.31:5062
 ;branch=z9hG4bKd41d8;rport=33011
 ;received=203.0.113.9
Record-Route: <sip:edge.example.net;lr>, <sip:edge2.example.net;lr>
From: \"Ada at the door\" <sip:204@pbx.example.net>;tag=5b1f
To: <sip:205@pbx.example.net>;tag=aa-1
Call-ID: 3f0c-77aa@192.168.7.31
CSeq: 1 INVITE
Contact: <sip:pbx@198.51.100.4>
P-Asserted-Identity: \"Workshop\" <sip:205@pbx.example.net>, <tel:+4930555205>
Privacy: none
Content-Type: application/sdp
Content-Disposition: session;handling=required
Content-Length: ?

v=0
",
    "PRACK sip:pbx@198.51.100.4 SIP/2.0
Via: SIP/2.0/TLS [2001:db8:7::31]:5061;branch=z9hG4bKp1
Route: <sips:edge.example.net;lr>
Max-Forwards: 70
From: <sips:204@pbx.example.net>;tag=5b1f
To: <sips:205@pbx.example.net>;tag=aa-1
Call-ID: 3f0c-77aa
CSeq: 2 PRACK
RAck: 90210 1 INVITE
Content-Length: 0

",
    // Compact forms, folds, and white space wherever it may stand.
    "NOTIFY sip:204@[2001:db8:7::31]:5062;ob SIP/2.0
v: SIP / 2.0 / TCP pbx.example.net : 5060 ; branch = z9hG4bKn1
f  :  <sip:vm@pbx.example.net> ; tag = n1
t: \"Ada\"
\t<sip:204@pbx.example.net>;
  tag=s9
i: n@pbx
CSeq: 12
  NOTIFY
m: sip:vm@pbx.example.net
o: message-summary
Subscription-State: active;expires=590
k:
Max-Forwards: 69
c: application/simple-message-summary
l: ?

Messages-Waiting: yes
Voice-Message: 2/8 (0/2)
",
    // Registrations, by turns.
    "REGISTER sip:pbx.example.net SIP/2.0
Via: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bKr1;keep
Max-Forwards: 70
From: sip:204@pbx.example.net;tag=r1
To: sip:204@pbx.example.net
Call-ID: reg-1
CSeq: 4 REGISTER
Contact: <sip:204@df7jal23ls0d.invalid;transport=ws>;reg-id=1;q=0.7;expires=300
Path: <sip:edge.example.net;lr;ob>
Supported: path, outbound, gruu
Authorization: Digest username=\"204\", realm=\"pbx.example.net\", nonce=\"c29tZQ==\",
 uri=\"sip:pbx.example.net\", response=\"5f2b0c9d3e1a7c6b8d4e2f1a0b9c8d7e\", algorithm=MD5, qop=auth,
 nc=00000001, cnonce=\"0a4f\"
Content-Length: 0

",
    "SIP/2.0 401 Unauthorized
Via: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bKr1;keep=30
From: sip:204@pbx.example.net;tag=r1
To: sip:204@pbx.example.net;tag=r2
Call-ID: reg-1
CSeq: 4 REGISTER
WWW-Authenticate: Digest realm=\"pbx.example.net\", nonce=\"bmV3\", algorithm=SHA-256, qop=\"auth,auth-int\", stale=true
WWW-Authenticate: Digest realm=\"pbx.example.net\", nonce=\"bmV3\", algorithm=MD5, qop=\"auth\"
Date: Sat, 13 Nov 2010 23:29:00 GMT
Server: pbx
Content-Length: 0

",
    "REGISTER sip:pbx.example.net SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKr3
Max-Forwards: 70
From: <sip:204@pbx.example.net>;tag=r3
To: <sip:204@pbx.example.net>
Call-ID: reg-2
CSeq: 9 REGISTER
Contact: *
Expires: 0
Content-Length: 0

",
    "SIP/2.0 200 OK
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKr3
From: <sip:204@pbx.example.net>;tag=r3
To: <sip:204@pbx.example.net>;tag=r4
Call-ID: reg-2
CSeq: 9 REGISTER
Contact: <sip:204@10.1.2.3>;expires=3600;q=1.0, <sip:204@10.1.2.4:5070;line=2>;expires=12
Service-Route: <sip:out.example.net;lr>
Flow-Timer: 120
Content-Length: 0

",
    // Watching others.
    "SUBSCRIBE sip:205@pbx.example.net SIP/2.0
Via: SIP/2.0/TCP 10.1.2.3;branch=z9hG4bKs1
Max-Forwards: 70
From: <sip:204@pbx.example.net>;tag=w1
To: <sip:205@pbx.example.net>
Call-ID: watch-1
CSeq: 1 SUBSCRIBE
Event: dialog;id=7
Accept: application/dialog-info+xml, application/pidf+xml;q=0.5
Expires: 600
Contact: <sip:204@10.1.2.3;transport=tcp>
Content-Length: 0

",
    "PUBLISH sip:204@pbx.example.net SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKpub
Max-Forwards: 70
From: <sip:204@pbx.example.net>;tag=p1
To: <sip:204@pbx.example.net>
Call-ID: pub-1
CSeq: 1 PUBLISH
Event: presence
SIP-If-Match: dx200xyz
Expires: 3600
Content-Length: 0

",
    // Transfers.
    "REFER sip:205@10.9.9.9:5060 SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKref
Max-Forwards: 70
From: <sip:204@pbx.example.net>;tag=5b1f
To: <sip:205@pbx.example.net>;tag=aa-1
Call-ID: 3f0c-77aa@192.168.7.31
CSeq: 5 REFER
Refer-To: <sip:206@pbx.example.net?Replaces=77%40pbx%3Bto-tag%3D7%3Bfrom-tag%3D6>
Referred-By: <sip:204@pbx.example.net>
Refer-Sub: false
Supported: norefersub
Contact: <sip:204@10.1.2.3>
Content-Length: 0

",
    "INVITE sip:206@pbx.example.net SIP/2.0
Via: SIP/2.0/UDP 10.9.9.9;branch=z9hG4bKrep
Max-Forwards: 70
From: <sip:205@pbx.example.net>;tag=q1
To: <sip:206@pbx.example.net>
Call-ID: att-1
CSeq: 1 INVITE
Replaces: 77@pbx;to-tag=7;from-tag=6;early-only
Referred-By: <sip:204@pbx.example.net>
Require: replaces
Alert-Info: <http://pbx.example.net/ring>;info=internal
Call-Info: <http://pbx.example.net/206.png>;purpose=icon
Contact: <sip:205@10.9.9.9>
Content-Length: 0

",
    // A trunk, and what it says of numbers and of the way there.
    "INVITE sip:+4930555205;npdi;rn=+4930555000@trunk.example.org;user=phone SIP/2.0
Via: SIP/2.0/TLS trunk.example.org:5061;branch=z9hG4bKt1;alias
Via: SIP/2.0/UDP 198.51.100.77;branch=z9hG4bKt0;received=2001:db8::9:255
Max-Forwards: 66
From: J\u{fc}rgen <sip:+4989123@trunk.example.org;user=phone>;tag=t1
To: <tel:+49-30-555-205;phone-context=example.org>
Call-ID: t1@trunk
CSeq: 102 INVITE
Contact: <sip:trunk.example.org:5061;transport=tls>
History-Info: <sip:300@trunk.example.org?Reason=SIP%3Bcause%3D486>;index=1, <sip:+4930555205@trunk.example.org>;index=1.1;rc=1
Diversion: <sip:300@trunk.example.org>;reason=user-busy;counter=1
Reason: Q.850;cause=16;text=\"Normal\", SIP;cause=200
P-Preferred-Identity: <tel:+4989123>
Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000
Content-Length: 0

",
    "BYE sip:pbx@198.51.100.4 SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKbye
Route: <sip:edge.example.net;lr>, <sip:198.51.100.4;lr>
Max-Forwards: 70
From: <sip:204@pbx.example.net>;tag=5b1f
To: <sip:205@pbx.example.net>;tag=aa-1
Call-ID: 3f0c-77aa@192.168.7.31
CSeq: 6 BYE
Reason: SIP;cause=200;text=\"Call completed elsewhere\"
X-Hang-Up-Side: caller
Content-Length: 0

",
    "OPTIONS sip:*21#@pbx_2.example.net SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3:5060;branch=z9hG4bKo1
Max-Forwards: 0
From: <sip:204@pbx.example.net>;tag=o1
To: <sip:*21#@pbx_2.example.net>
Call-ID: o1
CSeq: 2147483647 OPTIONS
Accept-Language: de, en;q=0.4
Accept-Encoding: identity
Warning: 399 pbx.example.net \"he said \\\"no\\\"\"
Subject: octets \u{2603} beyond ASCII
Retry-After: 120 (lunch (a long one)) ;duration=60

",
    "MESSAGE urn:service:sos.police SIP/2.0
Via: SIP/2.0/SCTP host.example;branch=z9hG4bKm1;maddr=224.0.1.75;ttl=8
Max-Forwards: 70
From: Anonymous <sip:anonymous@anonymous.invalid>;tag=m1
To: <urn:service:sos.police>
Call-ID: m1
CSeq: 1 MESSAGE
Geolocation: <cid:target@host.example>
Geolocation-Routing: yes
Priority: emergency
Content-Type: multipart/mixed;boundary=\"b-1\"
MIME-Version: 1.0
Content-Length: ?

--b-1
Content-Type: text/plain

Help
--b-1
Content-Type: application/pidf+xml
Content-ID: <target@host.example>

<presence/>
--b-1--
",
];

/// Messages with a fault each.
pub(super) const UNSOUND: &[&str] = &[
    // Two spaces in the request line.
    "OPTIONS sip:205@pbx.example.net  SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKx1
From: <sip:204@pbx.example.net>;tag=x1
To: <sip:205@pbx.example.net>
Call-ID: x1
CSeq: 1 OPTIONS
Content-Length: 0

",
    // A line that is no header field, and another version.
    "OPTIONS sip:205@pbx.example.net SIP/3.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKx2
This is not one
From: <sip:204@pbx.example.net>;tag=x2
To: <sip:205@pbx.example.net>
Call-ID: x2
CSeq: 1 OPTIONS
Content-Length: 0

",
    // A body that is shorter than it says.
    "MESSAGE sip:205@pbx.example.net SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKx3
From: <sip:204@pbx.example.net>;tag=x3
To: <sip:205@pbx.example.net>
Call-ID: x3
CSeq: 1 MESSAGE
Content-Type: text/plain
Content-Length: 400

short",
    // Each of these headers broken.
    "INVITE sip:205@pbx.example.net?Subject=x SIP/2.0
Via: SIP/2.0/UDP 10.1.2.300;branch=;x
Via:
From: <sip:204@pbx.example.net;tag=x4
To: Bell, Ada <sip:205@pbx.example.net>
Call-ID: x4 x4
CSeq: 4294967296 ACK
CSeq: 1 INVITE
Contact: *, <sip:204@10.1.2.3>
Contact: <sip:204@10.1.2.3>,
Max-Forwards: 256
Content-Length: 0

",
    // A Request-URI with headers.
    "BYE sip:20?5@pbx.example.net?Subject=x?y SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKx7
From: <sip:204@pbx.example.net>;tag=x7
To: <sip:205@pbx.example.net>;tag=x8
Call-ID: x7
CSeq: 1 BYE
Content-Length: 0

",
    // No end.
    "REGISTER sip:pbx.example.net SIP/2.0
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKx5
",
    "SIP/2.0 99 Too small
Via: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bKx6
Content-Length: -1

",
];
