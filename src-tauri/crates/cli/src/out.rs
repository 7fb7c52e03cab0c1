//! Standard output: JSON with stable field names, and lines for people.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use fristed_app::wire::{Attachment, Entry, Span};
use serde::Serialize;

use crate::failure::Failure;

/// Standard output, buffered; it has to be finished, so that nothing is lost unsaid.
pub struct Out {
    to: BufWriter<StdoutLock<'static>>,
    /// True where a person looks on.
    pub terminal: bool,
}

impl Out {
    /// Takes standard output.
    #[must_use]
    pub fn new() -> Self {
        let stdout = io::stdout();
        Self {
            terminal: stdout.is_terminal(),
            to: BufWriter::with_capacity(1 << 16, stdout.lock()),
        }
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.to.write_all(bytes).map_err(Failure::Output)
    }

    /// Writes a line.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.bytes(line.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Writes one JSON document and ends its line.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn json(&mut self, document: &impl Serialize) -> Result<(), Failure> {
        self.element(document)?;
        self.bytes(b"\n")
    }

    /// Writes one JSON value without ending the line.
    ///
    /// # Errors
    /// [`Failure::Output`].
    fn element(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.to, value)
            .map_err(|error| Failure::Output(io::Error::from(error)))
    }

    /// Begins a JSON array that is written one element at a time.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn array(&mut self) -> Result<Array<'_>, Failure> {
        self.bytes(b"[")?;
        Ok(Array { out: self, first: true })
    }

    /// Sees everything written off.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn finish(mut self) -> Result<(), Failure> {
        self.to.flush().map_err(Failure::Output)
    }
}

impl Default for Out {
    fn default() -> Self {
        Self::new()
    }
}

/// A JSON array under way; a hundred thousand entries pass through it one by one.
pub struct Array<'a> {
    out: &'a mut Out,
    first: bool,
}

impl Array<'_> {
    /// Writes the next element.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn push(&mut self, element: &impl Serialize) -> Result<(), Failure> {
        self.out.bytes(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        self.out.element(element)
    }

    /// Ends the array.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn end(self) -> Result<(), Failure> {
        self.out.bytes(if self.first { b"]\n" } else { b"\n]\n" })
    }
}

/// An entry as the terminal gives it. The field names are stable.
#[derive(Debug, Serialize)]
pub struct EntryJson<'a> {
    id: &'a str,
    title: &'a str,
    body: &'a str,
    #[serde(flatten)]
    rest: Rest<'a>,
}

/// A search's hit: an entry with the place where it was found instead of its text.
#[derive(Debug, Serialize)]
pub struct HitJson<'a> {
    id: &'a str,
    title: &'a str,
    excerpt: &'a str,
    #[serde(flatten)]
    rest: Rest<'a>,
}

#[derive(Debug, Serialize)]
struct Rest<'a> {
    day: &'a str,
    created_at: &'a str,
    updated_at: &'a str,
    tags: &'a [String],
    starred: bool,
    template: Option<&'a str>,
    attachments: Vec<AttachmentJson<'a>>,
}

#[derive(Debug, Serialize)]
struct AttachmentJson<'a> {
    id: &'a str,
    name: &'a str,
    media_type: &'a str,
    size: u32,
}

impl<'a> From<&'a Attachment> for AttachmentJson<'a> {
    fn from(of: &'a Attachment) -> Self {
        Self { id: &of.id, name: &of.name, media_type: &of.media_type, size: of.size }
    }
}

impl<'a> From<&'a Entry> for Rest<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            day: &entry.day,
            created_at: &entry.created_at,
            updated_at: &entry.updated_at,
            tags: &entry.tags,
            starred: entry.starred,
            template: entry.template.as_deref(),
            attachments: entry.attachments.iter().map(AttachmentJson::from).collect(),
        }
    }
}

impl<'a> From<&'a Entry> for EntryJson<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self { id: &entry.id, title: &entry.shown_title, body: &entry.body, rest: entry.into() }
    }
}

impl<'a> HitJson<'a> {
    /// The hit in this entry; `excerpt` is plain text.
    #[must_use]
    pub fn new(entry: &'a Entry, excerpt: &'a str) -> Self {
        Self { id: &entry.id, title: &entry.shown_title, excerpt, rest: entry.into() }
    }
}

/// The text of spans, without their marks.
#[must_use]
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Text that a terminal can show: what would move its cursor, change its colours, turn its
/// writing direction or begin a line stands as `·`.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) || c == '\n' || c == '\t' { '·' } else { c }).collect()
}

/// The same for a whole text, whose lines and tabs are its own.
#[must_use]
pub fn harmless_text(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) && c != '\n' && c != '\t' { '·' } else { c }).collect()
}

/// Control characters, and the ones that turn or isolate the writing direction (Unicode UAX 9).
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            id: "0193".into(),
            title: String::new(),
            shown_title: "Om mandagen".into(),
            body: "# Om mandagen\n".into(),
            day: "2026-11-24".into(),
            created_at: "2026-11-24T16:40:00+01:00".into(),
            updated_at: "2026-11-24T16:41:00+01:00".into(),
            tags: vec!["ledelse".into()],
            starred: true,
            template: None,
            attachments: vec![],
            trashed_at: None,
            version: 1,
        }
    }

    #[test]
    fn an_entry_has_exactly_the_promised_fields() {
        let json = serde_json::to_string(&EntryJson::from(&entry())).expect("JSON");
        assert_eq!(
            json,
            r##"{"id":"0193","title":"Om mandagen","body":"# Om mandagen\n","day":"2026-11-24","created_at":"2026-11-24T16:40:00+01:00","updated_at":"2026-11-24T16:41:00+01:00","tags":["ledelse"],"starred":true,"template":null,"attachments":[]}"##
        );
    }

    #[test]
    fn a_hit_has_an_excerpt_in_place_of_the_text() {
        let json = serde_json::to_value(HitJson::new(&entry(), "… mandagen …")).expect("JSON");
        assert_eq!(json["excerpt"], "… mandagen …");
        assert!(json.get("body").is_none());
        assert_eq!(json.as_object().map(serde_json::Map::len), Some(10));
    }

    #[test]
    fn a_title_cannot_take_over_the_terminal() {
        assert_eq!(harmless("ny\u{1b}[2J\u{202e}lov\0\n"), "ny·[2J·lov··");
        assert_eq!(harmless_text("a\tb\r\n\u{1b}c"), "a\tb·\n·c");
        assert_eq!(harmless("blåbærgrød – ”sådan” 👩‍🏫"), "blåbærgrød – ”sådan” 👩‍🏫");
    }
}
