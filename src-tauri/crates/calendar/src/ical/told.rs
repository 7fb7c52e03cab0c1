//! An event as it is told to others: what everybody invited has to know, and no other line.
//!
//! Nothing is copied from the event's text but the definition of a zone that nobody else knows;
//! every line is written out from what was understood. So nothing goes along that nobody thought
//! of, neither on the way out nor on the way in.

use std::ops::Range;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

use super::change::edit::{Edit, written};
use super::change::fields::{address, utc, with_zones};
use super::event::Event;
use super::header::PRODID;
use super::length::in_zone;
use super::lines::{Lines, escape, fold, quote, split};
use super::scan::{Part, scan};
use super::when::Point;
use super::zone::Zones;
use super::{
    Attendee, Frequency, IcalError, Limits, Object, Person, RecurrenceRule, Result, Status, When,
    Zone,
};

/// What is said of an event beside what it says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// UID.
    pub uid: &'a str,
    /// SEQUENCE.
    pub sequence: u32,
    /// DTSTAMP.
    pub stamp: DateTime<Utc>,
    /// ORGANIZER.
    pub organizer: &'a Person,
    /// ATTENDEE.
    pub attendees: &'a [Attendee],
    /// How much is told.
    pub tells: Tells,
}

/// How much of an event is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Everything that an invitation says.
    All,
    /// The same, and that it does not take place.
    Cancelled,
    /// Only when its first occurrence is; for an answer.
    Times,
}

/// The days that a meeting may last.
const MOST_DAYS: i64 = 31;

/// The dates that may be added to a series, and those that may be left out.
const MOST_DATES: usize = 1_000;

/// The bytes of the definition of a zone that nobody else knows.
const MOST_ZONE: usize = 16 * 1024;

/// The lines of a zone's definition that say what it is (RFC 5545, section 3.6.5).
const ZONE_LINES: [&str; 8] =
    ["BEGIN", "END", "TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"];

impl Object {
    /// The event as it is told: times, rule, exceptions and overrides, title, place and
    /// description, with what the frame says. Alarms, categories, and whatever else is in it stay.
    ///
    /// # Errors
    /// [`IcalError::BadTimes`] where it lasts longer than a month, repeats within a day, or has
    /// more dates than anybody meets on; [`IcalError::NotOneEvent`] where it is one occurrence of
    /// a series that is not here.
    pub fn told(&self, frame: &Frame<'_>) -> Result<Self> {
        let all = match frame.tells {
            Tells::Times => self.events.get(..1).unwrap_or_default(),
            Tells::All | Tells::Cancelled => &self.events,
        };
        if self.master().is_none() {
            return Err(IcalError::NotOneEvent);
        }
        if !all.iter().all(Event::is_sensible) {
            return Err(IcalError::BadTimes);
        }
        let mut events = String::new();
        let mut zones = Vec::new();
        for event in all {
            self.tell(event, frame, &mut zones, &mut events);
        }
        let zones = self.definitions(&zones);
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\n{zones}{events}END:VCALENDAR\r\n"
        );
        Self::own(with_zones(text)?)
    }

    fn tell(&self, event: &Event, frame: &Frame<'_>, zones: &mut Vec<String>, out: &mut String) {
        let mut say = |line: &str| fold(line, "\r\n", out);
        say("BEGIN:VEVENT");
        say(&format!("UID:{}", escape(&frame.uid.replace(char::is_control, ""))));
        say(&format!("DTSTAMP:{}", utc(frame.stamp)));
        say(&format!("SEQUENCE:{}", frame.sequence));
        let mut time = |name: &str, when: &When| {
            let (parameters, value) = written(&common(when, zones));
            say(&format!("{name}{parameters}:{value}"));
        };
        if let Some(id) = &event.recurrence_id {
            time(
                if event.future { "RECURRENCE-ID;RANGE=THISANDFUTURE" } else { "RECURRENCE-ID" },
                id,
            );
        }
        time("DTSTART", &event.start);
        let (end, ends) = event.length.end(&event.start, Tz::UTC);
        time("DTEND", &in_zone(end, ends, event.end_zone.as_ref()));
        if frame.tells != Tells::Times {
            for (at, length) in &event.dates {
                let start = event.start.at(*at);
                match length {
                    Some(length) if matches!(start, When::At(..)) => {
                        let end = length.end(&start, Tz::UTC).1;
                        let (start, end) = (utc(start.instant(Tz::UTC)), utc(end));
                        say(&format!("RDATE;VALUE=PERIOD:{start}/{end}"));
                    }
                    _ => {
                        let (parameters, value) = written(&common(&start, zones));
                        say(&format!("RDATE{parameters}:{value}"));
                    }
                }
            }
            event.excluded.iter().for_each(|point| match point {
                Point::Day(_) => say(&format!("EXDATE;VALUE=DATE:{point}")),
                Point::Local(_) | Point::Instant(_) => say(&format!("EXDATE:{point}")),
            });
            for day in &event.excluded_days {
                say(&format!("EXDATE;VALUE=DATE:{}", day.format("%Y%m%d")));
            }
            event.rules.iter().for_each(|rule| say(&format!("RRULE:{rule}")));
            event.ex_rules.iter().for_each(|rule| say(&format!("EXRULE:{rule}")));
            let said = self.summarised(event, event.start.clone(), event.length);
            let texts = [
                ("SUMMARY", Some(said.title)),
                ("LOCATION", said.location),
                ("DESCRIPTION", said.description),
            ];
            for (name, text) in texts {
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    say(&format!("{name}:{}", escape(&text)));
                }
            }
        }
        if frame.tells == Tells::Cancelled {
            say(&format!("STATUS:{}", Status::Cancelled.name()));
        }
        let cn =
            frame.organizer.name.as_ref().map_or(String::new(), |cn| format!(";CN={}", quote(cn)));
        say(&format!("ORGANIZER{cn}:{}", address(&frame.organizer.address)));
        for attendee in frame.attendees {
            let parameters = attendee.parameters("");
            say(&format!("ATTENDEE{parameters}:{}", address(&attendee.person.address)));
        }
        say("END:VEVENT");
    }

    /// What this text says of zones that are not known by their names.
    fn definitions(&self, names: &[String]) -> String {
        let limits = Limits { bytes: usize::MAX, line: usize::MAX, ..Limits::default() };
        let mut out = String::new();
        if names.is_empty() {
            return out;
        }
        for calendar in scan(&self.text, &limits).map(|scan| scan.calendars).unwrap_or_default() {
            let defined = Zones::of(&self.text, &calendar);
            for span in names.iter().filter_map(|name| defined.definition(name)) {
                out.push_str(&self.definition(span));
            }
        }
        out
    }

    fn definition(&self, span: Range<usize>) -> String {
        let text = self.text.get(span).unwrap_or_default();
        let mut out = String::new();
        for line in Lines::new(text) {
            let content = line.content(text);
            let Some((name, _, value)) = split(&content) else { continue };
            if ZONE_LINES.contains(&name.as_str()) && out.len() < MOST_ZONE {
                fold(&format!("{name}:{value}"), "\r\n", &mut out);
            }
        }
        // What is cut off would be no definition.
        if out.len() < MOST_ZONE { out } else { String::new() }
    }

    /// The event with the alarms that another version of it has in its master.
    ///
    /// # Errors
    /// [`IcalError::NotOneEvent`].
    pub fn with_alarms_of(&self, other: &Self) -> Result<Self> {
        let (Some(to), Some(from)) = (self.master(), other.master()) else {
            return Ok(self.clone());
        };
        let text = other.part(from);
        let mut lines = Vec::new();
        for (_, span) in Part::of(text).inner.iter().filter(|(name, _)| name == "VALARM") {
            let inner = text.get(span.clone()).unwrap_or_default();
            lines.extend(Lines::new(inner).map(|line| line.content(inner).into_owned()));
        }
        if lines.is_empty() {
            return Ok(self.clone());
        }
        let mut edit = Edit::of(self.part(to), "\r\n");
        edit.add_inner(&lines);
        self.rebuilt(vec![(to.span.clone(), edit.done())])
    }
}

