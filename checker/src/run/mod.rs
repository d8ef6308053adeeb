//! Starts a worker, keeps it within its limits, and collects what it observed.
//!
//! In: a program or a library with the student's function, and scenarios. Out: for each scenario a run, or how the worker
//! ended instead.
//!
//! A worker runs a student's code, so nothing is taken for granted: it may loop, block, panic, exit, print for ever, or be
//! killed. Whatever happens, this side comes back within the limits. [`client`] is for other programs: it asks a harness
//! for verdicts.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::contract::protocol::{ANSWER, Answer, Request, Spent, times};
use crate::contract::request::Limits;
use crate::contract::scenario::{Sample, Scenario};
use crate::system::Pipes;
use crate::trace::{Death, Run, Termination, Trace, Wall};
use client::{Error, Program};

pub mod client;

/// A harness, as something that can be started.
pub trait Start {
    /// The folder of the crate that it was built from.
    fn crate_dir(&self) -> &Path;

    /// Starts its running part, in the folder of its crate, on `request`.
    ///
    /// # Errors
    /// If the system can't.
    fn start(&self, request: &Request) -> Result<Started, Error>;
}

/// The running part of a harness, just started.
pub struct Started {
    pub process: Box<dyn Process>,
    /// Its standard output and error.
    pub output: Pipes,
}

/// A process that was started, however.
pub trait Process {
    /// How it ended, if it has.
    ///
    /// # Errors
    /// If the system can't tell.
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>>;

    /// Ends it, and waits for that.
    fn kill(&mut self);
}

impl Process for Child {
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>> {
        Child::try_wait(self)
    }

    fn kill(&mut self) {
        // both fail only if it has ended already
        let _ = Child::kill(self);
        let _ = self.wait();
    }
}

impl Start for Program {
    fn crate_dir(&self) -> &Path {
        &self.crate_dir
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        let failed = |source| Error::Start { program: self.path.clone(), source };
        let json = serde_json::to_vec(request).map_err(|error| failed(error.into()))?;
        let mut child = Command::new(&self.path)
            .current_dir(&self.crate_dir)
            .arg(ANSWER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let output = Pipes::of(&mut child);
        if let Some(mut stdin) = child.stdin.take() {
            // a harness that ends before it has read its request is noticed by whoever waits for its answers
            let _ = stdin.write_all(&json);
        }
        Ok(Started { process: Box::new(child), output })
    }
}

/// How much longer than its own watchdog a harness may take until it is ended from outside.
const GRACE: Duration = Duration::from_millis(500);

/// How a process ended that was not heard of for so long that its own watchdog can't have had any time to run.
pub const NO_TIME: &str = "it was given no time to run";

/// How a process ended whose last answer is not whole, though it has left by itself.
pub const NOT_WRITTEN: &str = "what it had to say could not be written";

/// How much of what the code printed is kept to be shown.
const KEPT: usize = 4096;

/// What came of one scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Observed {
    Ran(Run),
    /// The calls of a sample, and what they took.
    Sampled(Vec<Sample>, Spent),
}

impl Observed {
    /// The run, if it is one.
    pub fn run(&self) -> Option<&Run> {
        match self {
            Self::Ran(run) => Some(run),
            Self::Sampled(..) => None,
        }
    }
}

/// What a harness observed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Observations {
    /// One for each scenario, in order; fewer if the harness ended before its time, and then the last one tells how.
    pub observed: Vec<Observed>,
    /// What was spent, if the time for all runs was over before all of them were made.
    pub out_of_time: Option<Spent>,
    /// What the student's code printed, shortened.
    pub output: String,
}

impl Observations {
    /// What has ended the process, if it was neither the program itself nor a limit.
    pub fn ended_from_outside(&self) -> Option<&str> {
        match &self.observed.last()?.run()?.trace.ending {
            Termination::Died(Death::FromOutside(how)) => Some(how),
            _ => None,
        }
    }
}

/// Runs `scenarios` of `function` in `harness`.
pub fn observe(
    harness: &dyn Start,
    function: &str,
    scenarios: &[Scenario],
    limits: Limits,
) -> Result<Observations, Error> {
    let scratch = tempfile::Builder::new()
        .prefix("await-and-see-")
        .tempdir()
        .map_err(|source| Error::Scratch { folder: std::env::temp_dir(), source })?;
    let request = Request {
        function: function.into(),
        // a name may tell the seed that a scenario is made from
        scenarios: scenarios.iter().map(Scenario::without_name).collect(),
        limit: limits.scenario,
        answers: scratch.path().join("answers"),
    };
    let Started { process, output } = harness.start(&request)?;
    let output = Output::of(output);
    let ended = Supervision { process, output, answers: &request.answers, scenarios, limits }.run();

    let Answered { answers, whole } = read_answers(&request.answers);
    if answers.is_empty()
        && whole
        && matches!(ended.how, How::Exited(status) if status.code() == Some(2))
    {
        return Err(Error::NoAnswer { said: ended.output.text() });
    }
    let (observed, out_of_time) = assemble(Answered { answers, whole }, &ended, scenarios, limits);
    Ok(Observations { observed, out_of_time, output: ended.output.text() })
}

