//! What must hold for every input, checked: each target in `fuzz_targets/`
//! hands its octets to the check of the same name here.
//!
//! A check panics where a promise of `sip-core` is broken. The promises are
//! the documentation's; where one is hard to see in the code, it is named
//! beside the assertion. The tests here write the seeds from which fuzzing
//! starts (`fuzz/seeds/`), see [`seeds`].
#![forbid(unsafe_code)]

mod configs;
mod edit;
mod header;
mod look;
mod message;
mod multipart;
mod stream;
mod uri;

#[cfg(test)]
mod seeds;

pub use edit::check as edit;
pub use header::check as header;
pub use message::check as datagram;
pub use multipart::check as multipart;
pub use stream::check as stream;
pub use uri::check as uri;
