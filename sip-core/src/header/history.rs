//! History-Info: every target that a request was sent to, and why the next one
//! was tried (RFC 7044).

use std::fmt;

use super::params::unquoted;
use super::shapes::address_header;
use super::{NameAddr, Params, Privacy, Reason, TypedHeader, check_whole, unfold};
use crate::grammar::{Class, is};
use crate::{Fault, ParseConfig, ParseError, Rule, Text};

address_header! {
    /// A target that the request was sent to (`hi-entry`, RFC 7044 section 5).
    ///
    /// ```
    /// use sip_core::header::{HistoryInfo, Privacy, PrivacyValue, Reason, TypedHeader};
    /// use sip_core::{ParseConfig, StatusCode};
    /// let text = b"<sip:bob@example.com?Reason=SIP%3Bcause%3D302>;index=1.1;rc=1";
    /// let (entry, _) = HistoryInfo::decode(text, &ParseConfig::DEFAULT).unwrap();
    /// assert_eq!(entry.index().unwrap().to_string(), "1.1");
    /// assert_eq!(entry.rc().unwrap().to_string(), "1");
    /// assert_eq!(entry.reason()?.unwrap().cause(), Some(302));
    ///
    /// let next = HistoryInfo::new("sip:carol@example.com".parse()?)
    ///     .with_index(&entry.index().unwrap().child(1))
    ///     .with_reason(&Reason::sip(StatusCode::BUSY_HERE))?
    ///     .with_privacy(&Privacy::new(&PrivacyValue::HISTORY))?;
    /// let mut text = Vec::new();
    /// next.encode(&mut text);
    /// assert_eq!(text, b"<sip:carol@example.com?Reason=SIP%3Bcause%3D486&Privacy=history>;index=1.1.1");
    /// # Ok::<(), sip_core::ParseError>(())
    /// ```
    HistoryInfo, HISTORY_INFO, list: true, brackets: true, check: check_indices
}

impl<'m> HistoryInfo<'m> {
    /// The same entry in that place of the tree. Every entry has one.
    #[must_use]
    pub fn with_index(mut self, index: &HistoryIndex<'_>) -> Self {
        self.params.set("index", &index.0);
        self
    }

    /// The same entry, its target found by another name of the same user.
    #[must_use]
    pub fn with_rc(mut self, from: &HistoryIndex<'_>) -> Self {
        self.params.set("rc", &from.0);
        self
    }

    /// The same entry, its target another user.
    #[must_use]
    pub fn with_mp(mut self, from: &HistoryIndex<'_>) -> Self {
        self.params.set("mp", &from.0);
        self
    }

    /// The same entry, its target that of the entry before.
    #[must_use]
    pub fn with_np(mut self, from: &HistoryIndex<'_>) -> Self {
        self.params.set("np", &from.0);
        self
    }

    /// The same entry with the reason why its target was given up, behind the
    /// question mark of its URI.
    ///
    /// # Errors
    /// Where the URI is none that can hold headers: only SIP URIs can.
    pub fn with_reason(self, reason: &Reason<'_>) -> Result<Self, ParseError> {
        self.with_uri_header("Reason", reason)
    }

    /// The same entry with the privacy that it is to have, behind the question
    /// mark of its URI.
    ///
    /// # Errors
    /// As [`HistoryInfo::with_reason`].
    pub fn with_privacy(self, privacy: &Privacy<'_>) -> Result<Self, ParseError> {
        self.with_uri_header("Privacy", privacy)
    }

