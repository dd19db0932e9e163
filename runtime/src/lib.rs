//! What every Callwright crate stands on.
//!
//! Callwright's protocol machines are plain values without sockets, tasks, clocks
//! or a global random source. What they would ask of those they are given:
//!
//! - the moment, a [`Time`]: a number of nanoseconds that a test may choose and
//!   one machine may send to another;
//! - randomness, a [`Random`] grown from a [`Seed`]: the same seed replays the
//!   same run, to the octet on the wire. Identifiers are [`Token`]s drawn from it.
//!
//! ```
//! use callwright_runtime::{Random, Seed, Time};
//! use std::time::Duration;
//!
//! let mut random = Random::new(Seed::from_u64(1)); // run 1, again and again
//! let call_id = random.token(128);
//! assert_eq!(call_id.len(), 26);
//!
//! let now = Time::ZERO;
//! let deadline = now + Duration::from_secs(32);
//! assert!(now < deadline);
//! ```

// `deny`, not `forbid`: the batched sockets that will live in this crate need
// `unsafe` for the system calls that the standard library does not offer, and
// a block that states its reason must be able to lift this for itself.
#![deny(unsafe_code)]

mod random;
mod seed;
mod time;
mod token;

pub use random::Random;
pub use seed::Seed;
pub use time::Time;
pub use token::Token;

/// The README's example, so that it cannot drift from the code.
#[cfg(all(doctest, feature = "os"))]
#[doc = include_str!("../README.md")]
struct Readme;
