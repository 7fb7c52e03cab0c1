//! The tables `reminding` and `reminding_day`: when the leader wants to be reminded.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::model::Reminding;

const READ: &str = "SELECT notify, commitments, names_it FROM reminding WHERE one = 1";
const DAYS: &str = "SELECT days FROM reminding_day ORDER BY days";
const WRITE: &str =
    "UPDATE reminding SET notify = ?1, commitments = ?2, names_it = ?3 WHERE one = 1";
const CLEAR: &str = "DELETE FROM reminding_day";
const ADD: &str = "INSERT INTO reminding_day (days) VALUES (?1) ON CONFLICT DO NOTHING";

/// What is kept.
pub(crate) fn read(c: &Connection) -> Result<Reminding> {
    let (notify, commitments, names_it) =
        c.prepare_cached(READ)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut statement = c.prepare_cached(DAYS)?;
    let days_before = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Reminding { notify, days_before, commitments, names_it })
}

/// Keeps this instead.
pub(crate) fn write(c: &Connection, reminding: &Reminding) -> Result<()> {
    c.prepare_cached(WRITE)?.execute(params![
        reminding.notify,
        reminding.commitments,
        reminding.names_it
    ])?;
    c.prepare_cached(CLEAR)?.execute([])?;
    for days in &reminding.days_before {
        c.prepare_cached(ADD)?.execute([days])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::memory;
    use super::*;

    #[test]
    fn a_new_store_reminds_before_meetings_and_names_nothing() {
        let c = memory();
        let usual = read(&c).expect("reading");
        assert_eq!(usual.days_before, [1, 3]);
        assert!(usual.notify && usual.commitments && !usual.names_it);
        let chosen = Reminding {
            notify: false,
            days_before: vec![7, 2, 7],
            commitments: false,
            names_it: true,
        };
        write(&c, &chosen).expect("writing");
        assert_eq!(read(&c).expect("reading"), Reminding { days_before: vec![2, 7], ..chosen });
    }
}
