//! The header fields of a message: a table of where each lies.

use bytes::Bytes;

use crate::grammar::{self, skip_comma};
use crate::header::{HeaderName, TypedHeader};
use crate::{Fault, ParseConfig, ParseError, Position, Rule};

/// The header fields of a message, in their order (RFC 3261 section 7.3).
///
/// They are kept as they were received and read when asked for; an edit
/// touches only the fields that it names.
///
/// ```
/// use sip_core::header::{HeaderName, MaxForwards, Via};
/// use sip_core::Request;
/// let octets: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\n\
///     v: SIP/2.0/UDP one.example;branch=z9hG4bK1, SIP/2.0/TCP two.example\r\n\
///     Via: SIP/2.0/TLS three.example\r\n\
///     X-Room: 12\r\n\r\n";
/// let request = Request::parse(octets)?;
/// let headers = request.headers();
/// assert_eq!(headers.required::<Via>()?.transport, "UDP");
/// assert_eq!(headers.all::<Via>().count(), 3);
/// assert_eq!(headers.typed::<MaxForwards>()?, None);
/// assert_eq!(headers.field(&HeaderName::new("X-Room")).unwrap().value(), b"12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Headers {
    /// What was received.
    pub(super) octets: Bytes,
    /// What was edited in: complete lines, without their ends.
    pub(super) edits: Vec<u8>,
    pub(super) lines: Vec<Line>,
    pub(super) config: ParseConfig,
    /// Some line of `octets` does not end with CRLF.
    pub(super) bare_lf: bool,
    /// What a place in `octets` is to be called.
    pub(super) position: fn(usize) -> Position,
}

/// Where a header field lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Of the name's first octet.
    pub(super) start: u32,
    /// Of the value's first octet.
    pub(super) value: u32,
    /// Behind the value's last octet.
    pub(super) end: u32,
    pub(super) name_length: u16,
    /// The name, if it is known; else [`Line::OTHER`].
    pub(super) name: u8,
    pub(super) place: Place,
}

/// In what a line's numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In what was received.
    Octets,
    /// In what was received, but other values stood between name and value.
    OctetsCut,
    /// In what was edited in.
    Edits,
    /// In what was edited in, but other values stood between name and value.
    EditsCut,
}

impl Line {
    pub(super) const OTHER: u8 = u8::MAX;

    /// Whether there is no value.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.value == self.end
    }
}

impl Headers {
    pub(crate) fn new(octets: Bytes, config: ParseConfig) -> Self {
        Headers {
            octets,
            edits: Vec::new(),
            lines: Vec::new(),
            config,
            bare_lf: false,
            position: Position::Message,
        }
    }

    /// How the header fields are read.
    pub(crate) fn config(&self) -> &ParseConfig {
        &self.config
    }

