//! Fristed's window: the only crate that knows Tauri.
//!
//! It gives the web view a strict policy, hands the page's calls to the use cases in
//! `fristed-app`, and locks the vault when nobody is there. It holds no SQL, no rules about the
//! journal and no words of the interface but the system menu's and the notifications'.

mod attachment;
#[cfg(test)]
mod bindings;
mod clock;
mod closing;
pub mod commands;
mod error;
mod events;
pub mod harden;
mod lock;
mod menu;
#[cfg(target_os = "linux")]
mod notifications;
mod opening;
#[cfg(target_os = "linux")]
mod reminders;
#[cfg(target_os = "linux")]
mod session;
mod state;
mod sync;
mod usage;
mod window;

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use fristed_app::{Directories, Fristed, KeyCost};
use fristed_base::Secret;
use tauri::{App, AppHandle, Builder, Manager as _, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::state::Shell;

/// Runs the program until its window is closed.
///
/// The exit code is 2 for a command line that is not understood and 1 where the system's web view
/// cannot be started.
#[must_use]
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    harden::harden();
    let here = std::env::current_dir().unwrap_or_default();
    let arguments = match usage::parse(words, &here) {
        Ok(arguments) => arguments,
        Err(usage::Misunderstood(why)) => {
            eprintln!(
                "fristed: {why}\nusage: fristed [--vault DIR] [--passphrase-file FILE] [FILE.ics]"
            );
            return ExitCode::from(2);
        }
    };
    let instance = instance(arguments.vault.as_deref());
    let fristed = Fristed::new(Directories::of_this_user(), arguments.vault, KeyCost::Tuned);
    if let Some(file) = &arguments.passphrase_file
        && let Err(failed) = open_with(&fristed, file)
    {
        eprintln!("fristed: the passphrase file does not open the vault: {failed}");
        return ExitCode::FAILURE;
    }
    let shell = Shell::new(fristed);
    if let Some(asked) = arguments.calendar_file.as_deref().map(opening::calendar_file) {
        shell.wish(asked);
    }
    let built = builder(shell, instance).build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(failed) => {
            eprintln!("fristed: the window cannot be opened: {failed}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the vault with the first line of a file, before the window asks.
fn open_with(fristed: &Fristed, file: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut text = fs::read_to_string(file)?;
    text.truncate(text.lines().next().map_or(0, str::len));
    fristed.unlock_passphrase(&Secret::new(text), clock::now())?;
    Ok(())
}

/// What a second start brings: the window to the front, and the file that it names.
fn started_again(app: &AppHandle, words: Vec<String>, from: &str) {
    let words = words.into_iter().skip(1).map(OsString::from);
    let named = usage::parse(words, Path::new(from)).ok().and_then(|it| it.calendar_file);
    match named {
        Some(file) => opening::open(app, opening::calendar_file(&file)),
        None => window::raise(app),
    }
}

/// The name under which a second start finds the first one; each vault that was named on the
/// command line has its own.
fn instance(vault: Option<&Path>) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    match vault {
        None => "dk.fristed.app".into(),
        Some(folder) => {
            let mut hasher = DefaultHasher::new();
            folder.hash(&mut hasher);
            format!("dk.fristed.app.v{:016x}", hasher.finish())
        }
    }
}

fn builder(shell: Shell, instance: String) -> Builder<Wry> {
    let commands = commands::all();
    Builder::default()
        // First, so that a second start ends before it does anything.
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .callback(|app, words, from| started_again(app, words, &from))
                .dbus_id(instance)
                .build(),
        )
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .manage(shell)
        .invoke_handler(commands::handler(&commands))
        .register_asynchronous_uri_scheme_protocol(
            attachment::SCHEME,
            |context, request, responder| {
                attachment::answer(&context, request.uri().path(), responder);
            },
        )
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } if !window.state::<Shell>().may_end() => {
                api.prevent_close();
                lock::leave(window.app_handle());
            }
            WindowEvent::ThemeChanged(theme) => window::follow(window.app_handle(), *theme),
            _ => {}
        })
        .setup(|app| set_up(app))
}

fn set_up(app: &App) -> Result<(), Box<dyn std::error::Error>> {
    let status = app.state::<Shell>().fristed().status();
    menu::set(app.handle(), status.language)?;
    window::open(app, &status)?;
    lock::watch_idle(app.handle().clone())?;
    sync::watch(app.handle().clone())?;
    let handle = app.handle().clone();
    let fristed = app.state::<Shell>().fristed();
    fristed.sharing_allow(clock::now, move || events::sharing(&handle));
    #[cfg(target_os = "linux")]
    {
        session::watch(app.handle().clone())?;
        session::end_when_told(app.handle());
        reminders::watch(app.handle().clone())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_named_vault_has_an_instance_of_its_own() {
        let of = |path: &str| instance(Some(Path::new(path)));
        assert_eq!(of("/a"), of("/a"));
        assert_ne!(of("/a"), of("/b"));
        assert_ne!(of("/a"), instance(None));
    }
}
