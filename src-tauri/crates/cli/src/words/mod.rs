//! The words of the terminal, in the two languages.

mod da;
mod en;
pub mod help;
mod help_network;
pub mod network;
mod network_da;
mod network_en;

use fristed_app::wire::{Language, Unreadable};

use crate::failure::Failure;
pub use network::NetworkPhrases;

/// What happened, and what to do.
pub(crate) struct Said {
    what: &'static str,
    next: &'static str,
}

/// What happened and what to do, as one line.
#[must_use]
pub fn failure(failure: &Failure, language: Language) -> String {
    let (said, of) = match failure {
        Failure::App(error) => {
            let said = match language {
                Language::Da => da::code(error.code),
                Language::En => en::code(error.code),
            };
            (said, error.detail.clone())
        }
        own => {
            let said = match language {
                Language::Da => da::own(own),
                Language::En => en::own(own),
            };
            let of = match own {
                Failure::File(path, _) => Some(path.display().to_string()),
                Failure::NoTemplate(ids) => Some(ids.join(", ")),
                Failure::Sharing(failure) => failure.named(),
                Failure::LeftOut(unreadable) => Some(left_out(*unreadable, language)),
                _ => None,
            };
            (said, of)
        }
    };
    // A path may be of any bytes; it shall not start another line or colour the terminal.
    let of = of.map(|of| crate::out::harmless(&of)).filter(|of| !of.is_empty());
    match of {
        Some(of) => format!("{} ({of}). {}", said.what.trim_end_matches('.'), said.next),
        None => format!("{} {}", said.what, said.next),
    }
    .trim_end()
    .to_owned()
}

/// What an export left out, in numbers; empty where that is nothing.
fn left_out(unreadable: Unreadable, language: Language) -> String {
    let Unreadable { entries, incomplete, attachments } = unreadable;
    let words = phrases(language).unreadable.iter().zip([entries, incomplete, attachments]);
    let said =
        words.filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word}: {count}"));
    said.collect::<Vec<_>>().join(", ")
}

