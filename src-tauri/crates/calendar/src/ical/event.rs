//! One VEVENT, as far as time goes. `calcard` reads the values, leniently.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName,
    ICalendarPeriod, ICalendarProperty as Property, ICalendarStatus, ICalendarTransparency,
    ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use fristed_base::shown::shown_line;

use super::length::{Length, of_duration};
use super::lines::split;
use super::scan::Part;
use super::value::when;
use super::when::Point;
use super::zone::Zones;
use super::{Limits, Reason, RecurrenceRule, Status, UNKNOWN_ZONES, When, Zone};

/// An event or an override, as far as time goes, with what a view shows of it.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// Where it stands in its object's text.
    pub span: Range<usize>,
    pub uid: Option<String>,
    pub recurrence_id: Option<When>,
    /// RANGE=THISANDFUTURE: it stands for those after it, too.
    pub future: bool,
    pub start: When,
    pub length: Length,
    /// The zone in which its end is given, where that is another one than the start's.
    pub end_zone: Option<Zone>,
    pub rules: Vec<RecurrenceRule>,
    /// EXRULE (RFC 2445, section 4.8.5.2): no longer written, and still found.
    pub ex_rules: Vec<RecurrenceRule>,
    /// RDATE as the start's wall reads it, in order, with a length where one is given.
    pub dates: Vec<(NaiveDateTime, Option<Length>)>,
    /// EXDATE in order.
    pub excluded: Vec<Point>,
    /// EXDATE that name whole days of an event with times.
    pub excluded_days: Vec<NaiveDate>,
    pub title: Arc<str>,
    pub location: Option<Arc<str>>,
    pub status: Status,
    pub busy: bool,
    pub sequence: i64,
    pub stamp: Option<DateTime<Utc>>,
}

/// What was noticed while an event was read.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    pub bad_rule: bool,
    /// The zones that are neither known nor defined.
    pub unknown_zones: Vec<String>,
}

/// How much of a zone's name is told, in characters.
const ZONE_NAME: usize = 100;

/// Notes the name of a zone that is not known, once.
fn note_zone(noted: &mut Vec<String>, tzid: &str) {
    let name: String = shown_line(tzid).chars().take(ZONE_NAME).collect();
    if noted.len() < UNKNOWN_ZONES && !noted.contains(&name) {
        noted.push(name);
    }
}

/// Reads the properties of a component, without those of the components in it.
pub(super) fn component(text: &str) -> Option<ICalendarComponent> {
    match Parser::new(&without_wrong_value(text)).entry() {
        Entry::ICalendar(calendar) => calendar
            .components
            .into_iter()
            .next()
            .filter(|first| first.component_type == ICalendarComponentType::VEvent),
        _ => None,
    }
}

/// `VALUE=DATE` before a date with a time, which some programs write: the time is what they mean.
fn without_wrong_value(text: &str) -> Cow<'_, str> {
    const WRONG: &str = ";VALUE=DATE:";
    let wrong = |at: usize| {
        let value = text.get(at + WRONG.len()..).unwrap_or_default().as_bytes();
        value.len() > 8
            && value.iter().take(8).all(u8::is_ascii_digit)
            && value.get(8) == Some(&b'T')
    };
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices(WRONG).filter(|(at, _)| wrong(*at)) {
        out.push_str(text.get(copied..at).unwrap_or_default());
        copied = at + WRONG.len() - 1;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// What an event's times are read with.
pub(super) struct Context<'a> {
    /// The text in which the zones are defined.
    pub text: &'a str,
    pub zones: &'a mut Zones,
    pub limits: &'a Limits,
    /// Whether it comes with a METHOD; a cancellation or an answer need not say when.
    pub message: bool,
    pub noticed: Noticed,
}

impl Context<'_> {
    fn zone(&mut self, entry: &ICalendarEntry) -> Option<Zone> {
        let tzid = entry.parameter(&ICalendarParameterName::Tzid)?.as_text()?;
        let zone = self.zones.get(self.text, tzid);
        if zone.is_none() && !tzid.is_empty() {
            note_zone(&mut self.noticed.unknown_zones, tzid);
        }
        zone
    }

    /// The times in an entry, in the zone that it names.
    fn whens(&mut self, entry: &ICalendarEntry) -> Vec<When> {
        let zone = self.zone(entry);
        entry.values.iter().filter_map(|value| when(entry, value, zone.as_ref())).collect()
    }
}

