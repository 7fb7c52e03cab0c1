//! The fields of one component.

use std::ops::Range;

use chrono::{DateTime, Datelike, Utc};

use super::super::event::Event;
use super::super::lines::{escape, line_break, quote};
use super::super::people::Attendee;
use super::super::scan::scan;
use super::super::zone::{Zones, definition};
use super::super::{Alarm, IcalError, Limits, Object, Result, Status, When, Zone};
use super::Change;
use super::edit::{Edit, with};

/// Whether a start and an end go together: of one kind, in order, and in the years that the RFC
/// can write.
pub(in crate::ical) fn check(start: &When, end: &When) -> Result<()> {
    let kinds = matches!(
        (start, end),
        (When::Day(_), When::Day(_))
            | (When::Floating(_), When::Floating(_))
            | (When::At(..), When::At(..))
    );
    let utc = chrono_tz::Tz::UTC;
    let ordered = if start.is_day() {
        end.day() > start.day()
    } else {
        end.instant(utc) >= start.instant(utc)
    };
    let years = [start, end].iter().all(|when| (1..=9999).contains(&when.day().year()));
    if kinds && ordered && years { Ok(()) } else { Err(IcalError::BadTimes) }
}

/// An instant as a property's value.
pub(in crate::ical) fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

impl Change {
    /// Makes the changes that concern one component alone: all but times and rule.
    pub(in crate::ical) fn put_fields(&self, edit: &mut Edit<'_>) {
        let texts = [
            ("SUMMARY", &self.title),
            ("LOCATION", &self.location),
            ("DESCRIPTION", &self.description),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                edit.put_text(name, &escape(value));
            }
        }
        if let Some(url) = &self.url {
            edit.put_text("URL", &url.replace(char::is_control, ""));
        }
        if let Some(categories) = &self.categories {
            let escaped: Vec<String> = categories.iter().map(|text| escape(text)).collect();
            edit.remove(&["CATEGORIES"]);
            if !escaped.is_empty() {
                edit.put("CATEGORIES", "", &escaped.join(","));
            }
        }
        match self.status {
            Some(Status::Confirmed) if edit.all("STATUS").is_empty() => {}
            Some(status) => edit.put("STATUS", "", status.name()),
            None => {}
        }
        match self.busy {
            Some(true) => edit.remove(&["TRANSP"]),
            Some(false) => edit.put("TRANSP", "", "TRANSPARENT"),
            None => {}
        }
        if let Some(organizer) = &self.organizer {
            let cn =
                organizer.name.as_ref().map_or(String::new(), |cn| format!(";CN={}", quote(cn)));
            edit.put("ORGANIZER", &cn, &address(&organizer.address));
        }
        if let Some(attendees) = &self.attendees {
            put_attendees(edit, attendees);
        }
        if let Some(alarms) = &self.alarms {
            put_alarms(edit, alarms, self.title.as_deref());
        }
    }
}

