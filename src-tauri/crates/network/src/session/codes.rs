//! Codes by which peers ask to be let in, for as long as they are shown.
//!
//! A code is the short name (alias) of a room, given to it while the code is shown; the room can be
//! knocked at for just as long. Whoever knocks is let in by an invitation like everybody else.

use matrix_sdk::Client;
use matrix_sdk::room::Room;
use matrix_sdk::ruma::events::room::join_rules::{JoinRule, RoomJoinRulesEventContent};
use matrix_sdk::ruma::{OwnedRoomAliasId, RoomAliasId};

use crate::error::{NetworkError, Result};

/// Letters and digits that are not taken for each other when they are read out.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How many of them a code has: 40 bits, and the server asks for pauses between tries.
const LENGTH: usize = 8;

/// Before the code in the room's short name.
const PREFIX: &str = "fristed-";

/// Lets a room be knocked at, and gives the code for it.
pub(super) async fn show(client: &Client, room: &Room) -> Result<String> {
    let me = client.user_id().ok_or(NetworkError::NotSignedIn)?;
    let code = draw();
    let alias = alias(&code, me.server_name().as_str())?;
    client.create_room_alias(&alias, room.room_id()).await?;
    room.send_state_event(RoomJoinRulesEventContent::new(JoinRule::Knock)).await?;
    Ok(format!("{}-{}@{}", &code[..4], &code[4..], me.server_name()))
}

/// Lets a code open nothing any more.
pub(super) async fn hide(client: &Client, room: &Room, code: &str) -> Result<()> {
    room.send_state_event(RoomJoinRulesEventContent::new(JoinRule::Invite)).await?;
    match client.remove_room_alias(&read(code)?).await {
        Err(refused) if NetworkError::is_not_found(&refused) => Ok(()),
        done => Ok(done?),
    }
}

/// Knocks at the room of a code.
///
/// # Errors
/// [`NetworkError::CodeRefused`] where it opens nothing.
pub(super) async fn enter(client: &Client, typed: &str) -> Result<Room> {
    let alias = read(typed)?;
    let via = vec![alias.server_name().to_owned()];
    match client.knock(alias.into(), None, via).await {
        Err(matrix_sdk::Error::Http(refused)) if NetworkError::is_refusal(&refused) => {
            Err(NetworkError::CodeRefused)
        }
        done => Ok(done?),
    }
}

/// The short name of a code as typed: case, spaces and hyphens do not matter.
fn read(typed: &str) -> Result<OwnedRoomAliasId> {
    let (code, server) = typed.trim().split_once('@').ok_or(NetworkError::CodeRefused)?;
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let code = code.to_ascii_uppercase();
    let known = code.len() == LENGTH && code.bytes().all(|letter| LETTERS.contains(&letter));
    if known { alias(&code, server.trim()) } else { Err(NetworkError::CodeRefused) }
}

fn alias(code: &str, server: &str) -> Result<OwnedRoomAliasId> {
    let name = format!("#{PREFIX}{}:{server}", code.to_ascii_lowercase());
    RoomAliasId::parse(name).map_err(|_| NetworkError::CodeRefused)
}

fn draw() -> String {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let one = read("7KQ4-M2XD@kommune.dk").unwrap();
        assert_eq!(one.as_str(), "#fristed-7kq4m2xd:kommune.dk");
        for same in [" 7kq4 m2xd @kommune.dk ", "7KQ4M2XD@kommune.dk"] {
            assert_eq!(read(same).unwrap(), one);
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in
            ["", "7KQ4-M2XD", "7KQ4-M2X@kommune.dk", "IIII-OOOO@kommune.dk", "7KQ4M2XD@", "a@b c"]
        {
            assert!(matches!(read(wrong), Err(NetworkError::CodeRefused)), "{wrong}");
        }
    }

    #[test]
    fn a_drawn_code_can_be_read() {
        let code = draw();
        assert!(read(&format!("{code}@kommune.dk")).is_ok());
        assert_ne!(code, draw());
    }
}
