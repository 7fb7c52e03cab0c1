//! What is whose where somebody signs out, and somebody else in.

use fristed_base::ItemId;
use rusqlite::Connection;

use super::tests::{item, new, pump, shared, store};
use super::{again, remove, say, withdraw};
use crate::content::{Content, Related, build};
use crate::error::NetworkError;
use crate::model::{
    Act, Incoming, ItemState, Job, Lang, RoomState, Sending, Sign, Standing, Trouble, What,
};
use crate::outbox::{done, queue};
use crate::sharing::{put_room, sign_in as sign_in_as};
use crate::table::{account, reply_draft, room};
use crate::trial::{KARLA, METTE, ROOM, at, clear, reflection, tied};

const NOT_THERE: Option<Sending> = Some(Sending::Failed { trouble: Trouble::NotThere });

/// Signs somebody in, as the session does.
fn sign_in(c: &Connection, user: &str) {
    sign_in_as(c, &crate::trial::account(user)).expect("signed in");
}

/// What is next is tried, and no answer comes.
fn tries(c: &Connection) -> Job {
    let job = queue::next(c, at(1)).expect("jobs").remove(0);
    assert!(done::begun(c, &job, &[]).expect("begun"));
    job
}

/// She gives up what waits first.
fn gives_up(c: &Connection) {
    let row = queue::rows(c, at(2)).expect("rows").remove(0);
    queue::give_up(c, row.id, at(2)).expect("given up");
}

/// What Karla's program had sent comes to whoever is signed in now, from another sign-in.
fn comes_back(c: &Connection, event: &str, job: &Job) {
    let Act::Send { content, event_type } = job.act.clone() else { panic!("it is sent: {job:?}") };
    let what = What::Clear { event_type, content, txn: None };
    let came = Incoming { event: event.into(), sender: KARLA.into(), at: at(4).millis(), what };
    let no = room::no_of(c, ROOM).expect("the room");
    crate::log::take(c, no, &[came]).expect("taken");
}

/// Mette has shared something, and Bo's reply stands below it.
fn with_reply(c: &Connection) -> (ItemId, ItemId) {
    let no = room::no_of(c, ROOM).expect("the room");
    let first = clear("$a", METTE, 1, reflection(1, "T", "x"));
    let body = Content::Reply { body: "Det kender jeg.".into() };
    let reply = build(&body, crate::content::CopyId([2; 16]), "", Lang::Danish);
    let reply = clear("$b", crate::trial::BO, 2, tied(reply, Related::Thread("$a")));
    let new = crate::log::take(c, no, &[first, reply]).expect("taken").new;
    (new[0], new[1])
}

#[test]
fn what_is_given_up_while_signed_out_is_not_sent_when_she_comes_back() {
    let c = store();
    let id = shared(&c, "Titel", 1);
    account::remove(&c).expect("signed out");
    gives_up(&c);
    assert_eq!(queue::rows(&c, at(3)).expect("rows"), []);
    sign_in(&c, KARLA);
    assert_eq!(pump(&c), Vec::<String>::new(), "nothing of it leaves");
    assert!(crate::table::item::by_id(&c, id).is_err());
}

#[test]
fn what_may_have_been_sent_and_is_given_up_while_signed_out_is_taken_back_later() {
    let c = store();
    shared(&c, "Titel", 0);
    tries(&c);
    account::remove(&c).expect("signed out");
    gives_up(&c);
    sign_in(&c, KARLA);
    let done = pump(&c);
    assert_eq!(done.len(), 2, "{done:?}");
    assert!(!done[0].contains("Titel") && done[1].starts_with("redact"), "{done:?}");
}

#[test]
fn nobody_takes_back_what_another_shared_who_was_signed_in_before() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    say::react(&c, id, Sign::Thanks, true, at(1)).expect_err("it was not sent");
    pump(&c);
    say::react(&c, id, Sign::Thanks, true, at(1)).expect("a sign");
    pump(&c);
    sign_in(&c, METTE);
    assert!(matches!(withdraw::item(&c, id, at(2)), Err(NetworkError::NotYours)));
    assert!(matches!(again::again(&c, id, new("nyt"), at(2)), Err(NetworkError::NotYours)));
    assert_eq!(withdraw::all(&c, ROOM, at(2)).expect("none is hers"), 0);
    let shown = item(&c, id);
    assert_eq!(
        (shown.state, shown.body.as_str(), shown.signs[0].mine),
        (ItemState::Whole, "tekst", false)
    );
    say::react(&c, id, Sign::Thanks, false, at(3)).expect("she gave none");
    assert_eq!(pump(&c), Vec::<String>::new());
    say::react(&c, id, Sign::Thanks, true, at(3)).expect("her own");
    assert_eq!(pump(&c).len(), 1);
    remove::item(&c, id).expect("an organiser removes it, as any of another's");
    assert_eq!(pump(&c).len(), 1);
    assert!(matches!(&item(&c, id).state, ItemState::Removed { by, .. } if by == METTE));
}

