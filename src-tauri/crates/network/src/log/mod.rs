//! Taking in what came, so that the order of its coming does not matter.
//!
//! Each event is a row of the log, once. Whatever is learnt of it only adds: that it was opened,
//! what it is about, that it was ended, of which the earliest ending counts. What belongs together
//! is found from both sides ([`link`]): an event looks for what it is about, and what it is about
//! looks for those that came before it. What a thing is like then follows from its events
//! ([`derive`]).

pub(crate) mod derive;
mod link;
mod own;
mod text;

#[cfg(test)]
mod shuffled;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use fristed_base::ItemId;
use rusqlite::Connection;

use crate::content::{self, Content, Read, Relation, is_event_id};
use crate::error::Result;
use crate::model::{Incoming, Itip, NoKey, Taken, What};
use crate::table::event::{EventNo, EventRecord, EventState, Part};
use crate::table::item::{ItemNo, Shown};
use crate::table::outbox::Step;
use crate::table::room::RoomNo;
use crate::table::{account, event, file, item, outbox};

pub(crate) use derive::derive;
pub(crate) use text::{is_doubted, take_text, texts_wanted, waiting};

/// The last instant that a moment can be made of here, in milliseconds since 1970: the year 9999.
const LATEST: i64 = 253_402_300_799_000;

/// The longest address, in bytes (the specification's appendix on identifiers).
const ADDRESS_LIMIT: usize = 255;

/// How a thing was before it was touched; none where it was not there.
type Before = Option<(Shown, Option<EventNo>)>;

/// A look through what came in one room.
pub(crate) struct Log<'c> {
    c: &'c Connection,
    room: RoomNo,
    me: String,
    touched: BTreeMap<ItemNo, Before>,
    /// Things that others answered; nothing else of them changes.
    around: BTreeSet<ItemNo>,
    answers: Vec<(ItemNo, EventNo)>,
    gone: Vec<ItemId>,
    outbox: bool,
}

/// Takes in what came in a room.
///
/// # Errors
/// [`crate::NetworkError::NotSignedIn`].
pub(crate) fn take(c: &Connection, room: RoomNo, events: &[Incoming]) -> Result<Taken> {
    let mut log = Log::new(c, room)?;
    events.iter().try_for_each(|one| log.take(one))?;
    log.finish()
}

impl<'c> Log<'c> {
    pub(crate) fn new(c: &'c Connection, room: RoomNo) -> Result<Self> {
        let me = account::user(c)?;
        Ok(Self {
            c,
            room,
            me,
            touched: BTreeMap::new(),
            around: BTreeSet::new(),
            answers: Vec::new(),
            gone: Vec::new(),
            outbox: false,
        })
    }

    fn take(&mut self, came: &Incoming) -> Result<()> {
        if !is_event_id(&came.event) || came.sender.len() > ADDRESS_LIMIT {
            return Ok(());
        }
        let known = event::by_event(self.c, self.room, &came.event)?;
        match &came.what {
            What::Redaction { of, by_may_remove_others } => {
                self.redaction(came, known, of, *by_may_remove_others)
            }
            What::Redacted { by, at } => {
                let shell = match known {
                    Some(known) => known,
                    None => self.insert(self.shell(came, Part::Unopened))?,
                };
                let by = by.as_deref().unwrap_or(&came.sender);
                self.end(shell, (*at).clamp(0, LATEST), by)
            }
            What::Waiting { why } => self.waits(came, known, *why),
            What::Clear { event_type, content, txn } => {
                self.opened(came, known, content::read(event_type, content), txn.as_deref())
            }
        }
    }

    fn shell(&self, came: &Incoming, part: Part) -> EventRecord {
        let (at, mine) = (came.at.clamp(0, LATEST), came.sender == self.me);
        let new = EventRecord::new(self.room, &came.sender, mine, at, part);
        EventRecord { event: Some(came.event.clone()), ..new }
    }

    fn insert(&self, one: EventRecord) -> Result<EventRecord> {
        Ok(EventRecord { no: event::insert(self.c, &one)?, ..one })
    }

