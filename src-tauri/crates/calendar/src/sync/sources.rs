//! Where calendars come from: added, changed, and when they are looked at.

use chrono::{DateTime, TimeDelta, Utc};
use fristed_base::{CalendarId, Moment};

use super::with_source;
use crate::calendar::Calendar;
use crate::error::{CalendarError, Result};
use crate::model::{CalendarInfo, CalendarKind, Colour, Login, SourceState, Trouble};
use crate::table::account;
use crate::table::calendar::{self, CalendarNo};
use crate::table::source::{self, SourceRecord};

/// How long a change made here waits for another one before it is sent.
const SETTLES: TimeDelta = TimeDelta::seconds(3);
/// The longest that is waited after failures.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

impl Calendar {
    /// Makes calendars that are kept in step with addresses of one account: the name, the colour,
    /// the kind and the address of each.
    ///
    /// # Errors
    /// [`CalendarError::SourceHere`] where a calendar is from one of the addresses already.
    pub fn sources_add(
        &self,
        login: &Login,
        calendars: &[(String, Colour, CalendarKind, String)],
        every_minutes: u32,
    ) -> Result<Vec<CalendarInfo>> {
        self.write(|c| {
            let known = source::all(c)?;
            if calendars.iter().any(|one| known.iter().any(|known| known.address == one.3)) {
                return Err(CalendarError::SourceHere);
            }
            let account = account::insert(c, &login.address, &login.user, &login.password)?;
            let mut made = Vec::with_capacity(calendars.len());
            for (name, colour, kind, address) in calendars {
                let id = CalendarId::new();
                calendar::insert(c, id, name, *colour, *kind)?;
                let (no, info) = calendar::by_id(c, id)?;
                source::insert(c, no, account, address, every_minutes)?;
                made.push(with_source(c, (no, info))?);
            }
            Ok(made)
        })
    }

    /// One calendar.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn calendar(&self, id: CalendarId) -> Result<CalendarInfo> {
        self.read(|c| with_source(c, calendar::by_id(c, id)?))
    }

    /// What is needed to look at a calendar's source.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`], also of a calendar of the leader's own.
    pub fn source_state(&self, id: CalendarId) -> Result<SourceState> {
        self.read(|c| {
            let (no, info) = calendar::by_id(c, id)?;
            let record = source::of(c, no)?.ok_or(CalendarError::NotFound)?;
            let account = account::by_no(c, record.account)?;
            Ok(SourceState {
                kind: info.kind,
                address: record.address,
                login: Login {
                    address: account.address,
                    user: account.user,
                    password: account.password,
                },
                mark: record.mark,
                version: (record.etag, record.last_modified),
            })
        })
    }

    /// Sets the minutes between two looks; 0 is only when asked.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn source_set_every(&self, id: CalendarId, minutes: u32) -> Result<CalendarInfo> {
        self.write(|c| {
            let (no, info) = calendar::by_id(c, id)?;
            source::of(c, no)?.ok_or(CalendarError::NotFound)?;
            source::set_every(c, no, minutes)?;
            with_source(c, (no, info))
        })
    }

    /// Sets who signs in, for every calendar of the account, and the address of this one where it
    /// is another. On another server than before the calendar gets an account of its own.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`], [`CalendarError::SourceHere`] where another calendar is from
    /// that address.
    pub fn source_set_login(
        &self,
        id: CalendarId,
        login: &Login,
        address: &str,
        same_server: bool,
    ) -> Result<CalendarInfo> {
        self.write(|c| {
            let (no, info) = calendar::by_id(c, id)?;
            let all = source::all(c)?;
            let record = all.iter().find(|one| one.calendar == no);
            let record = record.ok_or(CalendarError::NotFound)?;
            if all.iter().any(|one| one.calendar != no && one.address == address) {
                return Err(CalendarError::SourceHere);
            }
            let shared = all.iter().any(|one| one.calendar != no && one.account == record.account);
            if shared && !same_server {
                // The account's other calendars stay where they are, and the new password is not
                // for their server.
                let own = account::insert(c, &login.address, &login.user, &login.password)?;
                source::set_account(c, no, own)?;
            } else {
                account::update(c, record.account, &login.address, &login.user, &login.password)?;
            }
            if record.address != address {
                source::set_address(c, no, address)?;
            }
            with_source(c, (no, info))
        })
    }

    /// Notes how a look went that began at `began`.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn source_looked(
        &self,
        id: CalendarId,
        trouble: Option<Trouble>,
        began: Moment,
    ) -> Result<CalendarInfo> {
        self.write(|c| {
            let (no, info) = calendar::by_id(c, id)?;
            let at = began.date_time().to_utc();
            match trouble {
                None => source::went_well(c, no, at)?,
                Some(trouble) => source::failed(c, no, trouble, at)?,
            }
            with_source(c, (no, info))
        })
    }

    /// The calendars that it is time to look at.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn sources_due(&self, now: Moment) -> Result<Vec<CalendarId>> {
        let now = now.date_time().to_utc();
        self.read(|c| {
            let mut due = Vec::new();
            let calendars = calendar::all(c)?;
            for record in source::all(c)? {
                let changed = crate::table::remote::newest(c, record.calendar)?;
                if is_due(&record, changed, now) {
                    due.extend(id_of(&calendars, record.calendar));
                }
            }
            Ok(due)
        })
    }

    /// The calendars that are looked at without being asked for.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn sources_watched(&self) -> Result<Vec<CalendarId>> {
        self.read(|c| {
            let calendars = calendar::all(c)?;
            let watched = source::all(c)?.into_iter().filter(|record| record.every_minutes > 0);
            Ok(watched.filter_map(|record| id_of(&calendars, record.calendar)).collect())
        })
    }
}

