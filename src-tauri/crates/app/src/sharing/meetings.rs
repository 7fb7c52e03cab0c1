//! Meetings of a network that travel through its room (decision 18).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono_tz::Tz;
use fristed_base::{ItemId, MeetingId, Moment};
use fristed_calendar::ical::{PartStat, Person, When};
use fristed_calendar::{Calendar, Came, Extent, Invited, Through};
use fristed_network::session::News;
use fristed_network::{
    Account, Detail, FeedItem, FeedKind, ItemState, NewShare, NewVersion, Room, Sharing, Standing,
    Subject, Taken,
};

use super::address;
use crate::convert::calendar as times;
use crate::convert::sharing::Who;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire;
use crate::wire::calendar::Reply;
use crate::wire::sharing::{FeedMeeting, MeetingAnswer};
use crate::wire::{ErrorCode, Language};
use crate::writing::id;
use crate::{config, spoken};

/// Takes what came for the calendar into it.
#[derive(Clone)]
pub(crate) struct Takes {
    calendar: Calendar,
    sharing: Sharing,
    zone: Tz,
    /// What came before the vault was last closed was looked through.
    caught_up: Arc<AtomicBool>,
}

impl Takes {
    pub(crate) fn new(calendar: Calendar, sharing: Sharing, zone: Tz) -> Self {
        Self { calendar, sharing, zone, caught_up: Arc::default() }
    }

    /// Takes what came into the calendar. What is shared is kept in a step of its own, and the
    /// program may end between the two; so with the first news after the vault was opened, whatever
    /// they are, all meetings are looked through.
    pub(crate) fn hear(&self, news: &News, now: Moment) {
        if !self.caught_up.swap(true, Ordering::Relaxed)
            && let Err(failed) = self.catch_up(now)
        {
            tracing::warn!(error = %failed, "the meetings that came before were not looked through");
        }
        if let News::Came(taken) = news {
            self.take(taken, now);
        }
    }

    fn take(&self, taken: &Taken, now: Moment) {
        for one in &taken.itip {
            let came = if one.is_answer {
                self.one(&one.room, &one.ics, (&one.sender, None), now)
            } else {
                self.with_answers(&one.room, one.item, (&one.ics, &one.sender), now)
            };
            if let Err(failed) = came {
                tracing::warn!(error = %failed, "a message about a meeting was not taken in");
            }
        }
        if let Err(failed) = self.let_go(&taken.changed, now) {
            tracing::warn!(error = %failed, "a meeting that was taken back was not let go");
        }
    }

    fn catch_up(&self, now: Moment) -> Result<(), AppError> {
        for item in self.sharing.meetings(now)? {
            if let Some(Detail::Meeting { ics, .. }) = &item.detail {
                self.with_answers(&item.room, item.id, (ics, &item.sender), now)?;
            }
        }
        self.let_go(&self.calendar.room_items()?, now)
    }

    /// Lets those of these meetings go that were taken back or removed.
    fn let_go(&self, items: &[ItemId], now: Moment) -> Result<(), AppError> {
        let called = if items.is_empty() { Vec::new() } else { self.calendar.room_items()? };
        for item in items.iter().filter(|item| called.contains(item)) {
            let state = self.sharing.item(*item, now)?.state;
            if matches!(state, ItemState::Withdrawn { .. } | ItemState::Removed { .. }) {
                self.calendar.room_gone(*item, self.zone, now)?;
            }
        }
        Ok(())
    }

    /// Takes a call in, and the answers to it, which may have come before.
    fn with_answers(
        &self,
        room: &str,
        item: ItemId,
        (ics, sender): (&str, &str),
        now: Moment,
    ) -> Result<(), AppError> {
        self.one(room, ics, (sender, Some(item)), now)?;
        if let Some(Detail::Meeting { answers, .. }) = self.sharing.item(item, now)?.detail {
            for answer in answers {
                self.one(room, &answer.ics, (&answer.by, None), now)?;
            }
        }
        Ok(())
    }

    fn one(
        &self,
        room: &str,
        ics: &str,
        (sender, item): (&str, Option<ItemId>),
        now: Moment,
    ) -> Result<(), AppError> {
        let Some(account) = self.sharing.account()? else { return Ok(()) };
        let me = address::of(&account.user);
        let network = self.sharing.rooms()?.into_iter().find(|known| known.state.room == room);
        let through = Through { room, network: network.and_then(|room| room.network), me: &me };
        let from = address::of(sender);
        if let Came::NotTaken(why) =
            self.calendar.room_take(ics, (&from, item), &through, self.zone, now)?
        {
            tracing::info!(?why, "a message about a meeting changes nothing");
        }
        Ok(())
    }
}

