//! How a store is opened: what is looked at, in which order, and what is told.
//!
//! Nothing is written before the key is known to be right and the store to be of a form that
//! this program knows. So a wrong key and a newer store leave every file as it was.

use std::fs;
use std::path::{Path, PathBuf};

use fristed_base::Moment;
use rusqlite::config::DbConfig;

use crate::Notice;
use crate::disk;
use crate::error::{StoreError, VaultError};
use crate::key::StoreKey;
use crate::migrate::Schema;
use crate::state::{State, Verdict};
use crate::store::Store;
use crate::store::cipher::PAGE;
use crate::store::connection::{self, Purpose};
use crate::store::log::Log;
use crate::store::writer::{Writer, index_of, log_of};
use crate::table::applied::Applied;
use crate::table::session::SessionMark;

/// What opening needs to know.
pub(crate) struct Opening<'a> {
    /// The vault's folder.
    pub(crate) folder: &'a Path,
    /// The store's file in it.
    pub(crate) path: PathBuf,
    /// The key that opens it.
    pub(crate) key: StoreKey,
    /// Every migration that this program knows.
    pub(crate) schema: &'a Schema,
    /// Now.
    pub(crate) now: Moment,
}

/// What the main file says by itself, without its log.
struct Look {
    last: u32,
    mark: Option<[u8; 16]>,
}

impl Opening<'_> {
    /// Opens the store for reading and writing. Before a migration `back_up` is called, with the
    /// store closed and all of it in the main file.
    ///
    /// # Errors
    /// [`VaultError::Newer`] and [`VaultError::Damaged`], with nothing changed; what writing gave.
    pub(crate) fn writable(
        &self,
        back_up: impl FnOnce(u32) -> Result<(), VaultError>,
    ) -> Result<(Store, Option<Notice>), VaultError> {
        let (verdict, look) = self.look()?;
        let mut notice = match verdict {
            Verdict::Clean => None,
            Verdict::Leftover => {
                self.remove_log()?;
                None
            }
            Verdict::Replay => Some(Notice::Recovered),
            Verdict::Missing => Some(Notice::LogMissing),
            Verdict::Foreign => {
                look.as_ref().ok_or(VaultError::Damaged)?;
                self.put_log_aside()?;
                Some(Notice::ForeignLog)
            }
        };
        let connection = connection::open(&self.path, &self.key, Purpose::Write)?;
        let found = Applied::last(&connection)?;
        if let Err(newer) = self.schema.refuse_newer(found) {
            // The newer form stands in the log: it stays there.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            return Err(newer.into());
        }
        let mut writer = Writer::new(connection, &self.path, self.folder);
        writer.settle(verdict != Verdict::Clean)?;
        if self.schema.is_behind(&writer.connection)? {
            if !writer.end() {
                return Err(VaultError::Full);
            }
            back_up(found)?;
            writer = Writer::open(&self.path, self.folder, &self.key)?;
            writer.begin_session()?;
            self.schema.migrate(&mut writer.connection, self.now)?;
            notice = notice.or(Some(Notice::Migrated));
        }
        Ok((Store::writable(self.path.clone(), self.key.duplicate(), writer), notice))
    }

    /// Opens the store where nothing can be written: neither lock, log nor index can be made
    /// there, so the main file is read as one that never changes. Where a session was cut off
    /// and its log and index still lie there, SQLite can read through them.
    ///
    /// # Errors
    /// [`VaultError::Newer`], [`VaultError::Damaged`]; [`VaultError::NotWritable`] where a
    /// migration would be needed.
    pub(crate) fn read_only(&self) -> Result<(Store, Option<Notice>), VaultError> {
        let (verdict, _) = self.look()?;
        let through_log = verdict == Verdict::Replay
            && connection::open(&self.path, &self.key, Purpose::Read).is_ok();
        let reading = if through_log { Purpose::Read } else { Purpose::Frozen };
        let connection = connection::open(&self.path, &self.key, reading)?;
        self.schema.refuse_newer(Applied::last(&connection)?)?;
        if self.schema.is_behind(&connection)? {
            return Err(VaultError::NotWritable);
        }
        let notice = match verdict {
            Verdict::Missing => Notice::LogMissing,
            Verdict::Replay if !through_log => Notice::LogMissing,
            _ => Notice::ReadOnly,
        };
        Ok((Store::read_only(self.path.clone(), self.key.duplicate(), reading), Some(notice)))
    }

    /// Looks at the main file and its log without touching either.
    fn look(&self) -> Result<(Verdict, Option<Look>), VaultError> {
        let length = disk::length(&self.path)?.unwrap_or(0);
        // SQLite takes an empty file for a new store, and a page that is cut for a whole one.
        if length < PAGE as u64 {
            return Err(VaultError::Damaged);
        }
        let log = Log::inspect(&log_of(&self.path), &self.path, &self.key)?;
        if length % PAGE as u64 != 0 && !log.is_ours() {
            return Err(VaultError::Damaged);
        }
        let look = match self.look_at_main_file() {
            Ok(look) => {
                self.schema.refuse_newer(look.last)?;
                Some(look)
            }
            // A checkpoint that was cut off leaves a main file that its log makes whole.
            Err(StoreError::Damaged) if log.is_ours() => None,
            Err(error) => return Err(error.into()),
        };
        let mark = look.as_ref().and_then(|look| look.mark);
        Ok((State::judge(State::read(self.folder).as_ref(), &log, mark), look))
    }

    fn look_at_main_file(&self) -> Result<Look, StoreError> {
        let store = connection::open(&self.path, &self.key, Purpose::Frozen)?;
        let last = Applied::last(&store)?;
        // A damaged or half-written table of its own is found when it is needed.
        let mark = SessionMark::read(&store).ok().flatten();
        Ok(Look { last, mark })
    }

    fn remove_log(&self) -> Result<(), VaultError> {
        disk::remove(&index_of(&self.path))?;
        disk::remove(&log_of(&self.path))?;
        Ok(disk::sync_folder(self.folder)?)
    }

    /// Moves the log out of SQLite's sight; it is kept, since it may be another store's only one.
    fn put_log_aside(&self) -> Result<(), VaultError> {
        let log = log_of(&self.path);
        let name = |number: i64| {
            let mut aside = log.as_os_str().to_owned();
            aside.push(format!(".aside-{number}"));
            PathBuf::from(aside)
        };
        let mut number = self.now.millis();
        while name(number).exists() {
            number += 1;
        }
        tracing::warn!("a log of another store is put aside");
        disk::remove(&index_of(&self.path))?;
        fs::rename(&log, name(number))?;
        Ok(disk::sync_folder(self.folder)?)
    }
}
