//! Reminders before a desktop that shows notifications: `python3-dbusmock` plays it, on a message
//! bus of the test's own.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fristed_app::wire::calendar::{Colour, EventForm};
use fristed_app::wire::network::{CommitmentForm, NetworkForm, Promiser, Reminding};
use fristed_app::{Directories, Fristed, KeyCost};
use fristed_base::{Moment, Secret};
use tempfile::TempDir;

use super::{Desktop, look};
use fristed_app::wire::Opening;

const PATIENCE: Duration = Duration::from_secs(20);
const PASSPHRASE: &str = "blank hest under syv tavse broer";
/// What only Karla may read.
const SECRET: &str = "ringer til Bo om besparelsen";
/// The evening before anything comes.
const BEFORE: &str = "2026-03-13T22:00:00+01:00";
/// The morning on which a commitment is due.
const MORNING: &str = "2026-03-14T08:00:00+01:00";

fn at(text: &str) -> Moment {
    Moment::new(chrono::DateTime::parse_from_rfc3339(text).expect("a moment of the test"))
}

/// A program that ends with this value.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        let started =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self(started.unwrap_or_else(|e| panic!("{command:?}: {e}")))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A session's message bus, and the desktop on it while there is one.
struct Session {
    folder: TempDir,
    desktop: Option<Running>,
    _bus: Running,
}

impl Session {
    fn without_a_desktop() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("bus");
        let bus = Running::start(
            Command::new("dbus-daemon")
                .args(["--session", "--nofork"])
                .arg(format!("--address=unix:path={}", socket.display())),
        );
        wait_for("the bus", || socket.exists());
        Self { folder, desktop: None, _bus: bus }
    }

    fn new() -> Self {
        let mut session = Self::without_a_desktop();
        session.the_desktop_comes();
        session
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    fn log(&self) -> std::path::PathBuf {
        self.folder.path().join("shown")
    }

    fn the_desktop_comes(&mut self) {
        let mock = Running::start(
            Command::new("/usr/bin/python3")
                .args(["-m", "dbusmock", "--session", "--template", "notification_daemon"])
                .arg("--logfile")
                .arg(self.log())
                .env("DBUS_SESSION_BUS_ADDRESS", self.address()),
        );
        self.desktop = Some(mock);
        wait_for("the desktop", || {
            self.call("org.freedesktop.Notifications.GetServerInformation", &[])
        });
    }

    /// Calls a method of the desktop.
    fn call(&self, method: &str, arguments: &[&str]) -> bool {
        let done = Command::new("gdbus")
            .args(["call", "--address", &self.address()])
            .args(["--dest", "org.freedesktop.Notifications"])
            .args(["--object-path", "/org/freedesktop/Notifications", "--method", method])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|status| status.success())
    }

    /// The calls that showed something, as the desktop wrote them down.
    fn shown(&self) -> Vec<String> {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        log.lines().filter(|line| line.contains(" Notify ")).map(str::to_owned).collect()
    }

    fn program(&self) -> Desktop {
        Desktop::at(&self.address(), |_| {})
    }
}

/// Karla's program over a vault in a folder.
fn program(folder: &Path) -> Fristed {
    let at = |name: &str| folder.join(name);
    let places = Directories { config: at("config"), vault: at("journal") };
    Fristed::new(places, None, KeyCost::Floor).in_zone(chrono_tz::Europe::Copenhagen)
}

fn unlock(fristed: &Fristed, when: &str) {
    let typed = Secret::new(PASSPHRASE.into());
    fristed.unlock_passphrase(&typed, at(when)).expect("it opens");
}

fn promises(fristed: &Fristed, network: &str, what: &str, due: &str) {
    let form = CommitmentForm { who: Promiser::Me, what: what.into(), due: Some(due.into()) };
    fristed.commitment_add(network, None, form, at(BEFORE)).expect("promised");
}

/// A vault with a commitment that is due on [`MORNING`]; gives its network's id.
fn karla(folder: &Path) -> (Fristed, String) {
    let fristed = program(folder);
    let key = fristed.first_run_key();
    let secret = Secret::new(PASSPHRASE.into());
    let place = folder.join("journal");
    fristed.first_run_finish(&place, &secret, false, &key, at(BEFORE)).expect("a journal");
    let form = NetworkForm {
        name: "Skoleledere i nord".into(),
        purpose: String::new(),
        colour: Colour::Blue,
        rhythm: String::new(),
        title_contains: String::new(),
    };
    let network = fristed.network_create(form, at(BEFORE)).expect("a network").id;
    promises(&fristed, &network, SECRET, "2026-03-14");
    (fristed, network)
}

