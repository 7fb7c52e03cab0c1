//! Calendars, events, and calendar files.

use std::fs;
use std::path::PathBuf;

use fristed_app::Fristed;
use fristed_app::wire::calendar::{
    Account, Calendar, CalendarPreview, CalendarView, Changed, Colour, Conflict, Event, EventForm,
    Keep, Occurrence, RemoteCalendar, Reply, Scope,
};
use fristed_app::wire::network::Touched;
use fristed_app::wire::{ErrorCode, ImportDone};
use tauri::ipc::{InvokeBody, Request};
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder};

use super::{Answer, work};
use crate::clock::now;
use crate::error;
use crate::state::Shell;

/// Every calendar.
#[tauri::command]
#[specta::specta]
pub async fn calendars(shell: State<'_, Shell>) -> Answer<Vec<Calendar>> {
    work(shell, Fristed::calendars).await
}

/// A new calendar of the leader's own.
#[tauri::command]
#[specta::specta]
pub async fn calendar_create(
    shell: State<'_, Shell>,
    name: String,
    colour: Colour,
) -> Answer<Calendar> {
    work(shell, move |fristed| fristed.calendar_create(&name, colour)).await
}

/// Changes a calendar's name and colour, and whether the views show it.
#[tauri::command]
#[specta::specta]
pub async fn calendar_change(
    shell: State<'_, Shell>,
    id: String,
    name: String,
    colour: Colour,
    shown: bool,
) -> Answer<Calendar> {
    work(shell, move |fristed| fristed.calendar_change(&id, &name, colour, shown)).await
}

/// Deletes a calendar with its events.
#[tauri::command]
#[specta::specta]
pub async fn calendar_delete(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.calendar_delete(&id)).await
}

/// What deleting a calendar also touches.
#[tauri::command]
#[specta::specta]
pub async fn calendar_touches(shell: State<'_, Shell>, id: String) -> Answer<Touched> {
    work(shell, move |fristed| fristed.calendar_touches(&id)).await
}

/// What the calendars that are shown hold from one day to another, both included.
#[tauri::command]
#[specta::specta]
pub async fn calendar_view(
    shell: State<'_, Shell>,
    first: String,
    last: String,
) -> Answer<CalendarView> {
    work(shell, move |fristed| fristed.calendar_view(&first, &last)).await
}

/// The events whose title or place has what was typed.
#[tauri::command]
#[specta::specta]
pub async fn calendar_search(shell: State<'_, Shell>, query: String) -> Answer<Vec<Occurrence>> {
    work(shell, move |fristed| fristed.calendar_search(&query, now())).await
}

/// One event, or one occurrence of it, whole.
#[tauri::command]
#[specta::specta]
pub async fn event_get(
    shell: State<'_, Shell>,
    event: String,
    recurrence_id: Option<String>,
) -> Answer<Event> {
    work(shell, move |fristed| fristed.event_get(&event, recurrence_id.as_deref())).await
}

/// A new event.
#[tauri::command]
#[specta::specta]
pub async fn event_create(shell: State<'_, Shell>, form: EventForm) -> Answer<Changed> {
    work(shell, move |fristed| fristed.event_create(form, now())).await
}

/// Changes an event.
#[tauri::command]
#[specta::specta]
pub async fn event_change(
    shell: State<'_, Shell>,
    event: String,
    recurrence_id: Option<String>,
    scope: Scope,
    form: EventForm,
) -> Answer<Changed> {
    work(shell, move |fristed| {
        fristed.event_change(&event, recurrence_id.as_deref(), scope, form, now())
    })
    .await
}

/// Moves an event to other times on the computer's clock.
#[tauri::command]
#[specta::specta]
pub async fn event_move(
    shell: State<'_, Shell>,
    event: String,
    recurrence_id: Option<String>,
    scope: Scope,
    start: String,
    end: String,
) -> Answer<Changed> {
    work(shell, move |fristed| {
        fristed.event_move(&event, recurrence_id.as_deref(), scope, (&start, &end), now())
    })
    .await
}

