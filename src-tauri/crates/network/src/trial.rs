//! What tests stand on.

use fristed_base::{EntryId, Moment, Secret};
use rusqlite::Connection;

use crate::content::{Built, Content, CopyId, Related, build, related};
use crate::model::{
    Account, AccountKind, Incoming, Lang, NewFile, NewShare, PeerState, RoomState, Standing,
    Subject, What,
};
use crate::table::{account, room};

pub(crate) const ROOM: &str = "!netvaerk:kommune.dk";
pub(crate) const KARLA: &str = "@karla:kommune.dk";
pub(crate) const METTE: &str = "@mette:kommune.dk";
pub(crate) const BO: &str = "@bo:anden.dk";

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

/// These as those who are in a room.
pub(crate) fn peers(users: &[&str]) -> Vec<PeerState> {
    let peer = |&user: &&str| PeerState {
        user: user.to_owned(),
        name: "Bo".into(),
        invited: false,
        asking: false,
        organiser: false,
    };
    users.iter().map(peer).collect()
}

/// An event of somebody else's, opened.
pub(crate) fn clear(event: &str, sender: &str, millis: i64, built: Built) -> Incoming {
    let what =
        What::Clear { event_type: built.event_type.into(), content: built.content, txn: None };
    Incoming { event: event.into(), sender: sender.into(), at: at(millis).millis(), what }
}

/// The same, not opened.
pub(crate) fn waiting(of: &Incoming) -> Incoming {
    Incoming { what: What::Waiting { why: None }, ..of.clone() }
}

/// A redaction.
pub(crate) fn redaction(event: &str, sender: &str, millis: i64, of: &str, may: bool) -> Incoming {
    let what = What::Redaction { of: of.into(), by_may_remove_others: may };
    Incoming { event: event.into(), sender: sender.into(), at: at(millis).millis(), what }
}

/// A shared entry as an event.
pub(crate) fn reflection(copy: u8, title: &str, markdown: &str) -> Built {
    let (title, markdown) = (title.into(), markdown.into());
    let content = Content::Reflection { title, markdown, day: None };
    build(&content, CopyId([copy; 16]), "", Lang::Danish)
}

/// An event tied to another.
pub(crate) fn tied(built: Built, to: Related<'_>) -> Built {
    Built { content: related(built.content, to), ..built }
}

/// Something to share.
pub(crate) fn new_share(title: &str, markdown: &str, files: usize) -> NewShare {
    let file = NewFile { media_type: "image/png".into(), bytes: title.as_bytes().to_vec() };
    NewShare {
        room: ROOM.into(),
        subject: subject(title, markdown),
        files: vec![file; files],
        entry: Some((EntryId::new(), 3)),
        excerpt: false,
        lang: Lang::Danish,
        not_before: None,
        readers: None,
    }
}

/// A reflection.
pub(crate) fn subject(title: &str, markdown: &str) -> Subject {
    Subject::Reflection { title: title.into(), markdown: markdown.into(), day: None }
}
