//! What a list shows of a text: a title and the first words, without Markdown's marks.

/// The longest title made from a first line, in characters.
const TITLE_LENGTH: usize = 120;

/// The longest preview, in characters.
pub const PREVIEW_LENGTH: usize = 160;

/// The title to show: the given one, or the first line of the text without its marks.
pub(crate) fn shown_title(title: &str, body: &str) -> String {
    let given = title.trim();
    if !given.is_empty() {
        return cut(&one_line(given), TITLE_LENGTH);
    }
    let first = lines(body).map(|line| line.words).find(|words| !words.is_empty());
    cut(&first.unwrap_or_default(), TITLE_LENGTH)
}

/// The first words of the text; what already serves as the title is left out, and so are headings
/// where anything else is there.
pub(crate) fn preview(title: &str, body: &str) -> String {
    let skip = usize::from(title.trim().is_empty());
    let mut text = String::new();
    let mut headings = String::new();
    let mut characters = 0;
    for line in lines(body).filter(|line| !line.words.is_empty()).skip(skip) {
        let into = if line.heading { &mut headings } else { &mut text };
        if !into.is_empty() {
            into.push(' ');
        }
        into.push_str(&line.words);
        if !line.heading {
            characters += line.words.chars().count() + 1;
            if characters > PREVIEW_LENGTH {
                break;
            }
        }
        if headings.len() > 8 * PREVIEW_LENGTH {
            break;
        }
    }
    cut(if text.is_empty() { &headings } else { &text }, PREVIEW_LENGTH)
}

/// The whole text in one line, without its marks and its front matter.
pub(crate) fn plain(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for line in lines(body).filter(|line| !line.words.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&line.words);
    }
    text
}

struct Line {
    heading: bool,
    words: String,
}

/// The lines of a text after its front matter, without their marks.
fn lines(body: &str) -> impl Iterator<Item = Line> {
    let mut fenced = false;
    after_front_matter(body).lines().map(move |line| {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            return Line { heading: false, words: String::new() };
        }
        if fenced {
            return Line { heading: false, words: one_line(trimmed) };
        }
        let (heading, rest) = without_block_marks(trimmed);
        Line { heading, words: one_line(&without_inline_marks(rest)) }
    })
}

/// What follows a YAML block (`---` … `---`) at the very head of a text.
fn after_front_matter(body: &str) -> &str {
    let text = body.strip_prefix('\u{FEFF}').unwrap_or(body);
    let Some(first) = text.lines().next() else { return text };
    if first.trim_end() != "---" {
        return text;
    }
    let mut at = text.find('\n').map_or(text.len(), |n| n + 1);
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return &text[at..];
        }
    }
    text
}

/// A line without what makes it a heading, a quote, a list item, a rule or a table's border.
fn without_block_marks(line: &str) -> (bool, &str) {
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start();
    }
    let level = rest.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&level) && rest[level..].chars().next().is_none_or(char::is_whitespace) {
        return (true, rest[level..].trim().trim_end_matches('#').trim_end());
    }
    let only = |marks: &str| !rest.is_empty() && rest.chars().all(|c| marks.contains(c));
    if only("-* \t") && rest.len() >= 3 || only("_ ") || only("= ") || only("-|: ") {
        return (false, "");
    }
    for mark in ["- ", "* ", "+ "] {
        if let Some(item) = rest.strip_prefix(mark) {
            rest = item.trim_start();
            for tick in ["[ ] ", "[x] ", "[X] "] {
                rest = rest.strip_prefix(tick).unwrap_or(rest);
            }
            return (false, rest);
        }
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) {
        for mark in [". ", ") "] {
            if let Some(item) = rest[digits..].strip_prefix(mark) {
                return (false, item.trim_start());
            }
        }
    }
    (false, rest)
}

/// A line without emphasis, code marks, link targets, image marks and escapes.
fn without_inline_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(|n: char| n.is_ascii_punctuation()) => {
                let escaped = after.chars().next().map_or(0, char::len_utf8);
                out.push_str(&after[..escaped]);
                rest = &after[escaped..];
                continue;
            }
            '!' if after.starts_with('[') => {}
            '*' | '`' | '|' => {}
            '~' | '=' if after.starts_with(c) => {
                rest = &after[1..];
                continue;
            }
            '_' if is_edge(&out, after) => {}
            '[' | ']' => {
                if let (']', Some(target)) = (c, after.strip_prefix('(')) {
                    if let Some(end) = target.find(')') {
                        rest = &target[end + 1..];
                        continue;
                    }
                } else if link_follows(c, after) {
                    rest = after;
                    continue;
                }
                out.push(c);
            }
            '<' if after.starts_with("http") || after.starts_with("mailto:") => {}
            _ => out.push(c),
        }
        rest = after;
    }
    out
}

/// Whether an underscore stands at a word's edge, where it is a mark, and not within `snake_case`.
fn is_edge(before: &str, after: &str) -> bool {
    !(before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric))
}

/// Whether this bracket opens a link, `[text](target)`.
fn link_follows(bracket: char, after: &str) -> bool {
    bracket == '[' && after.find(']').is_some_and(|end| after[end + 1..].starts_with('('))
}

/// Runs of blanks and control characters become one space, the ends none.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// At most so many characters, ended by `…` where some were left out; never within a grapheme.
fn cut(text: &str, longest: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let mut characters = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        characters += grapheme.chars().count();
        if characters > longest {
            return format!("{}…", text[..end].trim_end());
        }
        if characters < longest {
            end = at + grapheme.len();
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_line_serves_as_title_without_its_marks() {
        for (body, title) in [
            ("# At give **slip**\n\nmere", "At give slip"),
            ("\n\n> - [x] ring til *Mette*", "ring til Mette"),
            ("---\ntags: a\n---\n\nEfter mødet", "Efter mødet"),
            ("[Planen](https://kommune.example/plan) og [ikke] den", "Planen og [ikke] den"),
            ("![et billede](attachment:1)", "et billede"),
            ("1. Først `kode` og snake_case", "Først kode og snake_case"),
            ("\u{FEFF}Fredag\r\nSkole", "Fredag"),
            ("***", ""),
            ("", ""),
        ] {
            assert_eq!(shown_title("", body), title, "{body:?}");
        }
        assert_eq!(shown_title(" Min \n titel ", "# Anden"), "Min titel");
    }

    #[test]
    fn the_preview_leaves_out_the_title_and_the_questions_of_a_template() {
        assert_eq!(preview("", "Titel\n\nTo *ord*\n- tre"), "To ord tre");
        assert_eq!(preview("T", "## Hvad skete der?\n\nJeg gik.\n\n## Og så?\n"), "Jeg gik.");
        assert_eq!(preview("T", "## Hvad skete der?\n\n## Og så?\n"), "Hvad skete der? Og så?");
    }

    #[test]
    fn a_long_text_is_cut_at_a_whole_character() {
        let shown = preview("T", &"å😀".repeat(500));
        assert_eq!(shown.chars().count(), PREVIEW_LENGTH);
        assert!(shown.ends_with('…'));
    }

    proptest! {
        #[test]
        fn any_text_has_a_title_and_a_preview(body in "(\\PC|[\\n\\[\\]()*_#>`!-]){0,80}") {
            prop_assert!(shown_title("", &body).chars().count() <= TITLE_LENGTH);
            prop_assert!(preview("", &body).chars().count() <= PREVIEW_LENGTH);
        }
    }
}
