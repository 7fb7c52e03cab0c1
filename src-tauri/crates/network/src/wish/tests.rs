use fristed_base::ItemId;
use rusqlite::Connection;

use super::{again, remove, say, share, withdraw};
use crate::content::Related;
use crate::error::NetworkError;
use crate::feed::page;
use crate::model::{
    Act, FeedItem, Incoming, ItemState, Job, Lang, NewVersion, Sending, Sign, Standing, Trouble,
};
use crate::outbox::{done, queue};
use crate::table::{account, memory, reply_draft, room};
use crate::trial::{
    BO, KARLA, METTE, ROOM, at, begin, clear, new_share, redaction, reflection, subject, tied,
};

pub(super) fn store() -> Connection {
    let c = memory();
    begin(&c);
    c
}

pub(super) fn shared(c: &Connection, title: &str, files: usize) -> ItemId {
    share::share(c, new_share(title, "tekst", files), at(0)).expect("shared").1
}

pub(super) fn item(c: &Connection, id: ItemId) -> FeedItem {
    page::one(c, id, at(1)).expect("it is there")
}

fn next(c: &Connection) -> Option<Job> {
    let mut jobs = queue::next(c, at(1_000_000)).expect("jobs");
    assert!(jobs.len() <= 1, "one a room");
    jobs.pop()
}

/// Carries everything out; what was done, in order.
pub(super) fn pump(c: &Connection) -> Vec<String> {
    let mut done = Vec::new();
    while let Some(job) = next(c) {
        assert!(done::begun(c, &job, &[]).expect("begun"));
        done.push(match &job.act {
            Act::Upload { .. } => {
                let source = serde_json::json!({"url": "mxc://a/b"});
                done::uploaded(c, job.id, &source).expect("noted");
                "upload".to_owned()
            }
            Act::Redact { event } => {
                done::sent(c, job.id, "$redacted", at(50)).expect("noted");
                format!("redact {event}")
            }
            Act::Send { content, .. } => {
                let event = format!("${}", &job.txn[..6]);
                done::sent(c, job.id, &event, at(50)).expect("noted");
                format!("{event} {}", content["body"].as_str().unwrap_or("-"))
            }
        });
    }
    done
}

pub(super) fn new(text: &str) -> NewVersion {
    let subject = subject("Ny", text);
    let (lang, not_before, readers) = (Lang::Danish, None, None);
    NewVersion { subject, entry_version: Some(4), excerpt: false, lang, not_before, readers }
}

#[test]
fn files_are_uploaded_first_and_told_of_last() {
    let c = store();
    let id = shared(&c, "Om løn", 2);
    assert_eq!(item(&c, id).files.len(), 2, "they are shown at once");
    let done = pump(&c);
    let words: Vec<&str> = done.iter().map(|d| d.split_once(' ').map_or(&d[..], |d| d.1)).collect();
    assert_eq!(words, ["upload", "upload", "Om løn\n\ntekst", "billede-1.png", "billede-2.png"]);
    let item = item(&c, id);
    assert_eq!((item.sending, item.mine, item.unread), (Some(Sending::Sent), true, false));
}

#[test]
fn nothing_of_the_entry_leaves() {
    let c = store();
    let mut new = new_share("Titel", "tekst", 1);
    let (entry, version) = new.entry.expect("an entry");
    new.subject = subject("Titel", "tekst");
    share::share(&c, new, at(0)).expect("shared");
    let told = queue::next(&c, at(1)).expect("jobs");
    let all = format!("{told:?} {:?}", crate::table::outbox::all(&c).expect("steps"));
    assert!(
        !all.contains(&entry.to_string()) && !all.contains(&entry.to_string().replace('-', ""))
    );
    assert!(!all.contains(&format!("\"version\":{version}")));
}

#[test]
fn a_thing_can_be_called_back_until_it_was_tried() {
    let c = store();
    let mut new = new_share("Titel", "tekst", 0);
    new.not_before = Some(at(500));
    let (_, id) = share::share(&c, new.clone(), at(0)).expect("shared");
    assert_eq!(
        item(&c, id).sending,
        Some(Sending::Undoable { until: at(500).date_time().to_utc().into() })
    );
    assert_eq!(queue::next(&c, at(499)).expect("jobs"), []);
    assert_eq!(queue::next_due(&c).expect("due").map(|m| m.millis()), Some(at(500).millis()));
    again::undo(&c, id).expect("called back");
    assert!(matches!(page::one(&c, id, at(1)), Err(NetworkError::NotFound)));
    assert_eq!(next(&c), None);

    let (_, id) = share::share(&c, new, at(0)).expect("shared");
    let job = next(&c).expect("due");
    assert!(done::begun(&c, &job, &[]).expect("begun"));
    assert!(matches!(again::undo(&c, id), Err(NetworkError::AlreadySent)));
}

