//! Nanoseconds, by rounds in which all parsers take turns.

use std::time::{Duration, Instant};

use crate::Case;

/// Rounds that a median is taken of.
const ROUNDS: usize = 15;
/// How long one parser's turn in a round should last.
const TURN: Duration = Duration::from_millis(4);

/// Median time of each case, in nanoseconds.
///
/// A round gives every case one turn, and each round begins with another case,
/// so that a change of the machine's pace falls on all of them alike. Give it
/// the cases that are to be compared with each other.
pub fn of(cases: &[Case<'_>]) -> Vec<f64> {
    let mut out = Vec::new();
    let times: Vec<u32> = cases
        .iter()
        .map(|case| fill_a_turn(case, &mut out))
        .collect();
    let mut measured = vec![Vec::with_capacity(ROUNDS); cases.len()];
    for round in 0..ROUNDS {
        for turn in 0..cases.len() {
            let at = (round + turn) % cases.len();
            let elapsed = turn_of(&cases[at], times[at], &mut out);
            measured[at].push(elapsed.as_nanos() as f64 / f64::from(times[at]));
        }
    }
    measured.into_iter().map(median).collect()
}

fn turn_of(case: &Case<'_>, times: u32, out: &mut Vec<u8>) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        // The outcome was checked before: what counts here is its cost.
        let _ = std::hint::black_box(case.run(out));
    }
    start.elapsed()
}

/// How often the case has to be done to last a turn. Warms it up as well.
fn fill_a_turn(case: &Case<'_>, out: &mut Vec<u8>) -> u32 {
    let mut times = 64;
    loop {
        let elapsed = turn_of(case, times, out);
        if elapsed >= TURN / 4 {
            let wanted = TURN.as_secs_f64() / elapsed.as_secs_f64();
            return (f64::from(times) * wanted).ceil() as u32;
        }
        times *= 2;
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
