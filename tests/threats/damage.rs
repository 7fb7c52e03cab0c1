//! 5 and 6: flipped bytes and cut files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fristed_base::{Moment, Secret};
use fristed_tests::{Chance, Leader, disk, rounds, words};
use fristed_vault::{Key, Migration, Schema, StoreError, SystemKeyring, Vault};
use serde_json::Value;

/// The size of the store's pages, in bytes.
const PAGE: usize = 4096;

/// A journal of many pages, and every entry's text.
fn karla_with_entries() -> (Leader, BTreeMap<String, String>) {
    let karla = Leader::named("Karla");
    let folder = karla.home().join("entries");
    fs::create_dir(&folder).expect("a folder");
    for number in 0..24_u64 {
        let size = if number % 4 == 0 { 9_000 } else { 1_500 };
        let path = folder.join(format!("2026-01-{:02} {number}.md", number + 1));
        fs::write(path, words::text(number, size)).expect("a file");
    }
    assert_eq!(karla.imports(&folder), 24);
    let texts = texts(&karla.list());
    (karla, texts)
}

fn texts(entries: &[Value]) -> BTreeMap<String, String> {
    let field = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    entries.iter().map(|entry| (field(entry, "id"), field(entry, "body"))).collect()
}

/// Whatever was printed of a list before it failed.
fn readable(out: &[u8]) -> BTreeMap<String, String> {
    if out.is_empty() {
        return BTreeMap::new();
    }
    let list: Value = serde_json::from_slice(out).expect("what is printed is whole");
    texts(list.as_array().expect("an array"))
}

#[test]
fn t05_a_flipped_byte_on_any_page_is_named_as_damage_and_never_shown_as_text() {
    let (karla, texts) = karla_with_entries();
    let store = karla.vault().join("vault.db");
    let whole = fs::read(&store).expect("the store");
    let pages = whole.len() / PAGE;
    assert!(pages > 20, "there is something to damage: {pages} pages");
    let mut chance = Chance::new(5);
    let step = usize::try_from(rounds(3, 1)).unwrap_or(1);
    let mut others_given = 0;
    for page in (0..pages).step_by(step) {
        let mut bytes = whole.clone();
        let at = page * PAGE + usize::try_from(chance.below(PAGE as u64)).unwrap_or(0);
        bytes[at] ^= 1 << chance.below(8);
        fs::write(&store, &bytes).expect("the damage");

        let listed = karla.cli(&["list", "--json"]).answer();
        let given = readable(&listed.out);
        for (id, text) in &given {
            assert_eq!(texts.get(id), Some(text), "page {page}: never wrong text");
        }
        match listed.exit() {
            Some(0) => assert_eq!(given.len(), texts.len(), "page {page}: all, or it is said"),
            _ => drop(listed.failed(4, "damaged")),
        }
        others_given += usize::from((1..texts.len()).contains(&given.len()));
        let checked = karla.cli(&["check", "--json"]).answer();
        assert_eq!(checked.exit(), Some(4), "page {page}: a check finds it: {}", checked.err);
    }
    assert!(others_given > 0, "a damaged page takes its own entry, and the others are given out");
    fs::write(&store, &whole).expect("put right");
    karla.sees_that_all_is_whole();
}

/// A journal whose entries have pictures too, small ones and one that fills many pages.
fn karla_with_pictures() -> Leader {
    let karla = Leader::named("Karla");
    let folder = karla.home().join("entries");
    fs::create_dir(&folder).expect("a folder");
    let mut chance = Chance::new(50);
    for number in 0..24_u64 {
        let mut text = words::text(number, if number % 4 == 0 { 9_000 } else { 700 });
        if number % 6 == 1 {
            let size = if number == 7 { 300_000 } else { 3_000 };
            let picture: Vec<u8> = (0..size).map(|_| chance.next().to_le_bytes()[4]).collect();
            fs::write(folder.join(format!("{number}.png")), picture).expect("a picture");
            text.push_str(&format!("\n![tavlen]({number}.png)\n"));
        }
        let path = folder.join(format!("2026-01-{:02} {number}.md", number + 1));
        fs::write(path, text).expect("a file");
    }
    assert_eq!(karla.imports(&folder), 24);
    karla
}

