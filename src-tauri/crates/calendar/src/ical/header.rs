//! What a calendar says of itself.

use fristed_base::shown::shown_line;
use std::ops::Range;

use super::Method;
use super::lines::split;
use super::scan::Calendar;

/// The program that a calendar without PRODID is said to come from.
pub(super) const PRODID: &str = "-//Fristed//Fristed//DA";

/// A calendar's own properties, as far as they are understood.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub method: Option<Method>,
    pub name: Option<String>,
    pub colour: Option<String>,
    /// The lines that go with every object: VERSION, PRODID, CALSCALE.
    kept: Vec<Range<usize>>,
    /// The lines that go with none.
    pub method_lines: Vec<Range<usize>>,
    has_version: bool,
    has_prodid: bool,
}

impl Header {
    pub(super) fn of(text: &str, calendar: &Calendar) -> Self {
        let mut header = Self::default();
        let mut apple = None;
        let mut wr_name = None;
        for line in &calendar.own {
            let content = line.content(text);
            let Some((name, _, value)) = split(&content) else { continue };
            let value = value.trim();
            match name.as_str() {
                "METHOD" => {
                    header.method = Method::named(value);
                    header.method_lines.push(line.span.clone());
                }
                "NAME" => header.name = text_value(value),
                "X-WR-CALNAME" => wr_name = text_value(value),
                "COLOR" => header.colour = colour(value),
                "X-APPLE-CALENDAR-COLOR" => apple = colour(value),
                "VERSION" | "PRODID" | "CALSCALE" => {
                    header.has_version |= name == "VERSION";
                    header.has_prodid |= name == "PRODID";
                    header.kept.push(line.span.clone());
                }
                _ => {}
            }
        }
        header.name = header.name.or(wr_name);
        header.colour = header.colour.or(apple);
        header
    }

    /// Writes what goes with every object; VERSION and PRODID have to be there (RFC 5545,
    /// section 3.6).
    pub(super) fn write(&self, text: &str, line_break: &str, out: &mut String) {
        if !self.has_version {
            out.push_str("VERSION:2.0");
            out.push_str(line_break);
        }
        if !self.has_prodid {
            out.push_str("PRODID:");
            out.push_str(PRODID);
            out.push_str(line_break);
        }
        for span in &self.kept {
            out.push_str(text.get(span.clone()).unwrap_or_default());
            if !out.ends_with('\n') {
                out.push_str(line_break);
            }
        }
    }
}

/// A text value, unescaped and fit to be shown.
fn text_value(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    let line = shown_line(&out);
    (!line.is_empty()).then_some(line)
}

/// A colour as `#rrggbb`: Apple's with or without its opacity, or one of CSS's basic names
/// (RFC 7986, section 5.9).
fn colour(value: &str) -> Option<String> {
    const NAMES: [(&str, &str); 17] = [
        ("black", "#000000"),
        ("silver", "#c0c0c0"),
        ("gray", "#808080"),
        ("white", "#ffffff"),
        ("maroon", "#800000"),
        ("red", "#ff0000"),
        ("purple", "#800080"),
        ("fuchsia", "#ff00ff"),
        ("green", "#008000"),
        ("lime", "#00ff00"),
        ("olive", "#808000"),
        ("yellow", "#ffff00"),
        ("navy", "#000080"),
        ("blue", "#0000ff"),
        ("teal", "#008080"),
        ("aqua", "#00ffff"),
        ("orange", "#ffa500"),
    ];
    let lower = value.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix('#') {
        let digits = digits.get(..6).filter(|_| matches!(digits.len(), 6 | 8))?;
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return hexadecimal.then(|| format!("#{digits}"));
    }
    NAMES.iter().find(|(name, _)| *name == lower).map(|(_, colour)| (*colour).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_brought_to_one_form() {
        assert_eq!(colour("#1BADF8FF").as_deref(), Some("#1badf8"));
        assert_eq!(colour("Teal").as_deref(), Some("#008080"));
        for bad in ["", "#12345", "#gggggg", "url(x)", "#æøå"] {
            assert_eq!(colour(bad), None, "{bad}");
        }
    }
}
