//! `create`: a new vault, and its recovery key once.

use fristed_app::wire::ErrorCode;
use fristed_app::{AppError, strength};
use serde::Serialize;

use crate::ask;
use crate::failure::Failure;
use crate::session::{self, Session};

#[derive(Serialize)]
struct Created<'a> {
    vault: &'a str,
    recovery_key: &'a str,
}

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let vault = session.fristed.status().vault_path;
    let place = session.fristed.place_check(vault.as_ref());
    if place.has_vault {
        return Err(AppError::with_detail(ErrorCode::VaultExists, vault).into());
    }
    let passphrase =
        ask::new_passphrase(session.common.passphrase_file.as_deref(), session.phrases)?;
    if !strength::strength(passphrase.expose()).accepted {
        session::tell(&format!("fristed: {} [passphraseTooWeak]", session.phrases.weak));
    }
    let key = session.fristed.create_with_new_key(&passphrase, session.now())?;
    if session.common.json {
        return session.out.json(&Created { vault: &vault, recovery_key: key.expose() });
    }
    session.out.line(&session.phrases.created.replace("{}", &vault))?;
    session.out.line("")?;
    session.out.line(&format!("    {}", key.expose()))?;
    session.out.line("")?;
    session.out.line(session.phrases.keep_recovery)
}
