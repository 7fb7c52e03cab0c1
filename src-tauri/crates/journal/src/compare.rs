//! An earlier text beside today's.

use similar::{ChangeTag, TextDiff};

use crate::model::{DiffLine, DiffSide, Span};

/// How long the comparison may look for the smallest difference.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);

/// Title and body of both, line by line; within a changed line, what changed is marked. A title
/// that is the same in both, or empty, is left out.
#[must_use]
pub fn lines(earlier: (&str, &str), now: (&str, &str)) -> Vec<DiffLine> {
    let mut lines = Vec::new();
    if earlier.0 != now.0 {
        let titles = diff(&with_end(earlier.0), &with_end(now.0));
        lines.extend(titles.into_iter().filter(|line| !line.spans.is_empty()));
    }
    lines.extend(diff(earlier.1, now.1));
    lines
}

fn with_end(title: &str) -> String {
    format!("{title}\n")
}

fn diff(earlier: &str, now: &str) -> Vec<DiffLine> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(earlier, now);
    let mut lines = Vec::new();
    for operation in diff.ops() {
        for change in diff.iter_inline_changes(operation) {
            let side = match change.tag() {
                ChangeTag::Equal => DiffSide::Both,
                ChangeTag::Delete => DiffSide::Earlier,
                ChangeTag::Insert => DiffSide::Now,
            };
            let mut spans: Vec<Span> = Vec::new();
            for (hit, text) in change.iter_strings_lossy() {
                let text = text.trim_end_matches(['\n', '\r']);
                match spans.last_mut() {
                    _ if text.is_empty() => {}
                    Some(last) if last.hit == hit => last.text.push_str(text),
                    _ => spans.push(Span { text: text.to_owned(), hit }),
                }
            }
            lines.push(DiffLine { side, spans });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(lines: &[DiffLine]) -> Vec<String> {
        lines
            .iter()
            .map(|line| {
                let side = match line.side {
                    DiffSide::Both => ' ',
                    DiffSide::Earlier => '-',
                    DiffSide::Now => '+',
                };
                let spans = line.spans.iter();
                let text: String = spans
                    .map(|s| if s.hit { format!("[{}]", s.text) } else { s.text.clone() })
                    .collect();
                format!("{side}{text}")
            })
            .collect()
    }

    #[test]
    fn what_changed_is_marked_within_its_line() {
        let lines = lines(
            ("T", "ens\r\nHun sagde ingenting.\nslut"),
            ("T", "ens\r\nHun sagde meget.\nslut"),
        );
        assert_eq!(
            show(&lines),
            [" ens", "-Hun sagde [ingenting].", "+Hun sagde [meget].", " slut"]
        );
    }

    #[test]
    fn a_changed_title_stands_first() {
        assert_eq!(show(&lines(("", "a"), ("Ny", "a"))), ["+[Ny]", " a"]);
    }
}
