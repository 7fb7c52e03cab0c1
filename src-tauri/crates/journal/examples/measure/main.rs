//! Measures lists, search, saving and import on 100,000 entries of Danish-like text, in a vault and
//! in SQLite without encryption.
//!
//! `cargo run --release -p fristed-journal --features measure --example measure -- [ENTRIES] [DIR]`
//! The vault is made in DIR, or in a temporary folder, and taken from there if it is there already.

#![allow(clippy::unwrap_used, missing_docs)]

mod corpus;

use std::ops::ControlFlow;
use std::path::Path;

use corpus::Corpus;
use fristed_base::{Moment, Secret};
use fristed_journal::{
    Filter, Incoming, Journal, JournalError, MIGRATIONS, SourceKey, Text, measure,
};
use fristed_vault::{KdfCost, Key, RecoveryKey, Schema, Setup, Vault};
use rusqlite::Connection;

const PASSPHRASE: &str = "en lang sætning til at måle med";
const YEARS_MS: i64 = 30 * 365 * 86_400_000;
const NOW_MS: i64 = 1_795_500_000_000;

fn now() -> Moment {
    Moment::from_parts(NOW_MS, 60).unwrap()
}

fn entries(count: u32) -> impl Iterator<Item = Incoming> {
    let mut corpus = Corpus::new(7);
    (0..count).map(move |number| {
        let millis = NOW_MS - YEARS_MS + YEARS_MS / i64::from(count) * i64::from(number);
        let written = Moment::from_parts(millis, 60).unwrap();
        let mut key = [0; 32];
        key[..4].copy_from_slice(&number.to_le_bytes());
        let tags = (0..corpus.dice.below(3)).map(|_| format!("mærke {}", corpus.dice.below(40)));
        let tags = tags.collect();
        Incoming {
            source: SourceKey(key),
            id: None,
            written,
            updated: written,
            title: if number % 3 == 0 { corpus.words(4) } else { String::new() },
            body: corpus.body(),
            tags,
            starred: number % 20 == 0,
            template: None,
            attachments: Vec::new(),
        }
    })
}

/// The processor time of this thread: what others do on the machine does not count.
fn clock() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1000.0 + time.tv_nsec as f64 / 1e6
}

/// The processor times of several runs, in milliseconds.
struct Times(Vec<f64>);

