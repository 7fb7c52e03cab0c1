//! The table `reply_draft`: replies that were begun and not sent.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::item::ItemNo;
use crate::error::Result;

const OF_ITEM: &str = "SELECT text FROM reply_draft WHERE item = ?1";
const PUT: &str = "INSERT INTO reply_draft (item, text) VALUES (?1, ?2) \
     ON CONFLICT (item) DO UPDATE SET text = excluded.text";
const DELETE: &str = "DELETE FROM reply_draft WHERE item = ?1";

/// What was begun as a reply to a thing; empty where nothing was.
pub(crate) fn of_item(c: &Connection, item: ItemNo) -> Result<String> {
    let found = c.prepare_cached(OF_ITEM)?.query_row([item.0], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Keeps what was begun; nothing, where there is nothing in it.
pub(crate) fn put(c: &Connection, item: ItemNo, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        c.prepare_cached(DELETE)?.execute([item.0])?;
    } else {
        c.prepare_cached(PUT)?.execute(params![item.0, text])?;
    }
    Ok(())
}
