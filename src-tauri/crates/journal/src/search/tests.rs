//! Searching as a leader does.

use proptest::prelude::*;
use rusqlite::Connection;

use crate::table::memory;
use crate::trial::{after, at, found, search, text, write};
use crate::writing;

/// A journal with one entry for each text, a minute apart, the last one the newest.
fn journal(texts: &[&str]) -> Connection {
    let c = memory();
    for (minute, body) in (0..).zip(texts) {
        write(&c, body, after(minute * 60));
    }
    c
}

#[test]
fn any_part_of_a_compound_is_found_after_the_whole_word() {
    let c = journal(&["netværk i dag", "Ledernetværket", "netværksmøde", "noget andet"]);
    assert_eq!(found(&c, "netværk"), ["netværk i dag", "netværksmøde", "Ledernetværket"]);
    assert_eq!(found(&c, "NETVAERK"), found(&c, "netværk"));
    assert_eq!(found(&c, "rnetv"), ["Ledernetværket"]);
    assert_eq!(found(&c, "netvork"), [""; 0]);
}

#[test]
fn short_words_are_found_whole_first_and_then_as_beginnings() {
    let c = journal(&["HR var her", "hrmf", "en ø", "øen", "chr"]);
    assert_eq!(found(&c, "hr"), ["HR var her", "hrmf"]);
    assert_eq!(found(&c, "ø"), ["en ø", "øen"]);
    assert_eq!(found(&c, "h"), ["hrmf", "HR var her"]);
}

#[test]
fn several_words_must_all_be_there_and_phrases_side_by_side() {
    let c = journal(&["ny leder i skolen", "leder er ny", "nye skoleledere"]);
    assert_eq!(found(&c, "ny leder"), ["leder er ny", "ny leder i skolen", "nye skoleledere"]);
    assert_eq!(found(&c, "\"ny leder\""), ["ny leder i skolen"]);
    assert_eq!(found(&c, "\"ny leder\" skole"), ["ny leder i skolen"]);
    assert_eq!(found(&c, "leder -skolen"), ["leder er ny", "nye skoleledere"]);
    assert_eq!(found(&c, "leder -\"ny leder\""), ["leder er ny", "nye skoleledere"]);
    assert_eq!(found(&c, "-leder"), ["nye skoleledere"]);
}

#[test]
fn words_in_title_and_tags_count_too() {
    let c = memory();
    let mut new = text("intet her", after(0));
    new.title = "Medarbejdersamtalen".into();
    new.tags = vec!["Løn og vilkår".into()];
    writing::create(&c, &new, after(0)).expect("written");
    assert_eq!(found(&c, "samtale"), ["Medarbejdersamtalen"]);
    assert_eq!(found(&c, "vilkaar intet"), ["Medarbejdersamtalen"]);
    assert_eq!(found(&c, "tag:\"løn og vilkår\""), ["Medarbejdersamtalen"]);
    assert!(found(&c, "tag:løn").is_empty());
    let hits = search(&c, "samtale", 0, 9).hits;
    assert!(hits[0].title.iter().any(|span| span.hit && span.text == "samtale"));
}

#[test]
fn days_limit_what_is_found_and_both_ends_are_included() {
    let c = memory();
    for day in ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"] {
        write(&c, day, at(&format!("{day}T23:59:59+01:00")));
        write(&c, day, at(&format!("{day}T00:00:00+01:00")));
    }
    assert_eq!(found(&c, "from:2026-01 to:2026-01").len(), 4);
    assert_eq!(found(&c, "from:2026-01-01").len(), 6);
    assert_eq!(found(&c, "to:2025").len(), 2);
    assert_eq!(found(&c, "2026 from:2026-02").len(), 2);
    assert!(found(&c, "from:2026 to:2025").is_empty());
}

