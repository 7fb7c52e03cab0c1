//! Random wishes against a server that answers, does not answer, or answers too late.

use std::collections::{BTreeSet, HashMap};

use fristed_base::ItemId;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{done, queue};
use crate::content::{Read, Relation, read};
use crate::log;
use crate::model::{
    Act, Incoming, Job, Lang, NewShare, NewVersion, PeerState, Sending, Sign, Trouble, What,
};
use crate::table::{at as table_at, room};
use crate::trial::{BO, KARLA, METTE, ROOM, at, begin, new_share, subject};
use crate::wish::{again, say, share, withdraw};

#[derive(Debug, Clone)]
enum Deed {
    Share {
        files: usize,
        long: bool,
    },
    Again(prop::sample::Index),
    Undo(prop::sample::Index),
    Reply(prop::sample::Index),
    React(prop::sample::Index, bool),
    Withdraw(prop::sample::Index),
    /// Somebody comes into the network, or leaves it.
    Moves(&'static str),
    /// The leader lets those read too about whom she is asked.
    LetRead(prop::sample::Index),
    Answered,
    /// It arrives, and the answer is lost; the program notices, or was killed.
    AnswerLost {
        noticed: bool,
    },
    NotArrived {
        for_ever: bool,
    },
    /// The vault is copied, and she goes on with the copy.
    Copied,
    /// What arrived comes back; with its transaction id, or without.
    Echo {
        with_txn: bool,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<prop::sample::Index>;
    prop_oneof![
        (0..3_usize, 0..6_u8).prop_map(|(files, long)| Deed::Share { files, long: long == 0 }),
        which().prop_map(Deed::Again),
        which().prop_map(Deed::Undo),
        which().prop_map(Deed::Reply),
        (which(), any::<bool>()).prop_map(|(of, given)| Deed::React(of, given)),
        which().prop_map(Deed::Withdraw),
        prop_oneof![Just(METTE), Just(BO)].prop_map(Deed::Moves),
        which().prop_map(Deed::LetRead),
        Just(Deed::Answered),
        Just(Deed::Answered),
        Just(Deed::Answered),
        any::<bool>().prop_map(|noticed| Deed::AnswerLost { noticed }),
        any::<bool>().prop_map(|for_ever| Deed::NotArrived { for_ever }),
        Just(Deed::Copied),
        any::<bool>().prop_map(|with_txn| Deed::Echo { with_txn }),
    ]
}

struct Event {
    id: String,
    /// When it came, by the server's clock.
    at: i64,
    txn: String,
    event_type: String,
    content: Value,
    redacted: bool,
}

/// A server that makes one event of a transaction id, as the specification asks of it.
#[derive(Default)]
struct Server {
    events: Vec<Event>,
    redactions: u32,
}

impl Server {
    fn does(&mut self, job: &Job) -> String {
        match &job.act {
            Act::Upload { bytes, .. } => {
                assert!(!bytes.is_empty());
                String::new()
            }
            Act::Redact { event } => {
                let found = self.events.iter_mut().find(|one| one.id == *event);
                found.expect("what is redacted was sent").redacted = true;
                self.redactions += 1;
                format!("$r{}", self.redactions)
            }
            Act::Send { event_type, content } => {
                if let Some(known) = self.events.iter().find(|one| one.txn == job.txn) {
                    return known.id.clone();
                }
                let arrived = self.events.len();
                let id = format!("$e{arrived}");
                let (event_type, content) = (event_type.clone(), content.clone());
                let txn = job.txn.clone();
                self.events.push(Event {
                    id: id.clone(),
                    at: at(8).millis() + i64::try_from(arrived).expect("few"),
                    txn,
                    event_type,
                    content,
                    redacted: false,
                });
                id
            }
        }
    }

    fn echo(&self, with_txn: bool) -> Vec<Incoming> {
        let incoming = |one: &Event| {
            let (event_type, content) = (one.event_type.clone(), one.content.clone());
            let what = if one.redacted {
                What::Redacted { by: Some(KARLA.into()), at: at(9).millis() }
            } else {
                What::Clear { event_type, content, txn: with_txn.then(|| one.txn.clone()) }
            };
            Incoming { event: one.id.clone(), sender: KARLA.into(), at: one.at, what }
        };
        self.events.iter().rev().map(incoming).collect()
    }
}

/// A thing as the leader wished it.
struct Wished {
    id: ItemId,
    /// The texts of its versions, the last being the one that counts.
    texts: Vec<String>,
    gone: bool,
}

struct World {
    c: Connection,
    server: Server,
    wished: Vec<Wished>,
    texts: u32,
    clock: i64,
    /// Who is in the network beside the leader.
    here: BTreeSet<String>,
    /// Who may read each text.
    may_read: HashMap<String, BTreeSet<String>>,
}

impl World {
    fn text(&mut self) -> String {
        self.texts += 1;
        format!("zqkanarie{:04}xj", self.texts)
    }

    fn readers(&self) -> Vec<String> {
        self.here.iter().cloned().collect()
    }

    /// The next that may be tried.
    fn job(&self) -> Option<Job> {
        loop {
            let job = queue::next(&self.c, at(self.clock)).expect("jobs").pop()?;
            if done::begun(&self.c, &job, &self.readers()).expect("begun") {
                self.is_for_those_who_are_here(&job);
                return Some(job);
            }
        }
    }

    /// Nobody reads a text without the leader's leave.
    fn is_for_those_who_are_here(&self, job: &Job) {
        let Act::Send { content, .. } = &job.act else { return };
        let content = content.to_string();
        for (text, readers) in &self.may_read {
            assert!(
                !content.contains(text) || readers.is_superset(&self.here),
                "{text} is for {readers:?} and not for {:?}",
                self.here
            );
        }
    }

    fn let_read(&mut self, row: &crate::model::OutboxRow) {
        let Sending::Asks { newcomers } = &row.sending else { return };
        queue::let_read(&self.c, row.id, newcomers).expect("let");
        let of = self.wished.iter().find(|one| Some(one.id) == row.item).expect("a thing of hers");
        for text in &of.texts {
            self.may_read.entry(text.clone()).or_default().extend(newcomers.iter().cloned());
        }
    }

    fn answered(&mut self) -> bool {
        let Some(job) = self.job() else { return false };
        let answer = self.server.does(&job);
        if matches!(job.act, Act::Upload { .. }) {
            done::uploaded(&self.c, job.id, &json!({"url": "mxc://a/b"})).expect("noted");
        } else {
            done::sent(&self.c, job.id, &answer, at(self.clock)).expect("noted");
        }
        true
    }

    fn echo(&self, with_txn: bool) {
        let no = room::no_of(&self.c, ROOM).expect("the room");
        log::take(&self.c, no, &self.server.echo(with_txn)).expect("taken");
    }

    fn live(&self, of: &prop::sample::Index) -> Option<usize> {
        let live: Vec<usize> = (0..self.wished.len()).filter(|at| !self.wished[*at].gone).collect();
        (!live.is_empty()).then(|| *of.get(&live))
    }

    fn does(&mut self, deed: &Deed) {
        self.clock += 1;
        let now = at(self.clock);
        match deed {
            Deed::Share { files, long } => {
                let text = self.text();
                let body =
                    if *long { format!("{}{text}", "ord ".repeat(20_000)) } else { text.clone() };
                let new = new_share(&text, &body, *files);
                let new = NewShare { readers: Some(self.readers()), ..new };
                self.may_read.insert(text.clone(), self.here.clone());
                let (_, id) = share::share(&self.c, new, now).expect("shared");
                self.wished.push(Wished { id, texts: vec![text], gone: false });
            }
            Deed::Again(of) => {
                let Some(of) = self.live(of) else { return };
                let text = self.text();
                let subject = subject(&text, &text);
                let new = NewVersion {
                    subject,
                    entry_version: None,
                    excerpt: false,
                    lang: Lang::Danish,
                    not_before: None,
                    readers: Some(self.readers()),
                };
                self.may_read.insert(text.clone(), self.here.clone());
                if again::again(&self.c, self.wished[of].id, new, now).is_ok() {
                    self.wished[of].texts.push(text);
                }
            }
            Deed::Undo(of) => {
                let Some(of) = self.live(of) else { return };
                let one = &mut self.wished[of];
                if again::undo(&self.c, one.id).is_ok() {
                    match crate::feed::page::one(&self.c, one.id, now) {
                        Ok(shown) => {
                            let at = one.texts.iter().position(|text| *text == shown.title);
                            one.texts.truncate(at.expect("an earlier one") + 1);
                        }
                        Err(_) => one.gone = true,
                    }
                }
            }
            Deed::Reply(of) => {
                let Some(of) = self.live(of) else { return };
                let text = self.text();
                if let Ok(id) = say::reply(&self.c, self.wished[of].id, &text, now) {
                    self.wished.push(Wished { id, texts: vec![text], gone: false });
                }
            }
            Deed::React(of, given) => {
                let Some(of) = self.live(of) else { return };
                drop(say::react(&self.c, self.wished[of].id, Sign::Talk, *given, now));
            }
            Deed::Withdraw(of) => {
                let Some(of) = self.live(of) else { return };
                withdraw::item(&self.c, self.wished[of].id, now).expect("withdrawn");
                self.wished[of].gone = true;
            }
            Deed::Moves(who) => {
                if !self.here.remove(*who) {
                    self.here.insert((*who).to_owned());
                }
                let peer = |user: &String| PeerState {
                    user: user.clone(),
                    name: String::new(),
                    invited: false,
                    asking: false,
                    organiser: false,
                };
                let peers: Vec<PeerState> = self.here.iter().map(peer).collect();
                let no = room::no_of(&self.c, ROOM).expect("the room");
                queue::left(&self.c, no, &peers).expect("noted");
            }
            Deed::LetRead(of) => {
                let rows = queue::rows(&self.c, now).expect("rows");
                if !rows.is_empty() {
                    self.let_read(of.get(&rows));
                }
            }
            Deed::Answered => {
                self.answered();
            }
            Deed::AnswerLost { noticed } => {
                let Some(job) = self.job() else { return };
                self.server.does(&job);
                if *noticed {
                    done::failed(&self.c, job.id, Trouble::Offline, Some(now)).expect("noted");
                }
            }
            Deed::NotArrived { for_ever } => {
                let Some(job) = self.job() else { return };
                let retry = (!for_ever).then_some(now);
                done::failed(&self.c, job.id, Trouble::Refused, retry).expect("noted");
            }
            Deed::Copied => done::copied(&self.c).expect("noted"),
            Deed::Echo { with_txn } => self.echo(*with_txn),
        }
    }

    /// Everything is tried again until nothing is left to do.
    fn settle(&mut self) {
        // A wish may be stopped, and then ask, at each of its steps.
        for round in 0..40 {
            for row in queue::rows(&self.c, at(self.clock)).expect("rows") {
                queue::retry(&self.c, row.id).expect("tried again");
            }
            let mut steps = 0;
            while self.answered() {
                steps += 1;
                assert!(steps < 1_000, "it comes to an end");
            }
            for row in queue::rows(&self.c, at(self.clock)).expect("rows") {
                self.let_read(&row);
            }
            self.echo(true);
            if round > 1 && queue::rows(&self.c, at(self.clock)).expect("rows").is_empty() {
                break;
            }
        }
        assert_eq!(queue::rows(&self.c, at(self.clock)).expect("rows"), []);
    }

    /// How many originals, and how many events at all, at the server tell of this text.
    fn told(&self, text: &str) -> (usize, usize) {
        let mut told = (0, 0);
        for one in self.server.events.iter().filter(|one| !one.redacted) {
            if one.content.to_string().contains(text) {
                told.1 += 1;
                let read = read(&one.event_type, &one.content);
                let original = !matches!(&read, Read::Whole { relation: Relation::Edit(_), .. });
                told.0 += usize::from(original);
            }
        }
        told
    }
}

/// Lives through what happens until nothing is left to do, and looks at what is there then.
fn lived_through(deeds: &[Deed]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    let c = table_at(&path);
    begin(&c);
    let (wished, server) = (Vec::new(), Server::default());
    let (here, may_read) = (BTreeSet::from([METTE.to_owned()]), HashMap::new());
    let mut world = World { c, server, wished, texts: 0, clock: 0, here, may_read };
    for deed in deeds {
        world.does(deed);
    }
    world.settle();

    let bytes = std::fs::read(&path).expect("the store");
    let kept = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
    for one in &world.wished {
        for text in &one.texts {
            if one.gone {
                prop_assert_eq!(world.told(text), (0, 0), "{} is at the server", text);
                prop_assert!(!kept(text), "{} is in the store", text);
            }
        }
        if let (false, Some(last)) = (one.gone, one.texts.last()) {
            prop_assert_eq!(world.told(last).1, 1, "{} is told once", last);
            let originals: usize = one.texts.iter().map(|text| world.told(text).0).sum();
            prop_assert_eq!(originals, 1, "{} has one original", last);
            let shown = crate::feed::page::one(&world.c, one.id, at(world.clock)).expect("shown");
            prop_assert!(shown.body.ends_with(last), "{} is shown", last);
        }
    }
    Ok(())
}

#[test]
fn of_two_new_versions_the_later_counts_though_this_clock_is_ahead_of_the_servers() {
    let mut runner = TestRunner::deterministic();
    let only = any::<prop::sample::Index>().new_tree(&mut runner).expect("an index").current();
    let mut deeds = vec![Deed::Share { files: 0, long: false }, Deed::Answered];
    deeds.extend(vec![Deed::Echo { with_txn: true }; 9]);
    deeds.extend([
        Deed::Again(only),
        Deed::Answered,
        Deed::Again(only),
        Deed::AnswerLost { noticed: true },
        Deed::Echo { with_txn: true },
    ]);
    lived_through(&deeds).expect("the later one is shown");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn every_wish_is_carried_out_once_and_nothing_is_left_of_what_was_taken_back(
        deeds in proptest::collection::vec(deed(), 1..40),
    ) {
        lived_through(&deeds)?;
    }
}
