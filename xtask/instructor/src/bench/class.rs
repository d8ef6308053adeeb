//! Measures the grading of a class of submissions.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use checker::contract::request::Options;
use checker::tasks::{TASKS, Task};
use checker::verdict::Outcome;
use checker::verdict::code::Code;
use sandbox::Level;
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::file_tree::FileTree;
use xtask::par_map::par_map;
use xtask::source_override;
use xtask::workbench;
use xtask::workspace::Workspace;

use super::measure::{Contestant, Measured, in_turns, progress, timed};
use super::report::{Compared, Goal};
use crate::builders::crate_of;
use crate::class::confine::Sandbox;
use crate::class::grade::Grader;
use crate::class::intake::{Submission, Taken};
use crate::class::settings::Settings;
use crate::class::store::Store;
use crate::corpus::{self, KnownSolution};
use crate::course_copy::{CourseCopy, run};

/// How many submissions there are, each of one task.
const CLASS: usize = 100;

/// How many of them cargo gets. (It takes equally long for each.)
const FEW: usize = 10;
const FEWEST: usize = 3;

/// The file that a student hands in for a task. No two files are the same.
struct Handed {
    task: &'static Task,
    source: String,
    outcome: Outcome,
}

pub fn measure(original: &Workspace, rounds: usize) -> Result<Compared> {
    let course = CourseCopy::new(original, "course")?;
    let plain = CourseCopy::with_default_profile(original, "plain")?;
    let kit = Kit::of(&course.workspace, true)?;
    let level = sandbox::best_level().map_err(|why| anyhow!(why))?;
    if level != Level::A {
        bail!("this machine isolates at level {level} only, and what is measured is level A");
    }

    let measured = in_turns(
        rounds,
        vec![
            Contestant::new(KIT, |round| {
                let class = class(original, round)?;
                each(CLASS, grade_all(original, kit.clone(), &class)?)
            }),
            Contestant::new(APART, |round| {
                let class = class(original, round)?;
                each(CLASS, grade_apart(original, kit.clone(), level, &class)?)
            }),
            Contestant::new(SHARED, |round| {
                let class = class(original, round)?;
                each(FEW, timed(|| class.iter().take(FEW).try_for_each(|one| test(&plain, one)))?.1)
            }),
        ],
    )?;
    // these take long, so once is enough
    let fresh = in_turns(
        1,
        vec![Contestant::new(FRESH, |round| {
            let class = class(original, round)?;
            let mut elapsed = Duration::ZERO;
            for one in class.iter().take(FEWEST) {
                std::fs::remove_dir_all(plain.target()).context("cannot remove what was built")?;
                elapsed += timed(|| test(&plain, one))?.1;
            }
            each(FEWEST, elapsed)
        })],
    )?;
    let mut measured = measured;
    measured.extend(fresh);
    for task in TASKS {
        plain.write(task, &CourseCopy::solution(original, task)?)?;
    }
    let rate = |name: &str, of: &Measured| {
        let per_second = |ms: f64| 1e3 / ms;
        let mut rate = Measured::of(name, vec![per_second(of.median)]);
        (rate.least, rate.most) = (per_second(of.most), per_second(of.least));
        rate.rounds = of.rounds;
        rate
    };
    let rates = measured.iter().map(|of| rate(&of.name, of)).collect::<Vec<_>>();
    let one_a_second = Measured::of(SECOND, vec![1.0]);
    let all = rates.into_iter().chain([one_a_second]).collect();
    Ok(Compared::new("A class of 100 submissions of one task each", "a second", all)
        .ratio(KIT, SECOND, Some(Goal::AtLeast(12.0)))
        .ratio(APART, SECOND, Some(Goal::AtLeast(10.0)))
        .ratio(APART, KIT, None)
        .ratio(KIT, SHARED, Some(Goal::AtLeast(6.0)))
        .ratio(KIT, FRESH, Some(Goal::AtLeast(100.0))))
}

const KIT: &str = "by the kit, on all processors";
const APART: &str = "the same, isolated at level A";
const SHARED: &str = "by cargo, one target folder (of 10)";
const FRESH: &str = "by cargo, a target folder for each (of 3)";
const SECOND: &str = "one a second";

fn each(number: usize, elapsed: Duration) -> Result<Duration> {
    Ok(elapsed / u32::try_from(number).unwrap_or(1))
}

/// A class of students who hand in all tasks. Half of the files are right, a third is wrong, and the rest does not compile;
/// chance decides which is which. No two files of all rounds are the same. The wrong files have mistakes from the known
/// solutions. Mistakes that only wait for the real clock are left out, because they are no work for the machine.
fn class(original: &Workspace, round: usize) -> Result<Vec<Handed>> {
    let known = corpus::all(original)?;
    let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    let mut class = Vec::with_capacity(CLASS);
    for index in 0..CLASS {
        let task = TASKS[index % TASKS.len()];
        let (outcome, text) = match spread(index) % 6 {
            0..=2 => (Outcome::Passed, CourseCopy::solution(original, task)?),
            3 | 4 => (Outcome::Failed, one_of(&known, task, Outcome::Failed, index)?),
            _ => (Outcome::DidNotCompile, one_of(&known, task, Outcome::DidNotCompile, index)?),
        };
        let source = format!("{text}\n// submission {index} of round {round} at {now}\n");
        class.push(Handed { task, source, outcome });
    }
    Ok(class)
}

