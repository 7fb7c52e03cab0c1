//! The table `sharing_account`: who is signed in, in one row or none.

use fristed_base::Secret;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::column::{number_of, one_of};
use crate::error::{NetworkError, Result};
use crate::model::{Account, AccountKind};

const GET: &str = "SELECT user, name, server, device, kind, session, mark, storage_key, signed_out \
     FROM sharing_account";
const USER: &str = "SELECT user FROM sharing_account";
const PUT: &str = "INSERT OR REPLACE INTO sharing_account (one, user, name, server, device, kind, \
     session, mark, storage_key, signed_out) VALUES (1, :user, :name, :server, :device, :kind, \
     :session, :mark, :storage_key, :signed_out)";
const SET_SESSION: &str = "UPDATE sharing_account SET session = ?1";
const SET_STORAGE_KEY: &str = "UPDATE sharing_account SET storage_key = ?1";
const SET_SIGNED_OUT: &str = "UPDATE sharing_account SET signed_out = ?1";
const REMOVE: &str = "DELETE FROM sharing_account";
const LEAVE: &str = "INSERT OR REPLACE INTO sharing_left (user, storage_key) \
     SELECT user, storage_key FROM sharing_account";
const LEFT_LAST: &str = "SELECT user FROM sharing_left ORDER BY no DESC LIMIT 1";
const LEFT_KEY: &str = "SELECT storage_key FROM sharing_left WHERE user = ?1";

/// The account, whole.
pub(crate) fn get(c: &Connection) -> Result<Option<Account>> {
    let found = c.prepare_cached(GET)?.query_row([], |row| {
        let storage_key: Option<String> = row.get(7)?;
        Ok(Account {
            user: row.get(0)?,
            name: row.get(1)?,
            server: row.get(2)?,
            device: row.get(3)?,
            kind: one_of(row, 4, &AccountKind::ALL)?,
            session: Secret::new(row.get(5)?),
            mark: row.get(6)?,
            storage_key: storage_key.map(Secret::new),
            signed_out: row.get(8)?,
        })
    });
    Ok(found.optional()?)
}

/// Who the leader is.
///
/// # Errors
/// [`NetworkError::NotSignedIn`].
pub(crate) fn user(c: &Connection) -> Result<String> {
    let found = c.prepare_cached(USER)?.query_row([], |row| row.get(0)).optional()?;
    found.ok_or(NetworkError::NotSignedIn)
}

/// Keeps an account in the place of any other.
pub(crate) fn put(c: &Connection, new: &Account) -> Result<()> {
    c.prepare_cached(LEAVE)?.execute([])?;
    c.prepare_cached(PUT)?.execute(named_params! {
        ":user": new.user,
        ":name": new.name,
        ":server": new.server,
        ":device": new.device,
        ":kind": number_of(&new.kind, &AccountKind::ALL),
        ":session": new.session.expose(),
        ":mark": new.mark,
        ":storage_key": new.storage_key.as_ref().map(Secret::expose),
        ":signed_out": new.signed_out,
    })?;
    Ok(())
}

/// Keeps another session.
///
/// # Errors
/// [`NetworkError::NotSignedIn`].
pub(crate) fn set_session(c: &Connection, session: &Secret) -> Result<()> {
    one(c.prepare_cached(SET_SESSION)?.execute([session.expose()])?)
}

/// Keeps the key of the secret storage, or none.
///
/// # Errors
/// [`NetworkError::NotSignedIn`].
pub(crate) fn set_storage_key(c: &Connection, key: Option<&Secret>) -> Result<()> {
    one(c.prepare_cached(SET_STORAGE_KEY)?.execute([key.map(Secret::expose)])?)
}

/// Notes whether the server signed this computer out.
///
/// # Errors
/// [`NetworkError::NotSignedIn`].
pub(crate) fn set_signed_out(c: &Connection, signed_out: bool) -> Result<()> {
    one(c.prepare_cached(SET_SIGNED_OUT)?.execute([signed_out])?)
}

/// Forgets the account, but for who it was and what opens its secrets.
pub(crate) fn remove(c: &Connection) -> Result<()> {
    c.prepare_cached(LEAVE)?.execute([])?;
    c.prepare_cached(REMOVE)?.execute([])?;
    Ok(())
}

/// Who is signed in, or was last.
pub(crate) fn last_user(c: &Connection) -> Result<Option<String>> {
    let here = c.prepare_cached(USER)?.query_row([], |row| row.get(0)).optional()?;
    Ok(match here {
        Some(user) => Some(user),
        None => c.prepare_cached(LEFT_LAST)?.query_row([], |row| row.get(0)).optional()?,
    })
}

/// What opens the secrets of an account that is signed in, or was.
pub(crate) fn storage_key_of(c: &Connection, user: &str) -> Result<Option<Secret>> {
    if let Some(here) = get(c)?.filter(|account| account.user == user) {
        return Ok(here.storage_key);
    }
    let left = c.prepare_cached(LEFT_KEY)?.query_row([user], |row| row.get::<_, Option<String>>(0));
    Ok(left.optional()?.flatten().map(Secret::new))
}

fn one(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(NetworkError::NotSignedIn) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::memory;

    #[test]
    fn there_is_one_account_and_its_secrets_can_be_renewed() {
        let c = memory();
        assert_eq!(last_user(&c).expect("nobody"), None);
        assert!(matches!(user(&c), Err(NetworkError::NotSignedIn)));
        assert!(set_signed_out(&c, true).is_err());
        for name in ["@a:b.dk", "@karla:kommune.dk"] {
            put(&c, &crate::trial::account(name)).expect("kept");
        }
        set_session(&c, &Secret::new("ny".into())).expect("kept");
        set_storage_key(&c, Some(&Secret::new("nøgle".into()))).expect("kept");
        let found = get(&c).expect("read").expect("an account");
        assert_eq!((found.user.as_str(), found.session.expose()), ("@karla:kommune.dk", "ny"));
        assert_eq!(found.storage_key.expect("a key").expose(), "nøgle");
        remove(&c).expect("removed");
        assert!(get(&c).expect("read").is_none());
    }

    #[test]
    fn what_opens_the_secrets_of_an_account_is_there_when_she_comes_back() {
        let c = memory();
        let opens =
            |user: &str| storage_key_of(&c, user).expect("read").map(|key| key.expose().to_owned());
        for (name, key) in [("@a:b.dk", "den ene"), ("@karla:kommune.dk", "den anden")] {
            put(&c, &crate::trial::account(name)).expect("kept");
            set_storage_key(&c, Some(&Secret::new(key.into()))).expect("kept");
        }
        assert_eq!(opens("@karla:kommune.dk").as_deref(), Some("den anden"));
        remove(&c).expect("removed");
        assert_eq!(last_user(&c).expect("read").as_deref(), Some("@karla:kommune.dk"));
        assert_eq!(opens("@karla:kommune.dk").as_deref(), Some("den anden"));
        assert_eq!(opens("@a:b.dk").as_deref(), Some("den ene"), "another took her place");
        assert_eq!(opens("@bo:b.dk"), None);
        remove(&c).expect("nobody is there");
        assert_eq!(opens("@karla:kommune.dk").as_deref(), Some("den anden"), "nothing is lost");
    }
}
