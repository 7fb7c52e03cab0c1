//! Wrong usage, said in the leader's language; help and version as clap writes them.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::out::harmless;
use crate::session;
use crate::words::Phrases;

/// The line that says what is wrong with a command line; none where it asks for help.
#[must_use]
fn sentence(error: &clap::Error, phrases: &Phrases) -> Option<String> {
    let usage = &phrases.usage;
    let pattern = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand => usage.unknown,
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => usage.missing,
        ErrorKind::InvalidValue
        | ErrorKind::ValueValidation
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => usage.invalid,
        ErrorKind::ArgumentConflict => usage.conflict,
        _ => usage.other,
    };
    let name = named(error);
    let said = if name.is_empty() { usage.other.to_owned() } else { pattern.replace("{}", &name) };
    Some(format!("fristed: {said} {} [usage]", usage.help))
}

/// Says what is wrong with a command line, or prints the help that it asks for; gives the exit
/// code.
#[must_use]
pub fn tell(error: &clap::Error, phrases: &Phrases) -> ExitCode {
    match sentence(error, phrases) {
        Some(line) => {
            session::tell(&line);
            ExitCode::from(2)
        }
        None => {
            // Whoever closed the pipe has read enough of the help.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// What the error is about: an option, a command, or what is missing.
fn named(error: &clap::Error) -> String {
    let kinds = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let found = kinds.iter().find_map(|kind| error.get(*kind));
    let name = match found {
        Some(ContextValue::String(name)) => name.clone(),
        Some(ContextValue::Strings(names)) => names.join(", "),
        _ => String::new(),
    };
    let value = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) if !value.is_empty() => format!(" ”{value}”"),
        _ => String::new(),
    };
    harmless(&format!("{name}{value}"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use fristed_app::wire::Language;

    use super::*;
    use crate::args::Cli;
    use crate::words::phrases;

    fn line(arguments: &[&str], language: Language) -> String {
        let all = ["fristed-cli"].iter().chain(arguments);
        let error = Cli::try_parse_from(all).expect_err("wrong usage");
        sentence(&error, phrases(language)).expect("not a help")
    }

    #[test]
    fn what_is_wrong_is_named_in_either_language() {
        assert_eq!(
            line(&["lits"], Language::Da),
            "fristed: lits findes ikke. Se fristed-cli --help. [usage]"
        );
        assert_eq!(
            line(&["show"], Language::En),
            "fristed: <ID> is missing. See fristed-cli --help. [usage]"
        );
        assert!(line(&["list", "--limit", "mange"], Language::Da).contains("”mange”"));
        assert!(line(&["add", "--at", "i går"], Language::Da).contains("--at"));
        assert!(line(&["list", "--frobnicate"], Language::En).contains("--frobnicate"));
    }

    #[test]
    fn the_two_key_files_exclude_each_other() {
        let both = ["--passphrase-file", "a", "--recovery-key-file", "b", "list"];
        assert!(line(&both, Language::Da).contains("passer ikke"));
    }

    #[test]
    fn a_question_for_help_is_no_mistake() {
        let error = Cli::try_parse_from(["fristed-cli", "--help"]).expect_err("help");
        assert!(sentence(&error, phrases(Language::Da)).is_none());
    }
}
