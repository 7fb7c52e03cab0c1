//! A leader whose calendar is kept in step with a server.

use std::collections::BTreeMap;
use std::fs;

use fristed_app::Fristed;
use fristed_app::wire::calendar::{Calendar, EventForm, Scope};
use fristed_app::wire::source::{Account, Source};
use fristed_base::{Moment, Secret};

use crate::leader::Leader;
use crate::server::{PASSWORD, USER};

/// The moment that it is.
#[must_use]
pub fn now() -> Moment {
    Moment::from(chrono::Local::now())
}

/// An account at an address, as she types it.
#[must_use]
pub fn account(address: &str) -> Account {
    let password = Secret::new(PASSWORD.into());
    Account { address: address.into(), user: USER.into(), password }
}

/// A calendar text with one event; lines are parted by `|`.
#[must_use]
pub fn event(uid: &str, title: &str, more: &str) -> String {
    let more = if more.is_empty() { String::new() } else { format!("{more}|") };
    let text = format!(
        "BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//Andre//|BEGIN:VEVENT|UID:{uid}|\
         DTSTAMP:20260101T120000Z|DTSTART:20260303T080000Z|DTEND:20260303T090000Z|\
         SUMMARY:{title}|{more}END:VEVENT|END:VCALENDAR|"
    );
    text.replace('|', "\r\n")
}

/// The value of the first line of this name in a calendar text.
#[must_use]
pub fn value(text: &str, name: &str) -> String {
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    found.unwrap_or_default().trim().to_owned()
}

impl Leader {
    /// Adds every calendar of an account; gives the first one's name.
    ///
    /// # Panics
    /// Where that fails.
    pub fn adds_account(&self, address: &str) -> String {
        let file = self.home().join("keys/password");
        fs::write(&file, format!("{PASSWORD}\n")).expect("her password");
        let file = file.display().to_string();
        let words = ["calendar", "account", address, "--user", USER, "--password-file", &file];
        let made = self.cli(&words).args(["--json"]).answer().done().json();
        fs::remove_file(self.home().join("keys/password")).expect("the file goes");
        made[0]["name"].as_str().expect("a calendar").to_owned()
    }
}

/// Her window, open on the calendar that is kept in step.
pub struct Desk {
    /// The use cases.
    pub window: Fristed,
    /// The calendar's id.
    pub calendar: String,
}

impl Desk {
    /// Opens her vault.
    ///
    /// # Panics
    /// Where she has no such calendar.
    #[must_use]
    pub fn of(leader: &Leader) -> Self {
        let window = leader.at_the_window(now());
        let all = window.calendars().expect("her calendars");
        let found = all.into_iter().find(|one| one.source.is_some()).expect("one from elsewhere");
        Self { window, calendar: found.id }
    }

    /// Looks at the server.
    ///
    /// # Panics
    /// Where the store fails.
    pub fn syncs(&self) -> Source {
        let looked = self.window.calendar_sync(&self.calendar, now()).expect("a look");
        looked.source.expect("a source")
    }

    /// Looks at the server, which is to go well.
    ///
    /// # Panics
    /// Where it does not.
    pub fn syncs_well(&self) -> Source {
        let source = self.syncs();
        assert_eq!(source.trouble, None, "{source:?}");
        source
    }

    /// The calendar.
    ///
    /// # Panics
    /// Where it is not there.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let all = self.window.calendars().expect("her calendars");
        all.into_iter().find(|one| one.id == self.calendar).expect("the calendar")
    }

    /// How it is kept in step.
    ///
    /// # Panics
    /// Where it is not.
    #[must_use]
    pub fn source(&self) -> Source {
        self.calendar().source.expect("a source")
    }

    /// The events by UID: each title and its event's id.
    ///
    /// # Panics
    /// Where one UID is there twice.
    #[must_use]
    pub fn events(&self) -> BTreeMap<String, (String, String)> {
        let from = "2026-01-01".parse().expect("a day");
        let to = "2027-01-01".parse().expect("a day");
        let mut all = BTreeMap::new();
        for row in self.window.agenda(from, to).expect("the agenda").rows {
            let one = (row.occurrence.title.clone(), row.occurrence.event.clone());
            let twice = all.insert(row.uid.clone(), one);
            assert!(twice.is_none(), "{} is there twice", row.uid);
        }
        all
    }

    /// The titles by UID.
    #[must_use]
    pub fn titles(&self) -> BTreeMap<String, String> {
        self.events().into_iter().map(|(uid, (title, _))| (uid, title)).collect()
    }

    fn form(&self, title: &str) -> EventForm {
        EventForm {
            calendar: self.calendar.clone(),
            title: title.into(),
            location: String::new(),
            description: String::new(),
            start: "2026-03-03T09:00".into(),
            end: "2026-03-03T10:00".into(),
            all_day: false,
            zone: None,
            repeat: None,
            alarms: Vec::new(),
        }
    }

    /// Makes an event; gives its id, which is its UID too.
    ///
    /// # Panics
    /// Where that fails.
    pub fn makes(&self, title: &str) -> String {
        let made = self.window.event_create(self.form(title), now()).expect("an event");
        made.event.expect("its id")
    }

    /// Gives the event with this UID another title, and touches nothing else; gives what takes it
    /// back.
    ///
    /// # Panics
    /// Where that fails.
    pub fn retitles(&self, uid: &str, title: &str) -> String {
        let (_, id) = self.events().remove(uid).expect("the event");
        let shown = self.window.event_get(&id, None).expect("the event");
        let clock = |moment: &str| moment.get(..16).expect("a moment").to_owned();
        let form = EventForm {
            calendar: self.calendar.clone(),
            title: title.into(),
            location: shown.occurrence.location.clone(),
            description: shown.description.clone(),
            start: clock(&shown.occurrence.start),
            end: clock(&shown.occurrence.end),
            all_day: false,
            zone: None,
            repeat: shown.repeat.clone(),
            alarms: shown.alarms.clone(),
        };
        let changed = self.window.event_change(&id, None, Scope::All, form, now());
        changed.expect("a change").undo
    }

    /// Deletes the event with this UID; gives what takes it back.
    ///
    /// # Panics
    /// Where that fails.
    pub fn deletes(&self, uid: &str) -> String {
        let (_, id) = self.events().remove(uid).expect("the event");
        let gone = self.window.event_delete(&id, None, Scope::All, now());
        gone.expect("it is deleted").undo
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.window.lock();
    }
}
