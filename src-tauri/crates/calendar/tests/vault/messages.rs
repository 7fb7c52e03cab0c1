//! Invitations and answers: who may change what (RFC 5546, threat 67).

use fristed_calendar::ical::{PartStat, Status};
use fristed_calendar::{CalendarError, FilePlan, Message, MessageKind, Refusal};

use crate::trial::{HERE, Trial, now};

const KARLA: &str = "karla@skolen.example";

/// A message about the kick-off of 10 March.
fn message(method: &str, lines: &[&str]) -> FilePlan {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Outlook//\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n\
         UID:kickoff@kommunen\r\nDTSTART;TZID=W. Europe Standard Time:20260310T090000\r\n\
         DTEND;TZID=W. Europe Standard Time:20260310T120000\r\nSUMMARY:Netværk: opstart\r\n\
         X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    FilePlan::read(text.as_bytes()).expect("a message")
}

const ORGANIZER: &str = "ORGANIZER;CN=Bo Berg:mailto:bo@kommunen.example";
const INVITED: &str =
    "ATTENDEE;CN=Karla;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;X-NUM=7:mailto:Karla@skolen.example";
const METTE: &str = "ATTENDEE;CN=Mette;PARTSTAT=NEEDS-ACTION:mailto:mette@skolen.example";

fn request(sequence: u32) -> FilePlan {
    let stamp = format!("DTSTAMP:2026010{}T120000Z", sequence + 1);
    message("REQUEST", &[ORGANIZER, INVITED, METTE, &stamp, &format!("SEQUENCE:{sequence}")])
}

fn preview(karla: &Trial, plan: &FilePlan) -> Message {
    karla.open.message_preview(plan, HERE).expect("a preview").expect("a message")
}

fn accepts(
    karla: &Trial,
    plan: &FilePlan,
    answer: PartStat,
) -> Result<Option<String>, CalendarError> {
    let you = (answer, Some(KARLA));
    karla.open.message_accept(plan, karla.work, you, HERE, now()).map(|(_, reply)| reply)
}

#[test]
fn an_invitation_is_taken_in_and_answered() {
    let karla = Trial::new();
    let network = karla.network();
    let shown = preview(&karla, &request(0));
    assert_eq!((shown.kind, shown.refused), (MessageKind::Request, None));
    assert_eq!(shown.network, Some(network), "its title fits the network's rule");
    assert_eq!(shown.you, None, "two are invited, and nobody said which is Karla");
    let reply = accepts(&karla, &request(0), PartStat::Accepted).expect("in").expect("an answer");
    assert!(reply.contains("METHOD:REPLY"), "{reply}");
    assert!(reply.contains("PARTSTAT=ACCEPTED"), "{reply}");
    assert!(reply.contains("ORGANIZER;CN=Bo Berg:mailto:bo@kommunen.example"), "{reply}");
    assert!(!reply.contains("mette@"), "who else is invited is not told back: {reply}");
    let seen = karla.on("2026-03-10");
    assert_eq!((seen.reply, &*seen.title), (Some(PartStat::Accepted), "Netværk: opstart"));
    assert_eq!(preview(&karla, &request(1)).you.as_deref(), Some("Karla@skolen.example"));
    let text = karla.open.export(None, Some(seen.event)).expect("its text");
    assert!(text.contains("X-NUM=7"), "every other parameter is kept: {text}");
}

#[test]
fn an_update_changes_and_an_old_one_does_not() {
    let karla = Trial::new();
    accepts(&karla, &request(1), PartStat::NeedsAction).expect("in");
    let late = preview(&karla, &request(0));
    assert_eq!((late.kind, late.refused), (MessageKind::Update, Some(Refusal::OutOfDate)));
    assert!(matches!(
        accepts(&karla, &request(0), PartStat::Accepted),
        Err(CalendarError::Refused)
    ));
    assert_eq!(preview(&karla, &request(2)).refused, None);
    accepts(&karla, &request(2), PartStat::Declined).expect("in");
    assert_eq!(karla.on("2026-03-10").reply, Some(PartStat::Declined));
}

