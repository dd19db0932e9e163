//! Editing header fields in place.

use super::BuildError;
use super::headers::{Field, Headers, Line, Place, after_value};
use super::request::Span;
use super::serialise::write_unfolded;
use crate::grammar::{decode, token};
use crate::header::{self, HeaderName, TypedHeader};
use crate::{Fault, Rule};

impl Headers {
    /// Puts the value behind all header fields, on a line of its own.
    ///
    /// # Errors
    /// [`BuildError`] where the value is not one that its header allows, such
    /// as text with a line end in it; nothing is changed then.
    pub fn push<H: TypedHeader>(&mut self, value: &H) -> Result<(), BuildError> {
        let line = self.add_value(value)?;
        self.lines.push(line);
        Ok(())
    }

    /// Puts the value before all others of its header, on a line of its own;
    /// before all header fields if there is none.
    ///
    /// # Errors
    /// As [`Headers::push`].
    pub fn push_front<H: TypedHeader>(&mut self, value: &H) -> Result<(), BuildError> {
        let line = self.add_value(value)?;
        let first = self.position(&H::NAME).unwrap_or(0);
        self.lines.insert(first.min(self.lines.len()), line);
        Ok(())
    }

    /// Replaces every value of the header by this one, in the first one's
    /// place; appends it if there is none.
    ///
    /// # Errors
    /// As [`Headers::push`].
    pub fn set<H: TypedHeader>(&mut self, value: &H) -> Result<(), BuildError> {
        let line = self.add_value(value)?;
        let first = self.position(&H::NAME);
        self.remove(&H::NAME);
        let place = first.unwrap_or(self.lines.len()).min(self.lines.len());
        self.lines.insert(place, line);
        Ok(())
    }

    /// Replaces the first value of the header by this one and leaves the
    /// others; appends it if there is none.
    ///
    /// # Errors
    /// As [`Headers::push`].
    pub fn replace_first<H: TypedHeader>(&mut self, value: &H) -> Result<(), BuildError> {
        let line = self.add_value(value)?;
        let place = self.first_value::<H>().unwrap_or(self.lines.len());
        self.pop_first::<H>();
        self.lines.insert(place.min(self.lines.len()), line);
        Ok(())
    }

    /// Takes out the first value of the header, and only that; says whether
    /// there was one. The top Via of a response that is passed back goes so,
    /// and the top Route of a request that is sent there. Where the value
    /// breaks its grammar, its whole line goes: where the next value would
    /// begin is not known.
    pub fn pop_front<H: TypedHeader>(&mut self) -> bool {
        self.pop_first::<H>()
    }

