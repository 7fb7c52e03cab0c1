//! `delete`: into the trash, out of it again, or for good.

use crate::args::Delete;
use crate::failure::Failure;
use crate::session::Session;

pub(super) fn run(args: &Delete, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let id = args.id.to_string();
    if args.for_good {
        session.fristed.entry_purge(&id)?;
    } else if args.undo {
        session.fristed.entry_restore(&id, session.now())?;
    } else {
        session.fristed.entry_trash(&id, session.now())?;
    }
    Ok(())
}
