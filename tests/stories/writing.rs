//! Writing, changing, deleting.

use fristed_tests::Leader;
use fristed_tests::leader::titles;

#[test]
fn a_leader_writes_finds_and_locks_away_a_reflection() {
    let karla = Leader::named("Karla");

    let id = karla.writes("Afdelingsmødet gik skævt, fordi jeg svarede for hurtigt.\n");
    assert_eq!(
        karla.reads(&id),
        "Afdelingsmødet gik skævt, fordi jeg svarede for hurtigt.\n".as_bytes(),
        "the text is kept byte for byte"
    );

    let found = karla.finds("møde");
    assert_eq!(found.len(), 1, "a part of a compound finds it");
    assert_eq!(found[0]["id"], id, "and it is the one she wrote");

    // The program has ended, so the journal is locked: without a key it says nothing.
    let nobody = fristed_tests::Cli::run_by(&["setsid", "--wait"], karla.home())
        .args(["list"])
        .args(karla.vault_args())
        .answer()
        .failed(2, "noTerminal");
    assert!(nobody.out.is_empty(), "not a word without a key");

    let again = karla.cli_with_passphrase(&["show", &id]).answer().done();
    assert!(again.text().starts_with("Afdelingsmødet"), "tomorrow her passphrase opens it");
}

#[test]
fn a_text_is_kept_byte_for_byte_however_it_is_made() {
    let karla = Leader::named("Karla");
    for text in [
        "",
        "\n",
        "ingen linjeslutning",
        "CRLF\r\nog LF\nog CR\rblandet\r\n",
        "\u{feff}med BOM og  to mellemrum  \n\n\n",
        "---\ntitle: ikke vores\n---\n\n- [ ] opgave\n\t- indrykket\n",
        "NUL \0 og ESC \u{1b}[31m og RTL \u{202e}",
        "e\u{301} er ikke é, og 👩‍🏫 er én lærer",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```rust\nlet x = 1;\n```\n\n> citat\n",
    ] {
        let id = karla.writes(text);
        assert_eq!(karla.reads(&id), text.as_bytes(), "show gives what add took: {text:?}");
        assert_eq!(karla.entry(&id)["body"], text, "and so does its JSON");
    }
}

#[test]
fn an_entry_carries_what_the_leader_gave_it() {
    let karla = Leader::named("Karla");
    let id = karla.writes_with(
        "Vi talte om tillid.\n",
        &[
            "--title",
            "Samtale med B.",
            "--at",
            "2026-03-02 08:15",
            "--tag",
            "tillid",
            "--tag",
            "svær samtale",
            "--star",
        ],
    );
    let entry = karla.entry(&id);
    assert_eq!(entry["title"], "Samtale med B.");
    assert_eq!(entry["day"], "2026-03-02", "the day can be set back");
    assert_eq!(entry["created_at"], "2026-03-02T08:15:00+01:00", "with the offset of that day");
    assert_eq!(entry["tags"], serde_json::json!(["tillid", "svær samtale"]));
    assert_eq!(entry["starred"], true);
    assert!(entry["template"].is_null(), "it follows no template");
    assert_eq!(entry["attachments"], serde_json::json!([]));
    let fields: Vec<&String> = entry.as_object().expect("an object").keys().collect();
    assert_eq!(fields.len(), 10, "the promised fields and no others: {fields:?}");
}

#[test]
fn without_a_title_the_first_line_serves() {
    let karla = Leader::named("Karla");
    let id = karla.writes("## Om *at* vente\n\nJeg ventede ikke.\n");
    assert_eq!(karla.entry(&id)["title"], "Om at vente", "without its marks");
    let empty = karla.writes("");
    assert_eq!(karla.entry(&empty)["title"], "", "never null, also where there is no text");
}

