//! What came, read as what anybody could have written.

use chrono::NaiveDate;
use fristed_base::shown::{shown, shown_line};
use serde_json::{Map, Value};

use super::{
    ANSWER, COMMITMENT, CONTRACT, Content, CopyId, FILE, ICS_LIMIT, LINE_LIMIT, LONG_LIMIT,
    MARKDOWN_LIMIT, MEETING, MESSAGE, REFLECTION, REPLY, SIGN, SOURCE_LIMIT, SignName, TEXT_LIMIT,
    TITLE_LIMIT, VERSION,
};
use crate::model::FeedKind;

/// What an event's content says that it is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Nothing.
    Alone,
    /// A thread, or what it answers.
    Under(String),
    /// What it is a new version of.
    Edit(String),
    /// What the sign is given to.
    Sign(String),
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Read {
    /// Nothing that is kept.
    Skipped,
    /// Something of Fristed's own from a newer version, or broken.
    Unreadable { kind: FeedKind, relation: Relation },
    /// This.
    Whole { copy: Option<CopyId>, relation: Relation, content: Content },
}

/// Why a field of Fristed's own gives nothing.
enum Not {
    /// It is not as this version writes it.
    Read,
    /// It is above a bound.
    Bounded,
}

type Fields = Map<String, Value>;

/// Reads the content of an event that came encrypted.
pub(crate) fn read(event_type: &str, content: &Value) -> Read {
    let Some(content) = content.as_object() else { return Read::Skipped };
    match event_type {
        MESSAGE => {}
        SIGN => return sign(content).unwrap_or(Read::Skipped),
        _ => return Read::Skipped,
    }
    let (relation, inner) = match relation(content) {
        Some(Relation::Edit(of)) => {
            let Some(new) = content.get("m.new_content").and_then(Value::as_object) else {
                return Read::Skipped;
            };
            (Relation::Edit(of), new)
        }
        Some(relation) => (relation, content),
        None => return Read::Skipped,
    };
    if inner.contains_key(FILE) {
        return attached(inner, relation).unwrap_or(Read::Skipped);
    }
    for (name, kind, reads) in OWN {
        let Some(own) = inner.get(name) else { continue };
        return match version(own).and_then(|own| reads(own, inner)) {
            Ok((copy, content)) => Read::Whole { copy: Some(copy), relation, content },
            // An answer that cannot be read is nothing that a feed could show.
            Err(Not::Read) if name != ANSWER => Read::Unreadable { kind, relation },
            Err(_) => Read::Skipped,
        };
    }
    plain(inner, relation)
}

/// Reads the file of a long text, which must be that of this copy.
pub(crate) fn read_long(bytes: &[u8], copy: CopyId) -> Option<Content> {
    if bytes.len() > LONG_LIMIT {
        return None;
    }
    let own: Value = serde_json::from_slice(bytes).ok()?;
    let (id, content) = version(&own).and_then(|own| reflection(own, &Map::new())).ok()?;
    (id == copy && matches!(content, Content::Reflection { .. })).then_some(content)
}

/// Whether a text can be an event's id (the specification's appendix on identifiers).
pub(crate) fn is_event_id(text: &str) -> bool {
    text.starts_with('$')
        && text.len() <= 255
        && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}

type Reads = fn(&Fields, &Fields) -> Result<(CopyId, Content), Not>;

const OWN: [(&str, FeedKind, Reads); 6] = [
    (REFLECTION, FeedKind::Reflection, reflection),
    (REPLY, FeedKind::Reply, reply),
    (MEETING, FeedKind::Meeting, |own, _| {
        Ok((copy(own)?, Content::Meeting { ics: text(own, "ics", ICS_LIMIT)? }))
    }),
    (ANSWER, FeedKind::Reply, |own, _| {
        Ok((copy(own)?, Content::Answer { ics: text(own, "ics", ICS_LIMIT)? }))
    }),
    (COMMITMENT, FeedKind::Commitment, |own, _| {
        let who = line(own, "who", LINE_LIMIT)?;
        let what = line(own, "what", LINE_LIMIT)?;
        Ok((copy(own)?, Content::Commitment { who, what, due: day(own, "due")? }))
    }),
    (CONTRACT, FeedKind::Contract, |own, _| {
        let version = own.get("version").and_then(Value::as_u64).ok_or(Not::Read)?;
        let version = u32::try_from(version).map_err(|_| Not::Read)?;
        let text = shown(&text(own, "text", TEXT_LIMIT)?);
        Ok((copy(own)?, Content::Contract { version, text }))
    }),
];

fn reflection(own: &Fields, around: &Fields) -> Result<(CopyId, Content), Not> {
    let (copy, title) = (copy(own)?, line(own, "title", TITLE_LIMIT)?);
    if own.get("file").is_some_and(|file| file != &Value::Bool(false)) {
        let source = source(around).ok_or(Not::Read)?;
        return Ok((copy, Content::Long { title, source }));
    }
    let markdown = shown(&text(own, "markdown", MARKDOWN_LIMIT)?);
    Ok((copy, Content::Reflection { title, markdown, day: day(own, "day")? }))
}

fn reply(own: &Fields, around: &Fields) -> Result<(CopyId, Content), Not> {
    let body = shown(&text(around, "body", TEXT_LIMIT)?);
    Ok((copy(own)?, Content::Reply { body }))
}

