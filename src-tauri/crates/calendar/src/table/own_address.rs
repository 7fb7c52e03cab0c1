//! The table `own_address`: the leader's own e-mail addresses.

use rusqlite::Connection;

use crate::error::Result;

const ALL: &str = "SELECT address FROM own_address ORDER BY address";
const INSERT: &str = "INSERT INTO own_address (address) VALUES (?1) ON CONFLICT DO NOTHING";
const CLEAR: &str = "DELETE FROM own_address";

/// The form in which addresses are compared.
pub(crate) fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

/// All of them, in lower case.
pub(crate) fn all(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Adds one; one that is there already stays.
pub(crate) fn insert(c: &Connection, address: &str) -> Result<()> {
    c.prepare_cached(INSERT)?.execute([folded(address)])?;
    Ok(())
}

/// Forgets them.
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
        clear(&c).expect("none");
        assert!(all(&c).expect("all").is_empty());
    }
}
