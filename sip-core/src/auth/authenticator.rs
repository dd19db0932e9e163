//! The server's side: who asks, and checks the answers.

use std::time::Duration;

use callwright_runtime::{Random, Seed, Time};

use super::algorithm::{Algorithm, Output};
use super::challenger::{Challenger, credentials};
use super::claim::{Claim, Defect, Freshness, Granted, OwnedCounted, Refusal};
use super::count::NonceCounts;
use super::digest::{Protected, ha2};
use super::ha1::Ha1;
use super::nonce::{NonceId, NonceKey};
use super::text::sent;
use super::uri_rule::UriRule;
use super::user_name::user_name;
use crate::header::{
    Challenge, Confirmation, Credentials, ProxyAuthenticate, Qop, WwwAuthenticate,
};
use crate::{BuildError, Request, Response, Text};

/// How far the clocks of nodes that share a key may be apart.
const CLOCK_SKEW: Duration = Duration::from_secs(10);
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);
const DEFAULT_CAPACITY: usize = 65_536;

/// Asks who sent a request, and checks the answer: the server's or proxy's side
/// of digest authentication for one realm (RFC 3261 section 22, RFC 7616,
/// RFC 8760).
///
/// For a request, call [`examine`](Self::examine). It gives a [`Claim`] that
/// names the user and hash function; look up that user's [`Ha1`], however long
/// it takes; then call [`verify`](Self::verify). Where either refuses,
/// [`reply`](Self::reply) makes the answer: a challenge, or a 400. Ask only what
/// [`may_be_challenged`](super::may_be_challenged), and only once the
/// transaction layer has taken out retransmissions: the second time, an answer
/// is a replay.
///
/// # What is remembered
///
/// A nonce is its own proof of when it was made and by whom, so handing them
/// out costs no memory, however many are asked for, and wrong answers cost
/// none either. Only a right answer is remembered, by its nonce and count, so
/// that it is not taken again: a count is taken once, in any order within 64 of
/// the highest. That is at most [`with_capacity`](Self::with_capacity) nonces
/// of about 40 octets each. When there would be more, the one made first is
/// forgotten, and every nonce as old is told `stale` from then on; the price of
/// a full table is a round trip, never a replay.
///
/// # Several nodes, several shards
///
/// Authenticators with the same key and realm take each other's nonces; their
/// `Time` must count from the same moment, within ten seconds. Each has its own
/// memory of counts: an answer caught on its way to one can be spent once at
/// each of the others while the nonce lives. Where that matters, give each its
/// own key: the client is told `stale` where it has another's nonce, and tries
/// again. The same holds for a restart: with a key from
/// [`Seed::from_os`](callwright_runtime::Seed) nothing old is taken.
#[derive(Debug, Clone)]
pub struct Authenticator {
    challenger: Challenger,
    realm: String,
    seed: Seed,
    key: NonceKey,
    algorithms: Vec<Algorithm>,
    qop: Vec<Qop<'static>>,
    uncounted: Uncounted,
    uri_rule: UriRule,
    user_hash: bool,
    lifetime: Duration,
    counts: NonceCounts,
}

/// What to make of answers without `qop`, as RFC 2069 had them and old phones
/// still give (RFC 3261 section 22.4 tolerates them). They carry no count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Uncounted {
    /// They are refused, unless no `qop` is offered.
    Refused,
    /// One answer is taken for each nonce; the next is told `stale`, which
    /// costs a round trip a request.
    #[default]
    Once,
    /// They are taken as long as the nonce lives. Whoever catches one can send
    /// it again until then.
    WhileFresh,
}

impl Authenticator {
    /// For that realm, with the key that nonces are signed with: a server's
    /// side that offers MD5 alone, which every phone knows, and `qop=auth`,
    /// whose nonces live for 300 s.
    #[must_use]
    pub fn new(realm: impl Into<String>, key: &Seed) -> Authenticator {
        let realm = realm.into();
        Authenticator {
            challenger: Challenger::Server,
            key: NonceKey::new(key, asker(Challenger::Server), realm.as_bytes()),
            realm,
            seed: key.clone(),
            algorithms: vec![Algorithm::Md5],
            qop: vec![Qop::AUTH],
            uncounted: Uncounted::default(),
            uri_rule: UriRule::default(),
            user_hash: false,
            lifetime: DEFAULT_LIFETIME,
            counts: NonceCounts::new(DEFAULT_CAPACITY),
        }
    }

