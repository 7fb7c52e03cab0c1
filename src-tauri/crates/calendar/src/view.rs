//! What a stretch of time holds: the events whose bounds meet it, expanded within one budget.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use fristed_base::{MeetingId, NetworkId};
use rusqlite::Connection;

use crate::error::Result;
use crate::event::{object, own_reply};
use crate::ical::{Budget, Object, Occurrence, Window};
use crate::model::{Seen, View};
use crate::occurrence::key_of;
use crate::table::event::{self, EventRecord};
use crate::table::{calendar, meeting, own_address};

/// How many hits a search gives.
const HITS: usize = 100;

/// Which occurrence each meeting is, by UID and key.
pub(crate) struct Meetings(HashMap<String, HashMap<String, (MeetingId, NetworkId)>>);

impl Meetings {
    pub(crate) fn read(c: &Connection) -> Result<Self> {
        let mut all: HashMap<String, HashMap<String, _>> = HashMap::new();
        for (uid, key, meeting, network) in meeting::pointers(c)? {
            all.entry(uid).or_default().insert(key, (meeting, network));
        }
        Ok(Self(all))
    }

    pub(crate) fn of(&self, uid: &str, key: &str) -> Option<(MeetingId, NetworkId)> {
        self.0.get(uid)?.get(key).copied()
    }
}

/// What is needed to show an occurrence.
pub(crate) struct Look {
    pub(crate) here: Tz,
    meetings: Meetings,
    own: Vec<String>,
    nothing: Arc<str>,
}

impl Look {
    pub(crate) fn new(c: &Connection, here: Tz) -> Result<Self> {
        let (meetings, own) = (Meetings::read(c)?, own_address::all(c)?);
        Ok(Self { here, meetings, own, nothing: Arc::from("") })
    }

    /// An occurrence as a view shows it.
    pub(crate) fn seen(&self, record: &EventRecord, object: &Object, found: Occurrence) -> Seen {
        let reply = match (&found.recurrence_id, record.reply) {
            (Some(id), Some(_)) if found.overridden => {
                object.summary_of(id).ok().and_then(|summary| own_reply(&summary, &self.own))
            }
            (_, reply) => reply,
        };
        Seen {
            event: record.id,
            meeting: self.meetings.of(&found.uid, &key_of(&found)),
            uid: found.uid,
            recurrence: found.recurrence_id,
            calendar: record.calendar,
            start: found.start,
            end: found.end,
            starts: found.starts,
            ends: found.ends,
            title: found.title,
            location: found.location.unwrap_or_else(|| Arc::clone(&self.nothing)),
            status: found.status,
            repeats: record.repeats,
            reply,
        }
    }

    pub(crate) fn expand(
        &self,
        records: &[EventRecord],
        window: &Window,
        budget: &mut Budget,
    ) -> View {
        let mut view = View::default();
        for record in records {
            // What an earlier version could read and this one cannot hides no other event.
            let Ok(object) = object(record) else {
                continue;
            };
            let found = object.occurrences(window, self.here, budget);
            if let Some(until) = found.shown_up_to {
                let earliest = view.shown_up_to.map_or(until, |known| known.min(until));
                view.shown_up_to = Some(earliest);
            }
            let seen = found.list.into_iter().map(|one| self.seen(record, &object, one));
            view.seen.extend(seen);
        }
        view.seen.sort_by(|one, other| self.order(one, other));
        view
    }

    /// By start; within a day the day-long ones first.
    fn order(&self, one: &Seen, other: &Seen) -> Ordering {
        let place = |seen: &Seen| {
            let day = seen.starts.with_timezone(&self.here).date_naive();
            (day, !seen.start.is_day(), seen.starts, seen.ends)
        };
        place(one)
            .cmp(&place(other))
            .then_with(|| one.title.cmp(&other.title))
            .then_with(|| one.event.cmp(&other.event))
    }
}

/// When a day begins and when the day after another one does, on a computer in this zone.
pub(crate) fn window_of(first: NaiveDate, last: NaiveDate, here: Tz) -> Window {
    let after = last.succ_opt().unwrap_or(last);
    Window::new(crate::model::midnight(first, here), crate::model::midnight(after, here))
}

/// See [`crate::Calendar::view`]. `shown_only` leaves out the calendars that the views hide.
pub(crate) fn between(c: &Connection, window: &Window, shown_only: bool, here: Tz) -> Result<View> {
    let mut records = event::between(c, window.from, window.to)?;
    if shown_only {
        let all = calendar::all(c)?;
        let hidden: Vec<_> =
            all.iter().filter(|(_, info)| !info.shown).map(|(no, _)| *no).collect();
        records.retain(|record| !hidden.contains(&record.calendar_no));
    }
    Ok(Look::new(c, here)?.expand(&records, window, &mut Budget::view()))
}

/// See [`crate::Calendar::search`].
pub(crate) fn search(
    c: &Connection,
    typed: &str,
    here: Tz,
    now: DateTime<Utc>,
) -> Result<Vec<Seen>> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let look = Look::new(c, here)?;
    let mut budget = Budget::view();
    let mut found = Vec::new();
    for (no, title, location) in event::titles(c)? {
        let text = format!("{title}\n{location}").to_lowercase();
        if words.iter().all(|word| text.contains(word)) {
            let record = event::by_no(c, no)?;
            found.extend(nearest(&look, &record, now, &mut budget)?);
        }
    }
    found.sort_by_key(|seen: &Seen| (seen.starts - now).abs());
    found.truncate(HITS);
    Ok(found)
}

/// The occurrence of an event that is nearest to a moment; one to come before one that was.
fn nearest(
    look: &Look,
    record: &EventRecord,
    now: DateTime<Utc>,
    budget: &mut Budget,
) -> Result<Option<Seen>> {
    let object = object(record)?;
    let year = TimeDelta::days(400);
    let summary = object.summary();
    let ends = [
        (now, now + year),
        (now - year, now),
        (summary.start.instant(look.here), summary.end.instant(look.here) + TimeDelta::days(1)),
    ];
    for (at, (from, to)) in ends.into_iter().enumerate() {
        let mut list = object.occurrences(&Window::new(from, to), look.here, budget).list;
        let one = if at == 1 { list.pop() } else { (!list.is_empty()).then(|| list.remove(0)) };
        if let Some(one) = one {
            return Ok(Some(look.seen(record, &object, one)));
        }
    }
    Ok(None)
}