    /// The place in the tree of all targets.
    #[must_use]
    pub fn index(&self) -> Option<HistoryIndex<'_>> {
        index_of(&self.params, "index")
    }

    /// The entry from which the target was found as another name of the same
    /// user (`rc`, RFC 7044 section 5).
    #[must_use]
    pub fn rc(&self) -> Option<HistoryIndex<'_>> {
        index_of(&self.params, "rc")
    }

    /// The entry whose user was mapped to the target, another user (`mp`,
    /// RFC 7044 section 5).
    #[must_use]
    pub fn mp(&self) -> Option<HistoryIndex<'_>> {
        index_of(&self.params, "mp")
    }

    /// The entry whose target was kept (`np`, RFC 7044 section 5).
    #[must_use]
    pub fn np(&self) -> Option<HistoryIndex<'_>> {
        index_of(&self.params, "np")
    }

    /// Why the target was given up: the first reason in the URI's headers
    /// (RFC 7044 section 10.2).
    ///
    /// # Errors
    /// Where it breaks the grammar of Reason.
    pub fn reason(&self) -> Result<Option<Reason<'static>>, ParseError> {
        let Some(text) = self.uri_header("Reason") else {
            return Ok(None);
        };
        match Reason::decode(&text, &ParseConfig::DEFAULT) {
            Ok((reason, _)) => Ok(Some(reason.into_owned())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    /// The privacy that the entry is to have, from the URI's headers
    /// (RFC 7044 section 10.1).
    ///
    /// # Errors
    /// Where it breaks the grammar of Privacy.
    pub fn privacy(&self) -> Result<Option<Privacy<'static>>, ParseError> {
        let Some(text) = self.uri_header("Privacy") else {
            return Ok(None);
        };
        match Privacy::decode(&text, &ParseConfig::DEFAULT) {
            Ok((privacy, _)) => Ok(Some(privacy.into_owned())),
            Err(fault) => Err(fault.in_value(text.len())),
        }
    }

    fn uri_header(&self, name: &str) -> Option<Vec<u8>> {
        let headers = self.uri.headers();
        let header = headers
            .iter()
            .find(|header| header.name.eq_ignore_case(name))?;
        Some(header.value_unescaped().as_bytes().trim_ascii().to_vec())
    }

    fn with_uri_header<H: TypedHeader>(
        mut self,
        name: &str,
        value: &H,
    ) -> Result<Self, ParseError> {
        let mut plain = Vec::new();
        value.encode(&mut plain);
        unfold(&mut plain, 0);
        check_whole::<H>(&plain)?;
        let divider = if self.uri.headers().is_empty() {
            '?'
        } else {
            '&'
        };
        let mut text = format!("{}{divider}{name}=", self.uri);
        for octet in plain {
            if is(octet, Class::URI_HEADER) {
                text.push(char::from(octet));
            } else {
                text.push_str(&format!("%{octet:02X}"));
            }
        }
        self.uri = text.parse()?;
        Ok(self)
    }
}

/// Every entry has an index, and every index has the form of one.
fn check_indices(entry: &NameAddr<'_>, rest: &[u8]) -> Result<(), Fault> {
    if !entry.params.contains("index") {
        return Err(Fault::new(Rule::MissingParam, rest));
    }
    let sound = |name| !entry.params.contains(name) || index_of(&entry.params, name).is_some();
    if ["index", "rc", "mp", "np"].into_iter().all(sound) {
        return Ok(());
    }
    let params = entry.params.as_bytes().len();
    Err(Fault {
        rule: Rule::Number,
        remaining: rest.len().saturating_add(params),
    })
}

fn index_of<'p>(params: &'p Params<'_>, name: &str) -> Option<HistoryIndex<'p>> {
    let raw = params.find(name)?.raw?;
    let value = unquoted(raw);
    HistoryIndex::is_sound(value.as_bytes()).then_some(HistoryIndex(value))
}

/// A place in the tree of targets: numbers divided by dots, each the branch
/// that was taken (`index-val`, RFC 7044 sections 5 and 10.3).
///
/// ```
/// use sip_core::header::HistoryIndex;
/// let first = HistoryIndex::FIRST;
/// assert_eq!(first.child(2).to_string(), "1.2");
/// assert_eq!(first.child(2).branches().collect::<Vec<_>>(), [1, 2]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HistoryIndex<'m>(Text<'m>);

impl<'m> HistoryIndex<'m> {
    /// The place of the first target, `1`.
    pub const FIRST: HistoryIndex<'static> = HistoryIndex(Text::new("1"));

    /// The place of that name.
    ///
    /// # Errors
    /// [`Rule::Number`] where it is not made of numbers divided by dots.
    pub fn parse(text: &'m [u8]) -> Result<Self, ParseError> {
        if HistoryIndex::is_sound(text) {
            Ok(HistoryIndex(Text::from_octets(text)))
        } else {
            Err(Fault::new(Rule::Number, text).in_value(text.len()))
        }
    }

    /// `number *( "." number )`, each below 2^32. Zeros before a number are
    /// forgiven: RFC 4244 allowed them.
    fn is_sound(text: &[u8]) -> bool {
        text.split(|octet| *octet == b'.').all(|part| {
            part.iter().all(u8::is_ascii_digit)
                && std::str::from_utf8(part).is_ok_and(|part| part.parse::<u32>().is_ok())
        })
    }

    /// The place below this one on that branch, counted from 1.
    #[must_use]
    pub fn child(&self, branch: u32) -> HistoryIndex<'static> {
        HistoryIndex(Text::from(format!("{}.{branch}", self.0)))
    }

    /// The branch that was taken at each level.
    pub fn branches(&self) -> impl Iterator<Item = u32> {
        self.0
            .as_bytes()
            .split(|octet| *octet == b'.')
            .filter_map(|part| std::str::from_utf8(part).ok()?.parse().ok())
    }

    /// The same place, not borrowed.
    #[must_use]
    pub fn into_owned(self) -> HistoryIndex<'static> {
        HistoryIndex(self.0.into_owned())
    }
}

