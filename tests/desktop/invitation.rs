//! A leader opens an invitation from Outlook, prepares the meeting, holds it and follows up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{Local, TimeDelta};
use fantoccini::Locator;
use serde_json::json;

use crate::browser::{PATIENCE, Window, program};
use crate::child::Running;
use crate::computer::{Computer, Keyring};
use crate::dialogs;
use crate::story::{PASSPHRASE, first_run};

const TITLE: &str = "Ledernetværk Syd: kollegial sparring";
/// The meeting in its network's list.
const MEETING: &str = "//main//button[contains(., 'ollegial sparring')]";
const AIM: &str = "At turde spørge om hjælp til besparelsen.";
const ENTER: &str = "\u{e007}";

/// What Outlook sends, for a day that is still to come.
fn invitation(computer: &Computer) -> PathBuf {
    let fixture =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/calendar/outlook-invitation.ics");
    let day = (Local::now() + TimeDelta::days(9)).format("%Y%m%d").to_string();
    let text = fs::read_to_string(fixture).expect("the fixture").replace("20261203", &day);
    let path = computer.folder().join("home/invitation.ics");
    fs::write(&path, text).expect("a file of the leader's");
    path
}

fn pdf_below(folder: &Path) -> Option<PathBuf> {
    let files = fristed_tests::disk::files(folder);
    files.into_iter().find(|path| path.extension().is_some_and(|it| it == "pdf"))
}

/// Types into the field that screen readers know by this name.
async fn writes(window: &Window, name: &str, text: &str) {
    window.type_into(&format!("[aria-label=\"{name}\"]"), text).await;
}

async fn unlock(window: &Window) {
    window.fill("Adgangssætning", PASSPHRASE).await;
    window.press("Lås op").await;
}

/// Goes to the meeting from anywhere.
async fn goes_to_the_meeting(window: &Window) {
    presses(window, "Netværk").await;
    window.sees("Ledernetværk Syd").await;
    window.click("//main//button[contains(., 'Ledernetværk Syd')]").await;
    window.sees("Medlemmer").await;
    window.click(MEETING).await;
    window.sees("Lovet").await;
}

/// Presses the button with these words on it, or read out for it.
async fn presses(window: &Window, name: &str) {
    window.click(&format!("//button[normalize-space(.)='{name}' or @aria-label='{name}']")).await;
}