/// A running harness and what bounds it.
struct Supervision<'a> {
    process: Box<dyn Process>,
    output: Output,
    answers: &'a Path,
    scenarios: &'a [Scenario],
    limits: Limits,
}

struct Ended {
    how: How,
    output: Output,
}

enum How {
    Exited(ExitStatus),
    /// Ended by us: it printed too much.
    Flood,
    /// Ended by us: it took too long.
    TooLong,
}

impl Supervision<'_> {
    fn run(mut self) -> Ended {
        let mut answered = 0;
        let mut last_answer = Instant::now();
        let (mut begun, mut before) = (0, 0);
        // how long the answers were when the scenarios that are begun were counted: while nothing is added to them, there
        // is nothing to read, and a program that prints must not have to wait for that
        let mut counted = None;
        let how = loop {
            let all_said = self.output.wait(Duration::from_millis(25));
            match self.process.try_wait() {
                Ok(Some(status)) => {
                    self.output.drain(Duration::from_millis(100));
                    break How::Exited(status);
                }
                // both pipes are closed: it is about to end
                _ if all_said => std::thread::sleep(Duration::from_micros(200)),
                _ => {}
            }
            let length = std::fs::metadata(self.answers).map_or(0, |file| file.len());
            if self.output.bytes > self.limits.output {
                let now_begun = if counted == Some(length) { begun } else { self.begun() };
                counted = Some(length);
                if now_begun != begun {
                    begun = now_begun;
                    before = if begun <= 1 { 0 } else { self.output.bytes };
                }
                if self.output.bytes - before > self.allowance(begun) {
                    break How::Flood;
                }
            }
            // an answer is a sign of life
            if length != answered {
                (answered, last_answer) = (length, Instant::now());
            } else if last_answer.elapsed() > self.limits.scenario * times::WALL + GRACE {
                break How::TooLong;
            }
        };
        if !matches!(how, How::Exited(_)) {
            self.process.kill();
            self.output.drain(Duration::from_millis(100));
        }
        Ended { how, output: self.output }
    }

    /// How many scenarios were begun.
    fn begun(&self) -> usize {
        read_answers(self.answers)
            .answers
            .iter()
            .filter(|answer| matches!(answer, Answer::Began(_)))
            .count()
    }

    /// Bytes that the scenario begun last may print; what the one before it printed may still be in the pipe.
    fn allowance(&self, begun: usize) -> u64 {
        const IN_THE_PIPE: u64 = 256 << 10;
        let calls =
            self.scenarios.get(begun.saturating_sub(1)).map_or(1, |scenario| scenario.calls as u64);
        self.limits.output.saturating_mul(calls) + if begun > 1 { IN_THE_PIPE } else { 0 }
    }
}

/// What a harness prints: everything is read, so that it never has to wait for us, and little is kept.
struct Output {
    pipes: Pipes,
    kept: Vec<u8>,
    bytes: u64,
}

impl Output {
    fn of(pipes: Pipes) -> Self {
        Self { pipes, kept: Vec::new(), bytes: 0 }
    }

    /// Takes in what comes until `timeout`; true once both pipes are closed.
    fn wait(&mut self, timeout: Duration) -> bool {
        let (bytes, kept) = (&mut self.bytes, &mut self.kept);
        self.pipes.read(timeout, |chunk| {
            *bytes += chunk.len() as u64;
            keep(kept, chunk);
        })
    }

    /// What is kept of it; what is left out in the middle is marked.
    fn text(&self) -> String {
        let (beginning, end) = if self.bytes > self.kept.len() as u64 {
            self.kept.split_at(self.kept.len().min(KEPT / 2))
        } else {
            (&*self.kept, &[][..])
        };
        let [beginning, end] = [beginning, end].map(String::from_utf8_lossy);
        let gap = if end.is_empty() { "" } else { "\n\n… (what comes here is left out) …\n\n" };
        format!("{beginning}{gap}{end}").trim().to_string()
    }

    /// Takes in what is still in the pipes; not for ever, as a grandchild may hold them open.
    fn drain(&mut self, longest: Duration) {
        let start = Instant::now();
        while start.elapsed() < longest && !self.wait(Duration::from_millis(10)) {}
    }
}

/// Keeps the beginning and, of what is long, the end: there a dying program says why.
fn keep(kept: &mut Vec<u8>, chunk: &[u8]) {
    kept.extend_from_slice(chunk);
    if kept.len() > 2 * KEPT {
        let cut = kept.len() - KEPT;
        kept.drain(KEPT / 2..cut + KEPT / 2);
    }
}

/// What a harness has answered so far.
struct Answered {
    answers: Vec<Answer>,
    /// Whether the last of them was written to its end.
    whole: bool,
}

