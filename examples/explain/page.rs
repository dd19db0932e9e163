//! The page that is printed: headings, labelled entries, wrapped to a width
//! that any terminal has. What comes from a message cannot steer the terminal:
//! control characters are shown as dots.

use std::borrow::Cow;

/// Columns.
const WIDTH: usize = 92;
const LABEL: usize = 18;
/// The longest text, in characters, that a message gets for one entry.
const LONGEST: usize = 240;

pub(crate) struct Page {
    text: String,
    /// A heading with nothing under it yet; without that it is not printed.
    title: Option<String>,
    colourful: bool,
}

impl Page {
    pub(crate) fn new(colourful: bool) -> Self {
        Page {
            text: String::new(),
            title: None,
            colourful,
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) fn heading(&mut self, title: &str) {
        let fits: String = printable(title).chars().take(WIDTH).collect();
        self.title = Some(self.coloured("1", &fits).into_owned());
    }

    /// Sentences over the whole width.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.wrapped("", 0, text);
    }

    /// Sentences that begin with a number of three places and a dot.
    pub(crate) fn point(&mut self, text: &str) {
        let (number, text) = text.split_at_checked(4).unwrap_or(("", text));
        self.wrapped(number, 5, text);
    }

    /// Sentences that belong to what stands above.
    pub(crate) fn note(&mut self, text: &str) {
        self.wrapped("     ", 5, text);
    }

    /// A name and what is to be said of it.
    pub(crate) fn entry(&mut self, label: &str, text: &str) {
        let mut label = format!("  {} ", printable(label));
        if label.chars().count() > WIDTH / 2 {
            self.wrapped("", 2, &label);
            label.clear();
        }
        self.wrapped(&label, LABEL, text);
    }

    /// A line of a message, and a caret under one of its octets, from 1.
    pub(crate) fn quote(&mut self, line: &[u8], column: usize) {
        let before = line.get(..column.saturating_sub(1)).unwrap_or(line);
        let caret = String::from_utf8_lossy(before).chars().count();
        let room = WIDTH.saturating_sub(16);
        // Of a long line, what is around the caret.
        let skipped = match caret.saturating_add(8) > room {
            true => caret.saturating_sub(room / 2),
            false => 0,
        };
        let text = printable(&String::from_utf8_lossy(line)).into_owned();
        let shown: String = text.chars().skip(skipped).take(room).collect();
        let more = text.chars().count() > skipped.saturating_add(room);
        let (left, right) = (
            if skipped > 0 { "…" } else { "" },
            if more { "…" } else { "" },
        );
        self.line(&format!("       {left}{shown}{right}"));
        let indent = caret
            .saturating_sub(skipped)
            .saturating_add(left.chars().count());
        let caret = self.coloured("1;31", "^");
        self.line(&format!("       {}{caret}", " ".repeat(indent)));
    }

    /// Lines as they are, indented.
    pub(crate) fn verbatim(&mut self, text: &str) {
        for line in text.lines() {
            for piece in pieces(&printable(line), WIDTH.saturating_sub(5)) {
                self.line(&format!("     {piece}"));
            }
        }
    }

    /// Words of `text` over as many lines as it takes: behind `label` on the
    /// first, as far to the right on the others.
    fn wrapped(&mut self, label: &str, indent: usize, text: &str) {
        let mut line = format!("{label:indent$}");
        let room = WIDTH.saturating_sub(indent);
        let words = text.split_whitespace().map(printable);
        let mut words = words.flat_map(|word| pieces(&word, room)).peekable();
        while let Some(word) = words.next() {
            line.push_str(&word);
            let next = words.peek().map_or(0, |next| next.chars().count());
            if line.chars().count().saturating_add(next) < WIDTH {
                line.push(' ');
            } else {
                self.line(line.trim_end());
                line = " ".repeat(indent);
            }
        }
        if !line.trim_end().is_empty() {
            self.line(line.trim_end());
        }
    }

    fn coloured<'t>(&self, code: &str, text: &'t str) -> Cow<'t, str> {
        match self.colourful {
            true => format!("\x1b[{code}m{text}\x1b[0m").into(),
            false => text.into(),
        }
    }

    fn line(&mut self, line: &str) {
        if let Some(title) = self.title.take() {
            let gap = if self.text.is_empty() { "" } else { "\n" };
            self.text.push_str(&format!("{gap}{title}\n"));
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// What a message holds, fit for a sentence: without folds, not too long.
pub(crate) fn shown(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((end, _)) => {
            let start = text.get(..end).unwrap_or_default();
            format!("{start}… ({} octets)", octets.len())
        }
    }
}

/// A word, in pieces where it is longer than a line.
fn pieces(word: &str, room: usize) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    characters.chunks(room).map(String::from_iter).collect()
}

fn printable(text: &str) -> Cow<'_, str> {
    match text.chars().any(is_steering) {
        true => text
            .chars()
            .map(|character| {
                if is_steering(character) {
                    '·'
                } else {
                    character
                }
            })
            .collect(),
        false => text.into(),
    }
}

/// Controls, and the characters that turn the direction of what follows.
fn is_steering(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
