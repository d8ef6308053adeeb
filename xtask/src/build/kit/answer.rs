//! From the end of a call of the compiler to its answer: success and messages, or the reason why there is no answer about the
//! sources (the machine, a lost library, a linker).

use std::io;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::compiled::Lib;
use super::ended::Ended;
use crate::build::fault::MachineFault;
use crate::build::message::{Message, plain};

/// Checks that all the compiler's errors are about sources. An error about no file (a missing linker, a full disk) is not
/// the student's mistake. And if the compiler can't find a file, cargo's way of building may find it.
pub fn of_the_sources(messages: &[Message]) -> Result<()> {
    let other = |message: &&Message| {
        let unread = message.message.contains("couldn't read");
        let not_utf8 = message.message.contains("UTF-8");
        let of_no_file = message.spans.is_empty() && !message.counts() && !message.ended_early;
        message.level == "error" && !not_utf8 && (unread || of_no_file)
    };
    match messages.iter().find(other) {
        Some(message) if message.message.contains("couldn't read") => {
            Err(Unread(message.message.clone()).into())
        }
        Some(message) => {
            if let Some(text) = is_unlinked(message) {
                return Err(Unlinked(text).into());
            }
            // the notes say what is wrong with a linker or a disk
            bail!("the compiler says: {}", plain(message.edited(None).trim_end()))
        }
        None => Ok(()),
    }
}

/// Whether the linker failed for a reason that the runner can repair.
pub(super) fn needs_the_runner(messages: &[Message]) -> bool {
    cfg!(target_os = "linux") && messages.iter().any(|message| is_unlinked(message).is_some())
}

/// Whether the linker reports a hidden symbol. (Linkers say it in different words.)
fn is_unlinked(message: &Message) -> Option<String> {
    let may_be = message.level == "error" && message.spans.is_empty();
    let text = may_be.then(|| plain(message.edited(None).trim_end()))?;
    text.contains("hidden symbol").then_some(text)
}

/// The error that a source names a file that the compiler can't read. (The text is the compiler's.)
#[derive(Debug)]
pub struct Unread(pub String);

impl std::error::Error for Unread {}

/// The error that a source uses a `#[track_caller]` function of a library as a function pointer (`let timer: fn(_) -> _ =
/// sleep`), and the runner can't help: the compiler uses a name that no shared library can have. cargo can link it, because
/// it links without a shared library.
#[derive(Debug)]
pub struct Unlinked(pub String);

impl std::error::Error for Unlinked {}

impl std::fmt::Display for Unlinked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the linker says: {}", self.0)
    }
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the compiler says: {}", self.0)
    }
}

/// The crate among `libraries` that the compiler did not find, though it was compiled: something has removed it, or a part
/// of it. No source can be the reason, so this must not be kept as an answer about one.
pub(super) fn lost<'l>(messages: &[Message], libraries: &'l [Arc<Lib>]) -> Option<&'l str> {
    const NOT_FOUND: &str = "E0463";
    let not_found =
        |message: &&Message| message.code.as_ref().is_some_and(|code| code.code == NOT_FOUND);
    messages.iter().filter(not_found).find_map(|message| {
        let names = |lib: &&Arc<Lib>| message.message.contains(&format!("`{}`", lib.krate));
        libraries.iter().find(names).map(|lib| lib.krate.as_str())
    })
}

/// The result of a call. It is a fault of the machine, if the compiler did not find one of these `libraries`.
pub(super) fn unless_lost(ended: Ended, libraries: &[Arc<Lib>]) -> Ended {
    let Ended::Answered { success: false, messages } = &ended else { return ended };
    let Some(krate) = lost(messages, libraries) else { return ended };
    Ended::Failed(format!(
        "The compiler did not find the compiled crate `{krate}`. Something removed it while this command ran: run the same command again."
    ))
}

/// The compiler's answer: whether it succeeded, and its messages. If the `first` call gave no answer, it is made once more.
///
/// # Errors
/// A [`MachineFault`], if the machine prevents an answer again.
pub(super) fn answer(
    first: io::Result<Ended>,
    again: impl FnOnce() -> io::Result<Ended>,
) -> Result<(bool, Vec<Message>)> {
    let ended = match first {
        Ok(Ended::Failed(_) | Ended::Crashed(_)) => again(),
        // (not after ^C: the user does not want another try)
        Err(error) if error.kind() != io::ErrorKind::Interrupted => again(),
        first => first,
    };
    match ended {
        Ok(Ended::Answered { success, messages }) => Ok((success, messages)),
        Ok(Ended::OverLimit(why) | Ended::Crashed(why)) => {
            Ok((false, vec![Message::ended_early(why)]))
        }
        Ok(Ended::Failed(why)) => Err(MachineFault(format!("{why} (It was tried twice.)")).into()),
        Err(error) => {
            let why = format!("The compiler can't be started: {error}. (It was tried twice.)");
            Err(MachineFault(why).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::kit::compiled::Compiled;

    #[test]
    fn a_compiled_crate_that_is_not_found_is_no_answer_about_a_source() {
        let message = |code: &str, krate: &str| -> Message {
            let text = format!("can't find crate for `{krate}`");
            let json = serde_json::json!({
                "level": "error", "message": text, "code": {"code": code}, "rendered": text,
            });
            serde_json::from_value(json).unwrap()
        };
        let lib = Arc::new(Lib {
            folder: "built/a".into(),
            name: "a".into(),
            compiled: Compiled::default(),
            krate: "basic_coroutine".into(),
        });
        let of = |code, krate| {
            let messages = vec![message(code, krate)];
            unless_lost(Ended::Answered { success: false, messages }, std::slice::from_ref(&lib))
        };
        assert!(matches!(of("E0463", "basic_coroutine"), Ended::Failed(_)));
        assert!(matches!(of("E0463", "itertools"), Ended::Answered { .. }), "nobody compiled it");
        assert!(matches!(of("E0432", "basic_coroutine"), Ended::Answered { .. }));
    }
}
