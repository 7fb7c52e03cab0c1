//! `network share`: what leaves is shown, and confirmed, before it leaves.

use std::fs;
use std::io::{self, Write as _};
use std::thread;
use std::time::Duration;

use fristed_app::AppError;
use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{Obstacle, ShareDraft, SharePreview};

use super::{ask, hear, megabytes, named, open, rooms, send};
use crate::args::network::Share;
use crate::failure::{Failure, SharingFailure};
use crate::out::{harmless, harmless_text};
use crate::session::{self, Session};

/// How long it can be called back once it was confirmed, in seconds, as in the window.
const UNDO: u32 = 10;

pub(super) fn run(wish: &Share, session: &mut Session) -> Result<(), Failure> {
    let excerpt = match &wish.excerpt_file {
        Some(path) => Some(fs::read_to_string(path).map_err(|e| Failure::file(path, e))?),
        None => None,
    };
    open(session)?;
    hear(session);
    let network = named(&wish.network, session)?;
    let draft = draft(wish, excerpt, network.room, session)?;
    let preview = session.fristed.share_preview(draft.clone(), session.now())?;
    show(&preview, &network.name, session);
    if let Some(obstacle) = &preview.obstacle {
        let code = match obstacle {
            Obstacle::TooLarge { limit } => {
                let limit = megabytes(u64::from(*limit));
                return Err(AppError::with_detail(ErrorCode::AboveServerLimit, limit).into());
            }
            Obstacle::Empty => ErrorCode::NothingToShare,
            Obstacle::Changed => ErrorCode::IdentityChanged,
            Obstacle::NotThere if session.fristed.sharing_status()?.account.is_none() => {
                ErrorCode::NotSignedIn
            }
            Obstacle::NotThere => ErrorCode::NotAllowed,
        };
        return Err(code.into());
    }
    if !wish.yes {
        confirm(session)?;
        count_down(session);
    }
    let readers = preview.readers.into_iter().map(|peer| peer.user).collect();
    let item = session.fristed.share_at_once(draft, readers, session.now())?;
    let done = session.phrases.network.sent;
    send(&item, done, session)
}

fn draft(
    wish: &Share,
    excerpt: Option<String>,
    room: String,
    session: &Session,
) -> Result<ShareDraft, Failure> {
    let entry = session.fristed.entry_get(&wish.entry.to_string())?;
    let mut attachments = Vec::new();
    for wanted in &wish.attach {
        let known = entry.attachments.iter().map(|one| one.id.clone());
        let before = attachments.len();
        attachments.extend(known.filter(|id| wanted == "all" || wanted == id));
        if attachments.len() == before && wanted != "all" {
            return Err(SharingFailure::NoAttachment.into());
        }
    }
    attachments.sort();
    attachments.dedup();
    Ok(ShareDraft {
        entry: entry.id,
        room,
        excerpt: excerpt.is_some(),
        title: wish.title.clone().unwrap_or(entry.title),
        body: excerpt.unwrap_or(entry.body),
        tell_day: wish.tell_day,
        attachments,
    })
}

/// Shows exactly what leaves and who can read it, on standard error: standard output carries what
/// came of it.
fn show(preview: &SharePreview, network: &str, session: &Session) {
    let phrases = session.phrases.network;
    session::tell(&phrases.leaves.replace("{}", &harmless(network)));
    session::tell("");
    if !preview.title.is_empty() {
        session::tell(&format!("    {}", harmless(&preview.title)));
        session::tell("");
    }
    for line in preview.body.lines() {
        session::tell(format!("    {}", harmless_text(line)).trim_end());
    }
    session::tell("");
    if let Some(day) = &preview.day {
        session::tell(&phrases.day.replace("{}", day));
    }
    for file in &preview.attachments {
        let line = phrases.file.replace("{name}", &harmless(&file.name));
        let line = line.replace("{size}", &file.size.to_string());
        let of_itself = match file.stripped {
            true => format!("; {}", phrases.stripped),
            false if file.media_type.starts_with("text/") => String::new(),
            false => format!("; {}", phrases.not_stripped),
        };
        session::tell(&format!("{line}{of_itself}"));
    }
    if !preview.left_out.is_empty() {
        session::tell(&phrases.stay.replace("{}", &preview.left_out.len().to_string()));
    }
    if !preview.names.is_empty() {
        let mut names: Vec<_> = preview.names.iter().map(|name| name.text.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        session::tell(&phrases.names.replace("{}", &harmless(&names.join(", "))));
    }
    session::tell(phrases.readers);
    if preview.readers.is_empty() {
        session::tell(&format!("  {}", phrases.no_readers));
    }
    preview.readers.iter().for_each(|peer| session::tell(&rooms::person(peer, session)));
    if !preview.not_readers.is_empty() {
        session::tell(phrases.not_readers);
        preview.not_readers.iter().for_each(|peer| session::tell(&rooms::person(peer, session)));
    }
}

/// Asks whether it shall leave.
fn confirm(session: &Session) -> Result<(), Failure> {
    let phrases = session.phrases.network;
    match ask(phrases.ask_share) {
        None => Err(SharingFailure::NotConfirmed.into()),
        Some(said) if said == phrases.yes => Ok(()),
        Some(_) => Err(ErrorCode::Cancelled.into()),
    }
}

/// Waits as long as the window lets a leader call something back. It is not in the outbox yet: who
/// ends the program meanwhile has shared nothing.
fn count_down(session: &Session) {
    let mut to = io::stderr();
    for left in (1..=UNDO).rev() {
        let line = session.phrases.network.countdown.replace("{}", &left.to_string());
        let _ = write!(to, "\r\u{1b}[K{line}");
        let _ = to.flush();
        thread::sleep(Duration::from_secs(1));
    }
    let _ = write!(to, "\r\u{1b}[K");
}