impl Event {
    /// Reads an event's text.
    pub(super) fn read(text: &str, context: &mut Context<'_>) -> Result<Self, Reason> {
        let part = Part::of(text);
        let component = component(text).ok_or(Reason::Unreadable)?;
        let first = |name: Property| component.entries.iter().find(|entry| entry.name == name);
        let texts = |name| first(name).map(texts).filter(|text| !text.is_empty());
        let stamp = first(Property::Dtstamp)
            .and_then(|entry| context.whens(entry).into_iter().next())
            .map(|stamp| stamp.instant(chrono_tz::Tz::UTC));
        let recurrence =
            first(Property::RecurrenceId).and_then(|e| Some((e, context.whens(e).pop()?)));
        let start = first(Property::Dtstart).and_then(|e| context.whens(e).into_iter().next());
        let start = start
            .or_else(|| recurrence.as_ref().map(|(_, at)| at.clone()))
            .or_else(|| {
                let stamp = stamp.filter(|_| context.message)?;
                Some(When::At(stamp.naive_utc(), Zone::Utc))
            })
            .ok_or(Reason::NoStart)?;
        let end = first(Property::Dtend).and_then(|e| context.whens(e).into_iter().next());
        let duration = first(Property::Duration).and_then(|e| match e.values.first() {
            Some(ICalendarValue::Duration(duration)) => Some(of_duration(duration)),
            _ => None,
        });
        let mut event = Self {
            span: 0..text.len(),
            uid: texts(Property::Uid),
            future: recurrence
                .as_ref()
                .is_some_and(|(entry, _)| entry.has_parameter(&ICalendarParameterName::Range)),
            recurrence_id: recurrence.map(|(_, at)| at),
            length: Length::between(&start, end.as_ref(), duration),
            end_zone: match (&start, end) {
                (When::At(_, zone), Some(When::At(_, other))) if *zone != other => Some(other),
                _ => None,
            },
            start,
            rules: Vec::new(),
            ex_rules: Vec::new(),
            dates: Vec::new(),
            excluded: Vec::new(),
            excluded_days: Vec::new(),
            title: shown_line(&texts(Property::Summary).unwrap_or_default()).into(),
            location: texts(Property::Location).map(|text| shown_line(&text).into()),
            status: status(first(Property::Status)),
            busy: !matches!(
                first(Property::Transp).and_then(|e| e.values.first()),
                Some(ICalendarValue::Transparency(ICalendarTransparency::Transparent))
            ),
            sequence: first(Property::Sequence)
                .and_then(|e| e.values.first())
                .and_then(ICalendarValue::as_integer)
                .unwrap_or(0),
            stamp,
        };
        event.read_rules(text, &part, context);
        event.read_dates(&component, context)?;
        Ok(event)
    }

    /// Rules are read by our own reader: `calcard`'s lets numbers overflow into others.
    fn read_rules(&mut self, text: &str, part: &Part, context: &mut Context<'_>) {
        for line in &part.own {
            let content = line.content(text);
            let Some((name, _, value)) = split(&content) else { continue };
            let rules = match name.as_str() {
                "RRULE" => &mut self.rules,
                "EXRULE" => &mut self.ex_rules,
                _ => continue,
            };
            match value.parse::<RecurrenceRule>() {
                // Nobody has more; each costs steps of its own.
                Ok(rule) if rules.len() < 16 => rules.push(rule),
                _ => context.noticed.bad_rule = true,
            }
        }
    }

    fn read_dates(
        &mut self,
        component: &ICalendarComponent,
        context: &mut Context<'_>,
    ) -> Result<(), Reason> {
        let named = |name: Property| component.entries.iter().filter(move |e| e.name == name);
        let all = named(Property::Rdate).chain(named(Property::Exdate));
        if all.map(|entry| entry.values.len()).sum::<usize>() > context.limits.dates {
            return Err(Reason::TooManyDates);
        }
        for entry in named(Property::Rdate) {
            let zone = context.zone(entry);
            for value in &entry.values {
                let Some(at) = when(entry, value, zone.as_ref()) else { continue };
                let length = match value {
                    ICalendarValue::Period(period) => Some(self.period(&at, period, zone.as_ref())),
                    _ => None,
                };
                self.dates.push((self.start.reading(&at), length));
            }
        }
        self.dates.sort_by_key(|(at, _)| *at);
        self.dates.dedup_by_key(|(at, _)| *at);
        for entry in named(Property::Exdate) {
            for at in context.whens(entry) {
                if at.is_day() && !self.start.is_day() {
                    self.excluded_days.push(at.day());
                } else {
                    self.excluded.push(self.start.at(self.start.reading(&at)).point());
                }
            }
        }
        self.excluded.sort_unstable();
        self.excluded_days.sort_unstable();
        Ok(())
    }

    fn period(&self, start: &When, period: &ICalendarPeriod, zone: Option<&Zone>) -> Length {
        match period {
            ICalendarPeriod::Duration { duration, .. } => of_duration(duration),
            ICalendarPeriod::Range { end, .. } => {
                let end = super::value::of_parts(end, zone);
                end.map_or(self.length, |end| Length::between(start, Some(&end), None))
            }
        }
    }

    /// Whether there may be more than one occurrence.
    pub(super) fn recurs(&self) -> bool {
        !self.rules.is_empty() || !self.dates.is_empty()
    }

    /// Whether EXDATE leaves an occurrence out.
    pub(super) fn excludes(&self, point: Point, local: NaiveDateTime) -> bool {
        self.excluded.binary_search(&point).is_ok()
            || self.excluded_days.binary_search(&local.date()).is_ok()
    }

    /// The newer of two versions of one event (RFC 5546, section 2.1.5).
    pub(super) fn is_newer_than(&self, other: &Self) -> bool {
        (self.sequence, self.stamp) > (other.sequence, other.stamp)
    }
}

/// An entry's texts, joined where there are several.
pub(super) fn texts(entry: &ICalendarEntry) -> String {
    let values: Vec<&str> = entry.values.iter().filter_map(ICalendarValue::as_text).collect();
    values.join(",")
}

pub(super) fn status(entry: Option<&ICalendarEntry>) -> Status {
    match entry.and_then(|entry| entry.values.first()) {
        Some(ICalendarValue::Status(ICalendarStatus::Tentative)) => Status::Tentative,
        Some(ICalendarValue::Status(ICalendarStatus::Cancelled)) => Status::Cancelled,
        _ => Status::Confirmed,
    }
}
