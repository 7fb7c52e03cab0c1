//! How near an address of the network is, and names that may only lead so near.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

use crate::error::NotAllowed;

/// How near an address is, the farthest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Somewhere on the internet.
    Public,
    /// On the organisation's own network (RFC 1918, RFC 4193, RFC 6598).
    Private,
    /// On this computer.
    Loopback,
    /// Where no calendar is: link-local (the address of a cloud's secrets among them), multicast,
    /// and what stands for no address.
    Nowhere,
}

impl Reach {
    /// Of an address.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => Self::of_v4(v4),
            IpAddr::V6(v6) => Self::of_v6(v6),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let [first, second, ..] = address.octets();
        if address.is_loopback() {
            Self::Loopback
        } else if first == 0 || first >= 224 || address.is_link_local() {
            Self::Nowhere
        } else if address.is_private() || (first == 100 && (64..128).contains(&second)) {
            Self::Private
        } else {
            Self::Public
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        if let Some(v4) = address.to_ipv4_mapped() {
            return Self::of_v4(v4);
        }
        let [first, second, .., high, low] = address.segments();
        if address.is_loopback() {
            Self::Loopback
        } else if address.is_unspecified() || address.is_multicast() || first & 0xffc0 == 0xfe80 {
            Self::Nowhere
        } else if first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfec0 {
            Self::Private
        } else if first == 0x64 && second == 0xff9b {
            // NAT64 (RFC 6052): the last four bytes are an address of version 4.
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            Self::of_v4(Ipv4Addr::new(a, b, c, d))
        } else {
            Self::Public
        }
    }
}

/// Where a connection may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// No nearer than this.
    UpTo(Reach),
    /// To this computer and nowhere else: what is not encrypted goes over no network.
    LoopbackAlone,
}

impl Allowed {
    /// Whether it may lead there.
    pub(crate) fn allows(self, address: IpAddr) -> bool {
        let reach = Reach::of(address);
        match self {
            Self::UpTo(nearest) => reach <= nearest && reach != Reach::Nowhere,
            Self::LoopbackAlone => reach == Reach::Loopback,
        }
    }
}

/// Looks names up and gives the addresses that a connection may lead to. The connection goes to
/// one of these and asks no second time, so a name cannot first look harmless and then be another.
#[derive(Debug, Clone)]
pub(crate) struct Resolver(pub(crate) Allowed);

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let allowed = self.0;
        Box::pin(async move {
            let all: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let some = !all.is_empty();
            let kept: Vec<_> = all.into_iter().filter(|one| allowed.allows(one.ip())).collect();
            if some && kept.is_empty() {
                return Err(std::io::Error::other(NotAllowed));
            }
            Ok(kept.into_iter())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(text: &str) -> Reach {
        Reach::of(text.parse().expect("an address of the test"))
    }

    #[test]
    fn an_address_is_as_near_as_it_leads() {
        for public in ["8.8.8.8", "100.128.0.1", "2a01::1", "64:ff9b::8.8.8.8", "172.32.0.1"] {
            assert_eq!(reach(public), Reach::Public, "{public}");
        }
        for private in [
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "fd00::1",
            "fec0::1",
            "::ffff:10.0.0.1",
            "64:ff9b::192.168.0.1",
        ] {
            assert_eq!(reach(private), Reach::Private, "{private}");
        }
        for here in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1"] {
            assert_eq!(reach(here), Reach::Loopback, "{here}");
        }
        for nowhere in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::",
            "fe80::1",
            "ff02::1",
        ] {
            assert_eq!(reach(nowhere), Reach::Nowhere, "{nowhere}");
        }
    }

    #[test]
    fn what_may_lead_near_may_lead_far_and_nothing_leads_nowhere() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address of the test");
        let near = Allowed::UpTo(Reach::Loopback);
        assert!(near.allows(ip("127.0.0.1")) && near.allows(ip("8.8.8.8")));
        assert!(!near.allows(ip("169.254.169.254")));
        let far = Allowed::UpTo(Reach::Public);
        assert!(far.allows(ip("8.8.8.8")));
        assert!(!far.allows(ip("10.0.0.1")) && !far.allows(ip("127.0.0.1")));
        assert!(Allowed::LoopbackAlone.allows(ip("::1")));
        assert!(!Allowed::LoopbackAlone.allows(ip("8.8.8.8")));
    }

    #[tokio::test]
    async fn a_name_that_leads_nearer_than_allowed_gives_no_address() {
        let name: Name = "localhost".parse().expect("a name");
        let refused = Resolver(Allowed::UpTo(Reach::Private)).call(name.clone()).await;
        let error = refused.expect_err("this computer is nearer");
        assert!(error.get_ref().is_some_and(|inner| inner.is::<NotAllowed>()));
        let here = Resolver(Allowed::LoopbackAlone).call(name).await.expect("this computer");
        assert!(here.count() > 0);
    }
}
