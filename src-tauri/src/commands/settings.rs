//! The leader's choices, the idle clock, what is to be opened, printing, links and the end.

use fristed_app::wire::{AppStatus, ErrorCode, Opening, Settings};
use tauri::{AppHandle, State, Url, WebviewWindow};
use tauri_plugin_opener::OpenerExt as _;

use super::{Answer, work};
use crate::state::Shell;
use crate::{error, lock, menu, window as shown};

/// Keeps the leader's choices and brings them into force.
#[tauri::command]
#[specta::specta]
pub async fn settings_save(
    app: AppHandle,
    window: WebviewWindow,
    shell: State<'_, Shell>,
    settings: Settings,
) -> Answer<AppStatus> {
    let status = work(shell, move |fristed| fristed.settings_save(settings)).await?;
    let applied =
        menu::set(&app, status.language).and_then(|()| shown::configure(&window, &status));
    if let Err(failed) = applied {
        tracing::warn!(%failed, "a setting waits for the next start");
    }
    Ok(status)
}

/// Somebody is here: starts the idle clock anew.
#[tauri::command]
#[specta::specta]
pub async fn activity(shell: State<'_, Shell>) -> Answer<()> {
    shell.somebody_is_here();
    Ok(())
}

/// What the program was asked to open, by the system or by a click on a notification; once.
#[tauri::command]
#[specta::specta]
pub async fn opening_take(shell: State<'_, Shell>) -> Answer<Option<Opening>> {
    if !shell.is_open() {
        return Err(error::plain(ErrorCode::Locked));
    }
    Ok(shell.take_opening())
}

/// The system's print dialog for what the page shows on paper.
#[tauri::command]
#[specta::specta]
pub async fn print_page(window: WebviewWindow) -> Answer<()> {
    window.print().map_err(|failed| error::internal(&failed))
}

/// Opens a web or mail address outside; the page has asked the leader first.
#[tauri::command]
#[specta::specta]
pub async fn link_open(app: AppHandle, url: String) -> Answer<()> {
    let url = openable(&url).ok_or_else(|| error::plain(ErrorCode::LinkRefused))?;
    app.opener().open_url(url.as_str(), None::<&str>).map_err(|failed| error::internal(&failed))
}

/// The address, where it is of a kind that may be opened.
fn openable(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let known = match url.scheme() {
        "http" | "https" => url.has_host(),
        "mailto" => true,
        _ => false,
    };
    known.then_some(url)
}

/// Saves, closes the vault and ends the program.
#[tauri::command]
#[specta::specta]
pub async fn quit(app: AppHandle) -> Answer<()> {
    lock::leave(&app);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_are_opened() {
        for good in ["https://www.kl.dk/", "http://intra.kommune.dk", "mailto:karla@example.org"] {
            assert!(openable(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,<script>",
            "tauri://localhost/",
            "fristed-attachment://localhost/0190",
            "smb://server/share",
            "vscode://open",
            "www.kl.dk",
            "",
        ] {
            assert!(openable(bad).is_none(), "{bad}");
        }
    }
}