#[test]
fn a_job_that_was_called_back_meanwhile_is_not_tried() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    let job = next(&c).expect("due");
    withdraw::item(&c, id, at(1)).expect("withdrawn");
    assert!(matches!(done::begun(&c, &job, &[]), Err(NetworkError::NotFound)));
    assert!(matches!(page::one(&c, id, at(1)), Err(NetworkError::NotFound)), "nobody ever had it");
}

#[test]
fn a_new_version_replaces_what_was_not_tried_and_edits_what_was_sent() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    again::again(&c, id, new("to"), at(1)).expect("again");
    assert_eq!(pump(&c).len(), 1);
    again::again(&c, id, new("tre"), at(2)).expect("again");
    again::again(&c, id, new("fire"), at(3)).expect("again");
    assert_eq!((item(&c, id).body.as_str(), item(&c, id).entry_version), ("fire", Some(4)));
    again::undo(&c, id).expect("called back");
    assert_eq!(item(&c, id).body, "to");
    again::again(&c, id, new("fem"), at(5)).expect("again");
    let job = next(&c).expect("due");
    let Act::Send { content, .. } = &job.act else { panic!("{job:?}") };
    assert_eq!(content["m.relates_to"]["event_id"], item(&c, id).event.expect("sent"));
    assert_eq!(content["m.new_content"]["dk.fristed.reflection"]["markdown"], "fem");
}

#[test]
fn a_withdrawal_redacts_edits_then_files_then_the_original() {
    let c = store();
    let id = shared(&c, "Titel", 1);
    let sent = pump(&c);
    again::again(&c, id, new("to"), at(1)).expect("again");
    let edited = pump(&c);
    withdraw::item(&c, id, at(2)).expect("withdrawn");
    let gone = item(&c, id);
    assert_eq!(
        (gone.title.as_str(), gone.files.len(), gone.sending),
        ("", 0, Some(Sending::Withdrawing))
    );
    let event = |done: &str| format!("redact {}", done.split(' ').next().unwrap_or_default());
    assert_eq!(pump(&c), [event(&edited[0]), event(&sent[2]), event(&sent[1])]);
    let gone = item(&c, id);
    assert!(matches!(gone.state, ItemState::Withdrawn { .. }));
    assert_eq!(gone.sending, Some(Sending::Sent));
}

#[test]
fn what_may_have_arrived_is_sent_as_nothing_under_the_same_id_and_then_redacted() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    let tried = next(&c).expect("due");
    assert!(done::begun(&c, &tried, &[]).expect("begun"));
    withdraw::item(&c, id, at(2)).expect("withdrawn");
    let placeholder = next(&c).expect("due");
    assert_eq!(placeholder.txn, tried.txn);
    let Act::Send { event_type, content } = &placeholder.act else { panic!("{placeholder:?}") };
    assert_eq!((event_type.as_str(), content), ("dk.fristed.nothing", &serde_json::json!({})));
    let done = pump(&c);
    assert_eq!((done.len(), &done[1][..8]), (2, "redact $"));
}

#[test]
fn a_copy_that_arrived_under_another_session_is_redacted_when_it_comes_back() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    let tried = next(&c).expect("due");
    assert!(done::begun(&c, &tried, &[]).expect("begun"));
    let Act::Send { event_type, content } = tried.act else { panic!("a sending") };
    withdraw::item(&c, id, at(2)).expect("withdrawn");
    let no = room::no_of(&c, ROOM).expect("the room");
    let what = crate::model::What::Clear { event_type, content, txn: None };
    let (event, sender) = ("$kom".to_owned(), crate::trial::KARLA.to_owned());
    let back = Incoming { event, sender, at: at(3).millis(), what };
    crate::log::take(&c, no, &[back]).expect("taken");
    assert_eq!(pump(&c), ["redact $kom"]);
}

#[test]
fn replies_signs_and_answers_go_to_what_was_sent() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    assert!(matches!(say::reply(&c, id, "svar", at(1)), Err(NetworkError::NotSent)));
    pump(&c);
    let reply = say::reply(&c, id, "svar", at(1)).expect("replied");
    let below = say::reply(&c, id, "mere", at(2)).expect("replied");
    say::react(&c, id, Sign::Thanks, true, at(3)).expect("given");
    say::react(&c, id, Sign::Thanks, true, at(3)).expect("given twice");
    let thread = page::thread(&c, below, at(4)).expect("a thread");
    assert_eq!((thread.item.id, thread.replies[0].id), (id, reply));
    assert!(thread.item.signs[0].mine);
    assert_eq!(pump(&c).len(), 3);
    say::react(&c, id, Sign::Thanks, false, at(5)).expect("taken back");
    assert_eq!(item(&c, id).signs, []);
    assert_eq!(item(&c, id).sending, Some(Sending::Sent), "a sign is no part of it");
    assert_eq!(pump(&c).len(), 1);
    withdraw::item(&c, reply, at(6)).expect("withdrawn");
    assert!(matches!(withdraw::item(&c, reply, at(6)), Err(NetworkError::NotYours)));
}

