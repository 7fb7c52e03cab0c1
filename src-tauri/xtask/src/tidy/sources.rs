//! The text of the repository, and the rules about text itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::Finding;

/// Lines above which a file is pointed out.
const LONG: usize = 400;

/// Lines above which a file is refused.
const TOO_LONG: usize = 600;

/// Every source file by its path from the root, with `/` between the parts.
pub struct Sources(BTreeMap<String, String>);

const READ: [&str; 15] = [
    "rs", "toml", "json", "ts", "svelte", "css", "html", "js", "mjs", "py", "md", "sql", "yml",
    "yaml", "svg",
];

/// Folders whose content is made or fetched.
const LEFT_OUT: [&str; 9] = [
    ".git",
    "target",
    "node_modules",
    "dist",
    "dist-fake",
    "paraglide",
    "gen",
    "test-results",
    "playwright-report",
];

impl Sources {
    /// Reads them below a folder.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        let walk = WalkDir::new(root)
            .into_iter()
            .filter_entry(|entry| !LEFT_OUT.iter().any(|name| entry.file_name() == *name));
        for entry in walk {
            let entry = entry.map_err(|e| e.to_string())?;
            let path = entry.path();
            let known = path.extension().is_some_and(|e| READ.iter().any(|r| e == *r));
            if !known || !entry.file_type().is_file() {
                continue;
            }
            let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(Self(files))
    }

    /// Sources made for a test.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect())
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// The files below a folder that end like this.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
        end: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(end))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    fn code(&self) -> impl Iterator<Item = (&str, &str)> {
        ["rs", "ts", "svelte", "css", "js", "mjs", "py"]
            .into_iter()
            .flat_map(|end| self.below("", end))
            .filter(|(path, _)| *path != "ui/src/lib/bindings.ts")
    }
}

/// Where a text holds a word, by line.
pub fn lines_with<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(move |(_, line)| line.contains(word))
}

/// Rust without its comments' lines, so that a rule about code does not trip over prose.
pub fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with('*') || line.starts_with("/*")
}

/// Rust text up to its unit tests, which may do what the code may not.
pub fn without_tests(text: &str) -> &str {
    text.find("\n#[cfg(test)]\nmod ").map_or(text, |at| text.get(..at).unwrap_or(text))
}

/// Files beyond [`TOO_LONG`] lines.
pub fn lengths(sources: &Sources) -> Vec<Finding> {
    over(sources, TOO_LONG).map(|(path, lines)| format!("{path} has {lines} lines")).collect()
}

/// Files beyond [`LONG`] lines, for a word rather than a refusal.
pub fn long(sources: &Sources) -> Vec<Finding> {
    over(sources, LONG)
        .filter(|(_, lines)| *lines <= TOO_LONG)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect()
}

fn over(sources: &Sources, limit: usize) -> impl Iterator<Item = (&str, usize)> {
    let read = sources.code().map(|(path, text)| (path, text.lines().count()));
    read.filter(move |(_, n)| *n > limit)
}

/// Marks of unfinished work, and of text that a generator left behind.
pub fn undone(sources: &Sources) -> Vec<Finding> {
    // Put together here, so that this list does not find itself.
    let marks: Vec<String> = [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("todo", "!("),
        ("unimplemented", "!("),
        ("#[ig", "nore"),
        ("Lorem ", "ipsum"),
    ]
    .iter()
    .map(|(head, tail)| format!("{head}{tail}"))
    .collect();
    let mut found = Vec::new();
    for (path, text) in sources.code() {
        for mark in &marks {
            // A task of iCalendar is a V and the first of these marks.
            let task = format!("V{mark}");
            for (line, _) in lines_with(text, mark).filter(|(_, line)| !line.contains(&task)) {
                found.push(format!("{path}:{line} holds {mark}"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_long_is_found() {
        let text = "x\n".repeat(TOO_LONG + 1);
        let sources = Sources::of(&[("src-tauri/a.rs", &text), ("src-tauri/b.rs", "x\n")]);
        assert_eq!(lengths(&sources).len(), 1);
        assert!(long(&sources).is_empty());
    }

    #[test]
    fn a_long_file_is_only_pointed_out() {
        let sources = Sources::of(&[("ui/src/a.ts", &"x\n".repeat(LONG + 1))]);
        assert!(lengths(&sources).is_empty());
        assert_eq!(long(&sources).len(), 1);
    }

    #[test]
    fn unfinished_work_is_found() {
        let mark = format!("// {}{}: later", "TO", "DO");
        assert_eq!(undone(&Sources::of(&[("ui/src/a.ts", &mark)])).len(), 1);
        assert!(undone(&Sources::of(&[("ui/src/a.ts", "// done")])).is_empty());
    }

    #[test]
    fn the_unit_tests_of_a_file_can_be_left_out() {
        let text = "fn a() {}\n\n#[cfg(test)]\nmod tests { fn b() {} }\n";
        assert_eq!(without_tests(text), "fn a() {}\n");
        assert_eq!(without_tests("fn a() {}"), "fn a() {}");
    }
}
