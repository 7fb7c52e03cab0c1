//! Signing in for sharing, and out again.

use std::time::Duration;

use fristed_base::{Moment, Secret};
use fristed_network::Sending;
use fristed_network::session::{self, Credentials, Session, Stop};

use crate::convert::sharing as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::sharing::{
    Connection, Identity, IdentityAnswer, ServerOffer, SharingAccount, SharingStatus, SignOn,
};
use crate::wire::{ErrorCode, Language};

impl Fristed {
    /// How sharing stands on this computer.
    ///
    /// # Errors
    /// `Locked`, and what keeps a store from being read.
    pub fn sharing_status(&self) -> Result<SharingStatus, AppError> {
        let sharing = self.sharing()?;
        let account = sharing.account()?;
        let session = self.link.session();
        let (mut connection, mut next_try) = (Connection::Off, None);
        let (mut trouble, mut identity) = (self.link.trouble(), Identity::Unknown);
        if let Some(account) = &account {
            connection =
                if account.signed_out { Connection::SignedOut } else { Connection::Connecting };
        }
        if let Some(session) = &session {
            (connection, next_try) = convert::connection(session.connection());
            identity = convert::identity(session.identity());
            trouble = session.with_trouble(|it| it.map(|failed| AppError::from(failed).code));
        } else if trouble.is_some() && connection == Connection::Connecting {
            connection = Connection::Offline;
        }
        // Only the counts are wanted, so which moment it is does not matter.
        let rows = sharing.outbox(Moment::from_parts(0, 0).ok_or(ErrorCode::Internal)?)?;
        let stuck =
            |sending: &Sending| matches!(sending, Sending::Failed { .. } | Sending::Asks { .. });
        let failed = rows.iter().filter(|row| stuck(&row.sending)).count();
        let counted = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(SharingStatus {
            account: account.map(|account| SharingAccount {
                user: account.user,
                name: account.name,
                server: account.server,
            }),
            connection,
            trouble,
            next_try: next_try.map(|at| at.to_rfc3339()),
            identity,
            waiting: counted(rows.len() - failed),
            failed: counted(failed),
            unread: sharing.unread()?,
        })
    }

    /// How one may sign in at a server.
    ///
    /// # Errors
    /// `AddressRefused`, `NotAServer`, `ServerLacks`, `Unreachable`.
    pub fn server_look(&self, address: &str) -> Result<ServerOffer, AppError> {
        self.sharing()?;
        let offer = session::look(address, &Stop::default())?;
        let sign_on = offer.sign_on.into_iter();
        Ok(ServerOffer {
            server: offer.server,
            password: offer.password,
            sign_on: sign_on
                .map(|(id, name)| SignOn { id, name: fristed_calendar::ical::shown(&name) })
                .collect(),
        })
    }

    /// Looks at a server in every respect that matters to sharing; for the terminal.
    ///
    /// # Errors
    /// `AddressRefused`, `NotAServer`, `Unreachable`.
    pub fn server_doctor(&self, address: &str, now: Moment) -> Result<session::Health, AppError> {
        Ok(session::doctor(address, now, &Stop::default())?)
    }

    /// Signs in with a name and a password.
    ///
    /// # Errors
    /// `SignInRefused`, `Unreachable`, `AddressRefused`, `NotAServer`; nothing is kept then.
    pub fn sharing_sign_in(
        &self,
        server: &str,
        user: &str,
        password: Secret,
        _now: Moment,
    ) -> Result<SharingStatus, AppError> {
        self.sign_in_by(server, Credentials::Password { user, password: &password })
    }

    /// Signs in through the browser: `open` opens an address in it, and says whether that went
    /// well.
    ///
    /// # Errors
    /// `Cancelled`, `NoBrowser`, `SignInRefused`, `Unreachable`; nothing is kept then.
    pub fn sharing_sign_in_browser(
        &self,
        server: &str,
        place: &str,
        open: &(dyn Fn(&str) -> bool + Sync),
        _now: Moment,
    ) -> Result<SharingStatus, AppError> {
        let farewell = match crate::config::language(&self.state().config.settings) {
            Language::Da => "Du er logget ind. Luk fanen, og gå tilbage til Fristed.",
            Language::En => "You are signed in. Close this tab and go back to Fristed.",
        };
        self.sign_in_by(server, Credentials::Browser { place, open, farewell })
    }

    fn sign_in_by(
        &self,
        server: &str,
        credentials: Credentials<'_>,
    ) -> Result<SharingStatus, AppError> {
        let sharing = self.sharing()?;
        if sharing.account()?.is_some_and(|account| !account.signed_out) {
            return Err(ErrorCode::AlreadySignedIn.into());
        }
        self.link.let_go();
        self.link.sign_in(|opened, hooks, stop| {
            Session::sign_in(&opened.folder, &opened.sharing, server, credentials, hooks, stop)
        })?;
        self.sharing_status()
    }

    /// Stops waiting for the browser.
    ///
    /// # Errors
    /// None; it is a use case like all others.
    pub fn sharing_sign_in_cancel(&self) -> Result<(), AppError> {
        self.link.sign_in_cancel();
        Ok(())
    }

    /// Signs out: this computer goes from the server, and its keys from the disk. What was shared
    /// and what came stays in the vault.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn sharing_sign_out(&self, _now: Moment) -> Result<SharingStatus, AppError> {
        let sharing = self.sharing()?;
        let trouble = match self.link.start() {
            Ok(Some(session)) => session.log_out().err().map(|failed| AppError::from(failed).code),
            Ok(None) => None,
            Err(failed) => Some(failed.code),
        };
        self.link.let_go();
        let folder = self.with_vault(|vault| Ok(vault.dir().to_owned()))?;
        session::forget(&folder, &sharing)?;
        Ok(SharingStatus { trouble, ..self.sharing_status()? })
    }

    /// Answers where the account has an identity already. Where that takes the browser, `open`
    /// opens an address in it, and says whether that went well.
    ///
    /// # Errors
    /// `IdentityKeyWrong`, `SignInRefused`, `NoBrowser`, `Unreachable`.
    pub fn identity_answer(
        &self,
        answer: IdentityAnswer,
        open: &(dyn Fn(&str) -> bool + Sync),
        _now: Moment,
    ) -> Result<SharingStatus, AppError> {
        let session = self.link.needed(&self.sharing()?)?;
        match answer {
            IdentityAnswer::Key { key } => session.identity_open(&key)?,
            IdentityAnswer::Anew { password } => session.identity_anew(&password, open)?,
        }
        drop(session);
        self.sharing_status()
    }

    /// Sends what is due, now, and waits for it.
    ///
    /// # Errors
    /// `NotSignedIn`, `SignedOut`, `Unreachable`.
    pub fn sharing_send(&self) -> Result<(), AppError> {
        Ok(self.link.needed(&self.sharing()?)?.send_now()?)
    }

    /// Takes the account into use, hears everything that is new, and sends what waits; for the
    /// terminal, which ends afterwards.
    ///
    /// # Errors
    /// `NotSignedIn`, `SignedOut`, `Unreachable`.
    pub fn sharing_catch_up(&self, within: Duration) -> Result<(), AppError> {
        Ok(self.link.needed(&self.sharing()?)?.catch_up(within)?)
    }
}
