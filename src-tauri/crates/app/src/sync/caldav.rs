//! One look at a CalDAV calendar: first what the server has, then what it has still to be told.
//!
//! Every step is taken in by a transaction of its own and may be done again; so a look may be cut
//! off anywhere, and the next one goes on.

use std::collections::{HashMap, HashSet};

use fristed_base::EventId;
use fristed_calendar::{CalendarKind, Resource, ToSend, What};
use fristed_remote::{Changes, Collection, Deleted, Listed, Mark, Put, RemoteError, Stop};

use super::Look;
use crate::error::AppError;

/// How many resources are fetched and taken in at once.
const AT_ONCE: usize = 50;
/// How often what was found stale is tried again within one look.
const ROUNDS: usize = 3;
/// The longest name that is made of a UID.
const LONGEST_NAME: usize = 120;

impl Look<'_> {
    pub(super) async fn caldav(&self, stop: Stop) -> Result<(), AppError> {
        let remote = Collection::new(self.http(stop)?)?;
        let mark = self.state.mark.as_deref().and_then(Mark::from_text);
        let mark = self.pull(&remote, mark.as_ref(), &[]).await?;
        if self.state.kind != CalendarKind::CalDav {
            return Ok(());
        }
        let mut sent = Vec::new();
        let told = self.push(&remote, &mut sent).await;
        if told.is_ok() && !sent.is_empty() {
            self.pull(&remote, mark.as_ref(), &sent).await?;
        }
        told?.map_or(Ok(()), |no| Err(no.into()))
    }

    /// Takes in what the server has that is not known here; gives how far it was read. A server
    /// compares two moments: what was sent after the first and undone by somebody before the
    /// second it does not name, so whatever was `sent` since is looked at by its path.
    async fn pull(
        &self,
        remote: &Collection,
        mark: Option<&Mark>,
        sent: &[String],
    ) -> Result<Option<Mark>, AppError> {
        let known: HashMap<String, String> =
            self.calendar.pull_known(self.id)?.into_iter().collect();
        let (there, gone, new_mark) = match remote.changes(mark).await? {
            Changes::Since { there, gone, mark } => (there, gone, mark),
            Changes::Whole { there, mark } => {
                let listed: HashSet<&str> = there.iter().map(|one| one.href.as_str()).collect();
                let gone = known.keys().filter(|href| !listed.contains(href.as_str()));
                let gone = gone.cloned().collect();
                (there, gone, mark)
            }
        };
        let vanished: HashSet<String> = gone.iter().cloned().collect();
        let is_new = |one: &Listed| known.get(&one.href) != Some(&one.etag);
        let named: HashSet<String> = there.iter().map(|one| one.href.clone()).collect();
        let mut wanted: Vec<String> =
            there.into_iter().filter(is_new).map(|one| one.href).collect();
        let unnamed = |href: &&String| !named.contains(*href) && !vanished.contains(*href);
        wanted.extend(sent.iter().filter(unnamed).cloned());
        let mut gone = gone;
        let mut whole = true;
        for some in wanted.chunks(AT_ONCE) {
            let found = remote.get(some).await?;
            whole &= found.len() == some.len();
            let mut resources = Vec::with_capacity(found.len());
            for one in found {
                match one.content {
                    Some((etag, text)) => {
                        resources.push(Resource { href: one.href, etag, text });
                    }
                    None => gone.push(one.href),
                }
            }
            self.calendar.pull_take(self.id, &resources, &vanished, self.here, self.now)?;
        }
        self.calendar.pull_gone(self.id, &gone, self.here, self.now)?;
        // What could not be fetched this time is looked for again.
        let mark = if whole { new_mark } else { mark.cloned() };
        let kept = mark.as_ref().map(Mark::to_text);
        self.calendar.pull_done(self.id, kept.as_deref(), self.here, self.now)?;
        Ok(mark)
    }

    /// Tells the server what was changed here, and notes the paths that were told of. What one
    /// event meets does not hold the others up; the last such trouble is given.
    async fn push(
        &self,
        remote: &Collection,
        sent: &mut Vec<String>,
    ) -> Result<Option<RemoteError>, AppError> {
        let mut refused: HashSet<EventId> = HashSet::new();
        let mut trouble = None;
        for round in 0..ROUNDS {
            let mut list = self.calendar.push_list(self.id)?;
            list.retain(|one| !refused.contains(&one.event));
            if list.is_empty() {
                break;
            }
            // Where this is cut off, the next look compares all there is.
            self.calendar.pull_anew(self.id)?;
            let mut elsewhere = false;
            for one in &list {
                sent.push(path(remote, one));
                match self.send(remote, one).await {
                    Ok(Sent::Told) => {}
                    Ok(Sent::Elsewhere) => {
                        elsewhere = true;
                        if round > 0 {
                            refused.insert(one.event);
                            trouble = Some(RemoteError::Refused(409));
                        }
                    }
                    Err(Failed::Remote(
                        no @ (RemoteError::Refused(_) | RemoteError::NotACalendar),
                    )) => {
                        refused.insert(one.event);
                        trouble = Some(no);
                    }
                    Err(Failed::Remote(failed)) => return Err(failed.into()),
                    Err(Failed::App(failed)) => return Err(failed),
                }
            }
            // The server has it under another path than the one it was to have.
            if elsewhere {
                self.pull(remote, None, &[]).await?;
            }
        }
        sent.sort_unstable();
        sent.dedup();
        Ok(trouble)
    }

    async fn send(&self, remote: &Collection, one: &ToSend) -> Result<Sent, Failed> {
        let href = path(remote, one);
        let etag = one.there.as_ref().map(|(_, etag)| etag.as_str());
        match &one.what {
            What::Put(text) => match remote.put(&href, text, etag).await? {
                Put::Done(Some(etag)) => {
                    let there = Resource { href, etag, text: text.clone() };
                    self.calendar
                        .push_put(self.id, one, &there, self.now)
                        .map_err(AppError::from)?;
                }
                // A server that changed what it took names no version; what it has is fetched.
                Put::Done(None) => {
                    if let Some(there) = fetch(remote, &href).await? {
                        let done = self.calendar.push_put(self.id, one, &there, self.now);
                        done.map_err(AppError::from)?;
                    }
                }
                Put::Stale => self.meet(remote, &href).await?,
                Put::Elsewhere => return Ok(Sent::Elsewhere),
            },
            What::Delete => match remote.delete(&href, etag.unwrap_or_default()).await? {
                Deleted::Done => {
                    self.calendar.push_deleted(self.id, one).map_err(AppError::from)?;
                }
                Deleted::Stale => self.meet(remote, &href).await?,
            },
        }
        Ok(Sent::Told)
    }

    /// Takes in what the server has at a path where another version was expected.
    async fn meet(&self, remote: &Collection, href: &str) -> Result<(), Failed> {
        let done = match fetch(remote, href).await? {
            Some(there) => {
                let there = std::slice::from_ref(&there);
                self.calendar.pull_take(self.id, there, &HashSet::new(), self.here, self.now)
            }
            None => self.calendar.pull_gone(self.id, &[href.to_owned()], self.here, self.now),
        };
        done.map_err(|failed| Failed::App(failed.into()))
    }
}

