//! The journal: reflections, their earlier texts, tags, attachments and search, in an open store.
//!
//! A text is stored byte for byte as it came. What lists show of it (a title, the first words, the
//! day) is derived when it is saved, so that a list never reads a text. Nothing here asks what
//! time it is, and no error says a word of what was written.

mod compare;
mod error;
mod files;
mod history;
mod import;
mod journal;
mod markdown;
#[cfg(feature = "measure")]
pub mod measure;
mod model;
mod salvage;
mod search;
mod table;
mod template;
#[cfg(test)]
mod trial;
mod writing;

pub use compare::lines as compare_texts;
pub use error::{JournalError, Result};
pub use journal::Journal;
pub use markdown::PREVIEW_LENGTH;
pub use model::{
    Attachment, DayCount, DiffLine, DiffSide, Entry, EntryRow, Filter, Hit, Hits, ImportOutcome,
    Incoming, IncomingAttachment, JournalCheck, NewEntry, OpenContent, Page, RevisionInfo,
    RevisionText, Saved, SourceKey, Span, TagCount, Text, Unreadable,
};
pub use table::MIGRATIONS;
pub use table::blob::ATTACHMENT_LIMIT;
pub use template::{Lang, Template, prompts, templates};
pub use writing::TEXT_LIMIT;
