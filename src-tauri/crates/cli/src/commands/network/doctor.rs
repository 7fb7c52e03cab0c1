//! `network doctor`: whether a server has everything that sharing needs.

use fristed_app::wire::ErrorCode;
use fristed_app::{AppError, ServerFinding, ServerHealth};
use serde::Serialize;

use super::megabytes;
use crate::failure::Failure;
use crate::out::harmless;
use crate::session::Session;

#[derive(Serialize)]
struct HealthJson<'a> {
    server: &'a str,
    well: bool,
    looked: Vec<LookedJson<'a>>,
}

#[derive(Serialize)]
struct LookedJson<'a> {
    at: &'static str,
    well: bool,
    found: &'a str,
}

pub(super) fn run(url: &str, session: &mut Session) -> Result<(), Failure> {
    let health = session.fristed.server_doctor(url, session.now())?;
    if session.common.json {
        session.out.json(&HealthJson {
            server: &health.server,
            well: health.is_well(),
            looked: health
                .looked
                .iter()
                .map(|one| LookedJson { at: name(one.at), well: one.well, found: &one.found })
                .collect(),
        })?;
    } else {
        lines(&health, session)?;
    }
    let lacks: Vec<_> =
        health.looked.iter().filter(|one| !one.well).map(|one| word(one.at, session)).collect();
    if lacks.is_empty() {
        Ok(())
    } else {
        Err(AppError::with_detail(ErrorCode::ServerLacks, lacks.join(", ")).into())
    }
}

fn lines(health: &ServerHealth, session: &mut Session) -> Result<(), Failure> {
    session.out.line(&harmless(&health.server))?;
    for one in &health.looked {
        let verdict = session.phrases.network.verdicts[usize::from(!one.well)];
        let found = match (one.at, one.found.parse()) {
            (ServerFinding::Limits, Ok(bytes)) => megabytes(bytes),
            (ServerFinding::Limits, Err(_)) => session.phrases.network.members_only.to_owned(),
            _ => harmless(&one.found),
        };
        let line = format!("  {}: {verdict}  {found}", word(one.at, session));
        session.out.line(line.trim_end())?;
    }
    Ok(())
}

/// Where the word for the largest file stands.
pub(super) const LARGEST_FILE: usize = 3;

fn word(at: ServerFinding, session: &Session) -> &'static str {
    session.phrases.network.looked[match at {
        ServerFinding::Versions => 0,
        ServerFinding::SlidingSync => 1,
        ServerFinding::SignIn => 2,
        ServerFinding::Limits => LARGEST_FILE,
        ServerFinding::Encryption => 4,
        ServerFinding::Clock => 5,
    }]
}

/// The stable name of what was looked at.
const fn name(at: ServerFinding) -> &'static str {
    match at {
        ServerFinding::Versions => "versions",
        ServerFinding::SlidingSync => "sliding_sync",
        ServerFinding::SignIn => "sign_in",
        ServerFinding::Limits => "limits",
        ServerFinding::Encryption => "encryption",
        ServerFinding::Clock => "clock",
    }
}
