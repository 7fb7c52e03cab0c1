//! The Markdown that Day One writes: its backslashes, and its links to media.
//!
//! Day One puts a backslash before nearly every punctuation mark (`Vi ses kl\. 16\-17 \(måske\)`),
//! needed or not. A backslash is taken away only where the text means the same to CommonMark
//! without it, judged by what stands around it:
//!
//! | mark | the backslash stays |
//! |---|---|
//! | `.` `)` | after up to nine digits that begin a line, before a space or the line's end |
//! | `-` `+` `=` `#` | where it begins a line; `#` also anywhere in a heading |
//! | `(` | after `]` |
//! | `!` | before `[` |
//! | `_` | unless letters or digits stand on both sides |
//! | `*` | unless spaces stand on both sides and it does not begin a line |
//! | `" $ % ' , / : ; ? @ ^ { }` | never |
//! | all others | always |
//!
//! Code and the destinations of links keep every byte.

use crate::code::{self, Spans};
use crate::links::{self, Kind};
use crate::local_files::in_brackets;
use crate::reading::Media;

/// The text without the backslashes that mean nothing.
pub(crate) fn unescaped(text: &str) -> String {
    let mut keep = code::fences(text);
    keep.extend(links::links(text).into_iter().map(|link| link.destination));
    keep.sort_by_key(|range| range.start);
    let mut keep = keep.into_iter().peekable();
    let bytes = text.as_bytes();
    let mut spans = Spans::new(text, text.len());
    let mut written = String::with_capacity(text.len());
    let (mut at, mut done) = (0, 0);
    while at < bytes.len() {
        if let Some(range) = keep.next_if(|range| range.start <= at) {
            at = at.max(range.end);
            continue;
        }
        match bytes[at] {
            b'`' => at = spans.end_of(at),
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                if is_needless(text, at) {
                    written.push_str(&text[done..at]);
                    done = at + 1;
                }
                at += 2;
            }
            _ => at += 1,
        }
    }
    written.push_str(&text[done..]);
    written
}

/// Whether the backslash here can go; see the table above.
fn is_needless(text: &str, at: usize) -> bool {
    let mark = text.as_bytes()[at + 1];
    let before = text[..at].chars().next_back();
    let after = text[at + 2..].chars().next();
    let begins_line = || lead(text, at).is_some_and(|lead| after_marks(lead).is_empty());
    match mark {
        b'.' | b')' => {
            let lead = lead(text, at).map_or("", after_marks);
            let number = (1..=9).contains(&lead.len()) && lead.bytes().all(|b| b.is_ascii_digit());
            !(number && after.is_none_or(char::is_whitespace))
        }
        b'-' | b'+' | b'=' => !begins_line(),
        b'#' => lead(text, at)
            .map(after_marks)
            .is_some_and(|lead| !lead.is_empty() && !lead.starts_with('#')),
        b'(' => before != Some(']'),
        b'!' => after != Some('['),
        b'_' => {
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
        }
        b'*' => {
            before.is_some_and(char::is_whitespace)
                && after.is_some_and(char::is_whitespace)
                && !begins_line()
        }
        b'"' | b'$' | b'%' | b'\'' | b',' | b'/' | b':' | b';' | b'?' | b'@' | b'^' | b'{'
        | b'}' => true,
        _ => false,
    }
}

/// The longest beginning of a line that is looked at, in bytes: no mark of a block comes later.
const LONGEST_LEAD: usize = 200;

/// What stands before this byte in its line; `None` where that is more than can begin a block.
fn lead(text: &str, at: usize) -> Option<&str> {
    let mut from = at.saturating_sub(LONGEST_LEAD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    match text[from..at].rfind('\n') {
        Some(end) => Some(&text[from + end + 1..at]),
        None => (from == 0).then(|| &text[..at]),
    }
}

/// The beginning of a line without the marks of quotes and lists.
fn after_marks(lead: &str) -> &str {
    let mut rest = lead;
    loop {
        let bare = rest.trim_start_matches([' ', '\t', '>']);
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let marks = match bare.as_bytes().get(digits) {
            Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
            Some(b'-' | b'+' | b'*') if digits == 0 => 1,
            _ => 0,
        };
        rest = match bare.get(marks..) {
            Some(after) if marks > 0 && after.starts_with([' ', '\t']) => after,
            _ => return bare,
        };
    }
}

const SCHEME: &str = "dayone-moment:";

/// The text with its links to media pointing to attachments. `find` gives the attachment of an
/// identifier in upper case; links to what it does not know stay as they are.
pub(crate) fn with_links<'m>(
    text: &str,
    find: &mut dyn FnMut(&str) -> Option<&'m Media>,
) -> String {
    let written = links::rewrite(text, &mut |link| {
        let media = find(&identifier(&link.target(text))?)?;
        let words = &text[link.words.clone()];
        match link.kind {
            Kind::Image | Kind::WikiLink | Kind::Embed | Kind::Html => {
                Some((link.whole.clone(), pointer(media, words)))
            }
            Kind::Link | Kind::Definition => {
                Some((link.destination.clone(), format!("attachment:{}", media.id)))
            }
        }
    });
    bare_links(&written, find)
}

