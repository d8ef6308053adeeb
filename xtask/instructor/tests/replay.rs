//! Judges the known solutions again, by what `cargo xtask selfcheck --record DIR` kept of them, in seconds:
//!
//! ```console
//! $ cargo xtask selfcheck --builder kit --record target/await-and-see/recorded
//! $ AWAIT_AND_SEE_RECORDED=target/await-and-see/recorded cargo test --manifest-path xtask/Cargo.toml --target-dir target -p instructor --test replay -- --ignored
//! ```
//!
//! What runs inside a harness is not tried by this; the self-check is.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use checker::tasks;
use checker::verdict::{Outcome, Verdict};
use instructor::recording::{self, Known};

/// The environment variable that names the folder of recordings, from the root of the workspace.
const RECORDED: &str = "AWAIT_AND_SEE_RECORDED";

#[test]
#[ignore = "needs recordings"]
fn every_known_solution_gets_the_verdict_that_its_header_states() {
    hold(|known| {
        let got = header(&known.recording.verdict()?);
        let stated = sorted(&known.stated);
        (got == stated).then_some(()).ok_or(format!("stated: {stated}, got: {got}"))
    });
}

#[test]
#[ignore = "needs recordings"]
fn what_is_said_of_known_solutions_is_what_was_said_when_they_were_recorded() {
    hold(|known| {
        let task = tasks::by_function(&known.recording.function).ok_or("no such function")?;
        let now = recording::feedback(task, known.recording.verdict()?);
        let differs = known.feedback.lines().zip(now.lines()).find(|(then, now)| then != now);
        match differs {
            Some((then, now)) => Err(format!("then: {then}\n  now:  {now}")),
            None if known.feedback != now => Err("one says more than the other".into()),
            None => Ok(()),
        }
    });
}

/// Has `rule` hold for every recording.
fn hold(rule: impl Fn(&Known) -> Result<(), String> + Sync) {
    let files = Mutex::new(recordings());
    let broken = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(file) = files.lock().unwrap().pop() else { return };
                    if let Err(why) = rule(&read(&file)) {
                        let name = file.file_stem().unwrap_or_default().to_string_lossy();
                        broken.lock().unwrap().push(format!("{name}: {why}"));
                    }
                }
            });
        }
    });
    let broken = broken.into_inner().unwrap();
    assert!(broken.is_empty(), "{} are judged otherwise:\n{}", broken.len(), broken.join("\n"));
}

fn recordings() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os(RECORDED) else {
        panic!("{RECORDED} is to name the folder that `cargo xtask selfcheck --record` has filled");
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{RECORDED}: cannot list {}: {error}", folder.display()));
    let files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "{RECORDED}: nothing is recorded in {}", folder.display());
    files
}

fn read(file: &Path) -> Known {
    let json = std::fs::read(file).unwrap();
    serde_json::from_slice(&json).unwrap_or_else(|error| {
        panic!("{} is of another version ({error}): record again", file.display())
    })
}

/// A verdict as a header states it.
fn header(verdict: &Verdict) -> String {
    let codes: Vec<String> = match verdict.outcome {
        Outcome::Passed => verdict.remarks.iter().map(|remark| remark.code.to_string()).collect(),
        _ => verdict.code().iter().map(ToString::to_string).collect(),
    };
    sorted(&format!("{} {}", verdict.outcome.name().replace('-', " "), codes.join(" ")))
}

/// The words of a header, whose codes stand in any order.
fn sorted(header: &str) -> String {
    let mut words: Vec<&str> = header.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}
