//! What the terminal asks for and the window does not: whole entries by the thousand, one at a
//! time, and a look at the whole store.

use fristed_base::{EntryId, Moment, Secret};
use serde::Serialize;

use crate::convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::{Entry, ErrorCode, Filter, NewEntry, Span};

/// How many ids or hits are fetched at once.
const STEP: u32 = 500;

/// Told of a hit: the whole entry, and the place where it was found.
pub type OnHit<'a, E> = &'a mut dyn FnMut(Entry, &[Span]) -> Result<(), E>;

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Every page's authentication code.
    Pages,
    /// The database's own structure.
    Structure,
    /// The references between its tables.
    References,
    /// The key file.
    Keys,
    /// The search index.
    Search,
    /// The attachments' hashes.
    Attachments,
}

/// What a check found on one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub subject: Subject,
    /// How many faults there are.
    pub damaged: u32,
}

impl Finding {
    /// True where nothing is wrong.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.damaged == 0
    }
}

impl Fristed {
    /// Puts a new entry into the journal, with its moment and its star, in one transaction.
    ///
    /// # Errors
    /// `TextTooLarge`, and what keeps a store from being written.
    pub fn entry_add(
        &self,
        new: NewEntry,
        written: Moment,
        starred: bool,
        now: Moment,
    ) -> Result<Entry, AppError> {
        let new = fristed_journal::NewEntry { starred, ..convert::new_entry(new, written) };
        Ok(convert::entry(self.journal()?.create(new, now)?))
    }

    /// Sets the moment that an entry belongs to, with an offset of its own.
    ///
    /// # Errors
    /// `NotFound`, and what keeps a store from being written.
    pub fn entry_set_written(
        &self,
        entry: &str,
        written: Moment,
        now: Moment,
    ) -> Result<(), AppError> {
        Ok(self.journal()?.set_written(id(entry)?, written, now)?)
    }

    /// Gives whole entries, newest first, one at a time, at most `limit` of them. An entry that
    /// lies on a damaged page is passed over, and the damage told when the others were given.
    ///
    /// # Errors
    /// `BadTime` for a day that cannot be read, `Damaged`, what keeps the store from being read,
    /// and what `each` gives, after which it ends.
    pub fn entry_each<E: From<AppError>>(
        &self,
        filter: &Filter,
        limit: Option<u32>,
        each: &mut dyn FnMut(Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let journal = self.journal()?;
        let mut given = 0;
        let mut damage = None;
        while let Some(step) = next_step(limit, given) {
            let page = self.entry_page(filter.clone(), given, step)?;
            for row in &page.rows {
                match journal.entry(id(&row.id)?).map_err(AppError::from) {
                    Ok(entry) => each(convert::entry(entry))?,
                    Err(error) if error.code == ErrorCode::Damaged => damage = Some(error),
                    Err(error) => return Err(error.into()),
                }
            }
            given = given.saturating_add(count(&page.rows));
            if page.rows.is_empty() || given >= page.total {
                break;
            }
        }
        damage.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Gives what a search finds, whole entries with the place where it was found, one at a
    /// time, at most `limit` of them.
    ///
    /// # Errors
    /// What keeps the store from being read, and what `each` gives, after which it ends.
    pub fn hit_each<E: From<AppError>>(
        &self,
        query: &str,
        limit: Option<u32>,
        each: OnHit<'_, E>,
    ) -> Result<(), E> {
        let journal = self.journal()?;
        let mut given = 0;
        while let Some(step) = next_step(limit, given) {
            let found = self.search(query, given, step)?;
            for hit in &found.hits {
                let entry = journal.entry(id(&hit.row.id)?).map_err(AppError::from)?;
                each(convert::entry(entry), &hit.excerpt)?;
            }
            given = given.saturating_add(count(&found.hits));
            if found.hits.is_empty() || !found.more {
                break;
            }
        }
        Ok(())
    }

    /// Looks at the whole store: every page, the structure, the references, the key file, the
    /// search index and the attachments' hashes.
    ///
    /// # Errors
    /// `Locked` where no vault is open, and what keeps the store from being read for a reason
    /// other than damage, which is a finding.
    pub fn check(&self) -> Result<Vec<Finding>, AppError> {
        let store = self.with_vault(|vault| Ok(vault.check()))?;
        let (search, attachments) = match self.journal()?.check().map_err(AppError::from) {
            Ok(found) => {
                let search = u32::from(!found.index_sound) + u32::from(!found.counts_right);
                (search, count(&found.damaged_attachments))
            }
            Err(error) if error.code == ErrorCode::Damaged => (1, 1),
            Err(error) => return Err(error),
        };
        Ok([
            (Subject::Pages, store.damaged_pages),
            (Subject::Structure, store.structure_faults + u32::from(store.unreadable)),
            (Subject::References, store.broken_references),
            (Subject::Keys, u32::from(store.keys_damaged)),
            (Subject::Search, search),
            (Subject::Attachments, attachments),
        ]
        .map(|(subject, damaged)| Finding { subject, damaged })
        .into())
    }

    /// Changes the passphrase to any that is not empty: whoever types commands is warned of a
    /// weak one, and not kept from it.
    ///
    /// # Errors
    /// `WrongKey` where the old one is not right, and what keeps the key file from being written.
    pub fn passphrase_replace(
        &self,
        old: &Secret,
        new: &Secret,
        now: Moment,
    ) -> Result<(), AppError> {
        if new.is_empty() {
            return Err(ErrorCode::PassphraseTooWeak.into());
        }
        let _gate = self.gate();
        let cost = self.cost.measure();
        self.with_vault(|vault| Ok(vault.change_passphrase(old, new, cost, now)?))
    }
}

fn id(text: &str) -> Result<EntryId, AppError> {
    text.parse().map_err(|_| ErrorCode::NotFound.into())
}

fn next_step(limit: Option<u32>, given: u32) -> Option<u32> {
    let step = limit.map_or(STEP, |limit| STEP.min(limit.saturating_sub(given)));
    (step > 0).then_some(step)
}

fn count<T>(rows: &[T]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_reached_and_never_passed() {
        assert_eq!(next_step(None, 1_000), Some(STEP));
        assert_eq!(next_step(Some(20), 0), Some(20));
        assert_eq!(next_step(Some(700), 500), Some(200));
        assert_eq!(next_step(Some(700), 700), None);
        assert_eq!(next_step(Some(0), 0), None);
    }
}
