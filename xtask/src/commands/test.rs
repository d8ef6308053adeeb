//! `cargo xtask test`: the project's own tests, of the checker and of the commands.

use std::process::{Command, ExitCode, Output};
use std::time::Instant;

use anyhow::{Context, Result};
use checker::format::count;
use clap::Args;

use super::instructors;
use crate::build::cargo::{self, TestProgram};
use crate::par_map::par_map_with;
use crate::say;
use crate::workspace::Workspace;

/// Run the project's own tests (unsolved tasks don't make them fail)
#[derive(Args)]
pub struct Test {}

/// The packages that have tests.
const PACKAGES: [&str; 4] = [CHECKER, "xtask", "instructor", "sandbox"];

/// It belongs to the other workspace, and is tested from this one, so that libraries are compiled only once for both.
const CHECKER: &str = "checker";

/// How the checker's own tests are compiled: without optimising. (The profile optimises the checker for the many runs of a check,
/// and its own tests make few of them: to compile these tests would take longer than all that they save.)
const NOT_OPTIMISED: [&str; 4] = [
    "--config",
    "profile.test.package.checker.opt-level=0",
    "--config",
    "profile.test.package.checker.codegen-units=16",
];

/// The tests that a student's copy runs: whether its files are all there, and its commands work. (The other tests
/// were run before the copy was made.)
const OF_A_COPY: [&str; 2] = ["--test", "student"];

/// So many test programs run at the same time. Many tests wait (for a turn, for a limit on the real clock, for one call of
/// the compiler), so that one program alone leaves processors idle; with more than two of them, runs that have a limit on
/// the real clock would get too little of a small machine.
const AT_ONCE: usize = 2;

/// Programs that run one after the other: the first of these take turns with one copy of the course, so that they would only
/// wait for each other; the second ones look at all processes that run submissions.
const IN_SEQUENCE: [&[&str]; 2] = [
    &["commands", "builders", "student", "export", "killed", "together", "watch", "at_once"],
    &["attacks", "class"],
];

/// The programs that take longest are begun first.
const LONGEST: [&str; 3] = ["selfcheck", IN_SEQUENCE[0][0], IN_SEQUENCE[1][0]];

impl Test {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        if !instructors::are_here() {
            let mut tests = tests(&workspace);
            let status = tests.args(OF_A_COPY).status().context("cannot start cargo")?;
            return Ok(exit_code(status.success()));
        }
        let Some(programs) = programs(&workspace)? else {
            return Ok(ExitCode::FAILURE);
        };
        say(&format!(
            "{} with tests, {AT_ONCE} at a time; each one's output is shown when it has ended\n",
            count(programs.len(), "program")
        ));
        let mut groups: Vec<Group> = in_groups(programs).into_iter().map(Group::Programs).collect();
        groups.push(Group::Documentation);
        let failed = par_map_with(AT_ONCE, &groups, |group| group.run(&workspace));
        let failed: Vec<String> = failed.into_iter().collect::<Result<Vec<_>>>()?.concat();
        say(&if failed.is_empty() {
            "\nall tests have passed\n".to_string()
        } else {
            format!(
                "\n{} with tests that failed: {}\n",
                count(failed.len(), "program"),
                failed.join(", ")
            )
        });
        Ok(exit_code(failed.is_empty()))
    }
}

/// What one processor does without a pause.
enum Group {
    Programs(Vec<TestProgram>),
    /// The examples in the documentation, which cargo compiles and runs itself.
    Documentation,
}

impl Group {
    /// Runs it; the names of those that failed.
    fn run(&self, workspace: &Workspace) -> Result<Vec<String>> {
        let run = |name: &str, command: &mut Command| {
            let begun = Instant::now();
            let output = command.output().with_context(|| format!("cannot start {name}"))?;
            say(&report(name, &output, begun));
            Ok::<_, anyhow::Error>((!output.status.success()).then(|| name.to_string()))
        };
        let failed = match self {
            Self::Programs(programs) => programs
                .iter()
                .map(|program| run(&program.name(), &mut program.command()))
                .collect::<Result<Vec<_>>>()?,
            Self::Documentation => {
                let mut examples = tests(workspace);
                examples.args(named(&PACKAGES)).args(["--doc", "--quiet"]);
                vec![run("documentation", &mut examples)?]
            }
        };
        Ok(failed.into_iter().flatten().collect())
    }
}

fn tests(workspace: &Workspace) -> Command {
    let target = workspace.root.join("target");
    cargo::cargo(&workspace.root.join("xtask"), "test", &target)
}

/// All test programs; none, if cargo can't build them.
fn programs(workspace: &Workspace) -> Result<Option<Vec<TestProgram>>> {
    let others: Vec<&str> = PACKAGES.into_iter().filter(|package| *package != CHECKER).collect();
    let Some(mut programs) = cargo::test_programs(tests(workspace).args(named(&others)))? else {
        return Ok(None);
    };
    let mut of_the_checker = tests(workspace);
    of_the_checker.args(named(&[CHECKER])).arg("--tests").args(NOT_OPTIMISED);
    let of_the_checker = cargo::test_programs(&mut of_the_checker)?;
    Ok(of_the_checker.map(|more| {
        programs.extend(more);
        programs
    }))
}

/// The options that name packages.
fn named<'a>(packages: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    packages.iter().flat_map(|package| ["--package", package])
}

/// Puts programs that run in sequence into one group, and each of the others into one of its own, the longest first.
fn in_groups(mut programs: Vec<TestProgram>) -> Vec<Vec<TestProgram>> {
    let mut groups: Vec<Vec<TestProgram>> = Vec::new();
    for sequence in IN_SEQUENCE {
        let place =
            |program: &TestProgram| sequence.iter().position(|name| *name == program.target);
        let (mut group, others): (Vec<_>, Vec<_>) =
            programs.into_iter().partition(|program| place(program).is_some());
        group.sort_by_key(place);
        groups.push(group);
        programs = others;
    }
    groups.extend(programs.into_iter().map(|program| vec![program]));
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| {
        LONGEST.iter().position(|name| *name == group[0].target).unwrap_or(LONGEST.len())
    });
    groups
}

/// The output of a program, printed at once, so that no other output comes in between.
fn report(name: &str, output: &Output, begun: Instant) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).trim().to_string();
    let printed = [text(&output.stdout), text(&output.stderr)].join("\n");
    format!("\n== {name}, {} s\n{}\n", begun.elapsed().as_secs(), printed.trim())
}

fn exit_code(success: bool) -> ExitCode {
    if success { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_that_run_in_sequence_are_one_group_and_the_longest_come_first() {
        let program =
            |target: &str| TestProgram { target: target.into(), ..TestProgram::default() };
        let all = ["class", "attacks", "lessons", "killed", "commands", "selfcheck", "new"];
        let groups = in_groups(all.map(program).into());
        let targets: Vec<String> = groups
            .iter()
            .map(|group| group.iter().map(|program| program.target.as_str()).collect())
            .map(|targets: Vec<&str>| targets.join(" "))
            .collect();
        assert_eq!(targets, ["selfcheck", "commands killed", "attacks class", "lessons", "new"]);
    }
}
