//! The window looks at calendars from elsewhere by itself, while the vault is open and no longer.

use std::time::{Duration, Instant};

use fristed_tests::in_step::value;
use fristed_tests::proxy::Proxy;
use fristed_tests::server::{Make, PASSWORD, Server, USER};
use serde_json::{Value, json};

use crate::browser::Window;
use crate::computer::{Computer, Keyring};
use crate::memory;
use crate::story::first_run;

/// How her password begins in the header of a request.
const CODED: &str = "a2FybGE6UmFiYXJiZXItS3Zpc3Qt";
/// How long the window may take to look.
const SOON: Duration = Duration::from_secs(30);

async fn ok(window: &Window, command: &str, arguments: Value) -> Value {
    let answer = window.invoke(command, arguments).await;
    assert!(answer.get("ok").is_some(), "{command}: {answer}");
    answer["ok"].clone()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < SOON, "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn t28_the_window_sends_changes_by_itself_and_a_lock_ends_it_and_forgets_the_password() {
    let server = Server::start(Make::Radicale);
    let proxy = Proxy::before(server.port());
    let computer = Computer::on(Keyring::None);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    let account = json!({"address": proxy.address(), "user": USER, "password": PASSWORD});
    let found = ok(&window, "cal_dav_find", json!({"account": account})).await;
    let addresses = json!([found[0]["address"]]);
    let arguments = json!({"account": account, "addresses": addresses, "everyMinutes": 15});
    let made = ok(&window, "cal_dav_add", arguments).await;
    let told = "window.told = 0; window.__TAURI_INTERNALS__.invoke('plugin:event|listen', {
          event: 'calendars', target: {kind: 'Any'},
          handler: window.__TAURI_INTERNALS__.transformCallback(() => { window.told += 1; }),
        }); return 1";
    window.script(told).await;

    let form = json!({
        "calendar": made[0]["id"], "title": "Fra vinduet", "location": "", "description": "",
        "start": "2026-03-03T09:00", "end": "2026-03-03T10:00", "allDay": false, "zone": null,
        "repeat": null, "alarms": [],
    });
    ok(&window, "event_create", json!({"form": form})).await;
    until("a change is sent without being asked for", || {
        server.holds().iter().any(|(_, text)| value(text, "SUMMARY") == "Fra vinduet")
    })
    .await;
    let begun = Instant::now();
    while window.script("return window.told").await == json!(0) {
        assert!(begun.elapsed() < SOON, "the page is told that a calendar was looked at");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    window.press("Lås").await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    let asked = proxy.asked().len();
    for (id, name) in memory::processes(window.program.id()) {
        assert_eq!(memory::count(id, &[PASSWORD, CODED]), [0, 0], "{name} holds the password");
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(proxy.asked().len(), asked, "nothing is asked while it is locked");
}
