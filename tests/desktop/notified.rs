//! The desktop that shows notifications, as `python3-dbusmock` plays it.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::browser::Window;
use crate::child::Running;
use crate::computer::{Computer, Keyring};
use crate::story::{CANARY, PASSPHRASE, first_run};

struct Desktop<'a> {
    computer: &'a Computer,
    _mock: Running,
    log: PathBuf,
}

impl<'a> Desktop<'a> {
    fn on(computer: &'a Computer) -> Self {
        let log = computer.folder().join("logs/notified");
        let mock = Running::start(
            computer
                .command("/usr/bin/python3")
                .args(["-m", "dbusmock", "--session", "--template", "notification_daemon"])
                .arg("--logfile")
                .arg(&log),
            &computer.log("notifications"),
        );
        let desktop = Self { computer, _mock: mock, log };
        let begun = Instant::now();
        while !desktop.call("org.freedesktop.Notifications.GetServerInformation", &[]) {
            assert!(begun.elapsed() < Duration::from_secs(20), "the desktop did not come");
            std::thread::sleep(Duration::from_millis(100));
        }
        desktop
    }

    fn call(&self, method: &str, arguments: &[&str]) -> bool {
        let done = self
            .computer
            .command("gdbus")
            .args(["call", "--session", "--dest", "org.freedesktop.Notifications"])
            .args(["--object-path", "/org/freedesktop/Notifications", "--method", method])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|status| status.success())
    }

    /// What it showed, as it wrote it down.
    fn shown(&self) -> Vec<String> {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().filter(|line| line.contains(" Notify ")).map(str::to_owned).collect()
    }

    async fn shows(&self, count: usize, patience: Duration) {
        let begun = Instant::now();
        while self.shown().len() < count {
            assert!(begun.elapsed() < patience, "{count} wanted: {:?}", self.shown());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

/// An event that begins so long from now, with an alarm so many minutes before.
fn event(calendar: &Value, starts_in: TimeDelta, alarm: u32) -> Value {
    let text = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M").to_string();
    let start = Utc::now() + starts_in;
    json!({ "form": {
        "calendar": calendar, "title": CANARY, "location": "", "description": "",
        "start": text(start), "end": text(start + TimeDelta::hours(1)), "allDay": false,
        "zone": "Etc/UTC", "repeat": null, "alarms": [alarm],
    }})
}

#[tokio::test]
async fn a_reminder_reaches_the_desktop_once_and_a_click_leads_to_its_day() {
    let computer = Computer::on(Keyring::None);
    let desktop = Desktop::on(&computer);
    let window = Window::open(&computer).await;
    first_run(&window, false).await;
    let calendar =
        window.invoke("calendar_create", json!({"name": "Arbejde", "colour": "green"})).await;
    let calendar = calendar["ok"]["id"].clone();
    let soon = event(&calendar, TimeDelta::minutes(10), 15);
    let made = window.invoke("event_create", soon).await;
    assert!(made["ok"]["event"].is_string(), "{made}");
    // The clock looks at least every minute.
    desktop.shows(1, Duration::from_secs(60)).await;
    let shown = desktop.shown();
    assert!(shown[0].contains("En begivenhed nærmer sig"), "{shown:?}");
    assert!(!shown[0].contains(CANARY), "no word of it: {shown:?}");
    desktop.call(
        "org.freedesktop.DBus.Mock.EmitSignal",
        &["org.freedesktop.Notifications", "ActionInvoked", "us", "[<uint32 1>, <'default'>]"],
    );
    window.sees(CANARY).await;
    window.quit().await;

    // The next start does not repeat it.
    let mut window = Window::open(&computer).await;
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    // Locked, the next one comes all the same, without a word; it is the second and not the third.
    let later = event(&calendar, TimeDelta::minutes(3), 2);
    window.invoke("event_create", later).await;
    window.press("Lås").await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    desktop.shows(2, Duration::from_secs(120)).await;
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    tokio::time::sleep(Duration::from_secs(25)).await;
    let shown = desktop.shown();
    assert_eq!(shown.len(), 2, "never twice: {shown:?}");
    assert!(shown.iter().all(|one| !one.contains(CANARY)), "{shown:?}");
    window.quit().await;
}