#[test]
fn pages_join_without_a_gap_or_a_repetition_across_both_tiers() {
    let texts: Vec<String> = (0..60)
        .map(|n| if n % 3 == 0 { format!("møde {n}") } else { format!("mødet{n}") })
        .collect();
    let c = journal(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let all = found(&c, "møde");
    assert_eq!(all.len(), 60);
    assert!(all[..20].iter().all(|title| title.starts_with("møde ")));
    for size in [1, 7, 19, 20, 21] {
        let mut joined = Vec::new();
        loop {
            let page = search(&c, "møde", joined.len() as u32, size);
            joined.extend(page.hits.into_iter().map(|hit| hit.row.shown_title));
            if !page.more {
                break;
            }
        }
        assert_eq!(joined, all, "{size} at a time");
    }
}

#[test]
fn a_part_of_thousands_of_words_finds_every_one_newest_first() {
    let c = memory();
    for number in 0..300_i64 {
        let words: Vec<String> =
            (0..20).map(|n| format!("led{:05}", (number * 20 + n) % 5_900)).collect();
        write(&c, &format!("{number} {}", words.join(" ")), after(number * 60));
    }
    let mut all = Vec::new();
    loop {
        let page = search(&c, "led0", all.len() as u32, 50);
        all.extend(page.hits.into_iter().map(|hit| hit.row.written));
        if !page.more {
            break;
        }
    }
    assert_eq!(all.len(), 300);
    assert!(all.is_sorted_by(|a, b| a > b));
    assert_eq!(search(&c, "led0 ed00", 0, 300).hits.len(), 55);
}

#[test]
fn what_waits_for_the_index_is_found_where_the_index_cannot_be_written() {
    let c = journal(&["første udkast om netværk", "et andet udkast", "ledernetværket"]);
    let id = search(&c, "første", 0, 1).hits[0].row.id;
    crate::trial::rewrite(&c, id, "endelig version om netværk", after(99));
    write(&c, "nyt om netværk i ø", after(500));
    let unwritten = |typed: &str| -> Vec<String> {
        let hits = super::search(&c, typed, 0, 9).expect("nothing typed is an error").hits;
        hits.into_iter().map(|hit| hit.row.shown_title).collect()
    };
    assert!(crate::search::index::is_behind(&c).expect("known"), "nothing was brought up to date");
    assert_eq!(
        unwritten("netværk"),
        ["nyt om netværk i ø", "endelig version om netværk", "ledernetværket"]
    );
    assert_eq!(unwritten("udkast"), ["et andet udkast"]);
    assert_eq!(unwritten("\"version om\" -nyt"), ["endelig version om netværk"]);
    assert_eq!(unwritten("ø"), ["nyt om netværk i ø"]);
}

#[test]
fn what_was_just_saved_is_found_and_what_was_replaced_is_not() {
    let c = journal(&["første udkast"]);
    let id = search(&c, "udkast", 0, 1).hits[0].row.id;
    crate::trial::rewrite(&c, id, "endelig version", after(99));
    assert!(found(&c, "udkast").is_empty());
    assert_eq!(found(&c, "endelig"), ["endelig version"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_inner_part_of_three_letters_or_more_finds_its_word(
        words in prop::collection::vec("[a-zæøåéÆØÅ]{3,12}", 1..6),
        pick in any::<prop::sample::Index>(), from in 0..9_usize, length in 3..12_usize
    ) {
        let body = words.join(" ");
        let c = journal(&[&body, "helt andet"]);
        let word: Vec<char> = words[pick.index(words.len())].chars().collect();
        let from = from.min(word.len() - 3);
        let part: String = word[from..].iter().take(length).collect();
        let hits = search(&c, &part, 0, 9).hits;
        prop_assert!(hits.iter().any(|hit| hit.row.shown_title == body), "{} in {}", part, body);
        let hit = hits.iter().find(|hit| hit.row.shown_title == body).expect("it is there");
        prop_assert!(hit.title.iter().any(|span| span.hit));
    }

    #[test]
    fn entries_that_wait_are_found_as_if_they_were_in_the_index(
        texts in prop::collection::vec("(ny |leder|net|værk|ø |i |skole ){1,6}", 1..8),
        waiting in 0..8_usize,
        typed in "(ny|leder|net|etv|værk|ø|i|sk|\"ny leder\"|tag:a|-ny|-tag:b| ){1,4}",
        offset in 0..4_u32, limit in 1..5_u32
    ) {
        let c = memory();
        for (number, body) in (0_u32..).zip(&texts) {
            let mut new = text(body, after(i64::from(number) * 7_000 % 20_000));
            new.tags = vec![if number % 2 == 0 { "a" } else { "b" }.into()];
            writing::create(&c, &new, after(0)).expect("written");
            if texts.len().saturating_sub(waiting) == number as usize {
                crate::search::index::catch_up(&c, None).expect("up to date");
            }
        }
        let ids = |hits: crate::model::Hits| {
            (hits.hits.into_iter().map(|hit| hit.row.id).collect::<Vec<_>>(), hits.more)
        };
        let unwritten = ids(super::search(&c, &typed, offset, limit).expect("no error"));
        prop_assert_eq!(unwritten, ids(search(&c, &typed, offset, limit)), "{}", typed);
    }

    #[test]
    fn nothing_typed_is_an_error(typed in "(\\PC|[\"*()^:+{}æ \\-]|NEAR|NOT |OR |tag:|from:|-){0,30}") {
        let c = journal(&["noget med ord", "og mere"]);
        search(&c, &typed, 0, 9);
        search(&c, &typed, 1, 1);
    }
}
