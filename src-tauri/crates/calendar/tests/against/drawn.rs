//! Rules drawn by lot, from starts long ago: that a leap ahead to the window lands on the beat.

use chrono::{Duration, NaiveDate};
use fristed_calendar::ical::{Limits, read};
use serde_json::json;

use super::differences::Found;
use super::reference::answers;
use super::{apart, ours};

/// How many rules are drawn.
const RULES: u64 = 600;

/// Numbers that look drawn by lot and are the same every time (splitmix64).
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(u64::try_from(of.len()).unwrap())).unwrap()]
    }

    fn some(&mut self, of: &[&str]) -> String {
        let count = 1 + self.below(3);
        let mut found: Vec<&str> = (0..count).map(|_| self.one(of)).collect();
        found.sort_unstable();
        found.dedup();
        found.join(",")
    }
}

/// A rule that the RFC allows. Where the start would have to be the rule's first, which a lot does
/// not see to, there is no COUNT.
fn rule(lot: &mut Lot) -> String {
    const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    const NTH: [&str; 7] = ["1MO", "2TU", "-1FR", "3SU", "-2WE", "4TH", "5SA"];
    const MONTH_DAYS: [&str; 8] = ["1", "13", "28", "29", "30", "31", "-1", "-5"];
    const MONTHS: [&str; 6] = ["1", "2", "3", "6", "10", "12"];
    let frequency =
        lot.one(&["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "MONTHLY", "YEARLY", "HOURLY"]);
    let mut rule = format!("FREQ={frequency};INTERVAL={}", 1 + lot.below(7));
    if lot.below(4) == 0 {
        rule += &format!(";WKST={}", lot.one(&["SU", "MO", "WE"]));
    }
    if lot.below(6) == 0 {
        return rule + &format!(";COUNT={}", 1 + lot.below(3_000));
    }
    let mut narrowed = false;
    if lot.below(3) == 0 {
        rule += &format!(";BYMONTH={}", lot.some(&MONTHS));
    }
    match (frequency, lot.below(5)) {
        ("MONTHLY", 0) => rule += &format!(";BYDAY={}", lot.some(&NTH)),
        ("YEARLY", 0) if rule.contains("BYMONTH") => {
            rule += &format!(";BYDAY={}", lot.some(&NTH));
        }
        ("YEARLY", 0) => rule += &format!(";BYDAY={}", lot.some(&["20MO", "-1SU", "1TU", "52FR"])),
        ("YEARLY", 1) => {
            rule += &format!(
                ";BYWEEKNO={};BYDAY={}",
                lot.some(&["1", "20", "52", "53", "-1"]),
                lot.some(&WEEKDAYS)
            );
            return rule;
        }
        ("YEARLY", 2) => {
            rule += &format!(";BYYEARDAY={}", lot.some(&["1", "60", "200", "366", "-1"]))
        }
        ("WEEKLY" | "DAILY" | "HOURLY", 0..=2) | (_, 3) => {
            rule += &format!(";BYDAY={}", lot.some(&WEEKDAYS));
            narrowed = true;
        }
        ("MONTHLY" | "YEARLY" | "DAILY", _) => {
            rule += &format!(";BYMONTHDAY={}", lot.some(&MONTH_DAYS));
            narrowed = true;
        }
        _ => {}
    }
    if narrowed && matches!(frequency, "MONTHLY" | "YEARLY") && lot.below(2) == 0 {
        rule += &format!(";BYSETPOS={}", lot.some(&["1", "2", "-1", "-2", "5"]));
    }
    if frequency != "HOURLY" && lot.below(4) == 0 {
        rule += &format!(";BYHOUR={}", lot.some(&["8", "12", "23"]));
    }
    if lot.below(4) == 0 {
        rule += &format!(";UNTIL=20{}0615T120000Z", 21 + lot.below(9));
    }
    rule
}

#[test]
fn rules_drawn_by_lot_give_the_same_occurrences() {
    let mut lot = Lot(20_261_124);
    let mut asked = Vec::new();
    let mut questions = Vec::new();
    for _ in 0..RULES {
        let drawn = i64::try_from(lot.below(10_000)).unwrap();
        let rule = rule(&mut lot);
        // The reference walks every hour from the start on.
        let hourly = rule.contains("HOURLY");
        let start = if hourly { (2022, drawn / 60) } else { (1995, drawn) };
        let start = NaiveDate::from_ymd_opt(start.0, 1, 1).unwrap() + Duration::days(start.1);
        let ics = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fristed//drawn//DA\r\nBEGIN:VEVENT\r\n\
             UID:1\r\nDTSTAMP:20260101T000000Z\r\n\
             DTSTART;TZID=Europe/Copenhagen:{}T093000\r\nDURATION:PT1H\r\nRRULE:{rule}\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n",
            start.format("%Y%m%d")
        );
        let from = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap()
            + Duration::days(i64::try_from(lot.below(1_500)).unwrap());
        let days = if hourly { 20 } else { 900 };
        let instant = |day: NaiveDate| day.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
        let windows = [(instant(from), instant(from + Duration::days(days)))];
        let reading = read(ics.as_bytes(), &Limits::default()).unwrap();
        asked.push((format!("{start} {rule} seen from {from}"), ours(&reading.objects, &windows)));
        questions.push(json!({ "ics": ics, "windows": windows }));
    }
    let mut found = Found::default();
    for ((name, ours), theirs) in asked.iter().zip(answers(&questions)) {
        let theirs = theirs.unwrap();
        assert!(theirs.unread.is_empty(), "{name}");
        let (more, less) = apart(ours, &theirs.rows);
        let all: u32 = ours.values().sum();
        found.add(name, usize::try_from(all).unwrap() - more.len(), (more, less));
    }
    println!("{RULES} rules drawn; {} occurrences agree", found.agreed);
    assert!(found.agreed > 10_000, "{}", found.agreed);
    found.is_exactly(include_str!("drawn-differences.txt"));
}
