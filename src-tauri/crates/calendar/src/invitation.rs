//! Invitations and answers (iTIP, RFC 5546): what a message asks for, whether it may, and doing it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, Moment, NetworkId};
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::error::{CalendarError, Result};
use crate::event;
use crate::ical::{
    self, Attendee, Budget, Change, Method, Object, Occurrence, PartStat, Person, Status, Summary,
    When, Window, write,
};
use crate::import::{FilePlan, Standing, standing};
use crate::model::EventInfo;
use crate::network::fits;
use crate::table::event::{self as event_table, EventRecord};
use crate::table::own_address::{self, folded};
use crate::table::{calendar as calendar_table, network as network_table};
use crate::text::{Blocks, address, name, recurrence};
use crate::view::Look;
use crate::{meeting, repeat};

/// What a message asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// Come to this.
    Request,
    /// It has changed.
    Update,
    /// It is called off.
    Cancel,
    /// Somebody answers.
    Reply,
    /// Somebody proposes another time.
    Counter,
}

/// Why a message changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A newer version is here already.
    OutOfDate,
    /// It does not come from the organiser.
    NotFromOrganizer,
    /// It comes from somebody who was not invited.
    NotInvited,
    /// The event is not here.
    UnknownEvent,
}

/// A message as it would be carried out.
#[derive(Debug, Clone)]
pub struct Message {
    /// What it asks for.
    pub kind: MessageKind,
    /// The event as it would be.
    pub event: EventInfo,
    /// Who answers, where it is an answer.
    pub from: Option<Attendee>,
    /// Why it changes nothing, where it does not.
    pub refused: Option<Refusal>,
    /// The network whose rule the title fits.
    pub network: Option<NetworkId>,
    /// The address that is taken for the leader's among those invited.
    pub you: Option<String>,
}

impl Calendar {
    /// Says what a message asks for; none where the file is none.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn message_preview(&self, plan: &FilePlan, here: Tz) -> Result<Option<Message>> {
        self.read(|c| match Coming::of(plan) {
            Some(coming) => preview(c, &coming, here).map(Some),
            None => Ok(None),
        })
    }

    /// Carries a message out: takes an invitation in with the leader's answer, marks an event as
    /// called off, or counts an answer. `you` is which of those invited she is; it is remembered.
    /// Gives the event, and the text of the answer where one is to be sent.
    ///
    /// # Errors
    /// [`CalendarError::Refused`], [`CalendarError::NotInvited`], [`CalendarError::ReadOnly`],
    /// [`CalendarError::NotFound`].
    pub fn message_accept(
        &self,
        plan: &FilePlan,
        calendar: CalendarId,
        (answer, you): (PartStat, Option<&str>),
        here: Tz,
        now: Moment,
    ) -> Result<(EventId, Option<String>)> {
        let coming = Coming::of(plan).ok_or(CalendarError::Refused)?;
        self.write(|c| accept(c, &coming, calendar, (answer, you), here, now))
    }

    /// The text of an answer to an invitation that is in a calendar, which is noted there too.
    ///
    /// # Errors
    /// [`CalendarError::NotInvited`], [`CalendarError::NotFound`].
    pub fn reply(
        &self,
        (id, key): (EventId, Option<&str>),
        (answer, you): (PartStat, Option<&str>),
        here: Tz,
        now: Moment,
    ) -> Result<String> {
        self.write(|c| {
            let chosen = event::choose(c, id, key, here)?;
            let at = now.date_time().to_utc();
            let you = whose(c, &chosen.summary.attendees, chosen.summary.organizer.as_ref(), you)?;
            let scope = match (&chosen.occurrence.recurrence_id, key) {
                (Some(id), Some(_)) => ical::Scope::This(id.clone()),
                _ => ical::Scope::All,
            };
            let answered = chosen.object.set_partstat(&scope, &you, answer, at)?;
            if chosen.record.kind.is_writable() {
                event::replace(c, &chosen.record, &answered, &own_address::all(c)?, at)?;
            }
            reply_text(&answered, &scope, &you, at)
        })
    }
}

/// A message's one event.
struct Coming<'a> {
    method: Method,
    object: &'a Object,
}

impl<'a> Coming<'a> {
    fn of(plan: &'a FilePlan) -> Option<Self> {
        let method = plan.reading.method.filter(|_| plan.is_message())?;
        Some(Self { method, object: plan.reading.objects.first()? })
    }

    /// Its first occurrence, which of a message about one occurrence is that one.
    fn occurrence(&self, here: Tz) -> Option<Occurrence> {
        first_of(self.object, here)
    }

    /// Which occurrences it is about.
    fn scope(&self, here: Tz) -> ical::Scope {
        let alone = Blocks::of(self.object.text()).events.iter().all(|e| recurrence(e).is_some());
        let id = alone.then(|| self.occurrence(here)).flatten().and_then(|one| one.recurrence_id);
        id.map_or(ical::Scope::All, ical::Scope::This)
    }
}