    /// How many header fields there are, counted in lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no header field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Every header field in its order.
    #[must_use]
    pub fn iter(&self) -> Fields<'_> {
        Fields {
            headers: self,
            lines: self.lines.iter(),
        }
    }

    /// The first header field of that name.
    #[must_use]
    pub fn field(&self, name: &HeaderName<'_>) -> Option<Field<'_>> {
        self.fields(name).next()
    }

    /// Every header field of that name.
    pub fn fields<'h>(&'h self, name: &HeaderName<'_>) -> impl Iterator<Item = Field<'h>> {
        self.iter().filter(move |field| field.is_named(name))
    }

    /// Whether there is a header field of that name.
    #[must_use]
    pub fn contains(&self, name: &HeaderName<'_>) -> bool {
        self.field(name).is_some()
    }

    /// The first value of this header, where there is one.
    ///
    /// # Errors
    /// Where the value breaks the header's grammar; other headers are not
    /// looked at.
    #[inline]
    pub fn typed<H: TypedHeader>(&self) -> Result<Option<H::Value<'_>>, ParseError> {
        match self.first_line(&H::NAME) {
            None => Ok(None),
            // An empty list holds no value; the next line may hold one.
            Some(line) if H::LIST && line.is_empty() => self.behind_empty_list::<H>(),
            Some(line) => self.read::<H>(line).map(Some),
        }
    }

    /// The first value of this header, which must be there.
    ///
    /// # Errors
    /// [`Rule::Missing`] where it is not, and those of [`Headers::typed`].
    #[inline]
    pub fn required<H: TypedHeader>(&self) -> Result<H::Value<'_>, ParseError> {
        match self.first_line(&H::NAME) {
            None => Err(self.missing(H::NAME)),
            Some(line) => self.read::<H>(line),
        }
    }

    /// The first value on that line.
    #[inline]
    fn read<H: TypedHeader>(&self, line: &Line) -> Result<H::Value<'_>, ParseError> {
        match H::decode(self.value(line), &self.config) {
            Ok((header, rest)) if rest.is_empty() || after_value::<H>(rest).is_ok() => Ok(header),
            Ok((_, rest)) => Err(self.error(line, Fault::new(Rule::Trailing, rest))),
            Err(_) if H::LIST && line.is_empty() => {
                let first = self.behind_empty_list::<H>()?;
                first.ok_or_else(|| self.missing(H::NAME))
            }
            Err(fault) => Err(self.error(line, fault)),
        }
    }

    /// The first value behind lines that hold none.
    #[cold]
    fn behind_empty_list<H: TypedHeader>(&self) -> Result<Option<H::Value<'_>>, ParseError> {
        self.all::<H>().next().transpose()
    }

    /// Every value of this header, over all its lines and comma lists.
    #[must_use]
    pub fn all<H: TypedHeader>(&self) -> Values<'_, H> {
        Values {
            headers: self,
            lines: self.lines.iter(),
            current: None,
            header: std::marker::PhantomData,
        }
    }

    #[cold]
    pub(super) fn missing(&self, name: HeaderName<'static>) -> ParseError {
        let received = |line: &&Line| matches!(line.place, Place::Octets | Place::OctetsCut);
        let last = self.lines.iter().rfind(received);
        ParseError {
            rule: Rule::Missing,
            header: Some(name),
            position: (self.position)(last.map_or(0, |line| line.end as usize)),
        }
    }

    #[inline]
    pub(super) fn first_line(&self, name: &HeaderName<'_>) -> Option<&Line> {
        let Some(index) = name.index() else {
            return self.lines.iter().find(|line| self.is_named(line, name));
        };
        #[allow(clippy::manual_find)] // a third more instructions as `find`
        for line in &self.lines {
            if line.name == index {
                return Some(line);
            }
        }
        None
    }

    pub(super) fn is_named(&self, line: &Line, name: &HeaderName<'_>) -> bool {
        match name.index() {
            Some(index) => line.name == index,
            None => {
                line.name == Line::OTHER
                    && self.raw_name(line).eq_ignore_ascii_case(name.as_bytes())
            }
        }
    }

    pub(super) fn raw_name(&self, line: &Line) -> &[u8] {
        let start = line.start as usize;
        let end = start.saturating_add(usize::from(line.name_length));
        self.text_of(line.place).get(start..end).unwrap_or_default()
    }

    #[inline]
    pub(super) fn value(&self, line: &Line) -> &[u8] {
        self.text_of(line.place)
            .get(line.value as usize..line.end as usize)
            .unwrap_or_default()
    }

    #[inline]
    pub(super) fn text_of(&self, place: Place) -> &[u8] {
        match place {
            Place::Octets | Place::OctetsCut => &self.octets,
            Place::Edits | Place::EditsCut => &self.edits,
        }
    }

    /// Where an octet of a line lies, counted as the line's own numbers are.
    #[cold]
    pub(super) fn position_in(&self, line: &Line, octet: u32) -> Position {
        match line.place {
            Place::Octets | Place::OctetsCut => (self.position)(octet as usize),
            Place::Edits | Place::EditsCut => {
                Position::Value(octet.saturating_sub(line.value) as usize)
            }
        }
    }

    /// The error, for a fault in the value of that line.
    #[cold]
    pub(super) fn error(&self, line: &Line, fault: Fault) -> ParseError {
        let length = (line.end as usize).saturating_sub(line.value as usize);
        let remaining = u32::try_from(fault.remaining.min(length)).unwrap_or(0);
        ParseError {
            rule: fault.rule,
            header: HeaderName::from_index(line.name),
            position: self.position_in(line, line.end.saturating_sub(remaining)),
        }
    }
}

