//! What a server takes, and what it says to the rest.

use callwright_runtime::{Random, Seed};
use sip_core::auth::{
    Algorithm, Authenticator, Challenger, Client, Defect, Ha1, HashFunction, Login, Proof, Refusal,
    may_be_challenged, user_hash,
};
use sip_core::header::{
    AuthenticationInfo, Authorization, DigestAlgorithm, Qop, TypedHeader, WwwAuthenticate,
};
use sip_core::{Method, Request, Response, StatusCode};

use crate::exchange::*;

#[test]
fn every_algorithm_and_protection_makes_the_round_trip() {
    let mut random = random();
    for algorithm in Algorithm::ALL {
        for qop in [&[Qop::AUTH][..], &[Qop::AUTH_INT], &[]] {
            if qop.is_empty() && algorithm.is_session() {
                continue;
            }
            let mut server = server().with_algorithms([algorithm]).with_qop(qop);
            let (mut client, request) = answered(&server, &mut random);
            let credentials = credentials(&request);
            assert_eq!(credentials.algorithm(), algorithm.name());
            assert_eq!(credentials.qop().as_ref(), qop.first());
            let granted = check(&mut server, &request, START).unwrap();
            assert_eq!(granted.user(), USER);
            assert_eq!(granted.algorithm(), algorithm);

            // The client knows that the server knows the password.
            let confirmation = server.confirm(&granted, b"body", START, &mut random);
            if qop.is_empty() {
                assert!(confirmation.params.is_empty());
                continue;
            }
            let response = Response::builder(StatusCode::OK)
                .header(AuthenticationInfo(confirmation))
                .body("text/plain", &b"body"[..])
                .build()
                .unwrap();
            let response = Response::parse(response.to_bytes()).unwrap();
            let proof = client.handle_confirmation(&request, &response);
            assert_eq!(proof, Proof::Right, "{algorithm:?} {qop:?}");
        }
    }
}

#[test]
fn without_credentials_for_the_realm_the_server_challenges() {
    let server = server();
    let refusal = server.examine(&invite(), START).unwrap_err();
    assert_eq!(refusal, Refusal::Missing);
    let response = reply(&server, &invite(), &refusal, START, &mut random());
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let challenges: Vec<_> = response.headers().all::<WwwAuthenticate>().collect();
    assert_eq!(challenges.len(), 1, "phones choke on several");
    let challenge = challenges[0].as_ref().unwrap();
    assert_eq!(challenge.algorithm(), DigestAlgorithm::MD5);
    assert_eq!(challenge.realm().unwrap(), REALM);
    assert!(challenge.offers(&Qop::AUTH) && !challenge.is_stale());
}

#[test]
fn algorithms_are_offered_in_the_order_given() {
    let order = [Algorithm::Sha512_256, Algorithm::Sha256, Algorithm::Md5];
    let server = server().with_algorithms(order);
    let response = reply(&server, &invite(), &Refusal::Missing, START, &mut random());
    let offered: Vec<_> = response
        .headers()
        .all::<WwwAuthenticate>()
        .map(|value| Algorithm::of(&value.unwrap().algorithm()).unwrap())
        .collect();
    assert_eq!(offered, order);
}

#[test]
fn credentials_for_another_realm_are_none() {
    let mut random = random();
    let other = Authenticator::new("atlanta.example", &Seed::from_u64(2));
    let (_, request) = answered(&other, &mut random);
    assert_eq!(
        server().examine(&request, START).unwrap_err(),
        Refusal::Missing
    );
    // Nor does a nonce serve where the key is the same but the realm is not.
    let mut renamed = credentials(&request);
    renamed.params.set_quoted("realm", REALM);
    let claim = server()
        .examine(&with_credentials(&request, renamed), START)
        .unwrap();
    assert!(!claim.is_fresh());
}

#[test]
fn a_proxy_has_a_407_and_its_own_header_fields() {
    let mut random = random();
    let mut proxy = server().with_challenger(Challenger::Proxy);
    let (mut client, mut request) = answered(&proxy, &mut random);
    assert_eq!(fields(&request, Challenger::Proxy), 1);
    assert_eq!(fields(&request, Challenger::Server), 0);
    assert!(check(&mut proxy, &request, START).is_ok());
    assert_eq!(
        Refusal::Wrong.status(Challenger::Proxy).to_string(),
        "407 Proxy Authentication Required"
    );
    // And a server behind it asks too: both are answered from then on.
    let response = reply(&server(), &request, &Refusal::Missing, START, &mut random);
    answer(&mut client, &mut request, &response, &mut random).unwrap();
    assert_eq!(fields(&request, Challenger::Proxy), 1);
    assert_eq!(fields(&request, Challenger::Server), 1);
    assert!(check(&mut proxy, &request, START).is_ok());
    assert!(check(&mut server(), &request, START).is_ok());
}

