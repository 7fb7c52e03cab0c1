//! A Tauri window with one text field and nothing behind it: what Fristed's start and memory are
//! compared to by `cargo xtask bench`.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/empty/tauri.conf.json"))
}
