//! The inside of a probe: the main function of a task crate's `tests/check.rs`.
//!
//! The same program plays two parts. Started by a person (`cargo test -p tasks`, an editor's Run button) or by
//! `cargo xtask check` ([`QUESTION`]) it judges: it starts itself as a child and looks at what the child did; no code of
//! the student's runs in it. Started with [`ANSWER`] it is that child: it runs the student's code and reports what
//! happened.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

use crate::ask::{Options, Program, QUESTION, Question};
use crate::course::Task;
use crate::protocol::{ANSWER, Answer, PATIENCE, Request};
use crate::subject::Subject;
use crate::trace::{Ending, Place, Run, Trace};
use crate::{clock, course, judge, recorder, screen};

/// A task crate's functions, ready to be run.
pub struct Probe {
    crate_dir: PathBuf,
    subjects: Vec<Subject>,
}

impl Probe {
    /// A probe for the crate in `crate_dir` (`env!("CARGO_MANIFEST_DIR")`).
    pub fn new(crate_dir: impl Into<PathBuf>) -> Self {
        Self { crate_dir: crate_dir.into(), subjects: Vec::new() }
    }

    /// Adds the function of a task that the probe's own task builds on. It is judged first: as long as it is not
    /// right, the task waits for it.
    pub fn on(mut self, upstream: Subject) -> Self {
        self.subjects.push(upstream);
        self
    }

    /// Judges the function of this crate, or answers the request that the process was started with.
    pub fn judge(mut self, subject: Subject) -> ExitCode {
        self.subjects.push(subject);
        let asked_for = |name: &str| std::env::args().skip(1).any(|arg| arg == name);
        if asked_for(ANSWER) {
            return self.answer();
        }
        if asked_for("--list") {
            // test runners ask so for the names of the tests
            println!("check: test");
            return ExitCode::SUCCESS;
        }
        match std::env::var(QUESTION) {
            Ok(question) => self.answer_question(&question),
            Err(_) => self.judge_for_a_person(),
        }
    }

    /// The task of the function that was added last, and this program as a probe.
    fn own_task(&self) -> Result<(&'static Task, Program), String> {
        let functions: Vec<_> = self.subjects.iter().map(|subject| subject.function).collect();
        let task = functions.last().and_then(|function| course::by_function(function));
        let task =
            task.ok_or_else(|| format!("no task of the course has a function {functions:?}"))?;
        let path = std::env::current_exe()
            .map_err(|error| format!("cannot find this program's own file to start it: {error}"))?;
        Ok((task, Program { path, crate_dir: self.crate_dir.clone() }))
    }

    /// Answers a question about the own task, in JSON.
    fn answer_question(&self, question: &str) -> ExitCode {
        let answer = || -> Result<Vec<u8>, Box<dyn std::error::Error>> {
            let (task, program) = self.own_task()?;
            Ok(match serde_json::from_slice(question.as_bytes())? {
                Question::Verdict(options) => {
                    serde_json::to_vec(&judge::task(task, &program, &options)?)?
                }
                Question::Run(arguments) => {
                    serde_json::to_vec(&judge::run(task, &program, &arguments)?)?
                }
                Question::PublicScenarios => {
                    let public = task.plan(0).public;
                    let names: Vec<_> = public.iter().map(|scenario| &scenario.name).collect();
                    serde_json::to_vec(&names)?
                }
            })
        };
        match answer() {
            Ok(answer) => {
                let _ = std::io::stdout().write_all(&answer);
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        }
    }

    /// Judges the own task after those it builds on, and shows the verdict.
    fn judge_for_a_person(&self) -> ExitCode {
        let functions: Vec<_> = self.subjects.iter().map(|subject| subject.function).collect();
        let judged = self.own_task().and_then(|(task, program)| {
            judge::with_upstream(task, &program, &functions, &Options::default())
                .map_err(|error| error.to_string())
        });
        match judged {
            Ok(report) => {
                let style = screen::Style::of_stdout();
                print!("{}", style.render(&screen::report(&report, style)));
                if report.right() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        }
    }

    /// The running part.
    fn answer(&self) -> ExitCode {
        match self.try_answer() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("the probe cannot answer: {error}");
                ExitCode::from(2)
            }
        }
    }

