//! Calendars kept in step with a server: what both sides have, what is still to be told, and what
//! the leader is asked. Nothing here speaks to a server; whoever does brings what it found.
//!
//! An event's row tells what the server knows of it (`href`, `etag`), what both last agreed on
//! (`base`), and what the server has still to be told (`pending`); a change sets that in its own
//! transaction. Every step here is one transaction and may be done again, so that it does not
//! matter where a sync was cut off.

mod answers;
mod pull;
mod push;
mod sources;
mod subscription;

use rusqlite::Connection;

use crate::error::Result;
use crate::model::{CalendarInfo, SourceInfo};
use crate::table::calendar::CalendarNo;
use crate::table::event::Pending;
use crate::table::remote::{self, Asked};
use crate::table::{account, source};

/// So many events may always go at once.
const FEW: usize = 2;
/// So many events never go at once unasked.
const MANY: usize = 10;

/// Whether so many of a calendar's events do not go without a question: more than ten, or more
/// than half of them where they are more than two.
fn is_many(going: usize, all: usize) -> bool {
    going > MANY || (going > FEW && going * 2 > all)
}

/// A calendar with how it is kept in step.
pub(crate) fn with_source(
    c: &Connection,
    (no, info): (CalendarNo, CalendarInfo),
) -> Result<CalendarInfo> {
    let Some(record) = source::of(c, no)? else { return Ok(info) };
    let login = account::by_no(c, record.account)?;
    let (waiting, conflicts, missing) = remote::counts(c, no)?;
    let deleted = u32::try_from(asked_to_delete(c, no)?).unwrap_or(u32::MAX);
    let source = SourceInfo {
        address: record.address,
        user: Some(login.user).filter(|user| !user.is_empty()),
        every_minutes: record.every_minutes,
        last_success: record.good,
        trouble: record.trouble,
        waiting,
        conflicts,
        missing,
        deleted,
    };
    Ok(CalendarInfo { source: Some(source), ..info })
}

/// How many events were deleted here and wait for a yes before they go from the server.
fn asked_to_delete(c: &Connection, calendar: CalendarNo) -> Result<usize> {
    let mut waiting = 0;
    for record in remote::pending(c, calendar)? {
        let deletes = record.pending == Pending::Delete && record.there.is_some();
        if deletes && !remote::is_asked(c, record.no, Asked::MayGo)? {
            waiting += 1;
        }
    }
    let all = usize::try_from(remote::known(c, calendar)?).unwrap_or(usize::MAX);
    Ok(if is_many(waiting, all.saturating_add(waiting)) { waiting } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_more_than_ten_or_more_than_half() {
        for (going, all, asked) in [
            (1, 1, false),
            (2, 2, false),
            (3, 3, true),
            (3, 6, false),
            (4, 7, true),
            (10, 100, false),
            (11, 1_000, true),
            (0, 0, false),
        ] {
            assert_eq!(is_many(going, all), asked, "{going} of {all}");
        }
    }
}
