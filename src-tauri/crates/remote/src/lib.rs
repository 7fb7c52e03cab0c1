//! Everything that speaks to a calendar server, and nothing that knows the store.
//!
//! [`Address`] says where may be asked at all, [`Http`] asks and holds every bound (where a name
//! may lead, how long, how much), [`read`](Http::read) fetches a published calendar, and
//! [`Account`] and [`Collection`] are CalDAV (RFC 4791, RFC 6578) through `libdav`. Nothing is
//! asked before a method is called, and nothing is kept after it.

mod account;
mod address;
mod collection;
mod credentials;
mod error;
mod http;
mod reach;
mod read;
mod stop;
mod wire;

pub use account::{Account, Found};
pub use address::Address;
pub use collection::{Changes, Collection, Deleted, Listed, Mark, Put, Resource};
pub use credentials::Credentials;
pub use error::{RemoteError, Result};
pub use http::{Http, LARGEST};
pub use read::{Read, Version};
pub use stop::Stop;
