//! Writing several objects as one file.

use std::collections::HashMap;

use super::change::edit::{Edit, with};
use super::change::fields::with_zones;
use super::header::PRODID;
use super::lines::{Lines, fold, parameter};
use super::scan::scan;
use super::{Limits, Method, Object, Zone};

/// One calendar with all these objects, as RFC 5545 wants it: lines of at most 75 octets that end
/// in CRLF, and each zone defined once. Where two objects define two zones under one name, the
/// second is given another name.
#[must_use]
pub fn write<'a>(objects: impl Iterator<Item = &'a Object>, method: Option<Method>) -> String {
    let mut out =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\n");
    if let Some(method) = method {
        out.push_str("METHOD:");
        out.push_str(method.name());
        out.push_str("\r\n");
    }
    let mut written = Written::default();
    let mut events = String::new();
    for object in objects {
        written.object(object, &mut out, &mut events);
    }
    out.push_str(&events);
    out.push_str("END:VCALENDAR\r\n");
    out
}

/// The zones that were written, by name, with what they say.
#[derive(Default)]
struct Written {
    zones: HashMap<String, String>,
}

impl Written {
    fn object(&mut self, object: &Object, zones: &mut String, events: &mut String) {
        // Definitions may have been left out when many objects were read from one file.
        let text = with_zones(object.text.clone()).unwrap_or_else(|_| object.text.clone());
        let limits = Limits { bytes: usize::MAX, line: usize::MAX, ..Limits::default() };
        let Ok(scan) = scan(&text, &limits) else { return };
        let mut renamed: HashMap<String, String> = HashMap::new();
        let components = || scan.calendars.iter().flat_map(|calendar| &calendar.components);
        for found in components().filter(|found| found.name == "VTIMEZONE") {
            let part = refolded(text.get(found.span.clone()).unwrap_or_default());
            let mut edit = Edit::of(&part, "\r\n");
            let Some(tzid) = edit.all("TZID").into_iter().next() else { continue };
            let name = tzid.value.trim().to_owned();
            let (free, new) = self.name_for(&name, &part);
            if free != name {
                edit.put("TZID", &tzid.parameters, &free);
                renamed.insert(name, free.clone());
            }
            if new {
                zones.push_str(&edit.done());
                self.zones.insert(free, part);
            }
        }
        for found in components().filter(|found| found.name != "VTIMEZONE") {
            let part = refolded(text.get(found.span.clone()).unwrap_or_default());
            events.push_str(&rename(part, &renamed));
        }
    }

    /// Under which name a definition stands, and whether it has still to be written. Of a zone
    /// that everybody knows one definition is enough.
    fn name_for(&self, name: &str, definition: &str) -> (String, bool) {
        let known = Zone::named(name).is_some();
        let mut candidate = name.to_owned();
        let mut number = 2_u32;
        while let Some(there) = self.zones.get(&candidate) {
            if known || there == definition {
                return (candidate, false);
            }
            candidate = format!("{name} {number}");
            number = number.saturating_add(1);
        }
        (candidate, true)
    }
}

/// A component's text with CRLF, and with long lines folded; other lines keep their folds.
fn refolded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in Lines::new(text) {
        let raw = text.get(line.span.clone()).unwrap_or_default();
        if raw.trim().is_empty() {
            continue;
        }
        let fits = raw.lines().all(|piece| piece.trim_end_matches('\r').len() <= 75);
        if fits {
            for piece in raw.lines() {
                out.push_str(piece.trim_end_matches('\r'));
                out.push_str("\r\n");
            }
        } else {
            fold(&line.content(text), "\r\n", &mut out);
        }
    }
    out
}

/// A component with some zones under other names.
fn rename(part: String, renamed: &HashMap<String, String>) -> String {
    if renamed.is_empty() {
        return part;
    }
    let mut edit = Edit::of(&part, "\r\n");
    for name in ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"] {
        for line in edit.all(name) {
            let new = parameter(&line.parameters, "TZID").and_then(|tzid| renamed.get(&tzid));
            if let Some(new) = new {
                edit.replace(&line, name, &with(&line.parameters, "TZID", new), &line.value);
            }
        }
    }
    edit.done()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn custom(uid: &str, offset: &str) -> Object {
        Object::parse(&format!(
            "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\n\
             DTSTART:16010101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\n\
             END:VTIMEZONE\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T000000Z\n\
             DTSTART;TZID=Customized Time Zone:20260601T120000\nX-LONG:{}\nEND:VEVENT\n\
             END:VCALENDAR\n",
            "æ".repeat(100)
        ))
        .unwrap()
    }

    #[test]
    fn two_zones_of_one_name_stay_two() {
        let objects = [custom("1", "+0100"), custom("2", "+0500"), custom("3", "+0500")];
        let text = write(objects.iter(), Some(Method::Publish));
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 2);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        let reading = read(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(reading.method, Some(Method::Publish));
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        for (before, after) in objects.iter().zip(&reading.objects) {
            assert_eq!(before.summary().start.key(), after.summary().start.key());
        }
    }

    #[test]
    fn nothing_is_a_calendar_too() {
        let text = write([].into_iter(), None);
        assert!(read(text.as_bytes(), &Limits::default()).unwrap().objects.is_empty());
    }
}
