//! Where a run's randomness begins.

use std::fmt;

/// The 32 octets (256 bits) from which everything random in a run is derived.
///
/// The same seed and the same input give the same tags, branches and call
/// identifiers, hence the same octets on the wire: that is how a run is
/// replayed. Who knows the seed of a live server can therefore predict them
/// too, so a seed is a secret: its `Debug` form does not show it, and a server
/// takes a fresh one from the operating system ([`Seed::from_os`]).
///
/// ```
/// use callwright_runtime::{Random, Seed};
///
/// let mut one = Random::new(Seed::from_u64(7));
/// let mut same = Random::new(Seed::from_u64(7));
/// assert_eq!(one.next_u64(), same.next_u64());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; Self::LEN]);

impl Seed {
    /// How many octets a seed has.
    pub const LEN: usize = 32;

    /// A seed of octets that come from elsewhere: a configuration, a recorded
    /// run, another node. They are used as they are; 32 octets that an attacker
    /// cannot guess are the caller's to find.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// A seed named by a number, for tests and simulations: run 1, run 2 …
    ///
    /// Never for a live server: 64 bits that somebody chose can be tried out.
    #[must_use]
    pub fn from_u64(number: u64) -> Self {
        let mut bytes = [0; Self::LEN];
        if let Some(head) = bytes.first_chunk_mut() {
            *head = number.to_le_bytes();
        }
        Self(bytes)
    }

    /// A fresh, secret seed from the operating system's generator.
    ///
    /// Needs the feature `os`, on by default. It waits, early in the boot of a machine, until that generator is ready.
    ///
    /// # Errors
    ///
    /// The operating system's own error, if it has no generator or denies it.
    #[cfg(feature = "os")]
    pub fn from_os() -> std::io::Result<Self> {
        let mut bytes = [0; Self::LEN];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The octets, to write the seed down so that the run can be repeated.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}

/// Without the octets: whoever reads a log must not be able to predict the run.
impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_written_down_reads_back_the_same() {
        let seed = Seed::from_bytes(std::array::from_fn(|i| i as u8));
        assert_eq!(Seed::from_bytes(*seed.as_bytes()), seed);
    }

    #[test]
    fn numbers_give_different_seeds() {
        assert_ne!(Seed::from_u64(1), Seed::from_u64(2));
        assert_ne!(Seed::from_u64(1), Seed::from_u64(1 << 32));
    }

    #[test]
    fn a_log_does_not_show_the_seed() {
        assert_eq!(format!("{:?}", Seed::from_u64(7)), "Seed(..)");
    }

    #[cfg(feature = "os")]
    #[test]
    fn the_operating_system_gives_a_new_seed_each_time() {
        let (one, two) = (Seed::from_os().unwrap(), Seed::from_os().unwrap());
        assert_ne!(one, two);
        assert_ne!(one, Seed::from_u64(0));
    }
}
