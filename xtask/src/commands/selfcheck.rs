//! `cargo xtask selfcheck`: the course checks itself.
//!
//! Every stub, solution and mistake becomes a crate of its own in a staged workspace, built by one call of cargo
//! and judged as a student's file is.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use checker::ask::{Options, Program};
use checker::code::Code;
use checker::course::{TASKS, Task};
use checker::verdict::{Outcome, Verdict};
use clap::Args;

use crate::build::{self, Package};
use crate::commands::hint;
use crate::mistake::{self, Expected, Mistake};
use crate::stage::{self, Stage};
use crate::workspace::Workspace;
use crate::{grade, say};

/// Check the course itself: stubs, solutions, mistakes, lessons, snapshots
#[derive(Args)]
pub struct Selfcheck {
    /// Show every verdict, not only the wrong ones
    #[arg(long)]
    verbose: bool,
    /// Only stubs, solutions and mistakes whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// The tasks' own files must be the stubs, as in a fresh clone
    #[arg(long)]
    pristine: bool,
}

/// One crate of the staged workspace.
struct Variant {
    task: &'static Task,
    /// `stub`, `solution`, or the mistake's name.
    name: String,
    expected: Expected,
    /// The file that becomes `src/lib.rs`, and the folder that becomes `src/` if there are more.
    lib: PathBuf,
}

impl Variant {
    fn package(&self) -> String {
        format!("{}--{}", self.task.name, self.name)
    }

    fn folder(&self) -> PathBuf {
        // the task's own folder holds `src`, as in the course: the checker knows a place in the source by it
        Path::new(&self.name).join(self.task.folder())
    }
}

impl Selfcheck {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let mistakes = mistake::all(&workspace)?;
        let mut problems = crates(&workspace, self.pristine)?;
        problems.extend(uncovered(&mistakes));
        let variants = variants(&workspace, mistakes);
        let root = lay_out(&workspace, &variants)?;
        let target = stage::own_folder(&workspace).join("selfcheck-target");

        let wanted = |variant: &Variant| {
            self.only.as_ref().is_none_or(|text| variant.package().contains(text.as_str()))
        };
        let asked: Vec<&Variant> = variants.iter().filter(|variant| wanted(variant)).collect();
        let packages: Vec<String> = asked.iter().map(|variant| variant.package()).collect();
        let mut built = build::probes(&root, &target, &packages, false)?;
        if built.packages.is_empty() {
            return Err(anyhow!("cargo built nothing:\n{}", built.cargo_said.trim()));
        }
        for variant in asked.iter().filter(|variant| variant.name == "solution") {
            if let Some(path) = built.packages.get(&variant.package()).and_then(|p| p.probe.clone())
            {
                let program = Program { path, crate_dir: root.join(variant.folder()) };
                problems.extend(snapshots(&workspace, variant.task, program.public_scenarios()?)?);
            }
        }
        let verdicts = judge(&root, &asked, &mut built.packages)?;