/// Deletes an event, or some of its occurrences.
#[tauri::command]
#[specta::specta]
pub async fn event_delete(
    shell: State<'_, Shell>,
    event: String,
    recurrence_id: Option<String>,
    scope: Scope,
) -> Answer<Changed> {
    work(shell, move |fristed| fristed.event_delete(&event, recurrence_id.as_deref(), scope, now()))
        .await
}

/// What deleting an event, or some of its occurrences, also touches.
#[tauri::command]
#[specta::specta]
pub async fn event_touches(
    shell: State<'_, Shell>,
    event: String,
    recurrence_id: Option<String>,
    scope: Scope,
) -> Answer<Touched> {
    work(shell, move |fristed| fristed.event_touches(&event, recurrence_id.as_deref(), scope)).await
}

/// Takes a change of the calendar back.
#[tauri::command]
#[specta::specta]
pub async fn calendar_undo(shell: State<'_, Shell>, undo: String) -> Answer<()> {
    work(shell, move |fristed| fristed.calendar_undo(&undo, now())).await
}

/// The leader's own e-mail addresses.
#[tauri::command]
#[specta::specta]
pub async fn own_addresses(shell: State<'_, Shell>) -> Answer<Vec<String>> {
    work(shell, Fristed::own_addresses).await
}

/// Keeps the leader's own e-mail addresses.
#[tauri::command]
#[specta::specta]
pub async fn own_addresses_save(shell: State<'_, Shell>, addresses: Vec<String>) -> Answer<()> {
    work(shell, move |fristed| fristed.own_addresses_save(&addresses)).await
}

/// Asks for a calendar file; none where the question was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn calendar_file_choose(
    window: WebviewWindow,
    shell: State<'_, Shell>,
) -> Answer<Option<String>> {
    let dialog = dialog(&window);
    work(shell, move |_| {
        let chosen = dialog.blocking_pick_file().and_then(|file| file.into_path().ok());
        Ok(chosen.map(|path| path.display().to_string()))
    })
    .await
}

/// Says what a calendar file would bring; changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn calendar_file_preview(
    shell: State<'_, Shell>,
    path: String,
) -> Answer<CalendarPreview> {
    work(shell, move |fristed| fristed.calendar_file_preview(&PathBuf::from(path))).await
}

/// The same for a file that was dropped on the page: its bytes are the call's body.
#[tauri::command]
pub async fn calendar_file_take(
    shell: State<'_, Shell>,
    request: Request<'_>,
) -> Answer<CalendarPreview> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(error::plain(ErrorCode::Internal));
    };
    let bytes = bytes.clone();
    work(shell, move |fristed| fristed.calendar_file_take(&bytes)).await
}

/// Brings what the preview showed into a calendar; all of it or nothing.
#[tauri::command]
#[specta::specta]
pub async fn calendar_file_run(shell: State<'_, Shell>, calendar: String) -> Answer<ImportDone> {
    work(shell, move |fristed| fristed.calendar_file_run(&calendar, now())).await
}

/// Takes the previewed invitation in with the leader's answer; where an answer is to be sent it
/// asks where to write the file, and gives its path.
#[tauri::command]
#[specta::specta]
pub async fn invitation_accept(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    calendar: String,
    reply: Reply,
    you: Option<String>,
) -> Answer<Option<String>> {
    let dialog = dialog(&window);
    work(shell, move |fristed| {
        let answer = fristed.invitation_accept(&calendar, reply, you.as_deref(), now())?;
        answer.map_or(Ok(None), |(text, name)| Ok(write(dialog, &name, &text)?))
    })
    .await
}

/// Writes an answer to an invitation that is in a calendar.
#[tauri::command]
#[specta::specta]
pub async fn invitation_reply_file(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    event: String,
    recurrence_id: Option<String>,
    reply: Reply,
    you: Option<String>,
) -> Answer<Option<String>> {
    let dialog = dialog(&window);
    work(shell, move |fristed| {
        let of = (event.as_str(), recurrence_id.as_deref());
        let (text, name) = fristed.invitation_reply(of, reply, you.as_deref(), now())?;
        Ok(write(dialog, &name, &text)?)
    })
    .await
}

