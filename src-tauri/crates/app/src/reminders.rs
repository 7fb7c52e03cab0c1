//! Reminders for the system to show: what is due, and that none comes twice.
//!
//! Whoever shows one marks it before ([`Fristed::reminder_mark`]), so that a program that is killed
//! in between shows it once at most. While the vault is open, the mark lies in it. While it is
//! locked, only what was foreseen before is known, without a word of what it is about, and the mark
//! lies in a small file beside the settings until the vault opens again; it holds hashes alone.

use std::fs::{self, OpenOptions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::path::PathBuf;

use chrono::TimeDelta;
use fristed_base::Moment;
use fristed_calendar::{Reminder, ReminderOf};

use crate::convert::network as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::network::Reminding;

/// How far ahead reminders are known while the vault is locked.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// A reminder that the system shall show now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToShow {
    /// Its name, for marking it.
    pub key: String,
    /// What it is about.
    pub about: About,
    /// What may be said of it; none unless the leader wants that, and while the vault is locked.
    pub named: Option<Named>,
}

/// What a reminder is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A meeting to prepare, by its id.
    Meeting(String),
    /// A commitment of the leader's.
    Commitment {
        /// Whether its day is over.
        overdue: bool,
    },
    /// An event with an alarm of its own, and the day on which it begins.
    Event(String),
}

/// What a notification says where it may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The title, made safe to show.
    pub title: String,
    /// When it begins or is due: a moment, or a day.
    pub start: String,
}

impl Fristed {
    /// When the leader wants to be reminded.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn reminding(&self) -> Result<Reminding, AppError> {
        Ok(convert::reminding(self.calendar()?.reminding()?))
    }

    /// Keeps when the leader wants to be reminded.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn reminding_save(&self, reminding: Reminding) -> Result<(), AppError> {
        Ok(self.calendar()?.set_reminding(&convert::to_reminding(reminding))?)
    }

    /// Puts a meeting's reminders away that have come by now.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn reminder_put_away(&self, meeting: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.calendar()?.reminder_put_away(crate::writing::id(meeting)?, now.day())?)
    }

    /// What the system shall show now, in the open vault or as it was foreseen before the lock.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn reminders_to_show(&self, now: Moment) -> Result<Vec<ToShow>, AppError> {
        let Ok(calendar) = self.calendar() else {
            return Ok(self.foreseen(now));
        };
        let marked = self.hand_over_marks(now);
        let chosen = calendar.reminding()?;
        if !chosen.notify {
            return Ok(Vec::new());
        }
        let mut due = calendar.reminders_due(self.zone(), now)?;
        due.retain(|reminder| !marked.contains(&reminder.key));
        Ok(due.into_iter().map(|one| self.to_show(one, chosen.names_it, now)).collect())
    }

    /// Notes that a reminder is about to be shown. Only what could be noted may be shown.
    ///
    /// # Errors
    /// When neither the store nor the folder of the settings can be written.
    pub fn reminder_mark(&self, key: &str, now: Moment) -> Result<(), AppError> {
        let in_vault = self.calendar().and_then(|open| Ok(open.reminder_shown(key, now)?));
        if in_vault.is_err() {
            self.marks().add(key)?;
        }
        self.forget_foreseen(key);
        Ok(())
    }

    /// Takes a mark back, since the system did not show the reminder.
    ///
    /// # Errors
    /// When the store or the folder of the settings cannot be written.
    pub fn reminder_unmark(&self, key: &str) -> Result<(), AppError> {
        self.marks().remove(key)?;
        match self.calendar() {
            Ok(calendar) => Ok(calendar.reminder_not_shown(key)?),
            Err(_) => Ok(()),
        }
    }

    /// Remembers, before the vault is locked, when reminders come in the days ahead: their times
    /// and ids, and nothing that was written.
    pub fn foresee_reminders(&self, now: Moment) {
        let Ok(calendar) = self.calendar() else { return };
        let wanted = calendar.reminding().is_ok_and(|chosen| chosen.notify);
        let ahead = if wanted {
            calendar.reminders_ahead(self.zone(), now, AHEAD).unwrap_or_default()
        } else {
            Vec::new()
        };
        let silent = |one: Reminder| Reminder { title: String::new(), ..one };
        self.state().ahead = ahead.into_iter().map(silent).collect();
    }

    /// What was foreseen and has come by now.
    fn foreseen(&self, now: Moment) -> Vec<ToShow> {
        let at = now.date_time().to_utc();
        let ahead = self.state().ahead.clone();
        let came = ahead.into_iter().filter(|one| one.at <= at && one.gone > at).collect();
        Reminder::latest(came).into_iter().map(|one| self.to_show(one, false, now)).collect()
    }

    /// Forgets what is shown, and what came before it of the same thing.
    fn forget_foreseen(&self, key: &str) {
        let ahead = &mut self.state().ahead;
        if let Some(shown) = ahead.iter().find(|one| one.key == key).cloned() {
            ahead.retain(|one| (one.of, one.span) != (shown.of, shown.span) || one.at > shown.at);
        }
    }

    fn to_show(&self, one: Reminder, names_it: bool, now: Moment) -> ToShow {
        let zone = self.zone();
        let day = one.span.day(zone);
        let start = match one.span {
            fristed_calendar::Span::Timed(start, _) => {
                crate::convert::calendar::instant(start, zone)
            }
            fristed_calendar::Span::Days(first, _) => first.to_string(),
        };
        ToShow {
            key: one.key,
            about: match one.of {
                ReminderOf::Meeting(id) => About::Meeting(id.to_string()),
                ReminderOf::Commitment(_) => About::Commitment { overdue: day < now.day() },
                ReminderOf::Event(_) => About::Event(day.to_string()),
            },
            named: names_it
                .then(|| Named { title: fristed_calendar::ical::shown(&one.title), start }),
        }
    }

    /// Puts the marks that were made while the vault was locked into it; gives those that could
    /// not be put there.
    fn hand_over_marks(&self, now: Moment) -> Vec<String> {
        let marks = self.marks();
        let all = marks.all();
        if all.is_empty() {
            return all;
        }
        let put = |key: &String| self.calendar().and_then(|it| Ok(it.reminder_shown(key, now)?));
        if all.iter().all(|key| put(key).is_ok()) && marks.clear().is_ok() {
            return Vec::new();
        }
        all
    }

    fn marks(&self) -> Marks {
        let mut hasher = DefaultHasher::new();
        self.state().vault_path.hash(&mut hasher);
        Marks(self.directories.config.join(format!("reminded-{:016x}", hasher.finish())))
    }
}

/// The file of the marks that were made while the vault was locked: one name a line.
struct Marks(PathBuf);

impl Marks {
    fn all(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// Adds one; it is on the disk when this returns.
    fn add(&self, key: &str) -> io::Result<()> {
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&self.0)?;
        file.write_all(format!("{key}\n").as_bytes())?;
        file.sync_all()
    }

    fn remove(&self, key: &str) -> io::Result<()> {
        let mut all = self.all();
        if !all.iter().any(|one| one == key) {
            return Ok(());
        }
        all.retain(|one| one != key);
        self.clear()?;
        all.iter().try_for_each(|one| self.add(one))
    }

    fn clear(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
