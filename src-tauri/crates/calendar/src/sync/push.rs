//! What a server has still to be told.

use fristed_base::{CalendarId, Moment};

use super::asked_to_delete;
use crate::calendar::Calendar;
use crate::error::Result;
use crate::event::columns;
use crate::ical::Object;
use crate::model::{Resource, ToSend, What};
use crate::table::calendar;
use crate::table::event::{self, Pending};
use crate::table::own_address;
use crate::table::remote::{self, Asked};

impl Calendar {
    /// The changes that a server has still to be told, the oldest first. Those that the leader is
    /// asked about are not among them.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn push_list(&self, id: CalendarId) -> Result<Vec<ToSend>> {
        self.read(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            let held_back = asked_to_delete(c, no)? > 0;
            let mut list = Vec::new();
            for record in remote::pending(c, no)? {
                let what = match record.pending {
                    Pending::Nothing => continue,
                    Pending::Put => What::Put(record.text),
                    Pending::Delete if record.there.is_none() => continue,
                    Pending::Delete => {
                        if held_back && !remote::is_asked(c, record.no, Asked::MayGo)? {
                            continue;
                        }
                        What::Delete
                    }
                };
                list.push(ToSend {
                    event: record.id,
                    uid: record.uid,
                    there: record.there,
                    what,
                    changed: record.changed,
                });
            }
            Ok(list)
        })
    }

    /// Notes that the server took a text, and what it has since. Where the event was changed again
    /// meanwhile, that change still waits.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn push_put(
        &self,
        id: CalendarId,
        sent: &ToSend,
        now_there: &Resource,
        now: Moment,
    ) -> Result<()> {
        self.write(|c| {
            let (calendar, _) = calendar::by_id(c, id)?;
            let Some(record) = remote::by_uid(c, calendar, &sent.uid)? else { return Ok(()) };
            let there = (now_there.href.as_str(), now_there.etag.as_str());
            let unchanged = record.pending == Pending::Put
                && record.changed == sent.changed
                && matches!(&sent.what, What::Put(text) if *text == record.text);
            if !unchanged {
                let pending = record.pending;
                return remote::agree(c, record.no, there, &now_there.text, pending);
            }
            // A server that wrote it out anew may have added what the others see.
            if now_there.text != record.text
                && let Ok(object) = Object::parse(&now_there.text)
                && object.uid() == record.uid
            {
                let columns = columns(&object, &own_address::all(c)?);
                let at = now.date_time().to_utc();
                let text = object.text();
                event::update(c, record.no, calendar, &columns, text, Pending::Nothing, at)?;
            }
            remote::answered(c, record.no)?;
            remote::agree(c, record.no, there, &now_there.text, Pending::Nothing)
        })
    }

    /// Notes that the server deleted an event; where it was taken back meanwhile, it is to be sent
    /// anew.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn push_deleted(&self, id: CalendarId, sent: &ToSend) -> Result<()> {
        self.write(|c| {
            let (calendar, _) = calendar::by_id(c, id)?;
            match remote::by_uid(c, calendar, &sent.uid)? {
                Some(record) if record.pending == Pending::Delete => event::delete(c, record.no),
                Some(record) => remote::forget(c, record.no, Pending::Put),
                None => Ok(()),
            }
        })
    }
}
