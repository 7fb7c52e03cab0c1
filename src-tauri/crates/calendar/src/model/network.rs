//! Networks, meetings, commitments and reminders.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use fristed_base::{CommitmentId, EntryId, MeetingId, MemberId, Moment, NetworkId};

use super::event::{Colour, Seen};

/// What the leader wrote of a network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

/// A network in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkRow {
    /// Its id.
    pub id: NetworkId,
    /// What the leader wrote of it.
    pub form: NetworkForm,
    /// How many members it has, the leader not counted.
    pub members: u32,
    /// The next meeting.
    pub next: Option<MeetingRow>,
    /// Commitments that are open.
    pub open_commitments: u32,
}

/// A network, whole.
#[derive(Debug, Clone)]
pub struct Network {
    /// Its id.
    pub id: NetworkId,
    /// What the leader wrote of it.
    pub form: NetworkForm,
    /// Its members, by name.
    pub members: Vec<Member>,
    /// Its meetings to come, soonest first.
    pub coming: Vec<MeetingRow>,
    /// Its meetings so far, latest first.
    pub held: Vec<MeetingRow>,
    /// Occurrences that its rule finds and that are no meeting yet, soonest first.
    pub suggestions: Vec<Seen>,
    /// Its commitments: open first, by due day.
    pub commitments: Vec<Commitment>,
}

/// Somebody in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: MemberId,
    /// What the leader wrote of them.
    pub form: MemberForm,
}

/// What the leader wrote of a member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberForm {
    /// The name.
    pub name: String,
    /// What they do in the network.
    pub role: String,
    /// Where they lead.
    pub workplace: String,
    /// The e-mail address.
    pub email: String,
    /// The leader's own notes.
    pub notes: String,
}

/// When a meeting is, as it was last known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// From one instant to another.
    Timed(DateTime<Utc>, DateTime<Utc>),
    /// From one day to the first day after.
    Days(NaiveDate, NaiveDate),
}

impl Span {
    /// The instants between which it lies, on a computer in this zone.
    #[must_use]
    pub fn instants(&self, here: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        match *self {
            Self::Timed(start, end) => (start, end),
            Self::Days(first, end) => (midnight(first, here), midnight(end, here)),
        }
    }

    /// The day on which it begins, on a computer in this zone.
    #[must_use]
    pub fn day(&self, here: Tz) -> NaiveDate {
        match *self {
            Self::Timed(start, _) => start.with_timezone(&here).date_naive(),
            Self::Days(first, _) => first,
        }
    }
}

/// When a day begins on a computer in this zone.
pub(crate) fn midnight(day: NaiveDate, here: Tz) -> DateTime<Utc> {
    let wall = day.and_hms_opt(0, 0, 0).unwrap_or_default();
    // Where the clocks skip midnight, the day begins an hour later.
    let later = || here.from_local_datetime(&(wall + chrono::TimeDelta::hours(1))).earliest();
    let found = here.from_local_datetime(&wall).earliest().or_else(later);
    found.map_or_else(|| wall.and_utc(), |at| at.with_timezone(&Utc))
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// Its id.
    pub id: MeetingId,
    /// Its network's id.
    pub network: NetworkId,
    /// Its network's name.
    pub network_name: String,
    /// Its network's colour.
    pub colour: Colour,
    /// Its title.
    pub title: String,
    /// When it is.
    pub span: Span,
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

/// Which parts of a preparation have something in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
#[derive(Debug, Clone)]
pub struct Meeting {
    /// What a list shows of it.
    pub row: MeetingRow,
    /// The occurrence that it is; none while it is detached.
    pub seen: Option<Seen>,
    /// What its event says of it, fit to be shown; empty where that is nothing.
    pub description: String,
    /// How many of those invited come.
    pub coming: u32,
    /// How many have not answered.
    pub unanswered: u32,
    /// The text fields.
    pub text: MeetingText,
    /// Who does what, and the method.
    pub people: MeetingPeople,
    /// What is to happen, in order.
    pub agenda: Vec<AgendaItem>,
    /// The network's questions.
    pub questions: Vec<Question>,
    /// The entries that are brought, in order; some may be gone from the journal.
    pub entries: Vec<EntryId>,
    /// What the leader promised before and is open, or was closed since the last meeting.
    pub my_promises: Vec<Commitment>,
    /// What others promised, in the same way.
    pub their_promises: Vec<Commitment>,
    /// What was promised at this meeting.
    pub made_here: Vec<Commitment>,
    /// The reflection afterwards; it may be gone from the journal.
    pub reflection: Option<EntryId>,
    /// The network's meeting before this one.
    pub previous: Option<MeetingRow>,
    /// The one after it.
    pub next: Option<MeetingRow>,
    /// What the meeting before this one noted for it; none where it noted nothing.
    pub carried_over: Option<CarriedOver>,
}

/// What a meeting noted for the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedOver {
    /// The meeting that noted it.
    pub meeting: MeetingId,
    /// Its day, on the computer's clock.
    pub day: NaiveDate,
    /// What it noted.
    pub text: String,
}

