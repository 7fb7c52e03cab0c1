//! Changing single lines of a component's text.

use std::ops::Range;

use super::super::lines::{fold, parameters, quote, split};
use super::super::scan::Part;
use super::super::{When, Zone};

/// A component's text and the lines to be changed in it. Lines that nobody names keep their bytes.
pub(in crate::ical) struct Edit<'a> {
    text: &'a str,
    part: Part,
    line_break: &'static str,
    /// What takes the place of which bytes.
    changes: Vec<(Range<usize>, String)>,
}

/// One of a component's own lines.
pub(in crate::ical) struct Property {
    pub span: Range<usize>,
    /// As they stand, with the first semicolon.
    pub parameters: String,
    pub value: String,
}

impl<'a> Edit<'a> {
    pub(in crate::ical) fn of(text: &'a str, line_break: &'static str) -> Self {
        Self { text, part: Part::of(text), line_break, changes: Vec::new() }
    }

    /// The component's own properties of this name.
    pub(in crate::ical) fn all(&self, wanted: &str) -> Vec<Property> {
        let own = self.part.own.iter().filter_map(|line| {
            let content = line.content(self.text);
            let (name, parameters, value) = split(&content)?;
            (name == wanted).then(|| Property {
                span: line.span.clone(),
                parameters: parameters.to_owned(),
                value: value.to_owned(),
            })
        });
        own.collect()
    }

    /// Puts a line in the place of the first of this name, or adds it, and takes further ones away.
    pub(in crate::ical) fn put(&mut self, name: &str, parameters: &str, value: &str) {
        let mut there = self.all(name).into_iter();
        match there.next() {
            Some(first) => self.replace(&first, name, parameters, value),
            None => self.add(name, parameters, value),
        }
        for further in there {
            self.changes.push((further.span, String::new()));
        }
    }

    /// Puts a line in the place of another one, where it says something else.
    pub(in crate::ical) fn replace(
        &mut self,
        line: &Property,
        name: &str,
        parameters: &str,
        value: &str,
    ) {
        if line.parameters != parameters || line.value != value {
            let new = self.line(name, parameters, value);
            self.changes.push((line.span.clone(), new));
        }
    }

    /// Adds a line behind the component's own.
    pub(in crate::ical) fn add(&mut self, name: &str, parameters: &str, value: &str) {
        let at = self.part.own.last().map_or(self.part.end, |line| line.span.end);
        let line = self.line(name, parameters, value);
        self.changes.push((at..at, line));
    }

    /// Takes every line of these names away.
    pub(in crate::ical) fn remove(&mut self, names: &[&str]) {
        for name in names {
            for line in self.all(name) {
                self.changes.push((line.span, String::new()));
            }
        }
    }

    /// Takes a line away.
    pub(in crate::ical) fn take(&mut self, line: &Property) {
        self.changes.push((line.span.clone(), String::new()));
    }

    /// Takes the inner components of this name away.
    pub(in crate::ical) fn remove_inner(&mut self, wanted: &str) {
        for (name, span) in &self.part.inner {
            if name == wanted {
                self.changes.push((span.clone(), String::new()));
            }
        }
    }

    /// Adds an inner component, given as its lines.
    pub(in crate::ical) fn add_inner(&mut self, lines: &[String]) {
        let mut text = String::new();
        for line in lines {
            fold(line, self.line_break, &mut text);
        }
        self.changes.push((self.part.end..self.part.end, text));
    }

    /// Writes a text: the line's parameters stay but for those that no longer fit, and an empty
    /// text takes the line away.
    pub(in crate::ical) fn put_text(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.remove(&[name]);
            return;
        }
        let there = self.all(name).into_iter().next();
        let kept = there.map_or(String::new(), |line| {
            without(&line.parameters, &["ALTREP", "ENCODING", "CHARSET", "VALUE"])
        });
        self.put(name, &kept, value);
    }

    /// Writes a time.
    pub(in crate::ical) fn put_time(&mut self, name: &str, when: &When) {
        let there = self.all(name).into_iter().next();
        let kept = there
            .map_or(String::new(), |line| without(&line.parameters, &["TZID", "VALUE", "RANGE"]));
        let (parameters, value) = written(when);
        self.put(name, &format!("{parameters}{kept}"), &value);
    }

    fn line(&self, name: &str, parameters: &str, value: &str) -> String {
        let mut out = String::new();
        fold(&format!("{name}{parameters}:{value}"), self.line_break, &mut out);
        out
    }

    /// The text with the changes made.
    pub(in crate::ical) fn done(mut self) -> String {
        // Those that were named later win over earlier ones about the same line.
        self.changes.reverse();
        self.changes.sort_by_key(|(span, _)| (span.start, span.end));
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut copied = 0;
        let mut added: Vec<(usize, String)> = Vec::new();
        for (span, new) in self.changes {
            if span.is_empty() {
                added.push((span.start, new));
                continue;
            }
            if span.start < copied {
                continue;
            }
            insert(self.text, &mut out, &mut copied, span.start, &mut added);
            out.push_str(&new);
            copied = span.end;
        }
        insert(self.text, &mut out, &mut copied, self.text.len(), &mut added);
        out
    }
}

