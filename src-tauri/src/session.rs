//! The session's own lock and sleep, as systemd-logind tells them over D-Bus
//! (org.freedesktop.login1, interfaces Session and Manager).

use std::thread;

use tauri::{AppHandle, Manager as _};
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::message::Type;
use zbus::zvariant::{OwnedFd, OwnedObjectPath, Value};
use zbus::{MatchRule, Message};

use crate::lock;
use crate::state::Shell;

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";

/// Locks the vault whenever the session locks or the computer goes to sleep, for as long as the
/// program runs. Without logind the idle clock is all there is.
///
/// # Errors
/// When the system gives no thread.
pub fn watch(app: AppHandle) -> std::io::Result<()> {
    thread::Builder::new().name("session".into()).spawn(move || {
        if let Err(error) = follow(&app) {
            tracing::warn!(%error, "the session's lock and sleep are not heard");
        }
    })?;
    Ok(())
}

/// Saves, closes the vault and ends the program when the session asks it to end (SIGTERM, SIGHUP)
/// or somebody stops it in a terminal (SIGINT). For the thread that draws.
pub fn end_when_told(app: &AppHandle) {
    const HANG_UP: i32 = 1;
    const INTERRUPT: i32 = 2;
    const TERMINATE: i32 = 15;
    for signal in [HANG_UP, INTERRUPT, TERMINATE] {
        let app = app.clone();
        gtk::glib::unix_signal_add(signal, move || {
            lock::leave(&app);
            gtk::glib::ControlFlow::Continue
        });
    }
}

fn follow(app: &AppHandle) -> zbus::Result<()> {
    let bus = Connection::system()?;
    let manager = Proxy::new(&bus, LOGIND, "/org/freedesktop/login1", MANAGER)?;
    let own = own_session(&manager);
    let rule = MatchRule::builder().msg_type(Type::Signal).sender(LOGIND)?.build();
    let signals = MessageIterator::for_match_rule(rule, &bus, Some(64))?;
    let mut delay = delay_sleep(&manager);
    for signal in signals {
        match meaning(&signal?, own.as_ref().map(|path| path.as_str())) {
            Some(Told::Locked) => lock::request(app),
            Some(Told::FallingAsleep) => {
                lock::request(app);
                // Giving the delay back lets the computer sleep.
                drop(delay.take());
            }
            Some(Told::Awake) => {
                delay = delay_sleep(&manager);
                app.state::<Shell>().bell().ring();
            }
            None => {}
        }
    }
    Ok(())
}

/// This process's session; none where logind does not know it (a service, a container).
fn own_session(manager: &Proxy<'_>) -> Option<OwnedObjectPath> {
    manager.call("GetSessionByPID", &std::process::id()).ok()
}

/// Asks logind to wait with sleeping until the vault is closed.
fn delay_sleep(manager: &Proxy<'_>) -> Option<OwnedFd> {
    manager.call("Inhibit", &("sleep", "Fristed", "Closing the journal", "delay")).ok()
}

#[derive(Debug, PartialEq, Eq)]
enum Told {
    Locked,
    FallingAsleep,
    Awake,
}

fn meaning(signal: &Message, own: Option<&str>) -> Option<Told> {
    let header = signal.header();
    let ours = own.is_none_or(|own| header.path().is_some_and(|path| path.as_str() == own));
    match (header.interface()?.as_str(), header.member()?.as_str()) {
        (MANAGER, "PrepareForSleep") => {
            let falling: bool = signal.body().deserialize().ok()?;
            Some(if falling { Told::FallingAsleep } else { Told::Awake })
        }
        (SESSION, "Lock") => ours.then_some(Told::Locked),
        // GNOME and KDE lock the screen themselves and leave a hint, without the signal above.
        ("org.freedesktop.DBus.Properties", "PropertiesChanged") if ours => {
            let body = signal.body();
            let (interface, changed): (String, std::collections::HashMap<String, Value<'_>>) = {
                let (interface, changed, _): (_, _, Vec<String>) = body.deserialize().ok()?;
                (interface, changed)
            };
            let hint = changed.get("LockedHint")?;
            (interface == SESSION && *hint == Value::Bool(true)).then_some(Told::Locked)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn signal<B: serde::Serialize + zbus::zvariant::DynamicType>(
        path: &str,
        interface: &str,
        member: &str,
        body: &B,
    ) -> Message {
        Message::signal(path, interface, member)
            .and_then(|builder| builder.build(body))
            .expect("a message of the test")
    }

    const OWN: &str = "/org/freedesktop/login1/session/_31";
    const OTHER: &str = "/org/freedesktop/login1/session/_32";
    const ROOT: &str = "/org/freedesktop/login1";

    #[test]
    fn the_sessions_lock_is_heard_and_another_sessions_is_not() {
        let heard = |path| meaning(&signal(path, SESSION, "Lock", &()), Some(OWN));
        assert_eq!(heard(OWN), Some(Told::Locked));
        assert_eq!(heard(OTHER), None);
        assert_eq!(meaning(&signal(OTHER, SESSION, "Lock", &()), None), Some(Told::Locked));
    }

    #[test]
    fn sleep_is_heard_at_both_ends() {
        let heard =
            |falling: bool| meaning(&signal(ROOT, MANAGER, "PrepareForSleep", &falling), None);
        assert_eq!(heard(true), Some(Told::FallingAsleep));
        assert_eq!(heard(false), Some(Told::Awake));
    }

    #[test]
    fn a_screen_that_the_desktop_locks_is_heard_by_its_hint() {
        let heard = |locked: bool| {
            let changed = HashMap::from([("LockedHint", Value::Bool(locked))]);
            let body = (SESSION, changed, Vec::<String>::new());
            let path = OWN;
            meaning(
                &signal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", &body),
                Some(OWN),
            )
        };
        assert_eq!(heard(true), Some(Told::Locked));
        assert_eq!(heard(false), None);
    }

    #[test]
    fn other_signals_mean_nothing() {
        assert_eq!(meaning(&signal(ROOT, MANAGER, "UserNew", &7_u32), None), None);
    }
}
