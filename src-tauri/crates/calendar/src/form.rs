//! From what a form holds to what the engine changes: only the fields that the leader changed, so
//! that every other line of an event stays as it was received.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::error::{CalendarError, Result};
use crate::ical::{Alarm, Change, Draft, Occurrence, Summary, When, Zone};
use crate::model::{EventForm, FormTime};
use crate::occurrence::{at_wall_of, on_wall_of};
use crate::repeat;

/// A zone of the IANA database by its own name.
fn zone(tz: Tz) -> Zone {
    Zone::named(tz.name()).unwrap_or(Zone::Utc)
}

/// The form's two times, for an event that has none yet.
fn times(start: FormTime, end: FormTime, tz: Tz) -> Result<(When, When)> {
    let when = |time| match time {
        FormTime::Day(day) => When::Day(day),
        FormTime::Local(wall) => When::At(wall, zone(tz)),
    };
    ordered(when(start), when(end), tz)
}

/// Two times of one kind, the second not before the first; days end a day later at least.
fn ordered(start: When, end: When, here: Tz) -> Result<(When, When)> {
    let enough = match (&start, &end) {
        (When::Day(first), When::Day(end)) => first < end,
        (When::Day(_), _) | (_, When::Day(_)) => false,
        _ => start.instant(here) <= end.instant(here),
    };
    if enough { Ok((start, end)) } else { Err(CalendarError::BadTimes) }
}

/// A new event.
///
/// # Errors
/// [`CalendarError::BadTimes`].
pub(crate) fn draft(form: &EventForm, here: Tz) -> Result<Draft> {
    let (start, end) = times(form.start, form.end, form.zone.unwrap_or(here))?;
    let mut draft = Draft::new(&form.title, start, end);
    draft.location.clone_from(&form.location);
    draft.description.clone_from(&form.description);
    draft.rule = form.repeat.as_ref().map(|repeat| repeat::to_rule(repeat, &draft.start));
    draft.alarms = alarms(&form.alarms);
    Ok(draft)
}

fn alarms(minutes: &[u32]) -> Vec<Alarm> {
    let mut minutes = minutes.to_vec();
    minutes.sort_unstable();
    minutes.dedup();
    minutes.into_iter().map(|minutes_before| Alarm { minutes_before }).collect()
}

/// The occurrence that a form was filled from.
pub(crate) struct Shown<'a> {
    /// What the event says of itself at this occurrence.
    pub(crate) summary: &'a Summary,
    /// What the series says of itself.
    pub(crate) master: &'a Summary,
    /// The occurrence.
    pub(crate) occurrence: &'a Occurrence,
    /// Whether the whole series is changed.
    pub(crate) all: bool,
    /// Whether one occurrence alone is changed.
    pub(crate) one: bool,
}