#[test]
fn a_reply_that_was_begun_is_kept_until_it_is_sent() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    let kept = |c: &Connection| page::thread(c, id, at(9)).expect("a thread").draft;
    assert_eq!(kept(&c), "");
    say::draft(&c, id, "Jeg tror,").expect("kept");
    say::draft(&c, id, "Jeg tror, du har ret").expect("kept");
    assert_eq!(kept(&c), "Jeg tror, du har ret");
    assert!(matches!(say::reply(&c, id, " ", at(1)), Err(NetworkError::Empty)));
    assert_eq!(kept(&c), "Jeg tror, du har ret", "nothing was sent");
    say::reply(&c, id, "Jeg tror, du har ret.", at(1)).expect("replied");
    assert_eq!(kept(&c), "");
    say::draft(&c, id, "Og").expect("kept");
    say::draft(&c, id, "  ").expect("emptied");
    assert_eq!(kept(&c), "");
}

#[test]
fn what_an_organiser_removed_is_removed_with_its_edits_and_the_entry_stays_known() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    again::again(&c, id, new("to"), at(1)).expect("again");
    let entry = item(&c, id).entry;
    let event = item(&c, id).event.expect("sent");
    let no = room::no_of(&c, ROOM).expect("the room");
    crate::log::take(&c, no, &[redaction("$r", METTE, 9, &event, true)]).expect("taken");
    let gone = item(&c, id);
    assert!(matches!(&gone.state, ItemState::Removed { by, .. } if by == METTE));
    assert_eq!((gone.entry, pump(&c)), (entry, vec![]), "the edit is not sent any more");
}

/// Mette has shared something with a file and a new version.
fn of_mette(c: &Connection) -> ItemId {
    let no = room::no_of(c, ROOM).expect("the room");
    let first = clear("$a", METTE, 1, reflection(1, "T", "x"));
    let edit = clear("$b", METTE, 2, tied(reflection(1, "T", "y"), Related::Edit("$a")));
    let other = clear("$c", BO, 3, tied(reflection(2, "T", "z"), Related::Edit("$a")));
    crate::log::take(c, no, &[first, edit, other]).expect("taken").new[0]
}

#[test]
fn an_organiser_removes_what_another_shared_with_its_edits_and_it_says_so() {
    let c = store();
    let id = of_mette(&c);
    remove::item(&c, id).expect("removed");
    remove::item(&c, id).expect("removed twice");
    let shown = item(&c, id);
    assert_eq!((shown.body.as_str(), shown.sending), ("y", Some(Sending::Withdrawing)));
    assert_eq!(pump(&c), ["redact $b", "redact $a"], "nobody else's, and each once");
    let gone = item(&c, id);
    assert!(matches!(&gone.state, ItemState::Removed { by, .. } if by == KARLA), "{gone:?}");
    assert_eq!((gone.body.as_str(), gone.sending), ("", None));
    assert!(matches!(remove::item(&c, id), Err(NetworkError::NotFound)));
}

#[test]
fn nobody_but_an_organiser_removes_and_a_removal_given_up_changes_nothing() {
    let c = store();
    let id = of_mette(&c);
    let mine = shared(&c, "Titel", 0);
    assert!(matches!(remove::item(&c, mine), Err(NetworkError::NotFound)), "it is taken back");
    pump(&c);
    remove::item(&c, id).expect("removed");
    let row = queue::rows(&c, at(9)).expect("rows").remove(0);
    queue::give_up(&c, row.id, at(9)).expect("given up");
    assert_eq!((item(&c, id).sending, pump(&c)), (None, vec![]));
    let member = crate::model::RoomState { organiser: false, ..crate::trial::room(ROOM) };
    room::put(&c, &member).expect("she is none any more");
    assert!(matches!(remove::item(&c, id), Err(NetworkError::NotAllowed)));
}

