//! Taking many entries in at once.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use fristed_base::AttachmentId;
use rusqlite::Connection;

use crate::error::{JournalError, Mixed, Result};
use crate::markdown;
use crate::model::{ImportOutcome, Incoming};
use crate::search::index::{self, Bulk};
use crate::table::entry::{self, EntryNo, NewRecord};
use crate::table::{attachment, blob, room, source, tag};
use crate::writing;

/// See [`crate::Journal::import`].
///
/// Entries that come in the order of their moments are indexed as they come; the others are read
/// back and indexed in that order at the end, since the index takes ascending places fastest.
pub(crate) fn run<E>(
    c: &Connection,
    incoming: &mut dyn Iterator<Item = Result<Incoming, E>>,
    progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
) -> Result<ImportOutcome, Mixed<E>> {
    room::with_room(c, || take_in(c, incoming, progress))
}

fn take_in<E>(
    c: &Connection,
    incoming: &mut dyn Iterator<Item = Result<Incoming, E>>,
    progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
) -> Result<ImportOutcome, Mixed<E>> {
    index::catch_up(c, None)?;
    let mut import = Import {
        c,
        places: Places::of(c)?,
        bulk: Bulk::default(),
        indexed_to: i64::MIN,
        later: Vec::new(),
        outcome: ImportOutcome::default(),
    };
    let mut heard = |outcome: &ImportOutcome| {
        let done = outcome.added.saturating_add(outcome.already_here);
        progress(done).is_break()
    };
    for next in incoming {
        import.take(next.map_err(Mixed::Theirs)?)?;
        if heard(&import.outcome) {
            return Err(JournalError::Cancelled.into());
        }
    }
    import.later.sort_unstable();
    for (at, (ord, no)) in std::mem::take(&mut import.later).into_iter().enumerate() {
        let record = entry::by_no(c, no)?;
        let tags = tag::of_entry(c, no)?;
        import.bulk.add(c, ord, &index::document(&record.title, &record.body, &tags))?;
        if at % 256 == 255 && heard(&import.outcome) {
            return Err(JournalError::Cancelled.into());
        }
    }
    import.bulk.finish(c)?;
    Ok(import.outcome)
}

struct Import<'a> {
    c: &'a Connection,
    places: Places,
    bulk: Bulk,
    /// The highest place that was indexed as it came.
    indexed_to: i64,
    /// Places and entries that came after a later one.
    later: Vec<(i64, EntryNo)>,
    outcome: ImportOutcome,
}

impl Import<'_> {
    fn take(&mut self, new: Incoming) -> Result<()> {
        let known = match new.id {
            Some(id) => entry::no_of(self.c, id)?.is_some(),
            None => false,
        };
        if known || source::exists(self.c, &new.source)? {
            self.outcome.already_here += 1;
            return Ok(());
        }
        writing::limited(&new.title, &new.body)?;
        let ord = self.places.take(entry::wanted_ord(new.written));
        let tags = tag::tidy(&new.tags);
        let no = entry::insert(
            self.c,
            &NewRecord {
                id: new.id.unwrap_or_default(),
                ord,
                written: new.written,
                updated: new.updated,
                starred: new.starred,
                template: new.template.as_deref(),
                shown_title: &markdown::shown_title(&new.title, &new.body),
                preview: &markdown::preview(&new.title, &new.body),
                title: &new.title,
                body: &new.body,
            },
        )?;
        tag::give(self.c, no, &tags, Some(ord))?;
        source::insert(self.c, &new.source, no)?;
        for file in new.attachments {
            let stored = blob::store(self.c, &mut (file.open)()?)?;
            // An id that is taken is another entry's; the text then refers to that one.
            let id =
                if attachment::exists(self.c, file.id)? { AttachmentId::new() } else { file.id };
            attachment::insert(self.c, id, no, stored, &file.name, &file.media_type)?;
        }
        if ord > self.indexed_to {
            self.indexed_to = ord;
            self.bulk.add(self.c, ord, &index::document(&new.title, &new.body, &tags))?;
        } else {
            self.later.push((ord, no));
        }
        self.outcome.added += 1;
        Ok(())
    }
}

/// Which places are taken, kept in memory so that a thousand entries of one second do not search
/// a thousand times.
struct Places {
    taken: HashSet<i64>,
    /// From a taken place to one that may be free, for runs that were walked before.
    jumps: HashMap<i64, i64>,
}

impl Places {
    fn of(c: &Connection) -> Result<Self> {
        Ok(Self { taken: entry::ords(c)?.into_iter().collect(), jumps: HashMap::new() })
    }

