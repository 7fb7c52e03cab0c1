//! Day One's JSON export: `{"metadata": {…}, "entries": […]}`, one document for each journal, with
//! the folders `photos`, `videos`, `audios` and `pdfs` beside them, alone or zipped.
//!
//! An entry's `text` is Markdown with needless backslashes (`text.rs`); where it is
//! missing, `richText` is turned into Markdown (`rich.rs`). `creationDate` with
//! `timeZone` gives the moment. Media are found by their MD5 or identifier among the files that are
//! there, never by a path. All other fields become front matter, but for what tells nothing more:
//! the `uuid`, by which the entry is known again, and a `timeZone` that is the leader's own.

mod inline;
mod rich;
mod text;

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use fristed_base::Moment;
use serde_json::{Map, Value};

use crate::dates;
use crate::error::Result;
use crate::files::{Files, Listed};
use crate::json;
use crate::names;
use crate::plan::SkipReason;
use crate::reading::{Draft, Identity, Media, Reading};
use crate::zone::Zone;

/// The lists of media in an entry.
const MEDIA: [&str; 5] = ["photos", "videos", "audios", "pdfAttachments", "pdfs"];

/// What Day One says of a media file that the file itself says better.
const FILE_FACTS: [&str; 11] = [
    "identifier",
    "md5",
    "type",
    "format",
    "fileSize",
    "width",
    "height",
    "orderInEntry",
    "filename",
    "fileName",
    "pdfName",
];

/// The media files of an export.
pub(crate) struct Library {
    by_stem: HashMap<String, Vec<String>>,
    /// The files that entries named.
    pub used: HashSet<String>,
    /// Whether there are several journals, so that their names tell something.
    several: bool,
}

impl Library {
    pub(crate) fn new(files: &Files, several: bool) -> Self {
        let mut by_stem: HashMap<String, Vec<String>> = HashMap::new();
        for file in files.list() {
            let stem = names::split_ending(file.file_name()).0.to_lowercase();
            by_stem.entry(stem).or_default().push(file.name.clone());
        }
        Self { by_stem, used: HashSet::new(), several }
    }

    /// The file of one of these stems, rather below the document's own folder than elsewhere.
    fn find(&self, files: &Files, document: &Listed, stems: &[Option<&str>]) -> Option<Listed> {
        let found =
            stems.iter().flatten().find_map(|stem| self.by_stem.get(&stem.to_lowercase()))?;
        let near = found.iter().find(|name| name.starts_with(document.folder()));
        files.get(near.or(found.first())?).cloned()
    }
}

/// A media file of an entry, with what the text calls it.
struct Named {
    identifier: String,
    order: i64,
    media: Media,
}

/// Takes one entry in.
pub(crate) fn take_in(
    reading: &mut Reading<'_>,
    library: &mut Library,
    file: &Listed,
    place: &str,
    mut entry: Map<String, Value>,
) -> Result<()> {
    let content = blake3::hash(&serde_json::to_vec(&entry).unwrap_or_default());
    let id = json::text(&mut entry, "uuid").map(|id| id.to_uppercase());
    let Some(text) = body(&mut entry) else {
        reading.skip(place, SkipReason::Unreadable);
        return Ok(());
    };
    let Some((written, updated)) = moments(&mut entry, file, reading.zone) else {
        reading.skip(place, SkipReason::Unreadable);
        return Ok(());
    };
    let named = media(reading, library, file, &mut entry);
    if text.trim().is_empty() && named.is_empty() {
        reading.skip(place, SkipReason::Empty);
        return Ok(());
    }
    let text = with_media(&text, &named);
    let tags = json::tags(&mut entry, "tags");
    let starred = json::truth(&mut entry, "starred");
    if library.several {
        let journal = names::split_ending(file.file_name()).0;
        entry.entry("journal").or_insert_with(|| Value::from(names::on_one_line(journal)));
    }
    let draft = Draft {
        id: None,
        written,
        updated,
        title: String::new(),
        body: json::with_front_matter(&entry, &text),
        tags,
        starred,
        template: None,
        media: named.into_iter().map(|named| named.media).collect(),
    };
    let identity = id.as_deref().map_or(Identity::Content, Identity::Id);
    reading.add(place, "dayone", identity, content, draft)
}

/// The entry's Markdown, empty where it has no text; `None` where its text cannot be read.
fn body(entry: &mut Map<String, Value>) -> Option<String> {
    let rich = entry.remove("richText").filter(|rich| !rich.is_null());
    if let Some(text) = json::text(entry, "text")
        && !text.trim().is_empty()
    {
        return Some(text::unescaped(&text));
    }
    let rich = match rich {
        None => return Some(String::new()),
        Some(Value::String(text)) if text.trim().is_empty() => return Some(String::new()),
        Some(Value::String(text)) => serde_json::from_str(&text).ok()?,
        Some(other) => other,
    };
    let (markdown, strange) = rich::to_markdown(&rich)?;
    if !strange.is_empty() {
        entry.insert("embeddedObjects".into(), Value::Array(strange));
    }
    Some(markdown)
}

