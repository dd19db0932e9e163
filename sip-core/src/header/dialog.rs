//! The headers that name another dialog: Replaces, Join, Target-Dialog.
//!
//! All three give a Call-ID and two tags; whose tag is whose differs.

use super::known_params::{KnownParam, ParamValue, check_known};
use super::params::{ParamIter, Params};
use super::shapes::write_token;
use super::{CallId, HeaderName, TypedHeader};
use crate::grammar::{self, decode};
use crate::{Fault, ParseConfig, ParseError, Rule, Text, Uri};

/// A header that is a Call-ID, two tags which both must be there, and
/// parameters.
macro_rules! dialog_header {
    (
        $(#[$doc:meta])* $type:ident, $name:ident,
        $(#[$first_doc:meta])* $first:ident = $first_text:literal,
        $(#[$second_doc:meta])* $second:ident = $second_text:literal,
        $($other:expr),*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $type<'m> {
            /// The Call-ID of the dialog.
            pub call_id: CallId<'m>,
            $(#[$first_doc])*
            pub $first: Text<'m>,
            $(#[$second_doc])*
            pub $second: Text<'m>,
            /// The other parameters.
            pub params: Params<'m>,
        }

        impl<'m> $type<'m> {
            /// The dialog with that Call-ID and those tags.
            #[must_use]
            pub fn new(
                call_id: impl Into<CallId<'m>>,
                $first: impl Into<Text<'m>>,
                $second: impl Into<Text<'m>>,
            ) -> Self {
                $type {
                    call_id: call_id.into(),
                    $first: $first.into(),
                    $second: $second.into(),
                    params: Params::NONE,
                }
            }

            /// The same value, not borrowed.
            #[must_use]
            pub fn into_owned(self) -> $type<'static> {
                $type {
                    call_id: self.call_id.into_owned(),
                    $first: self.$first.into_owned(),
                    $second: self.$second.into_owned(),
                    params: self.params.into_owned(),
                }
            }
        }

        impl TypedHeader for $type<'_> {
            type Value<'m> = $type<'m>;
            const NAME: HeaderName<'static> = HeaderName::$name;

            fn decode<'m>(
                input: &'m [u8],
                config: &ParseConfig,
            ) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
                const KNOWN: &[KnownParam] = &[
                    ($first_text, ParamValue::Token),
                    ($second_text, ParamValue::Token),
                    $($other,)*
                ];
                let (call_id, rest) = CallId::decode(input, config)?;
                let (([$first, $second], params), rest) =
                    read_tags(rest, config, [$first_text, $second_text], KNOWN)?;
                Ok(($type { call_id, $first, $second, params }, rest))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                // No call identifier holds an equals sign: one that is none is refused.
                if !matches!(CallId::decode(self.call_id.0.as_bytes(), &ParseConfig::DEFAULT), Ok((_, []))) {
                    out.push(b'=');
                }
                self.call_id.encode(out);
                for (name, tag) in [($first_text, &self.$first), ($second_text, &self.$second)] {
                    out.push(b';');
                    out.extend_from_slice(name.as_bytes());
                    out.push(b'=');
                    write_token(tag.as_bytes(), out);
                }
                out.extend_from_slice(self.params.as_bytes());
            }
        }
    };
}

dialog_header! {
    /// The dialog that the new one is to take the place of, in an INVITE
    /// (RFC 3891 section 6.1). An attended transfer and a call pickup are made
    /// of it.
    ///
    /// The tags are named as the receiver of the INVITE sees the dialog. A tag
    /// of `0` also stands for no tag at all, as peers older than RFC 3261 have.
    ///
    /// ```
    /// use sip_core::header::{Replaces, TypedHeader};
    /// let text = b"98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff;early-only";
    /// let (replaces, _) = Replaces::decode(text, &Default::default()).unwrap();
    /// assert_eq!(replaces.call_id.0, "98732@sip.example.com");
    /// assert_eq!(replaces.to_tag, "ff87ff");
    /// assert!(replaces.early_only());
    /// ```
    Replaces, REPLACES,
    /// The receiver's own tag in the dialog.
    to_tag = "to-tag",
    /// The tag of the receiver's peer in the dialog.
    from_tag = "from-tag",
    ("early-only", ParamValue::Absent)
}

