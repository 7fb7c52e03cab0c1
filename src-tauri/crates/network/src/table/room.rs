//! The table `shared_room`.

use fristed_base::NetworkId;
use fristed_base::shown::shown_line;
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::column::{id_or_none, number_of, one_of};
use super::{item, peer};
use crate::error::{NetworkError, Result};
use crate::model::{Room, RoomState, Standing};

/// A room's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RoomNo(pub(crate) i64);

const ALL: &str = "SELECT no, room, network, name, standing, federated, organiser, invited_by, code \
     FROM shared_room ORDER BY name, no";
const NO_OF: &str = "SELECT no FROM shared_room WHERE room = ?1";
const STANDING: &str = "SELECT standing FROM shared_room WHERE no = ?1";
const ORGANISER: &str = "SELECT organiser FROM shared_room WHERE no = ?1";
const PUT: &str = "INSERT INTO shared_room (room, network, name, standing, federated, organiser, \
     invited_by, code, read_to) VALUES (:room, NULL, :name, :standing, :federated, :organiser, \
     :invited_by, NULL, NULL) ON CONFLICT (room) DO UPDATE SET name = excluded.name, \
     standing = excluded.standing, federated = excluded.federated, \
     organiser = excluded.organiser, invited_by = excluded.invited_by \
     WHERE (name, standing, federated, organiser, invited_by) IS NOT (excluded.name, \
     excluded.standing, excluded.federated, excluded.organiser, excluded.invited_by)";
const UNTIE: &str = "UPDATE shared_room SET network = NULL WHERE network = ?1";
const TIE: &str = "UPDATE shared_room SET network = ?2 WHERE no = ?1";
const OF_NETWORK: &str = "SELECT room FROM shared_room WHERE network = ?1";
const SET_CODE: &str = "UPDATE shared_room SET code = ?2 WHERE no = ?1";
const READ_TO: &str = "SELECT read_to FROM shared_room WHERE no = ?1";
const SET_READ_TO: &str = "UPDATE shared_room SET read_to = ?2 WHERE no = ?1";
const FORGET_EMPTY: &str = "DELETE FROM shared_room WHERE room = ?1 AND standing <> 2 \
     AND NOT EXISTS (SELECT 1 FROM shared_item i WHERE i.room = shared_room.no)";

/// Every room, by name.
pub(crate) fn all(c: &Connection) -> Result<Vec<Room>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], |row| {
        let state = RoomState {
            room: row.get(1)?,
            name: row.get(3)?,
            standing: one_of(row, 4, &Standing::ALL)?,
            federated: row.get(5)?,
            organiser: row.get(6)?,
            invited_by: row.get(7)?,
        };
        let network = id_or_none(row, 2, NetworkId::from_slice)?;
        let room = Room { state, network, code: row.get(8)?, peers: Vec::new(), unread: 0 };
        Ok((RoomNo(row.get(0)?), room))
    })?;
    let mut rooms = Vec::new();
    for one in found {
        let (no, mut room) = one?;
        room.peers = peer::of_room(c, no)?;
        room.unread = item::unread(c, Some(no))?;
        rooms.push(room);
    }
    Ok(rooms)
}

/// The number of a room.
///
/// # Errors
/// [`NetworkError::NotFound`].
pub(crate) fn no_of(c: &Connection, room: &str) -> Result<RoomNo> {
    Ok(c.prepare_cached(NO_OF)?.query_row([room], |row| row.get(0).map(RoomNo))?)
}

/// The number of a room that the leader is in.
///
/// # Errors
/// [`NetworkError::NotThere`].
pub(crate) fn joined(c: &Connection, room: &str) -> Result<RoomNo> {
    let no = no_of(c, room).map_err(|error| match error {
        NetworkError::NotFound => NetworkError::NotThere,
        other => other,
    })?;
    still_in(c, no)?;
    Ok(no)
}

/// Whether the leader is in a room.
///
/// # Errors
/// [`NetworkError::NotThere`] where she is not.
pub(crate) fn still_in(c: &Connection, no: RoomNo) -> Result<()> {
    let standing =
        c.prepare_cached(STANDING)?.query_row([no.0], |row| one_of(row, 0, &Standing::ALL))?;
    if standing == Standing::Joined { Ok(()) } else { Err(NetworkError::NotThere) }
}

