//! The window beside an empty Tauri window: how soon it takes a key, and what its process holds.
//!
//! Both are started by WebKitWebDriver in the same way, on an X server in memory, so what the
//! driver itself takes is in both figures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::child::Running;
use crate::computer::{Computer, Keyring};
use crate::table::{Bound, Row, quantile};

/// The two programs, and the vault that Fristed opens.
pub struct Windows {
    pub fristed: PathBuf,
    pub empty: PathBuf,
    pub vault: PathBuf,
    pub recovery_key: String,
}

const ROUNDS: usize = 7;
const PATIENCE: Duration = Duration::from_secs(30);
const TAKES_TEXT: &str = "input";

/// Measures both windows in turns.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure(windows: &Windows) -> Result<[Row; 2], String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    runtime.block_on(async {
        let computer = Computer::on(Keyring::None);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let (mut our_memory, mut their_memory) = (Vec::new(), Vec::new());
        let vault = windows.vault.display().to_string();
        for _ in 0..ROUNDS {
            // As its desktop entry starts it.
            let settings = format!("GLIBC_TUNABLES={}", fristed_app::WIPING);
            let fristed = windows.fristed.display().to_string();
            let words = [&settings, "Malloc=1", &fristed, "--vault", &vault];
            let window = Window::start(&computer, Path::new("/usr/bin/env"), &words).await?;
            ours.push(window.first_key(TAKES_TEXT).await?);
            window.open_journal(&windows.recovery_key).await?;
            our_memory.push(window.memory(&windows.fristed)?);
            window.close().await;
            let window = Window::start(&computer, &windows.empty, &[]).await?;
            theirs.push(window.first_key(TAKES_TEXT).await?);
            their_memory.push(window.memory(&windows.empty)?);
            window.close().await;
        }
        Ok([
            Row {
                what: "from start to the first key taken".into(),
                unit: "ms",
                ours: quantile(&mut ours, 0.5),
                theirs: Some((quantile(&mut theirs, 0.5), "empty window")),
                bound: Bound::RatioAtMost(1.3),
            },
            Row {
                // The web view reads its dictionary, 15 MB, once an entry is opened.
                what: "memory of the Rust process, journal open and searched".into(),
                unit: "MB",
                ours: quantile(&mut our_memory, 0.5),
                theirs: Some((quantile(&mut their_memory, 0.5), "empty window")),
                bound: Bound::AboveByAtMost(40.0),
            },
        ])
    })
}

/// A window under WebDriver.
pub struct Window {
    client: Client,
    driver: Running,
    /// When the program was asked for.
    begun: Instant,
}

impl Window {
    /// Starts a program, and waits until its window can be driven.
    ///
    /// # Errors
    /// A sentence saying which step failed.
    pub async fn start(
        computer: &Computer,
        program: &Path,
        words: &[&str],
    ) -> Result<Self, String> {
        let held = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
        let port = held.local_addr().map_err(|e| e.to_string())?.port();
        drop(held);
        let driver = Running::start(
            computer
                .command("WebKitWebDriver")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .args(["--host=127.0.0.1", &format!("--port={port}")]),
            &computer.log("driver"),
        );
        let address = format!("127.0.0.1:{port}");
        let begun = Instant::now();
        while std::net::TcpStream::connect(&address).is_err() {
            if begun.elapsed() > PATIENCE {
                return Err("WebKitWebDriver does not listen".into());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let wanted: Value = json!({
            "webkitgtk:browserOptions": { "binary": program, "args": words }
        });
        let Value::Object(wanted) = wanted else { return Err("no capabilities".into()) };
        let begun = Instant::now();
        let client = ClientBuilder::native()
            .capabilities(wanted)
            .connect(&format!("http://{address}"))
            .await
            .map_err(|e| format!("{}: {e}", program.display()))?;
        Ok(Self { client, driver, begun })
    }

    /// Waits for what a selector finds.
    ///
    /// # Errors
    /// Where it does not appear.
    pub async fn wait_for(&self, wanted: Locator<'_>) -> Result<Element, String> {
        let wait = self.client.wait().at_most(PATIENCE).every(Duration::from_millis(10));
        match wait.for_element(wanted).await {
            Ok(found) => Ok(found),
            Err(e) => {
                let shown = self.client.execute("return document.body.innerText", vec![]).await;
                Err(format!("{wanted:?} does not appear ({e}) in: {shown:?}"))
            }
        }
    }

    /// Types a key into what a selector finds; milliseconds from asking for the program until it
    /// stands there.
    ///
    /// # Errors
    /// Where it does not arrive.
    pub async fn first_key(&self, selector: &str) -> Result<f64, String> {
        let field = self.wait_for(Locator::Css(selector)).await?;
        field.send_keys("a").await.map_err(|e| format!("the field takes no key: {e}"))?;
        let sent = Instant::now();
        loop {
            let stands = match field.prop("value").await.map_err(|e| e.to_string())? {
                Some(value) => value,
                None => field.text().await.map_err(|e| e.to_string())?,
            };
            // What stood there before ends in a question mark.
            if stands.trim_end().ends_with('a') {
                break;
            }
            if sent.elapsed() > PATIENCE {
                return Err(format!("the key did not arrive: {stands}"));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(self.begun.elapsed().as_secs_f64() * 1_000.0)
    }

    /// Opens the vault, and searches in it as a leader does.
    async fn open_journal(&self, recovery_key: &str) -> Result<(), String> {
        self.invoke("unlock_recovery", json!({ "key": recovery_key })).await?;
        for query in ["netværk", "møde trivsel", "amtal"] {
            self.invoke("search", json!({ "query": query, "offset": 0, "limit": 50 })).await?;
        }
        Ok(())
    }

    /// Calls a command as the page does, and gives its answer.
    ///
    /// # Errors
    /// Where it is refused.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Result<Value, String> {
        let code = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args).then(
              (ok) => done({ ok: ok === undefined ? null : ok }),
              (refused) => done({ refused: JSON.stringify(refused) }));";
        let answer = self
            .client
            .execute_async(code, vec![json!(command), arguments])
            .await
            .map_err(|e| format!("{command}: {e}"))?;
        match answer.get("refused") {
            None => Ok(answer["ok"].clone()),
            Some(refused) => Err(format!("{command} was refused: {refused}")),
        }
    }

    /// The proportional set size of the program's own process, in MB.
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn memory(&self, program: &Path) -> Result<f64, String> {
        let found = Command::new("pgrep")
            .args(["-f", "-n", &format!("^{}", program.display())])
            .output()
            .map_err(|e| format!("pgrep: {e}"))?;
        let id = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup"))
            .map_err(|e| format!("the memory of {}: {e}", program.display()))?;
        let kilobytes = rollup
            .lines()
            .find_map(|line| line.strip_prefix("Pss:"))
            .and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<f64>().ok())
            .ok_or("no size was told")?;
        Ok(kilobytes * 1_024.0 / 1e6)
    }

    /// Closes it.
    pub async fn close(self) {
        let _ = self.client.close().await;
        drop(self.driver);
    }
}
