//! What is shared, as the terminal gives it. The field names are stable.

use std::collections::HashMap;

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{
    FeedItem, FeedKind, FeedMeeting, FeedPromise, FeedThread, ItemState, OutboxRow, OutboxWhat,
    Peer, Sending, SharedNetwork, SharingStatus, Standing, Trust,
};
use serde::Serialize;

use crate::failure::Failure;
use crate::session::Session;

/// The names of the networks, by their rooms.
pub(super) struct Names(HashMap<String, String>);

impl Names {
    /// Those that are here.
    pub(super) fn of(session: &Session) -> Result<Self, Failure> {
        let all = session.fristed.shared_networks()?.into_iter();
        Ok(Self(all.map(|one| (one.room, one.name)).collect()))
    }

    /// The name of the network that a thing was shared in.
    pub(super) fn network(&self, item: &FeedItem) -> &str {
        self.0.get(&item.room).map_or("", String::as_str)
    }
}

/// `network status`.
#[derive(Serialize)]
pub(super) struct StatusJson<'a> {
    user: Option<&'a str>,
    name: Option<&'a str>,
    server: Option<&'a str>,
    connection: fristed_app::wire::sharing::Connection,
    identity: fristed_app::wire::sharing::Identity,
    trouble: Option<ErrorCode>,
    waiting: u32,
    failed: u32,
    unread: u32,
    /// The largest file that the server takes, in bytes; none where it does not answer.
    largest_file: Option<u64>,
}

impl<'a> StatusJson<'a> {
    /// How it stands, with the largest file that the server takes.
    pub(super) fn of(status: &'a SharingStatus, largest_file: Option<u64>) -> Self {
        let account = status.account.as_ref();
        Self {
            user: account.map(|account| account.user.as_str()),
            name: account.map(|account| account.name.as_str()),
            server: account.map(|account| account.server.as_str()),
            connection: status.connection,
            identity: status.identity,
            trouble: status.trouble,
            waiting: status.waiting,
            failed: status.failed,
            unread: status.unread,
            largest_file,
        }
    }
}

/// A network that is shared, or an invitation to one.
#[derive(Serialize)]
pub(super) struct NetworkJson<'a> {
    id: &'a str,
    name: &'a str,
    network: Option<&'a str>,
    standing: Standing,
    invited_by: Option<&'a str>,
    several_municipalities: bool,
    organiser: bool,
    unread: u32,
    code: Option<&'a str>,
    peers: Vec<PeerJson<'a>>,
    asking: Vec<PeerJson<'a>>,
}

impl<'a> From<&'a SharedNetwork> for NetworkJson<'a> {
    fn from(one: &'a SharedNetwork) -> Self {
        Self {
            id: &one.room,
            name: &one.name,
            network: one.network.as_deref(),
            standing: one.standing,
            invited_by: one.invited_by.as_ref().map(|peer| peer.user.as_str()),
            several_municipalities: one.federated,
            organiser: one.organiser,
            unread: one.unread,
            code: one.code.as_ref().map(|code| code.text.as_str()),
            peers: one.peers.iter().map(PeerJson::from).collect(),
            asking: one.asking.iter().map(PeerJson::from).collect(),
        }
    }
}

/// Somebody in a network.
#[derive(Serialize)]
pub(super) struct PeerJson<'a> {
    address: &'a str,
    name: &'a str,
    you: bool,
    trust: Trust,
    strange_computers: u32,
    invited: bool,
    organiser: bool,
}

impl<'a> From<&'a Peer> for PeerJson<'a> {
    fn from(peer: &'a Peer) -> Self {
        Self {
            address: &peer.user,
            name: &peer.name,
            you: peer.you,
            trust: peer.trust,
            strange_computers: peer.strange_computers,
            invited: peer.invited,
            organiser: peer.organiser,
        }
    }
}

/// A thing in the feed.
#[derive(Serialize)]
pub(super) struct ItemJson<'a> {
    id: &'a str,
    network: &'a str,
    kind: FeedKind,
    sender: &'a str,
    sender_name: &'a str,
    sent_at: &'a str,
    title: &'a str,
    body: &'a str,
    day: Option<&'a str>,
    edited: bool,
    withdrawn: bool,
    replies: u32,
    unread: bool,
    state: &'static str,
    sending: Option<&'static str>,
    entry: Option<&'a str>,
    meeting: Option<MeetingJson<'a>>,
    promise: Option<PromiseJson<'a>>,
}

