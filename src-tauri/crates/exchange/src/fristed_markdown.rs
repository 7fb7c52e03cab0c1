//! Fristed's own Markdown: one file for each entry in a folder for each year, with everything that
//! is no text in its front matter, and the attachments in `attachments` beside it.
//!
//! A text points to its attachments by relative paths there, and its own front matter is part of
//! the file's, so that other programs show both. Each file is read back before it is written out:
//! where that would not give the same bytes, the front matter stays apart, and if need be the
//! text's references stay as they are (`verbatim: true`).

use std::collections::HashSet;
use std::fmt::Write as _;

use fristed_base::{AttachmentId, EntryId, Moment};
use fristed_journal::{Attachment, Entry};
use serde_yaml_ng::Value;

use crate::error::Result;
use crate::files::Listed;
use crate::fristed_json::{moment, own_media};
use crate::front_matter::{self, Split};
use crate::links::{self, Kind};
use crate::local_files::percent_encoded as encoded;
use crate::markdown::without_blank_line;
use crate::names;
use crate::reading::{Draft, Identity, Reading};

/// The file that marks a folder as an export.
pub(crate) const MARKER: &str = "fristed.json";
/// What the marker holds.
pub(crate) const MARK: &str = "{\"format\":\"fristed-markdown\",\"version\":1}\n";
/// The folder of the attachments beside the entries.
pub(crate) const ATTACHMENTS: &str = "attachments";

/// The keys of the front matter, in their order.
const KEYS: [&str; 10] = [
    "fristed",
    "id",
    "title",
    "created",
    "updated",
    "tags",
    "starred",
    "template",
    "attachments",
    "verbatim",
];

/// The file of an entry.
pub(crate) fn render(entry: &Entry, files: &[(&Attachment, String)]) -> String {
    let pointing = links::rewrite(&entry.body, &mut |link| {
        if matches!(link.kind, Kind::Embed | Kind::WikiLink | Kind::Html) {
            return None;
        }
        let id = entry.body[link.destination.clone()].strip_prefix("attachment:")?;
        let (_, path) = files.iter().find(|(attachment, _)| attachment.id.to_string() == id)?;
        Some((link.destination.clone(), encoded(path)))
    });
    let fields = fields(entry, files);
    let tries = [merged(&fields, &pointing), Some(apart(&fields, &pointing))];
    for file in tries.into_iter().flatten() {
        if is_faithful(&file, entry, files) {
            return file;
        }
    }
    apart(&format!("{fields}verbatim: true\n"), &entry.body)
}

/// The front matter of the file and that of the text in one block; `None` where the text has none
/// or one that does not fit.
fn merged(fields: &str, body: &str) -> Option<String> {
    let split = front_matter::split(body)?;
    let pieces = front_matter::pieces(split.block);
    let own = |key: &str| KEYS.contains(&key.to_lowercase().as_str());
    if pieces.iter().filter_map(|piece| piece.key).any(own) {
        return None;
    }
    Some(format!("{}{fields}{}{}{}", split.open, split.block, split.close, split.rest))
}

fn apart(fields: &str, body: &str) -> String {
    format!("---\n{fields}---\n\n{body}")
}

/// Whether reading the file back gives the entry.
fn is_faithful(file: &str, entry: &Entry, files: &[(&Attachment, String)]) -> bool {
    let Some(own) = front_matter::split(file).and_then(|split| parse(&split)) else { return false };
    own.id == Some(entry.id)
        && own.title == entry.title
        && own.created.to_rfc3339() == entry.written.to_rfc3339()
        && own.updated.to_rfc3339() == entry.updated.to_rfc3339()
        && own.tags == entry.tags
        && own.starred == entry.starred
        && own.template == entry.template
        && own.files.len() == files.len()
        && own.text() == entry.body
}

