//! Nothing to use: the programs lie beside this folder.
//!
//! It exists so that the example in the repository's README is compiled and run
//! as a test. The published crates cannot do that: a package holds nothing from
//! outside its folder.
#![forbid(unsafe_code)]

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