#[derive(Serialize)]
struct MeetingJson<'a> {
    title: &'a str,
    start: &'a str,
    end: &'a str,
    location: &'a str,
    description: &'a str,
    cancelled: bool,
}

impl<'a> From<&'a FeedMeeting> for MeetingJson<'a> {
    fn from(meeting: &'a FeedMeeting) -> Self {
        Self {
            title: &meeting.title,
            start: &meeting.start,
            end: &meeting.end,
            location: &meeting.location,
            description: &meeting.description,
            cancelled: meeting.cancelled,
        }
    }
}

#[derive(Serialize)]
struct PromiseJson<'a> {
    who: &'a str,
    due: Option<&'a str>,
}

impl<'a> From<&'a FeedPromise> for PromiseJson<'a> {
    fn from(promise: &'a FeedPromise) -> Self {
        Self { who: &promise.who, due: promise.due.as_deref() }
    }
}

impl<'a> ItemJson<'a> {
    /// The thing, with its network's name.
    pub(super) fn new(item: &'a FeedItem, names: &'a Names) -> Self {
        Self {
            id: &item.id,
            network: names.network(item),
            kind: item.kind,
            sender: &item.sender.user,
            sender_name: &item.sender.name,
            sent_at: &item.sent_at,
            title: &item.title,
            body: &item.body,
            day: item.day.as_deref(),
            edited: item.edited_at.is_some(),
            withdrawn: matches!(item.state, ItemState::Withdrawn { .. }),
            replies: item.replies,
            unread: item.unread,
            state: match item.state {
                ItemState::Whole => "whole",
                ItemState::Waiting { .. } => "waiting",
                ItemState::Withdrawn { .. } => "withdrawn",
                ItemState::Removed { .. } => "removed",
                ItemState::Unreadable => "unreadable",
            },
            sending: item.sending.as_ref().map(sending),
            entry: item.entry.as_deref(),
            meeting: item.meeting.as_ref().map(MeetingJson::from),
            promise: item.promise.as_ref().map(PromiseJson::from),
        }
    }
}

/// A thing with its replies, oldest first.
#[derive(Serialize)]
pub(super) struct ThreadJson<'a> {
    item: ItemJson<'a>,
    replies: Vec<ItemJson<'a>>,
}

impl<'a> ThreadJson<'a> {
    /// The thread, with its network's name.
    pub(super) fn new(thread: &'a FeedThread, names: &'a Names) -> Self {
        let replies = thread.replies.iter();
        Self {
            item: ItemJson::new(&thread.item, names),
            replies: replies.map(|reply| ItemJson::new(reply, names)).collect(),
        }
    }
}

/// Something that waits to be sent.
#[derive(Serialize)]
pub(super) struct OutboxJson<'a> {
    id: &'a str,
    network: &'a str,
    what: OutboxWhat,
    title: &'a str,
    sending: &'static str,
    next_try: Option<&'a str>,
    trouble: Option<ErrorCode>,
    newcomers: Vec<PeerJson<'a>>,
}

impl<'a> From<&'a OutboxRow> for OutboxJson<'a> {
    fn from(row: &'a OutboxRow) -> Self {
        let (next_try, trouble) = match &row.sending {
            Sending::Waiting { next_try, trouble } => (next_try.as_deref(), *trouble),
            Sending::Failed { trouble } => (None, Some(*trouble)),
            _ => (None, None),
        };
        let newcomers = match &row.sending {
            Sending::Asks { newcomers } => newcomers.as_slice(),
            _ => &[],
        };
        Self {
            id: &row.id,
            network: &row.network,
            what: row.what,
            title: &row.title,
            sending: sending(&row.sending),
            next_try,
            trouble,
            newcomers: newcomers.iter().map(PeerJson::from).collect(),
        }
    }
}

fn sending(of: &Sending) -> &'static str {
    match of {
        Sending::Undoable { .. } => "undoable",
        Sending::Waiting { .. } => "waiting",
        Sending::Now => "now",
        Sending::Sent => "sent",
        Sending::Failed { .. } => "failed",
        Sending::Asks { .. } => "asks",
        Sending::Withdrawing => "withdrawing",
    }
}