dialog_header! {
    /// The dialog to whose conversation the new one is to be added, in an
    /// INVITE (RFC 3911 section 7.1). The tags are named as in [`Replaces`].
    ///
    /// ```
    /// use sip_core::header::{Join, TypedHeader};
    /// let join = Join::new("12adf2f34456gs5", "12345", "54321");
    /// let mut text = Vec::new();
    /// join.encode(&mut text);
    /// assert_eq!(text, b"12adf2f34456gs5;to-tag=12345;from-tag=54321");
    /// ```
    Join, JOIN,
    /// The receiver's own tag in the dialog.
    to_tag = "to-tag",
    /// The tag of the receiver's peer in the dialog.
    from_tag = "from-tag",
}

dialog_header! {
    /// A dialog that both sides are in already, which is why the receiver
    /// should grant the request (RFC 4538 section 7).
    ///
    /// The tags are named as the receiver of the request sees the dialog
    /// (RFC 4538 section 3), which need not be the sender's own: a proxy on
    /// the dialog's way may ask too.
    ///
    /// ```
    /// use sip_core::header::{TargetDialog, TypedHeader};
    /// let text = b"fa77as7dad8-sd98ajzz@host.example.com;local-tag=kkaz-;remote-tag=6544";
    /// let (dialog, _) = TargetDialog::decode(text, &Default::default()).unwrap();
    /// assert_eq!(dialog.local_tag, "kkaz-");
    /// ```
    TargetDialog, TARGET_DIALOG,
    /// The receiver's own tag in the dialog.
    local_tag = "local-tag",
    /// The tag of the receiver's peer in the dialog.
    remote_tag = "remote-tag",
}

impl<'m> Replaces<'m> {
    /// The same dialog, to be replaced only while it is early: before the
    /// phone that rings is picked up (RFC 3891 section 3).
    #[must_use]
    pub fn with_early_only(mut self) -> Self {
        self.params.set_flag("early-only");
        self
    }

    /// Whether the dialog is to be replaced only while it is early.
    #[must_use]
    pub fn early_only(&self) -> bool {
        self.params.contains("early-only")
    }
}

impl Replaces<'static> {
    /// The Replaces that a request made from `uri` is to carry: the header of
    /// that name behind the question mark (RFC 3261 section 19.1.5). The
    /// Refer-To of an attended transfer holds one (RFC 5589 section 7).
    ///
    /// ```
    /// use sip_core::header::Replaces;
    /// let uri = "sip:a@b.example?Replaces=7%40c.example%3Bto-tag%3D1%3Bfrom-tag%3D2".parse()?;
    /// let replaces = Replaces::in_uri(&uri)?.unwrap();
    /// assert_eq!(replaces, Replaces::new("7@c.example", "1", "2"));
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// Those of the header; the place counts octets of the unescaped value.
    pub fn in_uri(uri: &Uri<'_>) -> Result<Option<Self>, ParseError> {
        let headers = uri.headers();
        let header = headers
            .iter()
            .find(|header| header.name.eq_ignore_case("Replaces"));
        let Some(header) = header else {
            return Ok(None);
        };
        let value = header.value_unescaped();
        let text = grammar::sws(value.as_bytes());
        let read = Replaces::decode(text, &ParseConfig::DEFAULT).and_then(|(replaces, rest)| {
            decode(grammar::end(rest))?;
            Ok(Some(replaces.into_owned()))
        });
        read.map_err(|fault| ParseError {
            header: Some(HeaderName::REPLACES),
            ..fault.in_value(value.len())
        })
    }
}