impl Status {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Tentative => "TENTATIVE",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// A calendar address as a property's value.
pub(in crate::ical) fn address(address: &str) -> String {
    let clean = address.replace(|c: char| c.is_control() || c.is_whitespace(), "");
    // Exchange knows people without mail by other schemes.
    if clean.contains(':') { clean } else { format!("mailto:{clean}") }
}

fn put_attendees(edit: &mut Edit<'_>, wanted: &[Attendee]) {
    let there = edit.all("ATTENDEE");
    let is = |attendee: &Attendee, value: &str| attendee.person.is(value);
    for line in &there {
        match wanted.iter().find(|attendee| is(attendee, &line.value)) {
            None => edit.take(line),
            Some(attendee) => {
                let parameters = attendee.parameters(&line.parameters);
                edit.replace(line, "ATTENDEE", &parameters, &line.value);
            }
        }
    }
    for attendee in wanted {
        if !there.iter().any(|line| is(attendee, &line.value)) {
            let parameters = attendee.parameters("");
            edit.add("ATTENDEE", &parameters, &address(&attendee.person.address));
        }
    }
}

impl Attendee {
    /// The line's parameters with this said in them; where they say it already, or where it is
    /// what silence means, they stay.
    pub(in crate::ical) fn parameters(&self, there: &str) -> String {
        use super::super::lines::parameter;
        let mut text = there.to_owned();
        let mut say = |name: &str, value: &str, silence: &str| {
            let said = parameter(&text, name).unwrap_or_else(|| silence.to_owned());
            if !said.eq_ignore_ascii_case(value) {
                text = with(&text, name, value);
            }
        };
        if let Some(cn) = &self.person.name {
            say("CN", cn, "");
        }
        say("ROLE", self.role.name(), "REQ-PARTICIPANT");
        say("PARTSTAT", self.partstat.name(), "NEEDS-ACTION");
        say("RSVP", if self.rsvp { "TRUE" } else { "FALSE" }, "FALSE");
        text
    }
}

fn put_alarms(edit: &mut Edit<'_>, alarms: &[Alarm], title: Option<&str>) {
    edit.remove_inner("VALARM");
    let said = edit.all("SUMMARY").into_iter().next().map(|line| line.value);
    let title = title.map(escape).or(said).filter(|text| !text.is_empty());
    let title = title.unwrap_or_else(|| "-".to_owned());
    for alarm in alarms {
        edit.add_inner(&[
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{title}"),
            format!("TRIGGER:-PT{}M", alarm.minutes_before),
            "END:VALARM".to_owned(),
        ]);
    }
}

impl Object {
    /// An event's text.
    pub(in crate::ical) fn part(&self, event: &Event) -> &str {
        self.text.get(event.span.clone()).unwrap_or_default()
    }

    /// The object with some of its components replaced; an empty place adds one behind the last
    /// event, and an empty text takes one away. The zones that are named then are defined too.
    pub(in crate::ical) fn rebuilt(&self, mut new: Vec<(Range<usize>, String)>) -> Result<Self> {
        let last = self.events.iter().map(|event| event.span.end).max().unwrap_or(0);
        for (span, _) in &mut new {
            if span.start == span.end {
                *span = last..last;
            }
        }
        new.sort_by_key(|(span, _)| (span.start, span.end));
        let mut text = String::with_capacity(self.text.len() + 512);
        let mut copied = 0;
        for (span, part) in new {
            text.push_str(self.text.get(copied..span.start).unwrap_or_default());
            text.push_str(&part);
            copied = span.end;
        }
        text.push_str(self.text.get(copied..).unwrap_or_default());
        Self::own(with_zones(text)?)
    }
}

/// The text with a definition of each zone that it names and does not define.
pub(in crate::ical) fn with_zones(text: String) -> Result<String> {
    let limits = Limits { bytes: usize::MAX, line: usize::MAX, ..Limits::default() };
    let scan = scan(&text, &limits)?;
    let Some(calendar) = scan.calendars.first() else { return Ok(text) };
    let zones = Zones::of(&text, calendar);
    let events = || calendar.components.iter().filter(|found| found.name == "VEVENT");
    let mut missing: Vec<String> = Vec::new();
    let mut year = 2026;
    for found in events() {
        let part = text.get(found.span.clone()).unwrap_or_default();
        for tzid in super::super::read::tzids(part) {
            if zones.definition(&tzid).is_none() && !missing.contains(&tzid) {
                missing.push(tzid);
            }
        }
        let start = Edit::of(part, "\n").all("DTSTART").into_iter().next();
        let said = start.and_then(|line| line.value.get(..4)?.parse::<i32>().ok());
        year = said.map_or(year, |said| said.min(year));
    }
    let Some(at) = events().map(|found| found.span.start).min() else { return Ok(text) };
    let definitions: String = missing
        .iter()
        .filter_map(|tzid| match Zone::named(tzid)? {
            Zone::Named(tz, _) => Some(definition(tz, tzid, year)),
            _ => None,
        })
        .collect();
    if definitions.is_empty() {
        return Ok(text);
    }
    let definitions =
        if line_break(&text) == "\n" { definitions.replace("\r\n", "\n") } else { definitions };
    let (before, after) = text.split_at_checked(at).unwrap_or((&text, ""));
    Ok(format!("{before}{definitions}{after}"))
}
