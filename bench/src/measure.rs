//! The three measures.
//!
//! Time is taken in this process. The other two need a process of their own,
//! so that a counting allocator does not cost time and callgrind's slowness
//! touches nothing else; both are programs beside this one in `target`.

pub mod allocations;
pub mod instructions;
pub mod time;

use std::io;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Does the work a few times uncounted: for tables built on first use, the
/// buffer that job (b) writes into, and the allocator's own lists.
#[inline(never)]
pub fn warm_up(work: &mut dyn FnMut()) {
    for _ in 0..10 {
        work();
    }
}

/// Path of a program that was built together with this one.
fn sibling(program: &str) -> io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(program))
}

/// Runs a program to its end.
///
/// # Errors
/// If it cannot be started or fails; then with what it said itself, without
/// what valgrind says around it.
fn finish(command: &mut Command) -> io::Result<Output> {
    let output = command.output().map_err(|error| {
        let program = command.get_program().display();
        io::Error::new(error.kind(), format!("{program}: {error}"))
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said: Vec<&str> = said
            .lines()
            .filter(|line| !line.starts_with("=="))
            .collect();
        return Err(io::Error::other(format!(
            "{} ({})",
            said.join("\n"),
            output.status
        )));
    }
    Ok(output)
}
