//! The journal on 100,000 entries, in a vault and on SQLite without encryption.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use fristed_base::{Moment, Secret};
use fristed_journal::{
    Filter, Incoming, Journal, JournalError, MIGRATIONS, SourceKey, Text, measure,
};
use fristed_vault::{KdfCost, Key, RecoveryKey, Schema, Setup, SystemKeyring, Vault};
use rusqlite::Connection;

use crate::corpus::Corpus;
use crate::table::{Bound, Row, quantile};

const SCHEMA: Schema = Schema(MIGRATIONS);
const LAST: i64 = 1_795_500_000_000;
const YEARS: i64 = 30 * 365 * 86_400_000;

/// Words as leaders look for them: found hardly ever, very often, two at once, and inside others.
const QUERIES: [(&str, &[&str]); 4] = [
    (
        "a rare word",
        &["sommerfuglevinge", "kajplads", "tordenvejr", "pinseferie", "vandkande", "bogreol"],
    ),
    ("a common word", &["og", "det", "jeg", "netværk", "møde", "trivsel"]),
    ("two words", &["møde netværk", "trivsel møde", "ny netværksmøde", "jeg trivsel"]),
    ("the inner part of words", &["etvær", "amtal", "rivs", "ledern", "sommerf", "delings"]),
];

const ROUNDS: usize = 40;

fn moment(millis: i64) -> Moment {
    Moment::from_parts(millis, 60).expect("a moment that every calendar has")
}

fn entries(corpus: &mut Corpus, count: u32) -> impl Iterator<Item = Incoming> + '_ {
    (0..count).map(move |n| {
        let written = moment(LAST - YEARS + YEARS / i64::from(count) * i64::from(n));
        let mut key = [0; 32];
        key[..4].copy_from_slice(&n.to_le_bytes());
        Incoming {
            source: SourceKey(key),
            id: None,
            written,
            updated: written,
            title: String::new(),
            body: corpus.entry(),
            tags: if n % 3 == 0 { vec![format!("emne {}", n % 40)] } else { Vec::new() },
            starred: n % 20 == 0,
            template: None,
            attachments: Vec::new(),
        }
    })
}

/// A vault with so many entries, its recovery key, and how many entries came in a second.
fn make(folder: &Path, count: u32) -> Result<(Secret, f64), String> {
    let recovery = RecoveryKey::generate();
    let setup = Setup {
        passphrase: &Secret::new("havtorn blyant torsdag kande".into()),
        recovery: &recovery,
        cost: KdfCost::floor(),
        computer: None,
    };
    let vault = Vault::create(folder, setup, &SCHEMA, moment(LAST)).map_err(said)?;
    let mut corpus = Corpus::new(7)?;
    // Making the texts is not what is measured.
    let incoming: Vec<_> = entries(&mut corpus, count).collect();
    let begun = Instant::now();
    Journal::new(vault.store().clone())
        .import::<JournalError>(
            &mut incoming.into_iter().map(Ok),
            &mut |_| ControlFlow::Continue(()),
            moment(LAST),
        )
        .map_err(said)?;
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    vault.close();
    Ok((recovery.to_text(), rate))
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The same tables on SQLite without a key, set up as the vault sets up its own.
fn plain(path: &Path, cache_kib: i64) -> rusqlite::Result<Connection> {
    let plain = Connection::open(path)?;
    for (name, value) in [
        ("temp_store", 2),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("cache_size", -cache_kib),
    ] {
        plain.pragma(None, name, value, |_| Ok(()))?;
    }
    plain.pragma(None, "journal_mode", "wal", |_| Ok(()))?;
    plain.set_prepared_statement_cache_capacity(64);
    Ok(plain)
}

/// A vault of many entries, for others to open.
pub struct Large {
    pub folder: PathBuf,
    pub key: Secret,
}

/// The figures, and the vault of `count` entries.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure(count: u32, scratch: &Path) -> Result<(Vec<Row>, Large), String> {
    let (large, small) = (scratch.join("large"), scratch.join("small"));
    let (key, rate) = make(&large, count)?;
    let (small_key, _) = make(&small, count / 100)?;
    let mut rows = vec![Row {
        what: format!("import of {count} entries into a vault"),
        unit: "entries/s",
        ours: rate,
        theirs: None,
        bound: Bound::AtLeast(2_000.0),
    }];

    let plain_path = scratch.join("plain.db");
    let mut writer = plain(&plain_path, fristed_vault::WRITER_CACHE_KIB).map_err(said)?;
    measure::make_tables(&writer).map_err(said)?;
    let change = writer.transaction().map_err(said)?;
    measure::import(&change, entries(&mut Corpus::new(7)?, count)).map_err(said)?;
    change.commit().map_err(said)?;
    let reader = plain(&plain_path, fristed_vault::READER_CACHE_KIB).map_err(said)?;

    rows.push(first_page(&large, &key, &small, &small_key, count)?);
    let keyring = SystemKeyring::default();
    let vault =
        Vault::open(&large, Key::Recovery(&key), &keyring, &SCHEMA, moment(LAST)).map_err(said)?;
    let journal = Journal::new(vault.store().clone());
    for (name, queries) in QUERIES {
        rows.extend(search(name, queries, &journal, &reader, count)?);
    }
    rows.push(save(&journal, &mut writer)?);
    vault.close();
    Ok((rows, Large { folder: large, key }))
}

