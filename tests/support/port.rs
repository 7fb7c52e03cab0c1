//! Ports for servers that are stopped and started again.

use std::net::{TcpListener, UdpSocket};

/// A port that stays its holder's own, also while no server answers on it.
///
/// It lies below those that the system gives to whoever connects, and the same number among the
/// ports of UDP is held for as long, so that no other server of these tests takes it either.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _reserved: UdpSocket,
}

impl Port {
    /// Takes one that nobody has.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn reserve() -> Self {
        const FIRST: u16 = 20_000;
        const COUNT: u16 = 12_000;
        let start = u16::try_from(std::process::id() % u32::from(COUNT)).expect("it is below");
        for step in 0..COUNT {
            let number = FIRST + (start + step) % COUNT;
            let Ok(reserved) = UdpSocket::bind(("127.0.0.1", number)) else { continue };
            if TcpListener::bind(("127.0.0.1", number)).is_ok() {
                return Self { number, _reserved: reserved };
            }
        }
        panic!("no port is free")
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> u16 {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_servers_get_two_ports_while_both_are_there() {
        let (one, other) = (Port::reserve(), Port::reserve());
        assert_ne!(one.number, other.number);
    }
}