    fn try_answer(&self) -> Result<(), Box<dyn std::error::Error>> {
        let mut request = Vec::new();
        std::io::stdin().lock().read_to_end(&mut request)?;
        let request: Request = serde_json::from_slice(&request)?;
        let subject = self
            .subjects
            .iter()
            .find(|subject| subject.function == request.function)
            .ok_or_else(|| format!("it has no function `{}`", request.function))?;
        let answers = Answers::create(&request.answers)?;
        record_panics();
        let watchdog = Watchdog::start(request.limit, answers.clone());
        let start = Instant::now();
        for (index, scenario) in request.scenarios.iter().enumerate() {
            if start.elapsed() > request.limit * ALL_RUNS {
                // enough is seen; whatever takes so long in real time is told by what was recorded
                break;
            }
            answers.write(&Answer::Began(index));
            watchdog.begin(index);
            let answer = if scenario.calls == 1 {
                Answer::Ran(index, clock::run(subject, scenario))
            } else {
                Answer::Sampled(index, clock::sample(subject, scenario, request.limit / 2))
            };
            watchdog.end();
            answers.write(&answer);
        }
        answers.write(&Answer::Done);
        // a thread that the student's code left behind must not keep the process alive, nor be waited for
        std::process::exit(0);
    }
}

/// How many times the limit all runs of a request may take together.
const ALL_RUNS: u32 = 8;

/// Keeps panics for the trace instead of printing them.
fn record_panics() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or_default().to_string();
        let place = info.location().map(|at| Place { file: at.file().into(), line: at.line() });
        recorder::panicked(message, place);
    }));
}

/// The file of answers; shared with the watchdog.
#[derive(Clone)]
struct Answers(Arc<Mutex<File>>);

impl Answers {
    fn create(path: &Path) -> std::io::Result<Self> {
        File::create(path).map(|file| Self(Arc::new(Mutex::new(file))))
    }

    /// Writes one line. A full disk shows as a missing line, which the judging process reports.
    fn write(&self, answer: &Answer) {
        let mut line = serde_json::to_vec(answer).unwrap_or_default();
        line.push(b'\n');
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line);
    }
}

/// Ends the process when a scenario takes too long, after writing down what had happened until then.
///
/// Too long is what takes the limit in processor time, or in wall time without using the processor: a machine that is
/// busy with other things must not change a verdict. The judging process enforces the limit from outside, later; this
/// one knows more.
struct Watchdog {
    current: Arc<Mutex<Option<Watched>>>,
}

struct Watched {
    index: usize,
    since: Instant,
    cpu: ProcessTime,
}

impl Watchdog {
    fn start(limit: Duration, answers: Answers) -> Self {
        let current: Arc<Mutex<Option<Watched>>> = Arc::default();
        let watched = Arc::clone(&current);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_millis(20).min(limit));
                let guard = watched.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(run) = guard.as_ref() else { continue };
                let (wall, cpu) = (run.since.elapsed(), run.cpu.elapsed());
                let busy = cpu * 10 > wall;
                if wall < limit || busy && cpu < limit && wall < limit * PATIENCE {
                    continue;
                }
                let (events, took, wall) = recorder::peek(wall);
                let ending = Ending::WallLimit { busy };
                let trace = Trace {
                    events,
                    ending,
                    took,
                    leftover_tasks: 0,
                    leftover_threads: 0,
                    cut: false,
                };
                answers.write(&Answer::Ran(run.index, Run { trace, wall }));
                answers.write(&Answer::Done);
                std::process::exit(0);
            }
        });
        Self { current }
    }

    fn begin(&self, index: usize) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Watched { index, since: Instant::now(), cpu: ProcessTime::now() });
    }

    fn end(&self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
