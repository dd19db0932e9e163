//! The libraries that are measured, one file each.

mod ezk;
pub mod ours;
mod rsip;
mod rsipstack;
mod rvoip;

use crate::Parser;

/// The peer that ours is compared with: the fastest of them.
pub const REFERENCE: &str = rsipstack::NAME;

/// Every library, slowest first by earlier measurements, ours last.
pub fn all() -> Vec<Box<dyn Parser>> {
    vec![
        Box::new(rvoip::Rvoip),
        Box::new(ezk::Ezk),
        Box::new(rsip::Rsip),
        Box::new(rsipstack::Rsipstack),
        Box::new(ours::Ours),
    ]
}
