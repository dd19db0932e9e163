//! Instructions executed, counted by callgrind.
//!
//! callgrind collects only inside [`batch`], so start-up does not count. Each
//! case has a process of its own: what ran before it would leave a heap with
//! other holes, which is worth a few instructions in a hundred.

use std::process::Command;
use std::{fs, io, process};

/// How often a batch does its work; the count is divided by it.
pub const TIMES: u32 = 100;

/// How callgrind knows [`batch`].
const BATCH: &str = concat!(module_path!(), "::batch");

/// Does the work so many times. All that callgrind counts: a program under
/// callgrind calls it once, after a [`warm_up`](super::warm_up).
#[inline(never)]
pub fn batch(times: u32, work: &mut dyn FnMut()) {
    for _ in 0..times {
        work();
    }
}

/// Instructions of the one batch that a program, built beside this one, runs.
///
/// # Errors
/// If valgrind or the program is missing or fails.
pub fn of(program: &str, arguments: &[String]) -> io::Result<u64> {
    let profile = std::env::temp_dir().join(format!("callwright-bench.{}", process::id()));
    super::finish(
        Command::new("valgrind")
            .args(["--tool=callgrind", "--collect-atstart=no"])
            .arg(format!("--toggle-collect={BATCH}"))
            .arg(format!("--callgrind-out-file={}", profile.display()))
            .arg(super::sibling(program)?)
            .args(arguments),
    )?;
    let written = fs::read_to_string(&profile)?;
    fs::remove_file(&profile)?;
    let total = written
        .lines()
        .find_map(|line| line.strip_prefix("totals: "))
        .and_then(|total| total.trim().parse().ok())
        .filter(|total| *total > 0);
    total.ok_or_else(|| io::Error::other("callgrind has counted nothing"))
}