#[test]
fn the_list_is_newest_first_and_as_long_as_asked() {
    let karla = Leader::named("Karla");
    karla.writes_with("tirsdag", &["--at", "2026-11-24T09:00:00+01:00"]);
    karla.writes_with("sidste år", &["--at", "2025-11-24"]);
    karla.writes_with(
        "i aften, på den anden side af jorden",
        &["--at", "2026-11-24T09:30:00+12:00"],
    );
    let all = karla.list();
    assert_eq!(
        titles(&all),
        ["i aften, på den anden side af jorden", "tirsdag", "sidste år"],
        "the clock on her wall orders them, wherever it hung, so that a day stands together"
    );
    let two = karla.does(&["list", "--json", "--limit", "2"]).json();
    assert_eq!(two.as_array().map(Vec::len), Some(2));
    let none = Leader::named("Mette").list();
    assert!(none.is_empty(), "an empty journal is an empty array");
}

#[test]
fn a_leader_changes_what_she_wrote() {
    let karla = Leader::named("Karla");
    let id = karla.writes_with("Første forsøg", &["--tag", "kladde", "--title", "Om tid"]);

    karla.cli(&["edit", &id]).input("Andet forsøg\n").answer().done();
    let entry = karla.entry(&id);
    assert_eq!(entry["body"], "Andet forsøg\n", "the new text stands");
    assert_eq!(entry["title"], "Om tid", "what was not named stays");
    assert_eq!(entry["tags"], serde_json::json!(["kladde"]));

    let changed = karla
        .cli(&[
            "edit",
            &id,
            "--title",
            "Om ro",
            "--no-tags",
            "--star",
            "--at",
            "2026-01-02",
            "--json",
        ])
        .answer()
        .done()
        .json();
    assert_eq!(changed["body"], "Andet forsøg\n", "an empty input beside an option is no text");
    assert_eq!(changed["title"], "Om ro");
    assert_eq!(changed["day"], "2026-01-02");
    assert_eq!(changed["tags"], serde_json::json!([]));
    assert_eq!(changed["starred"], true);

    karla.cli(&["edit", &id, "--no-star", "--title", ""]).input("Tredje\n").answer().done();
    let entry = karla.entry(&id);
    assert_eq!(entry["title"], "Tredje", "without a title the first line serves again");
    assert_eq!(entry["starred"], false);

    karla.cli(&["edit", &id]).answer().failed(2, "nothingToChange");
    assert_eq!(karla.reads(&id), b"Tredje\n", "an empty input alone does not empty a text");
}

#[test]
fn what_is_deleted_can_be_taken_back_until_it_is_deleted_for_good() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Det her fortryder jeg at have skrevet.");
    karla.does(&["delete", &id]);
    assert!(karla.list().is_empty(), "the list is without the trash");
    assert!(karla.finds("fortryder").is_empty(), "and so is the search");
    let trash = karla.does(&["list", "--trash", "--json"]).json();
    assert_eq!(trash[0]["id"], id, "the trash has it");

    karla.does(&["delete", "--undo", &id]);
    assert_eq!(karla.finds("fortryder").len(), 1, "taken back, it is found again");

    karla.does(&["delete", "--for-good", &id]);
    karla.cli(&["show", &id]).answer().failed(1, "notFound");
    karla.sees_that_all_is_whole();
}

#[test]
fn a_template_brings_its_questions_when_nothing_is_written_yet() {
    let karla = Leader::named("Karla");
    let refused = karla.cli(&["add", "--template", "findes-ikke"]).answer().failed(2, "noTemplate");
    assert!(refused.err.contains("gibbs"), "the ones there are, are named: {}", refused.err);
    let id = karla.writes_with("", &["--template", "gibbs"]);
    let entry = karla.entry(&id);
    assert_eq!(entry["template"], "gibbs");
    assert!(entry["body"].as_str().is_some_and(|body| body.contains('?')), "it asks: {entry}");
    let own = karla.writes_with("Mine egne ord", &["--template", "gibbs"]);
    assert_eq!(karla.reads(&own), "Mine egne ord".as_bytes(), "her text is never added to");
}

#[test]
fn what_is_no_text_is_refused_and_nothing_is_stored() {
    let karla = Leader::named("Karla");
    karla.cli(&["add"]).input([b'h', 0xff, b'j']).answer().failed(1, "notText");
    assert!(karla.list().is_empty());
}
