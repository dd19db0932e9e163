//! What a request claims about who sent it, and what came of that.

use std::fmt;

use super::algorithm::{Algorithm, HashFunction, Output};
use super::digest::{Counted, Round};
use super::nonce::NonceId;
use crate::{ParseError, StatusCode, Text};

use super::Challenger;

/// An answer to a challenge that is in good order but not yet checked: it
/// names the user whose [`Ha1`](super::Ha1) is needed. It is a value of its
/// own, so that the look-up may take its time; give both to
/// [`Authenticator::verify`](super::Authenticator::verify) then.
#[must_use = "nobody is known before the answer is verified"]
#[derive(Clone)]
pub struct Claim {
    pub(super) realm: Box<str>,
    pub(super) user: Text<'static>,
    pub(super) user_hashed: bool,
    pub(super) algorithm: Algorithm,
    pub(super) nonce: Box<[u8]>,
    pub(super) counted: Option<OwnedCounted>,
    pub(super) uri: Box<[u8]>,
    pub(super) ha2: Output,
    pub(super) response: Output,
    pub(super) freshness: Freshness,
}

/// What `qop` brings with it, kept while a look-up takes its time.
#[derive(Clone)]
pub(super) struct OwnedCounted {
    pub(super) number: u32,
    pub(super) count: Box<[u8]>,
    pub(super) cnonce: Box<[u8]>,
    pub(super) qop: Box<[u8]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh(NonceId),
    Expired,
    Foreign,
}

impl Claim {
    /// The realm, the authenticator's.
    #[must_use]
    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// The user's name, without escapes; or the digits that hide it, see
    /// [`Claim::is_user_hashed`].
    #[must_use]
    pub fn user(&self) -> &Text<'static> {
        &self.user
    }

    /// Whether [`Claim::user`] is a [`user_hash`](super::user_hash) instead of
    /// a name (RFC 7616 section 3.4.4). It is not unless the authenticator
    /// offers it.
    #[must_use]
    pub fn is_user_hashed(&self) -> bool {
        self.user_hashed
    }

    /// The algorithm that was chosen among those offered.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The hash function of the [`Ha1`](super::Ha1) that is needed.
    #[must_use]
    pub fn hash_function(&self) -> HashFunction {
        self.algorithm.hash_function()
    }

    /// Whether the nonce is one of the authenticator's own, and not too old.
    ///
    /// Where it is not, even the right password will only be told
    /// [`Refusal::Stale`], since that must not be told to a wrong one
    /// (RFC 7616 section 3.3, `stale`). A server under attack may save itself
    /// the look-up and verify with no `Ha1`; a client that has the right
    /// password may then believe that it has not.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        matches!(self.freshness, Freshness::Fresh(_))
    }

    pub(super) fn round(&self) -> Round<'_> {
        Round {
            algorithm: self.algorithm,
            nonce: &self.nonce,
            counted: self.counted.as_ref().map(|counted| Counted {
                count: &counted.count,
                cnonce: &counted.cnonce,
                qop: &counted.qop,
            }),
        }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("realm", &self.realm)
            .field("user", &self.user)
            .field("algorithm", &self.algorithm)
            .field("is_fresh", &self.is_fresh())
            .finish_non_exhaustive()
    }
}

/// A right answer: the request is from that user.
#[must_use = "it says who the user is"]
#[derive(Clone)]
pub struct Granted {
    pub(super) claim: Claim,
    /// A secret.
    pub(super) key: Output,
    pub(super) nonce: NonceId,
}

impl Granted {
    /// The user's name, without escapes; or the digits that hide it, see
    /// [`Granted::is_user_hashed`].
    #[must_use]
    pub fn user(&self) -> &Text<'static> {
        &self.claim.user
    }

    /// Whether [`Granted::user`] is a [`user_hash`](super::user_hash) instead
    /// of a name (RFC 7616 section 3.4.4).
    #[must_use]
    pub fn is_user_hashed(&self) -> bool {
        self.claim.user_hashed
    }

    /// The algorithm of the answer.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.claim.algorithm
    }
}

impl fmt::Debug for Granted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Granted")
            .field("user", self.user())
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}

/// Why a request is not let in, and how to answer it (RFC 3261 section 22,
/// RFC 7616 section 3.4). [`Authenticator::reply`](super::Authenticator::reply)
/// makes that answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There are no credentials for this realm: challenge.
    #[error("there are no credentials for this realm")]
    Missing,
    /// The credentials are of an algorithm or a protection that is not
    /// offered, perhaps is no longer: challenge.
    #[error("the credentials are of a kind that is not offered")]
    NotOffered,
    /// The password is right, but the nonce is too old, not one of ours, or
    /// was used with this count before: challenge with `stale=true`, and the
    /// client tries again without asking its user (RFC 7616 section 3.3).
    #[error("the password is right, the nonce can no longer be used")]
    Stale,
    /// The password is wrong, or there is no such user, which is not told
    /// apart: challenge. A client that meets that twice gives up.
    #[error("the password is wrong, or the user unknown")]
    Wrong,
    /// Nothing can be made of the credentials: 400.
    #[error("malformed credentials: {0}")]
    Malformed(#[from] Defect),
}

impl Refusal {
    /// The status to answer with: 401 or 407 with challenges, or 400.
    #[must_use]
    pub fn status(&self, challenger: Challenger) -> StatusCode {
        match self {
            Refusal::Malformed(_) => StatusCode::BAD_REQUEST,
            Refusal::Missing | Refusal::NotOffered | Refusal::Stale | Refusal::Wrong => {
                challenger.status()
            }
        }
    }
}

/// What is wrong with credentials (RFC 7616 section 3.4).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Defect {
    /// The header field cannot be read.
    #[error("{0}")]
    Header(#[from] ParseError),
    /// `nc` is missing, is not eight hexadecimal digits, or is 0.
    #[error("`nc` does not count the uses of the nonce")]
    NonceCount,
    /// `cnonce` is missing.
    #[error("there is no `cnonce`")]
    ClientNonce,
    /// `response` is not as many hexadecimal digits as the algorithm gives.
    #[error("`response` is no digest of that algorithm")]
    Response,
    /// `uri` is not the Request-URI, see [`UriRule`](super::UriRule).
    #[error("`uri` is not the Request-URI")]
    Uri,
    /// There is both a `username` and a `username*`, or the latter is not
    /// UTF-8 as RFC 8187 writes it, or is said to be hashed.
    #[error("the user's name cannot be read")]
    UserName,
}
