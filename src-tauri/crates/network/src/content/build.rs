//! Events made of what a leader sends.

use serde_json::{Map, Value, json};

use super::{
    ANSWER, COMMITMENT, CONTRACT, Content, CopyId, FILE, MEETING, MESSAGE, NOTHING, REFLECTION,
    REPLY, SIGN, VERSION, html, words,
};
use crate::model::Lang;

/// What an event may be after encoding: a server refuses it above 65,536 bytes.
const EVENT_LIMIT: usize = 60_000;
/// What encryption puts around a content before it encodes it, and an edit or a thread into it.
const AROUND: usize = 1_000;

/// An event without what ties it to others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Built {
    pub(crate) event_type: &'static str,
    pub(crate) content: Value,
}

/// What an event is tied to, by event ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Related<'a> {
    /// Nothing.
    Alone,
    /// The thread that begins with that event.
    Thread(&'a str),
    /// That event, of which it is a new version.
    Edit(&'a str),
    /// That event, to which the sign is given.
    Sign(&'a str),
}

/// The event of a content; `words` are what other programs show of a meeting or an answer.
pub(crate) fn build(content: &Content, copy: CopyId, words: &str, lang: Lang) -> Built {
    let id = copy.to_string();
    let content = match content {
        Content::Message { body } => message("m.text", body),
        Content::Reply { body } => with(message("m.text", body), REPLY, field(&id)),
        Content::Reflection { title, markdown, day } => {
            let mut own = field(&id);
            own.insert("title".into(), json!(title));
            own.insert("markdown".into(), json!(markdown));
            if let Some(day) = day {
                own.insert("day".into(), json!(day.to_string()));
            }
            let both =
                if title.is_empty() { markdown.clone() } else { format!("{title}\n\n{markdown}") };
            let mut all = message("m.text", &both);
            all.insert("format".into(), json!("org.matrix.custom.html"));
            let head = if title.is_empty() {
                String::new()
            } else {
                format!("<h3>{}</h3>\n", html::escaped(title))
            };
            all.insert("formatted_body".into(), json!(format!("{head}{}", html::of(markdown))));
            with(all, REFLECTION, own)
        }
        Content::Long { title, source } => {
            let mut all = Map::from_iter([long_file(title, copy, lang)].into_iter().flatten());
            all.insert("file".into(), source.clone());
            all
        }
        Content::File { of, name, media_type, size, source } => {
            let mut all = file(*of, copy, name, media_type, *size);
            all.insert("file".into(), source.clone());
            all
        }
        Content::Sign { sign } => {
            let mut own = field(&id);
            own.insert("sign".into(), json!(sign));
            return Built { event_type: SIGN, content: Value::Object(own) };
        }
        Content::Meeting { ics } => {
            let mut own = field(&id);
            own.insert("ics".into(), json!(ics));
            with(message("m.text", words), MEETING, own)
        }
        Content::Answer { ics } => {
            let mut own = field(&id);
            own.insert("ics".into(), json!(ics));
            with(message("m.text", words), ANSWER, own)
        }
        Content::Commitment { who, what, due } => {
            let mut own = field(&id);
            own.insert("who".into(), json!(who));
            own.insert("what".into(), json!(what));
            if let Some(due) = due {
                own.insert("due".into(), json!(due.to_string()));
            }
            let body = words::commitment(who, what, *due, lang);
            with(message("m.text", &body), COMMITMENT, own)
        }
        Content::Contract { version, text } => {
            let mut own = field(&id);
            own.insert("version".into(), json!(version));
            own.insert("text".into(), json!(text));
            with(message("m.text", &words::contract(*version, text, lang)), CONTRACT, own)
        }
    };
    Built { event_type: MESSAGE, content: Value::Object(content) }
}

/// The event of a file, before it was uploaded.
pub(crate) fn file(
    of: CopyId,
    id: CopyId,
    name: &str,
    media_type: &str,
    size: u64,
) -> Map<String, Value> {
    let kind = if media_type.starts_with("image/") { "m.image" } else { "m.file" };
    let mut all = message(kind, name);
    all.insert("info".into(), json!({ "mimetype": media_type, "size": size }));
    let mut own = field(&id.to_string());
    own.insert("of".into(), json!(of));
    with(all, FILE, own)
}

/// The event of a text that is too long for one, before its file was uploaded.
pub(crate) fn long_file(title: &str, copy: CopyId, lang: Lang) -> Map<String, Value> {
    let mut own = field(&copy.to_string());
    own.insert("title".into(), json!(title));
    own.insert("file".into(), json!(true));
    let mut all = message("m.file", &words::long(title, lang));
    all.insert("filename".into(), json!("fristed.json"));
    all.insert("info".into(), json!({ "mimetype": "application/json" }));
    with(all, REFLECTION, own)
}

/// The file of a text that is too long for an event.
pub(crate) fn long(content: &Content, copy: CopyId, lang: Lang) -> Vec<u8> {
    let built = build(content, copy, "", lang);
    built.content.get(REFLECTION).map(Value::to_string).unwrap_or_default().into_bytes()
}

/// Whether an event would be refused by a server: encryption and its base64 make a third more.
pub(crate) fn is_long(content: &Value) -> bool {
    (content.to_string().len() + AROUND).div_ceil(3) * 4 > EVENT_LIMIT
}

/// What takes the place of an event that may have been sent and was taken back.
pub(crate) fn nothing() -> Built {
    Built { event_type: NOTHING, content: json!({}) }
}

/// A content, tied to what it belongs to.
pub(crate) fn related(content: Value, to: Related<'_>) -> Value {
    let Value::Object(mut all) = content else { return content };
    match to {
        Related::Alone => {}
        Related::Thread(root) => {
            let thread = json!({
                "rel_type": "m.thread",
                "event_id": root,
                "is_falling_back": true,
                "m.in_reply_to": { "event_id": root },
            });
            all.insert("m.relates_to".into(), thread);
        }
        Related::Sign(of) => {
            all.insert("of".into(), json!(of));
        }
        Related::Edit(of) => {
            let body = all.get("body").and_then(Value::as_str).unwrap_or_default();
            let first = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let first: String = first.chars().take(200).collect();
            let mut edit = message("m.text", &format!("* {first}"));
            edit.insert("m.new_content".into(), Value::Object(all));
            edit.insert("m.relates_to".into(), json!({ "rel_type": "m.replace", "event_id": of }));
            all = edit;
        }
    }
    Value::Object(all)
}

fn message(kind: &str, body: &str) -> Map<String, Value> {
    Map::from_iter([("msgtype".into(), json!(kind)), ("body".into(), json!(body))])
}

fn field(id: &str) -> Map<String, Value> {
    Map::from_iter([("v".into(), json!(VERSION)), ("id".into(), json!(id))])
}

fn with(mut all: Map<String, Value>, name: &str, own: Map<String, Value>) -> Map<String, Value> {
    all.insert(name.into(), Value::Object(own));
    all
}
