//! The commands, one file each.

mod add;
mod agenda;
mod calendar;
mod calendar_file;
mod check;
mod create;
mod delete;
mod edit;
mod export;
mod import;
mod key;
mod list;
mod network;
mod search;
mod show;

use std::io::{self, IsTerminal, Read};

use crate::args::Command;
use crate::failure::Failure;
use crate::session::{self, Session};

/// The most bytes that a text may have.
const LONGEST_TEXT: u64 = 50_000_000;

/// Carries out a command.
///
/// # Errors
/// What kept it from being carried out.
pub fn run(command: &Command, session: &mut Session) -> Result<(), Failure> {
    match command {
        Command::Create(_) => create::run(session),
        Command::Add(args) => add::run(args, session),
        Command::List(args) => list::run(args, session),
        Command::Show(args) => show::run(args, session),
        Command::Search(args) => search::run(args, session),
        Command::Edit(args) => edit::run(args, session),
        Command::Delete(args) => delete::run(args, session),
        Command::Import(args) => import::run(args, session),
        Command::Export(args) => export::run(args, session),
        Command::Agenda(args) => agenda::run(args, session),
        Command::Calendar(args) => calendar::run(&args.action, session),
        Command::Network(args) => network::run(&args.action, session),
        Command::Check => check::run(session),
        Command::Key(args) => key::run(&args.action, session),
    }
}

/// The text on standard input, byte for byte.
fn text_from_input(session: &Session) -> Result<String, Failure> {
    text_from(session.phrases.type_away)
}

/// The text on standard input, byte for byte; somebody at a terminal is told how to end it.
fn text_from(how: &str) -> Result<String, Failure> {
    let input = io::stdin();
    if input.is_terminal() {
        session::tell(how);
    }
    let mut bytes = Vec::new();
    input.lock().take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(Failure::Input)?;
    if bytes.len() as u64 > LONGEST_TEXT {
        return Err(Failure::TextTooLarge);
    }
    String::from_utf8(bytes).map_err(|_| Failure::NotText)
}
