//! Who a request is from: digest access authentication, the client's side and
//! the server's (RFC 3261 section 22, RFC 7616, RFC 8760).
//!
//! Nothing here asks a clock or a store: the moment and the randomness are
//! arguments, and who is looked up where is the caller's. Passwords need not be
//! kept anywhere; an [`Ha1`] stands for one.
//!
//! ```
//! use callwright_runtime::{Random, Seed, Time};
//! use sip_core::auth::{Authenticator, Client, Ha1, HashFunction, Login};
//! use sip_core::{Method, Request, StatusCode};
//!
//! let (now, mut random) = (Time::ZERO, Random::new(Seed::from_u64(1)));
//! let mut server = Authenticator::new("biloxi.example", &Seed::from_u64(2));
//! let mut client = Client::new();
//!
//! // A request comes that says nothing about who sent it: it is challenged.
//! let uri = "sip:biloxi.example".parse()?;
//! let mut request = Request::builder(Method::REGISTER, &uri).build()?;
//! client.authorize(&mut request, &mut random)?; // nobody has asked yet
//! let refusal = server.examine(&request, now).unwrap_err();
//! let challenge = server.reply(&request, &refusal, now, &mut random)?;
//! assert_eq!(challenge.status(), StatusCode::UNAUTHORIZED);
//!
//! // The client answers in the request that it sends next.
//! client.handle_challenge(&request, &challenge, |_, realm| {
//!     (*realm == "biloxi.example").then(|| Login::password("bob", "zanzibar"))
//! })?;
//! client.authorize(&mut request, &mut random)?;
//!
//! // The server looks up who that is said to be, and verifies it.
//! let claim = server.examine(&request, now)?;
//! assert_eq!(claim.user(), "bob");
//! assert_eq!(claim.hash_function(), HashFunction::Md5);
//! let stored = Ha1::from_hex(HashFunction::Md5, "52764fa139e4159ef2ccde9868b45646")?;
//! let granted = server.verify(claim, Some(&stored), now)?;
//! assert_eq!(granted.user(), "bob");
//!
//! // From now on the client answers before it is asked.
//! client.authorize(&mut request, &mut random)?;
//! let claim = server.examine(&request, now)?;
//! assert!(server.verify(claim, Some(&stored), now).is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to look
//!
//! - [`Authenticator`]: the server's or proxy's side. [`Claim`]: what is to be
//!   looked up; [`Granted`]: it was right; [`Refusal`]: how to answer if not.
//! - [`Client`]: the client's side, for one registration, call or trunk.
//! - [`Ha1`]: what a store keeps; [`Login`]: what a client has.
//!
//! # What there is of it
//!
//! - MD5, SHA-256 and SHA-512-256, each also over a session's key (`-sess`),
//!   made anew from the nonce and `cnonce` of each request, which this client
//!   keeps as long as the nonce (RFC 7616 section 3.4.2).
//! - `qop` of `auth` and `auth-int`, and none, as in RFC 2069.
//! - `stale`, `nextnonce`, `rspauth`, `nc` with a window for what was overtaken.
//! - `userhash` on both sides; `username*` is read, but not written: a quoted
//!   `username` may hold UTF-8 in SIP.
//! - What is absent: `domain` is not looked at, since the scope of a [`Client`]
//!   is its user's to choose; AKA (RFC 3310) and Bearer (RFC 8898) can be read
//!   and written by [`header`](crate::header), not computed.
mod algorithm;
mod authenticator;
mod challenger;
mod claim;
mod client;
mod count;
mod digest;
mod ha1;
mod login;
mod nonce;
mod preference;
mod realm;
mod text;
mod uri_rule;
mod user_name;

pub use algorithm::{Algorithm, HashFunction};
pub use authenticator::{Authenticator, Uncounted};
pub use challenger::{Challenger, may_be_challenged};
pub use claim::{Claim, Defect, Granted, Refusal};
pub use client::{Answer, Client, Proof, Unanswerable};
pub use digest::Protected;
pub use ha1::{Ha1, NotHa1, user_hash};
pub use login::Login;
pub use preference::Preference;
pub use uri_rule::UriRule;
