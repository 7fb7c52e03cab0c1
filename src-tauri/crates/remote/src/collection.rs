//! One calendar on a CalDAV server: what changed in it, fetching, writing, deleting.

use std::collections::BTreeMap;

use http::StatusCode;
use libdav::caldav::{CalendarComponent, GetCalendarResources, ListCalendarResources};
use libdav::dav::{
    Delete, Propfind, PutResource, SyncCollection, SyncCollectionResponse, WebDavClient,
    WebDavError,
};
use libdav::{FetchedResource, PropertyName, names};

use crate::error::{RemoteError, Result};
use crate::http::Http;

/// How many resources are fetched by one request.
const AT_ONCE: usize = 50;
/// How many answers one list of changes may be spread over.
const PAGES: usize = 2_000;

const CTAG: PropertyName<'static, 'static> = PropertyName::new(names::CALENDAR_SERVER, "getctag");
const CONTENT: &str = "text/calendar; charset=utf-8";

/// How far a calendar was read. Its text is for keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A token of sync-collection (RFC 6578, section 3).
    Token(String),
    /// The calendar's own tag, of a server without sync-collection.
    Tag(String),
}

impl Mark {
    /// The mark as it is kept.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Token(token) => format!("token {token}"),
            Self::Tag(tag) => format!("tag {tag}"),
        }
    }

    /// The mark that was kept.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text.split_once(' ')? {
            ("token", token) => Some(Self::Token(token.to_owned())),
            ("tag", tag) => Some(Self::Tag(tag.to_owned())),
            _ => None,
        }
    }
}

/// A resource by its path on the server, and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub href: String,
    /// Its ETag.
    pub etag: String,
}

/// What changed in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// What is there and what is gone, since the mark that was known.
    Since {
        /// New, or in another version.
        there: Vec<Listed>,
        /// No longer there, by path.
        gone: Vec<String>,
        /// How far it was read; none where the server has no marks.
        mark: Option<Mark>,
    },
    /// All there is, where no mark was known or the server does not take it any more.
    Whole {
        /// Everything that may be an event.
        there: Vec<Listed>,
        /// As above.
        mark: Option<Mark>,
    },
}

/// A resource that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its path.
    pub href: String,
    /// Its version and its text; none where it is not there.
    pub content: Option<(String, String)>,
}

/// How writing a resource ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is there, in this version where the server named it.
    Done(Option<String>),
    /// Another version is there than the one that was expected (RFC 9110, section 15.5.13).
    Stale,
    /// The server has the event's UID under another path (RFC 4791, section 5.3.2.1).
    Elsewhere,
}

/// How deleting a resource ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Done,
    /// Another version is there than the one that was expected.
    Stale,
}

/// One calendar on a CalDAV server.
pub struct Collection {
    dav: WebDavClient<Http>,
    path: String,
}

impl Collection {
    /// The calendar at the address that `http` asks; nothing is asked yet.
    ///
    /// # Errors
    /// [`RemoteError::AddressRefused`].
    pub fn new(http: Http) -> Result<Self> {
        let mut path = http.server().path();
        if !path.ends_with('/') {
            path.push('/');
        }
        let base = http.server().uri()?;
        Ok(Self { dav: WebDavClient::new(base, http), path })
    }

