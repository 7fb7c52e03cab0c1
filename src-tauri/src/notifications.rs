//! The system's notifications, as the desktop shows them over D-Bus (Desktop Notifications
//! Specification 1.2, interface `org.freedesktop.Notifications`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use fristed_app::wire::Opening;
use zbus::blocking::{Connection, MessageIterator, Proxy, connection, fdo::DBusProxy};
use zbus::message::Type;
use zbus::names::{BusName, WellKnownName};
use zbus::zvariant::Value;
use zbus::{MatchRule, Message};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The key of the action that a click on the notification itself is.
const CLICK: &str = "default";
/// How long the desktop may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of a text is given to the desktop, in characters.
const LONGEST: usize = 200;

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its one line.
    pub summary: String,
    /// What it may say beside; empty is nothing.
    pub body: String,
    /// The words of the click.
    pub open: &'static str,
    /// Where a click leads.
    pub opens: Opening,
}

/// That the desktop certainly did not show a notification.
#[derive(Debug)]
pub struct NotShown(zbus::Error);

impl std::fmt::Display for NotShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a click on a notification does.
type Clicked = Arc<dyn Fn(Opening) + Send + Sync>;

/// The notifications that are shown, by the desktop's numbers.
type Shown = Arc<Mutex<HashMap<u32, Opening>>>;

fn held(shown: &Shown) -> MutexGuard<'_, HashMap<u32, Opening>> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The desktop, as far as it shows notifications. It is looked for anew whenever it is gone.
pub struct Desktop {
    /// The bus to look on; none is the session's.
    address: Option<String>,
    bus: Option<Connection>,
    shown: Shown,
    clicked: Clicked,
}

impl Desktop {
    /// The desktop of this session; `clicked` is told of clicks on a thread of its own.
    pub fn new(clicked: impl Fn(Opening) + Send + Sync + 'static) -> Self {
        Self { address: None, bus: None, shown: Shown::default(), clicked: Arc::new(clicked) }
    }

    /// The same on a bus that is named.
    #[cfg(test)]
    pub fn at(address: &str, clicked: impl Fn(Opening) + Send + Sync + 'static) -> Self {
        Self { address: Some(address.to_owned()), ..Self::new(clicked) }
    }

    /// Whether somebody is there, or would come, who shows notifications.
    pub fn is_there(&mut self) -> bool {
        let found = self.bus().and_then(|bus| {
            let desk = DBusProxy::new(bus)?;
            let name = WellKnownName::try_from(NAME)?;
            Ok(desk.name_has_owner(BusName::from(name))?
                || desk.list_activatable_names()?.iter().any(|one| one.as_str() == NAME))
        });
        found.unwrap_or_else(|error| {
            tracing::debug!(%error, "no desktop that shows notifications");
            self.bus = None;
            false
        })
    }

    /// Shows a notification.
    ///
    /// # Errors
    /// Only where it was certainly not shown. A desktop that did not answer may have shown it.
    pub fn show(&mut self, notification: Notification) -> Result<(), NotShown> {
        let shown = Arc::clone(&self.shown);
        match self.bus().and_then(|bus| notify(bus, &notification)) {
            Ok(number) => {
                held(&shown).insert(number, notification.opens);
                Ok(())
            }
            Err(error) if may_be_shown(&error) => {
                tracing::warn!(%error, "whether a notification was shown is not known");
                self.bus = None;
                Ok(())
            }
            Err(error) => {
                self.bus = None;
                Err(NotShown(error))
            }
        }
    }

    fn bus(&mut self) -> zbus::Result<&Connection> {
        if self.bus.is_none() {
            let builder = match &self.address {
                Some(address) => connection::Builder::address(address.as_str())?,
                None => connection::Builder::session()?,
            };
            let bus = builder.method_timeout(PATIENCE).build()?;
            self.hear_clicks(&bus)?;
            self.bus = Some(bus);
        }
        self.bus.as_ref().ok_or(zbus::Error::InterfaceNotFound)
    }

