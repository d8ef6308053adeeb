//! Builds the same sources with cargo and with the kit, judges both harnesses, and compares them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, Result, anyhow};
use checker::contract::request::{Depth, JudgeRequest, Limits, Options};
use checker::run::{Observations, Observed};
use checker::tasks::Task;
use checker::trace::Trace;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Outcome, Verdict};
use xtask::build::cargo::{self, Built};
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::build::{Builder, Harness, Package};
use xtask::source_override::{SOLUTION, SourceOverride};
use xtask::workspace::Workspace;
use xtask::{say, workbench};

use crate::recording::{Known, Recording, feedback};

/// Both builders in a generated workspace.
pub struct Builders {
    root: PathBuf,
    solutions: Vec<SourceOverride>,
    cargo: Option<Built>,
    /// The packages that cargo was told to build.
    by_cargo: BTreeSet<String>,
    kit: Option<Compilation>,
    /// What a run may take.
    limits: Limits,
}

/// The result of checking one source.
pub struct Checked {
    pub verdict: Verdict,
    /// How the verdicts differ between the kit and cargo.
    pub difference: Option<String>,
    /// The result of comparing the traces, if both builders gave one.
    pub traces: Option<Traces>,
}

impl Builders {
    /// Lets cargo build `crates` of the generated workspace at `root`, and makes the kit ready. If only one builder is asked
    /// for, only that one. If there is a kit and a `sample`, cargo builds only the crates of the sample.
    pub fn new(
        workspace: &Workspace,
        root: PathBuf,
        target: &Path,
        crates: &[(String, PathBuf)],
        sample: Option<&BTreeSet<String>>,
        asked: Option<Builder>,
        solutions: Vec<SourceOverride>,
    ) -> Result<Self> {
        let kit = match asked {
            Some(Builder::Cargo) => None,
            Some(Builder::Kit) => Some(Kit::of(workspace, true)?),
            None => match Kit::of(workspace, false) {
                Ok(kit) => Some(kit),
                Err(error) => {
                    say(&format!("  by cargo alone, because there is no kit here: {error:#}\n"));
                    None
                }
            },
        };
        let wanted = |(package, _): &&(String, PathBuf)| {
            kit.is_none() || sample.is_none_or(|sample| sample.contains(package))
        };
        let crates: Vec<(String, PathBuf)> = crates.iter().filter(wanted).cloned().collect();
        let cargo = match asked {
            Some(Builder::Kit) => None,
            _ => Some(cargo::harnesses(&root, target, &crates, false)?),
        };
        if let Some(built) = cargo.as_ref().filter(|built| built.packages.is_empty()) {
            return Err(anyhow!("cargo built nothing:\n{}", built.cargo_output.trim()));
        }
        let kit = kit.map(Compilation::new);
        let by_cargo = crates.into_iter().map(|(package, _)| package).collect();
        Ok(Self { root, solutions, cargo, by_cargo, kit, limits: Limits::default() })
    }

    /// The same, with other limits for a run.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Lets the kit compile `sources` together, as far as possible.
    pub fn prepare(&self, sources: &[&SourceOverride]) {
        if let Some(kit) = &self.kit {
            let own = sources.iter().map(|source| crate_of(&self.root, source, &self.solutions));
            kit.prepare(&own.collect::<Vec<_>>());
        }
    }

    /// Judges a source.
    pub fn check(&self, source: &SourceOverride) -> Result<Checked> {
        let by_cargo = self
            .cargo
            .as_ref()
            .filter(|_| self.by_cargo.contains(&source.package()))
            .map(|built| built.packages.get(&source.package()).cloned().unwrap_or_default());
        let own = crate_of(&self.root, source, &self.solutions);
        let by_kit = self.kit.as_ref().map(|kit| kit.package(&own)).transpose()?;
        Ok(match (by_cargo, by_kit) {
            (Some(cargo), Some(kit)) => {
                let mut verdict = self.verdict(source, &cargo)?;
                let mut difference = difference(&verdict, &self.verdict(source, &kit)?);
                // verdicts that need the real clock vary, so only a difference that shows each time counts
                for _ in 0..2 {
                    if difference.is_none() {
                        break;
                    }
                    verdict = self.verdict(source, &cargo)?;
                    difference = self::difference(&verdict, &self.verdict(source, &kit)?);
                }
                let traces = Some(traces(source.task, &verdict, &cargo, &kit)?);
                Checked { verdict, difference, traces }
            }
            (Some(only), None) | (None, Some(only)) => {
                Checked { verdict: self.verdict(source, &only)?, difference: None, traces: None }
            }
            (None, None) => unreachable!("at least one of them is asked for"),
        })
    }

    /// The verdicts of the kit on a source, one for each of `options`. It is compiled once. A verdict that the machine did not
    /// manage to reach is asked for once more.
    pub fn verdicts(&self, source: &SourceOverride, options: &[Options]) -> Result<Vec<Verdict>> {
        let kit = self.kit.as_ref().context("there is no kit")?;
        let own = crate_of(&self.root, source, &self.solutions);
        let package = kit.package(&own)?;
        let ask = |options: &Options| {
            let judged = workbench::one(source.task, &package, &own.dir(), options)?;
            Ok(judged.unwrap_or_else(|| Verdict::new(Outcome::Missing)))
        };
        let verdict = |options: &Options| match ask(options) {
            Ok(verdict) if verdict.outcome == Outcome::NotJudged => ask(options),
            first => first,
        };
        options.iter().map(verdict).collect()
    }

