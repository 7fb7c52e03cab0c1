//! Meetings that are called once more, for those who came last, and meetings that are taken back.

use fristed_base::ItemId;
use fristed_calendar::MeetingText;
use fristed_calendar::ical::Status;

use super::{ROOM, USERS, World, at, peers};
use crate::wire::calendar::Reply;
use crate::wire::sharing::ItemState;

#[test]
fn whoever_came_after_the_call_is_called_too_and_what_was_answered_stays() {
    let world = World::new();
    let World { karla, bo, mette, .. } = &world;
    let (_, meeting) = karla.meets();
    let meeting = meeting.to_string();
    peers(&karla.sharing(), &USERS[..2]);
    world.not_in_it_yet.set(Some(mette.user));
    let first = karla.fristed.meeting_publish(&meeting, ROOM, at(2)).expect("called");
    world.goes_round();
    bo.fristed.meeting_answer(&bo.called().0, Reply::Accepted, at(10)).expect("an answer");
    world.goes_round();
    assert!(mette.feed().is_empty(), "she is not in it yet");

    world.not_in_it_yet.set(None);
    peers(&karla.sharing(), &USERS);
    let again = karla.fristed.meeting_publish(&meeting, ROOM, at(20)).expect("called anew");
    assert_ne!(again.id, first.id, "an edit would not reach her");
    world.goes_round();
    for leader in world.all() {
        let (_, shown) = leader.called();
        assert_eq!(leader.sees(), [("Netværksmøde".to_owned(), Status::Confirmed)]);
        if leader.user != mette.user {
            assert_eq!(shown.answers[0].reply, Some(Reply::Accepted), "{}", leader.user);
            assert_eq!(leader.who_comes(), (1, 1), "{}", leader.user);
        }
    }
    assert_eq!(bo.called().1.mine, Some(Reply::Accepted));

    mette.fristed.meeting_answer(&mette.called().0, Reply::Declined, at(30)).expect("hers");
    world.goes_round();
    assert_eq!(karla.who_comes(), (1, 0));
    let third = karla.fristed.meeting_publish(&meeting, ROOM, at(40)).expect("told");
    assert_eq!(third.id, again.id, "everybody has it");
}

#[test]
fn a_meeting_that_is_taken_back_goes_from_the_others_calendars_and_not_from_her_own() {
    let world = World::new();
    let World { karla, bo, mette, .. } = &world;
    let (_, meeting) = karla.meets();
    let item = karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(2)).expect("called");
    world.goes_round();
    let calendar = bo.fristed.calendar().expect("open");
    let prepared = calendar.network(bo.network, super::Copenhagen, at(3)).expect("it").coming[0].id;
    let text = MeetingText { aim: "Spørg om vikarer".into(), ..MeetingText::default() };
    let text = MeetingText { version: 1, ..text };
    calendar.meeting_save(prepared, &text).expect("saved");

    karla.fristed.withdraw(&item.id, at(20)).expect("taken back");
    world.goes_round();
    for reader in [bo, mette] {
        assert_eq!(reader.sees(), [], "{}", reader.user);
        assert!(matches!(reader.feed()[0].state, ItemState::Withdrawn { .. }));
    }
    let left = calendar.meeting(prepared, super::Copenhagen).expect("what he prepared");
    assert_eq!((left.text.aim.as_str(), left.row.title.as_str()), ("Spørg om vikarer", ""));
    assert!(left.row.detached && left.row.location.is_empty());
    let of_mette = mette.fristed.calendar().expect("open");
    let hers = of_mette.network(mette.network, super::Copenhagen, at(30)).expect("her network");
    assert!(hers.coming.is_empty(), "nothing of hers was in it");
    assert_eq!(karla.sees().len(), 1, "her own event is hers");

    let anew = karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(40)).expect("anew");
    world.goes_round();
    assert_ne!(anew.id, item.id);
    assert_eq!(mette.sees().len(), 1, "it is called again");
}

#[test]
fn a_meeting_whose_end_the_calendar_did_not_hear_of_goes_with_the_next_news() {
    let world = World::new();
    let World { karla, bo, .. } = &world;
    let (_, meeting) = karla.meets();
    karla.fristed.meeting_publish(&meeting.to_string(), ROOM, at(2)).expect("called");
    world.goes_round();
    let (item, _) = bo.called();
    let item: ItemId = item.parse().expect("an id");
    let event = bo.sharing().item(item, at(3)).expect("it").event.expect("it came");
    let what = fristed_network::What::Redaction { of: event, by_may_remove_others: false };
    let (sender, at_ms) = (karla.user.to_owned(), at(4).millis());
    let gone = fristed_network::Incoming { event: "$slut".into(), sender, at: at_ms, what };
    bo.sharing().take(ROOM, &[gone], None).expect("taken");
    assert_eq!(bo.sees().len(), 1, "the program ended between the two");
    bo.is_told(&super::News::Changed);
    assert_eq!(bo.sees(), []);
}
