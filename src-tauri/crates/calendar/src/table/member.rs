//! The table `member`.

use fristed_base::MemberId;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::column::id;
use super::network::NetworkNo;
use crate::error::{CalendarError, Result};
use crate::model::{Member, MemberForm};

/// A member's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct MemberNo(pub(crate) i64);

const OF_NETWORK: &str = "SELECT no, id, name, role, workplace, email, notes FROM member \
     WHERE network = ?1 ORDER BY name COLLATE NOCASE, no";
const FIND: &str = "SELECT no, network FROM member WHERE id = ?1";
const INSERT: &str = "INSERT INTO member (id, network, name, role, workplace, email, notes) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const UPDATE: &str = "UPDATE member SET name = ?2, role = ?3, workplace = ?4, email = ?5, \
     notes = ?6 WHERE no = ?1";
const DELETE: &str = "DELETE FROM member WHERE no = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: id(row, 1, MemberId::from_slice)?,
        form: MemberForm {
            name: row.get(2)?,
            role: row.get(3)?,
            workplace: row.get(4)?,
            email: row.get(5)?,
            notes: row.get(6)?,
        },
    })
}

/// The members of a network, by name.
pub(crate) fn of_network(c: &Connection, network: NetworkNo) -> Result<Vec<Member>> {
    let mut statement = c.prepare_cached(OF_NETWORK)?;
    let found = statement.query_map([network.0], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The member's number and network.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn find(c: &Connection, id: MemberId) -> Result<(MemberNo, NetworkNo)> {
    let found = c
        .prepare_cached(FIND)?
        .query_row([id.as_bytes()], |row| Ok((MemberNo(row.get(0)?), NetworkNo(row.get(1)?))))
        .optional()?;
    found.ok_or(CalendarError::NotFound)
}

/// Adds a member.
pub(crate) fn insert(
    c: &Connection,
    id: MemberId,
    network: NetworkNo,
    form: &MemberForm,
) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![
        id.as_bytes(),
        network.0,
        form.name,
        form.role,
        form.workplace,
        form.email,
        form.notes
    ])?;
    Ok(())
}

/// Changes a member.
pub(crate) fn update(c: &Connection, no: MemberNo, form: &MemberForm) -> Result<()> {
    let row = params![no.0, form.name, form.role, form.workplace, form.email, form.notes];
    c.prepare_cached(UPDATE)?.execute(row)?;
    Ok(())
}

/// Removes a member; commitments keep the name.
pub(crate) fn delete(c: &Connection, no: MemberNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([no.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use fristed_base::NetworkId;

    use super::super::{memory, network};
    use super::*;
    use crate::model::NetworkForm;

    #[test]
    fn members_stand_by_name_and_go_with_their_network() {
        let c = memory();
        let of = NetworkId::new();
        network::insert(&c, of, &NetworkForm::default()).expect("a network");
        let no = network::by_id(&c, of).expect("it").no;
        for name in ["Mette", "Bo"] {
            let form = MemberForm { name: name.into(), ..MemberForm::default() };
            insert(&c, MemberId::new(), no, &form).expect("a member");
        }
        let all = of_network(&c, no).expect("all");
        assert_eq!(all[0].form.name, "Bo");
        let (mette, _) = find(&c, all[1].id).expect("Mette");
        let form =
            MemberForm { name: "Mette".into(), role: "Vært".into(), ..MemberForm::default() };
        update(&c, mette, &form).expect("changed");
        assert_eq!(of_network(&c, no).expect("all")[1].form.role, "Vært");
        network::delete(&c, of).expect("deleting");
        assert!(matches!(find(&c, all[0].id), Err(CalendarError::NotFound)));
    }
}
