//! English.

use fristed_app::wire::ErrorCode;

use super::network_en::sharing;
use super::{Checks, Notices, Phrases, Said, Usage};
use crate::failure::Failure;

pub(super) const PHRASES: Phrases = Phrases {
    ask_passphrase: "Passphrase: ",
    ask_new_passphrase: "New passphrase: ",
    ask_again: "The same again: ",
    ask_password: "Password: ",
    gone: "(deleted)",
    no_calendars: "No calendars.",
    source_counts: [
        "waiting to be sent",
        "changed on both sides",
        "gone from the server",
        "deleted here",
    ],
    created: "Your journal lies in {}.",
    new_recovery: "This is your new recovery key. The old one opens nothing here any more.",
    keep_recovery: "Keep the recovery key on paper, away from the computer. It is shown only now, and nobody else has it.",
    weak: "This passphrase is easy to guess. Four or five words that do not belong together are better.",
    type_away: "Write your reflection; end with Ctrl D on an empty line.",
    untitled: "(no text)",
    no_entries: "No entries.",
    no_hits: "Nothing found.",
    passphrase_changed: "The passphrase is changed. The old one opens nothing here any more.",
    computer_added: "This computer's keyring can open the journal when the window starts.",
    computer_forgotten: "This computer is forgotten. The journal opens with the passphrase or the recovery key.",
    kinds: ["Passphrase", "This computer", "Recovery key"],
    import_preview: ["new entries", "here already", "left out"],
    import_done: ["entries added", "here already", "left out"],
    attachments: "attachments",
    days: "from {a} to {b}",
    skipped: [
        "above 50 MB",
        "named in an entry, but not in the file",
        "empty",
        "cannot be read",
        "not a kind of file that can be imported",
        "its name points outside the folder",
    ],
    more_skipped: "and {} more",
    events: ["new events", "changed events", "here already", "left out"],
    bad_line: "Line {line}: {why}.",
    bad_reasons: [
        "an event without a start is left out",
        "an event without an id was given one",
        "a repetition cannot be read, so the event was taken once",
        "something begins and never ends, and is left out",
        "something cannot be read and is left out",
        "something is not an event and is left out",
    ],
    unknown_zone: "The time zone {} is not known; its times are taken as this computer's.",
    no_events: "No events.",
    shown_up_to: "A series repeats too often to be shown whole; after {} something may be missing.",
    all_day: "all day",
    dry_run: "Nothing is stored yet. Leave --dry-run out to bring it in.",
    exported: "{n} entries are in {}, unencrypted: whoever can open the folder can read them.",
    unreadable: [
        "entries left out",
        "entries that lack tags, star, time or attachments",
        "attachments left out",
    ],
    checks: Checks {
        pages: "Every page of the store",
        structure: "The store's structure",
        references: "What belongs together",
        keys: "The keys",
        search: "The search index",
        attachments: "The attachments",
    },
    whole: "whole",
    damaged: "damaged",
    notices: Notices {
        log_missing: "The store's log was gone. What was written last before that may be missing.",
        foreign_log: "A log of another store lay here. It was put aside and not used.",
        read_only: "The journal can be read here but not written.",
        migrated: "The journal was brought to this version's form. A backup lies in its folder.",
    },
    network: &super::network_en::PHRASES,
    usage: Usage {
        unknown: "{} is not known.",
        missing: "{} is missing.",
        invalid: "{} cannot be used like that.",
        conflict: "{} does not go with the rest.",
        other: "That cannot be understood.",
        help: "See fristed-cli --help.",
    },
};

const fn said(what: &'static str, next: &'static str) -> Said {
    Said { what, next }
}

