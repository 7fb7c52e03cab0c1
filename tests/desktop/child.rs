//! Other programs, each ended with everything it started.

use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// A running program that leads a process group of its own, which ends with this value.
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts a program; what it prints goes to a file, so that no full pipe ever stops it.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let out = File::create(log).expect("a log can be made");
        let err = out.try_clone().expect("a log can be shared");
        command.stdin(Stdio::null()).stdout(out).stderr(err);
        Self::own_group(command, name)
    }

    /// Starts a program whose pipes the caller has set.
    pub fn piped(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        Self::own_group(command, name)
    }

    fn own_group(command: &mut Command, name: String) -> Self {
        let child = command.process_group(0).spawn();
        Self { child: child.unwrap_or_else(|e| panic!("{name} cannot be started: {e}")), name }
    }

    /// Its process id, which is its group's too.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its pipes.
    pub fn inner(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How it ended, where it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be asked")
    }

    /// Waits for its end.
    pub fn wait(&mut self, patience: Duration) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(begun.elapsed() < patience, "{} did not end by itself", self.name);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends a signal to the program alone.
    pub fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.id()).ok().and_then(Pid::from_raw).expect("a process id");
        rustix::process::kill_process(pid, signal).expect("a child can be signalled");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::TERM);
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(2)
                && matches!(self.child.try_wait(), Ok(None))
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
