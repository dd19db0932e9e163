//! Random text for identifiers, without an allocation.

use std::fmt;
use std::ops::Deref;

const BITS_PER_CHARACTER: u32 = 5;
const MAX_LEN: usize = Token::MAX_BITS.div_ceil(BITS_PER_CHARACTER) as usize;
/// How many whole characters 64 random bits yield.
const CHARACTERS_PER_WORD: usize = (u64::BITS / BITS_PER_CHARACTER) as usize;

/// A random identifier as text: letters `a`–`z` and digits `2`–`7`.
///
/// Each character carries 5 bits (the alphabet of base 32, RFC 4648 section 6,
/// in lower case), so 64 bits take 13 characters and 128 bits take 26. There is
/// only one case because SIP compares most tokens without regard to it, and
/// every character may stand anywhere: in a SIP token, a URI, a file name.
///
/// It is a plain value of fixed size that reads as a [`str`]; made by
/// [`Random::token`](crate::Random::token).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Zero after the first `len` octets, so that equality may be derived.
    text: [u8; MAX_LEN],
    len: u8,
}

impl Token {
    /// The most random bits that a token carries; as many as a
    /// [`Seed`](crate::Seed) has.
    pub const MAX_BITS: u32 = 256;

    /// A token of at least `bits` bits (at least one character, at most
    /// [`Token::MAX_BITS`]) taken from `next_word`.
    pub(crate) fn random(bits: u32, mut next_word: impl FnMut() -> u64) -> Self {
        let len = bits.clamp(1, Self::MAX_BITS).div_ceil(BITS_PER_CHARACTER) as u8;
        let mut text = [0; MAX_LEN];
        let used = text.get_mut(..usize::from(len)).unwrap_or_default();
        for characters in used.chunks_mut(CHARACTERS_PER_WORD) {
            let mut word = next_word();
            for character in characters {
                *character = base32(word);
                word >>= BITS_PER_CHARACTER;
            }
        }
        Self { text, len }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The text's octets, all of them ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.text.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// The character for the lowest five bits.
fn base32(word: u64) -> u8 {
    let value = (word & 0x1f) as u8;
    let offset = if value < 26 { b'a' } else { b'2' - 26 };
    value.wrapping_add(offset)
}

impl Deref for Token {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Token {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<[u8]> for Token {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({self})")
    }
}

#[cfg(test)]
mod tests {
    use crate::{Random, Seed, Token};
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn random() -> Random {
        Random::new(Seed::from_u64(1))
    }

    #[test]
    fn five_bits_make_a_character() {
        for (bits, characters) in [(1, 1), (5, 1), (6, 2), (32, 7), (64, 13), (128, 26)] {
            assert_eq!(random().token(bits).len(), characters, "{bits} bits");
        }
    }

    #[test]
    fn no_token_is_empty_and_none_is_longer_than_the_seed() {
        assert_eq!(random().token(0).len(), 1);
        assert_eq!(random().token(Token::MAX_BITS).len(), 52);
        assert_eq!(random().token(u32::MAX).len(), 52);
    }

    #[test]
    fn the_alphabet_is_used_whole() {
        let mut random = random();
        let seen: HashSet<u8> = (0..100)
            .flat_map(|_| random.token(128).as_bytes().to_vec())
            .collect();
        let alphabet: HashSet<u8> = (b'a'..=b'z').chain(b'2'..=b'7').collect();
        assert_eq!(seen, alphabet);
    }

    #[test]
    fn every_character_position_varies() {
        let mut random = random();
        let tokens: Vec<_> = (0..50).map(|_| random.token(256)).collect();
        for position in 0..52 {
            let seen: HashSet<u8> = tokens.iter().map(|t| t.as_bytes()[position]).collect();
            assert!(seen.len() > 10, "position {position}: {seen:?}");
        }
    }

    #[test]
    fn reads_as_text() {
        let token = random().token(64);
        let text: &str = &token;
        assert_eq!(text, token.to_string());
        assert_eq!(format!("{token:>15}"), format!("  {text}"));
        assert_eq!(format!("{token:?}"), format!("Token({text})"));
    }

    proptest! {
        #[test]
        fn a_token_has_the_bits_asked_for_and_is_ascii(seed in any::<u64>(), bits in 0..300_u32) {
            let token = Random::new(Seed::from_u64(seed)).token(bits);
            prop_assert_eq!(token.len(), bits.clamp(1, Token::MAX_BITS).div_ceil(5) as usize);
            prop_assert!(token.bytes().all(|c| c.is_ascii_lowercase() || (b'2'..=b'7').contains(&c)));
        }
    }
}
