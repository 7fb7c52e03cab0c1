//! Meetings and what is told, between leaders in one room, with no server between them: what one
//! would send is handed to the others as it is.

mod called;

use std::cell::Cell;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Europe::Copenhagen;
use fristed_base::{EventId, MeetingId, Moment, NetworkId, Secret};
use fristed_calendar::ical::Status;
use fristed_calendar::{
    CalendarKind, Colour, CommitmentForm, EventForm, FormTime, NetworkForm, Promiser, Scope,
};
use fristed_network::session::News;
use fristed_network::{
    Account, AccountKind, Act, Incoming, PeerState, RoomState, Sharing, Standing, What,
};
use tempfile::TempDir;

use super::Takes;
use crate::config::Directories;
use crate::fristed::{Fristed, KeyCost};
use crate::wire::ErrorCode;
use crate::wire::calendar::Reply;
use crate::wire::sharing::{FeedItem, FeedMeeting, FeedPromise};

const ROOM: &str = "!netvaerk:kommune.dk";
const USERS: [&str; 3] = ["@karla:kommune.dk", "@bo/b:kommune.dk", "@mette:skolen.example"];

/// A leader who is signed in and in the room.
struct Leader {
    _home: TempDir,
    fristed: Fristed,
    user: &'static str,
    network: NetworkId,
}

/// The room, and what was sent in it.
struct World {
    karla: Leader,
    bo: Leader,
    mette: Leader,
    events: Cell<i64>,
    /// Who gets nothing of what is sent.
    not_in_it_yet: Cell<Option<&'static str>>,
}

fn at(seconds: i64) -> Moment {
    Moment::from_parts(1_772_500_000_000 + seconds * 1_000, 60).expect("a moment")
}

/// Who is in the room, and a guest who is invited.
fn peers(sharing: &Sharing, users: &[&str]) {
    let peer = |user: &str| PeerState {
        user: user.into(),
        name: user[1..3].to_uppercase(),
        invited: user.contains("gaest"),
        organiser: false,
        asking: false,
    };
    let peers: Vec<_> = users.iter().copied().chain(["@gaest:x.dk"]).map(peer).collect();
    sharing.peers_put(ROOM, &peers).expect("peers");
}

impl Leader {
    fn new(user: &'static str) -> Self {
        let home = tempfile::tempdir().expect("a home");
        let directories =
            Directories { config: home.path().join("config"), vault: home.path().join("journal") };
        let fristed = Fristed::new(directories, None, KeyCost::Floor).in_zone(Copenhagen);
        fristed.create_with_new_key(&Secret::new("cykler baglæns".into()), at(0)).expect("a vault");
        let sharing = fristed.sharing().expect("open");
        let account = Account {
            user: user.into(),
            name: user[1..3].to_uppercase(),
            server: "https://kommune.dk".into(),
            device: "ABC".into(),
            kind: AccountKind::OAuth,
            session: Secret::new("{}".into()),
            mark: [7; 16],
            storage_key: None,
            signed_out: false,
        };
        sharing.account_put(&account).expect("signed in");
        let state = RoomState {
            room: ROOM.into(),
            name: "Skoleledere".into(),
            standing: Standing::Joined,
            federated: true,
            organiser: user == USERS[0],
            invited_by: None,
        };
        sharing.room_put(&state).expect("a room");
        peers(&sharing, &USERS);
        let calendar = fristed.calendar().expect("open");
        calendar.calendar_create("Arbejde", Colour::Green, CalendarKind::Own).expect("a calendar");
        let form = NetworkForm { name: "Skoleledere".into(), ..NetworkForm::default() };
        let network = calendar.network_create(&form).expect("a network");
        sharing.room_tie(ROOM, Some(network)).expect("tied");
        Self { _home: home, fristed, user, network }
    }

    fn sharing(&self) -> Sharing {
        self.fristed.sharing().expect("open")
    }

    /// An event at nine on 10 March 2026, as a meeting of the network.
    fn meets(&self) -> (EventId, MeetingId) {
        let calendar = self.fristed.calendar().expect("open");
        let made = calendar.event_create(&self.form("Netværksmøde", 9), Copenhagen, at(1));
        let event = made.expect("an event").event.expect("it");
        let tied = calendar.meeting_tie(self.network, (event, None), Copenhagen);
        (event, tied.expect("a meeting"))
    }

    fn form(&self, title: &str, hour: u32) -> EventForm {
        let calendars = self.fristed.calendar().expect("open").calendars().expect("all");
        EventForm {
            calendar: calendars[0].id,
            title: title.into(),
            location: "Rådhuset".into(),
            description: "Dagsorden: løfter".into(),
            start: FormTime::Local(clock(hour)),
            end: FormTime::Local(clock(hour + 3)),
            zone: None,
            repeat: None,
            alarms: vec![47],
        }
    }

    fn feed(&self) -> Vec<FeedItem> {
        self.fristed.feed(Some(ROOM), 0, 50, at(900)).expect("a feed").items
    }

