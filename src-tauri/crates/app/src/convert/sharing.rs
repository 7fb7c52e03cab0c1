//! Sharing, from what is kept to what crosses to the interface.

use std::collections::HashMap;
use std::sync::Arc;

use fristed_base::Moment;
use fristed_calendar::ical::shown;
use fristed_network as network;
use fristed_network::session::{self, Session};

use crate::wire;
use crate::wire::ErrorCode;
use crate::wire::sharing::{
    Connection, FeedItem, FeedKind, FeedMeeting, FeedPromise, Identity, InviteCode, ItemState,
    NoKey, OutboxRow, OutboxWhat, Peer, Reaction, ReactionSign, Sending, ShareFile, SharedFile,
    SharedNetwork, Standing, Trust, VerificationStep,
};

/// Everybody in the leader's networks, to be named and told apart.
pub(crate) struct Who {
    me: String,
    session: Option<Arc<Session>>,
    rooms: HashMap<String, String>,
    known: HashMap<String, network::PeerState>,
    trusts: std::cell::RefCell<HashMap<String, Trust>>,
}

impl Who {
    pub(crate) fn new(
        me: String,
        session: Option<Arc<Session>>,
        rooms: Vec<network::Room>,
    ) -> Self {
        let names = rooms.iter().map(|room| (room.state.room.clone(), room.state.name.clone()));
        let rooms_by_id = names.collect();
        let peers = rooms.into_iter().flat_map(|room| room.peers);
        let known = peers.map(|peer| (peer.user.clone(), peer)).collect();
        Self { me, session, rooms: rooms_by_id, known, trusts: std::cell::RefCell::default() }
    }

    /// The leader's own address.
    pub(crate) fn me(&self) -> &str {
        &self.me
    }

    /// The name of a room.
    pub(crate) fn room(&self, room: &str) -> String {
        self.rooms.get(room).cloned().unwrap_or_default()
    }

    /// Somebody by the address; one who is nowhere any more is called by it.
    pub(crate) fn peer(&self, user: &str) -> Peer {
        match self.known.get(user) {
            Some(peer) => self.peer_in(peer),
            None => Peer {
                user: shown(user),
                name: shown(name_in(user)),
                you: user == self.me,
                trust: self.trust(user),
                strange_computers: 0,
                invited: false,
                organiser: false,
            },
        }
    }

    /// Somebody in a room.
    pub(crate) fn peer_in(&self, peer: &network::PeerState) -> Peer {
        Peer {
            user: peer.user.clone(),
            name: if peer.name.is_empty() { shown(name_in(&peer.user)) } else { peer.name.clone() },
            you: peer.user == self.me,
            trust: self.trust(&peer.user),
            strange_computers: 0,
            invited: peer.invited,
            organiser: peer.organiser,
        }
    }

    /// Somebody who reads or may read, with what the server says of her computers.
    pub(crate) fn reader(&self, user: &str) -> Peer {
        Peer { strange_computers: self.strange_computers(user), ..self.peer(user) }
    }

    /// Somebody who reads what is sent in a room, with what the server says of her computers.
    pub(crate) fn reader_in(&self, peer: &network::PeerState) -> Peer {
        let strange_computers = self.strange_computers(&peer.user);
        Peer { strange_computers, ..self.peer_in(peer) }
    }

    /// Of somebody without an identity no computer can be told from another.
    fn strange_computers(&self, user: &str) -> u32 {
        let has_one = user != self.me && self.trust(user) != Trust::NoIdentity;
        let session = self.session.as_ref().filter(|_| has_one);
        session.and_then(|session| session.strange_computers(user).ok()).unwrap_or(0)
    }

    fn trust(&self, user: &str) -> Trust {
        if let Some(known) = self.trusts.borrow().get(user) {
            return *known;
        }
        let found = self.session.as_ref().map(|session| session.trust(user));
        let trust = match found {
            Some(Ok(session::Trust::Known)) => Trust::Known,
            Some(Ok(session::Trust::Changed)) => Trust::Changed,
            Some(Ok(session::Trust::NoIdentity)) => Trust::NoIdentity,
            Some(Ok(session::Trust::NotYet) | Err(_)) | None => Trust::NotYet,
        };
        self.trusts.borrow_mut().insert(user.to_owned(), trust);
        trust
    }
}

/// The part of an address that a person chose (`karla` of `@karla:kommune.dk`).
fn name_in(user: &str) -> &str {
    let bare = user.strip_prefix('@').unwrap_or(user);
    bare.split_once(':').map_or(bare, |(name, _)| name)
}

pub(crate) fn connection(kept: session::Connection) -> (Connection, Option<Moment>) {
    match kept {
        session::Connection::Connecting => (Connection::Connecting, None),
        session::Connection::Online => (Connection::Online, None),
        session::Connection::Offline { again } => (Connection::Offline, Some(again)),
        session::Connection::SignedOut => (Connection::SignedOut, None),
    }
}

