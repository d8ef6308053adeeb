//! Checks that run beside the screen, and can be cancelled.
//!
//! A separate process makes the checks, one after another ([`resident`]). It keeps what they have in common: the kit, and a
//! runner that has loaded it. To cancel a check, that process is ended with everything that it started.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use checker::contract::request::Options;
use checker::system;
use checker::tasks::{self, Task};
use checker::verdict::Report;

use crate::workbench::Workbench;

/// The result of a check.
pub struct Checked {
    /// The number of the check. Results of cancelled checks are ignored.
    pub number: usize,
    pub report: Result<Report>,
    pub elapsed: Duration,
}

/// The current check, if there is one.
#[derive(Default)]
pub struct Checks {
    begun: usize,
    running: bool,
    resident: Option<Resident>,
}

/// The process that makes the checks.
struct Resident {
    process: Child,
    /// Closed, if the process could not be told of a check.
    tasks: ChildStdin,
    /// The number of the check that it makes, and when the check began. None after it has answered.
    current: Arc<Mutex<Option<(usize, Instant)>>>,
}

impl Checks {
    /// Cancels the current check, and begins a check of `tasks`. Its result is sent to `to`.
    pub fn begin<T: Send + 'static>(
        &mut self,
        tasks: &[&'static Task],
        to: Sender<T>,
        event: fn(Checked) -> T,
    ) -> Result<()> {
        self.give_up();
        self.begun += 1;
        let mut line = tasks.iter().map(|task| task.name).collect::<Vec<_>>().join(" ");
        line.push('\n');
        // if the process has ended in the meantime, a new one replaces it
        let told = self.resident.as_mut().is_some_and(|old| old.check(self.begun, &line));
        if !told {
            let mut new = Resident::start(to, event)?;
            new.check(self.begun, &line);
            self.resident = Some(new);
        }
        self.running = true;
        Ok(())
    }

    /// Whether this is the result of the latest check. If so, no check is going on any more.
    pub fn is_current(&mut self, checked: &Checked) -> bool {
        let current = self.running && checked.number == self.begun;
        if current {
            self.running = false;
        }
        current
    }

    pub fn is_running(&self) -> bool {
        self.running
    }

    /// Cancels the current check, with everything that it started.
    pub fn give_up(&mut self) {
        if std::mem::take(&mut self.running) {
            self.resident = None;
        }
    }
}

impl Resident {
    fn start<T: Send + 'static>(to: Sender<T>, event: fn(Checked) -> T) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe().context("where is xtask?")?);
        command
            .args(["check", "--resident"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process =
            system::in_own_group(&mut command).spawn().context("cannot start a check")?;
        let tasks = process.stdin.take().context("its input was to be piped")?;
        let (stdout, stderr) = (process.stdout.take(), process.stderr.take());
        let current = Arc::<Mutex<Option<(usize, Instant)>>>::default();
        let begun = Arc::clone(&current);
        std::thread::spawn(move || {
            let errors = std::thread::spawn(move || all_of(stderr));
            let taken = || begun.lock().unwrap_or_else(PoisonError::into_inner).take();
            for line in stdout.into_iter().flat_map(|pipe| BufReader::new(pipe).lines()) {
                let (Ok(line), Some((number, start))) = (line, taken()) else { break };
                let report = serde_json::from_str(&line)
                    .map_err(|error| error.to_string())
                    .and_then(|report: std::result::Result<Report, String>| report)
                    .map_err(|error| anyhow!("{error}"));
                let _ = to.send(event(Checked { number, report, elapsed: start.elapsed() }));
            }
            // the process has ended, perhaps in the middle of a check
            let errors = errors.join().unwrap_or_default();
            if let Some((number, start)) = taken() {
                let report = Err(anyhow!("{}", String::from_utf8_lossy(&errors).trim()));
                let _ = to.send(event(Checked { number, report, elapsed: start.elapsed() }));
            }
        });
        Ok(Self { process, tasks, current })
    }

    /// Starts a check in the process. Returns false, if the process has ended.
    fn check(&mut self, number: usize, tasks: &str) -> bool {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((number, Instant::now()));
        self.tasks.write_all(tasks.as_bytes()).is_ok()
    }
}

impl Drop for Resident {
    fn drop(&mut self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
        system::kill_group(&mut self.process);
    }
}

fn all_of(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

/// The main loop of the process that makes the checks. For each line with names of tasks, it answers with the report, as
/// one line of JSON.
pub fn resident(mut workbench: Workbench, options: &Options) -> Result<()> {
    for line in std::io::stdin().lines() {
        let line = line.context("cannot read what to check")?;
        let tasks: Vec<_> = line.split_whitespace().filter_map(tasks::by_name).collect();
        let report = workbench.check(&tasks, options).map_err(|error| format!("{error:#}"));
        let mut json = serde_json::to_string(&report)?;
        json.push('\n');
        let mut out = std::io::stdout().lock();
        out.write_all(json.as_bytes()).and_then(|()| out.flush()).context("nobody listens")?;
    }
    Ok(())
}