fn attached(all: &Fields, relation: Relation) -> Option<Read> {
    let own = version(all.get(FILE)?).ok()?;
    let of = own.get("of").and_then(Value::as_str).and_then(CopyId::parse)?;
    let info = all.get("info").and_then(Value::as_object);
    let media_type = info.and_then(|info| info.get("mimetype")).and_then(Value::as_str);
    let size = info.and_then(|info| info.get("size")).and_then(Value::as_u64).unwrap_or(0);
    let content = Content::File {
        of,
        name: line(all, "body", 255).ok()?,
        media_type: media_type.filter(|kind| is_media_type(kind)).unwrap_or(ANY).to_owned(),
        size: size.min(i64::MAX.unsigned_abs()),
        source: source(all)?,
    };
    let relation = if matches!(relation, Relation::Edit(_)) { return None } else { relation };
    Some(Read::Whole { copy: Some(copy(own).ok()?), relation, content })
}

const ANY: &str = "application/octet-stream";

fn is_media_type(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
    let parts = text.split_once('/').filter(|(kind, rest)| !kind.is_empty() && !rest.is_empty());
    text.len() <= 127
        && parts.is_some_and(|(kind, rest)| (kind.chars().chain(rest.chars())).all(plain))
}

fn sign(content: &Fields) -> Option<Read> {
    let own = version_of(content).ok()?;
    let of = own.get("of").and_then(Value::as_str).filter(|of| is_event_id(of))?;
    let sign: SignName = serde_json::from_value(own.get("sign")?.clone()).ok()?;
    Some(Read::Whole {
        copy: Some(copy(own).ok()?),
        relation: Relation::Sign(of.to_owned()),
        content: Content::Sign { sign },
    })
}

/// A text from another program; never its HTML.
fn plain(content: &Fields, relation: Relation) -> Read {
    let kind = content.get("msgtype").and_then(Value::as_str);
    if !matches!(kind, Some("m.text" | "m.notice" | "m.emote")) {
        return Read::Skipped;
    }
    let Ok(body) = text(content, "body", TEXT_LIMIT) else { return Read::Skipped };
    let under = matches!(relation, Relation::Under(_));
    let body = shown(if under { without_quote(&body) } else { &body });
    if body.trim().is_empty() {
        return Read::Skipped;
    }
    let content = if under { Content::Reply { body } } else { Content::Message { body } };
    Read::Whole { copy: None, relation, content }
}

/// A reply without the words that it answers, as older programs repeat them before it.
fn without_quote(body: &str) -> &str {
    let mut rest = body;
    while rest.starts_with("> ") || rest.starts_with(">\n") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    if rest.len() == body.len() { body } else { rest.strip_prefix('\n').unwrap_or(rest) }
}

/// What a content is tied to; none where it says something else than what can be.
fn relation(content: &Fields) -> Option<Relation> {
    let Some(tie) = content.get("m.relates_to") else { return Some(Relation::Alone) };
    let tie = tie.as_object()?;
    let id = |from: &Fields| {
        let id = from.get("event_id").and_then(Value::as_str);
        id.filter(|id| is_event_id(id)).map(str::to_owned)
    };
    match tie.get("rel_type").and_then(Value::as_str) {
        Some("m.replace") => id(tie).map(Relation::Edit),
        Some("m.thread") => id(tie).map(Relation::Under),
        _ => match tie.get("m.in_reply_to").and_then(Value::as_object) {
            Some(reply) => id(reply).map(Relation::Under),
            None => Some(Relation::Alone),
        },
    }
}

fn version(own: &Value) -> Result<&Fields, Not> {
    version_of(own.as_object().ok_or(Not::Read)?)
}

fn version_of(own: &Fields) -> Result<&Fields, Not> {
    if own.get("v").and_then(Value::as_u64) == Some(VERSION) { Ok(own) } else { Err(Not::Read) }
}

fn copy(own: &Fields) -> Result<CopyId, Not> {
    own.get("id").and_then(Value::as_str).and_then(CopyId::parse).ok_or(Not::Read)
}

fn text(from: &Fields, name: &str, limit: usize) -> Result<String, Not> {
    let text = from.get(name).and_then(Value::as_str).ok_or(Not::Read)?;
    if text.len() > limit { Err(Not::Bounded) } else { Ok(text.to_owned()) }
}

/// A text on one line, safe to show; the limit is in characters.
fn line(from: &Fields, name: &str, limit: usize) -> Result<String, Not> {
    let text = text(from, name, 4 * limit)?;
    if text.chars().count() > limit { Err(Not::Bounded) } else { Ok(shown_line(&text)) }
}

/// A day that may be missing, and is otherwise written in ten characters.
fn day(from: &Fields, name: &str) -> Result<Option<NaiveDate>, Not> {
    let Some(day) = from.get(name) else { return Ok(None) };
    let day = day.as_str().filter(|day| day.len() == 10).ok_or(Not::Read)?;
    if !day
        .bytes()
        .enumerate()
        .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
    {
        return Err(Not::Read);
    }
    day.parse().map(Some).map_err(|_| Not::Read)
}

/// An `EncryptedFile`, of which only the session knows more.
fn source(from: &Fields) -> Option<Value> {
    let source = from.get("file").filter(|source| source.is_object())?;
    (source.to_string().len() <= SOURCE_LIMIT).then(|| source.clone())
}
