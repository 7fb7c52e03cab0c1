//! What a server has, taken in.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, Moment};
use rusqlite::Connection;

use super::is_many;
use crate::calendar::Calendar;
use crate::error::Result;
use crate::event::columns;
use crate::ical::{Object, same};
use crate::meeting;
use crate::model::Resource;
use crate::table::calendar::{self, CalendarNo};
use crate::table::event::{self, Pending};
use crate::table::remote::{self, Asked, RemoteRecord};
use crate::table::{conflict, own_address, source};

impl Calendar {
    /// The path and the version of every event of a calendar that the server has, as last agreed.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn pull_known(&self, id: CalendarId) -> Result<Vec<(String, String)>> {
        self.read(|c| remote::versions(c, calendar::by_id(c, id)?.0))
    }

    /// Takes in resources that the server has. `vanished` are the paths that it has no longer, so
    /// that an event under a new path is known for the one it was. What is no event is left alone.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn pull_take(
        &self,
        id: CalendarId,
        resources: &[Resource],
        vanished: &HashSet<String>,
        here: Tz,
        now: Moment,
    ) -> Result<()> {
        self.write(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            let mut pull = Pull::begin(c, no, now)?;
            resources.iter().try_for_each(|resource| pull.take(resource, vanished))?;
            pull.end(here)
        })
    }

    /// Takes in that paths are gone from the server. Where they are many, the events stay here
    /// until the leader said what is to become of them.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn pull_gone(&self, id: CalendarId, gone: &[String], here: Tz, now: Moment) -> Result<()> {
        self.write(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            let mut pull = Pull::begin(c, no, now)?;
            pull.gone(gone)?;
            pull.end(here)
        })
    }

    /// Forgets how far a calendar was read, so that the next look compares all there is.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn pull_anew(&self, id: CalendarId) -> Result<()> {
        self.write(|c| source::set_mark(c, calendar::by_id(c, id)?.0, None))
    }

    /// Notes how far a calendar was read, once everything up to there was taken in.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn pull_done(
        &self,
        id: CalendarId,
        mark: Option<&str>,
        here: Tz,
        now: Moment,
    ) -> Result<()> {
        self.write(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            let mut pull = Pull::begin(c, no, now)?;
            pull.settle()?;
            source::set_mark(c, no, mark)?;
            pull.end(here)
        })
    }
}

/// What comes in by one transaction.
struct Pull<'a> {
    c: &'a Connection,
    calendar: CalendarNo,
    own: Vec<String>,
    now: DateTime<Utc>,
    /// The UIDs whose meetings are to be looked at anew.
    uids: HashSet<String>,
}

impl<'a> Pull<'a> {
    fn begin(c: &'a Connection, calendar: CalendarNo, now: Moment) -> Result<Self> {
        let own = own_address::all(c)?;
        let now = now.date_time().to_utc();
        Ok(Self { c, calendar, own, now, uids: HashSet::new() })
    }

    fn end(self, here: Tz) -> Result<()> {
        self.uids.iter().try_for_each(|uid| meeting::refresh(self.c, uid, here))
    }

    fn take(&mut self, resource: &Resource, vanished: &HashSet<String>) -> Result<()> {
        // Tasks, diaries, and what cannot be read: not shown, and never touched on the server.
        let Ok(object) = Object::parse(&resource.text) else { return Ok(()) };
        let mut known = remote::by_href(self.c, self.calendar, &resource.href)?;
        if let Some(other) = known.take_if(|known| known.uid != object.uid()) {
            self.is_gone(&other)?;
        }
        let known = match known {
            Some(known) => Some(known),
            None => match remote::by_uid(self.c, self.calendar, object.uid())? {
                // A calendar has an event once (RFC 4791, section 4.1); the first one is ours.
                Some(RemoteRecord { there: Some((href, _)), .. }) if !vanished.contains(&href) => {
                    return Ok(());
                }
                known => known,
            },
        };
        match known {
            Some(known) => self.meet(&known, &object, resource),
            None => self.add(&object, resource),
        }
    }

