//! First run, opening, locking and keys.

use std::path::PathBuf;

use fristed_app::Fristed;
use fristed_app::wire::{AppStatus, Place, Slot, Strength};
use fristed_base::Secret;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use super::{Answer, work};
use crate::clock::now;
use crate::state::Shell;
use crate::{error, lock as locking};

/// Where the program stands.
#[tauri::command]
#[specta::specta]
pub async fn app_status(shell: State<'_, Shell>) -> Answer<AppStatus> {
    work(shell, |fristed| Ok(fristed.status())).await
}

/// Whether a vault is in a folder, or could be made there.
#[tauri::command]
#[specta::specta]
pub async fn place_check(shell: State<'_, Shell>, path: String) -> Answer<Place> {
    work(shell, move |fristed| Ok(fristed.place_check(&PathBuf::from(path)))).await
}

/// Asks for a folder; none where the question was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn place_choose(window: WebviewWindow, shell: State<'_, Shell>) -> Answer<Option<Place>> {
    let dialog = window.dialog().file().set_parent(&window);
    work(shell, move |fristed| {
        let chosen = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok());
        Ok(chosen.map(|folder| fristed.place_check(&folder)))
    })
    .await
}

/// Turns to the vault in another folder and remembers it.
#[tauri::command]
#[specta::specta]
pub async fn place_use(shell: State<'_, Shell>, path: String) -> Answer<AppStatus> {
    work(shell, move |fristed| fristed.place_use(&PathBuf::from(path))).await
}

/// How hard a passphrase is to guess.
#[tauri::command]
#[specta::specta]
pub async fn passphrase_strength(shell: State<'_, Shell>, passphrase: String) -> Answer<Strength> {
    let passphrase = Secret::new(passphrase);
    work(shell, move |_| Ok(fristed_app::strength::strength(passphrase.expose()))).await
}

/// The recovery key of the vault about to be made; the same at each call.
#[tauri::command]
#[specta::specta]
pub async fn first_run_key(shell: State<'_, Shell>) -> Answer<String> {
    work(shell, |fristed| Ok(fristed.first_run_key().expose().to_owned())).await
}

/// Another recovery key in place of the one shown.
#[tauri::command]
#[specta::specta]
pub async fn first_run_key_renew(shell: State<'_, Shell>) -> Answer<String> {
    work(shell, |fristed| Ok(fristed.first_run_key_renew().expose().to_owned())).await
}

/// Makes the vault, once the recovery key was typed as it was shown.
#[tauri::command]
#[specta::specta]
pub async fn first_run_finish(
    shell: State<'_, Shell>,
    path: String,
    passphrase: String,
    use_keyring: bool,
    typed_key: String,
) -> Answer<AppStatus> {
    let (passphrase, typed) = (Secret::new(passphrase), Secret::new(typed_key));
    shell.somebody_is_here();
    work(shell, move |fristed| {
        fristed.first_run_finish(&PathBuf::from(path), &passphrase, use_keyring, &typed, now())
    })
    .await
}

/// Whether the system's keyring can be used now.
#[tauri::command]
#[specta::specta]
pub async fn keyring_ready(shell: State<'_, Shell>) -> Answer<bool> {
    work(shell, |fristed| Ok(fristed.keyring_ready())).await
}

/// Opens the vault with its passphrase.
#[tauri::command]
#[specta::specta]
pub async fn unlock_passphrase(shell: State<'_, Shell>, passphrase: String) -> Answer<AppStatus> {
    let typed = Secret::new(passphrase);
    shell.somebody_is_here();
    work(shell, move |fristed| fristed.unlock_passphrase(&typed, now())).await
}

/// Opens the vault with its recovery key.
#[tauri::command]
#[specta::specta]
pub async fn unlock_recovery(shell: State<'_, Shell>, key: String) -> Answer<AppStatus> {
    let typed = Secret::new(key);
    shell.somebody_is_here();
    work(shell, move |fristed| fristed.unlock_recovery(&typed, now())).await
}

/// Opens the vault with the key in the system's keyring; only at the program's start.
#[tauri::command]
#[specta::specta]
pub async fn unlock_keyring(shell: State<'_, Shell>) -> Answer<AppStatus> {
    shell.somebody_is_here();
    work(shell, |fristed| fristed.unlock_keyring(now())).await
}

/// Closes the vault and throws the page away.
#[tauri::command]
#[specta::specta]
pub async fn lock(app: AppHandle) -> Answer<AppStatus> {
    let closed = tauri::async_runtime::spawn_blocking(move || locking::close(&app)).await;
    closed.map_err(|broken| error::internal(&broken))
}

/// The ways to open the vault.
#[tauri::command]
#[specta::specta]
pub async fn slots(shell: State<'_, Shell>) -> Answer<Vec<Slot>> {
    work(shell, Fristed::slots).await
}

/// Puts a new passphrase in the old one's place.
#[tauri::command]
#[specta::specta]
pub async fn passphrase_change(shell: State<'_, Shell>, old: String, next: String) -> Answer<()> {
    let (old, next) = (Secret::new(old), Secret::new(next));
    work(shell, move |fristed| fristed.passphrase_change(&old, &next, now())).await
}

/// A new recovery key, in force once it has been confirmed.
#[tauri::command]
#[specta::specta]
pub async fn recovery_key_new(shell: State<'_, Shell>, passphrase: String) -> Answer<String> {
    let passphrase = Secret::new(passphrase);
    work(shell, move |fristed| Ok(fristed.recovery_key_new(passphrase)?.expose().to_owned())).await
}

/// Brings the recovery key that was shown into force.
#[tauri::command]
#[specta::specta]
pub async fn recovery_key_confirm(shell: State<'_, Shell>, typed: String) -> Answer<()> {
    let typed = Secret::new(typed);
    work(shell, move |fristed| fristed.recovery_key_confirm(&typed, now())).await
}

/// A new recovery key whose confirming encrypts the store anew.
#[tauri::command]
#[specta::specta]
pub async fn root_key_change(shell: State<'_, Shell>, passphrase: String) -> Answer<String> {
    let passphrase = Secret::new(passphrase);
    work(shell, move |fristed| Ok(fristed.root_key_change(passphrase)?.expose().to_owned())).await
}

/// Lets this computer's keyring open the vault at the program's start.
#[tauri::command]
#[specta::specta]
pub async fn computer_remember(shell: State<'_, Shell>, passphrase: String) -> Answer<()> {
    let passphrase = Secret::new(passphrase);
    work(shell, move |fristed| fristed.computer_remember(&passphrase, now())).await
}

/// Takes this computer's key away.
#[tauri::command]
#[specta::specta]
pub async fn computer_forget(shell: State<'_, Shell>) -> Answer<()> {
    work(shell, Fristed::computer_forget).await
}