/// A meeting of the feed as the interface shows it; none where it is none, or speaks for another
/// than its sender.
pub(super) fn shown(
    calendar: &Calendar,
    item: &FeedItem,
    who: &Who,
    zone: Tz,
) -> Option<FeedMeeting> {
    let Some(Detail::Meeting { ics, answers }) = &item.detail else { return None };
    let invited = Invited::read(ics)?;
    if invited.organizer.address != address::of(&item.sender) {
        return None;
    }
    // What was answered before it was called anew stands in no thread of its own.
    let kept = calendar.room_answers(item.id, &invited).unwrap_or_default();
    let answer_of = |user: &str| {
        let address = address::of(user);
        let told = answers.iter().find(|answer| answer.by == user);
        let told = told.and_then(|last| invited.answer(&last.ics, &address));
        let known = || kept.iter().find(|(by, _)| *by == address).map(|(_, answer)| *answer);
        told.or_else(known).filter(|answer| *answer != PartStat::NeedsAction).map(times::reply)
    };
    let people = invited.invited.iter().filter_map(|person| address::user(&person.address));
    let answers =
        people.map(|user| MeetingAnswer { peer: who.peer(&user), reply: answer_of(&user) });
    Some(FeedMeeting {
        start: times::when(&invited.start, zone),
        end: times::when(&invited.end, zone),
        all_day: invited.all_day,
        cancelled: invited.cancelled,
        mine: answer_of(who.me()),
        answers: answers.collect(),
        event: calendar.room_event(&invited.uid).ok().flatten().map(|event| event.to_string()),
        title: invited.title,
        location: invited.location,
        description: invited.description,
    })
}

/// Where something is told, and by whom.
pub(super) struct Place {
    pub(super) account: Account,
    pub(super) room: Room,
}

impl Place {
    /// A room that the leader is in.
    ///
    /// # Errors
    /// `NotSignedIn`, `NotFound`, `NotAllowed`.
    pub(super) fn of(sharing: &Sharing, room: &str) -> Result<Self, AppError> {
        let account = sharing.account()?.ok_or(ErrorCode::NotSignedIn)?;
        let found = sharing.rooms()?.into_iter().find(|known| known.state.room == room);
        let room = found.ok_or(ErrorCode::NotFound)?;
        if room.state.standing == Standing::Joined {
            Ok(Self { account, room })
        } else {
            Err(ErrorCode::NotAllowed.into())
        }
    }

    fn through<'a>(&'a self, me: &'a str) -> Through<'a> {
        Through { room: &self.room.state.room, network: self.room.network, me }
    }

    /// Everybody else who is in it.
    fn others(&self) -> Vec<Person> {
        let peers = self
            .room
            .peers
            .iter()
            .filter(|peer| !peer.invited && !peer.asking && peer.user != self.account.user);
        let person = |user: &str, name: &str| Person {
            address: address::of(user),
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        };
        peers.map(|peer| person(&peer.user, &peer.name)).collect()
    }
}

impl Fristed {
    /// Calls the network to a meeting, or tells it what the meeting is now. The meeting goes
    /// alone, also where it is one of a series: what is answered is whether one comes to it.
    ///
    /// # Errors
    /// `NotFound`, also where the meeting is detached or another network's; `NotSignedIn`,
    /// `NotAllowed`; `InvitationRefused` where somebody else called it.
    pub fn meeting_publish(
        &self,
        meeting: &str,
        room: &str,
        now: Moment,
    ) -> Result<wire::sharing::FeedItem, AppError> {
        let (sharing, calendar, zone) = (self.sharing()?, self.calendar()?, self.zone());
        let of: MeetingId = id(meeting)?;
        let place = Place::of(&sharing, room)?;
        if Some(calendar.meeting(of, zone)?.row.network) != place.room.network {
            return Err(ErrorCode::NotFound.into());
        }
        let me = address::of(&place.account.user);
        let organizer = Person { address: me.clone(), name: Some(place.account.name.clone()) };
        let called = calendar.meeting_call(
            (of, Extent::Occurrence),
            &place.through(&me),
            &organizer,
            &place.others(),
            zone,
            now,
        )?;
        let subject = self.told(called.ics)?;
        // What was withdrawn, or called back before it was sent, is called anew.
        let before = called.item.filter(|item| {
            sharing.item(*item, now).is_ok_and(|item| item.state == ItemState::Whole)
        });
        let item = match before {
            Some(item) if !called.has_newcomers => {
                sharing.share_again(item, self.version(subject), now)?;
                item
            }
            // Whoever came after the first call was sent reads no edit of it.
            before => {
                let item = sharing.share(self.new_share(room, subject, None), now)?;
                before.map_or(Ok(()), |before| sharing.withdraw(before, now))?;
                item
            }
        };
        calendar.meeting_called(&called.uid, item)?;
        self.wake(false);
        self.one(&sharing, item, now)
    }

