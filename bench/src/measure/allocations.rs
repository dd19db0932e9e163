//! What a case asks of the heap, counted by the program `allocations`.

use std::io;
use std::process::Command;

/// Heap use of one case, done once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heap {
    /// Blocks asked for, and blocks asked to grow or shrink.
    pub allocations: usize,
    /// Octets asked for, and octets grown by.
    pub octets: usize,
}

/// Heap use of the cases with these indices, in the same order.
///
/// # Errors
/// If the program `allocations` is missing or fails.
pub fn of(indices: &[usize]) -> io::Result<Vec<Heap>> {
    let output = super::finish(
        Command::new(super::sibling("allocations")?).args(indices.iter().map(usize::to_string)),
    )?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line_to_heap(line).ok_or_else(|| io::Error::other(line.to_owned())))
        .collect()
}

fn line_to_heap(line: &str) -> Option<Heap> {
    let (allocations, octets) = line.split_once(' ')?;
    Some(Heap {
        allocations: allocations.parse().ok()?,
        octets: octets.parse().ok()?,
    })
}
