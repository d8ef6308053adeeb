//! What can be wrong with the course beside the verdicts on known solutions: stubs, hints, snapshots, codes and rules that
//! nothing shows, and the code in the lessons. Each function returns a sentence for each problem.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use checker::contract::request::Depth;
use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;
use xtask::build::cargo;
use xtask::commands::hint;
use xtask::source_override::SOLUTION;
use xtask::workspace::Workspace;

use super::Known;
use crate::corpus::KnownSolution;

/// What is wrong with the snapshots of the solutions among `asked`.
pub fn snapshots_of_solutions(workspace: &Workspace, asked: &[&Known]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for Known { source, .. } in asked.iter().filter(|known| known.source.name == SOLUTION) {
        let public = source.task.plan(0, Depth::Quick).public;
        let names = public.into_iter().map(|scenario| scenario.name).collect();
        problems.extend(snapshots(workspace, source.task, names)?);
    }
    Ok(problems)
}

/// Problems in the files of the crates: stubs and hints.
pub fn crates(workspace: &Workspace, pristine: bool) -> Result<Vec<String>> {
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
pub fn uncovered(corpus: &[KnownSolution]) -> Vec<String> {
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
pub fn rules_without_runs() -> Vec<String> {
    // the seed decides how many coroutines some runs have, so a few of them are tried
    const SEEDS: [u64; 4] = [0, 1, 17, 1_234_567_890_123];
    let mut problems = BTreeSet::new();
    for task in TASKS {
        let depths = [Depth::Quick, Depth::Thorough];
        let short = SEEDS.into_iter().flat_map(|seed| {
            depths.into_iter().flat_map(move |depth| task.short_of_runs(seed, depth))
        });
        problems.extend(short.map(|why| format!("{}: {why}", task.name)));
    }
    problems.into_iter().collect()
}

/// Compiles the code blocks of the lessons, which are doctests of the stubs, and also runs the fragments. (The tests of the
/// commands run the whole programs, under virtual time.)
pub fn lessons(root: &Path, target: &Path) -> Result<Vec<String>> {
    let mut command = cargo::cargo(root, "test", target);
    command.args(["--doc", "--quiet"]);
    for task in TASKS {
        command.args(["-p", &format!("{}--stub", task.name)]);
    }
    let output = command.output().context("cannot start cargo")?;
    let output_text =
        String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Ok(if output.status.success() {
        Vec::new()
    } else {
        vec![format!("a lesson's code does not compile or run:\n{output_text}")]
    })
}
