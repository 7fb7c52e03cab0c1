//! The store's form, and how an older one is brought to it.

use fristed_base::Moment;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::StoreError;
use crate::table::applied::{Applied, OWN};

/// One step of the store's form. Steps are only ever added, never changed.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number; numbers ascend, and those below 100 are the vault's own.
    pub number: u32,
    /// What it is for, in a few words.
    pub name: &'static str,
    /// What it does.
    pub sql: &'static str,
}

/// Every step that this program knows, in ascending order.
#[derive(Debug, Clone, Copy)]
pub struct Schema(pub &'static [Migration]);

impl Schema {
    /// The highest number that this program knows.
    pub(crate) fn known(&self) -> u32 {
        self.steps().map(|step| step.number).max().unwrap_or(0)
    }

    fn steps(&self) -> impl Iterator<Item = &'static Migration> {
        OWN.iter().chain(self.0)
    }

    /// Refuses a store that has been through a step this program does not know.
    ///
    /// # Errors
    /// [`StoreError::Newer`].
    pub(crate) fn refuse_newer(&self, found: u32) -> Result<(), StoreError> {
        let known = self.known();
        if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
    }

    /// True where steps are missing in this store.
    pub(crate) fn is_behind(&self, store: &Connection) -> Result<bool, StoreError> {
        if Applied::last(store)? == 0 {
            return Ok(true);
        }
        let applied = Applied::numbers(store)?;
        Ok(self.steps().any(|step| !applied.contains(&step.number)))
    }

    /// Takes every missing step in one transaction: all of them or none.
    pub(crate) fn migrate(&self, store: &mut Connection, now: Moment) -> Result<(), StoreError> {
        let change = store.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let applied = match Applied::last(&change)? {
            0 => Vec::new(),
            _ => Applied::numbers(&change)?,
        };
        for step in self.steps().filter(|step| !applied.contains(&step.number)) {
            Applied::apply(&change, step, now)?;
        }
        change.commit()?;
        Ok(())
    }
}