#[test]
fn what_she_took_back_goes_on_when_she_comes_back_after_another() {
    let c = store();
    let id = shared(&c, "Titel", 1);
    pump(&c);
    withdraw::item(&c, id, at(2)).expect("taken back");
    account::remove(&c).expect("signed out");
    sign_in(&c, METTE);
    assert_eq!(pump(&c), Vec::<String>::new(), "nothing of it is done in Mette's name");
    assert_eq!(item(&c, id).sending, NOT_THERE, "and nothing says that it is");
    sign_in(&c, KARLA);
    assert_eq!(item(&c, id).sending, Some(Sending::Withdrawing), "and it says so");
    let done = pump(&c);
    assert_eq!(done.iter().filter(|one| one.starts_with("redact")).count(), 2, "{done:?}");
    sign_in(&c, METTE);
    sign_in(&c, KARLA);
    assert_eq!(pump(&c), Vec::<String>::new(), "once is enough");
}

#[test]
fn what_she_took_back_goes_on_when_she_is_let_in_again() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    withdraw::item(&c, id, at(2)).expect("taken back");
    let left = RoomState { standing: Standing::Left, ..crate::trial::room(ROOM) };
    put_room(&c, &left).expect("put out");
    assert_eq!(pump(&c), Vec::<String>::new(), "she cannot");
    put_room(&c, &crate::trial::room(ROOM)).expect("let in");
    assert_eq!(pump(&c).len(), 1);
}

#[test]
fn what_came_of_hers_while_another_was_signed_in_is_taken_back_all_the_same() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    let job = tries(&c);
    withdraw::item(&c, id, at(2)).expect("taken back");
    account::remove(&c).expect("signed out");
    sign_in(&c, METTE);
    comes_back(&c, "$late", &job);
    sign_in(&c, KARLA);
    assert_eq!(pump(&c), ["redact $late"]);
}

#[test]
fn a_withdrawal_is_not_given_up() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    withdraw::item(&c, id, at(2)).expect("taken back");
    let row = queue::rows(&c, at(3)).expect("rows").remove(0);
    let refused = queue::give_up(&c, row.id, at(3));
    assert!(matches!(refused, Err(NetworkError::StillShared)));
    assert_eq!(pump(&c).len(), 1, "it is carried out");
}

#[test]
fn a_reply_that_is_begun_at_another_reply_is_kept_with_the_thread() {
    let c = store();
    let (top, reply) = with_reply(&c);
    let kept = || {
        let no = crate::table::item::by_id(&c, top).expect("the thing").no;
        reply_draft::of_item(&c, no).expect("a draft")
    };
    say::draft(&c, reply, "Også jeg").expect("kept");
    assert_eq!(kept(), "Også jeg");
    say::reply(&c, reply, "Også jeg.", at(3)).expect("sent");
    assert_eq!(kept(), "");
}

/// She is put out of the network.
fn is_put_out(c: &Connection) {
    let left = RoomState { standing: Standing::Left, ..crate::trial::room(ROOM) };
    put_room(c, &left).expect("put out");
}

#[test]
fn a_new_version_that_ended_without_an_answer_is_not_told_as_sent_and_is_shared_again() {
    for put_out in [true, false] {
        let c = store();
        let id = shared(&c, "Titel", 0);
        pump(&c);
        again::again(&c, id, new("to"), at(1)).expect("a new version");
        tries(&c);
        let stands = || (item(&c, id).sending, item(&c, id).entry_version);
        assert_eq!(stands(), (Some(Sending::Now), Some(4)));
        if put_out {
            is_put_out(&c);
        } else {
            sign_in(&c, METTE);
        }
        assert_eq!(stands(), (NOT_THERE, Some(3)));
        put_room(&c, &crate::trial::room(ROOM)).expect("let in");
        sign_in(&c, KARLA);
        assert_eq!((stands().0, pump(&c)), (NOT_THERE, vec![]), "nothing sends it");
        again::again(&c, id, new("tre"), at(3)).expect("again");
        assert_eq!(pump(&c).len(), 1);
        assert_eq!((stands(), &*item(&c, id).body), ((Some(Sending::Sent), Some(4)), "tre"));
    }
}

