//! Copies the process, and loads libraries.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;

use checker::contract::protocol::Request;
use checker::run::client::{Error, Library, LibraryRequest};
use checker::run::{Process, Start, Started};
use checker::system::Pipes;
use checker::worker::{self, SUBJECTS, Subjects};
use checker::{judge, tasks};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// Where requests come from and answers go to.
struct Line {
    requests: BufReader<File>,
    answers: File,
}

/// Answers requests until there are no more.
pub fn serve() -> io::Result<()> {
    // duplicates, because a copy of this process leaves std's own handles to the student's code, unused and unlocked
    let line = RefCell::new(Some(Line {
        requests: BufReader::new(File::from(rustix::io::dup(io::stdin())?)),
        answers: File::from(rustix::io::dup(io::stdout())?),
    }));
    let mut request = String::new();
    loop {
        request.clear();
        let line_closed = || io::Error::other("a copy goes on where its original was");
        line.borrow_mut().as_mut().ok_or_else(line_closed)?.requests.read_line(&mut request)?;
        if request.is_empty() {
            return Ok(());
        }
        let answer = match answer(&request, &line) {
            Ok(json) => [br#"{"Ok":"#, &json[..], b"}\n"].concat(),
            Err(said) => {
                let mut json = serde_json::to_vec(&Err::<(), String>(said))?;
                json.push(b'\n');
                json
            }
        };
        line.borrow_mut().as_mut().ok_or_else(line_closed)?.answers.write_all(&answer)?;
    }
}

/// The answer to a request, in JSON.
fn answer(request: &str, line: &RefCell<Option<Line>>) -> Result<Vec<u8>, String> {
    let asked: LibraryRequest =
        serde_json::from_str(request).map_err(|error| format!("no request: {error}"))?;
    let task = tasks::by_function(&asked.library.function)
        .ok_or_else(|| format!("the course has no function `{}`", asked.library.function))?;
    let harness = Loadable { library: &asked.library, line };
    judge::answer(task, &harness, &asked.request).map_err(|error| error.to_string())
}

/// A library, and the streams that a copy of this process must close before it loads the library.
struct Loadable<'a> {
    library: &'a Library,
    line: &'a RefCell<Option<Line>>,
}

impl Start for Loadable<'_> {
    fn crate_dir(&self) -> &Path {
        &self.library.crate_dir
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        self.copy(request)
            .map_err(|source| Error::Start { program: self.library.path.clone(), source })
    }
}

impl Loadable<'_> {
    fn copy(&self, request: &Request) -> io::Result<Started> {
        let (stdout, to_stdout) = io::pipe()?;
        let (stderr, to_stderr) = io::pipe()?;
        // SAFETY: this process has one thread (`Pipes` need none, and nothing here starts one), so no lock in the copy
        // is held by another thread.
        match unsafe { libc::fork() } {
            -1 => Err(io::Error::last_os_error()),
            0 => {
                drop((stdout, stderr));
                self.run([to_stdout.into(), to_stderr.into()], request)
            }
            pid => {
                let pid = Pid::from_raw(pid).expect("fork returns the number of a process");
                let output = Pipes::new(vec![stdout.into(), stderr.into()]);
                Ok(Started { process: Box::new(Copy(pid)), output })
            }
        }
    }

    /// The copy's part: gives the standard streams to the student's code, loads the library, and makes the runs.
    fn run(&self, [stdout, stderr]: [OwnedFd; 2], request: &Request) -> ! {
        self.line.take();
        match self.take_place(&stdout, &stderr).and_then(|()| load(&self.library.path)) {
            Ok(subjects) => {
                drop((stdout, stderr));
                worker::fulfil(&subjects(), request, File::create(&request.answers))
            }
            Err(error) => worker::mute(&error),
        }
    }

    fn take_place(&self, stdout: &OwnedFd, stderr: &OwnedFd) -> io::Result<()> {
        rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
        rustix::stdio::dup2_stdout(stdout)?;
        rustix::stdio::dup2_stderr(stderr)?;
        std::env::set_current_dir(&self.library.crate_dir)
    }
}

/// Loads a library that was compiled against the kit. Returns its functions.
fn load(library: &Path) -> io::Result<Subjects> {
    // SAFETY: the library was made for exactly this kit (its path says so), by a compiler that forbids unsafe code in
    // it. So it runs nothing when it is loaded, and its `SUBJECTS` have this type.
    unsafe {
        let library = libloading::Library::new(library).map_err(io::Error::other)?;
        let subjects = library.get::<Subjects>(SUBJECTS).map_err(io::Error::other)?;
        let subjects = *subjects;
        // the library stays loaded as long as the process lives
        std::mem::forget(library);
        Ok(subjects)
    }
}

/// Is a worker for one request: reads it from standard input, makes its runs with the functions of `library`, writes
/// the answers to descriptor 3, and ends the process.
pub fn answer_once(library: &Path) -> ! {
    let request = || -> io::Result<(Subjects, Request)> {
        let request = serde_json::from_reader(io::stdin().lock())?;
        Ok((load(library)?, request))
    };
    // SAFETY: the parent process has opened this descriptor, and no other code here uses it.
    let answers = unsafe { OwnedFd::from_raw_fd(ANSWERS) };
    // a program that this process might start must not inherit it
    let answers = fcntl_setfd(&answers, FdFlags::CLOEXEC).map(|()| File::from(answers));
    match request() {
        Ok((subjects, request)) => {
            worker::fulfil(&subjects(), &request, answers.map_err(io::Error::from))
        }
        Err(error) => worker::mute(&error),
    }
}

/// The descriptor to which [`answer_once`] writes.
const ANSWERS: i32 = 3;

/// A copy of this process.
struct Copy(Pid);

impl Process for Copy {
    fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        let ended = waitpid(Some(self.0), WaitOptions::NOHANG)?;
        Ok(ended.map(|(_, status)| ExitStatus::from_raw(status.as_raw())))
    }

    fn kill(&mut self) {
        // both fail only if it has ended already
        let _ = kill_process(self.0, Signal::KILL);
        let _ = waitpid(Some(self.0), WaitOptions::empty());
    }
}