    /// A harness of a source.
    pub fn harness(&self, source: &SourceOverride) -> Result<Option<Harness>> {
        let own = crate_of(&self.root, source, &self.solutions);
        let package = match (&self.cargo, &self.kit) {
            (_, Some(kit)) => Some(kit.package(&own)?),
            (Some(built), None) => built.packages.get(&source.package()).cloned(),
            (None, None) => None,
        };
        Ok(package.and_then(|package| package.harness))
    }

    /// Records what a source did, if it can be run, and its current verdict.
    pub fn record(&self, source: &SourceOverride, stated: String) -> Result<Option<Known>> {
        let Some(harness) = self.harness(source)? else { return Ok(None) };
        let options = Options { limits: self.limits, ..Options::default() };
        let crate_dir = self.root.join(source.folder());
        let recording = Recording::record(source.task, &harness, &crate_dir, &options)?;
        let verdict = recording.verdict().map_err(Error::msg)?;
        Ok(Some(Known { stated, feedback: feedback(source.task, verdict), recording }))
    }

    fn verdict(&self, source: &SourceOverride, package: &Package) -> Result<Verdict> {
        let options = Options { limits: self.limits, ..Options::default() };
        let dir = self.root.join(source.folder());
        let judged = workbench::one(source.task, package, &dir, &options)?;
        let mut verdict = judged.unwrap_or_else(|| Verdict::new(Outcome::Missing));
        let must_be_clean = matches!(source.name.as_str(), "stub" | SOLUTION);
        if must_be_clean && !package.warnings.is_empty() {
            verdict = Verdict {
                compiler: Some(package.warnings.join("\n")),
                ..Verdict::new(Outcome::DidNotCompile)
            };
        }
        Ok(verdict)
    }
}

/// A source's crate in the generated workspace at `root`, with the solutions there as its dependencies.
pub fn crate_of(root: &Path, source: &SourceOverride, solutions: &[SourceOverride]) -> Crate {
    let dependencies = source.task.dependency_tasks().filter_map(|needed| {
        let solution = solutions.iter().find(|solution| solution.task.number == needed.number)?;
        Some(crate_of(root, solution, solutions))
    });
    Crate {
        task: source.task,
        root: root.into(),
        folder: source.folder(),
        dependencies: dependencies.collect(),
    }
}

/// The parts of a verdict that are always the same: everything except times on the real clock.
#[derive(Debug, PartialEq)]
struct Lasting<'a> {
    outcome: Outcome,
    codes: Vec<Code>,
    places: Vec<String>,
    compiler: Option<&'a str>,
    warnings: Option<&'a str>,
}

impl<'a> Lasting<'a> {
    fn of(verdict: &'a Verdict) -> Self {
        let diagnoses = || verdict.diagnoses.iter().chain(&verdict.remarks);
        let place = |diagnosis: &Diagnosis| diagnosis.place.as_ref().map(ToString::to_string);
        Self {
            outcome: verdict.outcome,
            codes: diagnoses().map(|diagnosis| diagnosis.code).collect(),
            places: diagnoses().filter_map(place).collect(),
            compiler: verdict.compiler.as_deref(),
            warnings: verdict.warnings.as_deref(),
        }
    }
}

/// The difference between two verdicts on the same sources, if there is one.
fn difference(cargo: &Verdict, kit: &Verdict) -> Option<String> {
    let (cargo, kit) = (Lasting::of(cargo), Lasting::of(kit));
    (cargo != kit).then(|| format!("by cargo: {cargo:#?}\nby the kit: {kit:#?}"))
}

/// The result of comparing traces.
#[derive(Debug, PartialEq)]
pub enum Traces {
    Equal,
    Differ,
    /// The program does something else each time, with either builder.
    ByThemselves,
    /// There are no traces, because the program can't be run to its end.
    None,
}

/// Compares the traces of the two programs.
fn traces(task: &Task, verdict: &Verdict, cargo: &Package, kit: &Package) -> Result<Traces> {
    let ends = !matches!(verdict.outcome, Outcome::DidNotFinish | Outcome::Crashed);
    let (Some(cargo), Some(kit), true) = (&cargo.harness, &kit.harness, ends) else {
        return Ok(Traces::None);
    };
    let traces = |harness: &Harness| -> Result<Vec<Trace>> {
        let (scenarios, limits) = (task.plan(0, Depth::Quick).public, Limits::default());
        let seen: Observations = harness.ask(&JudgeRequest::Observe { scenarios, limits })?;
        Ok(seen.observed.iter().filter_map(Observed::run).map(|run| run.trace.clone()).collect())
    };
    // events of other threads are recorded by chance, so traces that are equal once count as equal
    let mut alike = (true, true);
    for _ in 0..3 {
        let (by_cargo, by_kit) = (traces(cargo)?, traces(kit)?);
        if by_cargo == by_kit {
            return Ok(Traces::Equal);
        }
        alike.0 &= by_cargo == traces(cargo)?;
        alike.1 &= by_kit == traces(kit)?;
    }
    Ok(if alike == (true, true) { Traces::Differ } else { Traces::ByThemselves })
}
