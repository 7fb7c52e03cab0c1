//! Splitting a series in two, and ending one.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};

use super::super::event::Event;
use super::super::lines::line_break;
use super::super::rule::{Meter, Span};
use super::super::series::Overrides;
use super::super::{End, IcalError, Object, RecurrenceRule, Result, When, Zone};
use super::edit::{Edit, written};
use super::moving::{put_times, read_dates, stamp};
use super::one::STEPS;

impl Object {
    /// Whether an occurrence is the first of its series.
    pub(super) fn begins_with(&self, id: &When) -> bool {
        self.master().is_some_and(|master| {
            let local = master.start.reading(id);
            let first = master.dates.first().map_or(master.start.local(), |(at, _)| *at);
            local <= first.min(master.start.local())
        })
    }

    /// The series up to but without an occurrence.
    pub(super) fn ended_before(&self, id: &When, now: DateTime<Utc>) -> Result<Self> {
        let master = self.master().ok_or(IcalError::NoSuchOccurrence)?;
        if !self.gives(master, id) {
            return Err(IcalError::NoSuchOccurrence);
        }
        let local = master.start.reading(id);
        let mut edit = Edit::of(self.part(master), line_break(&self.text));
        let rules: Vec<String> =
            master.rules.iter().map(|rule| until(rule, master, local).to_string()).collect();
        put_all(&mut edit, "RRULE", &rules);
        keep_dates(&mut edit, master, |at| at < local);
        stamp(&mut edit, master, now);
        let mut texts = vec![(master.span.clone(), edit.done())];
        for event in self.from(master, local) {
            texts.push((event.span.clone(), String::new()));
        }
        self.rebuilt(texts)
    }

    /// The overrides of an occurrence and of all after it.
    fn from<'a>(
        &'a self,
        master: &'a Event,
        local: NaiveDateTime,
    ) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| {
            event.recurrence_id.as_ref().is_some_and(|id| master.start.reading(id) >= local)
        })
    }

    /// The series up to an occurrence, and a new one from it on.
    pub(super) fn split_at(
        &self,
        id: &When,
        now: DateTime<Utc>,
        new_uid: &str,
    ) -> Result<(Self, Self)> {
        let old = self.ended_before(id, now)?;
        let master = self.master().ok_or(IcalError::NoSuchOccurrence)?;
        let local = master.start.reading(id);
        let at = master.start.at(local);
        let line_break = line_break(&self.text);
        let mut edit = Edit::of(self.part(master), line_break);
        edit.put("UID", "", new_uid);
        let (end, _) = master.length_at(local).end(&at, chrono_tz::Tz::UTC);
        put_times(&mut edit, master, &at, &end);
        let mut rules = Vec::new();
        for rule in &master.rules {
            rules.push(after(rule, master, local)?.to_string());
        }
        put_all(&mut edit, "RRULE", &rules);
        keep_dates(&mut edit, master, |date| date >= local);
        let mut texts = vec![(master.span.clone(), edit.done())];
        for event in self.events.iter().filter(|event| event.recurrence_id.is_some()) {
            let mut edit = Edit::of(self.part(event), line_break);
            edit.put("UID", "", new_uid);
            texts.push((event.span.clone(), edit.done()));
        }
        // An override from before the split that stands for all after it stands for the new
        // series from its first occurrence on.
        let overrides = Overrides::of(master, &self.events);
        let carried = overrides.before(at.point()).filter(|(_, event)| {
            event.recurrence_id.as_ref().is_some_and(|id| master.start.reading(id) < local)
        });
        for (span, text) in &mut texts {
            let early = self.events.iter().find(|event| event.span == *span);
            let Some(early) = early.filter(|event| {
                event.recurrence_id.as_ref().is_some_and(|id| master.start.reading(id) < local)
            }) else {
                continue;
            };
            *text = match carried {
                Some((moved, event)) if event.span == early.span => {
                    let mut edit = Edit::of(text, line_break);
                    let to = local.checked_add_signed(moved).unwrap_or(local);
                    let start = event.start.at(event.start.reading(&master.start.at(to)));
                    let (end, _) = event.length.end(&start, chrono_tz::Tz::UTC);
                    put_times(&mut edit, event, &start, &end);
                    let (parameters, value) = written(&at);
                    let parameters = format!("{parameters};RANGE=THISANDFUTURE");
                    edit.put("RECURRENCE-ID", &parameters, &value);
                    edit.done()
                }
                _ => String::new(),
            };
        }
        Ok((old, self.rebuilt(texts)?))
    }
}

/// Puts lines in the place of all of one name.
fn put_all(edit: &mut Edit<'_>, name: &str, values: &[String]) {
    let there = edit.all(name);
    for (at, line) in there.iter().enumerate() {
        match values.get(at) {
            Some(value) => edit.replace(line, name, &line.parameters, value),
            None => edit.take(line),
        }
    }
}

/// Keeps those of RDATE and EXDATE that are wanted.
fn keep_dates(edit: &mut Edit<'_>, master: &Event, wanted: impl Fn(NaiveDateTime) -> bool) {
    for name in ["RDATE", "EXDATE"] {
        for line in edit.all(name) {
            let (times, _) = read_dates(&line, master);
            let values: Vec<&str> = line.value.split(',').collect();
            if times.len() != values.len() {
                continue;
            }
            let kept: Vec<&str> = times
                .iter()
                .zip(values)
                .filter(|(when, _)| wanted(master.start.reading(when)))
                .map(|(_, value)| value)
                .collect();
            if kept.is_empty() {
                edit.take(&line);
            } else {
                edit.replace(&line, name, &line.parameters, &kept.join(","));
            }
        }
    }
}

/// The rule with its end just before an occurrence.
fn until(rule: &RecurrenceRule, master: &Event, local: NaiveDateTime) -> RecurrenceRule {
    let step = if master.start.is_day() { Duration::days(1) } else { Duration::seconds(1) };
    let last = match &master.start {
        When::At(_, zone) => {
            let before = zone.instant(local).naive_utc().checked_sub_signed(step);
            When::At(before.unwrap_or(local), Zone::Utc)
        }
        start => start.at(local.checked_sub_signed(step).unwrap_or(local)),
    };
    let mut rule = rule.clone();
    let ended = match &rule.end {
        End::Until(_) => master.is_past(&rule.end, local),
        End::Never | End::Count(_) => false,
    };
    if !ended {
        rule.end = End::Until(last);
    }
    rule
}

/// The rule from an occurrence on: a COUNT is what is left of it.
fn after(rule: &RecurrenceRule, master: &Event, local: NaiveDateTime) -> Result<RecurrenceRule> {
    let mut rule = rule.clone();
    if let End::Count(count) = rule.end {
        let before = local.checked_sub_signed(Duration::seconds(1)).unwrap_or(local);
        let span = Span { from: master.start.local(), to: before };
        let mut one = master.clone();
        one.rules = vec![rule.clone()];
        one.dates.clear();
        one.ex_rules.clear();
        let (starts, cut) = one.starts(span, &mut Meter::new(STEPS));
        if cut.is_some() {
            return Err(IcalError::TooLong);
        }
        let gone = u32::try_from(starts.len()).unwrap_or(u32::MAX);
        rule.end = End::Count(count.saturating_sub(gone).max(1));
    }
    Ok(rule)
}
