//! What calendars and networks hold, as their callers see it.

mod event;
mod network;

pub use event::{
    CalendarInfo, CalendarKind, Changed, Colour, EventForm, EventInfo, FormTime, Repeat, RepeatEnd,
    RepeatUnit, Scope, Seen, Touched, View,
};
pub use network::{
    AgendaItem, CarriedOver, Commitment, CommitmentChange, CommitmentForm, CommitmentState,
    Meeting, MeetingPeople, MeetingRow, MeetingText, Member, MemberForm, Network, NetworkDay,
    NetworkForm, NetworkRow, Parts, Promiser, Question, Reminder, ReminderOf, Reminding, Span,
};

pub(crate) use network::midnight;
