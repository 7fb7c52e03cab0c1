//! The zones that one calendar names.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::super::lines::split;
use super::super::scan::{Calendar, Part};
use super::{Zone, define};

/// What the TZIDs of one calendar mean: the zone that is known by the name; else the one that its
/// definition says it is (X-LIC-LOCATION); else the one that it defines.
#[derive(Debug, Default)]
pub(in crate::ical) struct Zones {
    /// The definitions by TZID, where they stand in the text.
    definitions: HashMap<String, Range<usize>>,
    known: HashMap<String, Option<Zone>>,
}

impl Zones {
    /// The definitions in a calendar.
    pub(in crate::ical) fn of(text: &str, calendar: &Calendar) -> Self {
        let mut zones = Self::default();
        for found in calendar.components.iter().filter(|found| found.name == "VTIMEZONE") {
            let part = text.get(found.span.clone()).unwrap_or_default();
            if let Some(name) = property(part, "TZID") {
                zones.definitions.entry(name).or_insert_with(|| found.span.clone());
            }
        }
        zones
    }

    /// Where a zone is defined.
    pub(in crate::ical) fn definition(&self, tzid: &str) -> Option<Range<usize>> {
        self.definitions.get(tzid).cloned()
    }

    /// What a TZID means; `text` is the one that the definitions stand in.
    pub(in crate::ical) fn get(&mut self, text: &str, tzid: &str) -> Option<Zone> {
        if let Some(known) = self.known.get(tzid) {
            return known.clone();
        }
        let definition = self.definitions.get(tzid).and_then(|span| text.get(span.clone()));
        let zone = Zone::named(tzid).or_else(|| {
            let location = property(definition?, "X-LIC-LOCATION")?;
            Zone::named(&location).map(|zone| match zone {
                Zone::Named(tz, _) => Zone::Named(tz, tzid.into()),
                other => other,
            })
        });
        let zone =
            zone.or_else(|| define(tzid, definition?).map(|own| Zone::Custom(Arc::new(own))));
        // A file may name as many zones as it has bytes for.
        if self.known.len() < 1_000 {
            self.known.insert(tzid.to_owned(), zone.clone());
        }
        zone
    }
}

/// The value of a component's own property.
fn property(text: &str, wanted: &str) -> Option<String> {
    Part::of(text).own.iter().find_map(|line| {
        let content = line.content(text);
        let (name, _, value) = split(&content)?;
        (name == wanted).then(|| value.trim().to_owned())
    })
}
