//! Embeds the window's configuration, its permissions and the built interface.

fn main() {
    tauri_build::build();
}
