//! Files that a note points to and that lie in the same folder: they become its attachments.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use fristed_base::AttachmentId;
use unicode_normalization::UnicodeNormalization;

use crate::files::{Files, Listed};
use crate::links::{self, Change, Kind, Link};
use crate::names;
use crate::plan::SkipReason;
use crate::reading::{Media, Reading};

/// Finds files by their bare names, as Obsidian's embeds give them.
pub(crate) struct Resolver {
    by_file_name: HashMap<String, String>,
    /// The folder that paths from the root begin in.
    root: String,
}

impl Resolver {
    pub(crate) fn new(files: &Files) -> Self {
        let mut by_file_name = HashMap::new();
        for file in files.list() {
            let shortest =
                by_file_name.entry(bare(file.file_name())).or_insert_with(|| file.name.clone());
            if file.name.len() < shortest.len() {
                shortest.clone_from(&file.name);
            }
        }
        Self { by_file_name, root: files.common_folder().to_owned() }
    }
}

/// A file name as names are compared: in small letters, each letter in one part.
fn bare(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// What a destination turned out to be.
enum Target {
    /// A file that becomes an attachment.
    File(Listed),
    /// Something to leave as it is.
    Other,
    /// A file that is not there.
    Missing,
    /// A file outside the folder.
    Outside,
}

/// Makes attachments of the files that a text points to. Gives the text with its new
/// destinations, and the attachments.
pub(crate) fn attach(
    reading: &mut Reading<'_>,
    resolver: &Resolver,
    note: &Listed,
    text: &str,
    used: &mut HashSet<String>,
) -> (String, Vec<Media>) {
    let mut media: Vec<Media> = Vec::new();
    let mut met: HashMap<String, Option<AttachmentId>> = HashMap::new();
    let mut others: HashSet<(Kind, String)> = HashSet::new();
    let body = links::rewrite(text, &mut |link| {
        let target = link.target(text);
        let asked = (link.kind, target);
        if others.contains(&asked) {
            return None;
        }
        let target = asked.1.clone();
        let file = match resolve(&reading.files, resolver, note, link.kind, &target) {
            Target::File(file) => file,
            Target::Other => {
                others.insert(asked);
                return None;
            }
            Target::Missing | Target::Outside if met.contains_key(&target) => return None,
            Target::Missing => {
                met.insert(target.clone(), None);
                reading.skip(&target, SkipReason::Missing);
                return None;
            }
            Target::Outside => {
                met.insert(target.clone(), None);
                reading.skip(&target, SkipReason::UnsafeName);
                return None;
            }
        };
        used.insert(file.name.clone());
        let id = match met.get(&file.name) {
            Some(known) => (*known)?,
            None => match reading.media(&file, file.file_name()) {
                Ok(new) => {
                    met.insert(file.name.clone(), Some(new.id));
                    media.push(new.clone());
                    new.id
                }
                Err(reason) => {
                    met.insert(file.name.clone(), None);
                    reading.skip(&file.name, reason);
                    return None;
                }
            },
        };
        let image = media.iter().any(|m| m.id == id && m.media_type.starts_with("image/"));
        Some(pointer(link, &text[link.words.clone()], file.file_name(), id, image))
    });
    (body, media)
}

/// The new destination, or the Markdown in place of a form that is no Markdown.
fn pointer(link: &Link, words: &str, name: &str, id: AttachmentId, image: bool) -> Change {
    let is_size = !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit() || b == b'x');
    let words = if is_size { "" } else { words };
    let whole = link.whole.clone();
    match link.kind {
        Kind::Link | Kind::Image | Kind::Definition => {
            (link.destination.clone(), format!("attachment:{id}"))
        }
        Kind::Html => (whole, format!("![{}](attachment:{id})", in_brackets(words))),
        Kind::Embed if image => (whole, format!("![{}](attachment:{id})", in_brackets(words))),
        Kind::Embed | Kind::WikiLink => {
            let words = if words.is_empty() { name } else { words };
            (whole, format!("[{}](attachment:{id})", in_brackets(words)))
        }
    }
}

/// Words as they can stand between the brackets of a link.
pub(crate) fn in_brackets(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn resolve(files: &Files, resolver: &Resolver, note: &Listed, kind: Kind, target: &str) -> Target {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || path.starts_with("//") || has_scheme(path) {
        return Target::Other;
    }
    let decoded = percent_decoded(path);
    let by_name = matches!(kind, Kind::Embed | Kind::WikiLink);
    let mut outside = false;
    for path in [decoded.as_deref(), Some(path), Some(target)].into_iter().flatten() {
        for base in [note.folder(), &resolver.root, ""] {
            match joined(base, path) {
                Some(name) => {
                    if let Some(file) = files.find(&name) {
                        return if file.is_markdown() { Target::Other } else { Target::File(file) };
                    }
                }
                None => outside = true,
            }
        }
        let name = bare(path.rsplit('/').next().unwrap_or(path));
        if by_name && let Some(file) = resolver.by_file_name.get(&name).and_then(|n| files.get(n)) {
            return if file.is_markdown() { Target::Other } else { Target::File(file.clone()) };
        }
    }
    let ending = names::split_ending(path).1.trim_start_matches('.').to_lowercase();
    let shown = matches!(kind, Kind::Image | Kind::Embed | Kind::Html);
    let known = !matches!(ending.as_str(), "com" | "md" | "markdown" | "html" | "htm")
        && mime_guess::from_ext(&ending).first_raw().is_some();
    match (shown && !ending.is_empty() && ending != "md") || known {
        true if outside || path.starts_with('/') => Target::Outside,
        true => Target::Missing,
        false => Target::Other,
    }
}

/// Whether a destination begins with a scheme (RFC 3986, section 3.1) of two letters or more; one
/// letter is a drive.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// A path against a folder, both within the root; `None` where it leads outside.
pub(crate) fn joined(folder: &str, path: &str) -> Option<String> {
    let from_root = path.starts_with('/');
    let mut parts: Vec<&str> =
        if from_root || folder.is_empty() { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    let name = parts.join("/");
    names::is_safe(&name).then_some(name)
}

/// A text without its percent encoding (RFC 3986, section 2.1); `None` where there is none, or
/// what comes out is no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => {
                    bytes.push(b'%');
                    rest = &rest[1..];
                }
            },
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// A relative path as a link's destination: all but letters, digits and `-._~/` in percent
/// encoding (RFC 3986, section 2.1), other letters than ASCII's as they are.
pub(crate) fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_alphanumeric() || "-._~/".contains(c) {
            encoded.push(c);
        } else {
            for byte in c.to_string().bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_outside_the_folder() {
        assert_eq!(joined("a/b", "../c.png").as_deref(), Some("a/c.png"));
        assert_eq!(joined("a", "../../c.png"), None);
        assert_eq!(joined("", "../c.png"), None);
        assert_eq!(joined("a", "/b/c.png").as_deref(), Some("b/c.png"));
        assert_eq!(joined("a", "..\\c.png"), None);
        assert_eq!(joined("a", "C:\\c.png"), None);
    }

    #[test]
    fn percent_encoding_is_undone_once() {
        assert_eq!(percent_decoded("a%20b%C3%A6").as_deref(), Some("a bæ"));
        assert_eq!(percent_decoded("%2e%2e/x").as_deref(), Some("../x"));
        assert_eq!(percent_decoded("100%"), Some("100%".into()));
        assert_eq!(percent_decoded("%ff"), None);
    }
}
