//! Fristed's own tools. `cargo xtask` names them.

mod bench;
mod bindings;
mod day;
mod deb;
mod demo;
mod demo_calendar;
mod demo_network;
mod demo_server;
mod place;
mod python;
mod run;
mod screen;
mod setup;
mod size;
mod step;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  run [--demo] [--vault DIR]   builds Fristed and opens its window
  demo-network                 opens three windows: leaders who share through a server here
  test [--long]                everything that shows Fristed works; --long with the full counts
  bench                        measures, and prints each figure beside another's
  bindings                     writes ui/src/lib/bindings.ts from the Rust types
  tidy                         checks what can be checked by reading the sources
  deb                          builds a Debian package under target/
  python                       fetches what the tests compare with and talk to

run, demo-network and test set up what they need on a fresh Debian or Ubuntu that has Rust and Node.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run", rest @ ..] => run::Wish::read(rest).and_then(|wish| run::run(&wish)),
        ["demo-network"] => demo_network::run(),
        ["test"] => test::test(false),
        ["test", "--long"] => test::test(true),
        ["bench"] => bench::run_all(),
        ["bindings"] => bindings::write(),
        ["tidy"] => tidy::run(),
        ["deb"] => deb::build(),
        ["python"] => python::set_up(),
        ["--help" | "-h" | "help"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
