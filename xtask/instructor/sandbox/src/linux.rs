//! Linux: starts and controls the helper, from outside.

mod files;
mod filter;
mod inside;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::{Pid, SysconfVar, sysconf};
use serde::{Deserialize, Serialize};

use crate::{Channels, Level, Limits, Policy};

/// This program, even if its file was replaced by a newer one in the meantime.
const OWN_PROGRAM: &str = "/proc/self/exe";

/// The argument that makes this program act as a helper.
const HELPER: &str = "--become-a-confined-program";

/// The descriptors that a helper has in addition to standard input, output and error.
const THIRD: i32 = 3;
const TROUBLE: i32 = 4;
const STATUS: i32 = 5;

/// What a helper is to become.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    policy: Policy,
    program: PathBuf,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    folder: PathBuf,
    /// The process that has started it. If that process ends, the helper ends, too.
    parent: u32,
    /// The user that it becomes, if it is started by root.
    user: u32,
}

/// The user `nobody`, which root becomes if possible.
const NOBODY: u32 = 65534;

/// Becomes the confined program, if the process was started for that. Call it first in `main`.
pub fn help_out() {
    let mut args = std::env::args_os().skip(1);
    if args.next().is_some_and(|arg| arg == HELPER) {
        inside::become_confined(args.next().unwrap_or_default().as_encoded_bytes());
    }
}

/// A running program.
#[derive(Debug)]
pub struct Confined {
    child: Child,
    /// How it ended, if the helper and the program are different processes.
    status: File,
    /// Whether the helper and the program are different processes.
    apart: bool,
}

/// Starts `command` with `channels`, and nothing else. Only the program, its arguments, its own variables and its folder are
/// used from `command`.
///
/// # Errors
/// If the helper can't be started, or can't enforce `policy`. Then nothing was run.
pub fn spawn(command: &Command, policy: &Policy, channels: Channels) -> io::Result<Confined> {
    let order = Order {
        policy: policy.clone(),
        program: command.get_program().into(),
        args: command.get_args().map(OsString::from).collect(),
        env: command
            .get_envs()
            .filter_map(|(name, value)| Some((name.into(), value?.into())))
            .collect(),
        folder: command.get_current_dir().unwrap_or(Path::new("/")).into(),
        parent: std::process::id(),
        user: NOBODY,
    };
    let (mut trouble, trouble_writer) = io::pipe()?;
    let (status, status_writer) = io::pipe()?;
    let mut helper = Command::new(OWN_PROGRAM);
    helper.arg(HELPER).arg(serde_json::to_string(&order)?).env_clear();
    helper.stdin(channels.stdin).stdout(channels.stdout).stderr(channels.stderr);
    let map = |parent_fd: OwnedFd, child_fd| FdMapping { parent_fd, child_fd };
    let mut mappings = vec![map(trouble_writer.into(), TROUBLE), map(status_writer.into(), STATUS)];
    mappings.extend(channels.third.map(|third| map(third, THIRD)));
    helper.fd_mappings(mappings).map_err(io::Error::other)?;
    let child = helper.spawn()?;
    // it holds the other ends of everything that was passed on
    drop(helper);
    let apart = policy.level == Level::A;
    let mut confined = Confined { child, status: File::from(OwnedFd::from(status)), apart };
    // closed when the program begins
    let mut message = String::new();
    trouble.read_to_string(&mut message)?;
    if message.is_empty() {
        return Ok(confined);
    }
    confined.kill();
    Err(io::Error::other(message))
}

