//! The lines of a calendar's text (RFC 5545, section 3.1), with the bytes that they stand on.

use std::borrow::Cow;
use std::ops::Range;

/// One content line: one line of the file and those folded onto it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its bytes in the text, with the line break that ends it.
    pub span: Range<usize>,
    /// The line of the file, from 1, on which it begins.
    pub number: usize,
    /// Whether it is folded.
    pub folded: bool,
}

impl Line {
    /// The line unfolded, without what ends it.
    pub(super) fn content<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let raw = text.get(self.span.clone()).unwrap_or_default();
        if !self.folded {
            return Cow::Borrowed(without_break(raw));
        }
        let mut whole = String::with_capacity(raw.len());
        for (at, piece) in raw.split_inclusive('\n').enumerate() {
            let piece = without_break(piece);
            let skip = usize::from(at > 0 && piece.starts_with([' ', '\t']));
            whole.push_str(piece.get(skip..).unwrap_or_default());
        }
        Cow::Owned(whole)
    }
}

fn without_break(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

/// The content lines of a text.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, number: 1 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let bytes = self.text.as_bytes();
        let (start, number) = (self.at, self.number);
        let mut folded = false;
        loop {
            let rest = bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
            let length = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
            self.at += length;
            self.number += 1;
            match bytes.get(self.at) {
                Some(b' ' | b'\t') => folded = true,
                _ => return Some(Line { span: start..self.at, number, folded }),
            }
        }
    }
}

/// A line's name in capitals, its parameters as they stand (with the first semicolon), and its
/// value as it stands. A colon or semicolon within quotes ends nothing.
pub(super) fn split(content: &str) -> Option<(String, &str, &str)> {
    let end = content.find([';', ':'])?;
    let name = content.get(..end)?.trim().to_ascii_uppercase();
    let mut quoted = false;
    for (at, byte) in content.bytes().enumerate().skip(end) {
        match byte {
            b'"' => quoted = !quoted,
            b':' if !quoted => {
                return Some((name, content.get(end..at)?, content.get(at + 1..)?));
            }
            _ => {}
        }
    }
    // Somebody forgot the closing quote.
    let at = end + content.get(end..)?.find(':')?;
    Some((name, content.get(end..at)?, content.get(at + 1..)?))
}

/// The parameters that `split` gives: each name in capitals, and its value as it stands, with
/// its quotes.
pub(super) fn parameters(text: &str) -> Vec<(String, &str)> {
    let mut quoted = false;
    text.split(|character| {
        quoted ^= character == '"';
        character == ';' && !quoted
    })
    .filter_map(|piece| piece.split_once('='))
    .map(|(name, value)| (name.trim().to_ascii_uppercase(), value))
    .collect()
}

/// One parameter's value without its quotes.
pub(super) fn parameter(parameters_text: &str, name: &str) -> Option<String> {
    parameters(parameters_text)
        .into_iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.trim_matches('"').to_owned())
}

/// Writes one content line, folded so that no line of the file has more than 75 octets
/// (RFC 5545, section 3.1), and never within a character.
pub(super) fn fold(content: &str, line_break: &str, out: &mut String) {
    let mut room = 75;
    for character in content.chars() {
        let length = character.len_utf8();
        if length > room {
            out.push_str(line_break);
            out.push(' ');
            room = 74;
        }
        out.push(character);
        room -= length;
    }
    out.push_str(line_break);
}

/// A text value as it is written (RFC 5545, section 3.3.11).
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push_str("\\n");
            }
            '\t' => out.push('\t'),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// A parameter's value as it is written: quoted where it has to be, and without what no
/// parameter can hold (RFC 6868 for quotes and line breaks).
pub(super) fn quote(value: &str) -> String {
    let mut clean = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '^' => clean.push_str("^^"),
            '"' => clean.push_str("^'"),
            '\n' => clean.push_str("^n"),
            other if other.is_control() => {}
            other => clean.push(other),
        }
    }
    if clean.contains([';', ':', ',']) { format!("\"{clean}\"") } else { clean }
}

/// What ends the lines of a text.
pub(super) fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|before| !before.ends_with('\r')) => "\n",
        _ => "\r\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<String> {
        Lines::new(text).map(|line| line.content(text).into_owned()).collect()
    }

    #[test]
    fn folded_lines_are_joined_and_keep_their_bytes_and_numbers() {
        let text = "SUMMARY:Led\r\n er\r\n\tmøde\r\nLOCATION:A\nX:1";
        assert_eq!(contents(text), ["SUMMARY:Ledermøde", "LOCATION:A", "X:1"]);
        let numbers: Vec<usize> = Lines::new(text).map(|line| line.number).collect();
        assert_eq!(numbers, [1, 4, 5]);
        let joined: String = Lines::new(text).map(|line| text[line.span].to_owned()).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn a_colon_within_quotes_ends_no_name() {
        let line = r#"attendee;CN="Bo: leder; skole";ROLE=CHAIR:mailto:bo@skole.example"#;
        let (name, parameters, value) = split(line).unwrap();
        assert_eq!((name.as_str(), value), ("ATTENDEE", "mailto:bo@skole.example"));
        assert_eq!(parameter(parameters, "CN").as_deref(), Some("Bo: leder; skole"));
        assert_eq!(parameter(parameters, "ROLE").as_deref(), Some("CHAIR"));
        assert_eq!(split("no colon here"), None);
        assert_eq!(split("A;B=\"open:1").unwrap().2, "1");
    }

    #[test]
    fn lines_are_folded_at_75_octets_and_never_within_a_character() {
        let content = format!("SUMMARY:{}", "æø𝒳".repeat(60));
        let mut out = String::new();
        fold(&content, "\r\n", &mut out);
        assert!(out.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(contents(&out), [content]);
    }

    #[test]
    fn texts_are_escaped_as_the_rfc_wants_it() {
        assert_eq!(escape("a;b,c\\d\r\ne\nf\u{0}g"), "a\\;b\\,c\\\\d\\ne\\nfg");
        assert_eq!(quote("Bo, \"leder\""), "\"Bo, ^'leder^'\"");
        assert_eq!(quote("Bo"), "Bo");
    }
}
