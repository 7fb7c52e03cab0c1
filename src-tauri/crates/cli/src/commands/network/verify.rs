//! `network verify`: two leaders compare signs.

use std::thread;
use std::time::{Duration, Instant};

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{Trust, Verification, VerificationStep};

use super::json::PeerJson;
use super::{ask, catch_up, open, same};
use crate::failure::{Failure, SharingFailure};
use crate::out::harmless;
use crate::session::{self, Session};
use crate::words::network::SIGNS;

/// How long the other may take to begin, and to compare; Matrix forgets it after ten minutes too.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long one of two who begin at the same time waits to be asked.
const COURTESY: Duration = Duration::from_secs(4);
/// How often it is looked at.
const PULSE: Duration = Duration::from_millis(100);

pub(super) fn run(address: &str, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    catch_up(session)?;
    let ended = compare(address, session);
    // Also where it failed: the other shall not wait for nobody.
    let _ = session.fristed.verification_end();
    let verified = ended?;
    if session.common.json {
        session.out.json(&PeerJson::from(&verified.peer))
    } else {
        session.out.line(session.phrases.network.verified)
    }
}

fn compare(address: &str, session: &Session) -> Result<Verification, Failure> {
    let phrases = session.phrases.network;
    let me = session.fristed.sharing_status()?.account.map(|account| account.user);
    // Of two who begin at the same time one asks and the other is asked.
    if me.as_deref().is_some_and(|me| me > address) {
        wait(COURTESY, || Ok(asked(address, session)?.then_some(())))?;
    }
    if asked(address, session)? {
        session.fristed.verification_answer(true)?;
    } else {
        session.fristed.verification_begin(address)?;
    }
    session::tell(&phrases.waits_for.replace("{}", &harmless(address)));
    let mut answered = false;
    let ended = wait(PATIENCE, || {
        let Some(under) = session.fristed.verification()? else {
            return Err(SharingFailure::NotVerified.into());
        };
        match &under.step {
            VerificationStep::Compare { signs } if !answered => {
                answered = true;
                show(signs, session);
                match ask(phrases.ask_same) {
                    None => return Err(SharingFailure::NotConfirmed.into()),
                    Some(said) => {
                        let yes = said.chars().next() == phrases.yes.chars().next();
                        session.fristed.verification_answer(yes)?;
                    }
                }
                Ok(None)
            }
            // That they know each other is noted a moment after the signs were compared.
            VerificationStep::Done => Ok((under.peer.trust == Trust::Known).then_some(under)),
            VerificationStep::Ended => Err(SharingFailure::NotVerified.into()),
            _ => Ok(None),
        }
    })?;
    ended.ok_or_else(|| ErrorCode::Unreachable.into())
}

/// Whether the other asks just now.
fn asked(address: &str, session: &Session) -> Result<bool, Failure> {
    let under = session.fristed.verification()?;
    Ok(under.is_some_and(|it| same(&it.peer.user, address) && it.step == VerificationStep::Asked))
}

/// Asks again and again until there is an answer; none where the time is over.
fn wait<T>(
    within: Duration,
    mut look: impl FnMut() -> Result<Option<T>, Failure>,
) -> Result<Option<T>, Failure> {
    let begun = Instant::now();
    while begun.elapsed() < within {
        if let Some(found) = look()? {
            return Ok(Some(found));
        }
        thread::sleep(PULSE);
    }
    Ok(None)
}

fn show(signs: &[u8], session: &Session) {
    let phrases = session.phrases.network;
    session::tell(phrases.signs);
    for sign in signs {
        let at = usize::from(*sign);
        let (glyph, name) = (SIGNS.get(at).unwrap_or(&""), phrases.sign_names.get(at));
        session::tell(&format!("    {glyph}  {}", name.unwrap_or(&"")));
    }
}
