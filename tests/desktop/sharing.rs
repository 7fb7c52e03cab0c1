//! Two leaders at two computers share with each other, through a real server.

use fristed_tests::synapse::Synapse;
use serde_json::json;

use crate::browser::Window;
use crate::computer::{Computer, Keyring};
use crate::story::{PASSPHRASE, first_run, write};
use crate::traces;

const NETWORK: &str = "Skolelederne i Nord";
const PASSWORD: &str = "Pileurt-ved-volden-3391";
/// What Karla shares.
const SHARED: &str = "kanariefugl-i-netværket-8812";
/// What Mette says of it.
const REPLY: &str = "det-kender-jeg-fra-min-egen-skole-5504";
/// What Karla writes and keeps.
const KEPT: &str = "kanariefugl-som-blev-hjemme-1170";

/// Goes to one of the places on the left.
async fn goes(window: &Window, place: &str) {
    window.click(&format!("//nav//button[starts-with(normalize-space(.), '{place}')]")).await;
}

/// Presses a button of the question that is asked.
async fn answers(window: &Window, name: &str) {
    let button = format!(
        "//*[@role='dialog' or @role='alertdialog']//button[starts-with(normalize-space(.), '{name}')]"
    );
    window.click(&button).await;
}

async fn signs_in(window: &Window, server: &Synapse, user: &str) {
    goes(window, "Indstillinger").await;
    window.press("Log ind …").await;
    window.fill("Serverens adresse", &server.url()).await;
    answers(window, "Fortsæt").await;
    window.fill("Brugernavn", user).await;
    window.fill("Adgangskode", PASSWORD).await;
    answers(window, "Log ind").await;
    window.sees("Serveren svarer.").await;
    window.sees(&format!("@{user}:{}", server.server_name())).await;
}

/// Karla connects her network and invites Mette, who comes.
async fn meet(karla: &Window, mette: &Window, server: &Synapse) {
    let network = json!({ "form": {
        "name": NETWORK, "purpose": "", "colour": "blue", "rhythm": "", "titleContains": "",
    }});
    let made = karla.invoke("network_create", network).await;
    assert!(made["ok"]["id"].is_string(), "{made}");
    goes(karla, "Netværk").await;
    karla.click(&format!("//main//button[contains(., '{NETWORK}')]")).await;
    karla.press("Forbind netværket …").await;
    karla.choose("Kun vores kommune").await;
    answers(karla, "Forbind").await;
    karla.sees("Der er kun dig endnu.").await;
    karla.press("Inviter …").await;
    karla.fill("Adresse", &format!("@mette:{}", server.server_name())).await;
    answers(karla, "Send invitationen").await;
    karla.sees("Inviteret, har ikke svaret").await;

    goes(mette, "Netværk").await;
    mette.sees(&format!("karla inviterer dig til {NETWORK}.")).await;
    mette.press(&format!("Tag imod invitationen til {NETWORK}")).await;
    answers(mette, "Kom med").await;
    mette.sees("Hvem er med").await;
    karla.sees("Ikke bekræftet endnu").await;
}

#[tokio::test]
async fn what_karla_shares_mette_reads_and_answers_and_then_it_is_gone() {
    let server = Synapse::start();
    for name in ["karla", "mette"] {
        assert!(server.user(name, PASSWORD).starts_with(&format!("@{name}:")));
    }
    let computers = [Computer::on(Keyring::None), Computer::on(Keyring::None)];
    let karla = Window::open(&computers[0]).await;
    let mut mette = Window::open(&computers[1]).await;
    for (window, user) in [(&karla, "karla"), (&mette, "mette")] {
        first_run(window, false).await;
        signs_in(window, &server, user).await;
    }
    meet(&karla, &mette, &server).await;
    goes(&karla, "I dag").await;
    write(&karla, KEPT).await;
    goes(&karla, "I dag").await;
    write(&karla, &format!("Om at lytte\n{SHARED}")).await;

    karla.click("//button[@aria-label='Del …']").await;
    karla.sees("Kan læse det").await;
    answers(&karla, "Del med 1").await;
    karla.sees("Bliver delt med").await;
    goes(&mette, "Delt").await;
    mette.sees("Om at lytte").await;
    mette.click("//*[@role='option'][contains(., 'Om at lytte')]").await;
    mette.sees(SHARED).await;
    mette.fill("Dit svar", REPLY).await;
    mette.press("Send svar").await;

    goes(&karla, "Delt").await;
    karla.click("//*[@role='option'][contains(., 'Om at lytte')]").await;
    karla.sees(REPLY).await;

    // Mette goes to lunch and comes back: it is all there.
    mette.press_lock().await;
    mette.rejoin().await;
    mette.sees("Din journal er låst").await;
    let page = mette.script("return document.documentElement.outerHTML").await;
    assert!(!page.as_str().expect("a page").contains(SHARED), "locked, nothing can be read");
    mette.fill("Adgangssætning", PASSPHRASE).await;
    mette.press("Lås op").await;
    mette.sees("Begynd at skrive").await;
    goes(&mette, "Delt").await;
    mette.click("//*[@role='option'][contains(., 'Om at lytte')]").await;
    mette.sees(SHARED).await;

    karla.press("Træk tilbage …").await;
    answers(&karla, "Træk tilbage").await;
    karla.sees("Det er trukket tilbage.").await;
    mette.sees("Trukket tilbage").await;
    assert!(!mette.text().await.contains(SHARED), "it is gone under her eyes");
    let asked = json!({ "room": null, "query": SHARED, "offset": 0, "limit": 5 });
    let found = mette.invoke("feed_search", asked).await;
    assert_eq!(found["ok"]["total"], json!(0), "and no search finds it: {found}");
    let asked = json!({ "query": SHARED, "offset": 0, "limit": 5 });
    let found = karla.invoke("search", asked).await;
    assert_eq!(found["ok"]["hits"].as_array().map(Vec::len), Some(1), "Karla's own is hers");

    karla.quit().await;
    mette.quit().await;
    for kept_from in [SHARED, REPLY, KEPT] {
        assert_eq!(server.holds(kept_from), Vec::<String>::new(), "the server has no {kept_from}");
    }
    let wanted = [SHARED, REPLY, KEPT, PASSWORD, PASSPHRASE];
    for computer in &computers {
        assert_eq!(traces::found(computer.folder(), &wanted), Vec::<String>::new());
    }
}
