//! Meetings that travel through a room: called, taken in, answered, called off; and messages of
//! those who mean harm (RFC 5546, threat 67).

mod harm;

use fristed_base::{ItemId, MeetingId, Moment};
use fristed_calendar::ical::{PartStat, Person, Status};
use fristed_calendar::{
    CalendarError, CalendarKind, Came, Colour, Extent, Invited, NotTaken, Refusal, Scope, Through,
};
use proptest::prelude::*;

use crate::trial::{HERE, Trial, at, now};

const KARLA: &str = "matrix:u/karla:kommune.dk";
const BO: &str = "matrix:u/bo:kommune.dk";
const METTE: &str = "matrix:u/mette:skolen.example";
const MALLORY: &str = "matrix:u/mallory:andetsteds.example";

fn person(address: &str) -> Person {
    Person { address: address.into(), name: Some("Et navn, med komma".into()) }
}

/// A leader in the room, with the network that meets there.
struct Member {
    trial: Trial,
    me: &'static str,
    network: fristed_base::NetworkId,
}

impl Member {
    fn new(me: &'static str) -> Self {
        let trial = Trial::new();
        let network = trial.network();
        Self { trial, me, network }
    }

    fn through(&self) -> Through<'_> {
        Through { room: "!rum:kommune.dk", network: Some(self.network), me: self.me }
    }

    fn takes(&self, ics: &str, from: &str) -> Came {
        self.trial.open.room_take(ics, (from, None), &self.through(), HERE, now()).expect("a store")
    }

    fn calls_at(&self, meeting: MeetingId, extent: Extent, now: Moment) -> String {
        let people = [person(BO), person(METTE)];
        let calendar = &self.trial.open;
        let of = (meeting, extent);
        let called =
            calendar.meeting_call(of, &self.through(), &person(self.me), &people, HERE, now);
        called.expect("a call").ics
    }

    fn calls(&self, meeting: MeetingId) -> String {
        self.calls_at(meeting, Extent::Occurrence, now())
    }

    fn answers(&self, ics: &str, answer: PartStat) -> String {
        let reply = self.trial.open.room_reply(ics, KARLA, &self.through(), answer, HERE, now());
        reply.expect("an answer")
    }

    /// A meeting on 10 March at nine, with what concerns nobody else.
    fn meets(&self) -> MeetingId {
        let mut form = self.trial.form("Netværksmøde", "2026-03-10 09:00", "2026-03-10 12:00");
        form.description = "Dagsorden: løfter".into();
        form.alarms = vec![45];
        self.trial.makes(&form);
        self.trial.meets(self.network, "2026-03-10")
    }

    /// How many come to the one meeting of 10 March, and how many have not answered.
    fn who_comes(&self) -> (u32, u32) {
        let (meeting, _) = self.trial.on("2026-03-10").meeting.expect("a meeting");
        let found = self.trial.open.meeting(meeting, HERE).expect("it");
        (found.coming, found.unanswered)
    }
}

fn refused(why: Refusal) -> Came {
    Came::NotTaken(NotTaken::Refused(why))
}

/// The text with some of it otherwise.
fn with(ics: &str, from: &str, to: &str) -> String {
    let unfolded = ics.replace("\r\n ", "");
    assert!(unfolded.contains(from), "{from} in {unfolded}");
    unfolded.replace(from, to)
}

