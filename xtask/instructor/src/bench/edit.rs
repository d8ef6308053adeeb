//! Measures the time from an edit to its verdict, or to the compiler's message.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use checker::tasks::{TASKS, Task};
use checker::verdict::Outcome;
use xtask::build::Builder;
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::workspace::Workspace;

use super::measure::{Contestant, Measured, in_turns, timed};
use super::report::{Compared, Goal};
use super::resident::Resident;
use crate::course_copy::{CourseCopy, run};

/// The task that is edited: it builds on another one.
const TASK: &Task = TASKS[1];

/// Tests of values, as everybody writes them, for comparison. They don't know what a program did.
const VALUES: &str = "\
use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

#[tokio::test(start_paused = true)]
async fn delays_are_sorted() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let delays = wait_n(&mut rng, 10, Duration::from_secs(1)).await;
    assert!(delays.len() == 10 && delays.is_sorted());
}
";

/// Measures the time from saving a file to its verdict.
pub fn verdict(original: &Workspace, rounds: usize) -> Result<Compared> {
    let course = CourseCopy::new(original, "course")?;
    let plain = CourseCopy::with_default_profile(original, "plain")?;
    let tests = plain.workspace.crate_dir(TASK).join("tests/values.rs");
    std::fs::write(&tests, VALUES).with_context(|| format!("cannot write {}", tests.display()))?;
    let solution = CourseCopy::solution(original, TASK)?;
    let edit = |copy: &CourseCopy| copy.write(TASK, &copy.edited(&solution));

    let mut by_kit = Resident::start(&course, Builder::Kit)?;
    let mut by_cargo = Resident::start(&course, Builder::Cargo)?;
    let floor = Floor::new(&course)?;
    let rustlings = Rustlings::find(&course, &solution)?;

    let mut all = vec![
        Contestant::new(KIT, |_| {
            edit(&course)?;
            Ok(timed(|| by_kit.check(TASK, Outcome::Passed))?.1)
        }),
        Contestant::new("cargo xtask check 2, by the kit", |_| {
            edit(&course)?;
            Ok(timed(|| run(&mut course.xtask(&["check", "2"]), 0))?.1)
        }),
        Contestant::new("watch, by cargo", |_| {
            edit(&course)?;
            Ok(timed(|| by_cargo.check(TASK, Outcome::Passed))?.1)
        }),
        Contestant::new(CARGO_TEST, |_| {
            edit(&plain)?;
            Ok(timed(|| run(&mut plain.cargo("test", &["-p", TASK.name]), 0))?.1)
        }),
        Contestant::new(BY_CARGO, |_| {
            edit(&plain)?;
            Ok(timed(|| run(&mut plain.xtask(&["check", "2", "--builder", "cargo"]), 0))?.1)
        }),
        Contestant::new(CARGO_VALUES, |_| {
            edit(&plain)?;
            let args = ["-p", TASK.name, "--test", "values"];
            Ok(timed(|| run(&mut plain.cargo("test", &args), 0))?.1)
        }),
        Contestant::new(EMPTY, |_| Ok(timed(|| floor.empty())?.1)),
        Contestant::new(OBJECT, |_| {
            edit(&course)?;
            floor.to_object()
        }),
    ];
    if let Some(rustlings) = &rustlings {
        all.push(Contestant::new("rustlings run, with a test of values", |_| {
            rustlings.edit(&course.edited(&solution))?;
            rustlings.run()
        }));
    }
    Ok(ratios_of_verdicts(in_turns(rounds, all)?))
}

fn ratios_of_verdicts(measured: Vec<Measured>) -> Compared {
    Compared::new("From an edit to its verdict (task 2)", "ms", measured)
        .ratio(KIT, CARGO_TEST, Some(Goal::AtMost(0.28)))
        .ratio(KIT, BY_CARGO, Some(Goal::AtMost(0.28)))
        .ratio(KIT, CARGO_VALUES, None)
        .ratio("cargo xtask check 2, by the kit", CARGO_TEST, None)
        .ratio("watch, by cargo", CARGO_TEST, None)
        .ratio(KIT, "rustlings run, with a test of values", None)
        .ratio(KIT, EMPTY, None)
        .ratio(KIT, OBJECT, None)
        .ratio(CARGO_TEST, OBJECT, None)
}

const KIT: &str = "watch, by the kit";
const CARGO_TEST: &str = "cargo test -p concurrent-coroutines";
const BY_CARGO: &str = "cargo xtask check 2, by cargo and its own profile";
const CARGO_VALUES: &str = "cargo test of values alone";
const EMPTY: &str = "floor: rustc, an empty crate";
const OBJECT: &str = "floor: rustc, the file to object code";