    /// The one meeting in the feed.
    fn called(&self) -> (String, FeedMeeting) {
        let mut items = self.feed();
        items.retain(|item| item.meeting.is_some());
        assert_eq!(items.len(), 1, "one meeting at {}'s", self.user);
        let item = items.remove(0);
        (item.id, item.meeting.expect("it"))
    }

    /// The title of what is in the calendar on 10 March, and whether it takes place.
    fn sees(&self) -> Vec<(String, Status)> {
        let day = NaiveDate::from_ymd_opt(2026, 3, 10).expect("a day");
        let calendar = self.fristed.calendar().expect("open");
        let seen = calendar.view(day, day, Copenhagen).expect("a view").seen;
        seen.iter().map(|one| (one.title.to_string(), one.status)).collect()
    }

    /// How many come to the meeting on 10 March, and how many have not answered.
    fn who_comes(&self) -> (u32, u32) {
        let day = NaiveDate::from_ymd_opt(2026, 3, 10).expect("a day");
        let calendar = self.fristed.calendar().expect("open");
        let seen = calendar.view(day, day, Copenhagen).expect("a view").seen;
        let (meeting, _) = seen[0].meeting.expect("a meeting");
        let found = calendar.meeting(meeting, Copenhagen).expect("it");
        (found.coming, found.unanswered)
    }
}

fn clock(hour: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 3, 10).expect("a day");
    day.and_hms_opt(hour, 0, 0).expect("a time")
}

impl World {
    fn new() -> Self {
        let [karla, bo, mette] = USERS.map(Leader::new);
        Self { karla, bo, mette, events: Cell::default(), not_in_it_yet: Cell::default() }
    }

    fn all(&self) -> [&Leader; 3] {
        [&self.karla, &self.bo, &self.mette]
    }

    /// What everybody has to send reaches everybody else; gives it as the server would see it
    /// before it is encrypted.
    fn goes_round(&self) -> String {
        let mut told = String::new();
        for sender in self.all() {
            let sharing = sender.sharing();
            while let Some(job) = sharing.next_jobs(at(900)).expect("jobs").pop() {
                assert!(sharing.job_begun(&job, &[]).expect("begun"));
                let number = self.events.get() + 1;
                self.events.set(number);
                let event = format!("$hændelse{number}");
                sharing.job_sent(job.id, &event, at(900)).expect("sent");
                let what = match job.act {
                    Act::Send { event_type, content } => {
                        told.push_str(&content.to_string());
                        What::Clear { event_type, content, txn: None }
                    }
                    Act::Redact { event: of } => {
                        What::Redaction { of, by_may_remove_others: false }
                    }
                    Act::Upload { .. } => panic!("no files"),
                };
                let (sender, at) = (sender.user.to_owned(), at(number).millis());
                let incoming = Incoming { event, sender, at, what };
                let hears = |one: &&Leader| {
                    one.user != incoming.sender && Some(one.user) != self.not_in_it_yet.get()
                };
                self.all().into_iter().filter(hears).for_each(|reader| reader.hears(&incoming));
            }
        }
        told
    }
}

impl Leader {
    fn hears(&self, incoming: &Incoming) {
        let sharing = self.sharing();
        let taken = sharing.take(ROOM, std::slice::from_ref(incoming), None).expect("taken");
        self.is_told(&News::Came(taken));
    }

    /// What is told first after the vault was opened.
    fn is_told(&self, news: &News) {
        let (calendar, sharing) = (self.fristed.calendar().expect("open"), self.sharing());
        Takes::new(calendar, sharing, Copenhagen).hear(news, at(900));
    }
}

