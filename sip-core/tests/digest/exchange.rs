//! Requests and responses between a client and a server, each read again from
//! its octets.

use std::time::Duration;

use callwright_runtime::{Random, Seed, Time};
use sip_core::auth::{
    Authenticator, Challenger, Client, Granted, Ha1, HashFunction, Login, Refusal, Unanswerable,
};
use sip_core::header::{Authorization, Credentials, HeaderName, TypedHeader};
use sip_core::{Method, Request, Response};

pub(crate) const REALM: &str = "biloxi.example";
pub(crate) const USER: &str = "bob";
pub(crate) const PASSWORD: &str = "zanzibar";
pub(crate) const START: Time = Time::from_nanos(1 << 50);
pub(crate) const BODY: &[u8] = b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n";

pub(crate) fn server() -> Authenticator {
    Authenticator::new(REALM, &Seed::from_u64(2))
}

pub(crate) fn random() -> Random {
    Random::new(Seed::from_u64(1))
}

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn invite() -> Request {
    let uri = "sip:alice@biloxi.example;transport=tcp".parse().unwrap();
    Request::builder(Method::INVITE, &uri)
        .body("application/sdp", BODY)
        .build()
        .unwrap()
}

pub(crate) fn ha1(function: HashFunction) -> Ha1 {
    Ha1::new(function, USER, REALM, PASSWORD)
}

/// The request as it arrives.
pub(crate) fn sent(request: &Request) -> Request {
    Request::parse(request.to_bytes()).unwrap()
}

/// The request with other credentials.
pub(crate) fn with_credentials(request: &Request, credentials: Credentials<'static>) -> Request {
    let mut request = request.clone();
    request.headers_mut().remove(&Authorization::NAME);
    request
        .headers_mut()
        .push(&Authorization(credentials))
        .unwrap();
    request
}

pub(crate) fn credentials(request: &Request) -> Credentials<'static> {
    let read = request.headers().required::<Authorization>().unwrap();
    read.into_owned().0
}

pub(crate) fn check(
    server: &mut Authenticator,
    request: &Request,
    now: Time,
) -> Result<Granted, Refusal> {
    let claim = server.examine(&sent(request), now)?;
    assert_eq!(
        (claim.user().to_string(), claim.realm()),
        (USER.into(), server.realm())
    );
    let stored = ha1(claim.hash_function());
    server.verify(claim, Some(&stored), now)
}

/// The response to what was refused, as it arrives.
pub(crate) fn reply(
    server: &Authenticator,
    request: &Request,
    refusal: &Refusal,
    now: Time,
    random: &mut Random,
) -> Response {
    let response = server.reply(request, refusal, now, random).unwrap();
    Response::parse(response.to_bytes()).unwrap()
}

/// What a client does with a challenge, if it knows the password.
pub(crate) fn answer(
    client: &mut Client,
    request: &mut Request,
    response: &Response,
    random: &mut Random,
) -> Result<(), Unanswerable> {
    client.handle_challenge(request, response, |_, _| {
        Some(Login::password(USER, PASSWORD))
    })?;
    client.authorize(request, random).unwrap();
    Ok(())
}

/// A client that was challenged, and the request with its answer.
pub(crate) fn answered(server: &Authenticator, random: &mut Random) -> (Client, Request) {
    let mut client = Client::new();
    let request = answered_by(&mut client, server, invite(), random);
    (client, request)
}

pub(crate) fn answered_by(
    client: &mut Client,
    server: &Authenticator,
    mut request: Request,
    random: &mut Random,
) -> Request {
    let response = reply(server, &request, &Refusal::Missing, START, random);
    answer(client, &mut request, &response, random).unwrap();
    request
}

/// How many fields of that name there are.
pub(crate) fn fields(request: &Request, challenger: Challenger) -> usize {
    let name = match challenger {
        Challenger::Server => HeaderName::AUTHORIZATION,
        Challenger::Proxy => HeaderName::PROXY_AUTHORIZATION,
    };
    request.headers().fields(&name).count()
}
