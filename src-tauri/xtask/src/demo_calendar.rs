//! The demo's calendar: what a head of school who does not exist has in hers.

use std::fmt::Write as _;

use crate::day;

/// `DAYS FROM-TO | title | place | rule`: days from the Monday of this week.
const EVENTS: &str = "\
-80 13:00-15:30 | Ledernetværk Nord | Eksempelskolen, mødelokale 2 | FREQ=WEEKLY;INTERVAL=4
-84 08:15-08:45 | Morgenmøde i ledelsen | Kontoret | FREQ=WEEKLY
-82 14:30-16:00 | Pædagogisk råd | Personalerummet | FREQ=WEEKLY;INTERVAL=2
0 10:00-11:00 | MUS: M. Eksempel | Kontoret |
1 13:00-14:00 | Samtale om 7.b med PPR | Mødelokale 1 |
2 09:00-10:30 | Budgetopfølgning | Rådhuset |
2 17:00-19:00 | Skolebestyrelsen | Biblioteket |
3 11:00-12:00 | Tilsyn i indskolingen | |
7 10:00-11:00 | MUS: R. Eksempel | Kontoret |
8 12:30-13:30 | Trivselsmåling: hvad ser vi? | Mødelokale 2 |
10 09:00-12:00 | Ledermøde i forvaltningen | Rådhuset |
14 10:00-11:30 | Overgang til udskolingen | Eksempelskolen |
";

/// The calendar as a file (RFC 5545), its days around today.
pub fn file() -> Result<String, String> {
    let monday = day::today() - day::weekday(day::today());
    let mut text = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fristed//Demo//DA\r\n\
         X-WR-CALNAME:Arbejde\r\n",
    );
    for (number, line) in EVENTS.lines().enumerate() {
        event(&mut text, number, monday, line)
            .ok_or_else(|| format!("the demo's calendar has a broken line: {line}"))?;
    }
    text.push_str("END:VCALENDAR\r\n");
    Ok(text)
}

fn event(text: &mut String, number: usize, monday: i64, line: &str) -> Option<()> {
    let mut fields = line.split('|').map(str::trim);
    let (days, hours) = fields.next()?.split_once(' ')?;
    let (from, to) = hours.split_once('-')?;
    let date = day::date(monday + days.parse::<i64>().ok()?).replace('-', "");
    let (title, place, rule) = (fields.next()?, fields.next()?, fields.next()?);
    let clock = |time: &str| time.replace(':', "");
    write!(
        text,
        "BEGIN:VEVENT\r\nUID:demo-{number}@eksempel.invalid\r\nDTSTAMP:{date}T000000Z\r\n\
         DTSTART;TZID=Europe/Copenhagen:{date}T{}00\r\nDTEND;TZID=Europe/Copenhagen:{date}T{}00\r\n\
         SUMMARY:{}\r\n",
        clock(from),
        clock(to),
        title.replace(',', "\\,")
    )
    .ok()?;
    if !place.is_empty() {
        write!(text, "LOCATION:{}\r\n", place.replace(',', "\\,")).ok()?;
    }
    if !rule.is_empty() {
        write!(text, "RRULE:{rule}\r\n").ok()?;
    }
    text.push_str("END:VEVENT\r\n");
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_has_every_event_and_the_network_among_them() {
        let text = file().expect("the demo's calendar");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), EVENTS.lines().count());
        assert!(text.contains("SUMMARY:Ledernetværk Nord\r\n"));
        assert!(text.contains("LOCATION:Eksempelskolen\\, mødelokale 2\r\n"));
        assert!(text.lines().all(|line| line.len() <= 75), "no line needs folding");
    }
}
