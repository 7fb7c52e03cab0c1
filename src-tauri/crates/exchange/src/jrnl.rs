//! jrnl's JSON (`jrnl --format json`): `{"tags": {…}, "entries": [{title, body, date, time, tags,
//! starred}]}`, with `uuid` and `creator` where its journal was a Day One folder.
//!
//! Date and time are the computer's own, to the minute. Tags keep their word and lose the `@` or
//! `#` before it; the marks in the text stay.

use serde_json::{Map, Value};

use crate::dates;
use crate::error::Result;
use crate::files::Listed;
use crate::json;
use crate::names;
use crate::plan::SkipReason;
use crate::reading::{Draft, Identity, Reading};

/// Takes one entry in.
pub(crate) fn take_in(
    reading: &mut Reading<'_>,
    _file: &Listed,
    place: &str,
    mut entry: Map<String, Value>,
) -> Result<()> {
    let title = json::text(&mut entry, "title").unwrap_or_default();
    let body = json::text(&mut entry, "body").unwrap_or_default();
    let date = json::text(&mut entry, "date").unwrap_or_default();
    let time = json::text(&mut entry, "time").unwrap_or_default();
    let Some(found) = dates::value(format!("{date} {time}").trim()) else {
        reading.skip(place, SkipReason::Unreadable);
        return Ok(());
    };
    if title.trim().is_empty() && body.trim().is_empty() {
        reading.skip(place, SkipReason::Empty);
        return Ok(());
    }
    let local = found.local().format("%FT%T").to_string();
    let mut hasher = blake3::Hasher::new();
    for part in [&local, &title, &body] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let content = hasher.finalize();
    let tags = json::tags(&mut entry, "tags");
    let starred = json::truth(&mut entry, "starred");
    let id = entry.get("uuid").and_then(Value::as_str).map(str::to_lowercase);
    let identity = id.as_deref().map_or(Identity::Content, Identity::Id);
    let written = found.moment(reading.zone);
    let draft = Draft {
        id: None,
        written,
        updated: written,
        title: names::on_one_line(&title),
        body: json::with_front_matter(&entry, &body),
        tags,
        starred,
        template: None,
        media: Vec::new(),
    };
    reading.add(place, "jrnl", identity, content, draft)
}
