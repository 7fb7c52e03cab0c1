//! The one window: what it may show, and how it forgets.

use std::path::PathBuf;

use fristed_app::wire::{AppStatus, Theme};
use tauri::webview::NewWindowResponse;
use tauri::window::Color;
use tauri::{App, AppHandle, Manager as _, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::events::WINDOW;
use crate::state::Shell;

/// The ground the page is drawn on (the token `paper`), so that the window opens without a flash.
const PAPER_LIGHT: Color = Color(0xfa, 0xf8, 0xf4, 0xff);
const PAPER_DARK: Color = Color(0x1b, 0x1a, 0x18, 0xff);

/// Opens the window.
///
/// # Errors
/// When the system's web view cannot be started.
pub fn open(app: &App, status: &AppStatus) -> tauri::Result<WebviewWindow> {
    let builder = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title("Fristed")
        .inner_size(1280.0, 820.0)
        .min_inner_size(900.0, 600.0)
        .theme(theme(status.settings.theme))
        .background_color(PAPER_LIGHT)
        // Files dropped on the page go to the page, which asks for them by its own command.
        .disable_drag_drop_handler()
        .devtools(false)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    let window = without_traces(builder).build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|page| linux::keep_editing_menu(&page.inner()))?;
    configure(&window, status)?;
    Ok(window)
}

/// Lets the page keep nothing on the disk.
///
/// The web view of a private window has no store of its own. One that is driven by WebDriver
/// cannot be private, because the driver is handed the shared context. What the web view makes
/// all the same (salts, an empty list of strict hosts) lies in the folder for the session's
/// run-time files, which is in memory.
fn without_traces(
    builder: WebviewWindowBuilder<'_, tauri::Wry, App>,
) -> WebviewWindowBuilder<'_, tauri::Wry, App> {
    let driven = std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true");
    let base = std::env::var_os("XDG_RUNTIME_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    builder.data_directory(base.join("fristed-web")).incognito(!driven)
}

/// Only the program's own pages are ever shown.
fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Where the web view knows only http addresses (Windows), the pages live below this one.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