fn first_of(object: &Object, here: Tz) -> Option<Occurrence> {
    let summary = object.summary();
    let (from, to) = (summary.start.instant(here), summary.end.instant(here));
    let day = chrono::TimeDelta::days(1);
    let window = Window::new(from - day, to + day);
    let mut budget = Budget::view();
    let list = object.occurrences(&window, here, &mut budget).list;
    list.into_iter().min_by_key(|one| (one.starts - from).abs())
}

fn same(one: &Person, other: &Person) -> bool {
    folded(&one.address) == folded(&other.address)
}

/// The event that a message is about, as it is here.
fn known(c: &Connection, uid: &str) -> Result<Option<(EventRecord, Object)>> {
    let found = event_table::by_uid(c, uid)?.into_iter().find(|record| record.kind.is_writable());
    found.map(|record| event::object(&record).map(|object| (record, object))).transpose()
}

/// Whether what comes is from the organiser that the event has.
pub(crate) fn is_from_organiser(coming: &Summary, here: &Summary) -> bool {
    match (&coming.organizer, &here.organizer) {
        (Some(one), Some(other)) => same(one, other),
        _ => false,
    }
}

/// Why a message changes nothing, where it does not.
fn refusal(coming: &Coming<'_>, here: Option<&Object>) -> Option<Refusal> {
    let summary = coming.object.summary();
    let Some(object) = here else {
        return (coming.method != Method::Request).then_some(Refusal::UnknownEvent);
    };
    let now = object.summary();
    match coming.method {
        Method::Request | Method::Cancel => {
            if !is_from_organiser(&summary, &now) {
                return Some(Refusal::NotFromOrganizer);
            }
            let late = summary.sequence < now.sequence;
            let older = coming.method == Method::Request
                && standing(object, coming.object) == Standing::Older;
            (late || older).then_some(Refusal::OutOfDate)
        }
        _ => {
            let from = summary.attendees.first();
            let invited = from.is_some_and(|from| {
                now.attendees.iter().any(|known| same(&known.person, &from.person))
            });
            if !invited {
                return Some(Refusal::NotInvited);
            }
            (summary.sequence < now.sequence).then_some(Refusal::OutOfDate)
        }
    }
}

fn preview(c: &Connection, coming: &Coming<'_>, here: Tz) -> Result<Message> {
    let known = known(c, coming.object.uid())?;
    let object = known.as_ref().map(|(_, object)| object);
    let refused = refusal(coming, object);
    let kind = match (coming.method, object) {
        (Method::Request, None) => MessageKind::Request,
        (Method::Cancel, _) => MessageKind::Cancel,
        (Method::Reply, _) => MessageKind::Reply,
        (Method::Counter, _) => MessageKind::Counter,
        _ => MessageKind::Update,
    };
    let summary = coming.object.summary();
    let answers = matches!(kind, MessageKind::Reply | MessageKind::Counter);
    let networks = network_table::all(c)?;
    let network = networks.iter().find(|network| fits(&network.form, &summary.title));
    let you = whose(c, &summary.attendees, summary.organizer.as_ref(), None).ok();
    Ok(Message {
        kind,
        event: info(c, coming, known.as_ref().map(|(record, _)| record), here)?,
        from: summary.attendees.first().filter(|_| answers).cloned(),
        refused,
        network: network.map(|network| network.id),
        you: you.filter(|_| !answers),
    })
}

/// The event of a message as a view would show it.
fn info(
    c: &Connection,
    coming: &Coming<'_>,
    known: Option<&EventRecord>,
    here: Tz,
) -> Result<EventInfo> {
    let occurrence = coming.occurrence(here).ok_or(CalendarError::NotACalendar)?;
    let mut summary = coming.object.summary();
    let (repeat, repeat_beyond_form) = repeat::of_summary(&summary);
    if let Some(id) = &occurrence.recurrence_id
        && let Ok(of_one) = coming.object.summary_of(id)
    {
        summary = of_one;
    }
    let columns = event::columns(coming.object, &own_address::all(c)?);
    let nowhere = EventRecord::nowhere(columns.repeats, columns.reply);
    let record = known.unwrap_or(&nowhere);
    Ok(EventInfo {
        seen: Look::new(c, here)?.seen(record, coming.object, occurrence),
        summary,
        repeat,
        repeat_beyond_form,
        writable: false,
    })
}

/// Which of those invited the leader is: the one named, one of her own addresses, or the only one.
///
/// # Errors
/// [`CalendarError::NotInvited`].
fn whose(
    c: &Connection,
    attendees: &[Attendee],
    organizer: Option<&Person>,
    named: Option<&str>,
) -> Result<String> {
    let invited = |wanted: &str| {
        let found = attendees.iter().find(|a| folded(&a.person.address) == folded(wanted));
        found.map(|attendee| attendee.person.address.clone())
    };
    if let Some(named) = named {
        return invited(named).ok_or(CalendarError::NotInvited);
    }
    let own = own_address::all(c)?;
    if let Some(found) = own.iter().find_map(|address| invited(address)) {
        return Ok(found);
    }
    let mut others = attendees.iter().filter(|a| !organizer.is_some_and(|o| same(o, &a.person)));
    match (others.next(), others.next()) {
        (Some(only), None) => Ok(only.person.address.clone()),
        _ => Err(CalendarError::NotInvited),
    }
}

