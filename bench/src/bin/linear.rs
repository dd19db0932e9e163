//! Does parsing cost linear time? Doubles a message and compares instructions.
//!
//! `linear` measures every shape, `linear SHAPE` one, `linear SHAPE SIZE` that
//! one at that size and twice that. It fails if any doubling costs more than
//! [`LIMIT`] times as much. `linear parse SHAPE SIZE` is what callgrind runs.

use std::io;
use std::process::ExitCode;

use callwright_bench::measure::{instructions, warm_up};
use callwright_bench::parsers::ours;
use callwright_bench::shapes::{self, Shape};

/// Twice, and a little for the growth of a table by doubling.
const LIMIT: f64 = 2.1;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => compare(&shapes::ALL),
        [name] => compare(&[shape(name)]),
        ["parse", name, size] => parse(shape(name), number(size)),
        [name, size] => compare(&[shape(name).of_size(number(size))]),
        _ => panic!("usage: linear [SHAPE [SIZE]]"),
    }
}

fn shape(name: &str) -> Shape {
    Shape::named(name).unwrap_or_else(|| {
        let names = shapes::ALL.map(|shape| shape.name).join(", ");
        panic!("no shape is called {name}; there are {names}")
    })
}

fn number(size: &str) -> usize {
    size.parse().expect("a size is a number")
}

fn compare(shapes: &[Shape]) -> io::Result<ExitCode> {
    println!(
        "{:<16}{:<27} {:>7} {:>12} {:>12} {:>6}",
        "shape", "size in", "n", "instr at n", "at 2n", "ratio"
    );
    let mut linear = true;
    for shape in shapes {
        let Shape {
            name, counts, size, ..
        } = shape;
        print!("{name:<16}{counts:<27} {size:>7} ");
        match count(shape) {
            Ok((small, large)) => {
                let ratio = large as f64 / small as f64;
                let verdict = if ratio > LIMIT { "  not linear" } else { "" };
                println!("{small:>12} {large:>12} {ratio:>6.2}{verdict}");
                linear &= ratio <= LIMIT;
            }
            Err(reason) => {
                println!("fails: {reason}");
                linear = false;
            }
        }
    }
    Ok(if linear {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Instructions to parse the shape at its size and at twice that.
fn count(shape: &Shape) -> io::Result<(u64, u64)> {
    let at = |size: usize| {
        let arguments = ["parse", shape.name, &size.to_string()].map(str::to_owned);
        instructions::of("linear", &arguments)
    };
    Ok((at(shape.size)?, at(shape.size * 2)?))
}

/// One parse in a batch. Fails if the parser refuses the message, lest the
/// cost of a refusal pass for that of a parse.
fn parse(shape: Shape, size: usize) -> io::Result<ExitCode> {
    let message = shape.message(size);
    if let Err(refusal) = ours::parse_whole(message.clone()) {
        eprintln!("{} of {size}: {refusal}", shape.name);
        return Ok(ExitCode::FAILURE);
    }
    let mut work = || {
        let _ = std::hint::black_box(ours::parse_whole(message.clone()));
    };
    warm_up(&mut work);
    instructions::batch(1, &mut work);
    Ok(ExitCode::SUCCESS)
}