#[test]
fn a_call_comes_into_every_calendar_and_everybody_sees_who_comes() {
    let (karla, bo, mette) = (Member::new(KARLA), Member::new(BO), Member::new(METTE));
    let call = karla.calls(karla.meets());
    assert!(matches!(bo.takes(&call, KARLA), Came::New(_)));
    assert!(matches!(mette.takes(&call, KARLA), Came::New(_)));
    let seen = bo.trial.on("2026-03-10");
    assert_eq!((&*seen.title, &*seen.location), ("Netværksmøde", "Skolen"));
    assert_eq!(seen.reply, Some(PartStat::NeedsAction), "he is asked and has not answered");
    assert_eq!(seen.meeting.map(|(_, network)| network), Some(bo.network), "it is a meeting");
    assert_eq!(bo.trial.meeting(seen.meeting.unwrap().0), "2026-03-10 09:00 Netværksmøde");

    let yes = bo.answers(&call, PartStat::Accepted);
    assert!(yes.contains("METHOD:REPLY") && !yes.contains("mette"), "{yes}");
    assert_eq!(bo.trial.on("2026-03-10").reply, Some(PartStat::Accepted));
    for reader in [&karla, &mette] {
        assert_eq!(reader.takes(&yes, BO), Came::Changed);
        assert_eq!(reader.takes(&yes, BO), Came::Nothing, "the same twice");
    }
    let no = mette.answers(&call, PartStat::Declined);
    assert_eq!(karla.takes(&no, METTE), Came::Changed);
    assert_eq!(bo.takes(&no, METTE), Came::Changed);
    for member in [&karla, &bo, &mette] {
        assert_eq!(member.who_comes(), (1, 0), "{}", member.me);
    }
    let event = karla.trial.on("2026-03-10").event;
    let info = karla.trial.open.event(event, None, HERE).expect("it");
    let said: Vec<_> =
        info.summary.attendees.iter().map(|a| (a.person.address.as_str(), a.partstat)).collect();
    assert_eq!(said, [(BO, PartStat::Accepted), (METTE, PartStat::Declined)]);
    let text = karla.trial.open.export(None, Some(event)).expect("its text");
    assert!(!text.contains("matrix:"), "who is in the network is told to no calendar server");
}

#[test]
fn the_feed_is_told_what_a_text_says_and_what_each_answers() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    let invited = Invited::read(&call).expect("a call");
    assert_eq!((invited.title.as_str(), invited.cancelled), ("Netværksmøde", false));
    assert_eq!(invited.start.instant(HERE), at("2026-03-10T09:00:00+01:00").date_time());
    bo.takes(&call, KARLA);
    let perhaps = bo.answers(&call, PartStat::Tentative);
    assert_eq!(invited.answer(&perhaps, BO), Some(PartStat::Tentative));
    assert_eq!(invited.answer(&perhaps, METTE), None, "nobody answers for another");
    assert_eq!(invited.answer(&call, BO), None);
    assert_eq!(Invited::read(&perhaps), None);
    assert_eq!(Invited::read("hej"), None);
}

#[test]
fn what_was_answered_to_other_times_is_no_answer_to_what_is_told_since() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    let (told, item) = (Invited::read(&call).expect("a call"), ItemId::new());
    let open = &bo.trial.open;
    open.room_take(&call, (KARLA, Some(item)), &bo.through(), HERE, now()).expect("a store");
    bo.answers(&call, PartStat::Declined);
    let answers = |told| open.room_answers(item, told).expect("the answers");
    assert_eq!(answers(&told), [(BO.to_owned(), PartStat::Declined)]);
    let moved = with(&call, "T120000", "T130000");
    let moved = Invited::read(&moved).expect("a call");
    assert_eq!(answers(&moved), [], "though it is not taken in here yet");
}

#[test]
fn what_the_leader_sent_changes_nothing_when_it_comes_back() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let within = Moment::new(now().date_time() + chrono::TimeDelta::milliseconds(700));
    let call = karla.calls_at(karla.meets(), Extent::Occurrence, within);
    assert_eq!(karla.takes(&call, KARLA), Came::Nothing);
    bo.takes(&call, KARLA);
    let yes = bo.answers(&call, PartStat::Accepted);
    assert_eq!(bo.takes(&yes, BO), Came::Nothing);
}

#[test]
fn a_later_answer_counts_and_an_earlier_one_changes_nothing() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    bo.takes(&call, KARLA);
    let yes = bo.answers(&call, PartStat::Accepted);
    let no = bo.answers(&call, PartStat::Declined);
    assert_eq!(karla.takes(&no, BO), Came::Changed);
    assert_eq!(karla.takes(&yes, BO), refused(Refusal::OutOfDate), "made before the other");
    assert_eq!(karla.who_comes(), (0, 1));
}