impl Shown<'_> {
    /// What a form changes of what was shown.
    ///
    /// # Errors
    /// [`CalendarError::BadTimes`].
    pub(crate) fn change(&self, form: &EventForm, here: Tz) -> Result<Change> {
        let differs =
            |new: &str, old: Option<&str>| (new != old.unwrap_or_default()).then(|| new.to_owned());
        let mut change = Change {
            title: differs(&form.title, Some(&self.summary.title)),
            location: differs(&form.location, self.summary.location.as_deref()),
            description: differs(&form.description, self.summary.description.as_deref()),
            ..Change::default()
        };
        let now: Vec<i64> = alarms(&form.alarms).iter().map(|a| a.minutes_before.into()).collect();
        let mut was = self.summary.alarms.clone();
        was.sort_unstable();
        was.dedup();
        if now != was {
            change.alarms = Some(alarms(&form.alarms));
        }
        let times = self.times(form.start, form.end, form.zone, here)?;
        self.apply(&mut change, times, here)?;
        if !self.one {
            self.repeat(form, &mut change);
        }
        Ok(change)
    }

    /// What a move changes: the times, and what the rule says of the day.
    ///
    /// # Errors
    /// [`CalendarError::BadTimes`].
    pub(crate) fn moved(&self, start: FormTime, end: FormTime, here: Tz) -> Result<Change> {
        let mut change = Change::default();
        let times = self.times(start, end, None, here)?;
        self.apply(&mut change, times, here)?;
        Ok(change)
    }

    /// The occurrence's new times, where they are other than those shown.
    fn times(
        &self,
        start: FormTime,
        end: FormTime,
        wanted: Option<Tz>,
        here: Tz,
    ) -> Result<Option<(When, When)>> {
        let (old_start, old_end) = (&self.occurrence.start, &self.occurrence.end);
        let when = |time: FormTime| match time {
            FormTime::Day(day) => When::Day(day),
            FormTime::Local(wall) => self.on_its_walls(wall, wanted, here),
        };
        let (start, end) = ordered(when(start), when(end), here)?;
        let same = |new: &When, old: &When| match (new, old) {
            (When::Day(new), When::Day(old)) => new == old,
            (When::Day(_), _) | (_, When::Day(_)) => false,
            _ => new.instant(here) == old.instant(here) && same_zone(new, old),
        };
        Ok((!same(&start, old_start) || !same(&end, old_end)).then_some((start, end)))
    }

    /// A time of the form, in the zone that the event keeps: the one that was chosen, its own
    /// where none was, the computer's for one that had none.
    fn on_its_walls(&self, wall: NaiveDateTime, wanted: Option<Tz>, here: Tz) -> When {
        match (&self.occurrence.start, wanted) {
            (When::Floating(_), None) => When::Floating(wall),
            (When::At(_, own), wanted) => {
                let chosen = wanted.unwrap_or(here);
                if own.tz() == Some(chosen) {
                    return When::At(wall, own.clone());
                }
                if wanted.is_some() {
                    return When::At(wall, zone(chosen));
                }
                // Moved on the computer's clock: the event stays in the zone it was made in.
                let at = When::At(wall, zone(here)).instant(here);
                match own.tz() {
                    Some(tz) => When::At(at.with_timezone(&tz).naive_local(), own.clone()),
                    None => {
                        let old = self.occurrence.starts.with_timezone(&here).naive_local();
                        let shown =
                            on_wall_of(&self.occurrence.start, &self.occurrence.start, here);
                        When::At(shown + (wall - old), own.clone())
                    }
                }
            }
            (_, wanted) => When::At(wall, zone(wanted.unwrap_or(here))),
        }
    }

    /// Puts new times into a change; for the whole series those of its first occurrence, as many
    /// days away as the shown one was moved.
    fn apply(&self, change: &mut Change, times: Option<(When, When)>, here: Tz) -> Result<()> {
        let Some((start, end)) = times else {
            return Ok(());
        };
        let (from, to) = (self.occurrence.start.day(), start.day());
        let (new_start, new_end) = if self.all {
            let days = to - from;
            let first = self.master.start.day();
            let day = first.checked_add_signed(days).ok_or(CalendarError::BadTimes)?;
            let wall = day.and_time(start.local().time());
            let length = end.local() - start.local();
            let last = wall.checked_add_signed(length).ok_or(CalendarError::BadTimes)?;
            (at_wall_of(&start, wall), at_wall_of(&end, last))
        } else {
            (start.clone(), end)
        };
        if !self.one
            && let Some(rule) = &self.master.rule
        {
            let base = if self.all { self.master.start.day() } else { from };
            let adapted = repeat::moved(rule, base, new_start.day());
            if adapted != *rule {
                change.rule = Some(Some(adapted));
            }
        }
        change.times = Some(ordered(new_start, new_end, here)?);
        Ok(())
    }

    /// What a form changes of the repetition.
    fn repeat(&self, form: &EventForm, change: &mut Change) {
        let (shown, beyond) = repeat::of_summary(self.master);
        if beyond || form.repeat == shown {
            return;
        }
        let start = change.times.as_ref().map_or(&self.occurrence.start, |(start, _)| start);
        change.rule = Some(form.repeat.as_ref().map(|repeat| repeat::to_rule(repeat, start)));
    }
}

fn same_zone(one: &When, other: &When) -> bool {
    match (one, other) {
        (When::At(_, one), When::At(_, other)) => one == other || one.tz() == other.tz(),
        (When::Floating(_), When::Floating(_)) => true,
        _ => false,
    }
}
