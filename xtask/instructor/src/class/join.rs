//! `cargo xtask report RESULTS… --report OUT`: joins the results of several gradings into one report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use xtask::{UNABLE, say};

use super::lock::Lock;
use super::results::Results;
use super::{incomplete, places, previous_report, report, shard, summary};

/// Join the results of several gradings into one report, for example of the parts of a class
///
/// Each of RESULTS is a results.json, or the folder of a report that has one.
#[derive(Args)]
pub struct Report {
    /// The results to join
    #[arg(required = true, value_name = "RESULTS")]
    results: Vec<PathBuf>,
    /// The folder to write the reports to
    #[arg(long, value_name = "OUT")]
    report: PathBuf,
}

impl Report {
    pub fn run(self) -> Result<ExitCode> {
        places::receives_reports(&self.report)?;
        self.apart()?;
        let lock = Lock::take(&self.report)?;
        let read =
            self.results.iter().map(|path| Ok((previous_report::read(path)?, path.as_path())));
        let read = read.collect::<Result<Vec<_>>>()?;
        let shards = read.iter().filter_map(|(results, path)| Some((results.shard?, *path)));
        shard::whole(&shards.collect::<Vec<_>>())?;
        let mut read = read.into_iter();
        let (mut results, first) = read.next().context("there are no results")?;
        for (more, path) in read {
            results = join(results, first, more, path)?;
        }
        results.shard = None;
        results.students.sort_by(|a, b| a.name.cmp(&b.name));
        results.incomplete = incomplete::of(&results.students);
        let written = report::write(&results, &self.report)?;
        let notes: Vec<String> = lock.note.iter().cloned().collect();
        say(&incomplete::text(&results, "the command that graded their part"));
        say(&summary::text(&results, &self.report, &written, &notes));
        let complete = results.incomplete.is_empty();
        Ok(if complete { ExitCode::SUCCESS } else { ExitCode::from(UNABLE) })
    }

    /// Refuses results that are named twice, and an OUT that is one of the results.
    fn apart(&self) -> Result<()> {
        let out = places::real(&self.report.join("results.json"))?;
        let mut known: Vec<PathBuf> = Vec::new();
        for path in &self.results {
            let file = places::real(&previous_report::file(path))?;
            if known.contains(&file) {
                bail!("{} is named twice\n\n  next: name each part once", path.display());
            }
            if file == out {
                bail!(
                    "{} is one of the reports that are joined, and the joined report would replace it\n\n  next: name another folder with --report",
                    self.report.display()
                );
            }
            known.push(file);
        }
        Ok(())
    }
}

/// Joins two results. They must be of the same course, and graded in the same way.
fn join(mut first: Results, of: &Path, more: Results, path: &Path) -> Result<Results> {
    if let Some(why) = previous_report::unlike(&first, &more.course, &more.grading) {
        bail!("{} was graded {why} ({} was the first)", path.display(), of.display());
    }
    let known = first.made_with.as_ref().zip(more.made_with.as_ref());
    if let Some(what) = known.and_then(|(first, more)| first.differs(more)) {
        bail!(
            "{} and {} were not graded with the same {what}, so their points can't be compared\n\n  next: grade one of them again with the {what} of the other (this is quick, because verdicts are kept)",
            of.display(),
            path.display()
        );
    }
    for student in &more.students {
        if first.students.iter().any(|known| known.name == student.name) {
            bail!(
                "{} is in {} and in {}\n\n  next: name each part of the class once",
                student.name,
                of.display(),
                path.display()
            );
        }
    }
    first.students.extend(more.students);
    first.made_with = first.made_with.or(more.made_with);
    // each shard has seen the whole folder
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
        // files of different shards were not compared
        (a, b) => Some(a.into_iter().chain(b).flatten().collect()),
    };
    Ok(first)
}
