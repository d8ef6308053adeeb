//! A check that runs beside the screen, and can be given up.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use checker::course::Task;
use checker::system;
use checker::verdict::Report;

/// What came of a check.
pub struct Checked {
    /// Which one: those that were given up are not heard of.
    pub number: usize,
    pub report: Result<Report>,
    pub took: Duration,
}

/// The check that is going on, if one is.
#[derive(Default)]
pub struct Checks {
    begun: usize,
    running: Option<Arc<Mutex<Child>>>,
}

impl Checks {
    /// Gives up the check that is going on, and begins one of `tasks`; its result is sent to `to`.
    pub fn begin<T: Send + 'static>(
        &mut self,
        tasks: &[&'static Task],
        to: Sender<T>,
        event: fn(Checked) -> T,
    ) -> Result<()> {
        self.give_up();
        self.begun += 1;
        let number = self.begun;
        let mut command = Command::new(std::env::current_exe().context("where is xtask?")?);
        command
            .args(["check", "--format", "json", "--coloured"])
            .args(tasks.iter().map(|task| task.name))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let start = Instant::now();
        let mut child =
            system::in_own_group(&mut command).spawn().context("cannot start a check")?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        self.running = Some(Arc::clone(&child));
        std::thread::spawn(move || {
            let said = std::thread::spawn(move || all_of(stderr));
            let report = all_of(stdout);
            let said = said.join().unwrap_or_default();
            let _ = child.lock().unwrap_or_else(PoisonError::into_inner).wait();
            let report = serde_json::from_slice(&report)
                .map_err(|_| anyhow!("{}", String::from_utf8_lossy(&said).trim()));
            let _ = to.send(event(Checked { number, report, took: start.elapsed() }));
        });
        Ok(())
    }

    /// Whether this is the result of the check that was begun last; then none is going on any more.
    pub fn is_current(&mut self, checked: &Checked) -> bool {
        let current = self.running.is_some() && checked.number == self.begun;
        if current {
            self.running = None;
        }
        current
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Ends the check that is going on, with all that it started.
    pub fn give_up(&mut self) {
        if let Some(child) = self.running.take()
            // locked only by its own thread, when it is over anyway
            && let Ok(mut child) = child.try_lock()
        {
            system::kill_group(&mut child);
        }
    }
}

impl Drop for Checks {
    fn drop(&mut self) {
        self.give_up();
    }
}

fn all_of(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}
