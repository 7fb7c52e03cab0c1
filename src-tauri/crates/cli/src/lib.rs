//! `fristed-cli`: the journal in the terminal, for scripts, for IT, and for the tests.
//!
//! It asks the same use cases as the window, and so proves that the core needs none. Standard
//! output carries what was asked for, standard error what went wrong, and neither ever carries
//! text of the journal that was not asked for.

pub mod args;
pub mod ask;
pub mod at;
pub mod commands;
pub mod failure;
pub mod out;
pub mod session;
pub mod usage;
pub mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use fristed_app::Directories;
use fristed_app::config::{self, Config};
use fristed_app::wire::Language;

use crate::args::Cli;
use crate::session::Session;

/// Carries out one command line and gives the process's exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    leave_no_core();
    let directories = Directories::of_this_user();
    let language = config::language(&Config::load(&directories.config).settings);
    let phrases = words::phrases(language);
    let cli = match parse(arguments, language) {
        Ok(cli) => cli,
        Err(error) => return usage::tell(&error, phrases),
    };
    let mut session = Session::new(cli.common, cli.command.key_cost(), directories, language);
    let done = commands::run(&cli.command, &mut session);
    let flushed = session.close();
    match done.and(flushed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            session::tell(&failure.line(language));
            ExitCode::from(failure.exit_code())
        }
    }
}

fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    language: Language,
) -> Result<Cli, clap::Error> {
    let command = match language {
        Language::Da => words::help::in_danish(Cli::command()),
        Language::En => Cli::command(),
    };
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// A crash leaves no image of the memory behind, and no other process of this user may look
/// into it.
fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        // Where the system refuses, there is nothing better to do than to go on.
        let _ = setrlimit(Resource::Core, none);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
