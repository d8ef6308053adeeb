//! What differs between operating systems: terminals, keys, pipes, and processes with their children.

use std::process::{Child, Command};
use std::time::Duration;

/// The columns and lines of the terminal on standard output; `None` if it is not a terminal.
pub fn terminal_size() -> Option<(usize, usize)> {
    imp::terminal_size()
}

/// Gives a process, and all processes that it will start, a group of their own, so that [`kill_group`] ends them
/// together.
pub fn in_own_group(command: &mut Command) -> &mut Command {
    imp::in_own_group(command);
    command
}

/// Ends a process that was started by [`in_own_group`], together with all processes that it started. On systems without
/// groups, it ends only the process itself.
pub fn kill_group(child: &mut Child) {
    imp::kill_group(child);
    // both fail only if it has ended already
    let _ = child.kill();
    let _ = child.wait();
}

/// Makes the terminal deliver keys as they are pressed. When this is dropped, the terminal is as before.
pub struct KeyByKey {
    _saved: imp::SavedSettings,
}

impl KeyByKey {
    /// Starts it; `None` if the system (or this program) can't do it. Then keys arrive only after Enter.
    pub fn start() -> Option<Self> {
        imp::key_by_key().map(|before| Self { _saved: before })
    }
}

/// The processor time that all threads of this process have used.
pub fn cpu_time() -> Duration {
    #[cfg(unix)]
    return read(rustix::time::ClockId::ProcessCPUTime);
    #[cfg(not(unix))]
    cpu_time::ProcessTime::now().as_duration()
}

/// The processor time that this thread has used.
pub fn cpu_time_of_thread() -> Duration {
    #[cfg(unix)]
    return read(rustix::time::ClockId::ThreadCPUTime);
    #[cfg(not(unix))]
    cpu_time::ThreadTime::now().as_duration()
}

#[cfg(unix)]
fn read(clock: rustix::time::ClockId) -> Duration {
    let used = rustix::time::clock_gettime(clock);
    let seconds = u64::try_from(used.tv_sec).unwrap_or_default();
    let nanoseconds = u32::try_from(used.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanoseconds)
}

/// Tells for how long the first thread of this process has been ready to run, but had to wait for a processor.
#[derive(Debug)]
pub struct ProcessorQueue {
    #[cfg(target_os = "linux")]
    file: Option<std::fs::File>,
}

impl ProcessorQueue {
    /// The queue of the calling process. (A process that it forks later has a queue of its own.)
    pub fn of_this_process() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            file: std::fs::File::open("/proc/self/schedstat").ok(),
        }
    }

    /// The time in the queue since the process began; `None` where the system does not tell.
    pub fn waited(&self) -> Option<Duration> {
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::fs::FileExt;
            let mut text = [0; 64];
            let length = self.file.as_ref()?.read_at(&mut text, 0).ok()?;
            // the time on a processor, the time in the queue (both in nanoseconds), the number of turns
            let queued = std::str::from_utf8(&text[..length]).ok()?.split(' ').nth(1)?;
            Some(Duration::from_nanos(queued.parse().ok()?))
        }
        #[cfg(not(target_os = "linux"))]
        None
    }
}

/// How many threads this process has; `None` if the system can't tell.
pub fn threads() -> Option<usize> {
    // each thread is a folder, so their parent folder has a link for each of them, and two links of its own; reading
    // that number takes a tenth of the time that the kernel needs to describe the process
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        let tasks = std::fs::metadata("/proc/self/task").ok()?;
        usize::try_from(tasks.nlink()).ok()?.checked_sub(2)
    }
    #[cfg(not(target_os = "linux"))]
    num_threads::num_threads().map(usize::from)
}

/// The reading ends of pipes to which a process writes.
pub struct Pipes(imp::Pipes);

impl Pipes {
    /// Standard output and standard error of `child`, as far as they are pipes.
    pub fn of(child: &mut Child) -> Self {
        Self(imp::pipes(child))
    }

    /// These reading ends. (They are read without any further thread, so that the reading process may fork.)
    #[cfg(unix)]
    pub fn new(ends: Vec<std::os::fd::OwnedFd>) -> Self {
        Self(ends.into_iter().map(std::fs::File::from).collect())
    }

    /// Waits up to `timeout` for output, and passes the first that comes to `take`. True once all pipes are closed.
    pub fn read(&mut self, timeout: Duration, take: impl FnMut(&[u8])) -> bool {
        imp::read(&mut self.0, timeout, take)
    }
}