    /// Takes out every header field of that name; says how many lines there
    /// were.
    pub fn remove(&mut self, name: &HeaderName<'_>) -> usize {
        let before = self.lines.len();
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| !self.is_named(line, name));
        self.lines = lines;
        before.saturating_sub(self.lines.len())
    }

    /// Writes the value behind the other edits, on one line even if it was read
    /// from several, and reads it back: a value that its own grammar refuses
    /// would let its text reach into the message.
    fn add_value<H: TypedHeader>(&mut self, value: &H) -> Result<Line, BuildError> {
        let start = self.edits.len();
        if self.edits.capacity() == 0 {
            self.edits.reserve(256);
        }
        self.edits.extend_from_slice(H::NAME.as_bytes());
        self.edits.extend_from_slice(b": ");
        let value_start = self.edits.len();
        value.encode(&mut self.edits);
        let line_end = header::unfold(&mut self.edits, value_start);
        let written = self.edits.get(value_start..).unwrap_or_default();
        let fault = match line_end.and_then(|end| self.edits.get(end..)) {
            Some(rest) => Some(Fault::new(Rule::LineEnd, rest)),
            None => match H::decode(written, &self.config) {
                Ok((_, [])) => None,
                Ok((_, rest)) => Some(Fault::new(Rule::Trailing, rest)),
                Err(fault) => Some(fault),
            },
        };
        let fault = match H::NAME.index() {
            Some(_) => fault,
            None => fault.or_else(|| name_fault(&H::NAME, written)),
        };
        if let Some(fault) = fault {
            let error = BuildError::new(H::NAME, fault.in_value(written.len()));
            self.edits.truncate(start);
            return Err(error);
        }
        Ok(Line::edited(
            start,
            value_start,
            self.edits.len(),
            H::NAME.index().unwrap_or(Line::OTHER),
        ))
    }

    /// Puts a header field behind all others, its value as it is: for fields
    /// that this crate does not know.
    ///
    /// # Errors
    /// [`BuildError`] where the name is not a token or longer than 65,535
    /// octets, or the value holds a control character.
    pub fn push_raw(&mut self, name: &HeaderName<'_>, value: &[u8]) -> Result<(), BuildError> {
        let fault = name_fault(name, value).or_else(|| {
            value
                .iter()
                .position(|octet| octet.is_ascii_control() && *octet != b'\t')
                .map(|bad| Fault::new(Rule::Text, value.get(bad..).unwrap_or_default()))
        });
        if let Some(fault) = fault {
            return Err(BuildError::new(
                name.clone().into_owned(),
                fault.in_value(value.len()),
            ));
        }
        let start = self.edits.len();
        self.edits.extend_from_slice(name.as_bytes());
        self.edits.extend_from_slice(b": ");
        let value_start = self.edits.len();
        self.edits.extend_from_slice(value.trim_ascii());
        let known = name.index().unwrap_or(Line::OTHER);
        self.lines
            .push(Line::edited(start, value_start, self.edits.len(), known));
        Ok(())
    }

    /// Copies a header field of another message behind all others.
    pub(super) fn push_field(&mut self, field: Field<'_>) {
        let start = self.edits.len();
        let name = field.name();
        self.edits.extend_from_slice(name.as_bytes());
        self.edits.extend_from_slice(b": ");
        let value_start = self.edits.len();
        write_unfolded(field.value(), &mut self.edits);
        let known = name.index().unwrap_or(Line::OTHER);
        self.lines
            .push(Line::edited(start, value_start, self.edits.len(), known));
    }

    /// Keeps text that belongs to the start line.
    pub(super) fn add_text(&mut self, text: &[u8]) -> Span {
        let start = self.edits.len();
        self.edits.extend_from_slice(text);
        Span {
            place: Place::Edits,
            ..Span::octets(start, self.edits.len())
        }
    }

    fn position(&self, name: &HeaderName<'_>) -> Option<usize> {
        self.lines.iter().position(|line| self.is_named(line, name))
    }

    /// The first line of `H` that holds a value: an empty list holds none.
    fn first_value<H: TypedHeader>(&self) -> Option<usize> {
        self.lines.iter().position(|line| {
            self.is_named(line, &H::NAME) && !(H::LIST && self.value(line).is_empty())
        })
    }

    /// Takes out the first value of `H`: its line, or, where more values
    /// follow on it, its part of the line.
    fn pop_first<H: TypedHeader>(&mut self) -> bool {
        let Some(index) = self.first_value::<H>() else {
            return false;
        };
        let next = self.lines.get(index).and_then(|line| {
            let (_, rest) = H::decode(self.value(line), &self.config).ok()?;
            after_value::<H>(rest).ok()?
        });
        match next.map(<[u8]>::len) {
            // Behind a comma at the end of the line stands no value.
            None | Some(0) => {
                self.lines.remove(index);
            }
            Some(left) => {
                if let Some(line) = self.lines.get_mut(index) {
                    line.cut_to(left);
                }
            }
        }
        true
    }
}

/// Why no header field of that name can be written, with this value.
fn name_fault(name: &HeaderName<'_>, value: &[u8]) -> Option<Fault> {
    match decode(token(name.as_bytes())) {
        Ok((name, [])) if name.len() <= usize::from(u16::MAX) => None,
        _ => Some(Fault::new(Rule::HeaderName, value)),
    }
}

