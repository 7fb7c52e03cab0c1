//! Matrix clients by others, which a network's members may have instead of Fristed.
//!
//! Each keeps its keys in memory only and does one thing at a time. What it waits for, it waits
//! for at most a minute.

use serde_json::{Value, json};

use crate::script::Script;
use crate::synapse::{Synapse, python};

/// Somebody at such a client.
#[derive(Debug)]
pub struct Foreign {
    script: Script,
    /// `@karla:fristed.test`.
    pub user: String,
    /// The id of the client's device.
    pub device: String,
}

/// An event as such a client shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// Who sent it.
    pub sender: String,
    /// Its type once decrypted: `m.room.message`.
    pub kind: String,
    /// Its content: that of its last edit, where it has one.
    pub content: Value,
    /// Why it could not be decrypted.
    pub error: Option<String>,
    /// Whether it came encrypted.
    pub encrypted: bool,
    /// Whether the content is an edit's.
    pub edited: bool,
    /// Whether it was taken back.
    pub redacted: bool,
    /// How the client warns of it: 0 for not at all, 1 for grey, 2 for red.
    pub shield: u64,
}

impl Event {
    /// The text that its reader sees.
    #[must_use]
    pub fn text(&self) -> &str {
        self.content["body"].as_str().unwrap_or_default()
    }
}

/// For what a reader waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Until the event is there, readable or not.
    There,
    /// Until it can be read.
    Readable,
    /// Until it was edited.
    Edited,
    /// Until it was taken back.
    Redacted,
}

impl Foreign {
    /// Signs in with matrix-js-sdk, the library of Element, and publishes an identity by which
    /// this device is signed.
    ///
    /// # Panics
    /// Where that does not work.
    #[must_use]
    pub fn js(server: &Synapse, user: &str, password: &str) -> Self {
        let mut client = Self::js_without_identity(&server.url(), user, password);
        let _done = client.asked("bootstrap", json!({}));
        client
    }

    /// The same at any address, and without an identity of its own: a device that nobody signed.
    ///
    /// # Panics
    /// Where that does not work.
    #[must_use]
    pub fn js_without_identity(url: &str, user: &str, password: &str) -> Self {
        Self::signed_in(Script::node("js_client.mjs", &[]), url, user, password)
    }

    /// Signs in with matrix-nio, which knows of no identities at all.
    ///
    /// # Panics
    /// Where that does not work.
    #[must_use]
    pub fn nio(server: &Synapse, user: &str, password: &str) -> Self {
        let script = Script::start(python(), "nio_client.py", &[]);
        Self::signed_in(script, &server.url(), user, password)
    }

    fn signed_in(script: Script, url: &str, user: &str, password: &str) -> Self {
        let mut client = Self { script, user: String::new(), device: String::new() };
        let wish = json!({"url": url, "user": user, "password": password});
        let account = client.asked("login", wish);
        client.user = text(&account["user"]);
        client.device = text(&account["device"]);
        client
    }

    /// Publishes another identity in place of the one before. Not with nio.
    ///
    /// # Panics
    /// As every command: where the client cannot do it.
    pub fn changes_identity(&mut self) {
        let _done = self.asked("bootstrap", json!({"anew": true}));
    }

    /// Keeps the keys of the identity at the server, and gives what opens them. Not with nio.
    #[must_use]
    pub fn recovery_key(&mut self) -> String {
        text(&self.asked("recovery", json!({})))
    }

    /// From now on sends keys to cross-signed devices only, and reads from no others. Not with nio.
    pub fn isolates(&mut self) {
        let _done = self.asked("isolate", json!({}));
    }

    /// Makes an encrypted room that only the invited may enter and where nobody reads what was
    /// before, and gives its id.
    #[must_use]
    pub fn creates(&mut self, name: &str, invited: &[&str]) -> String {
        text(&self.asked("create", json!({"name": name, "invite": invited})))
    }

    /// Invites somebody.
    pub fn invites(&mut self, room: &str, user: &str) {
        let _done = self.asked("invite", json!({"room": room, "user": user}));
    }

    /// Accepts an invitation, also one that is still on its way.
    pub fn accepts(&mut self, room: &str) {
        let _done = self.asked("accept", json!({"room": room}));
    }

    /// Waits until somebody's membership is such: `join`, `invite`, `leave` or `ban`.
    pub fn sees(&mut self, room: &str, user: &str, membership: &str) {
        let wish = json!({"room": room, "user": user, "membership": membership});
        let _done = self.asked("member", wish);
    }

    /// Leaves a room.
    pub fn leaves(&mut self, room: &str) {
        let _done = self.asked("leave", json!({"room": room}));
    }

