//! Whether an answer is for the request that it came with.

use crate::{Request, Uri};

/// How near the `uri` of an answer must be to the Request-URI (RFC 7616
/// section 3.4.6; RFC 3261 section 22.4 allows SIP servers leniency, because
/// proxies on the way put other URIs in). The digest is made over `uri`: where
/// it is not checked, an answer that somebody caught before it arrived can be
/// spent on another Request-URI.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UriRule {
    /// Equivalent by the rules of its scheme ([`Uri::equivalent`]).
    Equivalent,
    /// Equivalent, or SIP URIs of the same user and host: port, parameters,
    /// headers, password and the `s` of `sips` may differ. Phones are seen that
    /// put `;transport=` or `:5060` in one of the two only.
    #[default]
    SameUser,
    /// Any: for a server behind proxies that rewrite the Request-URI.
    Unchecked,
}

impl UriRule {
    /// Whether `uri`, out of its quotes and without escapes, will do.
    pub(super) fn allows(self, uri: &[u8], request: &Request) -> bool {
        if self == UriRule::Unchecked || uri == request.raw_uri() {
            return true;
        }
        let (Ok(asked), Ok(signed)) = (request.uri(), Uri::parse(uri)) else {
            return false;
        };
        asked.equivalent(&signed) || (self == UriRule::SameUser && same_user(&asked, &signed))
    }
}

fn same_user(this: &Uri<'_>, that: &Uri<'_>) -> bool {
    let hosts = match (this.host(), that.host()) {
        (Some(this), Some(that)) => this.equivalent(&that),
        _ => false,
    };
    hosts && this.is_sip() && that.is_sip() && this.user_unescaped() == that.user_unescaped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    #[test]
    fn each_rule_allows_what_it_says() {
        let uri = "sip:Bob@pbx.example;transport=tcp".parse().unwrap();
        let request = Request::builder(Method::INVITE, &uri).build().unwrap();
        for (text, equivalent, same_user) in [
            ("sip:Bob@pbx.example;transport=tcp", true, true),
            ("sip:%42ob@PBX.example;transport=TCP", true, true),
            ("sip:Bob@pbx.example", false, true),
            ("sips:Bob:pw@pbx.example:5061?Subject=x", false, true),
            ("sip:bob@pbx.example;transport=tcp", false, false),
            ("sip:pbx.example;transport=tcp", false, false),
            ("sip:Bob@pbx.example.org", false, false),
            ("tel:+1234", false, false),
            ("*", false, false),
            ("", false, false),
        ] {
            let text = text.as_bytes();
            assert_eq!(UriRule::Equivalent.allows(text, &request), equivalent);
            assert_eq!(UriRule::SameUser.allows(text, &request), same_user);
            assert!(UriRule::Unchecked.allows(text, &request));
        }
    }

    #[test]
    fn other_schemes_are_compared_by_their_own_rules() {
        let uri = "tel:+1-234".parse().unwrap();
        let request = Request::builder(Method::INVITE, &uri).build().unwrap();
        assert!(UriRule::SameUser.allows(b"tel:+1234", &request));
        assert!(!UriRule::SameUser.allows(b"tel:+1235", &request));
    }
}
