//! An organiser removes what another shared.
//!
//! As with taking back, every edit goes first, then the files, then the original. The text stays
//! here until the server has done it: it is nobody's secret from her, and where the server refuses
//! nothing has changed.

use fristed_base::{ItemId, OutboxId};
use rusqlite::Connection;

use super::queue::Wish;
use crate::error::{NetworkError, Result};
use crate::model::OutboxWhat;
use crate::table::event::Part;
use crate::table::item::Shown;
use crate::table::outbox::Step;
use crate::table::{account, event, item, outbox, room};

/// Removes another's thing.
pub(crate) fn item(c: &Connection, id: ItemId) -> Result<()> {
    let me = account::user(c)?;
    let known = item::by_id(c, id)?;
    room::organised(c, known.room)?;
    if known.sender == me || known.derived.state == Shown::Ended {
        return Err(NetworkError::NotFound);
    }
    let (what, room) = (OutboxWhat::Remove, known.room);
    let id = OutboxId::new();
    let wish = Wish { c, id, room, item: known.no, what, not_before: None, readers: None };
    let events = event::of_item(c, known.no)?;
    for parts in [&[Part::Edit][..], &[Part::File], &[Part::Unopened, Part::Original]] {
        for one in events.iter().filter(|one| parts.contains(&one.part)) {
            let there = one.sender == known.sender && one.event.is_some() && one.ended.is_none();
            let steps = outbox::of_event(c, one.no)?;
            if there && !steps.iter().any(|step| step.step == Step::Redact) {
                wish.redact(one.no)?;
            }
        }
    }
    Ok(())
}
