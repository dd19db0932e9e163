//! The one source of randomness, replayable from its seed.

use std::fmt;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::{Seed, Token};

/// A random generator that gives the same values again for the same [`Seed`].
///
/// It is the key stream of ChaCha20 (RFC 8439's cipher with the original
/// 64-bit nonce and counter), so nobody can tell what comes next, or what came
/// before, from what was seen on the wire: good enough for tags, branches,
/// SSRCs, nonces and keys. There is no global generator: each shard, endpoint
/// or test owns one, and gives its parts their own by [`fork`](Self::fork).
///
/// It cannot be cloned: the copy would give out the same "unique" identifiers.
///
/// ```
/// use callwright_runtime::{Random, Seed};
///
/// let root = Random::new(Seed::from_u64(1));
/// let mut calls = root.fork("calls");
/// let mut media = root.fork("media");
///
/// let tag = calls.token(64);
/// assert_eq!(tag.len(), 13);
/// let ssrc = media.next_u32();
/// # let _ = ssrc;
/// ```
pub struct Random(ChaCha20Rng);

impl Random {
    /// The generator that starts from this seed.
    #[must_use]
    pub fn new(seed: Seed) -> Self {
        Self(ChaCha20Rng::from_seed(*seed.as_bytes()))
    }

    /// A generator of its own for the part of the program named by `label`,
    /// independent of this one and of those with other labels.
    ///
    /// It depends on the seed and the label alone, not on what was drawn
    /// before: a new part that draws numbers does not change what the others
    /// get, so recorded runs stay valid. For the same reason the same label
    /// gives **the same generator again**: name each part once. Parts that are
    /// counted take their number as label: `fork(index.to_be_bytes())`.
    #[must_use]
    pub fn fork(&self, label: impl AsRef<[u8]>) -> Self {
        Self::new(child_seed(self.0.get_seed(), label.as_ref()))
    }

    /// The next 32 bits.
    #[must_use]
    pub fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// The next 64 bits.
    #[must_use]
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Fills the whole buffer.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        self.0.fill_bytes(buffer);
    }

    /// A text that is random in at least `bits` bits, to be used as an
    /// identifier; see [`Token`] for what it is made of.
    ///
    /// Choose `bits` by who must not guess it or meet it twice: RFC 3261 19.3
    /// demands at least 32 bits for a tag, and Callwright takes 64; a Call-ID
    /// or branch, unique over all machines and years (RFC 3261 8.1.1.4,
    /// 8.1.1.7), takes 128. More than [`Token::MAX_BITS`] gives just those:
    /// the seed holds no more. 0 gives one character, since no identifier is
    /// empty.
    #[must_use]
    pub fn token(&mut self, bits: u32) -> Token {
        Token::random(bits, || self.next_u64())
    }
}

/// Without its state: whoever reads a log must not be able to predict the run.
impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(..)")
    }
}

/// Derives the seed for `label` from its parent's.
///
/// ChaCha20 keyed with a seed is a pseudo-random function of its 64-bit nonce.
/// Feeding the label through a chain of them, eight octets at a time, gives one
/// of the whole label, provided that no encoded label is the beginning of
/// another: so its length comes first. That first word is never 0, the nonce
/// whose key stream the parent itself gives out.
fn child_seed(parent: [u8; Seed::LEN], label: &[u8]) -> Seed {
    const NOT_THE_PARENTS_STREAM: u64 = 1 << 63;

    let mut seed = keyed_block(parent, NOT_THE_PARENTS_STREAM | label.len() as u64);
    for chunk in label.chunks(8) {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        seed = keyed_block(seed, u64::from_le_bytes(word));
    }
    Seed::from_bytes(seed)
}

/// The first 32 octets of the key stream for this key and nonce.
fn keyed_block(key: [u8; Seed::LEN], nonce: u64) -> [u8; Seed::LEN] {
    let mut stream = ChaCha20Rng::from_seed(key);
    stream.set_stream(nonce);
    let mut block = [0; Seed::LEN];
    stream.fill_bytes(&mut block);
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn numbers(mut random: Random) -> [u64; 4] {
        std::array::from_fn(|_| random.next_u64())
    }

    /// A changed generator would silently make every recorded run worthless.
    /// The expected octets are the published ChaCha20 key stream for an
    /// all-zero key and nonce.
    #[test]
    fn the_values_are_those_of_chacha20_on_every_machine() {
        let mut bytes = [0; 16];
        Random::new(Seed::from_bytes([0; 32])).fill(&mut bytes);
        assert_eq!(
            bytes,
            [
                0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90, 0x40, 0x5d, 0x6a, 0xe5, 0x53, 0x86,
                0xbd, 0x28
            ]
        );
    }

    #[test]
    fn the_same_seed_replays_the_same_values() {
        let run = || numbers(Random::new(Seed::from_u64(42)));
        assert_eq!(run(), run());
        assert_ne!(run(), numbers(Random::new(Seed::from_u64(43))));
    }

    #[test]
    fn a_fork_does_not_depend_on_what_was_drawn_before() {
        let mut root = Random::new(Seed::from_u64(1));
        let before = numbers(root.fork("media"));
        let _ = root.next_u32();
        assert_eq!(numbers(root.fork("media")), before);
    }

    #[test]
    fn forks_differ_from_their_parent_and_from_each_other() {
        let root = Random::new(Seed::from_u64(1));
        let labels: [&[u8]; 12] = [
            b"",
            b"\0",
            b"\0\0",
            b"a",
            b"b",
            b"a\0",
            b"12345678",
            b"12345678\0",
            b"1234567812345678",
            b"\x01\0\0\0\0\0\0\0",
            &[0; 8],
            &[0; 16],
        ];
        let mut seen: HashSet<_> = labels.iter().map(|l| numbers(root.fork(l))).collect();
        seen.insert(numbers(root.fork("a").fork("b")));
        seen.insert(numbers(root.fork("b").fork("a")));
        seen.insert(numbers(root.fork("ab")));
        seen.insert(numbers(root));
        assert_eq!(seen.len(), labels.len() + 4);
    }

    /// Seeds derived by another rule would also make recorded runs worthless.
    #[test]
    fn the_rule_that_derives_forks_is_fixed() {
        let mut fork = Random::new(Seed::from_u64(1)).fork("media session");
        assert_eq!(fork.next_u64(), 0xa9cc_b975_caa2_5fa8);
    }

    #[test]
    fn a_log_does_not_show_the_state() {
        assert_eq!(
            format!("{:?}", Random::new(Seed::from_u64(7))),
            "Random(..)"
        );
    }
}
