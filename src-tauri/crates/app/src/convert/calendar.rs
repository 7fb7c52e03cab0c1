//! Calendars and events, from what is kept to what crosses and back.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use fristed_calendar as calendar;
use fristed_calendar::ical::{PartStat, Person, Status, When};

use super::source::source;
use crate::error::AppError;
use crate::wire::calendar as wire;
use crate::wire::{ErrorCode, Language};
use crate::writing::{day, id};

pub(crate) const fn language(language: Language) -> calendar::Lang {
    match language {
        Language::Da => calendar::Lang::Da,
        Language::En => calendar::Lang::En,
    }
}

const COLOURS: [wire::Colour; 8] = [
    wire::Colour::Green,
    wire::Colour::Blue,
    wire::Colour::Violet,
    wire::Colour::Rose,
    wire::Colour::Red,
    wire::Colour::Amber,
    wire::Colour::Olive,
    wire::Colour::Grey,
];

pub(crate) fn colour(colour: calendar::Colour) -> wire::Colour {
    let at = calendar::Colour::ALL.iter().position(|known| *known == colour);
    at.and_then(|at| COLOURS.get(at)).copied().unwrap_or_default()
}

pub(crate) fn to_colour(colour: wire::Colour) -> calendar::Colour {
    let at = COLOURS.iter().position(|known| *known == colour);
    at.and_then(|at| calendar::Colour::ALL.get(at)).copied().unwrap_or_default()
}

pub(crate) fn calendar(info: calendar::CalendarInfo, zone: Tz) -> wire::Calendar {
    wire::Calendar {
        id: info.id.to_string(),
        name: info.name,
        colour: colour(info.colour),
        shown: info.shown,
        kind: match info.kind {
            calendar::CalendarKind::Own => wire::CalendarKind::Own,
            calendar::CalendarKind::Subscription => wire::CalendarKind::Subscription,
            calendar::CalendarKind::CalDav | calendar::CalendarKind::CalDavRead => {
                wire::CalendarKind::CalDav
            }
        },
        writable: info.kind.is_writable(),
        events: info.events,
        source: info.source.map(|from| source(from, zone)),
    }
}

/// The colour that is nearest to one of a server's, `#RRGGBB`; one without a hue is grey. None
/// where it is not written so.
pub(crate) fn nearest_colour(text: &str) -> Option<calendar::Colour> {
    let hex = text.trim().strip_prefix('#')?;
    let part = |at: usize| hex.get(at..at + 2).and_then(|two| i32::from_str_radix(two, 16).ok());
    let (red, green, blue) = (part(0)?, part(2)?, part(4)?);
    let (high, low) = (red.max(green).max(blue), red.min(green).min(blue));
    let spread = high - low;
    if spread < 24 {
        return Some(calendar::Colour::Grey);
    }
    let hue = if high == red {
        (60 * (green - blue) / spread).rem_euclid(360)
    } else if high == green {
        120 + 60 * (blue - red) / spread
    } else {
        240 + 60 * (red - green) / spread
    };
    Some(match hue {
        15..55 => calendar::Colour::Amber,
        55..80 => calendar::Colour::Olive,
        80..185 => calendar::Colour::Green,
        185..255 => calendar::Colour::Blue,
        255..300 => calendar::Colour::Violet,
        300..345 => calendar::Colour::Rose,
        _ => calendar::Colour::Red,
    })
}

/// The first colour that is not among these; where all are, the first.
pub(crate) fn free_colour(taken: &[calendar::Colour]) -> calendar::Colour {
    let free = calendar::Colour::ALL.into_iter().find(|colour| !taken.contains(colour));
    free.unwrap_or_default()
}

