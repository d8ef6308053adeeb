//! Why a built package has no harness that can be run: its own errors, a signature that differs from the contract's, or a
//! future that is not `Send`. A package goes in, and its harness comes out, or the verdict.

use std::path::Path;

use checker::format;
use checker::rules::before_build::NO_UNSAFE;
use checker::source::{Source, signature};
use checker::tasks::Task;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Verdict};

use crate::build::{Harness, Package};

/// The harness of a built package. None, if it could not be built and the package is not the reason.
///
/// # Errors
/// The verdict that says why the package can't be run.
pub fn harness(
    task: &'static Task,
    package: &Package,
    crate_dir: &Path,
) -> std::result::Result<Option<Harness>, Box<Verdict>> {
    if let Some(why) = &package.not_built {
        return Err(Box::new(Verdict::not_judged(why.as_str())));
    }
    if package.library_errors.iter().any(|error| error.contains("`-F unsafe-code`")) {
        // the word comes from a macro of a library
        return Err(not_compiled(Code::Unsafe, NO_UNSAFE, &package.library_errors));
    }
    if !package.library_errors.is_empty() {
        return Err(not_compiled(Code::Compile, "", &package.library_errors));
    }
    if let Some(first) = package.harness_errors.first() {
        let all = package.harness_errors.join("\n");
        let errors = std::slice::from_ref(first);
        let unsendable =
            all.contains("cannot be sent between threads safely") || all.contains("is not `Send`");
        // with other parameters, it is not the requested function at all
        if unsendable && !all.contains("E0061") {
            let why = if all.contains("ThreadRng") {
                "`rand::rng()` is not the generator that it is given, and it can't move to another thread: draw from the parameter `rng`."
            } else {
                "it keeps a value across an `.await` that is not `Send`."
            };
            let text =
                format!("The future of `{}` can't be sent to another thread: {why}", task.function);
            return Err(not_compiled(Code::NotSend, &text, errors));
        }
        return Err(another_signature(task, &Source::read(crate_dir), errors));
    }
    Ok(package.harness.clone())
}

/// The verdict if the student's function has another signature than the contract asks for. If a few words can say the
/// difference, the compiler's words are left out, because they are about the harness, which is not the student's file.
fn another_signature(task: &Task, source: &Source, errors: &[String]) -> Box<Verdict> {
    let asks = format!("The contract asks for\n\n    {}\n\n", task.signature);
    let Some(yours) = source.signature_of(task.function) else {
        let similar = format::nearest(task.function, source.functions());
        let way_out = match similar {
            Some(other) => {
                format!("It has `{other}`: the name has to be `{}`.", task.function)
            }
            None => {
                format!("cargo xtask reset {} restores the stub, and keeps your file.", task.number)
            }
        };
        let text = format!("{asks}but src/lib.rs has no function of that name. {way_out}");
        return not_compiled(Code::Signature, &text, &[]);
    };
    let has = format!("{asks}and src/lib.rs has\n\n    {yours}\n\n");
    let differences = signature::differences(task.signature, &yours);
    if differences.is_empty() && source.imports("tokio", "main") {
        let text = format!(
            "{has}but `#[tokio::main]` above a function makes it an ordinary one, which starts a runtime of its own: remove that line."
        );
        return not_compiled(Code::Signature, &text, &[]);
    }
    if differences.is_empty() {
        let text = format!(
            "{has}The compiler's error is in a line of the checker that calls it, but src/lib.rs has to change."
        );
        return not_compiled(Code::Signature, &text, errors);
    }
    not_compiled(Code::Signature, &format!("{has}{}", differences.join(" ")), &[])
}

fn not_compiled(code: Code, text: &str, errors: &[String]) -> Box<Verdict> {
    let diagnosis = Diagnosis { code, text: text.into(), place: None, call: None };
    let compiler = (!errors.is_empty()).then(|| errors.join("\n"));
    Box::new(Verdict { compiler, ..Verdict::of(diagnosis) })
}