    /// Calls a meeting off, here and in the network.
    ///
    /// # Errors
    /// `NotFound`, `NotSignedIn`, `NotAllowed`, `InvitationRefused` where the leader did not call
    /// it.
    pub fn meeting_call_off(
        &self,
        item: &str,
        now: Moment,
    ) -> Result<wire::sharing::FeedItem, AppError> {
        let sharing = self.sharing()?;
        let of: ItemId = id(item)?;
        let (kept, ics) = call_of(&sharing, of, now)?;
        let place = Place::of(&sharing, &kept.room)?;
        if !kept.mine {
            return Err(ErrorCode::InvitationRefused.into());
        }
        let me = address::of(&place.account.user);
        let calendar = self.calendar()?;
        let off = calendar.meeting_call_off(&ics, &place.through(&me), self.zone(), now)?;
        sharing.share_again(of, self.version(self.told(off)?), now)?;
        self.wake(false);
        self.one(&sharing, of, now)
    }

    /// Answers to a meeting.
    ///
    /// # Errors
    /// `NotFound`, `NotSignedIn`, `NotAllowed`, `NotInvited` where the leader was not in the
    /// network when it was called; `InvitationRefused` where it is called off, or her own.
    pub fn meeting_answer(
        &self,
        item: &str,
        reply: Reply,
        now: Moment,
    ) -> Result<wire::sharing::FeedItem, AppError> {
        let sharing = self.sharing()?;
        let of: ItemId = id(item)?;
        let (kept, ics) = call_of(&sharing, of, now)?;
        let place = Place::of(&sharing, &kept.room)?;
        let me = address::of(&place.account.user);
        let answer = self.calendar()?.room_reply(
            &ics,
            &address::of(&kept.sender),
            &place.through(&me),
            times::to_reply(reply),
            self.zone(),
            now,
        )?;
        sharing.answer(of, &answer, answered(reply, self.language()), now)?;
        self.wake(false);
        self.one(&sharing, of, now)
    }

    fn language(&self) -> Language {
        config::language(&self.state().config.settings)
    }

    fn version(&self, subject: Subject) -> NewVersion {
        let (lang, not_before, readers) = (self.lang(), None, None);
        NewVersion { subject, entry_version: None, excerpt: false, lang, not_before, readers }
    }

    /// Something to be sent that is no entry's copy.
    pub(super) fn new_share(
        &self,
        room: &str,
        subject: Subject,
        not_before: Option<Moment>,
    ) -> NewShare {
        let (room, files) = (room.to_owned(), Vec::new());
        let (entry, lang, readers) = (None, self.lang(), None);
        NewShare { room, subject, files, entry, excerpt: false, lang, not_before, readers }
    }

    /// A call or a cancellation with what other programs show of it: title, when and where.
    fn told(&self, ics: String) -> Result<Subject, AppError> {
        let told = Invited::read(&ics).ok_or(ErrorCode::Internal)?;
        Ok(Subject::Meeting { summary: summary(&told, self.language(), self.zone()), ics })
    }
}

/// A meeting of the feed and the text that called it.
fn call_of(sharing: &Sharing, of: ItemId, now: Moment) -> Result<(FeedItem, String), AppError> {
    let kept = sharing.item(of, now)?;
    match &kept.detail {
        Some(Detail::Meeting { ics, .. }) if kept.kind == FeedKind::Meeting => {
            let ics = ics.clone();
            Ok((kept, ics))
        }
        _ => Err(ErrorCode::NotFound.into()),
    }
}

fn summary(told: &Invited, language: Language, zone: Tz) -> String {
    let when = match (&told.start, &told.end) {
        (When::Day(first), When::Day(end)) => spoken::days(*first, *end, language),
        (start, end) => {
            let at = |when: &When| when.instant(zone).with_timezone(&zone).naive_local();
            spoken::times(at(start), at(end), language)
        }
    };
    let what = match (language, told.cancelled) {
        (Language::Da, false) => "Møde",
        (Language::Da, true) => "Aflyst",
        (Language::En, false) => "Meeting",
        (Language::En, true) => "Called off",
    };
    let said = [told.title.as_str(), &when, &told.location];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    format!("{what}: {}", said.join(", "))
}

/// What other programs show of an answer.
const fn answered(reply: Reply, language: Language) -> &'static str {
    match (language, reply) {
        (Language::Da, Reply::Accepted) => "Jeg kommer",
        (Language::Da, Reply::Declined) => "Jeg kommer ikke",
        (Language::Da, Reply::Tentative) => "Jeg kommer måske",
        (Language::Da, Reply::NeedsAction) => "Jeg ved endnu ikke, om jeg kommer",
        (Language::En, Reply::Accepted) => "I am coming",
        (Language::En, Reply::Declined) => "I am not coming",
        (Language::En, Reply::Tentative) => "I may come",
        (Language::En, Reply::NeedsAction) => "I do not know yet whether I am coming",
    }
}
