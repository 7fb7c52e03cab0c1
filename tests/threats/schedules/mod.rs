//! 60, and that nothing is lost, doubled or told to anybody else: two leaders share, reply, give
//! signs and take back through networks that do their worst, and their programs are killed.
//!
//! A schedule is drawn from its seed. Once it is over the networks are calm, both programs run, and
//! nothing waits any more; then each has exactly what the other wishes her to have. A schedule that
//! fails is lived through again with `FRISTED_SEEDS=17..18`; the seed gives the same deeds, though
//! not the same instants.

mod leader;
mod weather;

use std::ops::Range;
use std::time::{Duration, Instant};

use fristed_tests::synapse::Synapse;
use fristed_tests::{Chance, canary, rounds};
use serde_json::json;

use leader::Leader;

/// Words that stand in every text of a schedule.
const CANARY: &str = "Nattergalen 4711 i hækken";
/// The names of their networks, which are no secret to their server.
const NETWORK: &str = "Skolelederne i Nord";
/// How many schedules the same two leaders live through, each in a room of its own.
const EACH: usize = 10;
/// How many deeds a schedule has.
const DEEDS: u64 = 16;
/// The longest time after which a program is killed that was told something.
const WITHIN: Duration = Duration::from_millis(400);

/// After how long it is told what is seen while something is waited for.
const LONG: Duration = Duration::from_secs(60);

fn seeds() -> Range<u64> {
    match std::env::var("FRISTED_SEEDS") {
        Ok(range) => {
            let ends = range.split_once("..").expect("two numbers with .. between them");
            let [from, to] = [ends.0, ends.1].map(|end| end.parse().expect("a number"));
            from..to
        }
        Err(_) => 0..u64::from(rounds(4, 200)),
    }
}

/// Two leaders in one room.
struct Pair {
    leaders: [Leader; 2],
    room: String,
    chance: Chance,
    seed: u64,
    texts: u32,
    kills: u32,
}

#[test]
fn t60_through_any_weather_and_any_kill_each_wish_is_carried_out_once_and_nothing_is_told_to_others()
 {
    let server = Synapse::start();
    let all: Vec<u64> = seeds().collect();
    let mut kills = 0;
    for some in all.chunks(EACH) {
        let leaders =
            ["Karla", "Mette"].map(|name| Leader::of(&server, &format!("{name}{}", some[0])));
        let mut pair = Pair {
            leaders,
            room: String::new(),
            chance: Chance::new(0),
            seed: 0,
            texts: 0,
            kills: 0,
        };
        for seed in some {
            pair.lives_through(*seed, &server);
        }
        pair.leaves_no_trace(&server);
        kills += pair.kills;
    }
    println!("{} schedules, {kills} kills", all.len());
}

impl Pair {
    fn lives_through(&mut self, seed: u64, server: &Synapse) {
        println!("schedule {seed}");
        (self.seed, self.texts, self.chance) = (seed, 0, Chance::new(seed));
        let [karla, mette] = &mut self.leaders;
        self.room = karla.apart.founds(&format!("{NETWORK} {seed}"), &mut mette.apart);
        self.leaders.iter_mut().for_each(Leader::begins_anew);
        for _ in 0..DEEDS {
            let of = usize::try_from(self.chance.below(2)).expect("0 or 1");
            match self.chance.below(10) {
                0..6 => self.wishes(of),
                6 => weather::turns(&self.leaders[of].network, &mut self.chance),
                7 => self.is_killed(of),
                8 => self.locks_or_opens(of),
                _ => self.lets_time_pass(of),
            }
        }
        self.settles();
        self.sees_that_all_is_right(server);
    }

    fn text(&mut self) -> String {
        self.texts += 1;
        format!("{CANARY} s{}t{}x", self.seed, self.texts)
    }

    /// Makes sure that a leader can wish something: her program runs, and her vault is open.
    fn is_there(&mut self, of: usize) {
        let leader = &mut self.leaders[of];
        if !leader.apart.runs() {
            leader.apart.starts();
        } else if leader.locked {
            let _opened = leader.apart.does(json!({"do": "open"}));
        } else {
            return;
        }
        leader.locked = false;
        leader.sees_her_wishes(&self.room);
    }

