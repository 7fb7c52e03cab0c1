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
    let not_there = Some(Sending::Failed { trouble: Trouble::NotThere });
    assert_eq!(item(&c, id).sending, not_there, "and nothing says that it is");
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
