//! What is next.

use std::collections::{BTreeMap, BTreeSet};

use fristed_base::{Moment, OutboxId};
use rusqlite::Connection;
use serde_json::Value;

use crate::content::{self, Related};
use crate::error::{NetworkError, Result};
use crate::model::{Act, Changed, Job, OutboxRow, OutboxWhat, PeerState, Sending, Trouble};
use crate::table::event::{self, EventRecord};
use crate::table::outbox::{self, OutboxRecord, Sent, Step, Tie};
use crate::table::room::RoomNo;
use crate::table::{file, item, peer, peer_identity};
use crate::wish::withdraw;

/// The longest pause that there is before anything is tried, in milliseconds. What would wait longer
/// was given its time by a clock that was wrong, and is due.
const LONGEST_PAUSE: i64 = 600_000;

/// The first step of each thing, in order: one that waits holds back those of its thing only. Where
/// it was tried in vain, it holds back no redaction of what is known to be at the server: what is
/// taken back shall go, whatever else cannot be sent.
fn heads(c: &Connection) -> Result<Vec<OutboxRecord>> {
    let (mut stuck, mut heads) = (BTreeMap::new(), Vec::new());
    for step in outbox::all(c)? {
        let passes = match stuck.get(&step.item) {
            None => true,
            Some(stuck) => {
                *stuck && step.step == Step::Redact && event::by_no(c, step.event)?.event.is_some()
            }
        };
        stuck.entry(step.item).or_insert(step.failed || step.retry.is_some());
        if passes {
            heads.push(step);
        }
    }
    Ok(heads)
}

/// When a step may be tried, in milliseconds since 1970; none: when the leader acted. What is after
/// `reach` is no time that it waits for.
fn due(step: &OutboxRecord, reach: i64) -> Option<i64> {
    let times = [step.not_before, step.retry].into_iter().flatten().map(|at| at.millis());
    let latest = times.filter(|at| *at <= reach).max().unwrap_or(0);
    (!step.failed).then_some(latest)
}

/// The last time for which anything honestly waits now, in milliseconds since 1970.
fn reach(now: Moment) -> i64 {
    now.millis().saturating_add(LONGEST_PAUSE)
}

/// What is to be done now, one step a room.
pub(crate) fn next(c: &Connection, now: Moment) -> Result<Vec<Job>> {
    let (mut rooms, mut jobs) = (BTreeSet::new(), Vec::new());
    for step in heads(c)? {
        let is_due = due(&step, reach(now)).is_some_and(|due| due <= now.millis());
        if !is_due || rooms.contains(&step.room) {
            continue;
        }
        if let Some(job) = job(c, &step)? {
            rooms.insert(step.room);
            jobs.push(job);
        }
    }
    Ok(jobs)
}

/// Whether something was tried to be sent, of which it is not known whether it arrived.
pub(crate) fn has_begun(c: &Connection) -> Result<bool> {
    Ok(outbox::all(c)?.iter().any(|step| step.step == Step::Send && step.begun))
}

/// When the next step may be tried, also where it was a wrong clock that said so.
pub(crate) fn next_due(c: &Connection) -> Result<Option<Moment>> {
    let mut next = None;
    for step in heads(c)? {
        let at = due(&step, i64::MAX).filter(|at| next.is_none_or(|next| *at < next));
        let Some(at) = at else { continue };
        if ready(c, &step)?.is_some() {
            next = Some(at);
        }
    }
    Ok(next.and_then(|at| Moment::from_parts(at, 0)))
}

/// A step as a job; none where something that it tells of is not known.
pub(crate) fn job(c: &Connection, step: &OutboxRecord) -> Result<Option<Job>> {
    let Some(mut act) = ready(c, step)? else { return Ok(None) };
    if let Act::Upload { file, bytes, .. } = &mut act {
        *bytes = file::bytes(c, *file)?.ok_or(NetworkError::NotFound)?;
    }
    let room = event::room_of(c, step.event)?;
    Ok(Some(Job { id: step.id, room, txn: step.txn.clone(), act }))
}

/// What a step does, without the bytes of an upload.
pub(crate) fn ready(c: &Connection, step: &OutboxRecord) -> Result<Option<Act>> {
    match (step.step, &step.sent) {
        (Step::Upload, _) => {
            let Some(file) = file::of_event(c, step.event)? else { return Ok(None) };
            let content = event::by_no(c, step.event)?.content;
            let media_type = match content {
                Some(content::Content::File { media_type, .. }) => media_type,
                _ => "application/json".into(),
            };
            Ok(Some(Act::Upload { file: file.id, bytes: Vec::new(), media_type }))
        }
        (Step::Redact, _) => {
            let event = event::by_no(c, step.event)?.event;
            Ok(event.map(|event| Act::Redact { event }))
        }
        (Step::Send, Some(sent)) => {
            let Some(content) = filled(c, step, sent)? else { return Ok(None) };
            Ok(Some(Act::Send { event_type: sent.event_type.clone(), content }))
        }
        (Step::Send, None) => Ok(None),
    }
}

