//! The algorithms of digests, and what their hash functions give.

use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};
use subtle::{Choice, ConstantTimeEq};

use crate::header::DigestAlgorithm;

/// A hash function that digests are made with (RFC 7616 section 6.1, RFC 8760
/// section 2.1). An [`Ha1`](super::Ha1) belongs to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HashFunction {
    /// MD5: 128 bits, 32 hexadecimal digits. It is what every phone knows.
    Md5,
    /// SHA2-256: 256 bits, 64 hexadecimal digits.
    Sha256,
    /// SHA2-512 cut to 256 bits (SHA-512/256): 64 hexadecimal digits.
    Sha512_256,
}

impl HashFunction {
    /// All of them, the strongest first.
    pub const ALL: [HashFunction; 3] = [
        HashFunction::Sha512_256,
        HashFunction::Sha256,
        HashFunction::Md5,
    ];

    /// The octets of an output: 16 or 32.
    #[must_use]
    pub const fn octets(self) -> usize {
        match self {
            HashFunction::Md5 => 16,
            HashFunction::Sha256 | HashFunction::Sha512_256 => 32,
        }
    }

    /// The hash of the parts as if they were one.
    pub(super) fn hash(self, parts: &[&[u8]]) -> Output {
        match self {
            HashFunction::Md5 => hash_with::<Md5>(parts),
            HashFunction::Sha256 => hash_with::<Sha256>(parts),
            HashFunction::Sha512_256 => hash_with::<Sha512_256>(parts),
        }
    }
}

fn hash_with<D: Digest>(parts: &[&[u8]]) -> Output {
    let mut hasher = D::new();
    for part in parts {
        hasher.update(part);
    }
    Output::new(&hasher.finalize())
}

/// How a digest is made: a hash function, and whether over a session's key
/// (RFC 7616 section 3.4.2, RFC 8760 section 2.1).
///
/// [`DigestAlgorithm`] is the word that names it in a message, which may also
/// be one that nothing here can compute.
///
/// ```
/// use sip_core::auth::Algorithm;
/// use sip_core::header::DigestAlgorithm;
/// assert_eq!(Algorithm::of(&DigestAlgorithm::from("sha-256")), Some(Algorithm::Sha256));
/// assert_eq!(Algorithm::of(&DigestAlgorithm::AKA_V1_MD5), None);
/// assert_eq!(Algorithm::Md5Sess.name(), DigestAlgorithm::MD5_SESS);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// `MD5`, meant where no algorithm is named.
    Md5,
    /// `MD5-sess`.
    Md5Sess,
    /// `SHA-256`.
    Sha256,
    /// `SHA-256-sess`.
    Sha256Sess,
    /// `SHA-512-256`.
    Sha512_256,
    /// `SHA-512-256-sess`.
    Sha512_256Sess,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Algorithm; 6] = [
        Algorithm::Md5,
        Algorithm::Md5Sess,
        Algorithm::Sha256,
        Algorithm::Sha256Sess,
        Algorithm::Sha512_256,
        Algorithm::Sha512_256Sess,
    ];

    /// The algorithm of that name, unless it is one that nothing here can
    /// compute.
    #[must_use]
    pub fn of(name: &DigestAlgorithm<'_>) -> Option<Algorithm> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == *name)
    }

    /// Its name in a message.
    #[must_use]
    pub const fn name(self) -> DigestAlgorithm<'static> {
        match self {
            Algorithm::Md5 => DigestAlgorithm::MD5,
            Algorithm::Md5Sess => DigestAlgorithm::MD5_SESS,
            Algorithm::Sha256 => DigestAlgorithm::SHA_256,
            Algorithm::Sha256Sess => DigestAlgorithm::SHA_256_SESS,
            Algorithm::Sha512_256 => DigestAlgorithm::SHA_512_256,
            Algorithm::Sha512_256Sess => DigestAlgorithm::SHA_512_256_SESS,
        }
    }

    /// Its hash function.
    #[must_use]
    pub const fn hash_function(self) -> HashFunction {
        match self {
            Algorithm::Md5 | Algorithm::Md5Sess => HashFunction::Md5,
            Algorithm::Sha256 | Algorithm::Sha256Sess => HashFunction::Sha256,
            Algorithm::Sha512_256 | Algorithm::Sha512_256Sess => HashFunction::Sha512_256,
        }
    }

    /// Whether the key is that of a session, made of both sides' nonces.
    #[must_use]
    pub const fn is_session(self) -> bool {
        matches!(
            self,
            Algorithm::Md5Sess | Algorithm::Sha256Sess | Algorithm::Sha512_256Sess
        )
    }
}

