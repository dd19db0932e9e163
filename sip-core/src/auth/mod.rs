//! Who a request is from: digest access authentication, the server's side
//! (RFC 3261 section 22, RFC 7616, RFC 8760).
//!
//! Nothing here asks a clock or a store: the moment and the randomness are
//! arguments, and who is looked up where is the caller's. Passwords need not be
//! kept anywhere; an [`Ha1`] stands for one.
mod algorithm;
mod authenticator;
mod challenger;
mod claim;
mod count;
mod digest;
mod ha1;
mod nonce;
mod text;
mod uri_rule;
mod user_name;

pub use algorithm::{Algorithm, HashFunction};
pub use authenticator::{Authenticator, Uncounted};
pub use challenger::{Challenger, may_be_challenged};
pub use claim::{Claim, Defect, Granted, Refusal};
pub use digest::Protected;
pub use ha1::{Ha1, NotHa1, user_hash};
pub use uri_rule::UriRule;
