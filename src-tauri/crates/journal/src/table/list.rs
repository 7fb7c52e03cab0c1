//! Lists of entries: pages, days, and how long they are. They read indexes and never a text.

use chrono::{Datelike, NaiveDate};
use fristed_base::EntryId;
use rusqlite::{Connection, Params, Row, params};

use super::column::{day_number, day_of, id, moment, moment_or_none, unreadable};
use super::entry::EntryNo;
use super::tag;
use crate::error::Result;
use crate::model::{DayCount, EntryRow, Filter};

/// Two directions through one index: a page nearer to the end is reached from the end.
struct Ways {
    from_start: &'static str,
    from_end: &'static str,
}

macro_rules! ways {
    ($from:literal, $down:literal, $up:literal) => {
        Ways {
            from_start: concat!(
                "SELECT no FROM entry ",
                $from,
                " ORDER BY ",
                $down,
                " LIMIT ?1 OFFSET ?2"
            ),
            from_end: concat!(
                "SELECT no FROM entry ",
                $from,
                " ORDER BY ",
                $up,
                " LIMIT ?1 OFFSET ?2"
            ),
        }
    };
}

const ALL: Ways = ways!("WHERE trashed_ms IS NULL", "ord DESC", "ord");
const STARRED: Ways = ways!("WHERE trashed_ms IS NULL AND starred = 1", "ord DESC", "ord");
const DAYS: Ways =
    ways!("WHERE trashed_ms IS NULL AND day BETWEEN ?3 AND ?4", "day DESC, ord DESC", "day, ord");
const TRASH: Ways =
    ways!("WHERE trashed_ms IS NOT NULL", "trashed_ms DESC, ord DESC", "trashed_ms, ord");
const TAG: Ways = Ways {
    from_start: "SELECT entry FROM entry_tag WHERE tag = ?3 AND live_ord IS NOT NULL \
                 ORDER BY live_ord DESC LIMIT ?1 OFFSET ?2",
    from_end: "SELECT entry FROM entry_tag WHERE tag = ?3 AND live_ord IS NOT NULL \
               ORDER BY live_ord LIMIT ?1 OFFSET ?2",
};

const COUNT_ALL: &str = "SELECT live FROM tally";
const COUNT_STARRED: &str = "SELECT starred FROM tally";
const COUNT_DAYS: &str =
    "SELECT count(*) FROM entry WHERE trashed_ms IS NULL AND day BETWEEN ?1 AND ?2";
const COUNT_TRASH: &str = "SELECT count(*) FROM entry WHERE trashed_ms IS NOT NULL";

const ROW: &str = "SELECT id, shown_title, preview, written_ms, written_offset, starred, \
     trashed_ms, trashed_offset FROM entry WHERE no = ?1";

const DAY_COUNTS: &str = "SELECT day, count(*) FROM entry WHERE trashed_ms IS NULL \
     AND day BETWEEN ?1 AND ?2 GROUP BY day ORDER BY day";

const ON_DAY_IN_YEARS: &str = "SELECT no FROM entry WHERE trashed_ms IS NULL \
     AND day % 10000 = ?1 AND day < ?2 ORDER BY day DESC, ord DESC";

const COUNTS_RIGHT: &str = "SELECT \
     (SELECT live FROM tally) = (SELECT count(*) FROM entry WHERE trashed_ms IS NULL) \
     AND (SELECT starred FROM tally) = \
     (SELECT count(*) FROM entry WHERE trashed_ms IS NULL AND starred = 1) \
     AND NOT EXISTS (SELECT 1 FROM tag WHERE entries <> \
     (SELECT count(*) FROM entry_tag WHERE tag = tag.no AND live_ord IS NOT NULL)) \
     AND NOT EXISTS (SELECT 1 FROM entry_tag et JOIN entry e ON e.no = et.entry \
     WHERE et.live_ord IS NOT (CASE WHEN e.trashed_ms IS NULL THEN e.ord END)) \
     AND NOT EXISTS (SELECT 1 FROM entry e WHERE NOT EXISTS \
     (SELECT 1 FROM entry_text WHERE entry = e.no))";

