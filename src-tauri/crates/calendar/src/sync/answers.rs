//! What the leader is asked about, and her answers.

use chrono_tz::Tz;
use fristed_base::{CalendarId, ConflictId, EventId, Moment};
use rusqlite::Connection;

use super::with_source;
use crate::calendar::Calendar;
use crate::error::{CalendarError, Result};
use crate::event::{self, columns};
use crate::ical::Object;
use crate::model::{CalendarInfo, CalendarKind, Conflict, EventInfo, Keep};
use crate::occurrence::find;
use crate::table::calendar::{self, CalendarNo};
use crate::table::event::{self as event_table, EventRecord, Pending};
use crate::table::remote::{self, Asked, RemoteRecord};
use crate::table::{conflict, own_address};
use crate::view::Look;
use crate::{meeting, repeat};

impl Calendar {
    /// The events of a calendar that were changed on both sides.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn conflicts(&self, id: CalendarId, here: Tz) -> Result<Vec<Conflict>> {
        self.read(|c| {
            let (no, info) = calendar::by_id(c, id)?;
            let mut all = Vec::new();
            for open in conflict::of_calendar(c, no)? {
                let known = remote::by_no(c, open.event)?;
                let mine = (known.pending != Pending::Delete).then_some(known.text.as_str());
                let theirs = open.theirs.as_ref().map(|(text, _)| text.as_str());
                let shown = |text: Option<&str>| {
                    text.map(|text| shown(c, (known.id, &info), text, here)).transpose()
                };
                all.push(Conflict {
                    id: open.id,
                    calendar: id,
                    mine: shown(mine)?,
                    theirs: shown(theirs)?,
                });
            }
            Ok(all)
        })
    }

    /// Ends a conflict; gives its calendar. What is to be sent after it waits for the next look.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`] where it has ended already.
    pub fn conflict_resolve(
        &self,
        id: ConflictId,
        keep: Keep,
        here: Tz,
        now: Moment,
    ) -> Result<CalendarId> {
        self.write(|c| {
            let open = conflict::by_id(c, id)?;
            let record = remote::by_no(c, open.event)?;
            conflict::delete(c, open.event)?;
            let calendar = calendar_of(c, &record)?;
            let theirs = open.theirs.as_ref();
            let mine = (record.pending == Pending::Put).then_some(record.text.as_str());
            match (keep, mine, theirs) {
                (Keep::Mine, _, Some((text, etag))) | (Keep::Both, None, Some((text, etag))) => {
                    agree_again(c, &record, text, etag)?;
                }
                (Keep::Mine | Keep::Both, Some(_), None) => {
                    remote::forget(c, record.no, Pending::Put)?;
                }
                (Keep::Theirs, _, Some((text, etag))) => {
                    take_theirs(c, calendar, &record, (text, etag), now)?;
                }
                (Keep::Both, Some(mine), Some((text, etag))) => {
                    let own = own_address::all(c)?;
                    let new = EventId::new();
                    let other = Object::parse(mine)?.with_uid(&new.to_string())?;
                    take_theirs(c, calendar, &record, (text, etag), now)?;
                    let at = now.date_time().to_utc();
                    let target = (calendar, CalendarKind::CalDav);
                    event::insert(c, new, target, &other, &own, at)?;
                }
                (Keep::Theirs, _, None) | (_, None, None) => event_table::delete(c, record.no)?,
            }
            meeting::refresh(c, &record.uid, here)?;
            let all = calendar::all(c)?.into_iter();
            let found = all.filter(|(no, _)| *no == calendar).map(|(_, info)| info.id).next();
            found.ok_or(CalendarError::NotFound)
        })
    }

    /// Answers for the events that are gone from the server: they go from here too, or they stay
    /// and are sent there anew.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn missing_answer(&self, id: CalendarId, let_go: bool, here: Tz) -> Result<CalendarInfo> {
        self.write(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            for known in remote::asked(c, no, Asked::Gone)? {
                remote::answered(c, known.no)?;
                match known.pending {
                    Pending::Put => remote::forget(c, known.no, Pending::Put)?,
                    Pending::Nothing if !let_go => remote::forget(c, known.no, Pending::Put)?,
                    Pending::Nothing | Pending::Delete => {
                        event_table::delete(c, known.no)?;
                        meeting::refresh(c, &known.uid, here)?;
                    }
                }
            }
            with_source(c, calendar::by_id(c, id)?)
        })
    }

    /// Answers for the events that were deleted here: they go from the server too, or they come
    /// back as both sides last had them.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn deleted_answer(
        &self,
        id: CalendarId,
        let_go: bool,
        here: Tz,
        now: Moment,
    ) -> Result<CalendarInfo> {
        self.write(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            for known in remote::pending(c, no)? {
                if known.pending != Pending::Delete || known.there.is_none() {
                    continue;
                }
                if let_go {
                    remote::ask(c, known.no, Asked::MayGo)?;
                    continue;
                }
                remote::answered(c, known.no)?;
                bring_back(c, no, &known, now)?;
                meeting::refresh(c, &known.uid, here)?;
            }
            with_source(c, calendar::by_id(c, id)?)
        })
    }
}

