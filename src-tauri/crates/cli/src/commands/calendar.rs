//! `calendar`: subscriptions, and accounts on CalDAV servers.

use fristed_app::wire::ErrorCode;
use fristed_app::wire::calendar::{Calendar, CalendarKind, Event};
use fristed_app::wire::source::{Account, Keep, Source};
use fristed_base::Secret;
use serde::Serialize;

use crate::args::{CalendarAction, Kept, Login};
use crate::ask;
use crate::failure::Failure;
use crate::out::harmless;
use crate::session::{self, Session};

/// A calendar as the terminal gives it. The field names are stable.
#[derive(Serialize)]
struct CalendarJson<'a> {
    id: &'a str,
    name: &'a str,
    kind: CalendarKind,
    writable: bool,
    events: u32,
    source: Option<SourceJson<'a>>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    address: &'a str,
    user: Option<&'a str>,
    every_minutes: u32,
    last_success: Option<&'a str>,
    trouble: Option<ErrorCode>,
    waiting: u32,
    conflicts: u32,
    missing: u32,
    deleted: u32,
}

impl<'a> From<&'a Source> for SourceJson<'a> {
    fn from(source: &'a Source) -> Self {
        Self {
            address: &source.address,
            user: source.user.as_deref(),
            every_minutes: source.every_minutes,
            last_success: source.last_success.as_deref(),
            trouble: source.trouble,
            waiting: source.waiting,
            conflicts: source.conflicts,
            missing: source.missing,
            deleted: source.deleted,
        }
    }
}

/// One side of a conflict; none where the event was deleted on that side.
#[derive(Serialize)]
struct SideJson<'a> {
    title: &'a str,
    start: &'a str,
    end: &'a str,
    location: &'a str,
}

impl<'a> From<&'a Event> for SideJson<'a> {
    fn from(event: &'a Event) -> Self {
        let one = &event.occurrence;
        Self { title: &one.title, start: &one.start, end: &one.end, location: &one.location }
    }
}

#[derive(Serialize)]
struct ConflictJson<'a> {
    id: &'a str,
    mine: Option<SideJson<'a>>,
    theirs: Option<SideJson<'a>>,
}

pub(super) fn run(action: &CalendarAction, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    match action {
        CalendarAction::List => {
            let all = session.fristed.calendars()?;
            show(&all, session)
        }
        CalendarAction::Subscribe { address, name, login, every } => {
            let account = account(address, login, session)?;
            let now = session.now();
            let made = session.fristed.subscription_add(name, None, *every, account, now)?;
            show(&[made], session)
        }
        CalendarAction::Account { address, login, calendars, every } => {
            add(address, login, calendars, *every, session)
        }
        CalendarAction::Sync { names } => {
            let mut looked = Vec::new();
            for one in named(names, session)? {
                looked.push(session.fristed.calendar_sync(&one.id, session.now())?);
            }
            show(&looked, session)?;
            let trouble = looked.iter().filter_map(|one| one.source.as_ref()?.trouble).next();
            trouble.map_or(Ok(()), |code| Err(code.into()))
        }
        CalendarAction::Conflicts { name, keep } => conflicts(name, *keep, session),
        CalendarAction::Confirm { name, let_go } => {
            for one in named(std::slice::from_ref(name), session)? {
                session.fristed.missing_confirm(&one.id, *let_go)?;
                session.fristed.deleted_confirm(&one.id, *let_go, session.now())?;
            }
            Ok(())
        }
    }
}

/// Who signs in at an address; without a name nobody does.
fn account(address: &str, login: &Login, session: &Session) -> Result<Account, Failure> {
    let password = if login.user.is_empty() {
        Secret::new(String::new())
    } else {
        ask::password(login.password_file.as_deref(), session.phrases)?
    };
    Ok(Account { address: address.to_owned(), user: login.user.clone(), password })
}

fn add(
    address: &str,
    login: &Login,
    wanted: &[String],
    every: u32,
    session: &mut Session,
) -> Result<(), Failure> {
    let known = account(address, login, session)?;
    let again = Account {
        address: known.address.clone(),
        user: known.user.clone(),
        password: Secret::new(known.password.expose().to_owned()),
    };
    let found = session.fristed.cal_dav_find(known)?;
    let chosen: Vec<String> = found
        .into_iter()
        .filter(|one| if wanted.is_empty() { !one.here } else { wanted.contains(&one.name) })
        .map(|one| one.address)
        .collect();
    if chosen.is_empty() || chosen.len() < wanted.len() {
        return Err(ErrorCode::NotFound.into());
    }
    let made = session.fristed.cal_dav_add(again, &chosen, every, session.now())?;
    show(&made, session)
}

/// The calendars from elsewhere that have these names; all of them where none is named.
fn named(names: &[String], session: &Session) -> Result<Vec<Calendar>, Failure> {
    let mut all = session.fristed.calendars()?;
    all.retain(|one| one.source.is_some() && (names.is_empty() || names.contains(&one.name)));
    if all.len() < names.len() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(all)
}

fn conflicts(name: &str, keep: Option<Kept>, session: &mut Session) -> Result<(), Failure> {
    let mut open = Vec::new();
    for one in named(&[name.to_owned()], session)? {
        open.extend(session.fristed.conflicts(&one.id)?);
    }
    if let Some(keep) = keep {
        let keep = match keep {
            Kept::Mine => Keep::Mine,
            Kept::Theirs => Keep::Theirs,
            Kept::Both => Keep::Both,
        };
        for one in &open {
            session.fristed.conflict_resolve(&one.id, keep, session.now())?;
        }
        return Ok(());
    }
    if session.common.json {
        let mut array = session.out.array()?;
        for one in &open {
            array.push(&ConflictJson {
                id: &one.id,
                mine: one.mine.as_ref().map(SideJson::from),
                theirs: one.theirs.as_ref().map(SideJson::from),
            })?;
        }
        return array.end();
    }
    let side = |event: Option<&Event>| match event {
        Some(event) => harmless(&format!(
            "{} ({} {})",
            event.occurrence.title, event.occurrence.start, event.occurrence.location
        )),
        None => session.phrases.gone.to_owned(),
    };
    let lines: Vec<String> = open
        .iter()
        .map(|one| format!("{}  |  {}", side(one.mine.as_ref()), side(one.theirs.as_ref())))
        .collect();
    lines.iter().try_for_each(|line| session.out.line(line))
}

fn show(all: &[Calendar], session: &mut Session) -> Result<(), Failure> {
    if session.common.json {
        let mut array = session.out.array()?;
        for one in all {
            array.push(&CalendarJson {
                id: &one.id,
                name: &one.name,
                kind: one.kind,
                writable: one.writable,
                events: one.events,
                source: one.source.as_ref().map(SourceJson::from),
            })?;
        }
        return array.end();
    }
    for one in all {
        let mut line = format!("{}  {}", harmless(&one.name), one.events);
        if let Some(source) = &one.source {
            line.push_str(&format!("  {}", harmless(&source.address)));
            let counts = [source.waiting, source.conflicts, source.missing, source.deleted];
            for (word, count) in session.phrases.source_counts.iter().zip(counts) {
                if count > 0 {
                    line.push_str(&format!("  {word}: {count}"));
                }
            }
        }
        session.out.line(&line)?;
    }
    if all.is_empty() {
        session::tell(session.phrases.no_calendars);
    }
    Ok(())
}
