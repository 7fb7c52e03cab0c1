//! Changing a whole series.

use chrono::{DateTime, Datelike, Duration, NaiveDateTime, Utc};

use super::super::event::Event;
use super::super::length::Length;
use super::super::lines::{escape, line_break};
use super::super::rule::{Days, Frequency};
use super::super::{End, Object, RecurrenceRule, Result, When};
use super::Change;
use super::edit::{Edit, Property, without, written};
use super::fields::utc;

/// How every time of a series moves with its start.
struct Move {
    from: When,
    to: When,
    by: Duration,
}

impl Move {
    /// Where a time that the old start's wall shows goes.
    fn local(&self, local: NaiveDateTime) -> When {
        self.to.at(local.checked_add_signed(self.by).unwrap_or(local))
    }

    /// Where a time goes.
    fn of(&self, when: &When) -> When {
        self.local(self.from.reading(when))
    }
}

impl Object {
    pub(super) fn change_all(&self, change: &Change, now: DateTime<Utc>) -> Result<Self> {
        let Some(master) = self.master() else {
            // Only overrides are known of this series; each is changed for itself.
            let mut object = self.clone();
            for event in &self.events {
                if let Some(id) = &event.recurrence_id {
                    object =
                        object.change_one(id, &Change { times: None, ..change.clone() }, now)?;
                }
            }
            return Ok(object);
        };
        let line_break = line_break(&self.text);
        let moved = change.times.as_ref().map(|(start, _)| Move {
            from: master.start.clone(),
            to: start.clone(),
            by: start.local().signed_duration_since(master.start.local()),
        });
        let moved = moved.filter(|moved| moved.from != moved.to);
        let mut edit = Edit::of(self.part(master), line_break);
        change.put_fields(&mut edit);
        if let Some((start, end)) = &change.times {
            put_times(&mut edit, master, start, end);
        }
        let rule = self.new_rule(master, change, moved.as_ref());
        match &rule {
            Some(Some(rule)) => edit.put("RRULE", "", &rule.to_string()),
            Some(None) => edit.remove(&["RRULE", "RDATE", "EXDATE", "EXRULE"]),
            None => {}
        }
        if let (Some(moved), false) = (&moved, matches!(rule, Some(None))) {
            put_dates(&mut edit, "EXDATE", moved, master);
            put_dates(&mut edit, "RDATE", moved, master);
        }
        stamp(&mut edit, master, now);
        let mut texts = vec![(master.span.clone(), edit.done())];
        let single = matches!(rule, Some(None)) && master.recurs();
        for event in self.events.iter().filter(|event| event.recurrence_id.is_some()) {
            let text = if single {
                String::new()
            } else {
                self.override_along(master, event, change, moved.as_ref(), now)
            };
            texts.push((event.span.clone(), text));
        }
        let object = self.rebuilt(texts)?;
        if matches!(rule, Some(Some(_))) { object.without_strays() } else { Ok(object) }
    }

    /// The rule after the change: as the change says, or moved with the start.
    #[allow(clippy::option_option)]
    fn new_rule(
        &self,
        master: &Event,
        change: &Change,
        moved: Option<&Move>,
    ) -> Option<Option<RecurrenceRule>> {
        let own = master.rules.first();
        if let Some(rule) = &change.rule {
            let mut rule = rule.clone();
            let start = change.times.as_ref().map_or(&master.start, |(start, _)| start);
            if let Some(rule) = &mut rule {
                fit_end(rule, start);
            }
            return (rule.as_ref() != own || rule.is_none()).then_some(rule);
        }
        let rule = along(own?, moved?);
        (rule != *own?).then_some(Some(rule))
    }

    /// An override after the series has changed.
    fn override_along(
        &self,
        master: &Event,
        event: &Event,
        change: &Change,
        moved: Option<&Move>,
        now: DateTime<Utc>,
    ) -> String {
        let text = self.part(event);
        let mut edit = Edit::of(text, line_break(&self.text));
        let series = Edit::of(self.part(master), "\n");
        // What the override had only copied changes with the series.
        let texts = [
            ("SUMMARY", &change.title),
            ("LOCATION", &change.location),
            ("DESCRIPTION", &change.description),
        ];
        let mut changed = false;
        for (name, value) in texts {
            let said = |edit: &Edit<'_>| edit.all(name).into_iter().next().map(|line| line.value);
            if let Some(value) = value
                && said(&edit) == said(&series)
            {
                edit.put_text(name, &escape(value));
                changed = true;
            }
        }
        if let (Some(moved), Some(id)) = (moved, &event.recurrence_id) {
            edit_id(&mut edit, &moved.of(id));
            if event.start.point() == id.point() {
                let start = moved.of(id);
                let length = match &change.times {
                    Some((start, end)) if event.length == master.length => {
                        Length::between(start, Some(end), None)
                    }
                    _ => event.length,
                };
                let (end, _) = fitting(length, &start).end(&start, chrono_tz::Tz::UTC);
                put_times(&mut edit, event, &start, &end);
            }
            changed = true;
        }
        if !changed {
            return text.to_owned();
        }
        stamp(&mut edit, event, now);
        edit.done()
    }