pub(super) const fn code(code: ErrorCode) -> Said {
    match code {
        ErrorCode::WrongKey => said(
            "That key does not open this journal.",
            "Check it and try again; nothing was changed.",
        ),
        ErrorCode::RecoveryKeyMistyped => said(
            "That is not a recovery key: a character is mistyped or missing.",
            "Compare it with your paper, group by group.",
        ),
        ErrorCode::Locked => {
            said("The journal is locked.", "Open it with the passphrase or the recovery key.")
        }
        ErrorCode::InUse => {
            said("The journal is open in another program.", "Close it there, then try again.")
        }
        ErrorCode::Newer => said(
            "A newer Fristed wrote this journal.",
            "Install that version; nothing was changed here.",
        ),
        ErrorCode::Damaged => said(
            "The journal's store is damaged.",
            "Copy the folder aside first. Then `fristed-cli check` says what is damaged, and `fristed-cli export` writes out everything that can be read.",
        ),
        ErrorCode::KeysDamaged => said(
            "The file with the keys, keys.json, is damaged.",
            "Put a copy of it back from a backup of the folder.",
        ),
        ErrorCode::NoVault => said(
            "There is no journal here.",
            "Name its folder with --vault, or make one with `fristed-cli create`.",
        ),
        ErrorCode::VaultExists => said(
            "There is a journal here already.",
            "Nothing was changed. Choose another folder with --vault.",
        ),
        ErrorCode::FolderUnusable => {
            said("The folder cannot hold a journal.", "Choose a new or empty folder.")
        }
        ErrorCode::NoSpace => said(
            "There is no space left.",
            "Nothing of this was stored. Free some space, then try again.",
        ),
        ErrorCode::NotWritable => said(
            "Nothing can be written here.",
            "Nothing was stored. Check the folder's permissions, or whether the disk is read-only.",
        ),
        ErrorCode::Io => {
            said("Reading or writing failed.", "Check the path and the disk, then try again.")
        }
        ErrorCode::KeyringUnavailable => {
            said("The system's keyring does not answer.", "Use the passphrase or the recovery key.")
        }
        ErrorCode::KeyringLocked => said(
            "The system's keyring is locked.",
            "Unlock it and try again, or use the passphrase.",
        ),
        ErrorCode::KeyringKeyMissing => said(
            "The keyring has no key for this journal.",
            "Use the passphrase or the recovery key.",
        ),
        ErrorCode::PassphraseTooWeak => said(
            "The passphrase is too easy to guess.",
            "Take four or five words that do not belong together.",
        ),
        ErrorCode::NotFound => {
            said("There is no such entry.", "See `fristed-cli list` for the ids.")
        }
        ErrorCode::AttachmentTooLarge => {
            said("The attachment is above 50 MB.", "Make it smaller, or keep it elsewhere.")
        }
        ErrorCode::TextTooLarge => {
            said("The text is above 50 MB.", "Divide it into several entries.")
        }
        ErrorCode::Changed => said(
            "The text was changed elsewhere in the meantime.",
            "See the entry, then try again.",
        ),
        ErrorCode::BadTime => said(
            "The date or the time cannot be read.",
            "Write it as 2026-11-24 or \"2026-11-24 16:40\".",
        ),
        ErrorCode::UnknownFormat => said(
            "This is no file that Fristed reads.",
            "Give it Day One's zip or JSON, jrnl's JSON, a folder of Markdown, or an export of Fristed.",
        ),
        ErrorCode::BadFile => said(
            "The file is broken or unsafe.",
            "Nothing was imported. Export it again from the program it comes from.",
        ),
        ErrorCode::TooLarge => said(
            "The file asks for more than can be imported at once.",
            "Nothing was imported. Divide it into smaller ones.",
        ),
        ErrorCode::Cancelled => said("Stopped.", "Nothing was changed."),
        ErrorCode::NotEmpty => {
            said("The folder is not empty.", "Choose a new or empty folder; nothing was written.")
        }
        ErrorCode::LinkRefused => {
            said("Addresses of that kind are not opened.", "Only web and mail addresses are.")
        }
        ErrorCode::Unreachable => said(
            "The server does not answer, or there is no network.",
            "What was fetched before is still here. See whether you are online, and try again.",
        ),
        ErrorCode::SignInRefused => said(
            "The server does not accept the name or the password.",
            "Type them again. Some servers want a password made for programs.",
        ),
        ErrorCode::AddressRefused => said(
            "Fristed does not fetch from that address.",
            "Use an address that begins with https and does not lead on to a file or a closed place.",
        ),
        ErrorCode::CertificateBad => said(
            "The server cannot show that it is who it says. Nothing was sent to it.",
            "Ask your IT department whether the server's certificate is in order.",
        ),
        ErrorCode::NotACalendar => said(
            "There is no calendar at that address.",
            "Copy the address again. It usually ends in .ics.",
        ),
        ErrorCode::ServerRefused => said(
            "The server said no.",
            "Nothing is lost. If it goes on, ask whoever runs the server.",
        ),
        ErrorCode::CalendarAlreadyHere => said(
            "That calendar is here already.",
            "Choose another one, or change the address of the one you have.",
        ),
        ErrorCode::CalendarReadOnly => said(
            "That calendar can only be read here.",
            "Make the event in a calendar of your own, or change it where the calendar comes from.",
        ),
        ErrorCode::AlreadyMeeting => said(
            "That event is a network meeting already.",
            "Open the meeting, or choose another event.",
        ),
        ErrorCode::EventAlreadyThere => said(
            "That event is in that calendar already.",
            "Find it there, or choose another calendar.",
        ),
        ErrorCode::EndBeforeStart => said(
            "The end is before the start, or the times do not go together.",
            "Correct start and end, and try again. Nothing was changed.",
        ),
        ErrorCode::SeriesTooLong => said(
            "The series is too long to be split here.",
            "Change the whole series, or only this one time.",
        ),
        ErrorCode::TooManyEvents => said(
            "The file has more parts than Fristed accepts at once. Nothing was brought in.",
            "Split the file into smaller ones, one year at a time for instance.",
        ),
        ErrorCode::UndoGone => said(
            "The change can no longer be undone.",
            "Change the event yourself. The rest of the calendar is as it was.",
        ),
        ErrorCode::InvitationRefused => said(
            "The invitation changes nothing here: it does not come from the organiser, or there is a newer one.",
            "See in the calendar what holds, or ask the organiser.",
        ),
        ErrorCode::NotInvited => said(
            "You are not among those invited in this invitation.",
            "Choose which of those invited you are, and try again.",
        ),
        ErrorCode::NotSignedIn => said(
            "Nobody is signed in for sharing.",
            "Sign in with `fristed-cli network login`, or in the window under Settings.",
        ),
        ErrorCode::SignedOut => said(
            "The server has signed this computer out.",
            "Sign in again. Everything that you shared and received is still here.",
        ),
        ErrorCode::NotAServer => said(
            "There is no server for sharing at that address.",
            "Check the address, or ask whoever runs the server.",
        ),
        ErrorCode::ServerLacks => said(
            "The server lacks something that sharing needs.",
            "Ask whoever runs the server to update it. Nothing was sent.",
        ),
        ErrorCode::TooManyRequests => said(
            "The server asks for a pause.",
            "Nothing is lost. Fristed tries again by itself in a while.",
        ),
        ErrorCode::NoBrowser => said(
            "No browser could be opened. Nothing was sent, and nothing was kept.",
            "Open a browser and try again.",
        ),
        ErrorCode::NoSuchPeer => said(
            "There is nobody with that address.",
            "Check the address; it looks like @karla:kommune.dk.",
        ),
        ErrorCode::NotAllowed => said(
            "You may not do that in this network.",
            "Ask whoever made the network. Nothing was changed.",
        ),
        ErrorCode::IdentityChanged => said(
            "Somebody in the network has a new key, so nothing is sent.",
            "Call and ask whether she has a new computer, then answer in the window on the network's page.",
        ),
        ErrorCode::CodeRefused => said(
            "The code opens nothing.",
            "Check it, and ask for it to be shown while you type it.",
        ),
        ErrorCode::AboveServerLimit => said(
            "It is larger than the server takes.",
            "Share less, or leave the large file out. Nothing was sent and nothing is lost.",
        ),
        ErrorCode::IdentityKeyWrong => {
            said("That key opens nothing.", "Check it. Nothing was changed.")
        }
        ErrorCode::StillShared => said(
            "What you have withdrawn cannot stay: the others still have it.",
            "Fristed tries again by itself. If you do not want to wait, try again with --retry.",
        ),
        ErrorCode::FromCopy => said(
            "This was waiting to be sent when the journal was copied here. It is still here, but it may have been sent or withdrawn since.",
            "Try again with --retry if it is still to be shared; otherwise give it up with --drop.",
        ),
        ErrorCode::NotLeftYet => said(
            "You are still in the network. What you have shared is being withdrawn.",
            "Wait until the server answers, and then try again to leave it.",
        ),
        ErrorCode::AlreadySignedIn => said(
            "Somebody is signed in for sharing already.",
            "Sign out first if you want to use another account.",
        ),
        ErrorCode::NotSent => {
            said("It was not sent yet, so nobody can answer to it.", "Try again once it was sent.")
        }
        ErrorCode::NothingToShare => {
            said("There is nothing to share.", "Write something, or choose another reflection.")
        }
        ErrorCode::IdentityMissing => said(
            "This computer is not known as yours yet.",
            "Answer the question under Settings, Sharing. Nothing is lost.",
        ),
        ErrorCode::RoomNotFit => said(
            "That network is not encrypted, or shows its past to newcomers, so nothing is shared in it.",
            "Ask whoever made it to make it in Fristed. Nothing was sent.",
        ),
        ErrorCode::SharedFileDamaged => said(
            "The file is not what was shared.",
            "Ask for it to be shared again. Nothing was kept.",
        ),
        ErrorCode::SharingKeysDamaged => said(
            "The keys for sharing on this computer cannot be read or written.",
            "See whether the disk is full. Otherwise sign out and in again; your journal is as it was.",
        ),
        ErrorCode::AlreadySent => said("It was sent already.", "Take it back instead."),
        ErrorCode::Internal => said(
            "Something went wrong in Fristed itself.",
            "Nothing that was stored is lost. Try again.",
        ),
    }
}

