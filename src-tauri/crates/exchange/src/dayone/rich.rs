//! Day One's rich text as Markdown.
//!
//! `{"contents": [{"text": …, "attributes": {…}} | {"embeddedObjects": […]}], "meta": {…}}`: runs
//! of text with their formatting, where `attributes.line` belongs to the whole line. The Markdown
//! is laid out as Day One's own: a blank line where the kind of line changes, none within a list.

use std::fmt::Write as _;

use serde_json::Value;

use super::inline::{Run, fenced, inline, link};

/// The Markdown, and the embedded objects that have no place in it. `None` where this is no rich
/// text.
pub(crate) fn to_markdown(rich: &Value) -> Option<(String, Vec<Value>)> {
    let contents = rich.get("contents").or_else(|| rich.get("nodes"))?.as_array()?;
    let mut strange = Vec::new();
    let lines = lines(contents, &mut strange);
    Some((Layout::default().write(&lines), strange))
}

/// What kind of line it is; lines of one kind stay together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Header(usize),
    Bulleted,
    Numbered(Option<u64>),
    Checkbox(bool),
    Quote,
    Code,
    /// Markdown as it is: an embedded object.
    Block,
}

impl Kind {
    /// Whether two lines stand together without a blank line between them.
    fn joins(self, other: Self) -> bool {
        match (self, other) {
            (Self::Header(_) | Self::Block, _) | (_, Self::Header(_) | Self::Block) => false,
            _ => std::mem::discriminant(&self) == std::mem::discriminant(&other),
        }
    }

    const fn is_list(self) -> bool {
        matches!(self, Self::Bulleted | Self::Numbered(_) | Self::Checkbox(_))
    }
}

#[derive(Debug)]
struct Line {
    kind: Kind,
    indent: u64,
    runs: Vec<Run>,
}

fn lines(contents: &[Value], strange: &mut Vec<Value>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Option<Line> = None;
    let mut after_block = false;
    for node in contents {
        if let Some(objects) = node.get("embeddedObjects").and_then(Value::as_array) {
            lines.extend(open.take());
            for object in objects {
                match embedded(object) {
                    Some(markdown) => {
                        let run = Run { text: markdown, ..Run::default() };
                        lines.push(Line { kind: Kind::Block, indent: 0, runs: vec![run] });
                    }
                    None => strange.push(object.clone()),
                }
            }
            after_block = true;
            continue;
        }
        let Some(text) = node.get("text").and_then(Value::as_str) else { continue };
        let about = node.get("attributes").unwrap_or(&Value::Null);
        // An embedded object is a line of its own; the end of that line follows as text.
        let text = if std::mem::take(&mut after_block) {
            text.strip_prefix('\n').unwrap_or(text)
        } else {
            text
        };
        for piece in text.split_inclusive('\n') {
            let line =
                open.get_or_insert_with(|| Line { kind: Kind::Plain, indent: 0, runs: Vec::new() });
            if let Some(line_about) = about.get("line") {
                line.kind = kind(line_about);
                line.indent = line_about.get("indentLevel").and_then(Value::as_u64).unwrap_or(0);
            }
            let words = piece.strip_suffix('\n').unwrap_or(piece);
            if !words.is_empty() {
                push(&mut line.runs, run(words, about));
            }
            if piece.ends_with('\n') {
                lines.extend(open.take());
            }
        }
    }
    lines.extend(open);
    lines
}

fn push(runs: &mut Vec<Run>, run: Run) {
    if let Some(last) = runs.last_mut() {
        let words = std::mem::take(&mut last.text);
        let same = *last == Run { text: String::new(), ..run.clone() };
        last.text = words;
        if same {
            last.text.push_str(&run.text);
            return;
        }
    }
    runs.push(run);
}

fn run(text: &str, about: &Value) -> Run {
    let is = |key: &str| about.get(key).and_then(Value::as_bool).unwrap_or(false);
    Run {
        text: text.to_owned(),
        bold: is("bold"),
        italic: is("italic"),
        struck: is("strikethrough"),
        code: is("inlineCode"),
        link: about.get("linkURL").and_then(Value::as_str).map(str::to_owned),
    }
}

