//! One command at work: the program, the key, the two outputs and the clock.

use std::io::{self, IsTerminal, Stderr, Write};
use std::ops::ControlFlow;

use chrono::Local;
use fristed_app::wire::{ErrorCode, Language, Notice, Progress, Stage};
use fristed_app::{AppError, Directories, Fristed, KeyCost};
use fristed_base::Moment;

use crate::args::Common;
use crate::ask::{self, Opener};
use crate::failure::Failure;
use crate::out::Out;
use crate::words::{self, Phrases};

/// One command at work.
pub struct Session {
    /// The use cases, over the vault that the options name.
    pub fristed: Fristed,
    /// What holds for every command.
    pub common: Common,
    /// The words in the language in force.
    pub phrases: &'static Phrases,
    /// Standard output.
    pub out: Out,
}

impl Session {
    /// Gets ready; nothing is opened yet.
    #[must_use]
    pub fn new(
        common: Common,
        cost: KeyCost,
        directories: Directories,
        language: Language,
    ) -> Self {
        // A relative folder is the one seen from here, whatever happens later.
        let vault = common
            .vault
            .as_ref()
            .map(|dir| std::path::absolute(dir).unwrap_or_else(|_| dir.clone()));
        Self {
            fristed: Fristed::new(directories, vault, cost),
            common,
            phrases: words::phrases(language),
            out: Out::new(),
        }
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment::from(Local::now())
    }

    /// Asks for the key and opens the vault with it.
    ///
    /// # Errors
    /// What keeps the key from being read and the vault from opening.
    pub fn open(&self) -> Result<(), Failure> {
        self.open_with(&self.ask()?)
    }

    /// Asks for the key, or reads the file that has it.
    ///
    /// # Errors
    /// `NoVault`, so that nobody is asked for the key to nothing; what keeps the key from being
    /// read.
    pub fn ask(&self) -> Result<Opener, Failure> {
        let status = self.fristed.status();
        if status.stage == Stage::FirstRun {
            return Err(AppError::with_detail(ErrorCode::NoVault, status.vault_path).into());
        }
        ask::opener(&self.common, self.phrases)
    }

    /// Opens the vault, and tells what opening had to tell.
    ///
    /// # Errors
    /// What keeps the vault from opening.
    pub fn open_with(&self, opener: &Opener) -> Result<(), Failure> {
        let status = match opener {
            Opener::Passphrase(typed) => self.fristed.unlock_passphrase(typed, self.now()),
            Opener::Recovery(typed) => self.fristed.unlock_recovery(typed, self.now()),
        }?;
        let notices = &self.phrases.notices;
        let said = match status.notice {
            Some(Notice::LogMissing) => Some((notices.log_missing, "logMissing")),
            Some(Notice::ForeignLog) => Some((notices.foreign_log, "foreignLog")),
            Some(Notice::Migrated) => Some((notices.migrated, "migrated")),
            _ if status.read_only => Some((notices.read_only, "readOnly")),
            // That a program was killed and nothing was lost is no news in a terminal.
            _ => None,
        };
        if let Some((sentence, code)) = said {
            tell(&format!("fristed: {sentence} [{code}]"));
        }
        Ok(())
    }

    /// Sees standard output written, and closes the vault.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn close(self) -> Result<(), Failure> {
        let flushed = self.out.finish();
        self.fristed.lock();
        flushed
    }
}

/// Writes a line to standard error; where nobody can read it, nobody is told.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// How far a long piece of work has come, on a terminal's standard error, and nowhere else.
pub struct Meter {
    to: Option<Stderr>,
    shown: u32,
}

impl Meter {
    /// A meter that shows itself where somebody looks on.
    #[must_use]
    pub fn new() -> Self {
        let to = io::stderr();
        Self { to: to.is_terminal().then_some(to), shown: 0 }
    }

    /// Shows how far it has come.
    pub fn step(&mut self, progress: Progress) -> ControlFlow<()> {
        let due = progress.done >= self.shown.saturating_add(50) || progress.done < self.shown;
        if let (true, Some(to)) = (due, &mut self.to) {
            self.shown = progress.done;
            let _ = match progress.total {
                0 => write!(to, "\r{}", progress.done),
                total => write!(to, "\r{} / {total}", progress.done),
            };
        }
        ControlFlow::Continue(())
    }
}

impl Default for Meter {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if let (true, Some(to)) = (self.shown > 0, &mut self.to) {
            let _ = write!(to, "\r\u{1b}[K");
        }
    }
}
