//! The journal's use cases in the words of the wire.

use std::io::{Read, Write};

use chrono::{Local, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use fristed_base::{AttachmentId, EntryId, Moment, RevisionId};
use fristed_journal as journal;

use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::{
    Attachment, DayCount, DiffLine, Entry, EntryRow, ErrorCode, Filter, Hits, NewEntry, Page,
    Revision, Saved, TagCount, Template, Text,
};
use crate::{config, convert, networks};

/// How long a deleted entry stays in the trash, in days.
pub const TRASH_DAYS: i64 = 30;

/// What was thrown before this moment leaves the trash.
pub(crate) fn trash_limit(now: Moment) -> Moment {
    let limit = now.date_time().checked_sub_signed(TimeDelta::days(TRASH_DAYS));
    limit.map_or(now, Moment::new)
}

/// The moment at which this computer's clock shows a day and a time.
///
/// A time that the clocks skip in spring is taken an hour later; one that comes twice in autumn,
/// the first time.
///
/// # Errors
/// `BadTime` where no calendar holds it.
pub fn local_moment(day: NaiveDate, time: NaiveTime) -> Result<Moment, AppError> {
    let wall = day.and_time(time);
    let found = match Local.from_local_datetime(&wall) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(at),
        MappedLocalTime::None => wall
            .checked_add_signed(TimeDelta::hours(1))
            .and_then(|later| Local.from_local_datetime(&later).earliest()),
    };
    found.map(Moment::from).ok_or_else(|| ErrorCode::BadTime.into())
}

pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| ErrorCode::NotFound.into())
}

pub(crate) fn day(text: &str) -> Result<NaiveDate, AppError> {
    text.parse().map_err(|_| ErrorCode::BadTime.into())
}

impl Fristed {
    /// Puts a new entry into the journal.
    ///
    /// # Errors
    /// `BadTime` for a day that cannot be read, `TextTooLarge`, and what keeps a store from
    /// being written.
    pub fn entry_create(&self, new: NewEntry, now: Moment) -> Result<Entry, AppError> {
        let written = match &new.day {
            Some(chosen) => local_moment(day(chosen)?, now.local().time())?,
            None => now,
        };
        let entry = self.journal()?.create(convert::new_entry(new, written), now)?;
        Ok(convert::entry(entry))
    }

