//! What crosses to the interface of leader networks, their meetings and commitments.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::EntryRow;
use super::calendar::{Colour, Occurrence};

/// A network in a list.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NetworkRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// How many members it has, the leader not counted.
    pub members: u32,
    /// The next meeting.
    pub next: Option<MeetingRow>,
    /// Commitments that are open.
    pub open_commitments: u32,
}

/// A network, whole.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Network {
    /// Its id.
    pub id: String,
    /// What the leader wrote of it.
    pub form: NetworkForm,
    /// Its members, by name.
    pub members: Vec<Member>,
    /// Its meetings to come, soonest first.
    pub coming: Vec<MeetingRow>,
    /// Its meetings so far, latest first.
    pub held: Vec<MeetingRow>,
    /// Occurrences that its rule finds and that are no meeting yet, soonest first.
    pub suggestions: Vec<Occurrence>,
    /// Its commitments: open first, by due day.
    pub commitments: Vec<Commitment>,
}

/// What the form for a network holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NetworkForm {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Its colour.
    pub colour: Colour,
    /// How often it meets, in the leader's own words.
    pub rhythm: String,
    /// An event whose title contains this is suggested as a meeting; empty is no rule.
    pub title_contains: String,
}

/// Somebody in a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Their id.
    pub id: String,
    /// What the leader wrote of them.
    pub form: MemberForm,
}

/// What the form for a member holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MemberForm {
    /// The name.
    pub name: String,
    /// What they do in the network (host, keeper of the thread).
    pub role: String,
    /// Where they lead.
    pub workplace: String,
    /// The e-mail address.
    pub email: String,
    /// The leader's own notes; they never leave the vault.
    pub notes: String,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingRow {
    /// Its id.
    pub id: String,
    /// Its network's id.
    pub network: String,
    /// Its network's name.
    pub network_name: String,
    /// Its network's colour.
    pub colour: Colour,
    /// Its title.
    pub title: String,
    /// When it begins: a moment, or a day.
    pub start: String,
    /// When it ends, exclusive.
    pub end: String,
    /// Whether it takes whole days.
    pub all_day: bool,
    /// Its place.
    pub location: String,
    /// Its occurrence is gone from the calendar; what is shown is what was last known.
    pub detached: bool,
    /// Its event was called off.
    pub cancelled: bool,
    /// The leader said that she is ready.
    pub ready: bool,
    /// Which parts of the preparation have something in them.
    pub parts: Parts,
}

/// Which parts of a preparation have something in them. Only shown, never demanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Parts {
    /// What I want from the meeting.
    pub aim: bool,
    /// Every question of the network has an answer, and there is one.
    pub questions: bool,
    /// Entries that I bring.
    pub entries: bool,
    /// Each of my commitments from last time is closed, or there was none.
    pub promised: bool,
    /// The agenda.
    pub agenda: bool,
}

/// A meeting, whole.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Meeting {
    /// What a list shows of it.
    pub row: MeetingRow,
    /// The event and its occurrence that it is; none while it is detached.
    pub occurrence: Option<Occurrence>,
    /// What its event says of it; empty where nothing.
    pub description: String,
    /// How many of those invited come, and how many have not answered.
    pub coming: u32,
    /// How many have not answered.
    pub unanswered: u32,
    /// The text fields; saved by themselves.
    pub text: MeetingText,
    /// The host's member id.
    pub host: Option<String>,
    /// The facilitator's member id.
    pub facilitator: Option<String>,
    /// The method's id or name.
    pub method: String,
    /// What is to happen, in order.
    pub agenda: Vec<AgendaItem>,
    /// The network's questions.
    pub questions: Vec<Question>,
    /// The entries that I bring, in order.
    pub entries: Vec<EntryRow>,
    /// What I promised before and is open, or was closed since the last meeting.
    pub my_promises: Vec<Commitment>,
    /// What others promised me, in the same way.
    pub their_promises: Vec<Commitment>,
    /// What was promised at this meeting.
    pub made_here: Vec<Commitment>,
    /// The reflection afterwards.
    pub reflection: Option<EntryRow>,
    /// The network's meeting before this one.
    pub previous: Option<MeetingRow>,
    /// The one after it.
    pub next: Option<MeetingRow>,
    /// What the meeting before this one noted for it; none where it noted nothing.
    pub carried_over: Option<CarriedOver>,
}