    /// The place that [`entry::free_ord`] would give, taken.
    fn take(&mut self, wanted: i64) -> i64 {
        let (first, last) = entry::day_places(wanted);
        let mut place = wanted;
        while place <= last && self.taken.contains(&place) {
            place = self.jumps.get(&place).copied().unwrap_or(place + 1);
        }
        if place > wanted {
            self.jumps.insert(wanted, place + 1);
        }
        if place > last {
            place = wanted;
            // Beyond a day's seconds it runs on into the day before, which only blurs searches
            // by date.
            while self.taken.contains(&place) {
                place -= 1;
            }
        }
        debug_assert!(place >= first || self.taken.len() >= 86_400);
        self.taken.insert(place);
        place
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use fristed_base::EntryId;

    use super::*;
    use crate::files;
    use crate::model::{IncomingAttachment, SourceKey};
    use crate::table::memory;
    use crate::trial::{after, found, read, write};

    fn incoming(number: u8, body: &str, second: i64) -> Incoming {
        Incoming {
            source: SourceKey([number; 32]),
            id: None,
            written: after(second),
            updated: after(second + 1),
            title: String::new(),
            body: body.into(),
            tags: vec!["hjemmefra".into()],
            starred: false,
            template: None,
            attachments: Vec::new(),
        }
    }

    fn import(
        c: &Connection,
        entries: Vec<Incoming>,
    ) -> Result<ImportOutcome, Mixed<JournalError>> {
        run(c, &mut entries.into_iter().map(Ok), &mut |_| ControlFlow::Continue(()))
    }

    fn outcome(added: u32, already_here: u32) -> ImportOutcome {
        ImportOutcome { added, already_here }
    }

    #[test]
    fn entries_in_any_order_are_found_newest_first_and_a_second_time_adds_nothing() {
        let c = memory();
        write(&c, "møde der var her før", after(50));
        let entries = || {
            [30, 10, 60, 10, 40]
                .into_iter()
                .zip(1..)
                .map(|(second, number)| incoming(number, &format!("møde {number}"), second))
        };
        let first = import(&c, entries().collect()).map_err(Mixed::into_theirs).expect("taken in");
        assert_eq!(first, outcome(5, 0));
        assert_eq!(
            found(&c, "møde"),
            ["møde 3", "møde der var her før", "møde 5", "møde 1", "møde 4", "møde 2"]
        );
        assert!(files::check(&c).expect("a check").is_sound());
        let again = import(&c, entries().collect()).map_err(Mixed::into_theirs).expect("taken in");
        assert_eq!(again, outcome(0, 5));
    }

    #[test]
    fn an_entry_whose_id_is_here_is_left_as_it_is() {
        let c = memory();
        let mine = write(&c, "min egen", after(0));
        let theirs = Incoming { id: Some(mine.id), ..incoming(1, "en anden", 0) };
        let done = import(&c, vec![theirs]).map_err(Mixed::into_theirs).expect("taken in");
        assert_eq!(done, outcome(0, 1));
        assert_eq!(read(&c, mine.id), mine);
    }

    #[test]
    fn a_thousand_entries_of_one_second_all_have_a_place() {
        let c = memory();
        let entries = (0..1000_u16).map(|number| {
            let mut key = [0; 32];
            key[..2].copy_from_slice(&number.to_be_bytes());
            Ok(Incoming { source: SourceKey(key), ..incoming(0, "samtidig", 57_599) })
        });
        let done =
            run::<JournalError>(&c, &mut entries.into_iter(), &mut |_| ControlFlow::Continue(()));
        assert_eq!(done.map_err(Mixed::into_theirs).expect("taken in"), outcome(1000, 0));
        assert_eq!(crate::trial::search(&c, "samtidig to:2026-11-24", 900, 200).hits.len(), 100);
        assert!(files::check(&c).expect("a check").is_sound());
    }

    #[test]
    fn attachments_come_along_under_their_own_ids() {
        let c = memory();
        let id = AttachmentId::new();
        let file = |id| IncomingAttachment {
            id,
            name: "plan.txt".into(),
            media_type: "text/plain".into(),
            open: Box::new(|| Ok(Box::new(io::Cursor::new(b"planen")) as Box<dyn io::Read>)),
        };
        let entry = EntryId::new();
        let first = Incoming {
            id: Some(entry),
            attachments: vec![file(id), file(AttachmentId::new())],
            ..incoming(1, "se attachment", 0)
        };
        let second = Incoming { attachments: vec![file(id)], ..incoming(2, "og her", 1) };
        import(&c, vec![first, second]).map_err(Mixed::into_theirs).expect("taken in");
        assert_eq!(read(&c, entry).attachments[0].id, id);
        let mut bytes = Vec::new();
        let chunks = files::chunks(&c, id, true).expect("found");
        blob::read(&c, &chunks, &mut bytes).expect("read");
        assert_eq!(bytes, b"planen");
        let contents: u32 =
            c.query_row("SELECT count(*) FROM blob", [], |row| row.get(0)).expect("a count");
        assert_eq!(contents, 1, "one copy for each content");
    }

    #[test]
    fn stopping_is_an_error_of_its_own_and_so_is_what_the_source_says() {
        let c = memory();
        let mut entries = (0..9).map(|n| Ok(incoming(n, "x", i64::from(n))));
        let stopped = run::<JournalError>(&c, &mut entries, &mut |done| {
            if done == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(stopped, Err(Mixed::Own(JournalError::Cancelled))));
        let mut broken = std::iter::once(Err("broken"));
        let failed = run(&c, &mut broken, &mut |_| ControlFlow::Continue(()));
        assert!(matches!(failed, Err(Mixed::Theirs("broken"))));
    }
}
