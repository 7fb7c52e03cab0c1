//! A leader's calendar for a test, in a vault of its own.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use chrono_tz::Europe::Copenhagen;
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, MeetingId, Moment, NetworkId, Secret};
use fristed_calendar::{
    Calendar, CalendarKind, Changed, Colour, EventForm, FormTime, MIGRATIONS, NetworkForm, Repeat,
    RepeatEnd, RepeatUnit, Seen,
};
use fristed_vault::{KdfCost, RecoveryKey, Schema, Setup, Vault};
use tempfile::TempDir;

pub const HERE: Tz = Copenhagen;

pub fn at(text: &str) -> Moment {
    Moment::new(DateTime::parse_from_rfc3339(text).expect("a moment of the test"))
}

/// A Tuesday before the clocks change.
pub fn now() -> Moment {
    at("2026-03-03T08:00:00+01:00")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

pub fn time(text: &str) -> FormTime {
    match text.parse() {
        Ok(day) => FormTime::Day(day),
        Err(_) => FormTime::Local(
            NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time of the test"),
        ),
    }
}

/// A leader's calendar; the folder goes with it.
pub struct Trial {
    _folder: TempDir,
    _vault: Vault,
    pub open: Calendar,
    pub work: CalendarId,
}

impl Trial {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let setup = Setup {
            passphrase: &Secret::new("en sætning som ingen gætter".into()),
            recovery: &RecoveryKey::generate(),
            cost: KdfCost::floor(),
            computer: None,
        };
        let schema = Schema(MIGRATIONS);
        let vault =
            Vault::create(&folder.path().join("vault"), setup, &schema, now()).expect("a vault");
        let open = Calendar::new(vault.store().clone());
        let work = open
            .calendar_create("Arbejde", Colour::Green, CalendarKind::Own)
            .expect("a calendar")
            .id;
        Self { _folder: folder, _vault: vault, open, work }
    }

    pub fn form(&self, title: &str, start: &str, end: &str) -> EventForm {
        EventForm {
            calendar: self.work,
            title: title.into(),
            location: "Skolen".into(),
            description: String::new(),
            start: time(start),
            end: time(end),
            zone: None,
            repeat: None,
            alarms: Vec::new(),
        }
    }

    pub fn makes(&self, form: &EventForm) -> Changed {
        self.open.event_create(form, HERE, now()).expect("an event")
    }

    /// A meeting every other Tuesday at nine from 3 March 2026 on, without an end.
    pub fn series(&self) -> EventId {
        let repeat = Repeat {
            every: RepeatUnit::Week,
            interval: 2,
            weekdays: vec![2],
            nth_weekday: None,
            end: RepeatEnd::Never,
        };
        let form = EventForm {
            repeat: Some(repeat),
            ..self.form("Netværksmøde", "2026-03-03 09:00", "2026-03-03 12:00")
        };
        self.makes(&form).event.expect("an event")
    }

    /// What the calendar shows, as "day hour:minute title".
    pub fn shows(&self, first: &str, last: &str) -> Vec<String> {
        self.seen(first, last).iter().map(shown).collect()
    }

    pub fn seen(&self, first: &str, last: &str) -> Vec<Seen> {
        self.open.view(day(first), day(last), HERE).expect("a view").seen
    }

    /// The one occurrence of a day.
    pub fn on(&self, on: &str) -> Seen {
        let mut seen = self.seen(on, on);
        assert_eq!(seen.len(), 1, "one on {on}: {seen:?}");
        seen.remove(0)
    }

    pub fn network(&self) -> NetworkId {
        let form = NetworkForm {
            name: "Skoleledere i nord".into(),
            title_contains: "netværk".into(),
            ..NetworkForm::default()
        };
        self.open.network_create(&form).expect("a network")
    }

    /// Makes a meeting of the one occurrence of a day.
    pub fn meets(&self, network: NetworkId, on: &str) -> MeetingId {
        let seen = self.on(on);
        let key = seen.recurrence.as_ref().map(|original| original.key());
        self.open.meeting_tie(network, (seen.event, key.as_deref()), HERE).expect("a meeting")
    }

    /// Day, time and title of a meeting, and whether it is detached.
    pub fn meeting(&self, id: MeetingId) -> String {
        let found = self.open.meeting(id, HERE).expect("the meeting");
        let start = found.row.span.instants(HERE).0.with_timezone(&HERE);
        let detached = if found.row.detached { " (løsrevet)" } else { "" };
        assert_eq!(found.seen.is_none(), found.row.detached, "an occurrence or none");
        format!("{} {}{detached}", start.format("%Y-%m-%d %H:%M"), found.row.title)
    }
}

pub fn key(seen: &Seen) -> Option<String> {
    seen.recurrence.as_ref().map(|original| original.key())
}

pub fn shown(seen: &Seen) -> String {
    let start = seen.starts.with_timezone(&HERE);
    let time = if seen.start.is_day() { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    format!("{} {}", start.format(time), seen.title)
}
