//! How a call of the compiler ended: with an answer, at a limit, or by a fault of the machine.

use std::process::ExitStatus;

use crate::build::fault::{self, KILLED};
use crate::build::message::Message;

/// How a call of the compiler ended.
pub enum Ended {
    /// It gave an answer.
    Answered { success: bool, messages: Vec<Message> },
    /// A limit stopped it, and would stop it again. The text names the limit.
    OverLimit(String),
    /// It ended by itself without an answer. If this happens twice, the compiled code is the reason.
    Crashed(String),
    /// A fault of the machine prevented an answer. The text says why, and what to do.
    Failed(String),
}

/// The limits of a call.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Seconds of processor time. SIGXCPU ends a program that uses more.
    pub cpu: u64,
    /// Bytes of the largest file that may be written. SIGXFSZ ends a program that writes more.
    pub file: u64,
    /// Bytes of memory. None, if this system can't set such a limit; then a lack of memory may be the machine's.
    pub memory: Option<u64>,
}

/// The signals of the limits, which are the same on Linux and macOS.
const SIGXCPU: i32 = 24;
const SIGXFSZ: i32 = 25;

/// What programs print when they have no more memory. (`Cannot allocate memory` is the system's message.)
const OUT_OF_MEMORY: [&str; 5] = [
    "memory allocation of",
    "out of memory",
    "bad_alloc",
    "memory exhausted",
    "Cannot allocate memory",
];

impl Limits {
    fn by_signal(&self, who: &str, number: i32) -> Option<String> {
        match number {
            SIGXCPU => Some(self.processor_time(who)),
            SIGXFSZ => Some(format!(
                "The {who} was stopped when it wrote a file of more than {} MiB. Look for a constant or a static that is very large.",
                self.file >> 20
            )),
            _ => None,
        }
    }

    /// The message that the limit of processor time stopped `who`.
    pub fn processor_time(&self, who: &str) -> String {
        format!(
            "The {who} was stopped after {} s of processor time. Look for a constant, a macro or a type that makes it compute without end.",
            self.cpu
        )
    }

    fn by_memory(&self, who: &str, output: &str) -> Option<String> {
        let memory = self.memory?;
        OUT_OF_MEMORY.iter().any(|words| output.contains(words)).then(|| {
            format!(
                "The {who} was stopped when it needed more than {} GiB of memory. Look for a constant, a macro or a type that grows without end.",
                memory >> 30
            )
        })
    }
}

impl Ended {
    /// How a compiler ended, by its `status` and its standard error. `limits` are the limits that it had.
    pub fn of(status: ExitStatus, stderr: &[u8], limits: Option<Limits>) -> Self {
        let (messages, other) = split(stderr);
        if let Some(limit) = limits.and_then(|limits| of_the_linker(&limits, &messages)) {
            return Self::OverLimit(limit);
        }
        if let Some(fault) = messages.iter().find_map(fault::of_message) {
            return Self::Failed(fault);
        }
        let complains =
            messages.iter().any(|message| message.level == "error" && !message.counts());
        if status.success() || complains && status.code() == Some(1) {
            return Self::Answered { success: status.success(), messages };
        }
        let number = signal(status);
        let by_signal = |limits: Limits| limits.by_signal("compiler", number?);
        let limit = limits
            .and_then(|limits| by_signal(limits).or_else(|| limits.by_memory("compiler", &other)));
        if let Some(limit) = limit {
            return Self::OverLimit(limit);
        }
        if let Some(way_out) = fault::way_out(&other) {
            return Self::Failed(format!("The compiler says: {}. {way_out}", first_line(&other)));
        }
        if OUT_OF_MEMORY.iter().any(|words| other.contains(words)) {
            return Self::Failed(format!("The compiler has no more memory. {KILLED}"));
        }
        match number {
            // (a program that aborts says why)
            Some(number) if fault::is_a_crash(number) && !(number == 6 && other.is_empty()) => {
                Self::Crashed(format!("The compiler crashed ({}).", fault::signal(number)))
            }
            Some(number) => Self::Failed(format!(
                "The compiler was killed from outside ({}). {KILLED}",
                fault::signal(number)
            )),
            // the errors that it reported before that are shown
            None if complains => Self::Answered { success: false, messages },
            None if other.is_empty() => {
                Self::Failed(format!("The compiler ended without a message ({status})."))
            }
            None => Self::Crashed(format!("The compiler crashed: {}", first_line(&other))),
        }
    }
}

/// The limit that stopped the linker, if one did.
fn of_the_linker(limits: &Limits, messages: &[Message]) -> Option<String> {
    let text = messages.iter().find(|message| fault::is_of_the_linker(message))?.with_notes();
    let by_signal = fault::linkers_signal(&text).map(|number| limits.by_signal("linker", number));
    if let Some(by_signal) = by_signal {
        return by_signal.or_else(|| limits.by_memory("linker", &text));
    }
    let too_large = text.contains("File too large");
    too_large
        .then(|| limits.by_signal("linker", SIGXFSZ))
        .flatten()
        .or_else(|| limits.by_memory("linker", &text))
}

/// The messages in what the compiler wrote.
#[cfg(test)]
pub fn messages(stderr: &[u8]) -> Vec<Message> {
    split(stderr).0
}

