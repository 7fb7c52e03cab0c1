//! Which earlier texts are kept.
//!
//! A text that is replaced becomes a revision where it had stood for five minutes, or was saved
//! five minutes after a text was last kept (or the entry was begun). So the autosaves of one
//! stretch of writing leave one revision every five minutes, and the text that she came back to is
//! always there. A blank text is not kept.
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
        let before = revision::last_kept(c, record.no)?.unwrap_or(record.begun);
        record.updated.millis().abs_diff(before) >= APART.unsigned_abs()
    };
    if due { keep(c, record, now) } else { Ok(()) }
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
    let text = (record.title.as_str(), record.body.as_str());
    revision::insert(c, record.no, record.updated, now, text)?;
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::RevisionInfo;
    use crate::table::memory;
    use crate::trial::{after, rewrite, write};

    fn kept(c: &Connection, entry: &Entry) -> Vec<RevisionInfo> {
        let no = entry::no_of(c, entry.id).expect("a number").expect("it is there");
        revision::of_entry(c, no).expect("revisions")
    }

    #[test]
    fn twenty_minutes_of_autosaves_leave_one_revision_every_five_minutes() {
        let c = memory();
        let entry = write(&c, "0", after(0));
        for second in 1..=20 * 60 {
            rewrite(&c, entry.id, &second.to_string(), after(second));
        }
        let kept = kept(&c, &entry);
        let saved: Vec<_> =
            kept.iter().map(|r| (r.saved.millis() - after(0).millis()) / 60_000).collect();
        assert_eq!(saved, [15, 10, 5]);
    }

    #[test]
    fn the_text_she_came_back_to_is_kept_and_can_be_restored() {
        let c = memory();
        let entry = write(&c, "i går", after(0));
        rewrite(&c, entry.id, "i dag", after(86_400));
        rewrite(&c, entry.id, "i dag!", after(86_401));
        let revisions = kept(&c, &entry);
        assert_eq!(revisions.len(), 1);
        let restored = restore(&c, revisions[0].id, after(86_402)).expect("restored");
        assert_eq!((restored.body.as_str(), restored.version), ("i går", 4));
        let texts: Vec<_> = kept(&c, &entry)
            .iter()
            .map(|r| revision::by_id(&c, r.id).expect("a revision").body)
            .collect();
        assert_eq!(texts, ["i dag!", "i går"]);
        restore(&c, revisions[0].id, after(86_403)).expect("restored");
        assert_eq!(kept(&c, &entry).len(), 2, "restoring what stands there changes nothing");
    }

    #[test]
    fn a_blank_beginning_is_not_kept() {
        let c = memory();
        let entry = write(&c, " \n", after(0));
        rewrite(&c, entry.id, "ord", after(3_600));
        assert!(kept(&c, &entry).is_empty());
    }

    #[test]
    fn a_clock_set_back_does_not_stop_texts_from_being_kept() {
        let c = memory();
        let entry = write(&c, "før", after(1_000_000));
        rewrite(&c, entry.id, "efter", after(0));
        assert_eq!(kept(&c, &entry).len(), 1);
    }

    #[test]
    fn revisions_thin_out_as_they_age() {
        let now = 1_000 * DAY;
        let every_ten_minutes: Vec<(i64, i64)> =
            (0..).zip((0..now).step_by(10 * MINUTE as usize)).collect();
        let doomed: HashSet<i64> = superfluous(&every_ten_minutes, now).into_iter().collect();
        let left = |from: i64, to: i64| {
            every_ten_minutes
                .iter()
                .filter(|(no, at)| !doomed.contains(no) && (from..to).contains(&(now - at)))
                .count()
        };
        assert_eq!(left(0, DAY), 143);
        assert_eq!(left(DAY, 7 * DAY), 6 * 24 + 1);
        assert_eq!(left(7 * DAY + 1, 90 * DAY), 83);
        assert!((30..=31).contains(&left(90 * DAY + 1, 1_000 * DAY)));
    }

    proptest! {
        #[test]
        fn thinning_out_again_drops_nothing_more(
            saved in prop::collection::btree_set(0..400 * DAY, 0..60)
        ) {
            let now = 400 * DAY;
            let all: Vec<(i64, i64)> = (0..).zip(saved).collect();
            let doomed = superfluous(&all, now);
            let left: Vec<_> = all.iter().copied().filter(|r| !doomed.contains(&r.0)).collect();
            prop_assert_eq!(superfluous(&left, now), Vec::<i64>::new());
            prop_assert_eq!(left.last(), all.last());
        }
    }
}
