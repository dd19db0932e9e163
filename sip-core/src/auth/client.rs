//! The client's side: what answers challenges, and the next request before it
//! is challenged.

use std::fmt;

use callwright_runtime::Random;

use super::challenger::{Challenger, challenges, credentials};
use super::digest::Protected;
use super::login::Login;
use super::preference::{Preference, Terms};
use super::realm::{Realm, Session, nonce_used, refuses};
use super::text::sent;
use crate::header::{
    AuthenticationInfo, Authorization, Confirmation, Credentials, HeaderName,
    ProxyAuthenticationInfo, ProxyAuthorization, TypedHeader, unfold,
};
use crate::{BuildError, Headers, Request, Response, StatusCode, Text};

/// More realms than any path of proxies has; beyond it the one first met is
/// forgotten.
const MAX_REALMS: usize = 16;
/// How often in a row a realm may refuse what was answered, `stale` or not.
const MAX_REFUSALS: u8 = 4;

/// Answers challenges for one registration, call or trunk: the client's side of
/// digest authentication (RFC 3261 sections 22.2 and 22.3, RFC 7616, RFC 8760).
///
/// Before each request is sent, call [`authorize`](Self::authorize): it puts in
/// what is known to be asked for, and nothing before anything was. For a 401 or
/// 407 call [`handle_challenge`](Self::handle_challenge); where it says `Ok`,
/// send the request again with the next CSeq and a new branch, authorized anew.
/// For other responses call [`handle_confirmation`](Self::handle_confirmation).
/// The ACK of an INVITE takes over its credentials as they are (section 22.1),
/// a CANCEL has none: neither is authorized here.
///
/// Passwords are not kept; nonces, their counts and what stands for passwords
/// are, for each realm, until a password is refused.
#[derive(Debug, Clone, Default)]
pub struct Client {
    realms: Vec<Realm>,
    preference: Preference,
    prefer_integrity: bool,
}

/// One header field that answers a challenge (RFC 3261 sections 20.7 and 20.28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// For the server: Authorization.
    Server(Authorization<'static>),
    /// For a proxy: Proxy-Authorization.
    Proxy(ProxyAuthorization<'static>),
}

/// Why a challenge is not answered (RFC 3261 section 22.1). The response is the
/// request's last then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unanswerable {
    /// There is no digest challenge that can be read.
    #[error("there is no digest challenge")]
    NoChallenge,
    /// None of the realm's algorithms or protections is known here, or the
    /// [`Login`] has no [`Ha1`](super::Ha1) for them.
    #[error("the realm {realm:?} asks for what is not supported")]
    Unsupported {
        /// The realm.
        realm: Text<'static>,
    },
    /// The look-up knows nobody for the realm.
    #[error("there is no login for the realm {realm:?}")]
    NoLogin {
        /// The realm.
        realm: Text<'static>,
    },
    /// The realm has refused the user or the password, or never stops asking.
    /// What was known of it is forgotten: the next challenge asks the look-up.
    #[error("the realm {realm:?} refuses the login")]
    Refused {
        /// The realm.
        realm: Text<'static>,
    },
}

/// Whether a response is from someone who knows the password too (`rspauth`,
/// RFC 7616 section 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "a wrong proof is an impostor's"]
pub enum Proof {
    /// It does not say, as few servers do.
    Absent,
    /// It is.
    Right,
    /// It claims to be, and is not: the response is not to be trusted.
    Wrong,
}

impl Client {
    /// A client that has not been challenged yet.
    #[must_use]
    pub fn new() -> Client {
        Client::default()
    }

    /// The same with that preference among a realm's challenges.
    #[must_use]
    pub fn with_preference(mut self, preference: Preference) -> Self {
        self.preference = preference;
        self
    }

    /// The same, protecting bodies (`auth-int`) where a server offers it
    /// beside `auth`. It fails where something on the way edits the SDP.
    #[must_use]
    pub fn with_integrity_preferred(mut self, preferred: bool) -> Self {
        self.prefer_integrity = preferred;
        self
    }

    /// Whether requests carry an answer for that realm.
    #[must_use]
    pub fn knows(&self, challenger: Challenger, realm: &str) -> bool {
        self.realms
            .iter()
            .any(|known| known.is(challenger, realm.as_bytes()))
    }