impl Times {
    fn of(runs: usize, mut run: impl FnMut(usize)) -> Self {
        let mut times: Vec<f64> = (0..runs)
            .map(|n| {
                let began = clock();
                run(n);
                clock() - began
            })
            .collect();
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    fn at(&self, share: f64) -> f64 {
        self.0[((self.0.len() - 1) as f64 * share).round() as usize]
    }
}

fn line(name: &str, vault: &Times, plain: &Times) {
    println!(
        "{name:34} vault p50 {:7.2} p95 {:7.2}   plain p50 {:7.2} p95 {:7.2} ms   ratio {:.2}",
        vault.at(0.5),
        vault.at(0.95),
        plain.at(0.5),
        plain.at(0.95),
        vault.at(0.5) / plain.at(0.5)
    );
}

fn open_plain(path: &Path, cache_kib: i64) -> Connection {
    let plain = Connection::open(path).unwrap();
    for (name, value) in [("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)] {
        plain.pragma(None, name, value, |_| Ok(())).unwrap();
    }
    plain.pragma(None, "journal_mode", "wal", |_| Ok(())).unwrap();
    plain.pragma(None, "cache_size", -cache_kib, |_| Ok(())).unwrap();
    plain.set_prepared_statement_cache_capacity(64);
    plain
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().map_or(100_000, |n| n.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let dir = arguments.next().map_or(temporary.path().to_owned(), std::path::PathBuf::from);
    let filter: Option<String> = arguments.next();
    std::fs::create_dir_all(&dir).unwrap();
    let (folder, plain_path) = (dir.join("vault"), dir.join("plain.db"));
    let schema = Schema(MIGRATIONS);
    let fresh = !fristed_vault::exists(&folder);
    let passphrase = Secret::new(PASSPHRASE.into());

    if fresh {
        let setup = Setup {
            passphrase: &passphrase,
            recovery: &RecoveryKey::generate(),
            cost: KdfCost::floor(),
            computer: None,
        };
        let vault = Vault::create(&folder, setup, &schema, now()).unwrap();
        let began = clock();
        Journal::new(vault.store().clone())
            .import::<JournalError>(
                &mut entries(count).map(Ok),
                &mut |_| ControlFlow::Continue(()),
                now(),
            )
            .unwrap();
        let vault_rate = f64::from(count) * 1000.0 / (clock() - began);
        vault.close();

        let mut plain = open_plain(&plain_path, fristed_vault::WRITER_CACHE_KIB);
        measure::make_tables(&plain).unwrap();
        let began = clock();
        let change = plain.transaction().unwrap();
        measure::import(&change, entries(count)).unwrap();
        change.commit().unwrap();
        let plain_rate = f64::from(count) * 1000.0 / (clock() - began);
        let began = clock();
        let bytes: usize = entries(count).map(|entry| entry.body.len()).sum();
        println!(
            "import: vault {vault_rate:.0}/s, plain {plain_rate:.0}/s; making the text took {:.1} s \
             for {:.1} MB",
            ((clock() - began) / 1000.0),
            bytes as f64 / 1e6
        );
        plain.pragma(None, "wal_checkpoint", "TRUNCATE", |_| Ok(())).unwrap();
        let size = |path: &Path| std::fs::metadata(path).map_or(0.0, |m| m.len() as f64 / 1e6);
        println!(
            "size: vault {:.0} MB, plain {:.0} MB",
            size(&folder.join("vault.db")),
            size(&plain_path)
        );
        let words: u32 = plain.query_row("SELECT count(*) FROM word", [], |r| r.get(0)).unwrap();
        println!("words: {words}");
        for table in ["word_index_data", "word_part_data"] {
            let bytes: i64 = plain
                .query_row(&format!("SELECT sum(length(block)) FROM {table}"), [], |r| r.get(0))
                .unwrap();
            println!("{table}: {:.1} MB", bytes as f64 / 1e6);
        }
    }

    let keyring = fristed_vault::SystemKeyring::default();
    let vault =
        Vault::open(&folder, Key::Passphrase(&passphrase), &keyring, &schema, now()).unwrap();
    let journal = Journal::new(vault.store().clone());
    let plain = open_plain(&plain_path, fristed_vault::READER_CACHE_KIB);
    let wanted = |name: &str| filter.as_ref().is_none_or(|f| name.contains(f.as_str()));

    let mut corpus = Corpus::new(99);
    let rare: Vec<String> = (0..40).map(|_| corpus.words(1)).collect();
    let rare_two: Vec<String> = (0..40).map(|_| corpus.words(2)).collect();
    let fixed = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
    let any: Vec<String> = (0..60)
        .map(|_| {
            let word: Vec<char> = corpus.words(1).chars().collect();
            let from = corpus.dice.below(word.len().max(4) - 3);
            let long = 3 + corpus.dice.below(3);
            word[from.min(word.len())..].iter().take(long).collect::<String>()
        })
        .filter(|part| part.chars().count() >= 3)
        .collect();
    for (name, queries) in [
        ("drawn words", rare),
        ("drawn pairs", rare_two),
        ("common", fixed("og|det|skole|møde|leder|trivsel|samtale|netværk")),
        ("two words", fixed("møde leder|netværk tillid|budget trivsel|elev forældre")),
        ("inner part", fixed("etvær|kole|ilbag|beslut|tillid|dialo|edarbejde|amtal")),
        ("inner part of three", fixed("led|ing|ele|sko|ska|ndr|rst|tni")),
        ("two inner parts", fixed("led ing|kole amtal|ing ska|etvær udge|ilbag tni")),
        ("rare and inner part", fixed("skak ing|pingvin led|kurv amtal|sang ele")),
        ("random inner parts", any),
        ("one or two letters", fixed("hr|ny|ø|h|a|te|x|zz|om|s")),
        ("phrase", fixed("\"og i\"|\"skole møde\"|\"jeg det\"")),
        ("tag and word", fixed("tag:\"mærke 3\" skole|tag:\"mærke 3\" ing|tag:\"mærke 7\"")),
        ("days and word", fixed("from:2010 to:2010-03 skole|to:1999 ing|from:2026-01-01")),
        ("without", fixed("skole -og|-og|leder -tag:\"mærke 3\"")),
        ("nothing there", fixed("qqqq|xyzzyx|æøåæø")),
    ] {
        if !wanted(name) {
            continue;
        }
        let n = queries.len();
        let runs = (n * 5).max(40);
        let in_vault = Times::of(runs, |i| {
            journal.search(&queries[i % n], 0, 50).unwrap();
        });
        let in_plain = Times::of(runs, |i| {
            let state = plain.unchecked_transaction().unwrap();
            measure::search(&state, &queries[i % n], 0, 50).unwrap();
        });
        line(name, &in_vault, &in_plain);
        if filter.is_some() {
            for query in &queries {
                let time = Times::of(5, |_| {
                    journal.search(query, 0, 50).unwrap();
                });
                let hits = journal.search(query, 0, 50).unwrap();
                println!("    {query:24} {:7.2} ms  {}", time.at(0.5), hits.hits.len());
            }
        }
    }
    for offset in [0, 500, 5_000] {
        let in_vault = Times::of(10, |_| {
            journal.search("kole", offset, 50).unwrap();
        });
        let in_plain = Times::of(10, |_| {
            let state = plain.unchecked_transaction().unwrap();
            measure::search(&state, "kole", offset, 50).unwrap();
        });
        line(&format!("inner part, from {offset}"), &in_vault, &in_plain);
    }
    for (name, filter) in [
        ("all", Filter::All),
        ("tag", Filter::Tag("mærke 3".into())),
        ("starred", Filter::Starred),
        ("month", Filter::Month { year: 2020, month: 5 }),
    ] {
        for share in [0.0, 0.5, 0.99] {
            let total = journal.page(&filter, 0, 1).unwrap().total;
            let offset = (f64::from(total) * share) as u32;
            let in_vault = Times::of(40, |_| {
                journal.page(&filter, offset, 50).unwrap();
            });
            let in_plain = Times::of(40, |_| {
                let state = plain.unchecked_transaction().unwrap();
                measure::page(&state, &filter, offset, 50).unwrap();
            });
            line(&format!("page of {name} from {offset}"), &in_vault, &in_plain);
        }
    }
    save(&journal, plain);
    let began = clock();
    let check = journal.check().unwrap();
    println!("check: {check:?} in {:.1} s", ((clock() - began) / 1000.0));
    vault.close();
}

/// Saves one entry again and again, as a leader does who writes.
fn save(journal: &Journal, mut plain: Connection) {
    let target = journal.page(&Filter::All, 1_000, 1).unwrap().rows[0].id;
    let other = measure::page(&plain, &Filter::All, 1_000, 1).unwrap()[0].id;
    let entry = journal.entry(target).unwrap();
    let later = |n: usize| Moment::from_parts(NOW_MS + 1_000 * n as i64, 60).unwrap();
    let mut version = entry.version;
    let in_vault = Times::of(200, |n| {
        let text =
            Text { title: entry.title.clone(), body: format!("{} {n}", entry.body), version };
        version = journal.save(target, text, later(n)).unwrap().version;
    });
    let mut version = 1;
    let in_plain = Times::of(200, |n| {
        let text =
            Text { title: entry.title.clone(), body: format!("{} {n}", entry.body), version };
        let change = plain.transaction().unwrap();
        version = measure::save(&change, other, &text, later(n)).unwrap().version;
        change.commit().unwrap();
    });
    line("durable save", &in_vault, &in_plain);
    let mut corpus = Corpus::new(5);
    let mut caught = Vec::new();
    let caught_plain = Times::of(20, |n| {
        let text = Text { title: String::new(), body: corpus.body(), version: version + n as u32 };
        let change = plain.transaction().unwrap();
        measure::save(&change, other, &text, later(300 + n)).unwrap();
        let began = clock();
        measure::catch_up(&change).unwrap();
        change.commit().unwrap();
        caught.push(clock() - began);
    });
    let mut version = journal.entry(target).unwrap().version;
    let caught_vault = Times::of(20, |n| {
        let text = Text { title: String::new(), body: corpus.body(), version };
        version = journal.save(target, text, later(300 + n)).unwrap().version;
        journal.search("skole", 0, 1).unwrap();
    });
    line("new text saved, indexed, found", &caught_vault, &caught_plain);
    println!("catching up alone, plain: {:.2} ms", caught[caught.len() / 2]);
}
