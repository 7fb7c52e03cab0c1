//! 61: what leaves the computer. That the window sends nothing anywhere where nobody is signed in,
//! whatever is in an entry, is shown on the real window (`desktop`, `policy`).

use std::fs;
use std::path::Path;

use fristed_app::wire::calendar::{Colour, EventForm};
use fristed_app::wire::sharing::{ItemState, ReactionSign, ShareDraft};
use fristed_tests::apart::Apart;
use fristed_tests::interference::Interference;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use fristed_tests::{Cli, Leader, canary};
use serde_json::json;

const PRIVATE: [&str; 6] = [
    "Solsorten 2291 er min egen sag",
    "Gærdesmutten 4410 i titlen",
    "mærkat-rødkælk-8812",
    "skovspurv-7723-tegning.png",
    "Bogfinken 5561 på mødet",
    "Musvitten 6634 om stedet",
];
const SHARED: [&str; 5] = [
    "Fuglekongen 1123 er delt",
    "Grønirisken 9984 i den delte titel",
    "Stillitsen 3345 svarer",
    "Dompappen 7756 i en ny udgave",
    "billede-kvækerfinke-2287",
];

/// The network's name, which is no secret to its server.
const NETWORK: &str = "Skolelederne i Nord";

#[test]
fn t61_a_whole_session_through_a_server_is_ciphertext_alone() {
    let server = Synapse::start();
    let ways = [Interference::before(server.port()), Interference::before(server.port())];
    let karla = Sharer::of_by(&server, "Karla", &ways[0].url());
    let mette = Sharer::of_by(&server, "Mette", &ways[1].url());
    let room = karla.founds(NETWORK);
    karla.lets_in(&room, &mette);
    let (program, now) = (karla.program(), || karla.now());

    // Her own business.
    let private = karla.writes(PRIVATE[1], PRIVATE[0]);
    program.entry_set_tags(&private.id, &[PRIVATE[2].to_owned()], now()).expect("a tag");
    let picture = [b"\x89PNG\r\n\x1a\n".to_vec(), SHARED[4].as_bytes().to_vec()].concat();
    let kept = program.attach(&private.id, PRIVATE[3], "image/png", &mut &picture[..], now());
    kept.expect("an attachment");
    assert_eq!(program.search("Solsorten", 0, 10).expect("a search").hits.len(), 1);
    let calendar = program.calendar_create("Arbejde", Colour::Green).expect("a calendar").id;
    let form = EventForm {
        calendar,
        title: PRIVATE[4].into(),
        location: PRIVATE[5].into(),
        description: PRIVATE[0].into(),
        start: "2026-03-03T09:00".into(),
        end: "2026-03-03T10:00".into(),
        all_day: false,
        zone: None,
        repeat: None,
        alarms: Vec::new(),
    };
    let event = program.event_create(form, now()).expect("an event").event.expect("its id");
    program.calendar_search("Bogfinken", now()).expect("a search");

    // What she shares, with a picture whose name stays here.
    let entry = karla.writes(SHARED[1], SHARED[0]);
    program.entry_set_tags(&entry.id, &[PRIVATE[2].to_owned()], now()).expect("a tag");
    let picture = program.attach(&entry.id, PRIVATE[3], "image/png", &mut &picture[..], now());
    let picture = picture.expect("an attachment").id;
    let draft = ShareDraft { attachments: vec![picture.clone()], ..Sharer::draft(&entry, &room) };
    program.share_preview(draft.clone(), now()).expect("a preview");
    let shared = karla.shares(draft);
    let read =
        mette.reads(&room, SHARED[1], |it| it.state == ItemState::Whole && it.files.len() == 1);
    let reply = mette.program().reply_send(&read.id, SHARED[2], mette.now()).expect("a reply");
    mette.sends(&reply.id);
    mette.program().react(&read.id, ReactionSign::Talk, true, mette.now()).expect("a sign");
    let got = mette.home().join("billede");
    mette.program().shared_file_save(&read.files[0].id, &got).expect("the picture");
    assert!(canary::holds(&fs::read(&got).expect("it"), SHARED[4].as_bytes()), "it came");
    fs::remove_file(&got).expect("it is removed");
    karla.rewrites(&entry, SHARED[3]);
    let again = program.entry_get(&entry.id).expect("the entry");
    let draft = Sharer::draft(&again, &room);
    let readers = karla.readers(&draft);
    program.share_again(&shared.id, draft, readers, now()).expect("again");
    karla.waits(11);
    karla.sends(&shared.id);
    mette.reads(&room, SHARED[1], |it| it.body == SHARED[3]);
    assert_eq!(
        mette.program().feed_search(None, "Dompappen", 0, 9, mette.now()).expect("it").total,
        1
    );
    karla.locks();
    karla.opens();
    program.withdraw(&shared.id, now()).expect("it is taken back");
    mette.thread(&read.id, |it| matches!(it.item.state, ItemState::Withdrawn { .. }));
    karla.locks();
    mette.locks();

    assert!(!server.holds(NETWORK).is_empty(), "and there");
    let ids = [&private.id, &entry.id, &picture, &event].map(String::as_str);
    for text in PRIVATE.into_iter().chain(SHARED).chain(ids) {
        for (way, leader) in ways.iter().zip([&karla, &mette]) {
            let all = [way.asked(), way.answered()].concat();
            assert!(!canary::found(&all, NETWORK).is_empty(), "what is no secret is found here");
            let found = canary::found(&all, text);
            assert!(found.is_empty(), "{text} was seen on the way of {}: {found:?}", leader.name);
            assert_eq!(leader.traces_of(text), Vec::<String>::new(), "{text} on a disk");
        }
        assert_eq!(server.holds(text), Vec::<String>::new(), "{text} at the server");
    }
}

