//! What a client answers, keeps, and gives up on.

use sip_core::auth::{
    Algorithm, Challenger, Client, HashFunction, Login, Preference, Proof, Refusal, Unanswerable,
};
use sip_core::header::{
    AuthenticationInfo, Challenge, Confirmation, DigestAlgorithm, HeaderName, ProxyAuthenticate,
    ProxyAuthorization, Qop, WwwAuthenticate,
};
use sip_core::{Method, Request, Response, StatusCode, Text};

use crate::exchange::*;

fn challenged(challenges: impl IntoIterator<Item = Challenge<'static>>) -> Response {
    let mut response = Response::builder(StatusCode::UNAUTHORIZED);
    for challenge in challenges {
        response = response.header(WwwAuthenticate(challenge));
    }
    response.build().unwrap()
}

/// Lets the client answer these challenges.
fn meet<const N: usize>(
    client: &mut Client,
    request: &mut Request,
    challenges: [Challenge<'static>; N],
) -> Result<(), Unanswerable> {
    answer(client, request, &challenged(challenges), &mut random())
}

fn plain(nonce: &str) -> Challenge<'static> {
    Challenge::digest(REALM, nonce).with_qop(&[Qop::AUTH])
}

fn ok() -> Response {
    Response::builder(StatusCode::OK).build().unwrap()
}

fn refused() -> Unanswerable {
    Unanswerable::Refused {
        realm: Text::from(REALM),
    }
}

#[test]
fn requests_are_answered_before_they_are_challenged_and_uses_counted() {
    let mut random = random();
    let mut server = server();
    let (mut client, first) = answered(&server, &mut random);
    assert!(check(&mut server, &first, START).is_ok());
    assert!(client.knows(Challenger::Server, REALM));
    for count in 2..20 {
        let uri = "sip:biloxi.example".parse().unwrap();
        let mut request = Request::builder(Method::REGISTER, &uri).build().unwrap();
        client.authorize(&mut request, &mut random).unwrap();
        let answer = credentials(&request);
        assert_eq!(answer.nonce_count(), Some(count));
        assert_eq!(answer.cnonce(), credentials(&first).cnonce());
        assert!(check(&mut server, &request, START).is_ok());
    }
}

#[test]
fn the_strongest_or_the_topmost_challenge_is_answered() {
    let named = |algorithm: DigestAlgorithm<'static>| plain("n").with_algorithm(&algorithm);
    let response = challenged([
        named(DigestAlgorithm::from("token")),
        named(DigestAlgorithm::MD5),
        named(DigestAlgorithm::SHA_256),
        named(DigestAlgorithm::SHA_512_256),
    ]);
    for (preference, chosen) in [
        (Preference::Strongest, DigestAlgorithm::SHA_256),
        (Preference::Topmost, DigestAlgorithm::MD5),
    ] {
        let mut client = Client::new().with_preference(preference);
        let mut request = invite();
        answer(&mut client, &mut request, &response, &mut random()).unwrap();
        assert_eq!(credentials(&request).algorithm(), chosen);
        assert_eq!(fields(&request, Challenger::Server), 1);
    }
    // What there is no hash for is passed over.
    let mut client = Client::new();
    let stored = Login::ha1(USER, [ha1(HashFunction::Sha512_256)]);
    client
        .handle_challenge(&invite(), &response, |_, _| Some(stored.clone()))
        .unwrap();
    let mut request = invite();
    client.authorize(&mut request, &mut random()).unwrap();
    let algorithm = credentials(&request).algorithm().into_owned();
    assert_eq!(algorithm, DigestAlgorithm::SHA_512_256);
}

#[test]
fn a_stored_hash_answers_as_the_password_does() {
    let mut random = random();
    let mut server = server().with_algorithms([Algorithm::Sha256, Algorithm::Md5]);
    let mut request = invite();
    let response = reply(&server, &request, &Refusal::Missing, START, &mut random);
    let mut client = Client::new();
    client
        .handle_challenge(&request, &response, |_, _| {
            Some(Login::ha1(USER, [ha1(HashFunction::Md5)]))
        })
        .unwrap();
    client.authorize(&mut request, &mut random).unwrap();
    let granted = check(&mut server, &request, START).unwrap();
    assert_eq!(granted.algorithm(), Algorithm::Md5);
}

#[test]
fn the_body_is_protected_where_that_is_wanted_or_demanded() {
    for (wanted, offered, chosen) in [
        (false, &[Qop::AUTH, Qop::AUTH_INT][..], Qop::AUTH),
        (true, &[Qop::AUTH, Qop::AUTH_INT], Qop::AUTH_INT),
        (true, &[Qop::AUTH], Qop::AUTH),
        (false, &[Qop::AUTH_INT], Qop::AUTH_INT),
    ] {
        let mut client = Client::new().with_integrity_preferred(wanted);
        let server = server().with_qop(offered);
        let request = answered_by(&mut client, &server, invite(), &mut random());
        assert_eq!(credentials(&request).qop(), Some(chosen));
    }
}

