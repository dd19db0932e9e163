//! The arithmetic of digests: A1, A2 and the response (RFC 7616 section 3.4).

use super::algorithm::{Algorithm, HashFunction, Output};
use super::ha1::Ha1;
use crate::{Method, Request};

/// What a digest protects of a request: its method and URI, and with
/// `qop=auth-int` its body too (RFC 7616 section 3.4.3).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Protected<'m> {
    /// The method.
    pub method: Method<'m>,
    /// The Request-URI, as it is sent.
    pub uri: &'m [u8],
    /// The body's octets, all of its parts if there are several.
    pub body: &'m [u8],
}

impl<'m> Protected<'m> {
    /// That method, Request-URI and body.
    #[must_use]
    pub fn new(method: Method<'m>, uri: &'m [u8], body: &'m [u8]) -> Self {
        Protected { method, uri, body }
    }
}

impl<'m> From<&'m Request> for Protected<'m> {
    fn from(request: &'m Request) -> Self {
        Protected::new(request.method(), request.raw_uri(), request.body())
    }
}

/// The parameters of an answer that its digest is made over, as they are sent.
pub(super) struct Round<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) nonce: &'a [u8],
    /// `None` as in RFC 2069, before there was a `qop`.
    pub(super) counted: Option<Counted<'a>>,
}

/// What `qop` brings with it.
pub(super) struct Counted<'a> {
    pub(super) count: &'a [u8],
    pub(super) cnonce: &'a [u8],
    pub(super) qop: &'a [u8],
}

impl Round<'_> {
    /// The key: the hash of user, realm and password, or what a session makes
    /// of it (RFC 7616 section 3.4.2).
    pub(super) fn key(&self, ha1: &Ha1) -> Output {
        match &self.counted {
            Some(counted) if self.algorithm.is_session() => {
                let ha1 = ha1.output().hex();
                let parts = [ha1.as_bytes(), b":", self.nonce, b":", counted.cnonce];
                self.algorithm.hash_function().hash(&parts)
            }
            _ => *ha1.output(),
        }
    }

    /// The digest itself (RFC 7616 section 3.4.1; without `qop`, RFC 2617
    /// section 3.2.2.1).
    pub(super) fn response(&self, key: &Output, ha2: &Output) -> Output {
        let (key, ha2) = (key.hex(), ha2.hex());
        let (key, ha2) = (key.as_bytes(), ha2.as_bytes());
        let function = self.algorithm.hash_function();
        match &self.counted {
            Some(Counted { count, cnonce, qop }) => function.hash(&[
                key, b":", self.nonce, b":", count, b":", cnonce, b":", qop, b":", ha2,
            ]),
            None => function.hash(&[key, b":", self.nonce, b":", ha2]),
        }
    }
}