/// A number that looks random, but is always the same.
fn spread(index: usize) -> usize {
    (index + 1).wrapping_mul(2_654_435_761) >> 13
}

fn one_of(known: &[KnownSolution], task: &Task, outcome: Outcome, index: usize) -> Result<String> {
    let fits = |one: &&KnownSolution| {
        one.task.number == task.number
            && one.expected.outcome() == outcome
            && !one.expected.codes().contains(&Code::Blocking)
            // one file each
            && !one.lib.ends_with("lib.rs")
    };
    let one = known.iter().filter(fits).cycle().nth(index / TASKS.len());
    let one = one.with_context(|| format!("no known solution of {} is {outcome:?}", task.name))?;
    std::fs::read_to_string(&one.lib).with_context(|| format!("cannot read {}", one.lib.display()))
}

/// Grades a class on top of the solutions, and checks the outcomes.
fn grade_all(original: &Workspace, kit: Kit, class: &[Handed]) -> Result<Duration> {
    let root = original.generated_dir().join("bench/class");
    let solutions = source_override::solutions(original);
    let mut sources = Vec::new();
    let handed_in = original.generated_dir().join("bench/handed-in");
    let mut files = FileTree::default();
    for (index, one) in class.iter().enumerate() {
        files.add(format!("{index}.rs"), one.source.clone());
        sources.push(source_override::SourceOverride {
            task: one.task,
            name: format!("s{index}"),
            lib: handed_in.join(format!("{index}.rs")),
        });
    }
    files.write(&handed_in)?;
    source_override::lay_out(
        original,
        &root,
        &sources.iter().chain(&solutions).collect::<Vec<_>>(),
    )?;
    let options = Options::default();
    let compilation = Compilation::new(kit);
    let (outcomes, elapsed) = timed(|| {
        let students: Vec<_> = sources.chunks(TASKS.len()).collect();
        Ok(par_map(&students, |student| -> Result<Vec<_>> {
            let crates: Vec<Crate> =
                student.iter().map(|source| crate_of(&root, source, &solutions)).collect();
            compilation.prepare(&crates);
            let graded = crates.iter().map(|own| {
                let package = compilation.package(own)?;
                let verdict = workbench::one(own.task, &package, &own.dir(), &options)?;
                Ok(verdict.map(|verdict| verdict.outcome))
            });
            graded.collect()
        }))
    })?;
    let outcomes = outcomes.into_iter().collect::<Result<Vec<_>>>()?;
    for (one, outcome) in class.iter().zip(outcomes.into_iter().flatten()) {
        if outcome != Some(one.outcome) {
            bail!("a submission of {} must be {:?}:\n{}", one.task.name, one.outcome, one.source);
        }
    }
    progress("");
    Ok(elapsed)
}

/// Grades a class as `cargo xtask check --submissions` does, and checks the outcomes.
fn grade_apart(original: &Workspace, kit: Kit, level: Level, class: &[Handed]) -> Result<Duration> {
    let stop = Arc::new(AtomicBool::new(false));
    let sandbox = Sandbox::new(level, kit.clone(), Arc::clone(&stop));
    let folder = original.generated_dir().join("bench/graded");
    let _ = std::fs::remove_dir_all(&folder);
    let settings = Settings::read(original, None, None)?;
    let grader = Grader::new(original, settings, kit, sandbox, 0, Store::new(folder)?, stop)?;
    let taken = |one: &Handed| Taken {
        task: one.task,
        files: [("src/lib.rs".into(), one.source.clone())].into(),
        refused: None,
        notes: Vec::new(),
        nearly: Vec::new(),
    };
    let students: Vec<Submission> = class
        .chunks(TASKS.len())
        .enumerate()
        .map(|(index, files)| Submission {
            name: index.to_string(),
            refused: None,
            tasks: files.iter().map(taken).collect(),
        })
        .collect();
    let (graded, elapsed) = timed(|| Ok(par_map(&students, |student| grader.student(student))))?;
    let mut outcomes = Vec::new();
    for student in graded {
        let student = student.context("nobody has stopped it")?;
        outcomes.extend(student.tasks.iter().map(|task| task.report.verdict.outcome));
    }
    for (one, outcome) in class.iter().zip(outcomes) {
        if outcome != one.outcome {
            bail!(
                "a submission of {} is {outcome:?}, but must be {:?}:\n{}",
                one.task.name,
                one.outcome,
                one.source
            );
        }
    }
    progress("");
    Ok(elapsed)
}

/// Does what a script around cargo would do with one submission.
fn test(plain: &CourseCopy, one: &Handed) -> Result<()> {
    let solution = std::fs::read_to_string(plain.workspace.lib(one.task))?;
    plain.write(one.task, &one.source)?;
    let code = if one.outcome == Outcome::Passed { 0 } else { 1 };
    let number = one.task.number.to_string();
    let tested = run(&mut plain.xtask(&["check", &number, "--builder", "cargo"]), code);
    plain.write(one.task, &solution)?;
    tested.map(drop)
}
