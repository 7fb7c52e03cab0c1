//! 28 to 31: what a lock leaves behind, and when it comes by itself.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use crate::browser::Window;
use crate::child::Running;
use crate::computer::{self, Computer, Keyring};
use crate::memory;
use crate::story::{CANARY, PASSPHRASE, first_run, write};
use crate::traces;

/// How often each process of the window holds the canary and the keys.
fn in_memory(window: &Window, texts: &[&str]) -> Vec<(String, Vec<usize>)> {
    let processes = memory::processes(window.program.id());
    assert!(processes.values().any(|name| name.starts_with("WebKitWebProces")), "{processes:?}");
    processes.into_iter().map(|(id, name)| (name, memory::count(id, texts))).collect()
}

#[tokio::test]
async fn t28_after_a_lock_no_process_holds_a_word_or_a_key() {
    let computer = Computer::on(Keyring::None);
    let mut window = Window::open(&computer).await;
    let key = first_run(&window, false).await;
    write(&window, &format!("{CANARY} og mere. ")).await;
    let texts = [CANARY, PASSPHRASE, key.as_str()];
    let open = in_memory(&window, &texts);
    assert!(
        open.iter().any(|(_, counts)| counts[0] > 0),
        "the search finds what is shown: {open:?}"
    );

    window.press_lock().await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    let begun = Instant::now();
    loop {
        let held = in_memory(&window, &texts);
        if held.iter().all(|(_, counts)| counts.iter().sum::<usize>() == 0) {
            break;
        }
        // The page's process is told to end, and an answer that was on its way to it goes with it.
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "the canary, the passphrase or the recovery key is held: {held:?}"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn t29_a_crash_leaves_no_core_and_no_text() {
    let computer = Computer::on(Keyring::None);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    write(&window, CANARY).await;
    let limits = fs::read_to_string(format!("/proc/{}/limits", window.program.id()));
    let limits = limits.expect("the limits can be read");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
    assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
    // The first only makes Rust's own handler for overflowing stacks step aside.
    window.program.signal(Signal::SEGV);
    tokio::time::sleep(Duration::from_millis(500)).await;
    window.program.signal(Signal::SEGV);
    let status = window.program.wait(Duration::from_secs(20));
    assert!(!status.core_dumped(), "{status}");
    assert_eq!(traces::found(computer.folder(), &[CANARY]), Vec::<String>::new());
}

/// Puts one idle minute into the settings, as the settings page would.
fn one_idle_minute(computer: &Computer) {
    let folder = computer.folder().join("home/.config/fristed");
    fs::create_dir_all(&folder).expect("the settings' folder");
    fs::write(folder.join("config.json"), r#"{"settings": {"idleMinutes": 1}}"#).expect("settings");
}

#[tokio::test]
async fn t30_t31_idle_minutes_save_what_is_being_written_and_lock() {
    let computer = Computer::on(Keyring::None);
    one_idle_minute(&computer);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    write(&window, "Først. ").await;
    window.type_into(".cm-content", CANARY).await;
    // Nobody touches anything any more; the driver's looking is no sign of life.
    tokio::time::sleep(Duration::from_secs(60)).await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    reopen_and_find(&window).await;
}

async fn reopen_and_find(window: &Window) {
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    let hits = window.invoke("search", json!({"query": CANARY, "offset": 0, "limit": 5})).await;
    assert_eq!(hits["ok"]["hits"].as_array().map(Vec::len), Some(1), "the draft was saved: {hits}");
}

/// logind as `python3-dbusmock` plays it, on a system bus of the test's own.
struct Logind {
    _mock: Running,
    _bus: Running,
    address: String,
}

impl Logind {
    fn on(folder: &Path, log: &Path) -> Self {
        let (bus, address) = computer::bus(folder, "system");
        let mock = Running::start(
            Command::new("/usr/bin/python3")
                .args(["-m", "dbusmock", "--system", "--template", "logind"])
                .env("DBUS_SYSTEM_BUS_ADDRESS", &address),
            log,
        );
        let logind = Self { _mock: mock, _bus: bus, address };
        let begun = Instant::now();
        while !logind.send(&["org.freedesktop.DBus.Peer.Ping"]) {
            assert!(begun.elapsed() < Duration::from_secs(20), "the mock did not come");
            std::thread::sleep(Duration::from_millis(100));
        }
        logind
    }

    /// Calls a method of the mock.
    fn send(&self, call: &[&str]) -> bool {
        Command::new("dbus-send")
            .args([
                "--system",
                "--print-reply",
                "--dest=org.freedesktop.login1",
                "/org/freedesktop/login1",
            ])
            .args(call)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.address)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Lets logind say that the computer falls asleep.
    fn falls_asleep(&self) {
        let said = self.gdbus("org.freedesktop.login1.Manager", "PrepareForSleep", "b", "[<true>]");
        assert!(said, "the mock says it");
    }

    /// Lets logind say that the session locks.
    fn locks(&self) {
        assert!(
            self.gdbus("org.freedesktop.login1.Session", "Lock", "", "@av []"),
            "the mock says it"
        );
    }

    fn gdbus(&self, interface: &str, signal: &str, signature: &str, arguments: &str) -> bool {
        Command::new("gdbus")
            .args(["call", "--address", &self.address, "--dest", "org.freedesktop.login1"])
            .args(["--object-path", "/org/freedesktop/login1"])
            .args(["--method", "org.freedesktop.DBus.Mock.EmitSignal"])
            .args([interface, signal, signature, arguments])
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

#[tokio::test]
async fn t30_a_session_that_locks_or_sleeps_locks_the_vault() {
    let mut computer = Computer::on(Keyring::None);
    let logind = Logind::on(computer.folder(), &computer.log("logind"));
    computer.system_bus.clone_from(&logind.address);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    write(&window, CANARY).await;

    logind.falls_asleep();
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    reopen_and_find(&window).await;

    logind.locks();
    window.rejoin().await;
    window.sees("Din journal er låst").await;
}

/// Stops the web view's process, so that the page answers nothing.
fn silence_page(window: &Window) {
    let mut silent = 0;
    for (id, name) in memory::processes(window.program.id()) {
        if name.starts_with("WebKitWebProces") {
            let process = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
            let process = process.expect("a process has an id");
            rustix::process::kill_process(process, Signal::STOP).expect("it is stopped");
            silent += 1;
        }
    }
    assert!(silent > 0, "there is a page");
}

#[tokio::test]
async fn a_program_that_is_ended_while_it_locks_waits_until_the_journal_is_closed() {
    let mut computer = Computer::on(Keyring::None);
    let logind = Logind::on(computer.folder(), &computer.log("logind"));
    computer.system_bus.clone_from(&logind.address);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    write(&window, CANARY).await;

    // The page has two seconds for its answer, and gives none; in the middle of them comes the end.
    silence_page(&window);
    logind.locks();
    tokio::time::sleep(Duration::from_millis(500)).await;
    window.program.signal(Signal::TERM);
    let status = window.program.wait(Duration::from_secs(20));
    assert!(status.success(), "{status}");
    drop(window);

    let window = Window::open(&computer).await;
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    assert!(!window.text().await.contains("blev ikke lukket rigtigt"), "it was closed");
    window.quit().await;
}

/// Another program that uses the clipboard: GTK from Python, which `python3-dbusmock` brings.
fn clipboard(computer: &Computer, act: &str) -> Command {
    let code = format!(
        "import gi; gi.require_version('Gtk', '3.0')\n\
         from gi.repository import Gtk, Gdk\n\
         board = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)\n{act}"
    );
    let mut python = computer.command("/usr/bin/python3");
    python.args(["-c", &code]);
    python
}

fn on_the_clipboard(computer: &Computer) -> String {
    let read = clipboard(computer, "print(board.wait_for_text())").output().expect("python3");
    String::from_utf8_lossy(&read.stdout).trim().to_owned()
}

#[tokio::test]
async fn t30_the_clipboard_is_cleared_where_it_is_still_ours() {
    let computer = Computer::on(Keyring::None);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    write(&window, CANARY).await;
    window.control("ac").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(on_the_clipboard(&computer).contains(CANARY), "it was copied");
    window.press_lock().await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    assert_eq!(on_the_clipboard(&computer), "None", "it is gone with the lock");

    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    let held = "board.set_text('et andet programs', -1); Gtk.main()";
    let _other = Running::start(&mut clipboard(&computer, held), &computer.log("clipboard"));
    let begun = Instant::now();
    while on_the_clipboard(&computer) != "et andet programs" {
        assert!(begun.elapsed() < Duration::from_secs(20), "the other program copies");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    window.press_lock().await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    assert_eq!(on_the_clipboard(&computer), "et andet programs", "another's stays");
}
