//! `cargo xtask selfcheck --rounds`: does every right solution pass, whatever the secret of the class is?
//!
//! The hidden runs come from the secret. A rule that refuses a right solution with one secret in a thousand is found only by
//! judging with many of them.

use std::process::ExitCode;

use anyhow::{Result, bail};
use checker::contract::request::{Limits, Options};
use checker::verdict::Verdict;
use xtask::par_map::par_map_with;
use xtask::say;
use xtask::source_override::{self, SOLUTION, SourceOverride};
use xtask::workspace::Workspace;

use crate::asked::Asked;
use crate::corpus;
use crate::strength::judge::kit;

/// What is asked for.
pub struct Rounds {
    /// How many secrets each solution is judged with.
    pub count: usize,
    /// What the secrets are made from.
    pub seed: u64,
    /// Only solutions whose name contains this.
    pub only: Option<String>,
    pub limits: Limits,
    /// How many are judged at the same time.
    pub jobs: usize,
}

impl Rounds {
    /// Judges the right solutions, and says what came of it.
    pub fn run(self, workspace: &Workspace) -> Result<ExitCode> {
        let solutions = source_override::solutions(workspace);
        let right = self.right(workspace, &solutions)?;
        let mut all: Vec<&SourceOverride> = solutions.iter().collect();
        all.extend(right.iter().filter(|source| source.name != SOLUTION));
        let root = workspace.generated_dir().join("rounds");
        source_override::lay_out(workspace, &root, &all)?;
        let builders = kit(workspace, &root, self.limits)?;
        let mut asked = vec![Asked::AtHome];
        asked.extend(Asked::in_classes(self.seed, self.count));
        let options: Vec<Options> = asked.iter().map(|asked| asked.options(self.limits)).collect();
        let judged = par_map_with(self.jobs, &right, |source| -> Result<Vec<String>> {
            let verdicts = builders.verdicts(source, &options)?;
            let not_passed = verdicts.iter().enumerate().filter(|(_, verdict)| !verdict.right());
            Ok(not_passed.map(|(number, verdict)| line(source, number, verdict)).collect())
        });
        let lines: Vec<String> =
            judged.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
        lines.iter().for_each(|line| say(line));
        let failed = lines.len();
        let passed = right.len() * options.len() - failed;
        say(&format!("rounds: {passed} passed, {failed} failed\n"));
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// The right solutions that are asked for.
    fn right(
        &self,
        workspace: &Workspace,
        solutions: &[SourceOverride],
    ) -> Result<Vec<SourceOverride>> {
        let copies = solutions.iter().map(|own| SourceOverride {
            task: own.task,
            name: own.name.clone(),
            lib: own.lib.clone(),
        });
        let known = corpus::all(workspace)?.into_iter().filter(|known| known.expected.is_right());
        let known = known.map(|known| SourceOverride {
            task: known.task,
            name: known.name,
            lib: known.lib,
        });
        let wanted = |source: &SourceOverride| {
            let name = format!("{}/{}", source.task.folder(), source.name);
            self.only.as_ref().is_none_or(|text| name.contains(text.as_str()))
        };
        let right: Vec<SourceOverride> = copies.chain(known).filter(wanted).collect();
        if right.is_empty() {
            bail!(
                "no right solution has `{}` in its name",
                self.only.as_deref().unwrap_or_default()
            );
        }
        Ok(right)
    }
}

/// What is said of a verdict that is not a pass. Number zero is the check at home.
fn line(source: &SourceOverride, number: usize, verdict: &Verdict) -> String {
    let name = format!("{}/{}", source.task.folder(), source.name);
    let who = if number == 0 { "at home".into() } else { format!("with secret {number}") };
    let code = verdict.code().map(|code| format!(" {code}")).unwrap_or_default();
    let text = verdict.diagnoses.first().map(|diagnosis| diagnosis.text.as_str());
    let text = text.or(verdict.not_judged.as_deref()).or(verdict.compiler.as_deref());
    let outcome = verdict.outcome.name();
    format!("  ✗ {name} {who}: {outcome}{code}\n      {}\n", text.unwrap_or_default())
}
