//! A leader's first days with the window.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::{PATIENCE, Window};
use crate::computer::{Computer, Keyring};
use crate::traces;

/// What nobody but Karla may ever read.
pub const CANARY: &str = "kanariefugl-ved-vinduet-4711";

/// Her passphrase.
pub const PASSPHRASE: &str = "blank hest under syv tavse broer";

/// Sets up a vault as the interface does it; gives the recovery key.
pub async fn first_run(window: &Window, remember: bool) -> String {
    window.sees("Velkommen til Fristed").await;
    window.press("Kom i gang").await;
    window.sees("Hvor skal journalen ligge?").await;
    window.press("Brug denne mappe").await;
    window.sees("Vælg en adgangssætning").await;
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.fill("Skriv den igen", PASSPHRASE).await;
    // The estimate is asked of the program; the button listens to it.
    tokio::time::sleep(Duration::from_millis(700)).await;
    window.press("Brug denne sætning").await;
    window.sees("Skal denne computer huske nøglen?").await;
    if remember {
        window.choose("Åbn uden at spørge").await;
    }
    window.press("Videre").await;
    window.sees("Din gendannelsesnøgle").await;
    let shown = window.script("return document.querySelector('.groups').textContent").await;
    let shown = shown.as_str().expect("the key is shown");
    let letters: Vec<char> = shown.chars().filter(|sign| sign.is_ascii_alphanumeric()).collect();
    assert_eq!(letters.len(), 40, "ten groups of four");
    let key = letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-");
    window.press("Jeg har den").await;
    window.fill("Gendannelsesnøgle", &key).await;
    window.press("Lav journalen").await;
    window.sees("Begynd at skrive").await;
    key
}

/// Writes a reflection and waits until the window says that it is saved.
pub async fn write(window: &Window, text: &str) {
    window.press("Begynd at skrive").await;
    window.type_into(".cm-content", text).await;
    window.sees("Gemt").await;
}

/// What the page asked the strict policy for and was refused.
async fn violations(window: &Window) -> Value {
    window.script("return window.refusedByPolicy ?? []").await
}

/// Lets the page remember what its policy refuses from now on.
async fn watch_policy(window: &Window) {
    window
        .script(
            "window.refusedByPolicy = [];
             document.addEventListener('securitypolicyviolation',
               (e) => window.refusedByPolicy.push(e.violatedDirective + ' ' + e.blockedURI));
             return 1",
        )
        .await;
}

#[tokio::test]
async fn karla_begins_writes_and_comes_back_tomorrow() {
    let computer = Computer::on(Keyring::Open);

    let window = Window::open(&computer).await;
    watch_policy(&window).await;
    let key = first_run(&window, true).await;
    write(&window, &format!("Modet med ledernetværket. {CANARY}")).await;
    assert_eq!(violations(&window).await, json!([]), "the page asks only for what it may");
    window.quit().await;

    // The next morning the keyring opens the journal, and what she wrote is found by a part of a
    // compound.
    let mut window = Window::open(&computer).await;
    window.sees("Begynd at skrive").await;
    watch_policy(&window).await;
    window.press("Refleksioner").await;
    window.type_into("input[type=search], [role=searchbox]", "netværk").await;
    window.sees("1 fund").await;
    window.sees(CANARY).await;
    assert_eq!(violations(&window).await, json!([]), "searching neither");

    // Locked, the window holds nothing of it; a colleague cannot click it open.
    window.press_lock().await;
    window.rejoin().await;
    window.sees("Din journal er låst").await;
    let page = window.script("return document.documentElement.outerHTML + document.title").await;
    assert!(!page.as_str().expect("a page").contains(CANARY), "no text in the locked page");
    let refused = window.invoke("unlock_keyring", json!({})).await;
    assert!(refused["refused"].as_str().is_some_and(|why| why.contains("locked")), "{refused}");

    // A wrong passphrase is told, and changes no file.
    let before = fristed_tests::disk::fingerprints(&computer.vault());
    window.fill("Adgangssætning", "en helt anden sætning end den rigtige").await;
    window.press("Lås op").await;
    window.sees("Det er ikke adgangssætningen").await;
    assert_eq!(before, fristed_tests::disk::fingerprints(&computer.vault()), "byte for byte");

    // The recovery key opens it.
    window.press("Brug gendannelsesnøgle").await;
    window.fill("Gendannelsesnøgle", &key.to_lowercase()).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    window.quit().await;

    // Whoever has the disk has nothing (threat 27).
    let wanted = [CANARY, PASSPHRASE, key.as_str(), "ledernetværket"];
    assert_eq!(traces::found(computer.folder(), &wanted), Vec::<String>::new());
}

