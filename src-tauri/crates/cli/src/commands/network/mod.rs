//! `network`: sharing with a network's peers.
//!
//! Each command opens the vault, hears what is new at the server, does what it is asked, and lets
//! what is due be sent. Where the server does not answer that is said, and what is here serves.

mod account;
mod doctor;
mod feed;
mod json;
mod outbox;
mod rooms;
mod share;
mod verify;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::time::Duration;

use chrono::Local;
use fristed_app::AppError;
use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{FeedItem, ItemState, Sending, SharedNetwork, Standing};
use fristed_base::Moment;

use crate::args::NetworkAction;
use crate::failure::{Failure, SharingFailure};
use crate::session::{self, Session};
use crate::words;

/// How long a server that is there may take to tell all that is new.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn run(action: &NetworkAction, session: &mut Session) -> Result<(), Failure> {
    match action {
        NetworkAction::Login(login) => account::login(login, session),
        NetworkAction::Logout => account::logout(session),
        NetworkAction::Status => account::status(session),
        NetworkAction::List => rooms::list(session),
        NetworkAction::Create { network, several_municipalities } => {
            rooms::create(network, *several_municipalities, session)
        }
        NetworkAction::Invite { network, address } => rooms::invite(network, address, session),
        NetworkAction::Code { network, hide } => rooms::code(network, *hide, session),
        NetworkAction::Join { invitation, decline } => {
            rooms::join(invitation.as_deref(), *decline, session)
        }
        NetworkAction::Leave { network, withdraw } => rooms::leave(network, *withdraw, session),
        NetworkAction::Share(wish) => share::run(wish, session),
        NetworkAction::Feed(wish) => feed::run(wish, session),
        NetworkAction::Reply { item } => outbox::reply(item, session),
        NetworkAction::Withdraw(wish) => outbox::withdraw(wish, session),
        NetworkAction::Remove { item } => outbox::remove(item, session),
        NetworkAction::Outbox { retry, drop, let_read } => {
            let act = match (retry, drop, let_read) {
                (Some(id), _, _) => Some(outbox::Act::Retry(id)),
                (_, Some(id), _) => Some(outbox::Act::Drop(id)),
                (_, _, Some(id)) => Some(outbox::Act::LetRead(id)),
                (None, None, None) => None,
            };
            outbox::run(act, session)
        }
        NetworkAction::Verify { address } => verify::run(address, session),
        NetworkAction::Doctor { url } => doctor::run(url, session),
    }
}

/// Opens the vault, and lets it speak to the server that it is signed in at.
fn open(session: &Session) -> Result<(), Failure> {
    session.open()?;
    allow(session);
    Ok(())
}

fn allow(session: &Session) {
    session.fristed.sharing_allow(|| Moment::from(Local::now()), || {});
}

/// Hears everything that is new and sends what is due.
///
/// # Errors
/// `NotSignedIn`, `SignedOut`, `Unreachable`.
fn catch_up(session: &Session) -> Result<(), AppError> {
    session.fristed.sharing_catch_up(PATIENCE)
}

/// Does so where the server answers; otherwise says that what is here may not be the newest.
fn hear(session: &Session) {
    if let Err(failed) = catch_up(session) {
        let line = session.phrases.network.may_be_old.replace("{}", &why(failed, session));
        session::tell(&format!("fristed: {line}"));
    }
}

/// A limit in whole megabytes, never more than it is.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

/// Why, in words, with its stable name behind.
fn why(failed: AppError, session: &Session) -> String {
    let failure = Failure::from(failed);
    let language = session.fristed.status().language;
    format!("{} [{}]", words::failure(&failure, language), failure.code())
}

/// The network that a leader means: by its name, its room's id or its id here.
fn named(name: &str, session: &Session) -> Result<SharedNetwork, Failure> {
    let all = session.fristed.shared_networks()?;
    let all = all.into_iter();
    let all = all.filter(|one| matches!(one.standing, Standing::Joined | Standing::Left));
    chosen(name, all.collect(), SharingFailure::NoNetwork)
}

/// The one of these that is meant.
fn chosen(
    name: &str,
    mut all: Vec<SharedNetwork>,
    none: fn(Vec<String>) -> SharingFailure,
) -> Result<SharedNetwork, Failure> {
    let names = all.iter().map(|one| one.name.clone()).collect();
    all.retain(|one| one.name == name || one.room == name || one.network.as_deref() == Some(name));
    match (all.len(), all.pop()) {
        (1, Some(found)) => Ok(found),
        (_, None) => Err(none(names).into()),
        (_, Some(last)) => {
            let ids = all.into_iter().map(|one| one.room).chain([last.room]);
            Err(SharingFailure::SeveralNetworks(ids.collect()).into())
        }
    }
}

/// What is not in the feed is said to be so.
fn in_the_feed(failed: AppError) -> Failure {
    match failed.code {
        ErrorCode::NotFound => SharingFailure::NoItem.into(),
        _ => failed.into(),
    }
}

/// Sends what was just put into the outbox, and says whether that went well: what could not be sent
/// waits, and is sent by the next command or the window.
fn send(item: &FeedItem, done: &str, session: &mut Session) -> Result<(), Failure> {
    let reached = catch_up(session);
    let item = match session.fristed.feed_thread(&item.id, session.now()) {
        Ok(thread) => thread.item,
        // What was taken back before anybody tried to send it is gone.
        Err(gone)
            if gone.code == ErrorCode::NotFound
                && matches!(item.state, ItemState::Withdrawn { .. }) =>
        {
            item.clone()
        }
        Err(failed) => return Err(in_the_feed(failed)),
    };
    let trouble = match (&item.sending, reached) {
        (Some(Sending::Failed { trouble }), _) => return Err((*trouble).into()),
        (Some(Sending::Waiting { .. } | Sending::Now | Sending::Withdrawing), Err(failed)) => {
            Some(failed)
        }
        (Some(Sending::Waiting { trouble: Some(trouble), .. }), Ok(())) => Some((*trouble).into()),
        _ => None,
    };
    if session.common.json {
        let names = json::Names::of(session)?;
        session.out.json(&json::ItemJson::new(&item, &names))?;
    } else {
        session.out.line(&item.id)?;
    }
    let phrases = session.phrases.network;
    if let Some(Sending::Asks { newcomers }) = &item.sending {
        session::tell(&format!("fristed: {}", outbox::came_since(newcomers, session)));
        session::tell(phrases.let_read);
        return Ok(());
    }
    match trouble {
        Some(failed) => {
            let line = phrases.waits.replace("{}", &why(failed, session));
            session::tell(&format!("fristed: {line}"));
        }
        None => session::tell(done),
    }
    Ok(())
}

/// Asks on the terminal; none where nobody sits there.
fn ask(question: &str) -> Option<String> {
    if !io::stdin().is_terminal() {
        return None;
    }
    let mut to = io::stderr();
    let _ = write!(to, "{question}");
    let _ = to.flush();
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_lowercase())
}

/// An address as it is typed and as it is kept.
fn same(address: &str, typed: &str) -> bool {
    address == typed.trim()
}
