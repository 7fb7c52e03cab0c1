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
        let original = find(self.before, key, hint, self.here)?.recurrence_id?;
        let old = on_wall_of(from, &original, self.here);
        let days = now.start.day() - on_wall_of(from, from, self.here).date();
        let time = if old.time() == from.local().time() {
            now.start.local().time()
        } else {
            // A rule of several hours, or an added date: each keeps its distance.
            (old + (now.start.local() - from.local())).time()
        };
        let wall = NaiveDateTime::new(old.date().checked_add_signed(days)?, time);
        Some(at_wall_of(&now.start, wall).key())
    }
}
