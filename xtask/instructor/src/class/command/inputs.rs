//! Reads what the options of the command name: the class, the tables, the secret, and the previous report. The steps of
//! `Check::run` get checked values.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use checker::format::{count, nearest};
use sandbox::Level;
use xtask::build::kit::Kit;
use xtask::say;
use xtask::workspace::Workspace;

use super::{Check, say_line};
use crate::class::intake::{self, Entry, Listing};
use crate::class::lock::Lock;
use crate::class::places;
use crate::class::previous_report::{self, Others};
use crate::class::results::Grading;
use crate::class::secret::{self, Chosen, Secret};
use crate::class::settings::Settings;
use crate::class::settings::remembered::{self, FileOption, MadeWith, SecretFile};
use crate::class::settings::table::Table;
use crate::class::shard::Shard;
use crate::class::store::Store;

impl Check {
    /// The class, with a submission for each student. Checks that the folders of the command can be used.
    pub(super) fn class(&self) -> Result<Listing> {
        let class = intake::entries(&self.submissions)?;
        places::has_a_class(&self.submissions)?;
        places::apart(&self.submissions, &self.report)?;
        places::receives_reports(&self.report)?;
        Ok(class)
    }

    /// What the previous report was made with. Empty if there was no previous report.
    pub(super) fn before(&self) -> Result<MadeWith> {
        let before = MadeWith::of_report(&self.report)?;
        let named = self.late.is_some() && self.by_hand.is_some();
        if before.is_none() && !named {
            let previous = previous_report::read(&self.report).ok();
            previous.as_ref().and_then(remembered::unknown).iter().for_each(|line| say_line(line));
        }
        Ok(before.unwrap_or_default())
    }

    /// Points, due dates and exceptions, from the tables that are named, or else from those of `before`. Prints which.
    pub(super) fn settings(
        &self,
        workspace: &Workspace,
        before: &MadeWith,
        class: &Listing,
    ) -> Result<Settings> {
        let table = |kind, file: &Option<PathBuf>, before: &Option<Table>| {
            let option = FileOption::of(file.as_deref());
            let (table, says) = remembered::table(kind, option, before.as_ref())?;
            says.iter().for_each(|line| say_line(line));
            Ok::<_, anyhow::Error>(table)
        };
        let late = table(remembered::LATE, &self.late, &before.late)?;
        let by_hand = table(remembered::BY_HAND, &self.by_hand, &before.by_hand)?;
        let mut settings = Settings::read(workspace, late.as_ref(), by_hand.as_ref())?;
        settings.rename(|student| class.find(student))?;
        Ok(settings)
    }

    /// Notes for the summary: on the lock, the tables, and the folder of the class.
    pub(super) fn notes(&self, class: &Listing, settings: &Settings, lock: &Lock) -> Vec<String> {
        let names: Vec<&str> = class.entries.iter().map(Entry::name).collect();
        let twins = class.twins.iter().map(|(one, other)| {
            format!("`{one}` and `{other}` are graded as two students: if they are one, remove one of the two")
        });
        let mut notes: Vec<String> = lock.note.iter().cloned().collect();
        notes.extend(settings.notes(&names, &self.submissions));
        notes.extend(twins);
        notes.extend(class.notes.iter().cloned());
        notes
    }

