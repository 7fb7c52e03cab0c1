//! Sharing in the terminal: the real command line and a real server.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use fristed_app::wire::sharing::{Trust, VerificationStep};
use fristed_tests::authentication::Authentication;
use fristed_tests::feed::Feed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::{Setup, Synapse};
use fristed_tests::terminal::Terminal;
use fristed_tests::{Answer, Leader};
use serde_json::{Value, json};

/// Words that stand in what is shared and nowhere else.
const SHARED: &str = "Pileurten 5512 blev aldrig lugt";
/// Words that stand in the same entry and are never shared.
const PRIVATE: &str = "Hyldebusken 8823 er min egen sag";
/// A title that is never shared.
const TITLE: &str = "Snerlen 3391 under trappen";

/// A leader at her terminal, with an account at the server.
struct AtTerminal {
    leader: Leader,
    user: String,
}

impl AtTerminal {
    /// One who has signed in.
    fn of(server: &Synapse, name: &'static str) -> Self {
        let new = Self::unknown(server, name);
        let status = new.signs_in(server).done().json();
        assert_eq!(status["user"], new.user, "she is told who she is: {status}");
        assert_eq!(status["connection"], "online");
        assert_eq!(status["identity"], "ready", "and others know her computer for hers");
        new
    }

    /// One who has not.
    fn unknown(server: &Synapse, name: &'static str) -> Self {
        let leader = Leader::named(name);
        fs::write(leader.home().join("keys/account"), format!("{name}-Ribes-2207\n"))
            .expect("her password");
        let user = server.user(&name.to_lowercase(), &format!("{name}-Ribes-2207"));
        Self { leader, user }
    }

    fn signs_in(&self, server: &Synapse) -> Answer {
        let (url, name) = (server.url(), self.leader.name.to_lowercase());
        let file = self.file("keys/account").display().to_string();
        self.network(&["login", &url, "--user", &name, "--password-file", &file])
    }

    fn file(&self, name: &str) -> PathBuf {
        self.leader.home().join(name)
    }

    /// `network …` with one JSON document.
    fn network(&self, args: &[&str]) -> Answer {
        self.leader.cli(&[&["network"], args, &["--json"]].concat()).answer()
    }

    fn does(&self, args: &[&str]) -> Value {
        self.network(args).done().json()
    }

    fn feed(&self) -> Vec<Value> {
        self.does(&["feed"]).as_array().expect("an array").clone()
    }

    fn says(&self, args: &[&str], text: &str) -> Value {
        let call = [&["network"], args, &["--json"]].concat();
        self.leader.cli(&call).input(text).answer().done().json()
    }

    /// Karla's network with Mette in it.
    fn two(server: &Synapse) -> (Self, Self) {
        let (karla, mette) = (Self::of(server, "Karla"), Self::of(server, "Mette"));
        let made = karla.does(&["create", "Skolelederne"]);
        assert_eq!(made["several_municipalities"], false, "it stays on one server unless asked");
        karla.does(&["invite", "Skolelederne", &mette.user]);
        let invitations = mette.does(&["join"]);
        assert_eq!(invitations[0]["name"], "Skolelederne");
        assert_eq!(invitations[0]["invited_by"], karla.user);
        let joined = mette.does(&["join", "Skolelederne"]);
        assert_eq!(joined["standing"], "joined");
        (karla, mette)
    }
}