/// Copies up to `to`, with what was to be added on the way.
fn insert(
    text: &str,
    out: &mut String,
    copied: &mut usize,
    to: usize,
    added: &mut Vec<(usize, String)>,
) {
    let (now, later): (Vec<_>, Vec<_>) =
        std::mem::take(added).into_iter().partition(|(at, _)| *at <= to);
    *added = later;
    for (at, new) in now.into_iter().rev() {
        if at > *copied {
            out.push_str(text.get(*copied..at).unwrap_or_default());
            *copied = at;
        }
        out.push_str(&new);
    }
    out.push_str(text.get(*copied..to).unwrap_or_default());
    *copied = to;
}

/// Parameters without some.
pub(in crate::ical) fn without(text: &str, names: &[&str]) -> String {
    let kept = parameters(text).into_iter().filter(|(name, _)| !names.contains(&name.as_str()));
    kept.map(|(name, value)| format!(";{name}={value}")).collect()
}

/// Parameters with one set; the others keep their bytes.
pub(in crate::ical) fn with(text: &str, name: &str, value: &str) -> String {
    let value = quote(value);
    let mut at = 0;
    let mut quoted = false;
    let pieces = text.split(|character| {
        quoted ^= character == '"';
        character == ';' && !quoted
    });
    for piece in pieces {
        let end = at + piece.len();
        if let Some((found, _)) = piece.split_once('=')
            && found.trim().eq_ignore_ascii_case(name)
        {
            let (before, after) = (text.get(..at), text.get(end..));
            return format!(
                "{}{found}={value}{}",
                before.unwrap_or_default(),
                after.unwrap_or_default()
            );
        }
        at = end + 1;
    }
    format!("{text};{name}={value}")
}

/// A time's parameters and value.
pub(in crate::ical) fn written(when: &When) -> (String, String) {
    match when {
        When::Day(day) => (";VALUE=DATE".to_owned(), day.format("%Y%m%d").to_string()),
        When::Floating(_) | When::At(_, Zone::Utc) => (String::new(), when.key()),
        When::At(local, zone) => {
            (format!(";TZID={}", quote(zone.name())), local.format("%Y%m%dT%H%M%S").to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY;LANGUAGE=da;ALTREP=\"x:y\":Gammel\r\n\
        X-A;B=\"c;d\":1\r\nBEGIN:VALARM\r\nSUMMARY:ring\r\nEND:VALARM\r\nX-B:2\r\nEND:VEVENT\r\n";

    #[test]
    fn one_line_changes_and_every_other_byte_stays() {
        let mut edit = Edit::of(EVENT, "\r\n");
        edit.put_text("SUMMARY", "Ny");
        edit.put_text("LOCATION", "Rådhuset");
        assert_eq!(
            edit.done(),
            EVENT
                .replace(";ALTREP=\"x:y\":Gammel", ":Ny")
                .replace("X-B:2\r\n", "X-B:2\r\nLOCATION:Rådhuset\r\n")
        );
        let mut edit = Edit::of(EVENT, "\r\n");
        edit.remove(&["SUMMARY"]);
        edit.remove_inner("VALARM");
        edit.add_inner(&["BEGIN:VALARM".into(), "END:VALARM".into()]);
        assert_eq!(
            edit.done(),
            "BEGIN:VEVENT\r\nUID:1\r\nX-A;B=\"c;d\":1\r\nX-B:2\r\nBEGIN:VALARM\r\nEND:VALARM\r\n\
             END:VEVENT\r\n"
        );
    }

    #[test]
    fn one_parameter_changes_and_the_others_keep_their_bytes() {
        let text = ";CN=\"Bo; leder\";partstat=NEEDS-ACTION;X-Q=1";
        assert_eq!(with(text, "PARTSTAT", "ACCEPTED"), ";CN=\"Bo; leder\";partstat=ACCEPTED;X-Q=1");
        assert_eq!(with("", "ROLE", "CHAIR"), ";ROLE=CHAIR");
        assert_eq!(without(text, &["X-Q", "CN"]), ";PARTSTAT=NEEDS-ACTION");
    }

    #[test]
    fn the_last_change_of_a_line_counts() {
        let mut edit = Edit::of(EVENT, "\n");
        edit.put("UID", "", "2");
        edit.put("UID", "", "3");
        assert!(edit.done().contains("UID:3\n"));
    }
}
