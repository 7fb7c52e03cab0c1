//! Taking back.
//!
//! What was never tried to be sent is dropped. What was sent is redacted: every edit first, then
//! the files, then the original, since a redacted original leaves its edits readable. What was
//! tried, without an answer, may have arrived or not: its step sends nothing under the same
//! transaction id. If the original had arrived, the server answers with its id; if not, nothing
//! arrives in its place. Either way there is an event then, and it is redacted.

use fristed_base::{ItemId, Moment, OutboxId};
use rusqlite::Connection;

use super::again::own;
use super::queue::Wish;
use crate::content;
use crate::error::{NetworkError, Result};
use crate::log::derive;
use crate::model::OutboxWhat;
use crate::table::event::{EventRecord, Part};
use crate::table::item::ItemRecord;
use crate::table::outbox::Step;
use crate::table::{account, event, file, item, outbox, room};

/// Takes an own thing back.
pub(crate) fn item(c: &Connection, id: ItemId, now: Moment) -> Result<()> {
    account::user(c)?;
    let known = own(c, id)?;
    room::still_in(c, known.room)?;
    thing(c, &known, now)
}

/// Takes everything of the leader's in a room back; how many things that were.
pub(super) fn all(c: &Connection, room: &str, now: Moment) -> Result<u32> {
    let room = room::joined(c, room)?;
    let mine = item::mine(c, room, &account::user(c)?)?;
    mine.iter().try_for_each(|known| thing(c, known, now))?;
    Ok(u32::try_from(mine.len()).unwrap_or(u32::MAX))
}

/// Takes an own thing back, of which it is known that it can be.
fn thing(c: &Connection, known: &ItemRecord, now: Moment) -> Result<()> {
    item::take_back(c, known.no, now)?;
    derive(c, known.no)?;
    Ok(())
}

/// Goes on with all that somebody took back, who is signed in again: another one was meanwhile, and
/// ended what waited.
pub(crate) fn go_on(c: &Connection, user: &str) -> Result<()> {
    let taken_back = item::taken_back(c, user)?;
    taken_back.into_iter().try_for_each(|no| derive(c, no).map(drop))
}

/// Sees to it that nothing is left at the server of an own thing that ended, as far as it can be
/// said from here. Whether events were dropped.
pub(crate) fn rest(c: &Connection, known: &ItemRecord) -> Result<bool> {
    // What somebody else shared, who was signed in before, is not hers to take back. While she is
    // signed out it is: what waits until she comes back shall not be sent then.
    let me = account::last_user(c)?.filter(|_| room::still_in(c, known.room).is_ok());
    let hers = |one: &EventRecord| one.mine && me.as_deref() == Some(&*one.sender);
    let wish = wish(c, known);
    let events = event::of_item(c, known.no)?;
    let mut dropped = false;
    for parts in [&[Part::Edit][..], &[Part::File], &[Part::Unopened, Part::Original]] {
        for one in events.iter().filter(|one| parts.contains(&one.part)) {
            if hers(one) && one.ended.is_none() {
                dropped |= event(&wish, one)?;
            }
        }
    }
    let unsent = [Part::Answer, Part::Sign];
    for one in events.iter().filter(|one| unsent.contains(&one.part) && hers(one)) {
        if one.event.is_none() {
            dropped |= event(&wish, one)?;
        }
    }
    Ok(dropped)
}

/// A wish to take something of a thing back.
pub(super) fn wish<'c>(c: &'c Connection, known: &ItemRecord) -> Wish<'c> {
    let what = OutboxWhat::Withdraw;
    let (room, item) = (known.room, known.no);
    Wish { c, id: OutboxId::new(), room, item, what, not_before: None, readers: None }
}

/// Takes one own event back. Whether it was dropped, since it was never tried to be sent.
pub(super) fn event(wish: &Wish<'_>, one: &EventRecord) -> Result<bool> {
    let c = wish.c;
    let steps = outbox::of_event(c, one.no)?;
    if steps.iter().any(|step| step.step == Step::Redact) {
        return Ok(false);
    }
    let send = steps.iter().find(|step| step.step == Step::Send);
    if send.is_some_and(|send| !send.begun) {
        event::delete(c, one.no)?;
        return Ok(true);
    }
    for step in steps.iter().filter(|step| step.step == Step::Upload) {
        outbox::delete(c, step.id)?;
    }
    if let Some(send) = send {
        let nothing = content::nothing();
        outbox::replace(c, send.id, wish.id, nothing.event_type, &nothing.content)?;
    }
    if send.is_some() || one.event.is_some() {
        wish.redact(one.no)?;
    }
    event::empty(c, one.no)?;
    file::delete(c, one.no)?;
    Ok(false)
}

/// Gives up one own event, or the whole thing that it begins.
///
/// # Errors
/// [`NetworkError::NotFound`].
pub(crate) fn give_up(c: &Connection, one: &EventRecord, now: Moment) -> Result<()> {
    let known = item::by_no(c, one.item.ok_or(NetworkError::NotFound)?)?;
    if one.part.is_first() {
        return thing(c, &known, now);
    }
    event(&wish(c, &known), one)?;
    derive(c, known.no)?;
    Ok(())
}
