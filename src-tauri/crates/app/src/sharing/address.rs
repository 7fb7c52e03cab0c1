//! Calendar addresses of those in a room: `matrix:` URIs (MSC2312), since nothing else of them is
//! known and no mail is to be sent to them.

use std::fmt::Write as _;

const SCHEME: &str = "matrix:u/";

/// The calendar address of somebody (`matrix:u/karla:kommune.dk` of `@karla:kommune.dk`).
pub(super) fn of(user: &str) -> String {
    let mut out = SCHEME.to_owned();
    for byte in user.strip_prefix('@').unwrap_or(user).bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':' | b'=') {
            out.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whose calendar address it is; none where it is none that [`of`] gives.
pub(super) fn user(address: &str) -> Option<String> {
    let mut bytes = address.strip_prefix(SCHEME)?.bytes();
    let mut user = vec![b'@'];
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            user.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            user.push(byte);
        }
    }
    let user = String::from_utf8(user).ok()?;
    (of(&user) == address).then_some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_leader_and_comes_back() {
        assert_eq!(of("@karla:kommune.dk"), "matrix:u/karla:kommune.dk");
        assert_eq!(of("@a/b,c;d:[::1]:8448"), "matrix:u/a%2Fb%2Cc%3Bd:%5B::1%5D:8448");
        for name in ["@karla:kommune.dk", "@a/b,c;d=e:[::1]:8448", "@Å:x.dk", "@100%:x.dk"] {
            assert_eq!(user(&of(name)).as_deref(), Some(name));
        }
        for other in ["mailto:karla@x.dk", "matrix:u/k%61rla:x.dk", "matrix:u/%zz", "matrix:r/x:y"]
        {
            assert_eq!(user(other), None, "{other}");
        }
    }
}