    /// Without the overrides that override nothing any more.
    fn without_strays(self) -> Result<Self> {
        let Some(master) = self.master() else { return Ok(self) };
        let strays: Vec<_> = self
            .events
            .iter()
            .filter(|event| event.recurrence_id.as_ref().is_some_and(|id| !self.gives(master, id)))
            .map(|event| (event.span.clone(), String::new()))
            .collect();
        if strays.is_empty() { Ok(self) } else { self.rebuilt(strays) }
    }
}

/// A length of the kind that a start of another kind can have.
fn fitting(length: Length, start: &When) -> Length {
    match (length, start.is_day()) {
        (Length::Days(_), true) | (Length::Exact(_) | Length::Nominal(..), false) => length,
        (Length::Days(days), false) => Length::Nominal(days, Duration::zero()),
        (_, true) => Length::Days(1),
    }
}

/// Writes start and end where they are others than before.
pub(super) fn put_times(edit: &mut Edit<'_>, event: &Event, start: &When, end: &When) {
    if *start != event.start || start.zone_name() != event.start.zone_name() {
        edit.put_time("DTSTART", start);
    }
    let same_length =
        Length::between(start, Some(end), None) == event.length && event.end_zone.is_none();
    // DURATION stands where it was as long as it says the same.
    if same_length && !edit.all("DURATION").is_empty() {
        return;
    }
    if edit.all("DTEND").is_empty() && edit.all("DURATION").is_empty() && same_length {
        return;
    }
    let (before, _) = event.length.end(&event.start, chrono_tz::Tz::UTC);
    if *start == event.start && before == *end && event.end_zone.is_none() {
        return;
    }
    edit.remove(&["DURATION"]);
    edit.put_time("DTEND", end);
}

/// Writes which occurrence an override is for; a range stays.
pub(super) fn edit_id(edit: &mut Edit<'_>, id: &When) {
    let there = edit.all("RECURRENCE-ID").into_iter().next();
    let kept = there.map_or(String::new(), |line| without(&line.parameters, &["TZID", "VALUE"]));
    let (parameters, value) = written(id);
    edit.put("RECURRENCE-ID", &format!("{parameters}{kept}"), &value);
}

/// Marks a component as changed.
pub(super) fn stamp(edit: &mut Edit<'_>, event: &Event, now: DateTime<Utc>) {
    edit.put("DTSTAMP", "", &utc(now));
    edit.put("LAST-MODIFIED", "", &utc(now));
    let sequence = event.sequence.clamp(0, i64::from(i32::MAX) - 1) + 1;
    edit.put("SEQUENCE", "", &sequence.to_string());
}

/// Moves the dates of EXDATE and RDATE. A period moves with its start and keeps its length.
fn put_dates(edit: &mut Edit<'_>, name: &str, moved: &Move, master: &Event) {
    for line in edit.all(name) {
        let (times, ends) = read_dates(&line, master);
        let mut values = Vec::with_capacity(times.len());
        let mut parameters = String::new();
        let timed = !moved.to.is_day();
        for (when, end) in times.iter().zip(ends) {
            let new = moved.of(when);
            let (said, value) = written(&new);
            parameters = said;
            match end {
                Some(length) if timed && length.starts_with('P') => {
                    values.push(format!("{value}/{length}"));
                }
                Some(end) if timed => {
                    let end = When::from_key(&end).map(|end| moved.of(&placed(end, when)));
                    let end = end.map_or_else(String::new, |end| format!("/{}", written(&end).1));
                    values.push(format!("{value}{end}"));
                }
                _ => values.push(value),
            }
        }
        if values.is_empty() {
            continue;
        }
        if values.iter().any(|value| value.contains('/')) {
            parameters.push_str(";VALUE=PERIOD");
        }
        let kept = without(&line.parameters, &["TZID", "VALUE"]);
        edit.replace(&line, name, &format!("{parameters}{kept}"), &values.join(","));
    }
}