    fn wishes(&mut self, of: usize) {
        self.is_there(of);
        let (drawn, other) = (self.chance.below(10), self.chance.next());
        let [title, text] = [self.text(), self.text()];
        let dies = self.chance.below(5) == 0;
        let after = dies.then(|| self.chance.up_to(WITHIN));
        let (leader, room) = (&mut self.leaders[of], self.room.as_str());
        let mut all = leader.sees(room);
        if drawn > 5 {
            all.retain(|it| it["sender"]["you"] == true && (drawn > 7 || it["entry"].is_string()));
        }
        let at = usize::try_from(other).unwrap_or_default().checked_rem(all.len());
        match (drawn, at.map(|at| &all[at])) {
            (0..4, _) => leader.shares(room, [&title, &text], after),
            (4, Some(item)) => leader.replies(room, item, &text, after),
            (5, Some(item)) => leader.reacts(room, item, after),
            (6 | 7, Some(item)) => leader.shares_again(room, item, &text, after),
            (8, Some(item)) => leader.undoes(room, item, after),
            (_, Some(item)) => leader.withdraws(room, item, after),
            (_, None) => return,
        }
        self.kills += u32::from(dies);
    }

    fn is_killed(&mut self, of: usize) {
        if self.leaders[of].apart.runs() {
            println!("  {} is killed", self.leaders[of].apart.name);
            self.leaders[of].apart.is_killed();
            self.kills += 1;
        }
        self.leaders[of].locked = false;
    }

    fn locks_or_opens(&mut self, of: usize) {
        if !self.leaders[of].apart.runs() || self.leaders[of].locked {
            return self.is_there(of);
        }
        println!("  {} locks", self.leaders[of].apart.name);
        let _locked = self.leaders[of].apart.does(json!({"do": "lock"}));
        self.leaders[of].locked = true;
    }

    /// The time in which something can be called back is over, and it is sent.
    fn lets_time_pass(&mut self, of: usize) {
        self.is_there(of);
        println!("  {} waits", self.leaders[of].apart.name);
        self.leaders[of].apart.waits(11);
        let _begun = self.leaders[of].apart.does(json!({"do": "send"}));
    }

    /// The networks are calm, both programs run, and nothing waits any more.
    fn settles(&mut self) {
        println!("  calm");
        for of in 0..2 {
            self.leaders[of].network.calms();
            self.is_there(of);
            self.leaders[of].apart.waits(600);
        }
        for leader in &mut self.leaders {
            leader.sends_everything();
        }
        // Whatever was sent before this is there once this is.
        for of in 0..2 {
            let [text, body] = [self.text(), self.text()];
            let leader = &mut self.leaders[of];
            leader.shares(&self.room, [&text, &body], None);
            leader.apart.waits(11);
            leader.sends_everything();
            let (room, other) = (self.room.clone(), &mut self.leaders[1 - of]);
            let begun = Instant::now();
            let mut told = false;
            other.apart.until("the last that the other shared", |apart| {
                let all = apart.does(json!({"do": "all", "room": room}));
                let all = all.as_array().expect("a feed");
                if begun.elapsed() > LONG && !told {
                    told = true;
                    for it in all {
                        println!("  {}: {} by {}", it["title"], it["state"], it["sender"]["user"]);
                    }
                }
                let waits = all.iter().any(|it| it["state"]["kind"] == "waiting");
                (!waits && all.iter().any(|it| it["title"] == text)).then_some(())
            });
        }
    }

    fn sees_that_all_is_right(&mut self, server: &Synapse) {
        for of in 0..2 {
            self.leaders[of].sees_her_wishes(&self.room);
            let wished = self.leaders[of].live();
            let user = self.leaders[of].user.clone();
            let reader = &mut self.leaders[1 - of];
            let seen = reader.sees_of(&user, &self.room);
            assert_eq!(seen, wished, "what the other sees of {user} (seed {})", self.seed);
            self.leaders[of].is_once_at_the_server(server, &self.room, self.seed);
        }
        let gone = self.leaders.iter().flat_map(Leader::gone).collect::<Vec<_>>();
        for reader in &mut self.leaders {
            for text in &gone {
                let word = text.rsplit(' ').next();
                let found = json!({"do": "findShared", "room": self.room, "words": word});
                assert_eq!(reader.apart.does(found), 0, "{text} is gone (seed {})", self.seed);
            }
        }
    }

    /// Neither the server, nor the way to it, nor a disk holds anything in clear.
    fn leaves_no_trace(&mut self, server: &Synapse) {
        assert!(!server.holds(NETWORK).is_empty(), "what is no secret is found");
        assert_eq!(server.holds(CANARY), Vec::<String>::new());
        for leader in &mut self.leaders {
            let way = [leader.network.asked(), leader.network.answered()].concat();
            assert!(!canary::found(&way, NETWORK).is_empty(), "what is no secret is found here");
            let found = canary::found(&way, CANARY);
            assert!(found.is_empty(), "on the way of {}: {found:?}", leader.apart.name);
            assert_eq!(leader.apart.traces_of(CANARY), Vec::<String>::new(), "while it runs");
            leader.apart.ends();
            assert_eq!(leader.apart.traces_of(CANARY), Vec::<String>::new(), "locked");
        }
    }
}
