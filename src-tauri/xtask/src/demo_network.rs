//! `cargo xtask demo-network`: three leaders who do not exist, each at a window of her own, and a
//! server between them.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command};

use crate::day;
use crate::demo::cli;
use crate::demo_server::{NAME, Server};
use crate::place;
use crate::python;
use crate::run::{self, window};
use crate::setup::{self, For};
use crate::step::timed;

const LEADERS: [&str; 3] = ["Karla", "Mette", "Sofie"];
const NETWORK: &str = "Ledernetværk Nord";
const SHARED: &str = include_str!("../demo/network.md");

/// Known to everybody who reads this; it guards nothing that is secret.
const PASSPHRASE: &str = "Eksemplets tre bænke er tomme i dag";

/// A leader of the demo, with a home of her own.
struct Leader {
    name: &'static str,
    home: PathBuf,
}

/// Something that a leader of the demo shares or replies.
#[derive(Debug, PartialEq, Eq)]
struct Said<'a> {
    who: &'a str,
    replies: bool,
    title: &'a str,
    body: &'a str,
}

/// Builds, starts the server, fills three journals, and opens the windows.
///
/// # Errors
/// When something is missing or the build fails.
pub fn run() -> Result<(), String> {
    let seen = run::is_seen();
    setup::system(if seen { For::Running } else { For::RunningUnseen })?;
    python::for_sharing()?;
    run::build()?;
    let folder = place::results().join("demo-network");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let leaders = LEADERS.map(|name| Leader { name, home: folder.join(name.to_lowercase()) });
    let users: Vec<_> = LEADERS.map(|name| (name, password(name))).into();
    let server = timed("Starting a server on this computer", || {
        Server::start(&folder.join("server"), &users)
    })?;
    timed("Letting Karla, Mette and Sofie share", || fill(&leaders, &server))?;
    println!("Each journal's passphrase: {PASSPHRASE}");
    println!(
        "The server: {}; its users' passwords: {}\n",
        server.url(),
        LEADERS.map(password).join(", ")
    );
    if seen {
        return open(&leaders);
    }
    println!("There is no display here: keeping a picture of each window from a virtual one.");
    leaders.iter().try_for_each(picture)
}

fn password(name: &str) -> String {
    format!("{name}-i-eksemplet")
}

fn fill(leaders: &[Leader; 3], server: &Server) -> Result<(), String> {
    for leader in leaders {
        leader.begin(server)?;
    }
    let [karla, others @ ..] = leaders;
    karla.does(&["network", "create", NETWORK], "")?;
    for other in others {
        karla.does(&["network", "invite", NETWORK, &other.address()], "")?;
        other.does(&["network", "join", NETWORK], "")?;
    }
    for said in read(SHARED)? {
        let leader = leaders.iter().find(|leader| leader.name == said.who);
        leader.ok_or_else(|| format!("the demo knows no {}", said.who))?.says(&said)?;
    }
    // So that each window has what the last ones said also before it has asked the server.
    leaders.iter().try_for_each(|leader| leader.does(&["network", "status"], "").map(drop))
}

