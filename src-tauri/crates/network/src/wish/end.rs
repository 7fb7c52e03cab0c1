//! Where nothing can be sent any more.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::content::Content;
use crate::error::Result;
use crate::log::derive;
use crate::model::OutboxWhat;
use crate::table::event::EventRecord;
use crate::table::outbox::{OutboxRecord, Step};
use crate::table::room::RoomNo;
use crate::table::{event, outbox, reply_draft};

/// Ends what was to be sent in a room that the leader is no longer in.
pub(crate) fn in_room(c: &Connection, room: RoomNo) -> Result<()> {
    steps(c, &outbox::of_room(c, room)?)
}

/// Ends everything that was to be sent, once somebody else is signed in.
pub(crate) fn everywhere(c: &Connection) -> Result<()> {
    steps(c, &outbox::all(c)?)
}

/// What was never tried is dropped; of the rest nobody can say whether it arrived, so it stays.
fn steps(c: &Connection, steps: &[OutboxRecord]) -> Result<()> {
    let mut things = BTreeSet::new();
    for step in steps {
        things.insert(step.item);
        if step.step == Step::Send && !step.begun {
            keep_words(c, step)?;
            event::delete(c, step.event)?;
        }
        outbox::delete(c, step.id)?;
    }
    things.into_iter().try_for_each(|thing| derive(c, thing).map(drop))
}

/// Whether nothing sends an own event any more though no server has answered: it was tried before
/// what was to be sent ended, and nobody can say whether it arrived.
pub(crate) fn is_left(one: &EventRecord, steps: &[OutboxRecord]) -> bool {
    let unanswered = one.event.is_none() && one.ended.is_none() && one.content.is_some();
    unanswered && !steps.iter().any(|step| step.event == one.no)
}

/// A reply that nobody got is a draft again: its words are nowhere else.
fn keep_words(c: &Connection, step: &OutboxRecord) -> Result<()> {
    let own = event::by_no(c, step.event)?;
    let (OutboxWhat::Reply, Some(Content::Reply { body }), Some(to)) =
        (step.what, &own.content, &own.target)
    else {
        return Ok(());
    };
    let to = event::by_event(c, step.room, to)?.and_then(|one| one.item);
    let Some(to) = to else { return Ok(()) };
    let begun = reply_draft::of_item(c, to)?;
    let words = if begun.is_empty() { body.clone() } else { format!("{body}\n\n{begun}") };
    reply_draft::put(c, to, &words)
}
