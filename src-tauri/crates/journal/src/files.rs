//! Attachments, and the check of what the journal holds.

use std::io::{Read, Write};

use fristed_base::{AttachmentId, EntryId, Moment};
use rusqlite::Connection;

use crate::error::{JournalError, Result};
use crate::model::{Attachment, JournalCheck};
use crate::search::index;
use crate::table::{attachment, blob, entry, list, word, word_index};

/// See [`crate::Journal::attach`].
pub(crate) fn attach(
    c: &Connection,
    id: EntryId,
    name: &str,
    media_type: &str,
    content: &mut dyn Read,
    now: Moment,
) -> Result<Attachment> {
    let no = entry::no_of(c, id)?.ok_or(JournalError::NotFound)?;
    let stored = blob::store(c, content)?;
    let new = AttachmentId::new();
    attachment::insert(c, new, no, stored, name, media_type)?;
    entry::touch(c, no, now)?;
    one(c, new)
}

/// See [`crate::Journal::attachment`].
pub(crate) fn one(c: &Connection, id: AttachmentId) -> Result<Attachment> {
    Ok(attachment::by_id(c, id)?.0)
}

/// See [`crate::Journal::read_attachment`].
pub(crate) fn read(c: &Connection, id: AttachmentId, out: &mut dyn Write) -> Result<()> {
    let (_, stored) = attachment::by_id(c, id)?;
    blob::read(c, stored, out)
}

/// See [`crate::Journal::detach`].
pub(crate) fn detach(c: &Connection, id: AttachmentId) -> Result<()> {
    attachment::delete(c, id)?;
    blob::drop_unused(c)
}

/// See [`crate::Journal::check`].
pub(crate) fn check(c: &Connection) -> Result<JournalCheck> {
    let mut check = JournalCheck { entries: entry::count(c)?, ..JournalCheck::default() };
    for (attachment, stored) in attachment::all(c)? {
        check.attachments += 1;
        if !blob::is_sound(c, stored).unwrap_or(false) {
            check.damaged_attachments.push(attachment.id);
        }
    }
    check.index_sound =
        word_index::is_sound(c)? && word::is_sound(c)? && index::knows_every_entry(c)?;
    check.counts_right = list::counts_right(c)?;
    Ok(check)
}
