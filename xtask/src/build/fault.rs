//! Faults of the machine while something is built: a full disk, a process that the system has ended. They say nothing about
//! the student's code, so they must never become a verdict on it.

use std::fmt;

use super::message::Message;

/// The machine could not build something. The text says why, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct MachineFault(pub String);

impl std::error::Error for MachineFault {}

impl fmt::Display for MachineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What systems and compilers print when the machine can't go on, and what to do about it.
const CAUSES: [(&str, &str); 7] = [
    ("No space left on device", "The disk is full: free some space."),
    ("Disk quota exceeded", "Your disk quota is used up: free some space."),
    (
        "Read-only file system",
        "A folder that the compiler writes to is read-only: make it writable.",
    ),
    ("Input/output error", "A disk does not work as it should: look at the system's log."),
    ("Too many open files", "Too many files are open at the same time: close other programs."),
    (
        "Resource temporarily unavailable",
        "The system starts no more processes: close other programs.",
    ),
    ("Stale file handle", "A network folder has gone away: connect it again."),
];

/// What to do about the fault of the machine that `text` mentions, if it mentions one.
pub fn way_out(text: &str) -> Option<&'static str> {
    CAUSES.iter().find(|(cause, _)| text.contains(cause)).map(|(_, way_out)| *way_out)
}

/// What to do about a process that somebody has killed.
pub const KILLED: &str = "The system ends programs when memory runs out: close other programs, or do less at the same time.";

/// A signal by number and name: `signal 9, SIGKILL`.
pub fn signal(number: i32) -> String {
    let name = match number {
        1 => ", SIGHUP",
        2 => ", SIGINT",
        3 => ", SIGQUIT",
        6 => ", SIGABRT",
        9 => ", SIGKILL",
        11 => ", SIGSEGV",
        15 => ", SIGTERM",
        _ => "",
    };
    format!("signal {number}{name}")
}

/// Whether a program that ends by this signal has most likely crashed by itself, because nobody sends this signal from
/// outside.
pub fn is_a_crash(signal: i32) -> bool {
    const ILLEGAL_INSTRUCTION: i32 = 4;
    const TRAP: i32 = 5;
    const ABORT: i32 = 6;
    const ARITHMETIC: i32 = 8;
    const SEGMENTATION: i32 = 11;
    matches!(signal, ILLEGAL_INSTRUCTION | TRAP | ABORT | ARITHMETIC | SEGMENTATION)
}

/// The fault of the machine that a message of the compiler reports, if it reports one.
///
/// An error with a place in a source belongs to the source. An error without a place may be about the disk or the linker.
/// So may an error about a file that can't be read: it ends with what the system said.
pub fn of_message(message: &Message) -> Option<String> {
    if message.level != "error" {
        return None;
    }
    let text = &message.message;
    if text.contains("couldn't read") {
        let (_, reason) = text.rsplit_once(": ")?;
        return way_out(reason).map(|way_out| format!("The compiler says: {text}. {way_out}"));
    }
    if !message.spans.is_empty() {
        return None;
    }
    let all = message.with_notes();
    if let Some(number) = linkers_signal(&all).filter(|_| is_of_the_linker(message)) {
        return Some(format!("The linker was killed from outside ({}). {KILLED}", signal(number)));
    }
    way_out(&all).map(|way_out| format!("The compiler says: {}. {way_out}", first_line(text)))
}

/// Whether the compiler complains of its linker.
pub fn is_of_the_linker(message: &Message) -> bool {
    message.spans.is_empty() && message.message.starts_with("linking with `")
}

/// The signal that ended the linker, as reported by the compiler, or by a C compiler that calls the linker.
pub fn linkers_signal(message: &str) -> Option<i32> {
    let number = |after: &str| {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    ["failed: signal: ", "terminated with signal "]
        .iter()
        .find_map(|before| number(message.split_once(before)?.1))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(message: &str, note: &str, spans: serde_json::Value) -> Option<String> {
        let children = json!([{"level": "note", "message": note}]);
        let json =
            json!({"level": "error", "message": message, "spans": spans, "children": children});
        of_message(&serde_json::from_value(json).unwrap())
    }

    #[test]
    fn what_only_the_machine_can_do_is_its_fault() {
        let place = json!([{"file_name": "src/lib.rs", "line_end": 1}]);
        for (message, note, says) in [
            ("linking with `cc` failed: signal: 9 (SIGKILL)", "\"cc\"", "killed from outside"),
            (
                "linking with `cc` failed: exit status: 1",
                "collect2: fatal error: ld terminated with signal 9 [Killed]",
                "(signal 9, SIGKILL)",
            ),
            (
                "linking with `rust-lld` failed: exit status: 1",
                "rust-lld: error: failed to write output 'x': No space left on device",
                "free some space",
            ),
            (
                "failed to write lib.rmeta: No space left on device (os error 28)",
                "",
                "disk is full",
            ),
            (
                "could not exec the linker: Resource temporarily unavailable (os error 11)",
                "",
                "proc",
            ),
        ] {
            let fault = of(message, note, json!([]));
            assert!(fault.as_ref().is_some_and(|fault| fault.contains(says)), "{fault:?}");
            assert_eq!(of(message, note, place.clone()), None, "about a place: {message}");
        }
        let read = "couldn't read `src/a.rs`: Too many open files in system (os error 23)";
        assert!(of(read, "", place).is_some());
    }

    #[test]
    fn what_a_source_can_bring_about_is_not() {
        let place = json!([{"file_name": "src/lib.rs", "line_end": 1}]);
        for (message, spans) in [
            ("No space left on device (os error 28)", place.clone()),
            ("couldn't read `No space left on device: a.rs`: No such file (os error 2)", place),
            ("linking with `rust-lld` failed: exit status: 1", json!([])),
        ] {
            assert_eq!(
                of(message, "rust-lld: error: duplicate symbol: a", spans),
                None,
                "{message}"
            );
        }
    }
}
