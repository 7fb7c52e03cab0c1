//! `agenda`: what the calendars hold.

use std::collections::HashMap;

use fristed_app::AgendaRow;
use serde::Serialize;

use crate::args::Agenda;
use crate::failure::Failure;
use crate::out::harmless;
use crate::session::{self, Session};

/// One occurrence as the terminal gives it. The field names are stable.
#[derive(Serialize)]
struct OccurrenceJson<'a> {
    uid: &'a str,
    recurrence_id: Option<&'a str>,
    start: &'a str,
    end: &'a str,
    all_day: bool,
    title: &'a str,
    location: &'a str,
    calendar: &'a str,
    network: Option<&'a str>,
}

pub(super) fn run(args: &Agenda, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let agenda = session.fristed.agenda(args.from, args.to)?;
    let calendars: HashMap<String, String> =
        session.fristed.calendars()?.into_iter().map(|one| (one.id, one.name)).collect();
    let networks: HashMap<String, String> = session
        .fristed
        .networks(session.now())?
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
    if let Some(until) = &agenda.shown_up_to {
        session::tell(&session.phrases.shown_up_to.replace("{}", until));
    }
    if !session.common.json {
        return as_lines(&agenda.rows, session);
    }
    let mut array = session.out.array()?;
    for row in &agenda.rows {
        let one = &row.occurrence;
        array.push(&OccurrenceJson {
            uid: &row.uid,
            recurrence_id: row.recurrence_id.as_deref(),
            start: &one.start,
            end: &one.end,
            all_day: one.all_day,
            title: &one.title,
            location: &one.location,
            calendar: calendars.get(&one.calendar).map(String::as_str).unwrap_or_default(),
            network: one.network.as_ref().and_then(|id| networks.get(id)).map(String::as_str),
        })?;
    }
    array.end()
}

/// Day, time, title and place, one occurrence a line.
fn as_lines(rows: &[AgendaRow], session: &mut Session) -> Result<(), Failure> {
    for AgendaRow { occurrence: one, .. } in rows {
        let day = one.start.get(..10).unwrap_or(&one.start);
        let time = match (one.all_day, one.start.get(11..16), one.end.get(11..16)) {
            (false, Some(start), Some(end)) => format!("{start}-{end}"),
            _ => session.phrases.all_day.to_owned(),
        };
        let place = match one.location.as_str() {
            "" => String::new(),
            place => format!("  ({place})"),
        };
        let text = harmless(&format!("{}{place}", one.title));
        session.out.line(&format!("{day}  {time:<11}  {text}"))?;
    }
    if rows.is_empty() {
        session::tell(session.phrases.no_events);
    }
    Ok(())
}
