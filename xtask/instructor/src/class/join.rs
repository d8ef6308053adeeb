//! `cargo xtask report RESULTS… --report OUT`: joins what any number of runs have graded into one report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use xtask::say;

use super::results::Results;
use super::{earlier, places, report, summary};

/// Make one report of the results of several runs, of parts of a class, say
///
/// Each of RESULTS is a results.json, or the folder of a report that has one.
#[derive(Args)]
pub struct Report {
    /// What the runs have written
    #[arg(required = true, value_name = "RESULTS")]
    results: Vec<PathBuf>,
    /// The folder to write the reports to
    #[arg(long, value_name = "OUT")]
    report: PathBuf,
}

impl Report {
    pub fn run(self) -> Result<ExitCode> {
        places::receives_reports(&self.report)?;
        let mut all: Option<(Results, &PathBuf)> = None;
        for path in &self.results {
            let results = earlier::read(path)?;
            all = Some(match all {
                None => (results, path),
                Some((first, of)) => (join(first, of, results, path)?, of),
            });
        }
        let (mut results, _) = all.context("there are no results")?;
        results.students.sort_by(|a, b| a.name.cmp(&b.name));
        let written = report::write(&results, &self.report)?;
        say(&summary::text(&results, &self.report, &written, &[]));
        Ok(ExitCode::SUCCESS)
    }
}

/// Both together. They have to be of the same course, graded in the same way.
fn join(mut first: Results, of: &Path, more: Results, path: &Path) -> Result<Results> {
    if let Some(why) = earlier::unlike(&first, &more.course, &more.grading) {
        bail!("{} was graded {why} ({} was the first)", path.display(), of.display());
    }
    for student in &more.students {
        if first.students.iter().any(|known| known.name == student.name) {
            bail!("{} is in {} and in {}", student.name, of.display(), path.display());
        }
    }
    first.students.extend(more.students);
    // each part has seen all of the folder
    first.others.extend(more.others);
    first.others.sort();
    first.others.dedup();
    for pending in more.review {
        match first.review.iter_mut().find(|known| known.snapshot == pending.snapshot) {
            Some(known) => {
                known.students.extend(pending.students);
                known.students.sort();
            }
            None => first.review.push(pending),
        }
    }
    first.review.sort_by(|a, b| (&a.task, &a.snapshot).cmp(&(&b.task, &b.snapshot)));
    first.similar = match (first.similar, more.similar) {
        (None, None) => None,
        // likeness across the parts was not looked for
        (a, b) => Some(a.into_iter().chain(b).flatten().collect()),
    };
    Ok(first)
}
