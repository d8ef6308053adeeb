//! `cargo xtask selfcheck --strength`: how strong is a check?
//!
//! A mutant is a reference solution with a fault ([`faults`]) that shows only in a part of the inputs ([`region`], drawn by [`place`]), such as a
//! twentieth of all inputs. The kit compiles each of them, and each is judged as a student's own check does it, and as a class with
//! two different secrets ([`judge`]). Whoever passes survives, even with remarks. The table ([`table`]) says how many do, and
//! the exit code says whether they are few enough.
//!
//! A fault is never put where nobody could observe it: "one after another" needs two coroutines, and a limit on concurrency
//! needs more coroutines than the limit. Each fault states these bounds, and the size of a region counts only what lies
//! within them. Not injected are faults that a check could find only by luck, or that the text of a file gives away:
//!
//! - a bound left out of a range of more than ten delays, which would have to be drawn thousands of times to be missed,
//! - a time computed from the longest delay in place of measuring it, which differs only if a timer is late,
//! - the number of the process as a seed (`std::process` is refused before anything runs),
//! - regions of drawn delays in task 3, whose function does not see them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use checker::contract::request::Limits;
use xtask::say;
use xtask::workspace::Workspace;

use crate::asked::Asked;
use judge::Judged;
use region::Size;
use table::{COLUMNS, Row};

pub mod faults;
pub mod inputs;
pub mod judge;
pub mod mutant;
pub mod place;
pub mod region;
pub mod table;

/// The seed of the mutants if none is given.
pub const SEED: u64 = 20_250_601;

/// What is asked for.
pub struct Strength {
    /// How many mutants are made for each size of regions.
    pub count: usize,
    pub seed: u64,
    /// Only faults whose name contains this.
    pub only: Option<String>,
    pub limits: Limits,
    /// How many are judged at the same time.
    pub jobs: usize,
    /// The folder for the survivors.
    pub keep: Option<PathBuf>,
}

impl Strength {
    /// Makes and judges the mutants, and says what came of them.
    pub fn run(self, workspace: &Workspace) -> Result<ExitCode> {
        let mutants = mutant::draw(self.count, self.seed, self.only.as_deref());
        if mutants.is_empty() {
            bail!(
                "no fault has `{}` in its name; a name looks like 02-concurrent-coroutines/one too few",
                self.only.as_deref().unwrap_or_default()
            );
        }
        let mut asked = vec![Asked::AtHome];
        asked.extend(Asked::in_classes(self.seed, COLUMNS.len() - 1));
        let judged = judge::judge(workspace, mutants, &asked, self.limits, self.jobs)?;
        let rows = Size::ALL.map(|size| Row::of(size, &judged));
        let (text, errors) = text(&rows, &judged);
        say(&text);
        if let Some(folder) = &self.keep {
            keep(folder, &judged)?;
        }
        let good = errors == 0 && rows.iter().all(|row| row.too_many().is_none());
        Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The table, the survivors, the mutants that were not judged, and the goals that are missed. Also how many were not judged.
fn text(rows: &[Row], judged: &[Judged]) -> (String, usize) {
    let mut text = table::text(rows) + "\n";
    for Judged { mutant, survived, .. } in judged {
        let Ok(survived) = survived else { continue };
        let survives: Vec<&str> = COLUMNS
            .into_iter()
            .zip(survived)
            .filter_map(|(column, survived)| survived.then_some(column))
            .collect();
        if !survives.is_empty() {
            let size = mutant.size.name();
            text += &format!("  {size}: {} (survives: {})\n", mutant.words(), survives.join(", "));
        }
    }
    let mut errors = 0;
    for Judged { mutant, survived, .. } in judged {
        if let Err(why) = survived {
            errors += 1;
            text += &format!("  ✗ {} {}: {why}\n", mutant.name(), mutant.words());
        }
    }
    for missed in rows.iter().filter_map(Row::too_many) {
        text += &format!("  ✗ {missed}\n");
    }
    text += &format!("strength: {} mutants, {errors} not judged\n", judged.len());
    (text, errors)
}

/// Writes the source of each survivor into `folder`.
fn keep(folder: &Path, judged: &[Judged]) -> Result<()> {
    let cannot = || format!("cannot write into {}", folder.display());
    std::fs::create_dir_all(folder).with_context(cannot)?;
    for Judged { mutant, source, survived } in judged {
        if survived.as_ref().is_ok_and(|survived| survived.contains(&true)) {
            let file = format!("{}-task-{}.rs", mutant.name(), mutant.fault.task);
            std::fs::write(folder.join(file), source).with_context(cannot)?;
        }
    }
    Ok(())
}
