//! One connection through the proxy, request after request.

use std::io::{self, BufReader, ErrorKind, Read, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Answered, Deed, Exchange, Fault, Shared, State, Which};
use crate::message::Message;

/// How often a connection that waits looks whether it was cut off.
const GLANCE: Duration = Duration::from_millis(50);

/// What is passed on.
enum Outcome {
    Whole(Message),
    Cut(Message, usize),
    Bytes(Vec<u8>),
    Nothing,
}

/// Serves whoever connected until either side ends it.
pub(super) fn connection(client: TcpStream, server: u16, shared: &Arc<Shared>) {
    let Ok(mut out) = client.try_clone() else { return };
    let mut requests = BufReader::new(Watched { stream: client, shared: Arc::clone(shared) });
    while let Ok(Some(request)) = Message::request(&mut requests) {
        shared.lock().asked.extend_from_slice(&request.bytes());
        let fault = fault(&mut shared.lock(), &request);
        let disturbed = fault.is_some();
        let outcome = done(&request, fault.as_ref(), server, shared).unwrap_or(Outcome::Nothing);
        let (outcome, rewritten) = rewritten(&mut shared.lock(), &request, outcome);
        let passed = pass(&mut out, &outcome);
        note(shared, &request, outcome, disturbed || rewritten);
        if passed.is_err() {
            break;
        }
    }
    drop(out.shutdown(Shutdown::Both));
}

/// What is to be done to a request, by the first rule that it falls under.
fn fault(state: &mut State, request: &Message) -> Option<(Fault, Which)> {
    for rule in &mut state.rules {
        let Deed::Fault(fault, chance) = &mut rule.deed else { continue };
        if !rule.which.counts(request) {
            continue;
        }
        let (Fault::Some { percent, of, .. }, Some(chance)) = (&*fault, chance) else {
            return Some((fault.clone(), rule.which.clone()));
        };
        let (drawn, which) = (chance.below(100), chance.below(of.len().max(1) as u64));
        if drawn < *percent {
            let drawn = usize::try_from(which).ok().and_then(|which| of.get(which)).cloned();
            return drawn.map(|fault| (fault, rule.which.clone()));
        }
    }
    None
}

fn done(
    request: &Message,
    fault: Option<&(Fault, Which)>,
    server: u16,
    shared: &Arc<Shared>,
) -> io::Result<Outcome> {
    let ask = || ask(request, server, shared);
    let Some((fault, which)) = fault else { return Ok(Outcome::Whole(ask()?)) };
    Ok(match fault {
        Fault::Some { .. } => Outcome::Whole(ask()?),
        Fault::Lost => Outcome::Nothing,
        Fault::AnswerLost => {
            ask()?;
            Outcome::Nothing
        }
        Fault::AnswerCut(bytes) => Outcome::Cut(ask()?, *bytes),
        Fault::Late(by) => {
            wait(shared, *by, |_| false);
            Outcome::Whole(ask()?)
        }
        Fault::Answered(made) => Outcome::Whole(answered(made)),
        Fault::Nonsense(bytes) => Outcome::Bytes(bytes.clone()),
        Fault::Silence(time) => {
            wait(shared, *time, |_| false);
            Outcome::Nothing
        }
        Fault::Twice => {
            ask()?;
            Outcome::Whole(ask()?)
        }
        Fault::Overtaken(most) => {
            let ended = |state: &State| {
                let all = state.exchanges.iter();
                all.filter(|one| which.fits(&one.method, &one.path)).count()
            };
            let before = ended(&shared.lock());
            wait(shared, *most, |state| ended(state) > before);
            Outcome::Whole(ask()?)
        }
    })
}

fn answered(made: &Answered) -> Message {
    let mut answer = Message {
        start: format!("HTTP/1.1 {} As the test says", made.status),
        fields: vec![("Content-Type".into(), "application/json".into())],
        body: made.body.clone(),
    };
    made.fields.iter().for_each(|(name, value)| answer.set(name, value));
    answer
}

/// Asks the server, on a connection of its own.
fn ask(request: &Message, server: u16, shared: &Arc<Shared>) -> io::Result<Message> {
    let stream = TcpStream::connect(("127.0.0.1", server))?;
    let mut asked = request.clone();
    asked.set("Connection", "close");
    // What a test reads and rewrites is not compressed.
    asked.remove("Accept-Encoding");
    (&stream).write_all(&asked.bytes())?;
    let mut answers = BufReader::new(Watched { stream, shared: Arc::clone(shared) });
    let mut answer = Message::answer(&mut answers, request.method())?;
    answer.remove("Connection");
    shared.lock().answered.extend_from_slice(&answer.bytes());
    Ok(answer)
}

/// Rewrites an answer by every rule that its request falls under.
fn rewritten(state: &mut State, request: &Message, outcome: Outcome) -> (Outcome, bool) {
    let Outcome::Whole(mut answer) = outcome else { return (outcome, false) };
    let Ok(mut value) = serde_json::from_slice::<Value>(&answer.body) else {
        return (Outcome::Whole(answer), false);
    };
    let mut changed = false;
    for rule in &mut state.rules {
        if let Deed::Rewrite(rewrite) = &mut rule.deed
            && rule.which.counts(request)
        {
            rewrite(&mut value);
            changed = true;
        }
    }
    if changed {
        answer.body = value.to_string().into_bytes();
    }
    (Outcome::Whole(answer), changed)
}

fn pass(out: &mut TcpStream, outcome: &Outcome) -> io::Result<()> {
    match outcome {
        Outcome::Whole(answer) => out.write_all(&answer.bytes()),
        Outcome::Cut(answer, most) => {
            let bytes = answer.bytes();
            out.write_all(bytes.get(..*most).unwrap_or(&bytes))?;
            Err(ErrorKind::ConnectionAborted.into())
        }
        Outcome::Bytes(bytes) => {
            out.write_all(bytes)?;
            Err(ErrorKind::ConnectionAborted.into())
        }
        Outcome::Nothing => Err(ErrorKind::ConnectionAborted.into()),
    }
}

fn note(shared: &Shared, request: &Message, outcome: Outcome, disturbed: bool) {
    let (status, answer) = match outcome {
        Outcome::Whole(answer) => (Some(answer.status()), answer.body),
        Outcome::Bytes(bytes) => (None, bytes),
        Outcome::Cut(..) | Outcome::Nothing => (None, Vec::new()),
    };
    shared.lock().exchanges.push(Exchange {
        method: request.method().to_owned(),
        path: request.path().to_owned(),
        request: request.body.clone(),
        status,
        answer,
        disturbed,
    });
    shared.changed.notify_all();
}

/// Waits so long, or until something is so, or until all is cut off.
fn wait(shared: &Shared, most: Duration, until: impl Fn(&State) -> bool) {
    let begun = Instant::now();
    let mut state = shared.lock();
    while !state.unreachable && !until(&state) {
        let Some(left) = most.checked_sub(begun.elapsed()) else { return };
        state = shared.changed.wait_timeout(state, left).expect("the state").0;
    }
}

/// A connection that ends when all is cut off, also while nothing comes.
struct Watched {
    stream: TcpStream,
    shared: Arc<Shared>,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(GLANCE))?;
        loop {
            if self.shared.lock().unreachable {
                return Err(ErrorKind::ConnectionAborted.into());
            }
            match self.stream.read(into) {
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                // What comes in the glance in which all was cut off comes to nobody either.
                Ok(_) if self.shared.lock().unreachable => {}
                other => return other,
            }
        }
    }
}
