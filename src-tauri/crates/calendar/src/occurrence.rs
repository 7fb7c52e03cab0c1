//! One occurrence of a series, found again by the key that the store has for it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::ical::{Budget, Object, Occurrence, Status, When, Window};
use crate::model::Span;
use crate::table::meeting::Snapshot;

/// How many steps the search for one occurrence may take: a daily series of a hundred years.
const STEPS: u64 = 100_000;

/// The key of an occurrence; empty where the event does not repeat.
pub(crate) fn key_of(occurrence: &Occurrence) -> String {
    occurrence.recurrence_id.as_ref().map(When::key).unwrap_or_default()
}

/// The occurrence with this key; the empty one is that of an event that does not repeat.
/// `hint` is where it was last seen, since one that was moved is not where its key says.
pub(crate) fn find(object: &Object, key: &str, hint: Option<Span>, here: Tz) -> Option<Occurrence> {
    let in_window = |from: DateTime<Utc>, to: DateTime<Utc>| {
        let margin = TimeDelta::hours(36);
        let window = Window::new(
            from.checked_sub_signed(margin).unwrap_or(from),
            to.checked_add_signed(margin).unwrap_or(to),
        );
        let found = object.occurrences(&window, here, &mut Budget::new(STEPS, STEPS));
        found.list.into_iter().find(|occurrence| key_of(occurrence) == key)
    };
    if key.is_empty() {
        let summary = object.summary();
        return in_window(summary.start.instant(here), summary.end.instant(here));
    }
    let original = When::from_key(key)?;
    let at = original.instant(here);
    in_window(at, at)
        .or_else(|| {
            let (start, end) = hint?.instants(here);
            in_window(start, end)
        })
        .or_else(|| {
            let summary = object.summary_of(&original).ok()?;
            in_window(summary.start.instant(here), summary.end.instant(here))
        })
}

/// When an occurrence is, as a meeting keeps it.
pub(crate) fn span_of(occurrence: &Occurrence) -> Span {
    match (&occurrence.start, &occurrence.end) {
        (When::Day(first), When::Day(end)) => Span::Days(*first, *end),
        _ => Span::Timed(occurrence.starts, occurrence.ends),
    }
}

/// What a meeting keeps of its occurrence.
pub(crate) fn snapshot(occurrence: &Occurrence) -> Snapshot<'_> {
    Snapshot {
        title: &occurrence.title,
        location: occurrence.location.as_deref().unwrap_or_default(),
        span: span_of(occurrence),
        cancelled: occurrence.status == Status::Cancelled,
    }
}

/// What the wall shows where `like` is, at another time of the same series.
pub(crate) fn on_wall_of(like: &When, when: &When, here: Tz) -> NaiveDateTime {
    match (like, when) {
        (When::At(_, zone), When::At(..)) => match zone.tz() {
            Some(tz) => when.instant(here).with_timezone(&tz).naive_local(),
            None => when.local(),
        },
        _ => when.local(),
    }
}

/// A time of the same kind and zone as `like`.
pub(crate) fn at_wall_of(like: &When, wall: NaiveDateTime) -> When {
    match like {
        When::Day(_) => When::Day(wall.date()),
        When::Floating(_) => When::Floating(wall),
        When::At(_, zone) => When::At(wall, zone.clone()),
    }
}
