//! What holds for every login, realm, nonce and damage.

use callwright_runtime::{Random, Seed};
use proptest::prelude::*;
use sip_core::auth::{Algorithm, Authenticator, Client, Ha1, Login, Refusal};
use sip_core::header::{Authorization, Qop};
use sip_core::{Method, ParseConfig, Request, Response, StatusCode};

use crate::cases;
use crate::exchange::*;

fn algorithm() -> impl Strategy<Value = Algorithm> {
    proptest::sample::select(Algorithm::ALL.to_vec())
}

fn qop() -> impl Strategy<Value = Qop<'static>> {
    proptest::sample::select(vec![Qop::AUTH, Qop::AUTH_INT])
}

/// Any text that a header field can hold.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        any::<char>().prop_filter("a line", |c| !c.is_control()),
        0..12,
    )
    .prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_client_s_answer_always_verifies(
        algorithm in algorithm(), qop in qop(), seed: u64, uses in 1..4_usize,
        user in text(), realm in text(), password: String,
        body in proptest::collection::vec(any::<u8>(), 0..50),
    ) {
        let mut random = Random::new(Seed::from_u64(seed));
        let mut server = Authenticator::new(&*realm, &Seed::from_u64(seed))
            .with_algorithms([algorithm])
            .with_qop(&[qop]);
        let uri = "sip:b%6Fb@pbx.example;x=%22".parse().unwrap();
        let mut request = Request::builder(Method::MESSAGE, &uri)
            .body("application/octet-stream", body)
            .build()
            .unwrap();
        let response = reply(&server, &request, &Refusal::Missing, START, &mut random);
        let mut client = Client::new();
        client
            .handle_challenge(&request, &response, |_, asked| {
                assert_eq!(*asked, *realm);
                Some(Login::password(&user, &password))
            })
            .unwrap();
        for _ in 0..uses {
            client.authorize(&mut request, &mut random).unwrap();
            let claim = server.examine(&sent(&request), START).unwrap();
            prop_assert_eq!(claim.user(), &*user);
            let stored = Ha1::new(claim.hash_function(), &user, &realm, &password);
            prop_assert!(server.verify(claim, Some(&stored), START).is_ok());
        }
    }

    #[test]
    fn a_changed_octet_fails(
        algorithm in algorithm(), qop in qop(),
        name in proptest::sample::select(vec!["response", "nonce", "uri", "nc", "cnonce", "realm", "username", "qop"]),
        place: proptest::sample::Index, flip in 1..=127_u8,
    ) {
        let mut random = random();
        let mut server = server().with_algorithms([algorithm]).with_qop(&[qop]);
        let (_, request) = answered(&server, &mut random);
        let mut changed = credentials(&request);
        let mut value = changed.params.sent(name).unwrap().as_bytes().to_vec();
        let octet = &mut value[place.index(changed.params.sent(name).unwrap().len())];
        let before = *octet;
        *octet ^= flip;
        // The digits of the response mean the same in either case.
        prop_assume!(name != "response" || !before.eq_ignore_ascii_case(octet));
        prop_assume!(!octet.is_ascii_control());
        changed.params.set_quoted(name, value);
        let request = with_credentials(&request, changed);
        let claim = server.examine(&request, START);
        let stored = claim.as_ref().ok().map(|claim| {
            Ha1::new(claim.hash_function(), claim.user(), REALM, PASSWORD)
        });
        let result = claim.and_then(|claim| server.verify(claim, stored.as_ref(), START));
        prop_assert!(result.is_err());
        prop_assert_ne!(result.unwrap_err(), Refusal::Stale);
        prop_assert_eq!(server.remembered(), 0);
    }

    #[test]
    fn no_credentials_and_no_challenge_panic(
        params in "(username\\*?|realm|nonce|uri|response|algorithm|qop|nc|cnonce|opaque|stale|userhash|rspauth|nextnonce)=\"?[a-z0-9 ,=%'\"\\\\-]{0,20}\"?(, (username\\*?|realm|nonce|uri|response|algorithm|qop|nc|cnonce|opaque|stale|userhash)=(\"[a-z0-9%'\\\\-]{0,20}\"|auth|auth-int|MD5|SHA-256-sess|true)){0,9}",
    ) {
        let text = format!("Digest realm=\"biloxi.example\", {params}");
        let fields = format!(
            "Authorization: {text}\r\nProxy-Authorization: {text}\r\n\
             WWW-Authenticate: {text}\r\nProxy-Authenticate: {text}\r\n\
             Authentication-Info: {params}\r\n\r\n"
        );
        let request = Request::parse(format!("INVITE sip:a@b SIP/2.0\r\n{fields}").into_bytes()).unwrap();
        let mut server = server().with_user_hash(true);
        if let Ok(claim) = server.examine(&request, START) {
            let stored = ha1(claim.hash_function());
            let _ = server.verify(claim, Some(&stored), START);
        }
        let mut client = Client::new();
        for status in ["401 No", "200 Yes", "407 No"] {
            let response = Response::parse(format!("SIP/2.0 {status}\r\n{fields}").into_bytes()).unwrap();
            let login = |_, _: &sip_core::Text<'_>| Some(Login::password(USER, PASSWORD));
            let _ = client.handle_challenge(&request, &response, login);
            let _ = client.handle_confirmation(&request, &response);
            let mut next = request.clone();
            let _ = client.authorize(&mut next, &mut random());
        }
    }

    #[test]
    fn whatever_a_challenge_holds_comes_back_as_it_was_sent(realm in text(), nonce in text(), opaque in text()) {
        let challenge = sip_core::header::Challenge::digest(&realm, &nonce)
            .with_opaque(&opaque)
            .with_qop(&[Qop::AUTH]);
        let mut value = Vec::new();
        sip_core::header::TypedHeader::encode(&sip_core::header::WwwAuthenticate(challenge.clone()), &mut value);
        let response = Response::builder(StatusCode::UNAUTHORIZED)
            .raw_header("WWW-Authenticate", &value)
            .build()
            .unwrap();
        let mut request = invite();
        answer(&mut Client::new(), &mut request, &response, &mut random()).unwrap();
        let mut value = Vec::new();
        sip_core::header::TypedHeader::encode(&Authorization(credentials(&request)), &mut value);
        let (answer, _) = <Authorization as sip_core::header::TypedHeader>::decode(&value, &ParseConfig::STRICT).unwrap();
        prop_assert_eq!(answer.params.sent("realm"), challenge.params.sent("realm"));
        prop_assert_eq!(answer.nonce(), challenge.nonce());
        prop_assert_eq!(answer.opaque(), challenge.opaque());
    }
}
