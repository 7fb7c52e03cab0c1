//! Where a Markdown text points to: the destinations of its links and images, by their bytes.
//!
//! This is no Markdown parser; it finds what CommonMark 0.31 (sections 4.7, 6.3 and 6.4) makes a
//! link or an image, passes over fenced code, code spans and escapes, and knows Obsidian's `![[…]]`
//! and Joplin's `<img src="…">` besides. Its steps grow with the length of the text only.

use std::ops::Range;

use crate::code::{Spans, fences};

/// What kind of pointer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// `[text](destination)`.
    Link,
    /// `![text](destination)`.
    Image,
    /// `[label]: destination`.
    Definition,
    /// `![[destination]]`.
    Embed,
    /// `[[destination]]`.
    WikiLink,
    /// `<img src="destination">`.
    Html,
}

/// One pointer in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// What kind it is.
    pub kind: Kind,
    /// All of it.
    pub whole: Range<usize>,
    /// Its words: what stands in the brackets, or the `alt` text.
    pub words: Range<usize>,
    /// The destination, with its angle brackets where it has them.
    pub destination: Range<usize>,
}

impl Link {
    /// The destination as it is meant: without angle brackets and backslashes.
    pub(crate) fn target(&self, text: &str) -> String {
        let raw = &text[self.destination.clone()];
        let raw = raw.strip_prefix('<').and_then(|raw| raw.strip_suffix('>')).unwrap_or(raw);
        let mut target = String::with_capacity(raw.len());
        let mut chars = raw.chars().peekable();
        while let Some(c) = chars.next() {
            let escaped = if c == '\\' { chars.next_if(char::is_ascii_punctuation) } else { None };
            target.push(escaped.unwrap_or(c));
        }
        target
    }
}

/// What to put in the place of which bytes.
pub(crate) type Change = (Range<usize>, String);

/// The text with some of its pointers replaced: `replace` gives the bytes to replace, within the
/// pointer, and what to put there; `None` leaves it as it is.
pub(crate) fn rewrite(text: &str, replace: &mut dyn FnMut(&Link) -> Option<Change>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for link in links(text) {
        if let Some((range, new)) = replace(&link).filter(|(range, _)| range.start >= done) {
            written.push_str(&text[done..range.start]);
            written.push_str(&new);
            done = range.end;
        }
    }
    written.push_str(&text[done..]);
    written
}

/// The pointers of a text in the order of their destinations.
pub(crate) fn links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut start = 0;
    for fence in fences(text) {
        inline(text, start..fence.start, &mut found);
        start = fence.end;
    }
    inline(text, start..text.len(), &mut found);
    found.sort_by_key(|link| link.destination.start);
    found
}

fn inline(text: &str, range: Range<usize>, found: &mut Vec<Link>) {
    let bytes = &text.as_bytes()[..range.end];
    let mut spans = Spans::new(text, range.end);
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            b'`' => at = spans.end_of(at),
            b'!' if bytes[at..].starts_with(b"![[") => {
                at = wiki(text, at, at + 3, range.end, Kind::Embed, found).unwrap_or(at + 1);
            }
            b'[' if bytes[at..].starts_with(b"[[") && !(at > 0 && bytes[at - 1] == b'!') => {
                at =
                    wiki(text, at, at + 2, range.end, Kind::WikiLink, found).unwrap_or_else(|| {
                        open.push((at, false));
                        at + 1
                    });
            }
            b'!' if bytes.get(at + 1) == Some(&b'[') => {
                open.push((at + 1, true));
                at += 2;
            }
            b'[' => {
                open.push((at, false));
                at += 1;
            }
            b']' => {
                if let Some((bracket, image)) = open.pop() {
                    at = closed(bytes, bracket, image, at, found);
                } else {
                    at += 1;
                }
            }
            b'<' if bytes.len() - at > 5 && bytes[at..at + 4].eq_ignore_ascii_case(b"<img") => {
                at = html_image(text, at, range.end, found).unwrap_or(at + 1);
            }
            _ => at += 1,
        }
    }
}

