//! What the tests of this crate write with.

use chrono::DateTime;
use fristed_base::{EntryId, Moment};
use rusqlite::Connection;

use crate::model::{Entry, Hits, NewEntry, Text};
use crate::search::{self, index};
use crate::writing;

/// A moment out of RFC 3339.
pub(crate) fn at(text: &str) -> Moment {
    Moment::new(DateTime::parse_from_rfc3339(text).expect("a moment of the test"))
}

/// So many seconds after a morning in November.
pub(crate) fn after(seconds: i64) -> Moment {
    let morning = at("2026-11-24T08:00:00+01:00");
    Moment::from_parts(morning.millis() + seconds * 1000, 60).expect("a moment of the test")
}

/// A new entry without title and tags.
pub(crate) fn text(body: &str, written: Moment) -> NewEntry {
    NewEntry {
        title: String::new(),
        body: body.into(),
        tags: Vec::new(),
        starred: false,
        template: None,
        written,
    }
}

/// Writes an entry that is about this moment, at this moment.
pub(crate) fn write(c: &Connection, body: &str, written: Moment) -> Entry {
    writing::create(c, &text(body, written), written).expect("it can be written")
}

/// Saves another text over the version in the store.
pub(crate) fn rewrite(c: &Connection, id: EntryId, body: &str, now: Moment) {
    let entry = read(c, id);
    let text = Text { title: entry.title, body: body.into(), version: entry.version };
    writing::save(c, id, &text, now).expect("it can be saved");
}

/// The entry as it is in the store.
pub(crate) fn read(c: &Connection, id: EntryId) -> Entry {
    let record = crate::table::entry::by_id(c, id).expect("it is there");
    writing::whole(c, record).expect("it can be read")
}

/// The hits of a search as [`crate::Journal::search`] finds them.
pub(crate) fn search(c: &Connection, typed: &str, offset: u32, limit: u32) -> Hits {
    index::catch_up(c, None).expect("the index can be brought up to date");
    search::search(c, typed, offset, limit).expect("nothing typed is an error")
}

/// The bodies that a search finds, as far as lists show them.
pub(crate) fn found(c: &Connection, typed: &str) -> Vec<String> {
    search(c, typed, 0, 100).hits.into_iter().map(|hit| hit.row.shown_title).collect()
}
