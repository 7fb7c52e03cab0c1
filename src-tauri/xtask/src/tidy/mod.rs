//! `cargo xtask tidy`: the invariants of ARCHITECTURE.md that can be held by reading the sources.

mod boundaries;
mod messages;
mod packages;
mod policy;
mod sources;

use crate::step::timed;
pub use sources::Sources;

/// One thing that is not as it should be.
pub type Finding = String;

type Rule = (&'static str, fn(&Sources) -> Vec<Finding>);

const RULES: [Rule; 13] = [
    ("dependencies point one way", boundaries::dependencies),
    ("nothing below the shell knows Tauri", boundaries::no_tauri_below),
    ("nothing outside vault opens a database", boundaries::no_database_outside),
    ("nothing outside remote and network speaks to the network", boundaries::no_network_outside),
    ("no SQL outside table/ and vault", boundaries::no_sql_outside),
    ("nothing outside lib/host imports Tauri's JavaScript", boundaries::one_host),
    ("no bare HTML in the interface", boundaries::no_bare_html),
    ("every error code has its words", messages::every_code),
    ("both languages have the same messages", messages::same_keys),
    ("the window's policy is strict", policy::strict),
    ("npm ci takes the lock file", packages::locked),
    ("files are short", sources::lengths),
    ("nothing is left undone", sources::undone),
];

/// Reads the sources and says what is not as it should be.
///
/// # Errors
/// When anything is not.
pub fn run() -> Result<(), String> {
    timed("tidy", || {
        let sources = Sources::read(&crate::place::root())?;
        let mut broken = 0;
        for (rule, check) in RULES {
            for finding in check(&sources) {
                println!("{rule}: {finding}");
                broken += 1;
            }
        }
        for long in sources::long(&sources) {
            println!("note: {long}");
        }
        if broken == 0 { Ok(()) } else { Err(format!("{broken} things are not tidy")) }
    })
}