/// A bracket closed: a link or a definition if a destination follows. Gives where to go on.
fn closed(bytes: &[u8], bracket: usize, image: bool, at: usize, found: &mut Vec<Link>) -> usize {
    let words = bracket + 1..at;
    let start = bracket - usize::from(image);
    match bytes.get(at + 1) {
        Some(b'(') => {
            let from = skip_space(bytes, at + 2);
            let Some(destination) = destination(bytes, from, true) else { return at + 1 };
            let Some(end) = after_title(bytes, destination.end) else { return at + 1 };
            let kind = if image { Kind::Image } else { Kind::Link };
            found.push(Link { kind, whole: start..end, words, destination });
            end
        }
        Some(b':') if !image && begins_line(bytes, bracket) => {
            let from = skip_space(bytes, at + 2);
            let Some(destination) = destination(bytes, from, false) else { return at + 1 };
            if destination.is_empty() {
                return at + 1;
            }
            let end = destination.end;
            found.push(Link { kind: Kind::Definition, whole: start..end, words, destination });
            end
        }
        _ => at + 1,
    }
}

fn begins_line(bytes: &[u8], at: usize) -> bool {
    let spaces = bytes[..at].iter().rev().take(4).take_while(|b| **b == b' ').count();
    spaces < 4 && (at == spaces || bytes[at - spaces - 1] == b'\n')
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    let mut lines = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b' ' | b'\t' | b'\r' => {}
            b'\n' if lines == 0 => lines = 1,
            _ => break,
        }
        at += 1;
    }
    at
}

/// The longest destination that is looked at, in bytes.
const LONGEST_DESTINATION: usize = 4096;

/// The deepest parentheses within a destination; CommonMark asks for at least three.
const DEEPEST: u32 = 32;

