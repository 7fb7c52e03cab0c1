//! What the window's own parts look like, which no driver of pages sees.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::Window;
use crate::computer::{Computer, Keyring};
use crate::story::first_run;

/// How light the ground of the menu is, from 0 to 255.
fn menu(computer: &Computer) -> f64 {
    let taken = computer
        .command("import")
        .args(["-window", "root", "-crop", "1x1+700+8", "-format", "%[fx:255*mean]", "info:-"])
        .output()
        .expect("ImageMagick");
    assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
    String::from_utf8_lossy(&taken.stdout).trim().parse().expect("a number")
}

#[tokio::test]
async fn the_menu_can_be_read_whatever_the_leader_chooses_to_look_at() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    first_run(&window, false).await;
    for (theme, is_dark) in [("light", false), ("dark", true), ("light", false)] {
        let settings = json!({ "settings": {
            "language": null, "theme": theme, "idleMinutes": 10, "spellCheck": true,
        }});
        let saved = window.invoke("settings_save", settings).await;
        assert_eq!(saved["ok"]["settings"]["theme"], theme, "{saved}");
        let begun = Instant::now();
        while (menu(&computer) < 96.0) != is_dark {
            assert!(begun.elapsed() < Duration::from_secs(10), "{theme}: {}", menu(&computer));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    window.quit().await;
}
