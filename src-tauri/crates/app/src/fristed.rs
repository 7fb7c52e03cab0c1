//! The program as the window and the terminal see it: one vault, closed or open.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono_tz::Tz;
use fristed_base::{Moment, Secret};
use fristed_calendar::{Calendar, FilePlan, Reminder};
use fristed_exchange::Plan;
use fristed_journal::Journal;
use fristed_network::Sharing;
use fristed_vault::{KdfCost, Key, Keyring, Migration, RecoveryKey, Schema, SystemKeyring, Vault};

use crate::config::{self, Config, Directories};
use crate::error::AppError;
use crate::sharing::{Link, Opened, Takes};
use crate::sync::Network;
use crate::wire::{AppStatus, ErrorCode, Notice, Place, Settings, Stage};
use crate::{convert, here, place};

/// The store's form: every crate's migrations in the order in which they run. A new one takes a
/// number above all others, whatever crate it is in: the last one's tells how new a store is.
pub(crate) const SCHEMA: Schema = Schema(&MIGRATIONS);

const MIGRATIONS: [Migration; JOURNAL.len() + CALENDAR.len() + SHARING.len()] = {
    let mut all = [JOURNAL[0]; JOURNAL.len() + CALENDAR.len() + SHARING.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < JOURNAL.len() {
            JOURNAL[at]
        } else if at < JOURNAL.len() + CALENDAR.len() {
            CALENDAR[at - JOURNAL.len()]
        } else {
            SHARING[at - JOURNAL.len() - CALENDAR.len()]
        };
        at += 1;
    }
    all
};

const JOURNAL: &[Migration] = fristed_journal::MIGRATIONS;
const CALENDAR: &[Migration] = fristed_calendar::MIGRATIONS;
const SHARING: &[Migration] = fristed_network::MIGRATIONS;

/// How long the passphrase's hash may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyCost {
    /// About half a second on this computer.
    Tuned,
    /// The least that is ever accepted; for tests and scripts that make many vaults.
    Floor,
}

impl KeyCost {
    pub(crate) fn measure(self) -> KdfCost {
        match self {
            Self::Tuned => KdfCost::tuned(),
            Self::Floor => KdfCost::floor(),
        }
    }
}

/// A vault that is open, and the journal and the calendars in it.
pub struct OpenVault {
    pub(crate) vault: Vault,
    pub(crate) journal: Journal,
    pub(crate) calendar: Calendar,
    pub(crate) sharing: Sharing,
}

/// The program's use cases, over one vault at a time.
///
/// Every method may be called from any thread. Those that take a key wait for its slow hash and
/// belong off the thread that draws.
pub struct Fristed {
    pub(crate) directories: Directories,
    pub(crate) keyring: Box<dyn Keyring>,
    pub(crate) cost: KeyCost,
    /// The zone to take for the computer's; none is the system's.
    zone: Option<Tz>,
    /// Held by whatever opens, closes or changes keys, so that two of them never cross.
    pub(crate) gate: Mutex<()>,
    state: Mutex<State>,
    /// What asks servers, and ends it at a lock.
    pub(crate) network: Network,
    /// What speaks to a server for sharing, where anybody is signed in.
    pub(crate) link: Arc<Link>,
}

/// What changes while the program runs.
pub(crate) struct State {
    pub config: Config,
    /// The folder in use, which an argument may have set beside the settings.
    pub vault_path: PathBuf,
    pub open: Option<OpenVault>,
    pub notice: Option<Notice>,
    /// True from the program's start until the vault was opened or locked for the first time.
    pub keyring_may_open: bool,
    pub keyring_trouble: Option<ErrorCode>,
    pub first_run_key: Option<RecoveryKey>,
    pub new_key: Option<crate::keys::NewKey>,
    pub plan: Option<Plan>,
    /// The calendar file that was previewed last.
    pub calendar_file: Option<FilePlan>,
    /// Reminders that come while the vault is locked, without what they are about.
    pub ahead: Vec<Reminder>,
}

impl Fristed {
    /// The program over the vault that the settings name, with the system's keyring.
    #[must_use]
    pub fn new(directories: Directories, vault: Option<PathBuf>, cost: KeyCost) -> Self {
        Self::with_keyring(directories, vault, cost, Box::new(SystemKeyring::new()))
    }

