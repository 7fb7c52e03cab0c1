//! What an import would bring, said before anything is written; and bringing it.

use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;
use fristed_base::{EntryId, Moment};
use fristed_journal::{Incoming, IncomingAttachment, Journal, SourceKey};

use crate::detect;
use crate::error::{ExchangeError, Result};
use crate::front_matter;
use crate::limits;
use crate::names;
use crate::reading::{Draft, Media, OnProgress, Parsed};
use crate::zone::Zone;

/// The kinds of file that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Day One's JSON, alone, in a folder or zipped.
    DayOne,
    /// jrnl's JSON.
    Jrnl,
    /// A folder of Markdown, or one file.
    Markdown,
    /// Fristed's own JSON.
    FristedJson,
    /// Fristed's own Markdown.
    FristedMarkdown,
}

/// Why something is left out of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipReason {
    /// Above [`limits::ATTACHMENT`] or [`limits::TEXT`].
    TooLarge,
    /// Named in an entry, absent from the file.
    Missing,
    /// An entry with neither text nor attachment.
    Empty,
    /// It cannot be read: no UTF-8, damaged, encrypted, or without what an entry needs.
    Unreadable,
    /// Not a kind of file that an import takes, and no entry points to it.
    NotForImport,
    /// Its name, or a name in an entry, points outside the folder, at a link or at a device.
    UnsafeName,
}

/// A title and a day out of a file to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRow {
    /// The title, on one line.
    pub title: String,
    /// The day.
    pub day: NaiveDate,
}

/// What an import would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The kind of file.
    pub format: Format,
    /// Entries that would be new.
    pub new_entries: u32,
    /// Entries that are here already, the trash included.
    pub already_here: u32,
    /// The first day among the new ones.
    pub first_day: Option<NaiveDate>,
    /// The last day among the new ones.
    pub last_day: Option<NaiveDate>,
    /// Attachments of the new ones.
    pub attachments: u32,
    /// Their bytes.
    pub attachment_bytes: u64,
    /// What is left out: a name within the file, and why.
    pub skipped: Vec<(String, SkipReason)>,
    /// The first of the new ones, oldest first.
    pub sample: Vec<SampleRow>,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportDone {
    /// Entries added.
    pub added: u32,
    /// Entries that were here already.
    pub already_here: u32,
    /// Things left out.
    pub skipped: u32,
}

/// An import that was read and can be run. Its texts are in memory, its attachments are not; who
/// locks the journal drops it.
pub struct Plan {
    preview: Preview,
    entries: Vec<Parsed>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

/// How many keys are asked for at once.
const KEYS_AT_ONCE: usize = 1000;

/// Reads a file or a folder and says what importing it would bring. Nothing is written.
///
/// `zone` is where times without a zone were written down; `progress` hears how many steps are
/// done and of how many (0 where that is not known), and can stop the work.
///
/// # Errors
/// [`ExchangeError::UnknownFormat`], [`ExchangeError::BadFile`], [`ExchangeError::TooLarge`],
/// [`ExchangeError::Cancelled`], [`ExchangeError::Io`], [`ExchangeError::Journal`].
pub fn preview(
    path: &Path,
    journal: &Journal,
    zone: &dyn Zone,
    progress: OnProgress<'_>,
) -> Result<Plan> {
    let read = detect::read(path, zone, progress)?;
    let total = read.entries.len();
    let mut entries = Vec::with_capacity(total);
    let mut rest = read.entries.into_iter();
    loop {
        let some: Vec<Parsed> = rest.by_ref().take(KEYS_AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let keys: Vec<SourceKey> = some.iter().map(|entry| entry.source).collect();
        let ids: Vec<EntryId> = some.iter().filter_map(|entry| entry.draft.id).collect();
        let (keys, ids) = (journal.known(&keys)?, journal.known_ids(&ids)?);
        entries.extend(some.into_iter().filter(|entry| {
            !keys.contains(&entry.source) && !entry.draft.id.is_some_and(|id| ids.contains(&id))
        }));
    }
    // The journal takes entries fastest in the order of their moments.
    entries.sort_by_key(|entry| entry.draft.written.local());
    let media = || entries.iter().flat_map(|entry| &entry.draft.media);
    let days = || entries.iter().map(|entry| entry.draft.written.day());
    let preview = Preview {
        format: read.format,
        new_entries: count(entries.len()),
        already_here: count(total - entries.len()),
        first_day: days().min(),
        last_day: days().max(),
        attachments: count(media().count()),
        attachment_bytes: media().map(|media| media.size).sum(),
        skipped: read.skipped,
        sample: entries
            .iter()
            .take(limits::TITLES_SHOWN)
            .map(|entry| sample(&entry.draft))
            .collect(),
    };
    Ok(Plan { preview, entries })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The longest title in a sample, in bytes.
const LONGEST_TITLE: usize = 200;

fn sample(draft: &Draft) -> SampleRow {
    let text = front_matter::split(&draft.body).map_or(draft.body.as_str(), |split| split.rest);
    let first = || text.lines().map(words).find(|line| !line.is_empty()).unwrap_or_default();
    let title = if draft.title.trim().is_empty() { first() } else { draft.title.as_str() };
    let title = names::on_one_line(names::cut_to(title, LONGEST_TITLE));
    SampleRow { title, day: draft.written.day() }
}

/// A line without the marks that it begins with.
fn words(line: &str) -> &str {
    line.trim_start_matches(['#', '>', '*', '-', '+', ' ', '\t', '_', '!']).trim()
}

impl Plan {
    /// What it would bring.
    #[must_use]
    pub const fn preview(&self) -> &Preview {
        &self.preview
    }

    /// Brings all of it in, in one transaction: all or nothing, whatever stops it. Entries that
    /// came to be here since the preview are passed over.
    ///
    /// # Errors
    /// [`ExchangeError::Cancelled`], [`ExchangeError::Io`] where an attachment can no longer be
    /// read, [`ExchangeError::Journal`]; after any of them the journal is as it was.
    pub fn run(
        self,
        journal: &Journal,
        progress: OnProgress<'_>,
        now: Moment,
    ) -> Result<ImportDone> {
        let total = self.preview.new_entries;
        if progress(0, total).is_break() {
            return Err(ExchangeError::Cancelled);
        }
        let mut done = ImportDone {
            added: 0,
            already_here: self.preview.already_here,
            skipped: count(self.preview.skipped.len()),
        };
        if self.entries.is_empty() {
            return Ok(done);
        }
        let mut incoming = self.entries.into_iter().map(|entry| Ok(incoming(entry)));
        let mut heard = |done| -> ControlFlow<()> { progress(done, total) };
        let outcome = journal.import::<ExchangeError>(&mut incoming, &mut heard, now)?;
        done.added = outcome.added;
        done.already_here += outcome.already_here;
        Ok(done)
    }
}

fn incoming(entry: Parsed) -> Incoming {
    let Parsed { source, draft } = entry;
    Incoming {
        source,
        id: draft.id,
        written: draft.written,
        updated: draft.updated,
        title: draft.title,
        body: draft.body,
        tags: draft.tags,
        starred: draft.starred,
        template: draft.template,
        attachments: draft.media.into_iter().map(attachment).collect(),
    }
}

fn attachment(media: Media) -> IncomingAttachment {
    let place = media.place;
    IncomingAttachment {
        id: media.id,
        name: media.name,
        media_type: media.media_type,
        open: Box::new(move || place.open()),
    }
}
