//! One of the two, and what she is owed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fristed_tests::apart::{Apart, Said};
use fristed_tests::interference::Interference;
use fristed_tests::synapse::Synapse;
use serde_json::{Value, json};

/// What may be refused where things are as they are.
const MAY_BE_REFUSED: [&str; 3] = ["notSent", "alreadySent", "notFound"];

/// What somebody shared: the title of each entry, or a reply's words, with the text it has; and what
/// she gave a sign to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    pub texts: BTreeMap<String, String>,
    pub signs: BTreeSet<String>,
}

/// A leader in a process of her own, with a network of her own.
pub struct Leader {
    pub apart: Apart,
    pub network: Interference,
    pub user: String,
    pub locked: bool,
    /// What it may be that she shared, by what her program said: more than one only after it was
    /// killed.
    may_be: Vec<Shared>,
    /// Every text that each of her things had.
    versions: BTreeMap<String, Vec<String>>,
    /// What she ever gave a sign to.
    signs: BTreeSet<String>,
}

impl Leader {
    pub fn of(server: &Synapse, name: &str) -> Self {
        let password = format!("{name}-Kastanje-Vinter");
        let user = server.user(&name.to_lowercase(), &password);
        let network = Interference::before(server.port());
        let mut apart = Apart::new(name);
        apart.signs_in(&network.url(), &password);
        let (may_be, versions, signs) = (vec![Shared::default()], BTreeMap::new(), BTreeSet::new());
        Self { apart, network, user, locked: false, may_be, versions, signs }
    }

    /// In a new room.
    pub fn begins_anew(&mut self) {
        self.may_be = vec![Shared::default()];
        self.versions.clear();
        self.signs.clear();
    }

    /// What is whole in the feed.
    pub fn sees(&mut self, room: &str) -> Vec<Value> {
        let all = self.apart.does(json!({"do": "all", "room": room}));
        let all = all.as_array().expect("a feed").iter();
        all.filter(|it| it["state"]["kind"] == "whole").cloned().collect()
    }

    /// What is there of somebody's.
    pub fn sees_of(&mut self, user: &str, room: &str) -> Shared {
        shared_by(user, &self.sees(room))
    }

    /// What she is owed, once it is known.
    pub fn live(&self) -> Shared {
        let [one] = &self.may_be[..] else { panic!("{:?}", self.may_be) };
        one.clone()
    }

    /// Texts that nobody shall have any more.
    pub fn gone(&self) -> Vec<String> {
        let live = self.live().texts;
        let all = self.versions.iter().flat_map(|(key, texts)| std::iter::once(key).chain(texts));
        let is_live = |text: &String| live.iter().any(|(key, now)| text == key || text == now);
        all.filter(|text| !is_live(text)).cloned().collect()
    }

    /// Her program was killed: what it acknowledged is there, and nothing that was not wished.
    pub fn sees_her_wishes(&mut self, room: &str) {
        // Both from one look: what another takes back may go at any instant.
        let all = self.sees(room);
        let whole: BTreeSet<String> = all.iter().map(key).collect();
        let seen = shared_by(&self.user, &all);
        // What others took back has no signs that can be seen.
        for may_be in &mut self.may_be {
            may_be.signs.retain(|key| whole.contains(key));
        }
        assert!(self.may_be.contains(&seen), "{seen:?} is there, and she wished {:?}", self.may_be);
        self.may_be = vec![seen];
    }

    /// Waits until nothing is left in the outbox.
    pub fn sends_everything(&mut self) {
        self.apart.until("everything was sent", |apart| {
            let status = apart.does(json!({"do": "status"}));
            let rows = apart.does(json!({"do": "outbox"}));
            let rows = rows.as_array().expect("rows");
            assert_eq!(status["failed"], 0, "there is nothing for her to decide: {rows:?}");
            let there = status["connection"] == "online" && status["identity"] == "ready";
            if !rows.is_empty() && there {
                let _begun = apart.does(json!({"do": "send"}));
            }
            (rows.is_empty() && there).then_some(())
        });
    }

    /// Tells her program a wish, and kills it so much later where she is to be; what may be so
    /// where the wish came through is given.
    fn wishes(&mut self, room: &str, wish: &Value, after: Option<Duration>, then: Vec<Shared>) {
        let said = match after {
            Some(after) => self.apart.is_killed_at(wish, after),
            None => Some(self.apart.asks(wish)),
        };
        let how = match (&said, after) {
            (Some(said), dead) => format!("{}{}", code(said), dead.map_or("", |_| ", killed")),
            (None, _) => "killed before it answered".to_owned(),
        };
        println!("  {} {}: {how}", self.apart.name, wish["do"]);
        match said {
            Some(Ok(_)) => self.may_be = then,
            Some(Err(code)) => {
                assert!(MAY_BE_REFUSED.contains(&code.as_str()), "{wish}: {code}");
            }
            None => self.may_be.extend(then),
        }
        if after.is_none() {
            self.sees_her_wishes(room);
        }
    }

