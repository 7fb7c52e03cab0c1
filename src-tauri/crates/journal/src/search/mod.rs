//! Search: words and their parts, in the entries outside the trash, newest first.
//!
//! Hits come in two tiers. The first holds the entries that have every term as a whole word; the
//! second those that have each as a part of a word at least, and are not in the first. Terms of
//! one or two letters match whole words in the first tier and beginnings in the second. Within a
//! tier the newest is first, so a page is the same whatever page was asked for before.

mod excerpt;
mod expand;
pub(crate) mod index;
mod query;
mod tiers;
mod waiting;

pub(crate) use fristed_base::fold;
use rusqlite::Connection;

use crate::error::Result;
use crate::model::{Hit, Hits};
use crate::table::entry::{self, EntryNo};
use crate::table::list;
use excerpt::Marker;
use query::Query;

/// The hits `offset..offset + limit` of what was typed.
pub(crate) fn search(c: &Connection, typed: &str, offset: u32, limit: u32) -> Result<Hits> {
    let query = Query::parse(typed);
    if query.is_empty() || limit == 0 {
        return Ok(Hits::default());
    }
    let (offset, limit) = (offset as usize, limit as usize);
    let waiting = waiting::entries(c)?;
    let mut found = if waiting.is_empty() {
        tiers::find(c, &query, offset, limit + 1)?
    } else {
        waiting::find(c, &query, &waiting, offset, limit + 1)?
    };
    let more = found.len() > limit;
    found.truncate(limit);

    let marker = Marker::new(&query);
    let numbers: Vec<EntryNo> = found.iter().map(|hit| hit.no).collect();
    let rows = list::rows(c, &numbers)?;
    let mut hits = Vec::with_capacity(rows.len());
    for (no, row) in numbers.into_iter().zip(rows) {
        let text = entry::by_no(c, no)?;
        hits.push(Hit {
            title: marker.whole(&row.shown_title),
            excerpt: marker.excerpt(&text.body, &row.preview),
            row,
        });
    }
    Ok(Hits { hits, more })
}

#[cfg(test)]
mod tests;