    /// The same over another keyring.
    #[must_use]
    pub fn with_keyring(
        directories: Directories,
        vault: Option<PathBuf>,
        cost: KeyCost,
        keyring: Box<dyn Keyring>,
    ) -> Self {
        let config = Config::load(&directories.config);
        let vault_path =
            vault.or_else(|| config.vault.clone()).unwrap_or_else(|| directories.vault.clone());
        let state = State {
            config,
            vault_path,
            open: None,
            notice: None,
            keyring_may_open: true,
            keyring_trouble: None,
            first_run_key: None,
            new_key: None,
            plan: None,
            calendar_file: None,
            ahead: Vec::new(),
        };
        Self {
            directories,
            keyring,
            cost,
            zone: None,
            gate: Mutex::new(()),
            state: Mutex::new(state),
            network: Network::default(),
            link: Arc::default(),
        }
    }

    /// The program as if the computer were in this zone; for tests, which run anywhere.
    #[must_use]
    pub fn in_zone(self, zone: Tz) -> Self {
        Self { zone: Some(zone), ..self }
    }

    /// The zone whose clock the calendar shows.
    pub(crate) fn zone(&self) -> Tz {
        self.zone.unwrap_or_else(here::zone)
    }

    /// The state, also after a thread panicked while it held it: each field is whole by itself.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn gate(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the program stands.
    #[must_use]
    pub fn status(&self) -> AppStatus {
        let state = self.state();
        let stage = if state.open.is_some() {
            Stage::Open
        } else if !fristed_vault::exists(&state.vault_path) {
            Stage::FirstRun
        } else if state.keyring_may_open && self.has_computer_slot(&state.vault_path) {
            Stage::Opening
        } else {
            Stage::Locked
        };
        AppStatus {
            stage,
            vault_path: state.vault_path.display().to_string(),
            language: config::language(&state.config.settings),
            settings: state.config.settings.clone(),
            notice: state.notice,
            read_only: state.open.as_ref().is_some_and(|open| open.vault.is_read_only()),
            keyring_trouble: state.keyring_trouble,
        }
    }

    fn has_computer_slot(&self, dir: &Path) -> bool {
        fristed_vault::slots(dir)
            .is_ok_and(|slots| slots.iter().any(|s| s.kind == fristed_vault::SlotKind::Computer))
    }

    /// Keeps the leader's choices.
    ///
    /// # Errors
    /// When the settings' folder cannot be written.
    pub fn settings_save(&self, settings: Settings) -> Result<AppStatus, AppError> {
        self.change_config(|config| config.settings = settings)?;
        Ok(self.status())
    }

    pub(crate) fn change_config(&self, change: impl FnOnce(&mut Config)) -> Result<(), AppError> {
        let mut state = self.state();
        let mut config = state.config.clone();
        change(&mut config);
        if config != state.config {
            config.save(&self.directories.config)?;
            state.config = config;
        }
        Ok(())
    }

    /// Says whether a vault is in a folder, or could be made there.
    #[must_use]
    pub fn place_check(&self, path: &Path) -> Place {
        place::check(path)
    }

    /// Turns to the vault in another folder and remembers it.
    ///
    /// # Errors
    /// `NoVault` where none is there; the vault that was in use stays so.
    pub fn place_use(&self, path: &Path) -> Result<AppStatus, AppError> {
        if !fristed_vault::exists(path) {
            return Err(AppError::with_detail(ErrorCode::NoVault, path.display().to_string()));
        }
        self.lock();
        self.change_config(|config| config.vault = Some(path.to_path_buf()))?;
        let mut state = self.state();
        state.vault_path = path.to_path_buf();
        state.ahead = Vec::new();
        state.keyring_may_open = false;
        state.keyring_trouble = None;
        drop(state);
        Ok(self.status())
    }

    /// Opens the vault with its passphrase.
    ///
    /// # Errors
    /// `WrongKey`, and whatever keeps a store from opening.
    pub fn unlock_passphrase(&self, typed: &Secret, now: Moment) -> Result<AppStatus, AppError> {
        self.unlock(Key::Passphrase(typed), now)
    }

