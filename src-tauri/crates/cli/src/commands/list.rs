//! `list`: the entries, newest first.

use fristed_app::wire::{EntryRow, Filter};

use crate::args::List;
use crate::failure::Failure;
use crate::out::{EntryJson, harmless};
use crate::session::{self, Session};

/// How many rows are fetched at once.
const STEP: u32 = 500;

pub(super) fn run(args: &List, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let filter = match (&args.tag, args.starred, args.trash) {
        (Some(tag), ..) => Filter::Tag { tag: tag.clone() },
        (None, true, _) => Filter::Starred,
        (None, false, true) => Filter::Trash,
        (None, false, false) => Filter::All,
    };
    if session.common.json {
        as_json(&filter, args.limit, session)
    } else {
        as_lines(&filter, args.limit, session)
    }
}

fn as_json(filter: &Filter, limit: Option<u32>, session: &mut Session) -> Result<(), Failure> {
    let mut array = session.out.array()?;
    let listed = session
        .fristed
        .entry_each(filter, limit, &mut |entry| array.push(&EntryJson::from(&entry)));
    if !matches!(listed, Err(Failure::Output(_))) {
        // Also where a damaged page ended it: what was printed is whole, and so is the document.
        array.end()?;
    }
    listed
}

fn as_lines(filter: &Filter, limit: Option<u32>, session: &mut Session) -> Result<(), Failure> {
    let mut shown = 0;
    while limit.is_none_or(|limit| shown < limit) {
        let step = limit.map_or(STEP, |limit| STEP.min(limit - shown));
        let page = session.fristed.entry_page(filter.clone(), shown, step)?;
        if page.rows.is_empty() {
            break;
        }
        for row in &page.rows {
            session.out.line(&line(row, session.phrases.untitled))?;
            shown += 1;
        }
    }
    if shown == 0 && limit != Some(0) {
        session::tell(session.phrases.no_entries);
    }
    Ok(())
}

/// Id, day, star, title and tags: the columns of one width first.
pub(super) fn line(row: &EntryRow, untitled: &str) -> String {
    let title = if row.shown_title.is_empty() { untitled } else { &row.shown_title };
    let star = if row.starred { '★' } else { ' ' };
    let tags: String = row.tags.iter().map(|tag| format!("  #{tag}")).collect();
    format!("{}  {}  {star} {}", row.id, row.day, harmless(&format!("{title}{tags}")))
}
