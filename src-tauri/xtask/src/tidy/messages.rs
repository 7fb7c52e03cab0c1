//! Words for people, in both languages.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Finding;
use super::sources::Sources;

const WIRE: &str = "src-tauri/crates/app/src/wire/error.rs";
const LANGUAGES: [&str; 2] = ["da", "en"];

/// The error codes as they cross, read from the one enum that declares them.
fn codes(wire: &str) -> Vec<String> {
    let body = wire.split("pub enum ErrorCode {").nth(1).and_then(|rest| rest.split("\n}").next());
    let names =
        body.unwrap_or_default().lines().map(str::trim).filter_map(|line| line.strip_suffix(','));
    names.filter(|name| name.chars().all(char::is_alphanumeric)).map(lower_first).collect()
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Each error code says what happened and what to do next, in each language.
pub fn every_code(sources: &Sources) -> Vec<Finding> {
    let codes = codes(sources.text(WIRE).unwrap_or_default());
    let mut found = Vec::new();
    if codes.is_empty() {
        found.push(format!("no error codes in {WIRE}"));
    }
    for language in LANGUAGES {
        let path = format!("ui/messages/{language}/errors.json");
        let words: Value = sources
            .text(&path)
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or(Value::Null);
        for code in &codes {
            for part in ["what", "next"] {
                let said = words.pointer(&format!("/error/{code}/{part}")).is_some_and(has_words);
                if !said {
                    found.push(format!("{path}: error.{code}.{part}"));
                }
            }
        }
    }
    found
}

/// A text, or the variants of one (plurals), with something in it.
fn has_words(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(variants) => !variants.is_empty(),
        _ => false,
    }
}

/// What one language says, the other says too.
pub fn same_keys(sources: &Sources) -> Vec<Finding> {
    let of = |language: &str| -> BTreeSet<String> {
        let folder = format!("ui/messages/{language}/");
        let mut keys = BTreeSet::new();
        for (path, text) in sources.below(&folder, ".json") {
            let file = path.rsplit('/').next().unwrap_or(path);
            match serde_json::from_str(text) {
                Ok(parsed) => collect(&parsed, file, &mut keys),
                Err(_) => {
                    keys.insert(format!("{file} (broken in {language})"));
                }
            }
        }
        keys
    };
    let (danish, english) = (of("da"), of("en"));
    let only = |here: &BTreeSet<String>, there: &BTreeSet<String>, name: &str| -> Vec<Finding> {
        here.difference(there).map(|key| format!("only in {name}: {key}")).collect()
    };
    [only(&danish, &english, "Danish"), only(&english, &danish, "English")].concat()
}

fn collect(value: &Value, at: &str, keys: &mut BTreeSet<String>) {
    if let Value::Object(members) = value {
        for (name, member) in members.iter().filter(|(name, _)| *name != "$schema") {
            collect(member, &format!("{at}:{name}"), keys);
        }
    } else {
        keys.insert(at.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENUM: &str = "pub enum ErrorCode {\n    /// Not it.\n    WrongKey,\n}\n";
    const SAID: &str = r#"{"error": {"wrongKey": {"what": "a", "next": "b"}}}"#;

    #[test]
    fn an_error_without_words_is_found() {
        let half = r#"{"error": {"wrongKey": {"what": "a", "next": " "}}}"#;
        let files = [
            (WIRE, ENUM),
            ("ui/messages/da/errors.json", SAID),
            ("ui/messages/en/errors.json", half),
        ];
        assert_eq!(
            every_code(&Sources::of(&files)),
            ["ui/messages/en/errors.json: error.wrongKey.next"]
        );
        let files = [
            (WIRE, ENUM),
            ("ui/messages/da/errors.json", SAID),
            ("ui/messages/en/errors.json", SAID),
        ];
        assert!(every_code(&Sources::of(&files)).is_empty());
    }

    #[test]
    fn losing_sight_of_the_codes_is_found() {
        assert_eq!(every_code(&Sources::of(&[(WIRE, "")])).len(), 1);
    }

    #[test]
    fn a_message_in_one_language_only_is_found() {
        let files = [
            ("ui/messages/da/a.json", r#"{"a": {"b": "x", "c": "y"}}"#),
            ("ui/messages/en/a.json", r#"{"a": {"b": "x"}}"#),
        ];
        assert_eq!(same_keys(&Sources::of(&files)), ["only in Danish: a.json:a:c"]);
    }
}