#[tokio::test]
async fn without_a_keyring_the_passphrase_is_asked_for_and_no_key_lies_about() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    let key = first_run(&window, false).await;
    write(&window, CANARY).await;
    window.quit().await;

    let window = Window::open(&computer).await;
    window.sees("Din journal er låst").await;
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    window.quit().await;
    assert_eq!(traces::found(computer.folder(), &[CANARY, PASSPHRASE, &key]), Vec::<String>::new());
}

#[tokio::test]
async fn a_session_that_ends_saves_and_closes_the_journal() {
    let computer = Computer::on(Keyring::None);
    let mut window = Window::open(&computer).await;
    first_run(&window, false).await;
    write(&window, "Inden jeg gik: ").await;
    window.type_into(".cm-content", CANARY).await;
    window.program.signal(rustix::process::Signal::TERM);
    window.program.wait(Duration::from_secs(15));
    drop(window);

    let window = Window::open(&computer).await;
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
    window.sees("Begynd at skrive").await;
    assert!(!window.text().await.contains("blev ikke lukket rigtigt"), "it was closed");
    let hits = window.invoke("search", json!({"query": CANARY, "offset": 0, "limit": 5})).await;
    assert_eq!(hits["ok"]["hits"].as_array().map(Vec::len), Some(1), "what was typed last: {hits}");
    window.quit().await;
}

#[tokio::test]
async fn a_second_start_raises_the_first_window_and_ends() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    let mut second = crate::child::Running::start(
        &mut computer.command(crate::browser::program()),
        &computer.log("second"),
    );
    assert!(second.wait(Duration::from_secs(20)).success(), "the second start ends well");
    window.sees("Velkommen til Fristed").await;
}

const WIDTH: &str = "return innerWidth";

#[tokio::test]
async fn the_window_comes_back_in_the_size_it_had() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    let first = window.script(WIDTH).await;
    assert_eq!(first, json!(1280), "the size at first");
    window.quit().await;
    let state = find(computer.folder(), ".window-state.json");
    let changed = fs::read_to_string(&state).expect("the size is kept").replace("1280", "1000");
    fs::write(&state, changed).expect("the size can be changed");
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    assert_eq!(window.script(WIDTH).await, json!(1000), "the size that was kept");
    window.quit().await;
}

fn find(folder: &Path, name: &str) -> std::path::PathBuf {
    let files = fristed_tests::disk::files(folder);
    files.into_iter().find(|path| path.ends_with(name)).expect("the file is there")
}

#[tokio::test]
async fn danish_words_are_checked_where_the_system_has_them() {
    // The dictionaries belong to the system; what the web view makes of them cannot be read from
    // the page. That it loaded Danish shows in the files it opens for the leader's own words.
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    first_run(&window, false).await;
    let own_words = computer.folder().join("home/.config/enchant/da_DK.dic");
    if Path::new("/usr/share/hunspell/da_DK.dic").exists() {
        assert!(!own_words.exists(), "no dictionary is read before there is something to check");
        write(&window, "skolen fejlsttavet ").await;
        let begun = Instant::now();
        while !own_words.exists() {
            assert!(begun.elapsed() < PATIENCE, "Danish was not loaded");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}
