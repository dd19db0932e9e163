//! Which challenge of a realm is answered, and how.

use super::algorithm::{Algorithm, HashFunction};
use super::text::sent;
use super::user_name::is_true;
use crate::header::{Challenge, Qop};

/// Which of a realm's challenges a client answers, of those that it can.
///
/// Servers list what they like best first, and a client should follow that
/// order unless its own policy says otherwise (RFC 8760 section 2.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Preference {
    /// The topmost that is not of MD5, or else the topmost. Whoever can change
    /// the order of a challenge's lines on their way can not bring a client to
    /// use the weaker hash so (RFC 8760 section 3).
    #[default]
    Strongest,
    /// The topmost, as RFC 8760 section 2.4 has it.
    Topmost,
}

/// What a challenge wants to have back, and how it is answered. Texts are as
/// they were sent.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub(super) algorithm: Algorithm,
    pub(super) algorithm_named: bool,
    pub(super) qop: Option<Qop<'static>>,
    pub(super) realm: Vec<u8>,
    pub(super) nonce: Vec<u8>,
    pub(super) opaque: Option<Vec<u8>>,
    pub(super) user_hash: bool,
    pub(super) stale: bool,
}

impl Terms {
    /// Those of a challenge that can be answered.
    pub(super) fn of(challenge: &Challenge<'_>, prefer_integrity: bool) -> Option<Terms> {
        let params = &challenge.params;
        let algorithm = Algorithm::of(&challenge.algorithm())?;
        let choice = if prefer_integrity {
            [Qop::AUTH_INT, Qop::AUTH]
        } else {
            [Qop::AUTH, Qop::AUTH_INT]
        };
        let qop = choice.into_iter().find(|qop| challenge.offers(qop));
        let old = challenge.qop().next().is_none();
        // A session's key is made with a `cnonce`, which only `qop` brings.
        if qop.is_none() && (!old || algorithm.is_session()) {
            return None;
        }
        Some(Terms {
            algorithm,
            algorithm_named: params.find("algorithm").is_some(),
            qop,
            realm: sent(params, "realm")?,
            nonce: sent(params, "nonce")?,
            opaque: sent(params, "opaque"),
            user_hash: is_true(params, "userhash"),
            stale: challenge.is_stale(),
        })
    }
}

impl Preference {
    /// The terms to take, of those that there are keys for.
    pub(super) fn choose(
        self,
        offers: Vec<Terms>,
        has_key: impl Fn(HashFunction) -> bool,
    ) -> Option<Terms> {
        let function = |terms: &Terms| terms.algorithm.hash_function();
        let mut able = offers.into_iter().filter(|terms| has_key(function(terms)));
        let first = able.next()?;
        if self == Preference::Topmost || function(&first) != HashFunction::Md5 {
            return Some(first);
        }
        let stronger = able.find(|terms| function(terms) != HashFunction::Md5);
        Some(stronger.unwrap_or(first))
    }
}