pub(super) const fn own(failure: &Failure) -> Said {
    match failure {
        Failure::NoTerminal => said(
            "A key is needed, and there is no terminal to ask on.",
            "Name a file with --passphrase-file or --recovery-key-file.",
        ),
        Failure::NotTheSame => {
            said("The two passphrases differ.", "Nothing was changed. Try again.")
        }
        Failure::EmptyPassphrase => {
            said("The passphrase is empty.", "Take four or five words that do not belong together.")
        }
        Failure::NothingToChange => said(
            "There is nothing to change.",
            "Give the new text on standard input, or an option such as --title.",
        ),
        Failure::BadTime => code(ErrorCode::BadTime),
        Failure::NoTemplate(_) => {
            said("There is no such template; these there are.", "Take one of those, or none.")
        }
        Failure::NotText => {
            said("Standard input is not text in UTF-8.", "Nothing was stored. Convert it first.")
        }
        Failure::TextTooLarge => code(ErrorCode::TextTooLarge),
        Failure::File(..) => {
            said("The file cannot be read.", "Check its name and its permissions.")
        }
        Failure::Input(_) => said("Standard input cannot be read.", "Nothing was stored."),
        Failure::Output(_) => {
            said("Standard output cannot be written.", "Check the disk it goes to.")
        }
        Failure::DamageFound => code(ErrorCode::Damaged),
        Failure::LeftOut(_) => said(
            "The journal's store is damaged.",
            "Everything that can be read was written. Copy the journal's folder aside, keep the export, and import it into a new journal if there is no better copy.",
        ),
        Failure::Sharing(failure) => sharing(failure),
        Failure::App(_) => code(ErrorCode::Internal),
    }
}