#[test]
fn from_signing_in_to_taking_back_without_a_window() {
    let server = Synapse::start();
    let (karla, mette) = AtTerminal::two(&server);
    let entry = karla.leader.writes_with(&format!("{SHARED}\n"), &["--title", "Om at lytte"]);
    let shared = karla.does(&["share", &entry, "--network", "Skolelederne", "--yes"]);
    assert_eq!(shared["sending"], "sent", "{shared}");
    assert_eq!(shared["entry"], entry, "her own copy knows its entry");

    let feed = mette.feed();
    assert_eq!(feed.len(), 1, "{feed:?}");
    let item = &feed[0];
    for (field, value) in [
        ("network", json!("Skolelederne")),
        ("kind", json!("reflection")),
        ("sender", json!(karla.user)),
        ("title", json!("Om at lytte")),
        ("body", json!(format!("{SHARED}\n"))),
        ("day", Value::Null),
        ("edited", json!(false)),
        ("withdrawn", json!(false)),
        ("replies", json!(0)),
        ("entry", Value::Null),
    ] {
        assert_eq!(item[field], value, "{field} of {item}");
    }
    assert!(item["sent_at"].as_str().is_some_and(|at| at.len() >= 20), "a moment: {item}");
    let id = item["id"].as_str().expect("an id");

    mette.says(&["reply", id], "Det kender jeg godt.\n");
    let thread = karla.does(&["feed", "--thread", shared["id"].as_str().expect("an id")]);
    assert_eq!(thread["item"]["replies"], 1, "{thread}");
    assert_eq!(thread["replies"][0]["body"], "Det kender jeg godt.\n", "{thread}");
    assert_eq!(thread["replies"][0]["sender"], mette.user);
    assert_eq!(karla.does(&["feed", "--search", "pileurten"])[0]["id"], shared["id"]);
    assert_eq!(karla.does(&["feed", "--network", "Skolelederne", "--limit", "0"]), json!([]));

    mette.network(&["withdraw", id]).failed(1, "notFound");
    let taken = karla.does(&["withdraw", shared["id"].as_str().expect("an id")]);
    assert_eq!(taken["withdrawn"], true);
    let gone = &mette.feed()[0];
    assert_eq!((&gone["withdrawn"], &gone["body"]), (&json!(true), &json!("")), "{gone}");
    assert_eq!(mette.does(&["feed", "--search", "pileurten"]), json!([]), "no index has it");
    assert_eq!(server.holds(SHARED), Vec::<String>::new(), "the server had ciphertext alone");
    assert_eq!(server.holds(&entry), Vec::<String>::new(), "and no id of the journal");
    assert_eq!(karla.leader.reads(&entry), format!("{SHARED}\n").into_bytes(), "hers is as it was");
}

#[test]
fn nothing_is_shared_that_was_not_confirmed_and_an_excerpt_is_all_that_leaves() {
    let server = Synapse::start();
    let (karla, mette) = AtTerminal::two(&server);
    let text = format!("{PRIVATE}\n\n{SHARED}\n");
    let entry = karla.leader.writes_with(&text, &["--title", TITLE]);
    let share = ["share", &entry, "--network", "Skolelederne"];
    let refused = karla.network(&share).failed(2, "notConfirmed");
    assert!(refused.err.contains(PRIVATE), "it says what would leave: {}", refused.err);
    assert!(refused.err.contains(&mette.user), "and who would read it: {}", refused.err);
    assert!(refused.out.is_empty());
    assert_eq!(karla.feed(), Vec::<Value>::new(), "nothing is kept to be sent either");
    assert_eq!(karla.does(&["outbox"]), json!([]));

    // She sits there, and says something else than yes; then she ends it while it can be called
    // back.
    let (vault, key) = (karla.leader.vault(), karla.leader.recovery_file());
    let (vault, key) = (vault.display().to_string(), key.display().to_string());
    let with = ["--vault", &vault, "--recovery-key-file", &key];
    let call = [&["network"], &share[..], &with].concat();
    let mut sitting = Terminal::start(karla.leader.home(), &call);
    sitting.waits_for("Skriv ja for at dele: ");
    sitting.types("nej");
    let (exit, shown) = sitting.ends();
    assert_eq!(exit, 1, "{shown}");
    assert!(shown.contains("[cancelled]"), "{shown}");
    let mut sitting = Terminal::start(karla.leader.home(), &call);
    sitting.waits_for("Skriv ja for at dele: ");
    sitting.types("ja");
    sitting.waits_for("Ctrl C kalder det tilbage");
    sitting.presses("\u{3}");
    let (exit, shown) = sitting.ends();
    assert_ne!(exit, 0, "{shown}");
    assert_eq!(karla.does(&["outbox"]), json!([]), "it is called back");
    assert_eq!(mette.feed(), Vec::<Value>::new());

    let excerpt = karla.file("uddrag.md");
    fs::write(&excerpt, SHARED).expect("an excerpt");
    let excerpt = excerpt.display().to_string();
    let some = ["--excerpt-file", &excerpt, "--title", "Et uddrag", "--tell-day", "--yes"];
    karla.does(&[&share[..], &some].concat());
    let read = &mette.feed()[0];
    assert_eq!((&read["title"], &read["body"]), (&json!("Et uddrag"), &json!(SHARED)), "{read}");
    assert!(read["day"].is_string(), "the day was to be told: {read}");
    for canary in [PRIVATE, TITLE] {
        assert_eq!(server.holds(canary), Vec::<String>::new());
        let found = mette.does(&["feed", "--search", canary]);
        assert_eq!(found, json!([]), "it was never in what was sent");
    }
}

