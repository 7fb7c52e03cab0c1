//! The table `peer`: who is in a room, and who was.

use fristed_base::shown::shown_line;
use rusqlite::{Connection, params};

use super::room::RoomNo;
use crate::error::Result;
use crate::model::PeerState;

const OF_ROOM: &str = "SELECT user, name, invited, organiser, asking FROM peer \
     WHERE room = ?1 AND here = 1 ORDER BY name, user";
const NAMES: &str = "SELECT user, name FROM peer WHERE room = ?1 ORDER BY user";
const NOBODY: &str =
    "UPDATE peer SET here = 0, invited = 0, organiser = 0, asking = 0 WHERE room = ?1";
const PUT: &str = "INSERT INTO peer (room, user, name, here, invited, organiser, asking) \
     VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6) ON CONFLICT (room, user) DO UPDATE SET \
     name = excluded.name, here = 1, invited = excluded.invited, \
     organiser = excluded.organiser, asking = excluded.asking";

/// The longest name that is kept, in characters.
const NAME_LIMIT: usize = 100;

/// Those in a room, by name.
pub(crate) fn of_room(c: &Connection, room: RoomNo) -> Result<Vec<PeerState>> {
    let mut statement = c.prepare_cached(OF_ROOM)?;
    let found = statement.query_map([room.0], |row| {
        Ok(PeerState {
            user: row.get(0)?,
            name: row.get(1)?,
            invited: row.get(2)?,
            organiser: row.get(3)?,
            asking: row.get(4)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The names of those who are and were in a room, by address.
pub(crate) fn names(c: &Connection, room: RoomNo) -> Result<Vec<(String, String)>> {
    let mut statement = c.prepare_cached(NAMES)?;
    let found = statement.query_map([room.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Gives a room these peers and no others; the others' names stay. As of the room itself, what is
/// as it was is not written.
pub(crate) fn put_all(c: &Connection, room: RoomNo, peers: &[PeerState]) -> Result<()> {
    let mut peers: Vec<PeerState> = peers.iter().map(kept).collect();
    peers.sort_by(|a, b| (&a.name, &a.user).cmp(&(&b.name, &b.user)));
    if of_room(c, room)? == peers {
        return Ok(());
    }
    c.prepare_cached(NOBODY)?.execute([room.0])?;
    for PeerState { user, name, invited, organiser, asking } in peers {
        c.prepare_cached(PUT)?.execute(params![room.0, user, name, invited, organiser, asking])?;
    }
    Ok(())
}

/// A peer as the table has her.
fn kept(peer: &PeerState) -> PeerState {
    let name = shown_line(&peer.name).chars().take(NAME_LIMIT).collect();
    PeerState { name, ..peer.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{memory, room};

    #[test]
    fn somebody_who_left_keeps_her_name_and_nothing_else() {
        let c = memory();
        let no = room::put(&c, &crate::trial::room("!a:b.dk")).expect("kept");
        let peer = |user: &str, name: &str| PeerState {
            user: user.into(),
            name: name.into(),
            invited: false,
            organiser: true,
            asking: false,
        };
        put_all(&c, no, &[peer("@a:b.dk", "An\u{202e}na"), peer("@b:b.dk", "Bo")]).expect("kept");
        put_all(&c, no, &[peer("@b:b.dk", "Bo")]).expect("kept");
        assert_eq!(of_room(&c, no).expect("read"), [peer("@b:b.dk", "Bo")]);
        let before = c.total_changes();
        put_all(&c, no, &[peer("@b:b.dk", "Bo")]).expect("kept");
        assert_eq!(c.total_changes(), before, "nothing is written where nothing changed");
        let names = names(&c, no).expect("read");
        assert_eq!(names[0], ("@a:b.dk".into(), "Anna".into()));
    }
}