impl fmt::Display for HistoryIndex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::PrivacyValue;
    use crate::{StatusCode, Uri};

    fn read(text: &str) -> Result<(HistoryInfo<'_>, &[u8]), (Rule, usize)> {
        HistoryInfo::decode(text.as_bytes(), &ParseConfig::DEFAULT)
            .map_err(|fault| (fault.rule, fault.in_value(text.len()).position.octet()))
    }

    fn write(entry: &HistoryInfo<'_>) -> String {
        let mut text = Vec::new();
        entry.encode(&mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn entries_stand_in_a_list_with_reason_and_privacy_in_their_uris() {
        let text = "<sip:UserA@ims.example.com?Reason=SIP%3Bcause%3D302&Privacy=history>;\
            index=1;foo=bar, \"B\" <sip:UserB@example.com?Reason=SIP%3Bcause%3D486%3Btext%3D\
            %22Busy%2C%20Here%22>;index=1.1;mp=1, <sip:45432@192.168.0.3>;index=1.2.10;np=1.2";
        let (first, rest) = read(text).unwrap();
        assert_eq!(first.index().unwrap(), HistoryIndex::FIRST);
        assert_eq!(
            first.reason().unwrap().unwrap(),
            Reason::sip(StatusCode::MOVED_TEMPORARILY)
        );
        assert!(
            first
                .privacy()
                .unwrap()
                .unwrap()
                .contains(&PrivacyValue::HISTORY)
        );
        assert_eq!((first.rc(), first.mp(), first.np()), (None, None, None));
        let rest = std::str::from_utf8(&rest[2..]).unwrap();
        let (second, rest) = read(rest).unwrap();
        assert_eq!(second.mp().unwrap(), HistoryIndex::FIRST);
        let reason = second.reason().unwrap().unwrap();
        assert_eq!(reason.text().unwrap(), "Busy, Here");
        assert_eq!(second.privacy(), Ok(None));
        let rest = std::str::from_utf8(&rest[2..]).unwrap();
        let (third, _) = read(rest).unwrap();
        assert_eq!(
            third.index().unwrap().branches().collect::<Vec<_>>(),
            [1, 2, 10]
        );
        assert_eq!(
            third.np().unwrap().into_owned(),
            HistoryIndex::FIRST.child(2)
        );
        assert_eq!(third.reason(), Ok(None));
        assert_eq!(write(&third.into_owned()), rest);
    }

    #[test]
    fn what_is_set_is_read_again() {
        let entry = HistoryInfo::new(Uri::try_from("sip:a@b?x=y").unwrap())
            .with_index(&HistoryIndex::FIRST)
            .with_rc(&HistoryIndex::FIRST)
            .with_mp(&HistoryIndex::FIRST)
            .with_np(&HistoryIndex::parse(b"1.2").unwrap())
            .with_reason(&Reason::q850(17).with_text("a%b & c"))
            .unwrap();
        let text = write(&entry);
        let (again, rest) = read(&text).unwrap();
        assert_eq!(rest, b"");
        assert_eq!(write(&again), text);
        assert_eq!(again.reason().unwrap().unwrap().text().unwrap(), "a%b & c");
        let tel = HistoryInfo::new(Uri::try_from("tel:+1").unwrap());
        assert!(
            tel.with_reason(&Reason::sip(StatusCode::MOVED_TEMPORARILY))
                .is_err()
        );
    }

    #[test]
    fn each_fault_has_its_place() {
        assert_eq!(
            read("sip:a@b;index=1").unwrap_err(),
            (Rule::AngleBrackets, 0)
        );
        assert_eq!(read("<sip:a@b>").unwrap_err(), (Rule::MissingParam, 9));
        assert_eq!(
            read("<sip:a@b>;rc=1").unwrap_err(),
            (Rule::MissingParam, 14)
        );
        for bad in ["x", "1.", ".1", "1..2", "1.x", "4294967296", "+1", "\"\""] {
            let text = format!("<sip:a@b>;index={bad}");
            assert_eq!(read(&text).unwrap_err().0, Rule::Number, "{bad}");
            let text = format!("<sip:a@b>;index=1;mp={bad}");
            assert_eq!(read(&text).unwrap_err(), (Rule::Number, 9), "{bad}");
            assert!(HistoryIndex::parse(bad.as_bytes()).is_err());
        }
        let (odd, _) = read("<sip:a@b?Reason=%3B>;index=01").unwrap();
        assert_eq!(odd.reason().unwrap_err().rule, Rule::Token);
    }
}
