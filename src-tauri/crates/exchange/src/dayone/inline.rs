//! Runs of formatted text as Markdown, with as few backslashes as that needs.

use crate::local_files::in_brackets;

/// Some text of one formatting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Run {
    /// The words.
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    pub struck: bool,
    pub code: bool,
    /// Where it leads.
    pub link: Option<String>,
}

/// Runs as Markdown. `begins_line` says that they stand where a list or heading could begin.
pub(super) fn inline(runs: &[Run], begins_line: bool) -> String {
    let mut written = String::new();
    for run in runs {
        let begins = begins_line && written.is_empty();
        let core = run.text.trim();
        if core.is_empty() {
            written.push_str(&run.text);
            continue;
        }
        let start = run.text.len() - run.text.trim_start().len();
        written.push_str(&run.text[..start]);
        let mut words = if run.code { code_span(core) } else { escaped(core, begins) };
        if run.struck {
            words = format!("~~{words}~~");
        }
        words = match (run.bold, run.italic) {
            (true, true) => format!("***{words}***"),
            (true, false) => format!("**{words}**"),
            (false, true) => format!("*{words}*"),
            (false, false) => words,
        };
        match &run.link {
            Some(url) if core == url => written.push_str(&link("", url)),
            Some(url) => written.push_str(&link(&words, url)),
            None => written.push_str(&words),
        }
        written.push_str(&run.text[start + core.len()..]);
    }
    written
}

fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{mark}{space}{code}{space}{mark}")
}

/// Text in which nothing is taken for a mark, with as few backslashes as that needs.
fn escaped(text: &str, begins_line: bool) -> String {
    let mut written = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let digits = chars.iter().take(10).take_while(|c| c.is_ascii_digit()).count();
    let spaced = |at: usize| chars.get(at).is_none_or(|c| c.is_whitespace());
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1).copied();
        let first = begins_line && at == 0;
        let needed = match c {
            '\\' => after.is_some_and(|after| after.is_ascii_punctuation()),
            '`' | '[' | ']' => true,
            '*' => {
                !(before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace))
            }
            '_' => {
                !(before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric))
            }
            '~' => after == Some('~') || before == Some('~'),
            '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || "/!?".contains(after)),
            '&' => {
                after.is_some_and(|after| after.is_ascii_alphabetic() || after == '#')
                    && chars[at..].iter().take(32).any(|c| *c == ';')
            }
            '#' => first,
            '>' => first,
            '-' | '+' => first && (spaced(at + 1) || after == Some(c)),
            '=' => first && chars.iter().all(|c| *c == '=' || c.is_whitespace()),
            '.' | ')' => begins_line && digits > 0 && digits < 10 && at == digits && spaced(at + 1),
            _ => false,
        };
        if needed {
            written.push('\\');
        }
        written.push(c);
    }
    written
}

/// Text between fences that are longer than any run of backticks in it.
pub(super) fn fenced(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if code.ends_with('\n') || code.is_empty() { "" } else { "\n" };
    format!("{fence}\n{code}{end}{fence}")
}

/// A link; one whose words are its address is shown as that.
pub(super) fn link(words: &str, url: &str) -> String {
    let plain = !url.is_empty()
        && url.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"()<>\\".contains(c));
    match (words.is_empty() || words == url, plain) {
        (true, true) if url.contains(':') => format!("<{url}>"),
        (_, true) => format!("[{}]({url})", if words.is_empty() { url } else { words }),
        _ => {
            let mut safe = String::with_capacity(url.len());
            for c in url.chars().filter(|c| !c.is_control()) {
                if matches!(c, '<' | '>' | '\\') {
                    safe.push('\\');
                }
                safe.push(c);
            }
            let words = if words.is_empty() { in_brackets(url) } else { words.to_owned() };
            format!("[{words}](<{safe}>)")
        }
    }
}
