//! What stands for a password.

use std::fmt;

use super::algorithm::{HashFunction, Output};
use super::text::escaped;

/// The hash of user, realm and password (RFC 7616 section 3.4.2: the hash of
/// A1): all that a server needs to check an answer, and a client to give one.
///
/// A store keeps these in place of passwords, one for each hash function that
/// its realm offers ([`HashFunction::ALL`]): from the one for MD5 none for
/// SHA-256 can be made. Whoever has one can answer challenges of that realm, so
/// it is a secret all the same; `Debug` does not show it, and comparing two
/// takes the same time wherever they differ.
///
/// ```
/// use sip_core::auth::{Ha1, HashFunction};
/// let ha1 = Ha1::new(HashFunction::Md5, "bob", "biloxi.com", "zanzibar");
/// assert_eq!(ha1.to_hex(), "12af60467a33e8518da5c68bbff12b11");
/// assert_eq!(Ha1::from_hex(HashFunction::Md5, ha1.to_hex())?, ha1);
/// assert_eq!(format!("{ha1:?}"), "Ha1(Md5, ..)");
/// # Ok::<(), sip_core::auth::NotHa1>(())
/// ```
#[derive(Clone)]
pub struct Ha1 {
    function: HashFunction,
    output: Output,
}

impl Ha1 {
    /// The hash for that user, realm and password, as people would write them.
    ///
    /// Where user or realm holds a quote or a backslash, what is hashed is the
    /// form with a backslash before it, which is what a message carries in
    /// quotes (RFC 7616 section 3.4, `unq`). Letters beyond ASCII are hashed
    /// as they are given: in UTF-8, unless a peer wants it otherwise.
    #[must_use]
    pub fn new(
        function: HashFunction,
        user: impl AsRef<[u8]>,
        realm: impl AsRef<[u8]>,
        password: impl AsRef<[u8]>,
    ) -> Ha1 {
        let realm = escaped(realm.as_ref());
        Ha1::of_sent(function, user.as_ref(), &realm, password.as_ref())
    }

    /// The same where the realm stands as a challenge has it, escapes and all.
    pub(super) fn of_sent(
        function: HashFunction,
        user: &[u8],
        realm_sent: &[u8],
        password: &[u8],
    ) -> Ha1 {
        let user = escaped(user);
        Ha1 {
            function,
            output: function.hash(&[&user, b":", realm_sent, b":", password]),
        }
    }

    /// The hash that these hexadecimal digits stand for, in either case.
    ///
    /// # Errors
    /// [`NotHa1`] where they are not 32 (MD5) or 64 digits.
    pub fn from_hex(function: HashFunction, digits: impl AsRef<[u8]>) -> Result<Ha1, NotHa1> {
        match Output::from_hex(function, digits.as_ref()) {
            Some(output) => Ok(Ha1 { function, output }),
            None => Err(NotHa1 { function }),
        }
    }

    /// The hexadecimal digits, in lower case, to be kept in a store. They are
    /// as secret as a password.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.output.hex().as_str().to_owned()
    }

    /// The hash function that it was made with.
    #[must_use]
    pub fn hash_function(&self) -> HashFunction {
        self.function
    }

    pub(super) fn output(&self) -> &Output {
        &self.output
    }

    /// One that no password gives, to compute with where there is none.
    pub(super) fn nobody(function: HashFunction) -> Ha1 {
        Ha1 {
            function,
            output: function.hash(&[]),
        }
    }
}

impl PartialEq for Ha1 {
    fn eq(&self, other: &Ha1) -> bool {
        self.function == other.function && bool::from(self.output.same(&other.output))
    }
}

impl Eq for Ha1 {}

impl fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ha1({:?}, ..)", self.function)
    }
}

/// What was read is no [`Ha1`]: not the hexadecimal digits that its hash
/// function gives (RFC 7616 section 3.4.2). It does not say what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {} hexadecimal digits", .function.octets().saturating_mul(2))]
pub struct NotHa1 {
    /// The hash function that was named.
    pub function: HashFunction,
}

/// The hash that stands in place of a user's name where both sides like to
/// hide it (`userhash`, RFC 7616 section 3.4.4), in hexadecimal digits. A
/// store that allows it keeps it beside the user, to find him by.
///
/// ```
/// use sip_core::auth::{HashFunction, user_hash};
/// assert!(user_hash(HashFunction::Sha512_256, "Jäsøn Doe", "api@example.org")
///     .starts_with("793263caabb707a5"));
/// ```
#[must_use]
pub fn user_hash(
    function: HashFunction,
    user: impl AsRef<[u8]>,
    realm: impl AsRef<[u8]>,
) -> String {
    let (user, realm) = (escaped(user.as_ref()), escaped(realm.as_ref()));
    let output = function.hash(&[&user, b":", &realm]);
    output.hex().as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_hashed_as_a_message_carries_them() {
        let plain = Ha1::new(HashFunction::Sha256, "a\"b", "c\\d", "e\"f");
        let sent = HashFunction::Sha256.hash(&[b"a\\\"b:c\\\\d:e\"f"]);
        assert_eq!(plain.to_hex(), sent.hex().as_str());
    }

    #[test]
    fn nothing_shows_the_hash_but_to_hex() {
        let ha1 = Ha1::new(HashFunction::Sha256, "a", "b", "c");
        let error = Ha1::from_hex(HashFunction::Sha256, "secret").unwrap_err();
        for shown in [format!("{ha1:?}"), format!("{error:?} {error}")] {
            assert!(!shown.contains(&ha1.to_hex()) && !shown.contains("secret"));
        }
        assert_eq!(error.to_string(), "not 64 hexadecimal digits");
    }

    #[test]
    fn hashes_of_two_functions_are_never_the_same() {
        let digits = "0".repeat(64);
        let one = Ha1::from_hex(HashFunction::Sha256, &digits).unwrap();
        let other = Ha1::from_hex(HashFunction::Sha512_256, &digits).unwrap();
        assert_ne!(one, other);
        assert!(Ha1::from_hex(HashFunction::Md5, &digits).is_err());
    }
}