    /// The same for a proxy, or again for a server.
    #[must_use]
    pub fn with_challenger(mut self, challenger: Challenger) -> Self {
        self.challenger = challenger;
        self.key = NonceKey::new(&self.seed, asker(challenger), self.realm.as_bytes());
        self
    }

    /// The same with a challenge for each of those algorithms, in that order:
    /// the strongest first (RFC 8760 section 2.3). Every user of the realm must
    /// have an [`Ha1`] for each. Many phones are confused by several, or by any
    /// but MD5. None at all means MD5.
    #[must_use]
    pub fn with_algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        if self.algorithms.is_empty() {
            self.algorithms.push(Algorithm::Md5);
        }
        self
    }

    /// The same with a choice of those kinds of protection: [`Qop::AUTH`],
    /// [`Qop::AUTH_INT`], which few phones know, or both; others are left out.
    /// With none the challenge is one of RFC 2069, for which there is
    /// [`Uncounted`], and algorithms with sessions cannot be used.
    #[must_use]
    pub fn with_qop(mut self, choice: &[Qop<'_>]) -> Self {
        self.qop = [Qop::AUTH, Qop::AUTH_INT]
            .into_iter()
            .filter(|known| choice.contains(known))
            .collect();
        self
    }

    /// The same with that treatment of answers without `qop`.
    #[must_use]
    pub fn with_uncounted(mut self, uncounted: Uncounted) -> Self {
        self.uncounted = uncounted;
        self
    }

    /// The same with that rule for the `uri` of an answer.
    #[must_use]
    pub fn with_uri_rule(mut self, rule: UriRule) -> Self {
        self.uri_rule = rule;
        self
    }

    /// The same, saying that users may hide their names (RFC 7616
    /// section 3.4.4): users must be found by their
    /// [`user_hash`](super::user_hash) too.
    #[must_use]
    pub fn with_user_hash(mut self, allowed: bool) -> Self {
        self.user_hash = allowed;
        self
    }

    /// The same with nonces that may be used for that long after they were
    /// made.
    #[must_use]
    pub fn with_nonce_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// The same, remembering at most that many nonces (at least one) that were
    /// answered rightly; 65,536 unless told otherwise.
    #[must_use]
    pub fn with_capacity(mut self, nonces: usize) -> Self {
        self.counts = NonceCounts::new(nonces);
        self
    }

    /// The realm.
    #[must_use]
    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// Who asks.
    #[must_use]
    pub fn challenger(&self) -> Challenger {
        self.challenger
    }

    /// How many nonces are remembered at the moment, for a gauge.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.counts.len()
    }

    /// Challenges with a new nonce, one for each algorithm in the order of
    /// preference (RFC 7616 section 3.3, RFC 8760 section 2.3); `stale` says
    /// that the password was right.
    #[must_use]
    pub fn challenges(
        &self,
        stale: bool,
        now: Time,
        random: &mut Random,
    ) -> Vec<Challenge<'static>> {
        let nonce = self.key.make(now, random);
        let challenge = |algorithm: &Algorithm| {
            let mut challenge = Challenge::digest(&self.realm, &nonce);
            if stale {
                challenge = challenge.with_stale(true);
            }
            challenge = challenge.with_algorithm(&algorithm.name());
            if !self.qop.is_empty() {
                challenge = challenge.with_qop(&self.qop);
            }
            if self.user_hash {
                challenge.params.set_token("userhash", "true");
            }
            challenge
        };
        self.algorithms.iter().map(challenge).collect()
    }

    /// The response to a request that was refused: 401 or 407 with challenges,
    /// or 400 (RFC 3261 sections 22.2 and 22.3). It has no To tag yet.
    ///
    /// # Errors
    /// [`BuildError`] where the realm holds what no header field can.
    pub fn reply(
        &self,
        request: &Request,
        refusal: &Refusal,
        now: Time,
        random: &mut Random,
    ) -> Result<Response, BuildError> {
        let mut response = request.reply(refusal.status(self.challenger));
        if matches!(refusal, Refusal::Malformed(_)) {
            return Ok(response);
        }
        let stale = *refusal == Refusal::Stale;
        for challenge in self.challenges(stale, now, random) {
            let headers = response.headers_mut();
            match self.challenger {
                Challenger::Server => headers.push(&WwwAuthenticate(challenge))?,
                Challenger::Proxy => headers.push(&ProxyAuthenticate(challenge))?,
            }
        }
        Ok(response)
    }

    /// Reads the credentials for this realm, and says whose [`Ha1`] is needed
    /// to verify them. Those for other realms are for others.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::NotOffered`] and
    /// [`Refusal::Malformed`].
    pub fn examine(&self, request: &Request, now: Time) -> Result<Claim, Refusal> {
        let credentials = self.credentials(request)?;
        let nonce = sent(&credentials.params, "nonce").unwrap_or_default();
        if nonce.is_empty() {
            // Some phones announce their user so, and wait for a challenge
            // (RFC 3310 section 3.2 has the same).
            return Err(Refusal::Missing);
        }
        let algorithm = Algorithm::of(&credentials.algorithm())
            .filter(|algorithm| self.algorithms.contains(algorithm))
            .ok_or(Refusal::NotOffered)?;
        let (user, user_hashed) = user_name(&credentials)?;
        if user_hashed && !self.user_hash {
            return Err(Refusal::NotOffered);
        }
        let counted = self.counted(&credentials)?;
        if algorithm.is_session() && counted.is_none() {
            return Err(Defect::ClientNonce.into());
        }
        let signed = credentials.params.value("uri").unwrap_or(Text::new(""));
        if !self.uri_rule.allows(signed.as_bytes(), request) {
            return Err(Defect::Uri.into());
        }
        let response = credentials.response().unwrap_or(Text::new(""));
        let response = Output::from_hex(algorithm.hash_function(), response.as_bytes())
            .ok_or(Defect::Response)?;
        let uri = sent(&credentials.params, "uri").unwrap_or_default();
        let integrity = credentials.qop() == Some(Qop::AUTH_INT);
        let protected = Protected::from(request);
        let body = integrity.then_some(protected.body);
        let function = algorithm.hash_function();
        Ok(Claim {
            realm: self.realm.as_str().into(),
            user,
            user_hashed,
            algorithm,
            ha2: ha2(function, protected.method.as_bytes(), &uri, body),
            uri: uri.into(),
            counted,
            response,
            freshness: self.freshness(&nonce, now),
            nonce: nonce.into(),
        })
    }

    /// Checks the answer, given what is known of the user; `None` where there
    /// is no such user, or nothing for that hash function. It takes as long
    /// then, and says the same, so that nobody learns which users there are.
    ///
    /// # Errors
    /// [`Refusal::Wrong`] and [`Refusal::Stale`].
    pub fn verify(
        &mut self,
        claim: Claim,
        ha1: Option<&Ha1>,
        now: Time,
    ) -> Result<Granted, Refusal> {
        let function = claim.hash_function();
        let nobody = Ha1::nobody(function);
        let known = ha1.filter(|ha1| ha1.hash_function() == function);
        let round = claim.round();
        let key = round.key(known.unwrap_or(&nobody));
        let expected = round.response(&key, &claim.ha2);
        let right = bool::from(expected.same(&claim.response));
        if !right || known.is_none() {
            return Err(Refusal::Wrong);
        }
        match claim.freshness {
            Freshness::Fresh(nonce) if self.admit(nonce, &claim, now) => {
                Ok(Granted { claim, key, nonce })
            }
            _ => Err(Refusal::Stale),
        }
    }

    /// What to tell a client whose answer was right, in Authentication-Info or
    /// Proxy-Authentication-Info (RFC 7616 section 3.5): proof that this side
    /// knows the password too, made over `body`, which is that of the
    /// response; and once half the nonce's life is over, the next nonce. It may
    /// be empty, and is not to be sent then.
    #[must_use]
    pub fn confirm(
        &self,
        granted: &Granted,
        body: &[u8],
        now: Time,
        random: &mut Random,
    ) -> Confirmation<'static> {
        let mut confirmation = Confirmation::new();
        let half = self.lifetime.checked_div(2).unwrap_or_default();
        if now > granted.nonce.made + half {
            let next = self.key.make(now, random);
            confirmation = confirmation.with_next_nonce(&next);
        }
        let claim = &granted.claim;
        if let Some(counted) = &claim.counted {
            let integrity = counted.qop.eq_ignore_ascii_case(Qop::AUTH_INT.as_ref());
            let body = integrity.then_some(body);
            let ha2 = ha2(claim.hash_function(), b"", &claim.uri, body);
            let proof = claim.round().response(&granted.key, &ha2);
            let params = &mut confirmation.params;
            params.set_token("qop", &counted.qop);
            params.set_quoted("rspauth", proof.hex().as_bytes());
            params.set_sent("cnonce", &counted.cnonce);
            params.set_token("nc", &counted.count);
        }
        confirmation
    }

    /// The first credentials for this realm.
    fn credentials<'r>(&self, request: &'r Request) -> Result<Credentials<'r>, Refusal> {
        let mut defect = None;
        for read in credentials(self.challenger, request.headers()) {
            match read {
                Ok(credentials) => {
                    let ours = credentials
                        .realm()
                        .is_some_and(|realm| realm == *self.realm);
                    if ours && credentials.is_digest() {
                        return Ok(credentials);
                    }
                }
                Err(error) => defect = defect.or(Some(error)),
            }
        }
        match defect {
            Some(error) => Err(Defect::Header(error).into()),
            None => Err(Refusal::Missing),
        }
    }

    /// What `qop` brings with it, if it is one that is offered.
    fn counted(&self, credentials: &Credentials<'_>) -> Result<Option<OwnedCounted>, Refusal> {
        let params = &credentials.params;
        let Some(qop) = credentials.qop() else {
            return if self.takes_uncounted() {
                Ok(None)
            } else {
                Err(Refusal::NotOffered)
            };
        };
        if !self.qop.contains(&qop) {
            return Err(Refusal::NotOffered);
        }
        let number = credentials.nonce_count().filter(|number| *number > 0);
        let (Some(number), Some(count)) = (number, sent(params, "nc")) else {
            return Err(Defect::NonceCount.into());
        };
        let Some(cnonce) = sent(params, "cnonce").filter(|cnonce| !cnonce.is_empty()) else {
            return Err(Defect::ClientNonce.into());
        };
        Ok(Some(OwnedCounted {
            number,
            count: count.into(),
            cnonce: cnonce.into(),
            qop: sent(params, "qop").unwrap_or_default().into(),
        }))
    }

    /// Without `qop` nothing protects the body: such answers are no substitute
    /// for `auth-int`.
    fn takes_uncounted(&self) -> bool {
        let asked_for = self.qop.is_empty();
        let allowed = self.uncounted != Uncounted::Refused && self.qop.contains(&Qop::AUTH);
        asked_for || allowed
    }

    fn freshness(&self, nonce: &[u8], now: Time) -> Freshness {
        match self.key.read(nonce) {
            Some(id) if self.is_live(&id, now) => Freshness::Fresh(id),
            Some(_) => Freshness::Expired,
            None => Freshness::Foreign,
        }
    }

    fn is_live(&self, id: &NonceId, now: Time) -> bool {
        now <= id.made + self.lifetime && id.made <= now + CLOCK_SKEW && self.counts.allows(id)
    }

    /// Whether nonce and count may be used, which is remembered.
    fn admit(&mut self, nonce: NonceId, claim: &Claim, now: Time) -> bool {
        if !self.is_live(&nonce, now) {
            return false;
        }
        let count = claim.counted.as_ref().map(|counted| counted.number);
        if count.is_none() && self.uncounted == Uncounted::WhileFresh {
            return true;
        }
        self.counts.admit(nonce, count, now - self.lifetime)
    }
}

/// What stands for each in what is signed.
fn asker(challenger: Challenger) -> u8 {
    match challenger {
        Challenger::Server => 0,
        Challenger::Proxy => 1,
    }
}
