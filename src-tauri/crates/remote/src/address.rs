//! Addresses that may be asked.

use std::fmt;

use fristed_base::Secret;
use http::Uri;
use url::{Host, Url};

use crate::credentials::Credentials;
use crate::error::{RemoteError, Result};
use crate::reach::{Allowed, Reach};

/// An address that may be asked: `https`, or `http` on this very computer. It holds no name and no
/// password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl fmt::Debug for Address {
    /// An address of a published calendar is a secret in itself.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Address {
    /// An address as the leader typed it, and the name and password where she typed them into it.
    /// `webcal` is read as `https`, and so is an address without its beginning.
    ///
    /// # Errors
    /// [`RemoteError::AddressRefused`] for every other kind, for `http` to another computer, and
    /// for a host where no calendar is (link-local, multicast).
    pub fn typed(text: &str) -> Result<(Self, Option<Credentials>)> {
        let text = text.trim();
        let mut url = Self::read(text)?;
        let user = decoded(url.username());
        let password = decoded(url.password().unwrap_or_default());
        let cleared = url.set_username("").and_then(|()| url.set_password(None));
        if cleared.is_err() {
            return Err(RemoteError::AddressRefused);
        }
        url.set_fragment(None);
        let credentials = (!user.is_empty()).then(|| Credentials::new(user, Secret::new(password)));
        Ok((Self::checked(url, Allowed::UpTo(Reach::Loopback))?, credentials))
    }

    fn read(text: &str) -> Result<Url> {
        let lower = text.to_ascii_lowercase();
        // Three slashes name a path and no host; the library would take its first part for one.
        if lower.contains(":///") {
            return Err(RemoteError::AddressRefused);
        }
        let https = |rest: &str| Url::parse(&format!("https://{rest}"));
        let url = match ["webcals://", "webcal://"].iter().find(|one| lower.starts_with(**one)) {
            Some(webcal) => https(text.get(webcal.len()..).unwrap_or_default()),
            None if text.contains("://") => Url::parse(text),
            None => https(text),
        };
        url.map_err(|_| RemoteError::AddressRefused)
    }

    /// The address of something that a server named on itself.
    ///
    /// # Errors
    /// [`RemoteError::AddressRefused`].
    pub(crate) fn of(uri: &Uri) -> Result<Self> {
        let url = Url::parse(&uri.to_string()).map_err(|_| RemoteError::AddressRefused)?;
        Self::checked(url, Allowed::UpTo(Reach::Loopback))
    }

    /// Where a redirect leads; never to a file, never from `https` to `http`, and never to a host
    /// that is nearer than allowed.
    ///
    /// # Errors
    /// [`RemoteError::AddressRefused`].
    pub(crate) fn redirected(&self, location: &str, allowed: Allowed) -> Result<Self> {
        let mut url = self.0.join(location).map_err(|_| RemoteError::AddressRefused)?;
        if self.0.scheme() == "https" && url.scheme() != "https" {
            return Err(RemoteError::AddressRefused);
        }
        let cleared = url.set_username("").and_then(|()| url.set_password(None));
        if cleared.is_err() {
            return Err(RemoteError::AddressRefused);
        }
        url.set_fragment(None);
        Self::checked(url, allowed)
    }

    fn checked(url: Url, allowed: Allowed) -> Result<Self> {
        let here = match url.host() {
            None => return Err(RemoteError::AddressRefused),
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            Some(Host::Ipv4(v4)) if !allowed.allows(v4.into()) => {
                return Err(RemoteError::AddressRefused);
            }
            Some(Host::Ipv6(v6)) if !allowed.allows(v6.into()) => {
                return Err(RemoteError::AddressRefused);
            }
            Some(Host::Ipv4(v4)) => Reach::of(v4.into()) == Reach::Loopback,
            Some(Host::Ipv6(v6)) => Reach::of(v6.into()) == Reach::Loopback,
        };
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if here => Ok(Self(url)),
            _ => Err(RemoteError::AddressRefused),
        }
    }

    /// Whether what goes there is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether two addresses are of one server: scheme, host and port (RFC 6454, section 4).
    #[must_use]
    pub fn same_server(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
    }

    /// The address as a request has it.
    ///
    /// # Errors
    /// [`RemoteError::AddressRefused`].
    pub(crate) fn uri(&self) -> Result<Uri> {
        self.0.as_str().parse().map_err(|_| RemoteError::AddressRefused)
    }

    /// The path, as libdav wants it: with nothing escaped that need not be.
    pub(crate) fn path(&self) -> String {
        let path = self.0.path();
        libdav::encoding::normalise_percent_encoded(path)
            .map_or_else(|_| path.to_owned(), std::borrow::Cow::into_owned)
    }

    /// The server's name.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The address in writing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A name or a password as it was before it was made part of an address.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let code = (byte == b'%').then(|| [ahead.next(), ahead.next()]);
        match code.and_then(hex) {
            Some(code) => {
                bytes.push(code);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: [Option<u8>; 2]) -> Option<u8> {
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
    let [high, low] = digits;
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Result<String> {
        Address::typed(text).map(|(address, _)| address.as_str().to_owned())
    }

    #[test]
    fn https_is_asked_and_webcal_and_a_bare_host_mean_it() {
        for (text, means) in [
            ("https://kalender.eksempel.dk/a.ics", "https://kalender.eksempel.dk/a.ics"),
            ("webcal://kalender.eksempel.dk/a.ics?k=1", "https://kalender.eksempel.dk/a.ics?k=1"),
            ("WEBCALS://kalender.eksempel.dk", "https://kalender.eksempel.dk/"),
            (" kalender.eksempel.dk/dav ", "https://kalender.eksempel.dk/dav"),
            ("https://10.0.4.2/dav/", "https://10.0.4.2/dav/"),
            ("https://[fd00::2]/", "https://[fd00::2]/"),
        ] {
            assert_eq!(typed(text).as_deref(), Ok(means), "{text}");
        }
    }

    #[test]
    fn without_encryption_only_this_computer_is_asked() {
        for here in ["http://127.0.0.1:5232/karla/", "http://localhost:80/", "http://[::1]:1/"] {
            assert!(typed(here).is_ok(), "{here}");
        }
        for elsewhere in [
            "http://kalender.eksempel.dk/",
            "http://10.0.0.1/",
            "http://localhost.eksempel.dk/",
            "http://127.0.0.1.eksempel.dk/",
            "http://169.254.169.254/latest/",
        ] {
            assert_eq!(typed(elsewhere), Err(RemoteError::AddressRefused), "{elsewhere}");
        }
    }

    #[test]
    fn files_and_places_where_no_calendar_is_are_never_asked() {
        for text in [
            "file:///etc/passwd",
            "file://localhost/etc/passwd",
            "ftp://eksempel.dk/a.ics",
            "data://text/calendar,x",
            "javascript://eksempel.dk/%0aalert(1)",
            "tauri://localhost/",
            "https://169.254.169.254/",
            "https://0.0.0.0/",
            "https://[fe80::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://2852039166/",
            "https://",
            "",
            "https:///x",
        ] {
            assert_eq!(typed(text), Err(RemoteError::AddressRefused), "{text}");
        }
    }

    #[test]
    fn a_name_and_a_password_are_taken_out_of_an_address() {
        let (address, inside) =
            Address::typed("https://karla:h%C3%A6m%3Alig@eksempel.dk/dav").expect("an address");
        assert_eq!(address.as_str(), "https://eksempel.dk/dav");
        let inside = inside.expect("credentials");
        assert_eq!((inside.user(), inside.password().expose()), ("karla", "hæm:lig"));
        assert!(!format!("{address:?}").contains("eksempel"));
    }

    #[test]
    fn a_redirect_leads_no_nearer_and_to_nothing_less_safe() {
        let (from, _) = Address::typed("https://kalender.eksempel.dk/a/b.ics").expect("one");
        let public = Allowed::UpTo(Reach::Public);
        let to = |location| from.redirected(location, public).map(|to| to.as_str().to_owned());
        assert_eq!(to("c.ics").as_deref(), Ok("https://kalender.eksempel.dk/a/c.ics"));
        assert_eq!(to("//x:y@other.dk/").as_deref(), Ok("https://other.dk/"));
        for refused in [
            "file:/etc/passwd",
            "file://localhost/etc/passwd",
            "http://kalender.eksempel.dk/a.ics",
            "https://127.0.0.1/",
            "https://10.0.0.1/",
            "https://[::1]/",
            "https://169.254.169.254/",
            "http://127.0.0.1/",
        ] {
            assert_eq!(to(refused), Err(RemoteError::AddressRefused), "{refused}");
        }
        let private = from.redirected("https://10.0.0.1/", Allowed::UpTo(Reach::Private));
        assert!(private.is_ok(), "from the organisation's own network to itself");
    }
}
