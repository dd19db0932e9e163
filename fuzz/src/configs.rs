//! The configurations under which everything is tried.

use sip_core::{Leniency, Limits, ParseConfig};

/// As far as limits go: what is accepted under others must be accepted here.
pub(crate) fn unlimited(leniency: Leniency) -> ParseConfig {
    let mut limits = Limits::DEFAULT;
    limits.message = u32::MAX;
    limits.line = u32::MAX;
    limits.headers = u32::MAX;
    limits.uri = u16::MAX;
    limits.params = u16::MAX;
    limits.nesting = u16::MAX;
    limits.body_parts = u16::MAX;
    let mut config = ParseConfig::DEFAULT;
    config.limits = limits;
    config.leniency = leniency;
    config
}

/// The defaults, the letter of the RFCs, and hardly a limit.
pub(crate) fn all() -> [ParseConfig; 3] {
    [
        ParseConfig::DEFAULT,
        ParseConfig::STRICT,
        unlimited(Leniency::PHONES),
    ]
}

/// Limits so small that a fuzzer's inputs reach them.
pub(crate) fn small() -> ParseConfig {
    let mut config = ParseConfig::DEFAULT;
    config.limits.message = 400;
    config.limits.line = 80;
    config.limits.headers = 8;
    config.limits.uri = 24;
    config.limits.params = 3;
    config.limits.nesting = 2;
    config
}

/// What reads a message that was written by us: its lines end with CRLF
/// whatever ended those of the message that it was made of, and an edit may
/// have made it longer than the limits.
pub(crate) fn written(config: &ParseConfig) -> ParseConfig {
    let mut config = unlimited(config.leniency);
    config.leniency.bare_lf = false;
    config
}
