//! A leader whose program runs in a process of its own, so that it can be killed at any moment and
//! its every call be watched.

pub mod program;

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::canary;
use crate::cli::program_called;

/// How long something may take that passes through a server.
const PATIENCE: Duration = Duration::from_secs(90);

/// A leader, her home, and her program while it runs.
#[derive(Debug)]
pub struct Apart {
    /// Her first name; her name at the server is the same in small letters.
    pub name: String,
    home: TempDir,
    running: Option<Running>,
    ahead: i64,
}

#[derive(Debug)]
struct Running {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What the program said: what was asked for, or the code of what went wrong.
pub type Said = Result<Value, String>;

impl Apart {
    /// A leader whose program has just made her vault.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self::run_by(&[], name)
    }

    /// The same, started by another program, such as `strace`.
    ///
    /// # Panics
    /// Where that fails.
    #[must_use]
    pub fn run_by(starter: &[&str], name: &str) -> Self {
        let home = tempfile::Builder::new().prefix("fristed-apart-").tempdir().expect("a home");
        let mut leader = Self { name: name.to_owned(), home, running: None, ahead: 0 };
        leader.starts_by(starter);
        let _made = leader.does(json!({"do": "begin"}));
        leader
    }

    /// Starts her program, which was killed, and opens her vault.
    pub fn starts(&mut self) {
        self.starts_by(&[]);
        let _opened = self.does(json!({"do": "open"}));
    }

    fn starts_by(&mut self, starter: &[&str]) {
        assert!(self.running.is_none(), "it runs");
        let program = program_called("fristed-leader-under-test");
        let mut command = match starter {
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
            [] => Command::new(program),
        };
        let said = File::options().create(true).append(true).open(self.home().join("stderr"));
        command.arg(&self.name).arg(self.home()).arg(self.ahead.to_string());
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("HOME", self.home());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(said.expect("a file"));
        let mut process = command.spawn().expect("the program starts");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        self.running = Some(Running { process, input, output });
    }

    /// Her home.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Whether her program runs.
    #[must_use]
    pub const fn runs(&self) -> bool {
        self.running.is_some()
    }

    /// Tells the program something, and gives what it says to that.
    ///
    /// # Errors
    /// The code of what went wrong.
    ///
    /// # Panics
    /// Where the program has ended.
    pub fn asks(&mut self, wish: &Value) -> Said {
        let shown = wish.to_string();
        let running = self.running.as_mut().expect("her program runs");
        writeln!(running.input, "{shown}").expect("it listens");
        let mut line = String::new();
        running.output.read_line(&mut line).expect("what it says is text");
        said(&line).unwrap_or_else(|| {
            let complaints = std::fs::read_to_string(self.home().join("stderr"));
            panic!("{} ended at {shown}: {}", self.name, complaints.unwrap_or_default())
        })
    }

    /// The same, where it has to work.
    ///
    /// # Panics
    /// Where it does not.
    pub fn does(&mut self, wish: Value) -> Value {
        let name = self.name.clone();
        self.asks(&wish).unwrap_or_else(|code| panic!("{name} at {wish}: {code}"))
    }

    /// Kills the program with SIGKILL.
    ///
    /// # Panics
    /// Where it does not run.
    pub fn is_killed(&mut self) {
        let mut running = self.running.take().expect("her program runs");
        running.process.kill().expect("SIGKILL");
        running.process.wait().expect("its end");
    }

    /// Tells the program something and kills it so much later; gives what it had said by then.
    ///
    /// # Panics
    /// Where it does not run.
    pub fn is_killed_at(&mut self, wish: &Value, after: Duration) -> Option<Said> {
        let mut running = self.running.take().expect("her program runs");
        writeln!(running.input, "{wish}").expect("it listens");
        thread::sleep(after);
        running.process.kill().expect("SIGKILL");
        let mut line = String::new();
        running.output.read_line(&mut line).expect("what it said is text");
        running.process.wait().expect("its end");
        said(&line)
    }

