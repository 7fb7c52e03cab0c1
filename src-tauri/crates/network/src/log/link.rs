//! Finding what belongs together, from whichever side came last.

use super::Log;
use crate::content::CopyId;
use crate::error::Result;
use crate::model::FeedKind;
use crate::table::event::{EventRecord, Part};
use crate::table::item::{ItemNo, NewItem};
use crate::table::{event, item, outbox};

impl Log<'_> {
    /// Ties an opened event to its thing, and to it what waited for it.
    pub(super) fn link(&mut self, one: EventRecord) -> Result<()> {
        match one.part {
            Part::Original => self.original(one),
            Part::Edit => {
                self.edit(&one)?;
                self.waiting_for(&one)
            }
            Part::Sign | Part::Answer => self.about(&one),
            Part::File => self.along(&one),
            Part::Unopened | Part::Redaction | Part::Nothing => Ok(()),
        }
    }

    fn original(&mut self, mut one: EventRecord) -> Result<()> {
        let known = match one.copy {
            Some(copy) => item::by_copy(self.c, one.room, &one.sender, copy)?.map(|known| known.no),
            None => None,
        };
        let no = match (known, one.item) {
            (Some(known), Some(own)) if known != own => {
                self.merge(own, known)?;
                known
            }
            (Some(known), _) => known,
            (None, Some(own)) => {
                if let Some(copy) = one.copy {
                    item::set_copy(self.c, own, copy)?;
                }
                own
            }
            (None, None) => self.make_item(one.clone())?,
        };
        event::set_item(self.c, one.no, no)?;
        one.item = Some(no);
        self.touch(no)?;
        if let Some(copy) = one.copy {
            self.files_of(copy, &one, no)?;
        }
        if let Some(target) = &one.target {
            let parent = event::by_event(self.c, one.room, target)?.and_then(|parent| parent.item);
            self.around.extend(parent);
        }
        self.waiting_for(&one)
    }

    /// Makes the thing that an event begins.
    pub(super) fn make_item(&mut self, one: EventRecord) -> Result<ItemNo> {
        let (no, _) = item::insert(
            self.c,
            NewItem {
                room: one.room,
                sender: &one.sender,
                mine: one.mine,
                copy: one.copy,
                entry: None,
                at: one.at,
            },
        )?;
        self.touched.insert(no, None);
        event::set_item(self.c, one.no, no)?;
        Ok(no)
    }

    /// Makes one thing of two: what was not opened turns out to be known.
    fn merge(&mut self, from: ItemNo, to: ItemNo) -> Result<()> {
        self.touch(to)?;
        event::move_all(self.c, from, to)?;
        outbox::move_all(self.c, from, to)?;
        self.forget(from)?;
        for answer in &mut self.answers {
            if answer.0 == from {
                answer.0 = to;
            }
        }
        Ok(())
    }

    /// An edit counts only from whom the original is; from others nothing of it is kept.
    fn edit(&mut self, one: &EventRecord) -> Result<()> {
        let Some(target) = &one.target else { return Ok(()) };
        let original = event::by_event(self.c, one.room, target)?;
        let Some(original) = original.filter(|found| found.part == Part::Original) else {
            return Ok(());
        };
        match original.item.filter(|_| original.sender == one.sender) {
            Some(item) => {
                event::set_item(self.c, one.no, item)?;
                self.touch(item)
            }
            None => event::empty(self.c, one.no),
        }
    }

    /// A sign or an answer: to a thing or a version of it, and to no other part.
    fn about(&mut self, one: &EventRecord) -> Result<()> {
        let Some(target) = &one.target else { return Ok(()) };
        let Some(found) = event::by_event(self.c, one.room, target)? else { return Ok(()) };
        let shown = found.part.is_first() || found.part == Part::Edit;
        let Some(item) = found.item.filter(|_| shown) else { return Ok(()) };
        event::set_item(self.c, one.no, item)?;
        self.touch(item)?;
        let new = one.item.is_none() && one.part == Part::Answer;
        if new && found.kind == Some(FeedKind::Meeting) {
            self.answers.push((item, one.no));
        }
        Ok(())
    }

    fn along(&mut self, one: &EventRecord) -> Result<()> {
        let Some(copy) = one.parent else { return Ok(()) };
        let Some(item) = item::by_copy(self.c, one.room, &one.sender, copy)? else {
            return Ok(());
        };
        event::set_item(self.c, one.no, item.no)?;
        self.touch(item.no)
    }

    fn files_of(&mut self, copy: CopyId, one: &EventRecord, item: ItemNo) -> Result<()> {
        for file in event::along(self.c, one.room, copy, &one.sender)? {
            if file.item.is_none() {
                event::set_item(self.c, file.no, item)?;
            }
        }
        Ok(())
    }

    /// Ties what came before the event that it is about.
    fn waiting_for(&mut self, one: &EventRecord) -> Result<()> {
        let Some(id) = &one.event else { return Ok(()) };
        for other in event::at(self.c, one.room, id)? {
            match other.part {
                // A new version of a new version is one of nothing: else a chain of them would lead
                // on as far as its makers like, and a circle without end.
                Part::Edit if other.item.is_none() && one.part == Part::Original => {
                    self.edit(&other)?;
                    self.waiting_for(&other)?;
                }
                Part::Sign if other.item.is_none() => self.about(&other)?,
                // One that came while the meeting was not opened is tied, and not handed on yet.
                Part::Answer => self.about(&EventRecord { item: None, ..other })?,
                _ => {}
            }
        }
        Ok(())
    }
}
