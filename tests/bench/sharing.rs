//! Sharing through a server on this computer (Synapse), beside a bare program on matrix-sdk with
//! the same server in the same run.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use fristed_app::wire::sharing::ItemState;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;

use crate::bare::Bare;
use crate::corpus::Corpus;
use crate::table::{Bound, Row, quantile};

/// How often something is shared.
const ROUNDS: usize = 50;
/// How often a leader is away while much is shared.
const ABSENCES: usize = 3;
/// What was done before has come to its end after this time, at the server too.
const SETTLED: Duration = Duration::from_millis(100);
/// How long sending what is shared while a leader is away may take.
const SENDING: Duration = Duration::from_secs(600);

/// Measures sharing; `away` is how many entries are shared while a leader is away. The feed and the
/// window have measures of their own.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure(server: &Synapse, away: usize, scratch: &Path) -> Result<Vec<Row>, String> {
    let mut rows = shares(server, scratch)?;
    rows.push(catching_up(server, away, scratch)?);
    Ok(rows)
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A text in turns: from the end of the time for undoing until the peer's feed has it whole, and
/// from sending until a bare program's handler is called with it decrypted.
fn shares(server: &Synapse, scratch: &Path) -> Result<Vec<Row>, String> {
    let (karla, mette) = (Sharer::of(server, "Karla"), Sharer::of(server, "Mette"));
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let bare = [Bare::sign_in(server, "en", scratch)?, Bare::sign_in(server, "to", scratch)?];
    let bare_room = bare[0].founds_with(&bare[1])?;
    let mut corpus = Corpus::new(30)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let text = corpus.entry();
        let our_time = share(&karla, &mette, &room, &format!("Runde {round}"), &text)?;
        thread::sleep(SETTLED);
        let begun = bare[0].sends(&bare_room, &text)?;
        let their_time = bare[1].hears(&text)? - begun;
        thread::sleep(SETTLED);
        // The first one takes the keys along.
        if round > 0 {
            ours.push(our_time.as_secs_f64() * 1_000.0);
            theirs.push(their_time.as_secs_f64() * 1_000.0);
        }
    }
    let (ours, theirs) = (quantile(&mut ours, 0.5), quantile(&mut theirs, 0.5));
    let row = |bound, what: &str| Row {
        what: what.into(),
        unit: "ms",
        ours,
        theirs: Some((theirs, "bare matrix-sdk")),
        bound,
    };
    Ok(vec![
        row(Bound::AtMost(150.0), "from share to decrypted at the peer"),
        row(Bound::RatioAtMost(1.3), "from share to decrypted, beside a bare program"),
    ])
}

/// How long something shared takes once the time for undoing is over, until it is the first thing
/// in the peer's feed.
fn share(
    from: &Sharer,
    to: &Sharer,
    room: &str,
    title: &str,
    text: &str,
) -> Result<Duration, String> {
    let entry = from.writes(title, text);
    from.chooses(Sharer::draft(&entry, room));
    // So that the program has seen that there is nothing to be sent yet.
    thread::sleep(SETTLED);
    from.waits(11);
    let (begun, read) = thread::scope(|scope| {
        let sending = scope.spawn(|| {
            let begun = Instant::now();
            from.program().sharing_send().map(|()| begun)
        });
        to.until("it is the first in the feed", |program| {
            let first = program.feed(Some(room), 0, 1, to.now()).ok()?.items.pop()?;
            (first.title == title && first.state == ItemState::Whole).then_some(())
        });
        let read = Instant::now();
        (sending.join(), read)
    });
    let begun = begun.map_err(|_| "the sender's thread panicked")?.map_err(said)?;
    Ok(read - begun)
}

/// Catching up on what was shared while a leader's journal was locked: from opening it until all of
/// it can be read in the feed. The bare program reads the same room's same events, and keeps
/// nothing of them; each of the two is the first to ask the server every other time.
fn catching_up(server: &Synapse, entries: usize, scratch: &Path) -> Result<Row, String> {
    let (hanne, sofie) = (Sharer::of(server, "Hanne"), Sharer::of(server, "Sofie"));
    let room = hanne.founds("Dagtilbudslederne");
    hanne.lets_in(&room, &sofie);
    let bare = Bare::sign_in(server, "tre", scratch)?;
    hanne.program().invite(&room, bare.user()).map_err(said)?;
    bare.joins(&room)?;
    hanne
        .network(&room, |it| it.peers.iter().any(|peer| peer.user == bare.user() && !peer.invited));
    let entry = hanne.writes("Før", "Det var før.");
    let first = hanne.shares(Sharer::draft(&entry, &room));
    sofie.reads(&room, "Før", |it| it.state == ItemState::Whole);
    // What other programs show has the title and the text.
    bare.hears(&format!("{}\n\n{}", first.title, first.body))?;
    let away = bare.ends();

    let mut corpus = Corpus::new(31)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for absence in 0..ABSENCES {
        sofie.program().feed_read(&room, None).map_err(said)?;
        sofie.locks();
        for n in 0..entries {
            let entry = hanne.writes(&format!("{absence}.{n}"), &corpus.entry());
            hanne.chooses(Sharer::draft(&entry, &room));
        }
        all_is_sent(&hanne)?;
        thread::sleep(SETTLED);
        if absence % 2 == 0 {
            ours.push(back(&sofie, entries)?);
            theirs.push(away.catches_up(&room, entries)?);
        } else {
            theirs.push(away.catches_up(&room, entries)?);
            ours.push(back(&sofie, entries)?);
        }
    }
    let (ours, theirs) = (quantile(&mut ours, 0.5), quantile(&mut theirs, 0.5));
    Ok(Row {
        what: format!("catching up on {entries} shared, {:.0} a second", entries as f64 / ours),
        unit: "s",
        ours,
        theirs: Some((theirs, "bare matrix-sdk, keeping nothing")),
        bound: Bound::RatioAtMost(2.0),
    })
}

fn all_is_sent(sharer: &Sharer) -> Result<(), String> {
    sharer.waits(11);
    let begun = Instant::now();
    sharer.program().sharing_send().map_err(said)?;
    while sharer.program().sharing_status().map_err(said)?.waiting > 0 {
        if begun.elapsed() > SENDING {
            return Err("not everything was sent".into());
        }
        thread::sleep(SETTLED);
    }
    Ok(())
}

/// Seconds from opening the journal until everything that came can be read.
fn back(sharer: &Sharer, entries: usize) -> Result<f64, String> {
    let begun = Instant::now();
    sharer.opens();
    let wanted = u32::try_from(entries).map_err(said)?;
    sharer.until("everything that came", |program| {
        (program.sharing_status().ok()?.unread == wanted).then_some(())
    });
    Ok(begun.elapsed().as_secs_f64())
}
