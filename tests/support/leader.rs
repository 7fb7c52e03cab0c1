//! A leader, her home, and what she does with her journal.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::answer::Answer;
use crate::cli::Cli;

/// A leader with a home of her own.
#[derive(Debug)]
pub struct Leader {
    /// Her first name.
    pub name: &'static str,
    home: TempDir,
    vault: PathBuf,
}

impl Leader {
    /// A leader who has no journal yet.
    ///
    /// # Panics
    /// Where no folder can be made for her.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        let home = tempfile::Builder::new()
            .prefix(&format!("fristed-{name}-"))
            .tempdir()
            .expect("a home for a leader");
        for folder in ["tmp", "keys"] {
            fs::create_dir(home.path().join(folder)).expect("a folder in her home");
        }
        let leader = Self { name, vault: home.path().join("journal"), home };
        leader.keeps_her_passphrase(&format!("{name} cykler baglæns gennem regnvejr"));
        leader
    }

    /// A leader who has just made her journal.
    #[must_use]
    pub fn named(name: &'static str) -> Self {
        let leader = Self::new(name);
        leader.makes_her_journal();
        leader
    }

    /// The same, with her vault in another folder, such as one on a small disk.
    #[must_use]
    pub fn named_with_vault_in(name: &'static str, vault: &Path) -> Self {
        let mut leader = Self::new(name);
        leader.vault = vault.to_path_buf();
        leader.makes_her_journal();
        leader
    }

    /// Makes the vault and keeps the recovery key on her paper.
    ///
    /// # Panics
    /// Where that fails, or the answer is not the promised one.
    pub fn makes_her_journal(&self) {
        let made = Cli::at(self.home())
            .args(["create", "--hash", "least", "--json"])
            .args(self.vault_args())
            .args(self.passphrase_args())
            .answer()
            .done();
        let json = made.json();
        assert_eq!(json["vault"], self.vault.display().to_string(), "it says where the vault is");
        let key = json["recovery_key"].as_str().expect("the recovery key is a string");
        fs::write(self.recovery_file(), key).expect("her paper");
    }

    /// Her home folder.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder of her vault.
    #[must_use]
    pub fn vault(&self) -> &Path {
        &self.vault
    }

    /// Turns to another folder as her vault.
    pub fn turns_to(&mut self, vault: &Path) {
        self.vault = vault.to_path_buf();
    }

    /// The file that her passphrase lies in.
    #[must_use]
    pub fn passphrase_file(&self) -> PathBuf {
        self.home().join("keys/passphrase")
    }

    /// The file that her recovery key lies in.
    #[must_use]
    pub fn recovery_file(&self) -> PathBuf {
        self.home().join("keys/recovery")
    }

    /// Writes a passphrase into her file for it.
    ///
    /// # Panics
    /// Where the file cannot be written.
    pub fn keeps_her_passphrase(&self, passphrase: &str) {
        fs::write(self.passphrase_file(), format!("{passphrase}\n")).expect("her passphrase");
    }

    /// The option that names her vault.
    #[must_use]
    pub fn vault_args(&self) -> Vec<String> {
        vec!["--vault".into(), self.vault.display().to_string()]
    }

    /// The option that opens it with the passphrase.
    #[must_use]
    pub fn passphrase_args(&self) -> Vec<String> {
        vec!["--passphrase-file".into(), self.passphrase_file().display().to_string()]
    }

    /// A call of the program on her vault, opened with the recovery key, which needs no slow
    /// hash.
    #[must_use]
    pub fn cli(&self, args: &[&str]) -> Cli {
        Cli::at(self.home())
            .args(self.vault_args())
            .args(["--recovery-key-file".into(), self.recovery_file().display().to_string()])
            .args(args)
    }

    /// What the program answers to her who names no vault.
    #[must_use]
    pub fn cli_without_a_vault(&self, args: &[&str]) -> Answer {
        Cli::at(self.home()).args(args).answer()
    }

    /// The same, opened with her passphrase.
    #[must_use]
    pub fn cli_with_passphrase(&self, args: &[&str]) -> Cli {
        Cli::at(self.home()).args(self.vault_args()).args(self.passphrase_args()).args(args)
    }

    /// Does something that has to work.
    pub fn does(&self, args: &[&str]) -> Answer {
        self.cli(args).answer().done()
    }

    /// Writes a reflection; gives its id.
    pub fn writes(&self, text: &str) -> String {
        self.writes_with(text, &[])
    }

    /// Writes a reflection with options; gives its id.
    ///
    /// # Panics
    /// Where the answer is no id.
    pub fn writes_with(&self, text: &str, options: &[&str]) -> String {
        let id = self.cli(&["add"]).args(options).input(text).answer().done().line();
        let shape: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(shape, [8, 4, 4, 4, 12], "an id is a UUID: {id}");
        assert_eq!(id, id.to_lowercase(), "in lower case");
        id
    }

    /// Reads the text of a reflection, byte for byte.
    #[must_use]
    pub fn reads(&self, id: &str) -> Vec<u8> {
        self.does(&["show", id]).out
    }

    /// The whole reflection.
    #[must_use]
    pub fn entry(&self, id: &str) -> Value {
        self.does(&["show", id, "--json"]).json()
    }

    /// All her reflections, newest first.
    ///
    /// # Panics
    /// Where the answer is no array.
    #[must_use]
    pub fn list(&self) -> Vec<Value> {
        self.does(&["list", "--json"]).json().as_array().expect("an array").clone()
    }

    /// What a search finds.
    ///
    /// # Panics
    /// Where the answer is no array.
    #[must_use]
    pub fn finds(&self, query: &str) -> Vec<Value> {
        self.does(&["search", query, "--json"]).json().as_array().expect("an array").clone()
    }

    /// The titles of what a search finds, in their order.
    #[must_use]
    pub fn finds_titles(&self, query: &str) -> Vec<String> {
        titles(&self.finds(query))
    }

    /// Sees that the whole store is sound.
    pub fn sees_that_all_is_whole(&self) {
        let report = self.does(&["check", "--json"]).json();
        assert_eq!(report["whole"], true, "a check finds nothing: {report}");
    }

    /// Brings a file or a folder along; gives how many entries came.
    ///
    /// # Panics
    /// Where the answer has no such number.
    pub fn imports(&self, path: &Path) -> u64 {
        let path = path.display().to_string();
        let done = self.does(&["import", &path, "--json"]).json();
        done["added"].as_u64().expect("a number of entries")
    }

    /// Writes a calendar file with these events into her home; `|` ends a line.
    ///
    /// # Panics
    /// Where it cannot be written.
    #[must_use]
    pub fn calendar_file(&self, name: &str, events: &[&str]) -> PathBuf {
        let events: String = events
            .iter()
            .map(|event| format!("BEGIN:VEVENT|{event}|END:VEVENT|").replace('|', "\r\n"))
            .collect();
        let path = self.home().join(name);
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Story//\r\n{events}END:VCALENDAR\r\n"
        );
        fs::write(&path, text).expect("a calendar file");
        path
    }

    /// What her calendars hold from one day up to another.
    ///
    /// # Panics
    /// Where the answer is no array.
    #[must_use]
    pub fn agenda(&self, from: &str, to: &str) -> Vec<Value> {
        let answer = self.does(&["agenda", "--from", from, "--to", to, "--json"]);
        answer.json().as_array().expect("an array").clone()
    }

    /// Exports everything into a new folder of this name in her home.
    pub fn exports(&self, name: &str, format: &str) -> PathBuf {
        let folder = self.home().join(name);
        self.does(&["export", &folder.display().to_string(), "--format", format]);
        folder
    }
}

/// The titles of entries or hits.
#[must_use]
pub fn titles(entries: &[Value]) -> Vec<String> {
    entries.iter().map(|entry| entry["title"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The entries without their ids and times of change, for comparing two journals; sorted by
/// moment and title.
#[must_use]
pub fn contents(entries: &[Value]) -> Vec<Value> {
    let mut all: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let mut entry = entry.clone();
            if let Some(fields) = entry.as_object_mut() {
                fields.remove("id");
                fields.remove("updated_at");
            }
            entry
        })
        .collect();
    all.sort_by_key(|entry| format!("{}{}{}", entry["created_at"], entry["title"], entry["body"]));
    all
}