/// The hash of A2 (RFC 7616 section 3.4.3): over the body where there is one
/// given. Of a server's own digest the method is empty (section 3.5).
pub(super) fn ha2(
    function: HashFunction,
    method: &[u8],
    uri: &[u8],
    body: Option<&[u8]>,
) -> Output {
    match body {
        Some(body) => {
            let body = function.hash(&[body]).hex();
            function.hash(&[method, b":", uri, b":", body.as_bytes()])
        }
        None => function.hash(&[method, b":", uri]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Example {
        algorithm: Algorithm,
        user: &'static str,
        realm: &'static str,
        password: &'static str,
        nonce: &'static str,
        cnonce: &'static str,
        method: &'static str,
        uri: &'static str,
    }

    impl Example {
        fn response(&self, qop: Option<&str>, body: Option<&[u8]>) -> String {
            let round = Round {
                algorithm: self.algorithm,
                nonce: self.nonce.as_bytes(),
                counted: qop.map(|qop| Counted {
                    count: b"00000001",
                    cnonce: self.cnonce.as_bytes(),
                    qop: qop.as_bytes(),
                }),
            };
            let function = self.algorithm.hash_function();
            let ha1 = Ha1::new(function, self.user, self.realm, self.password);
            let ha2 = ha2(function, self.method.as_bytes(), self.uri.as_bytes(), body);
            let response = round.response(&round.key(&ha1), &ha2);
            response.hex().as_str().to_owned()
        }
    }

    const RFC_2617: Example = Example {
        algorithm: Algorithm::Md5,
        user: "Mufasa",
        realm: "testrealm@host.com",
        password: "Circle Of Life",
        nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        cnonce: "0a4f113b",
        method: "GET",
        uri: "/dir/index.html",
    };

    #[test]
    fn the_example_of_rfc_2617_section_3_5() {
        assert_eq!(
            RFC_2617.response(Some("auth"), None),
            "6629fae49393a05397450978507c4ef1"
        );
    }

    /// RFC 2069 section 2.4 prints a digest that its own text does not give;
    /// its erratum 749 has this one.
    #[test]
    fn the_example_of_rfc_2069_section_2_4_as_corrected() {
        let example = Example {
            password: "CircleOfLife",
            ..RFC_2617
        };
        assert_eq!(
            example.response(None, None),
            "1949323746fe6a43ef61f9606e7febea"
        );
    }

    #[test]
    fn the_examples_of_rfc_7616_section_3_9_1() {
        for (algorithm, response) in [
            (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
            (
                Algorithm::Sha256,
                "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            ),
        ] {
            let example = Example {
                algorithm,
                user: "Mufasa",
                realm: "http-auth@example.org",
                password: "Circle of Life",
                nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                ..RFC_2617
            };
            assert_eq!(example.response(Some("auth"), None), response);
        }
    }

    /// What RFC 7616 section 3.9.2 prints was made with SHA-512 cut to its
    /// first 256 bits, which is another function; erratum 4897 has what
    /// SHA-512/256 gives, and so does Python's hashlib.
    #[test]
    fn the_example_of_rfc_7616_section_3_9_2_as_corrected() {
        let example = Example {
            algorithm: Algorithm::Sha512_256,
            user: "Jäsøn Doe",
            realm: "api@example.org",
            password: "Secret, or not?",
            nonce: "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
            cnonce: "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
            method: "GET",
            uri: "/doe.json",
        };
        assert_eq!(
            example.response(Some("auth"), None),
            "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"
        );
        assert_eq!(
            super::super::user_hash(HashFunction::Sha512_256, example.user, example.realm),
            "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"
        );
    }

    const BODY: &[u8] = b"v=0\r\n\
        o=bob 2890844526 2890844526 IN IP4 media.biloxi.com\r\n\
        s=-\r\n\
        c=IN IP4 media.biloxi.com\r\n\
        t=0 0\r\n\
        m=audio 49170 RTP/AVP 0\r\n\
        a=rtpmap:0 PCMU/8000\r\n\
        m=video 51372 RTP/AVP 31\r\n\
        a=rtpmap:31 H261/90000\r\n\
        m=video 53000 RTP/AVP 32\r\n\
        a=rtpmap:32 MPV/90000\r\n";

    /// RFC 8760 prints no digest. The first five are those of
    /// draft-smith-sipping-auth-examples-01; all were computed with Python's
    /// hashlib too.
    #[test]
    fn an_invite_is_signed_as_others_sign_it() {
        #[rustfmt::skip]
        let cases = [
            (Algorithm::Md5, "", "bf57e4e0d0bffc0fbaedce64d59add5e"),
            (Algorithm::Md5, "auth", "89eb0059246c02b2f6ee02c7961d5ea3"),
            (Algorithm::Md5, "auth-int", "bdbeebb2da6adb6bca02599c2239e192"),
            (Algorithm::Md5Sess, "auth", "e4e4ea61d186d07a92c9e1f6919902e9"),
            (Algorithm::Md5Sess, "auth-int", "91984da2d8663716e91554859c22ca70"),
            (Algorithm::Sha256, "auth", "b3b5a6c69453abafaab9ae4dccdac90a076b6c80615d5f3498e7433b6e93bf4f"),
            (Algorithm::Sha256, "auth-int", "c54fb1136ee077c9b9b31e2865b25b1326515c2b0ce1584c40f267672401d647"),
            (Algorithm::Sha256Sess, "auth", "5da59c9ca40954be9d5063a15a174066c8251be2c10cf47c144c366dc7daf792"),
            (Algorithm::Sha256Sess, "auth-int", "9ab810cc06168ee4a9a3564bbab9cd95fcca15efde8c529c856174863d56813a"),
            (Algorithm::Sha512_256, "auth", "7f1a09de0f19af0a1eac2b28d33e3f2fb89cca1ad8fb01bba5e1883b288bac14"),
            (Algorithm::Sha512_256, "auth-int", "05fec0126aa34195c417d63037f4e226cc15fa737015ae0ce9a6fcf3d2ea4ed7"),
            (Algorithm::Sha512_256Sess, "auth", "077d9677be83f41f162d1a4453dc163389919f81e5927391d972f477da767633"),
            (Algorithm::Sha512_256Sess, "auth-int", "0692b157330f5c7c3d693b97b477a9dee5e29dbf8d09f4024df0b72fa8206d65"),
        ];
        for (algorithm, qop, response) in cases {
            let example = Example {
                algorithm,
                user: "bob",
                realm: "biloxi.com",
                password: "zanzibar",
                method: "INVITE",
                uri: "sip:bob@biloxi.com",
                ..RFC_2617
            };
            let body = (qop == "auth-int").then_some(BODY);
            let qop = Some(qop).filter(|qop| !qop.is_empty());
            assert_eq!(
                example.response(qop, body),
                response,
                "{algorithm:?} {qop:?}"
            );
        }
    }
}
