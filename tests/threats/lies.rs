//! What a server may say that is not so: rewritings of its answers to `/sync`.

use std::collections::HashMap;

use fristed_tests::interference::{Interference, Which};
use serde_json::{Value, json};

/// Every request for what is new.
pub fn syncs() -> Which {
    Which::with("/sync").by("POST")
}

/// The events that an answer has new, room by room.
fn timelines(answer: &mut Value) -> impl Iterator<Item = (&String, &mut Vec<Value>)> {
    let rooms = answer.get_mut("rooms").and_then(Value::as_object_mut);
    let all = rooms.into_iter().flatten();
    all.filter_map(|(id, room)| Some((id, room.get_mut("timeline")?.as_array_mut()?)))
}

/// Every second answer is the one before it.
pub fn old_answers() -> impl FnMut(&mut Value) + Send + 'static {
    let mut before: Option<Value> = None;
    move |answer| match before.take() {
        Some(old) => *answer = old,
        None => before = Some(answer.clone()),
    }
}

/// Each event comes twice, in their order or against it.
pub fn repeated_events(backwards: bool) -> impl FnMut(&mut Value) + Send + 'static {
    move |answer| {
        for (_, events) in timelines(answer) {
            events.extend(events.clone());
            if backwards {
                events.reverse();
            }
        }
    }
}

/// Before each event that is encrypted comes what is made of it, where anything is.
pub fn made_of_events(
    mut make: impl FnMut(&Value) -> Vec<Value> + Send + 'static,
) -> impl FnMut(&mut Value) + Send + 'static {
    move |answer| {
        for (_, events) in timelines(answer) {
            let made = |event: Value| {
                let mut all =
                    if event["type"] == "m.room.encrypted" { make(&event) } else { Vec::new() };
                all.push(event);
                all
            };
            *events = std::mem::take(events).into_iter().flat_map(made).collect();
        }
    }
}

/// Each event that is encrypted comes as it is changed here.
pub fn each_encrypted(
    mut change: impl FnMut(&mut Value) + Send + 'static,
) -> impl FnMut(&mut Value) + Send + 'static {
    move |answer| {
        let all = timelines(answer).flat_map(|(_, events)| events);
        all.filter(|event| event["type"] == "m.room.encrypted").for_each(&mut change);
    }
}

/// What one sent, another is said to have sent.
pub fn another_sender(from: &str, to: &str) -> impl FnMut(&mut Value) + Send + 'static {
    let (from, to) = (from.to_owned(), to.to_owned());
    each_encrypted(move |event| {
        if event["sender"] == from {
            event["sender"] = json!(to);
        }
    })
}

/// No key comes; what would have come is dropped for good, or held back where `until` says up to
/// where it is known.
pub fn without_keys(until: Option<String>) -> impl FnMut(&mut Value) + Send + 'static {
    move |answer| {
        let Some(to_device) = answer.pointer_mut("/extensions/to_device") else { return };
        to_device["events"] = json!([]);
        if let Some(until) = &until {
            to_device["next_batch"] = json!(until);
        }
    }
}

/// Nothing is new: whatever is asked, the answer is that of the moment in which this begins.
pub fn nothing_new(network: &Interference) -> impl FnMut(&mut Value) + Send + 'static {
    let last = network.exchanges().into_iter().rfind(|one| one.path.contains("/sync"));
    let last = last.and_then(|one| serde_json::from_slice::<Value>(&one.answer).ok());
    let place = last.map(|answer| answer["pos"].clone()).expect("an answer");
    let keys_to = known_up_to(network);
    move |answer| {
        answer["pos"] = place.clone();
        answer["rooms"] = json!({});
        if let Some(to_device) = answer.pointer_mut("/extensions/to_device") {
            *to_device = json!({"events": [], "next_batch": keys_to});
        }
    }
}

/// Up to where messages to this computer have come through a network.
pub fn known_up_to(network: &Interference) -> String {
    let all = network.exchanges().into_iter().rev().filter(|one| one.path.contains("/sync"));
    let mut told = all.filter_map(|one| serde_json::from_slice::<Value>(&one.answer).ok());
    let found = told.find_map(|answer| {
        Some(answer.pointer("/extensions/to_device/next_batch")?.as_str()?.to_owned())
    });
    found.expect("an answer")
}

/// To which computers keys were sent through a network: how often to each of each user.
pub fn keys_sent(network: &Interference) -> HashMap<(String, String), usize> {
    let mut sent = HashMap::new();
    let exchanges = network.exchanges();
    for one in exchanges.iter().filter(|one| one.path.contains("/sendToDevice/m.room.encrypted/")) {
        let told: Value = serde_json::from_slice(&one.request).expect("JSON");
        for (user, computers) in told["messages"].as_object().expect("messages") {
            for computer in computers.as_object().expect("computers").keys() {
                *sent.entry((user.clone(), computer.clone())).or_default() += 1;
            }
        }
    }
    sent
}
