//! Things as a feed shows them.

use chrono::DateTime;
use fristed_base::{EntryId, ItemId, Moment, SharedFileId};
use rusqlite::Connection;

use crate::content::Content;
use crate::error::{NetworkError, Result};
use crate::model::{
    Answer, Detail, FeedItem, FeedKind, FeedPage, FeedThread, ItemState, OutboxWhat, Sending,
    SharedFile, SharedFileSource, Sign, Signs, Trouble,
};
use crate::outbox::queue;
use crate::table::event::{self, EventRecord, EventState, Part};
use crate::table::item::{self, ItemNo, ItemRecord, Shown};
use crate::table::outbox::{self, OutboxRecord};
use crate::table::{account, file as files, reply_draft, room};
use crate::wish::end;

/// How far a reply is followed to its beginning.
const DEEPEST: usize = 100;

/// Some of a feed.
pub(crate) fn page(
    c: &Connection,
    room: Option<&str>,
    offset: u32,
    limit: u32,
    now: Moment,
) -> Result<FeedPage> {
    let room = room.map(|room| room::no_of(c, room)).transpose()?;
    let (found, total) = item::page(c, room, offset, limit)?;
    Ok(FeedPage { items: items(c, &found, now)?, total })
}

/// These things, in this order.
pub(super) fn items(c: &Connection, numbers: &[ItemNo], now: Moment) -> Result<Vec<FeedItem>> {
    numbers.iter().map(|no| shown(c, item::by_no(c, *no)?, now)).collect()
}

/// One thing.
pub(crate) fn one(c: &Connection, id: ItemId, now: Moment) -> Result<FeedItem> {
    shown(c, item::by_id(c, id)?, now)
}

/// The thing that a reply belongs to in the end; itself, where it is none.
pub(crate) fn top(c: &Connection, mut known: ItemRecord) -> Result<ItemRecord> {
    for _ in 0..DEEPEST {
        let Some(target) = &known.derived.target else { break };
        let above = event::by_event(c, known.room, target)?.and_then(|above| above.item);
        let Some(above) = above.filter(|above| *above != known.no) else { break };
        known = item::by_no(c, above)?;
    }
    Ok(known)
}

/// A thing with what was said of it.
pub(crate) fn thread(c: &Connection, id: ItemId, now: Moment) -> Result<FeedThread> {
    let known = top(c, item::by_id(c, id)?)?;
    let replies = items(c, &item::below(c, known.no)?, now)?;
    let draft = reply_draft::of_item(c, known.no)?;
    Ok(FeedThread { item: shown(c, known, now)?, replies, draft })
}

/// The copies of an entry.
pub(super) fn of_entry(c: &Connection, entry: EntryId, now: Moment) -> Result<Vec<FeedItem>> {
    item::of_entry(c, entry)?.into_iter().map(|known| shown(c, known, now)).collect()
}

/// The entries of which copies are shared.
pub(super) fn entries(c: &Connection) -> Result<Vec<EntryId>> {
    item::entries(c)
}

/// Where the bytes of a file are.
pub(super) fn file(c: &Connection, id: SharedFileId) -> Result<SharedFileSource> {
    let found = files::by_id(c, id)?;
    let one = event::by_no(c, found.event)?;
    Ok(SharedFileSource {
        file: file_of(&one, id).ok_or(NetworkError::NotFound)?,
        room: event::room_of(c, one.no)?,
        source: found.source,
        bytes: files::bytes(c, id)?,
    })
}

/// Marks a thing and its replies as read, or everything in a room.
pub(super) fn mark_read(c: &Connection, room: &str, one: Option<ItemId>) -> Result<()> {
    let room = room::no_of(c, room)?;
    let Some(id) = one else { return item::read_all(c, room) };
    let known = item::by_id(c, id)?;
    if known.room != room {
        return Err(NetworkError::NotFound);
    }
    item::read(c, known.no)?;
    item::below(c, known.no)?.into_iter().try_for_each(|reply| item::read(c, reply))
}

/// How many things are unread.
pub(super) fn unread(c: &Connection) -> Result<u32> {
    item::unread(c, None)
}

/// A thing as it is shown.
fn shown(c: &Connection, known: ItemRecord, now: Moment) -> Result<FeedItem> {
    let events = event::of_item(c, known.no)?;
    let steps = outbox::of_item(c, known.no)?;
    let current = events.iter().find(|one| Some(one.no) == known.derived.shown);
    let content = current.and_then(|one| one.content.as_ref());
    let (title, body) = content.map(Content::shown).unwrap_or_default();
    let whole = known.derived.state == Shown::Whole;
    let first = events.iter().find(|one| one.part.is_first());
    Ok(FeedItem {
        id: known.id,
        room: first.map(|one| event::room_of(c, one.no)).transpose()?.unwrap_or_default(),
        event: known.derived.root.clone(),
        kind: known.derived.kind.unwrap_or(FeedKind::Message),
        mine: known.mine,
        sent_at: moment(known.derived.at),
        title: title.to_owned(),
        body: body.to_owned(),
        plain: !matches!(content, Some(Content::Reflection { .. } | Content::Contract { .. })),
        day: if let Some(Content::Reflection { day, .. }) = content { *day } else { None },
        edited_at: known.derived.edited.map(moment),
        unread: known.unread && whole,
        state: state(&known),
        sending: if known.mine {
            Some(sending(&known, &events, &steps, now))
        } else {
            removal(&steps, now)
        },
        replies: u32::try_from(item::below(c, known.no)?.len()).unwrap_or(u32::MAX),
        signs: if whole { signs(c, &events)? } else { Vec::new() },
        files: if whole { along(c, &events)? } else { Vec::new() },
        entry: known.entry,
        entry_version: entry_version(&events, &steps),
        excerpt: current.is_some_and(|one| one.excerpt),
        detail: content.and_then(|content| detail(content, &events)),
        sender: known.sender,
    })
}

