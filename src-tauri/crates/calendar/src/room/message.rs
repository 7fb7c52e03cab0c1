//! A message as it is read: one meeting, and nothing that an invitation does not say.

use super::NotTaken;
use crate::error::Result;
use crate::ical::{
    self, Attendee, Frame, Limits, Method, Object, PartStat, Person, Reason, Role, Status, Summary,
    Tells, When, write,
};
use crate::table::room_event::Version;

/// How much one message may hold.
const LIMITS: Limits = Limits {
    bytes: 256 * 1024,
    components: 500,
    depth: 4,
    line: 128 * 1024,
    dates: 2_000,
    zones: 64 * 1024,
};

/// How many may be invited.
const MOST_INVITED: usize = 500;

/// The bytes of a UID.
const MOST_UID: usize = 255;

/// A message that can be understood; who sent it is not asked here.
pub(super) struct Message {
    pub(super) method: Method,
    /// The meeting, with the lines of an invitation alone and nobody's answers; an answer has its
    /// own.
    pub(super) object: Object,
    pub(super) summary: Summary,
    pub(super) organizer: Person,
}

impl Message {
    pub(super) fn read(ics: &str) -> Result<Self, NotTaken> {
        let reading = ical::read(ics.as_bytes(), &LIMITS).map_err(|error| match error {
            ical::IcalError::TooLarge { .. } | ical::IcalError::TooManyComponents { .. } => {
                NotTaken::TooMuch
            }
            _ => NotTaken::Unreadable,
        })?;
        let wrong = |reason: Reason| reason.left_out() || reason == Reason::NoUid;
        let whole = !reading.warnings.iter().any(|warning| wrong(warning.reason))
            && reading.unknown_zones.is_empty();
        let ([object], true) = (reading.objects.as_slice(), whole) else {
            return Err(NotTaken::Unreadable);
        };
        let method = match reading.method {
            Some(it @ (Method::Request | Method::Cancel | Method::Reply)) => it,
            _ => return Err(NotTaken::Unreadable),
        };
        let summary = object.summary();
        let organizer = summary.organizer.clone().ok_or(NotTaken::Unreadable)?;
        if summary.attendees.len() > MOST_INVITED || object.uid().len() > MOST_UID {
            return Err(NotTaken::TooMuch);
        }
        let people = || summary.attendees.iter().map(|one| one.person.clone()).collect::<Vec<_>>();
        let (tells, attendees) = match method {
            Method::Reply => (Tells::Times, summary.attendees.clone()),
            Method::Cancel => (Tells::Cancelled, asked(&people())),
            _ => (Tells::All, asked(&people())),
        };
        let object = object
            .told(&Frame {
                uid: object.uid(),
                sequence: summary.sequence,
                stamp: summary.stamp.ok_or(NotTaken::Unreadable)?,
                organizer: &organizer,
                attendees: &attendees,
                tells,
            })
            .map_err(|_| NotTaken::Unreadable)?;
        let summary = object.summary();
        Ok(Self { method, object, summary, organizer })
    }

    pub(super) fn version(&self) -> Version {
        (self.summary.sequence, self.summary.stamp.unwrap_or_default())
    }
}

/// People who are asked whether they come and have not answered.
pub(super) fn asked(people: &[Person]) -> Vec<Attendee> {
    let asked = people.iter().map(|person| Attendee {
        person: person.clone(),
        role: Role::Required,
        partstat: PartStat::NeedsAction,
        rsvp: true,
    });
    asked.collect()
}

/// Whether two versions of a meeting are at the same time, so that an answer to one is an answer
/// to the other.
pub(super) fn same_times(one: &Summary, other: &Summary) -> bool {
    one.start.key() == other.start.key() && one.end.key() == other.end.key()
}

/// An object as a message.
pub(super) fn text(object: &Object, method: Method) -> String {
    write([object].into_iter(), Some(method))
}

/// A meeting as a call or a cancellation tells it, for a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Invited {
    /// The UID under which it travels.
    pub uid: String,
    /// Who calls.
    pub organizer: Person,
    /// Who is called.
    pub invited: Vec<Person>,
    /// Its title, fit to be shown.
    pub title: String,
    /// Where, fit to be shown; empty where that is not said.
    pub location: String,
    /// What it is about, fit to be shown; empty where that is not said.
    pub description: String,
    /// When it begins; of a series the first.
    pub start: When,
    /// When it ends; for days the first day after.
    pub end: When,
    /// Whether it takes whole days.
    pub all_day: bool,
    /// It is called off.
    pub cancelled: bool,
    summary: Summary,
}

impl Invited {
    /// What a text tells; none where it is no call or cancellation of one meeting.
    #[must_use]
    pub fn read(ics: &str) -> Option<Self> {
        let Message { method, object, summary, organizer } = Message::read(ics).ok()?;
        if method == Method::Reply {
            return None;
        }
        let invited = summary.attendees.iter().map(|one| one.person.clone()).collect();
        Some(Self {
            uid: object.uid().to_owned(),
            organizer,
            invited,
            title: summary.title.clone(),
            location: summary.location.clone().unwrap_or_default(),
            description: summary.description.clone().unwrap_or_default(),
            start: summary.start.clone(),
            end: summary.end.clone(),
            all_day: summary.all_day,
            cancelled: summary.status == Status::Cancelled,
            summary,
        })
    }

    /// What somebody answers by a text; none where it is no answer of hers to this meeting at this
    /// time.
    #[must_use]
    pub fn answer(&self, ics: &str, by: &str) -> Option<PartStat> {
        let message = Message::read(ics).ok().filter(|it| it.method == Method::Reply)?;
        let [one] = message.summary.attendees.as_slice() else { return None };
        let hers = one.person.address == by
            && message.object.uid() == self.uid
            && self.invited.iter().any(|person| person.address == by)
            && same_times(&message.summary, &self.summary);
        hers.then_some(one.partstat)
    }

    pub(super) fn is_at_times_of(&self, known: &Summary) -> bool {
        same_times(&self.summary, known)
    }
}
