//! What can be read of a journal where a page of its store is damaged.
//!
//! A damaged page is refused, never shown, and ends the statement that meets it; so each row is
//! asked for by its number, in a read of its own. What an index would have told is asked of its
//! table, and what a row would have told of the indexes that repeat it. One damaged page then costs
//! no more than the texts that lie on it, or that it alone leads to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use fristed_base::{EntryId, Moment};
use fristed_vault::{Store, StoreError};
use rusqlite::Connection;

use crate::error::{JournalError, Result};
use crate::markdown;
use crate::model::{Attachment, Entry, Unreadable};
use crate::table::entry::{self, EntryNo, EntryRecord};
use crate::table::{attachment, blob, list, tag};
use crate::writing;

/// Hands over what can be read of the entries that were not `given` yet; see
/// [`crate::Journal::all`].
pub(crate) fn others<E: From<JournalError>>(
    store: &Store,
    given: &HashSet<EntryNo>,
    each: &mut dyn FnMut(Option<Entry>) -> Result<(), E>,
) -> Result<Unreadable, E> {
    let mut salvage = Salvage { store, lost: Unreadable::default(), ids: None, tags: None };
    let mut handed_over = given.len();
    for (ord, no) in salvage.places()? {
        if !given.contains(&no) {
            let entry = salvage.entry(no, ord)?;
            handed_over += usize::from(entry.is_some());
            each(entry)?;
        }
    }
    if handed_over == 0 {
        return Err(JournalError::from(StoreError::Damaged).into());
    }
    // The store keeps count of the entries, and so of those that nothing leads to any more.
    if let Some(counted) = readable(store, list::live)? {
        salvage.lost.entries =
            counted.saturating_sub(u32::try_from(handed_over).unwrap_or(u32::MAX));
    }
    Ok(salvage.lost)
}

