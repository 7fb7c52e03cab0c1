//! Reading a whole file.

use std::collections::HashMap;
use std::ops::Range;

use super::event::{Context, Event, Noticed};
use super::header::Header;
use super::lines::{Lines, line_break, parameter, split};
use super::object::newest;
use super::scan::{Calendar, Found, Scan, scan};
use super::zone::Zones;
use super::{IcalError, Limits, Object, Reading, Reason, Result, UNKNOWN_ZONES, Warning, bytes};

/// Reads a whole file: UTF-8 with or without its mark, UTF-16, or what Windows once wrote; lines
/// that end in LF, CR or CRLF; with good and bad components side by side.
///
/// # Errors
/// [`super::IcalError::NotACalendar`] where no component begins, and the errors of the limits.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading> {
    if bytes.len() > limits.bytes {
        return Err(IcalError::TooLarge { limit: limits.bytes });
    }
    let (text, mut warnings) = bytes::text(bytes);
    let scan = scan(&text, limits)?;
    if scan.calendars.is_empty() && scan.warnings.is_empty() {
        return Err(IcalError::NotACalendar);
    }
    warnings.extend(&scan.warnings);
    let mut reader = Reader {
        text: &text,
        limits,
        warnings,
        unknown_zones: Vec::new(),
        groups: Vec::new(),
        by_uid: HashMap::new(),
        headers: scan.calendars.iter().map(|calendar| Header::of(&text, calendar)).collect(),
        zones_left: limits.zones,
    };
    let zones = reader.events(&scan);
    let objects = reader.objects(&scan, &zones);
    reader.warnings.sort_by_key(|warning| warning.line);
    let headers = reader.headers;
    Ok(Reading {
        objects,
        method: headers.iter().find_map(|header| header.method),
        name: headers.iter().find_map(|header| header.name.clone()),
        colour: headers.iter().find_map(|header| header.colour.clone()),
        unknown_zones: reader.unknown_zones,
        warnings: reader.warnings,
    })
}

struct Reader<'a> {
    text: &'a str,
    limits: &'a Limits,
    warnings: Vec<Warning>,
    unknown_zones: Vec<String>,
    /// The events of one UID each, in the file's order.
    groups: Vec<Group>,
    by_uid: HashMap<String, usize>,
    headers: Vec<Header>,
    /// How many bytes of definitions may still be copied.
    zones_left: usize,
}

struct Group {
    uid: String,
    /// Which calendar of the file its first event is in.
    calendar: usize,
    events: Vec<Event>,
    /// The line of the file on which each span's component begins.
    lines: HashMap<usize, usize>,
    /// Whether the UID is one that was made here.
    made: bool,
}