/// The pages without which nothing can be read, from 0: what says that this is a store, of which
/// version, whether it was closed well and which tables it has, and the root over every text.
fn needed_by_everything(karla: &Leader) -> BTreeSet<usize> {
    const ASKED: &str = "SELECT pageno FROM dbstat \
         WHERE name IN ('sqlite_schema', 'migration', 'session') \
         OR (name = 'entry_text' AND pagetype = 'internal')";
    let all = fristed_journal::MIGRATIONS
        .iter()
        .chain(fristed_calendar::MIGRATIONS)
        .chain(fristed_network::MIGRATIONS);
    let all: Vec<_> =
        all.map(|m| Migration { number: m.number, name: m.name, sql: m.sql }).collect();
    let schema = Schema(Box::leak(all.into_boxed_slice()));
    let key = Secret::new(fs::read_to_string(karla.recovery_file()).expect("her paper"));
    let now = Moment::from(chrono::Local::now());
    let vault =
        Vault::open(karla.vault(), Key::Recovery(&key), &SystemKeyring::new(), &schema, now)
            .expect("her key opens it");
    let pages: Result<Vec<usize>, StoreError> = vault.store().read(|c| {
        let mut statement = c.prepare(ASKED)?;
        let pages = statement.query_map([], |row| row.get::<_, u32>(0))?;
        Ok(pages.map(|page| page.map(|page| page as usize - 1)).collect::<Result<_, _>>()?)
    });
    vault.close();
    pages.expect("the store tells of its pages").into_iter().collect()
}

/// The entries of a JSON export by their ids, each with its attachments' bytes by theirs.
fn exported(folder: &Path) -> BTreeMap<String, (Value, BTreeMap<String, Vec<u8>>)> {
    let document = fs::read(folder.join("journal.json")).expect("the document");
    let document: Value = serde_json::from_slice(&document).expect("it is whole");
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let entries = document["entries"].as_array().expect("an array").iter();
    entries
        .map(|entry| {
            let files = entry["attachments"].as_array().expect("an array").iter();
            let files = files.map(|file| {
                let path = folder.join(text(&file["file"]));
                (text(&file["id"]), fs::read(path).expect("an attachment that is listed is there"))
            });
            (text(&entry["id"]), (entry.clone(), files.collect()))
        })
        .collect()
}