    fn add(&mut self, object: &Object, resource: &Resource) -> Result<()> {
        let columns = columns(object, &self.own);
        let (c, text) = (self.c, object.text());
        let id = EventId::new();
        let no = event::insert(c, id, self.calendar, &columns, text, Pending::Nothing, self.now)?;
        self.uids.insert(object.uid().to_owned());
        remote::agree(c, no, (&resource.href, &resource.etag), text, Pending::Nothing)
    }

    /// Brings what is here and what is there together.
    fn meet(&mut self, known: &RemoteRecord, object: &Object, resource: &Resource) -> Result<()> {
        let (c, no, text) = (self.c, known.no, object.text());
        let there = (resource.href.as_str(), resource.etag.as_str());
        let as_agreed = known.base.as_deref().is_some_and(|base| same(base, text));
        match known.pending {
            Pending::Nothing => {
                if known.text != text {
                    let columns = columns(object, &self.own);
                    let calendar = self.calendar;
                    event::update(c, no, calendar, &columns, text, Pending::Nothing, self.now)?;
                    self.uids.insert(object.uid().to_owned());
                }
                remote::agree(c, no, there, text, Pending::Nothing)?;
                remote::answered(c, no)
            }
            // It was sent, and the answer was lost.
            Pending::Put if same(&known.text, text) => {
                remote::agree(c, no, there, &known.text, Pending::Nothing)?;
                conflict::delete(c, no)
            }
            // It was made, sent without an answer, and deleted.
            Pending::Delete if known.base.is_none() && same(&known.text, text) => {
                remote::agree(c, no, there, text, Pending::Delete)?;
                conflict::delete(c, no)
            }
            pending if as_agreed => {
                remote::agree(c, no, there, text, pending)?;
                conflict::delete(c, no)
            }
            Pending::Put | Pending::Delete => {
                remote::found(c, no, &resource.href)?;
                conflict::put(c, no, Some((text, &resource.etag)))
            }
        }
    }

    /// One event is gone from the server.
    fn is_gone(&mut self, known: &RemoteRecord) -> Result<()> {
        match known.pending {
            Pending::Put => conflict::put(self.c, known.no, None),
            Pending::Nothing | Pending::Delete => {
                self.uids.insert(known.uid.clone());
                event::delete(self.c, known.no)
            }
        }
    }

    fn gone(&mut self, hrefs: &[String]) -> Result<()> {
        let mut going = Vec::new();
        for href in hrefs {
            match remote::by_href(self.c, self.calendar, href)? {
                Some(known) if known.pending == Pending::Nothing => going.push(known),
                Some(known) => self.is_gone(&known)?,
                None => {}
            }
        }
        let asked = remote::asked(self.c, self.calendar, Asked::Gone)?;
        going.retain(|known| asked.iter().all(|other| other.no != known.no));
        let all = usize::try_from(remote::known(self.c, self.calendar)?).unwrap_or(usize::MAX);
        if is_many(going.len() + asked.len(), all) {
            going.iter().try_for_each(|known| remote::ask(self.c, known.no, Asked::Gone))
        } else {
            going.iter().try_for_each(|known| self.is_gone(known))
        }
    }

    /// Ends what the server need not be told any more.
    fn settle(&mut self) -> Result<()> {
        // Changed since it was found to be gone: now both sides changed it.
        for known in remote::asked(self.c, self.calendar, Asked::Gone)? {
            if known.pending != Pending::Nothing {
                remote::answered(self.c, known.no)?;
                self.is_gone(&known)?;
            }
        }
        // Deleted before the server had it.
        for known in remote::pending(self.c, self.calendar)? {
            if known.pending == Pending::Delete && known.there.is_none() {
                event::delete(self.c, known.no)?;
            }
        }
        Ok(())
    }
}