fn chooses(fristed: &Fristed, change: impl FnOnce(&mut Reminding)) {
    let mut chosen = fristed.reminding().expect("what is chosen");
    change(&mut chosen);
    fristed.reminding_save(chosen).expect("kept");
}

/// An event at nine on the day of [`MORNING`], with an alarm a quarter of an hour before.
fn has_an_event(fristed: &Fristed) {
    let calendar = fristed.calendar_create("Arbejde", Colour::Green).expect("a calendar").id;
    let form = EventForm {
        calendar,
        title: SECRET.into(),
        location: String::new(),
        description: String::new(),
        start: "2026-03-14T09:00".into(),
        end: "2026-03-14T10:00".into(),
        all_day: false,
        zone: None,
        repeat: None,
        alarms: vec![15],
    };
    fristed.event_create(form, at(BEFORE)).expect("an event");
}

#[test]
fn what_is_due_comes_once_and_says_nothing_of_what_it_is_about() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(home.path());
    let mut desktop = session.program();
    look(&fristed, &mut desktop, at("2026-03-14T07:59:00+01:00"));
    assert_eq!(session.shown().len(), 0, "not before eight");
    look(&fristed, &mut desktop, at(MORNING));
    let shown = session.shown();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].contains("Et løfte forfalder i dag"), "{shown:?}");
    assert!(!shown[0].contains("Bo"), "no word of it: {shown:?}");
    look(&fristed, &mut desktop, at("2026-03-14T08:01:00+01:00"));
    look(&fristed, &mut desktop, at("2026-03-15T12:00:00+01:00"));
    assert_eq!(session.shown().len(), 1, "never twice");
}

#[test]
fn a_program_that_was_killed_or_restarted_does_not_repeat_itself() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(home.path());
    look(&fristed, &mut session.program(), at(MORNING));
    // Nothing is closed, as by a kill; the lock on the folder goes with the process.
    drop(fristed);
    let fristed = program(home.path());
    unlock(&fristed, MORNING);
    look(&fristed, &mut session.program(), at(MORNING));
    assert_eq!(session.shown().len(), 1);
    // Killed between the mark and the desktop: at most once is the promise.
    drop(fristed);
    let (other, elsewhere) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(elsewhere.path());
    for due in fristed.reminders_to_show(at(MORNING)).expect("what is due") {
        fristed.reminder_mark(&due.key, at(MORNING)).expect("marked");
    }
    drop(fristed);
    let fristed = program(elsewhere.path());
    unlock(&fristed, MORNING);
    look(&fristed, &mut other.program(), at(MORNING));
    assert_eq!(other.shown().len(), 0);
}

#[test]
fn what_was_slept_through_comes_once_while_it_still_matters() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(home.path());
    has_an_event(&fristed);
    let mut desktop = session.program();
    look(&fristed, &mut desktop, at(BEFORE));
    // The computer sleeps over the alarm at 8:45, and the clock jumps to the afternoon.
    look(&fristed, &mut desktop, at("2026-03-15T14:00:00+01:00"));
    let shown = session.shown();
    assert_eq!(shown.len(), 1, "the event is long over: {shown:?}");
    assert!(shown[0].contains("Et løfte er forfaldet"), "{shown:?}");
    // Whoever sets the clock back is not reminded anew.
    look(&fristed, &mut desktop, at(MORNING));
    look(&fristed, &mut desktop, at("2026-03-14T09:05:00+01:00"));
    let shown = session.shown();
    assert_eq!(shown.len(), 2, "only the event, which has just begun: {shown:?}");
    assert!(shown[1].contains("En begivenhed nærmer sig"), "{shown:?}");
}

#[test]
fn the_leader_chooses_whether_anything_comes_and_whether_it_is_named() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, network) = karla(home.path());
    chooses(&fristed, |chosen| chosen.notify = false);
    let mut desktop = session.program();
    look(&fristed, &mut desktop, at(MORNING));
    assert_eq!(session.shown().len(), 0, "switched off");
    chooses(&fristed, |chosen| (chosen.notify, chosen.names_it) = (true, true));
    look(&fristed, &mut desktop, at(MORNING));
    assert!(session.shown()[0].contains(SECRET), "she chose it: {:?}", session.shown());
    promises(&fristed, &network, "<b>fed</b> & farlig", "2026-03-15");
    look(&fristed, &mut desktop, at("2026-03-15T08:00:00+01:00"));
    let last = session.shown().pop().expect("another one");
    assert!(last.contains("&lt;b&gt;fed&lt;/b&gt; &amp; farlig"), "no markup: {last}");
}

