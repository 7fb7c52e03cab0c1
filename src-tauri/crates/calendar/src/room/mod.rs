//! Meetings that travel through a network's room (iTIP, RFC 5546, inside an encrypted message).
//!
//! The room says who sent a message, so nobody speaks for another: a call and a cancellation count
//! from the organiser alone, and an answer from the one whose answer it is. What of each is the
//! later one follows from SEQUENCE and DTSTAMP, in whatever order and however often they come.
//! Decision 18 says why it is as it is.

mod answer;
mod call;
mod gone;
mod message;
mod take;

use chrono::{DateTime, SubsecRound as _, Utc};
use chrono_tz::Tz;
use fristed_base::{EventId, ItemId, MeetingId, Moment, NetworkId};

use crate::calendar::Calendar;
use crate::error::Result;
use crate::ical::{Object, PartStat, Person};
use crate::invitation::Refusal;
use crate::table::{room_answer, room_event};

pub(crate) use answer::with_answers;
pub use message::Invited;

/// A room, and who the leader is in it.
#[derive(Debug, Clone, Copy)]
pub struct Through<'a> {
    /// What the room is called; any text that no other room has.
    pub room: &'a str,
    /// The network that meets there; none where it is none of the leader's.
    pub network: Option<NetworkId>,
    /// The leader's own calendar address there.
    pub me: &'a str,
}

/// How much of a series a meeting stands for when others are called to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The meeting alone, as an event that does not repeat.
    Occurrence,
    /// The whole series.
    Series,
}

/// A call to a meeting, to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The text, REQUEST.
    pub ics: String,
    /// The UID under which it travels.
    pub uid: String,
    /// What it is in the feed, where it was called before.
    pub item: Option<ItemId>,
    /// Somebody is called to it who was not before.
    pub has_newcomers: bool,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// A meeting came into a calendar.
    New(EventId),
    /// A meeting, or who comes to it, is other than before.
    Changed,
    /// It is known already, or about an event that the leader deleted.
    Nothing,
    /// It may not, or cannot, change anything.
    NotTaken(NotTaken),
}

/// Why a message changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// It is no call, cancellation or answer about one meeting that anybody may mean.
    Unreadable,
    /// It is too long, or its sender called more meetings than anybody does.
    TooMuch,
    /// It does not come from whom it should, or too late.
    Refused(Refusal),
}

/// A moment as DTSTAMP can say it, so that what is kept here and what others read is one.
fn instant(now: Moment) -> DateTime<Utc> {
    now.date_time().to_utc().trunc_subsecs(0)
}

impl Calendar {
    /// Calls those in a room to a meeting, or tells them what it is now. Each room knows it under
    /// a UID of its own, which says nothing of when and where the event was made.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`] also where the meeting is detached,
    /// [`crate::CalendarError::Refused`] where somebody else called it, or its calendar says that
    /// it is called off, and [`crate::CalendarError::BadTimes`].
    pub fn meeting_call(
        &self,
        (meeting, extent): (MeetingId, Extent),
        through: &Through<'_>,
        organizer: &Person,
        invited: &[Person],
        here: Tz,
        now: Moment,
    ) -> Result<Called> {
        let at = instant(now);
        self.write(|c| call::call(c, (meeting, extent), through, (organizer, invited), here, at))
    }

    /// Notes as what a call is in the feed.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn meeting_called(&self, uid: &str, item: ItemId) -> Result<()> {
        self.write(|c| room_event::set_item(c, uid, item))
    }

    /// The text that calls a meeting off that the leader called by `ics`; in her calendar it is
    /// marked as called off.
    ///
    /// # Errors
    /// [`crate::CalendarError::Refused`] where she did not call it.
    pub fn meeting_call_off(
        &self,
        ics: &str,
        through: &Through<'_>,
        here: Tz,
        now: Moment,
    ) -> Result<String> {
        self.write(|c| call::call_off(c, ics, through, here, instant(now)))
    }

    /// Takes a message in that came through a room; `from` is the calendar address of its sender,
    /// as the room says, and `item` what a call or cancellation is in the feed.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn room_take(
        &self,
        ics: &str,
        (from, item): (&str, Option<ItemId>),
        through: &Through<'_>,
        here: Tz,
        now: Moment,
    ) -> Result<Came> {
        let at = instant(now);
        self.write(|c| take::take(c, ics, (from, item), through, here, at))
    }

    /// What the meetings are in the feed that others called.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn room_items(&self) -> Result<Vec<ItemId>> {
        self.read(room_event::items)
    }

    /// Lets a meeting go that another called and has taken back: its event goes, and what is
    /// prepared of it stays without what its caller said. Whether there was one.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn room_gone(&self, item: ItemId, here: Tz, now: Moment) -> Result<bool> {
        self.write(|c| gone::gone(c, item, here, instant(now)))
    }

    /// The text of the leader's answer to a call that came by `ics` from `from`; her calendar
    /// knows it too. Where she had deleted the event, it is there again.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotInvited`], and [`crate::CalendarError::Refused`] where the
    /// meeting is called off, or her own.
    pub fn room_reply(
        &self,
        ics: &str,
        from: &str,
        through: &Through<'_>,
        answer: PartStat,
        here: Tz,
        now: Moment,
    ) -> Result<String> {
        let at = instant(now);
        self.write(|c| answer::reply(c, ics, from, through, answer, here, at))
    }

    /// What those called to a meeting answered, each by address, as far as it is to the meeting as
    /// it is `told`; nothing where it was told with other times than were taken in here. `item` is
    /// what it is in the feed.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn room_answers(&self, item: ItemId, told: &Invited) -> Result<Vec<(String, PartStat)>> {
        self.read(|c| {
            let Some(row) = room_event::of_item(c, item)? else { return Ok(Vec::new()) };
            let known = Object::parse(&row.text)?.summary();
            if told.is_at_times_of(&known) { room_answer::of(c, row.no) } else { Ok(Vec::new()) }
        })
    }

    /// The event here that travels under a UID.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn room_event(&self, uid: &str) -> Result<Option<EventId>> {
        self.read(|c| {
            let Some(row) = room_event::by_uid(c, uid)? else { return Ok(None) };
            Ok(call::here(c, &row)?.map(|(record, _)| record.id))
        })
    }
}