    /// The students to grade.
    pub(super) fn asked<'a>(&self, class: &'a Listing) -> Result<Vec<&'a Entry>> {
        let entries = &class.entries;
        let mut only: Vec<&str> = Vec::new();
        for name in &self.only {
            let names: Vec<&str> = entries.iter().map(Entry::name).collect();
            let found = class.find(name)?;
            only.push(found.ok_or_else(|| anyhow!(unknown(name, &names, &self.submissions)))?);
        }
        let shard = self.shard.unwrap_or(Shard::WHOLE);
        let own: Vec<&Entry> = shard.of(entries.iter()).collect();
        if only.is_empty() {
            return Ok(own);
        }
        if let Some(name) = only.iter().find(|name| !own.iter().any(|own| own.name() == **name)) {
            bail!(
                "`{name}` is not in {shard} of this class\n\n  next: leave out --only, or --shard"
            );
        }
        Ok(own.into_iter().filter(|own| only.contains(&own.name())).collect())
    }

    /// The best level that works on this machine. An error if that is lower than the level that was asked for.
    pub(super) fn level(&self) -> Result<Level> {
        let best = sandbox::best_level().map_err(|why| anyhow!(why))?;
        if best > self.isolation {
            bail!(
                "this machine isolates submissions at level {best} only, and {} was asked for\n  {best}: {}\n\n  next: grade on a \
                 Linux of 5.13 or newer that allows namespaces and Landlock, or say --isolation {best} if that is \
                 enough for these submissions",
                self.isolation,
                best.promises()
            );
        }
        Ok(best)
    }

    /// The secret of the hidden runs. `settings` remember its file. Prints which secret it is, unless it is a new one.
    pub(super) fn secret(
        &self,
        workspace: &Workspace,
        before: Option<&SecretFile>,
        settings: &mut Settings,
    ) -> Result<Secret> {
        let drawn = workspace.generated_dir().join("class/secret");
        let Chosen { secret, file, says } = secret::choose(self.named_secret(), before, &drawn)?;
        says.iter().for_each(|line| say_line(line));
        settings.made_with.secret = file;
        Ok(secret)
    }

    /// What the command line says about the secret.
    fn named_secret(&self) -> FileOption<'_> {
        FileOption::of(self.secret.as_deref())
    }

    /// The note that everything is graded again with another secret, unless that secret was named.
    pub(super) fn other_secret(&self, grading: &Grading) -> Option<String> {
        if matches!(self.named_secret(), FileOption::File(_)) {
            return None;
        }
        previous_report::other_secret(&self.report, grading)
    }

    /// The students of the previous report who stay in it, and are not graded now.
    pub(super) fn others(
        &self,
        (settings, grading): (&Settings, &Grading),
        class: &Listing,
        asked: &[&Entry],
    ) -> Result<Others> {
        let others = if self.only.is_empty() {
            Others::default()
        } else {
            let names: Vec<&str> = class.entries.iter().map(Entry::name).collect();
            let asked: Vec<&str> = asked.iter().map(|entry| entry.name()).collect();
            previous_report::others(&self.report, (&settings.course, grading), &names, &asked)?
        };
        others.have_points_by(settings, &self.report)?;
        Ok(others)
    }

    /// The kit that compiles the submissions.
    pub(super) fn kit(&self, workspace: &Workspace) -> Result<Kit> {
        say("making ready …\n");
        let kit = Kit::of(workspace, true)
            .context("a class is graded by the kit, which can't be made here")?;
        Ok(if self.fresh { kit.compiling_anew() } else { kit })
    }

    /// The verdicts that are kept in the report's folder.
    pub(super) fn store(&self) -> Result<Store> {
        let folder = self.report.join(places::GRADED);
        if self.resume && !folder.is_dir() {
            bail!(
                "{} has no earlier grading that could go on\n\n  next: leave out --resume, or name the folder of an earlier report",
                self.report.display()
            );
        }
        if self.fresh && folder.is_dir() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))
                .map_err(unwritable)?;
        }
        Store::new(folder).map_err(unwritable)
    }
}

fn unwritable(error: anyhow::Error) -> anyhow::Error {
    anyhow!("{error:#}\n\n  next: name a folder with --report that you may write to")
}

/// The message that there is no submission with this name, with a guess which one was meant.
fn unknown(name: &str, names: &[&str], submissions: &Path) -> String {
    let near = match nearest(name, names.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!(", which has {}", count(names.len(), "other")),
    };
    format!(
        "there is no submission of `{name}` in {}{near}\n\n  next: name the student's folder with --only, or the archive without its ending",
        submissions.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_nearly_one_is_guessed_and_else_it_is_said_how_many_there_are() {
        let message = |name| unknown(name, &["Anna", "ben"], Path::new("in"));
        for (name, says) in [
            ("anna", "no submission of `anna` in in; did you mean `Anna`?\n\n  next: name the"),
            ("bem", "; did you mean `ben`?"),
            ("nobody", "no submission of `nobody` in in, which has 2 others\n\n  next: name the"),
        ] {
            assert!(message(name).contains(says), "{}", message(name));
        }
    }
}