#[test]
fn a_locked_vault_reminds_without_a_word_and_not_again_when_it_opens() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(home.path());
    chooses(&fristed, |chosen| chosen.names_it = true);
    has_an_event(&fristed);
    fristed.foresee_reminders(at(BEFORE));
    fristed.lock();
    let mut desktop = session.program();
    look(&fristed, &mut desktop, at(MORNING));
    look(&fristed, &mut desktop, at("2026-03-14T08:50:00+01:00"));
    look(&fristed, &mut desktop, at("2026-03-14T08:51:00+01:00"));
    let shown = session.shown();
    assert_eq!(shown.len(), 2, "a commitment and an event: {shown:?}");
    assert!(shown.iter().all(|one| !one.contains("Bo")), "nobody can read it: {shown:?}");
    let kept: String = fs::read_dir(home.path().join("config"))
        .expect("the settings' folder")
        .filter_map(|file| fs::read_to_string(file.ok()?.path()).ok())
        .collect();
    assert!(!kept.contains("Bo") && !kept.contains("2026"), "hashes alone: {kept}");
    // Ended while locked, and opened the next time.
    drop(fristed);
    let fristed = program(home.path());
    unlock(&fristed, "2026-03-14T08:52:00+01:00");
    look(&fristed, &mut desktop, at("2026-03-14T08:52:00+01:00"));
    assert_eq!(session.shown().len(), 2, "never twice");
}

#[test]
fn without_a_desktop_nothing_breaks_and_it_comes_with_the_desktop() {
    let (mut session, home) = (Session::without_a_desktop(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(home.path());
    let mut nobody = Desktop::at("unix:path=/nonexistent/bus", |_| {});
    look(&fristed, &mut nobody, at(MORNING));
    let mut desktop = session.program();
    look(&fristed, &mut desktop, at(MORNING));
    session.the_desktop_comes();
    look(&fristed, &mut desktop, at("2026-03-14T09:00:00+01:00"));
    assert_eq!(session.shown().len(), 1);
    // It goes and comes again; the next one is shown all the same.
    session.desktop = None;
    look(&fristed, &mut desktop, at("2026-03-14T09:01:00+01:00"));
    session.the_desktop_comes();
    has_an_event(&fristed);
    look(&fristed, &mut desktop, at("2026-03-14T09:02:00+01:00"));
    let events = session.shown().iter().filter(|one| one.contains("begivenhed")).count();
    assert_eq!(events, 1, "{:?}", session.shown());
}

#[test]
fn many_of_a_kind_come_as_one() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, network) = karla(home.path());
    for number in 0..5 {
        promises(&fristed, &network, &format!("{number}"), "2026-03-14");
    }
    look(&fristed, &mut session.program(), at("2026-03-16T09:00:00+01:00"));
    let shown = session.shown();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].contains("6 løfter venter på dig"), "{shown:?}");
}

#[test]
fn a_click_leads_to_what_the_reminder_is_about() {
    let (session, home) = (Session::new(), tempfile::tempdir().expect("a home"));
    let (fristed, _) = karla(home.path());
    has_an_event(&fristed);
    let clicks: Arc<Mutex<Vec<Opening>>> = Arc::default();
    let heard = Arc::clone(&clicks);
    let mut desktop = Desktop::at(&session.address(), move |opening| {
        heard.lock().expect("the clicks").push(opening);
    });
    look(&fristed, &mut desktop, at("2026-03-14T08:46:00+01:00"));
    assert_eq!(session.shown().len(), 2);
    for number in [1, 2] {
        let said = session.call(
            "org.freedesktop.DBus.Mock.EmitSignal",
            &[
                "org.freedesktop.Notifications",
                "ActionInvoked",
                "us",
                &format!("[<uint32 {number}>, <'default'>]"),
            ],
        );
        assert!(said, "the desktop tells of the click");
    }
    wait_for("both clicks", || clicks.lock().expect("the clicks").len() == 2);
    let clicked = clicks.lock().expect("the clicks").clone();
    assert!(clicked.contains(&Opening::Today), "{clicked:?}");
    assert!(clicked.contains(&Opening::Day { day: "2026-03-14".into() }), "{clicked:?}");
}

#[test]
fn the_bell_wakes_the_clock_before_its_time_also_where_it_rang_before() {
    let bell = super::Bell::default();
    let begun = Instant::now();
    bell.ring();
    bell.wait(PATIENCE);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            std::thread::sleep(Duration::from_millis(50));
            bell.ring();
        });
        bell.wait(PATIENCE);
    });
    assert!(begun.elapsed() < PATIENCE, "neither waited for its time");
    bell.wait(Duration::from_millis(20));
    assert!(begun.elapsed() >= Duration::from_millis(70), "each ring is heard once");
}
