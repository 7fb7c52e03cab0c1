//! JSON documents of entries, read one entry at a time.
//!
//! Every program here writes an object with a list `entries`, and other fields around it; a bare
//! list of entries is taken as well. Only one entry is held as a tree at a time. Nesting beyond
//! 128 levels is refused by `serde_json` itself.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use crate::error::{ExchangeError, Result};
use crate::fristed_json;

/// Whose entries they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Day One's.
    DayOne,
    /// jrnl's.
    Jrnl,
    /// Fristed's own.
    Fristed,
}

/// Whose entry it is, by its fields; `None` where it is nobody's.
fn shape_of(entry: &Map<String, Value>) -> Option<Shape> {
    let has = |key: &str| entry.contains_key(key);
    if has("creationDate") || has("richText") {
        Some(Shape::DayOne)
    } else if has("id") && has("body") && has("created_at") {
        Some(Shape::Fristed)
    } else if has("date") && (has("title") || has("body")) {
        Some(Shape::Jrnl)
    } else {
        None
    }
}

type Each<'a> = &'a mut dyn FnMut(Option<Shape>, Map<String, Value>) -> Result<()>;

/// Reads a document and hands on its entries. Gives whose they are; `None` where it is no
/// document of entries.
///
/// # Errors
/// `BadFile` where it is no JSON, and whatever `each` gives.
pub(crate) fn read(reader: impl Read, each: Each<'_>) -> Result<Option<Shape>> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    if reader.fill_buf().map_err(crate::detect::broken)?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    let mut state = State { each, failed: None, shape: None, around: None, newer: false };
    let mut json = serde_json::Deserializer::from_reader(reader);
    let read = Document(&mut state).deserialize(&mut json).and_then(|()| json.end());
    let State { failed, shape, around, newer, .. } = state;
    if let Some(failed) = failed {
        return Err(failed);
    }
    if newer {
        return Err(ExchangeError::UnknownFormat);
    }
    read.map_err(|error| match error.io_error_kind() {
        Some(kind) if kind != io::ErrorKind::InvalidData => ExchangeError::Io(kind.into()),
        _ => ExchangeError::json(&error),
    })?;
    Ok(shape.or(around))
}

struct State<'a> {
    each: Each<'a>,
    /// What `each` gave, on its way past `serde`.
    failed: Option<ExchangeError>,
    /// Whose the entries are, by the first of them that is anybody's.
    shape: Option<Shape>,
    /// Whose they are, by the fields around them.
    around: Option<Shape>,
    /// It is Fristed's own, in a version that is not known here.
    newer: bool,
}

impl State<'_> {
    fn entry<E: serde::de::Error>(&mut self, value: Value) -> Result<(), E> {
        let (shape, entry) = match value {
            Value::Object(entry) => (shape_of(&entry).or(self.around), entry),
            _ => (None, Map::new()),
        };
        if self.shape.is_none() && shape.is_none() {
            // No entry so far was anybody's: the document may be about something else.
            return Ok(());
        }
        self.shape = self.shape.or(shape);
        let same = shape.filter(|shape| self.shape == Some(*shape));
        (self.each)(same, entry).map_err(|error| {
            self.failed = Some(error);
            E::custom("stopped")
        })
    }

    fn field(&mut self, key: &str, value: &Value) {
        match (key, value) {
            ("format", Value::String(format)) if format == fristed_json::FORMAT => {
                self.around = Some(Shape::Fristed);
            }
            ("version", Value::Number(version)) if self.around == Some(Shape::Fristed) => {
                self.newer = version.as_u64() != Some(fristed_json::VERSION);
            }
            ("metadata", Value::Object(_)) => self.around = self.around.or(Some(Shape::DayOne)),
            ("tags", Value::Object(_)) => self.around = self.around.or(Some(Shape::Jrnl)),
            _ => {}
        }
    }
}

/// The whole document.
struct Document<'s, 'a>(&'s mut State<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("entries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "entries" => map.next_value_seed(Entries(self.0))?,
                "format" | "version" | "metadata" | "tags" => {
                    let value: Value = map.next_value()?;
                    self.0.field(&key, &value);
                    if self.0.newer {
                        return Err(A::Error::custom("newer"));
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        Entries(self.0).visit_seq(seq)
    }
}

/// The list of entries.
struct Entries<'s, 'a>(&'s mut State<'a>);

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<Value>()? {
            self.0.entry(value)?;
        }
        Ok(())
    }
}