impl Reader<'_> {
    fn warn(&mut self, line: usize, reason: Reason) {
        self.warnings.push(Warning { line, reason });
    }

    fn slice(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// Reads every event and groups them by UID.
    fn events(&mut self, scan: &Scan) -> Vec<Zones> {
        let mut all = Vec::new();
        for (at, calendar) in scan.calendars.iter().enumerate() {
            let mut zones = Zones::of(self.text, calendar);
            for found in &calendar.components {
                match found.name.as_str() {
                    "VEVENT" => self.event(at, found, &mut zones),
                    "VTIMEZONE" => {}
                    _ => self.warn(found.number, Reason::NotAnEvent),
                }
            }
            all.push(zones);
        }
        all
    }

    fn event(&mut self, calendar: usize, found: &Found, zones: &mut Zones) {
        let mut context = Context {
            text: self.text,
            zones,
            limits: self.limits,
            message: self.headers.get(calendar).is_some_and(|header| header.method.is_some()),
            noticed: Noticed::default(),
        };
        let text = self.text.get(found.span.clone()).unwrap_or_default();
        let read = Event::read(text, &mut context);
        let noticed = context.noticed;
        let mut event = match read {
            Ok(event) => event,
            Err(reason) => return self.warn(found.number, reason),
        };
        if noticed.bad_rule {
            self.warn(found.number, Reason::BadRule);
        }
        if !noticed.unknown_zones.is_empty() {
            self.warn(found.number, Reason::UnknownZone);
        }
        for zone in noticed.unknown_zones {
            if self.unknown_zones.len() < UNKNOWN_ZONES && !self.unknown_zones.contains(&zone) {
                self.unknown_zones.push(zone);
            }
        }
        event.span = found.span.clone();
        let given = event.uid.take();
        let made = given.is_none();
        let uid = given.unwrap_or_else(|| {
            self.warnings.push(Warning { line: found.number, reason: Reason::NoUid });
            uid_for(text)
        });
        let groups = &mut self.groups;
        let at = *self.by_uid.entry(uid.clone()).or_insert_with(|| {
            groups.push(Group { uid, calendar, events: Vec::new(), lines: HashMap::new(), made });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.lines.insert(found.span.start, found.number);
            group.events.push(event);
        }
    }

    fn objects(&mut self, scan: &Scan, zones: &[Zones]) -> Vec<Object> {
        let mut groups = std::mem::take(&mut self.groups);
        for group in &mut groups {
            for gone in newest(&mut group.events) {
                let line = group.lines.get(&gone.start).copied().unwrap_or(0);
                self.warn(line, Reason::Superseded);
            }
        }
        let one = matches!(groups.as_slice(), [group] if !group.made)
            && !self.warnings.iter().any(|warning| warning.reason.left_out());
        if let ([calendar], true) = (scan.calendars.as_slice(), one)
            && calendar.whole
        {
            return groups.into_iter().map(|group| self.whole(group, calendar)).collect();
        }
        groups
            .into_iter()
            .filter_map(|group| {
                let zones = zones.get(group.calendar)?;
                Some(self.assemble(group, zones))
            })
            .collect()
    }

    /// A calendar that holds one object is kept as it is, but for METHOD, which is not stored
    /// (RFC 4791, section 4.1).
    fn whole(&self, mut group: Group, calendar: &Calendar) -> Object {
        let mut text = String::with_capacity(calendar.span.len());
        let mut copied = calendar.span.start;
        let methods = self.headers.first().map_or(&[][..], |header| &header.method_lines);
        for span in methods {
            text.push_str(self.slice(copied..span.start));
            copied = span.end;
        }
        text.push_str(self.slice(copied..calendar.span.end));
        end_line(&mut text, line_break(self.text));
        for event in &mut group.events {
            let earlier = methods.iter().filter(|span| span.start < event.span.start);
            let before = calendar.span.start + earlier.map(Range::len).sum::<usize>();
            let Range { start, end } = event.span;
            event.span = start.saturating_sub(before)..end.saturating_sub(before);
        }
        Object { uid: group.uid.into(), text, events: group.events }
    }

    /// A calendar of its own for one object of several.
    fn assemble(&mut self, mut group: Group, zones: &Zones) -> Object {
        let line_break = line_break(self.text);
        let mut text = String::new();
        text.push_str("BEGIN:VCALENDAR");
        text.push_str(line_break);
        if let Some(header) = self.headers.get(group.calendar) {
            header.write(self.text, line_break, &mut text);
        }
        let mut named: Vec<String> = Vec::new();
        for event in &group.events {
            for tzid in tzids(self.slice(event.span.clone())) {
                if !named.contains(&tzid) {
                    named.push(tzid);
                }
            }
        }
        for span in named.iter().filter_map(|tzid| zones.definition(tzid)) {
            if span.len() > self.zones_left {
                let line = group.lines.values().min().copied().unwrap_or(0);
                self.warn(line, Reason::ZoneNotCopied);
                continue;
            }
            self.zones_left -= span.len();
            text.push_str(self.slice(span));
            end_line(&mut text, line_break);
        }
        for event in &mut group.events {
            let start = text.len();
            let part = self.slice(event.span.clone());
            match Lines::new(part).next().filter(|_| group.made) {
                Some(begin) => {
                    let (begin, rest) = part.split_at_checked(begin.span.end).unwrap_or((part, ""));
                    text.push_str(begin);
                    text.push_str("UID:");
                    text.push_str(&group.uid);
                    text.push_str(line_break);
                    text.push_str(rest);
                }
                None => text.push_str(part),
            }
            end_line(&mut text, line_break);
            event.span = start..text.len();
        }
        text.push_str("END:VCALENDAR");
        text.push_str(line_break);
        Object { uid: group.uid.into(), text, events: group.events }
    }
}

/// Gives a text a line break at its end where it has none.
fn end_line(text: &mut String, line_break: &str) {
    if !text.ends_with('\n') {
        text.push_str(line_break);
    }
}

/// The zones that a component names.
pub(super) fn tzids(text: &str) -> Vec<String> {
    if !text.contains("TZID") && !text.contains("tzid") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for line in Lines::new(text) {
        let content = line.content(text);
        let named = split(&content).and_then(|(_, parameters, _)| parameter(parameters, "TZID"));
        found.extend(named.filter(|tzid| !found.contains(tzid)));
    }
    found
}

/// A UID for an event without one. It is the same for the same text, so that a file read twice
/// gives one event.
fn uid_for(text: &str) -> String {
    // FNV-1a, 128 bits wide.
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in text.bytes() {
        hash ^= u128::from(byte);
        hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    format!("{hash:032x}@fristed")
}
