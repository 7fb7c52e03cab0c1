//! The table `network`.

use fristed_base::NetworkId;
use rusqlite::{Connection, Row, params};

use super::column::{id, number_of, one_of};
use crate::error::{CalendarError, Result};
use crate::model::{Colour, NetworkForm};

/// A network's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NetworkNo(pub(crate) i64);

/// A row of `network`, with how many members and open commitments it has.
#[derive(Debug, Clone)]
pub(crate) struct NetworkRecord {
    pub(crate) no: NetworkNo,
    pub(crate) id: NetworkId,
    pub(crate) form: NetworkForm,
    pub(crate) members: u32,
    pub(crate) open: u32,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT n.no, n.id, n.name, n.purpose, n.colour, n.rhythm, n.title_contains, \
             (SELECT count(*) FROM member m WHERE m.network = n.no), \
             (SELECT count(*) FROM commitment o WHERE o.network = n.no AND o.state = 0) \
             FROM network n ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE n.id = ?1");
const ALL: &str = select!("ORDER BY n.no");
const INSERT: &str = "INSERT INTO network (id, name, purpose, colour, rhythm, title_contains) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const UPDATE: &str = "UPDATE network SET name = ?2, purpose = ?3, colour = ?4, rhythm = ?5, \
     title_contains = ?6 WHERE id = ?1";
const DELETE: &str = "DELETE FROM network WHERE id = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<NetworkRecord> {
    Ok(NetworkRecord {
        no: NetworkNo(row.get(0)?),
        id: id(row, 1, NetworkId::from_slice)?,
        form: NetworkForm {
            name: row.get(2)?,
            purpose: row.get(3)?,
            colour: one_of(row, 4, &Colour::ALL)?,
            rhythm: row.get(5)?,
            title_contains: row.get(6)?,
        },
        members: row.get(7)?,
        open: row.get(8)?,
    })
}

/// The network with this id.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: NetworkId) -> Result<NetworkRecord> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row)?)
}

/// Every network, in the order they were made.
pub(crate) fn all(c: &Connection) -> Result<Vec<NetworkRecord>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn write(c: &Connection, sql: &str, id: NetworkId, form: &NetworkForm) -> Result<usize> {
    Ok(c.prepare_cached(sql)?.execute(params![
        id.as_bytes(),
        form.name,
        form.purpose,
        number_of(&form.colour, &Colour::ALL),
        form.rhythm,
        form.title_contains,
    ])?)
}

/// Adds a network.
pub(crate) fn insert(c: &Connection, id: NetworkId, form: &NetworkForm) -> Result<()> {
    write(c, INSERT, id, form).map(drop)
}

/// Changes a network.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn update(c: &Connection, id: NetworkId, form: &NetworkForm) -> Result<()> {
    match write(c, UPDATE, id, form)? {
        0 => Err(CalendarError::NotFound),
        _ => Ok(()),
    }
}

/// Removes a network, its members, meetings and commitments.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn delete(c: &Connection, id: NetworkId) -> Result<()> {
    match c.prepare_cached(DELETE)?.execute([id.as_bytes()])? {
        0 => Err(CalendarError::NotFound),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory;
    use super::*;

    #[test]
    fn a_network_keeps_what_was_written_of_it() {
        let c = memory();
        let id = NetworkId::new();
        insert(&c, id, &NetworkForm::default()).expect("one");
        let form = NetworkForm {
            name: "Skoleledere i nord".into(),
            purpose: "At være færre alene".into(),
            colour: Colour::Amber,
            rhythm: "Hver sjette uge".into(),
            title_contains: "netværk".into(),
        };
        update(&c, id, &form).expect("changed");
        let found = by_id(&c, id).expect("it");
        assert_eq!((found.form, found.members, found.open), (form, 0, 0));
        delete(&c, id).expect("deleting");
        assert!(all(&c).expect("all").is_empty());
    }
}
