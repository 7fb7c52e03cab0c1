//! Fields of a JSON object, taken out one by one; what is left becomes front matter.

use serde_json::{Map, Value};

use crate::names;

/// Takes a text out; `None` where there is none, and then anything else stays where it is.
pub(crate) fn text(fields: &mut Map<String, Value>, key: &str) -> Option<String> {
    match fields.get_mut(key)? {
        Value::String(text) => {
            let text = std::mem::take(text);
            fields.remove(key);
            Some(text)
        }
        _ => None,
    }
}

/// Takes a truth out; false where there is none.
pub(crate) fn truth(fields: &mut Map<String, Value>, key: &str) -> bool {
    match fields.get(key) {
        Some(Value::Bool(truth)) => {
            let truth = *truth;
            fields.remove(key);
            truth
        }
        _ => false,
    }
}

/// Takes a list of tags out, without the marks before them and without repetitions.
pub(crate) fn tags(fields: &mut Map<String, Value>, key: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let all_texts = |items: &Vec<Value>| items.iter().all(Value::is_string);
    if !fields.get(key).and_then(Value::as_array).is_some_and(all_texts) {
        return tags;
    }
    for item in fields.remove(key).as_ref().and_then(Value::as_array).into_iter().flatten() {
        let tag = item.as_str().unwrap_or_default().trim().trim_start_matches(['@', '#']);
        let tag = names::on_one_line(tag);
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// A text with fields as front matter at its head; fields that hold nothing are left out.
pub(crate) fn with_front_matter(fields: &Map<String, Value>, text: &str) -> String {
    let told: Map<String, Value> =
        fields.iter().filter_map(|(key, value)| Some((key.clone(), telling(value)?))).collect();
    if told.is_empty() {
        return text.to_owned();
    }
    match serde_yaml_ng::to_string(&told) {
        Ok(yaml) => format!("---\n{yaml}---\n\n{text}"),
        Err(_) => text.to_owned(),
    }
}

/// A value without what holds nothing: null, false, an empty text, list or object.
fn telling(value: &Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().filter_map(telling).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(fields) => {
            let fields: Map<String, Value> = fields
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), telling(value)?)))
                .collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        other => Some(other.clone()),
    }
}
