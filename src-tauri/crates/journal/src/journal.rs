//! The journal in an open store.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{Read, Write};
use std::ops::ControlFlow;

use chrono::NaiveDate;
use fristed_base::{AttachmentId, EntryId, Moment, RevisionId};
use fristed_vault::{Store, StoreError, vouch};
use rusqlite::Connection;

use crate::error::{JournalError, Mixed, Result};
use crate::model::{
    Attachment, DayCount, DiffLine, Entry, EntryRow, Filter, Hits, ImportOutcome, Incoming,
    JournalCheck, NewEntry, Page, RevisionInfo, RevisionText, Saved, SourceKey, TagCount, Text,
    Unreadable,
};
use crate::search::index;
use crate::table::{blob, entry, list, revision, source, tag};
use crate::{compare, files, history, import, salvage, search, writing};

/// A leader's journal. Cloning it is cheap; all clones are one journal.
///
/// Every method gives [`JournalError::Store`] where the store fails or was closed by a lock.
#[derive(Clone)]
pub struct Journal {
    store: Store,
}

impl Journal {
    /// The journal in this store, whose schema must include [`crate::MIGRATIONS`].
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    fn read<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.store.read(f)
    }

    fn write<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.store.write(|transaction| f(transaction))
    }

    /// Writes a new entry.
    ///
    /// # Errors
    /// [`JournalError::TextTooLarge`] above [`crate::TEXT_LIMIT`].
    pub fn create(&self, new: NewEntry, now: Moment) -> Result<Entry> {
        self.write(|c| writing::create(c, &new, now))
    }

    /// The whole entry.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn entry(&self, id: EntryId) -> Result<Entry> {
        self.read(|c| writing::whole(c, entry::by_id(c, id)?))
    }

    /// Saves an entry's text; it is on the disk when this returns. A text that is the same as the
    /// one in the store is not written again. The replaced text is kept as a revision where it
    /// stood for five minutes, or the last one kept is five minutes older.
    ///
    /// # Errors
    /// [`JournalError::Changed`] where the store has a newer version than the text began from,
    /// [`JournalError::TextTooLarge`] above [`crate::TEXT_LIMIT`], [`JournalError::NotFound`].
    pub fn save(&self, id: EntryId, text: Text, now: Moment) -> Result<Saved> {
        self.write(|c| writing::save(c, id, &text, now))
    }

    /// Moves an entry to another moment.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn set_written(&self, id: EntryId, written: Moment, now: Moment) -> Result<()> {
        self.write(|c| writing::set_written(c, id, written, now))
    }

    /// Gives an entry these tags instead of those it had. Blank ones and repetitions are left out.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn set_tags(&self, id: EntryId, tags: &[String], now: Moment) -> Result<()> {
        self.write(|c| writing::set_tags(c, id, tags, now))
    }

    /// Sets or takes an entry's star.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn set_starred(&self, id: EntryId, starred: bool, now: Moment) -> Result<()> {
        self.write(|c| writing::set_starred(c, id, starred, now))
    }

    /// Puts an entry in the trash; there it is found by no search.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn trash(&self, id: EntryId, now: Moment) -> Result<()> {
        self.write(|c| writing::trash(c, id, now))
    }

    /// Takes an entry out of the trash.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn restore(&self, id: EntryId, _now: Moment) -> Result<()> {
        self.write(|c| writing::restore(c, id))
    }

    /// Removes an entry for good, with its revisions, its attachments and the words that it alone
    /// had.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn purge(&self, id: EntryId) -> Result<()> {
        self.write(|c| writing::purge(c, id))
    }

    /// Removes for good what was put in the trash at `before` or earlier, or all of it; gives how
    /// many entries that were.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn empty_trash(&self, before: Option<Moment>) -> Result<u32> {
        self.write(|c| writing::empty_trash(c, before))
    }

    /// The rows `offset..offset + limit` of a list, and how long it is.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn page(&self, filter: &Filter, offset: u32, limit: u32) -> Result<Page> {
        self.read(|c| {
            let (rows, total) = list::page(c, filter, offset, limit)?;
            Ok(Page { rows, total })
        })
    }

    /// The days of a month (1 to 12) that have entries.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn days(&self, year: i32, month: u32) -> Result<Vec<DayCount>> {
        self.read(|c| list::days(c, year, month))
    }

    /// The entries of earlier years on the day and month of `today`, newest first. A 29 February
    /// shows on the 28th in years that have no 29th.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn on_this_day(&self, today: NaiveDate) -> Result<Vec<EntryRow>> {
        self.read(|c| list::on_this_day(c, today))
    }

    /// The tags in use outside the trash, the most used first.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn tags(&self) -> Result<Vec<TagCount>> {
        self.read(tag::counts)
    }

    /// The hits `offset..offset + limit` of what was typed: entries that have every word whole
    /// first, then those that have each as a part of a word; newest first in both. Nothing typed
    /// is an error. `src/search/query.rs` has the syntax.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn search(&self, typed: &str, offset: u32, limit: u32) -> Result<Hits> {
        if self.read(index::is_behind)? {
            // Where nothing can be written, what waits for the index is looked through instead.
            match self.write(|c| index::catch_up(c, None)) {
                Ok(()) | Err(JournalError::Store(StoreError::ReadOnly | StoreError::Full)) => {}
                Err(error) => return Err(error),
            }
        }
        self.read(|c| search::search(c, typed, offset, limit))
    }

    /// The earlier texts of an entry, the latest first.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn revisions(&self, id: EntryId) -> Result<Vec<RevisionInfo>> {
        self.read(|c| {
            let no = entry::no_of(c, id)?.ok_or(JournalError::NotFound)?;
            revision::of_entry(c, no)
        })
    }

    /// An earlier text.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn revision(&self, id: RevisionId) -> Result<RevisionText> {
        self.read(|c| revision::by_id(c, id))
    }

    /// An earlier text beside today's, line by line.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn compare(&self, id: RevisionId) -> Result<Vec<DiffLine>> {
        let (earlier, now) = self.read(|c| {
            let earlier = revision::by_id(c, id)?;
            let now = entry::by_id(c, earlier.entry)?;
            Ok((earlier, now))
        })?;
        Ok(compare::lines((&earlier.title, &earlier.body), (&now.title, &now.body)))
    }

    /// Makes an earlier text today's; what stood there becomes a revision itself.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn restore_revision(&self, id: RevisionId, now: Moment) -> Result<Entry> {
        self.write(|c| history::restore(c, id, now))
    }

    /// Adds a file to an entry, read piece by piece.
    ///
    /// # Errors
    /// [`JournalError::AttachmentTooLarge`] above [`crate::ATTACHMENT_LIMIT`],
    /// [`JournalError::NotFound`], [`JournalError::Io`] where `content` fails. Nothing is kept
    /// then.
    pub fn attach(
        &self,
        id: EntryId,
        name: &str,
        media_type: &str,
        content: &mut dyn Read,
        now: Moment,
    ) -> Result<Attachment> {
        self.write(|c| files::attach(c, id, name, media_type, content, now))
    }

    /// What is known of an attachment.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn attachment(&self, id: AttachmentId) -> Result<Attachment> {
        self.read(|c| files::one(c, id))
    }

    /// Writes an attachment's bytes out, piece by piece. Where an index to them is damaged, they
    /// are found without it.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], [`JournalError::Io`] where `out` fails. A part may have been
    /// written then.
    pub fn read_attachment(&self, id: AttachmentId, out: &mut dyn Write) -> Result<()> {
        let begun = Cell::new(false);
        let mut read = |indexed| {
            self.read(|c| {
                let chunks = files::chunks(c, id, indexed)?;
                begun.set(true);
                blob::read(c, &chunks, out)
            })
        };
        match read(true) {
            Err(error) if error.is_damage() && !begun.get() => read(false),
            other => other,
        }
    }

    /// Removes an attachment; its bytes go with the last attachment that has them.
    ///
    /// # Errors
    /// [`JournalError::NotFound`].
    pub fn detach(&self, id: AttachmentId) -> Result<()> {
        self.write(|c| files::detach(c, id))
    }

    /// Hands every entry outside the trash to `each`, oldest first, one at a time, all as of one
    /// moment.
    ///
    /// Where a page of the store is damaged, it goes on with everything that can be read of the
    /// entries that were not handed over yet, oldest first too, and hands over `None` for each
    /// whose text is lost; it gives what that is in all, and nothing where no damage was met.
    ///
    /// # Errors
    /// The error of `each`, which ends it, or the store's: [`fristed_vault::StoreError::Damaged`]
    /// where not one entry can be read.
    pub fn all<E: From<JournalError>>(
        &self,
        each: &mut dyn FnMut(Option<Entry>) -> Result<(), E>,
    ) -> Result<Option<Unreadable>, E> {
        let mut given = HashSet::new();
        let read = self.store.read(|c| {
            entry::each_live(c, |record| {
                let no = record.no;
                let entry = writing::whole(c, record)?;
                vouch(c)?;
                given.insert(no);
                each(Some(entry)).map_err(Mixed::Theirs)
            })
        });
        match read {
            Ok(()) => Ok(None),
            Err(Mixed::Own(error)) if error.is_damage() => {
                salvage::others(&self.store, &given, each).map(Some)
            }
            Err(error) => Err(error.into_theirs()),
        }
    }

    /// Takes entries in, in one transaction: all or nothing. What is here already, by its source
    /// or its id, the trash included, is left as it is. `progress` hears how many were taken up so
    /// far and can stop it.
    ///
    /// # Errors
    /// [`JournalError::Cancelled`] where `progress` breaks, [`JournalError::AttachmentTooLarge`],
    /// [`JournalError::TextTooLarge`], the error of an attachment's reader, or the first of the
    /// iterator's. Nothing was changed then.
    pub fn import<E: From<JournalError>>(
        &self,
        incoming: &mut dyn Iterator<Item = Result<Incoming, E>>,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
        _now: Moment,
    ) -> Result<ImportOutcome, E> {
        self.store.write(|c| import::run(c, incoming, progress)).map_err(Mixed::into_theirs)
    }

    /// Which of these origins are in the journal already, the trash included.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn known(&self, keys: &[SourceKey]) -> Result<HashSet<SourceKey>> {
        self.read(|c| {
            let mut known = HashSet::new();
            for key in keys {
                if source::exists(c, key)? {
                    known.insert(*key);
                }
            }
            Ok(known)
        })
    }

    /// Which of these entries are in the journal already, the trash included.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn known_ids(&self, ids: &[EntryId]) -> Result<HashSet<EntryId>> {
        self.read(|c| {
            let mut known = HashSet::new();
            for id in ids {
                if entry::no_of(c, *id)?.is_some() {
                    known.insert(*id);
                }
            }
            Ok(known)
        })
    }

    /// The rows of these entries in their order, the trash included; those that are gone are left
    /// out.
    ///
    /// # Errors
    /// [`JournalError::Store`].
    pub fn rows(&self, ids: &[EntryId]) -> Result<Vec<EntryRow>> {
        self.read(|c| {
            let mut numbers = Vec::with_capacity(ids.len());
            for id in ids {
                numbers.extend(entry::no_of(c, *id)?);
            }
            list::rows(c, &numbers)
        })
    }

    /// Checks what SQLite cannot know: every attachment's hash, the search index, the counts.
    ///
    /// # Errors
    /// [`JournalError::Store`] where the store cannot be read at all.
    pub fn check(&self) -> Result<JournalCheck> {
        self.read(files::check)
    }
}
