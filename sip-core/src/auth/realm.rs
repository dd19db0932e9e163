//! What a client keeps of one realm: who it is there, the nonce, its count.

use callwright_runtime::{Random, Token};

use super::algorithm::{Algorithm, Output};
use super::challenger::{Challenger, credentials};
use super::client::{Answer, Proof};
use super::digest::{Counted, Protected, Round, ha2};
use super::login::Keys;
use super::preference::Terms;
use super::text::{escaped, sent};
use crate::header::{Authorization, Confirmation, Credentials, ProxyAuthorization, Qop};
use crate::{Request, Text};

/// Random bits of a `cnonce`.
const CNONCE_BITS: u32 = 128;

#[derive(Debug, Clone)]
pub(super) struct Realm {
    pub(super) challenger: Challenger,
    pub(super) name: Text<'static>,
    pub(super) keys: Keys,
    pub(super) terms: Terms,
    pub(super) session: Session,
    /// How often in a row it has refused what was answered.
    pub(super) refusals: u8,
}

/// The uses of one nonce.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// As it was sent: the challenge's, or a later one.
    pub(super) nonce: Vec<u8>,
    pub(super) count: u32,
    /// Kept as long as the nonce, so that a session's key stays the same.
    cnonce: Option<Token>,
    /// Whether an answer with this nonce, or the one before it, was taken.
    pub(super) confirmed: bool,
}

impl Session {
    pub(super) fn new(nonce: Vec<u8>) -> Session {
        Session {
            nonce,
            count: 0,
            cnonce: None,
            confirmed: false,
        }
    }
}

impl Realm {
    pub(super) fn is(&self, challenger: Challenger, name: &[u8]) -> bool {
        self.challenger == challenger && self.name.as_bytes() == name
    }

    /// Whether that answer is for this realm.
    pub(super) fn made(&self, answer: &Credentials<'_>) -> bool {
        answer.realm().is_some_and(|realm| realm == self.name)
    }

    /// The nonce that the request's answer to this realm was made with.
    pub(super) fn nonce_used(&self, request: &Request) -> Option<Vec<u8>> {
        nonce_used(request, self.challenger, &self.name)
    }

    /// Goes on with that nonce, if it is another one.
    pub(super) fn renew(&mut self, nonce: Vec<u8>) {
        if nonce != self.session.nonce {
            self.session = Session::new(nonce);
        }
    }

    /// The header field that answers this realm, and one use of its nonce.
    pub(super) fn answer(
        &mut self,
        protected: &Protected<'_>,
        random: &mut Random,
    ) -> Option<Answer> {
        let terms = &self.terms;
        let function = terms.algorithm.hash_function();
        self.session.count = self.session.count.saturating_add(1);
        let count = format!("{:08x}", self.session.count);
        let cnonce = *self
            .session
            .cnonce
            .get_or_insert_with(|| random.token(CNONCE_BITS));
        let round = Round {
            algorithm: terms.algorithm,
            nonce: &self.session.nonce,
            counted: terms.qop.as_ref().map(|qop| Counted {
                count: count.as_bytes(),
                cnonce: cnonce.as_bytes(),
                qop: qop.as_ref(),
            }),
        };
        let uri = escaped(protected.uri);
        let body = (terms.qop == Some(Qop::AUTH_INT)).then_some(protected.body);
        let ha2 = ha2(function, protected.method.as_bytes(), &uri, body);
        let key = round.key(self.keys.find(function)?);
        let response = round.response(&key, &ha2);

        let mut credentials = Credentials::new("Digest");
        let params = &mut credentials.params;
        if terms.user_hash {
            let hidden = function.hash(&[&escaped(&self.keys.user), b":", &terms.realm]);
            params.set_quoted("username", hidden.hex().as_bytes());
            params.set_token("userhash", "true");
        } else {
            params.set_quoted("username", &self.keys.user);
        }
        params.set_sent("realm", &terms.realm);
        params.set_sent("nonce", &self.session.nonce);
        params.set_sent("uri", &uri);
        params.set_quoted("response", response.hex().as_bytes());
        if terms.algorithm_named {
            params.set_token("algorithm", terms.algorithm.name());
        }
        if let Some(opaque) = &terms.opaque {
            params.set_sent("opaque", opaque);
        }
        if let Some(qop) = &terms.qop {
            params.set_token("qop", qop);
            params.set_token("nc", &count);
            params.set_quoted("cnonce", cnonce);
        }
        Some(match self.challenger {
            Challenger::Server => Answer::Server(Authorization(credentials)),
            Challenger::Proxy => Answer::Proxy(ProxyAuthorization(credentials)),
        })
    }

