//! What a client answers with.

use std::fmt;

use super::algorithm::HashFunction;
use super::ha1::Ha1;

/// Who a client is in a realm, and what it proves that with: a password, or
/// what stands for it (RFC 3261 section 22.1). `Debug` shows the user alone.
///
/// ```
/// use sip_core::auth::{Ha1, HashFunction, Login};
/// let typed = Login::password("bob", "zanzibar");
/// let kept = Login::ha1("bob", [Ha1::new(HashFunction::Md5, "bob", "biloxi.com", "zanzibar")]);
/// assert_eq!(format!("{typed:?}"), "Login { user: \"bob\", .. }");
/// # let _ = kept;
/// ```
#[derive(Clone)]
pub struct Login {
    user: Vec<u8>,
    secret: Secret,
}

#[derive(Clone)]
enum Secret {
    Password(Vec<u8>),
    Ha1(Vec<Ha1>),
}

impl Login {
    /// That user, with a password. It is not kept longer than it takes to hash
    /// it.
    #[must_use]
    pub fn password(user: impl AsRef<[u8]>, password: impl AsRef<[u8]>) -> Login {
        Login {
            user: user.as_ref().to_vec(),
            secret: Secret::Password(password.as_ref().to_vec()),
        }
    }

    /// That user, with a hash made for this realm for each hash function that
    /// is to be used.
    #[must_use]
    pub fn ha1(user: impl AsRef<[u8]>, hashes: impl IntoIterator<Item = Ha1>) -> Login {
        Login {
            user: user.as_ref().to_vec(),
            secret: Secret::Ha1(hashes.into_iter().collect()),
        }
    }

    /// The same without the password, for the realm of a challenge.
    pub(super) fn into_keys(self, realm_sent: &[u8]) -> Keys {
        let hashes = match self.secret {
            Secret::Ha1(hashes) => hashes,
            Secret::Password(password) => HashFunction::ALL
                .into_iter()
                .map(|function| Ha1::of_sent(function, &self.user, realm_sent, &password))
                .collect(),
        };
        Keys {
            user: self.user,
            hashes,
        }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = String::from_utf8_lossy(&self.user);
        f.debug_struct("Login")
            .field("user", &user)
            .finish_non_exhaustive()
    }
}

/// A user, and the hashes that stand for his password.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub(super) user: Vec<u8>,
    hashes: Vec<Ha1>,
}

impl Keys {
    pub(super) fn find(&self, function: HashFunction) -> Option<&Ha1> {
        self.hashes
            .iter()
            .find(|ha1| ha1.hash_function() == function)
    }
}
