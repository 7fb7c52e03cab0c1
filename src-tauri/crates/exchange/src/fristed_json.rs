//! Fristed's own JSON: `journal.json` with every entry, and the folder `attachments` beside it.
//!
//! `schema/journal-export.schema.json` describes it. The fields of an entry are those of
//! `fristed-cli --json`, with `given_title` besides, since `title` is never empty there.

use std::io::Write;

use chrono::DateTime;
use fristed_base::Moment;
use fristed_journal::{Attachment, Entry};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{ExchangeError, Result};
use crate::files::Listed;
use crate::local_files::joined;
use crate::names;
use crate::plan::SkipReason;
use crate::reading::{Draft, Identity, Media, Reading};

/// The name of the document within an export.
pub(crate) const DOCUMENT: &str = "journal.json";
/// The folder of the attachments within an export.
pub(crate) const ATTACHMENTS: &str = "attachments";
/// What the document says it is.
pub(crate) const FORMAT: &str = "fristed-journal";
/// The version of the format that is written and read here.
pub(crate) const VERSION: u64 = 1;

#[derive(Serialize)]
struct EntryOut<'a> {
    id: String,
    title: &'a str,
    given_title: &'a str,
    body: &'a str,
    day: String,
    created_at: String,
    updated_at: String,
    tags: &'a [String],
    starred: bool,
    template: Option<&'a str>,
    attachments: Vec<AttachmentOut<'a>>,
}

#[derive(Serialize)]
struct AttachmentOut<'a> {
    id: String,
    name: &'a str,
    media_type: &'a str,
    size: u32,
    file: &'a str,
}

/// Writes what stands before the first entry.
pub(crate) fn write_head(out: &mut dyn Write) -> Result<()> {
    write!(out, "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"entries\":[")?;
    Ok(())
}

/// Writes one entry; `files` gives each attachment with its path within the export.
pub(crate) fn write_entry(
    out: &mut dyn Write,
    first: bool,
    entry: &Entry,
    files: &[(&Attachment, String)],
) -> Result<()> {
    let entry = EntryOut {
        id: entry.id.to_string(),
        title: &entry.shown_title,
        given_title: &entry.title,
        body: &entry.body,
        day: entry.written.day().to_string(),
        created_at: entry.written.to_rfc3339(),
        updated_at: entry.updated.to_rfc3339(),
        tags: &entry.tags,
        starred: entry.starred,
        template: entry.template.as_deref(),
        attachments: files
            .iter()
            .map(|(attachment, file)| AttachmentOut {
                id: attachment.id.to_string(),
                name: &attachment.name,
                media_type: &attachment.media_type,
                size: attachment.size,
                file,
            })
            .collect(),
    };
    out.write_all(if first { b"\n" } else { b",\n" })?;
    serde_json::to_writer(out, &entry).map_err(|error| ExchangeError::Io(error.into()))
}

/// Writes what stands after the last entry.
pub(crate) fn write_foot(out: &mut dyn Write) -> Result<()> {
    out.write_all(b"\n]}\n")?;
    Ok(())
}

#[derive(Deserialize)]
struct EntryIn {
    id: String,
    title: Option<String>,
    given_title: Option<String>,
    body: String,
    created_at: String,
    updated_at: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    starred: bool,
    template: Option<String>,
    #[serde(default)]
    attachments: Vec<AttachmentIn>,
}

#[derive(Deserialize)]
struct AttachmentIn {
    id: String,
    name: String,
    media_type: Option<String>,
    file: Option<String>,
}

/// Takes one entry in.
pub(crate) fn take_in(
    reading: &mut Reading<'_>,
    file: &Listed,
    place: &str,
    entry: Map<String, Value>,
) -> Result<()> {
    let content = blake3::hash(&serde_json::to_vec(&entry).unwrap_or_default());
    let Ok(entry) = serde_json::from_value::<EntryIn>(Value::Object(entry)) else {
        reading.skip(place, SkipReason::Unreadable);
        return Ok(());
    };
    let Some(written) = moment(&entry.created_at) else {
        reading.skip(place, SkipReason::Unreadable);
        return Ok(());
    };
    let mut media = Vec::new();
    for attachment in entry.attachments {
        let path = attachment.file.unwrap_or_default();
        match own_media(reading, file, &path, &attachment.name, attachment.media_type.as_deref()) {
            Ok((mut found, _)) => {
                found.id = attachment.id.parse().unwrap_or(found.id);
                media.push(found);
            }
            Err(reason) => reading.skip(&path, reason),
        }
    }
    let title = entry.given_title.unwrap_or_else(|| {
        // A list printed by the terminal has no given title; what the text says itself is none.
        entry.title.filter(|title| !entry.body.contains(title.as_str())).unwrap_or_default()
    });
    let draft = Draft {
        id: entry.id.parse().ok(),
        written,
        updated: entry.updated_at.as_deref().and_then(moment).unwrap_or(written),
        title,
        body: entry.body,
        tags: entry.tags,
        starred: entry.starred,
        template: entry.template,
        media,
    };
    let id = entry.id.to_lowercase();
    reading.add(place, "fristed", Identity::Id(&id), content, draft)
}

/// A moment as Fristed writes it.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    DateTime::parse_from_rfc3339(text).ok().map(Moment::new)
}

/// An attachment of an export, under the name and type it had, and the name of its file. `path`
/// is relative to the folder of `beside`.
pub(crate) fn own_media(
    reading: &Reading<'_>,
    beside: &Listed,
    path: &str,
    name: &str,
    media_type: Option<&str>,
) -> Result<(Media, String), SkipReason> {
    if path.is_empty() {
        return Err(SkipReason::Missing);
    }
    let inside = joined(beside.folder(), path).ok_or(SkipReason::UnsafeName)?;
    let listed = reading.files.find(&inside).ok_or(SkipReason::Missing)?;
    let mut media = reading.media(&listed, name)?;
    let plain = |text: &str| !text.contains(['/', '\\']) && !text.chars().any(names::is_deceptive);
    if plain(name) && !name.is_empty() {
        name.clone_into(&mut media.name);
    }
    if let Some(media_type) = media_type.filter(|kind| !kind.chars().any(names::is_deceptive)) {
        media_type.clone_into(&mut media.media_type);
    }
    Ok((media, listed.name))
}
