//! The window's program, and a driver that types and clicks in it.
//!
//! The program is started first and the driver joins it (`WebKitWebDriver --target`), because a
//! lock replaces the web view's process and so ends the driver's session: [`Window::rejoin`]
//! begins another one with the same window.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::child::Running;
use crate::computer::Computer;

/// How long anything may take that a leader waits for.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The program with its window, and who drives it.
pub struct Window {
    client: Option<Client>,
    driver: Running,
    driver_address: String,
    /// The program.
    pub program: Running,
}

/// Where cargo put the program: two folders above this test.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its place");
    let folder = test.ancestors().nth(2).expect("cargo's folder");
    let program = folder.join("fristed");
    assert!(program.exists(), "{} is not built: cargo build -p fristed", program.display());
    program
}

/// Where a button is found by what stands on it.
fn button(name: &str) -> String {
    format!(
        "//button[normalize-space(.)='{name}' or starts-with(normalize-space(.), '{name} ') or @aria-label='{name}']"
    )
}

fn free_port() -> u16 {
    let held = TcpListener::bind("127.0.0.1:0").expect("a free port");
    held.local_addr().expect("its number").port()
}

impl Window {
    /// Starts the program and joins its window.
    pub async fn open(computer: &Computer) -> Self {
        Self::open_with(computer, |_| {}).await
    }

    /// The same, where the caller adds to the command.
    pub async fn open_with(computer: &Computer, change: impl FnOnce(&mut Command)) -> Self {
        Self::start(computer, computer.command(program()), change).await
    }

    /// The same, where another program (a tracer) starts the window's program.
    pub async fn start(
        computer: &Computer,
        mut command: Command,
        change: impl FnOnce(&mut Command),
    ) -> Self {
        let (inspector, port) = (free_port(), free_port());
        command
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_INSPECTOR_SERVER", format!("127.0.0.1:{inspector}"));
        change(&mut command);
        let program = Running::start(&mut command, &computer.log("fristed"));
        let driver = Running::start(
            computer
                .command("WebKitWebDriver")
                .arg("--host=127.0.0.1")
                .arg(format!("--port={port}"))
                .arg(format!("--target=127.0.0.1:{inspector}")),
            &computer.log("driver"),
        );
        let driver_address = format!("http://127.0.0.1:{port}");
        let mut window = Self { client: None, driver, driver_address, program };
        window.join().await;
        window
    }

    async fn join(&mut self) {
        let begun = Instant::now();
        loop {
            assert!(self.driver.ended().is_none(), "the driver ended");
            if let Some(status) = self.program.ended() {
                panic!("the program ended: {status}");
            }
            let joined = ClientBuilder::native().connect(&self.driver_address).await;
            match joined {
                Ok(client) => {
                    self.client = Some(client);
                    break;
                }
                Err(e) => assert!(begun.elapsed() < PATIENCE, "the window cannot be joined: {e}"),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Joins the window again, once a lock has thrown its page away.
    ///
    /// The driver notices that a page is gone when it is asked something of it.
    pub async fn rejoin(&mut self) {
        if let Some(old) = self.client.take() {
            let begun = Instant::now();
            while old.execute("return 1", vec![]).await.is_ok() {
                assert!(begun.elapsed() < PATIENCE, "the page stays: nothing locked");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            // A driver that still holds on to the page lets go of it, and most have already.
            let _ = old.close().await;
        }
        self.join().await;
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the window is joined")
    }

    /// Runs a piece of JavaScript in the page; it ends with `return`.
    pub async fn script(&self, code: &str) -> Value {
        self.script_with(code, vec![]).await
    }

    /// The same with arguments.
    pub async fn script_with(&self, code: &str, arguments: Vec<Value>) -> Value {
        self.client().execute(code, arguments).await.expect("the page runs the script")
    }

    /// Sends a piece of JavaScript that the page may not outlive.
    pub async fn last_script(&self, code: &str) {
        let _ = self.client().execute(code, vec![]).await;
    }

    /// Everything that can be read in the window.
    pub async fn text(&self) -> String {
        let text = self.script("return document.body ? document.body.innerText : ''").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the window shows this.
    ///
    /// The page is asked for a yes or no only, so that the driver carries no text through the
    /// program's memory that the program itself never put there.
    pub async fn sees(&self, wanted: &str) {
        const ASKED: &str = "return document.body.innerText.includes(arguments[0])";
        let begun = Instant::now();
        while self.script_with(ASKED, vec![json!(wanted)]).await != json!(true) {
            let late = begun.elapsed() > PATIENCE;
            assert!(!late, "”{wanted}” does not appear in:\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Presses a button by what stands on it.
    pub async fn press(&self, name: &str) {
        self.click(&button(name)).await;
    }

    /// Clicks what is found by a path, as soon as nothing that moves lies over it.
    pub async fn click(&self, path: &str) {
        let begun = Instant::now();
        while let Err(e) = self.wait_for(Locator::XPath(path)).await.click().await {
            assert!(begun.elapsed() < PATIENCE, "{path} cannot be clicked: {e}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Presses the button that locks; the page may be gone before the driver can say that it was
    /// pressed.
    pub async fn press_lock(&self) {
        let _ = self.wait_for(Locator::XPath(&button("Lås"))).await.click().await;
    }

    /// Chooses an answer of a question by its label.
    pub async fn choose(&self, label: &str) {
        let path = format!("//label[starts-with(normalize-space(.), '{label}')]");
        let answer = self.wait_for(Locator::XPath(&path)).await;
        answer.click().await.unwrap_or_else(|e| panic!("{label} cannot be chosen: {e}"));
    }

    /// Types into the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let path = format!("//*[@id=//label[normalize-space(.)='{label}']/@for]");
        let field = self.wait_for(Locator::XPath(&path)).await;
        field.clear().await.unwrap_or_else(|e| panic!("{label} cannot be cleared: {e}"));
        field.send_keys(text).await.unwrap_or_else(|e| panic!("{label} takes no text: {e}"));
    }

    /// Types into what a selector finds.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let field = self.wait_for(Locator::Css(selector)).await;
        field.click().await.expect("it can be clicked");
        field.send_keys(text).await.expect("it takes text");
    }

    /// Presses keys of the alphabet while Control is held.
    pub async fn control(&self, keys: &str) {
        const CONTROL: char = '\u{e009}';
        let mut actions =
            KeyActions::new("keyboard".into()).then(KeyAction::Down { value: CONTROL });
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        let actions = actions.then(KeyAction::Up { value: CONTROL });
        self.client().perform_actions(actions).await.expect("keys can be pressed");
    }

    /// Waits for an element.
    pub async fn wait_for(&self, locator: Locator<'_>) -> Element {
        let waited = self.client().wait().at_most(PATIENCE).for_element(locator).await;
        match waited {
            Ok(element) => element,
            Err(e) => panic!("{locator:?} does not appear ({e}) in:\n{}", self.text().await),
        }
    }

    /// Calls a command as the page could, past the interface; gives `{ok}` or `{refused}`.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Value {
        let code = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args).then(
              (ok) => done({ ok: ok === undefined ? null : ok }),
              (refused) => done({ refused: typeof refused === 'string' ? refused : JSON.stringify(refused) }));";
        self.client()
            .execute_async(code, vec![json!(command), arguments])
            .await
            .expect("the page calls the command")
    }

    /// Closes the program as its menu does, and waits for its end.
    pub async fn quit(mut self) {
        self.last_script("window.__TAURI_INTERNALS__.invoke('quit'); return 1").await;
        self.program.wait(Duration::from_secs(15));
    }
}
