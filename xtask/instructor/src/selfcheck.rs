//! `cargo xtask selfcheck`: the course checks itself.
//!
//! Every stub, solution and known solution becomes a crate of its own in a generated workspace. One call of cargo builds all of
//! them, and each is judged like a student's file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};
use checker::contract::request::Limits;
use checker::show::{self, Style};
use checker::tasks::{TASKS, Task};
use checker::verdict::{TaskReport, Verdict};
use clap::Args;

use crate::builders::{Builders, Checked, Traces};
use crate::complete;
use crate::corpus::{self, Expected, KnownSolution};
use crate::rounds::Rounds;
use crate::strength::{self, Strength};
use xtask::build::Builder;
use xtask::commands::check::seconds;
use xtask::par_map::{par_map, par_map_with, processors};
use xtask::say;
use xtask::source_override::{self, SOLUTION, SourceOverride};
use xtask::workspace::Workspace;

mod problems;

/// Check the course itself: stubs, solutions, known solutions, lessons, snapshots
///
/// With --strength, it measures how many faults a check misses. With --rounds, it looks for a right solution that does not pass
/// with some secret.
#[derive(Args)]
pub struct Selfcheck {
    /// Show every verdict as a student sees it, not only the wrong ones
    #[arg(long)]
    verbose: bool,
    /// Only stubs, solutions and known solutions (or faults) whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Use only this builder, instead of comparing both
    #[arg(long, value_enum)]
    builder: Option<Builder>,
    /// Compare the builders only with a sample: the solutions, and one stub or known solution for each verdict
    #[arg(long, conflicts_with = "builder")]
    sample: bool,
    /// Require that the tasks' own files are the stubs, as in a fresh clone
    #[arg(long)]
    pristine: bool,
    /// How many are judged at the same time; by default twice as many as there are processors, because many wait for a limit
    /// (with --strength or --rounds, as many as there are processors)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// How many seconds of real time one run may take
    #[arg(long, default_value = "2", value_name = "SECONDS", value_parser = seconds)]
    limit: Duration,
    /// Record in this folder what each of them did, for xtask/instructor/tests/replay.rs
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
    /// Do this instead: inject faults into the reference solutions, N for each size of region, and count those that pass
    #[arg(long, value_name = "N", conflicts_with_all = ["builder", "sample", "pristine", "record", "verbose"])]
    strength: Option<u16>,
    /// The seed from which the faults and the secrets are drawn
    #[arg(long, value_name = "S", default_value_t = strength::SEED, requires = "strength")]
    strength_seed: u64,
    /// Write each faulty solution that passed into this folder
    #[arg(long, value_name = "DIR", requires = "strength")]
    keep: Option<PathBuf>,
    /// Do this instead: judge every right solution as in a student's check, and as in N classes with different secrets
    #[arg(long, value_name = "N", conflicts_with_all = ["strength", "builder", "sample", "pristine", "record", "verbose"])]
    rounds: Option<u16>,
    /// The seed from which the secrets are made
    #[arg(long, value_name = "S", default_value_t = 0, requires = "rounds")]
    rounds_seed: u64,
}

/// A stub, a reference solution or a known solution, and the verdict that it must get.
struct Known {
    source: SourceOverride,
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
        if let Some(count) = self.strength {
            return self.strength(count).run(&workspace);
        }
        if let Some(count) = self.rounds {
            return self.rounds(count).run(&workspace);
        }
        let corpus = corpus::all(&workspace)?;
        let mut problems = problems::crates(&workspace, self.pristine)?;
        problems.extend(problems::uncovered(&corpus));
        problems.extend(problems::rules_without_runs());
        let known = known(&workspace, corpus);
        let root = workspace.generated_dir().join("selfcheck");
        let sources: Vec<&SourceOverride> = known.iter().map(|known| &known.source).collect();
        source_override::lay_out(&workspace, &root, &sources)?;

