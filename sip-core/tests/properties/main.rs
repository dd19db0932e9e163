//! What holds for every message: generated ones, mutated ones, edited ones, and
//! streams of them cut anywhere.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a panic here is the report of a failed test"
)]

mod building;
mod editing;
mod exercise;
mod generate;
mod mutation;
mod round_trip;
mod streaming;

use proptest::test_runner::Config;

/// That many cases of each property. What fails is shown with all it takes to
/// repeat it, so no file is kept.
fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    }
}
