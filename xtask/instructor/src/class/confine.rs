//! Compiles and runs submissions in a sandbox ([`Sandbox`]). Its output is judged outside.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use checker::contract::protocol::{ANSWER, Request};
use checker::run::client::{Error, Library};
use checker::run::{Process, Start, Started};
use checker::system::Pipes;
use sandbox::{Channels, Confined, Level, Limits, Policy};
use xtask::build::kit::Kit;
use xtask::build::kit::ended::{self, Ended};
use xtask::build::kit::rustc::Call;

/// The name of these limits. Verdicts depend on it, because other limits can give other verdicts.
pub fn names_of_limits() -> String {
    format!("{COMPILING:?} {MOST_OUTPUT}")
}

/// The limits of a compilation. A right solution takes a fifth of a second.
const COMPILING: Limits = Limits { memory: 4 << 30, cpu: 10, file: 128 << 20, open_files: 256 };
const LONGEST_COMPILATION: Duration = Duration::from_secs(60);
/// The most bytes of messages from the compiler.
const MOST_OUTPUT: usize = 4 << 20;

/// The limits of a run.
const RUNNING: Limits = Limits { memory: 1 << 30, cpu: 120, file: 0, open_files: 64 };
/// The most bytes of an answer from a harness.
const MOST_ANSWERED: u64 = 256 << 20;

/// The sandbox in which submissions are compiled and run.
#[derive(Clone)]
pub struct Sandbox {
    level: Level,
    kit: Kit,
    /// Set when nothing new may begin.
    stop: Arc<AtomicBool>,
}

impl Sandbox {
    pub fn new(level: Level, kit: Kit, stop: Arc<AtomicBool>) -> Self {
        Self { level, kit, stop }
    }

    /// A harness that was compiled against the kit, to be run in this sandbox.
    pub fn harness<'a>(&'a self, library: &'a Library) -> Harness<'a> {
        Harness { sandbox: self, library }
    }

    fn toolchain(&self) -> PathBuf {
        self.kit.rustc().sysroot().map_or_else(PathBuf::new, PathBuf::from)
    }
}

impl Call for Sandbox {
    fn run(&self, call: &mut Command, read: &[PathBuf], write: &Path) -> io::Result<Ended> {
        let toolchain = self.toolchain();
        // the linker may be the system's, and the runner may stand in for it
        let execute = ["/bin", "/usr/bin", "/usr/libexec"].iter().map(PathBuf::from);
        let execute = execute.filter(|path| path.exists());
        let execute = execute.chain([toolchain.clone(), self.kit.runner()]).collect();
        let policy = Policy {
            level: self.level,
            read: [read, &sandbox::system_libraries()].concat(),
            execute,
            write: Some(write.into()),
            starts_programs: true,
            limits: COMPILING,
        };
        let channels = Channels { stderr: Stdio::piped(), ..Channels::none() };
        let call = in_the_sandbox(call, &toolchain, write);
        let mut confined = sandbox::spawn(&call, &policy, channels)?;
        let mut pipes = Pipes::of(confined.child());
        let mut output = Vec::new();
        let begun = Instant::now();
        let mut stopped = None;
        while !pipes.read(Duration::from_millis(50), |chunk| output.extend_from_slice(chunk)) {
            stopped = self.stopped(&confined, output.len(), begun);
            if stopped.is_some() {
                break;
            }
        }
        let status = loop {
            if stopped.is_some() {
                confined.kill();
            }
            if let Some(status) = confined.try_wait()? {
                break status;
            }
            stopped = stopped.or_else(|| self.stopped(&confined, output.len(), begun));
            std::thread::sleep(Duration::from_micros(200));
        };
        if self.stop.load(Ordering::Relaxed) {
            // it may have been cut short, and then its result must not be kept
            return Err(io::ErrorKind::Interrupted.into());
        }
        if output.len() > MOST_OUTPUT {
            return Ok(too_much_said());
        }
        Ok(stopped.unwrap_or_else(|| Ended::of(status, &output, Some(limits()))))
    }
}

impl Sandbox {
    /// Why a compilation has to be stopped, by its begin and the bytes of its messages. None, if it may go on.
    fn stopped(&self, confined: &Confined, output: usize, begun: Instant) -> Option<Ended> {
        if output > MOST_OUTPUT || self.stop.load(Ordering::Relaxed) {
            return Some(too_much_said());
        }
        (begun.elapsed() > LONGEST_COMPILATION).then(|| took_too_long(confined.processor_time()))
    }
}

/// The same call, with the arguments that it needs in the sandbox.
fn in_the_sandbox(call: &Command, toolchain: &Path, write: &Path) -> Command {
    let mut own = Command::new(call.get_program());
    own.args(call.get_args()).arg("--sysroot").arg(toolchain);
    let variables = call.get_envs().filter_map(|(name, value)| Some((name, value?)));
    own.envs(variables).env("TMPDIR", write).env("PATH", "/usr/bin:/bin");
    if let Some(folder) = call.get_current_dir() {
        own.current_dir(folder);
    }
    own
}