    /// Hears what happens to notifications for as long as the bus is there.
    fn hear_clicks(&self, bus: &Connection) -> zbus::Result<()> {
        let rule = MatchRule::builder().msg_type(Type::Signal).interface(NAME)?.path(PATH)?.build();
        let signals = MessageIterator::for_match_rule(rule, bus, Some(16))?;
        let (shown, clicked) = (Arc::clone(&self.shown), Arc::clone(&self.clicked));
        let hear = move || {
            for signal in signals.map_while(Result::ok) {
                if let Some(opening) = meaning(&signal, &mut held(&shown)) {
                    clicked(opening);
                }
            }
        };
        thread::Builder::new().name("clicks".into()).spawn(hear)?;
        Ok(())
    }
}

/// Where a signal of the desktop's leads, where it is a click on one of ours.
fn meaning(signal: &Message, shown: &mut HashMap<u32, Opening>) -> Option<Opening> {
    match signal.header().member()?.as_str() {
        "ActionInvoked" => {
            let (number, _action): (u32, String) = signal.body().deserialize().ok()?;
            shown.remove(&number)
        }
        "NotificationClosed" => {
            let (number, _reason): (u32, u32) = signal.body().deserialize().ok()?;
            shown.remove(&number);
            None
        }
        _ => None,
    }
}

fn notify(bus: &Connection, notification: &Notification) -> zbus::Result<u32> {
    let desktop = Proxy::new(bus, NAME, PATH, NAME)?;
    let can: Vec<String> = desktop.call("GetCapabilities", &())?;
    let markup = can.iter().any(|one| one == "body-markup");
    let body = fit(&notification.body);
    let body = if markup { escaped(&body) } else { body };
    let hints = HashMap::from([
        ("urgency", Value::U8(1)),
        ("desktop-entry", Value::from("dk.fristed.app")),
        ("category", Value::from("x-fristed.reminder")),
    ]);
    desktop.call(
        "Notify",
        &(
            "Fristed",
            0_u32,
            "fristed",
            fit(&notification.summary),
            body,
            [CLICK, notification.open].as_slice(),
            hints,
            -1_i32,
        ),
    )
}

/// A text on one line and of a length that a desktop shows.
fn fit(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// A text in which nothing is taken for markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether a call that failed may have been carried out all the same: no answer came.
fn may_be_shown(error: &zbus::Error) -> bool {
    const SILENT: [&str; 4] = [
        "org.freedesktop.DBus.Error.NoReply",
        "org.freedesktop.DBus.Error.Timeout",
        "org.freedesktop.DBus.Error.TimedOut",
        "org.freedesktop.DBus.Error.Disconnected",
    ];
    match error {
        zbus::Error::MethodError(name, ..) => SILENT.contains(&name.as_str()),
        zbus::Error::InputOutput(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_made_fit_for_a_desktop() {
        assert_eq!(fit("to\n linjer\t "), "to linjer");
        assert_eq!(fit(&"æ".repeat(500)).chars().count(), LONGEST + 1);
        assert_eq!(escaped("<b>Bo & Mette</b>"), "&lt;b&gt;Bo &amp; Mette&lt;/b&gt;");
    }

    #[test]
    fn a_click_leads_where_its_notification_points_and_only_once() {
        let clicked = |number: u32| {
            let built = Message::signal(PATH, NAME, "ActionInvoked");
            built.and_then(|it| it.build(&(number, CLICK))).expect("a message of the test")
        };
        let mut shown = HashMap::from([(7, Opening::Today)]);
        assert_eq!(meaning(&clicked(8), &mut shown), None, "another program's");
        assert_eq!(meaning(&clicked(7), &mut shown), Some(Opening::Today));
        assert_eq!(meaning(&clicked(7), &mut shown), None);
    }
}
