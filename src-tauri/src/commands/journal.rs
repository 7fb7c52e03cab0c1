//! Entries, revisions, tags, search and attachments.

use std::fs::{self, File};
use std::path::Path;

use fristed_app::wire::{
    Attachment, DayCount, DiffLine, Entry, EntryRow, ErrorCode, Filter, Hits, NewEntry, Page,
    Revision, Saved, TagCount, Template, Text,
};
use fristed_app::{AppError, Fristed};
use tauri::ipc::{InvokeBody, Request};
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use super::{Answer, work};
use crate::clock::now;
use crate::state::Shell;
use crate::{error, window as shown};

/// A new entry.
#[tauri::command]
#[specta::specta]
pub async fn entry_create(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    entry: NewEntry,
) -> Answer<Entry> {
    shown::expect_writing(&window, &shell);
    work(shell, move |fristed| fristed.entry_create(entry, now())).await
}

/// A whole entry.
#[tauri::command]
#[specta::specta]
pub async fn entry_get(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    id: String,
) -> Answer<Entry> {
    shown::expect_writing(&window, &shell);
    work(shell, move |fristed| fristed.entry_get(&id)).await
}

/// Saves the text; the answer means that it is durably in the store.
#[tauri::command]
#[specta::specta]
pub async fn entry_save(shell: State<'_, Shell>, id: String, text: Text) -> Answer<Saved> {
    work(shell, move |fristed| fristed.entry_save(&id, text, now())).await
}

/// Moves the entry to another day and time.
#[tauri::command]
#[specta::specta]
pub async fn entry_set_moment(
    shell: State<'_, Shell>,
    id: String,
    day: String,
    time: String,
) -> Answer<Entry> {
    work(shell, move |fristed| fristed.entry_set_moment(&id, &day, &time, now())).await
}

/// Gives the entry these tags and no others.
#[tauri::command]
#[specta::specta]
pub async fn entry_set_tags(
    shell: State<'_, Shell>,
    id: String,
    tags: Vec<String>,
) -> Answer<Entry> {
    work(shell, move |fristed| fristed.entry_set_tags(&id, &tags, now())).await
}

/// Stars the entry, or takes the star away.
#[tauri::command]
#[specta::specta]
pub async fn entry_set_star(shell: State<'_, Shell>, id: String, starred: bool) -> Answer<Entry> {
    work(shell, move |fristed| fristed.entry_set_star(&id, starred, now())).await
}

/// Puts the entry in the trash.
#[tauri::command]
#[specta::specta]
pub async fn entry_trash(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.entry_trash(&id, now())).await
}

/// Takes the entry out of the trash.
#[tauri::command]
#[specta::specta]
pub async fn entry_restore(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.entry_restore(&id, now())).await
}

/// Deletes an entry for good.
#[tauri::command]
#[specta::specta]
pub async fn entry_purge(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.entry_purge(&id)).await
}

/// Deletes everything in the trash for good; gives how many.
#[tauri::command]
#[specta::specta]
pub async fn trash_empty(shell: State<'_, Shell>) -> Answer<u32> {
    work(shell, Fristed::trash_empty).await
}

/// Some rows of a list.
#[tauri::command]
#[specta::specta]
pub async fn entry_page(
    shell: State<'_, Shell>,
    filter: Filter,
    offset: u32,
    limit: u32,
) -> Answer<Page> {
    work(shell, move |fristed| fristed.entry_page(filter, offset, limit)).await
}

/// The days of a month that have entries.
#[tauri::command]
#[specta::specta]
pub async fn days(shell: State<'_, Shell>, year: i32, month: u32) -> Answer<Vec<DayCount>> {
    work(shell, move |fristed| fristed.days(year, month)).await
}

/// Entries of the same day in earlier years.
#[tauri::command]
#[specta::specta]
pub async fn on_this_day(shell: State<'_, Shell>, day: String) -> Answer<Vec<EntryRow>> {
    work(shell, move |fristed| fristed.on_this_day(&day)).await
}

/// Every tag in use.
#[tauri::command]
#[specta::specta]
pub async fn tags(shell: State<'_, Shell>) -> Answer<Vec<TagCount>> {
    work(shell, Fristed::tags).await
}

