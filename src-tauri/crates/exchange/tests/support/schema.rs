//! As much of JSON Schema 2020-12 as the schema of the export uses.

use serde_json::Value;

pub fn check(root: &Value, schema: &Value, value: &Value, at: &str) {
    for (keyword, wanted) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$ref" => {
                let pointer = wanted.as_str().unwrap().trim_start_matches('#');
                check(root, root.pointer(pointer).unwrap(), value, at);
            }
            "const" => assert_eq!(value, wanted, "{at}"),
            "type" => {
                let one = [wanted.clone()];
                let kinds = wanted.as_array().map_or(&one[..], Vec::as_slice);
                assert!(kinds.iter().any(|kind| is(value, kind.as_str().unwrap())), "{at}");
            }
            "required" => {
                for key in wanted.as_array().unwrap() {
                    assert!(value.get(key.as_str().unwrap()).is_some(), "{at}: {key}");
                }
            }
            "properties" => {
                for (key, inner) in value.as_object().unwrap() {
                    let schema = &wanted[key];
                    assert!(!schema.is_null(), "{at}: {key} is in no schema");
                    check(root, schema, inner, &format!("{at}/{key}"));
                }
            }
            "items" => {
                for (index, inner) in value.as_array().unwrap().iter().enumerate() {
                    check(root, wanted, inner, &format!("{at}/{index}"));
                }
            }
            "minimum" => assert!(value.as_i64() >= wanted.as_i64(), "{at}"),
            "maximum" => assert!(value.as_i64() <= wanted.as_i64(), "{at}"),
            "pattern" => {
                assert!(matches(wanted.as_str().unwrap(), value.as_str().unwrap()), "{at}")
            }
            "additionalProperties" => assert_eq!(wanted, &Value::Bool(false)),
            "$schema" | "$id" | "$defs" | "title" | "description" => {}
            other => panic!("the schema uses {other}, which is not checked here"),
        }
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        _ => false,
    }
}

/// The patterns of the schema, said in Rust.
fn matches(pattern: &str, text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if pattern.starts_with("^attachments/") {
        text.strip_prefix("attachments/")
            .is_some_and(|name| !name.is_empty() && !name.contains('/'))
    } else if pattern.contains("a-f") {
        text.parse::<fristed_base::EntryId>().is_ok_and(|id| id.to_string() == text)
    } else if pattern.contains('T') {
        let shape = shape.replace(".000", "").replace('-', "+");
        shape == "0000+00+00T00:00:00+00:00"
    } else {
        shape == "0000-00-00"
    }
}
