//! How the crate's types lie in columns.

use fristed_base::Moment;
use rusqlite::types::Type;
use rusqlite::{Error, Row};

/// The moment of an instant in one column, milliseconds since 1970.
pub(crate) fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Moment> {
    Moment::from_parts(row.get(at)?, 0).ok_or_else(|| unreadable(at))
}

/// The same in a column that is NULL where there is none.
pub(crate) fn moment_or_none(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Moment>> {
    let millis: Option<i64> = row.get(at)?;
    if millis.is_none() { Ok(None) } else { moment(row, at).map(Some) }
}

/// An id of sixteen bytes.
pub(crate) fn id<T>(
    row: &Row<'_>,
    at: usize,
    from: impl Fn(&[u8]) -> Option<T>,
) -> rusqlite::Result<T> {
    let bytes: [u8; 16] = row.get(at)?;
    from(&bytes).ok_or_else(|| unreadable(at))
}

/// An id of sixteen bytes that is NULL where there is none.
pub(crate) fn id_or_none<T>(
    row: &Row<'_>,
    at: usize,
    from: impl Fn(&[u8]) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    let bytes: Option<[u8; 16]> = row.get(at)?;
    bytes.map(|bytes| from(&bytes).ok_or_else(|| unreadable(at))).transpose()
}

/// A number that stands for one of a few things.
pub(crate) fn one_of<T: Copy>(row: &Row<'_>, at: usize, all: &[T]) -> rusqlite::Result<T> {
    one_of_or_none(row, at, all)?.ok_or_else(|| unreadable(at))
}

/// The same in a column that is NULL where there is none.
pub(crate) fn one_of_or_none<T: Copy>(
    row: &Row<'_>,
    at: usize,
    all: &[T],
) -> rusqlite::Result<Option<T>> {
    let number: Option<i64> = row.get(at)?;
    let Some(number) = number else { return Ok(None) };
    let found = usize::try_from(number).ok().and_then(|number| all.get(number).copied());
    found.ok_or_else(|| unreadable(at)).map(Some)
}

/// The number that stands for one of a few things.
pub(crate) fn number_of<T: PartialEq>(one: &T, all: &[T]) -> i64 {
    let at = all.iter().position(|other| other == one).unwrap_or_default();
    i64::try_from(at).unwrap_or_default()
}

/// JSON in a column that is NULL where there is none.
pub(crate) fn json_or_none<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    text.map(|text| serde_json::from_str(text).map_err(|_| unreadable(at))).transpose()
}

/// How something lies in a column as JSON.
pub(crate) fn to_json<T: serde::Serialize>(one: &T) -> rusqlite::Result<String> {
    serde_json::to_string(one).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

/// What a damaged column gives.
pub(crate) fn unreadable(at: usize) -> Error {
    Error::FromSqlConversionFailure(at, Type::Null, "not what was stored".into())
}
