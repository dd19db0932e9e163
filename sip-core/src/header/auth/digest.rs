//! Digest: what challenges, credentials and confirmations say of it in the same
//! words (RFC 7616).

use super::AuthParams;
use crate::header::shapes::keyword;

/// The name of the Digest scheme (RFC 3261 section 22.4).
pub(super) const DIGEST: &str = "Digest";

keyword! {
    /// The hash of a digest (RFC 8760 section 2.1, RFC 7616 section 6.1).
    ///
    /// ```
    /// use sip_core::header::DigestAlgorithm;
    /// assert_eq!(DigestAlgorithm::from("sha-256"), DigestAlgorithm::SHA_256);
    /// assert!(DigestAlgorithm::MD5_SESS.is_session());
    /// ```
    DigestAlgorithm {
        /// MD5, which is meant where no algorithm is named.
        MD5 = "MD5";
        /// MD5 over a session's key.
        MD5_SESS = "MD5-sess";
        /// SHA2-256.
        SHA_256 = "SHA-256";
        /// SHA2-256 over a session's key.
        SHA_256_SESS = "SHA-256-sess";
        /// SHA2-512 cut to 256 bits.
        SHA_512_256 = "SHA-512-256";
        /// SHA2-512 cut to 256 bits, over a session's key.
        SHA_512_256_SESS = "SHA-512-256-sess";
        /// AKA version 1 with MD5 (RFC 3310 section 3.1).
        AKA_V1_MD5 = "AKAv1-MD5";
    }
}

impl DigestAlgorithm<'_> {
    /// Whether the key is that of a session, made of both sides' nonces once
    /// and kept (RFC 7616 section 3.4.2).
    #[must_use]
    pub fn is_session(&self) -> bool {
        let text = self.text().as_bytes();
        let tail = text.len().saturating_sub(b"-sess".len());
        text.get(tail..)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(b"-sess"))
    }
}

keyword! {
    /// What a digest protects: the quality of protection (RFC 3261
    /// section 22.4, RFC 7616 section 3.3).
    Qop {
        /// Who sent the request, its method and its URI.
        AUTH = "auth";
        /// That and the body.
        AUTH_INT = "auth-int";
    }
}

/// The parameter `nc`: how often the nonce has been used, in eight
/// hexadecimal digits.
pub(super) fn nonce_count(params: &AuthParams<'_>) -> Option<u32> {
    let value = params.value("nc")?;
    let digits = value.to_str().ok()?;
    let sound = digits.len() == 8 && digits.bytes().all(|octet| octet.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| sound)
}

/// What challenges and credentials have alike.
macro_rules! digest_params {
    ($type:ident) => {
        impl $type<'_> {
            /// The same value with that algorithm. Credentials have the
            /// challenge's.
            #[must_use]
            pub fn with_algorithm(mut self, algorithm: &DigestAlgorithm<'_>) -> Self {
                self.params.set_token("algorithm", algorithm);
                self
            }

            /// The same value with that `opaque`. Credentials have the
            /// challenge's.
            #[must_use]
            pub fn with_opaque(mut self, opaque: &str) -> Self {
                self.params.set_sent("opaque", opaque.as_bytes());
                self
            }

            /// Whether the scheme is Digest.
            #[must_use]
            pub fn is_digest(&self) -> bool {
                self.scheme.eq_ignore_case(DIGEST)
            }

            /// Whether the scheme is Bearer.
            #[must_use]
            pub fn is_bearer(&self) -> bool {
                self.scheme.eq_ignore_case(BEARER)
            }

            /// The protection domain, to be shown to whoever is asked for a
            /// password.
            #[must_use]
            pub fn realm(&self) -> Option<Text<'_>> {
                self.params.value("realm")
            }

            /// The server's nonce, as it was sent.
            #[must_use]
            pub fn nonce(&self) -> Option<Text<'_>> {
                self.params.sent("nonce")
            }

            /// What the challenge asks to have back as it was sent.
            #[must_use]
            pub fn opaque(&self) -> Option<Text<'_>> {
                self.params.sent("opaque")
            }

            /// The algorithm: MD5 where none is named (RFC 7616 section 3.3).
            #[must_use]
            pub fn algorithm(&self) -> DigestAlgorithm<'_> {
                self.params
                    .value("algorithm")
                    .map_or(DigestAlgorithm::MD5, DigestAlgorithm::from)
            }
        }
    };
}

/// What credentials and the confirmation of them have alike.
macro_rules! qop_params {
    ($type:ident) => {
        impl $type<'_> {
            /// The protection that was chosen.
            #[must_use]
            pub fn qop(&self) -> Option<Qop<'_>> {
                self.params.value("qop").map(Qop::from)
            }

            /// The client's nonce, as it was sent.
            #[must_use]
            pub fn cnonce(&self) -> Option<Text<'_>> {
                self.params.sent("cnonce")
            }

            /// How often the nonce has been used, this time included; `None`
            /// also where it is not eight hexadecimal digits.
            #[must_use]
            pub fn nonce_count(&self) -> Option<u32> {
                nonce_count(&self.params)
            }
        }
    };
}

pub(super) use {digest_params, qop_params};
