//! What was stopped, or given a wrong time, and goes on.

use fristed_base::Moment;
use rusqlite::Connection;

use super::{done, queue};
use crate::feed::page;
use crate::model::{Job, NewShare, Sending, Trouble};
use crate::table::{memory, peer, peer_identity, room};
use crate::trial::{BO, METTE, ROOM, at, begin, new_share, peers};
use crate::wish::share;

/// Longer than any pause.
const DAY: i64 = 86_400_000;

/// Karla has shared something that is not tried before this moment.
fn shared(not_before: Option<Moment>) -> Connection {
    let c = memory();
    begin(&c);
    let new = NewShare { not_before, ..new_share("Om løn", "tekst", 0) };
    share::share(&c, new, at(0)).expect("shared");
    c
}

/// A moment as the store gives it back.
fn kept(millis: i64) -> Moment {
    at(millis).date_time().to_utc().into()
}

fn next(c: &Connection, now: i64) -> Option<Job> {
    queue::next(c, at(now)).expect("jobs").pop()
}

fn sending(c: &Connection, now: i64) -> Sending {
    let row = queue::rows(c, at(now)).expect("rows").remove(0);
    let shown = page::one(c, row.item.expect("a thing"), at(now)).expect("it").sending;
    assert_eq!(shown.as_ref(), Some(&row.sending), "the feed says the same");
    row.sending
}

/// It is tried, and fails.
fn fails(c: &Connection, trouble: Trouble, retry: Option<Moment>) {
    let job = next(c, 1).expect("due");
    assert!(done::begun(c, &job, &[]).expect("begun"));
    done::failed(c, job.id, trouble, retry).expect("noted");
}

/// These are in the network, and nobody else is.
fn are_here(c: &Connection, users: &[&str]) {
    let peers = peers(users);
    let no = room::no_of(c, ROOM).expect("the room");
    peer::put_all(c, no, &peers).expect("kept");
    queue::left(c, no, &peers).expect("noted");
}

fn changes(c: &Connection, user: &str) {
    peer_identity::put(c, user, "nøgle").expect("known");
    peer_identity::set_changed(c, user).expect("changed");
}

#[test]
fn what_changed_identities_stop_is_tried_once_when_the_last_of_them_has_left() {
    let c = shared(None);
    are_here(&c, &[METTE, BO, "@pia:anden.dk"]);
    changes(&c, METTE);
    changes(&c, BO);
    fails(&c, Trouble::IdentityChanged, None);
    are_here(&c, &[METTE, BO]);
    assert_eq!(next(&c, 1), None, "Pia stopped nothing");
    are_here(&c, &[BO]);
    assert_eq!(next(&c, 1), None, "Bo still does");
    are_here(&c, &[]);
    assert!(next(&c, 1).is_some(), "nobody does");
}

#[test]
fn nothing_else_is_tried_anew_when_somebody_has_left() {
    let c = shared(None);
    are_here(&c, &[METTE, BO]);
    fails(&c, Trouble::IdentityChanged, None);
    are_here(&c, &[METTE]);
    are_here(&c, &[METTE]);
    assert_eq!(next(&c, 1), None, "nobody is known to have changed, so it would stop again");

    let c = shared(None);
    are_here(&c, &[METTE, BO]);
    changes(&c, BO);
    fails(&c, Trouble::TooLarge, None);
    are_here(&c, &[METTE]);
    assert_eq!(next(&c, 1), None, "it is as large as before");
}

#[test]
fn what_was_shared_while_the_clock_was_ahead_goes_once_it_is_right() {
    let c = shared(Some(at(DAY + 10_000)));
    assert_eq!(next(&c, DAY), None, "it can be called back for ten seconds");
    assert_eq!(sending(&c, DAY), Sending::Undoable { until: kept(DAY + 10_000) });
    assert_eq!(sending(&c, 0), Sending::Waiting { next_try: None, trouble: None });
    assert!(next(&c, 0).is_some(), "nobody waits a day");
}

#[test]
fn what_failed_while_the_clock_was_ahead_is_tried_again_and_its_pauses_are_kept_from_then_on() {
    let c = shared(Some(at(DAY)));
    fails(&c, Trouble::Offline, Some(at(DAY + 4_000)));
    let trouble = Some(Trouble::Offline);
    assert_eq!(sending(&c, 1), Sending::Waiting { next_try: None, trouble });
    fails(&c, Trouble::Offline, Some(at(600_001)));
    assert_eq!(next(&c, 1), None, "the longest pause that a server may ask for");
    assert_eq!(sending(&c, 1), Sending::Waiting { next_try: Some(kept(600_001)), trouble });
    assert!(next(&c, 600_001).is_some());
}
