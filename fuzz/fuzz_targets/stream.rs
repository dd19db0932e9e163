//! A stream, cut into pieces: how many lengths follow, the lengths, the octets.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| callwright_fuzz::stream(octets));
