//! `cargo xtask selfcheck`: the course checks itself.
//!
//! Every stub, solution and mistake becomes a crate of its own in a generated workspace. One call of cargo builds all of
//! them, and each is judged like a student's file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use checker::show::{self, Style};
use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;
use checker::verdict::{TaskReport, Verdict};
use clap::Args;

use crate::builders::{Builders, Checked, Traces};
use crate::complete;
use crate::corpus::{self, Expected, KnownSolution};
use xtask::build::{Builder, cargo};
use xtask::commands::hint;
use xtask::say;
use xtask::side_by_side::{processors, side_by_side, side_by_side_by};
use xtask::stage;
use xtask::variant::{self, SOLUTION, Variant};
use xtask::workspace::Workspace;

/// Check the course itself: stubs, solutions, known solutions, lessons, snapshots
#[derive(Args)]
pub struct Selfcheck {
    /// Show every verdict as a student sees it, not only the wrong ones
    #[arg(long)]
    verbose: bool,
    /// Only stubs, solutions and known solutions whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Use only this builder, instead of comparing both
    #[arg(long, value_enum)]
    builder: Option<Builder>,
    /// Compare the builders only with a sample: the solutions, and one stub or mistake for each verdict
    #[arg(long, conflicts_with = "builder")]
    sample: bool,
    /// Require that the tasks' own files are the stubs, as in a fresh clone
    #[arg(long)]
    pristine: bool,
    /// Record in this folder what each of them did, for xtask/instructor/tests/replay.rs
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
}

/// A stub, a reference solution or a known solution, and the verdict that it must get.
struct Known {
    variant: Variant,
    expected: Expected,
}

impl Selfcheck {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let incomplete = complete::problems(&workspace);
        if !incomplete.is_empty() {
            // the rest reads these files
            bail!("the course is incomplete:\n  {}", incomplete.join("\n  "));
        }
        let corpus = corpus::all(&workspace)?;
        let mut problems = crates(&workspace, self.pristine)?;
        problems.extend(uncovered(&corpus));
        problems.extend(rules_without_runs());
        let known = known(&workspace, corpus);
        let root = stage::own_folder(&workspace).join("selfcheck");
        let variants: Vec<&Variant> = known.iter().map(|known| &known.variant).collect();
        variant::lay_out(&workspace, &root, &variants)?;
        // the packages have names of their own, so they can share what is built for the course
        let target = workspace.root.join("target");

        let wanted = |known: &&Known| {
            self.only.as_ref().is_none_or(|text| path(&known.variant).contains(text.as_str()))
        };
        let asked: Vec<&Known> = known.iter().filter(wanted).collect();
        if let Some(text) = self.only.as_ref().filter(|_| asked.is_empty()) {
            bail!(
                "no stub, solution or mistake has `{text}` in its name; a name looks like 02-concurrent-coroutines/join-all"
            );
        }
        let crates: Vec<(String, PathBuf)> = asked
            .iter()
            .map(|Known { variant, .. }| (variant.package(), root.join(variant.folder())))
            .collect();
        let sample = self.sample.then(|| sample(&asked));
        let solutions = variant::solutions(&workspace);
        let builders = Builders::new(
            &workspace,
            root.clone(),
            &target,
            &crates,
            sample.as_ref(),
            self.builder,
            solutions,
        )?;
        for Known { variant, .. } in asked.iter().filter(|known| known.variant.name == SOLUTION) {
            let public = variant.task.plan(0).public;
            let names = public.into_iter().map(|scenario| scenario.name).collect();
            problems.extend(snapshots(&workspace, variant.task, names)?);
        }
        side_by_side(&students(&asked), |files| builders.prepare(files));
        let checked = check(&builders, &asked);
        if let Some(folder) = &self.record {
            record(&builders, &asked, folder)?;
        }

