//! The organiser calls the network to a meeting, and everybody sees who comes.

use fristed_app::wire::calendar::{Colour, EventForm, EventStatus, Reply, Scope};
use fristed_app::wire::network::{CommitmentForm, Promiser};
use fristed_app::wire::sharing::{FeedItem, FeedKind, FeedMeeting, ItemState};
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;

/// The meeting's title: said in the room, and to nobody else.
const TITLE: &str = "Netværksmøde om sygefraværet i Nord";
/// What it is about, which is told as well.
const ABOUT: &str = "Medbring tallene for vikarer 2218,\n\nog husk: kommaer; \\ og \"citater\"";
/// What the organiser prepared for herself.
const PREPARED: &str = "Spørg Mette om hendes vikarer 3391";

fn form(leader: &Sharer, start: &str, end: &str) -> EventForm {
    let calendars = leader.program().calendars().expect("her calendars");
    EventForm {
        calendar: calendars.first().expect("a calendar").id.clone(),
        title: TITLE.into(),
        location: "Rådhuset, lokale 2".into(),
        description: ABOUT.into(),
        start: start.into(),
        end: end.into(),
        all_day: false,
        zone: None,
        repeat: None,
        alarms: vec![30],
    }
}

/// Waits until the one meeting in the network's feed is so.
fn meeting(
    leader: &Sharer,
    room: &str,
    is_so: impl Fn(&FeedMeeting) -> bool,
) -> (FeedItem, FeedMeeting) {
    leader.until("a meeting in the feed", |program| {
        let items = program.feed(Some(room), 0, 50, leader.now()).ok()?.items;
        let mut meetings = items.into_iter().filter(|it| it.kind == FeedKind::Meeting);
        let one = meetings.next()?;
        assert!(meetings.next().is_none(), "it is one meeting, however often it changes");
        let found = one.meeting.clone().filter(|it| is_so(it))?;
        Some((one, found))
    })
}

/// What everybody in a meeting answered, by name.
fn answers(meeting: &FeedMeeting) -> Vec<(String, Option<Reply>)> {
    let all = meeting.answers.iter();
    all.map(|answer| (answer.peer.name.clone(), answer.reply)).collect()
}

/// The meetings in her calendar that week, and whether they take place.
fn calendar(leader: &Sharer) -> Vec<(String, String, EventStatus)> {
    let view = leader.program().calendar_view("2027-03-08", "2027-03-14").expect("a week");
    let all = view.occurrences.into_iter();
    all.map(|one| (one.title, one.start, one.status)).collect()
}

