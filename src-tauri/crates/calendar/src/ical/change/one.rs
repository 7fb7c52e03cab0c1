//! Changing or removing one occurrence of a series.

use std::ops::Range;

use chrono::{DateTime, Utc};

use super::super::event::Event;
use super::super::lines::line_break;
use super::super::rule::{Meter, Span};
use super::super::series::Overrides;
use super::super::{IcalError, Object, Result, When};
use super::Change;
use super::edit::{Edit, written};
use super::moving::{put_times, stamp};

/// The steps that may be taken to find whether a series has an occurrence.
pub(super) const STEPS: u64 = 2_000_000;

impl Object {
    /// Whether a series gives an occurrence, overridden or not.
    pub(super) fn gives(&self, master: &Event, id: &When) -> bool {
        let local = master.start.reading(id);
        let (starts, _) = master.starts(Span { from: local, to: local }, &mut Meter::new(STEPS));
        starts.contains(&local) && !master.excludes(master.start.at(local).point(), local)
    }

    /// The event that overrides an occurrence and stands for no other one.
    fn own_override(&self, id: &When) -> Option<&Event> {
        let overrides = || self.events.iter().filter(|event| event.recurrence_id.is_some());
        let Some(master) = self.master() else {
            return overrides().find(|event| {
                event.recurrence_id.as_ref().is_some_and(|own| own.point() == id.point())
            });
        };
        let local = master.start.reading(id);
        let point = master.start.at(local).point();
        let found = Overrides::of(master, &self.events).at(point, local)?;
        overrides().find(|event| event.span == found.span)
    }

    /// The text of the override of an occurrence and its place: the one that there is, or a new
    /// one, made of the series, with an empty place.
    pub(super) fn override_for(&self, id: &When) -> Result<(Range<usize>, String)> {
        if let Some(event) = self.own_override(id) {
            return Ok((event.span.clone(), self.part(event).to_owned()));
        }
        let master = self.master().ok_or(IcalError::NoSuchOccurrence)?;
        if !self.gives(master, id) {
            return Err(IcalError::NoSuchOccurrence);
        }
        let at = master.start.at(master.start.reading(id));
        let overrides = Overrides::of(master, &self.events);
        let (event, start, length) = match overrides.before(at.point()) {
            Some((moved, event)) => {
                let local = at.local().checked_add_signed(moved).unwrap_or_else(|| at.local());
                let start = event.start.at(event.start.reading(&master.start.at(local)));
                (event, start, event.length)
            }
            None => (master, at.clone(), master.length_at(at.local())),
        };
        let mut edit = Edit::of(self.part(event), line_break(&self.text));
        edit.remove(&["RRULE", "RDATE", "EXDATE", "EXRULE"]);
        let (end, _) = length.end(&start, chrono_tz::Tz::UTC);
        put_times(&mut edit, event, &start, &end);
        let (parameters, value) = written(&at);
        edit.put("RECURRENCE-ID", &parameters, &value);
        Ok((0..0, edit.done()))
    }

    pub(super) fn change_one(
        &self,
        id: &When,
        change: &Change,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let (span, text) = self.override_for(id)?;
        // Read back alone, with the zones of the whole.
        let event = self.read_part(&text)?;
        let mut edit = Edit::of(&text, line_break(&self.text));
        change.put_fields(&mut edit);
        if let Some((start, end)) = &change.times {
            put_times(&mut edit, &event, start, end);
        }
        stamp(&mut edit, &event, now);
        let text = edit.done();
        self.rebuilt(vec![(span, text)])
    }

    pub(super) fn remove_one(&self, id: &When, now: DateTime<Utc>) -> Result<Option<Self>> {
        let own = self.own_override(id).map(|event| (event.span.clone(), String::new()));
        let Some(master) = self.master() else {
            let gone = own.ok_or(IcalError::NoSuchOccurrence)?;
            if self.events.len() == 1 {
                return Ok(None);
            }
            return self.rebuilt(vec![gone]).map(Some);
        };
        if own.is_none() && !self.gives(master, id) {
            return Err(IcalError::NoSuchOccurrence);
        }
        let mut edit = Edit::of(self.part(master), line_break(&self.text));
        let at = master.start.at(master.start.reading(id));
        let (parameters, value) = written(&at);
        edit.add("EXDATE", &parameters, &value);
        stamp(&mut edit, master, now);
        let mut texts = vec![(master.span.clone(), edit.done())];
        // One that stands for all after it, too, has to stay; EXDATE hides it.
        let future = self.own_override(id).is_some_and(|event| event.future);
        texts.extend(own.filter(|_| !future));
        self.rebuilt(texts).map(Some)
    }

    /// Reads a component's text with the zones of this object.
    pub(super) fn read_part(&self, text: &str) -> Result<Event> {
        use super::super::Limits;
        use super::super::event::{Context, Noticed};
        use super::super::scan::scan;
        use super::super::zone::Zones;
        let limits = Limits { bytes: usize::MAX, line: usize::MAX, ..Limits::default() };
        let scan = scan(&self.text, &limits)?;
        let mut zones =
            scan.calendars.first().map(|it| Zones::of(&self.text, it)).unwrap_or_default();
        let mut context = Context {
            text: &self.text,
            zones: &mut zones,
            limits: &limits,
            message: true,
            noticed: Noticed::default(),
        };
        Event::read(text, &mut context).map_err(|_| IcalError::NotOneEvent)
    }
}
