//! What tests stand on.

use fristed_base::{Moment, Secret};
use rusqlite::Connection;

use crate::model::{Account, AccountKind, RoomState, Standing};
use crate::table::{account, room};

pub(crate) const ROOM: &str = "!netvaerk:kommune.dk";
pub(crate) const KARLA: &str = "@karla:kommune.dk";
pub(crate) const METTE: &str = "@mette:kommune.dk";

/// The moment that is so many milliseconds after a day in 2026.
pub(crate) fn at(millis: i64) -> Moment {
    Moment::from_parts(1_795_000_000_000 + millis, 60).expect("a moment")
}

pub(crate) fn account(user: &str) -> Account {
    Account {
        user: user.into(),
        name: "Karla".into(),
        server: "https://kommune.dk".into(),
        device: "ABC".into(),
        kind: AccountKind::OAuth,
        session: Secret::new("{}".into()),
        mark: [7; 16],
        storage_key: None,
        signed_out: false,
    }
}

pub(crate) fn room(room: &str) -> RoomState {
    RoomState {
        room: room.into(),
        name: "Netværk".into(),
        standing: Standing::Joined,
        federated: false,
        organiser: true,
        invited_by: None,
    }
}

/// Signs Karla in and lets her into the room.
pub(crate) fn begin(c: &Connection) {
    account::put(c, &account(KARLA)).expect("an account");
    room::put(c, &room(ROOM)).expect("a room");
}
