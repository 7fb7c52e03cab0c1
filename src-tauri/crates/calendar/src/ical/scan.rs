//! Where the components of a text stand.
//!
//! This looks at the lines that begin and end components, and at nothing else; it keeps no tree
//! and calls itself nowhere, so that no nesting can exhaust it.

use std::ops::Range;

use super::lines::{Line, Lines, split};
use super::{IcalError, Limits, Reason, Result, Warning};

/// A calendar's own lines and its components.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    /// The lines of the calendar itself: VERSION, PRODID, METHOD and so on.
    pub own: Vec<Line>,
    /// The components directly in it.
    pub components: Vec<Found>,
    /// Whether a BEGIN:VCALENDAR and an END:VCALENDAR stand around it.
    pub whole: bool,
    /// From the beginning of the first line to the end of the last.
    pub span: Range<usize>,
}

/// One component directly in a calendar.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its name in capitals.
    pub name: String,
    /// Its bytes, from BEGIN to the end of END's line.
    pub span: Range<usize>,
    /// The line of the file on which it begins.
    pub number: usize,
}

/// All calendars of a text, and the components that could not be taken.
pub(super) struct Scan {
    pub calendars: Vec<Calendar>,
    pub warnings: Vec<Warning>,
}

/// The components that never stand in another one; where one begins, an open one was left open.
const OUTERMOST: [&str; 6] = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"];

struct Scanner<'a> {
    limits: &'a Limits,
    scan: Scan,
    current: Calendar,
    open: Vec<String>,
    /// How many components are open beyond the deepest that is followed.
    beyond: usize,
    found: Option<Found>,
    bad: Option<Reason>,
    components: usize,
}

/// Finds the components of a text.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<Scan> {
    let mut scanner = Scanner {
        limits,
        scan: Scan { calendars: Vec::new(), warnings: Vec::new() },
        current: Calendar::default(),
        open: Vec::new(),
        beyond: 0,
        found: None,
        bad: None,
        components: 0,
    };
    for line in Lines::new(text) {
        if line.span.len() > limits.line {
            match scanner.found {
                Some(_) => scanner.bad = Some(Reason::LineTooLong),
                None => scanner.warn(line.number, Reason::LineTooLong),
            }
            continue;
        }
        match edge(text, &line) {
            Some((true, name)) => scanner.begin(name, line)?,
            Some((false, name)) => scanner.end(&name, &line),
            None if scanner.found.is_none() && !line.content(text).trim().is_empty() => {
                scanner.current.span.end = line.span.end;
                scanner.current.own.push(line);
            }
            None => {}
        }
    }
    scanner.leave();
    scanner.close(false);
    Ok(scanner.scan)
}

/// Whether a line begins (`true`) or ends a component, and which.
fn edge(text: &str, line: &Line) -> Option<(bool, String)> {
    // Most lines are neither, and are not looked at further.
    let first = text.as_bytes().get(line.span.start)?.to_ascii_uppercase();
    if first != b'B' && first != b'E' {
        return None;
    }
    let content = line.content(text);
    let (name, _, value) = split(&content)?;
    let begins = match name.as_str() {
        "BEGIN" => true,
        "END" => false,
        _ => return None,
    };
    Some((begins, value.trim().to_ascii_uppercase()))
}

impl Scanner<'_> {
    fn warn(&mut self, line: usize, reason: Reason) {
        self.scan.warnings.push(Warning { line, reason });
    }

    fn begin(&mut self, name: String, line: Line) -> Result<()> {
        self.components += 1;
        if self.components > self.limits.components {
            return Err(IcalError::TooManyComponents { limit: self.limits.components });
        }
        if OUTERMOST.contains(&name.as_str()) {
            self.leave();
        }
        if name == "VCALENDAR" {
            self.close(false);
            self.current.whole = true;
            self.current.span = line.span;
            return Ok(());
        }
        if self.found.is_none() {
            if self.current.span.is_empty() {
                self.current.span = line.span.clone();
            }
            self.found = Some(Found { name, span: line.span, number: line.number });
        } else if self.open.len() + 1 < self.limits.depth && self.beyond == 0 {
            self.open.push(name);
        } else {
            self.beyond += 1;
            self.bad = Some(Reason::TooDeep);
        }
        Ok(())
    }

    fn end(&mut self, name: &str, line: &Line) {
        if name == "VCALENDAR" {
            self.leave();
            self.current.span.end = line.span.end;
            self.close(true);
        } else if self.found.as_ref().is_some_and(|found| found.name == name)
            && !self.open.iter().any(|open| open == name)
        {
            // What lies open within ends with it.
            if let Some(mut found) = self.found.take() {
                found.span.end = line.span.end;
                self.current.span.end = line.span.end;
                match self.bad.take() {
                    Some(reason) => self.warn(found.number, reason),
                    None => self.current.components.push(found),
                }
            }
            self.open.clear();
            self.beyond = 0;
        } else if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
        }
    }

    /// Leaves a component that was not ended.
    fn leave(&mut self) {
        if let Some(found) = self.found.take() {
            let reason = self.bad.take().unwrap_or(Reason::NotClosed);
            self.warn(found.number, reason);
        }
        self.open.clear();
        self.beyond = 0;
    }

    fn close(&mut self, ended: bool) {
        let mut done = std::mem::take(&mut self.current);
        done.whole &= ended;
        if !done.components.is_empty() || done.whole {
            self.scan.calendars.push(done);
        }
    }
}