#[test]
fn t05_what_lies_on_other_pages_is_exported_byte_for_byte_and_the_rest_is_counted() {
    let karla = karla_with_pictures();
    let truth = exported(&karla.exports("sound", "json"));
    assert_eq!(truth.len(), 24);
    let pictures: usize = truth.values().map(|(_, files)| files.len()).sum();
    assert_eq!(pictures, 4);
    let needed = needed_by_everything(&karla);
    let store = karla.vault().join("vault.db");
    let whole = fs::read(&store).expect("the store");
    let pages = whole.len() / PAGE;
    let mut chance = Chance::new(51);
    let step = usize::try_from(rounds(4, 1)).unwrap_or(1);
    let (mut closed, mut without_texts, mut without_pictures, mut without_loss) = (0, 0, 0, 0);
    let folder = karla.home().join("ud");
    let path = folder.display().to_string();
    for page in (0..pages).step_by(step) {
        let mut bytes = whole.clone();
        let at = page * PAGE + usize::try_from(chance.below(PAGE as u64)).unwrap_or(0);
        bytes[at] ^= 1 << chance.below(8);
        fs::write(&store, &bytes).expect("the damage");

        let answer = karla.cli(&["export", &path, "--format", "json", "--json"]).answer();
        if !folder.exists() {
            answer.failed(4, "damaged");
            assert!(needed.contains(&page), "page {page}: something can be read");
            closed += 1;
            continue;
        }
        let found = exported(&folder);
        let told = answer.json();
        let lost = |what: &str| told["unreadable"][what].as_u64().expect("a number");
        let [entries, incomplete, attachments] = ["entries", "incomplete", "attachments"].map(lost);
        assert_eq!(told["entries"], found.len(), "page {page}");
        assert_eq!(found.len() as u64 + entries, 24, "page {page}: none is missing unsaid");
        assert!(entries <= 6, "page {page}: a page takes its own entries: {entries}");
        let mut changed = 0;
        let mut files = 0;
        for (id, (entry, its)) in &found {
            let (true_entry, true_files) = truth.get(id).expect("an entry that she wrote");
            for field in ["title", "given_title", "body", "day", "tags"] {
                assert_eq!(entry[field], true_entry[field], "page {page}: {field}");
            }
            for (id, bytes) in its {
                assert!(true_files.get(id) == Some(bytes), "page {page}: never wrong bytes");
            }
            files += its.len() as u64;
            changed += u64::from(its.len() == true_files.len() && entry != true_entry);
        }
        assert_eq!(files + attachments, 4, "page {page}: no picture is missing unsaid");
        assert!(changed <= incomplete, "page {page}: {changed} differ, {incomplete} are told");
        if entries + incomplete + attachments > 0 {
            let said = answer.failed(4, "damaged").err;
            let line = said.lines().last().unwrap_or_default();
            for (word, count) in [("refleksioner", entries), ("bilag", attachments)] {
                let word = format!("udeladte {word}: {count}");
                assert_eq!(line.contains(&word), count > 0, "page {page}: {line}");
            }
        } else if answer.exit() != Some(0) {
            answer.failed(4, "damaged");
        }
        without_texts += u32::from(entries > 0);
        without_pictures += u32::from(attachments > 0);
        without_loss += u32::from(entries + incomplete + attachments == 0);
        fs::remove_dir_all(&folder).expect("she tries again");
    }
    println!(
        "{pages} pages: {closed} gave nothing, {without_texts} cost texts, \
         {without_pictures} pictures, {without_loss} nothing"
    );
    assert!(without_texts > 0 && without_pictures > 0 && without_loss > 0);
    fs::write(&store, &whole).expect("put right");
    assert!(exported(&karla.exports("after", "json")) == truth);
}

#[test]
fn t05_a_markdown_export_of_a_damaged_store_has_every_readable_text_as_it_was() {
    let karla = karla_with_pictures();
    let sound = karla.exports("sound", "markdown");
    let names = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        let files = disk::files(folder).into_iter();
        files
            .map(|path| {
                let name = path.strip_prefix(folder).expect("below it").display().to_string();
                (name, fs::read(path).expect("a file of an export"))
            })
            .collect()
    };
    let truth = names(&sound);
    let store = karla.vault().join("vault.db");
    let whole = fs::read(&store).expect("the store");
    let mut chance = Chance::new(52);
    let step = usize::try_from(rounds(12, 1)).unwrap_or(1);
    let folder = karla.home().join("ud");
    let path = folder.display().to_string();
    let mut others_given = 0;
    for page in (0..whole.len() / PAGE).step_by(step) {
        let mut bytes = whole.clone();
        let at = page * PAGE + usize::try_from(chance.below(PAGE as u64)).unwrap_or(0);
        bytes[at] ^= 1 << chance.below(8);
        fs::write(&store, &bytes).expect("the damage");
        let answer = karla.cli(&["export", &path, "--format", "markdown", "--json"]).answer();
        if !folder.exists() {
            answer.failed(4, "damaged");
            continue;
        }
        let told = answer.json();
        let lost = |what: &str| told["unreadable"][what].as_u64().expect("a number");
        let of_texts = lost("entries") + lost("incomplete") + lost("attachments");
        let found = names(&folder);
        assert!(found.keys().all(|name| truth.contains_key(name)), "page {page}");
        let (texts, files): (Vec<_>, Vec<_>) =
            truth.iter().partition(|(name, _)| name.ends_with(".md"));
        let kept = texts.iter().filter(|(name, text)| found.get(*name) == Some(*text)).count();
        assert!((texts.len() - kept) as u64 <= of_texts, "page {page}: {kept} of 24, {told}");
        let gone = files.iter().filter(|(name, _)| !found.contains_key(*name)).count();
        assert_eq!(gone as u64, lost("attachments"), "page {page}");
        for (name, bytes) in files {
            assert!(found.get(name).is_none_or(|found| found == bytes), "page {page}: {name}");
        }
        others_given += u32::from((1..24).contains(&kept));
        fs::remove_dir_all(&folder).expect("she tries again");
    }
    assert!(others_given > 0, "some pages take a text, and the others are given out");
}