#[tokio::test]
async fn an_invitation_from_outlook_becomes_a_meeting_that_is_prepared_held_and_followed_up() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    first_run(&window, false).await;
    let network = json!({ "form": {
        "name": "Ledernetværk Syd", "purpose": "", "colour": "blue", "rhythm": "",
        "titleContains": "ledernetværk",
    }});
    let made = window.invoke("network_create", network).await;
    assert!(made["ok"]["id"].is_string(), "{made}");
    let entry = json!({ "entry": {
        "title": "Besparelsen på skolen", "body": "Jeg ved ikke, hvor jeg skal begynde.",
        "template": null, "day": null, "tags": [],
    }});
    let made = window.invoke("entry_create", entry).await;
    assert!(made["ok"]["id"].is_string(), "{made}");
    window.quit().await;

    // The system starts the program with the file; nothing of it is shown before she unlocks.
    let file = invitation(&computer);
    let window = Window::open_with(&computer, |command| {
        command.arg(&file).env("TZ", "Europe/Copenhagen");
    })
    .await;
    window.sees("Din journal er låst").await;
    assert!(!window.text().await.contains("Birgitte"), "locked");
    unlock(&window).await;
    window.sees("Fra Birgitte Holm").await;
    window.sees("kl. 13.00").await;
    let who = window.wait_for(Locator::Css("[role=dialog] select")).await;
    who.select_by_value("karla@skolen.example").await.expect("she is among them");
    presses(&window, "Jeg kommer").await;
    dialogs::save(&computer).await;
    window.sees("Svaret ligger i").await;
    let answer = fs::read_to_string(computer.folder().join("home/svar.ics")).expect("the answer");
    let answer = answer.replace("\r\n ", "");
    assert!(answer.contains("METHOD:REPLY"), "{answer}");
    let hers = answer.lines().find(|line| line.contains("mailto:karla@skolen.example"));
    assert!(hers.is_some_and(|line| line.contains("PARTSTAT=ACCEPTED")), "{answer}");
    assert!(!answer.contains("jens.aaby"), "nobody else is in it: {answer}");

    // The network asks whether it is one of its meetings.
    presses(&window, "Netværk").await;
    window.click("//main//button[contains(., 'Ledernetværk Syd')]").await;
    presses(&window, &format!("Ja, {TITLE} er et møde")).await;
    window.wait_for(Locator::XPath(MEETING)).await;
    goes_to_the_meeting(&window).await;
    writes(&window, "Det vil jeg have ud af mødet", AIM).await;
    presses(&window, "Tilføj spørgsmål").await;
    writes(&window, "Spørgsmål 1", "Hvad beder du gruppen om?").await;
    writes(&window, "Dit svar på: Hvad beder du gruppen om?", "Et råd").await;
    presses(&window, "Find en refleksion").await;
    window.click("//*[@role='dialog']//button[contains(., 'Besparelsen på skolen')]").await;
    window.sees("Gemt").await;

    // On paper everything is there, on one page.
    // The dialog holds up the page, so that the driver must not wait for the press.
    let press = "const print = [...document.querySelectorAll('button')]
          .find((button) => button.textContent.trim() === 'Udskriv');
        setTimeout(() => print.click(), 100);
        return print !== undefined";
    assert_eq!(window.script(press).await, json!(true));
    dialogs::print(&computer).await;
    let begun = Instant::now();
    let text = loop {
        let read = pdf_below(&computer.folder().join("home")).map(|pdf| {
            let read = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output();
            String::from_utf8_lossy(&read.expect("pdftotext").stdout).into_owned()
        });
        match read.filter(|text| text.contains("Besparelsen")) {
            Some(text) => break text,
            None => assert!(begun.elapsed() < PATIENCE, "nothing was printed"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    for wanted in [AIM, "Hvad beder du gruppen om?", "Et råd", "Besparelsen på skolen"] {
        assert!(text.contains(wanted), "{wanted} is on paper: {text}");
    }
    assert_eq!(text.matches('\u{c}').count(), 1, "one page: {text}");
    assert!(!text.contains("Tilføj spørgsmål"), "and nothing of the window: {text}");

    // She holds it: one line is one promise.
    window.click("//*[@role='tab'][normalize-space(.)='Under']").await;
    writes(&window, "Noter", "Bo har prøvet det").await;
    window.fill("Nyt løfte", "jeg ringer til Bo i morgen").await;
    window.sees("ringer til Bo").await;
    window.type_into("input[aria-describedby*='understood']", ENTER).await;
    window.wait_for(Locator::XPath("//main//li[contains(., 'ringer til Bo')]")).await;

    // She follows up in her journal, from the template.
    window.click("//*[@role='tab'][normalize-space(.)='Efter']").await;
    writes(&window, "Til næste gang", "Vi begynder med Bo").await;
    presses(&window, "Skriv om mødet").await;
    window.sees("Hvad kom jeg med?").await;
    window.type_into(".cm-content", "Det hjalp at spørge. ").await;
    window.sees("Gemt").await;

    // After a lock everything is there, and a second start brings a file to this window.
    let mut window = window;
    window.press("Lås").await;
    window.rejoin().await;
    let mut second =
        Running::start(computer.command(program()).arg("invitation.ics"), &computer.log("second"));
    assert!(second.wait(PATIENCE).success(), "the second start ends");
    window.sees("Din journal er låst").await;
    unlock(&window).await;
    window.sees("Fra Birgitte Holm").await;
    presses(&window, "Luk").await;
    goes_to_the_meeting(&window).await;
    window.click("//*[@role='tab'][normalize-space(.)='Før']").await;
    let aim =
        "return document.querySelector('[aria-label=\"Det vil jeg have ud af mødet\"]').value";
    assert_eq!(window.script(aim).await, json!(AIM));
    window.sees("Besparelsen på skolen").await;
    window.click("//*[@role='tab'][normalize-space(.)='Efter']").await;
    window.sees("ringer til Bo").await;
    window.sees("Efter mødet: Kollegial sparring").await;
    let next = "return document.querySelector('[aria-label=\"Til næste gang\"]').value";
    assert_eq!(window.script(next).await, json!("Vi begynder med Bo"));
    window.quit().await;
}