fn fields(entry: &Entry, files: &[(&Attachment, String)]) -> String {
    let mut fields = format!("fristed: 1\nid: {}\n", entry.id);
    let _ = if entry.title.is_empty() {
        Ok(())
    } else {
        writeln!(fields, "title: {}", quoted(&entry.title))
    };
    let _ = writeln!(fields, "created: {}", entry.written.to_rfc3339());
    let _ = writeln!(fields, "updated: {}", entry.updated.to_rfc3339());
    if !entry.tags.is_empty() {
        let tags: Vec<String> = entry.tags.iter().map(|tag| quoted(tag)).collect();
        let _ = writeln!(fields, "tags: [{}]", tags.join(", "));
    }
    if entry.starred {
        fields.push_str("starred: true\n");
    }
    if let Some(template) = &entry.template {
        let _ = writeln!(fields, "template: {}", quoted(template));
    }
    if !files.is_empty() {
        fields.push_str("attachments:\n");
        for (attachment, path) in files {
            let _ = writeln!(
                fields,
                "  - {{id: {}, name: {}, type: {}, file: {}}}",
                attachment.id,
                quoted(&attachment.name),
                quoted(&attachment.media_type),
                quoted(path)
            );
        }
    }
    fields
}

/// A text in double quotes as YAML 1.2 (section 7.3.1) and JSON both read it, on one line and
/// without characters that deceive.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            _ if names::is_deceptive(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// An attachment as a front matter lists it.
struct OwnFile {
    id: Option<AttachmentId>,
    name: String,
    media_type: Option<String>,
    path: String,
}

/// One of Fristed's own files, read.
pub(crate) struct Own {
    id: Option<EntryId>,
    title: String,
    created: Moment,
    updated: Moment,
    tags: Vec<String>,
    starred: bool,
    template: Option<String>,
    files: Vec<OwnFile>,
    verbatim: bool,
    /// The text with relative paths.
    body: String,
}

impl Own {
    /// The text as it is in the journal.
    fn text(&self) -> String {
        if self.verbatim || self.files.is_empty() {
            return self.body.clone();
        }
        let paths: Vec<(String, AttachmentId)> =
            self.files.iter().filter_map(|file| Some((encoded(&file.path), file.id?))).collect();
        links::rewrite(&self.body, &mut |link| {
            if matches!(link.kind, Kind::Embed | Kind::WikiLink | Kind::Html) {
                return None;
            }
            let raw = &self.body[link.destination.clone()];
            let (_, id) = paths.iter().find(|(path, _)| path == raw)?;
            Some((link.destination.clone(), format!("attachment:{id}")))
        })
    }
}

/// The front matter of one of Fristed's own files; `None` where it is none.
pub(crate) fn parse(split: &Split<'_>) -> Option<Own> {
    let pieces = front_matter::pieces(split.block);
    let first = pieces.first().filter(|piece| piece.key == Some("fristed"))?;
    if first.value()?.as_u64() != Some(1) {
        return None;
    }
    let mut taken: Vec<(&str, Value)> = Vec::new();
    let mut kept = String::new();
    for piece in &pieces {
        let key = piece
            .key
            .filter(|key| KEYS.contains(key) && !taken.iter().any(|(taken, _)| taken == key));
        match key.and_then(|key| Some((key, piece.value()?))) {
            Some(field) => taken.push(field),
            None => kept.push_str(piece.lines),
        }
    }
    let value = |key: &str| taken.iter().find(|(taken, _)| *taken == key).map(|(_, value)| value);
    let text = |key: &str| value(key).and_then(front_matter::scalar);
    let created = moment(&text("created")?)?;
    let body = if kept.is_empty() {
        without_blank_line(split.rest).to_owned()
    } else {
        format!("{}{kept}{}{}", split.open, split.close, split.rest)
    };
    Some(Own {
        id: text("id").and_then(|id| id.parse().ok()),
        title: text("title").unwrap_or_default(),
        created,
        updated: text("updated").and_then(|text| moment(&text)).unwrap_or(created),
        tags: value("tags").map(tags).unwrap_or_default(),
        starred: value("starred").and_then(Value::as_bool).unwrap_or(false),
        template: text("template"),
        files: value("attachments").map(files).unwrap_or_default(),
        verbatim: value("verbatim").and_then(Value::as_bool).unwrap_or(false),
        body,
    })
}

/// The tags exactly as they stand there.
fn tags(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(items) => items.iter().filter_map(front_matter::scalar).collect(),
        other => front_matter::tags(other).unwrap_or_default(),
    }
}

fn files(value: &Value) -> Vec<OwnFile> {
    let items = value.as_sequence().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| {
            let text = |key: &str| front_matter::scalar(item.get(key)?);
            Some(OwnFile {
                id: text("id").and_then(|id| id.parse().ok()),
                name: text("name")?,
                media_type: text("type"),
                path: text("file")?,
            })
        })
        .collect()
}

