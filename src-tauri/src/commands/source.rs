//! Calendars from elsewhere: subscriptions, accounts, and what the leader is asked about them.

use fristed_app::wire::calendar::{Calendar, Colour};
use fristed_app::wire::source::{Account, Conflict, Keep, RemoteCalendar};
use tauri::State;

use super::{Answer, work};
use crate::clock::now;
use crate::state::Shell;

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
    work(shell, move |fristed| {
        fristed.subscription_add(&name, Some(colour), every_minutes, account, now())
    })
    .await
}

/// The calendars of an account on a CalDAV server.
#[tauri::command]
#[specta::specta]
pub async fn cal_dav_find(
    shell: State<'_, Shell>,
    account: Account,
) -> Answer<Vec<RemoteCalendar>> {
    work(shell, move |fristed| fristed.cal_dav_find(account)).await
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
    work(shell, move |fristed| fristed.cal_dav_add(account, &addresses, every_minutes, now())).await
}

/// Looks now; the calendar's `source` says how it went.
#[tauri::command]
#[specta::specta]
pub async fn calendar_sync(shell: State<'_, Shell>, id: String) -> Answer<Calendar> {
    work(shell, move |fristed| fristed.calendar_sync(&id, now())).await
}

/// Sets the minutes between two looks; 0 is only when asked.
#[tauri::command]
#[specta::specta]
pub async fn calendar_set_every(
    shell: State<'_, Shell>,
    id: String,
    every_minutes: u32,
) -> Answer<Calendar> {
    work(shell, move |fristed| fristed.calendar_set_every(&id, every_minutes)).await
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
    work(shell, move |fristed| fristed.calendar_set_account(&id, account, now())).await
}

/// A calendar's events that were changed on both sides.
#[tauri::command]
#[specta::specta]
pub async fn conflicts(shell: State<'_, Shell>, id: String) -> Answer<Vec<Conflict>> {
    work(shell, move |fristed| fristed.conflicts(&id)).await
}

/// Ends a conflict.
#[tauri::command]
#[specta::specta]
pub async fn conflict_resolve(shell: State<'_, Shell>, conflict: String, keep: Keep) -> Answer<()> {
    work(shell, move |fristed| fristed.conflict_resolve(&conflict, keep, now())).await
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
    work(shell, move |fristed| fristed.missing_confirm(&id, let_go)).await
}

/// Answers for what was deleted here: it goes from the server too, or it comes back here.
#[tauri::command]
#[specta::specta]
pub async fn deleted_confirm(
    shell: State<'_, Shell>,
    id: String,
    let_go: bool,
) -> Answer<Calendar> {
    work(shell, move |fristed| fristed.deleted_confirm(&id, let_go, now())).await
}