#[test]
fn a_wrong_password_and_an_unknown_user_are_told_the_same() {
    let mut random = random();
    let mut server = server();
    let (_, request) = answered(&server, &mut random);
    let wrong = Ha1::new(HashFunction::Md5, USER, REALM, "other");
    let unfit = ha1(HashFunction::Sha256);
    for stored in [Some(&wrong), Some(&unfit), None] {
        let claim = server.examine(&request, START).unwrap();
        let refusal = server.verify(claim, stored, START).unwrap_err();
        assert_eq!(refusal, Refusal::Wrong);
    }
    let response = reply(&server, &request, &Refusal::Wrong, START, &mut random);
    let challenge = response.headers().required::<WwwAuthenticate>().unwrap();
    assert!(!challenge.is_stale());
    // None of that has spent the answer.
    assert!(check(&mut server, &request, START).is_ok());
}

#[test]
fn an_old_nonce_is_stale_for_the_right_password_alone() {
    let mut random = random();
    let mut server = server().with_nonce_lifetime(seconds(60));
    let (mut client, mut request) = answered(&server, &mut random);
    let late = START + seconds(61);
    assert!(
        server
            .examine(&request, START + seconds(60))
            .unwrap()
            .is_fresh()
    );
    let claim = server.examine(&request, late).unwrap();
    assert!(!claim.is_fresh());
    let refusal = server.verify(claim, None, late).unwrap_err();
    assert_eq!(refusal, Refusal::Wrong);
    let refusal = check(&mut server, &request, late).unwrap_err();
    assert_eq!(refusal, Refusal::Stale);
    let response = reply(&server, &request, &refusal, late, &mut random);
    let challenge = response.headers().required::<WwwAuthenticate>().unwrap();
    assert!(challenge.is_stale());
    client
        .handle_challenge(&request, &response, |_, _| panic!("nobody is to be asked"))
        .unwrap();
    client.authorize(&mut request, &mut random).unwrap();
    assert!(check(&mut server, &request, late).is_ok());
}

#[test]
fn a_nonce_may_expire_while_the_user_is_looked_up() {
    let mut server = server().with_nonce_lifetime(seconds(60));
    let (_, request) = answered(&server, &mut random());
    let claim = server.examine(&request, START).unwrap();
    let stored = ha1(HashFunction::Md5);
    let refusal = server.verify(claim, Some(&stored), START + seconds(61));
    assert_eq!(refusal.unwrap_err(), Refusal::Stale);
}

#[test]
fn nodes_with_the_same_key_take_each_other_s_nonces() {
    let (_, request) = answered(&server(), &mut random());
    let mut node = server();
    // Its clock may be a little behind, not much.
    assert!(
        node.examine(&request, START - seconds(10))
            .unwrap()
            .is_fresh()
    );
    assert!(
        !node
            .examine(&request, START - seconds(11))
            .unwrap()
            .is_fresh()
    );
    assert!(check(&mut node, &request, START).is_ok());
}

#[test]
fn the_next_nonce_is_given_when_half_its_life_is_over() {
    let mut random = random();
    let mut server = server().with_nonce_lifetime(seconds(60));
    let (mut client, mut request) = answered(&server, &mut random);
    let granted = check(&mut server, &request, START).unwrap();
    let early = server.confirm(&granted, b"", START + seconds(30), &mut random);
    assert_eq!(early.next_nonce(), None);
    let late = START + seconds(31);
    let confirmation = server.confirm(&granted, b"", late, &mut random);
    let next = confirmation.next_nonce().unwrap().to_string();
    let response = Response::builder(StatusCode::OK)
        .header(AuthenticationInfo(confirmation))
        .build()
        .unwrap();
    assert_eq!(
        client.handle_confirmation(&request, &response),
        Proof::Right
    );
    client.authorize(&mut request, &mut random).unwrap();
    assert_eq!(credentials(&request).nonce().unwrap(), *next);
    assert_eq!(credentials(&request).nonce_count(), Some(1));
    assert!(check(&mut server, &request, START + seconds(90)).is_ok());
}

#[test]
fn a_user_may_hide_his_name() {
    let mut random = random();
    let mut server = server()
        .with_algorithms([Algorithm::Sha512_256])
        .with_user_hash(true);
    let (_, request) = answered(&server, &mut random);
    let claim = server.examine(&sent(&request), START).unwrap();
    let hidden = user_hash(HashFunction::Sha512_256, USER, REALM);
    assert!(claim.is_user_hashed());
    assert_eq!(*claim.user(), *hidden);
    let stored = ha1(claim.hash_function());
    let granted = server.verify(claim, Some(&stored), START).unwrap();
    assert!(granted.is_user_hashed());
    // Where that is not offered, nobody can be found by it.
    let plain = server.with_user_hash(false);
    let refusal = plain.examine(&request, START).unwrap_err();
    assert_eq!(refusal, Refusal::NotOffered);
}

