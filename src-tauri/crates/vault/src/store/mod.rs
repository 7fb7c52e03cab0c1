//! The encrypted store: one connection that writes, and a few that read beside it.
//!
//! SQLite in WAL mode lets readers work on the last committed state while one connection writes,
//! so a search never waits for a save, nor a save for a search. Connections that read are opened
//! when they are needed and a few are kept; there is no upper limit, because a reader that waits
//! for another reader of the same thread would wait for ever.

pub(crate) mod cipher;
pub(crate) mod connection;
pub(crate) mod log;
pub(crate) mod opening;
pub(crate) mod writer;

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};

use crate::error::StoreError;
use crate::key::StoreKey;
use crate::store::connection::Purpose;
use crate::store::writer::Writer;

/// Readers that are kept open while nobody reads.
const KEPT: usize = 2;

/// The store of an open vault. Clones share it; when the vault closes, all of them are closed.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    path: PathBuf,
    /// How readers open the file.
    reading: Purpose,
    /// None where the store can only be read, and when it is closed.
    writer: Mutex<Option<Writer>>,
    readers: Mutex<Readers>,
    returned: Condvar,
    read_only: bool,
}

struct Readers {
    /// None when the store is closed.
    key: Option<StoreKey>,
    idle: Vec<Connection>,
    busy: HashMap<u64, Option<InterruptHandle>>,
    next: u64,
    /// True while the file itself is exchanged.
    paused: bool,
}

thread_local! {
    /// How many reads this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

impl Store {
    /// A store that is read and written.
    pub(crate) fn writable(path: PathBuf, key: StoreKey, writer: Writer) -> Self {
        Self::new(path, key, Purpose::Read, Some(writer))
    }

    /// A store that can only be read, in this way.
    pub(crate) fn read_only(path: PathBuf, key: StoreKey, reading: Purpose) -> Self {
        Self::new(path, key, reading, None)
    }

    fn new(path: PathBuf, key: StoreKey, reading: Purpose, writer: Option<Writer>) -> Self {
        let readers = Readers {
            key: Some(key),
            idle: Vec::new(),
            busy: HashMap::new(),
            next: 0,
            paused: false,
        };
        Self(Arc::new(Inner {
            path,
            reading,
            read_only: writer.is_none(),
            writer: Mutex::new(writer),
            readers: Mutex::new(readers),
            returned: Condvar::new(),
        }))
    }

    /// True where nothing can be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.0.read_only
    }

    /// Reads from one state of the store, whatever is written meanwhile, and vouches for what was
    /// read ([`vouch`]). `f` may read and write again, but must not close the vault or change its
    /// root key: both wait for it to end.
    ///
    /// # Errors
    /// What `f` gives; [`StoreError::Damaged`] where a page that it read is damaged;
    /// [`StoreError::Closed`] where the vault was closed, also while `f` ran.
    pub fn read<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut reader = self.reader()?;
        let snapshot = reader.unchecked_transaction().map_err(StoreError::from)?;
        let read = f(&snapshot).and_then(|read| {
            vouch(&snapshot)?;
            Ok(read)
        });
        if snapshot.finish().is_ok() && read.is_ok() {
            reader.keep();
        }
        read
    }

    /// Changes the store: everything that `f` does, durably, or nothing.
    ///
    /// When it returns well, the change survives a loss of power. `f` must change the store only
    /// through what it is given, and must not close the vault: both would wait for it to end.
    ///
    /// # Errors
    /// What `f` gives; [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Closed`].
    pub fn write<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.0.read_only {
            return Err(StoreError::ReadOnly.into());
        }
        let mut writer = self.0.lock_writer();
        let writer = writer.as_mut().ok_or(StoreError::Closed)?;
        writer.begin_session()?;
        let change = writer
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let written = f(&change)?;
        change.commit().map_err(StoreError::from)?;
        Ok(written)
    }

    /// Runs `f` while nobody writes and no checkpoint runs.
    pub(crate) fn quiet<T>(&self, f: impl FnOnce() -> T) -> T {
        let _writer = self.0.lock_writer();
        f()
    }

    /// Waits for readers, closes every connection, lets `exchange` put another file in the place
    /// of this one, and opens it with the key that it returns; without one, the same file with
    /// the same key.
    ///
    /// # Errors
    /// What `exchange` gives, the store being open again as it was; [`StoreError::Closed`].
    pub(crate) fn exchange<T, E: From<StoreError>>(
        &self,
        exchange: impl FnOnce() -> Result<(T, StoreKey), E>,
    ) -> Result<T, E> {
        let mut writer = self.0.lock_writer();
        let ending = writer.take().ok_or(StoreError::Closed)?;
        let folder = ending.folder.clone();
        let old_key = {
            let mut readers = self.0.lock_readers();
            readers.paused = true;
            while !readers.busy.is_empty() {
                readers = self.0.wait(readers);
            }
            readers.idle.clear();
            readers.key.as_ref().map(StoreKey::duplicate).ok_or(StoreError::Closed)?
        };
        let exchanged = if ending.end() { exchange() } else { Err(E::from(StoreError::Full)) };
        let (exchanged, key) = match exchanged {
            Ok((value, key)) => (Ok(value), key),
            Err(error) => (Err(error), old_key),
        };
        let opened = Writer::open(&self.0.path, &folder, &key);
        let mut readers = self.0.lock_readers();
        readers.paused = false;
        readers.key = opened.is_ok().then_some(key);
        self.0.returned.notify_all();
        *writer = Some(opened?);
        exchanged
    }

    /// Stops readers, waits for the writer, brings the log to the main file, notes that the
    /// session ended well, closes every connection and wipes the key.
    pub(crate) fn close(&self) {
        {
            let mut readers = self.0.lock_readers();
            readers.key = None;
            readers.idle.clear();
            self.0.returned.notify_all();
            while !readers.busy.is_empty() {
                for handle in readers.busy.values().flatten() {
                    handle.interrupt();
                }
                readers = self.0.wait(readers);
            }
        }
        if let Some(writer) = self.0.lock_writer().take() {
            writer.end();
        }
    }

    fn reader(&self) -> Result<Reader<'_>, StoreError> {
        let inner = &*self.0;
        let mut readers = inner.lock_readers();
        while readers.paused && DEPTH.get() == 0 {
            readers = inner.wait(readers);
        }
        let key = readers.key.as_ref().ok_or(StoreError::Closed)?.duplicate();
        let number = readers.next;
        readers.next += 1;
        let idle = readers.idle.pop();
        readers.busy.insert(number, idle.as_ref().map(Connection::get_interrupt_handle));
        drop(readers);
        DEPTH.set(DEPTH.get() + 1);
        let mut reader = Reader { inner, number, connection: idle, keep: false };
        if reader.connection.is_none() {
            let opened = connection::open(&inner.path, &key, inner.reading)?;
            let handle = opened.get_interrupt_handle();
            reader.connection = Some(opened);
            let mut readers = inner.lock_readers();
            if readers.key.is_none() {
                return Err(StoreError::Closed);
            }
            readers.busy.insert(number, Some(handle));
        }
        Ok(reader)
    }
}