#[test]
fn a_wrong_password_is_tried_once_whatever_the_next_nonce() {
    for next in ["n1", "n2"] {
        let (mut client, mut request) = (Client::new(), invite());
        meet(&mut client, &mut request, [plain("n1")]).unwrap();
        let again = challenged([plain(next)]);
        let error = answer(&mut client, &mut request, &again, &mut random()).unwrap_err();
        assert_eq!(error, refused());
        // What is known to be wrong is not sent again, and the user is asked anew.
        assert!(!client.knows(Challenger::Server, REALM));
        let mut asked = 0;
        let other = |_, _: &Text<'_>| {
            asked += 1;
            Some(Login::password(USER, "other"))
        };
        client.handle_challenge(&invite(), &again, other).unwrap();
        assert_eq!(asked, 1);
    }
}

#[test]
fn a_nonce_that_had_been_good_is_renewed_without_asking() {
    for stale in [false, true] {
        let (mut client, mut request) = (Client::new(), invite());
        meet(&mut client, &mut request, [plain("n1")]).unwrap();
        assert_eq!(client.handle_confirmation(&request, &ok()), Proof::Absent);
        client.authorize(&mut request, &mut random()).unwrap();
        let renewed = challenged([plain("n2").with_stale(stale)]);
        client
            .handle_challenge(&request, &renewed, |_, _| panic!("nobody is to be asked"))
            .unwrap();
        client.authorize(&mut request, &mut random()).unwrap();
        assert_eq!(credentials(&request).nonce().unwrap(), "n2");
        assert_eq!(credentials(&request).nonce_count(), Some(1));
        // The same nonce again, and not stale: the password has been changed.
        let error = meet(&mut client, &mut request, [plain("n2")]);
        assert_eq!(error.unwrap_err(), refused());
    }
}

#[test]
fn a_server_that_says_stale_for_ever_is_given_up() {
    let (mut client, mut request) = (Client::new(), invite());
    let mut tries = 0;
    let error = loop {
        let stale = challenged([plain(&format!("n{tries}")).with_stale(true)]);
        match answer(&mut client, &mut request, &stale, &mut random()) {
            Ok(()) if tries < 100 => tries += 1,
            Ok(()) => panic!("it goes on for ever"),
            Err(error) => break error,
        }
    };
    assert_eq!((error, tries), (refused(), 5));
}

#[test]
fn a_server_that_invents_realms_for_ever_is_given_up() {
    let (mut client, mut request) = (Client::new(), invite());
    let mut tries = 0;
    loop {
        let challenge = Challenge::digest(&format!("r{tries}"), "n");
        match meet(&mut client, &mut request, [challenge]) {
            Ok(()) if tries < 100 => tries += 1,
            Ok(()) => panic!("it goes on for ever"),
            Err(_) => break,
        }
    }
    assert_eq!(tries, 16);
}

#[test]
fn requests_in_parallel_do_not_take_each_other_s_challenges_for_refusals() {
    let mut client = Client::new();
    let (mut one, mut other) = (invite(), invite());
    meet(&mut client, &mut one, [plain("n1")]).unwrap();
    // Sent before there was an answer; the same nonce is counted on.
    meet(&mut client, &mut other, [plain("n1")]).unwrap();
    assert_eq!(credentials(&other).nonce_count(), Some(2));
    let mut third = invite();
    meet(&mut client, &mut third, [plain("n2")]).unwrap();
    assert_eq!(credentials(&third).nonce_count(), Some(1));
    // And the first, whose nonce another has outdated, may try again.
    meet(&mut client, &mut one, [plain("n3")]).unwrap();
}

#[test]
fn what_cannot_be_answered_says_why() {
    let realm = || Text::from(REALM);
    let unsupported = || Unanswerable::Unsupported { realm: realm() };
    for (challenges, login, error) in [
        (vec![], true, Unanswerable::NoChallenge),
        (
            vec![Challenge::bearer("https://as.example")],
            true,
            Unanswerable::NoChallenge,
        ),
        (
            vec![plain("n").with_algorithm(&DigestAlgorithm::AKA_V1_MD5)],
            true,
            unsupported(),
        ),
        (
            vec![plain("n").with_qop(&[Qop::from("token")])],
            true,
            unsupported(),
        ),
        (
            vec![Challenge::digest(REALM, "n").with_algorithm(&DigestAlgorithm::MD5_SESS)],
            true,
            unsupported(),
        ),
        (
            vec![plain("n")],
            false,
            Unanswerable::NoLogin { realm: realm() },
        ),
    ] {
        let mut client = Client::new();
        let look_up = |_, _: &Text<'_>| login.then(|| Login::password(USER, PASSWORD));
        let response = challenged(challenges);
        let result = client.handle_challenge(&invite(), &response, look_up);
        assert_eq!(result.unwrap_err(), error);
        assert!(!client.knows(Challenger::Server, REALM));
    }
}

