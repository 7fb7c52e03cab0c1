//! Which calendars an account has (RFC 4791, section 6; RFC 5397; RFC 6764).

use http::Uri;
use libdav::caldav::FindCalendarHomeSet;
use libdav::dav::{FindPropertyHrefs, Propfind, WebDavClient};
use libdav::{Depth, PropertyName, names};

use crate::address::Address;
use crate::error::{RemoteError, Result};
use crate::http::Http;

/// Where a server says that its calendars are (RFC 6764, section 5).
const WELL_KNOWN: &str = "/.well-known/caldav";
/// The most calendars that an account is believed to have.
const MOST: usize = 1_000;

const PRIVILEGES: PropertyName<'static, 'static> =
    PropertyName::new(names::DAV, "current-user-privilege-set");

/// A calendar that was found in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub address: Address,
    /// Its name there; empty where it has none.
    pub name: String,
    /// Its colour there as the server writes it, `#RRGGBB` or `#RRGGBBAA`.
    pub colour: Option<String>,
    /// Whether this account may change it.
    pub writable: bool,
}

/// An account on a CalDAV server.
pub struct Account {
    dav: WebDavClient<Http>,
    typed: Address,
}

impl Account {
    /// The account behind `http`; nothing is asked yet.
    ///
    /// # Errors
    /// [`RemoteError::AddressRefused`].
    pub fn new(http: Http) -> Result<Self> {
        let typed = http.server().clone();
        Ok(Self { dav: WebDavClient::new(typed.uri()?, http), typed })
    }

    /// The account's calendars for events, by name. Those on another server are left out, since
    /// the password is not theirs.
    ///
    /// # Errors
    /// Every [`RemoteError`]; [`RemoteError::NotACalendar`] where the server knows no calendars.
    pub async fn calendars(&self) -> Result<Vec<Found>> {
        let mut homes = Vec::new();
        if let Some(principal) = self.principal().await? {
            let asked = self.dav.request(FindCalendarHomeSet::new(&principal)).await?;
            for home in asked.home_sets {
                homes.extend(self.own_path(&home));
            }
        }
        // Without a principal the address that was typed may still be a calendar, or hold some.
        if homes.is_empty() {
            homes.push(self.typed.path());
        }
        let mut found: Vec<Found> = Vec::new();
        for home in homes {
            for one in self.list(&home).await? {
                if found.len() < MOST && found.iter().all(|known| known.address != one.address) {
                    found.push(one);
                }
            }
        }
        if found.is_empty() {
            return Err(RemoteError::NotACalendar);
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }

    /// The path of the account's principal: asked for at the address that was typed, then where
    /// the server says that its calendars are, then at its root.
    async fn principal(&self) -> Result<Option<String>> {
        let mut places = vec![self.typed.path(), WELL_KNOWN.to_owned(), "/".to_owned()];
        places.dedup();
        for place in places {
            let asked = FindPropertyHrefs::new(&place, &names::CURRENT_USER_PRINCIPAL);
            match self.dav.request(asked).await.map_err(RemoteError::from) {
                Ok(answer) => {
                    if let Some(path) = answer.hrefs.iter().find_map(|uri| self.own_path(uri)) {
                        return Ok(Some(path));
                    }
                }
                Err(RemoteError::NotACalendar | RemoteError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// The path of something on this very server.
    fn own_path(&self, uri: &Uri) -> Option<String> {
        if uri.host().is_none() {
            return Some(uri.path().to_owned());
        }
        let address = Address::of(uri).ok()?;
        address.same_server(&self.typed).then(|| address.path())
    }

    /// The calendars at a path, or in it.
    async fn list(&self, path: &str) -> Result<Vec<Found>> {
        let asked = Propfind::new(path).with_depth(Depth::One).with_properties(&[
            &names::RESOURCETYPE,
            &names::DISPLAY_NAME,
            &names::CALENDAR_COLOUR,
            &names::SUPPORTED_CALENDAR_COMPONENT_SET,
            &PRIVILEGES,
        ]);
        let answer = self.dav.request(asked).await?;
        let tree = answer.xml_tree().map_err(|_| RemoteError::NotACalendar)?;
        let mut found = Vec::new();
        for response in tree.descendants().filter(|node| node.tag_name() == names::RESPONSE) {
            if let Some(one) = self.calendar(response) {
                found.push(one);
            }
        }
        Ok(found)
    }

    fn calendar(&self, response: roxmltree::Node<'_, '_>) -> Option<Found> {
        let of = |name: &PropertyName<'_, '_>| {
            response.descendants().find(|node| node.tag_name() == *name)
        };
        let has = |node: roxmltree::Node<'_, '_>, name: &str| {
            node.descendants().any(|inner| inner.tag_name().name() == name)
        };
        let text = |name: &PropertyName<'_, '_>| {
            of(name).and_then(|node| node.text()).map(str::trim).filter(|text| !text.is_empty())
        };
        of(&names::RESOURCETYPE)?.descendants().find(|node| node.tag_name() == names::CALENDAR)?;
        // A list for tasks alone is no calendar here; a server that names no kinds has them all.
        if let Some(kinds) = of(&names::SUPPORTED_CALENDAR_COMPONENT_SET) {
            let mut named = kinds.descendants().filter_map(|node| node.attribute("name"));
            if named.clone().count() > 0 && !named.any(|kind| kind.eq_ignore_ascii_case("VEVENT")) {
                return None;
            }
        }
        let href = of(&names::HREF)?.text()?.trim();
        let path = match href.parse::<Uri>() {
            Ok(uri) => self.own_path(&uri)?,
            Err(_) => return None,
        };
        let path = libdav::encoding::normalise_percent_encoded(&path).ok()?;
        let uri = self.dav.relative_uri(&path).ok()?;
        let writable = of(&PRIVILEGES).is_none_or(|node| {
            ["all", "write", "write-content", "bind"].iter().any(|name| has(node, name))
        });
        Some(Found {
            address: Address::of(&uri).ok()?,
            name: text(&names::DISPLAY_NAME).unwrap_or_default().to_owned(),
            colour: text(&names::CALENDAR_COLOUR).map(str::to_owned),
            writable,
        })
    }
}