    /// Notes a redaction, and ends what it redacts if that is here.
    fn redaction(
        &mut self,
        came: &Incoming,
        known: Option<EventRecord>,
        of: &str,
        may: bool,
    ) -> Result<()> {
        let noted = match known {
            Some(known) if known.part != Part::Redaction || known.may || !may => return Ok(()),
            Some(known) => {
                let known = EventRecord { may, ..known };
                event::update(self.c, &known)?;
                known
            }
            None if !is_event_id(of) => return Ok(()),
            None => {
                let new = self.shell(came, Part::Redaction);
                self.insert(EventRecord { target: Some(of.to_owned()), may, ..new })?
            }
        };
        match event::by_event(self.c, self.room, of)? {
            Some(target) => self.redact(target, &noted),
            None => Ok(()),
        }
    }

    /// Ends an event by a redaction, if that one counts.
    fn redact(&mut self, target: EventRecord, redaction: &EventRecord) -> Result<()> {
        let counts = redaction.may || redaction.sender == target.sender;
        if counts && !matches!(target.part, Part::Redaction | Part::Nothing) {
            self.end(target, redaction.at, &redaction.sender)
        } else {
            Ok(())
        }
    }

    /// Ends an event by the redactions of it that came before it.
    fn redact_by_earlier(&mut self, no: EventNo, id: &str) -> Result<()> {
        for redaction in event::at(self.c, self.room, id)? {
            if redaction.part == Part::Redaction {
                self.redact(event::by_no(self.c, no)?, &redaction)?;
            }
        }
        Ok(())
    }

    /// Ends an event: nothing of it is left but that it was.
    pub(crate) fn end(&mut self, mut one: EventRecord, at: i64, by: &str) -> Result<()> {
        let ending = (at, by.to_owned());
        if one.ended.as_ref().is_none_or(|known| ending < *known) {
            one.ended = Some(ending);
            one.content = None;
            event::update(self.c, &one)?;
            file::delete(self.c, one.no)?;
        }
        for step in outbox::of_event(self.c, one.no)? {
            if step.step == Step::Redact {
                outbox::delete(self.c, step.id)?;
                self.outbox = true;
            }
        }
        one.item.map_or(Ok(()), |item| self.touch(item))
    }

    /// Notes an event whose key is missing.
    fn waits(
        &mut self,
        came: &Incoming,
        known: Option<EventRecord>,
        why: Option<NoKey>,
    ) -> Result<()> {
        let mut one = match known {
            Some(known) if known.part != Part::Unopened => return Ok(()),
            Some(known) => known,
            None => self.insert(self.shell(came, Part::Unopened))?,
        };
        one.state = EventState::Waiting;
        one.why = one.why.max(why);
        event::update(self.c, &one)?;
        let no = one.no;
        if one.item.is_none() {
            self.make_item(one)?;
        } else if let Some(item) = one.item {
            self.touch(item)?;
        }
        self.redact_by_earlier(no, &came.event)
    }

    /// Notes an event that was opened.
    fn opened(
        &mut self,
        came: &Incoming,
        known: Option<EventRecord>,
        read: Read,
        txn: Option<&str>,
    ) -> Result<()> {
        let again = known.as_ref().is_some_and(|known| known.part != Part::Unopened);
        let mine = came.sender == self.me;
        if let Some(local) = if mine { self.local(&read, txn, again)? } else { None } {
            return self.learn(local, &came.event, Some(came.at.clamp(0, LATEST)));
        }
        if again {
            return known.filter(|_| mine).map_or(Ok(()), |known| self.date(known, came.at));
        }
        let mut one = known.unwrap_or_else(|| self.shell(came, Part::Unopened));
        if one.sender != came.sender {
            // Who sends what cannot be opened, only the server says; the key tells who it was.
            (one.sender, one.mine) = (came.sender.clone(), mine);
            if let Some(item) = one.item.take() {
                self.forget(item)?;
            }
        }
        let source = fill(&mut one, read);
        if let Some(item) = one.item.take_if(|_| one.part != Part::Original) {
            // It was shown as waiting, and turns out to be a part of something else, or nothing.
            self.forget(item)?;
        }
        if one.ended.is_some() {
            one.content = None;
        }
        let one = if one.no == EventNo(0) {
            self.insert(one)?
        } else {
            event::update(self.c, &one)?;
            one
        };
        if let (Some(source), None) = (source, &one.ended) {
            file::insert(self.c, one.no, Some(&source), None)?;
        }
        let no = one.no;
        self.link(one)?;
        self.redact_by_earlier(no, &came.event)
    }

