//! The system menu, in the language in force.

use fristed_app::wire::Language;
use tauri::menu::{Menu, MenuBuilder, MenuItem, PredefinedMenuItem, SubmenuBuilder};
use tauri::{AppHandle, Wry};

use crate::{events, lock};

struct Words {
    file: &'static str,
    edit: &'static str,
    help: &'static str,
    new: &'static str,
    import: &'static str,
    export: &'static str,
    settings: &'static str,
    lock: &'static str,
    quit: &'static str,
    search: &'static str,
    help_page: &'static str,
    shortcuts: &'static str,
}

const DANISH: Words = Words {
    file: "Journal",
    edit: "Rediger",
    help: "Hjælp",
    new: "Ny refleksion",
    import: "Hent ind …",
    export: "Tag ud …",
    settings: "Indstillinger",
    lock: "Lås",
    quit: "Afslut",
    search: "Søg i journalen",
    help_page: "Om kryptering og omtanke",
    shortcuts: "Tastaturgenveje",
};

const ENGLISH: Words = Words {
    file: "Journal",
    edit: "Edit",
    help: "Help",
    new: "New reflection",
    import: "Import …",
    export: "Export …",
    settings: "Settings",
    lock: "Lock",
    quit: "Quit",
    search: "Search the journal",
    help_page: "About encryption and care",
    shortcuts: "Keyboard shortcuts",
};

const fn words(language: Language) -> &'static Words {
    match language {
        Language::Da => &DANISH,
        Language::En => &ENGLISH,
    }
}

/// What the window is told about; each is an `events::menu` payload.
const TOLD: [&str; 8] =
    ["new", "search", "lock", "settings", "help", "shortcuts", "import", "export"];

/// Draws the menu anew, in this language.
///
/// # Errors
/// When the system refuses a menu.
pub fn set(app: &AppHandle, language: Language) -> tauri::Result<()> {
    app.set_menu(build(app, words(language))?)?;
    Ok(())
}

fn build(app: &AppHandle, words: &Words) -> tauri::Result<Menu<Wry>> {
    let item =
        |id: &str, text: &str, keys: Option<&str>| MenuItem::with_id(app, id, text, true, keys);
    let journal = SubmenuBuilder::new(app, words.file)
        .item(&item("new", words.new, Some("CmdOrCtrl+N"))?)
        .separator()
        .item(&item("import", words.import, None)?)
        .item(&item("export", words.export, None)?)
        .separator()
        .item(&item("settings", words.settings, Some("CmdOrCtrl+,"))?)
        .item(&item("lock", words.lock, Some("CmdOrCtrl+L"))?)
        .item(&item("quit", words.quit, Some("CmdOrCtrl+Q"))?)
        .build()?;
    let edit = SubmenuBuilder::new(app, words.edit).item(&item(
        "search",
        words.search,
        Some("CmdOrCtrl+Shift+F"),
    )?);
    // The Mac's own editing keys work only where the menu has them.
    let edit = if cfg!(target_os = "macos") {
        edit.item(&PredefinedMenuItem::cut(app, None)?)
            .item(&PredefinedMenuItem::copy(app, None)?)
            .item(&PredefinedMenuItem::paste(app, None)?)
            .item(&PredefinedMenuItem::select_all(app, None)?)
    } else {
        edit
    };
    let help = SubmenuBuilder::new(app, words.help)
        .item(&item("help", words.help_page, Some("F1"))?)
        .item(&item("shortcuts", words.shortcuts, None)?)
        .build()?;
    MenuBuilder::new(app).items(&[&journal, &edit.build()?, &help]).build()
}

/// Does what was chosen, or tells the window.
pub fn chosen(app: &AppHandle, id: &str) {
    if id == "quit" {
        lock::leave(app);
    } else if let Some(item) = TOLD.iter().find(|told| **told == id) {
        events::menu(app, item);
    }
}