fn accept(
    c: &Connection,
    coming: &Coming<'_>,
    target: CalendarId,
    (answer, you): (PartStat, Option<&str>),
    here: Tz,
    now: Moment,
) -> Result<(EventId, Option<String>)> {
    let at = now.date_time().to_utc();
    let known = known(c, coming.object.uid())?;
    if refusal(coming, known.as_ref().map(|(_, object)| object)).is_some() {
        return Err(CalendarError::Refused);
    }
    let scope = coming.scope(here);
    let summary = coming.object.summary();
    let (mut reply, mut new_address) = (None, false);
    let after = match (coming.method, &known) {
        (Method::Request, known) => {
            let mut object = match (known, &scope) {
                // About one occurrence: the others stay as they are.
                (Some((_, object)), ical::Scope::This(_)) => {
                    Blocks::of(object.text()).with_events_of(&Blocks::of(coming.object.text()))?
                }
                _ => coming.object.clone(),
            };
            if answer != PartStat::NeedsAction {
                let you = whose(c, &summary.attendees, summary.organizer.as_ref(), you)?;
                new_address = !own_address::all(c)?.contains(&folded(&you));
                own_address::insert(c, &you)?;
                object = object.set_partstat(&scope, &you, answer, at)?;
                if summary.organizer.is_some() {
                    reply = Some(reply_text(&object, &scope, &you, at)?);
                }
            }
            object
        }
        (Method::Cancel, Some((_, object))) => {
            let change = Change { status: Some(Status::Cancelled), ..Change::default() };
            let changed = object.change(&scope, &change, at, "")?;
            changed.into_iter().next().ok_or(CalendarError::NotFound)?
        }
        (Method::Reply, Some((_, object))) => {
            let from = summary.attendees.first().ok_or(CalendarError::Refused)?;
            object.set_partstat(&scope, &from.person.address, from.partstat, at)?
        }
        _ => return Err(CalendarError::Refused),
    };
    let own = own_address::all(c)?;
    let id = match &known {
        Some((record, _)) => {
            event::replace(c, record, &after, &own, at)?;
            record.id
        }
        None => {
            let (no, info) = calendar_table::by_id(c, target)?;
            if !info.kind.is_writable() {
                return Err(CalendarError::ReadOnly);
            }
            let id = EventId::new();
            event::insert(c, id, (no, info.kind), &after, &own, at)?;
            id
        }
    };
    if new_address {
        event::renew_replies(c)?;
    }
    meeting::refresh(c, after.uid(), here)?;
    Ok((id, reply))
}

/// What an answer says of its event (RFC 5546, section 3.2.3).
const SAID: [&str; 11] = [
    "BEGIN",
    "END",
    "UID",
    "RECURRENCE-ID",
    "SEQUENCE",
    "ORGANIZER",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
];

/// The text of an answer: the event with its organiser and this attendee, and no others.
fn reply_text(
    object: &Object,
    scope: &ical::Scope,
    you: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let mut blocks = Blocks::of(object.text());
    let wanted = match scope {
        ical::Scope::This(id) => Some(id.clone()),
        _ => None,
    };
    let is_wanted = |event: &Vec<&str>| match (&wanted, recurrence(event)) {
        (None, None) => true,
        (Some(id), Some(value)) => names(id, &value),
        _ => false,
    };
    let Some(at) = blocks.events.iter().position(is_wanted) else {
        return Err(CalendarError::NotFound);
    };
    let mut event = blocks.events.swap_remove(at);
    let stamp = format!("DTSTAMP:{}\r\n", now.format("%Y%m%dT%H%M%SZ"));
    let mut depth = 0_u32;
    event.retain(|line| {
        let name = name(line);
        // What lies inside, such as an alarm, is nobody else's business.
        if name == "BEGIN" {
            depth += 1;
        }
        let keep = depth == 1
            && name != "DTSTAMP"
            && (SAID.contains(&name.as_str())
                || (name == "ATTENDEE" && address(line) == folded(you)));
        if name == "END" {
            depth = depth.saturating_sub(1);
        }
        keep
    });
    event.insert(1, &stamp);
    blocks.events = vec![event];
    Ok(write([blocks.object()?].iter(), Some(Method::Reply)))
}

/// Whether the value of a RECURRENCE-ID names this occurrence.
fn names(id: &When, value: &str) -> bool {
    let local = id.local().format("%Y%m%dT%H%M%S").to_string();
    let utc = id.instant(chrono_tz::UTC).format("%Y%m%dT%H%M%SZ").to_string();
    let day = id.day().format("%Y%m%d").to_string();
    match id {
        When::Day(_) => value == day,
        When::Floating(_) => value == local,
        When::At(..) => value == local || value == utc,
    }
}