/// Links that stand in the text without any brackets around them.
fn bare_links<'m>(text: &str, find: &mut dyn FnMut(&str) -> Option<&'m Media>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SCHEME) {
        let length = rest[at..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '-')))
            .unwrap_or(rest.len() - at);
        let token = &rest[at..at + length];
        let bare = rest[..at].chars().next_back().is_none_or(char::is_whitespace);
        written.push_str(&rest[..at]);
        match identifier(token).filter(|_| bare).and_then(|identifier| find(&identifier)) {
            Some(media) => written.push_str(&pointer(media, "")),
            None => written.push_str(token),
        }
        rest = &rest[at + length..];
    }
    written.push_str(rest);
    written
}

/// The identifier in `dayone-moment://ID`, `dayone-moment:/video/ID` and the like.
fn identifier(target: &str) -> Option<String> {
    let path = target.trim().strip_prefix(SCHEME)?;
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    (!last.is_empty()).then(|| last.to_uppercase())
}

/// A Markdown link to an attachment: an image is shown, anything else is named.
pub(crate) fn pointer(media: &Media, words: &str) -> String {
    let id = media.id;
    if media.media_type.starts_with("image/") {
        format!("![{words}](attachment:{id})")
    } else if words.is_empty() {
        format!("[{}](attachment:{id})", in_brackets(&media.name))
    } else {
        format!("[{words}](attachment:{id})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needless_backslashes_go() {
        for (text, meant) in [
            ("Vi ses kl\\. 16\\-17 \\(måske\\)\\!", "Vi ses kl. 16-17 (måske)!"),
            ("2026\\-11\\-24 var en god dag\\.", "2026-11-24 var en god dag."),
            ("24\\.12\\. er fri", "24.12. er fri"),
            ("snake\\_case og 3 \\* 4 \\= 12", "snake_case og 3 * 4 = 12"),
            ("Se \\#ledelse\\, \\{note\\}", "Se #ledelse, {note}"),
            ("Hej\\:\\)", "Hej:)"),
        ] {
            assert_eq!(unescaped(text), meant);
        }
    }

    #[test]
    fn a_backslash_that_means_something_stays() {
        for text in [
            "1\\. ikke en liste",
            "> 12\\) ikke en liste",
            "\\- ikke en liste",
            "- \\# ikke en overskrift",
            "\\+ plus",
            "\\=\\=\\=",
            "# Overskrift \\#",
            "\\*ikke kursiv\\*",
            "\\_ikke kursiv\\_",
            "\\[ikke et link\\](a)",
            "[et link]\\(a\\)",
            "\\![ikke et billede](a)",
            "\\`ikke kode\\`",
            "\\<b\\>",
            "a \\\\. b",
            "a \\| b",
            "`kode \\. her`",
            "```\nkode \\. her\n```",
            "[a](b\\_c\\.d)",
        ] {
            let kept = unescaped(text);
            // The mark behind the first backslash decides; later ones of the same line may go.
            assert_eq!(kept.find('\\'), text.find('\\'), "{text} became {kept}");
        }
        assert_eq!(unescaped("[et link]\\(a\\)"), "[et link]\\(a)");
        assert_eq!(unescaped("\\-\\-\\-"), "\\---");
    }

    #[test]
    fn identifiers_are_found_in_every_form_of_link() {
        for target in [
            "dayone-moment://ab12",
            "dayone-moment:/video/AB12",
            "dayone-moment:/pdfAttachment/AB12/",
        ] {
            assert_eq!(identifier(target).as_deref(), Some("AB12"));
        }
        assert_eq!(identifier("dayone://view?entryId=AB12"), None);
        assert_eq!(identifier("dayone-moment://"), None);
    }
}
