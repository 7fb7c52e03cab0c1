//! YAML front matter, taken apart by lines so that what is not understood keeps its bytes.
//!
//! A block lies between a first line `---` and the next line `---` or `...`. A field is a line
//! `key:` with the lines that belong to it: indented ones, and list items. Only the value of a
//! field that somebody asks for is read as YAML; all else is never parsed.

use serde_yaml_ng::Value;

/// A text taken apart: its front matter block and what comes after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    /// The first line, with its end.
    pub open: &'a str,
    /// The lines between.
    pub block: &'a str,
    /// The closing line, with its end.
    pub close: &'a str,
    /// Everything after.
    pub rest: &'a str,
}

/// The front matter of a text, if it has one.
pub(crate) fn split(text: &str) -> Option<Split<'_>> {
    let open = text.split_inclusive('\n').next()?;
    if open.trim_end() != "---" || !open.ends_with('\n') {
        return None;
    }
    let mut at = open.len();
    for line in text[open.len()..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let (block, close) = (&text[open.len()..at], &text[at..at + line.len()]);
            return Some(Split { open, block, close, rest: &text[at + line.len()..] });
        }
        at += line.len();
    }
    None
}

/// A field, or lines that are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// The key without quotes; `None` for comments and blank lines.
    pub key: Option<&'a str>,
    /// All its lines with their ends.
    pub lines: &'a str,
}

/// The longest field that is read as YAML, in bytes.
const LONGEST_FIELD: usize = 4 * 1024 * 1024;

/// The most brackets open at once in a field that is read as YAML: the parser's steps grow with
/// their square.
const DEEPEST: usize = 32;

impl Piece<'_> {
    /// The field's value; `None` where it is no YAML.
    pub(crate) fn value(&self) -> Option<Value> {
        if self.lines.len() > LONGEST_FIELD || is_deep(self.lines) {
            return None;
        }
        let mapping: serde_yaml_ng::Mapping = serde_yaml_ng::from_str(self.lines).ok()?;
        mapping.into_iter().next().map(|(_, value)| value)
    }
}

/// Whether more brackets are open at once than a field ever needs; those within quotes count too.
fn is_deep(lines: &str) -> bool {
    let mut depth = 0_usize;
    lines.bytes().any(|b| {
        match b {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// The pieces of a block in their order; together they are the block, byte for byte.
pub(crate) fn pieces(block: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut start = 0;
    let mut key = None;
    let mut at = 0;
    let mut blank_from = None;
    for line in block.split_inclusive('\n') {
        let first = line.chars().next().unwrap_or('\n');
        let belongs = key.is_some() && (first == ' ' || first == '\t' || first == '-');
        if line.trim().is_empty() {
            blank_from.get_or_insert(at);
        } else if belongs {
            blank_from = None;
        } else {
            let end = blank_from.take().unwrap_or(at);
            push(&mut pieces, key, &block[start..end]);
            push(&mut pieces, None, &block[end..at]);
            start = at;
            key = key_of(line);
        }
        at += line.len();
    }
    let end = blank_from.unwrap_or(at);
    push(&mut pieces, key, &block[start..end]);
    push(&mut pieces, None, &block[end..at]);
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, key: Option<&'a str>, lines: &'a str) {
    if !lines.is_empty() {
        pieces.push(Piece { key, lines });
    }
}

fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once("\":")?,
        None => line.split_once(':')?,
    };
    let plain = !key.is_empty() && !key.starts_with(['#', '[', '{', '&', '*', '!', '%', '@', '`']);
    (plain && (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])))
        .then_some(key.trim_end())
}

/// A scalar as the text it is.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The tags in a value: a list, or a text of tags between commas or spaces; a leading `#` or `@`
/// is no part of a tag. `None` where it holds something else.
pub(crate) fn tags(value: &Value) -> Option<Vec<String>> {
    let listed: Vec<String> = match value {
        Value::Null => Vec::new(),
        Value::Sequence(items) => {
            items.iter().filter(|item| !item.is_null()).map(scalar).collect::<Option<_>>()?
        }
        Value::String(text) if text.contains(',') => text.split(',').map(str::to_owned).collect(),
        Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        other => vec![scalar(other)?],
    };
    let mut tags: Vec<String> = Vec::new();
    for tag in listed {
        let tag = crate::names::on_one_line(tag.trim().trim_start_matches(['#', '@']));
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_the_block_byte_for_byte() {
        let block = "title: Møde\r\ntags:\n- a\n- b\n\n# en note\nsted:\n  by: Kolding\n\n  land: DK\n\nx: |\n  ---\n";
        let pieces = pieces(block);
        assert_eq!(pieces.iter().map(|piece| piece.lines).collect::<String>(), block);
        let keys: Vec<_> = pieces.iter().filter_map(|piece| piece.key).collect();
        assert_eq!(keys, ["title", "tags", "sted", "x"]);
        assert_eq!(pieces[0].value(), Some(Value::String("Møde".into())));
        assert_eq!(tags(&pieces[1].value().expect("tags")), Some(vec!["a".into(), "b".into()]));
    }

    #[test]
    fn a_text_without_a_closed_block_has_none() {
        assert_eq!(split("---\ntitle: x\n"), None);
        assert_eq!(split("----\nx\n---\n"), None);
        assert_eq!(split("---"), None);
        let split = split("---\r\na: b\r\n...\r\ntekst").expect("a block");
        assert_eq!((split.block, split.close, split.rest), ("a: b\r\n", "...\r\n", "tekst"));
    }

    #[test]
    fn tags_are_read_in_every_form_people_use() {
        let read = |text: &str| tags(&serde_yaml_ng::from_str(text).expect("YAML"));
        assert_eq!(read("[a, '#b', 2026]"), Some(vec!["a".into(), "b".into(), "2026".into()]));
        assert_eq!(read("a b"), Some(vec!["a".into(), "b".into()]));
        assert_eq!(read("ny leder, møde"), Some(vec!["ny leder".into(), "møde".into()]));
        assert_eq!(read("{a: b}"), None);
        assert_eq!(read(""), Some(vec![]));
    }
}