fn calendar_of(c: &Connection, record: &RemoteRecord) -> Result<CalendarNo> {
    let all = calendar::all(c)?;
    for (no, _) in all {
        if remote::by_uid(c, no, &record.uid)?.is_some_and(|found| found.no == record.no) {
            return Ok(no);
        }
    }
    Err(CalendarError::NotFound)
}

/// Lets what is here stand over the version that the server has.
fn agree_again(c: &Connection, record: &RemoteRecord, text: &str, etag: &str) -> Result<()> {
    if record.pending == Pending::Delete {
        remote::ask(c, record.no, Asked::MayGo)?;
    }
    let (href, _) = record.there.as_ref().ok_or(CalendarError::NotFound)?;
    remote::agree(c, record.no, (href, etag), text, record.pending)
}

/// Puts the server's version in the place of what is here.
fn take_theirs(
    c: &Connection,
    calendar: CalendarNo,
    record: &RemoteRecord,
    (text, etag): (&str, &str),
    now: Moment,
) -> Result<()> {
    put_text(c, calendar, record, text, now)?;
    let (href, _) = record.there.as_ref().ok_or(CalendarError::NotFound)?;
    remote::agree(c, record.no, (href, etag), text, Pending::Nothing)
}

/// Puts back what was deleted here, as both sides last had it.
fn bring_back(
    c: &Connection,
    calendar: CalendarNo,
    known: &RemoteRecord,
    now: Moment,
) -> Result<()> {
    let text = known.base.as_ref().unwrap_or(&known.text);
    put_text(c, calendar, known, text, now)
}

fn put_text(
    c: &Connection,
    calendar: CalendarNo,
    record: &RemoteRecord,
    text: &str,
    now: Moment,
) -> Result<()> {
    let object = Object::parse(text)?;
    let columns = columns(&object, &own_address::all(c)?);
    let at = now.date_time().to_utc();
    event_table::update(c, record.no, calendar, &columns, object.text(), Pending::Nothing, at)
}

/// One side of a conflict as a view would show it.
fn shown(
    c: &Connection,
    (id, calendar): (EventId, &CalendarInfo),
    text: &str,
    here: Tz,
) -> Result<EventInfo> {
    let object = Object::parse(text)?;
    let summary = object.summary();
    let key = if summary.recurs { summary.start.key() } else { String::new() };
    let occurrence = find(&object, &key, None, here).ok_or(CalendarError::NotFound)?;
    let (repeat, repeat_beyond_form) = repeat::of_summary(&summary);
    let columns = columns(&object, &own_address::all(c)?);
    let mut record = EventRecord::nowhere(columns.repeats, columns.reply);
    record.id = id;
    record.calendar = calendar.id;
    Ok(EventInfo {
        seen: Look::new(c, here)?.seen(&record, &object, occurrence),
        summary,
        repeat,
        repeat_beyond_form,
        writable: false,
    })
}