/// How telling the server of one event ended.
enum Sent {
    /// It knows, or what it has instead was taken in.
    Told,
    /// It has the event under another path.
    Elsewhere,
}

/// Why telling it failed.
enum Failed {
    Remote(RemoteError),
    App(AppError),
}

impl From<RemoteError> for Failed {
    fn from(error: RemoteError) -> Self {
        Self::Remote(error)
    }
}

impl From<AppError> for Failed {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

async fn fetch(remote: &Collection, href: &str) -> Result<Option<Resource>, RemoteError> {
    let found = remote.get(&[href.to_owned()]).await?;
    let content = found.into_iter().find_map(|one| one.content);
    Ok(content.map(|(etag, text)| Resource { href: href.to_owned(), etag, text }))
}

/// The path of an event on the server, or the one that it is to have.
fn path(remote: &Collection, one: &ToSend) -> String {
    match &one.there {
        Some((href, _)) => href.clone(),
        None => remote.path_of(&name(one)),
    }
}

/// The name of a new resource: the UID where it can be one, so that whoever else has the same event
/// meets it under the same name.
fn name(one: &ToSend) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    let usable =
        one.uid.len() <= LONGEST_NAME && !one.uid.starts_with('.') && one.uid.chars().all(plain);
    if usable { format!("{}.ics", one.uid) } else { format!("{}.ics", one.event) }
}