#[test]
fn what_is_not_offered_is_challenged_again() {
    let mut random = random();
    let (_, request) = answered(&server(), &mut random);
    for server in [
        server().with_algorithms([Algorithm::Sha256]),
        server().with_algorithms([Algorithm::Md5Sess]),
        server().with_qop(&[Qop::AUTH_INT]),
        server().with_qop(&[]),
    ] {
        let refusal = server.examine(&request, START).unwrap_err();
        assert_eq!(refusal, Refusal::NotOffered);
        assert_eq!(refusal.status(Challenger::Server), StatusCode::UNAUTHORIZED);
    }
}

#[test]
fn what_is_malformed_is_a_400() {
    let mut random = random();
    let server = server();
    let (_, request) = answered(&server, &mut random);
    let change = |name: &str, value: Option<&str>| {
        let mut changed = credentials(&request);
        match value {
            Some(value) => changed.params.set_quoted(name, value),
            None => assert!(changed.params.remove(name)),
        }
        server
            .examine(&with_credentials(&request, changed), START)
            .unwrap_err()
    };
    let digest = "0".repeat(31);
    for (name, value, defect) in [
        ("nc", None, Defect::NonceCount),
        ("nc", Some("00000000"), Defect::NonceCount),
        ("nc", Some("1"), Defect::NonceCount),
        ("cnonce", None, Defect::ClientNonce),
        ("cnonce", Some(""), Defect::ClientNonce),
        ("response", Some(""), Defect::Response),
        ("response", Some(&*digest), Defect::Response),
        ("response", Some("zz0f"), Defect::Response),
        ("uri", Some(""), Defect::Uri),
        ("uri", Some("sip:carol@biloxi.example"), Defect::Uri),
        ("username*", Some("UTF-8''bob"), Defect::UserName),
    ] {
        let refusal = change(name, value);
        assert_eq!(refusal, Refusal::Malformed(defect), "{name} {value:?}");
        let response = reply(
            &server,
            &request,
            &refusal,
            START,
            &mut Random::new(Seed::from_u64(3)),
        );
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(!response.headers().contains(&WwwAuthenticate::NAME));
    }
    let broken = Request::parse(
        &b"REGISTER sip:biloxi.example SIP/2.0\r\nAuthorization: Digest realm=\"x\r\n\r\n"[..],
    )
    .unwrap();
    let refusal = server.examine(&broken, START).unwrap_err();
    assert!(matches!(refusal, Refusal::Malformed(Defect::Header(_))));
}

#[test]
fn credentials_of_others_do_not_stand_in_the_way() {
    let mut random = random();
    let mut server = server();
    let (_, mut request) = answered(&server, &mut random);
    let ours = credentials(&request);
    let headers = request.headers_mut();
    headers.remove(&Authorization::NAME);
    for other in [
        "Bearer abc",
        "Digest broken",
        "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"\"",
    ] {
        headers
            .push_raw(&Authorization::NAME, other.as_bytes())
            .unwrap();
    }
    headers.push(&Authorization(ours)).unwrap();
    assert!(check(&mut server, &request, START).is_ok());
}

#[test]
fn realms_and_names_with_quotes_are_signed_as_they_are_sent() {
    let mut random = random();
    let realm = "the \"pbx\" \\ é";
    let mut server = Authenticator::new(realm, &Seed::from_u64(2));
    let mut request = invite();
    let response = reply(&server, &request, &Refusal::Missing, START, &mut random);
    let mut client = Client::new();
    client
        .handle_challenge(&request, &response, |_, asked| {
            assert_eq!(*asked, *realm);
            Some(Login::password("b\"ob", "p\"w"))
        })
        .unwrap();
    client.authorize(&mut request, &mut random).unwrap();
    let claim = server.examine(&sent(&request), START).unwrap();
    assert_eq!(claim.user(), "b\"ob");
    let stored = Ha1::new(HashFunction::Md5, "b\"ob", realm, "p\"w");
    assert!(server.verify(claim, Some(&stored), START).is_ok());
}

#[test]
fn ack_and_cancel_are_never_challenged() {
    assert!(!may_be_challenged(&Method::ACK) && !may_be_challenged(&Method::CANCEL));
    assert!(may_be_challenged(&Method::REGISTER) && may_be_challenged(&Method::BYE));
}

#[test]
fn a_log_shows_no_secret() {
    let mut random = random();
    let mut server = server();
    let (client, request) = answered(&server, &mut random);
    let claim = server.examine(&request, START).unwrap();
    let stored = ha1(HashFunction::Md5);
    let mut shown = format!("{server:?} {client:?} {claim:?}");
    shown += &format!("{:?}", server.verify(claim, Some(&stored), START).unwrap());
    shown += &format!("{:?}", Login::password(USER, PASSWORD));
    assert!(!shown.contains(PASSWORD) && !shown.contains(&stored.to_hex()));
}