#[test]
fn what_is_shared_while_the_server_is_away_waits_and_is_sent_when_it_is_back() {
    let mut server = Synapse::start();
    let (karla, mette) = AtTerminal::two(&server);
    let networks = karla.does(&["list"]);
    assert!(networks.to_string().contains("@mette:"), "she hears that Mette came: {networks}");
    let entry = karla.leader.writes(SHARED);
    let other = karla.leader.writes_with("Det skulle jeg ikke", &["--title", "Fortrudt"]);
    // She hears that Mette has come: otherwise she would be asked about her.
    karla.does(&["list"]);
    server.stop();

    let share = |entry: &str| {
        let shared = karla.network(&["share", entry, "--network", "Skolelederne", "--yes"]).done();
        assert!(shared.err.contains("[unreachable]"), "it says so: {}", shared.err);
        assert!(shared.took < Duration::from_secs(20), "and soon: {:?}", shared.took);
        let json = shared.json();
        assert_ne!(json["sending"], "sent", "it waits, or is just being tried once more: {json}");
        json["id"].as_str().expect("its id").to_owned()
    };
    share(&entry);
    share(&other);
    let offline = mette.network(&["feed"]).done();
    assert_eq!(offline.json(), json!([]), "what is here is shown");
    assert!(offline.err.contains("[unreachable]"), "and that it may be old: {}", offline.err);
    mette.network(&["invite", "Skolelederne", "@sofie:fristed.test"]).failed(1, "unreachable");
    let waiting = karla.does(&["outbox"]);
    assert_eq!(waiting.as_array().map(Vec::len), Some(2), "{waiting}");
    for (field, value) in [("network", "Skolelederne"), ("what", "share")] {
        assert_eq!(waiting[0][field], value, "{waiting}");
    }
    let status = karla.does(&["status"]);
    assert_eq!(status["largest_file"], Value::Null, "the server is not asked");
    assert_eq!((&status["connection"], &status["waiting"]), (&json!("offline"), &json!(2)));

    // She thinks better of one.
    let rows = waiting.as_array().expect("an array");
    let dropped = rows.iter().find(|row| row["title"] == "Fortrudt").expect("the other one");
    karla.does(&["outbox", "--drop", dropped["id"].as_str().expect("an id")]);
    let third = karla.leader.writes_with("Heller ikke det her", &["--title", "Tilbage"]);
    let third = share(&third);
    let back = karla.does(&["withdraw", &third]);
    assert_eq!((&back["id"], &back["withdrawn"]), (&json!(third), &json!(true)), "{back}");
    karla.network(&["outbox", "--retry", "ikke-et-id"]).failed(1, "notFound");

    server.start_again();
    assert_eq!(karla.does(&["outbox"]), json!([]), "it was sent");
    let mut feed = mette.feed();
    feed.retain(|item| item["withdrawn"] == false);
    assert_eq!(feed.len(), 1, "once: {feed:?}");
    assert_eq!(feed[0]["body"], SHARED, "{feed:?}");
    assert_eq!(mette.does(&["feed", "--search", "skulle"]), json!([]), "and that alone");
}

#[test]
fn who_came_before_it_was_sent_reads_it_once_the_leader_says_so() {
    let mut server = Synapse::start();
    let (karla, mette) = AtTerminal::two(&server);
    let entry = karla.leader.writes(SHARED);
    // Karla has not heard yet that Mette accepted.
    server.stop();
    karla.network(&["share", &entry, "--network", "Skolelederne", "--yes"]).done();
    server.start_again();
    let waiting = karla.does(&["outbox"]);
    assert_eq!(waiting[0]["sending"], "asks", "{waiting}");
    assert_eq!(waiting[0]["newcomers"][0]["address"], mette.user, "{waiting}");
    assert_eq!(mette.feed(), Vec::<Value>::new(), "nothing was sent");
    let id = waiting[0]["id"].as_str().expect("an id");
    assert_eq!(karla.does(&["outbox", "--let-read", id]), json!([]), "it was sent");
    assert_eq!(mette.feed()[0]["body"], SHARED);
    karla.network(&["outbox", "--let-read", id]).failed(1, "notFound");
}

