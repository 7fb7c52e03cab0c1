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
use crate::table::{attachment, blob, source, tag};
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
            let id = if attachment::exists(self.c, file.id)? { AttachmentId::new() } else { file.id };
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