/// The complete lines of the file of answers. (If there is no such file, nothing was answered.)
fn read_answers(path: &Path) -> Answered {
    let bytes = std::fs::read(path).unwrap_or_default();
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let last = lines.pop().filter(|last| !last.is_empty());
    let last: Option<Result<Answer, _>> = last.map(serde_json::from_slice);
    let whole = !matches!(last, Some(Err(_)));
    let before = lines.into_iter().filter_map(|line| serde_json::from_slice(line).ok());
    let answers = before.chain(last.and_then(Result::ok)).collect();
    Answered { answers, whole }
}

/// Turns answers into observations; if the harness ended before its time, the scenario that was going on gets the
/// ending that this side saw.
fn assemble(
    Answered { answers, whole }: Answered,
    ended: &Ended,
    scenarios: &[Scenario],
    limits: Limits,
) -> (Vec<Observed>, Option<Spent>) {
    let mut observed = Vec::new();
    let (mut done, mut out_of_time) = (false, None);
    for answer in answers {
        match answer {
            Answer::Ran(index, run) if index == observed.len() => observed.push(Observed::Ran(run)),
            Answer::Sampled(index, samples, spent) if index == observed.len() => {
                observed.push(Observed::Sampled(samples, spent));
            }
            Answer::OutOfTime(spent) => out_of_time = Some(spent),
            Answer::Done => done = true,
            _ => {}
        }
    }
    // one that is done before its time, without a limit that ended it, has said so itself, not its harness
    let by_a_limit =
        matches!(observed.last(), Some(Observed::Ran(run)) if run.trace.ending.is_a_limit());
    let all = observed.len() == scenarios.len();
    out_of_time = out_of_time.filter(|_| !all);
    let done = done && (all || by_a_limit) || out_of_time.is_some();
    let calls: usize = scenarios.iter().map(|scenario| scenario.calls).sum();
    let flooded = ended.output.bytes > limits.output.saturating_mul(calls as u64);
    let ending = match &ended.how {
        How::Flood => Some(Termination::Died(Death::Flood(ended.output.bytes))),
        _ if done && flooded => Some(Termination::Died(Death::Flood(ended.output.bytes))),
        _ if done => None,
        // its watchdog would have ended it long before, had the machine let it run
        How::TooLong => Some(Termination::Died(Death::FromOutside(NO_TIME.into()))),
        // it went on to its end, and its answers came to theirs before: the disk is full
        How::Exited(status) if !whole && status.code().is_some() => {
            Some(Termination::Died(Death::FromOutside(NOT_WRITTEN.into())))
        }
        How::Exited(status) => Some(Termination::Died(death(*status, &ended.output.kept))),
    };
    if let Some(ending) = ending {
        observed.truncate(scenarios.len().saturating_sub(1));
        let trace = Trace::ended(ending);
        observed.push(Observed::Ran(Run { trace, wall: Wall::default() }));
    }
    (observed, out_of_time)
}

/// Windows reports an exception as an exit code from here on.
const EXCEPTION: u32 = 0xC000_0000;

fn death(status: ExitStatus, output: &[u8]) -> Death {
    // whoever leaves by itself can print whatever it likes
    let left = status.code().is_some_and(|code| code.cast_unsigned() < EXCEPTION);
    let last_words = String::from_utf8_lossy(output);
    if !left && last_words.contains("has overflowed its stack") {
        return Death::StackOverflow;
    }
    if !left && last_words.contains("memory allocation of ") {
        return Death::OutOfMemory;
    }
    match status.code() {
        Some(code) if code.cast_unsigned() >= EXCEPTION => {
            Death::Killed(format!("exception {:#x}", code.cast_unsigned()))
        }
        Some(code) => Death::Exited(code),
        None => by_a_signal(status),
    }
}

/// A program without `unsafe` code can abort, or be ended for what it has done: to its memory, say, or beyond a limit. It
/// can't send itself other signals, so those come from outside: from the system when memory runs out, or from a person.
#[cfg(unix)]
fn by_a_signal(status: ExitStatus) -> Death {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(1) => Death::FromOutside("signal 1, hangup".into()),
        Some(2) => Death::FromOutside("signal 2, interrupt".into()),
        Some(3) => Death::FromOutside("signal 3, quit".into()),
        Some(6) => Death::Killed("signal 6, abort".into()),
        Some(9) => Death::FromOutside("signal 9, killed".into()),
        Some(11) => Death::Killed("signal 11, segmentation fault".into()),
        Some(15) => Death::FromOutside("signal 15, terminated".into()),
        Some(24) => Death::Killed("signal 24, the limit of processor time".into()),
        Some(25) => Death::Killed("signal 25, the limit of file size".into()),
        Some(number @ (4 | 5 | 7 | 8 | 31)) => Death::Killed(format!("signal {number}")),
        Some(number) => Death::FromOutside(format!("signal {number}")),
        None => Death::Killed(status.to_string()),
    }
}

#[cfg(not(unix))]
fn by_a_signal(status: ExitStatus) -> Death {
    Death::Killed(status.to_string())
}

#[cfg(unix)]
#[cfg(test)]
pub(crate) mod tests;