/// The moment it belongs to and the one of its last change.
fn moments(
    entry: &mut Map<String, Value>,
    file: &Listed,
    zone: &dyn Zone,
) -> Option<(Moment, Moment)> {
    let named = |value: Option<&Value>| value?.as_str()?.trim().parse::<Tz>().ok();
    let own = named(entry.get("timeZone"))
        .or_else(|| named(entry.get("location").and_then(|place| place.get("timeZoneName"))));
    let mut read = |key: &str| {
        let found = dates::value(entry.get(key)?.as_str()?)?;
        entry.remove(key);
        Some(match (own, found.offset) {
            (Some(own), Some(_)) => own.at_instant(found.moment(zone).date_time().to_utc()),
            (Some(own), None) => own.at_local(found.local()),
            (None, _) => found.moment(zone),
        })
    };
    let created = read("creationDate");
    let modified = read("modifiedDate");
    let written = created.or(modified).or(file.modified)?;
    if own.is_some() && same_clock(zone, written) {
        entry.remove("timeZone");
    }
    Some((written, modified.unwrap_or(written)))
}

/// Whether the leader's own clock showed the same as the one there.
fn same_clock(zone: &dyn Zone, written: Moment) -> bool {
    zone.at_instant(written.date_time().to_utc()).local() == written.local()
}

/// The entry's media that are there; those that are not are noted as left out. What Day One tells
/// of them beyond the files themselves stays in the entry.
fn media(
    reading: &mut Reading<'_>,
    library: &mut Library,
    file: &Listed,
    entry: &mut Map<String, Value>,
) -> Vec<Named> {
    let mut found = Vec::new();
    for list in MEDIA {
        let Some(Value::Array(items)) = entry.remove(list) else { continue };
        let mut told = Vec::new();
        for item in items {
            let Value::Object(mut item) = item else { continue };
            let text = |key: &str| item.get(key).and_then(Value::as_str);
            let (md5, identifier) = (text("md5"), text("identifier"));
            let called = md5.or(identifier).unwrap_or("?");
            let Some(listed) = library.find(&reading.files, file, &[md5, identifier]) else {
                reading.skip(&format!("{list}/{called}"), SkipReason::Missing);
                continue;
            };
            library.used.insert(listed.name.clone());
            let name = given_name(&item, &listed);
            match reading.media(&listed, &name) {
                Ok(media) => {
                    let identifier = identifier.unwrap_or(called).to_uppercase();
                    let order = item.get("orderInEntry").and_then(Value::as_i64);
                    let name = media.name.clone();
                    found.push(Named { identifier, order: order.unwrap_or(i64::MAX), media });
                    item.retain(|key, _| !FILE_FACTS.contains(&key.as_str()));
                    if item.values().any(tells) {
                        item.insert("attachment".into(), Value::from(name));
                        told.push(Value::Object(item));
                    }
                }
                Err(reason) => reading.skip(&listed.name, reason),
            }
        }
        if !told.is_empty() {
            entry.insert(list.into(), Value::Array(told));
        }
    }
    found.sort_by_key(|named| named.order);
    found
}

/// Whether a fact about a media file is more than an empty field of a form.
fn tells(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

/// The name that a media file had before Day One took it, with its ending.
fn given_name(item: &Map<String, Value>, listed: &Listed) -> String {
    let given = ["filename", "fileName", "pdfName", "title"]
        .iter()
        .filter_map(|key| item.get(*key)?.as_str())
        .map(names::attachment_name)
        .find(|name| name != "attachment");
    let ending = names::split_ending(listed.file_name()).1;
    match given {
        Some(name) if names::split_ending(&name).1.is_empty() => format!("{name}{ending}"),
        Some(name) => name,
        None => listed.file_name().to_owned(),
    }
}

/// The text with its media in their places, and those that it does not name after it.
fn with_media(text: &str, named: &[Named]) -> String {
    let mut met = HashSet::new();
    let mut written = text::with_links(text, &mut |identifier| {
        let found = named.iter().find(|named| named.identifier == identifier)?;
        met.insert(found.media.id);
        Some(&found.media)
    });
    for media in named.iter().map(|named| &named.media).filter(|media| !met.contains(&media.id)) {
        if !written.is_empty() {
            let ends = written.bytes().rev().take_while(|b| *b == b'\n').count();
            written.push_str(&"\n\n"[ends.min(2)..]);
        }
        written.push_str(&text::pointer(media, ""));
    }
    written
}
