//! Which typed header, and what stands in its field.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| callwright_fuzz::header(octets));
