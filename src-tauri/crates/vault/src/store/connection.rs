//! One connection to a store, with everything set that must be.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::key::StoreKey;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The one that writes.
    Write,
    /// One of those that read beside it.
    Read,
    /// Reads the main file alone, as if nobody could ever change it: neither log nor lock is
    /// used and no file is made. For a look before opening, and where nothing can be written.
    Frozen,
    /// Works on a file of its own that nobody else has: a new store, or a copy to be re-encrypted.
    Alone,
}

/// Kibibytes of pages that the writer keeps. There are few connections, so the
/// whole stays about 20 MB.
pub const WRITER_CACHE_KIB: i64 = 4096;
/// Kibibytes of pages that each reader keeps: what a search for a part of many words reads.
pub const READER_CACHE_KIB: i64 = 8192;

/// The log's file is cut back to this many bytes when it is begun anew.
const LOG_LIMIT: i64 = 8 << 20;

static COMPILED: Once = Once::new();

/// Opens the store at `path`.
///
/// Memory security (`cipher_memory_security`) stays off. Measured on 10,000 entries, it makes a
/// search four times slower, an import two times and a large sort six times, since it locks and
/// unlocks every single allocation; with many of them the process runs out of memory mappings and
/// statements fail. Decision 0003 says what wipes freed memory instead.
///
/// # Errors
/// [`StoreError::Damaged`] where the key does not open the first page.
///
/// # Panics
/// Where the program was built with an SQLite that is not SQLCipher, that would write temporary
/// files, or that keeps the pages of all connections in one heap.
pub(crate) fn open(
    path: &Path,
    key: &StoreKey,
    purpose: Purpose,
) -> Result<Connection, StoreError> {
    let base = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match purpose {
        Purpose::Write => {
            Connection::open_with_flags(path, base | OpenFlags::SQLITE_OPEN_READ_WRITE)
        }
        Purpose::Alone => Connection::open_with_flags(
            path,
            base | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        ),
        Purpose::Read => Connection::open_with_flags(path, base | OpenFlags::SQLITE_OPEN_READ_ONLY),
        Purpose::Frozen => Connection::open_with_flags(
            frozen(path),
            base | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        ),
    }?;
    // SQLCipher would write to standard error what the callers are told anyway.
    connection.pragma(None, "cipher_log_level", "NONE", |_| Ok(()))?;
    let command = Zeroizing::new(format!("PRAGMA key = {}", key.literal().as_str()));
    connection.execute_batch(&command)?;
    COMPILED.call_once(|| assert_built_right(&connection));
    connection.busy_timeout(Duration::from_secs(10))?;
    for (name, value) in [
        ("temp_store", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("synchronous", if purpose == Purpose::Alone { 0 } else { 2 }),
        (
            "cache_size",
            -if purpose == Purpose::Write { WRITER_CACHE_KIB } else { READER_CACHE_KIB },
        ),
        ("journal_size_limit", LOG_LIMIT),
    ] {
        set(&connection, name, value)?;
    }
    // The first read of a page, and so the first use of the key.
    connection.pragma_query_value(None, "schema_version", |_| Ok(()))?;
    match purpose {
        Purpose::Write => {
            let mode: String =
                connection
                    .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
            if mode != "wal" {
                return Err(StoreError::Io);
            }
        }
        // A file that is thrown away when anything goes wrong needs no journal.
        Purpose::Alone => {
            drop(connection.pragma_update_and_check(None, "journal_mode", "off", |row| {
                row.get::<_, String>(0)
            })?)
        }
        Purpose::Read | Purpose::Frozen => set(&connection, "query_only", 1)?,
    }
    connection.set_prepared_statement_cache_capacity(64);
    if purpose != Purpose::Alone {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.authorizer(Some(allow));
    }
    Ok(connection)
}

/// Sets a pragma, whether or not it answers.
fn set(connection: &Connection, name: &str, value: i64) -> rusqlite::Result<()> {
    connection.pragma(None, name, value, |_| Ok(()))
}

/// What statements may do once a connection is set up: everything but undo the set-up.
///
/// `temp_store` is among them: SQLite is compiled with `TEMP_STORE=2`, which a pragma could still
/// turn into files with plain text in the temporary folder.
fn allow(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Attach { .. } | AuthAction::Detach { .. } => Authorization::Deny,
        AuthAction::Pragma { pragma_name, pragma_value: Some(_) } => {
            let name = pragma_name.to_ascii_lowercase();
            let fixed = name.starts_with("cipher")
                || matches!(
                    name.as_str(),
                    "temp_store"
                        | "temp_store_directory"
                        | "secure_delete"
                        | "foreign_keys"
                        | "trusted_schema"
                        | "synchronous"
                        | "journal_mode"
                        | "locking_mode"
                        | "writable_schema"
                        | "query_only"
                        | "key"
                        | "rekey"
                        | "hexkey"
                        | "hexrekey"
                );
            if fixed { Authorization::Deny } else { Authorization::Allow }
        }
        _ => Authorization::Allow,
    }
}

