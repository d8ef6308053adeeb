//! How a process died, by its exit status and its last output.

use std::process::ExitStatus;

use crate::trace::Death;

/// On Windows, an exit code from here on stands for an exception.
const EXCEPTION: u32 = 0xC000_0000;

/// How a process died, by its exit status and what it printed.
pub(super) fn death(status: ExitStatus, output: &[u8]) -> Death {
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

/// How a signal ended a process. A program without `unsafe` code can abort. The system can also end it for something
/// that it did, such as a wrong memory access, or going beyond a limit. It can't send itself any other signal. So all
/// other signals come from outside: from the system when memory runs out, or from a person.
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