#[test]
fn proxies_and_the_server_may_ask_in_one_response() {
    let mut response = Response::builder(StatusCode::PROXY_AUTHENTICATION_REQUIRED);
    for realm in ["p1", "p2", "unknown"] {
        response = response.header(ProxyAuthenticate(Challenge::digest(realm, realm)));
    }
    let response = response
        .raw_header("Proxy-Authenticate", b"Digest broken")
        .header(WwwAuthenticate(plain("n").with_opaque("as it \"is\"")))
        .build()
        .unwrap();
    let (mut client, mut request) = (Client::new(), invite());
    client
        .handle_challenge(&request, &response, |challenger, realm| {
            assert_eq!(challenger == Challenger::Server, *realm == REALM);
            (*realm != "unknown").then(|| Login::password(USER, PASSWORD))
        })
        .unwrap();
    let kept =
        b"Digest username=\"x\", realm=\"elsewhere\", nonce=\"n\", uri=\"u\", response=\"0\"";
    request
        .headers_mut()
        .push_raw(&HeaderName::PROXY_AUTHORIZATION, kept)
        .unwrap();
    for _ in 0..2 {
        client.authorize(&mut request, &mut random()).unwrap();
        let realms: Vec<_> = request
            .headers()
            .all::<ProxyAuthorization>()
            .map(|value| value.unwrap().realm().unwrap().to_string())
            .collect();
        assert_eq!(realms, ["elsewhere", "p1", "p2"]);
        let answer = credentials(&request);
        assert_eq!(answer.realm().unwrap(), REALM);
        assert_eq!(answer.opaque().unwrap(), "as it \\\"is\\\"");
        assert_eq!(fields(&request, Challenger::Server), 1);
    }
}

#[test]
fn the_server_s_proof_is_verified() {
    let mut random = random();
    let mut server = server().with_algorithms([Algorithm::Sha256Sess]);
    let (client, request) = answered(&server, &mut random);
    let granted = check(&mut server, &request, START).unwrap();
    let honest = server.confirm(&granted, b"", START, &mut random);
    let proof = |status: StatusCode, info: Confirmation<'static>| {
        let info = info.with_next_nonce("next");
        let response = Response::builder(status)
            .header(AuthenticationInfo(info))
            .build()
            .unwrap();
        let mut client = client.clone();
        let proof = client.handle_confirmation(&request, &response);
        let mut later = invite();
        client.authorize(&mut later, &mut self::random()).unwrap();
        (proof, credentials(&later).nonce().unwrap() == "next")
    };
    assert_eq!(proof(StatusCode::OK, honest.clone()), (Proof::Right, true));
    assert_eq!(
        proof(StatusCode::RINGING, honest.clone()),
        (Proof::Right, true)
    );
    assert_eq!(
        proof(StatusCode::TRYING, honest.clone()),
        (Proof::Absent, false)
    );
    assert_eq!(
        proof(StatusCode::NOT_FOUND, honest.clone()),
        (Proof::Absent, false)
    );
    assert_eq!(
        proof(StatusCode::OK, Confirmation::new()),
        (Proof::Absent, true)
    );
    let mut forged = honest.clone();
    forged.params.set_quoted("rspauth", "0".repeat(64));
    assert_eq!(proof(StatusCode::OK, forged), (Proof::Wrong, false));
    let mut other = honest.clone();
    other.params.set_token("nc", "00000002");
    assert_eq!(proof(StatusCode::OK, other), (Proof::Wrong, false));
    let mut elsewhere = honest;
    elsewhere.params.set_quoted("cnonce", "another");
    assert_eq!(proof(StatusCode::OK, elsewhere), (Proof::Absent, false));
}

#[test]
fn answers_are_given_as_header_fields_too() {
    let (mut client, mut request) = (Client::new(), invite());
    assert!(client.answers(&(&request).into(), &mut random()).is_empty());
    meet(&mut client, &mut request, [plain("n1")]).unwrap();
    let answers = client.answers(&(&request).into(), &mut random());
    assert_eq!(answers.len(), 1);
    let text = answers[0].to_string();
    assert!(text.starts_with("Digest username=\"bob\", realm=\"biloxi.example\", nonce=\"n1\""));
    assert!(text.contains("qop=auth, nc=00000002, cnonce="));
}