/// What a hash function gave: 16 or 32 octets. Some are secret, so there is no
/// `Debug`, and comparing takes the same time whatever they are.
#[derive(Clone, Copy)]
pub(super) struct Output {
    octets: [u8; 32],
    len: usize,
}

impl Output {
    fn new(octets: &[u8]) -> Output {
        let mut output = Output {
            octets: [0; 32],
            len: octets.len().min(32),
        };
        for (to, from) in output.octets.iter_mut().zip(octets) {
            *to = *from;
        }
        output
    }

    /// The output that these digits stand for, in either case, if they are as
    /// many as the function gives.
    pub(super) fn from_hex(function: HashFunction, digits: &[u8]) -> Option<Output> {
        let mut octets = [0; 32];
        let octets = octets.get_mut(..function.octets())?;
        decode_hex(digits, octets)?;
        Some(Output::new(octets))
    }

    pub(super) fn hex(&self) -> Hex {
        let mut hex = Hex {
            digits: [0; 64],
            len: self.len.saturating_mul(2),
        };
        for (to, octet) in hex.digits.chunks_exact_mut(2).zip(self.octets) {
            for (to, half) in to.iter_mut().zip([octet >> 4, octet & 0xf]) {
                *to = hex_digit(half);
            }
        }
        hex
    }

    pub(super) fn same(&self, other: &Output) -> Choice {
        self.octets.ct_eq(&other.octets) & (self.len as u64).ct_eq(&(other.len as u64))
    }
}

/// The digits of an [`Output`], in lower case (`LHEX`, RFC 3261 section 25.1).
pub(super) struct Hex {
    digits: [u8; 64],
    len: usize,
}

impl Hex {
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.digits.get(..self.len).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

/// The digit of a number below 16, without a table: what is looked up in one
/// leaves its traces in the cache.
pub(super) fn hex_digit(half: u8) -> u8 {
    let letter = 9_u8.wrapping_sub(half) >> 7; // 1 from ten on
    half.wrapping_add(b'0')
        .wrapping_add(letter.wrapping_mul(b'a' - b'9' - 1))
}

/// Reads just as many digits as fill `out`.
pub(super) fn decode_hex(digits: &[u8], out: &mut [u8]) -> Option<()> {
    if digits.len() != out.len().checked_mul(2)? {
        return None;
    }
    for (pair, to) in digits.chunks_exact(2).zip(out) {
        let mut octet = 0_u8;
        for digit in pair {
            let value = char::from(*digit).to_digit(16)?;
            octet = (octet << 4) | u8::try_from(value).ok()?;
        }
        *to = octet;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_algorithm_is_found_by_its_name() {
        for algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::of(&algorithm.name()), Some(algorithm));
            assert_eq!(algorithm.is_session(), algorithm.name().is_session());
        }
        assert_eq!(Algorithm::of(&DigestAlgorithm::from("token")), None);
    }

    /// From FIPS 180-4's examples and RFC 1321 appendix A.5.
    #[test]
    fn the_hash_functions_are_the_ones_that_are_meant() {
        for (function, hex) in [
            (HashFunction::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (
                HashFunction::Sha256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                HashFunction::Sha512_256,
                "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
            ),
        ] {
            let output = function.hash(&[b"a", b"", b"bc"]);
            assert_eq!(output.hex().as_str(), hex);
            let upper = hex.to_ascii_uppercase();
            let read = Output::from_hex(function, upper.as_bytes()).unwrap();
            assert!(bool::from(read.same(&output)));
            assert!(Output::from_hex(function, &hex.as_bytes()[1..]).is_none());
            assert!(Output::from_hex(function, upper.replace('F', "G").as_bytes()).is_none());
        }
    }

    #[test]
    fn outputs_of_different_lengths_differ() {
        let (short, long) = (Output::new(&[0; 16]), Output::new(&[0; 32]));
        assert!(!bool::from(short.same(&long)));
    }
}
