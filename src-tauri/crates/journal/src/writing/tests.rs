//! Writing, changing and throwing away.

use proptest::prelude::*;

use super::*;
use crate::files;
use crate::table::{list, memory, rows, tables_that_hold, word};
use crate::trial::{after, at, found, read, rewrite, search, text, write};

fn is_sound(c: &Connection) -> bool {
    files::check(c).expect("it can be checked").is_sound()
}

#[test]
fn an_entry_comes_back_as_it_was_written() {
    let c = memory();
    let written = at("2026-11-24T00:30:00+01:00");
    let new = NewEntry {
        title: "At give slip".into(),
        body: "\u{FEFF}# Linje\r\nto\n\rtre ".into(),
        tags: vec![" tillid ".into(), "MUS".into(), "tillid".into(), " ".into()],
        starred: true,
        template: Some("gibbs".into()),
        written,
    };
    let entry = create(&c, &new, after(0)).expect("written");
    assert_eq!(entry, read(&c, entry.id));
    assert_eq!((&entry.title, &entry.body), (&new.title, &new.body));
    assert_eq!(entry.tags, ["tillid", "MUS"]);
    assert_eq!((entry.written, entry.updated, entry.version), (written, after(0), 1));
    assert_eq!(entry.written.day().to_string(), "2026-11-24");
    assert!(entry.starred && entry.template.as_deref() == Some("gibbs"));
}

#[test]
fn a_save_from_an_older_version_is_refused_and_changes_nothing() {
    let c = memory();
    let entry = write(&c, "et", after(0));
    let newer = Text { title: String::new(), body: "to".into(), version: entry.version };
    let saved = save(&c, entry.id, &newer, after(1)).expect("saved");
    assert_eq!(saved.version, entry.version + 1);
    let stale = Text { body: "tre".into(), ..newer };
    let refused = save(&c, entry.id, &stale, after(2));
    assert!(matches!(refused, Err(JournalError::Changed { version: 2 })));
    assert_eq!(read(&c, entry.id).body, "to");
}

#[test]
fn a_save_that_changes_nothing_writes_nothing() {
    let c = memory();
    let entry = write(&c, "et", after(0));
    let changes = c.total_changes();
    let same = Text { title: String::new(), body: "et".into(), version: 1 };
    let saved = save(&c, entry.id, &same, after(1)).expect("saved");
    assert_eq!((saved.version, saved.updated), (1, after(0)));
    assert_eq!(c.total_changes(), changes);
}

#[test]
fn what_is_in_the_trash_is_in_no_list_and_no_search_and_comes_back_whole() {
    let c = memory();
    let mut new = text("Ledernetværket mødtes", after(0));
    new.tags = vec!["netværk".into()];
    let entry = create(&c, &new, after(0)).expect("written");
    assert_eq!(found(&c, "netværk").len(), 1);
    trash(&c, entry.id, after(9)).expect("trashed");
    assert!(found(&c, "netværk").is_empty() && found(&c, "tag:netværk").is_empty());
    let page = |filter| list::page(&c, &filter, 0, 9).expect("a page").1;
    assert_eq!(page(crate::Filter::All), 0);
    assert_eq!(page(crate::Filter::Tag("netværk".into())), 0);
    assert_eq!(page(crate::Filter::Trash), 1);
    assert!(is_sound(&c));
    restore(&c, entry.id).expect("restored");
    assert_eq!(read(&c, entry.id), entry);
    assert_eq!(found(&c, "netværk").len(), 1);
    assert!(is_sound(&c));
}

#[test]
fn the_words_that_a_purged_entry_alone_had_are_gone() {
    let c = memory();
    let secret = write(&c, "Kanariefuglen sang om tilliden", after(0));
    write(&c, "En anden om tilliden", after(1));
    search(&c, "x", 0, 1);
    rewrite(&c, secret.id, "Kanariefuglen sang ikke", after(2));
    trash(&c, secret.id, after(3)).expect("trashed");
    assert_eq!(empty_trash(&c, Some(after(2))).expect("emptied"), 0);
    assert_eq!(empty_trash(&c, Some(after(3))).expect("emptied"), 1);
    assert_eq!(word::entries(&c, "kanariefuglen").expect("a count"), 0);
    assert_eq!(word::entries(&c, "tilliden").expect("a count"), 1);
    assert_eq!(tables_that_hold(&c, "anariefugl"), [""; 0]);
    assert!(is_sound(&c));
}

#[test]
fn a_moved_entry_stands_in_its_new_place_and_is_found_there() {
    let c = memory();
    let mut new = text("gammel", after(0));
    new.tags = vec!["t".into()];
    let entry = create(&c, &new, after(0)).expect("written");
    let other = create(&c, &NewEntry { body: "ny".into(), ..new }, after(0)).expect("written");
    assert_eq!(found(&c, "tag:t"), ["ny", "gammel"]);
    let moved = at("2027-01-01T00:00:00+01:00");
    set_written(&c, entry.id, moved, after(5)).expect("moved");
    assert_eq!(found(&c, "tag:t"), ["gammel", "ny"]);
    assert_eq!(found(&c, "gammel from:2027"), ["gammel"]);
    assert_eq!(found(&c, "tag:t to:2026"), ["ny"]);
    set_written(&c, other.id, moved, after(5)).expect("moved");
    set_written(&c, entry.id, after(0), after(5)).expect("moved");
    assert_eq!(found(&c, "tag:t"), ["ny", "gammel"]);
    assert!(is_sound(&c));
}

