//! What callers are given and hand in. Users, rooms and events are named as Matrix names them.

mod account;
mod feed;
mod incoming;
mod outbox;
mod share;

pub use account::{Account, AccountKind, Changed, PeerKey, PeerState, Room, RoomState, Standing};
pub use feed::{
    Answer, Detail, FeedItem, FeedKind, FeedPage, FeedThread, ItemState, NoKey, Sending,
    SharedFile, SharedFileSource, Sign, Signs,
};
pub use incoming::{Incoming, Itip, Taken, TextWanted, Waiting, What};
pub use outbox::{Act, Job, OutboxRow, OutboxWhat, Trouble};
pub use share::{Lang, NewFile, NewShare, NewVersion, Subject};
