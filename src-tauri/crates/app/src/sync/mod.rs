//! Calendars from elsewhere: where what a server says and what the store holds come together.

mod accounts;
mod caldav;
mod network;

use std::collections::HashSet;
use std::future::Future;

use fristed_base::{CalendarId, ConflictId, Moment};
use fristed_calendar::{Calendar as Store, CalendarError, CalendarKind, SourceState};
use fristed_remote::{Address, Credentials, Http, Read, Stop, Version};

pub(crate) use network::Network;

use crate::convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::calendar::Calendar;
use crate::wire::source::{Conflict, Keep};
use crate::writing::id;

impl Fristed {
    /// Looks at a calendar's source now: takes in what is new there and, for CalDAV, sends what was
    /// changed here. That the server could not be reached or said no is kept with the calendar and
    /// is no error.
    ///
    /// # Errors
    /// `NotFound`, and what keeps a store from being read or written.
    pub fn calendar_sync(&self, of: &str, now: Moment) -> Result<Calendar, AppError> {
        let id: CalendarId = id(of)?;
        let looked = self.look(id, now);
        self.network.done(id);
        Ok(convert::calendar::calendar(looked?, self.zone()))
    }

    fn look(
        &self,
        id: CalendarId,
        now: Moment,
    ) -> Result<fristed_calendar::CalendarInfo, AppError> {
        let asking = self.network.ask();
        let _alone = self.network.alone(id);
        let calendar = self.calendar()?;
        let state = calendar.source_state(id)?;
        let look = Look { calendar: &calendar, id, state, here: self.zone(), now };
        let stop = asking.stop();
        let done = wait_for(async {
            match look.state.kind {
                CalendarKind::CalDav | CalendarKind::CalDavRead => look.caldav(stop).await,
                CalendarKind::Subscription | CalendarKind::Own => look.subscription(stop).await,
            }
        });
        let trouble = match done {
            Ok(()) => None,
            Err(failed) => Some(convert::source::to_trouble(failed.code).ok_or(failed)?),
        };
        Ok(calendar.source_looked(id, trouble, now)?)
    }

    /// The calendars that it is time to look at.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn sync_due(&self, now: Moment) -> Result<Vec<String>, AppError> {
        let mut due: HashSet<CalendarId> = self.network.wanted();
        due.extend(self.calendar()?.sources_due(now)?);
        let mut due: Vec<CalendarId> = due.into_iter().collect();
        due.sort_unstable();
        Ok(due.iter().map(ToString::to_string).collect())
    }

    /// Makes it time to look at every calendar that is looked at by itself.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn sync_soon(&self) -> Result<(), AppError> {
        self.calendar()?.sources_watched()?.into_iter().for_each(|id| self.network.want(id));
        Ok(())
    }

    /// A calendar's events that were changed on both sides.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn conflicts(&self, of: &str) -> Result<Vec<Conflict>, AppError> {
        let zone = self.zone();
        let all = self.calendar()?.conflicts(id(of)?, zone)?;
        Ok(all.into_iter().map(|one| convert::source::conflict(one, zone)).collect())
    }

    /// Ends a conflict; what the server has to be told is sent soon.
    ///
    /// # Errors
    /// `NotFound` where it has ended already.
    pub fn conflict_resolve(
        &self,
        conflict: &str,
        keep: Keep,
        now: Moment,
    ) -> Result<(), AppError> {
        let conflict: ConflictId = id(conflict)?;
        let keep = convert::source::to_keep(keep);
        let calendar = self.calendar()?.conflict_resolve(conflict, keep, self.zone(), now)?;
        self.network.want(calendar);
        Ok(())
    }

    /// Answers for what is gone from the server: it goes from here too, or it is sent there anew.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn missing_confirm(&self, of: &str, let_go: bool) -> Result<Calendar, AppError> {
        let info = self.calendar()?.missing_answer(id(of)?, let_go, self.zone())?;
        self.network.want(info.id);
        Ok(convert::calendar::calendar(info, self.zone()))
    }

    /// Answers for what was deleted here: it goes from the server too, or it comes back.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn deleted_confirm(
        &self,
        of: &str,
        let_go: bool,
        now: Moment,
    ) -> Result<Calendar, AppError> {
        let info = self.calendar()?.deleted_answer(id(of)?, let_go, self.zone(), now)?;
        self.network.want(info.id);
        Ok(convert::calendar::calendar(info, self.zone()))
    }
}

/// One look at a source.
struct Look<'a> {
    calendar: &'a Store,
    id: CalendarId,
    state: SourceState,
    here: chrono_tz::Tz,
    now: Moment,
}

impl Look<'_> {
    /// A way to ask the calendar's own address.
    fn http(&self, stop: Stop) -> Result<Http, AppError> {
        let login = &self.state.login;
        let (address, _) = Address::typed(&self.state.address)?;
        let credentials = (!login.user.is_empty()).then(|| {
            let password = fristed_base::Secret::new(login.password.expose().to_owned());
            Credentials::new(login.user.clone(), password)
        });
        Ok(Http::new(address, credentials.as_ref(), stop)?)
    }

    async fn subscription(&self, stop: Stop) -> Result<(), AppError> {
        let (etag, last_modified) = self.state.version.clone();
        let known = Version { etag, last_modified };
        match self.http(stop)?.read(&known).await? {
            Read::Same => Ok(()),
            Read::New { bytes, version } => {
                take(self.calendar, self.id, &bytes, &version, self.here, self.now)
            }
        }
    }
}

/// Makes a subscription hold what was read.
fn take(
    calendar: &Store,
    id: CalendarId,
    bytes: &[u8],
    version: &Version,
    here: chrono_tz::Tz,
    now: Moment,
) -> Result<(), AppError> {
    let version = (version.etag.as_deref(), version.last_modified.as_deref());
    match calendar.subscription_take(id, bytes, version, here, now) {
        Ok(_) => Ok(()),
        // A page to look at, or a page to sign in on.
        Err(CalendarError::NotACalendar) => Err(ErrorCode::NotACalendar.into()),
        Err(failed) => Err(failed.into()),
    }
}

/// Waits for what asks a server, on this thread.
fn wait_for<T>(asking: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(asking);
    // A name that the system is still looking up would hold a lock up.
    runtime.shutdown_background();
    done
}
