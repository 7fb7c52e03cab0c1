//! The leader's own events that come back.

use super::Log;
use crate::content::Read;
use crate::error::Result;
use crate::table::event::{EventRecord, Part};
use crate::table::outbox::Step;
use crate::table::{event, file, item, outbox};

impl Log<'_> {
    /// The row that was written when the leader wished what now came back, while the server's
    /// answer is missing: by transaction id, or, where that was lost with the session, by what is
    /// in it. Where the event is known already (`again`), by transaction id alone.
    pub(super) fn local(
        &self,
        read: &Read,
        txn: Option<&str>,
        again: bool,
    ) -> Result<Option<EventRecord>> {
        if let Some(step) = txn.map(|txn| outbox::by_txn(self.c, txn)).transpose()?.flatten() {
            let found = event::by_no(self.c, step.event)?;
            if step.step == Step::Send && found.event.is_none() && found.room == self.room {
                return Ok(Some(found));
            }
        }
        let Read::Whole { copy: Some(copy), relation, content } = read else { return Ok(None) };
        if again {
            return Ok(None);
        }
        let is_edit = matches!(relation, super::Relation::Edit(_));
        let same = |row: &EventRecord| match row.part {
            Part::Edit => {
                is_edit && row.copy == Some(*copy) && row.content.as_ref() == Some(content)
            }
            _ => !is_edit && row.copy == Some(*copy),
        };
        Ok(event::unsent(self.c, self.room)?.into_iter().find(same))
    }

    /// Gives an own event the server's time in place of this computer's, which stood for it since
    /// the server answered: all of a room go by one clock.
    pub(super) fn date(&mut self, one: EventRecord, at: i64) -> Result<()> {
        let at = at.clamp(0, super::LATEST);
        if one.at == at {
            return Ok(());
        }
        let item = one.item;
        event::update(self.c, &EventRecord { at, ..one })?;
        item.map_or(Ok(()), |item| self.touch(item))
    }

    /// Notes which event an own one became, whether the server answered so or it came back.
    pub(crate) fn learn(&mut self, mut one: EventRecord, id: &str, at: Option<i64>) -> Result<()> {
        for step in outbox::of_event(self.c, one.no)? {
            if step.step != Step::Redact {
                outbox::delete(self.c, step.id)?;
                self.outbox = true;
            }
        }
        one.item.map_or(Ok(()), |item| self.touch(item))?;
        match event::by_event(self.c, self.room, id)?.filter(|other| other.no != one.no) {
            // It came back before, and was not known for this.
            Some(other) if !matches!(other.part, Part::Unopened | Part::Nothing) => {
                if outbox::of_event(self.c, other.no)?.is_empty() {
                    outbox::move_event(self.c, one.no, other.no)?;
                }
                if let (None, Some(item)) = (other.item, one.item) {
                    event::set_item(self.c, other.no, item)?;
                }
                return event::delete(self.c, one.no);
            }
            Some(other) => {
                one.ended = other.ended.or(one.ended);
                event::delete(self.c, other.no)?;
                other.item.map_or(Ok(()), |item| self.touch(item))?;
            }
            None => {}
        }
        one.event = Some(id.to_owned());
        one.at = at.unwrap_or(one.at);
        if let (Part::Edit, None, Some(item)) = (one.part, &one.target, one.item) {
            one.target = item::by_no(self.c, item)?.derived.root;
        }
        if one.ended.is_some() {
            one.content = None;
            file::delete(self.c, one.no)?;
        }
        event::update(self.c, &one)?;
        let no = one.no;
        if one.part == Part::Original {
            self.link(one)?
        }
        self.redact_by_earlier(no, id)
    }
}
