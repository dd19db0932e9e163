//! Does each case named by its index once and prints what it asked of the
//! heap: blocks and octets, a line each.

use std::alloc::System;

use callwright_bench::measure::warm_up;
use callwright_bench::{Message, cases, parsers};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let (messages, parsers) = (Message::all(), parsers::all());
    let cases = cases(&messages, &parsers);
    let mut out = Vec::new();
    for index in std::env::args().skip(1) {
        let index: usize = index.parse().expect("arguments are indices of cases");
        let mut work = || {
            let _ = std::hint::black_box(cases[index].run(&mut out));
        };
        warm_up(&mut work);
        let region = Region::new(HEAP);
        work();
        let used = region.change();
        let blocks = used.allocations + used.reallocations;
        println!("{blocks} {}", used.bytes_allocated);
    }
}
