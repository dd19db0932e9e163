//! The shapes that many headers share, so that each is written once.
//!
//! Each is a macro: the documentation of the header, its type, and its name in
//! the table of names go in, and the type comes out with all that its users
//! expect of it.

mod address;
mod number;
mod params;
mod structure;
mod text;
mod token;

pub(crate) use address::{address_header, uri_header};
pub(crate) use number::{number_header, write_number};
pub(crate) use params::{FieldValue, params_header};
pub(crate) use structure::{shared_header, structure_wrapper};
pub(crate) use text::{text_header, text_wrapper};
pub(crate) use token::{keyword, token_header, write_token};
