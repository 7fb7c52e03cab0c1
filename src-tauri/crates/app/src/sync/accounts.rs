//! Subscriptions and accounts: added, found out, changed.

use fristed_base::{Moment, Secret};
use fristed_calendar::ical::shown;
use fristed_calendar::{CalendarKind, FilePlan, Login};
use fristed_remote::{
    Account as Remote, Address, Collection, Credentials, Found, Http, Read, Version,
};

use super::{take, wait_for};
use crate::convert::calendar as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::calendar::{Calendar, Colour};
use crate::wire::source::{Account, RemoteCalendar};
use crate::writing::id;

/// The longest that may lie between two looks, in minutes: a week.
const SELDOMEST: u32 = 7 * 24 * 60;

/// An address and who signs in there, as typed.
struct Typed {
    address: Address,
    credentials: Option<Credentials>,
}

impl Typed {
    fn read(account: Account) -> Result<Self, AppError> {
        let (address, inside) = Address::typed(&account.address)?;
        let user = account.user.trim().to_owned();
        let credentials = match (user.is_empty(), inside) {
            (true, inside) => inside,
            (false, _) => Some(Credentials::new(user, account.password)),
        };
        Ok(Self { address, credentials })
    }

    fn http(&self, stop: fristed_remote::Stop) -> Result<Http, AppError> {
        Ok(Http::new(self.address.clone(), self.credentials.as_ref(), stop)?)
    }

    fn login(&self) -> Login {
        let known = self.credentials.as_ref();
        let password = known.map_or(String::new(), |known| known.password().expose().to_owned());
        Login {
            address: self.address.as_str().to_owned(),
            user: known.map_or(String::new(), |known| known.user().to_owned()),
            password: Secret::new(password),
        }
    }
}

impl Fristed {
    /// Adds a calendar that is read from an address now and then, and reads it. Without a name it
    /// takes the one that the calendar has, or the server's; without a colour one that no other
    /// has. Nothing is kept where it cannot be read.
    ///
    /// # Errors
    /// `AddressRefused`, `Unreachable`, `SignInRefused`, `CertificateBad`, `NotACalendar`,
    /// `ServerRefused`, `TooLarge`, `TooManyEvents`, `CalendarAlreadyHere`.
    pub fn subscription_add(
        &self,
        name: &str,
        colour: Option<Colour>,
        every_minutes: u32,
        account: Account,
        now: Moment,
    ) -> Result<Calendar, AppError> {
        let asking = self.network.ask();
        let calendar = self.calendar()?;
        let typed = Typed::read(account)?;
        let http = typed.http(asking.stop())?;
        let read = wait_for(async { Ok(http.read(&Version::default()).await?) })?;
        let Read::New { bytes, version } = read else {
            return Err(ErrorCode::ServerRefused.into());
        };
        let plan = match FilePlan::read(&bytes) {
            Err(fristed_calendar::CalendarError::NotACalendar) => {
                return Err(ErrorCode::NotACalendar.into());
            }
            read => read?,
        };
        let name = match (name.trim(), plan.name()) {
            ("", Some(own)) => shown(own),
            ("", None) => host(&typed.address),
            (name, _) => name.to_owned(),
        };
        let taken = colours(&calendar)?;
        let new = (
            name,
            colour.map_or_else(|| convert::free_colour(&taken), convert::to_colour),
            CalendarKind::Subscription,
            typed.address.as_str().to_owned(),
        );
        let every = every_minutes.min(SELDOMEST);
        let made = calendar.sources_add(&typed.login(), &[new], every)?;
        let made = made.into_iter().next().ok_or(ErrorCode::Internal)?;
        take(&calendar, made.id, &bytes, &version, self.zone(), now)?;
        let made = calendar.source_looked(made.id, None, now)?;
        Ok(convert::calendar(made, self.zone()))
    }

    /// The calendars of an account on a CalDAV server.
    ///
    /// # Errors
    /// `AddressRefused`, `Unreachable`, `SignInRefused`, `CertificateBad`, `NotACalendar`,
    /// `ServerRefused`.
    pub fn cal_dav_find(&self, account: Account) -> Result<Vec<RemoteCalendar>, AppError> {
        let here = self.source_addresses()?;
        let found = self.find(&Typed::read(account)?)?;
        Ok(found
            .into_iter()
            .map(|one| RemoteCalendar {
                here: here.iter().any(|known| known == one.address.as_str()),
                name: name_of(&one),
                writable: one.writable,
                address: one.address.as_str().to_owned(),
            })
            .collect())
    }

