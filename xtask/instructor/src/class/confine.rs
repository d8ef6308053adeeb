//! Submissions are compiled and run in a sandbox, by [`Sandbox`]; what comes out of it is looked at outside.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use checker::ask::{Error, Library};
use checker::protocol::{ANSWER, Request};
use checker::supervise::{Process, Start, Started};
use checker::system::Pipes;
use sandbox::{Channels, Confined, Level, Limits, Policy};
use xtask::build::kit::Kit;
use xtask::build::kit::rustc::Call;

/// What a compilation may take. A right solution takes a fifth of a second.
const COMPILING: Limits = Limits { memory: 4 << 30, cpu: 10, file: 128 << 20, open_files: 256 };
const LONGEST_COMPILATION: Duration = Duration::from_secs(60);
/// Bytes that the compiler may say.
const MOST_SAID: usize = 4 << 20;

/// What a run may take.
const RUNNING: Limits = Limits { memory: 1 << 30, cpu: 120, file: 0, open_files: 64 };
/// Bytes that a probe may answer.
const MOST_ANSWERED: u64 = 256 << 20;

/// How submissions are kept apart.
#[derive(Clone)]
pub struct Sandbox {
    level: Level,
    kit: Kit,
    /// Set when no more is to be begun.
    stop: Arc<AtomicBool>,
}

impl Sandbox {
    pub fn new(level: Level, kit: Kit, stop: Arc<AtomicBool>) -> Self {
        Self { level, kit, stop }
    }

    /// A probe that was compiled against the kit, to be run in here.
    pub fn probe<'a>(&'a self, library: &'a Library) -> Probe<'a> {
        Probe { sandbox: self, library }
    }

    fn toolchain(&self) -> PathBuf {
        self.kit.rustc().sysroot().map_or_else(PathBuf::new, PathBuf::from)
    }
}

impl Call for Sandbox {
    fn output(&self, call: &mut Command, read: &[PathBuf], write: &Path) -> io::Result<Output> {
        let toolchain = self.toolchain();
        call.env("TMPDIR", write);
        // the same call may be made again
        if !call.get_args().any(|arg| arg == "--sysroot") {
            call.arg("--sysroot").arg(&toolchain);
        }
        // the linker may be the system's
        let execute = ["/bin", "/usr/bin", "/usr/libexec"].iter().map(PathBuf::from);
        // and the runner may stand in for it
        let execute = execute.filter(|path| path.exists()).chain([toolchain, self.kit.runner()]);
        let execute = execute.collect();
        let policy = Policy {
            level: self.level,
            read: [read, &sandbox::system_libraries()].concat(),
            execute,
            write: Some(write.into()),
            starts_programs: true,
            limits: COMPILING,
        };
        call.env("PATH", "/usr/bin:/bin");
        let channels = Channels { stderr: Stdio::piped(), ..Channels::none() };
        let mut confined = sandbox::spawn(call, &policy, channels)?;
        let mut pipes = Pipes::of(confined.child());
        let mut said = Vec::new();
        let begun = Instant::now();
        while !pipes.read(Duration::from_millis(50), |chunk| said.extend_from_slice(chunk)) {
            let too_much = said.len() > MOST_SAID || begun.elapsed() > LONGEST_COMPILATION;
            if too_much || self.stop.load(Ordering::Relaxed) {
                confined.kill();
                break;
            }
        }
        let status = loop {
            if let Some(status) = confined.try_wait()? {
                break status;
            }
            if begun.elapsed() > LONGEST_COMPILATION {
                confined.kill();
            }
            std::thread::sleep(Duration::from_micros(200));
        };
        if self.stop.load(Ordering::Relaxed) {
            // it may have been cut short, and what comes of that must not be kept
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(Output { status, stdout: Vec::new(), stderr: said })
    }
}

/// A compiled probe, to be run in the sandbox.
pub struct Probe<'a> {
    sandbox: &'a Sandbox,
    library: &'a Library,
}

impl Start for Probe<'_> {
    fn crate_dir(&self) -> &Path {
        &self.library.crate_dir
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        self.begin(request)
            .map_err(|source| Error::Start { program: self.library.path.clone(), source })
    }
}

impl Probe<'_> {
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
        // Answers come through a socket: other than a pipe, nobody can open it anew by a name below /proc.
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
        // it need not know what a file outside is called
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
            // one that ends before it has read its request is noticed by whoever waits for its answers
            let _ = stdin.write_all(&serde_json::to_vec(&asked)?);
        }
        let process =
            Running { confined, answers: Some(answers), stop: Arc::clone(&self.sandbox.stop) };
        Ok(Started { process: Box::new(process), output })
    }
}

/// A probe at work.
struct Running {
    confined: Confined,
    /// Writes down what it answers.
    answers: Option<JoinHandle<io::Result<()>>>,
    stop: Arc<AtomicBool>,
}

impl Running {
    /// Waits until all that it has answered is written down.
    fn finish(&mut self) {
        if let Some(answers) = self.answers.take() {
            let _ = answers.join();
        }
    }
}

impl Process for Running {
    fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.stop.load(Ordering::Relaxed) {
            self.confined.kill();
        }
        let status = self.confined.try_wait()?;
        if status.is_some() {
            self.finish();
        }
        Ok(status)
    }

    fn kill(&mut self) {
        self.confined.kill();
        self.finish();
    }
}
