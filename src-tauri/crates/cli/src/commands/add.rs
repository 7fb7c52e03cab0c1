//! `add`: an entry from standard input.

use chrono::Local;
use fristed_app::wire::NewEntry;

use super::text_from_input;
use crate::args::Add;
use crate::failure::Failure;
use crate::out::EntryJson;
use crate::session::Session;

pub(super) fn run(args: &Add, session: &mut Session) -> Result<(), Failure> {
    let template = match &args.template {
        Some(id) => {
            let known = session.fristed.templates();
            let found = known.iter().find(|template| template.id == *id);
            let ids = || known.iter().map(|template| template.id.clone()).collect();
            Some(found.cloned().ok_or_else(|| Failure::NoTemplate(ids()))?)
        }
        None => None,
    };
    let now = session.now();
    let written = match args.at {
        Some(at) => at.in_zone(&Local, now).ok_or(Failure::BadTime)?,
        None => now,
    };
    // The key comes first, so that nobody writes a page and then cannot save it; the vault is
    // opened only when the text is there, so that writing does not keep it from other programs.
    let key = session.ask()?;
    let mut body = text_from_input(session)?;
    if let (true, Some(template)) = (body.is_empty(), &template) {
        body.clone_from(&template.body);
    }
    session.open_with(&key)?;
    let new = NewEntry {
        title: args.title.clone(),
        body,
        template: template.map(|template| template.id),
        day: None,
        tags: args.tags.clone(),
    };
    let entry = session.fristed.entry_add(new, written, args.star, now)?;
    if session.common.json {
        session.out.json(&EntryJson::from(&entry))
    } else {
        session.out.line(&entry.id)
    }
}