/// The path as a URI for a file that nobody changes.
fn frozen(path: &Path) -> String {
    let mut uri = String::from("file:");
    let text = path.to_string_lossy();
    if cfg!(windows) {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b':' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Stops the program where it was built without encryption.
fn assert_built_right(connection: &Connection) {
    let version: Option<String> =
        connection.pragma_query_value(None, "cipher_version", |row| row.get(0)).ok();
    assert!(version.is_some_and(|text| !text.is_empty()), "this SQLite is not SQLCipher");
    let (mut in_memory, mut one_heap) = (false, false);
    let asked = connection.pragma_query(None, "compile_options", |row| {
        let option: String = row.get(0)?;
        in_memory |= option == "TEMP_STORE=2" || option == "TEMP_STORE=3";
        one_heap |= option == "ENABLE_MEMORY_MANAGEMENT";
        Ok(())
    });
    assert!(asked.is_ok() && in_memory, "this SQLite would write temporary files");
    assert!(!one_heap, "this SQLite lets connections take each other's pages");
}

#[cfg(test)]
mod tests {
    use fristed_base::VaultId;

    use super::*;
    use crate::key::RootKey;

    fn store() -> (tempfile::TempDir, std::path::PathBuf, StoreKey) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("en mappe? #1%.db");
        let key = RootKey::generate().store_key(VaultId::new());
        open(&path, &key, Purpose::Alone).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
        (folder, path, key)
    }

    #[test]
    fn every_setting_is_in_force() {
        let (_folder, path, key) = store();
        let writer = open(&path, &key, Purpose::Write).unwrap();
        let value = |name: &str| -> String {
            writer
                .pragma_query_value(None, name, |row| {
                    let value: rusqlite::types::Value = row.get(0)?;
                    Ok(match value {
                        rusqlite::types::Value::Integer(number) => number.to_string(),
                        rusqlite::types::Value::Text(text) => text,
                        other => format!("{other:?}"),
                    })
                })
                .unwrap()
        };
        for (name, wanted) in [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("temp_store", "2"),
            ("secure_delete", "1"),
            ("trusted_schema", "0"),
        ] {
            assert_eq!(value(name), wanted, "{name}");
        }
    }

    #[test]
    fn no_statement_can_undo_a_setting_or_reach_another_file() {
        let (_folder, path, key) = store();
        let writer = open(&path, &key, Purpose::Write).unwrap();
        for forbidden in [
            "PRAGMA temp_store = 1",
            "PRAGMA main.temp_store = FILE",
            "PRAGMA temp_store_directory = '/tmp'",
            "PRAGMA journal_mode = DELETE",
            "PRAGMA rekey = 'a'",
            "PRAGMA cipher_plaintext_header_size = 32",
            "ATTACH DATABASE '/tmp/plain.db' AS plain KEY ''",
        ] {
            assert!(writer.execute_batch(forbidden).is_err(), "{forbidden}");
        }
        writer.execute_batch("INSERT INTO a VALUES (1)").unwrap();
    }

    #[test]
    fn a_store_opens_with_its_own_key_only_and_the_name_of_its_folder_does_not_matter() {
        let (_folder, path, key) = store();
        let other = RootKey::generate().store_key(VaultId::new());
        for purpose in [Purpose::Frozen, Purpose::Read, Purpose::Write] {
            assert!(open(&path, &key, purpose).is_ok(), "{purpose:?}");
            assert!(matches!(open(&path, &other, purpose), Err(StoreError::Damaged)));
        }
    }
}
