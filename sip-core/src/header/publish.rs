//! Event publication: the headers that name a published state (RFC 3903).

use super::shapes::token_header;

token_header! {
    /// The name that a server gave to what a PUBLISH published (RFC 3903
    /// section 11.3.1). Its letters' case matters.
    ///
    /// ```
    /// use sip_core::header::{SipEtag, TypedHeader};
    /// let (etag, _) = SipEtag::decode(b"dx200xyz", &Default::default()).unwrap();
    /// assert_eq!(etag.0, "dx200xyz");
    /// ```
    SipEtag, SIP_ETAG, list: false
}

token_header! {
    /// The name of the published state that a PUBLISH refreshes, changes or
    /// takes back (RFC 3903 section 11.3.2): a [`SipEtag`] received before.
    ///
    /// ```
    /// use sip_core::header::SipIfMatch;
    /// assert_eq!(SipIfMatch::from("dx200xyz").to_string(), "dx200xyz");
    /// ```
    SipIfMatch, SIP_IF_MATCH, list: false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use crate::header::round_trip::{refused, round_trip};

    #[test]
    fn an_entity_tag_is_one_token() {
        round_trip::<SipEtag>("kwj449x");
        round_trip::<SipIfMatch>("1.~b");
        for bad in ["", "\"quoted\"", ",", "ü"] {
            refused::<SipEtag>(bad, Rule::Token, 0);
            refused::<SipIfMatch>(bad, Rule::Token, 0);
        }
    }
}
