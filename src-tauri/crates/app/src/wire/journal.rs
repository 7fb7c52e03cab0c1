//! What crosses to the interface of the journal.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A whole entry, for the page that shows and edits it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The title the leader gave; empty where the first line serves.
    pub title: String,
    /// What to show as its title; may be empty for an empty entry.
    pub shown_title: String,
    /// The Markdown, byte for byte.
    pub body: String,
    /// The day it belongs to.
    pub day: String,
    /// The moment it belongs to, with the offset that held.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Its tags, in the order given.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// The template it began from.
    pub template: Option<String>,
    /// Its attachments.
    pub attachments: Vec<Attachment>,
    /// When it was put in the trash.
    pub trashed_at: Option<String>,
    /// Grows with every change of text; hand it back when saving.
    pub version: u32,
}

/// A file that belongs to an entry.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its id; the text refers to it as `attachment:ID`.
    pub id: String,
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u32,
}

/// One line of a list of entries.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryRow {
    /// The entry's id.
    pub id: String,
    /// What to show as its title.
    pub shown_title: String,
    /// The first words of the text, without marks.
    pub preview: String,
    /// Its day.
    pub day: String,
    /// Its moment.
    pub created_at: String,
    /// Whether it is starred.
    pub starred: bool,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was put in the trash.
    pub trashed_at: Option<String>,
}

/// Which entries a list shows, always newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Filter {
    /// All but the trash.
    All,
    /// Those with this tag.
    Tag {
        /// The tag.
        tag: String,
    },
    /// The starred ones.
    Starred,
    /// Those of one day.
    Day {
        /// The day.
        day: String,
    },
    /// Those of one month.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// The trash, last thrown first.
    Trash,
}

/// Some rows of a list, and how long the whole list is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The rows from the offset asked for.
    pub rows: Vec<EntryRow>,
    /// How many the filter matches.
    pub total: u32,
}

/// A day that has entries.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayCount {
    /// The day.
    pub day: String,
    /// How many entries.
    pub count: u32,
}

/// A tag in use.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many entries.
    pub count: u32,
}

/// A piece of text, either a hit or what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// An entry that a search found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The entry.
    pub row: EntryRow,
    /// Its title with the hits marked.
    pub title: Vec<Span>,
    /// The place in the text where it was found.
    pub excerpt: Vec<Span>,
}

/// Some hits of a search.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Hits {
    /// Hits: exact words first, then newest first.
    pub hits: Vec<Hit>,
    /// Whether there are more after these.
    pub more: bool,
}

/// What a new entry begins with.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewEntry {
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The template's id.
    pub template: Option<String>,
    /// The day it belongs to, where it is not today.
    pub day: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
}

/// The text of an entry as the editor has it.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The version that the editor began from.
    pub version: u32,
}

/// That a text is durably in the store.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// The version now in the store.
    pub version: u32,
    /// When it was saved.
    pub updated_at: String,
    /// What to show as the title.
    pub shown_title: String,
}

/// An earlier text of an entry.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// Its id.
    pub id: String,
    /// When that text was saved.
    pub saved_at: String,
    /// Its length in characters.
    pub characters: u32,
}

/// One line of a comparison between an earlier text and today's.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DiffLine {
    /// Whether it stands only in the earlier text, only in today's, or in both.
    pub side: DiffSide,
    /// The line in pieces; a hit is what changed within it.
    pub spans: Vec<Span>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DiffSide {
    /// In both texts.
    Both,
    /// Only in the earlier one.
    Earlier,
    /// Only in today's.
    Now,
}

/// A way to begin a reflection.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Its id, kept in the entry.
    pub id: String,
    /// Its name in the language asked for.
    pub name: String,
    /// One sentence on when to use it.
    pub purpose: String,
    /// The questions in their order.
    pub questions: Vec<String>,
    /// The Markdown that a new entry begins with.
    pub body: String,
    /// Where the method is described, if anywhere.
    pub source: Option<String>,
}