#[test]
fn only_the_organiser_calls_it_off() {
    let karla = Trial::new();
    let cancel = |organizer: &str| message("CANCEL", &[organizer, "SEQUENCE:1"]);
    assert_eq!(preview(&karla, &cancel(ORGANIZER)).refused, Some(Refusal::UnknownEvent));
    accepts(&karla, &request(0), PartStat::Accepted).expect("in");
    let stranger = cancel("ORGANIZER:mailto:mallory@andetsteds.example");
    assert_eq!(preview(&karla, &stranger).refused, Some(Refusal::NotFromOrganizer));
    assert!(accepts(&karla, &stranger, PartStat::NeedsAction).is_err());
    let nobody = cancel("COMMENT:aflyst");
    assert_eq!(preview(&karla, &nobody).refused, Some(Refusal::NotFromOrganizer));
    assert_eq!(karla.on("2026-03-10").status, Status::Confirmed);
    accepts(&karla, &cancel(ORGANIZER), PartStat::NeedsAction).expect("called off");
    assert_eq!(karla.on("2026-03-10").status, Status::Cancelled, "it stays, and says so");
}

#[test]
fn an_answer_counts_only_from_somebody_invited() {
    let karla = Trial::new();
    let reply = |who: &str, sequence: &str| {
        let who = format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}");
        message("REPLY", &[ORGANIZER, &who, sequence, "DTSTAMP:20260201T120000Z"])
    };
    accepts(&karla, &request(1), PartStat::NeedsAction).expect("in");
    let stranger = preview(&karla, &reply("mallory@andetsteds.example", "SEQUENCE:1"));
    assert_eq!((stranger.kind, stranger.refused), (MessageKind::Reply, Some(Refusal::NotInvited)));
    let late = preview(&karla, &reply("mette@skolen.example", "SEQUENCE:0"));
    assert_eq!(late.refused, Some(Refusal::OutOfDate));
    let mette = reply("mette@skolen.example", "SEQUENCE:1");
    assert_eq!(preview(&karla, &mette).from.map(|a| a.partstat), Some(PartStat::Accepted));
    accepts(&karla, &mette, PartStat::NeedsAction).expect("counted");
    let event = karla.on("2026-03-10").event;
    let all = karla.open.event(event, None, HERE).expect("it").summary.attendees;
    let coming = all.iter().filter(|a| a.partstat == PartStat::Accepted).count();
    assert_eq!(coming, 1);
}

#[test]
fn a_proposal_is_shown_and_changes_nothing() {
    let karla = Trial::new();
    accepts(&karla, &request(0), PartStat::NeedsAction).expect("in");
    let counter = message("COUNTER", &[ORGANIZER, METTE, "SEQUENCE:0"]);
    let shown = preview(&karla, &counter);
    assert_eq!((shown.kind, shown.refused), (MessageKind::Counter, None));
    assert!(matches!(
        accepts(&karla, &counter, PartStat::NeedsAction),
        Err(CalendarError::Refused)
    ));
}

#[test]
fn whoever_is_not_invited_cannot_answer() {
    let karla = Trial::new();
    let you = (PartStat::Accepted, Some("nogen@andetsteds.example"));
    let refused = karla.open.message_accept(&request(0), karla.work, you, HERE, now());
    assert!(matches!(refused, Err(CalendarError::NotInvited)));
    assert!(karla.shows("2026-03-10", "2026-03-10").is_empty(), "and nothing came in");
}

#[test]
fn an_invitation_can_be_answered_later_for_one_occurrence() {
    let karla = Trial::new();
    let weekly =
        message("REQUEST", &[ORGANIZER, INVITED, METTE, "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:0"]);
    accepts(&karla, &weekly, PartStat::Accepted).expect("in");
    let second = karla.on("2026-03-17");
    let key = crate::trial::key(&second);
    let of = (second.event, key.as_deref());
    let answer = (PartStat::Declined, None);
    let reply = karla.open.reply(of, answer, HERE, now()).expect("an answer");
    assert!(reply.contains("RECURRENCE-ID") && reply.contains("DECLINED"), "{reply}");
    assert!(!reply.contains("RRULE:FREQ=WEEKLY"), "{reply}");
    assert_eq!(karla.on("2026-03-17").reply, Some(PartStat::Declined));
    assert_eq!(karla.on("2026-03-24").reply, Some(PartStat::Accepted), "the others stay");
}
