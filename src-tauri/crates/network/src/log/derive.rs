//! What a thing is like, as it follows from its events.

use fristed_base::fold::fold;
use rusqlite::Connection;

use crate::content::Content;
use crate::error::Result;
use crate::table::event::{EventRecord, EventState, Part};
use crate::table::item::{Derived, ItemNo, ItemRecord, Shown};
use crate::table::{event, file, item, words};
use crate::wish::withdraw;

/// Works out anew what a thing is like and what a search finds of it; none where it is no thing
/// any more. Of one that ended, nothing is left but that it was.
pub(crate) fn derive(c: &Connection, no: ItemNo) -> Result<Option<ItemRecord>> {
    let known = item::by_no(c, no)?;
    let events = event::of_item(c, no)?;
    let Some(derived) = follow(&known, &events) else {
        words::delete(c, no)?;
        item::delete(c, no)?;
        return Ok(None);
    };
    item::derive(c, no, &derived)?;
    let known = ItemRecord { derived, ..known };
    if known.derived.state == Shown::Ended {
        words::delete(c, no)?;
        for one in &events {
            // A sign has no words. An answer repeats those of its meeting; to what was not opened
            // yet it may belong to something else.
            let kept = match one.part {
                Part::Sign => true,
                Part::Answer => known.derived.kind.is_none(),
                _ => false,
            };
            if !kept {
                event::empty(c, one.no)?;
                file::delete(c, one.no)?;
            }
        }
        if known.mine && withdraw::rest(c, &known)? {
            return derive(c, no);
        }
        return Ok(Some(known));
    }
    let shown = events.iter().find(|one| Some(one.no) == known.derived.shown);
    let folded = shown.and_then(|one| one.content.as_ref()).map(folded).unwrap_or_default();
    if folded.is_empty() {
        words::delete(c, no)?;
    } else {
        words::put(c, no, &folded)?;
    }
    Ok(Some(known))
}

fn folded(content: &Content) -> String {
    let (title, body) = content.shown();
    fold(&format!("{title} {body}"))
}

fn follow(known: &ItemRecord, events: &[EventRecord]) -> Option<Derived> {
    let firsts = || events.iter().filter(|one| one.part.is_first());
    let root = firsts().min_by(|a, b| a.order().cmp(&b.order()))?;
    let best = firsts().min_by_key(|one| (one.state != EventState::Whole, one.order()))?;
    let withdrawn = known.taken_back.map(|at| (at, known.sender.clone()));
    let ended = withdrawn.or_else(|| firsts().filter_map(|one| one.ended.clone()).min());
    let kind = firsts().find_map(|one| one.kind);
    let newest = events
        .iter()
        .filter(|one| kind.is_some_and(|kind| replaces(one, known, kind)))
        .max_by(|a, b| a.order().cmp(&b.order()));
    let (state, shown) = match (&ended, newest, best.state) {
        (Some(_), ..) => (Shown::Ended, None),
        (None, Some(newest), _) => (Shown::Whole, Some(newest)),
        (None, None, EventState::Whole) => (Shown::Whole, Some(best)),
        (None, None, EventState::Waiting | EventState::Fetch) => (Shown::Waiting, None),
        (None, None, EventState::Unreadable) => (Shown::Unreadable, None),
    };
    Some(Derived {
        kind,
        state,
        why: best.why.filter(|_| state == Shown::Waiting),
        at: root.at,
        edited: shown.filter(|one| one.part == Part::Edit).map(|one| one.at),
        ended,
        shown: shown.map(|one| one.no),
        root: root.event.clone(),
        target: best.target.clone(),
    })
}

/// Whether an event is a new version that can be shown.
fn replaces(one: &EventRecord, known: &ItemRecord, kind: crate::model::FeedKind) -> bool {
    let Some(content) = &one.content else { return false };
    let plain = matches!(content, Content::Message { .. } | Content::Reply { .. });
    one.part == Part::Edit
        && one.state == EventState::Whole
        && one.ended.is_none()
        && content.may_replace(kind)
        && (plain || one.copy == known.copy)
}
