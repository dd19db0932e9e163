//! The one table.

use std::fmt::Write as _;

use crate::measure::allocations::Heap;
use crate::{Case, Job, Refusal, parsers};

/// What was measured of one case.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// Nanoseconds, the median of the rounds.
    pub time: f64,
    /// Instructions.
    pub instructions: f64,
    /// Heap.
    pub heap: Heap,
}

/// A case and its figures, or why it has none.
#[derive(Debug)]
pub struct Cell<'a> {
    /// Which.
    pub case: Case<'a>,
    /// What came out.
    pub outcome: Result<Figures, Refusal>,
}

/// Widths of a parser's four columns: ns, instructions, allocations, octets.
const WIDTHS: [usize; 4] = [6, 8, 5, 7];
/// Width of all four, with the spaces between.
const COLUMN: usize = 29;
/// Width of message and job.
const ROW: usize = 28;

const LEGEND: &str = "\
ns: median of alternating rounds. instr: instructions by callgrind.
alloc, octets: heap blocks asked for or resized, and the octets asked for.
The ratio of a' is to the reference's a.";

/// The table: a row for each message and job, four columns for each parser,
/// then ours divided by the reference in time and instructions.
pub fn of(cells: &[Cell<'_>]) -> String {
    let mut notes = Vec::new();
    let mut rows = String::new();
    let mut last_message = "";
    for row in cells.chunk_by(same_row) {
        if row
            .iter()
            .all(|cell| matches!(cell.outcome, Err(Refusal::NotOffered)))
        {
            continue;
        }
        let (message, job) = (row[0].case.message, row[0].case.job);
        if message.name != last_message {
            rows.push('\n');
            last_message = message.name;
        }
        let label = format!("{:<12}{}", message.name, job.name());
        let _ = write!(rows, "{label:<ROW$}");
        for cell in row {
            let _ = write!(rows, " │{:>COLUMN$}", written(&cell.outcome, &mut notes));
        }
        let _ = writeln!(rows, " │{}", ratio(row, cells));
    }

    let mut table = heading(cells);
    table.push_str(&rows);
    let _ = writeln!(table, "\n{LEGEND}");
    for (at, note) in notes.iter().enumerate() {
        let _ = writeln!(table, "[{}] {note}", at + 1);
    }
    table
}

fn same_row(left: &Cell<'_>, right: &Cell<'_>) -> bool {
    left.case.message.name == right.case.message.name && left.case.job == right.case.job
}

fn heading(cells: &[Cell<'_>]) -> String {
    let mut names = format!("{:<ROW$}", "");
    let mut measures = format!("{:<ROW$}", "message     job");
    let [ns, instructions, allocations, octets] = WIDTHS;
    let first_row = cells.chunk_by(same_row).next().unwrap_or_default();
    for cell in first_row {
        let _ = write!(
            names,
            " │ {:<width$}",
            cell.case.parser.name(),
            width = COLUMN - 1
        );
        let _ = write!(
            measures,
            " │{:>ns$} {:>instructions$} {:>allocations$} {:>octets$}",
            "ns", "instr", "alloc", "octets"
        );
    }
    let reference = parsers::REFERENCE;
    format!("{names} │ ours / {reference}\n{measures} │   time   instr\n")
}

fn written(outcome: &Result<Figures, Refusal>, notes: &mut Vec<String>) -> String {
    let [ns, instructions, allocations, octets] = WIDTHS;
    match outcome {
        Ok(Figures {
            time,
            instructions: count,
            heap,
        }) => format!(
            "{time:>ns$.0} {count:>instructions$.0} {:>allocations$} {:>octets$}",
            heap.allocations, heap.octets
        ),
        Err(Refusal::NotOffered) => "–".to_owned(),
        Err(Refusal::Failed(reason)) => {
            let at = notes
                .iter()
                .position(|note| note == reason)
                .unwrap_or_else(|| {
                    notes.push(reason.clone());
                    notes.len() - 1
                });
            format!("fails [{}]", at + 1)
        }
    }
}

/// Ours divided by the reference. Where only ours does the job, (a'), by what
/// the reference needs for (a).
fn ratio(row: &[Cell<'_>], cells: &[Cell<'_>]) -> String {
    let (message, job) = (row[0].case.message, row[0].case.job);
    let figures = |job: Job, name: &str| {
        cells
            .iter()
            .map(|cell| (cell.case, &cell.outcome))
            .find(|(case, _)| {
                case.message.name == message.name && case.job == job && case.parser.name() == name
            })
            .and_then(|(_, outcome)| outcome.as_ref().ok())
    };
    let theirs = if job == Job::Validate { Job::Read } else { job };
    let ours = figures(job, parsers::ours::NAME);
    let (Some(ours), Some(theirs)) = (ours, figures(theirs, parsers::REFERENCE)) else {
        return String::new();
    };
    let time = ours.time / theirs.time;
    let instructions = ours.instructions / theirs.instructions;
    format!(" {time:>6.3}  {instructions:>6.3}")
}
