//! Runs a batch of the case named by its index, for callgrind to count.

use callwright_bench::measure::instructions::{TIMES, batch};
use callwright_bench::measure::warm_up;
use callwright_bench::{Message, cases, parsers};

fn main() {
    let index = std::env::args().nth(1).and_then(|index| index.parse().ok());
    let index: usize = index.expect("the argument is the index of a case");
    let (messages, parsers) = (Message::all(), parsers::all());
    let case = cases(&messages, &parsers)[index];
    let mut out = Vec::new();
    let mut work = || {
        let _ = std::hint::black_box(case.run(&mut out));
    };
    warm_up(&mut work);
    batch(TIMES, &mut work);
}