    /// Sends a text, and gives the event's id.
    pub fn sends(&mut self, room: &str, what: &str) -> String {
        text(&self.asked("send", json!({"room": room, "text": what})))
    }

    /// Sends any content of any type, encrypted.
    pub fn sends_content(&mut self, room: &str, kind: &str, content: &Value) -> String {
        text(&self.asked("send", json!({"room": room, "type": kind, "content": content})))
    }

    /// Answers an event in its thread.
    pub fn replies(&mut self, room: &str, event: &str, what: &str) -> String {
        text(&self.asked("reply", json!({"room": room, "event": event, "text": what})))
    }

    /// Edits an event: its own, or as if another's were.
    pub fn edits(&mut self, room: &str, event: &str, what: &str) -> String {
        text(&self.asked("edit", json!({"room": room, "event": event, "text": what})))
    }

    /// Takes an event back.
    pub fn redacts(&mut self, room: &str, event: &str) -> String {
        text(&self.asked("redact", json!({"room": room, "event": event})))
    }

    /// Every event of a room that is there by now, the oldest first.
    #[must_use]
    pub fn timeline(&mut self, room: &str) -> Vec<Event> {
        let all = self.asked("read", json!({"room": room}));
        all.as_array().expect("events").iter().map(event).collect()
    }

    /// One event, once it is as it is waited for.
    pub fn reads(&mut self, room: &str, id: &str, when: When) -> Event {
        let wish = json!({
            "room": room, "event": id, "readable": when == When::Readable,
            "edited": when == When::Edited, "redacted": when == When::Redacted,
        });
        let all = self.asked("read", wish);
        let found = all.as_array().expect("events").iter().find(|each| each["id"] == id);
        event(found.expect("what was waited for"))
    }

    /// Whether somebody has an identity as this client sees it, whether that was verified, and for
    /// each device whether it is signed: `{"identity", "verified", "devices": {"ID": true}}`. Not
    /// with nio.
    #[must_use]
    pub fn trusts(&mut self, user: &str) -> Value {
        self.asked("trust", json!({"user": user}))
    }

    /// Asks somebody to compare emoji. Not with nio.
    pub fn asks_to_verify(&mut self, room: &str, user: &str) {
        let _done = self.asked("ask", json!({"room": room, "user": user}));
    }

    /// The seven emoji, as soon as both agreed to compare them: accepts what somebody else asked
    /// for, and waits until somebody accepts what was asked here. Not with nio.
    #[must_use]
    pub fn emoji(&mut self) -> Vec<String> {
        let all = self.asked("emoji", json!({}));
        all.as_array().expect("emoji").iter().map(|each| text(&each["sign"])).collect()
    }

    /// Says that the emoji are the same, and waits until the other has said so too.
    pub fn says_they_are_the_same(&mut self) {
        let _done = self.asked("same", json!({}));
    }

    /// Begins a command without waiting for its answer, so that another client can do its part;
    /// [`Foreign::ended`] waits.
    pub fn begin(&mut self, command: &str, mut with: Value) {
        with["do"] = json!(command);
        self.script.tell(&with.to_string());
    }

    /// What a command that was begun came to: its answer, or what the client says went wrong.
    ///
    /// # Errors
    /// When the client could not do it.
    ///
    /// # Panics
    /// Where the client ended.
    pub fn ended(&mut self) -> Result<Value, String> {
        let line = self.script.line();
        let answer: Value = serde_json::from_str(&line).expect("an answer");
        match answer.get("error") {
            Some(error) => Err(text(error)),
            None => Ok(answer["ok"].clone()),
        }
    }

