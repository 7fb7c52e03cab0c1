//! Networks that are shared: made, joined, left, and who is in them.

use fristed_app::wire::calendar::Colour;
use fristed_app::wire::network::NetworkForm;
use fristed_app::wire::sharing::{Peer, SharedNetwork, Standing, Trust};

use super::json::NetworkJson;
use super::{catch_up, chosen, hear, named, open};
use crate::failure::{Failure, SharingFailure};
use crate::out::harmless;
use crate::session::{self, Session};

pub(super) fn list(session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    hear(session);
    let all = session.fristed.shared_networks()?;
    show(&all, session.phrases.network.no_networks, session)
}

pub(super) fn create(name: &str, federated: bool, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    catch_up(session)?;
    let now = session.now();
    let mut here = session.fristed.networks(now)?;
    here.retain(|one| one.name == name || one.id == name);
    let id = match here.as_slice() {
        [] => {
            let form = NetworkForm {
                name: name.to_owned(),
                purpose: String::new(),
                colour: Colour::default(),
                rhythm: String::new(),
                title_contains: String::new(),
            };
            session.fristed.network_create(form, now)?.id
        }
        [one] => one.id.clone(),
        several => {
            let ids = several.iter().map(|one| one.id.clone()).collect();
            return Err(SharingFailure::SeveralNetworks(ids).into());
        }
    };
    let made = session.fristed.network_connect(&id, federated, now)?;
    one(&made, session)
}

pub(super) fn invite(network: &str, address: &str, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    catch_up(session)?;
    let room = named(network, session)?.room;
    let now = session.fristed.invite(&room, address)?;
    one(&now, session)
}

pub(super) fn code(network: &str, hide: bool, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    catch_up(session)?;
    let room = named(network, session)?.room;
    let now = if hide {
        session.fristed.invite_code_hide(&room)?
    } else {
        session.fristed.invite_code_show(&room)?
    };
    if session.common.json {
        return session.out.json(&NetworkJson::from(&now));
    }
    let phrases = session.phrases.network;
    match &now.code {
        Some(code) => {
            session.out.line(&code.text)?;
            session::tell(phrases.code_shown);
            Ok(())
        }
        None => session.out.line(phrases.code_hidden),
    }
}

pub(super) fn join(
    invitation: Option<&str>,
    decline: bool,
    session: &mut Session,
) -> Result<(), Failure> {
    open(session)?;
    let invitations = |session: &Session| -> Result<Vec<SharedNetwork>, Failure> {
        let mut all = session.fristed.shared_networks()?;
        all.retain(|one| one.standing == Standing::Invited);
        Ok(all)
    };
    let Some(wanted) = invitation else {
        hear(session);
        let all = invitations(session)?;
        return show(&all, session.phrases.network.no_invitations, session);
    };
    catch_up(session)?;
    let all = invitations(session)?;
    let by_name = all.iter().any(|one| one.name == wanted || one.room == wanted);
    let phrases = session.phrases.network;
    if !by_name && !decline && wanted.contains('@') {
        let asked = session.fristed.code_enter(wanted, session.now())?;
        session::tell(phrases.asking);
        return one(&asked, session);
    }
    let room = chosen(wanted, all, SharingFailure::NoInvitation)?.room;
    match session.fristed.invitation_answer(&room, !decline, None, session.now())? {
        Some(joined) => {
            session::tell(&phrases.joined.replace("{}", &harmless(&joined.name)));
            one(&joined, session)
        }
        None if session.common.json => show(&[], "", session),
        None => session.out.line(phrases.declined),
    }
}

pub(super) fn leave(network: &str, withdraw: bool, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    catch_up(session)?;
    let known = named(network, session)?;
    session.fristed.shared_network_leave(&known.room, withdraw, session.now())?;
    let left = session.fristed.shared_networks()?.into_iter().find(|it| it.room == known.room);
    if session.common.json {
        // One that was left before, and in which nothing was shared, is forgotten.
        let left = left.unwrap_or(SharedNetwork { standing: Standing::Left, ..known });
        return session.out.json(&NetworkJson::from(&left));
    }
    let line = session.phrases.network.left.replace("{}", &harmless(&known.name));
    session.out.line(&line)
}

/// One network: a document of its own, or its lines.
fn one(network: &SharedNetwork, session: &mut Session) -> Result<(), Failure> {
    if session.common.json {
        return session.out.json(&NetworkJson::from(network));
    }
    lines(network, session).iter().try_for_each(|line| session.out.line(line))
}

fn show(all: &[SharedNetwork], none: &str, session: &mut Session) -> Result<(), Failure> {
    if session.common.json {
        let mut array = session.out.array()?;
        all.iter().try_for_each(|one| array.push(&NetworkJson::from(one)))?;
        return array.end();
    }
    for network in all {
        one(network, session)?;
    }
    if all.is_empty() {
        session::tell(none);
    }
    Ok(())
}

fn lines(network: &SharedNetwork, session: &Session) -> Vec<String> {
    let phrases = session.phrases.network;
    let standing = phrases.standings[match network.standing {
        Standing::Invited => 0,
        Standing::Asking => 1,
        Standing::Joined => 2,
        Standing::Left => 3,
    }];
    let mut first = format!("{}  {standing}", harmless(&network.name));
    if let Some(peer) = &network.invited_by {
        let by = phrases.invited_by.replace("{}", &harmless(&peer.user));
        first.push_str(&format!("  {by}"));
    }
    if network.unread > 0 {
        first.push_str(&format!("  {}: {}", phrases.counts[2], network.unread));
    }
    let mut lines = vec![first];
    if network.standing == Standing::Joined {
        lines.extend(network.peers.iter().map(|peer| person(peer, session)));
        let asking = network.asking.iter();
        lines.extend(asking.map(|peer| format!("  {}  {}", who(peer), phrases.asks)));
    }
    lines
}

/// Somebody, with whether she is who she seems to be.
pub(super) fn person(peer: &Peer, session: &Session) -> String {
    let phrases = session.phrases.network;
    let what = if peer.you {
        phrases.you
    } else if peer.invited {
        phrases.invited
    } else {
        phrases.trusts[match peer.trust {
            Trust::Known => 0,
            Trust::NotYet => 1,
            Trust::Changed => 2,
            Trust::NoIdentity => 3,
        }]
    };
    format!("  {}  {what}", who(peer))
}

fn who(peer: &Peer) -> String {
    harmless(&format!("{}  {}", peer.name, peer.user))
}