/// Measures the time from saving a file that does not compile to the compiler's message.
pub fn error(original: &Workspace, rounds: usize) -> Result<Compared> {
    let course = CourseCopy::new(original, "course")?;
    let plain = CourseCopy::with_default_profile(original, "plain")?;
    let solution = CourseCopy::solution(original, TASK)?;
    let broken = |copy: &CourseCopy| {
        let text =
            copy.edited(&solution).replace("let waits", "let wrong: u8 = \"text\"; let waits");
        copy.write(TASK, &text)
    };
    let mut by_kit = Resident::start(&course, Builder::Kit)?;
    let measured = in_turns(
        rounds,
        vec![
            Contestant::new(KIT, |_| {
                broken(&course)?;
                Ok(timed(|| by_kit.check(TASK, Outcome::DidNotCompile))?.1)
            }),
            Contestant::new("cargo check", |_| {
                broken(&plain)?;
                Ok(timed(|| run(&mut plain.cargo("check", &["-p", TASK.name]), 101))?.1)
            }),
            Contestant::new(CARGO_TEST, |_| {
                broken(&plain)?;
                Ok(timed(|| run(&mut plain.cargo("test", &["-p", TASK.name]), 101))?.1)
            }),
        ],
    )?;
    for copy in [&course, &plain] {
        copy.write(TASK, &solution)?;
    }
    Ok(Compared::new(
        "From an edit that does not compile to the compiler's message",
        "ms",
        measured,
    )
    .ratio(KIT, "cargo check", Some(Goal::AtMost(0.6)))
    .ratio(KIT, CARGO_TEST, None))
}

/// The lower bound for everything that calls the compiler.
struct Floor {
    compilation: Compilation,
    own: Crate,
    scratch: tempfile::TempDir,
}

impl Floor {
    fn new(course: &CourseCopy) -> Result<Self> {
        let kit = Kit::of(&course.workspace, true)?;
        let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
        std::fs::write(scratch.path().join("empty.rs"), "").context("cannot write there")?;
        let own = Crate::in_the_course(&course.workspace, TASK);
        Ok(Self { compilation: Compilation::new(kit), own, scratch })
    }

    fn empty(&self) -> Result<()> {
        let mut rustc = self.compilation.rustc(self.scratch.path());
        let args = ["--crate-type", "rlib", "--emit", "metadata", "--edition", "2024", "empty.rs"];
        run(rustc.args(args), 0).map(drop)
    }

    fn to_object(&self) -> Result<std::time::Duration> {
        let folder = tempfile::tempdir_in(&self.scratch).context("cannot make a folder")?;
        let mut call = self.compilation.to_object(&self.own, folder.path())?;
        Ok(timed(|| run(&mut call, 0))?.1)
    }
}

/// An exercise for rustlings with the same file, if rustlings is installed.
struct Rustlings {
    folder: tempfile::TempDir,
}

impl Rustlings {
    fn find(course: &CourseCopy, solution: &str) -> Result<Option<Self>> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let new = Command::new("rustlings")
            .args(["dev", "new", "--no-git", "ex"])
            .current_dir(&folder)
            .output();
        if !new.is_ok_and(|output| output.status.success()) {
            return Ok(None);
        }
        let own = Self { folder };
        let write = |path: &str, text: &str| {
            std::fs::write(own.dir().join(path), text)
                .with_context(|| format!("cannot write {path}"))
        };
        let dependency = course.workspace.crate_dir(TASKS[0]);
        write(
            "Cargo.toml",
            &format!(
                "bin = []\n\n[package]\nname = \"exercises\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\nbasic-coroutine = {{ path = {:?} }}\nfutures = \"*\"\nrand = \"*\"\nrand_chacha = \"*\"\ntokio = {{ version = \"*\", features = [\"full\", \"test-util\"] }}\n",
                dependency.display().to_string()
            ),
        )?;
        write(
            "info.toml",
            "format_version = 1\n\n[[exercises]]\nname = \"wait_n\"\nhint = \"none\"\n",
        )?;
        std::fs::copy(course.root().join("Cargo.lock"), own.dir().join("Cargo.lock"))?;
        own.edit(solution)?;
        run(
            Command::new("rustlings")
                .args(["dev", "update"])
                .current_dir(own.dir())
                .stdin(Stdio::null()),
            0,
        )?;
        Ok(Some(own))
    }

    fn dir(&self) -> std::path::PathBuf {
        self.folder.path().join("ex")
    }

    fn edit(&self, source: &str) -> Result<()> {
        let tests = VALUES.replace("use concurrent_coroutines::wait_n;\n", "use super::wait_n;\n");
        let source = source.replacen("//!", "//", 1);
        let text = format!("{source}\nfn main() {{}}\n\n#[cfg(test)]\nmod tests {{\n{tests}}}\n");
        let path = Path::new("exercises").join("wait_n.rs");
        std::fs::write(self.dir().join(path), text).context("cannot write the exercise")
    }

    fn run(&self) -> Result<std::time::Duration> {
        let mut command = Command::new("rustlings");
        command.args(["run", "wait_n"]).current_dir(self.dir()).stdin(Stdio::null());
        Ok(timed(|| run(&mut command, 0))?.1)
    }
}
