//! The table `outbox`: what is still to be done at the server.

use fristed_base::{JobId, Moment, OutboxId};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::Value;

use super::column::{id, json_or_none, moment_or_none, number_of, one_of, one_of_or_none, to_json};
use super::event::EventNo;
use super::item::ItemNo;
use super::room::RoomNo;
use crate::error::Result;
use crate::model::{OutboxWhat, Trouble};

/// What a step does. The numbers order the steps of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Uploads the file of its event.
    Upload,
    /// Sends its event.
    Send,
    /// Redacts its event.
    Redact,
}

impl Step {
    const ALL: [Self; 3] = [Self::Upload, Self::Send, Self::Redact];
}

/// What a sending is tied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// Nothing.
    Alone,
    /// A thread.
    Thread,
    /// What it is a new version of.
    Edit,
    /// What the sign is given to.
    Sign,
}

impl Tie {
    const ALL: [Self; 4] = [Self::Alone, Self::Thread, Self::Edit, Self::Sign];
}

/// What a step sends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sent {
    pub(crate) event_type: String,
    pub(crate) content: Value,
    pub(crate) tie: Tie,
    /// The event that it is tied to; none: the first of its own thing.
    pub(crate) target: Option<String>,
    /// It tells where its event's file is.
    pub(crate) attached: bool,
}

/// A row of `outbox`.
#[derive(Debug, Clone)]
pub(crate) struct OutboxRecord {
    pub(crate) id: JobId,
    pub(crate) wish: OutboxId,
    pub(crate) room: RoomNo,
    pub(crate) item: ItemNo,
    pub(crate) event: EventNo,
    pub(crate) ord: i64,
    pub(crate) what: OutboxWhat,
    pub(crate) step: Step,
    pub(crate) sent: Option<Sent>,
    pub(crate) txn: String,
    pub(crate) begun: bool,
    pub(crate) failed: bool,
    pub(crate) not_before: Option<Moment>,
    pub(crate) retry: Option<Moment>,
    pub(crate) trouble: Option<Trouble>,
    /// Who may read it, by address; none: whoever is in the network.
    pub(crate) readers: Option<Vec<String>>,
    /// Who came since, where the leader is asked about them.
    pub(crate) newcomers: Option<Vec<String>>,
}

impl OutboxRecord {
    /// Those among `here` who may not read it before the leader was asked.
    pub(crate) fn unasked(&self, here: &[String]) -> Vec<String> {
        let Some(readers) = &self.readers else { return Vec::new() };
        here.iter().filter(|user| !readers.contains(user)).cloned().collect()
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, wish, room, item, event, ord, what, act, event_type, content, tie, target, \
             attached, txn, begun, failed, not_before_ms, retry_ms, trouble, readers, newcomers \
             FROM outbox ",
            $rest
        )
    };
}

const ALL: &str = select!("ORDER BY ord, act, no");
const BY_ID: &str = select!("WHERE id = ?1");
const BY_TXN: &str = select!("WHERE txn = ?1");
const OF_ITEM: &str = select!("WHERE item = ?1 ORDER BY ord, act, no");
const OF_EVENT: &str = select!("WHERE event = ?1 ORDER BY ord, act, no");
const OF_WISH: &str = select!("WHERE wish = ?1 ORDER BY ord, act, no");
const OF_ROOM: &str = select!("WHERE room = ?1 ORDER BY ord, act, no");
const NEXT_ORD: &str = "SELECT coalesce(max(ord), 0) + 1 FROM outbox";
const INSERT: &str = "INSERT INTO outbox (id, wish, room, item, event, ord, what, act, event_type, \
     content, tie, target, attached, txn, begun, failed, not_before_ms, retry_ms, trouble, \
     readers, newcomers) VALUES (:id, :wish, :room, :item, :event, :ord, :what, :act, \
     :event_type, :content, :tie, :target, :attached, :txn, 0, 0, :not_before_ms, NULL, NULL, \
     :readers, NULL)";
const REPLACE: &str = "UPDATE outbox SET wish = ?2, what = ?3, event_type = ?4, content = ?5, \
     tie = 0, target = NULL, attached = 0, failed = 0, not_before_ms = NULL, retry_ms = NULL, \
     trouble = NULL, readers = NULL, newcomers = NULL WHERE id = ?1";