#[test]
fn a_meeting_is_called_answered_changed_and_called_off() {
    let world = World::new();
    let World { karla, bo, mette, .. } = &world;
    let (event, meeting) = karla.meets();
    let published = karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(2)).expect("it");
    let told = world.goes_round();
    for gone in ["47M", "VALARM", &event.to_string(), &meeting.to_string(), "gaest"] {
        assert!(!told.contains(gone), "{gone} stays here: {told}");
    }
    assert!(
        told.contains("Møde: Netværksmøde, tirsdag den 10. marts 2026 kl. 9.00–12.00, Rådhuset")
    );
    assert_eq!(bo.sees(), [("Netværksmøde".to_owned(), Status::Confirmed)]);

    let (item, shown) = bo.called();
    assert_eq!((shown.start.as_str(), shown.all_day), ("2026-03-10T09:00:00+01:00", false));
    assert_eq!((shown.mine, shown.cancelled), (None, false));
    assert!(shown.event.is_some() && shown.location == "Rådhuset");
    assert_eq!(shown.description, "Dagsorden: løfter");
    assert_eq!(bo.feed()[0].title, "Netværksmøde", "it is called by its name in the list too");
    bo.fristed.meeting_answer(&item, Reply::Accepted, at(10)).expect("an answer");
    assert_eq!(bo.called().1.mine, Some(Reply::Accepted), "before it was sent");
    let (item, _) = mette.called();
    mette.fristed.meeting_answer(&item, Reply::Declined, at(11)).expect("an answer");
    world.goes_round();
    for leader in world.all() {
        let answers = leader.called().1.answers;
        let said: Vec<_> = answers.iter().map(|a| (a.peer.user.as_str(), a.reply)).collect();
        let expected = [(USERS[1], Some(Reply::Accepted)), (USERS[2], Some(Reply::Declined))];
        assert_eq!(said, expected, "{} sees who comes", leader.user);
        assert_eq!(leader.who_comes(), (1, 0), "{}", leader.user);
    }
    assert_eq!(karla.called().1.event, Some(event.to_string()));

    let calendar = karla.fristed.calendar().expect("open");
    let moved = karla.form("Netværksmøde om løfter", 13);
    calendar.event_change((event, None), Scope::All, &moved, Copenhagen, at(20)).expect("moved");
    let again = karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(21)).expect("it");
    assert_eq!(again.id, published.id, "it is told anew, and no other");
    world.goes_round();
    for leader in world.all() {
        let (_, shown) = leader.called();
        assert_eq!(shown.title, "Netværksmøde om løfter");
        assert!(shown.answers.iter().all(|one| one.reply.is_none()), "another time, asked anew");
        assert_eq!(leader.who_comes(), (0, 2));
    }

    let (item, _) = bo.called();
    let refused = bo.fristed.meeting_call_off(&item, at(30)).expect_err("not hers");
    assert_eq!(refused.code, ErrorCode::InvitationRefused);
    karla.fristed.meeting_call_off(&published.id, at(31)).expect("off");
    assert!(world.goes_round().contains("Aflyst: "));
    for leader in world.all() {
        assert!(leader.called().1.cancelled, "{}", leader.user);
        assert_eq!(leader.sees()[0].1, Status::Cancelled, "{}", leader.user);
    }
    let late = bo.fristed.meeting_answer(&item, Reply::Accepted, at(32)).expect_err("it is off");
    assert_eq!(late.code, ErrorCode::InvitationRefused);
}

#[test]
fn what_came_before_the_calendar_heard_of_it_is_found_again() {
    let world = World::new();
    let World { karla, bo, .. } = &world;
    let (_, meeting) = karla.meets();
    karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(2)).expect("it");
    let sharing = karla.sharing();
    let job = sharing.next_jobs(at(900)).expect("jobs").pop().expect("one");
    let Act::Send { event_type, content } = job.act else { panic!("a text") };
    let what = What::Clear { event_type, content, txn: None };
    let sender = karla.user.to_owned();
    let incoming = Incoming { event: "$en".into(), sender, at: at(3).millis(), what };
    bo.sharing().take(ROOM, std::slice::from_ref(&incoming), None).expect("taken");
    assert!(bo.sees().is_empty(), "the program ended between the two");
    bo.is_told(&News::Changed);
    assert_eq!(bo.sees().len(), 1, "whatever is heard first");
}

#[test]
fn a_meeting_is_called_only_where_its_network_meets() {
    let world = World::new();
    let karla = &world.karla;
    let (_, meeting) = karla.meets();
    let calendar = karla.fristed.calendar().expect("open");
    let other = calendar.network_create(&NetworkForm { name: "Andet".into(), ..<_>::default() });
    karla.sharing().room_tie(ROOM, Some(other.expect("another"))).expect("tied");
    let calls = || karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(2));
    assert_eq!(calls().expect_err("not its room").code, ErrorCode::NotFound);
    karla.sharing().account_remove().expect("signed out");
    assert_eq!(calls().expect_err("nobody").code, ErrorCode::NotSignedIn);
}

#[test]
fn promises_and_ground_rules_are_told_by_choice() {
    let world = World::new();
    let World { karla, bo, .. } = &world;
    let calendar = karla.fristed.calendar().expect("open");
    let (who, due) = (Promiser::Other("Mette".into()), NaiveDate::from_ymd_opt(2026, 3, 12));
    let form = CommitmentForm { who, what: "Ringe".into(), due };
    let made = calendar.commitment_add(karla.network, None, &form, at(1)).expect("a promise");
    assert!(world.goes_round().is_empty(), "nothing goes of itself");
    let item = karla.fristed.commitment_tell(&made.id.to_string(), ROOM, at(2)).expect("told");
    let promise = FeedPromise { who: "Mette".into(), due: Some("2026-03-12".into()) };
    assert_eq!((item.title.as_str(), item.promise.as_ref()), ("Ringe", Some(&promise)));
    karla.fristed.contract_tell(ROOM, "Vi lytter.", at(3)).expect("told");
    let told = world.goes_round();
    assert!(!told.contains(&made.id.to_string()), "{told}");
    assert_eq!(bo.feed().iter().filter_map(|it| it.promise.clone()).collect::<Vec<_>>(), [promise]);
    bo.fristed.contract_tell(ROOM, "Vi lytter og spørger.", at(4)).expect("told");
    assert!(world.goes_round().contains("\"version\":2"), "the version after Karla's");
    assert_eq!(karla.feed().len(), 3);
    let empty = karla.fristed.contract_tell(ROOM, "  ", at(5)).expect_err("nothing");
    assert_eq!(empty.code, ErrorCode::NothingToShare);
}