#[test]
fn a_code_lets_her_ask_and_the_organiser_lets_her_in_and_she_can_leave() {
    let server = Synapse::start();
    let karla = AtTerminal::of(&server, "Karla");
    let sofie = AtTerminal::of(&server, "Sofie");
    karla.does(&["create", "Skolelederne", "--several-municipalities"]);
    let shown = karla.does(&["code", "Skolelederne"]);
    let code = shown["code"].as_str().expect("a code");
    assert_eq!(sofie.does(&["join", code])["standing"], "asking");
    let asking = karla.does(&["list"]);
    assert_eq!(asking[0]["asking"][0]["address"], sofie.user, "{asking}");
    karla.does(&["invite", "Skolelederne", &sofie.user]);
    assert_eq!(karla.does(&["code", "Skolelederne", "--hide"])["code"], Value::Null);
    assert_eq!(sofie.does(&["join", "Skolelederne"])["standing"], "joined");

    let entry = sofie.leader.writes(SHARED);
    sofie.does(&["share", &entry, "--network", "Skolelederne", "--yes"]);
    assert_eq!(karla.feed()[0]["body"], SHARED);
    assert_eq!(sofie.does(&["leave", "Skolelederne", "--withdraw"])["standing"], "left");
    assert_eq!(karla.feed()[0]["withdrawn"], true);
    sofie.network(&["share", &entry, "--network", "Skolelederne", "--yes"]).failed(1, "notAllowed");
    karla.network(&["share", &entry, "--network", "Rektorerne"]).failed(1, "noNetwork");
}

#[test]
fn an_invitation_can_be_declined_and_everything_be_taken_back_at_once() {
    let server = Synapse::start();
    let (karla, mette) = AtTerminal::two(&server);
    let sofie = AtTerminal::of(&server, "Sofie");
    karla.does(&["invite", "Skolelederne", &sofie.user]);
    sofie.does(&["join", "Skolelederne", "--decline"]);
    assert_eq!(sofie.does(&["join"]), json!([]), "it is gone");
    sofie.network(&["join", "Skolelederne"]).failed(1, "noInvitation");
    for text in ["Et", "To"] {
        let entry = karla.leader.writes(text);
        karla.does(&["share", &entry, "--network", "Skolelederne", "--yes"]);
    }
    let taken = karla.does(&["withdraw", "--all", "--network", "Skolelederne"]);
    assert_eq!(taken, json!({"withdrawn": 2, "waiting": 0}));
    assert!(mette.feed().iter().all(|item| item["withdrawn"] == true));
}

#[test]
fn a_leader_at_the_terminal_and_one_at_the_window_compare_signs() {
    let server = Synapse::start();
    let (karla, mette) = (AtTerminal::of(&server, "Karla"), Sharer::of(&server, "Mette"));
    karla.does(&["create", "Skolelederne"]);
    karla.does(&["invite", "Skolelederne", &mette.user()]);
    let room = mette.until("an invitation", |program| {
        program.shared_networks().ok()?.pop().map(|network| network.room)
    });
    mette.program().invitation_answer(&room, true, None, mette.now()).expect("she accepts");

    let (vault, key) = (karla.leader.vault(), karla.leader.recovery_file());
    let (vault, key) = (vault.display().to_string(), key.display().to_string());
    let with = ["--vault", &vault, "--recovery-key-file", &key];
    let user = mette.user();
    let call = [&["network", "verify", &user], &with[..]].concat();
    let mut sitting = Terminal::start(karla.leader.home(), &call);
    let step = |wanted: fn(&VerificationStep) -> bool| {
        mette.until("a step of comparing", |program| {
            let under = program.verification().ok()??;
            wanted(&under.step).then_some(under.step)
        })
    };
    step(|step| *step == VerificationStep::Asked);
    mette.program().verification_answer(true).expect("she answers");
    let VerificationStep::Compare { signs } =
        step(|it| matches!(it, VerificationStep::Compare { .. }))
    else {
        unreachable!("that was waited for")
    };
    assert_eq!(signs.len(), 7);
    sitting.waits_for("Ser I de samme tegn?");
    assert!(sitting.shown().contains("Læs tegnene højt"), "{}", sitting.shown());
    mette.program().verification_answer(true).expect("they are the same");
    sitting.types("j");
    let (exit, shown) = sitting.ends();
    assert_eq!(exit, 0, "{shown}");
    step(|step| *step == VerificationStep::Done);
    assert_eq!(mette.network(&room, |it| it.peers[1].trust == Trust::Known).peers.len(), 2);
    let list = karla.does(&["list"]);
    assert_eq!(list[0]["peers"][1]["trust"], "known", "{list}");
}

