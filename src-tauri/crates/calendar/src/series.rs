//! Where the occurrences of a series are after a change of it, so that meetings follow theirs.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::ical::{Object, Scope, When};
use crate::model::Span;
use crate::occurrence::{at_wall_of, find, key_of, on_wall_of};

/// A change of a series: what it was, and the one or two events that it became.
pub(crate) struct Change<'a> {
    pub(crate) before: &'a Object,
    pub(crate) after: &'a [Object],
    pub(crate) scope: &'a Scope,
    pub(crate) here: Tz,
}

impl Change<'_> {
    /// The UID and the key under which an occurrence is found now. `None` where it is gone.
    pub(crate) fn follow(&self, key: &str, hint: Option<Span>) -> Option<(String, String)> {
        let first = self.after.first()?;
        let (object, moved) = match self.scope {
            Scope::This(_) => (first, key.to_owned()),
            Scope::ThisAndFuture(split) if key < split.key().as_str() => (first, key.to_owned()),
            Scope::ThisAndFuture(split) if self.after.len() > 1 => {
                let second = self.after.get(1)?;
                (second, self.shifted(key, hint, split, second)?)
            }
            Scope::ThisAndFuture(_) | Scope::All => {
                let start = self.before.summary().start;
                (first, self.shifted(key, hint, &start, first)?)
            }
        };
        // An occurrence that an exception took, or that another rule does not have, is gone.
        let found = find(object, &moved, None, self.here)?;
        Some((object.uid().to_owned(), key_of(&found)))
    }

    /// The key of an occurrence once that of `from` has become the first of `after`.
    fn shifted(
        &self,
        key: &str,
        hint: Option<Span>,
        from: &When,
        after: &Object,
    ) -> Option<String> {
        let now = after.summary();
        if !now.recurs {
            let first = key.is_empty() || key == from.key();
            return first.then(String::new);
        }
        if key.is_empty() {
            return Some(now.start.key());
        }
        // A key names an instant; the distance of two occurrences is the one on the event's own
        // wall, where the clocks may change between them.
        let wall = self.before.summary().start;
        let from = on_wall_of(&wall, from, self.here);
        let original = find(self.before, key, hint, self.here)?.recurrence_id?;
        let old = on_wall_of(&wall, &original, self.here);
        let to = now.start.local();
        let time = if old.time() == from.time() {
            to.time()
        } else {
            // A rule of several hours, or an added date: each keeps its distance.
            (old + (to - from)).time()
        };
        let day = old.date().checked_add_signed(to.date() - from.date())?;
        Some(at_wall_of(&now.start, NaiveDateTime::new(day, time)).key())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
    use chrono_tz::Europe::Copenhagen;
    use proptest::prelude::*;

    use super::*;
    use crate::ical::{Budget, Change as Fields, Draft, RecurrenceRule, Window, Zone};

    fn now() -> DateTime<Utc> {
        "2026-01-01T00:00:00Z".parse().expect("an instant of the test")
    }

    fn wall(days: i64, minutes: i64) -> NaiveDateTime {
        let first = NaiveDate::from_ymd_opt(2026, 2, 2).expect("a day of the test");
        (first + TimeDelta::days(days)).and_time(chrono::NaiveTime::MIN)
            + TimeDelta::minutes(minutes)
    }

    fn when(wall: NaiveDateTime) -> When {
        When::At(wall, Zone::named("Europe/Copenhagen").expect("a zone"))
    }

    /// The keys of a series' first occurrences, in order.
    fn keys(object: &Object) -> Vec<String> {
        let window = Window::new(now(), now() + TimeDelta::days(500));
        let found = object.occurrences(&window, Copenhagen, &mut Budget::view());
        found.list.iter().map(key_of).collect()
    }

    proptest! {
        /// Every day or so many, across both changes of the clocks: the n-th stays the n-th.
        #[test]
        fn the_nth_occurrence_stays_the_nth_when_all_of_a_series_moves(
            interval in 1_u32..40,
            start in 8_i64 * 60..18 * 60,
            days in -20_i64..20,
            to in 5_i64 * 60..21 * 60,
            nth in 0_usize..9,
            split in 0_usize..9,
        ) {
            let mut draft = Draft::new("Møde", when(wall(0, start)), when(wall(0, start + 60)));
            let mut rule = RecurrenceRule::every(crate::ical::Frequency::Daily);
            rule.interval = interval;
            draft.rule = Some(rule);
            let before = Object::create("1", &draft, now()).expect("a series");
            let old = keys(&before);
            let moved = |of: i64| {
                let (start, end) = (wall(of + days, to), wall(of + days, to + 60));
                Fields { times: Some((when(start), when(end))), ..Fields::default() }
            };

            let scope = Scope::All;
            let after = before.change(&scope, &moved(0), now(), "2").expect("moved");
            let all = Change { before: &before, after: &after, scope: &scope, here: Copenhagen };
            let new = keys(&after[0]);
            prop_assert_eq!(all.follow(&old[nth], None), Some(("1".into(), new[nth].clone())));

            let from = When::from_key(&old[split]).expect("a key");
            let scope = Scope::ThisAndFuture(from);
            let day = i64::try_from(split).expect("small") * i64::from(interval);
            // Moved so far back that it would overlap what stays is another matter.
            prop_assume!(split > 0);
            let after = before.change(&scope, &moved(day), now(), "2").expect("split");
            let rest = Change { before: &before, after: &after, scope: &scope, here: Copenhagen };
            let expected = if nth < split {
                Some(("1".to_owned(), old[nth].clone()))
            } else {
                Some(("2".to_owned(), keys(&after[1])[nth - split].clone()))
            };
            prop_assert_eq!(rest.follow(&old[nth], None), expected);
        }
    }
}