/// What a meeting noted for the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CarriedOver {
    /// The id of the meeting that noted it.
    pub meeting: String,
    /// Its day.
    pub day: String,
    /// What it noted.
    pub text: String,
}

/// What is written on a meeting's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingText {
    /// What I want from it.
    pub aim: String,
    /// Notes from it.
    pub notes: String,
    /// What is carried over to the next time.
    pub carry_over: String,
    /// Grows with every change; hand it back when saving.
    pub version: u32,
}

/// One point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgendaItem {
    /// What it is about.
    pub title: String,
    /// How many minutes it takes; 0 where that is open.
    pub minutes: u32,
}

/// One of the network's questions for a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The question.
    pub text: String,
    /// What I answer, in short; empty where nothing is.
    pub answer: String,
    /// The entry that answers it.
    pub entry: Option<String>,
}

/// An entry that might be brought to a meeting.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntrySuggestion {
    /// The entry.
    pub row: EntryRow,
    /// Why.
    pub why: SuggestedFor,
}

/// Why an entry is suggested for a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SuggestedFor {
    /// It has words of the agenda or the questions in it.
    Words,
    /// It shares a tag with entries that were brought before.
    Tags,
    /// It was written since the last meeting.
    SinceLast,
    /// It is starred.
    Starred,
}

/// Who promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Promiser {
    /// The leader.
    Me,
    /// A member of the network.
    Member {
        /// Their id.
        id: String,
    },
    /// Somebody else, or everybody.
    Other {
        /// The name as written.
        name: String,
    },
}

/// How a commitment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CommitmentState {
    /// Not done yet.
    Open,
    /// Done.
    Done,
    /// Given up, and said so.
    Dropped,
}

/// What somebody promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Commitment {
    /// Its id.
    pub id: String,
    /// Its network's id.
    pub network: String,
    /// The meeting at which it was made.
    pub meeting: Option<String>,
    /// Who, what, by when.
    pub form: CommitmentForm,
    /// The name of who promised, for showing; empty for the leader.
    pub who_name: String,
    /// How it stands.
    pub state: CommitmentState,
    /// When it was made.
    pub made_at: String,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// What it was before, latest first.
    pub history: Vec<CommitmentChange>,
}

/// What the form for a commitment holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentForm {
    /// Who promised.
    pub who: Promiser,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<String>,
}

/// An earlier form of a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentChange {
    /// When it was changed.
    pub at: String,
    /// What it said until then.
    pub what: String,
    /// By when it was due until then.
    pub due: Option<String>,
    /// How it stood until then.
    pub state: CommitmentState,
}

/// A line such as "Mette: sender årshjulet inden fredag", understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ParsedCommitment {
    /// Who, what, by when.
    pub form: CommitmentForm,
    /// The name of who promised; empty for the leader.
    pub who_name: String,
}

/// What the day shows of the networks.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NetworkDay {
    /// The next meeting of any network.
    pub next: Option<MeetingRow>,
    /// The leader's open commitments that are due within the days ahead or overdue, soonest first.
    pub due: Vec<Commitment>,
    /// Open commitments in all.
    pub open: u32,
    /// Reminders that have come and are not put away: meetings to prepare.
    pub reminders: Vec<MeetingRow>,
}

/// When the leader wants to be reminded; kept in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reminding {
    /// Whether the system shows reminders as notifications; what is to be prepared stands on the
    /// day in any case.
    pub notify: bool,
    /// Days before a meeting on which to remind of preparing; empty is never.
    pub days_before: Vec<u8>,
    /// Whether to remind of commitments on their day.
    pub commitments: bool,
    /// Whether the system's notifications name meeting, commitment and event, which can then be
    /// read on a locked screen too, or only say that something is near.
    pub names_it: bool,
}

/// What deleting an entry, an event or a network also touches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Touched {
    /// Meetings that lose their place in the calendar, or from which the entry is taken.
    pub meetings: Vec<MeetingRow>,
    /// How many commitments go along, or stay without their meeting.
    pub commitments: u32,
}
