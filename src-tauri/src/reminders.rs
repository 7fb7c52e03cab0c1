//! The clock that lets the desktop show what is due: at least every minute, after the computer
//! slept, and once for each reminder.
//!
//! A reminder is marked as shown before it is: whoever is killed in between has lost a notification,
//! which Today has anyway, and never sees one twice (decision 15).

mod words;

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use fristed_app::wire::{Language, Opening};
use fristed_app::{About, Fristed, ToShow};
use fristed_base::Moment;
use tauri::{AppHandle, Manager as _};

use crate::notifications::{Desktop, Notification};
use crate::state::Shell;
use crate::{clock, opening};

/// How long nobody looks at most. A clock that is set, or a computer that woke, is noticed within
/// it.
const EVERY: Duration = Duration::from_secs(20);

/// How many reminders of one kind come one by one; more are one notification.
const SINGLY: usize = 3;

/// Wakes the clock before its time.
#[derive(Default)]
pub struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    /// Lets the clock look now.
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_all();
    }

    fn wait(&self, longest: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let woken = self.heard.wait_timeout_while(rung, longest, |rung| !*rung);
        *woken.unwrap_or_else(PoisonError::into_inner).0 = false;
    }
}

/// Looks for as long as the program runs.
///
/// # Errors
/// When the system gives no thread.
pub fn watch(app: AppHandle) -> std::io::Result<()> {
    let clicked = {
        let app = app.clone();
        move |clicked| opening::open(&app, clicked)
    };
    let mut desktop = Desktop::new(clicked);
    thread::Builder::new().name("reminders".into()).spawn(move || {
        loop {
            let shell = app.state::<Shell>();
            look(&shell.fristed(), &mut desktop, clock::now());
            shell.bell().wait(EVERY);
        }
    })?;
    Ok(())
}

/// Shows what is due. Without a desktop that shows notifications nothing is marked, and what still
/// matters comes once there is one.
fn look(fristed: &Fristed, desktop: &mut Desktop, now: Moment) {
    let due = match fristed.reminders_to_show(now) {
        Ok(due) => due,
        Err(error) => {
            tracing::warn!(%error, "what is due cannot be read");
            return;
        }
    };
    if due.is_empty() || !desktop.is_there() {
        return;
    }
    let language = fristed.status().language;
    for group in groups(due) {
        let mut marked = group.clone();
        marked.retain(|one| match fristed.reminder_mark(&one.key, now) {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "a reminder is not shown, since that cannot be noted");
                false
            }
        });
        let Some(notification) = said(&marked, language) else { continue };
        if let Err(error) = desktop.show(notification) {
            tracing::warn!(%error, "a reminder was not shown");
            for one in marked {
                if let Err(error) = fristed.reminder_unmark(&one.key) {
                    tracing::warn!(%error, "a reminder that was not shown will not come again");
                }
            }
        }
    }
}

/// What comes as one notification: each alone, or all of a kind where they are many.
fn groups(due: Vec<ToShow>) -> Vec<Vec<ToShow>> {
    let kind = |one: &ToShow| std::mem::discriminant(&one.about);
    let mut groups: Vec<Vec<ToShow>> = Vec::new();
    for one in due {
        match groups.iter_mut().find(|group| group.first().map(kind) == Some(kind(&one))) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let apart = |group: Vec<ToShow>| {
        if group.len() > SINGLY {
            vec![group]
        } else {
            group.into_iter().map(|one| vec![one]).collect()
        }
    };
    groups.into_iter().flat_map(apart).collect()
}

fn said(group: &[ToShow], language: Language) -> Option<Notification> {
    let first = group.first()?;
    let open = words::open(language);
    if group.len() > 1 {
        let summary = words::many(&first.about, group.len(), language);
        return Some(Notification { summary, body: String::new(), open, opens: Opening::Today });
    }
    let named = first.named.as_ref();
    Some(Notification {
        summary: words::one(&first.about, language).to_owned(),
        body: named.map(|it| words::named(it, &first.about, language)).unwrap_or_default(),
        open,
        opens: match &first.about {
            About::Meeting(id) => Opening::Meeting { id: id.clone() },
            About::Commitment { .. } => Opening::Today,
            About::Event(day) => Opening::Day { day: day.clone() },
        },
    })
}

#[cfg(test)]
mod tests;
