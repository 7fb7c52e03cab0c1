//! What is told of and not here yet: keys and long texts.

use rusqlite::Connection;

use super::Log;
use crate::content::{self, LONG_LIMIT};
use crate::error::{NetworkError, Result};
use crate::model::{NoKey, Taken, TextWanted, Waiting};
use crate::table::event::EventState;
use crate::table::room::RoomNo;
use crate::table::{event, file};

/// The events whose keys are missing.
pub(crate) fn waiting(c: &Connection, room: Option<RoomNo>) -> Result<Vec<Waiting>> {
    let mut found = Vec::new();
    for no in event::in_state(c, EventState::Waiting, room)? {
        if let Some(event) = event::by_no(c, no)?.event {
            found.push(Waiting { room: event::room_of(c, no)?, event });
        }
    }
    Ok(found)
}

/// Whether an event waits since it is not sure who sent it.
pub(crate) fn is_doubted(c: &Connection, room: RoomNo, id: &str) -> Result<bool> {
    let known = event::by_event(c, room, id)?;
    Ok(known.is_some_and(|one| {
        one.state == EventState::Waiting && one.why == Some(NoKey::SenderNotSure)
    }))
}

/// The long texts that are not here.
pub(crate) fn texts_wanted(c: &Connection) -> Result<Vec<TextWanted>> {
    let mut found = Vec::new();
    for no in event::in_state(c, EventState::Fetch, None)? {
        let source = file::of_event(c, no)?.and_then(|file| file.source);
        if let (Some(event), Some(source)) = (event::by_no(c, no)?.event, source) {
            found.push(TextWanted {
                room: event::room_of(c, no)?,
                event,
                source,
                limit: LONG_LIMIT,
            });
        }
    }
    Ok(found)
}

/// Takes a long text in.
///
/// # Errors
/// [`NetworkError::NotFound`] where it is not wanted.
pub(crate) fn take_text(c: &Connection, room: RoomNo, id: &str, bytes: &[u8]) -> Result<Taken> {
    let mut log = Log::new(c, room)?;
    let found = event::by_event(c, room, id)?;
    let wanted = found.filter(|one| one.state == EventState::Fetch && one.ended.is_none());
    let mut one = wanted.ok_or(NetworkError::NotFound)?;
    one.content = one.copy.and_then(|copy| content::read_long(bytes, copy));
    one.state = if one.content.is_some() { EventState::Whole } else { EventState::Unreadable };
    one.item.map_or(Ok(()), |item| log.touch(item))?;
    event::update(c, &one)?;
    file::delete(c, one.no)?;
    log.finish()
}