/// A period's end on the wall of its start.
fn placed(end: When, start: &When) -> When {
    match (end, start) {
        (When::Floating(local), When::At(_, zone)) => When::At(local, zone.clone()),
        (end, _) => end,
    }
}

/// The times of a line of dates, as the master's reading gives them, and what follows a slash.
pub(super) fn read_dates(line: &Property, master: &Event) -> (Vec<When>, Vec<Option<String>>) {
    let tzid = super::super::lines::parameter(&line.parameters, "TZID");
    let zone = tzid.and_then(|tzid| match &master.start {
        When::At(_, zone) if zone.name() == tzid => Some(zone.clone()),
        _ => super::super::Zone::named(&tzid),
    });
    let mut times = Vec::new();
    let mut ends = Vec::new();
    for value in line.value.split(',') {
        let (start, end) = value.split_once('/').map_or((value, None), |(s, e)| (s, Some(e)));
        let Some(when) = When::from_key(start.trim()) else { continue };
        times.push(match (when, &zone) {
            (When::Floating(local), Some(zone)) => When::At(local, zone.clone()),
            (other, _) => other,
        });
        ends.push(end.map(|end| end.trim().to_owned()));
    }
    (times, ends)
}

/// Moves what a rule says of days with its start: the weekday of a weekly rule, and the day of a
/// monthly or yearly one where it names the start's. Its end moves along.
fn along(rule: &RecurrenceRule, moved: &Move) -> RecurrenceRule {
    let mut rule = rule.clone();
    let (from, to) = (moved.from.day(), moved.to.day());
    let days = to.signed_duration_since(from).num_days();
    if days != 0 {
        match rule.frequency {
            Frequency::Weekly => {
                for day in &mut rule.by_day {
                    for _ in 0..days.rem_euclid(7) {
                        day.weekday = day.weekday.succ();
                    }
                }
            }
            Frequency::Monthly | Frequency::Yearly => move_days(&mut rule, from, to),
            _ => {}
        }
    }
    if let End::Until(until) = &rule.end {
        let new = match until {
            When::Day(_) if !moved.from.is_day() => moved.local(until.local()),
            until => moved.of(until),
        };
        rule.end = End::Until(new);
    }
    fit_end(&mut rule, &moved.to);
    rule
}

fn move_days(rule: &mut RecurrenceRule, from: chrono::NaiveDate, to: chrono::NaiveDate) {
    let number = |day: u32| i8::try_from(day).unwrap_or(1);
    if rule.by_month_day == [number(from.day())] {
        rule.by_month_day = vec![number(to.day())];
    }
    if rule.by_month == [from.month().to_le_bytes()[0]] && rule.frequency == Frequency::Yearly {
        rule.by_month = vec![to.month().to_le_bytes()[0]];
    }
    if let [Days { nth: Some(nth), weekday }] = rule.by_day.as_slice()
        && *weekday == from.weekday()
    {
        let last = to.day() + 7 > u32::from(to.num_days_in_month());
        let from_start = i16::try_from(to.day0() / 7 + 1).unwrap_or(1);
        let nth = if (*nth < 0 && last) || from_start > 4 { -1 } else { from_start };
        rule.by_day = vec![Days { nth: Some(nth), weekday: to.weekday() }];
    }
}

/// Gives UNTIL the kind that the start asks for (RFC 5545, section 3.3.10): a day for days, local
/// time for a floating start, UTC for one in a zone.
pub(in crate::ical) fn fit_end(rule: &mut RecurrenceRule, start: &When) {
    let End::Until(until) = &rule.end else { return };
    let end_of_day = |day: chrono::NaiveDate| day.and_hms_opt(23, 59, 59).unwrap_or(day.into());
    rule.end = End::Until(match (start, until) {
        (When::Day(_), until) => When::Day(until.day()),
        (_, When::Day(day)) => {
            let local = start.at(end_of_day(*day));
            When::from_key(&local.key()).unwrap_or(local)
        }
        (When::Floating(_), until) => When::Floating(until.local()),
        (When::At(_, zone), When::Floating(local)) => {
            let local = When::At(*local, zone.clone());
            When::from_key(&local.key()).unwrap_or(local)
        }
        (When::At(..), until) => until.clone(),
    });
}