/// The messages in what the compiler wrote, and the rest of it.
fn split(stderr: &[u8]) -> (Vec<Message>, String) {
    let (mut messages, mut other) = (Vec::new(), String::new());
    for line in stderr.split(|byte| *byte == b'\n') {
        match serde_json::from_slice(line) {
            Ok(message) => messages.push(message),
            // a truncated message does not come from a dying program
            Err(_) if line.starts_with(b"{\"") => {}
            Err(_) => {
                let line = String::from_utf8_lossy(line);
                other.push_str(line.trim());
                other.push('\n');
            }
        }
    }
    (messages, other.trim().to_string())
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    const LIMITS: Limits = Limits { cpu: 10, file: 128 << 20, memory: Some(4 << 30) };
    const ERROR: &str =
        r#"{"level":"error","message":"no `;`","spans":[{"file_name":"a","line_end":1}]}"#;

    /// How it is classified, with limits and without, as a letter and the text.
    fn of(raw: i32, stderr: &str) -> [String; 2] {
        [Some(LIMITS), None].map(|limits| {
            match Ended::of(ExitStatus::from_raw(raw), stderr.as_bytes(), limits) {
                Ended::Answered { success, messages } => format!("A {success} {}", messages.len()),
                Ended::OverLimit(text) => format!("L {text}"),
                Ended::Crashed(text) => format!("C {text}"),
                Ended::Failed(text) => format!("F {text}"),
            }
        })
    }

    /// How the compiler ends (the raw status, and what it writes), and what that is: with limits, and without.
    const COMPILER: &[(i32, &str, &str, &str)] = &[
        (0, "", "A true 0", "A true 0"),
        (1 << 8, ERROR, "A false 1", "A false 1"),
        (101 << 8, ERROR, "A false 1", "A false 1"),
        // it may have reported some errors, but there may be more
        (
            9,
            ERROR,
            "F The compiler was killed from outside (signal 9, SIGKILL)",
            "F The compiler was",
        ),
        (15, "", "F The compiler was killed", "F The compiler was killed"),
        (1, "", "F The compiler was killed", "F The compiler was killed"),
        (6, "", "F The compiler was killed", "F The compiler was killed"),
        (7, "", "F The compiler was killed", "F The compiler was killed"),
        (24, "", "L The compiler was stopped after 10 s of processor time", "F The compiler was"),
        (25, "", "L The compiler was stopped when it wrote a file of more than 128 MiB", "F The"),
        (
            6,
            "memory allocation of 9 bytes failed",
            "L The compiler was stopped when it needed more than 4 GiB",
            "F The compiler has no more memory",
        ),
        (6, "rustc-LLVM ERROR: out of memory", "L The compiler", "F The compiler has no more"),
        (11, "error: rustc interrupted by SIGSEGV", "C The compiler crashed (signal 11", "C The"),
        (101 << 8, "thread 'rustc' panicked at a.rs", "C The compiler crashed: thread", "C The"),
        (
            101 << 8,
            "failed to spawn thread: Os { code: 11, message: \\\"Resource temporarily unavailable\\\" }",
            "F The compiler says: failed",
            "F The compiler says",
        ),
        (
            1 << 8,
            "LLVM ERROR: IO failure on output stream: No space left on device",
            "F The compiler says: LLVM",
            "F The",
        ),
        (1 << 8, "", "F The compiler ended without a message", "F The compiler ended"),
    ];

    /// How the linker ends (the compiler's message, and its note), and what that is: with limits, and without.
    const LINKER: &[(&str, &str, &str, &str)] = &[
        ("signal: 9 (SIGKILL)", "", "F The linker was killed", "F The linker was"),
        ("signal: 24 (SIGXCPU)", "", "L The linker was stopped after 10 s", "F The linker was"),
        (
            "exit status: 1",
            "ld terminated with signal 25 [x]",
            "L The linker was stopped when it wrote",
            "F The linker",
        ),
        (
            "exit status: 1",
            "ld terminated with signal 9 [Killed]",
            "F The linker was",
            "F The linker",
        ),
        (
            "exit status: 1",
            "lld: cannot open x: File too large",
            "L The linker was stopped when it wrote",
            "A false 1",
        ),
        ("exit status: 1", "duplicate symbol: x", "A false 1", "A false 1"),
    ];

    #[track_caller]
    fn assert_ends(raw: i32, stderr: &str, limited: &str, free: &str) {
        let [within, without] = of(raw, stderr);
        assert!(within.starts_with(limited), "{raw} {stderr}: {within}");
        assert!(without.starts_with(free), "{raw} {stderr}: {without}");
    }

    #[test]
    fn an_answer_is_told_from_a_limit_a_crash_and_a_fault_of_the_machine() {
        for &(raw, stderr, limited, free) in COMPILER {
            assert_ends(raw, stderr, limited, free);
        }
        for &(end, note, limited, free) in LINKER {
            let message = format!(
                r#"{{"level":"error","message":"linking with `cc` failed: {end}","spans":[],"children":[{{"level":"note","message":"{note}"}}]}}"#
            );
            assert_ends(1 << 8, &message, limited, free);
        }
    }

    #[test]
    fn a_truncated_message_is_not_taken_for_the_compilers_last_words() {
        let truncated = format!("{ERROR}\n{}", &ERROR[..30]);
        assert!(
            of(9, &truncated)[0].starts_with("F The compiler was killed"),
            "{:?}",
            of(9, &truncated)
        );
        assert!(of(6, &ERROR[..30])[0].starts_with("F "), "{:?}", of(6, &ERROR[..30]));
    }
}