        let asked = self.asked(&known)?;
        let sample = self.sample.then(|| sample(&asked));
        let builders = self.builders(&workspace, &root, &asked, sample.as_ref())?;
        problems.extend(problems::snapshots_of_solutions(&workspace, &asked)?);
        par_map(&students(&asked, sample.as_ref()), |files| builders.prepare(files));
        let mut summary = Summary { problems, ..Summary::default() };
        let jobs = self.jobs.map_or(2 * processors(), usize::from);
        for (known, checked) in asked.iter().zip(check(&builders, &asked, jobs)) {
            summary.add(known, checked?, self.verbose);
        }
        if let Some(folder) = &self.record {
            record(&builders, &asked, folder)?;
        }
        if self.only.is_none() {
            summary.problems.extend(problems::lessons(&root, &target(&workspace))?);
        }
        say(&summary.text());
        Ok(if summary.all_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn strength(self, count: u16) -> Strength {
        Strength {
            count: count.into(),
            seed: self.strength_seed,
            only: self.only,
            limits: Limits { scenario: self.limit, ..Limits::default() },
            jobs: self.jobs.map_or_else(processors, usize::from),
            keep: self.keep,
        }
    }

    fn rounds(self, count: u16) -> Rounds {
        Rounds {
            count: count.into(),
            seed: self.rounds_seed,
            only: self.only,
            limits: Limits { scenario: self.limit, ..Limits::default() },
            jobs: self.jobs.map_or_else(processors, usize::from),
        }
    }

    /// Those of `known` that are to be checked.
    fn asked<'a>(&self, known: &'a [Known]) -> Result<Vec<&'a Known>> {
        let wanted = |known: &&Known| {
            self.only.as_ref().is_none_or(|text| path(&known.source).contains(text.as_str()))
        };
        let asked: Vec<&Known> = known.iter().filter(wanted).collect();
        if let Some(text) = self.only.as_ref().filter(|_| asked.is_empty()) {
            bail!(
                "no stub, solution or known solution has `{text}` in its name; a name looks like 02-concurrent-coroutines/join-all"
            );
        }
        Ok(asked)
    }

    /// The builders of those that are asked for; of them, cargo builds only the `sample`, if there is one.
    fn builders(
        &self,
        workspace: &Workspace,
        root: &Path,
        asked: &[&Known],
        sample: Option<&BTreeSet<String>>,
    ) -> Result<Builders> {
        let crates: Vec<(String, PathBuf)> = asked
            .iter()
            .map(|Known { source, .. }| (source.package(), root.join(source.folder())))
            .collect();
        let limits = Limits { scenario: self.limit, ..Limits::default() };
        let builders = Builders::new(
            workspace,
            root.into(),
            &target(workspace),
            &crates,
            sample,
            self.builder,
            source_override::solutions(workspace),
        )?;
        Ok(builders.with_limits(limits))
    }
}

/// Where cargo builds them. The packages have names of their own, so they can share what is built for the course.
fn target(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target")
}

/// What came of all that was checked.
#[derive(Default)]
struct Summary {
    passed: usize,
    failed: usize,
    /// What is wrong besides.
    problems: Vec<String>,
    /// What came of comparing the builders' traces.
    traces: Vec<Traces>,
}

impl Summary {
    /// Takes in what came of one of those that are known, and says it, if it is wrong or `verbose`.
    fn add(&mut self, known: &Known, checked: Checked, verbose: bool) {
        let Known { source, expected } = known;
        let Checked { verdict, difference, traces } = checked;
        if let Some(difference) = difference {
            let problem = format!("{} differs between builders:\n{difference}", source.package());
            self.problems.push(problem);
        }
        if traces == Some(Traces::Differ) {
            let problem = format!("{} does something else if the kit builds it", source.package());
            self.problems.push(problem);
        }
        self.traces.extend(traces);
        let got = Expected::of(&verdict);
        // a solution is what the others are compared with: it must look as expected on every seed
        let as_expected = verdict.pending.is_empty() && verdict.unlike_reference.is_empty();
        let right = got == *expected && (source.name != SOLUTION || as_expected);
        if right {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        if verbose || !right {
            say(&line(known, &verdict, &got, right));
        }
        if verbose {
            let report = TaskReport::new(source.task, verdict);
            say(&(show::explanation(&report, Style::plain()) + "\n"));
        }
    }

    fn all_right(&self) -> bool {
        self.failed == 0 && self.problems.is_empty()
    }

    /// The problems, and how many of each kind there are.
    fn text(&self) -> String {
        let mut text: String =
            self.problems.iter().map(|problem| format!("  ✗ {problem}\n")).collect();
        if !self.traces.is_empty() {
            let count = |what| self.traces.iter().filter(|traces| **traces == what).count();
            text += &format!(
                "\nBuilt by cargo and by the kit: {} do the same in every public run, {} something else each time, {} don't\ncome to an end or were not built.\n",
                count(Traces::Equal),
                count(Traces::ByThemselves),
                count(Traces::None)
            );
        }
        let failed = self.failed + self.problems.len();
        text + &format!("\nselfcheck: {} passed, {failed} failed\n", self.passed)
    }
}

/// Students who hand in what is known, one file for each task, to be compiled as those of a class are: together. What is
/// left is compiled file by file, as in a student's own workspace: the `sample`, for which both builders must do the same,
/// or every other one, if there is no sample.
fn students<'a>(
    known: &[&'a Known],
    sample: Option<&BTreeSet<String>>,
) -> Vec<Vec<&'a SourceOverride>> {
    let alone = |source: &SourceOverride| sample.is_some_and(|all| all.contains(&source.package()));
    let mut students: Vec<Vec<&SourceOverride>> = Vec::new();
    for task in TASKS {
        let of_task = known
            .iter()
            .map(|known| &known.source)
            .filter(|source| source.task.number == task.number && !alone(source));
        for (at, source) in of_task.enumerate() {
            if at == students.len() {
                students.push(Vec::new());
            }
            students[at].push(source);
        }
    }
    let step = if sample.is_some() { 1 } else { 2 };
    students.into_iter().step_by(step).collect()
}

