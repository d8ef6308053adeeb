//! What differs between systems: terminals, keys, and processes with their children.

use std::process::{Child, Command};

/// Columns and lines of the terminal on standard output, if it is one.
pub fn terminal_size() -> Option<(usize, usize)> {
    let (width, height) = terminal_size::terminal_size()?;
    Some((width.0.into(), height.0.into()))
}

/// Gives a process (and all that it will start) a group of its own, so that [`kill_group`] ends them together.
pub fn in_own_group(command: &mut Command) -> &mut Command {
    imp::in_own_group(command);
    command
}

/// Ends a process that was started by [`in_own_group`], with all that it started; on systems without groups, the
/// process alone.
pub fn kill_group(child: &mut Child) {
    imp::kill_group(child);
    // both fail only if it has ended already
    let _ = child.kill();
    let _ = child.wait();
}

/// A terminal that hands over keys as they are pressed, until this is dropped; then it is as it was before.
pub struct KeyByKey {
    _before: imp::Before,
}

impl KeyByKey {
    /// `None` where the system (or this program) can't: keys come after Enter then.
    pub fn start() -> Option<Self> {
        imp::key_by_key().map(|before| Self { _before: before })
    }
}

#[cfg(unix)]
mod imp {
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};

    use rustix::process::{Pid, Signal, kill_process_group};
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    pub fn in_own_group(command: &mut Command) {
        command.process_group(0);
    }

    pub fn kill_group(child: &Child) {
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }

    pub struct Before(Termios);

    impl Drop for Before {
        fn drop(&mut self) {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.0);
        }
    }

    pub fn key_by_key() -> Option<Before> {
        let before = tcgetattr(std::io::stdin()).ok()?;
        let mut raw = before.clone();
        // ^C comes as a key too, so that whoever reads it can put the terminal back
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(std::io::stdin(), OptionalActions::Now, &raw).ok()?;
        Some(Before(before))
    }
}

#[cfg(not(unix))]
mod imp {
    use std::process::{Child, Command};

    pub fn in_own_group(_: &mut Command) {}

    pub fn kill_group(_: &Child) {}

    pub struct Before;

    pub fn key_by_key() -> Option<Before> {
        None
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    #[test]
    fn a_group_is_ended_with_all_that_its_process_started() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo started; wait"]).stdout(Stdio::piped());
        let mut child = in_own_group(&mut command).spawn().unwrap();
        let mut pipe = child.stdout.take().unwrap();
        let mut said = [0; 8];
        pipe.read_exact(&mut said).unwrap();
        kill_group(&mut child);
        // the pipe is closed once nobody holds it any more, the `sleep` neither
        assert_eq!(pipe.read(&mut said).unwrap(), 0);
    }
}
