//! The server that `docs/server.md` tells a municipality to run.

use std::path::Path;

use fristed_tests::script::Script;
use fristed_tests::synapse::python;

#[test]
fn the_matrix_server_takes_the_settings_that_are_documented() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("docs").join("server.md");
    let page = page.to_str().expect("a path that is text");
    let mut read = Script::start(python(), "documented.py", &[page]);
    // The server's name, and how many blocks of settings there are.
    assert_eq!(read.line(), "kommune.example 6");
}