/// The packages with which `--sample` compares the builders: the solutions, one more right solution of each task, and one
/// for each other verdict, taken from all tasks in turn.
fn sample(known: &[&Known]) -> BTreeSet<String> {
    let is_solution = |known: &&&Known| known.source.name == SOLUTION;
    let mut sample: BTreeSet<String> =
        known.iter().filter(is_solution).map(|known| known.source.package()).collect();
    let mut by_verdict: BTreeMap<(String, usize), Vec<&Known>> = BTreeMap::new();
    for known in known.iter().filter(|known| !is_solution(known)) {
        let plainly_right = known.expected.is_right() && known.expected.codes().is_empty();
        let task = if plainly_right { known.source.task.number } else { 0 };
        by_verdict.entry((known.expected.to_string(), task)).or_default().push(known);
    }
    let mut of_task = [0; TASKS.len()];
    for same in by_verdict.into_values() {
        let seldom = |known: &&&Known| of_task[known.source.task.number - 1];
        if let Some(known) = same.iter().min_by_key(seldom) {
            of_task[known.source.task.number - 1] += 1;
            sample.insert(known.source.package());
        }
    }
    sample
}

/// Judges all of `known`, so many at a time; what comes of it is in the same order.
fn check(builders: &Builders, known: &[&Known], jobs: usize) -> Vec<Result<Checked>> {
    // those that may take seconds are begun first, so that no processor is left with one of them at the end
    let mut order: Vec<usize> = (0..known.len()).collect();
    order.sort_by_key(|at| !known[*at].expected.may_take_long());
    // many of them wait for a limit on the real clock: others can be judged meanwhile
    let judge = |at: &usize| (*at, builders.check(&known[*at].source));
    let mut checked = par_map_with(jobs, &order, judge);
    checked.sort_by_key(|(at, _)| *at);
    checked.into_iter().map(|(_, checked)| checked).collect()
}

/// The name of a source: `02-concurrent-coroutines/join-all`.
fn path(source: &SourceOverride) -> String {
    format!("{}/{}", source.task.folder(), source.name)
}

/// Writes the recording of each of `known` that can be run. Afterwards, `folder` holds nothing else.
fn record(builders: &Builders, known: &[&Known], folder: &Path) -> Result<()> {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let recorded = par_map_with(2 * processors(), known, |Known { source, expected }| {
        let Some(recording) = builders.record(source, expected.to_string())? else {
            return Ok(());
        };
        let file = folder.join(source.package()).with_extension("json");
        Ok(std::fs::write(file, serde_json::to_vec(&recording)?)?)
    });
    recorded.into_iter().collect()
}

fn line(known: &Known, verdict: &Verdict, got: &Expected, right: bool) -> String {
    let Known { source, expected } = known;
    let name = path(source);
    let texts: Vec<&str> =
        verdict.diagnoses.iter().chain(&verdict.remarks).map(|d| d.text.as_str()).collect();
    let ways = verdict.pending.len() + verdict.unlike_reference.len();
    let new = if ways == 0 {
        String::new()
    } else {
        format!(" [{ways} runs with a normalized trace of their own]")
    };
    if right {
        return format!("  ✓ {name:<58} {got}{new}\n      {}\n", texts.first().unwrap_or(&""));
    }
    let compiler = verdict.compiler.as_deref().unwrap_or_default();
    format!(
        "  ✗ {name}\n      stated: {expected}\n      got:    {got}{new}\n      {}\n{compiler}",
        texts.join("\n      ")
    )
}

fn known(workspace: &Workspace, corpus: Vec<KnownSolution>) -> Vec<Known> {
    let stated = |stated: &str| stated.parse().expect("a header as in a known solution");
    let stub = |task: &'static Task| {
        let lib = workspace.root.join("checker/stubs").join(format!("{}.rs", task.folder()));
        let source = SourceOverride { task, name: "stub".into(), lib };
        Known { source, expected: stated("untouched") }
    };
    let solution = |source| Known { source, expected: stated("passed") };
    let of_corpus = |known: KnownSolution| Known {
        source: SourceOverride { task: known.task, name: known.name, lib: known.lib },
        expected: known.expected,
    };
    TASKS
        .into_iter()
        .map(stub)
        .chain(source_override::solutions(workspace).into_iter().map(solution))
        .chain(corpus.into_iter().map(of_corpus))
        .collect()
}