fn filled(c: &Connection, step: &OutboxRecord, sent: &Sent) -> Result<Option<Value>> {
    let mut content = sent.content.clone();
    if sent.attached {
        let source = file::of_event(c, step.event)?.and_then(|file| file.source);
        let (Some(source), Some(fields)) = (source, content.as_object_mut()) else {
            return Ok(None);
        };
        fields.insert("file".into(), source);
    }
    let target = match &sent.target {
        Some(target) => Some(target.clone()),
        None if sent.tie == Tie::Alone => None,
        None => item::by_no(c, step.item)?.derived.root,
    };
    let related = match (sent.tie, target.as_deref()) {
        (Tie::Alone, _) => Related::Alone,
        (_, None) => return Ok(None),
        (Tie::Thread, Some(root)) => Related::Thread(root),
        (Tie::Edit, Some(of)) => Related::Edit(of),
        (Tie::Sign, Some(of)) => Related::Sign(of),
    };
    Ok(Some(content::related(content, related)))
}

/// How it stands with a step.
pub(crate) fn sending(step: &OutboxRecord, now: Moment) -> Sending {
    if let Some(newcomers) = &step.newcomers {
        return Sending::Asks { newcomers: newcomers.clone() };
    }
    if step.failed {
        return Sending::Failed { trouble: step.trouble.unwrap_or(Trouble::Refused) };
    }
    let waits_for = |at: Option<Moment>| at.filter(|at| at.millis() <= reach(now));
    match waits_for(step.not_before) {
        _ if step.what.is_ending() => Sending::Withdrawing,
        _ if step.begun && step.trouble.is_none() => Sending::Now,
        Some(until) if !step.begun && until > now => Sending::Undoable { until },
        _ => Sending::Waiting { next_try: waits_for(step.retry), trouble: step.trouble },
    }
}

/// Every wish, by its first step.
pub(crate) fn rows(c: &Connection, now: Moment) -> Result<Vec<OutboxRow>> {
    let (mut wishes, mut rows) = (BTreeSet::new(), Vec::new());
    for step in outbox::all(c)? {
        if !wishes.insert(step.wish) {
            continue;
        }
        let known = item::by_no(c, step.item)?;
        let shown = known.derived.shown.filter(|_| known.mine);
        let content = shown.map(|shown| event::by_no(c, shown)).transpose()?;
        let content = content.and_then(|one| one.content);
        rows.push(OutboxRow {
            id: step.wish,
            room: event::room_of(c, step.event)?,
            item: Some(known.id),
            what: step.what,
            title: content.map(|content| content.shown().0.to_owned()).unwrap_or_default(),
            sending: sending(&step, now),
        });
    }
    Ok(rows)
}

/// Tries a wish again.
pub(crate) fn retry(c: &Connection, wish: OutboxId) -> Result<()> {
    if outbox::retry(c, wish)? == 0 { Err(NetworkError::NotFound) } else { Ok(()) }
}

/// Lets these read too what a wish sends.
pub(crate) fn let_read(c: &Connection, wish: OutboxId, users: &[String]) -> Result<()> {
    let steps = outbox::of_wish(c, wish)?;
    let readers = steps.into_iter().find_map(|step| step.readers);
    let mut readers = readers.ok_or(NetworkError::NotFound)?;
    readers.extend(users.iter().cloned());
    readers.sort();
    readers.dedup();
    outbox::set_readers(c, wish, &readers)
}

/// Lets what waits be tried anew where one of those about whom the leader is asked has left, or all
/// those whose changed identity stops it.
pub(crate) fn left(c: &Connection, room: RoomNo, here: &[PeerState]) -> Result<()> {
    let is_here = |user: &String| here.iter().any(|peer| peer.user == *user && !peer.asking);
    let steps = outbox::of_room(c, room)?;
    let is_free = steps.iter().any(is_stopped) && changed_have_left(c, room, is_here)?;
    for step in steps {
        let asked = step.newcomers.as_ref();
        if asked.is_some_and(|newcomers| !newcomers.iter().all(is_here))
            || is_free && is_stopped(&step)
        {
            outbox::retry(c, step.wish)?;
        }
    }
    Ok(())
}

fn is_stopped(step: &OutboxRecord) -> bool {
    step.failed && step.trouble == Some(Trouble::IdentityChanged)
}

/// Whether there were some in a room about whose changed identity the leader has not decided, and
/// none of them is there any more.
fn changed_have_left(
    c: &Connection,
    room: RoomNo,
    is_here: impl Fn(&String) -> bool,
) -> Result<bool> {
    let mut left = false;
    for (user, _) in peer::names(c, room)? {
        let known = peer_identity::by_user(c, &user)?;
        if known.is_some_and(|known| known.changed == Changed::Undecided) {
            if is_here(&user) {
                return Ok(false);
            }
            left = true;
        }
    }
    Ok(left)
}

/// Gives a wish up, unless it is to take something back: here that is gone, and nobody would see any
/// more that the others have it.
pub(crate) fn give_up(c: &Connection, wish: OutboxId, now: Moment) -> Result<()> {
    let steps = outbox::of_wish(c, wish)?;
    if steps.is_empty() {
        return Err(NetworkError::NotFound);
    }
    if steps.iter().any(|step| step.what == OutboxWhat::Withdraw) {
        return Err(NetworkError::StillShared);
    }
    let mut events: Vec<EventRecord> = Vec::new();
    for step in steps {
        if step.what.is_ending() {
            outbox::delete(c, step.id)?;
        } else if !events.iter().any(|one| one.no == step.event) {
            events.push(event::by_no(c, step.event)?);
        }
    }
    // What begins a thing takes the rest of it with it.
    events.sort_by_key(|one| !one.part.is_first());
    for one in events {
        let still = outbox::of_event(c, one.no)?.iter().any(|step| step.step != Step::Redact);
        if still {
            withdraw::give_up(c, &one, now)?;
        }
    }
    Ok(())
}