/// Asks where, and writes one event, one calendar or everything; gives the path, or none where the
/// question was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn calendar_export(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    calendar: Option<String>,
    event: Option<String>,
) -> Answer<Option<String>> {
    let dialog = dialog(&window);
    work(shell, move |fristed| {
        let (text, name) = fristed.calendar_export(calendar.as_deref(), event.as_deref())?;
        Ok(write(dialog, &name, &text)?)
    })
    .await
}

/// A calendar that is read from an address now and then.
#[tauri::command]
#[specta::specta]
pub async fn subscription_add(
    shell: State<'_, Shell>,
    name: String,
    colour: Colour,
    every_minutes: u32,
    account: Account,
) -> Answer<Calendar> {
    let _ = (shell, name, colour, every_minutes, account);
    Err(error::plain(ErrorCode::Unreachable))
}

/// The calendars of an account on a CalDAV server.
#[tauri::command]
#[specta::specta]
pub async fn cal_dav_find(
    shell: State<'_, Shell>,
    account: Account,
) -> Answer<Vec<RemoteCalendar>> {
    let _ = (shell, account);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Keeps some of an account's calendars in step from now on; `addresses` are those that
/// `cal_dav_find` gave.
#[tauri::command]
#[specta::specta]
pub async fn cal_dav_add(
    shell: State<'_, Shell>,
    account: Account,
    addresses: Vec<String>,
    every_minutes: u32,
) -> Answer<Vec<Calendar>> {
    let _ = (shell, account, addresses, every_minutes);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Looks now; the calendar's `source` says how it went.
#[tauri::command]
#[specta::specta]
pub async fn calendar_sync(shell: State<'_, Shell>, id: String) -> Answer<Calendar> {
    let _ = (shell, id);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Sets the minutes between two looks; 0 is only when asked.
#[tauri::command]
#[specta::specta]
pub async fn calendar_set_every(
    shell: State<'_, Shell>,
    id: String,
    every_minutes: u32,
) -> Answer<Calendar> {
    let _ = (shell, id, every_minutes);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Sets the address, the name and the password of a calendar from elsewhere; of an account, for all
/// its calendars.
#[tauri::command]
#[specta::specta]
pub async fn calendar_set_account(
    shell: State<'_, Shell>,
    id: String,
    account: Account,
) -> Answer<Calendar> {
    let _ = (shell, id, account);
    Err(error::plain(ErrorCode::Unreachable))
}

/// A calendar's events that were changed on both sides.
#[tauri::command]
#[specta::specta]
pub async fn conflicts(shell: State<'_, Shell>, id: String) -> Answer<Vec<Conflict>> {
    let _ = (shell, id);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Ends a conflict.
#[tauri::command]
#[specta::specta]
pub async fn conflict_resolve(shell: State<'_, Shell>, conflict: String, keep: Keep) -> Answer<()> {
    let _ = (shell, conflict, keep);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Answers for what is gone from the server: it goes from here too, or it stays here and is put
/// back there.
#[tauri::command]
#[specta::specta]
pub async fn missing_confirm(
    shell: State<'_, Shell>,
    id: String,
    let_go: bool,
) -> Answer<Calendar> {
    let _ = (shell, id, let_go);
    Err(error::plain(ErrorCode::Unreachable))
}

/// Answers for what was deleted here: it goes from the server too, or it comes back here.
#[tauri::command]
#[specta::specta]
pub async fn deleted_confirm(
    shell: State<'_, Shell>,
    id: String,
    let_go: bool,
) -> Answer<Calendar> {
    let _ = (shell, id, let_go);
    Err(error::plain(ErrorCode::Unreachable))
}

fn dialog(window: &WebviewWindow) -> FileDialogBuilder<tauri::Wry> {
    window.dialog().file().set_parent(window).add_filter("iCalendar", &["ics"])
}

/// Asks where to write a file and writes it; none where the question was dismissed.
fn write(
    dialog: FileDialogBuilder<tauri::Wry>,
    name: &str,
    text: &str,
) -> std::io::Result<Option<String>> {
    let chosen = dialog.set_file_name(name).blocking_save_file();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
        return Ok(None);
    };
    fs::write(&path, text)?;
    Ok(Some(path.display().to_string()))
}
