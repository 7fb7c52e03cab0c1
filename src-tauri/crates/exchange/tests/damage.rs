//! What an export gives of a store with a damaged page (threats.md, 5).

#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fristed_base::Secret;
use fristed_exchange::{ExchangeError, Exported, export_json, export_markdown};
use fristed_journal::{Journal, JournalError, MIGRATIONS, NewEntry, Unreadable};
use fristed_vault::{
    KdfCost, Key, RecoveryKey, Schema, Setup, StoreError, SystemKeyring, Vault, VaultError,
};
use serde_json::Value;
use support::{at, now, on, rounds};
use tempfile::TempDir;

const SCHEMA: Schema = Schema(MIGRATIONS);
const PAGE: usize = 4096;
const ENTRIES: u32 = 60;
const PICTURES: u32 = 4;

/// A journal in a closed vault, with everything that a journal can hold.
struct Closed {
    home: TempDir,
    recovery: RecoveryKey,
    /// What the store was before it was damaged.
    whole: Vec<u8>,
    /// The table or the index that each page belongs to, and whether it is one that leads to others.
    pages: BTreeMap<usize, (String, bool)>,
}

impl Closed {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let recovery = RecoveryKey::generate();
        let setup = Setup {
            passphrase: &Secret::new("fire ord til en prøve".into()),
            recovery: &recovery,
            cost: KdfCost::floor(),
            computer: None,
        };
        let vault = Vault::create(&home.path().join("vault"), setup, &SCHEMA, now()).unwrap();
        write(&Journal::new(vault.store().clone()));
        let pages = pages(&vault);
        vault.close();
        let whole = fs::read(home.path().join("vault/vault.db")).unwrap();
        Self { home, recovery, whole, pages }
    }

    fn store(&self) -> PathBuf {
        self.home.path().join("vault/vault.db")
    }

    /// Opens the vault after a byte of this page was changed.
    fn damaged_at(&self, page: usize) -> Result<Vault, VaultError> {
        let mut bytes = self.whole.clone();
        bytes[(page - 1) * PAGE + page * 61 % PAGE] ^= 4;
        fs::write(self.store(), bytes).unwrap();
        self.open()
    }

    fn open(&self) -> Result<Vault, VaultError> {
        let typed = self.recovery.to_text();
        let keyring = SystemKeyring::default();
        let folder = self.home.path().join("vault");
        Vault::open(&folder, Key::Recovery(&typed), &keyring, &SCHEMA, now())
    }

    /// A folder for an export, which is not there yet.
    fn dest(&self) -> PathBuf {
        let dest = self.home.path().join("ud");
        drop(fs::remove_dir_all(&dest));
        dest
    }
}

/// Short and long texts, tags, and pictures of one piece and of two; some entries in the trash.
fn write(journal: &Journal) {
    for number in 0..ENTRIES {
        let written =
            at(&format!("2026-0{}-{:02}T08:00:00+02:00", 5 + number / 28, number % 28 + 1));
        let size = if number % 10 == 0 { 900 } else { 60 };
        let entry = NewEntry {
            title: format!("Dag {number}"),
            body: format!("tillid {number}. ").repeat(size),
            tags: vec!["ledelse".into(), format!("emne {number}")],
            starred: number % 7 == 0,
            template: None,
            written,
        };
        let entry = journal.create(entry, written).unwrap();
        if number % (ENTRIES / PICTURES) == 3 {
            let (name, bytes) = (format!("tavlen {number}.png"), picture(number));
            journal.attach(entry.id, &name, "image/png", &mut &*bytes, written).unwrap();
        }
    }
    for number in 0..3 {
        let gone = NewEntry {
            title: String::new(),
            body: format!("smidt ud {number}"),
            tags: vec!["ledelse".into()],
            starred: false,
            template: None,
            written: now(),
        };
        let gone = journal.create(gone, now()).unwrap();
        journal.trash(gone.id, now()).unwrap();
    }
}

fn picture(number: u32) -> Vec<u8> {
    let length = if number > ENTRIES / 2 { 300_000 } else { 5_000 };
    (0..length).map(|at: u32| u8::try_from((at * 7 + number) % 251).unwrap()).collect()
}