/// What is read, or nothing where it is damaged or not there any more.
fn readable<T>(store: &Store, f: impl FnOnce(&Connection) -> Result<T>) -> Result<Option<T>> {
    match store.read(f) {
        Ok(found) => Ok(Some(found)),
        Err(JournalError::NotFound) => Ok(None),
        Err(error) if error.is_damage() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Everything that an index tells, from its start and, where that does not reach its end, from
/// there too; and whether that is all.
fn both_ways<K: Eq + Hash, V>(
    store: &Store,
    scan: impl Fn(&Connection, bool, &mut dyn FnMut(K, V)) -> Result<()>,
) -> Result<(HashMap<K, V>, bool)> {
    let mut found = HashMap::new();
    for from_end in [false, true] {
        let all = readable(store, |c| {
            scan(c, from_end, &mut |key, value| {
                found.insert(key, value);
            })
        })?;
        if all.is_some() {
            return Ok((found, true));
        }
    }
    Ok((found, false))
}

/// The tags as two indexes tell them, and whether that is all.
struct Tags {
    names: HashMap<i64, String>,
    /// Each entry's, by their positions.
    of: HashMap<EntryNo, BTreeMap<i64, i64>>,
    whole: bool,
}

struct Salvage<'a> {
    store: &'a Store,
    lost: Unreadable,
    /// Read from their indexes where they are first needed.
    ids: Option<HashMap<EntryNo, EntryId>>,
    tags: Option<Tags>,
}

impl Salvage<'_> {
    /// The entries outside the trash with their places, oldest first: by the index, and where that
    /// is damaged by their rows too.
    fn places(&self) -> Result<BTreeSet<(i64, EntryNo)>> {
        let (mut places, whole) = both_ways(self.store, entry::places)?;
        if !whole {
            let by_row = readable(self.store, |c| entry::highest(c, false))?;
            let by_text = readable(self.store, |c| entry::highest(c, true))?;
            for no in (1..=by_row.max(by_text).unwrap_or(0)).map(EntryNo) {
                if let Some(Some(ord)) = readable(self.store, |c| entry::place(c, no))? {
                    places.insert(no, ord);
                }
            }
        }
        Ok(places.into_iter().map(|(no, ord)| (ord, no)).collect())
    }

    /// What can be read of an entry; none where its text is lost.
    fn entry(&mut self, no: EntryNo, ord: i64) -> Result<Option<Entry>> {
        let by_row = readable(self.store, |c| entry::by_no(c, no))?;
        let mut whole = by_row.is_some();
        let record = match by_row {
            Some(record) => Some(record),
            None => self.without_row(no, ord)?,
        };
        let Some(record) = record else {
            self.lost.entries += 1;
            let its = readable(self.store, |c| attachment::nos(c, no, true))?.unwrap_or_default();
            self.lost.attachments += u32::try_from(its.len()).unwrap_or(u32::MAX);
            return Ok(None);
        };
        let tags = match readable(self.store, |c| tag::of_entry(c, no))? {
            Some(tags) => tags,
            None => {
                let (tags, all) = self.tags_by_index(no)?;
                whole &= all;
                tags
            }
        };
        let attachments = match readable(self.store, |c| attachment::of_entry(c, no))? {
            Some(attachments) => attachments,
            None => {
                let attachments = self.attachments_one_by_one(no, record.id)?;
                whole &= attachments.is_some();
                attachments.unwrap_or_default()
            }
        };
        self.lost.incomplete += u32::from(!whole);
        Ok(Some(writing::with(record, tags, attachments)))
    }

    /// An entry whose row is lost: its text, its id by the index of ids, and its moment by its
    /// place, which is the time on the leader's own clock.
    fn without_row(&mut self, no: EntryNo, ord: i64) -> Result<Option<EntryRecord>> {
        let Some((title, body)) = readable(self.store, |c| entry::text(c, no))? else {
            return Ok(None);
        };
        let ids = match self.ids.take() {
            Some(ids) => ids,
            None => both_ways(self.store, entry::ids)?.0,
        };
        let id = ids.get(&no).copied();
        self.ids = Some(ids);
        let millis = ord.saturating_mul(1000);
        let (Some(id), Some(written)) = (id, Moment::from_parts(millis, 0)) else {
            return Ok(None);
        };
        Ok(Some(EntryRecord {
            no,
            id,
            ord,
            written,
            updated: written,
            version: 1,
            starred: false,
            template: None,
            trashed: None,
            shown_title: markdown::shown_title(&title, &body),
            title,
            body,
            begun: millis,
        }))
    }

    /// An entry's tags by the indexes, and whether they are all.
    fn tags_by_index(&mut self, no: EntryNo) -> Result<(Vec<String>, bool)> {
        let tags = match self.tags.take() {
            Some(tags) => tags,
            None => {
                let (names, all_names) = both_ways(self.store, tag::names)?;
                let (uses, all_uses) = both_ways(self.store, tag::uses)?;
                let mut of: HashMap<EntryNo, BTreeMap<i64, i64>> = HashMap::new();
                for ((entry, position), tag) in uses {
                    of.entry(entry).or_default().insert(position, tag);
                }
                Tags { names, of, whole: all_names && all_uses }
            }
        };
        let its: Vec<i64> =
            tags.of.get(&no).into_iter().flat_map(BTreeMap::values).copied().collect();
        let names: Vec<String> =
            its.iter().filter_map(|tag| tags.names.get(tag).cloned()).collect();
        let all = tags.whole && names.len() == its.len();
        self.tags = Some(tags);
        Ok((names, all))
    }

    /// An entry's attachments whose names can be read; none where nothing tells which they are.
    fn attachments_one_by_one(
        &mut self,
        no: EntryNo,
        id: EntryId,
    ) -> Result<Option<Vec<Attachment>>> {
        let by_index = readable(self.store, |c| attachment::nos(c, no, true))?;
        let numbers = match by_index {
            Some(numbers) => Some(numbers),
            None => readable(self.store, |c| attachment::nos(c, no, false))?,
        };
        let Some(numbers) = numbers else { return Ok(None) };
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            match self.attachment(number, id)? {
                Some(attachment) => found.push(attachment),
                None => self.lost.attachments += 1,
            }
        }
        Ok(Some(found))
    }

    fn attachment(&self, number: i64, entry: EntryId) -> Result<Option<Attachment>> {
        let row = readable(self.store, |c| attachment::row(c, number, entry))?;
        let Some((attachment, content)) = row else { return Ok(None) };
        let size = match readable(self.store, |c| blob::size(c, content, false))? {
            Some(size) => Some(size),
            None => readable(self.store, |c| blob::size(c, content, true))?,
        };
        Ok(size.map(|size| Attachment { size, ..attachment }))
    }
}