#[test]
fn a_change_is_told_under_the_same_uid_and_asks_anew_where_the_time_is_another() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let meeting = karla.meets();
    let first = karla.calls(meeting);
    bo.takes(&first, KARLA);
    let yes = bo.answers(&first, PartStat::Accepted);
    karla.takes(&yes, BO);
    let event = karla.trial.on("2026-03-10").event;
    let change = |title: &str, from: &str, to: &str| {
        let mut form = karla.trial.form(title, from, to);
        form.alarms = vec![45];
        let of = (event, None);
        karla.trial.open.event_change(of, Scope::All, &form, HERE, now()).expect("changed");
    };
    change("Netværksmøde om løfter", "2026-03-10 09:00", "2026-03-10 12:00");
    let second = karla.calls(meeting);
    let uid = |ics: &str| Invited::read(ics).expect("a call").uid;
    assert_eq!(uid(&first), uid(&second));
    assert!(first.contains("SEQUENCE:0\r\n") && second.contains("SEQUENCE:1\r\n"));
    assert_eq!(bo.takes(&second, KARLA), Came::Changed);
    assert_eq!(bo.takes(&first, KARLA), refused(Refusal::OutOfDate), "older after newer");
    assert_eq!(bo.takes(&second, KARLA), Came::Nothing, "the same twice");
    let seen = bo.trial.on("2026-03-10");
    assert_eq!(&*seen.title, "Netværksmøde om løfter");
    assert_eq!(seen.reply, Some(PartStat::Accepted), "he comes still");
    assert_eq!((karla.who_comes(), bo.who_comes()), ((1, 1), (1, 1)));

    let tied = seen.meeting;
    change("Netværksmøde om løfter", "2026-03-10 13:00", "2026-03-10 16:00");
    assert_eq!(bo.takes(&karla.calls(meeting), KARLA), Came::Changed);
    let seen = bo.trial.on("2026-03-10");
    assert_eq!((seen.meeting, seen.reply), (tied, Some(PartStat::NeedsAction)));
    assert_eq!((karla.who_comes(), bo.who_comes()), ((0, 2), (0, 2)));
    let late = refused(Refusal::OutOfDate);
    assert_eq!(karla.takes(&yes, BO), late, "an answer to another time");
}

#[test]
fn a_meeting_is_called_off_and_called_again() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let meeting = karla.meets();
    let call = karla.calls(meeting);
    bo.takes(&call, KARLA);
    let open = &karla.trial.open;
    let off = open.meeting_call_off(&call, &karla.through(), HERE, now()).expect("off");
    assert!(off.contains("METHOD:CANCEL") && off.contains("SEQUENCE:1\r\n"), "{off}");
    assert_eq!(bo.takes(&off, KARLA), Came::Changed);
    assert_eq!(bo.takes(&off, KARLA), Came::Nothing);
    for member in [&karla, &bo] {
        let seen = member.trial.on("2026-03-10");
        assert_eq!(seen.status, Status::Cancelled, "{}", member.me);
        let (meeting, _) = seen.meeting.expect("it stays one");
        assert!(member.trial.open.meeting(meeting, HERE).expect("it").row.cancelled);
    }
    assert!(Invited::read(&off).expect("a cancellation").cancelled);
    let late =
        bo.trial.open.room_reply(&off, KARLA, &bo.through(), PartStat::Accepted, HERE, now());
    assert!(matches!(late, Err(CalendarError::Refused)), "nobody comes to it");
    assert_eq!(
        bo.takes(&call, KARLA),
        refused(Refusal::OutOfDate),
        "it is not called again by old"
    );
    assert_eq!(bo.takes(&karla.calls(meeting), KARLA), Came::Changed);
    for member in [&karla, &bo] {
        assert_eq!(member.trial.on("2026-03-10").status, Status::Confirmed, "{}", member.me);
    }
    let stranger = bo.trial.open.meeting_call_off(&call, &bo.through(), HERE, now());
    assert!(matches!(stranger, Err(CalendarError::Refused)), "only she may");
}

#[test]
fn one_of_a_series_is_called_alone_and_a_series_with_its_next_meeting() {
    let (karla, bo, mette) = (Member::new(KARLA), Member::new(BO), Member::new(METTE));
    karla.trial.series();
    let meeting = karla.trial.meets(karla.network, "2026-03-17");
    let alone = karla.calls(meeting);
    assert!(!alone.contains("FREQ=WEEKLY") && !alone.contains("RECURRENCE-ID"), "{alone}");
    bo.takes(&alone, KARLA);
    assert_eq!(bo.trial.shows("2026-03-01", "2026-04-30"), ["2026-03-17 09:00 Netværksmøde"]);
    karla.takes(&bo.answers(&alone, PartStat::Accepted), BO);
    assert_eq!(karla.trial.open.meeting(meeting, HERE).expect("it").coming, 1);

    let whole = karla.calls_at(meeting, Extent::Series, now());
    let before = Moment::new(now().date_time() + chrono::TimeDelta::days(20));
    let open = &mette.trial.open;
    let came =
        open.room_take(&whole, (KARLA, None), &mette.through(), HERE, before).expect("a store");
    assert!(matches!(came, Came::New(_)));
    let seen = mette.trial.seen("2026-03-01", "2026-04-15");
    let tied: Vec<bool> = seen.iter().map(|one| one.meeting.is_some()).collect();
    assert_eq!(tied, [false, false, true, false], "the next one from 23 March on: {seen:?}");
}