/// Opening by the recovery key and reading the first page, large beside small.
fn first_page(
    large: &Path,
    large_key: &Secret,
    small: &Path,
    small_key: &Secret,
    count: u32,
) -> Result<Row, String> {
    let keyring = SystemKeyring::default();
    let open = |folder: &Path, key: &Secret| -> Result<f64, String> {
        let begun = Instant::now();
        let vault = Vault::open(folder, Key::Recovery(key), &keyring, &SCHEMA, moment(LAST))
            .map_err(said)?;
        let page = Journal::new(vault.store().clone()).page(&Filter::All, 0, 50).map_err(said)?;
        let time = begun.elapsed().as_secs_f64() * 1_000.0;
        if page.rows.len() != 50 {
            return Err("the first page is not full".into());
        }
        vault.close();
        Ok(time)
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        ours.push(open(large, large_key)?);
        theirs.push(open(small, small_key)?);
    }
    Ok(Row {
        what: format!("unlock by recovery key and first page, {count} entries"),
        unit: "ms",
        ours: quantile(&mut ours, 0.5),
        theirs: Some((quantile(&mut theirs, 0.5), "a hundredth of them")),
        bound: Bound::RatioAtMost(1.5),
    })
}

/// The 95th percentile of a kind of query, in the vault and beside it in turns.
fn search(
    name: &str,
    queries: &[&str],
    journal: &Journal,
    reader: &Connection,
    count: u32,
) -> Result<[Row; 2], String> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS * queries.len() {
        let query = queries[round % queries.len()];
        let begun = Instant::now();
        let found = journal.search(query, 0, 50).map_err(said)?;
        ours.push(begun.elapsed().as_secs_f64() * 1_000.0);
        let begun = Instant::now();
        // One transaction, as the vault reads: each statement would lock the file by itself.
        let state = reader.unchecked_transaction().map_err(said)?;
        let beside = measure::search(&state, query, 0, 50).map_err(said)?;
        state.finish().map_err(said)?;
        theirs.push(begun.elapsed().as_secs_f64() * 1_000.0);
        if found.hits.len() != beside.hits.len() {
            return Err(format!("{query} is found in different numbers of entries"));
        }
    }
    let ours = quantile(&mut ours, 0.95);
    let theirs = quantile(&mut theirs, 0.95);
    let row =
        |bound, what| Row { what, unit: "ms", ours, theirs: Some((theirs, "unencrypted")), bound };
    Ok([
        row(Bound::AtMost(50.0), format!("search p95, {name}, {count} entries")),
        row(Bound::RatioAtMost(1.3), format!("search p95, {name}, beside no encryption")),
    ])
}

/// One entry saved again and again, as a leader does who writes.
fn save(journal: &Journal, plain: &mut Connection) -> Result<Row, String> {
    let at = |n: usize| moment(LAST + 1_000 * n as i64);
    let ours_id = journal.page(&Filter::All, 1_000, 1).map_err(said)?.rows[0].id;
    let theirs_id = measure::page(plain, &Filter::All, 1_000, 1).map_err(said)?[0].id;
    let body = journal.entry(ours_id).map_err(said)?.body;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut versions = (journal.entry(ours_id).map_err(said)?.version, 1);
    for n in 0..300 {
        let text = |version| Text { title: String::new(), body: format!("{body} {n}"), version };
        let (mine, other) = (text(versions.0), text(versions.1));
        let begun = Instant::now();
        versions.0 = journal.save(ours_id, mine, at(n)).map_err(said)?.version;
        ours.push(begun.elapsed().as_secs_f64() * 1_000.0);
        let begun = Instant::now();
        let change = plain.transaction().map_err(said)?;
        versions.1 = measure::save(&change, theirs_id, &other, at(n)).map_err(said)?.version;
        change.commit().map_err(said)?;
        theirs.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(Row {
        what: "a durable save of one kilobyte".into(),
        unit: "ms",
        ours: quantile(&mut ours, 0.5),
        theirs: Some((quantile(&mut theirs, 0.5), "unencrypted")),
        bound: Bound::RatioAtMost(1.3),
    })
}
