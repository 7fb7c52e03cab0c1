//! `show`: the text of an entry, byte for byte.

use crate::args::Show;
use crate::failure::Failure;
use crate::out::{EntryJson, harmless_text};
use crate::session::Session;

pub(super) fn run(args: &Show, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let entry = session.fristed.entry_get(&args.id.to_string())?;
    if session.common.json {
        return session.out.json(&EntryJson::from(&entry));
    }
    if !session.out.terminal {
        return session.out.bytes(entry.body.as_bytes());
    }
    // A terminal obeys what it is shown; a text that was imported may hold anything.
    let body = harmless_text(&entry.body);
    if body.ends_with('\n') { session.out.bytes(body.as_bytes()) } else { session.out.line(&body) }
}