const ANY_PAGE: &str = "SELECT 1 FROM sqlite_schema LIMIT 1";

/// Vouches for what was read on this connection so far in this transaction.
///
/// SQLCipher gives zeros for a damaged page and refuses the next that is asked for. Where the
/// damaged one was the last, as the end of a long text or of a file may be, nothing else is asked
/// for, and the zeros would pass for what was written. So no reading ends without this;
/// [`Store::read`] sees to it, and whoever hands rows on while it reads calls it before.
///
/// # Errors
/// [`StoreError::Damaged`] where a page that was read is damaged.
pub fn vouch(c: &Connection) -> Result<(), StoreError> {
    Ok(c.prepare_cached(ANY_PAGE)?.query_row([], |_| Ok(()))?)
}

impl Inner {
    fn lock_writer(&self) -> MutexGuard<'_, Option<Writer>> {
        // A panic while writing was rolled back when the transaction was dropped.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_readers(&self) -> MutexGuard<'_, Readers> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a reader comes back, or a moment.
    fn wait<'a>(&self, readers: MutexGuard<'a, Readers>) -> MutexGuard<'a, Readers> {
        self.returned
            .wait_timeout(readers, Duration::from_millis(10))
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("read_only", &self.0.read_only).finish_non_exhaustive()
    }
}

/// A connection that is lent out for one read.
struct Reader<'a> {
    inner: &'a Inner,
    number: u64,
    connection: Option<Connection>,
    keep: bool,
}

impl Reader<'_> {
    /// Says that the connection is sound and may serve again. One on which something failed is
    /// closed instead: after a damaged page it may answer from a state that is none.
    fn keep(&mut self) {
        self.keep = true;
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("a reader is handed out with its connection")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
        let connection = self.connection.take();
        let mut readers = self.inner.lock_readers();
        let room = readers.key.is_some() && !readers.paused && readers.idle.len() < KEPT;
        if let Some(connection) = connection {
            if self.keep && room {
                readers.idle.push(connection);
            } else {
                drop(connection);
            }
        }
        readers.busy.remove(&self.number);
        self.inner.returned.notify_all();
    }
}
