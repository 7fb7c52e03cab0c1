//! The one connection that writes, and the session it belongs to.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{StoreError, VaultError};
use crate::key::StoreKey;
use crate::key::random;
use crate::key::slot::Hex;
use crate::state::{State, Tie};
use crate::store::connection::{self, Purpose};
use crate::store::log::Log;
use crate::table::session::SessionMark;

/// The connection that writes.
pub(crate) struct Writer {
    pub(crate) connection: Connection,
    pub(crate) folder: PathBuf,
    log: PathBuf,
    state: State,
}

impl Writer {
    /// Opens the store at `path`, of the vault in `folder`, whose last session ended well.
    pub(crate) fn open(path: &Path, folder: &Path, key: &StoreKey) -> Result<Self, StoreError> {
        let connection = connection::open(path, key, Purpose::Write)?;
        Ok(Self::new(connection, path, folder))
    }

    /// With a connection that is there already.
    pub(crate) fn new(connection: Connection, path: &Path, folder: &Path) -> Self {
        let state = State::read(folder).unwrap_or_default();
        Self { connection, folder: folder.to_owned(), log: log_of(path), state }
    }

    /// Before the first write of a session: notes that one began, and ties log and main file
    /// together (see [`crate::state`]). While a long read holds an older state, the tie waits for
    /// a later write.
    ///
    /// # Errors
    /// [`StoreError::Full`] and the like; nothing was changed in the store.
    pub(crate) fn begin_session(&mut self) -> Result<(), StoreError> {
        if self.state.open && self.state.tie.is_some() {
            return Ok(());
        }
        if !self.state.open {
            self.note(State { open: true, tie: None })?;
        }
        let mark = random();
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        SessionMark::write(&change, &mark)?;
        change.commit()?;
        if self.checkpoint("PASSIVE")?
            && let Some(salt) = Log::salt(&self.log).map_err(|_| StoreError::Io)?
        {
            self.note(State { open: true, tie: Some(Tie { mark: Hex(mark), salt }) })?;
        }
        Ok(())
    }

    /// Brings the log to the main file; true where all of it is there now.
    pub(crate) fn checkpoint(&self, how: &str) -> Result<bool, StoreError> {
        let (busy, frames, moved): (i64, i64, i64) =
            self.connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        Ok(busy == 0 && frames == moved)
    }

    /// After a session that was cut off (`needed`): brings its log to the main file and notes
    /// that all is well. Where there is no space for that, the session simply goes on.
    pub(crate) fn settle(&mut self, needed: bool) -> Result<(), StoreError> {
        if !needed && !self.state.open {
            return Ok(());
        }
        match self.checkpoint("TRUNCATE") {
            Ok(true) => self.note(State { open: false, ..self.state.clone() }),
            Ok(false) => Ok(()),
            Err(error) => {
                tracing::warn!(%error, "the log stays where it is");
                Ok(())
            }
        }
    }

    /// Ends the session and closes the connection; true where the main file has everything now.
    /// Nothing is lost where it has not: the next opening replays the log.
    pub(crate) fn end(mut self) -> bool {
        if self.state.open {
            // Not truncated before the note: a log that is gone while the session counts as open
            // would be told as a loss.
            match self.checkpoint("PASSIVE") {
                Ok(true) => {
                    if let Err(error) = self.note(State { open: false, ..self.state.clone() }) {
                        tracing::warn!(%error, "the session's end could not be noted");
                    }
                }
                Ok(false) => tracing::warn!("the log stays where it is"),
                Err(error) => tracing::warn!(%error, "the log stays where it is"),
            }
        }
        if self.state.open {
            let keep = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
            let _ = self.connection.set_db_config(keep, true);
        }
        if let Err((_, error)) = self.connection.close() {
            tracing::warn!(%error, "the connection that writes did not close");
        }
        !self.state.open
    }

    fn note(&mut self, state: State) -> Result<(), StoreError> {
        state.write(&self.folder).map_err(|error| match error {
            VaultError::Full => StoreError::Full,
            VaultError::NotWritable => StoreError::ReadOnly,
            _ => StoreError::Io,
        })?;
        self.state = state;
        Ok(())
    }
}

/// The write-ahead log of the store at this path.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// The index of the write-ahead log of the store at this path.
pub(crate) fn index_of(path: &Path) -> PathBuf {
    beside(path, "-shm")
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
