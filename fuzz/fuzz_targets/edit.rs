//! Edits, and the message that they are made to.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| callwright_fuzz::edit(octets));