fn id_of(calendars: &[(CalendarNo, CalendarInfo)], wanted: CalendarNo) -> Option<CalendarId> {
    calendars.iter().find(|(no, _)| *no == wanted).map(|(_, info)| info.id)
}

/// Whether it is time to look: the minutes are up, or something was changed here since the last
/// look; after failures later and later, so that nobody is asked in vain all day, and a wrong
/// password locks no account.
fn is_due(record: &SourceRecord, changed: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    if record.every_minutes == 0 {
        return false;
    }
    let Some(looked) = record.looked else { return true };
    // A clock that was set back shall not hold a look up for years.
    if looked > now + TimeDelta::minutes(1) {
        return true;
    }
    if record.failures > 0 {
        return now >= looked + wait(record.failures, record.trouble);
    }
    let every = TimeDelta::minutes(i64::from(record.every_minutes));
    now >= looked + every || changed.is_some_and(|at| at > looked && now >= at + SETTLES)
}

/// How long to wait after so many failures.
fn wait(failures: u32, trouble: Option<Trouble>) -> TimeDelta {
    if trouble.is_some_and(Trouble::needs_the_leader) {
        return LONGEST_WAIT;
    }
    let minutes = 1_i64 << failures.saturating_sub(1).min(6);
    TimeDelta::minutes(minutes).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::account::AccountNo;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant of the test")
    }

    fn record(looked: Option<&str>) -> SourceRecord {
        SourceRecord {
            calendar: CalendarNo(1),
            account: AccountNo(1),
            address: String::new(),
            every_minutes: 15,
            mark: None,
            etag: None,
            last_modified: None,
            looked: looked.map(at),
            good: None,
            failures: 0,
            trouble: None,
        }
    }

    #[test]
    fn a_source_is_looked_at_when_its_minutes_are_up_and_soon_after_a_change() {
        let noon = record(Some("2026-01-01T12:00:00Z"));
        let due = |changed: Option<&str>, now: &str| is_due(&noon, changed.map(at), at(now));
        assert!(!due(None, "2026-01-01T12:14:59Z"));
        assert!(due(None, "2026-01-01T12:15:00Z"));
        assert!(!due(Some("2026-01-01T12:05:00Z"), "2026-01-01T12:05:02Z"));
        assert!(due(Some("2026-01-01T12:05:00Z"), "2026-01-01T12:05:03Z"));
        assert!(!due(Some("2026-01-01T11:05:00Z"), "2026-01-01T12:05:00Z"), "it was told then");
        assert!(due(None, "2016-01-01T12:00:00Z"), "the clock was set back");
        assert!(is_due(&record(None), None, at("2026-01-01T12:00:00Z")), "never yet");
        let asked = SourceRecord { every_minutes: 0, ..record(None) };
        assert!(!is_due(&asked, Some(at("2026-01-01T12:00:00Z")), at("2027-01-01T12:00:00Z")));
    }

    #[test]
    fn failures_make_the_next_look_later_and_a_wrong_password_waits_for_the_leader() {
        let minutes = |n| TimeDelta::minutes(n);
        assert_eq!(wait(1, Some(Trouble::Unreachable)), minutes(1));
        assert_eq!(wait(4, Some(Trouble::Unreachable)), minutes(8));
        assert_eq!(wait(90, Some(Trouble::ServerRefused)), minutes(60));
        assert_eq!(wait(1, Some(Trouble::SignInRefused)), minutes(60));
    }
}
