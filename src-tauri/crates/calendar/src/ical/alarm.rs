//! Alarms (VALARM, RFC 5545, section 3.6.6): when they go off.

use calcard::icalendar::{
    ICalendarAction, ICalendarComponent, ICalendarComponentType, ICalendarDuration,
    ICalendarParameterName, ICalendarParameterValue, ICalendarProperty as Property,
    ICalendarRelated, ICalendarValue,
};
use chrono::{DateTime, TimeDelta, Utc};

use super::Object;
use super::length::{Length, of_duration};
use super::value::when;

/// How many alarms of one event are looked at; nobody sets more.
const MOST: usize = 20;

/// When an alarm goes off (TRIGGER, RFC 5545, section 3.8.6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// So long after the start; before it where that is below zero.
    Start(TimeDelta),
    /// So long after the end.
    End(TimeDelta),
    /// At an instant, whatever the event's time.
    At(DateTime<Utc>),
}

impl Trigger {
    /// The instant for an occurrence between these two. None where there is none that far away.
    #[must_use]
    pub fn instant(&self, starts: DateTime<Utc>, ends: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match *self {
            Self::Start(after) => starts.checked_add_signed(after),
            Self::End(after) => ends.checked_add_signed(after),
            Self::At(at) => Some(at),
        }
    }

    /// The minutes before the start, where it is set by them, as the form shows it.
    #[must_use]
    pub fn minutes_before(&self) -> Option<i64> {
        match self {
            Self::Start(after) if *after <= TimeDelta::zero() => after.num_minutes().checked_neg(),
            _ => None,
        }
    }
}

impl Object {
    /// The most minutes before the start at which any alarm of the object goes off, and 0 where
    /// each of them comes later; none where it has no alarm.
    #[must_use]
    pub fn alarm_reach(&self) -> Option<i64> {
        let of_each = self.events.iter().flat_map(|event| {
            let starts = event.start.instant(chrono_tz::UTC);
            let ends = event.length.end(&event.start, chrono_tz::UTC).1;
            let text = self.text.get(event.span.clone()).unwrap_or_default();
            triggers(text).into_iter().filter_map(move |trigger| {
                let early = starts - trigger.instant(starts, ends)?;
                // A minute begun counts, and a zone that is not UTC may be a day away.
                let slack = if matches!(trigger, Trigger::At(_)) { 24 * 60 } else { 1 };
                let minutes = early.num_minutes();
                Some(if minutes > 0 { minutes.saturating_add(slack) } else { 0 })
            })
        });
        of_each.max()
    }
}

/// When an event's alarms go off that are to be shown or heard; those that send a mail or start a
/// program are not among them.
pub(super) fn triggers(text: &str) -> Vec<Trigger> {
    if !text.contains("VALARM") && !text.contains("valarm") {
        return Vec::new();
    }
    let calcard::Entry::ICalendar(calendar) = calcard::Parser::new(text).entry() else {
        return Vec::new();
    };
    let is_alarm =
        |part: &&ICalendarComponent| part.component_type == ICalendarComponentType::VAlarm;
    let alarms = calendar.components.iter().filter(is_alarm);
    alarms.filter(|alarm| is_shown(alarm)).filter_map(trigger).take(MOST).collect()
}

/// Whether an alarm is one that its owner sees or hears (ACTION, RFC 5545, section 3.8.6.1).
fn is_shown(alarm: &ICalendarComponent) -> bool {
    match alarm.property(&Property::Action).and_then(|action| action.values.first()) {
        None | Some(ICalendarValue::Action(ICalendarAction::Display | ICalendarAction::Audio)) => {
            true
        }
        Some(_) => false,
    }
}

fn trigger(alarm: &ICalendarComponent) -> Option<Trigger> {
    let entry = alarm.property(&Property::Trigger)?;
    let value = entry.values.first()?;
    if let ICalendarValue::Duration(duration) = value {
        let after = signed(duration)?;
        let related = entry.parameter(&ICalendarParameterName::Related);
        let of_end = ICalendarParameterValue::Related(ICalendarRelated::End);
        let at_end = related == Some(&of_end);
        return Some(if at_end { Trigger::End(after) } else { Trigger::Start(after) });
    }
    // An instant is given in UTC; whoever writes another clock means his own, and is taken by UTC.
    Some(Trigger::At(when(entry, value, None)?.instant(chrono_tz::UTC)))
}

fn signed(duration: &ICalendarDuration) -> Option<TimeDelta> {
    let plain = ICalendarDuration { neg: false, ..duration.clone() };
    let Length::Nominal(days, rest) = of_duration(&plain) else { return None };
    let length = TimeDelta::try_days(days)?.checked_add(&rest)?;
    Some(if duration.neg { -length } else { length })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(alarm: &str) -> Vec<Trigger> {
        let lines = alarm.replace('|', "\r\n");
        triggers(&format!(
            "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260303T090000Z\r\nBEGIN:VALARM\r\n{lines}\r\n\
             END:VALARM\r\nEND:VEVENT\r\n"
        ))
    }

    #[test]
    fn a_trigger_is_read_in_each_of_its_forms() {
        let minutes = TimeDelta::minutes;
        assert_eq!(of("ACTION:DISPLAY|TRIGGER:-PT15M"), [Trigger::Start(minutes(-15))]);
        assert_eq!(of("ACTION:DISPLAY|TRIGGER:PT0S"), [Trigger::Start(minutes(0))]);
        assert_eq!(of("ACTION:AUDIO|TRIGGER:PT5M"), [Trigger::Start(minutes(5))]);
        assert_eq!(of("TRIGGER;RELATED=END:-P1D"), [Trigger::End(minutes(-1440))]);
        let at: DateTime<Utc> = "2026-03-02T12:30:00Z".parse().expect("an instant of the test");
        let absolute = "ACTION:DISPLAY|TRIGGER;VALUE=DATE-TIME:20260302T123000Z";
        assert_eq!(of(absolute), [Trigger::At(at)]);
    }

    #[test]
    fn what_is_sent_or_started_is_no_reminder_and_nonsense_is_none_either() {
        for other in [
            "ACTION:EMAIL|TRIGGER:-PT15M",
            "ACTION:PROCEDURE|TRIGGER:-PT15M",
            "ACTION:NONE|TRIGGER;VALUE=DATE-TIME:19760401T005545Z",
            "ACTION:DISPLAY",
            "ACTION:DISPLAY|TRIGGER:in a while",
        ] {
            assert_eq!(of(other), [], "{other}");
        }
        // A length beyond all time is held at the largest that can be said; no instant is that far.
        let starts = DateTime::<Utc>::MAX_UTC;
        for trigger in of("TRIGGER:P99999999999999999W") {
            assert_eq!(trigger.instant(starts, starts), None);
        }
    }
}
