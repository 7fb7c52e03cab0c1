//! Finding what was written.

use fristed_tests::Leader;

fn karla_with_four() -> Leader {
    let karla = Leader::named("Karla");
    karla.writes_with(
        "Ledernetværket mødtes på Ærø.\n",
        &["--at", "2026-01-10", "--tag", "netværk"],
    );
    karla.writes_with("Netværk kræver tid.\n", &["--at", "2026-02-10"]);
    karla.writes_with("HR ringede om en ny ø-ordning.\n", &["--at", "2026-03-10", "--tag", "HR"]);
    karla.writes_with("Rødgrød med fløde, og Åse græd.\n", &["--at", "2026-04-10"]);
    karla
}

#[test]
fn any_part_of_a_compound_is_found_and_whole_words_come_first() {
    let karla = karla_with_four();
    assert_eq!(
        karla.finds_titles("netværk"),
        ["Netværk kræver tid.", "Ledernetværket mødtes på Ærø."],
        "the exact word first, then the compound"
    );
}

#[test]
fn the_danish_letters_may_be_written_either_way() {
    let karla = karla_with_four();
    for query in ["rødgrød", "roedgroed", "RØDGRØD", "Aase", "åse"] {
        assert_eq!(karla.finds(query).len(), 1, "{query} finds it");
    }
    assert_eq!(karla.finds("Aeroe").len(), 1, "Ærø, as it is typed abroad");
}

#[test]
fn words_of_one_and_two_letters_are_found() {
    let karla = karla_with_four();
    for query in ["hr", "ny", "ø"] {
        let found = karla.finds_titles(query);
        assert!(
            found.iter().any(|title| title.starts_with("HR ringede")),
            "{query} finds it, and not only {found:?}"
        );
    }
}

#[test]
fn a_search_can_be_narrowed() {
    let karla = karla_with_four();
    assert_eq!(karla.finds("tag:netværk").len(), 1, "by tag");
    assert_eq!(karla.finds("from:2026-02-01 to:2026-03-31").len(), 2, "by day");
    assert_eq!(karla.finds("\"kræver tid\"").len(), 1, "by phrase");
    assert_eq!(karla.finds("\"tid kræver\"").len(), 0, "whose order counts");
    assert_eq!(karla.finds("netværk -ledernetværket").len(), 1, "by what is not to be there");
}

#[test]
fn a_hit_shows_where_it_was_found() {
    let karla = karla_with_four();
    let hit = &karla.finds("fløde")[0];
    assert!(hit["excerpt"].as_str().is_some_and(|text| text.contains("fløde")), "{hit}");
    assert!(hit.get("body").is_none(), "the whole text is not printed for it");
    assert_eq!(hit["title"], "Rødgrød med fløde, og Åse græd.");
}

#[test]
fn nothing_found_is_an_empty_array_and_no_failure() {
    let karla = karla_with_four();
    let none = karla.does(&["search", "xylofon", "--json"]);
    assert_eq!(none.text().trim(), "[]");
    let told = karla.does(&["search", "xylofon"]);
    assert!(told.out.is_empty() && !told.err.is_empty(), "people are told beside the output");
}

#[test]
fn a_slip_in_a_query_finds_less_and_never_fails() {
    let karla = karla_with_four();
    for query in [
        "\"",
        "\"uafsluttet",
        "-",
        "tag:",
        "from:i-går",
        "to:",
        "(",
        "AND OR NOT",
        "*",
        "a:b:c",
        "'; --",
    ] {
        karla.does(&["search", "--json", "--", query]);
    }
}

#[test]
fn a_search_is_as_long_as_asked() {
    let karla = karla_with_four();
    let one = karla.does(&["search", "netværk", "--json", "--limit", "1"]).json();
    assert_eq!(one.as_array().map(Vec::len), Some(1));
    assert_eq!(one[0]["title"], "Netværk kræver tid.", "and the best comes first");
}
