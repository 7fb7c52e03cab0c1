//! `edit`: another text, title, moment, other tags, a star.

use std::io::{self, IsTerminal};

use chrono::Local;
use fristed_app::wire::Text;

use super::text_from_input;
use crate::args::Edit;
use crate::failure::Failure;
use crate::out::EntryJson;
use crate::session::Session;

pub(super) fn run(args: &Edit, session: &mut Session) -> Result<(), Failure> {
    let id = args.id.to_string();
    let now = session.now();
    let written = match args.at {
        Some(at) => Some(at.in_zone(&Local, now).ok_or(Failure::BadTime)?),
        None => None,
    };
    let key = session.ask()?;
    let body = new_text(args, session)?;
    if body.is_none() && !args.asks_for_a_change() {
        return Err(Failure::NothingToChange);
    }
    session.open_with(&key)?;
    let before = session.fristed.entry_get(&id)?;
    if body.is_some() || args.title.is_some() {
        let text = Text {
            title: args.title.clone().unwrap_or(before.title),
            body: body.unwrap_or(before.body),
            version: before.version,
        };
        session.fristed.entry_save(&id, text, now)?;
    }
    if let Some(written) = written {
        session.fristed.entry_set_written(&id, written, now)?;
    }
    if args.no_tags || !args.tags.is_empty() {
        session.fristed.entry_set_tags(&id, &args.tags, now)?;
    }
    if args.star || args.no_star {
        session.fristed.entry_set_star(&id, args.star, now)?;
    }
    if session.common.json {
        let entry = session.fristed.entry_get(&id)?;
        session.out.json(&EntryJson::from(&entry))?;
    }
    Ok(())
}

/// The new text, where there is one.
///
/// Beside an option the text is taken only from a file or a pipe that has something in it: a
/// script that stars entries has an empty standard input, and must not empty their texts.
fn new_text(args: &Edit, session: &Session) -> Result<Option<String>, Failure> {
    let beside = args.asks_for_a_change();
    if args.keep_text || (beside && io::stdin().is_terminal()) {
        return Ok(None);
    }
    let text = text_from_input(session)?;
    Ok((!text.is_empty()).then_some(text))
}