const fn theme(chosen: Theme) -> Option<tauri::Theme> {
    match chosen {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// Brings the settings into force that the web view itself carries out.
///
/// # Errors
/// When the window is gone.
pub fn configure(window: &WebviewWindow, status: &AppStatus) -> tauri::Result<()> {
    window.set_theme(theme(status.settings.theme))?;
    lay_paper(window, window.theme()?)?;
    #[cfg(target_os = "linux")]
    {
        let check = status.settings.spell_check;
        window.with_webview(move |page| linux::configure(&page.inner(), check))?;
    }
    Ok(())
}

/// Draws the window's ground as the page's, below the menu too: the system writes the menu in light
/// letters where it is dark.
///
/// # Errors
/// When the window is gone.
fn lay_paper(window: &WebviewWindow, theme: tauri::Theme) -> tauri::Result<()> {
    let paper = if theme == tauri::Theme::Dark { PAPER_DARK } else { PAPER_LIGHT };
    window.set_background_color(Some(paper))
}

/// Follows the system, which became dark or light.
pub fn follow(app: &AppHandle, theme: tauri::Theme) {
    let laid = app.get_webview_window(WINDOW).map(|window| lay_paper(&window, theme));
    if let Some(Err(error)) = laid {
        tracing::warn!(%error, "the window's ground could not be drawn");
    }
}

/// Lets the web view check the spelling from the first entry on that is opened.
///
/// Not from the start: reading the Danish dictionary takes the web view a tenth of a second, in
/// which it draws nothing, and 15 MB.
pub fn expect_writing(window: &WebviewWindow, shell: &Shell) {
    #[cfg(target_os = "linux")]
    if shell.fristed().status().settings.spell_check
        && let Err(error) = window.with_webview(|page| linux::check_spelling(&page.inner()))
    {
        tracing::warn!(%error, "spelling is not checked");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (window, shell);
}

/// Brings the window to the front, out of the task bar too.
pub fn raise(app: &AppHandle) {
    let Some(window) = app.get_webview_window(WINDOW) else {
        return;
    };
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window could not be raised");
    }
}

/// Throws the page away, with every text in its memory, and begins it anew.
///
/// On Linux the web view's process is ended: a reload alone keeps the page's text in freed memory
/// and in the list of visited pages, which holds what stood in text fields.
pub fn forget_page(app: &AppHandle) {
    let Some(window) = app.get_webview_window(WINDOW) else {
        return;
    };
    #[cfg(target_os = "linux")]
    let forgotten = window.with_webview(|page| linux::forget(&page.inner()));
    #[cfg(not(target_os = "linux"))]
    let forgotten = window.reload();
    if let Err(error) = forgotten {
        tracing::error!(%error, "the page could not be thrown away");
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::glib;
    use webkit2gtk::{
        CacheModel, ContextMenuAction, ContextMenuExt as _, ContextMenuItemExt as _,
        SettingsExt as _, WebContextExt as _, WebView, WebViewExt,
    };

    /// What the context menu keeps: editing, and the suggestions of the spell checker.
    const KEPT: [ContextMenuAction; 13] = [
        ContextMenuAction::Copy,
        ContextMenuAction::Cut,
        ContextMenuAction::Paste,
        ContextMenuAction::PasteAsPlainText,
        ContextMenuAction::Delete,
        ContextMenuAction::SelectAll,
        ContextMenuAction::SpellingGuess,
        ContextMenuAction::NoGuessesFound,
        ContextMenuAction::IgnoreSpelling,
        ContextMenuAction::LearnSpelling,
        ContextMenuAction::InputMethods,
        ContextMenuAction::Unicode,
        ContextMenuAction::CopyLinkToClipboard,
    ];

    pub fn configure(page: &WebView, spell_check: bool) {
        if let Some(context) = page.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
            if !spell_check {
                context.set_spell_checking_enabled(false);
            }
        }
        if let Some(settings) = WebViewExt::settings(page) {
            settings.set_enable_page_cache(false);
            settings.set_enable_webgl(false);
            settings.set_enable_webaudio(false);
            settings.set_enable_developer_extras(false);
            settings.set_enable_dns_prefetching(false);
        }
    }

    /// Reads the dictionaries once nothing else waits to be drawn or answered.
    pub fn check_spelling(page: &WebView) {
        let Some(context) = page.context() else { return };
        if context.is_spell_checking_enabled() {
            return;
        }
        glib::idle_add_local_full(glib::Priority::LOW, move || {
            context.set_spell_checking_languages(&["da_DK", "en_GB", "en_US"]);
            context.set_spell_checking_enabled(true);
            glib::ControlFlow::Break
        });
    }

    /// Leaves in the context menu what concerns the text; "reload" and "open link" do not.
    pub fn keep_editing_menu(page: &WebView) {
        page.connect_context_menu(|_, menu, _, _| {
            for item in menu.items() {
                if !item.is_separator() && !KEPT.contains(&item.stock_action()) {
                    menu.remove(&item);
                }
            }
            menu.items().iter().all(webkit2gtk::ContextMenuItemExt::is_separator)
        });
    }

    pub fn forget(page: &WebView) {
        page.terminate_web_process();
        page.reload();
        for selection in [gtk::gdk::SELECTION_CLIPBOARD, gtk::gdk::SELECTION_PRIMARY] {
            // Foreign, or none, where another program has put something there since.
            let owner = gtk::gdk::selection_owner_get(&selection);
            if owner.is_some_and(|owner| owner.window_type() != gtk::gdk::WindowType::Foreign) {
                gtk::Clipboard::get(&selection).clear();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_programs_own_page_is_shown() {
        let own = |text: &str| is_own(&Url::parse(text).expect("an address of the test"));
        assert!(own("tauri://localhost/"));
        for foreign in [
            "https://example.com/",
            "http://tauri.localhost.example.com/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "about:blank",
            "fristed-attachment://localhost/0190",
            "blob:tauri://localhost/1",
        ] {
            assert!(!own(foreign), "{foreign}");
        }
    }
}