pub(crate) const fn identity(kept: session::Identity) -> Identity {
    match kept {
        session::Identity::Unknown => Identity::Unknown,
        session::Identity::Ready => Identity::Ready,
        session::Identity::Elsewhere => Identity::Elsewhere,
    }
}

pub(crate) const fn standing(kept: network::Standing) -> Standing {
    match kept {
        network::Standing::Invited => Standing::Invited,
        network::Standing::Asking => Standing::Asking,
        network::Standing::Joined => Standing::Joined,
        network::Standing::Left => Standing::Left,
    }
}

pub(crate) fn room(room: network::Room, who: &Who) -> SharedNetwork {
    let network::RoomState { room: id, name, standing: kept, federated, organiser, invited_by } =
        room.state;
    let (asking, peers): (Vec<_>, Vec<_>) = room.peers.iter().partition(|peer| peer.asking);
    let mut peers: Vec<Peer> = peers.into_iter().map(|peer| who.reader_in(peer)).collect();
    peers.sort_by_key(|peer| !peer.you);
    let stopped_by = peers.iter().filter(|peer| peer.trust == Trust::Changed).cloned().collect();
    SharedNetwork {
        room: id,
        network: room.network.map(|network| network.to_string()),
        name,
        standing: standing(kept),
        invited_by: invited_by.map(|user| who.peer(&user)),
        federated,
        organiser,
        stopped_by,
        peers,
        asking: asking.into_iter().map(|peer| who.peer_in(peer)).collect(),
        code: room.code.map(code),
        unread: room.unread,
    }
}

fn code(text: String) -> InviteCode {
    // A code is short enough for every QR code there is.
    let qr = qrcode::QrCode::new(text.as_bytes()).map_or_else(
        |_| Vec::new(),
        |code| {
            code.to_colors()
                .chunks(code.width())
                .map(|row| row.iter().map(|dot| dot.select('#', ' ')).collect())
                .collect()
        },
    );
    InviteCode { text, qr }
}

pub(crate) fn step(step: session::Step) -> VerificationStep {
    match step {
        session::Step::Asked => VerificationStep::Asked,
        session::Step::Waiting => VerificationStep::Waiting,
        session::Step::Compare(signs) => VerificationStep::Compare { signs: signs.to_vec() },
        session::Step::Done => VerificationStep::Done,
        session::Step::Ended => VerificationStep::Ended,
    }
}

pub(crate) const fn lang(language: wire::Language) -> network::Lang {
    match language {
        wire::Language::Da => network::Lang::Danish,
        wire::Language::En => network::Lang::English,
    }
}

pub(crate) const fn to_sign(sign: ReactionSign) -> network::Sign {
    match sign {
        ReactionSign::Thanks => network::Sign::Thanks,
        ReactionSign::Familiar => network::Sign::Familiar,
        ReactionSign::Talk => network::Sign::Talk,
        ReactionSign::Agreed => network::Sign::Agreed,
    }
}

const fn sign(sign: network::Sign) -> ReactionSign {
    match sign {
        network::Sign::Thanks => ReactionSign::Thanks,
        network::Sign::Familiar => ReactionSign::Familiar,
        network::Sign::Talk => ReactionSign::Talk,
        network::Sign::Agreed => ReactionSign::Agreed,
    }
}

/// An attachment that stays where it is.
pub(crate) fn stays(attachment: &fristed_journal::Attachment) -> ShareFile {
    ShareFile {
        id: attachment.id.to_string(),
        name: attachment.name.clone(),
        media_type: attachment.media_type.clone(),
        size: attachment.size,
        stripped: false,
    }
}

/// A thing of a feed. `entry_here`: the entry that it is a copy of is in the journal still.
pub(crate) fn item(
    item: network::FeedItem,
    entry_here: bool,
    outdated: bool,
    meeting: Option<FeedMeeting>,
    who: &Who,
) -> FeedItem {
    FeedItem {
        id: item.id.to_string(),
        room: item.room,
        kind: kind(item.kind),
        sender: who.peer(&item.sender),
        sent_at: item.sent_at.to_rfc3339(),
        // A meeting's title stands in its calendar text alone.
        title: meeting.as_ref().map_or(item.title, |meeting| meeting.title.clone()),
        body: item.body,
        plain: item.plain,
        day: item.day.map(|day| day.to_string()),
        edited_at: item.edited_at.map(|at| at.to_rfc3339()),
        unread: item.unread,
        state: state(item.state, who),
        sending: item.sending.map(|kept| sending(kept, who)),
        there: item.event.is_some(),
        replies: item.replies,
        reactions: item.signs.into_iter().map(|signs| reaction(signs, who)).collect(),
        files: item.files.into_iter().map(file).collect(),
        entry: item.entry.filter(|_| entry_here).map(|entry| entry.to_string()),
        excerpt: item.excerpt,
        outdated,
        meeting,
        promise: item.detail.and_then(promise),
    }
}