    /// The path that a new resource of this name would have.
    #[must_use]
    pub fn path_of(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    /// What changed since a mark; all there is where none is known.
    ///
    /// # Errors
    /// Every [`RemoteError`]; [`RemoteError::NotACalendar`] where the calendar itself is gone.
    pub async fn changes(&self, known: Option<&Mark>) -> Result<Changes> {
        match known {
            Some(Mark::Token(token)) => match self.since(Some(token)).await {
                Ok((there, gone, mark)) => Ok(Changes::Since { there, gone, mark: Some(mark) }),
                Err(failed) if refused(&failed) => self.whole().await,
                Err(failed) => Err(failed.into()),
            },
            Some(Mark::Tag(tag)) => match self.tag().await? {
                Some(now) if now == *tag => Ok(Changes::Since {
                    there: Vec::new(),
                    gone: Vec::new(),
                    mark: Some(Mark::Tag(now)),
                }),
                tag => self.listed(tag).await,
            },
            None => self.whole().await,
        }
    }

    /// All there is, by sync-collection where the server has it.
    async fn whole(&self) -> Result<Changes> {
        match self.since(None).await {
            Ok((there, _, mark)) => Ok(Changes::Whole { there, mark: Some(mark) }),
            Err(failed) if refused(&failed) => {
                let tag = self.tag().await?;
                self.listed(tag).await
            }
            Err(failed) => Err(failed.into()),
        }
    }

    /// Follows sync-collection from a token to its end. A server may give a long list in parts, and
    /// says so by a response that libdav leaves out; so it is asked until there is nothing new.
    async fn since(
        &self,
        token: Option<&str>,
    ) -> Result<(Vec<Listed>, Vec<String>, Mark), WebDavError<RemoteError>> {
        let mut state: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut token = token.map(str::to_owned);
        for _ in 0..PAGES {
            let mut asked = SyncCollection::new(&self.path);
            if let Some(known) = &token {
                asked = asked.with_sync_token(known);
            }
            let SyncCollectionResponse { new_sync_token, changed, deleted } =
                self.dav.request(asked).await?;
            let nothing = changed.is_empty() && deleted.is_empty();
            state.extend(changed.into_iter().map(|one| (one.href, one.etag)));
            state.extend(deleted.into_iter().map(|href| (href, None)));
            let same = token.as_ref() == Some(&new_sync_token);
            token = Some(new_sync_token);
            if nothing || same {
                break;
            }
        }
        let mut there = Vec::new();
        let mut gone = Vec::new();
        for (href, etag) in state {
            match etag {
                Some(etag) => there.push(Listed { href, etag }),
                None => gone.push(href),
            }
        }
        Ok((there, gone, Mark::Token(token.unwrap_or_default())))
    }

    /// Every event there is, by a query; of a server without sync-collection.
    async fn listed(&self, tag: Option<String>) -> Result<Changes> {
        let asked =
            ListCalendarResources::new(&self.path).with_component(CalendarComponent::VEvent);
        let answer = self.dav.request(asked).await?;
        let there = answer.resources.into_iter().filter_map(|one| {
            let etag = one.etag.filter(|_| !one.resource_type.is_collection)?;
            Some(Listed { href: one.href, etag })
        });
        Ok(Changes::Whole { there: there.collect(), mark: tag.map(Mark::Tag) })
    }

    /// Whether the calendar answers.
    ///
    /// # Errors
    /// Every [`RemoteError`]; [`RemoteError::NotACalendar`] where there is none.
    pub async fn check(&self) -> Result<()> {
        let asked = Propfind::new(&self.path).with_properties(&[&names::RESOURCETYPE]);
        let answer = self.dav.request(asked).await?;
        let tree = answer.xml_tree().map_err(|_| RemoteError::NotACalendar)?;
        let is_one = tree.descendants().any(|node| node.tag_name() == names::CALENDAR);
        if is_one { Ok(()) } else { Err(RemoteError::NotACalendar) }
    }

    /// The calendar's own tag, where the server has one.
    async fn tag(&self) -> Result<Option<String>> {
        let answer = self.dav.request(Propfind::new(&self.path).with_properties(&[&CTAG])).await?;
        let tree = answer.xml_tree().map_err(|_| RemoteError::NotACalendar)?;
        let node = tree.descendants().find(|node| node.tag_name() == CTAG);
        Ok(node.and_then(|node| node.text()).map(str::to_owned))
    }

    /// Fetches resources by their paths. One that the server answers for in a way that cannot be
    /// understood is left out.
    ///
    /// # Errors
    /// Every [`RemoteError`].
    pub async fn get(&self, hrefs: &[String]) -> Result<Vec<Resource>> {
        let mut found = Vec::with_capacity(hrefs.len());
        for some in hrefs.chunks(AT_ONCE) {
            match self.fetch(some).await {
                Ok(all) => found.extend(all),
                // One answer among many that is not whole; each for itself, so that the others come.
                Err(RemoteError::Refused(200)) => {
                    for one in some {
                        match self.fetch(std::slice::from_ref(one)).await {
                            Ok(all) => found.extend(all),
                            Err(RemoteError::Refused(_)) => {}
                            Err(failed) => return Err(failed),
                        }
                    }
                }
                Err(failed) => return Err(failed),
            }
        }
        Ok(found)
    }

    async fn fetch(&self, hrefs: &[String]) -> Result<Vec<Resource>> {
        let asked = GetCalendarResources::new(&self.path).with_hrefs(hrefs);
        let answer = self.dav.request(asked).await?;
        let known = |one: FetchedResource| {
            let content = match one.content {
                Ok(content) => Some((content.etag, content.data)),
                Err(StatusCode::NOT_FOUND | StatusCode::GONE) => None,
                Err(_) => return None,
            };
            Some(Resource { href: one.href, content })
        };
        Ok(answer.resources.into_iter().filter_map(known).collect())
    }

    /// Writes a resource: a new one where no version is expected, else over that version alone.
    ///
    /// # Errors
    /// Every [`RemoteError`].
    pub async fn put(&self, href: &str, text: &str, expected: Option<&str>) -> Result<Put> {
        let put = PutResource::new(href);
        let done = match expected {
            None => self.dav.request(put.create(text, CONTENT)).await,
            Some(etag) => self.dav.request(put.update(text, CONTENT, etag)).await,
        };
        match done {
            Ok(answer) => Ok(Put::Done(answer.etag)),
            Err(WebDavError::BadStatusCode(StatusCode::PRECONDITION_FAILED)) => Ok(Put::Stale),
            Err(WebDavError::BadStatusCode(StatusCode::NOT_FOUND | StatusCode::GONE))
                if expected.is_some() =>
            {
                Ok(Put::Stale)
            }
            Err(WebDavError::BadStatusCode(StatusCode::CONFLICT)) => Ok(Put::Elsewhere),
            Err(failed) => Err(failed.into()),
        }
    }

    /// Deletes a resource, where it is still in the version expected; one that is gone is deleted.
    ///
    /// # Errors
    /// Every [`RemoteError`].
    pub async fn delete(&self, href: &str, expected: &str) -> Result<Deleted> {
        match self.dav.request(Delete::new(href).with_etag(expected)).await {
            Ok(_) | Err(WebDavError::BadStatusCode(StatusCode::NOT_FOUND | StatusCode::GONE)) => {
                Ok(Deleted::Done)
            }
            Err(WebDavError::BadStatusCode(StatusCode::PRECONDITION_FAILED)) => Ok(Deleted::Stale),
            Err(failed) => Err(failed.into()),
        }
    }
}

/// Whether a server has no sync-collection, or does not take the token any more. Servers say so in
/// many ways (RFC 6578, section 3.2 asks for 403 with `valid-sync-token`).
fn refused(error: &WebDavError<RemoteError>) -> bool {
    match error {
        WebDavError::PreconditionFailed(_)
        | WebDavError::InvalidResponse(_)
        | WebDavError::Xml(_) => true,
        WebDavError::BadStatusCode(status) => {
            matches!(
                status.as_u16(),
                400 | 403 | 405 | 409 | 410 | 412 | 415 | 422 | 500 | 501 | 507
            )
        }
        WebDavError::Request(_) | WebDavError::InvalidInput(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_back_from_its_text() {
        for mark in
            [Mark::Token("http://eksempel.dk/ns/sync/1 2".into()), Mark::Tag("\"3\"".into())]
        {
            assert_eq!(Mark::from_text(&mark.to_text()), Some(mark));
        }
        assert_eq!(Mark::from_text("noget andet"), None);
    }
}