/// Reads parameters; gives the two tags, and what else there is.
#[allow(clippy::type_complexity)] // taken apart where it is called
fn read_tags<'m>(
    input: &'m [u8],
    config: &ParseConfig,
    names: [&str; 2],
    known: &[KnownParam],
) -> Result<(([Text<'m>; 2], Params<'m>), &'m [u8]), Fault> {
    let (text, rest) = decode(grammar::params(input, config))?;
    check_known(text, rest, known)?;
    let tag = |name: &str| {
        ParamIter::over(text)
            .find(|param| param.name.eq_ignore_case(name))
            .and_then(|param| param.raw)
            .ok_or(Fault::new(Rule::MissingParam, rest))
    };
    let tags = [tag(names[0])?, tag(names[1])?];
    let mut params = Params::NONE;
    if ParamIter::over(text).count() > names.len() {
        params = Params::known(text);
        for name in names {
            params.remove(name);
        }
    }
    Ok(((tags, params), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip, value, written_as};

    #[test]
    fn a_dialog_is_a_call_id_and_two_tags_in_any_order() {
        let text = "425928@bobster.example.org ; FROM-TAG=6472; a=b;to-tag=7743 ;Early-Only";
        let replaces = value::<Replaces>(text);
        assert_eq!(replaces.call_id.0, "425928@bobster.example.org");
        assert_eq!(
            (&replaces.to_tag, &replaces.from_tag),
            (&"7743".into(), &"6472".into())
        );
        assert!(replaces.early_only());
        assert_eq!(replaces.params.value("a").unwrap(), "b");
        written_as::<Replaces>(
            text,
            "425928@bobster.example.org;to-tag=7743;from-tag=6472; a=b ;Early-Only",
        );

        written_as::<Join>(
            "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff",
            "98732@sip.example.com;to-tag=ff87ff;from-tag=r33th4x0r",
        );
        written_as::<TargetDialog>(
            "7@h;remote-tag=a;local-tag=b;x",
            "7@h;local-tag=b;remote-tag=a;x",
        );
    }

    #[test]
    fn a_dialog_without_two_tags_is_none() {
        for (bad, rule, octet) in [
            ("", Rule::Word, 0),
            ("a@", Rule::Word, 2),
            ("a", Rule::MissingParam, 1),
            ("a;to-tag=1", Rule::MissingParam, 10),
            ("a;from-tag=1", Rule::MissingParam, 12),
            ("a;to-tag=1;from-tag", Rule::Param, 19),
            ("a;to-tag=\"1\";from-tag=2", Rule::Token, 9),
            ("a;to-tag=1;from-tag=2;to-tag=1", Rule::RepeatedParam, 21),
            ("a;to-tag=1;from-tag=2;early-only=1", Rule::Param, 33),
            (
                "a;to-tag=1;from-tag=2;early-only;early-only",
                Rule::RepeatedParam,
                32,
            ),
        ] {
            refused::<Replaces>(bad, rule, octet);
        }
        let bad = "a;to-tag=1;from-tag=2";
        refused::<TargetDialog>(bad, Rule::MissingParam, 21);
        // What is a flag of Replaces is any parameter to Join.
        round_trip::<Join>("a;to-tag=1;from-tag=2;early-only=1");
    }

    #[test]
    fn replaces_is_found_behind_a_uri() {
        let find = |text: &str| Replaces::in_uri(&text.parse().unwrap());
        assert_eq!(find("sip:a@b"), Ok(None));
        assert_eq!(find("sip:a@b?Subject=x"), Ok(None));
        let text = "sips:a@b?Require=replaces&rEPLACES=%201;to-tag%3D2;from-tag%3D3%3Bearly-only";
        let found = find(&text.replace(';', "%3b")).unwrap().unwrap();
        assert_eq!(found, Replaces::new("1", "2", "3").with_early_only());
        let error = find("sip:a@b?Replaces=1%3Bto-tag%3D2").unwrap_err();
        assert_eq!(error.rule, Rule::MissingParam);
        assert_eq!(error.position.octet(), 10);
        let error = find("sip:a@b?Replaces=1%3Bto-tag%3D2%3Bfrom-tag%3D3%2C").unwrap_err();
        assert_eq!(error.rule, Rule::Trailing);
    }
}
