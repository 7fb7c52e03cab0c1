//! What the terminal says of sharing.

/// The sentences and words of sharing beside its errors.
#[derive(Debug)]
pub struct NetworkPhrases {
    /// What is shown may not be the newest; `{}` is why.
    pub may_be_old: &'static str,
    /// The address that the leader opens in her browser.
    pub open_this: &'static str,
    /// Signed in; `{user}` at `{server}`.
    pub signed_in: &'static str,
    /// The account has an identity that is elsewhere.
    pub elsewhere: &'static str,
    /// Signed out.
    pub signed_out: &'static str,
    /// She is signed out here, and the server was not told; `{}` is why.
    pub still_known: &'static str,
    /// Nobody is signed in.
    pub nobody: &'static str,
    /// Off, connecting, online, offline, signed out: how it stands with the server.
    pub connections: [&'static str; 5],
    /// Waiting, failed, unread: the words before numbers.
    pub counts: [&'static str; 3],
    /// No network is shared.
    pub no_networks: &'static str,
    /// Invited, asking, joined, left: how the leader stands with a network.
    pub standings: [&'static str; 4],
    /// The leader herself, in a list of people.
    pub you: &'static str,
    /// Somebody was invited.
    pub invited: &'static str,
    /// Somebody asks to be let in.
    pub asks: &'static str,
    /// Known, not yet, changed, no identity: whether somebody is who she seems to be.
    pub trusts: [&'static str; 4],
    /// Somebody invited the leader; `{}` is who.
    pub invited_by: &'static str,
    /// No invitations.
    pub no_invitations: &'static str,
    /// In a network now; `{}` is its name.
    pub joined: &'static str,
    /// Waits to be let in.
    pub asking: &'static str,
    /// Declined.
    pub declined: &'static str,
    /// Left; `{}` is the network's name.
    pub left: &'static str,
    /// After a code was shown.
    pub code_shown: &'static str,
    /// The code opens nothing any more.
    pub code_hidden: &'static str,
    /// Before what leaves; `{}` is the network.
    pub leaves: &'static str,
    /// The day that is told; `{}`.
    pub day: &'static str,
    /// A file that goes along; `{name}`, `{size}`.
    pub file: &'static str,
    /// Something is taken out of it.
    pub stripped: &'static str,
    /// It may tell something that cannot be taken out.
    pub not_stripped: &'static str,
    /// How many attachments stay; `{}`.
    pub stay: &'static str,
    /// Who can read it.
    pub readers: &'static str,
    /// Nobody can yet.
    pub no_readers: &'static str,
    /// Who cannot.
    pub not_readers: &'static str,
    /// Names in the text; `{}`.
    pub names: &'static str,
    /// Asks whether it shall be shared.
    pub ask_share: &'static str,
    /// How long it can still be called back; `{}` is seconds.
    pub countdown: &'static str,
    /// It was sent.
    pub sent: &'static str,
    /// It waits; `{}` is why.
    pub waits: &'static str,
    /// How to end a reply.
    pub type_reply: &'static str,
    /// Nothing is shared yet.
    pub nothing: &'static str,
    /// Called back, removed, waiting for a key, unreadable: in place of a text.
    pub states: [&'static str; 4],
    /// How many replies; `{}`.
    pub replies: &'static str,
    /// Who promised something, `{name}`; and by when, `{day}`.
    pub promised: [&'static str; 2],
    /// Something was taken back.
    pub withdrawn: &'static str,
    /// So many things were taken back; `{}`.
    pub withdrawn_all: &'static str,
    /// What another shared was removed.
    pub removed: &'static str,
    /// Nothing waits to be sent.
    pub nothing_waits: &'static str,
    /// Share, edit, reply, react, withdraw, meeting, answer, tell, remove: what waits.
    pub acts: [&'static str; 9],
    /// Undoable, waiting, under way, sent, failed, withdrawing, asking: how it stands with sending.
    pub sendings: [&'static str; 7],
    /// Who came since something was shared; `{}` is who, one after the other.
    pub came_since: &'static str,
    /// How the leader answers whether they may read it too.
    pub let_read: &'static str,
    /// The other is waited for; `{}` is who.
    pub waits_for: &'static str,
    /// Before the signs.
    pub signs: &'static str,
    /// Asks whether they are the same.
    pub ask_same: &'static str,
    /// They know each other.
    pub verified: &'static str,
    /// What a doctor looks at: versions, sync, sign-in, the largest file, encryption, clock.
    pub looked: [&'static str; 6],
    /// The server tells its limit only who is signed in.
    pub members_only: &'static str,
    /// As it should be, and not.
    pub verdicts: [&'static str; 2],
    /// What stands for yes.
    pub yes: &'static str,
    /// The 64 signs by name (Client-Server API, SAS method: emoji); the window has the same.
    pub sign_names: [&'static str; 64],
}

/// The signs themselves, in the order of the specification's table.
pub const SIGNS: [&str; 64] = [
    "🐶", "🐱", "🦁", "🐎", "🦄", "🐷", "🐘", "🐰", "🐼", "🐓", "🐧", "🐢", "🐟", "🐙", "🦋", "🌷",
    "🌳", "🌵", "🍄", "🌏", "🌙", "☁️", "🔥", "🍌", "🍎", "🍓", "🌽", "🍕", "🎂", "❤️", "😀", "🤖",
    "🎩", "👓", "🔧", "🎅", "👍", "☂️", "⌛", "⏰", "🎁", "💡", "📕", "✏️", "📎", "✂️", "🔒", "🔑",
    "🔨", "☎️", "🏁", "🚂", "🚲", "✈️", "🚀", "🏆", "⚽", "🎸", "🎺", "🔔", "⚓", "🎧", "📁", "📌",
];
