//! Digest authentication, both sides over messages as they go over the wire
//! (RFC 3261 section 22, RFC 7616, RFC 8760).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

mod attacks;
mod client;
mod exchange;
mod phones;
mod properties;
mod server;

use proptest::test_runner::Config;

/// That many cases of each property. What fails is shown with all it takes to
/// repeat it, so no file is kept.
fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
