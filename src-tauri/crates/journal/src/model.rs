//! What a journal holds, as its callers see it.

use std::fmt;
use std::io;

use chrono::NaiveDate;
use fristed_base::{AttachmentId, EntryId, Moment, RevisionId};

/// A whole reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The title the leader gave; empty where the first line serves.
    pub title: String,
    /// What to show as its title: the given one, or the first line without its Markdown marks.
    pub shown_title: String,
    /// The Markdown, byte for byte as it came.
    pub body: String,
    /// The moment it belongs to; the leader can move it.
    pub written: Moment,
    /// When it was last changed.
    pub updated: Moment,
    /// Its tags in the order given.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// The id of the template it began from.
    pub template: Option<String>,
    /// Its attachments in the order they were added.
    pub attachments: Vec<Attachment>,
    /// When it was put in the trash; `None` while it is not there.
    pub trashed: Option<Moment>,
    /// Grows by one with every change of title or text.
    pub version: u32,
}

/// What a new entry begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The tags; blank ones and repetitions are left out.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// The id of the template it begins from.
    pub template: Option<String>,
    /// The moment it belongs to.
    pub written: Moment,
}

/// The text of an entry as an editor has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The version that the editor began from.
    pub version: u32,
}

/// That a text is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The version now in the store.
    pub version: u32,
    /// When the text was last changed.
    pub updated: Moment,
    /// What to show as the title.
    pub shown_title: String,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// The entry's id.
    pub id: EntryId,
    /// What to show as its title.
    pub shown_title: String,
    /// The first words of the text without marks, at most [`crate::PREVIEW_LENGTH`] characters.
    pub preview: String,
    /// The moment it belongs to.
    pub written: Moment,
    /// Whether it is starred.
    pub starred: bool,
    /// Its tags in the order given.
    pub tags: Vec<String>,
    /// When it was put in the trash.
    pub trashed: Option<Moment>,
}

/// Which entries a list shows. All but the trash are newest first by the leader's own clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All but the trash.
    All,
    /// Those with exactly this tag.
    Tag(String),
    /// The starred ones.
    Starred,
    /// Those of one day.
    Day(NaiveDate),
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows from the offset asked for.
    pub rows: Vec<EntryRow>,
    /// How many entries the filter matches.
    pub total: u32,
}

/// A day that has entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: NaiveDate,
    /// How many entries.
    pub count: u32,
}

/// A tag in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many entries outside the trash have it.
    pub count: u32,
}

/// A piece of text, either a hit or what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for, or what changed.
    pub hit: bool,
}

/// An entry that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The entry.
    pub row: EntryRow,
    /// Its shown title with the hits marked.
    pub title: Vec<Span>,
    /// The best place in the text with the hits marked.
    pub excerpt: Vec<Span>,
}

/// Some hits of a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Whole words first, then parts of words; each newest first.
    pub hits: Vec<Hit>,
    /// Whether there are more after these.
    pub more: bool,
}

/// An earlier text of an entry, without the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionInfo {
    /// Its id.
    pub id: RevisionId,
    /// When that text was saved.
    pub saved: Moment,
    /// Its length in characters, title and text together.
    pub characters: u32,
}

/// An earlier text of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionText {
    /// Its id.
    pub id: RevisionId,
    /// The entry it belongs to.
    pub entry: EntryId,
    /// When that text was saved.
    pub saved: Moment,
    /// The title as it was.
    pub title: String,
    /// The Markdown as it was.
    pub body: String,
}

/// One line of a comparison between an earlier text and today's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// Where the line stands.
    pub side: DiffSide,
    /// The line in pieces, without its line end; a hit is what changed within it.
    pub spans: Vec<Span>,
}

/// Where a line of a comparison stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffSide {
    /// In both texts.
    Both,
    /// Only in the earlier one.
    Earlier,
    /// Only in today's.
    Now,
}

/// A file that belongs to an entry; a text refers to it as `attachment:ID`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The entry it belongs to.
    pub entry: EntryId,
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u32,
}

/// What makes an imported entry the same one when it comes a second time: a hash of its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceKey(pub [u8; 32]);

/// An entry on its way in.
#[derive(Debug)]
pub struct Incoming {
    /// What tells whether it is here already.
    pub source: SourceKey,
    /// The id to give it; a new one where there is none.
    pub id: Option<EntryId>,
    /// The moment it belongs to.
    pub written: Moment,
    /// When it was last changed.
    pub updated: Moment,
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// The id of the template it began from.
    pub template: Option<String>,
    /// Its attachments.
    pub attachments: Vec<IncomingAttachment>,
}

/// Opens the content of an attachment, when its turn has come.
pub type OpenContent = Box<dyn FnOnce() -> io::Result<Box<dyn io::Read>>>;

/// An attachment on its way in.
pub struct IncomingAttachment {
    /// The id that the text refers to.
    pub id: AttachmentId,
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Opens its content.
    pub open: OpenContent,
}

impl fmt::Debug for IncomingAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingAttachment").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOutcome {
    /// Entries added.
    pub added: u32,
    /// Entries that were here already.
    pub already_here: u32,
}

/// What a check of the journal found; all empty and true when it is sound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalCheck {
    /// Entries looked at, the trash too.
    pub entries: u32,
    /// Attachments looked at.
    pub attachments: u32,
    /// Attachments whose bytes are not those that were stored.
    pub damaged_attachments: Vec<AttachmentId>,
    /// Whether the search index is sound and knows every entry.
    pub index_sound: bool,
    /// Whether the counts that lists rely on are right.
    pub counts_right: bool,
}

impl JournalCheck {
    /// True where nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.damaged_attachments.is_empty() && self.index_sound && self.counts_right
    }
}

/// What could not be read of a store with a damaged page, where everything else could.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unreadable {
    /// Entries outside the trash whose text is lost.
    pub entries: u32,
    /// Entries that are there with their text, but without something else that belongs to them:
    /// their tags, their attachments, or what their row held. Where that is lost, the day and the
    /// time are those that the clock on the wall showed, the zone is not known and taken for UTC,
    /// and the star and the template are gone.
    pub incomplete: u32,
    /// Attachments that are not there, since their name or their entry's text is lost. Whether
    /// their bytes can be read is not known before they are.
    pub attachments: u32,
}