    /// Opens the vault with its recovery key.
    ///
    /// # Errors
    /// `RecoveryKeyMistyped` where the checksum finds a mistake, `WrongKey`, and whatever keeps
    /// a store from opening.
    pub fn unlock_recovery(&self, typed: &Secret, now: Moment) -> Result<AppStatus, AppError> {
        self.unlock(Key::Recovery(typed), now)
    }

    /// Opens the vault with the key in this computer's keyring; only at the program's start.
    ///
    /// # Errors
    /// `Locked` after any lock, since a passer-by could ask the keyring too. What the keyring
    /// answers otherwise is kept for [`Fristed::status`] to tell.
    pub fn unlock_keyring(&self, now: Moment) -> Result<AppStatus, AppError> {
        if !self.state().keyring_may_open {
            return Err(ErrorCode::Locked.into());
        }
        let opened = self.unlock(Key::Computer, now);
        if let Err(error) = &opened {
            let mut state = self.state();
            state.keyring_may_open = false;
            state.keyring_trouble = Some(error.code);
        }
        opened
    }

    fn unlock(&self, key: Key<'_>, now: Moment) -> Result<AppStatus, AppError> {
        let _gate = self.gate();
        let dir = {
            let state = self.state();
            if state.open.is_some() {
                drop(state);
                return Ok(self.status());
            }
            state.vault_path.clone()
        };
        let vault = Vault::open(&dir, key, self.keyring.as_ref(), &SCHEMA, now)?;
        self.opened(vault, now);
        Ok(self.status())
    }

    /// Takes an open vault into use, and empties what has lain in its trash for thirty days.
    pub(crate) fn opened(&self, vault: Vault, now: Moment) {
        let journal = Journal::new(vault.store().clone());
        let calendar = Calendar::new(vault.store().clone());
        let sharing = Sharing::new(vault.store().clone());
        let opened = Opened {
            folder: vault.dir().to_owned(),
            sharing: sharing.clone(),
            takes: Takes::new(calendar.clone(), sharing.clone(), self.zone()),
        };
        if !vault.is_read_only() {
            // A full disk or a damaged page that keeps the trash as it is shall not keep the
            // leader from her journal; the next opening tries again.
            if let Ok(1..) = journal.empty_trash(Some(crate::writing::trash_limit(now))) {
                drop(crate::networks::forget_gone(&journal, &calendar));
            }
        }
        let mut state = self.state();
        state.notice = vault.notice().map(convert::notice);
        state.keyring_may_open = false;
        state.keyring_trouble = None;
        let read_only = vault.is_read_only();
        state.open = Some(OpenVault { vault, journal, calendar, sharing });
        drop(state);
        if !read_only {
            self.link.begin(opened);
        }
    }

    /// Closes the vault and wipes its keys; a vault that is closed stays so.
    pub fn lock(&self) -> AppStatus {
        {
            let _gate = self.gate();
            // Whatever asks a server lets go of its password before the store is closed.
            let _quiet = self.network.quiet();
            self.link.end();
            let open = {
                let mut state = self.state();
                state.keyring_may_open = false;
                state.notice = None;
                state.plan = None;
                state.calendar_file = None;
                state.new_key = None;
                state.open.take()
            };
            if let Some(open) = open {
                open.vault.close();
            }
        }
        self.status()
    }

    /// The journal in the open vault.
    ///
    /// # Errors
    /// `Locked` where no vault is open.
    pub fn journal(&self) -> Result<Journal, AppError> {
        let state = self.state();
        let open = state.open.as_ref().ok_or(ErrorCode::Locked)?;
        Ok(open.journal.clone())
    }

    /// The calendars and networks in the open vault.
    ///
    /// # Errors
    /// `Locked` where no vault is open.
    pub fn calendar(&self) -> Result<Calendar, AppError> {
        let state = self.state();
        let open = state.open.as_ref().ok_or(ErrorCode::Locked)?;
        Ok(open.calendar.clone())
    }

    /// Runs something over the open vault.
    ///
    /// # Errors
    /// `Locked` where no vault is open, and what `act` gives.
    pub(crate) fn with_vault<T>(
        &self,
        act: impl FnOnce(&mut Vault) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut state = self.state();
        let open = state.open.as_mut().ok_or(ErrorCode::Locked)?;
        act(&mut open.vault)
    }
}