/// A destination (CommonMark, section 6.3) that begins here.
fn destination(bytes: &[u8], from: usize, in_parentheses: bool) -> Option<Range<usize>> {
    let limit = bytes.len().min(from.saturating_add(LONGEST_DESTINATION));
    if bytes.get(from) == Some(&b'<') {
        let mut at = from + 1;
        while at < limit {
            match bytes[at] {
                b'>' => return Some(from..at + 1),
                b'\n' | b'<' => return None,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        return None;
    }
    let mut depth = 0_u32;
    let mut at = from;
    while at < limit {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' if in_parentheses && depth == DEEPEST => return None,
            b'(' if in_parentheses => depth += 1,
            b')' if in_parentheses && depth == 0 => return Some(from..at),
            b')' if in_parentheses => depth -= 1,
            b if b <= b' ' || b == 0x7f => return (depth == 0).then_some(from..at),
            _ => {}
        }
        at += 1;
    }
    (!in_parentheses && at == bytes.len()).then_some(from..at)
}

/// The end of a link whose destination ended here: after an optional title and the parenthesis.
fn after_title(bytes: &[u8], from: usize) -> Option<usize> {
    let at = skip_space(bytes, from);
    let close = match bytes.get(at)? {
        b')' => return Some(at + 1),
        b'"' => b'"',
        b'\'' => b'\'',
        b'(' => b')',
        _ => return None,
    };
    if at == from {
        return None;
    }
    let limit = bytes.len().min(at + LONGEST_DESTINATION);
    let mut next = at + 1;
    while next < limit {
        match bytes[next] {
            b'\\' => next += 2,
            b if b == close => {
                let end = skip_space(bytes, next + 1);
                return (bytes.get(end) == Some(&b')')).then_some(end + 1);
            }
            b'(' if close == b')' => return None,
            _ => next += 1,
        }
    }
    None
}

fn wiki(
    text: &str,
    start: usize,
    from: usize,
    end: usize,
    kind: Kind,
    found: &mut Vec<Link>,
) -> Option<usize> {
    let bytes = &text.as_bytes()[..end.min(from + 1024)];
    let mut close = from;
    while !bytes[close.min(bytes.len())..].starts_with(b"]]") {
        if close >= bytes.len() || bytes[close] == b'\n' || bytes[close..].starts_with(b"[[") {
            return None;
        }
        close += 1;
    }
    let inside = &text[from..close];
    let close = inside.len();
    let name = inside.find(['|', '#']).unwrap_or(close);
    let words =
        inside.find('|').map_or(from + name..from + name, |bar| from + bar + 1..from + close);
    found.push(Link {
        kind,
        whole: start..from + close + 2,
        words,
        destination: from..from + name,
    });
    Some(from + close + 2)
}

fn html_image(text: &str, start: usize, end: usize, found: &mut Vec<Link>) -> Option<usize> {
    let bytes = &text.as_bytes()[..end.min(start + LONGEST_DESTINATION)];
    let length = bytes[start + 1..].iter().position(|b| matches!(b, b'<' | b'>'))?;
    let close = start + length + 2;
    if bytes[close - 1] == b'<' {
        return None;
    }
    let destination = attribute(text, start..close, "src")?;
    let words = attribute(text, start..close, "alt").unwrap_or(start..start);
    found.push(Link { kind: Kind::Html, whole: start..close, words, destination });
    Some(close)
}

/// The value of a quoted attribute of a tag.
fn attribute(text: &str, tag: Range<usize>, name: &str) -> Option<Range<usize>> {
    let inside = &text[tag.clone()];
    let lower = inside.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name) {
        let at = from + at;
        let rest = &inside[at + name.len()..];
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        let own_word = lower.as_bytes()[at - 1].is_ascii_whitespace();
        if let (true, Some(value)) = (own_word, value)
            && let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
        {
            let begin = tag.start + inside.len() - value.len() + 1;
            let length = value[1..].find(quote)?;
            return Some(begin..begin + length);
        }
        from = at + name.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<(Kind, String)> {
        links(text).iter().map(|link| (link.kind, link.target(text))).collect()
    }

    #[test]
    fn links_images_definitions_and_embeds_are_found() {
        let text = "[a](b.pdf) ![c](<d e.png> \"f\") [![g](h.png)](i) ![[j k.png|200]] [[l#m]]\n\
                    [n]: o.pdf\n<img alt=\"p\" src=\"q.png\" width=\"10\"/>";
        assert_eq!(
            targets(text),
            [
                (Kind::Link, "b.pdf".into()),
                (Kind::Image, "d e.png".into()),
                (Kind::Image, "h.png".into()),
                (Kind::Link, "i".into()),
                (Kind::Embed, "j k.png".into()),
                (Kind::WikiLink, "l".into()),
                (Kind::Definition, "o.pdf".into()),
                (Kind::Html, "q.png".into()),
            ]
        );
    }

    #[test]
    fn code_and_escapes_are_passed_over() {
        for text in [
            "`[a](b)`",
            "``[a](b) ` ``",
            "```\n[a](b)\n```",
            "> ~~~\n> [a](b)\n> ~~~",
            "\\[a](b)",
            "[a\\](b)",
            "[a] (b)",
            "[a](b c)",
            "`x\n\ny` [a",
        ] {
            assert_eq!(targets(text), [], "{text}");
        }
        assert_eq!(targets("`x [a](b)"), [(Kind::Link, "b".into())]);
        assert_eq!(targets("[a](b\\)c\\_d)"), [(Kind::Link, "b)c_d".into())]);
        assert_eq!(targets("[a](b(c)d)"), [(Kind::Link, "b(c)d".into())]);
    }

    #[test]
    fn only_the_destination_changes() {
        let text = "før ![a](b.png \"c\") efter ![[d.png]] `![a](b.png)`";
        let new = rewrite(text, &mut |link| {
            Some(if link.kind == Kind::Embed {
                (link.whole.clone(), "![](y)".into())
            } else {
                (link.destination.clone(), "x".into())
            })
        });
        assert_eq!(new, "før ![a](x \"c\") efter ![](y) `![a](b.png)`");
    }

    #[test]
    fn a_hostile_text_takes_no_longer_than_its_length_allows() {
        let backticks: String =
            (1..400).map(|n| format!("{} a ", "`".repeat(n % 40 + 1))).collect();
        let units = [
            "[", "![", "![[", "[[", "[a](", "](", "`a``b", "<img ", "[a](<", "[](a (", "[](a \"",
            "\\", &backticks,
        ];
        for unit in units {
            let text = unit.repeat(300_000 / unit.len());
            let started = std::time::Instant::now();
            let _ = links(&text);
            assert!(started.elapsed().as_secs() < 20, "{unit:?} takes too long");
        }
    }
}
