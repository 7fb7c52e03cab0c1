//! Replying, taking back, and what waits to be sent.

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{OutboxRow, OutboxWhat, Peer, Sending};
use serde::Serialize;

use super::json::OutboxJson;
use super::{allow, catch_up, hear, in_the_feed, named, open, send, why};
use crate::args::network::Withdraw;
use crate::commands::text_from;
use crate::failure::{Failure, SharingFailure};
use crate::out::harmless;
use crate::session::{self, Session};

pub(super) fn reply(item: &str, session: &mut Session) -> Result<(), Failure> {
    // As with an entry: the key first, and the vault only when the text is there.
    let key = session.ask()?;
    let text = text_from(session.phrases.network.type_reply)?;
    session.open_with(&key)?;
    allow(session);
    hear(session);
    let made = session.fristed.reply_send(item, &text, session.now()).map_err(in_the_feed)?;
    let done = session.phrases.network.sent;
    send(&made, done, session)
}

/// How much was taken back.
#[derive(Serialize)]
struct WithdrawnJson {
    withdrawn: u32,
    waiting: u32,
}

pub(super) fn withdraw(wish: &Withdraw, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    hear(session);
    let phrases = session.phrases.network;
    let now = session.now();
    if let Some(item) = &wish.item {
        let taken = session.fristed.withdraw(item, now).map_err(in_the_feed)?;
        return send(&taken, phrases.withdrawn, session);
    }
    let network = named(wish.network.as_deref().unwrap_or_default(), session)?;
    let withdrawn = session.fristed.withdraw_all(&network.room, now)?;
    let reached = catch_up(session);
    let waiting = session.fristed.sharing_status()?.waiting;
    if session.common.json {
        session.out.json(&WithdrawnJson { withdrawn, waiting })?;
    } else {
        session.out.line(&phrases.withdrawn_all.replace("{}", &withdrawn.to_string()))?;
    }
    if let Err(failed) = reached {
        let line = phrases.waits.replace("{}", &why(failed, session));
        session::tell(&format!("fristed: {line}"));
    }
    Ok(())
}

pub(super) fn remove(item: &str, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    hear(session);
    let gone = session.fristed.item_remove(item, session.now()).map_err(in_the_feed)?;
    let done = session.phrases.network.removed;
    send(&gone, done, session)
}

/// What is done with something that waits, by its id.
pub(super) enum Act<'a> {
    Retry(&'a str),
    Drop(&'a str),
    /// Those read it too about whom the leader was asked.
    LetRead(&'a str),
}

pub(super) fn run(act: Option<Act<'_>>, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    let here = |failed: fristed_app::AppError| match failed.code {
        ErrorCode::NotFound => Failure::from(SharingFailure::NotWaiting),
        _ => failed.into(),
    };
    let now = session.now();
    match act {
        None => {}
        Some(Act::Retry(id)) => session.fristed.outbox_retry(id, now).map_err(here)?,
        Some(Act::Drop(id)) => session.fristed.outbox_drop(id, now).map_err(here)?,
        Some(Act::LetRead(id)) => {
            let rows = session.fristed.outbox(now)?;
            let asked = rows.iter().find(|row| row.id == id).map(|row| &row.sending);
            let Some(Sending::Asks { newcomers }) = asked else {
                return Err(SharingFailure::NotWaiting.into());
            };
            let users: Vec<String> = newcomers.iter().map(|peer| peer.user.clone()).collect();
            session.fristed.outbox_let_read(id, &users, now).map_err(here)?;
        }
    }
    hear(session);
    let rows = session.fristed.outbox(session.now())?;
    if session.common.json {
        let mut array = session.out.array()?;
        rows.iter().try_for_each(|row| array.push(&OutboxJson::from(row)))?;
        return array.end();
    }
    for row in &rows {
        let line = line(row, session);
        session.out.line(&line)?;
    }
    if rows.is_empty() {
        session::tell(session.phrases.network.nothing_waits);
    }
    if rows.iter().any(|row| matches!(row.sending, Sending::Asks { .. })) {
        session::tell(session.phrases.network.let_read);
    }
    Ok(())
}

/// Who came into a network since something was shared.
pub(super) fn came_since(newcomers: &[Peer], session: &Session) -> String {
    let names = newcomers.iter().map(|peer| format!("{} ({})", peer.name, peer.user));
    let names = harmless(&names.collect::<Vec<_>>().join(", "));
    session.phrases.network.came_since.replace("{}", &names)
}

fn line(row: &OutboxRow, session: &Session) -> String {
    let phrases = session.phrases.network;
    let what = phrases.acts[match row.what {
        OutboxWhat::Share => 0,
        OutboxWhat::Edit => 1,
        OutboxWhat::Reply => 2,
        OutboxWhat::React => 3,
        OutboxWhat::Withdraw => 4,
        OutboxWhat::Meeting => 5,
        OutboxWhat::Answer => 6,
        OutboxWhat::Tell => 7,
        OutboxWhat::Remove => 8,
    }];
    let because = |code: &ErrorCode| why((*code).into(), session);
    let (at, why) = match &row.sending {
        Sending::Undoable { .. } => (0, None),
        Sending::Waiting { trouble, .. } => (1, trouble.as_ref().map(because)),
        Sending::Now => (2, None),
        Sending::Sent => (3, None),
        Sending::Failed { trouble } => (4, Some(because(trouble))),
        Sending::Withdrawing => (5, None),
        Sending::Asks { newcomers } => (6, Some(came_since(newcomers, session))),
    };
    let why = why.map(|why| format!(": {why}")).unwrap_or_default();
    let name = harmless(&format!("{}  {}  {}", row.id, row.network, row.title));
    format!("{name}  {what}  {}{why}", phrases.sendings[at])
}