#[test]
fn a_meeting_is_called_in_the_room_answered_moved_and_called_off() {
    let server = Synapse::start();
    let [karla, mette, sofie] = ["Karla", "Mette", "Sofie"].map(|name| Sharer::of(&server, name));
    let room = karla.founds("Skolelederne");
    for other in [&mette, &sofie] {
        karla.lets_in(&room, other);
    }
    for leader in [&karla, &mette, &sofie] {
        leader.program().calendar_create("Arbejde", Colour::Green).expect("a calendar");
    }
    let program = karla.program();
    let network = karla.network(&room, |_| true).network.expect("her network");
    let first = form(&karla, "2027-03-09T09:00", "2027-03-09T12:00");
    let event = program.event_create(first, karla.now()).expect("an event").event.expect("it");
    let held = program.meeting_tie(&network, &event, None).expect("a meeting");
    let aim = fristed_app::wire::network::MeetingText { aim: PREPARED.into(), ..held.text.clone() };
    program.meeting_save(&held.row.id, aim).expect("she prepares");

    let called = program.meeting_publish(&held.row.id, &room, karla.now()).expect("it is called");
    karla.sends(&called.id);
    let wanted = [(TITLE.into(), "2027-03-09T09:00:00+01:00".into(), EventStatus::Confirmed)];
    for (leader, answer) in [(&mette, Reply::Accepted), (&sofie, Reply::Declined)] {
        let (item, seen) = meeting(leader, &room, |it| it.event.is_some());
        assert_eq!((seen.mine, seen.location.as_str()), (None, "Rådhuset, lokale 2"));
        assert_eq!(seen.description, ABOUT);
        assert_eq!(calendar(leader), wanted, "it stands in {}'s calendar", leader.name);
        leader.program().meeting_answer(&item.id, answer, leader.now()).expect("she answers");
        leader.program().sharing_send().expect("it is sent");
    }
    let all = [("mette".into(), Some(Reply::Accepted)), ("sofie".into(), Some(Reply::Declined))];
    for leader in [&karla, &mette, &sofie] {
        meeting(leader, &room, |it| answers(it) == all);
    }
    let now = program.meeting_get(&held.row.id).expect("the meeting");
    assert_eq!(now.description, ABOUT, "as it was told: nothing is to be told anew");
    assert_eq!((now.coming, now.unanswered), (1, 0), "who comes stands at the preparation too");

    let moved = form(&karla, "2027-03-10T13:00", "2027-03-10T15:00");
    program.event_change(&event, None, Scope::All, moved, karla.now()).expect("it is moved");
    program.meeting_publish(&held.row.id, &room, karla.now()).expect("they are told");
    karla.sends(&called.id);
    let wanted = [(TITLE.into(), "2027-03-10T13:00:00+01:00".into(), EventStatus::Confirmed)];
    for leader in [&mette, &sofie] {
        let (_, seen) = meeting(leader, &room, |it| it.start.starts_with("2027-03-10"));
        assert_eq!(seen.mine, None, "another time is asked about anew");
        leader.until("her calendar follows", |_| (calendar(leader) == wanted).then_some(()));
    }

    program.meeting_call_off(&called.id, karla.now()).expect("it is called off");
    karla.sends(&called.id);
    for leader in [&mette, &sofie] {
        meeting(leader, &room, |it| it.cancelled);
        let off =
            |(_, _, status): &(String, String, EventStatus)| *status == EventStatus::Cancelled;
        leader
            .until("it is off in her calendar", |_| calendar(leader).iter().all(off).then_some(()));
    }
    program.withdraw(&called.id, karla.now()).expect("it is taken back");
    program.sharing_send().expect("it is sent");
    for leader in [&mette, &sofie] {
        leader.until("it is gone", |_| calendar(leader).is_empty().then_some(()));
    }
    assert_eq!(calendar(&karla).len(), 1, "her own stays");
    for kept_from in [
        TITLE,
        "vikarer 2218",
        PREPARED,
        "Rådhuset, lokale 2",
        event.as_str(),
        held.row.id.as_str(),
    ] {
        assert_eq!(server.holds(kept_from), Vec::<String>::new(), "the server has no {kept_from}");
    }
    for leader in [&karla, &mette, &sofie] {
        leader.locks();
        for kept_from in [TITLE, "vikarer 2218", PREPARED] {
            assert_eq!(leader.traces_of(kept_from), Vec::<String>::new());
        }
    }
}

#[test]
fn a_promise_and_the_ground_rules_are_told_when_she_chooses_and_not_before() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let network = karla.network(&room, |_| true).network.expect("her network");
    let promise = |what: &str| {
        let (who, due) = (Promiser::Other { name: "Mette Holm".into() }, Some("2027-03-12".into()));
        let form = CommitmentForm { who, what: what.into(), due };
        karla.program().commitment_add(&network, None, form, karla.now()).expect("a promise").id
    };
    let (told, kept) = (promise("Sende årshjulet rundt"), promise("Tale med Bo om hans opsigelse"));
    let item = karla.program().commitment_tell(&told, &room, karla.now()).expect("it is told");
    karla.sends(&item.id);
    let rules = "Det, der siges her, bliver her.";
    let item = karla.program().contract_tell(&room, rules, karla.now()).expect("they are told");
    karla.sends(&item.id);
    let seen = mette.until("both", |program| {
        let items = program.feed(Some(&room), 0, 50, mette.now()).ok()?.items;
        (items.len() == 2 && items.iter().all(|it| it.state == ItemState::Whole)).then_some(items)
    });
    assert_eq!([seen[0].kind, seen[1].kind], [FeedKind::Contract, FeedKind::Commitment]);
    assert_eq!(seen[0].body, rules);
    let promise = seen[1].promise.clone().expect("a promise");
    assert_eq!(seen[1].title, "Sende årshjulet rundt");
    assert_eq!((promise.who.as_str(), promise.due.as_deref()), ("Mette Holm", Some("2027-03-12")));
    for kept_from in ["Tale med Bo om hans opsigelse", told.as_str(), kept.as_str(), rules] {
        assert_eq!(server.holds(kept_from), Vec::<String>::new());
    }
}