/// The rows `offset..offset + limit` of a list, and the list's length.
pub(crate) fn page(
    c: &Connection,
    filter: &Filter,
    offset: u32,
    limit: u32,
) -> Result<(Vec<EntryRow>, u32)> {
    let (total, numbers) = match filter {
        Filter::All => {
            let total = live(c)?;
            (total, reach(total, offset, limit, |way, l, o| many(c, way.of(&ALL), params![l, o]))?)
        }
        Filter::Starred => {
            let total = one(c, COUNT_STARRED, [])?;
            let found =
                reach(total, offset, limit, |way, l, o| many(c, way.of(&STARRED), params![l, o]))?;
            (total, found)
        }
        Filter::Trash => {
            let total = one(c, COUNT_TRASH, [])?;
            let found =
                reach(total, offset, limit, |way, l, o| many(c, way.of(&TRASH), params![l, o]))?;
            (total, found)
        }
        Filter::Tag(name) => {
            let Some((tag, total)) = tag::find(c, name)? else { return Ok((Vec::new(), 0)) };
            let found =
                reach(total, offset, limit, |way, l, o| many(c, way.of(&TAG), params![l, o, tag]))?;
            (total, found)
        }
        Filter::Day(day) => between(c, day_number(*day), day_number(*day), offset, limit)?,
        Filter::Month { year, month } => {
            let (first, last) = month_bounds(*year, *month);
            between(c, first, last, offset, limit)?
        }
    };
    Ok((rows(c, &numbers)?, total))
}

fn between(
    c: &Connection,
    first: i64,
    last: i64,
    offset: u32,
    limit: u32,
) -> Result<(u32, Vec<EntryNo>)> {
    let total = one(c, COUNT_DAYS, [first, last])?;
    let found = reach(total, offset, limit, |way, l, o| {
        many(c, way.of(&DAYS), params![l, o, first, last])
    })?;
    Ok((total, found))
}

/// From which end a page is reached.
#[derive(Clone, Copy)]
enum Way {
    FromStart,
    FromEnd,
}

impl Way {
    const fn of(self, ways: &Ways) -> &'static str {
        match self {
            Self::FromStart => ways.from_start,
            Self::FromEnd => ways.from_end,
        }
    }
}

/// Asks for a page from whichever end is nearer.
fn reach(
    total: u32,
    offset: u32,
    limit: u32,
    ask: impl Fn(Way, u32, u32) -> Result<Vec<EntryNo>>,
) -> Result<Vec<EntryNo>> {
    if offset >= total {
        return Ok(Vec::new());
    }
    let count = limit.min(total - offset);
    let after = total - offset - count;
    if offset <= after {
        return ask(Way::FromStart, count, offset);
    }
    let mut found = ask(Way::FromEnd, count, after)?;
    found.reverse();
    Ok(found)
}