const BEGUN: &str = "UPDATE outbox SET begun = 1, trouble = NULL, retry_ms = NULL WHERE id = ?1";
const FAILED: &str = "UPDATE outbox SET trouble = ?2, retry_ms = ?3, failed = ?3 IS NULL, \
     newcomers = NULL WHERE id = ?1";
const ASKED: &str = "UPDATE outbox SET failed = 1, retry_ms = NULL, trouble = NULL, \
     newcomers = ?2 WHERE id = ?1";
const READERS: &str = "UPDATE outbox SET readers = ?2, \
     failed = iif(newcomers IS NULL, failed, 0), newcomers = NULL WHERE wish = ?1";
const RETRY: &str = "UPDATE outbox SET failed = 0, retry_ms = NULL, trouble = NULL, \
     not_before_ms = NULL, newcomers = NULL WHERE wish = ?1";
const MOVE: &str = "UPDATE outbox SET item = ?2 WHERE item = ?1";
const MOVE_EVENT: &str = "UPDATE outbox SET event = ?2 WHERE event = ?1";
const DELETE: &str = "DELETE FROM outbox WHERE id = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<OutboxRecord> {
    let event_type: Option<String> = row.get(8)?;
    let content: Option<Value> = json_or_none(row, 9)?;
    let (tie, target, attached) = (one_of(row, 10, &Tie::ALL)?, row.get(11)?, row.get(12)?);
    Ok(OutboxRecord {
        id: id(row, 0, JobId::from_slice)?,
        wish: id(row, 1, OutboxId::from_slice)?,
        room: RoomNo(row.get(2)?),
        item: ItemNo(row.get(3)?),
        event: EventNo(row.get(4)?),
        ord: row.get(5)?,
        what: one_of(row, 6, &OutboxWhat::ALL)?,
        step: one_of(row, 7, &Step::ALL)?,
        sent: event_type.zip(content).map(|(event_type, content)| Sent {
            event_type,
            content,
            tie,
            target,
            attached,
        }),
        txn: row.get(13)?,
        begun: row.get(14)?,
        failed: row.get(15)?,
        not_before: moment_or_none(row, 16)?,
        retry: moment_or_none(row, 17)?,
        trouble: one_of_or_none(row, 18, &Trouble::ALL)?,
        readers: json_or_none(row, 19)?,
        newcomers: json_or_none(row, 20)?,
    })
}

fn many(c: &Connection, sql: &str, key: impl rusqlite::Params) -> Result<Vec<OutboxRecord>> {
    let mut statement = c.prepare_cached(sql)?;
    Ok(statement.query_map(key, from_row)?.collect::<Result<_, _>>()?)
}

/// Every step, in order.
pub(crate) fn all(c: &Connection) -> Result<Vec<OutboxRecord>> {
    many(c, ALL, [])
}

/// The steps about a thing, in order.
pub(crate) fn of_item(c: &Connection, item: ItemNo) -> Result<Vec<OutboxRecord>> {
    many(c, OF_ITEM, [item.0])
}

/// The steps that send or redact an event, in order.
pub(crate) fn of_event(c: &Connection, event: EventNo) -> Result<Vec<OutboxRecord>> {
    many(c, OF_EVENT, [event.0])
}

/// The steps of a wish, in order.
pub(crate) fn of_wish(c: &Connection, wish: OutboxId) -> Result<Vec<OutboxRecord>> {
    many(c, OF_WISH, [wish.as_bytes()])
}

/// The steps in a room, in order.
pub(crate) fn of_room(c: &Connection, room: RoomNo) -> Result<Vec<OutboxRecord>> {
    many(c, OF_ROOM, [room.0])
}

/// The step with this id.
pub(crate) fn by_id(c: &Connection, wanted: JobId) -> Result<Option<OutboxRecord>> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row).optional()?)
}

/// The step that is tried under this transaction id.
pub(crate) fn by_txn(c: &Connection, txn: &str) -> Result<Option<OutboxRecord>> {
    Ok(c.prepare_cached(BY_TXN)?.query_row([txn], from_row).optional()?)
}