/// Entries that match what was typed.
#[tauri::command]
#[specta::specta]
pub async fn search(
    shell: State<'_, Shell>,
    query: String,
    offset: u32,
    limit: u32,
) -> Answer<Hits> {
    work(shell, move |fristed| fristed.search(&query, offset, limit)).await
}

/// The earlier texts of an entry.
#[tauri::command]
#[specta::specta]
pub async fn revisions(shell: State<'_, Shell>, id: String) -> Answer<Vec<Revision>> {
    work(shell, move |fristed| fristed.revisions(&id)).await
}

/// An earlier text.
#[tauri::command]
#[specta::specta]
pub async fn revision_text(shell: State<'_, Shell>, id: String) -> Answer<String> {
    work(shell, move |fristed| fristed.revision_text(&id)).await
}

/// An earlier text beside today's.
#[tauri::command]
#[specta::specta]
pub async fn revision_compare(shell: State<'_, Shell>, id: String) -> Answer<Vec<DiffLine>> {
    work(shell, move |fristed| fristed.revision_compare(&id)).await
}

/// Makes an earlier text today's.
#[tauri::command]
#[specta::specta]
pub async fn revision_restore(shell: State<'_, Shell>, id: String) -> Answer<Entry> {
    work(shell, move |fristed| fristed.revision_restore(&id, now())).await
}

/// The ways to begin a reflection, in the language in force.
#[tauri::command]
#[specta::specta]
pub async fn templates(shell: State<'_, Shell>) -> Answer<Vec<Template>> {
    work(shell, |fristed| Ok(fristed.templates())).await
}

/// Adds a file whose bytes are the call's body; its headers are `entry`, `name` (percent-encoded)
/// and `media-type`.
#[tauri::command]
pub async fn attachment_add(shell: State<'_, Shell>, request: Request<'_>) -> Answer<Attachment> {
    let header = |name: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned).ok_or_else(|| error::plain(ErrorCode::Internal))
    };
    let (entry, media_type) = (header("entry")?, header("media-type")?);
    let name = percent_decoded(&header("name")?);
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(error::plain(ErrorCode::Internal));
    };
    let bytes = bytes.clone();
    work(shell, move |fristed| {
        fristed.attach(&entry, &name, &media_type, &mut bytes.as_slice(), now())
    })
    .await
}

/// Asks for files and adds them.
#[tauri::command]
#[specta::specta]
pub async fn attachment_pick(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    entry_id: String,
) -> Answer<Vec<Attachment>> {
    let dialog = window.dialog().file().set_parent(&window);
    work(shell, move |fristed| {
        let chosen = dialog.blocking_pick_files().unwrap_or_default();
        let paths = chosen.into_iter().filter_map(|file| file.into_path().ok());
        paths.map(|path| attach_file(fristed, &entry_id, &path)).collect()
    })
    .await
}

fn attach_file(fristed: &Fristed, entry: &str, path: &Path) -> Result<Attachment, AppError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    let mut file = File::open(path)?;
    fristed.attach(entry, &name, media_type.essence_str(), &mut file, now())
}

/// Writes an attachment where the leader says; false where the question was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn attachment_save(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    id: String,
) -> Answer<bool> {
    let dialog = window.dialog().file().set_parent(&window);
    work(shell, move |fristed| {
        let name = fristed.attachment(&id)?.name;
        let chosen = dialog.set_file_name(name).blocking_save_file();
        let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
            return Ok(false);
        };
        let mut file = File::create(&path)?;
        if let Err(failed) = fristed.attachment_read(&id, &mut file) {
            drop(file);
            // Half a file under a good name would pass for the whole one.
            let _ = fs::remove_file(&path);
            return Err(failed);
        }
        file.sync_all()?;
        Ok(true)
    })
    .await
}

/// Takes an attachment off its entry.
#[tauri::command]
#[specta::specta]
pub async fn attachment_remove(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.attachment_remove(&id)).await
}

/// The text behind percent-encoded UTF-8 (RFC 3986, section 2.1); what is no code stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) if byte == b'%' => {
                decoded.push(value);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_danish_file_name_comes_through() {
        assert_eq!(percent_decoded("R%C3%B8d%20gr%C3%B8d.png"), "Rød grød.png");
        assert_eq!(percent_decoded("100% sikker"), "100% sikker");
        assert_eq!(percent_decoded("%C3"), "\u{fffd}");
        assert_eq!(percent_decoded("ende%"), "ende%");
    }
}
