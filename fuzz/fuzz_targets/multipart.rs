//! The media type of a body, up to the end of its line, and the body.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| callwright_fuzz::multipart(octets));
