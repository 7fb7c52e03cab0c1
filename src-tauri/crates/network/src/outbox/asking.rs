//! Somebody who came into the network after the leader chose who reads.

use fristed_base::ItemId;
use rusqlite::Connection;

use super::{done, queue};
use crate::feed::page;
use crate::model::{Job, Lang, NewShare, NewVersion, OutboxRow, Sending, Trouble};
use crate::table::{memory, room};
use crate::trial::{BO, METTE, ROOM, at, begin, new_share, peers, subject};
use crate::wish::{again, say, share, withdraw};

const NOW: i64 = 1_000_000;

/// Karla has shared this with those who were there: Mette.
fn shared(files: usize) -> (Connection, ItemId) {
    let c = memory();
    begin(&c);
    let new = new_share("Om løn", "tekst", files);
    let new = NewShare { readers: Some(vec![METTE.to_owned()]), ..new };
    let (_, id) = share::share(&c, new, at(0)).expect("shared");
    (c, id)
}

fn next(c: &Connection) -> Option<Job> {
    queue::next(c, at(NOW)).expect("jobs").pop()
}

/// Tries the next while these are there; whether it may be.
fn tried(c: &Connection, here: &[&str]) -> bool {
    let here: Vec<String> = here.iter().map(|&user| user.to_owned()).collect();
    done::begun(c, &next(c).expect("due"), &here).expect("noted")
}

fn row(c: &Connection) -> OutboxRow {
    let mut rows = queue::rows(c, at(NOW)).expect("rows");
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

fn asks(users: &[&str]) -> Sending {
    Sending::Asks { newcomers: users.iter().map(|&user| user.to_owned()).collect() }
}

#[test]
fn what_was_chosen_for_others_waits_and_the_leader_is_asked() {
    let (c, id) = shared(0);
    assert!(!tried(&c, &[METTE, BO]), "Bo was not shown to her");
    assert_eq!(next(&c), None, "it is not tried again by itself");
    assert_eq!(row(&c).sending, asks(&[BO]));
    assert_eq!(page::one(&c, id, at(NOW)).expect("it").sending, Some(asks(&[BO])));

    queue::let_read(&c, row(&c).id, &[BO.to_owned()]).expect("he may");
    assert!(tried(&c, &[METTE, BO]), "and now it goes");
}

#[test]
fn leave_for_one_is_no_leave_for_the_next() {
    let (c, _) = shared(0);
    assert!(!tried(&c, &[METTE, BO]));
    queue::let_read(&c, row(&c).id, &[BO.to_owned()]).expect("he may");
    assert!(!tried(&c, &[METTE, BO, "@pia:anden.dk"]));
    assert_eq!(row(&c).sending, asks(&["@pia:anden.dk"]));
}

#[test]
fn nobody_is_asked_about_when_somebody_left() {
    let (c, _) = shared(0);
    assert!(tried(&c, &[]), "Mette is not there any more");
}

#[test]
fn when_the_one_who_came_has_left_again_it_goes() {
    let (c, _) = shared(0);
    let no = room::no_of(&c, ROOM).expect("the room");
    assert!(!tried(&c, &[METTE, BO]));
    queue::left(&c, no, &peers(&[METTE, BO])).expect("noted");
    assert_eq!(next(&c), None, "he is still there");
    queue::left(&c, no, &peers(&[METTE])).expect("noted");
    assert!(tried(&c, &[METTE]));
}

#[test]
fn files_are_not_even_uploaded_before_she_has_answered() {
    let (c, _) = shared(2);
    assert!(!tried(&c, &[METTE, BO]));
    queue::let_read(&c, row(&c).id, &[BO.to_owned()]).expect("he may");
    for _ in 0..2 {
        assert!(tried(&c, &[METTE, BO]));
        let upload = next(&c).expect("due");
        done::uploaded(&c, upload.id, &serde_json::json!({"url": "mxc://a/b"})).expect("noted");
    }
    assert!(tried(&c, &[METTE, BO]), "the answer is for all of it");
}

#[test]
fn what_waits_for_her_answer_can_be_taken_back_as_if_it_had_never_been() {
    for by_outbox in [true, false] {
        let (c, id) = shared(1);
        assert!(!tried(&c, &[METTE, BO]));
        if by_outbox {
            queue::give_up(&c, row(&c).id, at(NOW)).expect("given up");
        } else {
            withdraw::item(&c, id, at(NOW)).expect("withdrawn");
        }
        assert!(page::one(&c, id, at(NOW)).is_err(), "nobody ever had it");
        assert_eq!(queue::rows(&c, at(NOW)).expect("rows"), []);
    }
}

#[test]
fn a_new_version_that_was_shown_with_him_is_her_answer() {
    let (c, id) = shared(1);
    assert!(!tried(&c, &[METTE, BO]));
    let new = NewVersion {
        subject: subject("Om løn", "mere"),
        entry_version: None,
        excerpt: false,
        lang: Lang::Danish,
        not_before: None,
        readers: Some(vec![METTE.into(), BO.into()]),
    };
    again::again(&c, id, new, at(1)).expect("again");
    assert!(tried(&c, &[METTE, BO]), "the file goes");
}

#[test]
fn a_new_version_asks_by_itself() {
    let (c, id) = shared(0);
    assert!(tried(&c, &[METTE]));
    done::sent(&c, next(&c).expect("due").id, "$a", at(NOW)).expect("sent");
    let new = NewVersion {
        subject: subject("Om løn", "mere"),
        entry_version: None,
        excerpt: false,
        lang: Lang::Danish,
        not_before: None,
        readers: Some(vec![METTE.into()]),
    };
    again::again(&c, id, new, at(1)).expect("again");
    assert!(!tried(&c, &[METTE, BO]));
    again::undo(&c, id).expect("nobody has it");
    assert_eq!(page::one(&c, id, at(NOW)).expect("the first").body, "tekst");
}

#[test]
fn replies_go_to_whoever_is_in_the_network_and_so_does_taking_back() {
    let (c, id) = shared(0);
    assert!(tried(&c, &[METTE]));
    done::sent(&c, next(&c).expect("due").id, "$a", at(NOW)).expect("sent");
    say::reply(&c, id, "svar", at(1)).expect("replied");
    assert!(tried(&c, &[METTE, BO]), "she was shown no readers");
    done::sent(&c, next(&c).expect("due").id, "$b", at(NOW)).expect("sent");
    withdraw::item(&c, id, at(2)).expect("withdrawn");
    assert!(tried(&c, &[METTE, BO]), "nobody has to be asked for that");
}

#[test]
fn trying_again_asks_anew_and_no_other_wish_can_be_let() {
    let (c, id) = shared(0);
    assert!(!tried(&c, &[METTE, BO]));
    queue::retry(&c, row(&c).id).expect("tried again");
    assert!(!tried(&c, &[METTE, BO]), "that was no answer");
    queue::let_read(&c, row(&c).id, &[BO.into()]).expect("he may");
    let job = next(&c).expect("due");
    done::failed(&c, job.id, Trouble::Offline, None).expect("noted");
    assert_eq!(row(&c).sending, Sending::Failed { trouble: Trouble::Offline });
    done::sent(&c, job.id, "$a", at(NOW)).expect("sent");
    say::reply(&c, id, "svar", at(1)).expect("replied");
    let let_read = queue::let_read(&c, row(&c).id, &[BO.into()]);
    assert!(let_read.is_err(), "a reply has no readers to add to");
}
