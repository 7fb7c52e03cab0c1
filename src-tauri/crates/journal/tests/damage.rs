//! A store with a damaged page never shows anything but what was written (threats.md, 5).

use std::collections::BTreeMap;
use std::fs;

use chrono::DateTime;
use fristed_base::{AttachmentId, EntryId, Moment, RevisionId, Secret};
use fristed_journal::{
    DiffLine, Entry, Hits, Journal, JournalError, MIGRATIONS, NewEntry, RevisionText, Text,
};
use fristed_vault::{
    KdfCost, Key, RecoveryKey, Schema, Setup, StoreError, SystemKeyring, Vault, VaultError,
};

const SCHEMA: Schema = Schema(MIGRATIONS);
const PAGE: usize = 4096;

fn after(minutes: i64) -> Moment {
    let morning = DateTime::parse_from_rfc3339("2026-11-24T08:00:00+01:00").expect("a moment");
    Moment::from_parts(morning.timestamp_millis() + minutes * 60_000, 60).expect("a moment")
}

/// What a journal shows, each of it where it can be read.
struct Shown {
    entries: Vec<Option<Entry>>,
    revisions: Vec<Option<RevisionText>>,
    differences: Vec<Option<Vec<DiffLine>>>,
    files: Vec<Option<Vec<u8>>>,
    hits: Vec<Option<Hits>>,
}

struct Ids {
    entries: Vec<EntryId>,
    revisions: Vec<RevisionId>,
    files: Vec<AttachmentId>,
}

fn readable<T>(read: Result<T, JournalError>) -> Option<T> {
    match read {
        Ok(found) => Some(found),
        Err(JournalError::Store(StoreError::Damaged)) => None,
        Err(other) => panic!("{other:?}"),
    }
}

fn shown(journal: &Journal, ids: &Ids) -> Shown {
    let file = |id: &AttachmentId| {
        let mut bytes = Vec::new();
        readable(journal.read_attachment(*id, &mut bytes).map(|()| bytes))
    };
    Shown {
        entries: ids.entries.iter().map(|id| readable(journal.entry(*id))).collect(),
        revisions: ids.revisions.iter().map(|id| readable(journal.revision(*id))).collect(),
        differences: ids.revisions.iter().map(|id| readable(journal.compare(*id))).collect(),
        files: ids.files.iter().map(file).collect(),
        hits: ["tillid", "ord3", "slutning"]
            .map(|typed| readable(journal.search(typed, 0, 20)))
            .into(),
    }
}

/// Texts and files of all lengths, so that damage falls on their beginnings and their ends.
fn write(journal: &Journal) -> Ids {
    let mut ids = Ids { entries: Vec::new(), revisions: Vec::new(), files: Vec::new() };
    for number in 0..12_i64 {
        let long = "tillid og samtale, ";
        let body = |version: i64| {
            let size = usize::try_from(number * 70 + version * 30).expect("a size");
            format!("ord{number} {}version {version}, slutning", long.repeat(size))
        };
        let new = NewEntry {
            title: String::new(),
            body: body(1),
            tags: vec!["ledelse".into()],
            starred: false,
            template: None,
            written: after(number * 600),
        };
        let entry = journal.create(new, after(number * 600)).expect("written");
        let text = Text { title: String::new(), body: body(2), version: entry.version };
        journal.save(entry.id, text, after(number * 600 + 300)).expect("saved");
        let bytes: Vec<u8> = body(3).into_bytes();
        let file = journal
            .attach(entry.id, "f", "x/y", &mut bytes.as_slice(), after(number * 600 + 301))
            .expect("attached");
        let kept = journal.revisions(entry.id).expect("revisions");
        assert_eq!(kept.len(), 1, "the first text was kept");
        ids.revisions.push(kept[0].id);
        ids.entries.push(entry.id);
        ids.files.push(file.id);
    }
    ids
}

/// The table or index of every page, as SQLite's own table of them has it.
fn pages(vault: &Vault) -> BTreeMap<usize, String> {
    let found: Result<_, StoreError> = vault.store().read(|c| {
        let mut statement = c.prepare("SELECT pageno, name FROM dbstat WHERE pageno > 1")?;
        let rows = statement.query_map([], |row| {
            let page: u32 = row.get(0)?;
            Ok((page as usize, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    found.expect("the pages")
}

#[test]
fn whatever_is_read_beside_a_damaged_page_is_what_was_written_or_is_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("vault");
    let recovery = RecoveryKey::generate();
    let setup = Setup {
        passphrase: &Secret::new("fire ord til en prøve".into()),
        recovery: &recovery,
        cost: KdfCost::floor(),
        computer: None,
    };
    let vault = Vault::create(&folder, setup, &SCHEMA, after(0)).expect("a vault");
    let journal = Journal::new(vault.store().clone());
    let ids = write(&journal);
    let truth = shown(&journal, &ids);
    let pages = pages(&vault);
    vault.close();
    let store = folder.join("vault.db");
    let whole = fs::read(&store).expect("the store");

    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let long = std::env::var("FRISTED_LONG").is_ok_and(|long| long == "1");
    for (page, part) in pages.iter().step_by(if long { 1 } else { 3 }) {
        let mut bytes = whole.clone();
        bytes[(page - 1) * PAGE + page * 61 % PAGE] ^= 16;
        fs::write(&store, bytes).expect("the damage");
        let keyring = SystemKeyring::default();
        let key = recovery.to_text();
        let vault = match Vault::open(&folder, Key::Recovery(&key), &keyring, &SCHEMA, after(0)) {
            Ok(vault) => vault,
            Err(VaultError::Damaged) => continue,
            Err(other) => panic!("page {page}, of {part}: {other}"),
        };
        let found = shown(&Journal::new(vault.store().clone()), &ids);
        vault.close();
        let mut see = |what: &'static str, right: Vec<Option<bool>>| {
            for (at, right) in right.into_iter().enumerate() {
                match right {
                    Some(right) => assert!(right, "page {page}, of {part}: {what} {at} is wrong"),
                    None => *refused.entry(what).or_default() += 1,
                }
            }
        };
        see("entry", same(&found.entries, &truth.entries));
        see("revision", same(&found.revisions, &truth.revisions));
        see("difference", same(&found.differences, &truth.differences));
        see("file", same(&found.files, &truth.files));
        see("search", same(&found.hits, &truth.hits));
    }
    assert_eq!(refused.len(), 5, "each was hit somewhere: {refused:?}");
}

/// Whether each that can be read is the true one.
fn same<T: PartialEq>(found: &[Option<T>], truth: &[Option<T>]) -> Vec<Option<bool>> {
    let pairs = found.iter().zip(truth);
    pairs.map(|(found, truth)| found.as_ref().map(|it| Some(it) == truth.as_ref())).collect()
}