        let (mut passed, mut failed) = (0, 0);
        for (variant, verdict) in asked.iter().zip(verdicts) {
            let got = Expected::of(&verdict);
            // a solution is what the others are compared with: it must look as expected on every seed
            let as_expected = verdict.pending.is_empty() && verdict.unlike_reference.is_empty();
            let right = got == variant.expected && (variant.name != "solution" || as_expected);
            if right {
                passed += 1
            } else {
                failed += 1
            }
            if self.verbose || !right {
                say(&line(variant, &verdict, &got, right));
            }
        }
        if self.only.is_none() {
            problems.extend(lessons(&root, &target)?);
        }
        for problem in &problems {
            say(&format!("  ✗ {problem}\n"));
        }
        failed += problems.len();
        say(&format!("\nselfcheck: {passed} passed, {failed} failed\n"));
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn line(variant: &Variant, verdict: &Verdict, got: &Expected, right: bool) -> String {
    let name = format!("{}/{}", variant.task.folder(), variant.name);
    let said: Vec<&str> =
        verdict.diagnoses.iter().chain(&verdict.remarks).map(|d| d.text.as_str()).collect();
    let ways = verdict.pending.len() + verdict.unlike_reference.len();
    let new = if ways == 0 { String::new() } else { format!(" [{ways} runs in a way of its own]") };
    if right {
        return format!("  ✓ {name:<58} {got}{new}\n      {}\n", said.first().unwrap_or(&""));
    }
    let compiler = verdict.compiler.as_deref().unwrap_or_default();
    format!(
        "  ✗ {name}\n      stated: {}\n      got:    {got}{new}\n      {}\n{compiler}",
        variant.expected,
        said.join("\n      ")
    )
}

/// What is wrong with the crates as files: stubs and hints.
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

/// Codes that no mistake shows, and tasks with too few of them.
fn uncovered(mistakes: &[Mistake]) -> Vec<String> {
    let shown: BTreeSet<Code> =
        mistakes.iter().flat_map(|mistake| mistake.expected.codes()).copied().collect();
    // a broken manifest is no mistake in a source; the tests of the commands show it
    let unshown = Code::ALL.iter().filter(|code| **code != Code::Manifest && !shown.contains(code));
    let mut problems: Vec<String> =
        unshown.map(|code| format!("no mistake shows {code}")).collect();
    for task in TASKS {
        let of_task = mistakes.iter().filter(|mistake| mistake.task.number == task.number);
        let (right, wrong): (Vec<_>, Vec<_>) =
            of_task.partition(|mistake| mistake.expected.is_right());
        let (least_wrong, least_right) =
            if task.takes_n && task.number != 3 { (12, 6) } else { (8, 4) };
        if wrong.len() < least_wrong || right.len() < least_right {
            problems.push(format!("{} has {} wrong and {} right known solutions; it needs {least_wrong} and {least_right}", task.name, wrong.len(), right.len()));
        }
    }
    problems
}

fn variants(workspace: &Workspace, mistakes: Vec<Mistake>) -> Vec<Variant> {
    let checker = workspace.root.join("checker");
    let mut variants = Vec::new();
    for task in TASKS {
        let file = format!("{}.rs", task.folder());
        let stated = |stated: &str| stated.parse().expect("a header as in a mistake");
        let (stub, solution) =
            (checker.join("stubs").join(&file), checker.join("solutions").join(&file));
        variants.push(Variant {
            task,
            name: "stub".into(),
            expected: stated("untouched"),
            lib: stub,
        });
        variants.push(Variant {
            task,
            name: "solution".into(),
            expected: stated("passed"),
            lib: solution,
        });
    }
    variants.extend(mistakes.into_iter().map(|m| Variant {
        task: m.task,
        name: m.name,
        expected: m.expected,
        lib: m.lib,
    }));
    variants
}

/// Writes the staged workspace: the root manifest with the course's crates replaced by the solutions, and a crate
/// for each variant.
fn lay_out(workspace: &Workspace, variants: &[Variant]) -> Result<PathBuf> {
    let mut stage = Stage::default();
    let mut manifest = read_toml(&workspace.root.join("Cargo.toml"))?;
    let table =
        manifest["workspace"].as_table_mut().context("the root manifest has no [workspace]")?;
    table.insert("members".into(), toml::Value::Array(vec!["*/*".into()]));
    table.remove("exclude");
    table.remove("default-members");
    let dependencies =
        table["dependencies"].as_table_mut().context("it has no [workspace.dependencies]")?;
    let mut path_dependency = |name: &str, package: String, path: PathBuf| {
        let entries = [
            ("package".to_string(), package.into()),
            ("path".to_string(), path.to_string_lossy().into_owned().into()),
        ];
        dependencies.insert(name.into(), toml::Value::Table(entries.into_iter().collect()));
    };
    path_dependency("checker", "checker".into(), workspace.root.join("checker"));
    for variant in variants.iter().filter(|variant| variant.name == "solution") {
        path_dependency(variant.task.name, variant.package(), variant.folder());
    }
    stage.add("Cargo.toml", manifest.to_string());
    for file in ["Cargo.lock", ".cargo/config.toml"] {
        stage.copy(&workspace.root.join(file), file)?;
    }
    for variant in variants {
        let crate_dir = workspace.crate_dir(variant.task);
        let folder = variant.folder();
        let mut manifest = read_toml(&crate_dir.join("Cargo.toml"))?;
        let library = toml::Table::from_iter([(
            "name".to_string(),
            variant.task.name.replace('-', "_").into(),
        )]);
        manifest.insert("lib".into(), toml::Value::Table(library));
        let package =
            manifest["package"].as_table_mut().context("a crate's manifest has no [package]")?;
        package.insert("name".into(), variant.package().into());
        package.insert("autobins".into(), false.into());
        stage.add(folder.join("Cargo.toml"), manifest.to_string());
        stage.copy(&crate_dir.join("README.md"), folder.join("README.md"))?;
        stage.copy(&crate_dir.join("tests"), folder.join("tests"))?;
        match variant.lib.parent() {
            Some(parent) if variant.lib.ends_with("lib.rs") => {
                stage.copy(parent, folder.join("src"))?
            }
            _ => stage.copy(&variant.lib, folder.join("src/lib.rs"))?,
        }
    }
    let root = stage::own_folder(workspace).join("selfcheck");
    stage.write(&root)?;
    Ok(root)
}

fn read_toml(path: &Path) -> Result<toml::Table> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("in {}", path.display()))
}

/// Judges all variants.
fn judge(
    root: &Path,
    variants: &[&Variant],
    built: &mut HashMap<String, Package>,
) -> Result<Vec<Verdict>> {
    let options = Options { write_pending: false, ..Options::default() };
    let work: Vec<(&Variant, Package)> = variants
        .iter()
        .map(|variant| (*variant, built.remove(&variant.package()).unwrap_or_default()))
        .collect();
    grade::side_by_side(&work, |(variant, package)| verdict(root, variant, package, &options))
        .into_iter()
        .collect()
}

fn verdict(
    root: &Path,
    variant: &Variant,
    package: &Package,
    options: &Options,
) -> Result<Verdict> {
    let judged = grade::one(variant.task, package, &root.join(variant.folder()), options)?;
    let mut verdict = judged.unwrap_or_else(|| Verdict::new(Outcome::Missing));
    let must_be_clean = matches!(variant.name.as_str(), "stub" | "solution");
    if must_be_clean && !package.warnings.is_empty() {
        verdict = Verdict {
            compiler: Some(package.warnings.join("\n")),
            ..Verdict::new(Outcome::DidNotCompile)
        };
    }
    Ok(verdict)
}

/// The code blocks of the lessons, compiled and run as the stubs' doctests.
fn lessons(root: &Path, target: &Path) -> Result<Vec<String>> {
    let mut command = build::cargo(root, "test", target);
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