    /// Whether the server's own digest is right: made over what `answer` was,
    /// but with no method, and the response's body (RFC 7616 section 3.5).
    pub(super) fn prove(
        &self,
        answer: &Credentials<'_>,
        confirmation: &Confirmation<'_>,
        body: &[u8],
    ) -> Proof {
        let Some(claimed) = confirmation.response() else {
            return Proof::Absent;
        };
        self.proof(answer, confirmation, claimed.as_bytes(), body)
            .unwrap_or(Proof::Wrong)
    }

    fn proof(
        &self,
        answer: &Credentials<'_>,
        confirmation: &Confirmation<'_>,
        claimed: &[u8],
        body: &[u8],
    ) -> Option<Proof> {
        let algorithm = Algorithm::of(&answer.algorithm())?;
        let function = algorithm.hash_function();
        let params = &answer.params;
        let nonce = sent(params, "nonce")?;
        let (count, cnonce) = (sent(params, "nc"), sent(params, "cnonce"));
        let qop = match answer.qop() {
            Some(_) => sent(&confirmation.params, "qop").or_else(|| sent(params, "qop")),
            None => None,
        };
        let counted = match (&count, &cnonce, &qop) {
            (Some(count), Some(cnonce), Some(qop)) => Some(Counted { count, cnonce, qop }),
            _ => None,
        };
        if confirmation
            .nonce_count()
            .is_some_and(|count| Some(count) != answer.nonce_count())
        {
            return None;
        }
        let round = Round {
            algorithm,
            nonce: &nonce,
            counted,
        };
        let integrity = qop
            .as_ref()
            .is_some_and(|qop| qop.eq_ignore_ascii_case(Qop::AUTH_INT.as_ref()));
        let ha2 = ha2(
            function,
            b"",
            &sent(params, "uri")?,
            integrity.then_some(body),
        );
        let expected = round.response(&round.key(self.keys.find(function)?), &ha2);
        let claimed = Output::from_hex(function, claimed)?;
        Some(if bool::from(expected.same(&claimed)) {
            Proof::Right
        } else {
            Proof::Wrong
        })
    }
}

/// The nonce that a request's answer to that realm was made with.
pub(super) fn nonce_used(
    request: &Request,
    challenger: Challenger,
    name: &Text<'_>,
) -> Option<Vec<u8>> {
    credentials(challenger, request.headers())
        .into_iter()
        .filter_map(Result::ok)
        .find(|answer| answer.is_digest() && answer.realm().is_some_and(|realm| realm == *name))
        .and_then(|answer| sent(&answer.params, "nonce"))
}

/// Whether a challenge to a request that was answered with that nonce refuses
/// the login, and not merely the nonce.
pub(super) fn refuses(known: Option<&Realm>, used: &[u8], offers: &[Terms]) -> bool {
    if offers.iter().any(|terms| terms.stale) {
        return false;
    }
    if offers.iter().any(|terms| terms.nonce == used) {
        return true;
    }
    // A new nonce without `stale`: some servers do so where the old one has
    // only expired. It had been good, or another request has met a newer one.
    !known.is_some_and(|known| known.session.confirmed || known.session.nonce != used)
}
