//! Nonces that carry their own proof.

use std::fmt;

use callwright_runtime::{Random, Seed, Time};
use hmac::digest::{FixedOutput, KeyInit, Update};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::algorithm::{decode_hex, hex_digit};

/// Says what is signed, so that the same key may sign other things too.
const LABEL: &[u8] = b"callwright digest nonce 1";
const TIME: usize = 8;
const RANDOM: usize = 8;
const SIGNATURE: usize = 16;
const LEN: usize = TIME + RANDOM + SIGNATURE;

/// Makes nonces and knows its own again: the moment, 64 random bits, and the
/// first 128 bits of an HMAC-SHA256 over both, in 64 hexadecimal digits
/// (RFC 7616 section 3.3 leaves the content to the server). What was given out
/// is not written down, so that asking for nonces costs no memory.
#[derive(Clone)]
pub(super) struct NonceKey {
    /// Has taken in what every nonce of this realm begins with.
    mac: Hmac<Sha256>,
}

/// Which of our nonces it is. They are in the order in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NonceId {
    pub(super) made: Time,
    random: [u8; RANDOM],
}

impl NonceKey {
    /// For that key, whoever asks (a proxy's nonces are not a server's), and
    /// that realm.
    pub(super) fn new(key: &Seed, asker: u8, realm: &[u8]) -> NonceKey {
        let mut block = [0; 64]; // HMAC fills its key with zeros (RFC 2104)
        for (to, from) in block.iter_mut().zip(key.as_bytes()) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        for part in [LABEL, &[asker], &(realm.len() as u64).to_be_bytes(), realm] {
            Update::update(&mut mac, part);
        }
        NonceKey { mac }
    }

    /// A new nonce.
    pub(super) fn make(&self, now: Time, random: &mut Random) -> String {
        let mut id = NonceId {
            made: now,
            random: [0; RANDOM],
        };
        random.fill(&mut id.random);
        let signature = self.sign(&id).finalize_fixed();
        let octets = id.made.as_nanos().to_be_bytes().into_iter();
        let octets = octets
            .chain(id.random)
            .chain(signature.into_iter().take(SIGNATURE));
        octets
            .flat_map(|octet| [octet >> 4, octet & 0xf])
            .map(|half| char::from(hex_digit(half)))
            .collect()
    }

    /// Which of our nonces this is; `None` for one of another's.
    pub(super) fn read(&self, text: &[u8]) -> Option<NonceId> {
        let mut octets = [0; LEN];
        decode_hex(text, &mut octets)?;
        let (time, rest) = octets.split_first_chunk::<TIME>()?;
        let (random, signature) = rest.split_first_chunk::<RANDOM>()?;
        let id = NonceId {
            made: Time::from_nanos(u64::from_be_bytes(*time)),
            random: *random,
        };
        self.sign(&id).verify_truncated_left(signature).ok()?;
        Some(id)
    }

    fn sign(&self, id: &NonceId) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        Update::update(&mut mac, &id.made.as_nanos().to_be_bytes());
        Update::update(&mut mac, &id.random);
        mac
    }
}

impl fmt::Debug for NonceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NonceKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_nanos(1 << 60);

    fn key(number: u64, asker: u8, realm: &str) -> NonceKey {
        NonceKey::new(&Seed::from_u64(number), asker, realm.as_bytes())
    }

    #[test]
    fn a_nonce_is_known_again_by_its_key_alone() {
        let mut random = Random::new(Seed::from_u64(1));
        let nonce = key(1, 0, "pbx").make(NOW, &mut random);
        assert_eq!(nonce.len(), 2 * LEN);
        let id = key(1, 0, "pbx").read(nonce.as_bytes()).unwrap();
        assert_eq!(id.made, NOW);
        for other in [key(2, 0, "pbx"), key(1, 1, "pbx"), key(1, 0, "pb")] {
            assert_eq!(other.read(nonce.as_bytes()), None);
        }
        let later = key(1, 0, "pbx").make(NOW, &mut random);
        assert_ne!(key(1, 0, "pbx").read(later.as_bytes()), Some(id));
    }

    #[test]
    fn whatever_is_changed_makes_it_another_s() {
        let key = key(1, 0, "pbx");
        let nonce = key.make(NOW, &mut Random::new(Seed::from_u64(1)));
        for place in 0..nonce.len() {
            let mut forged = nonce.clone().into_bytes();
            forged[place] = if forged[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(key.read(&forged), None, "{place}");
        }
        for text in ["", "0", &nonce[1..], &format!("{nonce}00"), &"é".repeat(32)] {
            assert_eq!(key.read(text.as_bytes()), None, "{text}");
        }
    }

    /// Computed with Python too: `hmac.new(bytes(32), text, "sha256")`, where
    /// the text is the label, a zero, the length of the realm in eight octets,
    /// the realm, and the first 16 octets of the nonce.
    #[test]
    fn nodes_that_share_a_key_agree_on_what_is_signed() {
        let key = NonceKey::new(&Seed::from_bytes([0; 32]), 0, b"pbx");
        let nonce = key.make(Time::ZERO, &mut Random::new(Seed::from_bytes([0; 32])));
        assert_eq!(
            nonce,
            "000000000000000076b8e0ada0f13d90b2c793157fdcd1b887f96d15bc86ba96"
        );
    }

    #[test]
    fn a_log_does_not_show_the_key() {
        assert_eq!(format!("{:?}", key(7, 0, "pbx")), "NonceKey(..)");
    }
}