    /// Locks the vault and ends the program.
    ///
    /// # Panics
    /// Where it does not end.
    pub fn ends(&mut self) {
        let Some(Running { mut process, input, output }) = self.running.take() else { return };
        drop((input, output));
        let status = process.wait().expect("its end");
        assert!(status.success(), "{status}");
    }

    /// Lets her clock go on.
    pub fn waits(&mut self, seconds: i64) {
        self.ahead += seconds;
        let _done = self.does(json!({"do": "wait", "seconds": seconds}));
    }

    /// Signs in, and waits until her computer is known for hers.
    pub fn signs_in(&mut self, url: &str, password: &str) {
        let user = self.name.to_lowercase();
        let wish = json!({"do": "signIn", "url": url, "user": user, "password": password});
        let _status = self.does(wish);
        self.until("she is known for herself", |leader| {
            let status = leader.does(json!({"do": "status"}));
            (status["connection"] == "online" && status["identity"] == "ready").then_some(())
        });
    }

    /// Waits until something is so, asking each time that something changed.
    ///
    /// # Panics
    /// Where it is not so within a minute and a half; `what` says what was waited for.
    pub fn until<T>(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> Option<T>) -> T {
        let begun = Instant::now();
        let mut heard = json!(0);
        loop {
            if let Some(found) = is_so(self) {
                return found;
            }
            if begun.elapsed() > PATIENCE {
                let (status, rows) = (json!({"do": "status"}), json!({"do": "outbox"}));
                let (status, rows) = (self.asks(&status), self.asks(&rows));
                panic!("{} waits in vain: {what}. {status:?} {rows:?}", self.name);
            }
            heard = self.does(json!({"do": "hear", "than": heard}));
        }
    }

    /// A network that is so, once it is.
    pub fn network(&mut self, room: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        self.until("a network", |leader| {
            let all = leader.does(json!({"do": "networks"}));
            let mut all = all.as_array().expect("networks").iter();
            all.find(|one| one["room"] == room && is_so(one)).cloned()
        })
    }

    /// Makes a shared network of the two; gives its room.
    ///
    /// # Panics
    /// Where that fails.
    pub fn founds(&mut self, network: &str, other: &mut Self) -> String {
        let room = self.does(json!({"do": "found", "name": network}));
        let room = room.as_str().expect("a room").to_owned();
        let user = other.does(json!({"do": "status"}))["account"]["user"].clone();
        let _invited = self.does(json!({"do": "invite", "room": room, "user": user}));
        let _asked = other.network(&room, |it| it["standing"] == "invited");
        let _in = other.does(json!({"do": "accept", "room": room}));
        let _hers = other.knows_both(&room);
        let _his = self.knows_both(&room);
        room
    }

    /// Waits until both who are in a network are known to her: whose identity is not known yet
    /// would get no keys.
    ///
    /// # Panics
    /// Where that does not come to be.
    pub fn knows_both(&mut self, room: &str) -> Value {
        self.network(room, |it| {
            let peers = it["peers"].as_array().expect("peers");
            let reads = |peer: &Value| peer["invited"] == false && peer["trust"] != "noIdentity";
            it["standing"] == "joined" && peers.len() == 2 && peers.iter().all(reads)
        })
    }

    /// Where in her home a text lies in clear.
    #[must_use]
    pub fn traces_of(&self, text: &str) -> Vec<String> {
        canary::traces(self.home(), text)
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            drop(running.process.kill());
            drop(running.process.wait());
        }
    }
}

/// What a whole line says; none where the program ended before it was whole.
fn said(line: &str) -> Option<Said> {
    let mut answer: Value = serde_json::from_str(line.strip_suffix('\n')?).expect("JSON");
    Some(match answer["error"].as_str() {
        Some(code) => Err(code.to_owned()),
        None => Ok(answer["ok"].take()),
    })
}
