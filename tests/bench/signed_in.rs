//! The window of a leader who is signed in at a server that answers, of one whose server does not,
//! and of one who is signed out: how soon each can write, and what the first one's process holds.
//!
//! Sharing begins once the journal is open. So each journal is opened by a passphrase file, as the
//! window itself may be started, and what is measured is what a leader waits for: from asking for
//! the program until the first key of a new reflection stands in the editor. All three have the
//! same in their journals and in their feeds.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fristed_app::wire::sharing::ItemState;
use fristed_tests::proxy::Proxy;
use fristed_tests::sharer::{PASSPHRASE, Sharer};
use fristed_tests::synapse::Synapse;
use serde_json::{Value, json};

use crate::computer::{Computer, Keyring};
use crate::corpus::Corpus;
use crate::table::{Bound, Row, quantile};
use crate::window::Window;

const ROUNDS: usize = 9;
/// How much is in each journal, and how much was shared with each.
const ENTRIES: usize = 40;
const BEGIN: &str = "//button[starts-with(normalize-space(.), 'Begynd at skrive')]";
const EDITOR: &str = ".cm-content";
/// How long a window is left alone before its memory is looked at.
const SETTLED: Duration = Duration::from_secs(2);
/// How long it may take until the server was heard.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures the three in turns; `fristed` is the window's program.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure(fristed: &Path, server: &Synapse, scratch: &Path) -> Result<Vec<Row>, String> {
    let leaders = Leaders::new(server)?;
    let passphrase = scratch.join("sharers-passphrase");
    std::fs::write(&passphrase, PASSPHRASE).map_err(|e| format!("the passphrase: {e}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    runtime.block_on(leaders.start(fristed, &passphrase))
}

/// The three, each with her journal locked.
struct Leaders {
    reached: Sharer,
    unreached: Sharer,
    signed_out: Sharer,
    /// Takes every connection, and never answers.
    _silent: TcpListener,
}

impl Leaders {
    fn new(server: &Synapse) -> Result<Self, String> {
        let proxy = Proxy::before(server.port());
        let (address, port) = (proxy.address(), proxy.port());
        let sharer = Sharer::of(server, "Birgit");
        let reached = Sharer::of(server, "Ditte");
        let signed_out = Sharer::of(server, "Ellen");
        let unreached = Sharer::new("Frida");
        let _user = server.user("frida", &unreached.password);
        unreached.signs_in(&address);
        let readers = [&reached, &signed_out, &unreached];
        let room = sharer.founds("Ledernetværk Nord");
        readers.iter().for_each(|reader| sharer.lets_in(&room, reader));
        let mut corpus = Corpus::new(33)?;
        let texts: Vec<_> = (0..ENTRIES).map(|n| (format!("Nr. {n}"), corpus.entry())).collect();
        for (title, text) in &texts {
            let entry = sharer.writes(title, text);
            sharer.chooses(Sharer::draft(&entry, &room));
            readers.iter().for_each(|reader| drop(reader.writes(title, text)));
        }
        sharer.waits(11);
        sharer.program().sharing_send().map_err(said)?;
        for reader in readers {
            reader.until("all that was shared", |program| {
                let feed = program.feed(Some(&room), 0, 100, reader.now()).ok()?;
                let whole = feed.items.iter().filter(|it| it.state == ItemState::Whole);
                (whole.count() == ENTRIES).then_some(())
            });
        }
        signed_out.program().sharing_sign_out(signed_out.now()).map_err(said)?;
        readers.iter().for_each(|reader| drop(reader.locks()));
        drop(proxy);
        Ok(Self { _silent: silent(port)?, reached, unreached, signed_out })
    }

    async fn start(&self, fristed: &Path, passphrase: &Path) -> Result<Vec<Row>, String> {
        let computer = Computer::on(Keyring::None);
        let of = |leader: &Sharer| Start {
            fristed: fristed.to_owned(),
            vault: leader.vault(),
            passphrase: passphrase.to_owned(),
        };
        let (reached, unreached) = (of(&self.reached), of(&self.unreached));
        let signed_out = of(&self.signed_out);
        let mut starts: [Vec<f64>; 3] = Default::default();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (first_key, memory) = signed_out.run(&computer, "off").await?;
            starts[0].push(first_key);
            theirs.push(memory);
            let (first_key, memory) = reached.run(&computer, "online").await?;
            starts[1].push(first_key);
            ours.push(memory);
            starts[2].push(unreached.run(&computer, "connecting").await?.0);
        }
        let [off, on, lost] = starts.each_mut().map(|times| quantile(times, 0.5));
        let row = |what: &str, ours| Row {
            what: format!("from start to the first key of an entry, {what}"),
            unit: "ms",
            ours,
            theirs: Some((off, "signed out")),
            bound: Bound::RatioAtMost(1.1),
        };
        Ok(vec![
            row("signed in", on),
            row("server unreachable", lost),
            Row {
                what: "memory of the Rust process, signed in and heard".into(),
                unit: "MB",
                ours: quantile(&mut ours, 0.5),
                theirs: Some((quantile(&mut theirs, 0.5), "signed out")),
                bound: Bound::AboveByAtMost(40.0),
            },
        ])
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A port on which connections are taken by the system, and answered by nobody.
fn silent(port: u16) -> Result<TcpListener, String> {
    let begun = Instant::now();
    loop {
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(listener) => return Ok(listener),
            // Whoever had it lets go of it in a moment.
            Err(_) if begun.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(20)),
            Err(e) => return Err(format!("the port of a server that is gone: {e}")),
        }
    }
}

/// How one leader's window is started.
struct Start {
    fristed: PathBuf,
    vault: PathBuf,
    passphrase: PathBuf,
}

impl Start {
    /// Starts it, writes, waits until it stands with the server as it should; milliseconds to the
    /// first key, and then the process's memory in MB.
    async fn run(&self, computer: &Computer, connection: &str) -> Result<(f64, f64), String> {
        // As its desktop entry starts it.
        let settings = format!("GLIBC_TUNABLES={}", fristed_app::WIPING);
        let shown = |path: &Path| path.display().to_string();
        let (fristed, vault) = (shown(&self.fristed), shown(&self.vault));
        let passphrase = shown(&self.passphrase);
        let words =
            [&settings, "Malloc=1", &fristed, "--vault", &vault, "--passphrase-file", &passphrase];
        let window = Window::start(computer, Path::new("/usr/bin/env"), &words).await?;
        let button = window.wait_for(Locator::XPath(BEGIN)).await?;
        button.click().await.map_err(|e| format!("nothing can be written: {e}"))?;
        let first_key = window.first_key(EDITOR).await?;
        let begun = Instant::now();
        loop {
            let status: Value = window.invoke("sharing_status", json!({})).await?;
            if status["connection"] == connection {
                break;
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("it stands with the server otherwise: {status}"));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(SETTLED).await;
        let memory = window.memory(&self.fristed)?;
        window.close().await;
        Ok((first_key, memory))
    }
}