fn promise(detail: network::Detail) -> Option<FeedPromise> {
    match detail {
        network::Detail::Commitment { who, due } => {
            Some(FeedPromise { who, due: due.map(|day| day.to_string()) })
        }
        network::Detail::Meeting { .. } | network::Detail::Contract { .. } => None,
    }
}

const fn kind(kind: network::FeedKind) -> FeedKind {
    match kind {
        network::FeedKind::Reflection => FeedKind::Reflection,
        network::FeedKind::Message => FeedKind::Message,
        network::FeedKind::Reply => FeedKind::Reply,
        network::FeedKind::Meeting => FeedKind::Meeting,
        network::FeedKind::Commitment => FeedKind::Commitment,
        network::FeedKind::Contract => FeedKind::Contract,
    }
}

fn state(state: network::ItemState, who: &Who) -> ItemState {
    match state {
        network::ItemState::Whole => ItemState::Whole,
        network::ItemState::Waiting { why } => ItemState::Waiting {
            why: why.map(|why| match why {
                network::NoKey::Withheld => NoKey::Withheld,
                network::NoKey::SenderNotSure => NoKey::SenderNotSure,
                network::NoKey::OtherComputer => NoKey::OtherComputer,
            }),
        },
        network::ItemState::Withdrawn { at } => ItemState::Withdrawn { at: at.to_rfc3339() },
        network::ItemState::Removed { at, by } => {
            ItemState::Removed { at: at.to_rfc3339(), by: who.peer(&by) }
        }
        network::ItemState::Unreadable => ItemState::Unreadable,
    }
}

fn sending(sending: network::Sending, who: &Who) -> Sending {
    match sending {
        network::Sending::Undoable { until } => Sending::Undoable { until: until.to_rfc3339() },
        network::Sending::Waiting { next_try, trouble: why } => Sending::Waiting {
            next_try: next_try.map(|at| at.to_rfc3339()),
            trouble: why.map(trouble),
        },
        network::Sending::Now => Sending::Now,
        network::Sending::Sent => Sending::Sent,
        network::Sending::Failed { trouble: why } => Sending::Failed { trouble: trouble(why) },
        network::Sending::Asks { newcomers } => {
            Sending::Asks { newcomers: newcomers.iter().map(|user| who.reader(user)).collect() }
        }
        network::Sending::Withdrawing => Sending::Withdrawing,
    }
}

const fn trouble(trouble: network::Trouble) -> ErrorCode {
    match trouble {
        network::Trouble::Offline => ErrorCode::Unreachable,
        network::Trouble::Busy => ErrorCode::TooManyRequests,
        network::Trouble::SignedOut => ErrorCode::SignedOut,
        network::Trouble::NotThere => ErrorCode::NotAllowed,
        network::Trouble::TooLarge => ErrorCode::AboveServerLimit,
        network::Trouble::IdentityChanged => ErrorCode::IdentityChanged,
        network::Trouble::Refused => ErrorCode::ServerRefused,
        network::Trouble::Keys => ErrorCode::IdentityMissing,
        network::Trouble::FromCopy => ErrorCode::FromCopy,
    }
}

fn reaction(signs: network::Signs, who: &Who) -> Reaction {
    Reaction {
        sign: sign(signs.sign),
        by: signs.by.iter().map(|user| who.peer(user)).collect(),
        mine: signs.mine,
    }
}

fn file(file: network::SharedFile) -> SharedFile {
    SharedFile {
        id: file.id.to_string(),
        picture: file.media_type.starts_with("image/"),
        name: file.name,
        media_type: file.media_type,
        size: u32::try_from(file.size).unwrap_or(u32::MAX),
    }
}

pub(crate) fn outbox_row(row: network::OutboxRow, who: &Who) -> OutboxRow {
    OutboxRow {
        id: row.id.to_string(),
        item: row.item.map(|item| item.to_string()),
        network: who.room(&row.room),
        what: match row.what {
            network::OutboxWhat::Share => OutboxWhat::Share,
            network::OutboxWhat::Edit => OutboxWhat::Edit,
            network::OutboxWhat::Reply => OutboxWhat::Reply,
            network::OutboxWhat::React => OutboxWhat::React,
            network::OutboxWhat::Withdraw => OutboxWhat::Withdraw,
            network::OutboxWhat::Meeting => OutboxWhat::Meeting,
            network::OutboxWhat::Answer => OutboxWhat::Answer,
            network::OutboxWhat::Tell => OutboxWhat::Tell,
            network::OutboxWhat::Remove => OutboxWhat::Remove,
        },
        title: row.title,
        sending: sending(row.sending, who),
    }
}
