//! From tasks to a report: build, judge, and let what builds on something unready wait.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use checker::ask::{Options, Question};
use checker::code::Code;
use checker::course::{TASKS, Task};
use checker::source::Source;
use checker::verdict::{Diagnosis, Outcome, Report, TaskReport, Verdict};

use crate::build::kit::{Kit, compile::Crate};
use crate::build::{Builder, Package, Probe, cargo};
use crate::stage;
use crate::workspace::{Broken, Workspace};

/// A workspace to be checked, once or again and again, and what can be kept from one time to the next.
pub struct Grader {
    pub workspace: Workspace,
    /// How to build; if it is not said, by the kit where that is possible.
    builder: Option<Builder>,
    /// Compiler messages are to have colours.
    colour: bool,
    kit: Option<Kit>,
}

impl Grader {
    pub fn new(workspace: Workspace, builder: Option<Builder>, colour: bool) -> Self {
        Self { workspace, builder, colour, kit: None }
    }

    /// Checks `asked` (and, unreported, what they build on) in the student's own crates.
    pub fn check(&mut self, asked: &[&'static Task], options: &Options) -> Result<Report> {
        let mut verdicts = HashMap::new();
        let built = self.build(asked, &mut verdicts)?;
        judge_all(&self.workspace, built, options, &mut verdicts)?;

        let mut report = Report::new(options.seed);
        for task in asked {
            let unready = task
                .upstream()
                .filter(|up| !verdicts.get(&up.number).is_some_and(Verdict::right))
                .last();
            let verdict = match unready {
                Some(up) if !own_fault(verdicts.get(&task.number)) => Verdict::waiting_for(up.name),
                _ => {
                    verdicts.remove(&task.number).unwrap_or_else(|| Verdict::new(Outcome::Missing))
                }
            };
            verdicts.insert(task.number, verdict.clone());
            report.tasks.push(TaskReport::new(task, verdict));
        }
        Ok(report)
    }

    /// The probe of a task, ready to be asked; or what keeps it from being built.
    pub fn probe(
        &mut self,
        task: &'static Task,
    ) -> Result<std::result::Result<Probe, Box<Verdict>>> {
        let mut verdicts = HashMap::new();
        let built = self.build(&[task], &mut verdicts)?;
        if let Some(verdict) = verdicts.remove(&task.number) {
            return Ok(Err(Box::new(verdict)));
        }
        let own = built.into_iter().find(|(built, _)| built.number == task.number);
        let package = own.map(|(_, package)| package).unwrap_or_default();
        Ok(match probe(task, &package, &self.workspace.crate_dir(task)) {
            Ok(Some(probe)) => Ok(probe),
            // one that it builds on does not compile
            Ok(None) => {
                let up = task.upstream().next().map_or(task.name, |up| up.name);
                Err(Box::new(Verdict::waiting_for(up)))
            }
            Err(verdict) => Err(verdict),
        })
    }

    /// Builds `asked` and what they build on; whatever keeps them from being built becomes a verdict.
    fn build(
        &mut self,
        asked: &[&'static Task],
        verdicts: &mut HashMap<usize, Verdict>,
    ) -> Result<Vec<Built>> {
        let all = with_upstream(asked);
        for task in &all {
            if let Some(broken) = self.workspace.broken(task) {
                verdicts.insert(task.number, broken_verdict(task, broken));
            }
        }
        match self.builder {
            Some(Builder::Cargo) => {}
            Some(Builder::Kit) => {
                let built = self.build_by_kit(&buildable(&all, verdicts));
                return built.context("the kit can't be used (`--builder cargo` can)");
            }
            None => {
                // what keeps the kit from building is no concern of a student's: cargo says it better, or builds it
                if let Ok(built) = self.build_by_kit(&buildable(&all, verdicts)) {
                    return Ok(built);
                }
            }
        }
        build_by_cargo(&self.workspace, &all, verdicts, self.colour)
    }

    fn build_by_kit(&mut self, tasks: &[&'static Task]) -> Result<Vec<Built>> {
        for task in tasks {
            self.workspace.is_plain(task)?;
        }
        let insist = self.builder == Some(Builder::Kit);
        self.kit = Some(Kit::of(&self.workspace, self.kit.take(), insist)?);
        let kit = self.kit.as_ref().expect("just put there");
        kit.warm_up();
        let crates: Vec<Crate> = tasks.iter().map(|task| crate_of(&self.workspace, task)).collect();
        let packages = kit.build(&crates, self.colour)?;
        Ok(tasks.iter().copied().zip(packages).collect())
    }
}

/// Checks `asked` in the student's own crates, once.
pub fn check(
    workspace: &Workspace,
    asked: &[&'static Task],
    options: &Options,
    colour: bool,
) -> Result<Report> {
    Grader::new(workspace.clone(), None, colour).check(asked, options)
}

/// A task, and what a builder made of it.
type Built = (&'static Task, Package);

/// A task's crate in the workspace itself.
fn crate_of(workspace: &Workspace, task: &'static Task) -> Crate {
    Crate {
        task,
        root: workspace.root.clone(),
        folder: Path::new("crates").join(task.folder()),
        upstream: task.upstream().map(|up| crate_of(workspace, up)).collect(),
    }
}

/// The tasks, and all that they build on, in order.
fn with_upstream(asked: &[&'static Task]) -> Vec<&'static Task> {
    let mut all: Vec<&'static Task> =
        asked.iter().flat_map(|task| task.upstream()).chain(asked.iter().copied()).collect();
    all.sort_by_key(|task| task.number);
    all.dedup_by_key(|task| task.number);
    all
}

/// Builds what can be built of `all` by cargo.
fn build_by_cargo(
    workspace: &Workspace,
    all: &[&'static Task],
    verdicts: &mut HashMap<usize, Verdict>,
    colour: bool,
) -> Result<Vec<Built>> {
    let mut site = Site::of(workspace);
    let left_out = unloadable(workspace);
    if !left_out.is_empty() {
        site = Site::without(workspace, &left_out)?;
    }
    loop {
        let buildable = buildable(all, verdicts);
        if buildable.is_empty() {
            return Ok(Vec::new());
        }
        let sources =
            |task: &&'static Task| (task.name, Path::new("crates").join(task.folder()).join("src"));
        let sources: Vec<_> = buildable.iter().map(sources).collect();
        stage::forget_stale(&site.root, &site.target, &sources)?;
        let names: Vec<String> = buildable.iter().map(|task| task.name.to_string()).collect();
        let mut built = cargo::probes(&site.root, &site.target, &names, colour)?;
        let own = |name: &String| TASKS.iter().any(|task| task.name == *name);
        if let Some((name, package)) =
            built.packages.iter().find(|(name, p)| !own(name) && !p.library_errors.is_empty())
        {
            bail!(
                "{name} does not compile, so nothing can be checked:\n{}",
                package.library_errors.join("\n")
            );
        }
        if built.success || !built.packages.is_empty() {
            let package = |task: &&'static Task| {
                (*task, built.packages.remove(task.name).unwrap_or_default())
            };
            return Ok(buildable.iter().map(package).collect());
        }
        // cargo built nothing at all: it can't read the workspace. Leave out the crate that it complains about.
        let said = built.cargo_said.trim();
        let Some(task) = TASKS
            .into_iter()
            .find(|task| said.contains(&task.folder()) && !verdicts.contains_key(&task.number))
        else {
            bail!("cargo cannot build the workspace:\n{said}");
        };
        verdicts.insert(task.number, broken_verdict(task, Broken::Manifest(said.into())));
        let left_out: Vec<usize> = verdicts.keys().copied().collect();
        site = Site::without(workspace, &left_out)?;
    }
}

/// A crate that is missing or broken by itself is said to be so, whatever it builds on.
fn own_fault(verdict: Option<&Verdict>) -> bool {
    verdict.is_some_and(|v| v.outcome == Outcome::Missing || v.code() == Some(Code::Manifest))
}

/// Tasks that have no verdict yet, and build on none that has.
fn buildable(all: &[&'static Task], verdicts: &HashMap<usize, Verdict>) -> Vec<&'static Task> {
    let open = |task: &&'static Task| {
        !verdicts.contains_key(&task.number)
            && task.upstream().all(|up| !verdicts.contains_key(&up.number))
    };
    all.iter().copied().filter(open).collect()
}

/// The crates that keep cargo from reading the workspace.
fn unloadable(workspace: &Workspace) -> Vec<usize> {
    let unloadable = |task: &&&'static Task| match workspace.broken(task) {
        Some(Broken::Manifest(_)) => true,
        Some(Broken::Missing(_)) => !workspace.crate_dir(task).is_dir(),
        None => false,
    };
    TASKS.iter().filter(unloadable).map(|task| task.number).collect()
}

/// Where things are built: the workspace itself, or a copy of it without the crates that cargo can't read.
struct Site {
    root: PathBuf,
    target: PathBuf,
}

impl Site {
    fn of(workspace: &Workspace) -> Self {
        Self { root: workspace.root.clone(), target: workspace.root.join("target") }
    }

    /// Leaves out these tasks, and those that build on them: cargo can't read a crate whose dependency is missing.
    fn without(workspace: &Workspace, left_out: &[usize]) -> Result<Self> {
        let unbuildable = |task: &&&'static Task| {
            left_out.contains(&task.number)
                || task.upstream().any(|up| left_out.contains(&up.number))
        };
        let left_out: Vec<usize> =
            TASKS.iter().filter(unbuildable).map(|task| task.number).collect();
        let root = stage::without(workspace, &left_out)?;
        // its own target folder: crates at the same relative paths would be taken for the workspace's own
        Ok(Self { target: root.join("target"), root })
    }
}

/// Judges what was built, in the order in which the tasks build on each other, and as many at a time as there are
/// processors. A task that builds on one that is not right is left out: it would only show the same again.
fn judge_all(
    workspace: &Workspace,
    mut packages: Vec<Built>,
    options: &Options,
    verdicts: &mut HashMap<usize, Verdict>,
) -> Result<()> {
    while !packages.is_empty() {
        let right = |up: &Task| verdicts.get(&up.number).is_some_and(Verdict::right);
        let (ready, later): (Vec<_>, Vec<_>) =
            packages.into_iter().partition(|(task, _)| task.upstream().all(right));
        if ready.is_empty() {
            break;
        }
        let judged = side_by_side(&ready, |(task, package)| {
            one(task, package, &workspace.crate_dir(task), options)
        });
        for ((task, package), verdict) in ready.iter().zip(judged) {
            // a package that was neither built nor complained about depends on one that doesn't compile
            if let Some(mut verdict) = verdict? {
                let begun = !matches!(verdict.outcome, Outcome::Untouched | Outcome::DidNotCompile);
                if begun && !package.warnings.is_empty() {
                    verdict.warnings = Some(package.warnings.join("\n"));
                }
                verdicts.insert(task.number, verdict);
            }
        }
        packages = later;
    }
    Ok(())
}

/// Does `job` for every item, on all processors; the results come in the order of the items.
pub fn side_by_side<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = job(item);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The verdict on one built package; none, if it could not be built for no fault of its own.
pub fn one(
    task: &'static Task,
    package: &Package,
    crate_dir: &Path,
    options: &Options,
) -> Result<Option<Verdict>> {
    Ok(match probe(task, package, crate_dir) {
        Ok(Some(probe)) => Some(probe.ask(&Question::Verdict(*options))?),
        Ok(None) => None,
        Err(not_compiled) => Some(*not_compiled),
    })
}

/// What was built, ready to be asked; none, if it could not be built for no fault of its own.
fn probe(
    task: &'static Task,
    package: &Package,
    crate_dir: &Path,
) -> std::result::Result<Option<Probe>, Box<Verdict>> {
    if !package.library_errors.is_empty() {
        return Err(not_compiled(Code::Compile, "", &package.library_errors));
    }
    if let Some(first) = package.probe_errors.first() {
        let all = package.probe_errors.join("\n");
        let errors = std::slice::from_ref(first);
        if all.contains("cannot be sent between threads safely") || all.contains("is not `Send`") {
            let why = if all.contains("ThreadRng") {
                "`rand::rng()` is another generator than the one it is given, and can't leave its thread: draw from `rng`, the parameter."
            } else {
                "it keeps something across an `.await` that is not `Send`."
            };
            let text =
                format!("The future of `{}` can't be sent to another thread: {why}", task.function);
            return Err(not_compiled(Code::NotSend, &text, errors));
        }
        let yours = Source::read(crate_dir)
            .signature_of(task.function)
            .map_or("nothing of that name".into(), |signature| format!("\n    {signature}\n"));
        let text = format!(
            "The contract asks for\n\n    {}\n\nand src/lib.rs has {yours}\nWhat the compiler says is about tests/check.rs, which calls it; mend src/lib.rs.",
            task.signature
        );
        return Err(not_compiled(Code::Signature, &text, errors));
    }
    Ok(package.probe.clone())
}

fn not_compiled(code: Code, text: &str, errors: &[String]) -> Box<Verdict> {
    let diagnosis = Diagnosis { code, text: text.into(), place: None, call: None };
    Box::new(Verdict { compiler: Some(errors.join("\n")), ..Verdict::of(diagnosis) })
}

fn broken_verdict(task: &Task, broken: Broken) -> Verdict {
    match broken {
        Broken::Missing(text) => Verdict { compiler: Some(text), ..Verdict::new(Outcome::Missing) },
        Broken::Manifest(text) => {
            let way_out = format!(
                "`git checkout -- crates/{}/Cargo.toml` takes it back as it was handed out; without git, copy it from what you were given.",
                task.folder()
            );
            let diagnosis =
                Diagnosis { code: Code::Manifest, text: way_out, place: None, call: None };
            Verdict { compiler: Some(text), ..Verdict::of(diagnosis) }
        }
    }
}
