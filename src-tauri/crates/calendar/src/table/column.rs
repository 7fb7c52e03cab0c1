//! How the crate's types lie in columns.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use fristed_base::Moment;
use rusqlite::types::Type;
use rusqlite::{Error, Row};

/// A number that tells a day and sorts like it: `year * 10000 + month * 100 + day`.
pub(crate) fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month() * 100 + day.day())
}

/// The day of [`day_number`].
fn day_of(number: i64) -> Option<NaiveDate> {
    let year = i32::try_from(number.div_euclid(10_000)).ok()?;
    let rest = u32::try_from(number.rem_euclid(10_000)).ok()?;
    NaiveDate::from_ymd_opt(year, rest / 100, rest % 100)
}

/// The day in a column that is NULL where there is none.
pub(crate) fn day_or_none(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let number: Option<i64> = row.get(at)?;
    number.map(|number| day_of(number).ok_or_else(|| unreadable(at))).transpose()
}

/// The moment in two columns, milliseconds and offset, from `at` on.
pub(crate) fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Moment> {
    Moment::from_parts(row.get(at)?, row.get(at + 1)?).ok_or_else(|| unreadable(at))
}

/// The moment in two columns that are both NULL where there is none.
pub(crate) fn moment_or_none(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Moment>> {
    let millis: Option<i64> = row.get(at)?;
    if millis.is_none() { Ok(None) } else { moment(row, at).map(Some) }
}

/// An instant in one column, milliseconds since 1970.
pub(crate) fn instant(row: &Row<'_>, at: usize) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(row.get(at)?).ok_or_else(|| unreadable(at))
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
    let number: i64 = row.get(at)?;
    let found = usize::try_from(number).ok().and_then(|number| all.get(number).copied());
    found.ok_or_else(|| unreadable(at))
}

/// The number that stands for one of a few things.
pub(crate) fn number_of<T: PartialEq>(one: &T, all: &[T]) -> i64 {
    let at = all.iter().position(|other| other == one).unwrap_or_default();
    i64::try_from(at).unwrap_or_default()
}

/// What a damaged column gives.
pub(crate) fn unreadable(at: usize) -> Error {
    Error::FromSqlConversionFailure(at, Type::Null, "not what was stored".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_comes_back_from_its_number_and_sorts_like_it() {
        let days = [(1969, 12, 31), (2026, 1, 2), (2026, 11, 24)]
            .map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        for pair in days.windows(2) {
            assert!(day_number(pair[0]) < day_number(pair[1]));
        }
        for day in days {
            assert_eq!(day_of(day_number(day)), Some(day));
        }
        assert_eq!(day_of(20_261_324), None);
    }

    #[test]
    fn one_of_a_few_things_is_a_number_from_nought() {
        assert_eq!(number_of(&'b', &['a', 'b']), 1);
    }
}