#[test]
fn a_new_version_that_had_arrived_after_all_is_told_as_sent_when_it_comes_back() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    pump(&c);
    again::again(&c, id, new("to"), at(1)).expect("a new version");
    let job = tries(&c);
    is_put_out(&c);
    put_room(&c, &crate::trial::room(ROOM)).expect("let in");
    comes_back(&c, "$late", &job);
    assert_eq!((item(&c, id).sending, item(&c, id).entry_version), (Some(Sending::Sent), Some(4)));
}

#[test]
fn a_file_of_which_nobody_may_have_been_told_goes_with_the_next_version() {
    let c = store();
    let id = shared(&c, "Titel", 1);
    let upload = tries(&c);
    done::uploaded(&c, upload.id, &serde_json::json!({"url": "mxc://a/b"})).expect("noted");
    let text = tries(&c);
    done::sent(&c, text.id, "$a", at(1)).expect("noted");
    let told = tries(&c).act;
    is_put_out(&c);
    assert_eq!(item(&c, id).sending, NOT_THERE);
    put_room(&c, &crate::trial::room(ROOM)).expect("let in");

    again::again(&c, id, new("to"), at(2)).expect("again");
    again::undo(&c, id).expect("called back");
    assert_eq!((item(&c, id).sending, pump(&c)), (NOT_THERE, vec![]), "nothing of it goes");
    again::again(&c, id, new("tre"), at(3)).expect("again");
    let edit = tries(&c);
    done::sent(&c, edit.id, "$b", at(3)).expect("noted");
    let again = tries(&c);
    assert_eq!(again.act, told, "the same is told of the same file");
    done::sent(&c, again.id, "$f", at(3)).expect("noted");
    assert_eq!((item(&c, id).sending, item(&c, id).files.len()), (Some(Sending::Sent), 1));
}

/// The vault is copied, and she signs in on the computer that it was copied to.
fn goes_on_with_a_copy(c: &Connection) {
    account::set_signed_out(c, true).expect("noted");
    done::copied(c).expect("noted");
    sign_in(c, KARLA);
}

#[test]
fn what_waits_in_a_copy_of_the_vault_waits_for_her_and_what_she_took_back_does_not() {
    let c = store();
    let taken_back = shared(&c, "Sendt", 0);
    pump(&c);
    let (theirs, _) = with_reply(&c);
    remove::item(&c, theirs).expect("removed");
    withdraw::item(&c, taken_back, at(2)).expect("taken back");
    let id = shared(&c, "Venter", 1);
    goes_on_with_a_copy(&c);

    let done = pump(&c);
    assert!(done.len() == 2 && done.iter().all(|done| done.starts_with("redact")), "{done:?}");
    assert_eq!(item(&c, id).sending, Some(Sending::Failed { trouble: Trouble::FromCopy }));
    let row = queue::rows(&c, at(3)).expect("rows").remove(0);
    queue::retry(&c, row.id).expect("she wants it");
    assert_eq!(pump(&c).len(), 3, "upload, text, file");
    assert_eq!(item(&c, id).sending, Some(Sending::Sent));
}

#[test]
fn what_is_given_up_in_a_copy_of_the_vault_is_taken_back_where_it_was_sent_meanwhile() {
    let c = store();
    shared(&c, "Titel", 0);
    let sent = queue::next(&c, at(1)).expect("jobs").remove(0);
    goes_on_with_a_copy(&c);
    gives_up(&c);
    assert!(pump(&c).iter().all(|done| !done.contains("Titel")), "nothing of it leaves from here");
    comes_back(&c, "$fra-den-anden", &sent);
    assert_eq!(pump(&c), ["redact $fra-den-anden"]);
}

#[test]
fn what_was_sent_where_the_copy_was_made_asks_her_nothing_once_it_comes_back() {
    let c = store();
    let id = shared(&c, "Titel", 0);
    let sent = queue::next(&c, at(1)).expect("jobs").remove(0);
    goes_on_with_a_copy(&c);
    comes_back(&c, "$fra-den-anden", &sent);
    assert_eq!((item(&c, id).sending, pump(&c)), (Some(Sending::Sent), vec![]));
    assert_eq!(queue::rows(&c, at(5)).expect("rows"), []);
}

#[test]
fn an_ordinary_sign_out_stops_nothing_of_what_waits() {
    let c = store();
    shared(&c, "Titel", 0);
    account::set_signed_out(&c, true).expect("noted");
    sign_in(&c, KARLA);
    assert_eq!(pump(&c).len(), 1);
}