impl Line {
    /// A line in what was edited in.
    fn edited(start: usize, value: usize, end: usize, name: u8) -> Line {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let name_length = value.saturating_sub(start).saturating_sub(2);
        Line {
            start: offset(start),
            value: offset(value),
            end: offset(end),
            name_length: u16::try_from(name_length).unwrap_or(u16::MAX),
            name,
            place: Place::Edits,
        }
    }

    /// Leaves the last `left` octets of the value.
    fn cut_to(&mut self, left: usize) {
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        self.value = self.end.saturating_sub(left);
        self.place = match self.place {
            Place::Octets | Place::OctetsCut => Place::OctetsCut,
            Place::Edits | Place::EditsCut => Place::EditsCut,
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::header::{CallId, HeaderName, Params, Route, Via};
    use crate::{Request, Rule};

    #[test]
    fn a_name_of_any_length_is_written_whole_or_refused() {
        let mut request = Request::parse(&b"OPTIONS sip:a@b SIP/2.0\r\n\r\n"[..]).unwrap();
        let name = "n".repeat(65_536);
        let headers = request.headers_mut();
        assert!(headers.push_raw(&HeaderName::from(&*name), b"").is_err());
        assert!(headers.push_raw(&HeaderName::from(&name[1..]), b"").is_ok());
        assert!(
            request
                .to_string()
                .contains(&format!("\r\n{}: \r\n", &name[1..]))
        );
    }

    #[test]
    fn an_empty_list_is_passed_over_on_the_way_to_the_first_value() {
        let octets: &[u8] =
            b"OPTIONS sip:a@b SIP/2.0\r\nRoute:\r\nX: 1\r\nRoute: <sip:c>,<sip:d>\r\n\r\n";
        let mut request = Request::parse(octets).unwrap();
        let first = |request: &Request| {
            let route = request.headers().typed::<Route>().unwrap();
            route.map(|route| route.uri.to_string())
        };
        assert_eq!(first(&request).unwrap(), "sip:c");
        assert!(request.headers().required::<Route>().is_ok());
        let new = Route::new("sip:e".parse().unwrap());
        request.headers_mut().replace_first(&new).unwrap();
        assert_eq!(first(&request).unwrap(), "sip:e");
        assert!(request.headers_mut().pop_front::<Route>());
        assert_eq!(first(&request).unwrap(), "sip:d");
        assert!(request.headers_mut().pop_front::<Route>());
        assert_eq!(first(&request), None);
        assert!(!request.headers_mut().pop_front::<Route>());
        let error = request.headers().required::<Route>().unwrap_err();
        assert_eq!(error.rule, Rule::Missing);
    }

    #[test]
    fn a_value_of_a_folded_line_may_be_put_into_another_message() {
        let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;x\r\n \r\n\t;y\r\n\r\n";
        let folded = Request::parse(octets).unwrap();
        let via = folded.headers().required::<Via>().unwrap();
        let mut other = Request::parse(&b"OPTIONS sip:a@b SIP/2.0\r\n\r\n"[..]).unwrap();
        other.headers_mut().push(&via).unwrap();
        let field = other.headers().field(&HeaderName::VIA).unwrap();
        assert_eq!(field.value(), b"SIP/2.0/UDP c;x  ;y");
    }

    #[test]
    fn a_line_end_that_is_not_a_fold_is_refused() {
        let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\r\n\r\n";
        let mut request = Request::parse(octets).unwrap();
        let mut via = request.headers().required::<Via>().unwrap().into_owned();
        for bad in [";x\r\n;y", ";x\n;y", ";x\r ;y", ";x\r\n\r\n ;y", ";x\r\n"] {
            via.params = Params::new(bad);
            let error = request.headers_mut().push(&via).unwrap_err().error;
            assert_eq!(
                (error.rule, error.position.octet()),
                (Rule::LineEnd, 15),
                "{bad:?}"
            );
        }
        assert!(
            request
                .headers_mut()
                .push(&CallId::from("a\r\n b"))
                .is_err()
        );
        assert_eq!(
            request.to_bytes().len(),
            octets.len() + b"Content-Length: 0\r\n".len()
        );
    }
}
