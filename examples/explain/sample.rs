//! A message to try: a call as a careless phone might begin it. It has faults
//! that are forgiven, faults that some must mind, and one that nobody forgives.

/// Its lines end with CRLF, as they do on the wire.
pub(crate) const INVITE: &[u8] = b"\
INVITE sip:*21#@pbx.harbour.example SIP/2.0\r\n\
Via: SIP/2.0/TLS edge.harbour.example;branch=z9hG4bK1;received=192.0.2.14;rport=40312\r\n\
Via: SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bK0;rport\r\n\
Max-Forwards: 69\r\n\
Record-Route: <sip:edge.harbour.example;transport=tls;lr>\r\n\
From: J\xC3\xBCrgen at the quay <sip:juergen@harbour.example>;tag=a48s\r\n\
To: \"Lighthouse\" <sip:lighthouse@harbour.example>\r\n\
Call-ID: 9c1b-4e2a@10.0.0.7\r\n\
CSeq: 17 Invite\r\n\
Contact: <sip:juergen@10.0.0.7:5062;transport=udp>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"\r\n\
Supported: replaces, timer, 100rel\r\n\
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REFER, NOTIFY\r\n\
Session-Expires: half an hour\r\n\
Date: Sat, 13 Nov 2027 23:29:00 CET\r\n\
User-Agent: Quayphone/4.2 (rev. 7)\r\n\
X-Berth: 12\r\n\
Content-Type: application/sdp\r\n\
Content-Length: 134\r\n\
\r\n\
v=0\r\n\
o=juergen 2890844526 2890844526 IN IP4 10.0.0.7\r\n\
s=-\r\n\
c=IN IP4 10.0.0.7\r\n\
t=0 0\r\n\
m=audio 49170 RTP/AVP 8 0\r\n\
a=rtpmap:8 PCMA/8000\r\n";
