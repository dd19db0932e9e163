//! Explains a SIP message.
fn main() {}
