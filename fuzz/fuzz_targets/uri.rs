//! The text of a URI.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| callwright_fuzz::uri(octets));
