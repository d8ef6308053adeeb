//! The inside of a harness, the program that connects a task's function to the checker: its main function, written by
//! [`probe!`](crate::probe!). Its source is [`Task::harness`].
//!
//! The same program plays two parts. Asked a question ([`QUESTION`]), it judges: it starts itself as a child and looks at
//! what the child did; none of the student's code runs in it. Started with [`ANSWER`], it is that child: it runs the
//! student's code and reports what happened ([`fulfil`]).
//!
//! Built as a library for the kit, it has the same [`Subjects`] and no main function: the kit's runner plays both parts.

use std::fs::File;
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ask::{AskedProgram, Program, QUESTION};
use crate::protocol::{ANSWER, Answer, Request, time_for_sample};
use crate::subject::Subject;
use crate::trace::Place;
use crate::{clock, course, judge, recorder};

use watchdog::{RunLimits, Watchdog};

mod watchdog;

/// The functions that a probe judges (one, unless it was made of several parts), each with those that it builds on.
pub type Subjects = fn() -> Vec<Subject>;

/// The name under which a probe that is built as a library has its [`Subjects`].
pub const SUBJECTS: &str = "await_and_see_subjects";

/// Makes a probe: the whole of a harness's source. It is given the functions of the tasks that its own task
/// builds on, then the one that is judged. As long as one of the former is not right, the task waits for it.
///
/// A library has one such name only, so a probe that becomes a part of a larger one is compiled with
/// `--cfg part_of_a_probe` and keeps its own to itself.
#[macro_export]
macro_rules! probe {
    ($($subject:expr),+ $(,)?) => {
        #[cfg_attr(not(part_of_a_probe), unsafe(no_mangle))]
        pub fn await_and_see_subjects() -> ::std::vec::Vec<$crate::subject::Subject> {
            $crate::subject::chain([$($subject),+]).into_iter().collect()
        }

        fn main() -> ::std::process::ExitCode {
            $crate::probe::main(await_and_see_subjects)
        }
    };
}

/// The main function of a harness: answers the question that it is asked, or runs what it is told to run.
pub fn main(subjects: Subjects) -> ExitCode {
    let subjects = subjects();
    if std::env::args().skip(1).any(|arg| arg == ANSWER) {
        return answer(&subjects);
    }
    let answered = std::env::var(QUESTION)
        .map_err(|_| "this program is a part of the checker: run `cargo xtask check`".into())
        .and_then(|question| answer_question(&subjects, &question));
    match answered {
        Ok(answer) => {
            let _ = std::io::stdout().write_all(&answer);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(UNABLE)
        }
    }
}

/// Makes one probe of several parts: the functions that they judge.
#[macro_export]
macro_rules! probe_of_parts {
    ($($subjects:path),+ $(,)?) => {
        #[unsafe(no_mangle)]
        pub fn await_and_see_subjects() -> ::std::vec::Vec<$crate::subject::Subject> {
            [$($subjects),+].into_iter().flat_map(|subjects| subjects()).collect()
        }
    };
}

/// The exit code of a harness that could not judge, as `cargo xtask check` has it.
const UNABLE: u8 = 2;

/// Answers a question about the harness's own task, in JSON.
fn answer_question(
    subjects: &[Subject],
    question: &str,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let AskedProgram { crate_dir, question } = serde_json::from_str(question)?;
    let function = subjects.first().map_or("", |subject| subject.function);
    let task = course::by_function(function)
        .ok_or_else(|| format!("no task of the course has the function `{function}`"))?;
    let path = std::env::current_exe()
        .map_err(|error| format!("cannot find this program's own file to start it: {error}"))?;
    Ok(judge::answer(task, &Program { path, crate_dir }, &question)?)
}

/// The running part, which reads its request from standard input.
fn answer(subjects: &[Subject]) -> ExitCode {
    let mut request = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut request);
    match read.and_then(|_| Ok(serde_json::from_slice(&request)?)) {
        Ok(request) => fulfil(subjects, &request, File::create(&request.answers)),
        Err(error) => mute(&error),
    }
}

/// Makes the runs of `request`, writes down in `answers` what happened, and ends the process.
pub fn fulfil(subjects: &[Subject], request: &Request, answers: std::io::Result<File>) -> ! {
    if let Err(error) = runs(subjects, request, answers) {
        mute(&*error);
    }
    // a thread that the student's code left behind must not keep the process alive, nor be waited for
    std::process::exit(0);
}

/// Ends the process without an answer.
pub fn mute(error: &dyn std::error::Error) -> ! {
    eprintln!("the probe cannot answer: {error}");
    std::process::exit(MUTE);
}

/// The exit code of a probe that could not even begin.
const MUTE: i32 = 2;

fn runs(
    subjects: &[Subject],
    request: &Request,
    answers: std::io::Result<File>,
) -> Result<(), Box<dyn std::error::Error>> {
    let is_it = |subject: &&Subject| subject.function == request.function;
    // of several parts, each may have been built on other functions than the parts before it
    let subject = subjects
        .iter()
        .find(is_it)
        .or_else(|| subjects.iter().flat_map(Subject::with_upstream).find(is_it))
        .ok_or_else(|| format!("it has no function `{}`", request.function))?;
    let answers = Answers(Arc::new(Mutex::new(answers?)));
    record_panics();
    let watchdog = Watchdog::start(answers.clone());
    for (index, scenario) in request.scenarios.iter().enumerate() {
        let spent = watchdog.spent();
        if spent.is_over(request.limit) {
            // the rest is not made, and whoever judges has to know
            answers.write(&Answer::OutOfTime(spent));
            return Ok(());
        }
        let subject = match &subject.before {
            Some(before) if scenario.of_task_before => before,
            _ => subject,
        };
        answers.write(&Answer::Began(index));
        watchdog.begin(index, RunLimits::of(scenario, request.limit));
        let answer = if scenario.calls == 1 {
            let mut run = clock::run(subject, scenario);
            run.wall.late = watchdog.spent_by_run().late;
            Answer::Ran(index, run)
        } else {
            let budget = time_for_sample(scenario, request.limit);
            match clock::sample(subject, scenario, budget, || watchdog.spent().late) {
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

/// Keeps panics for the trace instead of printing them.
fn record_panics() {
    std::panic::set_hook(Box::new(|info| {
        // `payload_as_str` does the same, but is newer than the oldest compiler that this course allows
        let payload = info.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let message = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        let place = info.location().map(|at| Place { file: at.file().into(), line: at.line() });
        recorder::panicked(message, place);
    }));
}

/// Where answers go; shared with the watchdog.
#[derive(Clone)]
struct Answers(Arc<Mutex<File>>);

impl Answers {
    /// Writes one line. A full disk shows as a missing line, which the judging process reports.
    fn write(&self, answer: &Answer) {
        let mut line = serde_json::to_vec(answer).unwrap_or_default();
        line.push(b'\n');
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line);
    }
}
