//! Checks every parser, measures those that do their jobs, prints the table.
//!
//! A peer that fails a job is shown as failing. If ours fails one, so does the
//! program.

use std::io;
use std::process::ExitCode;

use callwright_bench::measure::{allocations, instructions, time};
use callwright_bench::table::{self, Cell, Figures};
use callwright_bench::{Case, Message, Refusal, cases, check, parsers};

fn main() -> io::Result<ExitCode> {
    let (messages, parsers) = (Message::all(), parsers::all());
    let cases = cases(&messages, &parsers);

    eprintln!("checking {} cases", cases.len());
    let outcomes: Vec<Result<(), Refusal>> = cases.iter().map(check::does_its_job).collect();
    let able: Vec<usize> = (0..cases.len())
        .filter(|at| outcomes[*at].is_ok())
        .collect();

    eprintln!("counting allocations");
    let heap = allocations::of(&able)?;
    eprintln!("counting instructions");
    let counts: Vec<u64> = able
        .iter()
        .map(|at| instructions::of("instructions", &[at.to_string()]))
        .collect::<io::Result<_>>()?;
    eprintln!("taking the time");
    let able_cases: Vec<Case<'_>> = able.iter().map(|at| cases[*at]).collect();
    let times: Vec<f64> = able_cases.chunk_by(compared).flat_map(time::of).collect();

    let mut figures = times
        .into_iter()
        .zip(counts)
        .zip(heap)
        .map(|((time, count), heap)| Figures {
            time,
            instructions: count as f64 / f64::from(instructions::TIMES),
            heap,
        });
    let cells: Vec<Cell<'_>> = cases
        .into_iter()
        .zip(outcomes)
        .map(|(case, outcome)| Cell {
            case,
            outcome: outcome.map(|()| figures.next().expect("one for every able case")),
        })
        .collect();
    print!("{}", table::of(&cells));
    let ours_fails = cells
        .iter()
        .any(|cell| cell.case.parser.name() == parsers::ours::NAME && cell.outcome.is_err());
    Ok(if ours_fails {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Cases that take turns: the same message, the same job.
fn compared(left: &Case<'_>, right: &Case<'_>) -> bool {
    left.message.name == right.message.name && left.job == right.job
}