        let (mut passed, mut failed) = (0, 0);
        let mut traces = Vec::new();
        for (known, checked) in asked.into_iter().zip(checked) {
            let Known { variant, expected } = known;
            let Checked { verdict, difference, traces: own_traces } = checked?;
            if let Some(difference) = difference {
                problems
                    .push(format!("{} differs between builders:\n{difference}", variant.package()));
            }
            if own_traces == Some(Traces::Differ) {
                problems.push(format!(
                    "{} behaves differently if the kit builds it",
                    variant.package()
                ));
            }
            traces.extend(own_traces);
            let got = Expected::of(&verdict);
            // the others are compared with the solution, so it must look as expected with every seed
            let as_expected = verdict.pending.is_empty() && verdict.unlike_reference.is_empty();
            let right = got == *expected && (variant.name != SOLUTION || as_expected);
            if right {
                passed += 1
            } else {
                failed += 1
            }
            if self.verbose || !right {
                say(&line(known, &verdict, &got, right));
            }
            if self.verbose {
                let report = TaskReport::new(variant.task, verdict);
                say(&(show::explanation(&report, Style::plain()) + "\n"));
            }
        }
        if self.only.is_none() {
            problems.extend(lessons(&root, &target)?);
        }
        for problem in &problems {
            say(&format!("  ✗ {problem}\n"));
        }
        failed += problems.len();
        if !traces.is_empty() {
            let count = |what| traces.iter().filter(|traces| **traces == what).count();
            say(&format!(
                "\nBuilt by cargo and by the kit: {} do the same in every public run, {} do something else each time, {} don't\nend or were not built.\n",
                count(Traces::Equal),
                count(Traces::ByThemselves),
                count(Traces::None)
            ));
        }
        say(&format!("\nselfcheck: {passed} passed, {failed} failed\n"));
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Groups known solutions into students with one file for each task. Each student is compiled in one call, as in a class.
/// Only every second group is returned: the other solutions are compiled file by file, as in a student's own workspace.
fn students<'a>(known: &[&'a Known]) -> Vec<Vec<&'a Variant>> {
    let mut students: Vec<Vec<&Variant>> = Vec::new();
    for task in TASKS {
        let of_task = known.iter().filter(|known| known.variant.task.number == task.number);
        for (at, known) in of_task.enumerate() {
            if at == students.len() {
                students.push(Vec::new());
            }
            students[at].push(&known.variant);
        }
    }
    students.into_iter().step_by(2).collect()
}

/// The packages with which `--sample` compares the builders: the solutions, one more right solution of each task, and one
/// for each other verdict, taken from all tasks in turn.
fn sample(known: &[&Known]) -> BTreeSet<String> {
    let is_solution = |known: &&&Known| known.variant.name == SOLUTION;
    let mut sample: BTreeSet<String> =
        known.iter().filter(is_solution).map(|known| known.variant.package()).collect();
    let mut by_verdict: BTreeMap<(String, usize), Vec<&Known>> = BTreeMap::new();
    for known in known.iter().filter(|known| !is_solution(known)) {
        let plainly_right = known.expected.is_right() && known.expected.codes().is_empty();
        let task = if plainly_right { known.variant.task.number } else { 0 };
        by_verdict.entry((known.expected.to_string(), task)).or_default().push(known);
    }
    let mut of_task = [0; TASKS.len()];
    for same in by_verdict.into_values() {
        let seldom = |known: &&&Known| of_task[known.variant.task.number - 1];
        if let Some(known) = same.iter().min_by_key(seldom) {
            of_task[known.variant.task.number - 1] += 1;
            sample.insert(known.variant.package());
        }
    }
    sample
}

/// Judges all of `known`. The results are in the same order.
fn check(builders: &Builders, known: &[&Known]) -> Vec<Result<Checked>> {
    // those that may take seconds begin first, so that no processor is busy with one of them at the end
    let mut order: Vec<usize> = (0..known.len()).collect();
    order.sort_by_key(|at| !known[*at].expected.may_take_long());
    // many of them wait for a limit on the real clock: others can be judged meanwhile
    let judge = |at: &usize| (*at, builders.check(&known[*at].variant));
    let mut checked = side_by_side_by(2 * processors(), &order, judge);
    checked.sort_by_key(|(at, _)| *at);
    checked.into_iter().map(|(_, checked)| checked).collect()
}

/// The name of a variant: `02-concurrent-coroutines/join-all`.
fn path(variant: &Variant) -> String {
    format!("{}/{}", variant.task.folder(), variant.name)
}

/// Writes the recording of each of `known` that can be run. Afterwards, `folder` holds nothing else.
fn record(builders: &Builders, known: &[&Known], folder: &Path) -> Result<()> {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let recorded = side_by_side_by(2 * processors(), known, |Known { variant, expected }| {
        let Some(tape) = builders.record(variant, expected.to_string())? else {
            return Ok(());
        };
        let file = folder.join(variant.package()).with_extension("json");
        Ok(std::fs::write(file, serde_json::to_vec(&tape)?)?)
    });
    recorded.into_iter().collect()
}

fn line(known: &Known, verdict: &Verdict, got: &Expected, right: bool) -> String {
    let Known { variant, expected } = known;
    let name = path(variant);
    let said: Vec<&str> =
        verdict.diagnoses.iter().chain(&verdict.remarks).map(|d| d.text.as_str()).collect();
    let ways = verdict.pending.len() + verdict.unlike_reference.len();
    let new = if ways == 0 {
        String::new()
    } else {
        format!(" [{ways} runs with a picture of their own]")
    };
    if right {
        return format!("  ✓ {name:<58} {got}{new}\n      {}\n", said.first().unwrap_or(&""));
    }
    let compiler = verdict.compiler.as_deref().unwrap_or_default();
    format!(
        "  ✗ {name}\n      stated: {expected}\n      got:    {got}{new}\n      {}\n{compiler}",
        said.join("\n      ")
    )
}