/// The sentences and words of the terminal beside its errors.
#[derive(Debug)]
pub struct Phrases {
    /// Asks for the passphrase.
    pub ask_passphrase: &'static str,
    /// Asks for a new passphrase.
    pub ask_new_passphrase: &'static str,
    /// Asks for it again.
    pub ask_again: &'static str,
    /// Asks for the password of an account elsewhere.
    pub ask_password: &'static str,
    /// An event that was deleted on one side.
    pub gone: &'static str,
    /// Nothing to list.
    pub no_calendars: &'static str,
    /// Changes that wait, conflicts, and events that the leader is asked about: gone from the
    /// server, and deleted here.
    pub source_counts: [&'static str; 4],
    /// Before the recovery key; `{}` is the folder.
    pub created: &'static str,
    /// Before a new recovery key.
    pub new_recovery: &'static str,
    /// After any recovery key.
    pub keep_recovery: &'static str,
    /// That a passphrase is weak.
    pub weak: &'static str,
    /// How to end what is typed.
    pub type_away: &'static str,
    /// An entry with neither title nor text.
    pub untitled: &'static str,
    /// Nothing to list.
    pub no_entries: &'static str,
    /// Nothing found.
    pub no_hits: &'static str,
    /// Stored, with a new passphrase.
    pub passphrase_changed: &'static str,
    /// The keyring has a key.
    pub computer_added: &'static str,
    /// The keyring has none any more.
    pub computer_forgotten: &'static str,
    /// The kinds of key.
    pub kinds: [&'static str; 3],
    /// Entries that are new, entries here already, things left out: the words behind numbers.
    pub import_preview: [&'static str; 3],
    /// Entries added, entries here already, things left out: the words behind numbers.
    pub import_done: [&'static str; 3],
    /// Attachments that come along.
    pub attachments: &'static str,
    /// From a day to a day.
    pub days: &'static str,
    /// Why something is left out: too large, missing, empty, unreadable, not for import, unsafe.
    pub skipped: [&'static str; 6],
    /// Left out, beyond those that are listed.
    pub more_skipped: &'static str,
    /// Events that are new, changed, here already, left out: the words behind numbers.
    pub events: [&'static str; 4],
    /// A part of a calendar file that could not be used; `{line}` and `{why}`.
    pub bad_line: &'static str,
    /// Why: no start, no id, a rule that cannot be read, no end, unreadable, not an event.
    pub bad_reasons: [&'static str; 6],
    /// A time zone of a calendar file that is not known; `{}`.
    pub unknown_zone: &'static str,
    /// The agenda has nothing.
    pub no_events: &'static str,
    /// A series has too many occurrences; `{}` is up to when they are shown.
    pub shown_up_to: &'static str,
    /// An event that takes the whole day.
    pub all_day: &'static str,
    /// Nothing was stored, since it was a dry run.
    pub dry_run: &'static str,
    /// After an export; `{n}` entries in `{}`.
    pub exported: &'static str,
    /// Entries left out, entries without everything that belongs to them, attachments left out:
    /// the words before numbers.
    pub unreadable: [&'static str; 3],
    /// What `check` looks at.
    pub checks: Checks,
    /// It is whole.
    pub whole: &'static str,
    /// It is damaged.
    pub damaged: &'static str,
    /// What opening had to tell.
    pub notices: Notices,
    /// The words of sharing.
    pub network: &'static NetworkPhrases,
    /// The words of a usage error.
    pub usage: Usage,
}

/// The names of what `check` looks at.
#[derive(Debug)]
pub struct Checks {
    /// Every page's authentication code.
    pub pages: &'static str,
    /// SQLite's own check.
    pub structure: &'static str,
    /// The references between tables.
    pub references: &'static str,
    /// The key file.
    pub keys: &'static str,
    /// The search index.
    pub search: &'static str,
    /// The attachments' hashes.
    pub attachments: &'static str,
}

/// What opening a vault may have to tell.
#[derive(Debug)]
pub struct Notices {
    /// The log was gone.
    pub log_missing: &'static str,
    /// A foreign log was put aside.
    pub foreign_log: &'static str,
    /// It can only be read.
    pub read_only: &'static str,
    /// It was migrated.
    pub migrated: &'static str,
}

/// Wrong usage.
#[derive(Debug)]
pub struct Usage {
    /// Something unknown; `{}` names it.
    pub unknown: &'static str,
    /// Something missing; `{}` names it.
    pub missing: &'static str,
    /// A value that cannot be used; `{}` names the argument.
    pub invalid: &'static str,
    /// Two that exclude each other; `{}` names one.
    pub conflict: &'static str,
    /// Anything else.
    pub other: &'static str,
    /// Where to read more.
    pub help: &'static str,
}

/// The phrases of a language.
#[must_use]
pub const fn phrases(language: Language) -> &'static Phrases {
    match language {
        Language::Da => &da::PHRASES,
        Language::En => &en::PHRASES,
    }
}

#[cfg(test)]
mod tests {
    use fristed_app::AppError;
    use fristed_app::wire::ErrorCode;

    use super::*;

    #[test]
    fn a_message_says_what_happened_and_what_to_do_in_both_languages() {
        let error = || Failure::App(AppError::with_detail(ErrorCode::NoVault, "/tmp/x"));
        let danish = failure(&error(), Language::Da);
        let english = failure(&error(), Language::En);
        assert_ne!(danish, english);
        for line in [danish, english] {
            assert!(line.contains("(/tmp/x). "), "the folder is named: {line}");
            assert!(line.ends_with('.'), "it is a sentence: {line}");
        }
    }

    #[test]
    fn a_path_cannot_write_a_line_of_its_own() {
        let error =
            AppError::with_detail(ErrorCode::NoVault, "/tmp/x\nfristed: fine [ok]\u{1b}[31m");
        let line = failure(&Failure::App(error), Language::En);
        assert!(!line.contains(['\n', '\u{1b}']), "{line}");
    }
}
