//! Commitments: carried from meeting to meeting until they are closed.

use fristed_calendar::{CommitmentForm, CommitmentState, MemberForm, Promiser};

use crate::trial::{HERE, Trial, at, day, now};

fn mine(what: &str) -> CommitmentForm {
    CommitmentForm { who: Promiser::Me, what: what.into(), due: Some(day("2026-03-20")) }
}

#[test]
fn a_promise_is_carried_until_it_is_closed() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    let [first, second, third] =
        ["2026-03-03", "2026-03-17", "2026-03-31"].map(|on| karla.meets(network, on));
    let during = at("2026-03-03T11:00:00+01:00");
    let made = karla
        .open
        .commitment_add(network, Some(first), &mine("ringe til Bo"), during)
        .expect("promised");
    let promises = |meeting| karla.open.meeting(meeting, HERE).expect("it").my_promises;
    let is_promised = |meeting| karla.open.meeting(meeting, HERE).expect("it").row.parts.promised;

    let at_first = karla.open.meeting(first, HERE).expect("it");
    assert_eq!((at_first.made_here.len(), at_first.my_promises.len()), (1, 0));
    assert_eq!((promises(second).len(), promises(third).len()), (1, 1), "open, so it is carried");
    assert!(!is_promised(second) && is_promised(first));

    let closed = at("2026-03-18T09:00:00+01:00");
    karla.open.commitment_set_state(made.id, CommitmentState::Done, closed).expect("done");
    assert_eq!(promises(second).len(), 1, "it was open then");
    assert_eq!(promises(third).len(), 1, "and is told of as done since the last time");
    assert!(is_promised(third));
    karla.open.commitment_set_state(made.id, CommitmentState::Open, closed).expect("opened again");
    let early = at("2026-03-10T09:00:00+01:00");
    karla.open.commitment_set_state(made.id, CommitmentState::Dropped, early).expect("dropped");
    assert_eq!(promises(second).len(), 1);
    assert!(promises(third).is_empty(), "closed before the meeting between");
}

#[test]
fn what_it_was_is_kept() {
    let karla = Trial::new();
    let network = karla.network();
    let made = karla.open.commitment_add(network, None, &mine("ringe til Bo"), now()).expect("one");
    let later = CommitmentForm { due: Some(day("2026-04-01")), ..mine("ringe til Bo og Mette") };
    karla.open.commitment_change(made.id, &later, now()).expect("changed");
    karla.open.commitment_change(made.id, &later, now()).expect("the same again");
    let done =
        karla.open.commitment_set_state(made.id, CommitmentState::Done, now()).expect("done");
    let was: Vec<_> = done.history.iter().map(|h| (h.what.as_str(), h.due, h.state)).collect();
    assert_eq!(
        was,
        [
            ("ringe til Bo og Mette", later.due, CommitmentState::Open),
            ("ringe til Bo", Some(day("2026-03-20")), CommitmentState::Open)
        ],
        "latest first, and nothing where nothing changed"
    );
    assert!(done.closed.is_some());
    karla.open.commitment_delete(made.id).expect("deleted");
    assert!(karla.open.network(network, HERE, now()).expect("it").commitments.is_empty());
}

#[test]
fn others_promise_too_and_keep_their_name() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    let (first, second) = (karla.meets(network, "2026-03-03"), karla.meets(network, "2026-03-17"));
    let mette = karla
        .open
        .member_add(network, &MemberForm { name: "Mette Hansen".into(), ..MemberForm::default() })
        .expect("a member");
    let (form, name) = karla
        .open
        .commitment_parse(network, "Mette: sender årshjulet inden fredag", day("2026-03-03"))
        .expect("understood");
    assert_eq!(name, "Mette Hansen");
    assert_eq!((form.what.as_str(), form.due), ("sender årshjulet", Some(day("2026-03-06"))));
    karla.open.commitment_add(network, Some(first), &form, now()).expect("noted");
    let theirs = || karla.open.meeting(second, HERE).expect("it").their_promises;
    assert_eq!(theirs()[0].who_name, "Mette Hansen");
    karla.open.member_remove(mette.id).expect("gone");
    assert_eq!(theirs()[0].form.who, Promiser::Other("Mette Hansen".into()));
    assert_eq!(karla.open.meeting_touches(first).expect("it").commitments, 1);
    karla.open.meeting_delete(first).expect("deleted");
    assert_eq!(theirs().len(), 1, "it stays without its meeting");
}

#[test]
fn the_day_shows_what_is_due_and_what_comes() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    let next = karla.meets(network, "2026-03-17");
    for (what, due) in [("snart", "2026-03-09"), ("senere", "2026-05-01"), ("før", "2026-03-01")] {
        let form = CommitmentForm { due: Some(day(due)), ..mine(what) };
        karla.open.commitment_add(network, None, &form, now()).expect("promised");
    }
    let today = karla.open.network_day(day("2026-03-03"), HERE, now()).expect("the day");
    let due: Vec<&str> = today.due.iter().map(|one| one.form.what.as_str()).collect();
    assert_eq!((due, today.open), (vec!["før", "snart"], 3));
    assert_eq!(today.next.map(|row| row.id), Some(next));
}