impl Confined {
    /// The child process. If standard output and error are piped, they are the child's.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    /// If the system can't say.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        let Some(of_the_helper) = self.child.try_wait()? else { return Ok(None) };
        let mut raw = [0; 4];
        Ok(Some(match self.status.read_exact(&mut raw) {
            Ok(()) => ExitStatus::from_raw(i32::from_le_bytes(raw)),
            // The first process of the namespaces was killed, and the program with it. The helper itself ends well then.
            Err(_) if self.apart && of_the_helper.success() => {
                ExitStatus::from_raw(Signal::SIGKILL as i32)
            }
            Err(_) => of_the_helper,
        }))
    }

    /// The processor time that it and its children have used so far. `None`, if the system can't say.
    pub fn processor_time(&self) -> Option<Duration> {
        let ticks_a_second = sysconf(SysconfVar::CLK_TCK).ok()??;
        let session = self.child.id().to_string();
        let entries = std::fs::read_dir("/proc").ok()?.flatten();
        let ticks: u64 = entries.filter_map(|entry| ticks(&entry.path(), &session)).sum();
        let seconds = ticks as f64 / ticks_a_second as f64;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// Ends it and everything that it has started, and waits until they have ended.
    pub fn kill(&mut self) {
        // both calls fail only if the process has ended already
        let group = i32::try_from(self.child.id()).unwrap_or(i32::MAX);
        let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The ticks that a process and its ended children have used, if the process belongs to `session`. Every helper begins a
/// session, and nothing can leave it.
fn ticks(process: &Path, session: &str) -> Option<u64> {
    let stat = std::fs::read_to_string(process.join("stat")).ok()?;
    // the name, in parentheses, may have anything in it; after it come the state, the parent, the group and the session
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    if *fields.get(3)? != session {
        return None;
    }
    fields.get(11..15)?.iter().map(|ticks| ticks.parse::<u64>().ok()).sum()
}

impl Drop for Confined {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The best level that works here. Each level is probed by running a program at it.
///
/// # Errors
/// If no level works. The text gives the reason for each.
pub fn best_level() -> Result<Level, String> {
    let mut why = String::new();
    for level in Level::ALL {
        match try_out(level) {
            Ok(()) => return Ok(level),
            Err(error) => why.push_str(&format!("\n  level {level}: {error}")),
        }
    }
    Err(format!("no level of isolation works on this machine:{why}"))
}

/// Whether a program runs at this level, and can't read a file outside of its policy.
fn try_out(level: Level) -> io::Result<()> {
    const MEMORY: u64 = 1 << 30;
    let policy = Policy {
        level,
        read: system_libraries(),
        execute: vec!["/bin/cat".into()],
        write: None,
        starts_programs: false,
        limits: Limits { memory: MEMORY, cpu: 10, file: 0, open_files: 16 },
    };
    let mut secret = tempfile::NamedTempFile::new()?;
    io::Write::write_all(&mut secret, b"secret")?;
    let run = |file: &Path| -> io::Result<Vec<u8>> {
        let channels =
            Channels { stdin: Stdio::null(), stdout: Stdio::piped(), ..Channels::none() };
        let mut confined = spawn(Command::new("/bin/cat").arg(file), &policy, channels)?;
        let mut output = Vec::new();
        if let Some(mut stdout) = confined.child().stdout.take() {
            stdout.read_to_end(&mut output)?;
        }
        Ok(output)
    };
    if run(Path::new("/dev/null"))? != b"" {
        return Err(io::Error::other("a program that prints nothing has printed something"));
    }
    if level < Level::C && run(secret.path())? != b"" {
        return Err(io::Error::other("a file that it was not given can be read"));
    }
    Ok(())
}

/// The files that every program needs to be loaded.
pub fn system_libraries() -> Vec<PathBuf> {
    let all =
        ["/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/etc/ld.so.cache"];
    all.iter().map(PathBuf::from).filter(|path| path.exists()).collect()
}

/// The loaders of programs. Executing a program also executes its loader.
fn loaders() -> Vec<PathBuf> {
    let entries = ["/lib", "/lib64"].iter().flat_map(std::fs::read_dir).flatten().flatten();
    let is_loader = |name: &OsString| name.as_encoded_bytes().starts_with(b"ld-");
    entries.filter(|entry| is_loader(&entry.file_name())).map(|entry| entry.path()).collect()
}
