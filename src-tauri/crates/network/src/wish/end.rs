//! Where nothing can be sent any more.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::error::Result;
use crate::log::derive;
use crate::table::outbox::{OutboxRecord, Step};
use crate::table::room::RoomNo;
use crate::table::{event, outbox};

/// Ends what was to be sent in a room that the leader is no longer in.
pub(crate) fn in_room(c: &Connection, room: RoomNo) -> Result<()> {
    steps(c, &outbox::of_room(c, room)?)
}

/// Ends everything that was to be sent, once nobody is signed in.
pub(crate) fn everywhere(c: &Connection) -> Result<()> {
    steps(c, &outbox::all(c)?)
}

/// What was never tried is dropped; of the rest nobody can say whether it arrived, so it stays.
fn steps(c: &Connection, steps: &[OutboxRecord]) -> Result<()> {
    let mut things = BTreeSet::new();
    for step in steps {
        things.insert(step.item);
        if step.step == Step::Send && !step.begun {
            event::delete(c, step.event)?;
        }
        outbox::delete(c, step.id)?;
    }
    things.into_iter().try_for_each(|thing| derive(c, thing).map(drop))
}