/// Whether the leader is an organiser of a room that she is in.
///
/// # Errors
/// [`NetworkError::NotThere`] where she is not in it, [`NetworkError::NotAllowed`] where she is and
/// is none.
pub(crate) fn organised(c: &Connection, no: RoomNo) -> Result<()> {
    still_in(c, no)?;
    let organiser: bool = c.prepare_cached(ORGANISER)?.query_row([no.0], |row| row.get(0))?;
    if organiser { Ok(()) } else { Err(NetworkError::NotAllowed) }
}

/// Keeps what the server says of a room. The server tells of a room with each event in it, so what
/// is as it was is not written: whoever writes waits for the disk.
pub(crate) fn put(c: &Connection, state: &RoomState) -> Result<RoomNo> {
    let values = named_params! {
        ":room": state.room,
        ":name": shown_line(&state.name),
        ":standing": number_of(&state.standing, &Standing::ALL),
        ":federated": state.federated,
        ":organiser": state.organiser,
        ":invited_by": state.invited_by,
    };
    c.prepare_cached(PUT)?.execute(values)?;
    no_of(c, &state.room)
}

/// Ties a room to a network, and any other room from it.
pub(crate) fn tie(c: &Connection, no: RoomNo, network: Option<NetworkId>) -> Result<()> {
    let network = network.map(|id| *id.as_bytes());
    c.prepare_cached(UNTIE)?.execute([network])?;
    c.prepare_cached(TIE)?.execute(params![no.0, network])?;
    Ok(())
}

/// The room of a network.
pub(crate) fn of_network(c: &Connection, network: NetworkId) -> Result<Option<String>> {
    let found = c.prepare_cached(OF_NETWORK)?.query_row([network.as_bytes()], |row| row.get(0));
    Ok(found.optional()?)
}

/// Keeps the code that is shown, or none.
pub(crate) fn set_code(c: &Connection, no: RoomNo, code: Option<&str>) -> Result<()> {
    c.prepare_cached(SET_CODE)?.execute(params![no.0, code])?;
    Ok(())
}

/// Up to which event it was read.
pub(crate) fn read_to(c: &Connection, no: RoomNo) -> Result<Option<String>> {
    Ok(c.prepare_cached(READ_TO)?.query_row([no.0], |row| row.get(0))?)
}

/// Notes up to which event it was read.
pub(crate) fn set_read_to(c: &Connection, no: RoomNo, event: &str) -> Result<()> {
    c.prepare_cached(SET_READ_TO)?.execute(params![no.0, event])?;
    Ok(())
}

/// Removes a room that the leader is not in and that holds nothing.
pub(crate) fn forget_empty(c: &Connection, room: &str) -> Result<()> {
    c.prepare_cached(FORGET_EMPTY)?.execute([room])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::memory;

    fn state(room: &str) -> RoomState {
        crate::trial::room(room)
    }

    #[test]
    fn a_room_keeps_what_is_not_the_servers_and_its_name_is_safe() {
        let c = memory();
        let no = put(&c, &state("!a:b.dk")).expect("kept");
        let network = NetworkId::new();
        tie(&c, no, Some(network)).expect("tied");
        set_code(&c, no, Some("ABCD")).expect("kept");
        set_read_to(&c, no, "$x").expect("kept");
        let again = put(&c, &RoomState { name: "N\u{202e}y\n".into(), ..state("!a:b.dk") });
        assert_eq!(again.expect("kept"), no);
        let before = c.total_changes();
        let again = put(&c, &RoomState { name: "Ny".into(), ..state("!a:b.dk") });
        assert_eq!((again.expect("kept"), c.total_changes()), (no, before), "nothing changed");
        let room = all(&c).expect("rooms").remove(0);
        assert_eq!((room.state.name.as_str(), room.network), ("Ny", Some(network)));
        assert_eq!(
            (room.code.as_deref(), read_to(&c, no).expect("read")),
            (Some("ABCD"), Some("$x".into()))
        );
    }

    #[test]
    fn a_network_has_one_room() {
        let c = memory();
        let network = NetworkId::new();
        for room in ["!a:b.dk", "!c:b.dk"] {
            let no = put(&c, &state(room)).expect("kept");
            tie(&c, no, Some(network)).expect("tied");
        }
        assert_eq!(of_network(&c, network).expect("read"), Some("!c:b.dk".into()));
    }
}