fn one(c: &Connection, sql: &str, params: impl Params) -> Result<u32> {
    Ok(c.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}

fn many(c: &Connection, sql: &str, params: impl Params) -> Result<Vec<EntryNo>> {
    let mut statement = c.prepare_cached(sql)?;
    let found = statement.query_map(params, |row| row.get(0).map(EntryNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The lines for these entries, in their order.
pub(crate) fn rows(c: &Connection, numbers: &[EntryNo]) -> Result<Vec<EntryRow>> {
    let mut statement = c.prepare_cached(ROW)?;
    let mut found = Vec::with_capacity(numbers.len());
    for no in numbers {
        let mut row = statement.query_row([no.0], from_row)?;
        row.tags = tag::of_entry(c, *no)?;
        found.push(row);
    }
    Ok(found)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    Ok(EntryRow {
        id: id(row, 0, EntryId::from_slice)?,
        shown_title: row.get(1)?,
        preview: row.get(2)?,
        written: moment(row, 3)?,
        starred: row.get(5)?,
        trashed: moment_or_none(row, 6)?,
        tags: Vec::new(),
    })
}

/// The days of a month that have entries, in their order.
pub(crate) fn days(c: &Connection, year: i32, month: u32) -> Result<Vec<DayCount>> {
    let (first, last) = month_bounds(year, month);
    let mut statement = c.prepare_cached(DAY_COUNTS)?;
    let found = statement.query_map([first, last], |row| {
        let day = day_of(row.get(0)?).ok_or_else(|| unreadable(0))?;
        Ok(DayCount { day, count: row.get(1)? })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The first and last number a day of this month can have; no day has any where there is no such
/// month.
fn month_bounds(year: i32, month: u32) -> (i64, i64) {
    let first = i64::from(year) * 10_000 + i64::from(month) * 100;
    (first, first + 99)
}

/// The entries of earlier years on the day and month of `today`, newest first.
///
/// What was written on a 29 February shows on the 28th in years that have no 29th.
pub(crate) fn on_this_day(c: &Connection, today: NaiveDate) -> Result<Vec<EntryRow>> {
    let before = i64::from(today.year()) * 10_000;
    let mut wanted = vec![i64::from(today.month() * 100 + today.day())];
    if (today.month(), today.day()) == (2, 28) && !today.leap_year() {
        wanted.insert(0, 229);
    }
    let mut numbers = Vec::new();
    for day in wanted {
        numbers.extend(many(c, ON_DAY_IN_YEARS, [day, before])?);
    }
    let mut found = rows(c, &numbers)?;
    found.sort_by_key(|row| std::cmp::Reverse(row.written.local()));
    Ok(found)
}

/// How many entries are outside the trash, as it was counted.
pub(crate) fn live(c: &Connection) -> Result<u32> {
    one(c, COUNT_ALL, [])
}

/// Whether the kept counts are those one gets by counting.
pub(crate) fn counts_right(c: &Connection) -> Result<bool> {
    Ok(c.query_row(COUNTS_RIGHT, [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::memory;
    use crate::trial::{after, at, text, write};
    use crate::writing;

    fn titles(rows: &[EntryRow]) -> Vec<&str> {
        rows.iter().map(|row| row.shown_title.as_str()).collect()
    }

    #[test]
    fn a_page_is_the_same_from_whichever_end_it_is_reached() {
        let c = memory();
        for number in 0..50_u32 {
            let mut new = text(&number.to_string(), after(i64::from(number) * 40_000));
            new.tags = vec!["t".into()];
            new.starred = true;
            let id = writing::create(&c, &new, after(0)).expect("written").id;
            if number % 10 == 0 {
                writing::trash(&c, id, after(i64::from(number))).expect("trashed");
            }
        }
        let expected: Vec<String> =
            (0..50_u32).rev().filter(|n| n % 10 != 0).map(|n| n.to_string()).collect();
        for filter in [Filter::All, Filter::Tag("t".into()), Filter::Starred] {
            for offset in 0..50 {
                let (rows, total) = page(&c, &filter, offset, 7).expect("a page");
                assert_eq!(total, 45);
                let from = (offset as usize).min(45);
                assert_eq!(titles(&rows), expected[from..(from + 7).min(45)]);
            }
        }
        let (rows, total) = page(&c, &Filter::Trash, 0, 9).expect("a page");
        assert_eq!((titles(&rows), total), (vec!["40", "30", "20", "10", "0"], 5));
    }

    #[test]
    fn days_and_months_hold_what_the_wall_showed() {
        let c = memory();
        write(&c, "a", at("2026-11-30T23:30:00-05:00"));
        write(&c, "b", at("2026-11-30T01:00:00+01:00"));
        write(&c, "c", at("2026-12-01T00:00:00+01:00"));
        let november = Filter::Month { year: 2026, month: 11 };
        assert_eq!(titles(&page(&c, &november, 0, 9).expect("a page").0), ["a", "b"]);
        let day: NaiveDate = "2026-12-01".parse().expect("a day");
        assert_eq!(titles(&page(&c, &Filter::Day(day), 0, 9).expect("a page").0), ["c"]);
        assert_eq!(days(&c, 2026, 12).expect("days"), [DayCount { day, count: 1 }]);
        assert_eq!(days(&c, 2026, 11).expect("days")[0].count, 2);
        assert!(days(&c, 2026, 13).expect("days").is_empty());
    }

    #[test]
    fn this_day_in_earlier_years_and_the_29th_of_february_every_year() {
        let c = memory();
        for (name, day) in [
            ("skud", "2024-02-29"),
            ("to", "2025-02-28"),
            ("et", "2023-02-28"),
            ("i", "2026-02-28"),
        ] {
            write(&c, name, at(&format!("{day}T12:00:00+01:00")));
        }
        let on = |day: &str| {
            let rows = on_this_day(&c, day.parse().expect("a day")).expect("rows");
            rows.into_iter().map(|row| row.shown_title).collect::<Vec<_>>()
        };
        assert_eq!(on("2026-02-28"), ["to", "skud", "et"]);
        assert_eq!(on("2028-02-28"), ["i", "to", "et"]);
        assert_eq!(on("2028-02-29"), ["skud"]);
    }

    #[test]
    fn no_list_reads_a_text() {
        let c = memory();
        for ways in [&ALL, &STARRED, &DAYS, &TRASH, &TAG] {
            for sql in [ways.from_start, ways.from_end] {
                let mut plan = c.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
                let count = plan.parameter_count();
                let steps: Vec<String> = plan
                    .query_map(rusqlite::params_from_iter(vec![1; count]), |row| row.get(3))
                    .expect("steps")
                    .collect::<Result<_, _>>()
                    .expect("steps");
                let plan = steps.join("; ");
                assert!(plan.contains("COVERING INDEX") && !plan.contains("B-TREE"), "{plan}");
            }
        }
    }
}