#[test]
fn t05_a_flipped_byte_in_the_key_file_opens_nothing_wrongly_and_changes_nothing() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Nøglefilen.");
    let keys = karla.vault().join("keys.json");
    let whole = fs::read(&keys).expect("the key file");
    let store = || fs::read(karla.vault().join("vault.db")).expect("the store");
    let mut chance = Chance::new(55);
    for _ in 0..rounds(40, 400) {
        let mut bytes = whole.clone();
        let at = usize::try_from(chance.below(whole.len() as u64)).unwrap_or(0);
        bytes[at] ^= 1 << chance.below(7);
        fs::write(&keys, &bytes).expect("the damage");
        let before = store();
        let shown = karla.cli(&["show", &id]).answer();
        match shown.exit() {
            Some(0) => assert_eq!(shown.text(), "Nøglefilen.", "another slot was hit"),
            Some(1 | 3 | 4) => {
                assert!(shown.out.is_empty(), "byte {at}: refused, and nothing said");
                assert!(store() == before, "byte {at}: not a byte of the store was changed");
            }
            other => panic!("byte {at}: {other:?} {}", shown.err),
        }
        fs::write(&keys, &whole).expect("put right");
    }
    assert_eq!(karla.reads(&id), "Nøglefilen.".as_bytes());
}

#[test]
fn t06_a_store_cut_short_anywhere_is_refused_and_never_replaced() {
    let (karla, texts) = karla_with_entries();
    let store = karla.vault().join("vault.db");
    let whole = fs::read(&store).expect("the store");
    let pages = whole.len() / PAGE;
    let step = usize::try_from(rounds(6, 1)).unwrap_or(1);
    let borders = (0..pages).step_by(step).flat_map(|page| [page * PAGE, page * PAGE + PAGE / 2]);
    for length in borders.chain([1, 15, whole.len() - 1]) {
        fs::write(&store, &whole[..length]).expect("the cut");
        let listed = karla.cli(&["list", "--json"]).answer();
        for (id, text) in readable(&listed.out) {
            assert_eq!(texts.get(&id), Some(&text), "cut at {length}: never wrong text");
        }
        drop(listed.failed(4, "damaged"));
        let after = fs::read(&store).expect("the store");
        assert!(after == whole[..length], "cut at {length}: what is left stays as it is");
    }
    fs::write(&store, &whole).expect("put right");
    assert_eq!(karla.list().len(), texts.len());
    karla.sees_that_all_is_whole();
}

#[test]
fn t06_a_vault_without_its_store_is_damaged_and_not_new() {
    let karla = Leader::named("Karla");
    karla.writes("Den er her.");
    let aside = karla.home().join("aside.db");
    fs::rename(karla.vault().join("vault.db"), &aside).expect("the store is gone");
    karla.cli(&["list"]).answer().failed(4, "damaged");
    karla.cli(&["add"]).input("nyt").answer().failed(4, "damaged");
    fristed_tests::Cli::at(karla.home())
        .args(["create"])
        .args(karla.vault_args())
        .args(karla.passphrase_args())
        .answer()
        .failed(1, "vaultExists");
    fs::rename(&aside, karla.vault().join("vault.db")).expect("it is found again");
    assert_eq!(karla.list().len(), 1);
}

#[test]
fn t06_a_vault_without_its_key_file_says_so() {
    let karla = Leader::named("Karla");
    let keys = karla.vault().join("keys.json");
    let aside = karla.home().join("keys.json");
    fs::rename(&keys, &aside).expect("the key file is gone");
    karla.cli(&["list"]).answer().failed(4, "keysDamaged");
    let before = disk::fingerprints(karla.vault());
    karla.cli(&["add"]).input("nyt").answer().failed(4, "keysDamaged");
    assert_eq!(disk::fingerprints(karla.vault()), before, "no new key is ever made");
    fs::rename(&aside, &keys).expect("it is found again");
    assert!(karla.list().is_empty());
}