fn kind(about: &Value) -> Kind {
    let is = |key: &str| about.get(key).and_then(Value::as_bool).unwrap_or(false);
    if is("codeBlock") {
        return Kind::Code;
    }
    match about.get("listStyle").and_then(Value::as_str) {
        Some("bulleted") => return Kind::Bulleted,
        Some("numbered") => return Kind::Numbered(about.get("listIndex").and_then(Value::as_u64)),
        Some("checkbox") => return Kind::Checkbox(is("checked")),
        _ => {}
    }
    if is("quote") {
        return Kind::Quote;
    }
    match about.get("header").and_then(Value::as_u64).and_then(|level| usize::try_from(level).ok())
    {
        Some(level @ 1..=6) => Kind::Header(level),
        _ => Kind::Plain,
    }
}

/// An embedded object's Markdown; `None` where it has none.
fn embedded(object: &Value) -> Option<String> {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    match text("type")? {
        "photo" => Some(format!("![](dayone-moment://{})", text("identifier")?)),
        kind @ ("video" | "audio" | "pdfAttachment") => {
            Some(format!("![](dayone-moment:/{kind}/{})", text("identifier")?))
        }
        "horizontalRuleLine" | "horizontalLineRule" => Some("---".into()),
        "externalVideo" | "externalAudio" | "preview" => Some(link("", text("url")?)),
        "dayOneEntry" => {
            let id = text("entryID").or_else(|| text("identifier"))?;
            Some(link("Day One", &format!("dayone://view?entryId={id}")))
        }
        "renderableCodeBlock" => Some(fenced(text("contents")?)),
        "table" => text("markdown").map(str::to_owned),
        _ => None,
    }
}

/// Where the writing stands within lists.
#[derive(Default)]
struct Layout {
    /// For each open level: its indent in the rich text, the width of its mark, its count.
    levels: Vec<(u64, usize, u64)>,
}

impl Layout {
    fn write(mut self, lines: &[Line]) -> String {
        let mut written = String::new();
        let mut before: Option<Kind> = None;
        let mut at = 0;
        while at < lines.len() {
            let line = &lines[at];
            let blank = line.runs.iter().all(|run| run.text.trim().is_empty());
            if blank && line.kind != Kind::Code && !line.kind.is_list() {
                written.push('\n');
                before = None;
                self.levels.clear();
                at += 1;
                continue;
            }
            if before.is_some_and(|before| !before.joins(line.kind)) {
                written.push('\n');
            }
            if !before.is_some_and(|before| before.joins(line.kind)) {
                self.levels.clear();
            }
            at += match line.kind {
                Kind::Code => code_block(&lines[at..], &mut written),
                _ => {
                    self.line(line, &mut written);
                    1
                }
            };
            before = Some(line.kind);
        }
        let end = written.trim_end_matches('\n').len();
        written.truncate(end);
        written
    }

    fn line(&mut self, line: &Line, written: &mut String) {
        match line.kind {
            Kind::Header(level) => {
                let _ = write!(written, "{} {}", "#".repeat(level), inline(&line.runs, false));
            }
            Kind::Quote => {
                let _ = write!(written, "> {}", inline(&line.runs, true));
            }
            Kind::Block | Kind::Code => {
                written.extend(line.runs.iter().map(|run| run.text.as_str()));
            }
            Kind::Plain => written.push_str(&inline(&line.runs, true)),
            Kind::Bulleted | Kind::Numbered(_) | Kind::Checkbox(_) => {
                self.levels.retain(|(indent, ..)| *indent <= line.indent);
                let margin: usize = self
                    .levels
                    .iter()
                    .filter(|(indent, ..)| *indent < line.indent)
                    .map(|(_, width, _)| width)
                    .sum();
                let last = self.levels.last().filter(|(indent, ..)| *indent == line.indent);
                let number = last.map_or(1, |(.., count)| count.saturating_add(1));
                let (mark, number) = match line.kind {
                    Kind::Numbered(index) => {
                        let number = index.unwrap_or(number).min(999_999_999);
                        (format!("{number}. "), number)
                    }
                    Kind::Checkbox(true) => ("- [x] ".to_owned(), number),
                    Kind::Checkbox(false) => ("- [ ] ".to_owned(), number),
                    _ => ("- ".to_owned(), number),
                };
                let width = if matches!(line.kind, Kind::Numbered(_)) { mark.len() } else { 2 };
                if last.is_some() {
                    self.levels.pop();
                }
                self.levels.push((line.indent, width, number));
                let _ = write!(written, "{}{mark}{}", " ".repeat(margin), inline(&line.runs, true));
            }
        }
        written.push('\n');
    }
}

