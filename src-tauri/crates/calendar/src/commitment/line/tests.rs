use proptest::prelude::*;

use super::*;

/// A Tuesday.
fn today() -> NaiveDate {
    "2026-11-24".parse().expect("a day of the test")
}

const NAMES: [&str; 4] = ["Mette Hansen", "Bo", "Anne Lund", "Anne Krogh"];

fn read(line: &str) -> (String, String, String) {
    let parsed = parse(line, today(), &NAMES);
    let who = match parsed.who {
        Who::Me => "me".to_owned(),
        Who::Known(at) => NAMES[at].to_owned(),
        Who::Other(name) => format!("({name})"),
    };
    (who, parsed.what, parsed.due.map(|day| day.to_string()).unwrap_or_default())
}

fn is(line: &str, who: &str, what: &str, due: &str) {
    assert_eq!(read(line), (who.to_owned(), what.to_owned(), due.to_owned()), "{line}");
}

#[test]
fn who_what_and_by_when_in_danish() {
    is("Mette: sender årshjulet inden fredag", "Mette Hansen", "sender årshjulet", "2026-11-27");
    is("jeg ringer til Bo senest 4/12", "me", "ringer til Bo", "2026-12-04");
    is("Jeg skal læse kapitlet i morgen", "me", "læse kapitlet", "2026-11-25");
    is("mette sender referatet næste uge", "Mette Hansen", "sender referatet", "2026-12-04");
    is("Bo booker lokalet, 4. december", "Bo", "booker lokalet", "2026-12-04");
    is("Bo – booker lokalet – d. 4.12.2026.", "Bo", "booker lokalet", "2026-12-04");
    is("Mette Hansen vil spørge skolen om 14 dage", "Mette Hansen", "spørge skolen", "2026-12-08");
    is("Alle læser bogen til den 15. januar", "(Alle)", "læser bogen", "2027-01-15");
    is("Jeg undersøger det inden månedens udgang", "me", "undersøger det", "2026-11-30");
    is("Bo finder en dato i uge 50", "Bo", "finder en dato", "2026-12-11");
    is("Mette: dagsordenen, fredag den 4. december", "Mette Hansen", "dagsordenen", "2026-12-04");
}

#[test]
fn who_what_and_by_when_in_english() {
    is("I'll send the plan by Friday", "me", "send the plan", "2026-11-27");
    is("I’ll send the plan by Friday", "me", "send the plan", "2026-11-27");
    is("I will call the school before the 4th of December", "me", "call the school", "2026-12-04");
    is("Mette sends minutes, 4 Dec", "Mette Hansen", "sends minutes", "2026-12-04");
    is("Bo will book a room by next Friday", "Bo", "book a room", "2026-12-04");
    is("Everybody: read chapter 3, December 4th", "(Everybody)", "read chapter 3", "2026-12-04");
    is("We meet the mayor in two weeks", "(We)", "meet the mayor", "2026-12-08");
    is("me: find a date by 2026-12-04", "me", "find a date", "2026-12-04");
    is("Bo: cake, end of the week", "Bo", "cake", "2026-11-27");
}

#[test]
fn a_weekday_is_the_next_one_and_never_today() {
    is("jeg skriver tirsdag", "me", "skriver", "2026-12-01");
    is("jeg skriver på onsdag", "me", "skriver", "2026-11-25");
    is("jeg skriver onsdag i næste uge", "me", "skriver", "2026-12-02");
}

#[test]
fn a_day_without_a_year_is_the_next_one() {
    is("jeg skriver senest 24/11", "me", "skriver", "2026-11-24");
    is("jeg skriver senest 23/11", "me", "skriver", "2027-11-23");
    is("jeg skriver senest 23/11-2026", "me", "skriver", "2026-11-23");
    is("jeg skriver senest den 5.", "me", "skriver", "2026-12-05");
    is("jeg fejrer det senest 29. februar", "me", "fejrer det", "2028-02-29");
}

#[test]
fn a_day_in_the_middle_is_found_where_a_word_announces_it() {
    is("Mette sender inden fredag årshjulet", "Mette Hansen", "sender årshjulet", "2026-11-27");
}

#[test]
fn what_is_no_day_stays_in_the_text() {
    is("jeg opdaterer til version 3.2", "me", "opdaterer til version 3.2", "");
    is("jeg læser kapitel 4", "me", "læser kapitel 4", "");
    is("Bo følger op på mødet", "Bo", "følger op på mødet", "");
    is("jeg kommer senest 31/2", "me", "kommer senest 31/2", "");
    is("jeg svarer en fredag aften", "me", "svarer en fredag aften", "");
}

#[test]
fn somebody_unknown_is_named_before_a_colon() {
    is(
        "Søren fra forvaltningen: finder tallene",
        "(Søren fra forvaltningen)",
        "finder tallene",
        "",
    );
    is("Ring til Bo", "me", "Ring til Bo", "");
    is("Husk kl. 14:30 at ringe", "me", "Husk kl. 14:30 at ringe", "");
}

#[test]
fn a_first_name_that_two_have_is_nobody_known() {
    is("Anne: kage", "(Anne)", "kage", "");
    is("Anne Krogh: kage", "Anne Krogh", "kage", "");
    is("Anne Lund bager", "Anne Lund", "bager", "");
    is("Annette bager", "me", "Annette bager", "");
}

#[test]
fn nothing_that_was_typed_is_lost() {
    is("inden fredag", "me", "inden fredag", "2026-11-27");
    is("Mette", "me", "Mette", "");
    is("", "me", "", "");
    is("Mette:", "me", "Mette:", "");
}

proptest! {
    #[test]
    fn any_line_is_read_without_a_fault(line in "\\PC{0,80}") {
        let parsed = parse(&line, today(), &NAMES);
        prop_assert_eq!(parsed.what.is_empty(), line.trim().is_empty());
    }

    #[test]
    fn a_name_a_deed_and_a_day_come_back(
        name in prop::sample::select(vec!["Bo", "Mette", "Mette Hansen"]),
        what in "[a-zæøå]{3,8}( [a-zæøå]{4,8}){1,4}",
        ahead in 0_i64..365,
    ) {
        let due = today() + chrono::TimeDelta::days(ahead);
        prop_assume!(parse(&format!("x: {what}"), today(), &[]).due.is_none());
        let line = format!("{name}: {what} inden {}", due.format("%-d/%-m"));
        let parsed = parse(&line, today(), &NAMES);
        prop_assert_eq!(parsed.what, what);
        prop_assert_eq!(parsed.due, Some(due));
        prop_assert!(matches!(parsed.who, Who::Known(_)));
    }
}