#[test]
fn a_full_last_second_of_a_day_does_not_push_entries_into_the_next() {
    let c = memory();
    for number in 0..5 {
        write(&c, &format!("sent {number}"), at("2026-11-24T23:59:58+01:00"));
    }
    assert_eq!(found(&c, "sent to:2026-11-24").len(), 5);
    assert!(found(&c, "sent from:2026-11-25").is_empty());
}

#[test]
fn tags_and_stars_change_without_a_new_version() {
    let c = memory();
    let entry = write(&c, "noget", after(0));
    set_tags(&c, entry.id, &["To ord".into(), "a".into()], after(1)).expect("tagged");
    set_starred(&c, entry.id, true, after(2)).expect("starred");
    let entry = read(&c, entry.id);
    assert_eq!((entry.version, entry.updated, entry.starred), (1, after(2), true));
    assert_eq!(found(&c, "tag:\"to ord\" ord"), ["noget"]);
    assert!(found(&c, "tag:ord").is_empty());
    set_tags(&c, entry.id, &[], after(3)).expect("untagged");
    assert!(found(&c, "tag:a").is_empty() && tag::counts(&c).expect("tags").is_empty());
    assert!(is_sound(&c));
}

#[test]
fn a_text_beyond_the_limit_is_refused() {
    let c = memory();
    let refused = create(&c, &text(&"x".repeat(TEXT_LIMIT + 1), after(0)), after(0));
    assert!(matches!(refused, Err(JournalError::TextTooLarge)));
}

#[derive(Debug, Clone)]
enum Step {
    Create(String),
    Rewrite(usize, String),
    Trash(usize),
    Restore(usize),
    Purge(usize),
    Tag(usize, String),
    Move(usize, i64),
    Search,
}

fn step() -> impl Strategy<Value = Step> {
    let words = "([abå]{1,4} ){0,6}";
    prop_oneof![
        words.prop_map(Step::Create),
        (0..6_usize, words).prop_map(|(n, w)| Step::Rewrite(n, w)),
        (0..6_usize).prop_map(Step::Trash),
        (0..6_usize).prop_map(Step::Restore),
        (0..6_usize).prop_map(Step::Purge),
        (0..6_usize, "[abå]{1,4}").prop_map(|(n, w)| Step::Tag(n, w)),
        (0..6_usize, 0..4_i64).prop_map(|(n, s)| Step::Move(n, s)),
        Just(Step::Search),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_stored_byte_for_byte(body in "(\\PC|\r|\n|\t|\u{FEFF}){0,200}") {
        let c = memory();
        let entry = write(&c, &body, after(0));
        prop_assert_eq!(read(&c, entry.id).body, body);
    }

    #[test]
    fn whatever_happens_the_index_and_the_counts_stay_true(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let c = memory();
        let mut ids: Vec<EntryId> = Vec::new();
        for (second, step) in (0..).zip(steps) {
            let now = after(second);
            let pick = |n: usize| ids.get(n % ids.len().max(1)).copied();
            match step {
                Step::Create(body) => ids.push(write(&c, &body, after(second % 4)).id),
                Step::Rewrite(n, body) => {
                    if let Some(id) = pick(n) {
                        rewrite(&c, id, &body, now);
                    }
                }
                Step::Trash(n) => if let Some(id) = pick(n) {
                    trash(&c, id, now).expect("trashed");
                },
                Step::Restore(n) => if let Some(id) = pick(n) {
                    restore(&c, id).expect("restored");
                },
                Step::Purge(n) => if let Some(id) = pick(n) {
                    purge(&c, id).expect("purged");
                    ids.retain(|other| *other != id);
                },
                Step::Tag(n, name) => if let Some(id) = pick(n) {
                    set_tags(&c, id, &[name], now).expect("tagged");
                },
                Step::Move(n, to) => if let Some(id) = pick(n) {
                    set_written(&c, id, after(to), now).expect("moved");
                },
                Step::Search => { search(&c, "ab", 0, 9); }
            }
            prop_assert!(is_sound(&c));
        }
        search(&c, "ab", 0, 9);
        prop_assert!(is_sound(&c));
        let live: Vec<_> =
            ids.iter().map(|id| read(&c, *id)).filter(|e| e.trashed.is_none()).collect();
        for entry in &live {
            for word in entry.body.split_whitespace() {
                let hits = search(&c, word, 0, 100).hits;
                prop_assert!(hits.iter().any(|hit| hit.row.id == entry.id), "{}", word);
            }
        }
        for id in ids {
            purge(&c, id).expect("purged");
        }
        prop_assert_eq!(rows(&c, "word"), 0);
    }
}
