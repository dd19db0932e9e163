//! What phones do differently.

use sip_core::auth::{Refusal, Uncounted};
use sip_core::header::{Credentials, Qop};
use sip_core::{Method, Request};

use crate::exchange::*;

/// As a phone of RFC 2069's time answers, whatever `qop` it is offered; the
/// digest is Python's hashlib's.
fn register(nonce: &str) -> Request {
    let uri = "sip:biloxi.example".parse().unwrap();
    let request = Request::builder(Method::REGISTER, &uri).build().unwrap();
    assert_eq!(nonce, FIRST_NONCE);
    let response = "51cf73ba52fa6c2430b7db9a5ea74b7f";
    let answer = Credentials::digest(USER, REALM, nonce, "sip:biloxi.example", response);
    with_credentials(&request, answer)
}

const FIRST_NONCE: &str = "0004000000000000c5d30a7ce1ec11932c7bd4dfb9c52191cf7b41e8a67cd70b";

fn first_nonce(server: &sip_core::auth::Authenticator) -> String {
    let challenge = server.challenges(false, START, &mut random()).remove(0);
    challenge.nonce().unwrap().to_string()
}

#[test]
fn a_digest_without_qop_is_good_for_one_request() {
    let mut server = server();
    let request = register(&first_nonce(&server));
    assert!(check(&mut server, &request, START).is_ok());
    let again = check(&mut server, &request, START).unwrap_err();
    assert_eq!(again, Refusal::Stale);
}

#[test]
fn a_digest_without_qop_may_be_refused_or_taken_for_the_nonce_s_life() {
    let mut lax = server().with_uncounted(Uncounted::WhileFresh);
    let request = register(&first_nonce(&lax));
    for _ in 0..3 {
        assert!(check(&mut lax, &request, START).is_ok());
    }
    assert_eq!(lax.remembered(), 0);
    let strict = server().with_uncounted(Uncounted::Refused);
    let refusal = strict.examine(&request, START).unwrap_err();
    assert_eq!(refusal, Refusal::NotOffered);
    let old = strict.with_qop(&[]);
    assert!(old.examine(&request, START).is_ok());
}

#[test]
fn an_empty_answer_announces_a_user_and_is_challenged() {
    let uri = "sip:biloxi.example".parse().unwrap();
    let request = Request::builder(Method::REGISTER, &uri).build().unwrap();
    let announced = Credentials::digest(USER, REALM, "", "sip:biloxi.example", "");
    let request = with_credentials(&request, announced);
    assert_eq!(
        server().examine(&request, START).unwrap_err(),
        Refusal::Missing
    );
}

#[test]
fn quotes_and_case_make_no_difference_where_they_are_not_signed() {
    let mut server = server();
    let (_, request) = answered(&server, &mut random());
    let mut odd = credentials(&request);
    let response = odd.response().unwrap().to_string().to_uppercase();
    odd.params.set_token("response", response);
    odd.params.set_quoted("algorithm", "md5");
    odd.params.set_quoted("qop", "auth");
    odd.params.set_quoted("nc", "00000001");
    assert_eq!(odd.qop(), Some(Qop::AUTH));
    assert!(check(&mut server, &with_credentials(&request, odd), START).is_ok());
}
