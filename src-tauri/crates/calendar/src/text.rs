//! The text of an object as blocks, for the few things that concern a whole event at once: putting
//! one occurrence's event beside the others, and leaving out what an answer does not say.

use crate::ical::{Object, Result};

/// A content line with the lines that it was folded into (RFC 5545, section 3.1), as received.
type Line<'a> = &'a str;

/// An object's text in three parts.
pub(crate) struct Blocks<'a> {
    /// Everything before the first event: the calendar's own lines and its zones.
    pub(crate) head: Vec<Line<'a>>,
    /// The events, each from its BEGIN to its END.
    pub(crate) events: Vec<Vec<Line<'a>>>,
    /// Everything after the first event that belongs to none: zones, and the end.
    pub(crate) tail: Vec<Line<'a>>,
}

impl<'a> Blocks<'a> {
    /// Takes a text apart.
    pub(crate) fn of(text: &'a str) -> Self {
        let mut blocks = Self { head: Vec::new(), events: Vec::new(), tail: Vec::new() };
        let mut event: Option<Vec<Line<'a>>> = None;
        for line in content_lines(text) {
            if let Some(mut open) = event.take() {
                open.push(line);
                if is(line, "END", "VEVENT") {
                    blocks.events.push(open);
                } else {
                    event = Some(open);
                }
            } else if is(line, "BEGIN", "VEVENT") {
                event = Some(vec![line]);
            } else if blocks.events.is_empty() {
                blocks.head.push(line);
            } else {
                blocks.tail.push(line);
            }
        }
        blocks
    }

    /// Puts the parts together again.
    ///
    /// # Errors
    /// [`crate::ical::IcalError::NotOneEvent`] where they are no object.
    pub(crate) fn object(&self) -> Result<Object> {
        let events = self.events.iter().flatten();
        let all: String = self.head.iter().chain(events).chain(&self.tail).copied().collect();
        Object::parse(&all)
    }

    /// The object with another one's events: each takes the place of the one of the same
    /// occurrence, or stands beside the others.
    ///
    /// # Errors
    /// [`crate::ical::IcalError::NotOneEvent`] where they are no object together.
    pub(crate) fn with_events_of(mut self, other: &Blocks<'a>) -> Result<Object> {
        for event in &other.events {
            let same = |known: &&mut Vec<Line<'a>>| recurrence(known) == recurrence(event);
            match self.events.iter_mut().find(same) {
                Some(known) => known.clone_from(event),
                None => self.events.push(event.clone()),
            }
        }
        for zone in zones(&other.head).chain(zones(&other.tail)) {
            if !zones(&self.head).chain(zones(&self.tail)).any(|known| id(&known) == id(&zone)) {
                // Before the calendar's END, or where the events begin.
                self.head.extend(zone);
            }
        }
        self.object()
    }
}

/// The lines of a text with their ends, those that were folded together.
fn content_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for piece in text.split_inclusive('\n') {
        if !piece.starts_with([' ', '\t']) && end > start {
            lines.extend(text.get(start..end));
            start = end;
        }
        end += piece.len();
    }
    lines.extend(text.get(start..end).filter(|rest| !rest.is_empty()));
    lines
}

/// The name of a content line, in upper case.
pub(crate) fn name(line: &str) -> String {
    let end = line.find([':', ';']).unwrap_or(line.len());
    line.get(..end).unwrap_or_default().trim().to_ascii_uppercase()
}

/// The value of a content line, unfolded.
fn value(line: &str) -> String {
    let unfolded: String = line.replace("\r\n ", "").replace("\n ", "");
    let unfolded = unfolded.replace("\r\n\t", "").replace("\n\t", "");
    let mut quoted = false;
    let at = unfolded.find(|c: char| {
        quoted ^= c == '"';
        c == ':' && !quoted
    });
    at.and_then(|at| unfolded.get(at + 1..)).unwrap_or_default().trim().to_owned()
}

fn is(line: &str, wanted: &str, of: &str) -> bool {
    name(line) == wanted && value(line).eq_ignore_ascii_case(of)
}

/// The value of an event's RECURRENCE-ID; none of the master's.
pub(crate) fn recurrence(event: &[Line<'_>]) -> Option<String> {
    event.iter().find(|line| name(line) == "RECURRENCE-ID").map(|line| value(line))
}

/// The zones among some lines, each whole.
fn zones<'a>(lines: &[Line<'a>]) -> impl Iterator<Item = Vec<Line<'a>>> {
    let mut zones = Vec::new();
    let mut open: Option<Vec<Line<'a>>> = None;
    for line in lines {
        if is(line, "BEGIN", "VTIMEZONE") {
            open = Some(Vec::new());
        }
        if let Some(zone) = &mut open {
            zone.push(*line);
            if is(line, "END", "VTIMEZONE") {
                zones.extend(open.take());
            }
        }
    }
    zones.into_iter()
}

fn id(zone: &[Line<'_>]) -> Option<String> {
    zone.iter().find(|line| name(line) == "TZID").map(|line| value(line))
}

/// The e-mail address that an ATTENDEE line names.
pub(crate) fn address(line: &str) -> String {
    let value = value(line);
    let lower = value.to_lowercase();
    let address = lower.strip_prefix("mailto:").map_or(lower.as_str(), str::trim);
    address.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\nEND:VTIMEZONE\r\n\
        BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:lang\r\n  linje\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        RECURRENCE-ID;TZID=\"a:b\":20260324T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn a_text_is_taken_apart_and_nothing_is_lost() {
        let blocks = Blocks::of(TEXT);
        assert_eq!((blocks.events.len(), blocks.head.len(), blocks.tail.len()), (2, 4, 1));
        assert_eq!(blocks.events[0].len(), 4, "a folded line is one");
        assert_eq!(recurrence(&blocks.events[1]).as_deref(), Some("20260324T090000"));
        let events = blocks.events.iter().flatten();
        let again: String = blocks.head.iter().chain(events).chain(&blocks.tail).copied().collect();
        assert_eq!(again, TEXT);
        assert_eq!(zones(&blocks.head).count(), 1);
    }

    #[test]
    fn an_attendee_is_known_by_the_address() {
        assert_eq!(
            address("ATTENDEE;CN=\"Bo: leder\":mailto:Bo@Skolen.example"),
            "bo@skolen.example"
        );
    }
}
