//! Starts a worker, keeps it within its limits, and collects its observations.
//!
//! In: a harness, and scenarios. Out: for each scenario a run, or how the worker ended instead.
//!
//! A worker runs a student's code, so it may do anything: loop, block, panic, exit, print without end, or be killed. The
//! judge's side always returns within the limits. [`client`] is for other programs: it asks a harness for verdicts.

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

/// A harness that can start a worker.
pub trait Start {
    /// The folder of the crate that it was built from.
    fn crate_dir(&self) -> &Path;

    /// Starts a worker for `request`, in the folder of the crate.
    ///
    /// # Errors
    /// If the system can't start it.
    fn start(&self, request: &Request) -> Result<Started, Error>;
}

/// A worker that was just started.
pub struct Started {
    /// Its process.
    pub process: Box<dyn Process>,
    /// Its standard output and standard error.
    pub output: Pipes,
}

/// A running process: a child, or a copy of the kit's runner.
pub trait Process {
    /// How it ended; `None` if it is still running.
    ///
    /// # Errors
    /// If the system can't tell.
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>>;

    /// Ends it, and waits until it has ended.
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
            // if the worker ends before it has read its request, its answers will be missing
            let _ = stdin.write_all(&json);
        }
        Ok(Started { process: Box::new(child), output })
    }
}

/// How much later than its own watchdog a worker is ended from outside.
const GRACE: Duration = Duration::from_millis(500);

/// How a worker ended that gave no sign of life for so long that even its watchdog can't have had any time to run.
pub const NO_TIME: &str = "it was given no time to run";

/// How a worker ended that exited by itself, but whose last answer is not complete.
pub const NOT_WRITTEN: &str = "its answers could not be written";

/// How many bytes of the printed output are kept, to be shown.
const KEPT: usize = 4096;

/// What was observed in one scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Observed {
    /// A recorded run.
    Ran(Run),
    /// The calls of a sample, and the time that they used.
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

/// What a worker observed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Observations {
    /// One observation for each scenario, in order. If the worker ended too early, there are fewer, and the last one is how it
    /// ended.
    pub observed: Vec<Observed>,
    /// The time that was used, if the time for all runs was over before all of them were made.
    pub out_of_time: Option<Spent>,
    /// What the student's code printed, shortened.
    pub output: String,
}

impl Observations {
    /// What ended the worker, if it was neither the student's code nor a limit.
    pub fn ended_from_outside(&self) -> Option<&str> {
        match &self.observed.last()?.run()?.trace.ending {
            Termination::Died(Death::FromOutside(how)) => Some(how),
            _ => None,
        }
    }
}

/// Runs `scenarios` of `function` in a worker of `harness`.
///
/// # Errors
/// If the worker can't be started, or gives no answer. Whatever the student's code does is an observation, not an error.
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
        // the name of a scenario may contain its seed
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

/// A running worker, and its limits.
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
    /// The judge ended it, because it printed too much.
    Flood,
    /// The judge ended it, because it took too long.
    TooLong,
}

impl Supervision<'_> {
    fn run(mut self) -> Ended {
        let mut answered = 0;
        let mut last_answer = Instant::now();
        let (mut begun, mut before) = (0, 0);
        // the length of the answers when the scenarios that have begun were counted; while it stays the same, the answers
        // need not be read again, which would slow down a program that prints
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

    /// How many scenarios have begun.
    fn begun(&self) -> usize {
        read_answers(self.answers)
            .answers
            .iter()
            .filter(|answer| matches!(answer, Answer::Began(_)))
            .count()
    }

    /// How many bytes the current scenario may print. The output of the scenario before it may still be in the pipe.
    fn allowance(&self, begun: usize) -> u64 {
        const IN_THE_PIPE: u64 = 256 << 10;
        let calls =
            self.scenarios.get(begun.saturating_sub(1)).map_or(1, |scenario| scenario.calls as u64);
        self.limits.output.saturating_mul(calls) + if begun > 1 { IN_THE_PIPE } else { 0 }
    }
}

/// The output of a worker. All of it is read, so that the worker never has to wait for the judge, but only a little is kept.
struct Output {
    pipes: Pipes,
    kept: Vec<u8>,
    bytes: u64,
}

impl Output {
    fn of(pipes: Pipes) -> Self {
        Self { pipes, kept: Vec::new(), bytes: 0 }
    }

    /// Reads what comes within `timeout`. True once both pipes are closed.
    fn wait(&mut self, timeout: Duration) -> bool {
        let (bytes, kept) = (&mut self.bytes, &mut self.kept);
        self.pipes.read(timeout, |chunk| {
            *bytes += chunk.len() as u64;
            keep(kept, chunk);
        })
    }

    /// The text that was kept, with a mark where the middle is left out.
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

    /// Reads what is still in the pipes, for at most `longest`, because a grandchild may keep them open.
    fn drain(&mut self, longest: Duration) {
        let start = Instant::now();
        while start.elapsed() < longest && !self.wait(Duration::from_millis(10)) {}
    }
}

/// Keeps the beginning, and of a long output also the end, where a dying program says why.
fn keep(kept: &mut Vec<u8>, chunk: &[u8]) {
    kept.extend_from_slice(chunk);
    if kept.len() > 2 * KEPT {
        let cut = kept.len() - KEPT;
        kept.drain(KEPT / 2..cut + KEPT / 2);
    }
}

/// The answers of a worker so far.
struct Answered {
    answers: Vec<Answer>,
    /// Whether the last one is complete.
    whole: bool,
}

/// The complete lines of the file of answers; none if there is no such file.
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

/// Turns answers into observations. If the worker ended too early, the current scenario gets the ending that the judge's side
/// saw.
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
    // without all observations and without a limit, it was the student's code that wrote `Done`, not the worker
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
        // its watchdog would have ended it long before if the machine had let it run
        How::TooLong => Some(Termination::Died(Death::FromOutside(NO_TIME.into()))),
        // it exited by itself, but its answers are not complete: the disk is full
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

/// On Windows, an exit code from here on stands for an exception.
const EXCEPTION: u32 = 0xC000_0000;

fn death(status: ExitStatus, output: &[u8]) -> Death {
    // a program that exits by itself may print anything, so its last words count only if it was killed
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

/// How a process died that was ended by a signal. A program without `unsafe` code can abort, and the system can end it for
/// what it did, for example to its memory, or beyond a limit. It can't send itself other signals. So those come from outside:
/// from the system when memory runs out, or from a person.
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
