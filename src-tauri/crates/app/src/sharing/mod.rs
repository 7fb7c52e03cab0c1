//! Sharing with a network's peers: where the journal, the calendars and a server meet.

mod account;
mod address;
mod feed;
mod given;
mod link;
mod meetings;
mod names;
mod networks;
mod outbox;
mod pictures;
mod share;
mod tell;
mod verify;

#[cfg(test)]
mod trial;

pub(crate) use link::{Link, Opened};
pub(crate) use meetings::Takes;

use fristed_base::Moment;
use fristed_network::Sharing;
use fristed_network::session::{Clock, Told};

use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;

impl Fristed {
    /// Lets the program speak to the server on which an account is signed in, whenever the vault is
    /// open; without this nothing does. `clock` tells the moment, and `told` is called whenever
    /// something about sharing changed.
    pub fn sharing_allow(
        &self,
        clock: impl Fn() -> Moment + Send + Sync + 'static,
        told: impl Fn() + Send + Sync + 'static,
    ) {
        self.link.allow(std::sync::Arc::new(clock), std::sync::Arc::new(told));
    }

    /// What was shared, in the open vault.
    pub(crate) fn sharing(&self) -> Result<Sharing, AppError> {
        let state = self.state();
        let open = state.open.as_ref().ok_or(ErrorCode::Locked)?;
        Ok(open.sharing.clone())
    }
}

/// Who is told of what a session tells.
pub(crate) struct Hooks {
    pub(crate) clock: Clock,
    pub(crate) told: std::sync::Arc<dyn Fn() + Send + Sync>,
}

impl Hooks {
    /// What a session of this vault calls.
    fn of(&self, calendar: &meetings::Takes) -> (Clock, Told) {
        let (told, calendar) = (std::sync::Arc::clone(&self.told), calendar.clone());
        let clock = std::sync::Arc::clone(&self.clock);
        let at = std::sync::Arc::clone(&self.clock);
        let hear: Told = std::sync::Arc::new(move |news| {
            calendar.hear(&news, at());
            told();
        });
        (clock, hear)
    }
}
