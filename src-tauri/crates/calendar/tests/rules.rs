//! The same rules put to the crate `rrule`, in UTC.

#![allow(missing_docs, clippy::unwrap_used)]

use chrono::{DateTime, TimeZone, Utc};
use fristed_calendar::ical::{Budget, Object, Window};
use proptest::prelude::*;

fn rule() -> impl Strategy<Value = String> {
    let days = "(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU)){0,2}";
    let part = prop_oneof![
        Just(String::new()),
        days.prop_map(|days| format!(";BYDAY={days}")),
        ";BYMONTH=(1|2|6|10|12)(,(3|11))?",
        ";BYDAY=(MO|TU|WE|TH|FR)(,(SA|SU))?;BYMONTH=(1|2|6|10|12)",
    ];
    let wider = prop_oneof![
        ";BYMONTHDAY=(1|13|29|31|-1|-7)(,(15|28))?",
        ";BYDAY=(1|2|-1|4)(MO|WE|FR|SU)(,(3|-2)TU)?",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=(1|-1|3)(,2)?",
        ";BYDAY=FR;BYMONTHDAY=13",
    ];
    let yearly = prop_oneof![
        ";BYYEARDAY=(1|60|200|-1|-100)(,366)?",
        ";BYWEEKNO=(1|20|52|53|-1);BYDAY=(MO|TH|SU)",
        ";BYDAY=(1|20|-1)(MO|SU)",
    ];
    let often = ("(DAILY|WEEKLY|HOURLY)", part);
    let month = ("(MONTHLY|YEARLY)", wider);
    let year = (Just("YEARLY".to_owned()), yearly);
    let rule = prop_oneof![
        often.prop_map(|(f, p)| format!("FREQ={f}{p}")),
        month.prop_map(|(f, p)| format!("FREQ={f}{p}")),
        year.prop_map(|(f, p)| format!("FREQ={f}{p}")),
    ];
    (rule, 1..9_u32, "(;WKST=SU)?").prop_map(|(rule, n, more)| format!("{rule};INTERVAL={n}{more}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_crate_rrule_finds_the_same(text in rule(), year in 1995_i32..2026, month in 1_u32..13, day in 1_u32..29) {
        let start = Utc.with_ymd_and_hms(year, month, day, 9, 30, 0).unwrap();
        let stamp = start.format("%Y%m%dT%H%M%SZ");
        let object = Object::parse(&format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:{stamp}\nRRULE:{text}\nEND:VEVENT\nEND:VCALENDAR\n"
        )).unwrap();
        let window = Window::new(
            Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap(),
            Utc.with_ymd_and_hms(2026, 12, 31, 23, 59, 59).unwrap(),
        );
        let mut budget = Budget::new(1_000_000, 1_000_000);
        let found = object.occurrences(&window, chrono_tz::Tz::UTC, &mut budget);
        let ours: Vec<DateTime<Utc>> = found.list.iter().map(|it| it.starts).filter(|at| *at > start).collect();
        let set: rrule::RRuleSet = format!("DTSTART:{stamp}\nRRULE:{text}").parse().unwrap();
        let utc = |at: DateTime<Utc>| at.with_timezone(&rrule::Tz::UTC);
        let theirs = set.before(utc(window.to)).after(utc(window.from)).all(u16::MAX);
        let theirs: Vec<DateTime<Utc>> =
            theirs.dates.into_iter().map(|at| at.to_utc()).filter(|at| *at > start).collect();
        prop_assert_eq!(ours, theirs);
    }
}