impl Leader {
    fn address(&self) -> String {
        format!("@{}:{NAME}", self.name.to_lowercase())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    fn keep(&self, name: &str, text: &str) -> Result<(), String> {
        fs::write(self.at(name), text).map_err(|e| format!("{}: {e}", self.at(name).display()))
    }

    /// Makes her journal and signs her in.
    fn begin(&self, server: &Server) -> Result<(), String> {
        fs::create_dir_all(&self.home).map_err(|e| format!("{}: {e}", self.home.display()))?;
        self.keep("passphrase", PASSPHRASE)?;
        self.keep("password", &password(self.name))?;
        let create = ["--json", "create", "--hash", "least"];
        let file = self.at("passphrase");
        let made = cli(&self.at("journal"), &create, "--passphrase-file", &file, "")?;
        let made: serde_json::Value = serde_json::from_str(&made).map_err(|e| e.to_string())?;
        self.keep("recovery-key", made["recovery_key"].as_str().unwrap_or_default())?;
        let (name, file) = (self.name.to_lowercase(), self.at("password").display().to_string());
        let login = ["network", "login", &server.url(), "--user", &name, "--password-file", &file];
        self.does(&login, "").map(drop)
    }

    fn does(&self, words: &[&str], input: &str) -> Result<String, String> {
        cli(&self.at("journal"), words, "--recovery-key-file", &self.at("recovery-key"), input)
    }

    fn says(&self, said: &Said<'_>) -> Result<(), String> {
        if said.replies {
            let feed = self.does(&["network", "feed", "--json"], "")?;
            let feed: serde_json::Value = serde_json::from_str(&feed).map_err(|e| e.to_string())?;
            let mut all = feed.as_array().into_iter().flatten();
            let item = all.find(|item| item["title"] == said.title).map(|item| &item["id"]);
            let item = item.and_then(serde_json::Value::as_str);
            let item = item.ok_or_else(|| format!("nobody shared {}", said.title))?;
            return self.does(&["network", "reply", item], said.body).map(drop);
        }
        let at = format!("{} 15:40", day::date(day::today() - 1));
        let words = ["add", "--title", said.title, "--at", &at, "--tag", "netværk"];
        let entry = self.does(&words, said.body)?;
        let share = ["network", "share", entry.trim(), "--network", NETWORK, "--tell-day", "--yes"];
        self.does(&share, "").map(drop)
    }

    /// Her window, on her journal, with settings of her own.
    fn window(&self, own_bus: bool) -> Command {
        let mut window = window(own_bus);
        window.arg("--vault").arg(self.at("journal"));
        window.arg("--passphrase-file").arg(self.at("passphrase"));
        for (name, folder) in [
            ("HOME", "."),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
        ] {
            window.env(name, self.at(folder));
        }
        window
    }
}

/// Opens the windows and waits until all are closed. Ctrl-C reaches them and the server too, since
/// all are of one group.
fn open(leaders: &[Leader]) -> Result<(), String> {
    println!("Close the windows, or press Ctrl C here, to end it.");
    let own_bus = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none();
    let mut opened: Vec<Child> = Vec::new();
    let mut failed = None;
    for leader in leaders {
        match leader.window(own_bus).spawn() {
            Ok(window) => opened.push(window),
            Err(e) => failed = Some(format!("{}'s window: {e}", leader.name)),
        }
    }
    for mut window in opened {
        let _ = window.wait();
    }
    failed.map_or(Ok(()), Err)
}

/// Keeps a picture of her window, where nobody can see it.
fn picture(leader: &Leader) -> Result<(), String> {
    let own_bus = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none();
    run::unseen(leader.window(own_bus), &format!("network-{}", leader.name.to_lowercase()))
}

/// Takes the data file apart: `=== WHO | deler or svarer | title`, then the text.
fn read(text: &str) -> Result<Vec<Said<'_>>, String> {
    let parts = text.split("\n=== ").skip(1);
    parts
        .map(|part| said(part).ok_or_else(|| format!("the demo has a broken line: {part}")))
        .collect()
}

fn said(part: &str) -> Option<Said<'_>> {
    let (head, body) = part.split_once('\n')?;
    let mut fields = head.split('|').map(str::trim);
    let who = fields.next()?;
    let replies = match fields.next()? {
        "deler" => false,
        "svarer" => true,
        _ => return None,
    };
    Some(Said { who, replies, title: fields.next()?, body: body.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_three_says_something_and_answers_only_to_what_is_there() {
        let all = read(SHARED).expect("the demo can be read");
        for name in LEADERS {
            assert!(all.iter().any(|said| said.who == name && !said.replies), "{name}");
        }
        for (at, reply) in all.iter().enumerate().filter(|(_, said)| said.replies) {
            let before = all.iter().take(at).filter(|said| !said.replies);
            assert!(before.into_iter().any(|said| said.title == reply.title), "{}", reply.title);
        }
    }

    #[test]
    fn a_broken_line_is_named() {
        assert!(read("\n=== Karla | synger | En vise\nTra la").is_err());
    }
}
