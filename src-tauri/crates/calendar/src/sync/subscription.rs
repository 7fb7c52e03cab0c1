//! A published calendar, taken in whole.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, Moment};

use crate::calendar::Calendar;
use crate::error::Result;
use crate::ical::{self, Limits, same};
use crate::table::event as event_table;
use crate::table::{calendar, own_address, source};
use crate::{event, meeting};

impl Calendar {
    /// Makes a subscription hold what was read at its address, all of it or nothing; gives how many
    /// events are other than before. `version` is its ETag and its Last-Modified.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotACalendar`], [`crate::CalendarError::TooLarge`],
    /// [`crate::CalendarError::NotFound`].
    pub fn subscription_take(
        &self,
        id: CalendarId,
        bytes: &[u8],
        version: (Option<&str>, Option<&str>),
        here: Tz,
        now: Moment,
    ) -> Result<u32> {
        let reading = ical::read(bytes, &Limits::default())?;
        let at = now.date_time().to_utc();
        self.write(|c| {
            let (no, info) = calendar::by_id(c, id)?;
            let own = own_address::all(c)?;
            let records = event_table::of(c, Some(no))?;
            let mut old: HashMap<String, event_table::EventRecord> = HashMap::new();
            for record in records {
                old.insert(event::object(&record)?.uid().to_owned(), record);
            }
            let mut touched = HashSet::new();
            for object in &reading.objects {
                match old.remove(object.uid()) {
                    Some(record) if same(&record.text, object.text()) => continue,
                    Some(record) => event::replace(c, &record, object, &own, at)?,
                    None => {
                        event::insert(c, EventId::new(), (no, info.kind), object, &own, at)?;
                    }
                }
                touched.insert(object.uid().to_owned());
            }
            for (uid, record) in old {
                event_table::delete(c, record.no)?;
                touched.insert(uid);
            }
            touched.iter().try_for_each(|uid| meeting::refresh(c, uid, here))?;
            source::set_version(c, no, version.0, version.1)?;
            Ok(u32::try_from(touched.len()).unwrap_or(u32::MAX))
        })
    }
}
