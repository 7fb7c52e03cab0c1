//! Writing, changing and throwing away entries.

use fristed_base::{EntryId, Moment};
use rusqlite::Connection;

use crate::error::{JournalError, Result};
use crate::model::{Attachment, Entry, NewEntry, Saved, Text};
use crate::search::index;
use crate::table::entry::{self, EntryNo, EntryRecord, NewRecord, TextChange};
use crate::table::{attachment, blob, tag};
use crate::{history, markdown};

/// The largest title and text together, in bytes.
pub const TEXT_LIMIT: usize = 50_000_000;

/// # Errors
/// [`JournalError::TextTooLarge`] above [`TEXT_LIMIT`].
pub(crate) fn limited(title: &str, body: &str) -> Result<()> {
    if title.len().saturating_add(body.len()) > TEXT_LIMIT {
        return Err(JournalError::TextTooLarge);
    }
    Ok(())
}

/// A record with its tags and attachments.
pub(crate) fn whole(c: &Connection, record: EntryRecord) -> Result<Entry> {
    let tags = tag::of_entry(c, record.no)?;
    let attachments = attachment::of_entry(c, record.no)?;
    Ok(with(record, tags, attachments))
}

/// A record with these tags and attachments.
pub(crate) fn with(record: EntryRecord, tags: Vec<String>, attachments: Vec<Attachment>) -> Entry {
    Entry {
        tags,
        attachments,
        id: record.id,
        title: record.title,
        shown_title: record.shown_title,
        body: record.body,
        written: record.written,
        updated: record.updated,
        starred: record.starred,
        template: record.template,
        trashed: record.trashed,
        version: record.version,
    }
}

/// See [`crate::Journal::create`].
pub(crate) fn create(c: &Connection, new: &NewEntry, now: Moment) -> Result<Entry> {
    limited(&new.title, &new.body)?;
    let ord = entry::free_ord(c, new.written)?;
    let no = entry::insert(
        c,
        &NewRecord {
            id: EntryId::new(),
            ord,
            written: new.written,
            updated: now,
            starred: new.starred,
            template: new.template.as_deref(),
            shown_title: &markdown::shown_title(&new.title, &new.body),
            preview: &markdown::preview(&new.title, &new.body),
            title: &new.title,
            body: &new.body,
        },
    )?;
    tag::give(c, no, &tag::tidy(&new.tags), Some(ord))?;
    index::note_new(c, no)?;
    index::catch_up(c, Some(no))?;
    whole(c, entry::by_no(c, no)?)
}

/// See [`crate::Journal::save`].
pub(crate) fn save(c: &Connection, id: EntryId, text: &Text, now: Moment) -> Result<Saved> {
    limited(&text.title, &text.body)?;
    let record = entry::by_id(c, id)?;
    if text.version != record.version {
        return Err(JournalError::Changed { version: record.version });
    }
    if text.title == record.title && text.body == record.body {
        let EntryRecord { version, updated, shown_title, .. } = record;
        return Ok(Saved { version, updated, shown_title });
    }
    history::keep_if_due(c, &record, now)?;
    replace_text(c, &record, &text.title, &text.body, now)
}

/// Puts another text in an entry's place.
pub(crate) fn replace_text(
    c: &Connection,
    record: &EntryRecord,
    title: &str,
    body: &str,
    now: Moment,
) -> Result<Saved> {
    if record.trashed.is_none() {
        index::note_change(c, record)?;
        index::catch_up(c, Some(record.no))?;
    }
    let version = record.version.saturating_add(1);
    let shown_title = markdown::shown_title(title, body);
    let preview = markdown::preview(title, body);
    let change = TextChange {
        updated: now,
        version,
        shown_title: &shown_title,
        preview: &preview,
        title,
        body,
    };
    entry::update(c, record.no, &change)?;
    Ok(Saved { version, updated: now, shown_title })
}

/// See [`crate::Journal::set_written`].
pub(crate) fn set_written(c: &Connection, id: EntryId, written: Moment, now: Moment) -> Result<()> {
    let record = entry::by_id(c, id)?;
    if record.written == written && record.written.offset_minutes() == written.offset_minutes() {
        return Ok(());
    }
    let stays = entry::wanted_ord(record.written) == entry::wanted_ord(written);
    let ord = if stays { record.ord } else { entry::free_ord(c, written)? };
    let live = record.trashed.is_none();
    if live && !stays {
        // Its place is its number in the index: it leaves the old one before it takes the new.
        index::remove(c, &record)?;
    }
    entry::set_written(c, record.no, ord, written)?;
    entry::touch(c, record.no, now)?;
    if live && !stays {
        tag::place(c, record.no, Some(ord))?;
        index::note_new(c, record.no)?;
    }
    Ok(())
}

/// See [`crate::Journal::set_tags`].
pub(crate) fn set_tags(c: &Connection, id: EntryId, tags: &[String], now: Moment) -> Result<()> {
    let record = entry::by_id(c, id)?;
    let tags = tag::tidy(tags);
    if tag::of_entry(c, record.no)? == tags {
        return Ok(());
    }
    let live = record.trashed.is_none();
    if live {
        index::note_change(c, &record)?;
    }
    tag::take(c, record.no)?;
    tag::give(c, record.no, &tags, live.then_some(record.ord))?;
    tag::drop_unused(c)?;
    entry::touch(c, record.no, now)
}

/// See [`crate::Journal::set_starred`].
pub(crate) fn set_starred(c: &Connection, id: EntryId, starred: bool, now: Moment) -> Result<()> {
    let record = entry::by_id(c, id)?;
    if record.starred != starred {
        entry::set_starred(c, record.no, starred)?;
        entry::touch(c, record.no, now)?;
    }
    Ok(())
}

/// See [`crate::Journal::trash`].
pub(crate) fn trash(c: &Connection, id: EntryId, now: Moment) -> Result<()> {
    let record = entry::by_id(c, id)?;
    if record.trashed.is_none() {
        index::remove(c, &record)?;
        entry::set_trashed(c, record.no, Some(now))?;
        tag::place(c, record.no, None)?;
    }
    Ok(())
}

/// See [`crate::Journal::restore`].
pub(crate) fn restore(c: &Connection, id: EntryId) -> Result<()> {
    let record = entry::by_id(c, id)?;
    if record.trashed.is_some() {
        entry::set_trashed(c, record.no, None)?;
        tag::place(c, record.no, Some(record.ord))?;
        index::note_new(c, record.no)?;
    }
    Ok(())
}

/// See [`crate::Journal::purge`].
pub(crate) fn purge(c: &Connection, id: EntryId) -> Result<()> {
    let record = entry::by_id(c, id)?;
    if record.trashed.is_none() {
        index::remove(c, &record)?;
    }
    entry::delete(c, record.no)?;
    drop_leftovers(c)
}

/// See [`crate::Journal::empty_trash`].
pub(crate) fn empty_trash(c: &Connection, before: Option<Moment>) -> Result<u32> {
    let millis = before.map_or(i64::MAX, |moment| moment.millis());
    let doomed: Vec<EntryNo> = entry::trashed_before(c, millis)?;
    for no in &doomed {
        entry::delete(c, *no)?;
    }
    if !doomed.is_empty() {
        drop_leftovers(c)?;
    }
    Ok(u32::try_from(doomed.len()).unwrap_or(u32::MAX))
}

/// What only removed entries had: tags and attachments' bytes.
fn drop_leftovers(c: &Connection) -> Result<()> {
    tag::drop_unused(c)?;
    blob::drop_unused(c)
}

#[cfg(test)]
mod tests;
