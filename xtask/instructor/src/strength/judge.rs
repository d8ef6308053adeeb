//! Compiles mutants, and judges each of them as a student's file.

use std::path::Path;

use anyhow::{Context, Result};
use checker::contract::request::{Limits, Options};
use checker::verdict::code::Code;
use checker::verdict::{Outcome, Verdict};
use xtask::build::Builder;
use xtask::par_map::par_map_with;
use xtask::source_override::{self, SourceOverride};
use xtask::workspace::Workspace;

use super::mutant::Mutant;
use crate::asked::Asked;
use crate::builders::Builders;

/// A mutant that was judged.
pub struct Judged {
    pub mutant: Mutant,
    pub source: String,
    /// Whether it passed, for each who asked. An error if it does not compile or could not be judged.
    pub survived: Result<Vec<bool>, String>,
}

/// Judges `mutants` once for each of `asked`, so many at a time.
pub fn judge(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    asked: &[Asked],
    limits: Limits,
    jobs: usize,
) -> Result<Vec<Judged>> {
    let solutions = source_override::solutions(workspace);
    let texts: Vec<String> = solutions
        .iter()
        .map(|solution| {
            std::fs::read_to_string(&solution.lib)
                .with_context(|| format!("cannot read {}", workspace.shown(&solution.lib)))
        })
        .collect::<Result<_>>()?;
    let written = tempfile::tempdir().context("cannot make a folder for the mutants")?;
    let mutants: Vec<(Mutant, String, SourceOverride)> = mutants
        .into_iter()
        .map(|mutant| {
            let source = mutant.source(&texts[mutant.fault.task - 1])?;
            let lib = written.path().join(format!("{}.rs", mutant.name()));
            std::fs::write(&lib, &source).context("cannot write a mutant")?;
            let file = SourceOverride { task: mutant.task(), name: mutant.name(), lib };
            Ok((mutant, source, file))
        })
        .collect::<Result<_>>()?;
    let root = workspace.generated_dir().join("strength");
    let all: Vec<&SourceOverride> =
        solutions.iter().chain(mutants.iter().map(|(_, _, file)| file)).collect();
    source_override::lay_out(workspace, &root, &all)?;
    let builders = kit(workspace, &root, limits)?;
    let options: Vec<Options> = asked.iter().map(|asked| asked.options(limits)).collect();
    let students = students(&mutants);
    let survived = par_map_with(jobs, &students, |files| {
        let sources: Vec<&SourceOverride> = files.iter().map(|(_, file)| *file).collect();
        builders.prepare(&sources);
        let judged = files.iter().map(|(at, file)| (*at, survivals(&builders, file, &options)));
        judged.collect::<Vec<_>>()
    });
    let mut survived: Vec<(usize, Result<Vec<bool>, String>)> =
        survived.into_iter().flatten().collect();
    survived.sort_by_key(|(at, _)| *at);
    let judged = mutants.into_iter().zip(survived);
    Ok(judged
        .map(|((mutant, source, _), (_, survived))| Judged { mutant, source, survived })
        .collect())
}

/// The kit builder in the generated workspace at `root`.
pub fn kit(workspace: &Workspace, root: &Path, limits: Limits) -> Result<Builders> {
    let builders = Builders::new(
        workspace,
        root.into(),
        &workspace.root.join("target"),
        &[],
        None,
        Some(Builder::Kit),
        source_override::solutions(workspace),
    )?;
    Ok(builders.with_limits(limits))
}

/// Students who hand in one mutant for each task, which are compiled together. With each, its place among all.
fn students(mutants: &[(Mutant, String, SourceOverride)]) -> Vec<Vec<(usize, &SourceOverride)>> {
    let mut students: Vec<Vec<(usize, &SourceOverride)>> = Vec::new();
    for (at, (_, _, file)) in mutants.iter().enumerate() {
        let has_none = |files: &Vec<(usize, &SourceOverride)>| {
            files.iter().all(|(_, other)| other.task.number != file.task.number)
        };
        match students.iter_mut().find(|files| has_none(files)) {
            Some(files) => files.push((at, file)),
            None => students.push(vec![(at, file)]),
        }
    }
    students
}

/// Whether a mutant passes, for each of `options`.
fn survivals(
    builders: &Builders,
    file: &SourceOverride,
    options: &[Options],
) -> Result<Vec<bool>, String> {
    let verdicts =
        builders.verdicts(file, options).map_err(|error| format!("not judged: {error:#}"))?;
    verdicts.into_iter().map(survives).collect()
}

/// Whether a mutant with this verdict survives. A remark costs nothing, so it does not count as caught.
fn survives(verdict: Verdict) -> Result<bool, String> {
    let told = || {
        let text = verdict.diagnoses.first().map(|diagnosis| diagnosis.text.clone());
        verdict.compiler.clone().or(verdict.not_judged.clone()).or(text).unwrap_or_default()
    };
    // what is refused for its text was never run
    const NOT_RUN: [Code; 3] = [Code::ForbiddenApi, Code::InvalidSubmission, Code::Unsafe];
    if verdict.code().is_some_and(|code| NOT_RUN.contains(&code)) {
        return Err(format!("refused for its text: {}", told()));
    }
    match verdict.outcome {
        Outcome::Passed => Ok(true),
        Outcome::Failed | Outcome::DidNotFinish | Outcome::Crashed => Ok(false),
        Outcome::DidNotCompile => Err(format!("does not compile:\n{}", told())),
        other => Err(format!("not judged ({other:?}): {}", told())),
    }
}

#[cfg(test)]
mod tests {
    use checker::verdict::Diagnosis;

    use super::*;

    #[test]
    fn only_a_pass_is_a_survival_and_only_a_mistake_is_caught() {
        let remark = Diagnosis { code: Code::Sorted, text: String::new(), place: None, call: None };
        let passed = Verdict { remarks: vec![remark.clone()], ..Verdict::new(Outcome::Passed) };
        assert_eq!(survives(passed), Ok(true));
        for outcome in [Outcome::Failed, Outcome::DidNotFinish, Outcome::Crashed] {
            assert_eq!(survives(Verdict::new(outcome)), Ok(false));
        }
        for outcome in [Outcome::DidNotCompile, Outcome::Untouched, Outcome::Missing] {
            assert!(survives(Verdict::new(outcome)).is_err());
        }
        let refused = Diagnosis { code: Code::ForbiddenApi, ..remark };
        assert!(survives(Verdict::of(refused)).is_err());
        assert!(survives(Verdict::not_judged("busy")).unwrap_err().contains("busy"));
    }
}