#[test]
fn a_server_is_looked_at_without_a_vault() {
    let server = Synapse::start();
    let nobody = Leader::new("Nobody");
    let doctor = |url: &str| nobody.cli_without_a_vault(&["network", "doctor", url, "--json"]);
    let found = doctor(&server.url()).done().json();
    assert_eq!(found["well"], true, "{found}");
    let at: Vec<_> = found["looked"].as_array().expect("what was looked at").iter().collect();
    let names: Vec<_> = at.iter().map(|one| one["at"].as_str().expect("a name")).collect();
    assert_eq!(names, ["versions", "sliding_sync", "sign_in", "limits", "encryption", "clock"]);

    // A server that leaves all signing in to another service is as good.
    let (_service, newer) = Authentication::with_server(Duration::from_secs(60));
    let found = doctor(&newer.url()).done().json();
    assert_eq!(found["well"], true, "{found}");
    let sign_in =
        found["looked"].as_array().and_then(|all| all.iter().find(|it| it["at"] == "sign_in"));
    assert!(sign_in.is_some_and(|it| it["found"].to_string().contains("oauth2")), "{found}");

    let web = Feed::start();
    web.answers("/", "200 OK", &["Content-Type: text/html"], b"<!doctype html><p>Hej");
    let address = web.address("/");
    doctor(&address).failed(1, "notAServer");
    doctor("http://kommune.example").failed(1, "addressRefused");
    doctor("http://127.0.0.1:9").failed(1, "unreachable");
    assert!(!nobody.vault().exists());
}

#[test]
fn who_is_signed_in_nowhere_sends_nothing_and_who_signs_out_keeps_what_she_read() {
    let server = Synapse::start();
    let anna = AtTerminal::unknown(&server, "Anna");
    let status = anna.does(&["status"]);
    assert_eq!((&status["user"], &status["connection"]), (&Value::Null, &json!("off")));
    assert_eq!(anna.feed(), Vec::<Value>::new(), "a feed with nothing in it is no failure");
    anna.network(&["create", "Skolelederne"]).failed(1, "notSignedIn");
    fs::write(anna.file("keys/account"), "forkert\n").expect("a wrong password");
    anna.signs_in(&server).failed(1, "signInRefused");

    let (karla, mette) = AtTerminal::two(&server);
    let status = karla.does(&["status"]);
    assert!(status["largest_file"].as_u64().is_some_and(|bytes| bytes > 1 << 20), "{status}");
    let entry = karla.leader.writes(SHARED);
    karla.does(&["share", &entry, "--network", "Skolelederne", "--yes"]);
    assert_eq!(mette.feed()[0]["body"], SHARED, "{:?}", mette.feed());
    mette.signs_in(&server).failed(1, "alreadySignedIn");
    assert_eq!(mette.does(&["logout"])["user"], Value::Null);
    let kept = mette.network(&["feed"]).done();
    assert!(kept.err.contains("[notSignedIn]"), "it may not be the newest: {}", kept.err);
    assert_eq!(kept.json()[0]["body"], SHARED, "what she read stays hers to read");
    let other =
        Synapse::start_with(&Setup::default().with("password_config", json!({"enabled": false})));
    mette.signs_in(&other).failed(1, "noPassword");
}