    /// Takes the challenges of a response to `request`, which is as it was
    /// sent. Of several proxies and a server that ask at once, and after forks
    /// they may all do so in one response (RFC 3261 section 16.7), as many are
    /// answered as can be.
    ///
    /// `look_up` says who to be in a realm. It is asked where a realm is new;
    /// not where only its nonce is (`stale=true`, or one that had been good).
    ///
    /// # Errors
    /// [`Unanswerable`]: do not send the request again. A realm that refuses an
    /// answer to its newest nonce refuses the password, whatever nonce it
    /// offers next.
    pub fn handle_challenge(
        &mut self,
        request: &Request,
        response: &Response,
        mut look_up: impl FnMut(Challenger, &Text<'_>) -> Option<Login>,
    ) -> Result<(), Unanswerable> {
        let mut error = Unanswerable::NoChallenge;
        let mut answered = false;
        for (challenger, name, offers) in self.offers(response) {
            match self.take(request, challenger, &name, offers, &mut look_up) {
                Ok(()) => answered = true,
                Err(refused @ Unanswerable::Refused { .. }) => {
                    self.realms
                        .retain(|known| !known.is(challenger, name.as_bytes()));
                    return Err(refused);
                }
                Err(other) if error == Unanswerable::NoChallenge => error = other,
                Err(_) => {}
            }
        }
        if answered { Ok(()) } else { Err(error) }
    }

    /// Takes what a response says that is no challenge: that the answers in
    /// `request` were right (2xx and provisional ones but for 100), which nonce
    /// to use next, and whether the server knows the password too.
    pub fn handle_confirmation(&mut self, request: &Request, response: &Response) -> Proof {
        let status = response.status();
        if status == StatusCode::TRYING || !(status.is_provisional() || status.is_success()) {
            return Proof::Absent;
        }
        let mut proof = Proof::Absent;
        for challenger in [Challenger::Server, Challenger::Proxy] {
            match self.confirm(challenger, request, response) {
                Proof::Wrong => return Proof::Wrong,
                Proof::Right => proof = Proof::Right,
                Proof::Absent => {}
            }
        }
        proof
    }

    /// The header fields that answer what is known to be asked: one for each
    /// realm. Each call counts as one use of the nonces.
    #[must_use]
    pub fn answers(&mut self, protected: &Protected<'_>, random: &mut Random) -> Vec<Answer> {
        // A count that has come to its end needs a new nonce.
        self.realms.retain(|realm| realm.session.count < u32::MAX);
        self.realms
            .iter_mut()
            .filter_map(|realm| realm.answer(protected, random))
            .collect()
    }

    /// Puts the [`answers`](Self::answers) into the request, in place of those
    /// that it had for the same realms. Authorize a request when nothing else
    /// will be changed in it.
    ///
    /// # Errors
    /// [`BuildError`] where a realm or nonce holds what cannot be sent back.
    pub fn authorize(
        &mut self,
        request: &mut Request,
        random: &mut Random,
    ) -> Result<(), BuildError> {
        let answers = self.answers(&Protected::from(&*request), random);
        for challenger in [Challenger::Server, Challenger::Proxy] {
            self.take_out(challenger, request.headers_mut())?;
        }
        for answer in &answers {
            match answer {
                Answer::Server(value) => request.headers_mut().push(value)?,
                Answer::Proxy(value) => request.headers_mut().push(value)?,
            }
        }
        Ok(())
    }

    /// The realms that challenge, each with what it offers that can be
    /// computed.
    fn offers(&self, response: &Response) -> Vec<(Challenger, Text<'static>, Vec<Terms>)> {
        let mut realms: Vec<(Challenger, Text<'static>, Vec<Terms>)> = Vec::new();
        for challenger in [Challenger::Server, Challenger::Proxy] {
            for challenge in challenges(challenger, response.headers()) {
                let Some(name) = challenge.realm().filter(|_| challenge.is_digest()) else {
                    continue;
                };
                let terms = Terms::of(&challenge, self.prefer_integrity);
                let same = |(other, realm, _): &&mut (Challenger, Text<'_>, Vec<Terms>)| {
                    *other == challenger && *realm == name
                };
                if let Some((_, _, offers)) = realms.iter_mut().find(same) {
                    offers.extend(terms);
                } else if realms.len() < MAX_REALMS {
                    realms.push((challenger, name.into_owned(), terms.into_iter().collect()));
                }
            }
        }
        realms
    }

    /// Takes one realm's challenge.
    fn take(
        &mut self,
        request: &Request,
        challenger: Challenger,
        name: &Text<'static>,
        offers: Vec<Terms>,
        look_up: &mut impl FnMut(Challenger, &Text<'_>) -> Option<Login>,
    ) -> Result<(), Unanswerable> {
        let realm = || name.clone();
        let Some(realm_sent) = offers.first().map(|terms| terms.realm.clone()) else {
            return Err(Unanswerable::Unsupported { realm: realm() });
        };
        let known = self
            .realms
            .iter()
            .position(|known| known.is(challenger, name.as_bytes()));
        let known = known.map(|index| self.realms.remove(index));
        let used = nonce_used(request, challenger, name);
        let mut refusals = known.as_ref().map_or(0, |known| known.refusals);
        if let Some(used) = &used {
            refusals = refusals.saturating_add(1);
            if refusals > MAX_REFUSALS || refuses(known.as_ref(), used, &offers) {
                return Err(Unanswerable::Refused { realm: realm() });
            }
        }
        let (keys, session) = match known {
            Some(known) => (known.keys, Some(known.session)),
            None => match look_up(challenger, name) {
                Some(login) => (login.into_keys(&realm_sent), None),
                None => return Err(Unanswerable::NoLogin { realm: realm() }),
            },
        };
        let terms = self
            .preference
            .choose(offers, |function| keys.find(function).is_some())
            .ok_or_else(|| Unanswerable::Unsupported { realm: realm() })?;
        self.make_room(request)
            .ok_or_else(|| Unanswerable::Refused { realm: realm() })?;
        // Another request may have been asked with the same nonce: its uses go
        // on being counted.
        let session = session
            .filter(|session| session.nonce == terms.nonce)
            .unwrap_or_else(|| Session::new(terms.nonce.clone()));
        self.realms.push(Realm {
            challenger,
            name: name.clone(),
            keys,
            terms,
            session,
            refusals,
        });
        Ok(())
    }

    /// Makes room for one more realm, unless the request has answered as many
    /// as there may be: whoever then names one more will never be content.
    fn make_room(&mut self, request: &Request) -> Option<()> {
        if self.realms.len() >= MAX_REALMS {
            let idle = |realm: &Realm| realm.nonce_used(request).is_none();
            let index = self.realms.iter().position(idle)?;
            self.realms.remove(index);
        }
        Some(())
    }

    fn confirm(&mut self, challenger: Challenger, request: &Request, response: &Response) -> Proof {
        let read = credentials(challenger, request.headers());
        let sent_answers: Vec<Credentials<'_>> = read
            .into_iter()
            .filter_map(Result::ok)
            .filter(Credentials::is_digest)
            .collect();
        let confirmation = confirmation(challenger, response.headers());
        let mut proof = Proof::Absent;
        let asked = |realm: &&mut Realm| realm.challenger == challenger;
        for realm in self.realms.iter_mut().filter(asked) {
            let Some(answer) = sent_answers.iter().find(|answer| realm.made(answer)) else {
                continue;
            };
            let for_this_one =
                |confirmation: &&Confirmation<'_>| match sent(&confirmation.params, "cnonce") {
                    Some(cnonce) => sent(&answer.params, "cnonce") == Some(cnonce),
                    None => sent_answers.len() == 1,
                };
            if let Some(confirmation) = confirmation.as_ref().filter(for_this_one) {
                proof = realm.prove(answer, confirmation, response.body());
                if proof == Proof::Wrong {
                    return proof;
                }
                if let Some(next) = sent(&confirmation.params, "nextnonce") {
                    realm.renew(next);
                }
            }
            // Also where the nonce is newer than the one that was good: it has
            // not been refused.
            realm.session.confirmed = true;
            realm.refusals = 0;
        }
        proof
    }

    /// Takes out the answers for known realms, and leaves all others.
    fn take_out(&self, challenger: Challenger, headers: &mut Headers) -> Result<(), BuildError> {
        let name = field_name(challenger);
        if !headers.contains(&name) {
            return Ok(());
        }
        let mut kept = Vec::new();
        let read = credentials(challenger, headers);
        for (field, read) in headers.fields(&name).zip(read) {
            let ours = read.is_ok_and(|answer| {
                answer.is_digest()
                    && answer.realm().is_some_and(|realm| {
                        self.realms
                            .iter()
                            .any(|known| known.is(challenger, realm.as_bytes()))
                    })
            });
            if !ours {
                let mut value = field.value().to_vec();
                unfold(&mut value, 0);
                kept.push(value);
            }
        }
        headers.remove(&name);
        kept.iter()
            .try_for_each(|value| headers.push_raw(&name, value))
    }
}

fn confirmation(challenger: Challenger, headers: &Headers) -> Option<Confirmation<'_>> {
    match challenger {
        Challenger::Server => Some(headers.typed::<AuthenticationInfo>().ok()??.0),
        Challenger::Proxy => Some(headers.typed::<ProxyAuthenticationInfo>().ok()??.0),
    }
}

fn field_name(challenger: Challenger) -> HeaderName<'static> {
    match challenger {
        Challenger::Server => Authorization::NAME,
        Challenger::Proxy => ProxyAuthorization::NAME,
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::new();
        match self {
            Answer::Server(value) => value.encode(&mut text),
            Answer::Proxy(value) => value.encode(&mut text),
        }
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use crate::header::{Challenge, Qop, WwwAuthenticate};
    use callwright_runtime::Seed;

    #[test]
    fn a_count_that_has_come_to_its_end_is_not_begun_again() {
        let uri = "sip:pbx".parse().unwrap();
        let request = Request::builder(Method::OPTIONS, &uri).build().unwrap();
        let challenge = Challenge::digest("pbx", "n").with_qop(&[Qop::AUTH]);
        let response = Response::builder(StatusCode::UNAUTHORIZED)
            .header(WwwAuthenticate(challenge))
            .build()
            .unwrap();
        let mut client = Client::new();
        client
            .handle_challenge(&request, &response, |_, _| {
                Some(Login::password("bob", "zanzibar"))
            })
            .unwrap();
        client.realms[0].session.count = u32::MAX - 1;
        let mut random = Random::new(Seed::from_u64(1));
        let last = client.answers(&Protected::from(&request), &mut random);
        assert!(last[0].to_string().contains("nc=ffffffff"));
        let none = client.answers(&Protected::from(&request), &mut random);
        assert!(none.is_empty());
    }
}