/// The limits of a compilation, for the message that says which one was reached.
fn limits() -> ended::Limits {
    // in this mode the system refuses memory that it does not have, instead of ending programs later
    let mode = std::fs::read_to_string("/proc/sys/vm/overcommit_memory").unwrap_or_default();
    let memory = (mode.trim() != "2").then_some(COMPILING.memory);
    ended::Limits { cpu: COMPILING.cpu, file: COMPILING.file, memory }
}

fn too_much_said() -> Ended {
    Ended::OverLimit(format!(
        "The compiler was stopped after {} MiB of messages. Compile it yourself, and fix the first error.",
        MOST_OUTPUT >> 20
    ))
}

/// How a compilation ended that took too long by the clock. If its processor time is above the limit of one program, the
/// source is the reason. Otherwise the machine had no time for it.
fn took_too_long(computed: Option<Duration>) -> Ended {
    let longest = LONGEST_COMPILATION.as_secs();
    match computed {
        Some(computed) if computed.as_secs() >= COMPILING.cpu => {
            Ended::OverLimit(limits().processor_time("compiler"))
        }
        _ => Ended::Failed(format!(
            "The compiler was stopped after {longest} s, and the machine had no processor time for it in between. Close other programs, or grade fewer submissions at the same time (--jobs 1)."
        )),
    }
}

/// A compiled harness, to be run in the sandbox.
pub struct Harness<'a> {
    sandbox: &'a Sandbox,
    library: &'a Library,
}

impl Start for Harness<'_> {
    fn crate_dir(&self) -> &Path {
        &self.library.crate_dir
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        self.begin(request)
            .map_err(|source| Error::Start { program: self.library.path.clone(), source })
    }
}

impl Harness<'_> {
    fn begin(&self, request: &Request) -> io::Result<Started> {
        let kit = &self.sandbox.kit;
        let runner = kit.runner();
        let mut read =
            vec![kit.lib(), self.library.path.clone(), self.sandbox.toolchain().join("lib")];
        read.extend(sandbox::system_libraries());
        let policy = Policy {
            level: self.sandbox.level,
            read,
            execute: vec![runner.clone()],
            write: None,
            starts_programs: false,
            limits: RUNNING,
        };
        // Answers come through a socket, because nobody can reopen it by a name below /proc, as is possible with a pipe.
        let (ours, theirs) = UnixStream::pair()?;
        let channels = Channels {
            stdin: Stdio::piped(),
            stdout: Stdio::piped(),
            stderr: Stdio::piped(),
            third: Some(theirs.into()),
        };
        let mut command = Command::new(runner);
        command.arg(ANSWER).arg(&self.library.path);
        let mut confined = sandbox::spawn(&command, &policy, channels)?;
        let output = Pipes::of(confined.child());
        // it need not know the name of a file outside
        let place = request.answers.clone();
        let asked = Request {
            function: request.function.clone(),
            scenarios: request.scenarios.clone(),
            limit: request.limit,
            answers: PathBuf::new(),
        };
        let answers = File::create(&place)?;
        let answers = std::thread::spawn(move || {
            io::copy(&mut ours.take(MOST_ANSWERED), &mut { answers }).map(drop)
        });
        if let Some(mut stdin) = confined.child().stdin.take() {
            // if it ends before it has read its request, the reader of its answers notices
            let _ = stdin.write_all(&serde_json::to_vec(&asked)?);
        }
        let process =
            Running { confined, answers: Some(answers), stop: Arc::clone(&self.sandbox.stop) };
        Ok(Started { process: Box::new(process), output })
    }
}

/// A harness at work.
struct Running {
    confined: Confined,
    /// Collects its answers.
    answers: Option<JoinHandle<io::Result<()>>>,
    stop: Arc<AtomicBool>,
}

impl Running {
    /// Waits until all its answers are collected. Returns whether that succeeded.
    fn finish(&mut self) -> bool {
        let written = self.answers.take().map(JoinHandle::join);
        written.is_none_or(|written| matches!(written, Ok(Ok(()))))
    }
}

impl Process for Running {
    fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.stop.load(Ordering::Relaxed) {
            self.confined.kill();
        }
        let status = self.confined.try_wait()?;
        if status.is_some() && !self.finish() {
            // Its answers are lost, perhaps because the disk is full. That counts as if something outside had ended it.
            const SIGKILL: i32 = 9;
            return Ok(Some(ExitStatus::from_raw(SIGKILL)));
        }
        Ok(status)
    }

    fn kill(&mut self) {
        self.confined.kill();
        self.finish();
    }
}
