//! What every Callwright crate stands on.