/// An instant with the offset that holds in a zone.
pub(crate) fn instant(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// A day, or a moment with the offset that holds in a zone.
pub(crate) fn when(when: &When, zone: Tz) -> String {
    match when {
        When::Day(day) => day.to_string(),
        _ => instant(when.instant(zone), zone),
    }
}

pub(crate) const fn status(status: Status) -> wire::EventStatus {
    match status {
        Status::Confirmed => wire::EventStatus::Confirmed,
        Status::Tentative => wire::EventStatus::Tentative,
        Status::Cancelled => wire::EventStatus::Cancelled,
    }
}

pub(crate) const fn reply(answer: PartStat) -> wire::Reply {
    match answer {
        PartStat::NeedsAction => wire::Reply::NeedsAction,
        PartStat::Accepted => wire::Reply::Accepted,
        // Whoever sends somebody else does not come.
        PartStat::Declined | PartStat::Delegated => wire::Reply::Declined,
        PartStat::Tentative => wire::Reply::Tentative,
    }
}

pub(crate) const fn to_reply(reply: wire::Reply) -> PartStat {
    match reply {
        wire::Reply::NeedsAction => PartStat::NeedsAction,
        wire::Reply::Accepted => PartStat::Accepted,
        wire::Reply::Declined => PartStat::Declined,
        wire::Reply::Tentative => PartStat::Tentative,
    }
}

pub(crate) fn occurrence(seen: &calendar::Seen, zone: Tz) -> wire::Occurrence {
    let days = seen.start.is_day();
    wire::Occurrence {
        event: seen.event.to_string(),
        recurrence_id: seen.recurrence.as_ref().map(When::key),
        calendar: seen.calendar.to_string(),
        start: if days { when(&seen.start, zone) } else { instant(seen.starts, zone) },
        end: if days { when(&seen.end, zone) } else { instant(seen.ends, zone) },
        all_day: days,
        title: seen.title.to_string(),
        location: seen.location.to_string(),
        status: status(seen.status),
        repeats: seen.repeats,
        reply: seen.reply.map(reply),
        meeting: seen.meeting.map(|(meeting, _)| meeting.to_string()),
        network: seen.meeting.map(|(_, network)| network.to_string()),
    }
}

pub(crate) fn view(
    view: calendar::View,
    holidays: &[calendar::Holiday],
    zone: Tz,
) -> wire::CalendarView {
    let holiday =
        |h: &calendar::Holiday| wire::Holiday { day: h.day.to_string(), name: h.name.into() };
    wire::CalendarView {
        occurrences: view.seen.iter().map(|seen| occurrence(seen, zone)).collect(),
        holidays: holidays.iter().map(holiday).collect(),
        shown_up_to: view.shown_up_to.map(|at| instant(at, zone)),
    }
}

pub(crate) fn attendees(summary: &calendar::ical::Summary) -> Vec<wire::Attendee> {
    let one = |person: &Person, answer: PartStat, organizer: bool| wire::Attendee {
        name: match &person.name {
            Some(name) if !name.trim().is_empty() => name.clone(),
            _ => person.address.clone(),
        },
        email: if person.address.contains('@') { person.address.clone() } else { String::new() },
        reply: reply(answer),
        organizer,
    };
    let same = |one: &Person, other: &Person| one.address.eq_ignore_ascii_case(&other.address);
    let mut all = Vec::with_capacity(summary.attendees.len() + 1);
    if let Some(organizer) = &summary.organizer {
        let among = summary.attendees.iter().find(|a| same(&a.person, organizer));
        let answer = among.map_or(PartStat::Accepted, |a| a.partstat);
        all.push(one(organizer, answer, true));
    }
    for attendee in &summary.attendees {
        if !summary.organizer.as_ref().is_some_and(|o| same(o, &attendee.person)) {
            all.push(one(&attendee.person, attendee.partstat, false));
        }
    }
    all
}

/// A web address, where it is one.
fn link(url: Option<&str>) -> Option<String> {
    let url = url?.trim();
    let lower = url.to_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then(|| url.to_owned())
}

pub(crate) fn event(info: calendar::EventInfo, zone: Tz) -> wire::Event {
    let named = match &info.seen.start {
        When::At(_, own) => own.tz().map(|tz| tz.name().to_owned()),
        When::Day(_) | When::Floating(_) => None,
    };
    let alarms = info.summary.alarms.iter().filter_map(|minutes| u32::try_from(*minutes).ok());
    wire::Event {
        occurrence: occurrence(&info.seen, zone),
        attendees: attendees(&info.summary),
        link: link(info.summary.url.as_deref()),
        alarms: alarms.collect(),
        description: info.summary.description.unwrap_or_default(),
        zone: named,
        repeat: info.repeat.map(repeat),
        repeat_beyond_form: info.repeat_beyond_form,
        writable: info.writable,
    }
}

fn repeat(repeat: calendar::Repeat) -> wire::Repeat {
    wire::Repeat {
        every: match repeat.every {
            calendar::RepeatUnit::Day => wire::RepeatUnit::Day,
            calendar::RepeatUnit::Week => wire::RepeatUnit::Week,
            calendar::RepeatUnit::Month => wire::RepeatUnit::Month,
            calendar::RepeatUnit::Year => wire::RepeatUnit::Year,
        },
        interval: repeat.interval,
        weekdays: repeat.weekdays,
        nth_weekday: repeat.nth_weekday,
        end: match repeat.end {
            calendar::RepeatEnd::Never => wire::RepeatEnd::Never,
            calendar::RepeatEnd::Count(times) => wire::RepeatEnd::Count { times },
            calendar::RepeatEnd::Until(day) => wire::RepeatEnd::Until { day: day.to_string() },
        },
    }
}

fn to_repeat(repeat: wire::Repeat) -> Result<calendar::Repeat, AppError> {
    Ok(calendar::Repeat {
        every: match repeat.every {
            wire::RepeatUnit::Day => calendar::RepeatUnit::Day,
            wire::RepeatUnit::Week => calendar::RepeatUnit::Week,
            wire::RepeatUnit::Month => calendar::RepeatUnit::Month,
            wire::RepeatUnit::Year => calendar::RepeatUnit::Year,
        },
        interval: repeat.interval.max(1),
        weekdays: repeat.weekdays,
        nth_weekday: repeat.nth_weekday,
        end: match repeat.end {
            wire::RepeatEnd::Never => calendar::RepeatEnd::Never,
            wire::RepeatEnd::Count { times } => calendar::RepeatEnd::Count(times),
            wire::RepeatEnd::Until { day: last } => calendar::RepeatEnd::Until(day(&last)?),
        },
    })
}

/// A time of a form: a day, or a day and a time on the form's clock.
///
/// # Errors
/// `BadTime`.
pub(crate) fn to_time(text: &str) -> Result<calendar::FormTime, AppError> {
    if let Ok(day) = text.parse() {
        return Ok(calendar::FormTime::Day(day));
    }
    let wall = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    wall.map(calendar::FormTime::Local).ok_or_else(|| ErrorCode::BadTime.into())
}

pub(crate) fn to_form(form: wire::EventForm) -> Result<calendar::EventForm, AppError> {
    let (start, end) = (to_time(&form.start)?, to_time(&form.end)?);
    let is_day = |time| matches!(time, calendar::FormTime::Day(_));
    if is_day(start) != form.all_day || is_day(end) != form.all_day {
        return Err(ErrorCode::BadTime.into());
    }
    let zone = form.zone.as_deref().map(str::parse::<Tz>).transpose();
    Ok(calendar::EventForm {
        calendar: id(&form.calendar)?,
        title: form.title,
        location: form.location,
        description: form.description,
        start,
        end,
        zone: zone.map_err(|_| ErrorCode::BadTime)?,
        repeat: form.repeat.map(to_repeat).transpose()?,
        alarms: form.alarms,
    })
}

pub(crate) const fn to_scope(scope: wire::Scope) -> calendar::Scope {
    match scope {
        wire::Scope::This => calendar::Scope::This,
        wire::Scope::Following => calendar::Scope::Following,
        wire::Scope::All => calendar::Scope::All,
    }
}

pub(crate) fn changed(changed: calendar::Changed) -> wire::Changed {
    wire::Changed {
        event: changed.event.map(|event| event.to_string()),
        recurrence_id: changed.recurrence,
        undo: changed.undo.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_a_form_is_a_day_or_a_time() {
        assert!(matches!(to_time("2026-03-24"), Ok(calendar::FormTime::Day(_))));
        assert!(matches!(to_time("2026-03-24T09:00"), Ok(calendar::FormTime::Local(_))));
        assert_eq!(to_time("kl. 9").expect_err("no time").code, ErrorCode::BadTime);
    }

    #[test]
    fn every_colour_comes_back() {
        for one in COLOURS {
            assert_eq!(colour(to_colour(one)), one);
        }
    }

    #[test]
    fn a_servers_colour_is_the_nearest_of_ours() {
        use calendar::Colour;
        for (text, nearest) in [
            ("#1f9a5b", Colour::Green),
            ("#0082C9", Colour::Blue),
            ("#0082C9FF", Colour::Blue),
            ("#7a4fb5", Colour::Violet),
            ("#d0457e", Colour::Rose),
            ("#e01b24", Colour::Red),
            ("#f5a211", Colour::Amber),
            ("#8a9a1f", Colour::Olive),
            ("#777a78", Colour::Grey),
        ] {
            assert_eq!(nearest_colour(text), Some(nearest), "{text}");
        }
        for none in ["", "blue", "#12", "#zzzzzz", "#ø1ø1"] {
            assert_eq!(nearest_colour(none), None, "{none}");
        }
    }

    #[test]
    fn a_new_calendar_has_a_colour_of_its_own() {
        use calendar::Colour;
        assert_eq!(free_colour(&[]), Colour::Green);
        assert_eq!(free_colour(&[Colour::Blue, Colour::Green]), Colour::Violet);
        assert_eq!(free_colour(&Colour::ALL), Colour::Green);
    }

    #[test]
    fn only_a_web_address_is_a_link() {
        assert_eq!(link(Some("https://kl.dk")).as_deref(), Some("https://kl.dk"));
        assert_eq!(link(Some("javascript:alert(1)")), None);
        assert_eq!(link(Some("file:///etc/passwd")), None);
    }
}
