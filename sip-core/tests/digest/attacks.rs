//! What is caught on its way, forged, or sent in masses.

use callwright_runtime::{Random, Seed};
use sip_core::auth::{Algorithm, Authenticator, Refusal, UriRule};
use sip_core::header::Qop;
use sip_core::{Method, Request};

use crate::exchange::*;

#[test]
fn an_answer_is_taken_once() {
    let mut random = random();
    let mut server = server();
    let (mut client, request) = answered(&server, &mut random);
    assert!(check(&mut server, &request, START).is_ok());
    assert_eq!(
        check(&mut server, &request, START).unwrap_err(),
        Refusal::Stale
    );
    // The next count is another answer, and one that was overtaken is not lost.
    let mut second = request.clone();
    client.authorize(&mut second, &mut random).unwrap();
    let mut third = request.clone();
    client.authorize(&mut third, &mut random).unwrap();
    assert_eq!(credentials(&third).nonce_count(), Some(3));
    assert!(check(&mut server, &third, START).is_ok());
    assert!(check(&mut server, &second, START).is_ok());
    for replayed in [&request, &second, &third] {
        let refusal = check(&mut server, replayed, START).unwrap_err();
        assert_eq!(refusal, Refusal::Stale);
    }
    assert_eq!(server.remembered(), 1);
}

#[test]
fn a_forged_nonce_is_never_taken() {
    let mut random = random();
    let mut server = server();
    let (_, request) = answered(&server, &mut random);
    let nonce = credentials(&request).nonce().unwrap().to_string();
    // A later time in front of the same signature, signed with the password.
    let later = format!(
        "{:016x}{}",
        (START + seconds(1000)).as_nanos(),
        &nonce[16..]
    );
    for forged in [&*later, "", "0", &"0".repeat(64)] {
        let challenge = sip_core::header::Challenge::digest(REALM, forged).with_qop(&[Qop::AUTH]);
        let response = sip_core::Response::builder(sip_core::StatusCode::UNAUTHORIZED)
            .header(sip_core::header::WwwAuthenticate(challenge))
            .build()
            .unwrap();
        let mut request = invite();
        answer(
            &mut Default::default(),
            &mut request,
            &response,
            &mut random,
        )
        .unwrap();
        let refusal = check(&mut server, &request, START).unwrap_err();
        let expected = if forged.is_empty() {
            Refusal::Missing
        } else {
            Refusal::Stale
        };
        assert_eq!(refusal, expected, "{forged}");
    }
    assert_eq!(server.remembered(), 0);
}

#[test]
fn a_nonce_from_another_key_is_stale() {
    let other = Authenticator::new(REALM, &Seed::from_u64(3));
    let (_, request) = answered(&other, &mut random());
    let refusal = check(&mut server(), &request, START).unwrap_err();
    assert_eq!(refusal, Refusal::Stale);
}

#[test]
fn an_answer_cannot_be_spent_on_another_request() {
    let mut random = random();
    let server = server().with_qop(&[Qop::AUTH_INT]);
    let (_, request) = answered(&server, &mut random);
    let signed = credentials(&request);
    let build = |method: Method<'_>, uri: &str, body: &'static [u8]| {
        let request = Request::builder(method, &uri.parse().unwrap())
            .body("application/sdp", body)
            .build()
            .unwrap();
        with_credentials(&request, signed.clone())
    };
    let uri = "sip:alice@biloxi.example;transport=tcp";
    let check = |request: &Request| check(&mut server.clone(), request, START);
    assert!(check(&build(Method::INVITE, uri, BODY)).is_ok());
    let refusal = check(&build(Method::BYE, uri, BODY)).unwrap_err();
    assert_eq!(refusal, Refusal::Wrong);
    let refusal = check(&build(Method::INVITE, uri, b"v=0\r\n")).unwrap_err();
    assert_eq!(refusal, Refusal::Wrong);
    let other = build(Method::INVITE, "sip:premium@biloxi.example", BODY);
    let refusal = check(&other).unwrap_err();
    assert!(matches!(refusal, Refusal::Malformed(_)));
    // The leniency has to be asked for in full, or can be refused in full.
    let near = build(Method::INVITE, "sip:alice@biloxi.example", BODY);
    assert!(check(&near).is_ok());
    let strict = server.clone().with_uri_rule(UriRule::Equivalent);
    assert!(strict.examine(&near, START).is_err());
    let lax = server.clone().with_uri_rule(UriRule::Unchecked);
    assert!(lax.examine(&other, START).is_ok());
}

#[test]
fn wrong_answers_and_challenges_cost_no_memory() {
    let mut random = random();
    let mut server = server().with_capacity(10);
    for number in 0..1000 {
        let (_, request) = answered(&server, &mut random);
        let mut guess = credentials(&request);
        guess
            .params
            .set_quoted("response", format!("{number:032x}"));
        let request = with_credentials(&request, guess);
        let refusal = check(&mut server, &request, START).unwrap_err();
        assert_eq!(refusal, Refusal::Wrong);
        assert_eq!(server.remembered(), 0);
    }
}

#[test]
fn right_answers_cost_no_more_than_the_capacity_and_none_is_taken_twice() {
    let mut random = random();
    let mut server = server().with_capacity(10);
    let mut now = START;
    let mut taken = Vec::new();
    for _ in 0..100 {
        now += seconds(1);
        let mut request = invite();
        let response = reply(&server, &request, &Refusal::Missing, now, &mut random);
        answer(
            &mut Default::default(),
            &mut request,
            &response,
            &mut random,
        )
        .unwrap();
        assert!(check(&mut server, &request, now).is_ok());
        taken.push(request);
        assert!(server.remembered() <= 10);
    }
    for replayed in &taken {
        let refusal = check(&mut server, replayed, now).unwrap_err();
        assert_eq!(refusal, Refusal::Stale);
    }
    // What has expired is let go by itself.
    let (_, request) = answered_at(&server, now + seconds(1000), &mut random);
    assert!(check(&mut server, &request, now + seconds(1000)).is_ok());
    assert_eq!(server.remembered(), 1);
}

fn answered_at(
    server: &Authenticator,
    now: callwright_runtime::Time,
    random: &mut Random,
) -> (sip_core::auth::Client, Request) {
    let mut client = sip_core::auth::Client::new();
    let mut request = invite();
    let response = reply(server, &request, &Refusal::Missing, now, random);
    answer(&mut client, &mut request, &response, random).unwrap();
    (client, request)
}

#[test]
fn the_protection_that_is_asked_for_cannot_be_left_out() {
    let mut random = random();
    let server = server()
        .with_algorithms([Algorithm::Md5])
        .with_qop(&[Qop::AUTH_INT]);
    let (_, request) = answered(&server, &mut random);
    let mut bare = credentials(&request);
    for name in ["qop", "nc", "cnonce"] {
        bare.params.remove(name);
    }
    let refusal = server.examine(&with_credentials(&request, bare), START);
    assert_eq!(refusal.unwrap_err(), Refusal::NotOffered);
}