    /// Keeps some of an account's calendars in step from now on, and looks at them.
    ///
    /// # Errors
    /// As [`Fristed::cal_dav_find`]; `NotFound` where the account has none of these calendars,
    /// `CalendarAlreadyHere`.
    pub fn cal_dav_add(
        &self,
        account: Account,
        addresses: &[String],
        every_minutes: u32,
        now: Moment,
    ) -> Result<Vec<Calendar>, AppError> {
        let typed = Typed::read(account)?;
        let mut found = self.find(&typed)?;
        found.retain(|one| addresses.iter().any(|wanted| wanted == one.address.as_str()));
        if found.is_empty() || found.len() < addresses.len() {
            return Err(ErrorCode::NotFound.into());
        }
        let calendar = self.calendar()?;
        let mut taken = colours(&calendar)?;
        let new: Vec<_> = found
            .iter()
            .map(|one| {
                let kind =
                    if one.writable { CalendarKind::CalDav } else { CalendarKind::CalDavRead };
                let told = one.colour.as_deref().and_then(convert::nearest_colour);
                let colour = told.unwrap_or_else(|| convert::free_colour(&taken));
                taken.push(colour);
                (name_of(one), colour, kind, one.address.as_str().to_owned())
            })
            .collect();
        let every = every_minutes.min(SELDOMEST);
        let made = calendar.sources_add(&typed.login(), &new, every)?;
        made.into_iter().map(|one| self.calendar_sync(&one.id.to_string(), now)).collect()
    }

    fn find(&self, typed: &Typed) -> Result<Vec<Found>, AppError> {
        let asking = self.network.ask();
        let account = Remote::new(typed.http(asking.stop())?)?;
        wait_for(async { Ok(account.calendars().await?) })
    }

    fn source_addresses(&self) -> Result<Vec<String>, AppError> {
        let all = self.calendar()?.calendars()?.into_iter();
        Ok(all.filter_map(|one| one.source.map(|source| source.address)).collect())
    }

    /// Sets the minutes between two looks; 0 is only when asked.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn calendar_set_every(&self, of: &str, minutes: u32) -> Result<Calendar, AppError> {
        let every = minutes.min(SELDOMEST);
        let changed = self.calendar()?.source_set_every(id(of)?, every)?;
        Ok(convert::calendar(changed, self.zone()))
    }

    /// Sets the address of a calendar from elsewhere, and the name and the password for every
    /// calendar of its account; then looks. Nothing is changed where the server does not take them.
    ///
    /// # Errors
    /// As [`Fristed::subscription_add`], and `NotFound`.
    pub fn calendar_set_account(
        &self,
        of: &str,
        account: Account,
        now: Moment,
    ) -> Result<Calendar, AppError> {
        let calendar = self.calendar()?;
        let state = calendar.source_state(id(of)?)?;
        let untyped = account.password.is_empty();
        let mut typed = Typed::read(account)?;
        let (old, _) = Address::typed(&state.address)?;
        let same_server = typed.address.same_server(&old);
        if let Some(known) = &typed.credentials
            && untyped
            && known.password().is_empty()
        {
            // The one that is kept, where it is for this name and this server.
            if !same_server || known.user() != state.login.user {
                return Err(ErrorCode::SignInRefused.into());
            }
            let kept = Secret::new(state.login.password.expose().to_owned());
            typed.credentials = Some(Credentials::new(state.login.user.clone(), kept));
        }
        {
            let asking = self.network.ask();
            let http = typed.http(asking.stop())?;
            wait_for(async {
                if state.kind == CalendarKind::Subscription {
                    http.read(&Version::default()).await?;
                } else {
                    Collection::new(http)?.check().await?;
                }
                Ok(())
            })?;
        }
        let address = typed.address.as_str().to_owned();
        calendar.source_set_login(id(of)?, &typed.login(), &address, same_server)?;
        self.calendar_sync(of, now)
    }
}

/// The colours that calendars here have.
fn colours(
    calendar: &fristed_calendar::Calendar,
) -> Result<Vec<fristed_calendar::Colour>, AppError> {
    Ok(calendar.calendars()?.iter().map(|one| one.colour).collect())
}

fn name_of(found: &Found) -> String {
    match found.name.trim() {
        "" => host(&found.address),
        name => shown(name),
    }
}

/// What a calendar without a name is called: the server's.
fn host(address: &Address) -> String {
    address.host().to_owned()
}
