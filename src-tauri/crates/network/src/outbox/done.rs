//! What became of a job.

use fristed_base::{JobId, Moment};
use rusqlite::Connection;
use serde_json::Value;

use super::queue;
use crate::content::is_event_id;
use crate::error::{NetworkError, Result};
use crate::log::Log;
use crate::model::{Act, Job, Trouble};
use crate::table::outbox::{self, Step};
use crate::table::{account, event, file};

/// Notes that a job is tried, unless somebody reads it then about whom the leader has to be asked.
pub(crate) fn begun(c: &Connection, tried: &Job, here: &[String]) -> Result<bool> {
    let step = outbox::by_id(c, tried.id)?.ok_or(NetworkError::NotFound)?;
    let same = match (queue::ready(c, &step)?, &tried.act) {
        (Some(Act::Upload { file, .. }), Act::Upload { file: tried, .. }) => file == *tried,
        (act, tried) => act.as_ref() == Some(tried),
    };
    if !same {
        return Err(NetworkError::NotFound);
    }
    let newcomers = step.unasked(here);
    if newcomers.is_empty() {
        outbox::set_begun(c, step.id)?;
    } else {
        outbox::ask(c, step.id, &newcomers)?;
    }
    Ok(newcomers.is_empty())
}

/// Notes the server's answer to a sending or a redaction.
pub(crate) fn sent(c: &Connection, job: JobId, id: &str, now: Moment) -> Result<()> {
    let Some(step) = outbox::by_id(c, job)? else { return Ok(()) };
    let one = event::by_no(c, step.event)?;
    let mut log = Log::new(c, step.room)?;
    match step.step {
        Step::Upload => return Ok(()),
        Step::Send if !is_event_id(id) => {
            return outbox::set_failed(c, job, Trouble::Refused, None);
        }
        // What is somebody else's already cannot be what was sent.
        Step::Send if event::by_event(c, step.room, id)?.is_some_and(|it| !it.mine) => {
            return outbox::set_failed(c, job, Trouble::Refused, None);
        }
        Step::Send => log.learn(one, id, None)?,
        Step::Redact => {
            log.end(one, now.millis(), &account::user(c)?)?;
        }
    }
    log.finish().map(drop)
}

/// Notes where a file was uploaded to.
pub(crate) fn uploaded(c: &Connection, job: JobId, source: &Value) -> Result<()> {
    let Some(step) = outbox::by_id(c, job)?.filter(|step| step.step == Step::Upload) else {
        return Ok(());
    };
    file::uploaded(c, step.event, source)?;
    outbox::delete(c, job)
}

/// Lets what was to be sent wait for the leader, where the vault was copied: elsewhere it may have
/// been sent since, or taken back. What takes something away from others goes on by itself.
pub(crate) fn copied(c: &Connection) -> Result<()> {
    for step in outbox::all(c)?.iter().filter(|step| !step.what.is_ending()) {
        outbox::set_begun(c, step.id)?;
        outbox::set_failed(c, step.id, Trouble::FromCopy, None)?;
    }
    Ok(())
}

/// Notes why a job was not done.
pub(crate) fn failed(
    c: &Connection,
    job: JobId,
    trouble: Trouble,
    retry_at: Option<Moment>,
) -> Result<()> {
    outbox::set_failed(c, job, trouble, retry_at)
}