/// What a program asked of the network, by a trace of its calls.
fn calls_to_the_network(trace: &Path) -> Vec<String> {
    let calls = fs::read_to_string(trace).expect("the trace");
    assert!(calls.contains("execve("), "the trace holds the calls: {calls}");
    let away = calls.lines().filter(|line| line.contains("AF_INET"));
    away.map(str::to_owned).collect()
}

#[test]
fn t61_where_nobody_is_signed_in_no_program_asks_the_network() {
    let karla = Leader::named("Karla");
    let trace = karla.home().join("keys/trace");
    let file = trace.display().to_string();
    let calls = "trace=network,execve";
    let watched = ["strace", "-f", "-qq", "-A", "-e", calls, "-o", &file];
    let (vault, key) = (karla.vault().display().to_string(), karla.recovery_file());
    let key = key.display().to_string();
    let with = ["--vault", &vault, "--recovery-key-file", &key];
    let does = |args: &[&str], input: &str| {
        let call = Cli::run_by(&watched, karla.home()).args(args).args(with).input(input);
        call.answer()
    };
    let id = does(&["add", "--title", "Om at tie"], "Ingen ved det.\n").done().line();
    does(&["search", "Ingen"], "").done();
    does(&["list", "--json"], "").done();
    does(&["agenda", "--from", "2026-01-01", "--to", "2026-02-01"], "").done();
    let out = karla.home().join("ud").display().to_string();
    does(&["export", &out, "--format", "markdown"], "").done();
    for network in [["network", "status"], ["network", "feed"], ["network", "list"]] {
        does(&network, "").done();
    }
    does(&["network", "share", &id, "--network", "Ingen", "--yes"], "").failed(1, "noNetwork");
    assert_eq!(calls_to_the_network(&trace), Vec::<String>::new());

    // The same of what is behind a window, which may share.
    let trace = karla.home().join("keys/trace-of-the-window");
    let file = trace.display().to_string();
    let mut apart = Apart::run_by(&["strace", "-f", "-qq", "-e", calls, "-o", &file], "Mette");
    let _id = apart.does(json!({"do": "write", "title": "Om at tie", "body": "Ingen ved det."}));
    assert_eq!(apart.does(json!({"do": "find", "words": "Ingen"})), 1);
    assert_eq!(apart.does(json!({"do": "status"}))["connection"], "off");
    assert_eq!(apart.does(json!({"do": "networks"})), json!([]));
    assert_eq!(apart.asks(&json!({"do": "sendNow"})), Err("notSignedIn".to_owned()));
    let _locked = apart.does(json!({"do": "lock"}));
    let _opened = apart.does(json!({"do": "open"}));
    apart.ends();
    assert_eq!(calls_to_the_network(&trace), Vec::<String>::new());

    // And what is seen of one that does ask.
    let looked = does(&["network", "doctor", "http://127.0.0.1:9"], "");
    looked.failed(1, "unreachable");
    let trace = karla.home().join("keys/trace");
    assert!(!calls_to_the_network(&trace).is_empty(), "the trace would have shown it");
}