/// What is written on a meeting's page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingText {
    /// What I want from it.
    pub aim: String,
    /// Notes from it.
    pub notes: String,
    /// What is carried over to the next time.
    pub carry_over: String,
    /// The version that it is, or that it began from.
    pub version: u32,
}

/// Who does what at a meeting, and how it is held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingPeople {
    /// The host.
    pub host: Option<MemberId>,
    /// The facilitator.
    pub facilitator: Option<MemberId>,
    /// The method's id or name.
    pub method: String,
}

/// One point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// What it is about.
    pub title: String,
    /// How many minutes it takes; 0 where that is open.
    pub minutes: u32,
}

/// One of the network's questions for a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What I answer, in short.
    pub answer: String,
    /// The entry that answers it.
    pub entry: Option<EntryId>,
}

/// Who promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promiser {
    /// The leader.
    Me,
    /// A member of the network.
    Member(MemberId),
    /// Somebody else, or everybody.
    Other(String),
}

/// How a commitment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitmentState {
    /// Not done yet.
    Open,
    /// Done.
    Done,
    /// Given up, and said so.
    Dropped,
}

impl CommitmentState {
    /// All of them, in the order of their numbers in the store.
    pub(crate) const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];
}

/// Who, what, by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentForm {
    /// Who promised.
    pub who: Promiser,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// What somebody promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// Its network.
    pub network: NetworkId,
    /// The meeting at which it was made.
    pub meeting: Option<MeetingId>,
    /// Who, what, by when.
    pub form: CommitmentForm,
    /// The name of who promised; empty for the leader.
    pub who_name: String,
    /// How it stands.
    pub state: CommitmentState,
    /// When it was made.
    pub made: Moment,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// What it was before, latest first.
    pub history: Vec<CommitmentChange>,
}

impl Commitment {
    /// Whether the leader promised.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        self.form.who == Promiser::Me
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == CommitmentState::Open
    }
}

/// An earlier form of a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentChange {
    /// When it was changed.
    pub at: Moment,
    /// What it said until then.
    pub what: String,
    /// By when it was due until then.
    pub due: Option<NaiveDate>,
    /// How it stood until then.
    pub state: CommitmentState,
}

/// What a day shows of the networks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NetworkDay {
    /// The next meeting of any network.
    pub next: Option<MeetingRow>,
    /// The leader's open commitments that are due within a week or overdue, soonest first.
    pub due: Vec<Commitment>,
    /// The leader's open commitments in all.
    pub open: u32,
    /// Meetings to prepare, whose reminder has come and is not put away.
    pub reminders: Vec<MeetingRow>,
}

/// When the leader wants to be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminding {
    /// Whether the system shows reminders at all; they stand on the day in any case.
    pub notify: bool,
    /// Days before a meeting on which to remind of preparing; empty is never.
    pub days_before: Vec<u8>,
    /// Whether to remind of commitments on their day.
    pub commitments: bool,
    /// Whether the system's notification names what it is about.
    pub names_it: bool,
}

/// Something to remind of, at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Its name, by which it is known to have been shown; it says nothing of what it is about.
    pub key: String,
    /// What it is about.
    pub of: ReminderOf,
    /// The title of what it is about.
    pub title: String,
    /// When what it is about begins, or is due.
    pub span: Span,
    /// When it comes.
    pub at: DateTime<Utc>,
    /// From when on it is no longer worth showing.
    pub gone: DateTime<Utc>,
}

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReminderOf {
    /// A meeting to prepare.
    Meeting(MeetingId),
    /// A commitment of the leader's that is due.
    Commitment(CommitmentId),
    /// An event that has an alarm of its own.
    Event(fristed_base::EventId),
}
