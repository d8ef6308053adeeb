//! The worker: the process that runs a student's code.
//!
//! In: a [`Request`], and the student's function as a [`Subject`]. Out: [`Answer`]s, one in each line, with the
//! recordings. A worker does not know which results are expected, and judges nothing.

use std::fs::File;
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::contract::protocol::{Answer, Request, time_for_sample};
use crate::trace::SourceLocation;

use subject::Subject;
use watchdog::{RunLimits, Watchdog};

pub mod clock;
pub mod generator;
pub mod job;
mod manner;
pub mod prelude;
mod recorder;
pub mod subject;
mod watchdog;
mod watcher;

/// Makes the functions that a harness judges, each with those that it builds on. There is one function, unless the
/// harness was made of several parts.
pub type Subjects = fn() -> Vec<Subject>;

/// The name of the symbol with the [`Subjects`], in a harness that is built as a library.
pub const SUBJECTS: &str = "await_and_see_subjects";

/// Answers the request on standard input, and ends the process.
pub fn answer(subjects: &[Subject]) -> ExitCode {
    let mut request = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut request);
    match read.and_then(|_| Ok(serde_json::from_slice(&request)?)) {
        Ok(request) => fulfil(subjects, &request, File::create(&request.answers)),
        Err(error) => mute(&error),
    }
}

/// Makes the runs of `request`, writes the recordings into `answers`, and ends the process.
pub fn fulfil(subjects: &[Subject], request: &Request, answers: std::io::Result<File>) -> ! {
    if let Err(error) = runs(subjects, request, answers) {
        mute(&*error);
    }
    // don't wait for a thread that the student's code left running
    std::process::exit(0);
}

/// Ends the process without an answer, and prints why.
pub fn mute(error: &dyn std::error::Error) -> ! {
    eprintln!("the harness cannot answer: {error}");
    std::process::exit(MUTE);
}

/// The exit code of a worker that could not make any run.
const MUTE: i32 = 2;

fn runs(
    subjects: &[Subject],
    request: &Request,
    answers: std::io::Result<File>,
) -> Result<(), Box<dyn std::error::Error>> {
    let is_it = |subject: &&Subject| subject.function == request.function;
    // if a harness has several parts, each part may have dependencies of its own
    let subject = subjects
        .iter()
        .find(is_it)
        .or_else(|| subjects.iter().flat_map(Subject::with_dependencies).find(is_it))
        .ok_or_else(|| format!("it has no function `{}`", request.function))?;
    let answers = Answers(Arc::new(Mutex::new(answers?)));
    record_panics();
    let watchdog = Watchdog::start(answers.clone());
    for (index, scenario) in request.scenarios.iter().enumerate() {
        let spent = watchdog.spent();
        if spent.is_over(request.limit) {
            // the other runs are not made, and the judge has to know that
            answers.write(&Answer::OutOfTime(spent));
            return Ok(());
        }
        let subject = match &subject.before {
            Some(before) if scenario.of_dependency => before,
            _ => subject,
        };
        answers.write(&Answer::Began(index));
        watchdog.begin(index, RunLimits::of(scenario, request.limit));
        let answer = if scenario.calls == 1 {
            let mut run = clock::run(subject, scenario);
            let spent = watchdog.spent_by_run();
            run.wall.stalled = spent.stalled;
            let by_others = spent.cpu.saturating_sub(run.wall.cpu);
            let by_watchdog = FOR_EACH_LOOK * watchdog::looks_in(spent.wall);
            let by_threads = FOR_EACH_THREAD * scenario.budget.futures as u32;
            let threads_ran = by_others >= LEAST + by_watchdog + by_threads;
            if run.wall.running >= WORTH_ASKING && threads_ran {
                run.wall.thread_start = thread_start();
            }
            Answer::Ran(index, run)
        } else {
            let budget = time_for_sample(scenario, request.limit);
            match clock::sample(subject, scenario, budget, || watchdog.spent().stalled) {
                Ok(samples) => Answer::Sampled(index, samples, watchdog.spent_by_run()),
                Err(run) => Answer::Ran(index, *run),
            }
        };
        watchdog.end();
        answers.write(&answer);
    }
    answers.write(&Answer::Done);
    Ok(())
}

/// A run that holds its thread for so long may wait for threads of its own.
const WORTH_ASKING: Duration = Duration::from_micros(300);

/// A thread needs at least so much processor time to start and to end.
const FOR_EACH_THREAD: Duration = Duration::from_micros(10);

/// What else the process does beside a run takes less processor time than this.
const LEAST: Duration = Duration::from_micros(20);

/// Each time that the watchdog looks, it needs less processor time than this, even on a busy machine.
const FOR_EACH_LOOK: Duration = Duration::from_micros(200);

/// How long this machine needs now to start a thread and to wait for its end.
fn thread_start() -> Duration {
    let begun = Instant::now();
    let ended = std::thread::Builder::new().spawn(|| ()).map(std::thread::JoinHandle::join);
    if ended.is_ok() { begun.elapsed() } else { Duration::ZERO }
}

/// Records panics instead of printing them.
fn record_panics() {
    std::panic::set_hook(Box::new(|info| {
        // `payload_as_str` does the same, but is newer than the oldest compiler that this course allows
        let payload = info.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let message = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        let place =
            info.location().map(|at| SourceLocation { file: at.file().into(), line: at.line() });
        recorder::panicked(message, place);
    }));
}

/// The file of answers, shared with the watchdog.
#[derive(Clone)]
struct Answers(Arc<Mutex<File>>);

impl Answers {
    /// Writes one line. If the disk is full, the line is missing, and the judge reports that.
    fn write(&self, answer: &Answer) {
        let mut line = serde_json::to_vec(answer).unwrap_or_default();
        line.push(b'\n');
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line);
    }
}