    /// Notes that a thing may be other than it was.
    fn touch(&mut self, no: ItemNo) -> Result<()> {
        if !self.touched.contains_key(&no) {
            let was = item::by_no(self.c, no)?.derived;
            self.touched.insert(no, Some((was.state, was.shown)));
        }
        Ok(())
    }

    /// Removes what is no thing of its own any more; what was tied to it looks for another.
    pub(super) fn forget(&mut self, no: ItemNo) -> Result<()> {
        self.gone.push(item::by_no(self.c, no)?.id);
        item::delete(self.c, no)?;
        self.touched.remove(&no);
        self.around.remove(&no);
        Ok(())
    }

    /// Works out anew whatever was touched, and says what became of it.
    pub(crate) fn finish(mut self) -> Result<Taken> {
        let mut taken =
            Taken { outbox: self.outbox, gone: std::mem::take(&mut self.gone), ..Taken::default() };
        for (no, before) in std::mem::take(&mut self.touched) {
            let waiting = outbox::of_item(self.c, no)?.len();
            let id = item::by_no(self.c, no)?.id;
            let after = derive(self.c, no)?;
            taken.outbox |= waiting != outbox::of_item(self.c, no)?.len();
            let Some(after) = after else {
                taken.gone.push(id);
                continue;
            };
            let whole = after.derived.state == Shown::Whole;
            if whole && !after.mine && before.is_none_or(|(was, _)| was != Shown::Whole) {
                taken.new.push(after.id);
            } else {
                taken.changed.push(after.id);
            }
            let shown =
                after.derived.shown.filter(|_| before.and_then(|was| was.1) != after.derived.shown);
            if let Some(shown) = shown {
                self.hand_on(&mut taken, no, shown, false)?;
            }
        }
        for (no, answer) in std::mem::take(&mut self.answers) {
            self.hand_on(&mut taken, no, answer, true)?;
        }
        for no in std::mem::take(&mut self.around) {
            let id = item::by_no(self.c, no)?.id;
            if !taken.new.contains(&id) && !taken.changed.contains(&id) {
                taken.changed.push(id);
            }
        }
        Ok(taken)
    }

    /// Hands the calendar text of an event on, where it has one.
    fn hand_on(&self, taken: &mut Taken, no: ItemNo, from: EventNo, is_answer: bool) -> Result<()> {
        let from = event::by_no(self.c, from)?;
        if let Some(Content::Meeting { ics } | Content::Answer { ics }) = from.content {
            taken.itip.push(Itip {
                room: event::room_of(self.c, from.no)?,
                item: item::by_no(self.c, no)?.id,
                sender: from.sender,
                mine: from.mine,
                ics,
                is_answer,
            });
        }
        Ok(())
    }
}

/// Notes in an event what was read, and gives where its file is.
fn fill(one: &mut EventRecord, read: Read) -> Option<serde_json::Value> {
    let (copy, relation, content) = match read {
        Read::Skipped => {
            one.part = Part::Nothing;
            return None;
        }
        Read::Unreadable { kind, relation } => {
            one.state = EventState::Unreadable;
            one.kind = Some(kind);
            (one.part, one.target) = place(relation);
            return None;
        }
        Read::Whole { copy, relation, content } => (copy, relation, content),
    };
    one.state = EventState::Whole;
    one.copy = copy;
    one.kind = content.feed_kind();
    (one.part, one.target) = place(relation);
    let mut source = None;
    let content = match content {
        Content::File { of, name, media_type, size, source: from } => {
            (one.part, one.parent, source) = (Part::File, Some(of), Some(from));
            Content::File { of, name, media_type, size, source: serde_json::Value::Null }
        }
        Content::Long { title, source: from } => {
            (one.state, source) = (EventState::Fetch, Some(from));
            Content::Long { title, source: serde_json::Value::Null }
        }
        Content::Sign { .. } => {
            one.part = Part::Sign;
            content
        }
        Content::Answer { .. } => {
            let under = one.part == Part::Original && one.target.is_some();
            one.part = if under { Part::Answer } else { Part::Nothing };
            content
        }
        other => other,
    };
    one.content = Some(content).filter(|_| one.part != Part::Nothing);
    source
}

fn place(relation: Relation) -> (Part, Option<String>) {
    match relation {
        Relation::Alone => (Part::Original, None),
        Relation::Under(target) | Relation::Sign(target) => (Part::Original, Some(target)),
        Relation::Edit(target) => (Part::Edit, Some(target)),
    }
}
