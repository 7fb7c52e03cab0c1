//! The table `own_address`: the leader's own addresses, e-mail and those in rooms.

use rusqlite::{Connection, params};

use crate::error::Result;

const ALL: &str = "SELECT address FROM own_address ORDER BY address";
const TYPED: &str = "SELECT address FROM own_address WHERE in_room = 0 ORDER BY address";
const INSERT: &str =
    "INSERT INTO own_address (address, in_room) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const CLEAR: &str = "DELETE FROM own_address WHERE in_room = 0";

/// The form in which addresses are compared.
pub(crate) fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

/// All of them, in lower case.
pub(crate) fn all(c: &Connection) -> Result<Vec<String>> {
    listed(c, ALL)
}

/// Those that are no room's, in lower case.
pub(crate) fn typed(c: &Connection) -> Result<Vec<String>> {
    listed(c, TYPED)
}

fn listed(c: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(sql)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Adds one; one that is there already stays.
pub(crate) fn insert(c: &Connection, address: &str) -> Result<()> {
    put(c, address, false)
}

/// Adds the one in a room.
pub(crate) fn insert_of_room(c: &Connection, address: &str) -> Result<()> {
    put(c, address, true)
}

fn put(c: &Connection, address: &str, in_room: bool) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![folded(address), in_room])?;
    Ok(())
}

/// Forgets those that are no room's.
pub(crate) fn clear(c: &Connection) -> Result<()> {
    c.prepare_cached(CLEAR)?.execute([])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::memory;
    use super::*;

    #[test]
    fn an_address_is_known_however_it_is_written() {
        let c = memory();
        insert(&c, " Karla@Skolen.example ").expect("one");
        insert(&c, "karla@skolen.example").expect("the same");
        assert_eq!(all(&c).expect("all"), ["karla@skolen.example"]);
        insert_of_room(&c, "matrix:u/karla:skolen.example").expect("a room's");
        assert_eq!(typed(&c).expect("typed"), ["karla@skolen.example"]);
        clear(&c).expect("none");
        assert_eq!(all(&c).expect("all"), ["matrix:u/karla:skolen.example"], "a room's stays");
    }
}