    /// One entry, whole.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_get(&self, entry: &str) -> Result<Entry, AppError> {
        Ok(convert::entry(self.journal()?.entry(id::<EntryId>(entry)?)?))
    }

    /// Keeps an entry's text; when it returns, the text is durably in the store.
    ///
    /// # Errors
    /// `Changed` where the text was changed elsewhere since, `NotFound`, `TextTooLarge`, and
    /// what keeps a store from being written.
    pub fn entry_save(&self, entry: &str, text: Text, now: Moment) -> Result<Saved, AppError> {
        let saved = self.journal()?.save(id(entry)?, convert::text(text), now)?;
        Ok(convert::saved(saved))
    }

    /// Sets the day and the time that an entry belongs to.
    ///
    /// # Errors
    /// `BadTime`, `NotFound`.
    pub fn entry_set_moment(
        &self,
        entry: &str,
        on: &str,
        time: &str,
        now: Moment,
    ) -> Result<Entry, AppError> {
        let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| ErrorCode::BadTime)?;
        let written = local_moment(day(on)?, time)?;
        let journal = self.journal()?;
        journal.set_written(id(entry)?, written, now)?;
        self.entry_get(entry)
    }

    /// Gives an entry exactly these tags.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_set_tags(
        &self,
        entry: &str,
        tags: &[String],
        now: Moment,
    ) -> Result<Entry, AppError> {
        self.journal()?.set_tags(id(entry)?, tags, now)?;
        self.entry_get(entry)
    }

    /// Stars an entry, or takes the star off.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_set_star(&self, entry: &str, star: bool, now: Moment) -> Result<Entry, AppError> {
        self.journal()?.set_starred(id(entry)?, star, now)?;
        self.entry_get(entry)
    }

    /// Moves an entry to the trash.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_trash(&self, entry: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.journal()?.trash(id(entry)?, now)?)
    }

    /// Takes an entry out of the trash.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_restore(&self, entry: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.journal()?.restore(id(entry)?, now)?)
    }

    /// Deletes an entry for good, with its earlier versions and attachments.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_purge(&self, entry: &str) -> Result<(), AppError> {
        let entry = id(entry)?;
        self.journal()?.purge(entry)?;
        Ok(self.calendar()?.forget_entry(entry)?)
    }

    /// Empties the trash; gives how many entries it held.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn trash_empty(&self) -> Result<u32, AppError> {
        let journal = self.journal()?;
        let gone = journal.empty_trash(None)?;
        networks::forget_gone(&journal, &self.calendar()?)?;
        Ok(gone)
    }

    /// Some rows of a list, newest first.
    ///
    /// # Errors
    /// `BadTime` for a day that cannot be read.
    pub fn entry_page(&self, filter: Filter, offset: u32, limit: u32) -> Result<Page, AppError> {
        let filter = match filter {
            Filter::All => journal::Filter::All,
            Filter::Tag { tag } => journal::Filter::Tag(tag),
            Filter::Starred => journal::Filter::Starred,
            Filter::Day { day: on } => journal::Filter::Day(day(&on)?),
            Filter::Month { year, month } => journal::Filter::Month { year, month },
            Filter::Trash => journal::Filter::Trash,
        };
        let page = self.journal()?.page(&filter, offset, limit.min(500))?;
        Ok(convert::page(page))
    }

    /// The days of a month that have entries.
    ///
    /// # Errors
    /// `BadTime` where there is no such month.
    pub fn days(&self, year: i32, month: u32) -> Result<Vec<DayCount>, AppError> {
        NaiveDate::from_ymd_opt(year, month, 1).ok_or(ErrorCode::BadTime)?;
        Ok(self.journal()?.days(year, month)?.into_iter().map(convert::day_count).collect())
    }

    /// What was written on this day in earlier years.
    ///
    /// # Errors
    /// `BadTime` for a day that cannot be read.
    pub fn on_this_day(&self, on: &str) -> Result<Vec<EntryRow>, AppError> {
        Ok(self.journal()?.on_this_day(day(on)?)?.into_iter().map(convert::row).collect())
    }

    /// The tags in use.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn tags(&self) -> Result<Vec<TagCount>, AppError> {
        Ok(self.journal()?.tags()?.into_iter().map(convert::tag_count).collect())
    }

    /// What a search finds; a query with mistakes in it finds less, and never fails for them.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn search(&self, query: &str, offset: u32, limit: u32) -> Result<Hits, AppError> {
        Ok(convert::hits(self.journal()?.search(query, offset, limit.min(500))?))
    }

    /// The earlier versions of an entry, newest first.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn revisions(&self, entry: &str) -> Result<Vec<Revision>, AppError> {
        let found = self.journal()?.revisions(id(entry)?)?;
        Ok(found.into_iter().map(convert::revision).collect())
    }

    /// The text of an earlier version.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn revision_text(&self, revision: &str) -> Result<String, AppError> {
        Ok(self.journal()?.revision(id::<RevisionId>(revision)?)?.body)
    }

    /// An earlier version beside today's, line by line.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn revision_compare(&self, revision: &str) -> Result<Vec<DiffLine>, AppError> {
        let lines = self.journal()?.compare(id(revision)?)?;
        Ok(lines.into_iter().map(convert::diff_line).collect())
    }

    /// Makes an earlier version today's; today's becomes an earlier one.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn revision_restore(&self, revision: &str, now: Moment) -> Result<Entry, AppError> {
        Ok(convert::entry(self.journal()?.restore_revision(id(revision)?, now)?))
    }

    /// The reflection methods, in the language in force.
    #[must_use]
    pub fn templates(&self) -> Vec<Template> {
        let language = config::language(&self.state().config.settings);
        journal::templates(convert::language(language)).into_iter().map(convert::template).collect()
    }

    /// Adds a file to an entry, reading it to its end.
    ///
    /// # Errors
    /// `AttachmentTooLarge` above 50 MB, after which nothing is kept of it; `NotFound`; and what
    /// keeps the file from being read or the store from being written.
    pub fn attach(
        &self,
        entry: &str,
        name: &str,
        media_type: &str,
        content: &mut dyn Read,
        now: Moment,
    ) -> Result<Attachment, AppError> {
        let made = self.journal()?.attach(id(entry)?, name, media_type, content, now)?;
        Ok(convert::attachment(made))
    }

    /// What an attachment is called, and how large it is.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn attachment(&self, attachment: &str) -> Result<Attachment, AppError> {
        let found = self.journal()?.attachment(id::<AttachmentId>(attachment)?)?;
        Ok(convert::attachment(found))
    }

    /// Writes an attachment's bytes out.
    ///
    /// # Errors
    /// `NotFound`, and what keeps them from being written.
    pub fn attachment_read(&self, attachment: &str, out: &mut dyn Write) -> Result<(), AppError> {
        Ok(self.journal()?.read_attachment(id(attachment)?, out)?)
    }

    /// Takes a file off its entry.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn attachment_remove(&self, attachment: &str) -> Result<(), AppError> {
        Ok(self.journal()?.detach(id(attachment)?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trash_keeps_things_for_thirty_days() {
        let now = Moment::new(
            chrono::DateTime::parse_from_rfc3339("2026-11-24T09:00:00+01:00").expect("a date"),
        );
        assert_eq!(trash_limit(now).to_rfc3339(), "2026-10-25T09:00:00+01:00");
    }

    #[test]
    fn what_is_no_id_is_not_found() {
        assert_eq!(id::<EntryId>("nonsense").expect_err("no id").code, ErrorCode::NotFound);
    }
}
