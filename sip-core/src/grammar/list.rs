//! Values in a row (RFC 3261 section 7.3.1).

use super::{Broken, Parsed, sws};
use crate::{Fault, Rule};

/// The comma between two values and the white space around it, where there is
/// one.
#[inline]
pub(crate) fn skip_comma(input: &[u8]) -> Option<&[u8]> {
    match sws(input) {
        [b',', after @ ..] => Some(sws(after)),
        _ => None,
    }
}

/// `COMMA`
pub(crate) fn comma(input: &[u8]) -> Parsed<'_, ()> {
    super::separator(b',')(input)
}

/// A parser's answer as this crate shows it outside.
#[inline]
pub(crate) fn decode<O>(parsed: Parsed<'_, O>) -> Result<(O, &[u8]), Fault> {
    match parsed {
        Ok((rest, value)) => Ok((value, rest)),
        Err(nom::Err::Error(Broken(fault)) | nom::Err::Failure(Broken(fault))) => Err(fault),
        Err(nom::Err::Incomplete(_)) => Err(Fault::new(Rule::Separator, &[])),
    }
}
