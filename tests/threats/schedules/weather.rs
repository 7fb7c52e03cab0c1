//! What a network does, drawn by chance.

use std::time::Duration;

use fristed_tests::Chance;
use fristed_tests::interference::{Fault, Interference, Which};

use crate::lies::{old_answers, repeated_events};

/// The network does something else from now on.
pub fn turns(network: &Interference, chance: &mut Chance) {
    let (drawn, seed) = (chance.below(14), chance.next());
    let once = |part: &str| Which::with(part).times(1);
    println!("  weather {drawn}");
    match drawn {
        0 => network.calms(),
        1 => network.cuts_off(),
        2 => network.does(Which::any(), Fault::weather(30, seed)),
        3 => network.does(Which::any(), Fault::weather(70, seed)),
        4 => network.does(once("/send/"), Fault::AnswerLost),
        5 => network.does(once("/redact/"), Fault::AnswerLost),
        6 => network.does(once("/sendToDevice/"), Fault::AnswerLost),
        7 => network.does(once("/send/"), Fault::too_many(Duration::from_secs(1))),
        8 => network.does(once("/send/"), Fault::Silence(Duration::from_millis(1_500))),
        9 => network.does(Which::with("/sync").times(2), Fault::bad_gateway(503)),
        10 => network.does(once("/sync"), Fault::Nonsense(b"{\"pos\": ".to_vec())),
        11 => network.does(Which::with("/send/"), Fault::Overtaken(Duration::from_millis(700))),
        12 => network.rewrites(Which::with("/sync").times(4), old_answers()),
        _ => network.rewrites(Which::with("/sync").times(6), repeated_events(chance.below(2) == 0)),
    }
}
