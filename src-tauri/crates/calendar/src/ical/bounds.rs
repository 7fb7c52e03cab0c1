//! Between which instants a series lies.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::event::Event;
use super::rule::{Meter, Span, expand};
use super::{End, Object, When, Zone};

/// Between which instants all occurrences lie; wide enough for every zone that a computer may
/// have, so that an index over it never misses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Nothing is before this.
    pub first_start: DateTime<Utc>,
    /// Nothing is after this; `None` for a series without an end, or one whose end is far.
    pub last_end: Option<DateTime<Utc>>,
}

/// How many steps are taken to find where a counted rule ends; one that takes more is kept as
/// one without an end.
const STEPS: u64 = 1_000;

impl Object {
    /// The bounds for the store's index.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let mut all = self.events.iter().map(|event| event.bounds(self));
        let first = all.next().unwrap_or(Bounds {
            first_start: DateTime::UNIX_EPOCH,
            last_end: Some(DateTime::UNIX_EPOCH),
        });
        all.fold(first, |one, other| Bounds {
            first_start: one.first_start.min(other.first_start),
            last_end: one.last_end.zip(other.last_end).map(|(one, other)| one.max(other)),
        })
    }
}

impl Event {
    fn bounds(&self, object: &Object) -> Bounds {
        let first = self.dates.first().map_or(self.start.local(), |(at, _)| *at);
        let first = first.min(self.start.local());
        let lengths = self.dates.iter().filter_map(|(_, length)| *length);
        let lengths = lengths.chain([self.length]);
        let longest = lengths.map(super::length::Length::at_most).max().unwrap_or_default();
        // Where an override stands for all after it, too, they move with it.
        let moved = if self.recurrence_id.is_none() { object.moved() } else { Duration::zero() };
        let before = self.margin().checked_add(&moved).unwrap_or(moved);
        let after = longest.checked_add(&before).unwrap_or(longest);
        let last = self.last_start();
        Bounds {
            first_start: self
                .instant(first)
                .checked_sub_signed(before)
                .unwrap_or(DateTime::<Utc>::MIN_UTC),
            last_end: last.map(|at| {
                self.instant(at).checked_add_signed(after).unwrap_or(DateTime::<Utc>::MAX_UTC)
            }),
        }
    }

    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.start.at(local).instant(Tz::UTC)
    }

    /// How far the zone of a computer may be from UTC, for what is on every wall. And how far a
    /// reading of the clock may come before an earlier one, for a series: a reading that never was
    /// counts as a later one (RFC 5545, section 3.3.5), and no clock was set by more than a day.
    fn margin(&self) -> Duration {
        match self.start {
            When::At(..) if self.rules.is_empty() && self.dates.is_empty() => Duration::zero(),
            When::At(_, Zone::Utc) => Duration::zero(),
            When::At(..) | When::Day(_) | When::Floating(_) => Duration::days(1),
        }
    }

    /// The last start, or something after it; `None` for never.
    fn last_start(&self) -> Option<NaiveDateTime> {
        let mut last = self.start.local();
        last = self.dates.last().map_or(last, |(at, _)| last.max(*at));
        for rule in &self.rules {
            let end = match &rule.end {
                End::Never => return None,
                End::Until(until) => {
                    // A day, for the difference between the walls.
                    self.start.reading(until).checked_add_signed(Duration::days(2))?
                }
                End::Count(count) => {
                    if u64::from(*count) > STEPS / 2 {
                        return None;
                    }
                    let mut meter = Meter::new(STEPS * 4);
                    let mut found = Vec::new();
                    let span = Span { from: self.start.local(), to: NaiveDateTime::MAX };
                    let cut = expand(rule, self.anchor(), span, &|_| false, &mut meter, &mut found);
                    if cut.is_some() {
                        return None;
                    }
                    found.last().copied().unwrap_or(last)
                }
            };
            last = last.max(end);
        }
        Some(last)
    }
}

impl Object {
    /// How far overrides move those after them, at most.
    fn moved(&self) -> Duration {
        let Some(master) = self.master() else { return Duration::zero() };
        let future = self.events.iter().filter(|event| event.future);
        let moved = future.map(|event| {
            let from = master.start.reading(&event.start_overridden());
            let to = master.start.reading(&event.start);
            let length = event.length.at_most();
            to.signed_duration_since(from).abs().checked_add(&length).unwrap_or(length)
        });
        moved.max().unwrap_or_default()
    }
}
