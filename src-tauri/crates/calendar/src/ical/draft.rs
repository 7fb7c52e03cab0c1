//! A new event.

use chrono::{DateTime, Utc};

use super::change::edit::Edit;
use super::change::fields::{check, utc, with_zones};
use super::change::fit_end;
use super::header::PRODID;
use super::lines::escape;
use super::{Attendee, Change, Object, Person, RecurrenceRule, Result, Status, When};

/// What a new event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// SUMMARY.
    pub title: String,
    /// LOCATION; none where empty.
    pub location: String,
    /// DESCRIPTION; none where empty.
    pub description: String,
    /// URL; none where empty.
    pub url: String,
    /// CATEGORIES.
    pub categories: Vec<String>,
    /// DTSTART.
    pub start: When,
    /// DTEND, of the same kind as the start and not before it; for days the first day after.
    pub end: When,
    /// RRULE.
    pub rule: Option<RecurrenceRule>,
    /// VALARM.
    pub alarms: Vec<Alarm>,
    /// ORGANIZER.
    pub organizer: Option<Person>,
    /// ATTENDEE.
    pub attendees: Vec<Attendee>,
    /// STATUS; confirmed is left out.
    pub status: Status,
    /// TRANSP; busy is left out.
    pub busy: bool,
}

/// A reminder before the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// How many minutes before.
    pub minutes_before: u32,
}

impl Draft {
    /// An event with a title and nothing else.
    #[must_use]
    pub fn new(title: &str, start: When, end: When) -> Self {
        Self {
            title: title.to_owned(),
            location: String::new(),
            description: String::new(),
            url: String::new(),
            categories: Vec::new(),
            start,
            end,
            rule: None,
            alarms: Vec::new(),
            organizer: None,
            attendees: Vec::new(),
            status: Status::Confirmed,
            busy: true,
        }
    }
}

impl Object {
    /// A new event.
    ///
    /// # Errors
    /// [`super::IcalError::BadTimes`], and [`super::IcalError::NotOneEvent`] where the UID is none.
    pub fn create(uid: &str, draft: &Draft, now: DateTime<Utc>) -> Result<Self> {
        check(&draft.start, &draft.end)?;
        let change = Change {
            title: Some(draft.title.clone()),
            location: Some(draft.location.clone()),
            description: Some(draft.description.clone()),
            url: Some(draft.url.clone()),
            categories: Some(draft.categories.clone()),
            alarms: Some(draft.alarms.clone()),
            organizer: draft.organizer.clone(),
            attendees: Some(draft.attendees.clone()),
            status: Some(draft.status),
            busy: Some(draft.busy),
            ..Change::default()
        };
        let uid = uid.replace(char::is_control, "");
        let empty = "BEGIN:VEVENT\r\nEND:VEVENT\r\n";
        let mut edit = Edit::of(empty, "\r\n");
        edit.add("UID", "", &escape(&uid));
        edit.add("DTSTAMP", "", &utc(now));
        edit.add("CREATED", "", &utc(now));
        edit.put_time("DTSTART", &draft.start);
        edit.put_time("DTEND", &draft.end);
        if let Some(rule) = &draft.rule {
            let mut rule = rule.clone();
            fit_end(&mut rule, &draft.start);
            edit.add("RRULE", "", &rule.to_string());
        }
        change.put_fields(&mut edit);
        let event = edit.done();
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\n{event}END:VCALENDAR\r\n"
        );
        Self::own(with_zones(text)?)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::ical::{PartStat, Role, Zone};

    fn at(text: &str) -> When {
        When::At(text.parse().unwrap(), Zone::from(chrono_tz::Tz::Europe__Copenhagen))
    }

    #[test]
    fn a_new_event_says_what_the_draft_says() {
        let now = Utc.with_ymd_and_hms(2026, 1, 2, 3, 4, 5).unwrap();
        let mut draft =
            Draft::new("Møde; om \"løfter\"", at("2026-11-24T16:40:00"), at("2026-11-24T18:00:00"));
        draft.location = "Rådhuset, lokale 4".into();
        draft.description = "Linje 1\nLinje 2".into();
        draft.rule = Some("FREQ=MONTHLY;BYDAY=4TU;UNTIL=20271231".parse().unwrap());
        draft.alarms = vec![Alarm { minutes_before: 15 }];
        draft.busy = false;
        draft.organizer =
            Some(Person { address: "ann@a.example".into(), name: Some("Ann".into()) });
        draft.attendees = vec![Attendee {
            person: Person { address: "bo@b.example".into(), name: Some("Bo, leder".into()) },
            role: Role::Optional,
            partstat: PartStat::NeedsAction,
            rsvp: true,
        }];
        let object = Object::create("1@fristed", &draft, now).unwrap();
        let summary = object.summary();
        assert_eq!(summary.title, draft.title);
        assert_eq!(summary.location.as_deref(), Some("Rådhuset, lokale 4"));
        assert_eq!(summary.description.as_deref(), Some("Linje 1\nLinje 2"));
        assert_eq!((&summary.start, &summary.end), (&draft.start, &draft.end));
        assert_eq!(
            summary.rule.unwrap().to_string(),
            "FREQ=MONTHLY;UNTIL=20271231T225959Z;BYDAY=4TU"
        );
        assert_eq!(summary.alarms, [15]);
        assert!(!summary.busy);
        assert_eq!(summary.organizer, draft.organizer);
        assert_eq!(summary.attendees, draft.attendees);
        assert_eq!(summary.stamp, Some(now));
        assert!(object.text().contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n"));
        assert!(object.text().split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    }

    #[test]
    fn what_ends_before_it_starts_is_refused() {
        let draft = Draft::new("A", at("2026-11-24T16:40:00"), at("2026-11-24T16:39:00"));
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(Object::create("1", &draft, now).unwrap_err(), crate::ical::IcalError::BadTimes);
    }
}
