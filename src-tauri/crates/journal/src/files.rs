//! Attachments, and the check of what the journal holds.

use std::io::Read;

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

/// The pieces of an attachment's bytes, found with or without the indexes.
pub(crate) fn chunks(c: &Connection, id: AttachmentId, indexed: bool) -> Result<Vec<i64>> {
    blob::chunks(c, attachment::blob_of(c, id, indexed)?, indexed)
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

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::table::memory;
    use crate::trial::{after, read as entry_of, write};
    use crate::{ATTACHMENT_LIMIT, writing};

    fn contents(c: &Connection) -> (u32, u32) {
        c.query_row(
            "SELECT (SELECT count(*) FROM blob), (SELECT count(*) FROM blob_chunk)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("counts")
    }

    #[test]
    fn a_file_comes_back_byte_for_byte_and_is_stored_once() {
        let c = memory();
        let entry = write(&c, "med billede", after(0));
        let bytes: Vec<u8> = (0..700_000_u32).map(|n| (n % 251) as u8).collect();
        let add = |mut content: &[u8]| {
            attach(&c, entry.id, "a b.png", "image/png", &mut content, after(1)).expect("added")
        };
        let (first, second, empty) = (add(&bytes), add(&bytes), add(&[]));
        assert_eq!((first.size, empty.size), (700_000, 0));
        assert_eq!(contents(&c), (2, 3));
        assert_eq!(entry_of(&c, entry.id).attachments, [first.clone(), second.clone(), empty]);
        let mut back = Vec::new();
        for indexed in [true, false] {
            let chunks = chunks(&c, second.id, indexed).expect("found");
            assert_eq!(chunks.len(), 3);
            back.clear();
            blob::read(&c, &chunks, &mut back).expect("read");
        }
        assert_eq!(back, bytes);
        detach(&c, first.id).expect("removed");
        assert_eq!(contents(&c), (2, 3), "the other still has it");
        detach(&c, second.id).expect("removed");
        assert_eq!(contents(&c), (1, 0));
        writing::purge(&c, entry.id).expect("purged");
        assert_eq!(contents(&c), (0, 0));
    }

    #[test]
    fn fifty_million_bytes_are_the_most() {
        let c = memory();
        let entry = write(&c, "stor", after(0));
        let add = |size: u32| {
            let mut content = io::Read::take(io::repeat(7), u64::from(size));
            attach(&c, entry.id, "stor", "x/y", &mut content, after(1))
        };
        assert_eq!(add(ATTACHMENT_LIMIT).expect("added").size, ATTACHMENT_LIMIT);
        assert!(matches!(add(ATTACHMENT_LIMIT + 1), Err(JournalError::AttachmentTooLarge)));
    }

    #[test]
    fn a_check_names_the_attachment_whose_bytes_changed() {
        let c = memory();
        let entry = write(&c, "x", after(0));
        let file = attach(&c, entry.id, "n", "m", &mut b"rigtigt".as_slice(), after(1));
        assert!(check(&c).expect("a check").is_sound());
        c.execute("UPDATE blob_chunk SET content = x'00'", []).expect("damaged");
        let found = check(&c).expect("a check");
        assert_eq!(found.damaged_attachments, [file.expect("added").id]);
        assert!(!found.is_sound());
    }
}