/// The place after all others.
pub(crate) fn next_ord(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached(NEXT_ORD)?.query_row([], |row| row.get(0))?)
}

/// Adds a step; what became of it is left out, as of a new one.
pub(crate) fn insert(c: &Connection, one: &OutboxRecord) -> Result<()> {
    let sent = one.sent.as_ref();
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": one.id.as_bytes(),
        ":wish": one.wish.as_bytes(),
        ":room": one.room.0,
        ":item": one.item.0,
        ":event": one.event.0,
        ":ord": one.ord,
        ":what": number_of(&one.what, &OutboxWhat::ALL),
        ":act": number_of(&one.step, &Step::ALL),
        ":event_type": sent.map(|sent| &sent.event_type),
        ":content": sent.map(|sent| to_json(&sent.content)).transpose()?,
        ":tie": number_of(&sent.map_or(Tie::Alone, |sent| sent.tie), &Tie::ALL),
        ":target": sent.and_then(|sent| sent.target.as_deref()),
        ":attached": sent.is_some_and(|sent| sent.attached),
        ":txn": one.txn,
        ":not_before_ms": one.not_before.map(|at| at.millis()),
        ":readers": one.readers.as_ref().map(to_json).transpose()?,
    })?;
    Ok(())
}

/// Lets a step send something else, tied to nothing, under the same transaction id, as a step of a
/// wish to withdraw.
pub(crate) fn replace(
    c: &Connection,
    id: JobId,
    wish: OutboxId,
    event_type: &str,
    content: &Value,
) -> Result<()> {
    let what = number_of(&OutboxWhat::Withdraw, &OutboxWhat::ALL);
    let content = to_json(content)?;
    let row = params![id.as_bytes(), wish.as_bytes(), what, event_type, content];
    c.prepare_cached(REPLACE)?.execute(row)?;
    Ok(())
}

/// Notes that a step is tried.
pub(crate) fn set_begun(c: &Connection, id: JobId) -> Result<()> {
    c.prepare_cached(BEGUN)?.execute([id.as_bytes()])?;
    Ok(())
}

/// Notes why a step failed and when it is tried again; none: it waits for the leader.
pub(crate) fn set_failed(
    c: &Connection,
    id: JobId,
    trouble: Trouble,
    retry: Option<Moment>,
) -> Result<()> {
    let trouble = number_of(&trouble, &Trouble::ALL);
    let row = params![id.as_bytes(), trouble, retry.map(|at| at.millis())];
    c.prepare_cached(FAILED)?.execute(row)?;
    Ok(())
}

/// Lets a step wait until the leader says whether these may read it too.
pub(crate) fn ask(c: &Connection, id: JobId, newcomers: &[String]) -> Result<()> {
    c.prepare_cached(ASKED)?.execute(params![id.as_bytes(), to_json(&newcomers)?])?;
    Ok(())
}

/// Says who may read what a wish sends. Where the leader was asked about others, she is no more.
pub(crate) fn set_readers(c: &Connection, wish: OutboxId, readers: &[String]) -> Result<()> {
    c.prepare_cached(READERS)?.execute(params![wish.as_bytes(), to_json(&readers)?])?;
    Ok(())
}

/// Lets the steps of a wish be tried at once; how many there are.
pub(crate) fn retry(c: &Connection, wish: OutboxId) -> Result<usize> {
    Ok(c.prepare_cached(RETRY)?.execute([wish.as_bytes()])?)
}

/// Gives the steps about one thing to another.
pub(crate) fn move_all(c: &Connection, from: ItemNo, to: ItemNo) -> Result<()> {
    c.prepare_cached(MOVE)?.execute(params![from.0, to.0])?;
    Ok(())
}

/// Gives the steps of one event to another.
pub(crate) fn move_event(c: &Connection, from: EventNo, to: EventNo) -> Result<()> {
    c.prepare_cached(MOVE_EVENT)?.execute(params![from.0, to.0])?;
    Ok(())
}

/// Removes a step.
pub(crate) fn delete(c: &Connection, id: JobId) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([id.as_bytes()])?;
    Ok(())
}
