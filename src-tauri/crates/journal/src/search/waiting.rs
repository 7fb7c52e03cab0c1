//! Entries that the index does not know yet, looked through one by one.
//!
//! A search brings the index up to date first. Where that cannot be done (the disk is full, the
//! store can only be read), the entries that wait are few, and nothing of them may be missed.

use std::collections::HashSet;

use rusqlite::Connection;

use super::expand::is_part;
use super::index;
use super::query::Query;
use super::tiers::{self, Found};
use crate::error::Result;
use crate::table::entry::{self, EntryNo};
use crate::table::unindexed;
use crate::table::word_index::Document;

/// The hits `offset..offset + limit`, best first: those of the index but for what waits, and those
/// of what waits.
pub(super) fn find(
    c: &Connection,
    query: &Query,
    waiting: &[EntryNo],
    offset: usize,
    limit: usize,
) -> Result<Vec<Found>> {
    let mut found = tiers::find(c, query, 0, offset + limit + waiting.len())?;
    let numbers: HashSet<EntryNo> = waiting.iter().copied().collect();
    found.retain(|hit| !numbers.contains(&hit.no));
    for no in waiting {
        let record = entry::by_no(c, *no)?;
        if !tiers::range(query).is_some_and(|(first, last)| (first..=last).contains(&record.ord)) {
            continue;
        }
        let document = index::document_of(c, &record)?;
        if let Some(whole) = matches(query, &document) {
            found.push(Found { no: *no, ord: record.ord, whole });
        }
    }
    found.sort_by_key(|hit| std::cmp::Reverse((hit.whole, hit.ord)));
    Ok(found.into_iter().skip(offset).take(limit).collect())
}

/// The entries that wait.
pub(super) fn entries(c: &Connection) -> Result<Vec<EntryNo>> {
    if unindexed::any(c)? { unindexed::all(c) } else { Ok(Vec::new()) }
}

/// Whether a document is a hit, and then whether it has every word whole.
fn matches(query: &Query, document: &Document) -> Option<bool> {
    let columns = [&document.title, &document.body, &document.tags].map(|text| format!(" {text} "));
    let whole = |words: &String| {
        let wanted = format!(" {words} ");
        columns.iter().any(|text| text.contains(&wanted))
    };
    let part = |word: &String| {
        let wanted = if is_part(word) { word.clone() } else { format!(" {word}") };
        columns.iter().any(|text| text.contains(&wanted))
    };
    let rest = query.phrases.iter().chain(&query.tags).all(&whole);
    if !rest || query.without.iter().any(&whole) || !query.words.iter().all(part) {
        return None;
    }
    Some(query.words.iter().all(whole))
}
