//! The table `calendar_account`: servers, and who signs in there.

use fristed_base::Secret;
use rusqlite::{Connection, params};

use crate::error::Result;

/// An account's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountNo(pub(crate) i64);

/// A row of `calendar_account`.
pub(crate) struct AccountRecord {
    pub(crate) address: String,
    pub(crate) user: String,
    pub(crate) password: Secret,
}

const BY_NO: &str = "SELECT address, user, password FROM calendar_account WHERE no = ?1";
const INSERT: &str = "INSERT INTO calendar_account (address, user, password) VALUES (?1, ?2, ?3)";
const UPDATE: &str =
    "UPDATE calendar_account SET address = ?2, user = ?3, password = ?4 WHERE no = ?1";
const SWEEP: &str =
    "DELETE FROM calendar_account WHERE no NOT IN (SELECT account FROM calendar_source)";

/// The account with this number.
pub(crate) fn by_no(c: &Connection, no: AccountNo) -> Result<AccountRecord> {
    Ok(c.prepare_cached(BY_NO)?.query_row([no.0], |row| {
        Ok(AccountRecord {
            address: row.get(0)?,
            user: row.get(1)?,
            password: Secret::new(row.get(2)?),
        })
    })?)
}

/// Adds an account.
pub(crate) fn insert(
    c: &Connection,
    address: &str,
    user: &str,
    password: &Secret,
) -> Result<AccountNo> {
    c.prepare_cached(INSERT)?.execute(params![address, user, password.expose()])?;
    Ok(AccountNo(c.last_insert_rowid()))
}

/// Changes an account.
pub(crate) fn update(
    c: &Connection,
    no: AccountNo,
    address: &str,
    user: &str,
    password: &Secret,
) -> Result<()> {
    c.prepare_cached(UPDATE)?.execute(params![no.0, address, user, password.expose()])?;
    Ok(())
}

/// Removes the accounts that no calendar is from.
pub(crate) fn sweep(c: &Connection) -> Result<()> {
    c.prepare_cached(SWEEP)?.execute([])?;
    Ok(())
}
