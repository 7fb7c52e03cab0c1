//! Names of files: which ones of a foreign file are refused, and which ones an export gives.

/// Device names of Windows, which no file may have there, whatever its ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// True where a name within an archive or folder points at a plain place inside it.
///
/// Refused are `..`, absolute names, backslashes, drive letters, control characters, empty parts
/// and device names. Nothing is ever written by such a name; it is refused so that nothing that
/// reads it further on has to be careful.
pub(crate) fn is_safe(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 4096
        && !name.chars().any(|c| c == '\\' || c.is_control())
        && !has_drive(name)
        && name
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != ".." && !is_device(part))
}

fn has_drive(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() >= 2 && bytes[1] == b':' && bytes[0].is_ascii_alphabetic()
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device))
}

/// True for characters that turn, hide or break a line of text: controls and the marks that
/// change the direction of writing.
pub(crate) fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A name or a title out of a foreign file on one line, without deceptive characters.
pub(crate) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_deceptive(c) {
            line.push(c);
        } else if c.is_whitespace() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.trim().to_owned()
}

/// The name that an attachment gets when it comes in: the last part, on one line.
pub(crate) fn attachment_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let line = on_one_line(last);
    if line.is_empty() { "attachment".to_owned() } else { line }
}

/// A name for a file that every system takes: no reserved names or characters, at most `longest`
/// bytes with its ending kept, never empty.
pub(crate) fn for_export(name: &str, longest: usize) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        let c = if is_deceptive(c) || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
        if !(c.is_whitespace() && plain.ends_with(' ')) {
            plain.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    let plain = plain.trim_matches([' ', '.']);
    let (stem, ending) = split_ending(plain);
    let mut cut = cut_to(stem, longest.saturating_sub(ending.len())).trim_end_matches([' ', '.']);
    if cut.is_empty() {
        cut = "_";
    }
    let name = format!("{cut}{ending}");
    if is_device(&name) { format!("_{name}") } else { name }
}

/// A name without its ending, and the ending with its dot; an ending is short and without spaces.
pub(crate) fn split_ending(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot)
            if dot > 0
                && name.len() - dot <= 12
                && name[dot + 1..].chars().all(char::is_alphanumeric) =>
        {
            name.split_at(dot)
        }
        _ => (name, ""),
    }
}

/// The longest beginning of a text that has at most this many bytes and whole characters.
pub(crate) fn cut_to(text: &str, longest: usize) -> &str {
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_points_elsewhere_or_at_a_device_is_refused() {
        for name in [
            "../ud.json",
            "a/../../ud",
            "/etc/passwd",
            "C:/x",
            "c:x",
            "a\\b",
            "CON",
            "nul.txt",
            "photos/COM1.jpeg",
            "a/./b",
            "a//b",
            "",
            "a\u{1b}b",
            "a\0b",
            "aux .md",
        ] {
            assert!(!is_safe(name), "{name:?}");
        }
        for name in ["Journal.json", "photos/a b.jpeg", "år/møde.md", "console.md", "..hidden"] {
            assert!(is_safe(name), "{name:?}");
        }
    }

    #[test]
    fn an_exported_name_suits_every_system() {
        assert_eq!(for_export("CON", 80), "_CON");
        assert_eq!(for_export("aux.md", 80), "_aux.md");
        assert_eq!(for_export("a/b\\c:d*?\"<>|e", 80), "a b c d e");
        assert_eq!(for_export("../../ud", 80), "ud");
        assert_eq!(for_export("faktura\u{202e}fdp.exe", 80), "faktura fdp.exe");
        assert_eq!(for_export(" . ", 80), "_");
        assert_eq!(for_export("slut.  ", 80), "slut");
        assert_eq!(for_export(&format!("{}.jpeg", "æ".repeat(200)), 25).len(), 25);
        assert!(for_export(&format!("{}.jpeg", "æ".repeat(200)), 24).ends_with(".jpeg"));
    }

    #[test]
    fn a_title_comes_in_on_one_line_without_marks_that_deceive() {
        assert_eq!(on_one_line("a\u{202e}b\nc\u{1b}[31m\0 "), "ab c[31m");
    }
}