    fn asked(&mut self, command: &str, with: Value) -> Value {
        let shown = with.to_string();
        self.begin(command, with);
        let ended = self.ended();
        ended.unwrap_or_else(|e| {
            panic!("{} {command} {shown}: {e}\n{}", self.user, self.script.complaints())
        })
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn event(told: &Value) -> Event {
    let is = |key: &str| told[key].as_bool().unwrap_or_default();
    Event {
        id: text(&told["id"]),
        sender: text(&told["sender"]),
        kind: text(&told["type"]),
        content: told["content"].clone(),
        error: told["error"].as_str().map(str::to_owned),
        encrypted: is("encrypted"),
        edited: is("edited"),
        redacted: is("redacted"),
        shield: told["shield"]["colour"].as_u64().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canary;
    use crate::interference::{Fault, Interference, Which};

    #[test]
    fn two_clients_by_others_talk_encrypted() {
        let server = Synapse::start();
        let bo = server.user("bo", "Pil-og-Poppel-31");
        let _karla = server.user("karla", "Rabarber-7741");
        let mut karla = Foreign::js(&server, "karla", "Rabarber-7741");
        let mut bos = Foreign::js(&server, "bo", "Pil-og-Poppel-31");
        let room = karla.creates("Ledernetværket i Nord", &[&bo]);
        bos.accepts(&room);
        karla.sees(&room, &bo, "join");

        let secret = "en hemmelighed i møllen";
        let first = karla.sends(&room, secret);
        let read = bos.reads(&room, &first, When::Readable);
        assert_eq!((read.text(), read.encrypted, read.error.as_deref()), (secret, true, None));
        assert_eq!(server.holds(secret), Vec::<String>::new());

        let reply = bos.replies(&room, &first, "et svar i en tråd");
        let read = karla.reads(&room, &reply, When::Readable);
        assert_eq!(read.content["m.relates_to"]["event_id"], first.as_str());
        let _edit = karla.edits(&room, &first, "noget ganske andet");
        assert_eq!(bos.reads(&room, &first, When::Edited).text(), "noget ganske andet");
        let _redaction = karla.redacts(&room, &first);
        let read = bos.reads(&room, &first, When::Redacted);
        assert!(read.redacted && read.text().is_empty(), "{read:?}");

        assert_eq!(karla.trusts(&bo)["verified"], false);
        karla.asks_to_verify(&room, &bo);
        bos.begin("emoji", json!({}));
        let hers = karla.emoji();
        let his = bos.ended().expect("emoji");
        let his: Vec<String> =
            his.as_array().expect("emoji").iter().map(|each| text(&each["sign"])).collect();
        assert_eq!((hers.len(), &hers), (7, &his));
        bos.begin("same", json!({}));
        karla.says_they_are_the_same();
        let _done = bos.ended().expect("verified");
        let trust = karla.trusts(&bo);
        assert_eq!(
            (&trust["verified"], &trust["devices"][&bos.device]),
            (&json!(true), &json!(true))
        );
    }

    #[test]
    fn a_client_without_an_identity_talks_too() {
        let server = Synapse::start();
        let bo = server.user("bo", "Pil-og-Poppel-31");
        let _karla = server.user("karla", "Rabarber-7741");
        let mut karla = Foreign::js(&server, "karla", "Rabarber-7741");
        let mut bos = Foreign::nio(&server, "bo", "Pil-og-Poppel-31");
        let room = karla.creates("Ledernetværket i Nord", &[&bo]);
        bos.accepts(&room);
        karla.sees(&room, &bo, "join");

        let first = karla.sends(&room, "en hemmelighed i møllen");
        assert_eq!(bos.reads(&room, &first, When::Readable).text(), "en hemmelighed i møllen");
        let reply = bos.replies(&room, &first, "et svar i en tråd");
        let read = karla.reads(&room, &reply, When::Readable);
        assert_eq!((read.text(), read.encrypted), ("et svar i en tråd", true));
        assert_eq!(karla.trusts(&bo)["identity"], false);
        assert_eq!(karla.trusts(&bo)["devices"], json!({bos.device.as_str(): false}));
        let _edit = karla.edits(&room, &first, "noget ganske andet");
        assert_eq!(bos.reads(&room, &first, When::Edited).text(), "noget ganske andet");
        let _redaction = karla.redacts(&room, &first);
        assert_eq!(bos.reads(&room, &first, When::Redacted).text(), "");

        // To devices that nobody signed, whoever asks for signatures sends no keys.
        karla.isolates();
        let kept = karla.sends(&room, "ikke for enhver");
        let read = bos.reads(&room, &kept, When::There);
        assert!(read.error.is_some() && read.text().is_empty(), "{read:?}");
        bos.leaves(&room);
        karla.sees(&room, &bo, "leave");
    }

    #[test]
    fn a_client_goes_on_through_a_network_that_does_its_worst() {
        let server = Synapse::start();
        let bo = server.user("bo", "Pil-og-Poppel-31");
        let _karla = server.user("karla", "Rabarber-7741");
        let network = Interference::before(server.port());
        let mut karla = Foreign::js(&server, "karla", "Rabarber-7741");
        let mut bos = Foreign::js_without_identity(&network.url(), "bo", "Pil-og-Poppel-31");
        let room = karla.creates("Ledernetværket i Nord", &[&bo]);
        bos.accepts(&room);
        karla.sees(&room, &bo, "join");

        network.does(Which::with("/sync"), Fault::weather(40, 1));
        let secret = "en hemmelighed i møllen";
        let sent = karla.sends(&room, secret);
        assert_eq!(bos.reads(&room, &sent, When::Readable).text(), secret);
        let both = [network.asked(), network.answered()].concat();
        assert!(canary::found(&both, secret).is_empty());
        assert_eq!(canary::found(&both, "Ledernetværket i Nord"), ["JSON"], "a name is no secret");
    }
}
