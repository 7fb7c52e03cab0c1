//! What the tests of this crate stand on: journals in vaults of their own, fixtures, archives.

#![allow(dead_code, missing_docs, clippy::unwrap_used)]

pub mod schema;

use std::fs::{self, File};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use fristed_base::{Moment, Secret};
use fristed_exchange::{ExchangeError, ImportDone, Plan, SkipReason};
use fristed_journal::{Entry, Journal, JournalError, MIGRATIONS};
use fristed_vault::{KdfCost, RecoveryKey, Schema, Setup, Vault};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

static SCHEMA: Schema = Schema(MIGRATIONS);

/// A journal in a new vault.
pub struct Leader {
    pub journal: Journal,
    _vault: Vault,
    folder: TempDir,
}

impl Leader {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let setup = Setup {
            passphrase: &Secret::new("fire ord til en prøve".into()),
            recovery: &RecoveryKey::generate(),
            cost: KdfCost::floor(),
            computer: None,
        };
        let vault = Vault::create(&folder.path().join("vault"), setup, &SCHEMA, now()).unwrap();
        Self { journal: Journal::new(vault.store().clone()), _vault: vault, folder }
    }

    /// A path for files of the test, which goes away with the leader.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn preview(&self, path: &Path) -> Result<Plan, ExchangeError> {
        fristed_exchange::preview(path, &self.journal, &chrono_tz::Europe::Copenhagen, &mut on)
    }

    pub fn import(&self, path: &Path) -> ImportDone {
        self.preview(path).unwrap().run(&self.journal, &mut on, now()).unwrap()
    }

    /// Every entry, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let unreadable = self.journal.all::<JournalError>(&mut |entry| {
            entries.extend(entry);
            Ok(())
        });
        assert_eq!(unreadable.unwrap(), None, "the store is sound");
        entries
    }

    pub fn bytes(&self, entry: &Entry, index: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.journal.read_attachment(entry.attachments[index].id, &mut bytes).unwrap();
        bytes
    }

    /// A folder with these files.
    pub fn folder(&self, name: &str, files: &[(&str, &[u8])]) -> PathBuf {
        let root = self.path(name);
        for (name, bytes) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        root
    }

    /// A zip archive with these members, deflated.
    pub fn archive(&self, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
        self.zipped(name, members, SimpleFileOptions::default().compression_level(Some(9)))
    }

    /// A zip archive with these members as they are.
    pub fn stored(&self, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        self.zipped(name, members, stored)
    }

    fn zipped(&self, name: &str, members: &[(&str, &[u8])], options: SimpleFileOptions) -> PathBuf {
        let path = self.path(name);
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in members {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }
}

/// A count: the first in the quick run, the second in the full one (`FRISTED_LONG=1`).
pub fn rounds(quick: u32, full: u32) -> u32 {
    if std::env::var("FRISTED_LONG").is_ok_and(|long| long == "1") { full } else { quick }
}

pub fn on(_done: u32, _total: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub fn now() -> Moment {
    at("2026-11-30T12:00:00+01:00")
}

pub fn at(text: &str) -> Moment {
    Moment::new(DateTime::parse_from_rfc3339(text).unwrap())
}

/// A fixture of the repository.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/import").join(name)
}

/// All files of a folder with their names, for an archive.
pub fn members(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut members = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            members.push((name, fs::read(entry.path()).unwrap()));
        }
    }
    members
}

pub fn skipped(plan: &Plan) -> Vec<(&str, SkipReason)> {
    plan.preview().skipped.iter().map(|(name, reason)| (name.as_str(), *reason)).collect()
}
