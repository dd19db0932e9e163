//! The user's name in credentials.

use super::claim::Defect;
use crate::Text;
use crate::header::{AuthParams, Credentials};

/// The user's name without escapes, and whether it is hidden by a hash
/// (RFC 7616 sections 3.4 and 3.4.4).
pub(super) fn user_name(credentials: &Credentials<'_>) -> Result<(Text<'static>, bool), Defect> {
    let params = &credentials.params;
    let plain = credentials.username().map(Text::into_owned);
    let hashed = is_true(params, "userhash");
    match (plain, params.sent("username*")) {
        (Some(name), None) => Ok((name, hashed)),
        (None, Some(extended)) if !hashed => match extended_value(extended.as_bytes()) {
            Some(name) => Ok((name, false)),
            None => Err(Defect::UserName),
        },
        _ => Err(Defect::UserName),
    }
}

/// Whether that parameter says `true`.
pub(super) fn is_true(params: &AuthParams<'_>, name: &str) -> bool {
    params
        .value(name)
        .is_some_and(|value| value.eq_ignore_case("true"))
}

/// `UTF-8'language'text`, the text's octets escaped by percent signs (RFC 8187
/// section 3.2).
fn extended_value(value: &[u8]) -> Option<Text<'static>> {
    let mut parts = value.splitn(3, |octet| *octet == b'\'');
    let (charset, _language, text) = (parts.next()?, parts.next()?, parts.next()?);
    if !charset.eq_ignore_ascii_case(b"UTF-8") {
        return None;
    }
    let mut name = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(octet) = rest.next() {
        if *octet == b'%' {
            let mut digit = || char::from(*rest.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            name.push(u8::try_from((high << 4) | low).ok()?);
        } else {
            name.push(*octet);
        }
    }
    String::from_utf8(name).ok().map(Text::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ParseConfig;
    use crate::header::{Authorization, TypedHeader};

    fn read(names: &str) -> Result<(Text<'static>, bool), Defect> {
        let text =
            format!("Digest {names}, realm=\"r\", nonce=\"n\", uri=\"sip:r\", response=\"00\"");
        let (credentials, _) =
            Authorization::decode(text.as_bytes(), &ParseConfig::DEFAULT).unwrap();
        user_name(&credentials)
    }

    #[test]
    fn a_name_is_plain_extended_or_hashed() {
        let name = Text::from("Jäsøn \"Doe\"");
        assert_eq!(
            read("username=\"Jäsøn \\\"Doe\\\"\"").unwrap(),
            (name.clone(), false)
        );
        assert_eq!(
            read("username*=utf-8'en'J%C3%A4s%c3%b8n%20%22Doe%22").unwrap(),
            (name, false)
        );
        let hashed = read("username=\"0123\", userhash=TRUE").unwrap();
        assert_eq!(hashed, (Text::from("0123"), true));
        assert!(!read("username=\"0123\", userhash=false").unwrap().1);
    }

    #[test]
    fn names_that_cannot_be_read_are_refused() {
        for names in [
            "username=\"a\", username*=UTF-8''a",
            "username*=UTF-8''a, userhash=true",
            "username*=ISO-8859-1''a",
            "username*=UTF-8'a",
            "username*=UTF-8''%C3",
            "username*=UTF-8''%4",
            "username*=UTF-8''%zz",
        ] {
            assert_eq!(read(names).unwrap_err(), Defect::UserName, "{names}");
        }
    }
}