/// One component taken apart: its own lines, and the components directly in it.
#[derive(Debug, Default, Clone)]
pub(super) struct Part {
    /// Its own lines, BEGIN and END and those of inner components apart.
    pub own: Vec<Line>,
    /// The components in it, at whatever depth, by name; an inner one's inner ones belong to it.
    pub inner: Vec<(String, Range<usize>)>,
    /// Where END's line begins.
    pub end: usize,
}

impl Part {
    /// Takes a component's text apart; spans are within `text`, which begins with its BEGIN.
    pub(super) fn of(text: &str) -> Self {
        let mut part = Self { end: text.len(), ..Self::default() };
        let mut open: Vec<(String, usize)> = Vec::new();
        let mut itself: Option<String> = None;
        for line in Lines::new(text) {
            match edge(text, &line) {
                Some((true, name)) if itself.is_none() => itself = Some(name),
                Some((true, name)) => open.push((name, line.span.start)),
                Some((false, name)) => match open.iter().rposition(|(open, _)| *open == name) {
                    Some(at) => {
                        let begun = open.get(at).map_or(0, |(_, start)| *start);
                        open.truncate(at);
                        if at == 0 {
                            part.inner.push((name, begun..line.span.end));
                        }
                    }
                    None if itself.as_ref() == Some(&name) => part.end = line.span.start,
                    None => {}
                },
                None if open.is_empty() && itself.is_some() => part.own.push(line),
                None => {}
            }
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> (Vec<String>, Vec<Warning>) {
        let scan = scan(text, &Limits::default()).unwrap();
        let names = scan.calendars.iter().flat_map(|c| &c.components).map(|c| c.name.clone());
        (names.collect(), scan.warnings)
    }

    #[test]
    fn a_component_left_open_is_listed_and_the_others_are_found() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\n\
                    END:VCALENDAR\n";
        let (found, warnings) = names(text);
        assert_eq!(found, ["VEVENT"]);
        assert_eq!(warnings, [Warning { line: 2, reason: Reason::NotClosed }]);
    }

    #[test]
    fn an_alarm_left_open_ends_with_its_event() {
        let text = "BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nBEGIN:VTODO\nEND:VTODO\n";
        assert_eq!(names(text), (vec!["VEVENT".to_owned(), "VTODO".to_owned()], Vec::new()));
    }

    #[test]
    fn what_lies_too_deep_is_listed() {
        let text =
            format!("BEGIN:VEVENT\n{}{}END:VEVENT\n", "BEGIN:X\n".repeat(20), "END:X\n".repeat(20));
        let (found, warnings) = names(&text);
        assert!(found.is_empty());
        assert_eq!(warnings, [Warning { line: 1, reason: Reason::TooDeep }]);
    }

    #[test]
    fn the_lines_of_an_alarm_are_not_the_event_s() {
        let text = "BEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nUID:2\nEND:VALARM\nX:3\nEND:VEVENT\n";
        let part = Part::of(text);
        let own: Vec<String> = part.own.iter().map(|l| l.content(text).into_owned()).collect();
        assert_eq!(own, ["UID:1", "X:3"]);
        assert_eq!(part.inner, [("VALARM".to_owned(), 19..49)]);
        assert_eq!(&text[part.end..], "END:VEVENT\n");
    }
}