/// Problems in the files of the crates: stubs and hints.
fn crates(workspace: &Workspace, pristine: bool) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for task in TASKS {
        let stub = workspace.root.join("checker/stubs").join(format!("{}.rs", task.folder()));
        let stub = std::fs::read_to_string(&stub)
            .with_context(|| format!("cannot read {}", workspace.shown(&stub)))?;
        if pristine && std::fs::read_to_string(workspace.lib(task)).ok() != Some(stub) {
            problems.push(format!("crates/{}/src/lib.rs is not the stub", task.folder()));
        }
        if let Err(error) = hint::hints(workspace, task) {
            problems.push(format!("{error:#}"));
        }
    }
    Ok(problems)
}

/// Snapshots that are pending, belong to no public scenario, or are missing.
fn snapshots(workspace: &Workspace, task: &Task, public: Vec<String>) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let folder = workspace.crate_dir(task).join("tests/snapshots");
    let public: BTreeSet<String> =
        public.iter().map(|scenario| format!("{}@{scenario}", task.function)).collect();
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", workspace.shown(&folder)))?
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".snap") {
            found.insert(stem.split('.').next().unwrap_or(stem).to_string());
        } else {
            let folder = workspace.shown(&folder);
            problems.push(format!("{folder}/{name} is pending: cargo insta review"));
        }
    }
    problems.extend(
        found.difference(&public).map(|name| format!("the snapshot {name} belongs to no scenario")),
    );
    problems.extend(
        public.difference(&found).map(|name| format!("the scenario {name} has no snapshot")),
    );
    Ok(problems)
}

/// Codes that no known solution shows, and tasks with too few of them.
fn uncovered(corpus: &[KnownSolution]) -> Vec<String> {
    let shown: BTreeSet<Code> =
        corpus.iter().flat_map(|known| known.expected.codes()).copied().collect();
    // tests show these: a broken manifest is not a mistake in a source, and some codes are only for submissions
    const ELSEWHERE: [Code; 3] = [Code::Manifest, Code::ExtraCrate, Code::InvalidSubmission];
    let unshown =
        Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code) && !shown.contains(code));
    let mut problems: Vec<String> =
        unshown.map(|code| format!("no known solution in checker/corpus shows {code}")).collect();
    for task in TASKS {
        let of_task = corpus.iter().filter(|known| known.task.number == task.number);
        let (right, wrong): (Vec<_>, Vec<_>) = of_task.partition(|known| known.expected.is_right());
        let (least_wrong, least_right) =
            if task.takes_n && task.number != 3 { (12, 6) } else { (8, 4) };
        if wrong.len() < least_wrong || right.len() < least_right {
            problems.push(format!("{} has {} wrong and {} right known solutions; it needs {least_wrong} and {least_right}", task.name, wrong.len(), right.len()));
        }
    }
    problems
}

/// Rules that could never find anything, because too few of the runs that they need are planned.
fn rules_without_runs() -> Vec<String> {
    // the seed decides how many coroutines some runs have, so a few of them are tried
    const SEEDS: [u64; 4] = [0, 1, 17, 1_234_567_890_123];
    let mut problems = BTreeSet::new();
    for task in TASKS {
        let short = SEEDS.into_iter().flat_map(|seed| task.short_of_runs(seed));
        problems.extend(short.map(|why| format!("{}: {why}", task.name)));
    }
    problems.into_iter().collect()
}

fn known(workspace: &Workspace, corpus: Vec<KnownSolution>) -> Vec<Known> {
    let stated = |stated: &str| stated.parse().expect("a header as in a known solution");
    let stub = |task: &'static Task| {
        let lib = workspace.root.join("checker/stubs").join(format!("{}.rs", task.folder()));
        let variant = Variant { task, name: "stub".into(), lib };
        Known { variant, expected: stated("untouched") }
    };
    let solution = |variant| Known { variant, expected: stated("passed") };
    let of_corpus = |known: KnownSolution| Known {
        variant: Variant { task: known.task, name: known.name, lib: known.lib },
        expected: known.expected,
    };
    TASKS
        .into_iter()
        .map(stub)
        .chain(variant::solutions(workspace).into_iter().map(solution))
        .chain(corpus.into_iter().map(of_corpus))
        .collect()
}

/// Compiles the code blocks of the lessons, which are doctests of the stubs, and also runs the fragments. (The tests of the
/// commands run the whole programs, under virtual time.)
fn lessons(root: &Path, target: &Path) -> Result<Vec<String>> {
    let mut command = cargo::cargo(root, "test", target);
    command.args(["--doc", "--quiet"]);
    for task in TASKS {
        command.args(["-p", &format!("{}--stub", task.name)]);
    }
    let output = command.output().context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Ok(if output.status.success() {
        Vec::new()
    } else {
        vec![format!("a lesson's code does not compile or run:\n{said}")]
    })
}