#[cfg(unix)]
mod imp {
    use std::fs::File;
    use std::io::Read;
    use std::os::fd::OwnedFd;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, Signal, kill_process_group};
    use rustix::termios::{
        LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr,
    };

    pub fn in_own_group(command: &mut Command) {
        command.process_group(0);
    }

    pub fn kill_group(child: &Child) {
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }

    pub fn terminal_size() -> Option<(usize, usize)> {
        let size = tcgetwinsize(std::io::stdout()).ok()?;
        // a terminal that does not know its size reports zero
        (size.ws_col > 0 && size.ws_row > 0).then(|| (size.ws_col.into(), size.ws_row.into()))
    }

    pub type Pipes = Vec<File>;

    pub fn pipes(child: &mut Child) -> Pipes {
        let stdout = child.stdout.take().map(OwnedFd::from);
        let stderr = child.stderr.take().map(OwnedFd::from);
        stdout.into_iter().chain(stderr).map(File::from).collect()
    }

    pub fn read(pipes: &mut Pipes, timeout: Duration, mut take: impl FnMut(&[u8])) -> bool {
        if pipes.is_empty() {
            return true;
        }
        let mut waiting: Vec<_> =
            pipes.iter().map(|pipe| PollFd::new(pipe, PollFlags::IN)).collect();
        let timeout = Timespec::try_from(timeout).ok();
        // a signal ends the wait early, as a timeout does
        if poll(&mut waiting, timeout.as_ref()).unwrap_or(0) == 0 {
            return false;
        }
        let ready: Vec<bool> = waiting.iter().map(|pipe| !pipe.revents().is_empty()).collect();
        let mut ready = ready.into_iter();
        let mut buffer = [0; 1 << 16];
        pipes.retain_mut(|pipe| {
            if !ready.next().unwrap_or(false) {
                return true;
            }
            let n = pipe.read(&mut buffer).unwrap_or(0);
            take(&buffer[..n]);
            n > 0
        });
        pipes.is_empty()
    }

    pub struct SavedSettings(Termios);

    impl Drop for SavedSettings {
        fn drop(&mut self) {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.0);
        }
    }

    pub fn key_by_key() -> Option<SavedSettings> {
        let before = tcgetattr(std::io::stdin()).ok()?;
        let mut raw = before.clone();
        // ^C also arrives as a key, so that the program can restore the terminal
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(std::io::stdin(), OptionalActions::Now, &raw).ok()?;
        Some(SavedSettings(before))
    }
}

#[cfg(not(unix))]
mod imp {
    use std::io::Read;
    use std::process::{Child, Command};
    use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
    use std::time::Duration;

    pub fn in_own_group(_: &mut Command) {}

    pub fn kill_group(_: &Child) {}

    pub fn terminal_size() -> Option<(usize, usize)> {
        let (width, height) = terminal_size::terminal_size()?;
        Some((width.0.into(), height.0.into()))
    }

    pub type Pipes = Receiver<Vec<u8>>;

    pub fn pipes(child: &mut Child) -> Pipes {
        let (sender, chunks) = channel();
        if let Some(pipe) = child.stdout.take() {
            forward(pipe, sender.clone());
        }
        if let Some(pipe) = child.stderr.take() {
            forward(pipe, sender);
        }
        chunks
    }

    fn forward(mut pipe: impl Read + Send + 'static, to: Sender<Vec<u8>>) {
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = pipe.read(&mut buffer) {
                if to.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
    }

    pub fn read(chunks: &mut Pipes, timeout: Duration, mut take: impl FnMut(&[u8])) -> bool {
        match chunks.recv_timeout(timeout) {
            Ok(chunk) => take(&chunk),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return true,
        }
        false
    }

    pub struct SavedSettings;

    pub fn key_by_key() -> Option<SavedSettings> {
        None
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    #[test]
    fn a_group_is_ended_with_all_processes_that_were_started_in_it() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo started; wait"]).stdout(Stdio::piped());
        let mut child = in_own_group(&mut command).spawn().unwrap();
        let mut pipe = child.stdout.take().unwrap();
        let mut said = [0; 8];
        pipe.read_exact(&mut said).unwrap();
        kill_group(&mut child);
        // the pipe is closed when no process holds it any more, not even the `sleep`
        assert_eq!(pipe.read(&mut said).unwrap(), 0);
    }

    #[test]
    fn both_pipes_are_read_to_their_ends() {
        let mut child = Command::new("sh")
            .args(["-c", "head -c 200000 /dev/zero; sleep 0.05; echo late >&2"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut pipes = Pipes::of(&mut child);
        let mut said = Vec::new();
        while !pipes.read(Duration::from_secs(5), |chunk| said.extend_from_slice(chunk)) {}
        assert_eq!(said.len(), 200_005);
        assert!(said.ends_with(b"late\n"));
        child.wait().unwrap();
    }
}