/// The table or index of every page, as SQLite's own table of them has it.
fn pages(vault: &Vault) -> BTreeMap<usize, (String, bool)> {
    let asked = "SELECT pageno, name, pagetype = 'internal' FROM dbstat WHERE pageno > 1";
    let found: Result<_, StoreError> = vault.store().read(|c| {
        let mut statement = c.prepare(asked)?;
        let rows = statement.query_map([], |row| {
            let page: u32 = row.get(0)?;
            Ok((page as usize, (row.get(1)?, row.get(2)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    found.unwrap()
}

/// The entries of an export by their titles, with their attachments' bytes in place of the names
/// of their files.
fn read(dest: &Path) -> BTreeMap<String, (Value, Vec<Vec<u8>>)> {
    let document = fs::read(dest.join("journal.json")).unwrap();
    let document: Value = serde_json::from_slice(&document).unwrap();
    let entries = document["entries"].as_array().unwrap();
    let moments = entries.iter().map(|entry| entry["created_at"].as_str().unwrap().to_owned());
    assert!(moments.is_sorted(), "oldest first, whatever was read first");
    entries
        .iter()
        .map(|entry| {
            let files = entry["attachments"].as_array().unwrap();
            let bytes = files.iter().map(|file| {
                let bytes = fs::read(dest.join(file["file"].as_str().unwrap())).unwrap();
                assert_eq!(file["size"], bytes.len(), "the size is that of the file");
                bytes
            });
            (entry["title"].as_str().unwrap().to_owned(), (entry.clone(), bytes.collect()))
        })
        .collect()
}

/// The dates and times without their zones.
fn clocks(dest: &Path) -> BTreeSet<String> {
    let moment = |entry: &Value| entry["created_at"].as_str().unwrap()[..19].to_owned();
    read(dest).values().map(|(entry, _)| moment(entry)).collect()
}

const ALL: Exported = Exported { entries: ENTRIES, unreadable: Some(NOTHING) };
const NOTHING: Unreadable = Unreadable { entries: 0, incomplete: 0, attachments: 0 };

#[test]
fn a_damaged_page_costs_the_texts_and_the_files_that_lie_on_it_and_no_others() {
    let closed = Closed::new();
    let dest = closed.dest();
    let vault = closed.open().unwrap();
    let journal = Journal::new(vault.store().clone());
    let exported = export_json(&journal, &dest, &mut on).unwrap();
    assert_eq!(exported, Exported { entries: ENTRIES, unreadable: None });
    vault.close();
    let (truth, clock) = (read(&dest), clocks(&dest));

    let mut costs: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut step = 0;
    for (page, (part, leads_on)) in &closed.pages {
        // The pages of the pictures are all alike, and most of the store.
        if part == "blob_chunk" && !leads_on {
            step += 1;
            if step % rounds(20, 1) != 1 % rounds(20, 1) {
                continue;
            }
        }
        let part = part.as_str();
        let said = format!("page {page}, of {part}");
        let vault = match closed.damaged_at(*page) {
            Ok(vault) => vault,
            Err(VaultError::Damaged) => {
                assert!(["migration", "session", "sqlite_schema"].contains(&part), "{said}: opens");
                continue;
            }
            Err(other) => panic!("{said}: {other}"),
        };
        let journal = Journal::new(vault.store().clone());
        let dest = closed.dest();
        let exported = match export_json(&journal, &dest, &mut on) {
            Ok(exported) => exported,
            Err(ExchangeError::Journal(JournalError::Store(StoreError::Damaged))) => {
                assert!(part == "entry_text" && *leads_on, "{said}: something can be read");
                assert!(!dest.exists(), "{said}: and nothing is written");
                continue;
            }
            Err(other) => panic!("{said}: {other}"),
        };
        vault.close();
        let lost = exported.unreadable.unwrap_or(NOTHING);
        let found = read(&dest);
        assert_eq!(found.len(), exported.entries as usize, "{said}");
        assert_eq!(exported.entries + lost.entries, ENTRIES, "{said}");
        let mut changed = 0;
        let mut files = 0;
        for (title, (entry, bytes)) in &found {
            let (true_entry, true_bytes) = &truth[title];
            assert_eq!(entry["body"], true_entry["body"], "{said}");
            assert_eq!(entry["id"], true_entry["id"], "{said}");
            assert_eq!(entry["day"], true_entry["day"], "{said}");
            assert_eq!(entry["tags"], true_entry["tags"], "{said}");
            assert!(bytes.iter().all(|bytes| true_bytes.contains(bytes)), "{said}");
            files += u32::try_from(bytes.len()).unwrap();
            let with_files = bytes.len() == true_bytes.len();
            changed += u32::from(with_files && entry != true_entry);
        }
        assert!(changed <= lost.incomplete, "{said}: {changed} of {}", lost.incomplete);
        assert_eq!(files + lost.attachments, PICTURES, "{said}");

        let cost = match (part, leads_on) {
            ("entry_text", _) => {
                assert!((1..=6).contains(&lost.entries), "{said}: {}", lost.entries);
                assert_eq!(lost.incomplete, 0, "{said}");
                "texts"
            }
            ("entry", _) => {
                assert!(lost.incomplete > 0, "{said}");
                assert_eq!(Unreadable { incomplete: 0, ..lost }, NOTHING, "{said}: {lost:?}");
                assert_eq!(clocks(&dest), clock, "{said}: the clock on the wall is known");
                "details"
            }
            ("attachment" | "blob_chunk", _) => {
                assert!(lost.attachments > 0, "{said}");
                assert_eq!(Unreadable { attachments: 0, ..lost }, NOTHING, "{said}: {lost:?}");
                "files"
            }
            _ => {
                assert!([ALL, Exported { unreadable: None, ..ALL }].contains(&exported), "{said}");
                assert!(found == truth, "{said}: all is as it was");
                "nothing"
            }
        };
        costs.entry(cost).or_default().insert(part.to_owned());
    }
    assert!(costs["nothing"].len() > 10, "{costs:?}");
    for index in ["entry_live", "entry_tag", "tag", "tally", "attachment_entry", "blob"] {
        assert!(costs["nothing"].contains(index), "{index}: {costs:?}");
    }
    assert_eq!(costs.len(), 4, "{costs:?}");
}

#[test]
fn a_damaged_store_goes_out_as_markdown_too_and_comes_back_into_a_new_journal() {
    let closed = Closed::new();
    let of = |wanted: &str| {
        *closed.pages.iter().rfind(|(_, (part, on))| part == wanted && !on).unwrap().0
    };
    for (part, entries, attachments) in
        [("entry", ENTRIES, PICTURES), ("blob_chunk", ENTRIES, PICTURES - 1)]
    {
        let vault = closed.damaged_at(of(part)).unwrap();
        let journal = Journal::new(vault.store().clone());
        let dest = closed.dest();
        let exported = export_markdown(&journal, &dest, &mut on).unwrap();
        vault.close();
        assert_eq!(exported.entries, entries, "{part}");
        let lost = exported.unreadable.unwrap();
        assert_eq!((lost.entries, lost.attachments), (0, PICTURES - attachments), "{part}");

        let bodil = support::Leader::new();
        assert_eq!(bodil.import(&dest).added, entries, "{part}");
        let mut files = 0;
        for entry in bodil.entries() {
            let number: u32 = entry.title.strip_prefix("Dag ").unwrap().parse().unwrap();
            assert!(entry.body.starts_with(&format!("tillid {number}. ")), "{part}");
            for index in 0..entry.attachments.len() {
                assert_eq!(bodil.bytes(&entry, index), picture(number), "{part}");
                files += 1;
            }
        }
        assert_eq!(files, attachments, "{part}");
    }
}

#[test]
fn two_damaged_indexes_hide_no_text() {
    let closed = Closed::new();
    let mut bytes = closed.whole.clone();
    for (page, (part, _)) in &closed.pages {
        if ["entry_live", "tally", "attachment_entry"].contains(&part.as_str()) {
            bytes[(page - 1) * PAGE + 100] ^= 1;
        }
    }
    fs::write(closed.store(), bytes).unwrap();
    let vault = closed.open().unwrap();
    let journal = Journal::new(vault.store().clone());
    let exported = export_json(&journal, &closed.dest(), &mut on).unwrap();
    assert_eq!(exported, ALL, "the trash stays at home, and all else goes out");
    vault.close();
}

#[test]
fn an_export_of_a_damaged_store_can_be_stopped() {
    let closed = Closed::new();
    let texts: Vec<usize> = closed
        .pages
        .iter()
        .filter(|(_, (part, _))| part == "entry_live")
        .map(|(at, _)| *at)
        .collect();
    let vault = closed.damaged_at(texts[0]).unwrap();
    let journal = Journal::new(vault.store().clone());
    let dest = closed.dest();
    let stopped = export_json(&journal, &dest, &mut |done, total| {
        assert_eq!(total, ENTRIES);
        if done == 20 {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        }
    });
    assert!(matches!(stopped, Err(ExchangeError::Cancelled)), "{stopped:?}");
    assert!(!dest.exists());
    vault.close();
}