    pub fn shares(&mut self, room: &str, [title, body]: [&str; 2], after: Option<Duration>) {
        let entry = self.apart.does(json!({"do": "write", "title": title, "body": body}));
        let wish = json!({"do": "share", "entry": entry, "room": room});
        let then = self.with(title, Some(body));
        self.wishes(room, &wish, after, vec![then]);
    }

    pub fn shares_again(&mut self, room: &str, item: &Value, new: &str, after: Option<Duration>) {
        let key = key(item);
        let wish = json!({
            "do": "again", "item": item["id"], "entry": item["entry"], "room": room, "body": new,
        });
        let then = self.with(&key, Some(new));
        self.wishes(room, &wish, after, vec![then]);
    }

    /// Calls back: what was there before comes again, or nothing.
    pub fn undoes(&mut self, room: &str, item: &Value, after: Option<Duration>) {
        let (key, now) = (key(item), text(&item["body"]));
        let earlier = self.versions.get(&key).cloned().unwrap_or_default();
        let mut then = vec![self.with(&key, None)];
        then.extend(
            earlier.iter().filter(|one| **one != now).map(|one| self.with(&key, Some(one))),
        );
        self.wishes(room, &json!({"do": "undo", "item": item["id"]}), after, then);
    }

    pub fn replies(&mut self, room: &str, item: &Value, text: &str, after: Option<Duration>) {
        let wish = json!({"do": "reply", "item": item["id"], "body": text});
        let then = self.with(text, Some(text));
        self.wishes(room, &wish, after, vec![then]);
    }

    /// Gives a sign, or takes it back where she gave it.
    pub fn reacts(&mut self, room: &str, item: &Value, after: Option<Duration>) {
        let key = key(item);
        let mut then = self.live();
        let given = !then.signs.remove(&key);
        if given {
            then.signs.insert(key.clone());
            self.signs.insert(key);
        }
        let wish = json!({"do": "react", "item": item["id"], "given": given});
        self.wishes(room, &wish, after, vec![then]);
    }

    pub fn withdraws(&mut self, room: &str, item: &Value, after: Option<Duration>) {
        let then = self.with(&key(item), None);
        self.wishes(room, &json!({"do": "withdraw", "item": item["id"]}), after, vec![then]);
    }

    /// What she shared, with another text of one thing, or without it.
    fn with(&mut self, key: &str, text: Option<&str>) -> Shared {
        let mut then = self.live();
        match text {
            Some(text) => {
                let versions = self.versions.entry(key.to_owned()).or_default();
                if !versions.iter().any(|one| one == text) {
                    versions.push(text.to_owned());
                }
                then.texts.insert(key.to_owned(), text.to_owned());
            }
            None => {
                then.texts.remove(key);
                then.signs.remove(key);
            }
        }
        then
    }

    /// Of what she wishes to be there, the server has an event each, and no more than there were
    /// versions; and nothing was taken back twice.
    pub fn is_once_at_the_server(&self, server: &Synapse, room: &str, seed: u64) {
        let path = format!("/_synapse/admin/v1/rooms/{room}/messages?dir=b&limit=1000");
        let (status, answer) = server.admin("GET", &path, None);
        assert_eq!(status, 200, "{answer}");
        let events = answer["chunk"].as_array().expect("events").iter();
        let hers: Vec<&Value> = events.filter(|it| it["sender"] == self.user).collect();
        let kept = |it: &&&Value| it["type"] == "m.room.encrypted" && it["content"] != json!({});
        let there = hers.iter().filter(kept).count();
        let live = self.live();
        let least = live.texts.len() + live.signs.len();
        // A sign stays where what it was given to is gone.
        let versions = live.texts.keys().map(|key| self.versions[key].len());
        let most = versions.sum::<usize>() + self.signs.len();
        assert!((least..=most).contains(&there), "{least} to {most}, not {there} (seed {seed})");
        let taken = hers.iter().filter(|it| it["type"] == "m.room.redaction");
        let taken: Vec<&str> = taken
            .map(|it| it["redacts"].as_str().or(it["content"]["redacts"].as_str()).expect("what"))
            .collect();
        let once: BTreeSet<&str> = taken.iter().copied().collect();
        assert_eq!(once.len(), taken.len(), "each was taken back once (seed {seed})");
    }
}

/// What is whole of somebody's in a feed.
fn shared_by(user: &str, all: &[Value]) -> Shared {
    let mut seen = Shared::default();
    for item in all {
        let (key, body) = (key(item), text(&item["body"]));
        let by = item["reactions"].as_array().expect("signs").iter();
        if by.flat_map(|it| it["by"].as_array().expect("who")).any(|by| by["user"] == user) {
            seen.signs.insert(key.clone());
        }
        if item["sender"]["user"] == user {
            let twice = seen.texts.insert(key, body);
            assert_eq!(twice, None, "there once: {item}");
        }
    }
    seen
}

fn key(item: &Value) -> String {
    let title = text(&item["title"]);
    if title.is_empty() { text(&item["body"]) } else { title }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn code(said: &Said) -> &str {
    said.as_ref().map_or_else(String::as_str, |_| "done")
}