/// A time in a zone by the name that everybody knows; one that nobody knows is noted.
fn common(when: &When, zones: &mut Vec<String>) -> When {
    match when {
        When::At(local, Zone::Named(tz, _)) => When::At(*local, Zone::from(*tz)),
        When::At(_, Zone::Custom(custom)) => {
            if !zones.iter().any(|known| known == custom.name()) {
                zones.push(custom.name().to_owned());
            }
            when.clone()
        }
        _ => when.clone(),
    }
}

impl Event {
    /// Whether anybody may mean it as a meeting.
    fn is_sensible(&self) -> bool {
        let lengths = self.dates.iter().filter_map(|(_, length)| *length).chain([self.length]);
        // A day more, since the clocks may change.
        let most = Duration::days(MOST_DAYS + 1);
        let dates = [self.dates.len(), self.excluded.len(), self.excluded_days.len()];
        lengths.map(super::length::Length::at_most).all(|length| length <= most)
            && dates.into_iter().all(|count| count <= MOST_DATES)
            && self.rules.iter().chain(&self.ex_rules).all(RecurrenceRule::is_by_days)
    }
}

impl RecurrenceRule {
    /// Whether it comes at most once a day.
    fn is_by_days(&self) -> bool {
        let times = [&self.by_hour, &self.by_minute, &self.by_second];
        self.frequency >= Frequency::Daily && times.iter().all(|list| list.len() <= 1)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::ical::{PartStat, Role};

    const ORGANIZER: &str = "matrix:u/karla:kommune.dk";

    fn person(address: &str, name: &str) -> Person {
        Person { address: address.into(), name: Some(name.into()) }
    }

    fn told(lines: &str, tells: Tells) -> Result<Object> {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:kanarie\r\nBEGIN:VTIMEZONE\r\n\
             TZID:Vores tid\r\nX-KANARIE:kanarie\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n\
             TZNAME:kanarie\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\n\
             END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:kanarie\r\nDTSTAMP:20260101T000000Z\r\n\
             {lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let attendee = Attendee {
            person: person("matrix:u/bo%2Fb:kommune.dk", "Bo \"B\", leder"),
            role: Role::Required,
            partstat: PartStat::NeedsAction,
            rsvp: true,
        };
        Object::parse(&text)?.told(&Frame {
            uid: "tilfældig",
            sequence: 3,
            stamp: Utc.with_ymd_and_hms(2026, 3, 1, 8, 0, 0).unwrap(),
            organizer: &person(ORGANIZER, "Karla"),
            attendees: &[attendee],
            tells,
        })
    }

    const EVENT: &str = "DTSTART;TZID=Vores tid;X-K=kanarie:20260310T090000\r\n\
        DURATION:PT3H\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;TZID=Vores tid:20260317T090000\r\n\
        SUMMARY;X-K=kanarie;ALTREP=\"cid:kanarie\":Møde\\, hos os\r\nLOCATION:Rådhuset\r\n\
        DESCRIPTION:Linje 1\\nLinje 2\r\nCATEGORIES:kanarie\r\nCLASS:PRIVATE\r\nCOMMENT:kanarie\r\n\
        ATTACH:file:///kanarie\r\nURL:https://kanarie.example\r\nGEO:1;2\r\nCONTACT:kanarie\r\n\
        ATTENDEE;CN=kanarie:mailto:kanarie@x.example\r\nORGANIZER:mailto:kanarie@y.example\r\n\
        X-KANARIE:1\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:kanarie\r\nTRIGGER:-PT5M\r\n\
        END:VALARM\r\n";

    #[test]
    fn only_what_an_invitation_says_is_told() {
        let told = told(EVENT, Tells::All).unwrap();
        let text = told.text();
        assert!(!text.to_lowercase().contains("kanarie"), "{text}");
        for gone in ["VALARM", "CLASS", "GEO", "X-", "URL", "COUNT=5", "STATUS"] {
            assert!(!text.contains(gone), "{gone}: {text}");
        }
        let said = told.summary();
        assert_eq!((said.title.as_str(), said.sequence), ("Møde, hos os", 3));
        assert_eq!(said.location.as_deref(), Some("Rådhuset"));
        assert_eq!(said.description.as_deref(), Some("Linje 1\nLinje 2"));
        assert_eq!(said.start.key(), "20260310T033000Z", "in the zone that it defines");
        assert_eq!(said.end.key(), "20260310T063000Z");
        assert!(said.recurs && text.contains("EXDATE:20260317T033000Z"), "{text}");
    }

    #[test]
    fn addresses_of_rooms_are_kept_as_they_are() {
        let told = told(EVENT, Tells::Cancelled).unwrap();
        let said = told.summary();
        assert_eq!(said.organizer, Some(person(ORGANIZER, "Karla")));
        let bo = &said.attendees[0].person;
        assert_eq!(bo.address, "matrix:u/bo%2Fb:kommune.dk");
        assert_eq!(bo.name.as_deref(), Some("Bo \"B\", leder"));
        assert_eq!(said.status, Status::Cancelled);
        let again = told.told(&Frame {
            uid: told.uid(),
            sequence: 3,
            stamp: said.stamp.unwrap(),
            organizer: said.organizer.as_ref().unwrap(),
            attendees: &said.attendees,
            tells: Tells::Cancelled,
        });
        assert_eq!(again.unwrap().text(), told.text(), "what is told is told again as it is");
    }

    #[test]
    fn an_answer_tells_nothing_but_when() {
        let text = told(EVENT, Tells::Times).unwrap().text().to_owned();
        for gone in ["SUMMARY", "LOCATION", "DESCRIPTION", "RRULE", "EXDATE"] {
            assert!(!text.contains(gone), "{gone}: {text}");
        }
    }

    #[test]
    fn what_nobody_means_as_a_meeting_is_refused() {
        for lines in [
            "DTSTART:20260310T090000Z\r\nDTEND:20360310T090000Z\r\n",
            "DTSTART:20260310T090000Z\r\nDURATION:P400D\r\n",
            "DTSTART:20260310T090000Z\r\nRRULE:FREQ=SECONDLY\r\n",
            "DTSTART:20260310T090000Z\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3\r\n",
        ] {
            assert_eq!(told(lines, Tells::All).unwrap_err(), IcalError::BadTimes, "{lines}");
        }
        let one = "RECURRENCE-ID:20260310T090000Z\r\nDTSTART:20260310T090000Z\r\n";
        assert_eq!(told(one, Tells::All).unwrap_err(), IcalError::NotOneEvent);
        let nonsense = "DTSTART:20260310T090000Z\r\nDURATION:P999999999999D\r\n";
        let said = told(nonsense, Tells::All).unwrap().summary();
        assert_eq!(said.start.key(), said.end.key(), "a length that is none");
    }

    #[test]
    fn alarms_of_ones_own_stay_when_a_new_version_comes() {
        let mine = Object::parse(&format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{EVENT}END:VEVENT\r\nEND:VCALENDAR\r\n"
        ));
        let new = told(EVENT, Tells::All).unwrap().with_alarms_of(&mine.unwrap()).unwrap();
        assert_eq!(new.summary().alarms, [5]);
    }
}
