//! Signing in, out, and how it stands.

use fristed_app::wire::sharing::{Connection, Identity, ServerOffer, SharingStatus};

use super::doctor::LARGEST_FILE;
use super::json::StatusJson;
use super::{allow, catch_up, hear, megabytes, open, why};
use crate::args::network::Login;
use crate::ask;
use crate::failure::{Failure, SharingFailure};
use crate::out::harmless;
use crate::session::{self, Session};

pub(super) fn login(login: &Login, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    let offer = session.fristed.server_look(&login.server)?;
    match &login.user {
        Some(user) => {
            if !offer.password {
                return Err(SharingFailure::NoPassword.into());
            }
            let password = ask::password(login.password_file.as_deref(), session.phrases)?;
            session.fristed.sharing_sign_in(&offer.server, user, password, session.now())?;
        }
        None => {
            let place = place(&offer, login.place.as_deref())?;
            let phrases = session.phrases.network;
            let open = |address: &str| {
                session::tell(phrases.open_this);
                session::tell(&harmless(address));
                true
            };
            let now = session.now();
            session.fristed.sharing_sign_in_browser(&offer.server, &place, &open, now)?;
        }
    }
    catch_up(session)?;
    let status = session.fristed.sharing_status()?;
    let phrases = session.phrases.network;
    if session.common.json {
        session.out.json(&StatusJson::of(&status, None))?;
    } else if let Some(account) = &status.account {
        let line = phrases.signed_in.replace("{user}", &harmless(&account.user));
        session.out.line(&line.replace("{server}", &harmless(&account.server)))?;
    }
    if status.identity == Identity::Elsewhere {
        session::tell(&format!("fristed: {} [identityMissing]", phrases.elsewhere));
    }
    Ok(())
}

/// The way through the browser that is meant.
fn place(offer: &ServerOffer, wanted: Option<&str>) -> Result<String, Failure> {
    let named = |name: &str| offer.sign_on.iter().find(|one| one.name == name);
    let found = match (wanted, offer.sign_on.as_slice()) {
        (Some(wanted), _) => named(wanted),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let names = || offer.sign_on.iter().map(|one| one.name.clone()).collect();
    Ok(found.map(|one| one.id.clone()).ok_or_else(|| SharingFailure::NoPlace(names()))?)
}

pub(super) fn logout(session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    allow(session);
    let status = session.fristed.sharing_sign_out(session.now())?;
    if let Some(code) = status.trouble {
        let line = session.phrases.network.still_known.replace("{}", &why(code.into(), session));
        session::tell(&format!("fristed: {line}"));
    }
    if session.common.json {
        session.out.json(&StatusJson::of(&status, None))
    } else {
        session.out.line(session.phrases.network.signed_out)
    }
}

pub(super) fn status(session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    if session.fristed.sharing_status()?.account.is_some() {
        hear(session);
    }
    let status = session.fristed.sharing_status()?;
    let online = status.connection == Connection::Online;
    let largest = online.then(|| session.fristed.sharing_limit()).flatten();
    if session.common.json {
        return session.out.json(&StatusJson::of(&status, largest));
    }
    lines(&status, largest, session).iter().try_for_each(|line| session.out.line(line))
}

fn lines(status: &SharingStatus, largest: Option<u64>, session: &Session) -> Vec<String> {
    let phrases = session.phrases.network;
    let Some(account) = &status.account else { return vec![phrases.nobody.to_owned()] };
    let connection = phrases.connections[match status.connection {
        Connection::Off => 0,
        Connection::Connecting => 1,
        Connection::Online => 2,
        Connection::Offline => 3,
        Connection::SignedOut => 4,
    }];
    let mut lines = vec![
        harmless(&format!("{}  {}", account.user, account.name)),
        format!("{}: {connection}", harmless(&account.server)),
    ];
    let counts = [status.waiting, status.failed, status.unread];
    for (word, count) in phrases.counts.iter().zip(counts).filter(|(_, count)| *count > 0) {
        lines.push(format!("{word}: {count}"));
    }
    if let Some(bytes) = largest {
        let word = phrases.looked[LARGEST_FILE];
        lines.push(format!("{word}: {}", megabytes(bytes)));
    }
    if status.identity == Identity::Elsewhere {
        lines.push(phrases.elsewhere.to_owned());
    }
    lines
}