#[test]
fn others_things_cannot_be_changed_and_nothing_is_sent_where_she_is_not() {
    let c = store();
    let no = room::no_of(&c, ROOM).expect("the room");
    let theirs = clear("$a", METTE, 1, tied(reflection(1, "T", "x"), Related::Alone));
    let theirs = crate::log::take(&c, no, &[theirs]).expect("taken").new[0];
    assert!(matches!(withdraw::item(&c, theirs, at(3)), Err(NetworkError::NotYours)));
    assert!(matches!(again::again(&c, theirs, new("x"), at(3)), Err(NetworkError::NotYours)));
    let mine = shared(&c, "Titel", 1);
    let left = crate::model::RoomState { standing: Standing::Left, ..crate::trial::room(ROOM) };
    room::put(&c, &left).expect("left");
    super::end::in_room(&c, no).expect("ended");
    assert!(page::one(&c, mine, at(5)).is_err(), "it was never tried, so nobody has it");
    assert_eq!(next(&c), None);
    assert!(matches!(say::reply(&c, theirs, "x", at(5)), Err(NetworkError::NotThere)));
    account::remove(&c).expect("removed");
    let again = share::share(&c, new_share("T", "x", 0), at(6));
    assert!(matches!(again, Err(NetworkError::NotSignedIn)));
}

/// What is tried next fails, and waits for the leader.
fn fails(c: &Connection) {
    let job = next(c).expect("something is next");
    assert!(done::begun(c, &job, &[]).expect("begun"));
    done::failed(c, job.id, Trouble::IdentityChanged, None).expect("noted");
}

#[test]
fn a_sign_that_cannot_be_sent_holds_back_no_withdrawal() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    say::react(&c, id, Sign::Thanks, true, at(3)).expect("a sign");
    fails(&c);
    withdraw::item(&c, id, at(4)).expect("taken back");
    let done = pump(&c);
    assert!(done.iter().any(|done| done.starts_with("redact")), "{done:?}");
    assert!(matches!(item(&c, id).state, ItemState::Withdrawn { .. }));
}

#[test]
fn an_edit_that_may_have_arrived_and_cannot_be_sent_holds_back_no_withdrawal() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    again::again(&c, id, new("nyt"), at(3)).expect("a new version");
    fails(&c);
    withdraw::item(&c, id, at(4)).expect("taken back");
    fails(&c);
    let Some(Job { act: Act::Redact { .. }, .. }) = next(&c) else {
        panic!("the original goes, whatever became of the edit")
    };
    assert_eq!(pump(&c).len(), 1, "the edit still waits for the leader");
    for row in queue::rows(&c, at(9)).expect("rows") {
        queue::retry(&c, row.id).expect("she has decided");
    }
    let done = pump(&c);
    assert_eq!(done.len(), 2, "nothing in its place, and then that is redacted: {done:?}");
    assert_eq!(queue::rows(&c, at(9)).expect("rows"), []);
}

#[test]
fn a_reply_that_nobody_got_is_a_draft_again_where_she_was_put_out() {
    let c = store();
    let theirs = of_mette(&c);
    say::reply(&c, theirs, "Det kender jeg.", at(4)).expect("a reply");
    say::draft(&c, theirs, "Og så").expect("a draft");
    super::end::in_room(&c, room::no_of(&c, ROOM).expect("the room")).expect("ended");
    let no = crate::table::item::by_id(&c, theirs).expect("the thing").no;
    assert_eq!(reply_draft::of_item(&c, no).expect("a draft"), "Det kender jeg.\n\nOg så");
    assert_eq!(next(&c), None);
}

#[test]
fn an_answer_that_names_what_another_sent_takes_nothing_away() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    let theirs = of_mette(&c);
    let root = crate::table::item::by_id(&c, theirs).expect("the thing").derived.root;
    let job = next(&c).expect("a job");
    assert!(done::begun(&c, &job, &[]).expect("begun"));
    done::sent(&c, job.id, &root.expect("its event"), at(5)).expect("noted");
    assert_eq!(item(&c, id).title, "Titel");
    assert_eq!(item(&c, id).sending, Some(Sending::Failed { trouble: Trouble::Refused }));
    assert_eq!(item(&c, theirs).sender, METTE);
}

#[test]
fn what_is_empty_or_too_long_is_refused() {
    let c = store();
    let with = |title: &str, text: &str| share::share(&c, new_share(title, text, 0), at(0));
    assert!(matches!(with(" ", "\n"), Err(NetworkError::Empty)));
    assert!(matches!(with(&"x".repeat(501), ""), Err(NetworkError::TooLarge { limit: 500 })));
    let (_, id) = with("Lang", &"ord ".repeat(20_000)).expect("shared");
    assert_eq!(pump(&c).len(), 2, "the text is uploaded, and then told of");
    assert_eq!(item(&c, id).body.len(), 80_000);
}
