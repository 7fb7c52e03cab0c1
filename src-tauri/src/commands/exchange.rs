//! Import and export.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use fristed_app::wire::{ExportDone, ExportFormat, ImportDone, ImportPreview, Progress};
use serde::Deserialize;
use specta::Type;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use super::{Answer, work};
use crate::clock::now;
use crate::events;
use crate::state::Shell;

/// What an old journal lies in.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ImportSource {
    /// One file.
    File,
    /// A folder.
    Folder,
}

/// Asks for a file or a folder; none where the question was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn import_choose(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    kind: ImportSource,
) -> Answer<Option<String>> {
    let dialog = window.dialog().file().set_parent(&window);
    work(shell, move |_| {
        let chosen = match kind {
            ImportSource::File => dialog
                .add_filter("Day One, jrnl, Fristed, Markdown", &["zip", "json", "md", "txt"])
                .blocking_pick_file(),
            ImportSource::Folder => dialog.blocking_pick_folder(),
        };
        Ok(chosen.and_then(|path| path.into_path().ok()).map(|path| path.display().to_string()))
    })
    .await
}

/// Says what an import would bring; changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn import_preview(
    app: AppHandle,
    shell: State<'_, Shell>,
    path: String,
) -> Answer<ImportPreview> {
    let mut report = reporter(app, &shell);
    work(shell, move |fristed| fristed.import_preview(&PathBuf::from(path), &mut report)).await
}

/// Brings what the preview showed; all of it or nothing.
#[tauri::command]
#[specta::specta]
pub async fn import_run(app: AppHandle, shell: State<'_, Shell>) -> Answer<ImportDone> {
    let mut report = reporter(app, &shell);
    work(shell, move |fristed| fristed.import_run(&mut report, now())).await
}

/// Asks the long work to stop.
#[tauri::command]
#[specta::specta]
pub async fn work_cancel(shell: State<'_, Shell>) -> Answer<()> {
    shell.cancel_work();
    Ok(())
}

/// Asks for the folder to export into; none where the question was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn export_choose(
    window: WebviewWindow,
    shell: State<'_, Shell>,
) -> Answer<Option<String>> {
    let dialog = window.dialog().file().set_parent(&window).set_can_create_directories(true);
    work(shell, move |_| {
        let chosen = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok());
        Ok(chosen.map(|folder| folder.display().to_string()))
    })
    .await
}

/// Writes every entry into an empty or new folder; says how many, and what could not be read.
#[tauri::command]
#[specta::specta]
pub async fn export_run(
    app: AppHandle,
    shell: State<'_, Shell>,
    format: ExportFormat,
    path: String,
) -> Answer<ExportDone> {
    let mut report = reporter(app, &shell);
    work(shell, move |fristed| fristed.export_run(format, &PathBuf::from(path), &mut report)).await
}

/// Tells the window how far the work has come, twenty times a second at most, and stops the work
/// when the leader asked for that. Somebody who waits for it counts as being here.
fn reporter(
    app: AppHandle,
    shell: &State<'_, Shell>,
) -> impl FnMut(Progress) -> ControlFlow<()> + Send + use<> {
    use tauri::Manager as _;
    let cancelled = shell.begin_work();
    let mut told: Option<Instant> = None;
    move |progress| {
        let ended = progress.done == progress.total;
        if ended || told.is_none_or(|at| at.elapsed() >= Duration::from_millis(50)) {
            told = Some(Instant::now());
            app.state::<Shell>().somebody_is_here();
            events::progress(&app, progress);
        }
        if cancelled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
