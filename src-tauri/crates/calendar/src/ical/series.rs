//! When a series happens: its rule and dates, without what is excluded, with what is overridden.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::event::Event;
use super::length::{Length, in_zone};
use super::rule::{Frequency, Meter, Span, expand};
use super::when::Point;
use super::{Budget, End, Object, Occurrence, Occurrences, When, Window, Zone};

/// One event's occurrence before it is named.
struct Placed<'a> {
    event: &'a Event,
    recurrence_id: Option<When>,
    start: When,
    length: Length,
    overridden: bool,
}

/// The overrides of a series, by what they override.
pub(super) struct Overrides<'a> {
    all: Vec<(Point, &'a Event)>,
    by_point: HashMap<Point, &'a Event>,
    /// Those that name a day of a series with times.
    by_day: HashMap<NaiveDate, &'a Event>,
    /// Those for all after them, too: by time, with how far they move the start.
    future: Vec<(Point, Duration, &'a Event)>,
}

impl<'a> Overrides<'a> {
    pub(super) fn of(master: &Event, events: &'a [Event]) -> Self {
        let mut found = Self {
            all: Vec::new(),
            by_point: HashMap::new(),
            by_day: HashMap::new(),
            future: Vec::new(),
        };
        for event in events {
            let Some(id) = &event.recurrence_id else { continue };
            let at = master.start.at(master.start.reading(id));
            let point = at.point();
            if id.is_day() && !master.start.is_day() {
                found.by_day.insert(id.day(), event);
            } else {
                found.by_point.insert(point, event);
            }
            found.all.push((point, event));
            if event.future {
                let moved = master.start.reading(&event.start).signed_duration_since(at.local());
                found.future.push((point, moved, event));
            }
        }
        found.future.sort_by_key(|(point, _, _)| *point);
        found
    }

    pub(super) fn at(&self, point: Point, local: NaiveDateTime) -> Option<&'a Event> {
        self.by_point.get(&point).or_else(|| self.by_day.get(&local.date())).copied()
    }

    /// The override that stands for this occurrence, since it stands for all after its own.
    pub(super) fn before(&self, point: Point) -> Option<(Duration, &'a Event)> {
        let behind = self.future.partition_point(|(at, _, _)| *at <= point);
        let (_, moved, event) = self.future.get(behind.checked_sub(1)?)?;
        Some((*moved, event))
    }

    /// How far any of them moves a start, at most.
    fn reach(&self) -> Duration {
        let moved = self.future.iter().map(|(_, moved, _)| moved.abs());
        moved.max().unwrap_or_default().min(Duration::days(3_653))
    }
}

impl Object {
    /// The occurrences that are seen in a window, by start. `zone` is the computer's, for days
    /// and floating times.
    #[must_use]
    pub fn occurrences(&self, window: &Window, zone: Tz, budget: &mut Budget) -> Occurrences {
        let share = budget.share();
        let mut meter = Meter::new(share);
        let mut found = Occurrences::default();
        let placed = match &self.master() {
            Some(master) => self.place(master, window, zone, &mut meter, &mut found.shown_up_to),
            None => self.events.iter().map(|event| alone(event, event)).collect(),
        };
        for placed in placed {
            found.list.extend(self.occurrence(placed, window, zone));
        }
        found.list.sort_by_key(|occurrence| (occurrence.starts, occurrence.ends));
        budget.spend(share - meter.left());
        found
    }

    /// The event whose occurrences the others override.
    pub(super) fn master(&self) -> Option<&Event> {
        self.events.iter().find(|event| event.recurrence_id.is_none())
    }

    fn place<'a>(
        &'a self,
        master: &'a Event,
        window: &Window,
        zone: Tz,
        meter: &mut Meter,
        shown_up_to: &mut Option<DateTime<Utc>>,
    ) -> Vec<Placed<'a>> {
        let overrides = Overrides::of(master, &self.events);
        let mut placed = Vec::new();
        let (starts, cut) = if master.recurs() {
            let span = master.span_of(window, zone, overrides.reach(), &overrides);
            master.starts(span, meter)
        } else {
            (vec![master.start.local()], None)
        };
        *shown_up_to = cut.map(|at| master.start.at(at).instant(zone));
        let mut given = None;
        for local in starts {
            let start = master.start.at(local);
            let point = start.point();
            // Two readings of the clock may be one time, where the clocks jumped.
            if given.replace(point) == Some(point)
                || master.excludes(point, local)
                || overrides.at(point, local).is_some()
            {
                continue;
            }
            let recurrence_id = master.recurs().then(|| start.clone());
            placed.push(match overrides.before(point) {
                Some((moved, event)) => Placed {
                    event,
                    recurrence_id,
                    start: event.start.at(local
                        .checked_add_signed(moved)
                        .map_or(local, |at| event.start.reading(&master.start.at(at)))),
                    length: event.length,
                    overridden: true,
                },
                None => Placed {
                    event: master,
                    recurrence_id,
                    length: master.length_at(local),
                    start,
                    overridden: false,
                },
            });
        }
        for (point, event) in &overrides.all {
            if !master.excludes(*point, master.start.reading(&event.start_overridden())) {
                placed.push(alone(event, master));
            }
        }
        placed
    }

    fn occurrence(&self, placed: Placed<'_>, window: &Window, zone: Tz) -> Option<Occurrence> {
        let Placed { event, recurrence_id, start, length, overridden } = placed;
        let starts = start.instant(zone);
        let (end, ends) = length.end(&start, zone);
        window.sees(starts, ends).then(|| Occurrence {
            uid: self.uid.clone(),
            recurrence_id,
            end: in_zone(end, ends, event.end_zone.as_ref()),
            start,
            starts,
            ends,
            title: event.title.clone(),
            location: event.location.clone(),
            status: event.status,
            busy: event.busy,
            overridden,
        })
    }
}

