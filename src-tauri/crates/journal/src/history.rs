//! Which earlier texts are kept.
//!
//! A text that is replaced becomes a revision where it had stood for five minutes, or where the
//! latest revision (or the beginning of the entry) is five minutes older than it. So the autosaves
//! of one stretch of writing leave one revision every five minutes, and the text that she came
//! back to is always there. A blank text is not kept.
//!
//! Kept ones thin out as they age: all of the last day, then the last of each hour for a week, the
//! last of each day for three months, and the last of each thirty days before that. Hours and days
//! are those of UTC, so that the same ones stay whenever one looks.

use std::collections::HashSet;

use fristed_base::{Moment, RevisionId};
use rusqlite::Connection;

use crate::error::Result;
use crate::model::Entry;
use crate::table::entry::{self, EntryNo, EntryRecord};
use crate::table::revision;
use crate::writing;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Between two revisions of one stretch of writing, in milliseconds.
const APART: i64 = 5 * MINUTE;

/// Up to which age, and one for each span of which length, in milliseconds.
const KEPT: [(i64, i64); 4] = [(DAY, 1), (7 * DAY, HOUR), (90 * DAY, DAY), (i64::MAX, 30 * DAY)];

/// Keeps the text of an entry that is about to be replaced, where the rule asks for it.
pub(crate) fn keep_if_due(c: &Connection, record: &EntryRecord, now: Moment) -> Result<()> {
    let stood = now.millis().abs_diff(record.updated.millis());
    let due = stood >= APART.unsigned_abs() || {
        let before = match revision::last_saved(c, record.no)? {
            Some(millis) => millis,
            None => made(record),
        };
        record.updated.millis().abs_diff(before) >= APART.unsigned_abs()
    };
    if due { keep(c, record, now) } else { Ok(()) }
}

/// When an entry was made: its id tells (RFC 9562, section 5.7), unless it came from elsewhere.
fn made(record: &EntryRecord) -> i64 {
    let mut millis = [0_u8; 8];
    millis[2..].copy_from_slice(&record.id.as_bytes()[..6]);
    i64::from_be_bytes(millis)
}

/// Keeps the text of an entry, unless it is blank or was the last to be kept, and thins out what
/// was kept before.
fn keep(c: &Connection, record: &EntryRecord, now: Moment) -> Result<()> {
    if record.title.trim().is_empty() && record.body.trim().is_empty() {
        return Ok(());
    }
    let last = revision::last_text(c, record.no)?;
    if last.is_some_and(|(title, body)| title == record.title && body == record.body) {
        return Ok(());
    }
    revision::insert(c, record.no, record.updated, &record.title, &record.body)?;
    thin_out(c, record.no, now)
}

fn thin_out(c: &Connection, no: EntryNo, now: Moment) -> Result<()> {
    for doomed in superfluous(&revision::times(c, no)?, now.millis()) {
        revision::delete(c, doomed)?;
    }
    Ok(())
}

/// The numbers of those that go, given `(number, saved)` in milliseconds, the oldest first.
fn superfluous(revisions: &[(i64, i64)], now: i64) -> Vec<i64> {
    let mut taken = HashSet::new();
    let mut doomed = Vec::new();
    for (no, saved) in revisions.iter().rev() {
        let age = now.saturating_sub(*saved);
        let (_, span) = KEPT.iter().find(|(limit, _)| age <= *limit).unwrap_or(&KEPT[3]);
        if *span > 1 && !taken.insert((*span, saved.div_euclid(*span))) {
            doomed.push(*no);
        }
    }
    doomed
}

/// See [`crate::Journal::restore_revision`].
pub(crate) fn restore(c: &Connection, id: RevisionId, now: Moment) -> Result<Entry> {
    let earlier = revision::by_id(c, id)?;
    let record = entry::by_id(c, earlier.entry)?;
    if earlier.title != record.title || earlier.body != record.body {
        keep(c, &record, now)?;
        writing::replace_text(c, &record, &earlier.title, &earlier.body, now)?;
    }
    writing::whole(c, entry::by_no(c, record.no)?)
}