#[test]
fn nothing_private_leaves_and_nothing_tells_when_the_event_was_made() {
    let karla = Member::new(KARLA);
    let event = karla.trial.makes(&karla.trial.form("x", "2026-03-10 09:00", "2026-03-10 10:00"));
    let text = karla.trial.open.export(None, event.event).expect("its text");
    let uid = event.event.expect("an event").to_string();
    assert!(text.contains(&uid), "an event's UID is its id here");
    let meeting = karla.trial.meets(karla.network, "2026-03-10");
    let other = Through { room: "!andet:kommune.dk", ..karla.through() };
    let open = &karla.trial.open;
    let call = |through: &Through<'_>| {
        let of = (meeting, Extent::Occurrence);
        open.meeting_call(of, through, &person(KARLA), &[person(BO)], HERE, now()).expect("it")
    };
    let (here, there) = (call(&karla.through()), call(&other));
    assert_ne!(here.uid, there.uid, "two rooms do not know it by one name");
    for text in [&here.ics, &there.ics] {
        assert!(!text.contains(&uid) && !text.contains(&meeting.to_string()), "{text}");
        assert!(!text.contains("CREATED") && !text.contains("VALARM"), "{text}");
    }
    let item = ItemId::new();
    open.meeting_called(&here.uid, item).expect("noted");
    assert_eq!(call(&karla.through()).item, Some(item));
    assert_eq!(call(&other).item, None);
    assert_eq!(open.room_event(&here.uid).expect("a store"), event.event);
}

#[test]
fn what_the_leader_deleted_stays_away_until_she_answers() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let meeting = karla.meets();
    let call = karla.calls(meeting);
    bo.takes(&call, KARLA);
    let seen = bo.trial.on("2026-03-10");
    let of = (seen.event, None);
    bo.trial.open.event_delete(of, Scope::All, HERE, now()).expect("deleted");
    assert_eq!(bo.takes(&call, KARLA), Came::Nothing);
    let again = karla.calls(meeting);
    assert_eq!(bo.takes(&again, KARLA), Came::Nothing);
    assert!(bo.trial.shows("2026-03-01", "2026-03-31").is_empty());
    bo.answers(&again, PartStat::Accepted);
    let back = bo.trial.on("2026-03-10");
    assert_eq!((back.reply, back.meeting), (Some(PartStat::Accepted), seen.meeting));
}

#[test]
fn what_she_adds_to_her_copy_outlives_a_change() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let meeting = karla.meets();
    bo.takes(&karla.calls(meeting), KARLA);
    let event = bo.trial.on("2026-03-10").event;
    let alarms = || bo.trial.open.event(event, None, HERE).expect("it").summary.alarms;
    assert!(alarms().is_empty(), "nobody makes another's computer ring");
    let mut form = bo.trial.form("Netværksmøde", "2026-03-10 09:00", "2026-03-10 12:00");
    form.description = "Dagsorden: løfter".into();
    form.alarms = vec![30];
    bo.trial.open.event_change((event, None), Scope::All, &form, HERE, now()).expect("changed");
    assert_eq!(bo.takes(&karla.calls(meeting), KARLA), Came::Changed, "also after her own change");
    assert_eq!(alarms(), [30]);
}

#[test]
fn a_meeting_comes_into_a_calendar_that_no_server_has() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    bo.trial.open.calendar_delete(bo.trial.work, HERE).expect("deleted");
    bo.trial.open.calendar_create("Fra serveren", Colour::Blue, CalendarKind::CalDav).expect("one");
    bo.takes(&call, KARLA);
    let seen = bo.trial.on("2026-03-10");
    let all = bo.trial.open.calendars().expect("all");
    let of = all.iter().find(|info| info.id == seen.calendar).expect("it");
    assert_eq!((of.kind, of.name.as_str()), (CalendarKind::Own, "Skoleledere i nord"));
}