/// What follows the value after `rest`, which follows one: `None` at the end.
#[inline]
pub(super) fn after_value<H: TypedHeader>(rest: &[u8]) -> Result<Option<&[u8]>, Fault> {
    let end = grammar::sws(rest);
    if end.is_empty() {
        return Ok(None);
    }
    match skip_comma(end) {
        Some(next) if H::LIST => Ok(Some(next)),
        _ => Err(Fault::new(Rule::Trailing, end)),
    }
}

impl std::fmt::Debug for Headers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'h> IntoIterator for &'h Headers {
    type Item = Field<'h>;
    type IntoIter = Fields<'h>;

    fn into_iter(self) -> Fields<'h> {
        self.iter()
    }
}

/// One header field: its name and its value, not yet read (RFC 3261
/// section 7.3).
#[derive(Clone, Copy)]
pub struct Field<'h> {
    headers: &'h Headers,
    line: &'h Line,
}

impl<'h> Field<'h> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> HeaderName<'h> {
        HeaderName::from_index(self.line.name)
            .unwrap_or_else(|| HeaderName::from_octets(self.raw_name()))
    }

    /// The name as it was written.
    #[must_use]
    pub fn raw_name(&self) -> &'h [u8] {
        self.headers.raw_name(self.line)
    }

    /// The value as it was written, folds and all, without white space before
    /// and after it.
    #[must_use]
    pub fn value(&self) -> &'h [u8] {
        self.headers.value(self.line)
    }

    /// Whether this is the field's name.
    #[must_use]
    pub fn is_named(&self, name: &HeaderName<'_>) -> bool {
        self.headers.is_named(self.line, name)
    }
}

impl std::fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}: {}\"", self.name(), self.value().escape_ascii())
    }
}

/// The header fields of a message, see [`Headers::iter`].
#[derive(Clone, Debug)]
pub struct Fields<'h> {
    headers: &'h Headers,
    lines: std::slice::Iter<'h, Line>,
}

impl<'h> Iterator for Fields<'h> {
    type Item = Field<'h>;

    fn next(&mut self) -> Option<Field<'h>> {
        let line = self.lines.next()?;
        Some(Field {
            headers: self.headers,
            line,
        })
    }
}

/// The values of a header (RFC 3261 section 7.3.1), see [`Headers::all`]. A value that breaks the
/// grammar is an error, and so ends its line: where the next one would begin
/// is not known.
#[derive(Clone, Debug)]
pub struct Values<'h, H> {
    headers: &'h Headers,
    lines: std::slice::Iter<'h, Line>,
    /// The line being read and what is left of it.
    current: Option<(&'h Line, &'h [u8])>,
    header: std::marker::PhantomData<fn() -> H>,
}

impl<'h, H: TypedHeader> Iterator for Values<'h, H> {
    type Item = Result<H::Value<'h>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, text) = match self.current.take() {
            Some(current) => current,
            None => loop {
                let line = self
                    .lines
                    .find(|line| self.headers.is_named(line, &H::NAME))?;
                let value = self.headers.value(line);
                if !(H::LIST && value.is_empty()) {
                    break (line, value);
                }
            },
        };
        let read = H::decode(text, &self.headers.config)
            .and_then(|(header, rest)| Ok((header, after_value::<H>(rest)?)));
        Some(match read {
            Ok((header, next)) => {
                self.current = next.map(|next| (line, next));
                Ok(header)
            }
            Err(fault) => Err(self.headers.error(line, fault)),
        })
    }
}
