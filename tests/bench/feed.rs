//! The first page of a network's feed, short and long, in a vault as a leader has it. No server is
//! needed for that: what would have come from one is handed to the store.

use std::path::Path;
use std::time::Instant;

use fristed_base::{Moment, Secret};
use fristed_network::{
    Account, AccountKind, Act, Incoming, Lang, NewShare, PeerState, RoomState, Sharing, Standing,
    Subject, What,
};
use fristed_tests::sharer::{PASSPHRASE, Sharer};
use fristed_vault::{Key, Migration, Schema, SystemKeyring, Vault};
use serde_json::Value;

use crate::corpus::Corpus;
use crate::table::{Bound, Row, quantile};

const ROOM: &str = "!skoleledere:kommune.dk";
const KARLA: &str = "@karla:kommune.dk";
const METTE: &str = "@mette:kommune.dk";
/// As many things as the window asks for at a time.
const PAGE: u32 = 40;
/// The instant of the first thing in a feed, in milliseconds since 1970.
const FIRST: i64 = 1_772_500_000_000;
const ROUNDS: usize = 200;
/// How many events are handed in at once, as many as come from a server.
const AT_ONCE: usize = 100;

/// Measures the first page at 50 and at 5,000 entries, in turns.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure() -> Result<Row, String> {
    let (few, many) = (filled("Karla", 50)?, filled("Karla", 5_000)?);
    let page = |leader: &Sharer| -> Result<f64, String> {
        let begun = Instant::now();
        let feed = leader.program().feed(Some(ROOM), 0, PAGE, leader.now()).map_err(said)?;
        let took = begun.elapsed().as_secs_f64() * 1_000.0;
        if feed.items.len() != PAGE as usize {
            return Err("the feed's first page is not full".into());
        }
        Ok(took)
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(page(&many)?);
        theirs.push(page(&few)?);
    }
    Ok(Row {
        what: "the feed's first page of 5,000 entries".into(),
        unit: "ms",
        ours: quantile(&mut ours, 0.5),
        theirs: Some((quantile(&mut theirs, 0.5), "of 50 entries")),
        bound: Bound::RatioAtMost(1.5),
    })
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A leader in whose network another one has shared so much. She is signed out, so that nothing of
/// hers asks a server.
fn filled(name: &'static str, entries: usize) -> Result<Sharer, String> {
    let leader = Sharer::new(name);
    leader.locks();
    fill(&leader.vault(), entries, leader.now())?;
    leader.opens();
    Ok(leader)
}

fn fill(folder: &Path, entries: usize, now: Moment) -> Result<(), String> {
    let steps: Vec<Migration> =
        [fristed_journal::MIGRATIONS, fristed_calendar::MIGRATIONS, fristed_network::MIGRATIONS]
            .concat();
    let schema = Schema(Box::leak(steps.into_boxed_slice()));
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let key = Key::Passphrase(&passphrase);
    let vault = Vault::open(folder, key, &SystemKeyring::default(), &schema, now).map_err(said)?;
    let sharing = Sharing::new(vault.store().clone());
    let in_it = begin(&sharing).and_then(|()| came(&sharing, entries, now));
    vault.close();
    in_it
}

fn begin(sharing: &Sharing) -> Result<(), String> {
    let account = Account {
        user: KARLA.into(),
        name: "Karla".into(),
        server: "https://kommune.dk".into(),
        device: "ABC".into(),
        kind: AccountKind::Older,
        session: Secret::new("{}".into()),
        mark: [7; 16],
        storage_key: None,
        signed_out: true,
    };
    sharing.account_put(&account).map_err(said)?;
    let state = RoomState {
        room: ROOM.into(),
        name: "Skolelederne".into(),
        standing: Standing::Joined,
        federated: false,
        organiser: true,
        invited_by: None,
    };
    sharing.room_put(&state).map_err(said)?;
    let peer = |user: &str| PeerState {
        user: user.into(),
        name: user[1..6].into(),
        invited: false,
        organiser: false,
        asking: false,
    };
    sharing.peers_put(ROOM, &[peer(KARLA), peer(METTE)]).map_err(said)
}

/// What Mette shared, and Karla has read: one share as Fristed makes it, with another id, title and text each time.
fn came(sharing: &Sharing, entries: usize, now: Moment) -> Result<(), String> {
    let (event_type, shared) = as_sent(sharing, now)?;
    let mut corpus = Corpus::new(32)?;
    let mut events = Vec::with_capacity(entries);
    for n in 0..entries {
        let mut content = shared.clone();
        let own = content.get_mut("dk.fristed.reflection").ok_or("no reflection was made")?;
        own["id"] = format!("{n:032x}").into();
        own["title"] = format!("Refleksion {n}").into();
        own["markdown"] = corpus.entry().into();
        events.push(Incoming {
            event: format!("$event{n}"),
            sender: METTE.into(),
            at: FIRST + 60_000 * n as i64,
            what: What::Clear { event_type: event_type.clone(), content, txn: None },
        });
    }
    for some in events.chunks(AT_ONCE) {
        sharing.take(ROOM, some, None).map_err(said)?;
    }
    sharing.mark_read(ROOM, None).map_err(said)
}

/// A share as it would leave; it is called back.
fn as_sent(sharing: &Sharing, now: Moment) -> Result<(String, Value), String> {
    let subject =
        Subject::Reflection { title: "Titel".into(), markdown: "Tekst".into(), day: None };
    let (room, files) = (ROOM.to_owned(), Vec::new());
    let new = NewShare {
        room,
        subject,
        files,
        entry: None,
        excerpt: false,
        readers: None,
        lang: Lang::Danish,
        not_before: None,
    };
    let item = sharing.share(new, now).map_err(said)?;
    let job = sharing.next_jobs(now).map_err(said)?.pop().ok_or("nothing is to be sent")?;
    sharing.share_undo(item).map_err(said)?;
    match job.act {
        Act::Send { event_type, content } => Ok((event_type, content)),
        _ => Err("what is shared is no text".into()),
    }
}
