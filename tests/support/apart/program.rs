//! What runs in the process of its own.

use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use fristed_app::wire::Entry;
use fristed_app::wire::sharing::{FeedItem, ReactionSign, ShareDraft};
use fristed_app::{AppError, Fristed};
use serde::Serialize;
use serde_json::{Value, json};

use crate::sharer::Sharer;

/// How long is waited at once for something to change.
const GLANCE: Duration = Duration::from_millis(300);

/// Does what each line of the input says, and says in a line what came of it, until there is no
/// more; then it locks. The words are her name, her home, and by how many seconds her clock is ahead.
pub fn run(mut words: impl Iterator<Item = String>) -> ExitCode {
    let (Some(name), Some(home)) = (words.next(), words.next()) else { return ExitCode::FAILURE };
    let ahead = words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
    let leader = Arc::new(Sharer::at(name.leak(), Path::new(&home)));
    leader.waits(ahead);
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(wish) = serde_json::from_str::<Value>(&line) else { return ExitCode::FAILURE };
        let answer = match does(&leader, &wish) {
            Ok(done) => json!({ "ok": done }),
            Err(failed) => json!({ "error": value(&failed.code) }),
        };
        let mut out = io::stdout().lock();
        if writeln!(out, "{answer}").and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    leader.locks();
    ExitCode::SUCCESS
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("what crosses to the interface is JSON")
}

fn does(leader: &Arc<Sharer>, wish: &Value) -> Result<Value, AppError> {
    let (program, now) = (leader.program(), leader.now());
    let text = |key: &str| wish[key].as_str().unwrap_or_default();
    let given = || wish["given"].as_bool().unwrap_or_default();
    Ok(match text("do") {
        "begin" => {
            leader.begins();
            Value::Null
        }
        "open" => {
            leader.opens();
            Value::Null
        }
        "lock" => value(&leader.locks()),
        "wait" => {
            leader.waits(wish["seconds"].as_i64().unwrap_or_default());
            Value::Null
        }
        "signIn" => {
            let password = fristed_base::Secret::new(text("password").to_owned());
            value(&program.sharing_sign_in(text("url"), text("user"), password, now)?)
        }
        "status" => value(&program.sharing_status()?),
        "hear" => {
            leader.hears(wish["than"].as_u64().unwrap_or_default(), GLANCE);
            value(&leader.told())
        }
        "networks" => value(&program.shared_networks()?),
        "found" => value(&leader.founds(text("name"))),
        "invite" => value(&program.invite(text("room"), text("user"))?),
        "accept" => value(&program.invitation_answer(text("room"), true, None, now)?),
        "write" => value(&leader.writes(text("title"), text("body")).id),
        "find" => value(&program.search(text("words"), 0, 10)?.hits.len()),
        "findShared" => {
            value(&program.feed_search(Some(text("room")), text("words"), 0, 10, now)?.total)
        }
        "share" => {
            let entry = program.entry_get(text("entry"))?;
            let draft = Sharer::draft(&entry, text("room"));
            let readers = leader.readers(&draft);
            value(&program.share(draft, readers, now)?)
        }
        "again" => {
            let draft = anew(leader, wish)?;
            let readers = leader.readers(&draft);
            value(&program.share_again(text("item"), draft, readers, now)?)
        }
        "undo" => done(program.share_undo(text("item"), now)?),
        "reply" => value(&program.reply_send(text("item"), text("body"), now)?),
        "react" => value(&program.react(text("item"), ReactionSign::Thanks, given(), now)?),
        "withdraw" => value(&program.withdraw(text("item"), now)?),
        "outbox" => value(&program.outbox(now)?),
        "send" => {
            // The window does not wait for the server either.
            let leader = Arc::clone(leader);
            drop(thread::spawn(move || drop(leader.program().sharing_send())));
            Value::Null
        }
        "sendNow" => done(program.sharing_send()?),
        "all" => value(&all(program, leader, text("room"))?),
        other => panic!("nobody knows how to {other}"),
    })
}

const fn done((): ()) -> Value {
    Value::Null
}

/// Writes the entry of a copy anew, and gives what would be shared of it.
fn anew(leader: &Sharer, wish: &Value) -> Result<ShareDraft, AppError> {
    let text = |key: &str| wish[key].as_str().unwrap_or_default();
    let entry: Entry = leader.program().entry_get(text("entry"))?;
    leader.rewrites(&entry, text("body"));
    let entry = leader.program().entry_get(text("entry"))?;
    Ok(Sharer::draft(&entry, text("room")))
}

/// Everything in a network's feed, with the replies.
fn all(program: &Fristed, leader: &Sharer, room: &str) -> Result<Vec<FeedItem>, AppError> {
    let mut all = Vec::new();
    for item in leader.feed(room) {
        all.extend(program.feed_thread(&item.id, leader.now())?.replies);
        all.push(item);
    }
    Ok(all)
}