fn state(known: &ItemRecord) -> ItemState {
    match (known.derived.state, &known.derived.ended) {
        (Shown::Whole, _) => ItemState::Whole,
        (Shown::Waiting, _) => ItemState::Waiting { why: known.derived.why },
        (Shown::Ended, Some((at, by))) if *by != known.sender => {
            ItemState::Removed { at: moment(*at), by: by.clone() }
        }
        (Shown::Ended, ended) => {
            let at = ended.as_ref().map_or(known.derived.at, |ended| ended.0);
            ItemState::Withdrawn { at: moment(at) }
        }
        (Shown::Unreadable, _) => ItemState::Unreadable,
    }
}

/// How it stands with the thing itself; signs and answers to it are others' or their own matter.
fn sending(
    known: &ItemRecord,
    events: &[EventRecord],
    steps: &[OutboxRecord],
    now: Moment,
) -> Sending {
    let its = |one: &&EventRecord| {
        matches!(one.part, Part::Unopened | Part::Original | Part::Edit | Part::File)
    };
    let parts: Vec<&EventRecord> = events.iter().filter(its).collect();
    let first = steps.iter().find(|step| parts.iter().any(|one| one.no == step.event));
    let lost = known.derived.root.is_none() && known.derived.state != Shown::Ended;
    // Nobody can take it back from here: she was put out of the network, or another is signed in.
    let there = |one: &&EventRecord| {
        one.sender == known.sender && one.event.is_some() && one.ended.is_none()
    };
    let left = known.taken_back.is_some() && parts.iter().any(there);
    let unanswered = parts.iter().any(|one| end::is_left(one, steps));
    match first {
        Some(step) => queue::sending(step, now),
        None if lost || left || unanswered => Sending::Failed { trouble: Trouble::NotThere },
        None => Sending::Sent,
    }
}

/// The version of the entry that was shared last, as far as that may go on.
fn entry_version(events: &[EventRecord], steps: &[OutboxRecord]) -> Option<u32> {
    let is_left = |one: &EventRecord| one.part == Part::Edit && end::is_left(one, steps);
    events.iter().filter(|one| !is_left(one)).filter_map(|one| one.entry_version).max()
}

/// How it stands with removing another's thing; none where nobody here wishes that.
fn removal(steps: &[OutboxRecord], now: Moment) -> Option<Sending> {
    let first = steps.iter().find(|step| step.what == OutboxWhat::Remove);
    first.map(|step| queue::sending(step, now))
}

fn signs(c: &Connection, events: &[EventRecord]) -> Result<Vec<Signs>> {
    let mut all = Vec::new();
    if !events.iter().any(|one| one.part == Part::Sign) {
        return Ok(all);
    }
    let me = account::last_user(c)?;
    for sign in Sign::ALL {
        let content = Content::Sign { sign: sign.into() };
        let given = events
            .iter()
            .filter(|one| one.part == Part::Sign && one.content.as_ref() == Some(&content));
        let mut by: Vec<String> = given.map(|one| one.sender.clone()).collect();
        by.sort();
        by.dedup();
        if !by.is_empty() {
            let mine = me.as_ref().is_some_and(|me| by.contains(me));
            all.push(Signs { sign, by, mine });
        }
    }
    Ok(all)
}

fn along(c: &Connection, events: &[EventRecord]) -> Result<Vec<SharedFile>> {
    let mut parts: Vec<&EventRecord> = events
        .iter()
        .filter(|one| one.part == Part::File && one.state == EventState::Whole)
        .collect();
    parts.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut all = Vec::new();
    for one in parts {
        let found = files::of_event(c, one.no)?;
        all.extend(found.and_then(|found| file_of(one, found.id)));
    }
    Ok(all)
}

fn file_of(one: &EventRecord, id: SharedFileId) -> Option<SharedFile> {
    let Some(Content::File { name, media_type, size, .. }) = &one.content else { return None };
    Some(SharedFile { id, name: name.clone(), media_type: media_type.clone(), size: *size })
}

fn detail(content: &Content, events: &[EventRecord]) -> Option<Detail> {
    match content {
        Content::Meeting { ics } => {
            Some(Detail::Meeting { ics: ics.clone(), answers: answers(events) })
        }
        Content::Commitment { who, due, .. } => {
            Some(Detail::Commitment { who: who.clone(), due: *due })
        }
        Content::Contract { version, .. } => Some(Detail::Contract { version: *version }),
        _ => None,
    }
}

/// Everybody's last answer, by address.
fn answers(events: &[EventRecord]) -> Vec<Answer> {
    let mut given: Vec<&EventRecord> =
        events.iter().filter(|one| one.part == Part::Answer && one.content.is_some()).collect();
    given.sort_by(|a, b| (&a.sender, a.order()).cmp(&(&b.sender, b.order())));
    let mut last: Vec<Answer> = Vec::new();
    for one in given {
        let Some(Content::Answer { ics }) = &one.content else { continue };
        last.retain(|known| known.by != one.sender);
        last.push(Answer { by: one.sender.clone(), at: moment(one.at), ics: ics.clone() });
    }
    last
}

fn moment(millis: i64) -> Moment {
    Moment::from_parts(millis, 0).unwrap_or_else(|| DateTime::UNIX_EPOCH.into())
}
