//! `cargo xtask bindings`: the TypeScript of what crosses to the interface.

use crate::setup;
use crate::step::{cargo, run, timed};

/// Writes `ui/src/lib/bindings.ts`. The same test that writes it fails when it is stale.
///
/// # Errors
/// When the build fails.
pub fn write() -> Result<(), String> {
    // The shell holds the built interface; without one it does not compile.
    setup::interface()?;
    timed("Writing ui/src/lib/bindings.ts", || {
        run(cargo(&["test", "--quiet", "-p", "fristed", "--lib", "bindings::"])
            .env("FRISTED_WRITE_BINDINGS", "1"))
    })
}