/// Writes the lines of code that stand together here. Gives how many they were.
fn code_block(lines: &[Line], written: &mut String) -> usize {
    let count = lines.iter().take_while(|line| line.kind == Kind::Code).count();
    let code: String = lines[..count]
        .iter()
        .map(|line| line.runs.iter().map(|run| run.text.as_str()).chain(["\n"]).collect::<String>())
        .collect();
    written.push_str(&fenced(&code));
    written.push('\n');
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(contents: &str) -> String {
        let rich = format!("{{\"contents\":{contents}}}");
        let rich = serde_json::from_str(&rich).expect("JSON of the test");
        to_markdown(&rich).expect("rich text").0
    }

    #[test]
    fn lines_of_every_kind_become_markdown_as_day_one_lays_it_out() {
        let text = markdown(
            r#"[
            {"attributes":{"line":{"header":1}},"text":"Dagen\n"},
            {"attributes":{"line":{"header":0}},"text":"\n"},
            {"text":"Første linje\nAnden linje\n"},
            {"attributes":{"line":{"header":2}},"text":"Liste\n"},
            {"attributes":{"line":{"listStyle":"bulleted","indentLevel":1}},"text":"et\n"},
            {"attributes":{"line":{"listStyle":"bulleted","indentLevel":2}},"text":"under\n"},
            {"attributes":{"line":{"listStyle":"bulleted","indentLevel":1}},"text":"to\n"},
            {"attributes":{"line":{"listStyle":"checkbox","checked":true,"indentLevel":1}},"text":"gjort\n"},
            {"attributes":{"line":{"listStyle":"checkbox","checked":false,"indentLevel":1}},"text":"mangler\n"},
            {"attributes":{"line":{"listStyle":"numbered","listIndex":1,"indentLevel":1}},"text":"først\n"},
            {"attributes":{"line":{"listStyle":"numbered","listIndex":1,"indentLevel":2}},"text":"indre\n"},
            {"attributes":{"line":{"listStyle":"numbered","listIndex":2,"indentLevel":1}},"text":"så\n"},
            {"attributes":{"line":{"quote":true,"indentLevel":1}},"text":"sagt\n"},
            {"embeddedObjects":[{"type":"horizontalRuleLine"}]},
            {"text":"\n"},
            {"attributes":{"line":{"codeBlock":true}},"text":"let a;\n"},
            {"attributes":{"line":{"codeBlock":true}},"text":"let b;\n"},
            {"embeddedObjects":[{"type":"photo","identifier":"AB"},{"type":"video","identifier":"CD"}]}
            ]"#,
        );
        assert_eq!(
            text,
            "# Dagen\n\nFørste linje\nAnden linje\n\n## Liste\n\n- et\n  - under\n- to\n\n\
             - [x] gjort\n- [ ] mangler\n\n1. først\n   1. indre\n2. så\n\n> sagt\n\n---\n\n\
             ```\nlet a;\nlet b;\n```\n\n![](dayone-moment://AB)\n\n![](dayone-moment:/video/CD)"
        );
    }

    #[test]
    fn formatting_keeps_its_spaces_outside_and_plain_marks_are_escaped() {
        let text = markdown(
            r#"[
            {"attributes":{"bold":true},"text":"fed "},{"text":"og "},
            {"attributes":{"italic":true},"text":"skrå"},{"text":", "},
            {"attributes":{"bold":true,"italic":true},"text":"begge"},{"text":", "},
            {"attributes":{"strikethrough":true},"text":"slettet"},{"text":", "},
            {"attributes":{"inlineCode":true},"text":"a`b"},{"text":", "},
            {"attributes":{"linkURL":"https://example.dk/a b"},"text":"her"},{"text":", "},
            {"attributes":{"linkURL":"https://example.dk","autolink":true},"text":"https://example.dk"},
            {"text":"\n1. nej, *ikke* [x] (men 2. ja) snake_case\n"}
            ]"#,
        );
        assert_eq!(
            text,
            "**fed** og *skrå*, ***begge***, ~~slettet~~, ``a`b``, [her](<https://example.dk/a b>), \
             <https://example.dk>\n1\\. nej, \\*ikke\\* \\[x\\] (men 2. ja) snake_case"
        );
    }

    #[test]
    fn what_has_no_markdown_is_given_back() {
        let rich =
            serde_json::json!({"contents": [{"embeddedObjects": [{"type": "motion", "x": 1}]}]});
        let (text, strange) = to_markdown(&rich).expect("rich text");
        assert_eq!((text.as_str(), strange.len()), ("", 1));
        assert_eq!(to_markdown(&serde_json::json!([1])), None);
    }
}