/// Takes one of Fristed's own files in, noting which files it names.
pub(crate) fn take_in(
    reading: &mut Reading<'_>,
    file: &Listed,
    own: Own,
    used: &mut HashSet<String>,
) -> Result<()> {
    let text = own.text();
    let mut media = Vec::new();
    for attachment in &own.files {
        let kind = attachment.media_type.as_deref();
        match own_media(reading, file, &attachment.path, &attachment.name, kind) {
            Ok((mut found, name)) => {
                found.id = attachment.id.unwrap_or(found.id);
                used.insert(name);
                media.push(found);
            }
            Err(reason) => reading.skip(&attachment.path, reason),
        }
    }
    let content =
        blake3::hash(format!("{}\0{}\0{text}", own.title, own.created.millis()).as_bytes());
    let id = own.id.map(|id| id.to_string());
    let draft = Draft {
        id: own.id,
        written: own.created,
        updated: own.updated,
        title: own.title,
        body: text,
        tags: own.tags,
        starred: own.starred,
        template: own.template,
        media,
    };
    let identity = id.as_deref().map_or(Identity::Content, Identity::Id);
    reading.add(&file.name, "fristed", identity, content, draft)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(title: String, body: String, tags: Vec<String>, id: AttachmentId) -> Entry {
        let entry = EntryId::new();
        let written = Moment::from_parts(1_795_448_400_250, 60).expect("a moment of the test");
        let kind = "image/png".to_owned();
        let name = "b (1).png".to_owned();
        Entry {
            id: entry,
            shown_title: title.clone(),
            title,
            body,
            written,
            updated: written,
            tags,
            starred: false,
            template: None,
            attachments: vec![Attachment { id, entry, name, media_type: kind, size: 1 }],
            trashed: None,
            version: 0,
        }
    }

    fn rendered(entry: &Entry) -> String {
        let files = vec![(&entry.attachments[0], "attachments/b (1).png".to_owned())];
        let file = render(entry, &files);
        assert!(is_faithful(&file, entry, &files), "{file}");
        file
    }

    #[test]
    fn front_matter_of_the_text_joins_that_of_the_file_unless_they_clash() {
        let id = AttachmentId::new();
        let joined = entry("T".into(), "---\na: b\n---\ntekst".into(), Vec::new(), id);
        assert!(rendered(&joined).ends_with("}\na: b\n---\ntekst"));
        let clash = entry("T".into(), "---\ntags: [x]\n---\ntekst".into(), Vec::new(), id);
        assert!(rendered(&clash).ends_with("}\n---\n\n---\ntags: [x]\n---\ntekst"));
    }

    #[test]
    fn references_become_paths_unless_the_text_has_that_path_already() {
        let id = AttachmentId::new();
        let shown = entry("T".into(), format!("![a](attachment:{id} \"b\")"), Vec::new(), id);
        assert!(rendered(&shown).ends_with("\n\n![a](attachments/b%20%281%29.png \"b\")"));
        let body = format!("[a](attachment:{id}) [b](attachments/b%20%281%29.png)");
        let both = entry("T".into(), body.clone(), Vec::new(), id);
        assert!(rendered(&both).ends_with(&format!("verbatim: true\n---\n\n{body}")));
    }

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                "---\n",
                "...\n",
                "---\r\n",
                "\r\n",
                "\n",
                "a: b\n",
                "tags: [x]\n",
                "- x\n",
                "  ",
                "# ",
                "```\n",
                "`",
                "[a](attachments/b%20%281%29.png)",
                "[a](ID)",
                "![](<ID>)",
                "[x]: ID\n",
                "[[ID]]",
                "<ID>",
                "\\",
                "\u{feff}",
                "fristed: 1\n",
                "verbatim: true\n",
                "\"k\": 1\n",
            ])
            .prop_map(str::to_owned),
            "\\PC{0,12}",
            any::<String>(),
        ];
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn every_file_gives_its_entry_back(
            title in any::<String>(),
            body in pieces(),
            tags in prop::collection::vec(any::<String>(), 0..3),
        ) {
            let id = AttachmentId::new();
            let body = body.replace("ID", &format!("attachment:{id}"));
            rendered(&entry(title, body, tags, id));
        }
    }
}
