//! Keeping the search index in step with the entries.
//!
//! A save does not touch the index: it notes the entry in `unindexed`, together with the words
//! that the index still has for it. The next search, or the next save of another entry, brings the
//! index up to date. So an entry that is saved every second costs the index one change, and a save
//! costs little more than its own text.
//!
//! The index holds no text. A row leaves it by naming the very words it was put in with, which are
//! either in `unindexed` or folded anew from the entry.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::fold::{FOLD_RULE, fold, fold_into};
use crate::error::Result;
use crate::model::Filter;
use crate::table::entry::{self, EntryNo, EntryRecord};
use crate::table::word_index::{self, Document};
use crate::table::{SEARCH_FORM, list, room, tag, unindexed, word};

/// Begins the mark of a whole tag. No folded word has it: it is of Unicode's private use.
const TAG: char = '\u{E000}';
/// Stands between the words of a tag in its mark.
const TAG_SPACE: char = '\u{E001}';
/// A mark that every document has.
pub(super) const EVERY: &str = "\u{E002}";

/// The one token that stands for a whole tag in the index; none for a tag without a letter.
pub(super) fn tag_mark(tag: &str) -> Option<String> {
    let folded = fold(tag);
    (!folded.is_empty()).then(|| {
        let mut mark = String::from(TAG);
        mark.extend(folded.chars().map(|c| if c == ' ' { TAG_SPACE } else { c }));
        mark
    })
}

/// What the index is to hold for an entry.
pub(crate) fn document(title: &str, body: &str, tags: &[String]) -> Document {
    let mut words = String::from(EVERY);
    for tag in tags {
        fold_into(tag, &mut words);
        if let Some(mark) = tag_mark(tag) {
            words.push(' ');
            words.push_str(&mark);
        }
    }
    Document { title: fold(title), body: fold(body), tags: words }
}

/// The distinct words of a document, without its marks.
fn words(document: &Document) -> HashSet<&str> {
    [&document.title, &document.body, &document.tags]
        .into_iter()
        .flat_map(|text| text.split(' '))
        .filter(|word| !word.is_empty() && !word.starts_with([TAG, '\u{E002}']))
        .collect()
}

/// What the index is to hold for an entry as it is now.
pub(super) fn document_of(c: &Connection, record: &EntryRecord) -> Result<Document> {
    Ok(document(&record.title, &record.body, &tag::of_entry(c, record.no)?))
}

/// Notes a new entry, or one that came back from the trash: the index has nothing for it.
pub(crate) fn note_new(c: &Connection, no: EntryNo) -> Result<()> {
    unindexed::insert(c, no, None)
}

/// Notes that an entry outside the trash is about to change; `record` is how it still is.
pub(crate) fn note_change(c: &Connection, record: &EntryRecord) -> Result<()> {
    if !unindexed::exists(c, record.no)? {
        unindexed::insert(c, record.no, Some(&document_of(c, record)?))?;
    }
    Ok(())
}

/// Takes an entry out of the index, words that it alone had too.
pub(crate) fn remove(c: &Connection, record: &EntryRecord) -> Result<()> {
    let held = match unindexed::take(c, record.no)? {
        Some(held) => held,
        None => Some(document_of(c, record)?),
    };
    if let Some(held) = held {
        word_index::delete(c, record.ord, &held)?;
        for word in words(&held) {
            word::shrink(c, word)?;
        }
    }
    Ok(())
}

/// Whether a search would miss something.
pub(crate) fn is_behind(c: &Connection) -> Result<bool> {
    Ok(unindexed::any(c)? || word_index::rule(c)? != FOLD_RULE)
}

/// Brings the index up to date, but for the entry `except`, which is being written.
pub(crate) fn catch_up(c: &Connection, except: Option<EntryNo>) -> Result<()> {
    if word_index::rule(c)? != FOLD_RULE {
        return rebuild(c);
    }
    let mut fresh = Vec::new();
    for no in unindexed::all(c)? {
        if Some(no) == except {
            continue;
        }
        let Some(held) = unindexed::take(c, no)? else { continue };
        let record = entry::by_no(c, no)?;
        let wanted = document_of(c, &record)?;
        if held.as_ref() == Some(&wanted) {
            continue;
        }
        if let Some(held) = &held {
            word_index::delete(c, record.ord, held)?;
        }
        change_words(c, held.as_ref(), &wanted)?;
        fresh.push((record.ord, wanted));
    }
    for (ord, document) in fresh {
        word_index::insert(c, ord, &document)?;
    }
    Ok(())
}

fn change_words(c: &Connection, held: Option<&Document>, wanted: &Document) -> Result<()> {
    let before = held.map(words).unwrap_or_default();
    let after = words(wanted);
    for word in before.difference(&after) {
        word::shrink(c, word)?;
    }
    for word in after.difference(&before) {
        word::grow(c, word, 1)?;
    }
    Ok(())
}

/// Builds the index anew from the entries.
pub(crate) fn rebuild(c: &Connection) -> Result<()> {
    word_index::clear(c)?;
    word::clear(c)?;
    c.execute_batch(SEARCH_FORM)?;
    room::with_room(c, || {
        let mut bulk = Bulk::default();
        entry::each_live(c, |record| {
            unindexed::take(c, record.no)?;
            bulk.add(c, record.ord, &document_of(c, &record)?)
        })?;
        bulk.finish(c)
    })?;
    word_index::set_rule(c, FOLD_RULE)
}

/// Many entries at once: the vocabulary is counted in memory and written at the end, the most
/// frequent words first, so that these lie together.
#[derive(Default)]
pub(crate) struct Bulk {
    counts: HashMap<Box<str>, u32>,
    added: u32,
}

/// So few entries are no reason to put the whole index in order.
const FEW: u32 = 100;

impl Bulk {
    /// Adds a document. The index takes them fastest in ascending order.
    pub(crate) fn add(&mut self, c: &Connection, ord: i64, document: &Document) -> Result<()> {
        word_index::insert(c, ord, document)?;
        self.added += 1;
        for word in words(document) {
            match self.counts.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    self.counts.insert(word.into(), 1);
                }
            }
        }
        Ok(())
    }

    /// Writes the vocabulary. Where a good part of the journal came in, the index is put in order
    /// as a whole.
    pub(crate) fn finish(self, c: &Connection) -> Result<()> {
        let live = list::page(c, &Filter::All, 0, 0)?.1;
        let many = self.added > FEW && self.added > live / 4;
        let mut counts: Vec<_> = self.counts.into_iter().collect();
        counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (word, count) in counts {
            word::grow(c, &word, count)?;
        }
        if many {
            word_index::optimize(c)?;
            word::optimize(c)?;
        }
        Ok(())
    }
}

/// Whether every entry outside the trash is in the index, or waits for it, and nothing else is.
pub(crate) fn knows_every_entry(c: &Connection) -> Result<bool> {
    let waiting = unindexed::fresh(c)?;
    let indexed = word_index::count(c, &format!("\"{EVERY}\""), (i64::MIN, i64::MAX))?;
    let live = list::page(c, &Filter::All, 0, 0)?.1;
    Ok(indexed + waiting == live as usize)
}
