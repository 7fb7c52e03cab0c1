//! `key`: the ways to open the vault.

use std::path::Path;

use fristed_app::strength;
use fristed_app::wire::{Slot, SlotKind};
use serde::Serialize;

use crate::args::{Changeable, KeyAction};
use crate::ask;
use crate::failure::Failure;
use crate::session::{self, Session};

#[derive(Serialize)]
struct SlotJson<'a> {
    kind: SlotKind,
    created_at: &'a str,
}

#[derive(Serialize)]
struct NewRecoveryKey<'a> {
    recovery_key: &'a str,
}

#[derive(Serialize)]
struct Done {
    changed: &'static str,
}

pub(super) fn run(action: &KeyAction, session: &mut Session) -> Result<(), Failure> {
    match action {
        KeyAction::List => list(session),
        KeyAction::Add { .. } => add_computer(session),
        KeyAction::Remove { .. } => forget_computer(session),
        KeyAction::Change { what: Changeable::Passphrase, new_passphrase_file, .. } => {
            change_passphrase(new_passphrase_file.as_deref(), session)
        }
        KeyAction::Change { what: Changeable::Recovery, .. } => change_recovery(session),
    }
}

/// The slots are readable without a key, since whoever opens the vault must choose among them.
fn list(session: &mut Session) -> Result<(), Failure> {
    let slots = session.fristed.slots()?;
    if session.common.json {
        let mut array = session.out.array()?;
        for slot in &slots {
            array.push(&SlotJson { kind: slot.kind, created_at: &slot.created_at })?;
        }
        return array.end();
    }
    let width = session.phrases.kinds.iter().map(|kind| kind.chars().count()).max().unwrap_or(0);
    for Slot { kind, created_at } in &slots {
        let name = session.phrases.kinds[match kind {
            SlotKind::Passphrase => 0,
            SlotKind::Computer => 1,
            SlotKind::Recovery => 2,
        }];
        session
            .out
            .line(&format!("{name:<width$}  {}", created_at.get(..10).unwrap_or(created_at)))?;
    }
    Ok(())
}

fn add_computer(session: &mut Session) -> Result<(), Failure> {
    let opener = session.ask()?;
    session.open_with(&opener)?;
    session.fristed.computer_remember(opener.secret(), session.now())?;
    done("computer", session.phrases.computer_added, session)
}

fn forget_computer(session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    session.fristed.computer_forget()?;
    done("computer", session.phrases.computer_forgotten, session)
}

fn change_passphrase(file: Option<&Path>, session: &mut Session) -> Result<(), Failure> {
    let opener = session.ask()?;
    session.open_with(&opener)?;
    let new = ask::new_passphrase(file, session.phrases)?;
    if !strength::strength(new.expose()).accepted {
        session::tell(&format!("fristed: {} [passphraseTooWeak]", session.phrases.weak));
    }
    session.fristed.passphrase_replace(opener.secret(), &new, session.now())?;
    done("passphrase", session.phrases.passphrase_changed, session)
}

fn change_recovery(session: &mut Session) -> Result<(), Failure> {
    let opener = session.ask()?;
    session.open_with(&opener)?;
    let key = session.fristed.recovery_key_replace(opener.secret(), session.now())?;
    if session.common.json {
        return session.out.json(&NewRecoveryKey { recovery_key: key.expose() });
    }
    session.out.line(session.phrases.new_recovery)?;
    session.out.line("")?;
    session.out.line(&format!("    {}", key.expose()))?;
    session.out.line("")?;
    session.out.line(session.phrases.keep_recovery)
}

fn done(changed: &'static str, sentence: &str, session: &mut Session) -> Result<(), Failure> {
    if session.common.json {
        session.out.json(&Done { changed })
    } else {
        session.out.line(sentence)
    }
}
