//! Searching what was shared.

use fristed_base::Moment;
use fristed_base::fold::fold;
use rusqlite::Connection;

use super::page::items;
use crate::error::Result;
use crate::model::FeedPage;
use crate::table::{room, words};

/// The things that hold every word that was typed, newest first.
pub(crate) fn find(
    c: &Connection,
    room: Option<&str>,
    typed: &str,
    offset: u32,
    limit: u32,
    now: Moment,
) -> Result<FeedPage> {
    let room = room.map(|room| room::no_of(c, room)).transpose()?;
    let folded = fold(typed);
    // The longest word is looked up; the others are looked for in what it finds.
    let Some(longest) = folded.split(' ').max_by_key(|word| word.len()).filter(|w| !w.is_empty())
    else {
        return Ok(FeedPage::default());
    };
    let all = |text: &str| folded.split(' ').all(|word| text.contains(word));
    let found = words::with(c, longest, room, all)?;
    let (from, limit) = (offset as usize, limit as usize);
    let wanted: Vec<_> = found.iter().copied().skip(from).take(limit).collect();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    Ok(FeedPage { items: items(c, &wanted, now)?, total })
}