/// An event or override that happens once; an override is known by the master's reading.
fn alone<'a>(event: &'a Event, master: &Event) -> Placed<'a> {
    let id = event.recurrence_id.as_ref();
    Placed {
        event,
        recurrence_id: id.map(|id| {
            // A day that stands for a time of that day stays a day.
            if id.is_day() { id.clone() } else { master.start.at(master.start.reading(id)) }
        }),
        start: event.start.clone(),
        length: event.length,
        overridden: id.is_some(),
    }
}

impl Event {
    /// The start that an override overrides; its own where it is none.
    pub(super) fn start_overridden(&self) -> When {
        self.recurrence_id.clone().unwrap_or_else(|| self.start.clone())
    }

    /// How long the occurrence that starts then lasts.
    pub(super) fn length_at(&self, local: NaiveDateTime) -> Length {
        let found = self.dates.binary_search_by_key(&local, |(at, _)| *at).ok();
        found
            .and_then(|at| self.dates.get(at))
            .and_then(|(_, length)| *length)
            .unwrap_or(self.length)
    }

    /// The stretch on this event's wall in which what is seen in the window may start.
    fn span_of(&self, window: &Window, zone: Tz, reach: Duration, others: &Overrides<'_>) -> Span {
        let wall = match &self.start {
            When::At(_, own) => own.clone(),
            When::Day(_) | When::Floating(_) => Zone::from(zone),
        };
        let lengths = self.dates.iter().filter_map(|(_, length)| *length);
        let lengths = lengths.chain(others.future.iter().map(|(_, _, event)| event.length));
        let longest =
            lengths.map(Length::at_most).fold(self.length.at_most(), |most, it| most.max(it));
        // What the clocks on the wall may do in between. A rule by the second would spend its
        // steps before the window began.
        let often = self.rules.iter().any(|rule| rule.frequency < Frequency::Daily);
        let margin = if often { Duration::hours(1) } else { Duration::days(2) };
        let after = reach.checked_add(&margin).unwrap_or(reach);
        let before = longest.checked_add(&after).unwrap_or(longest);
        Span {
            from: wall.local(window.from).checked_sub_signed(before).unwrap_or(NaiveDateTime::MIN),
            to: wall.local(window.to).checked_add_signed(after).unwrap_or(NaiveDateTime::MAX),
        }
    }

    /// The starts within the span as this event's wall shows them, in order and each once, and
    /// where the steps were spent.
    pub(super) fn starts(
        &self,
        span: Span,
        meter: &mut Meter,
    ) -> (Vec<NaiveDateTime>, Option<NaiveDateTime>) {
        let mut starts = Vec::new();
        let mut cut: Option<NaiveDateTime> = None;
        let start = self.start.local();
        let mut over = !self.rules.is_empty();
        for rule in &self.rules {
            let past = |local| self.is_past(&rule.end, local);
            over &= past(start);
            let ended = expand(rule, self.anchor(), span, &past, meter, &mut starts);
            cut = [cut, ended].into_iter().flatten().min();
        }
        // A rule that ended before the start is how some programs write "never again".
        if !over && (span.from..=span.to).contains(&start) {
            starts.push(start);
        }
        let first = self.dates.partition_point(|(at, _)| *at < span.from);
        for (at, _) in self.dates.iter().skip(first).take_while(|(at, _)| *at <= span.to) {
            if !meter.spend(4) {
                cut = Some(cut.map_or(*at, |cut| cut.min(*at)));
                break;
            }
            starts.push(*at);
        }
        starts.sort_unstable();
        starts.dedup();
        for rule in &self.ex_rules {
            let past = |local| self.is_past(&rule.end, local);
            let mut excluded = Vec::new();
            expand(rule, self.anchor(), span, &past, meter, &mut excluded);
            starts.retain(|at| excluded.binary_search(at).is_err());
        }
        (starts, cut)
    }

    /// What its rules are counted from.
    pub(super) fn anchor(&self) -> (NaiveDateTime, bool) {
        (self.start.local(), !self.start.is_day())
    }

    /// Whether a start lies behind a rule's end (RFC 5545, section 3.3.10, UNTIL). Where the kind
    /// of the end is not that of the start, which the RFC forbids, a day counts to its end, and a
    /// time is read on the start's wall.
    pub(super) fn is_past(&self, end: &End, local: NaiveDateTime) -> bool {
        let End::Until(until) = end else { return false };
        match (&self.start, until) {
            (_, When::Day(day)) => local.date() > *day,
            (When::Day(_), until) => local.date() > until.day(),
            (When::At(_, zone), When::At(utc, _)) => zone.instant(local) > utc.and_utc(),
            (_, until) => local > until.local(),
        }
    }
}
