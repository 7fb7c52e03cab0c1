//! Whether everything in a vault is as it was written.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::key::slot::SlotKind;
use crate::vault::Vault;

/// What a check found: numbers only, never a word of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Pages whose authentication code is wrong: damaged or altered.
    pub damaged_pages: u32,
    /// Faults in the structure of tables and indexes, as SQLite counts them.
    pub structure_faults: u32,
    /// Rows that refer to a row that is not there.
    pub broken_references: u32,
    /// True where the key file cannot be read, lacks the passphrase's slot, or is another vault's.
    pub keys_damaged: bool,
    /// True where the store could not even be read for the check.
    pub unreadable: bool,
}

impl CheckReport {
    /// True where nothing was found.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        *self == Self::default()
    }
}

impl Vault {
    /// Checks every page's authentication code, SQLite's structure, references, and the key file.
    /// Nobody writes meanwhile.
    #[must_use]
    pub fn check(&self) -> CheckReport {
        let mut report = CheckReport::default();
        let keys = crate::keys_file::KeysFile::read(&self.folder);
        report.keys_damaged = !keys
            .is_ok_and(|keys| keys.vault == self.id && keys.slot(SlotKind::Passphrase).is_some());
        self.store.quiet(|| {
            report.damaged_pages =
                self.count("cipher_integrity_check", false).unwrap_or_else(|_| {
                    report.unreadable = true;
                    0
                });
            for (name, ok_is_a_row, count) in [
                ("integrity_check", true, &mut report.structure_faults),
                ("foreign_key_check", false, &mut report.broken_references),
            ] {
                match self.count(name, ok_is_a_row) {
                    Ok(found) => *count = found,
                    // A damaged page ends the check itself; it is counted once at least.
                    Err(StoreError::Damaged) => {
                        report.damaged_pages = report.damaged_pages.max(1);
                    }
                    Err(_) => report.unreadable = true,
                }
            }
        });
        report
    }

    fn count(&self, name: &str, ok_is_a_row: bool) -> Result<u32, StoreError> {
        self.store.read(|store: &Connection| {
            let mut found = 0;
            store.pragma_query(None, name, |row| {
                let ok = ok_is_a_row && row.get_ref(0)?.as_str().is_ok_and(|text| text == "ok");
                found += u32::from(!ok);
                Ok(())
            })?;
            Ok(found)
        })
    }
}
