//! Traces that are lawful but new: they wait as pending snapshots, with the names of those who show them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use xtask::workspace::Workspace;

use super::results::{Pending, Student};

/// What waits for review, and who shows it; the pending snapshots say so as well, for whoever reviews them.
pub fn pending(workspace: &Workspace, students: &[Student]) -> Result<Vec<Pending>> {
    let mut all: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for student in students {
        for task in &student.tasks {
            for snapshot in &task.report.verdict.pending {
                let snapshot = snapshot.display().to_string();
                let showing = all.entry((task.report.name.clone(), snapshot)).or_default();
                showing.push(student.name.clone());
            }
        }
    }
    let pending = all.into_iter().map(|((task, snapshot), students)| {
        say_who(&workspace.root.join(&snapshot), &students)?;
        Ok(Pending { task, snapshot, students })
    });
    pending.collect()
}

/// What a snapshot's description says behind its name.
const SEEN_IN: &str = ", seen in ";

/// Writes into a pending snapshot who shows it. One that could not be written is none.
fn say_who(path: &Path, students: &[String]) -> Result<()> {
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(()) };
    let said = described(&text, students);
    if said != text {
        std::fs::write(path, said).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn described(text: &str, students: &[String]) -> String {
    // names are as students chose them, and this is a line of YAML
    let plain =
        |name: &String| name.replace(|c: char| !(c.is_alphanumeric() || " -_.".contains(c)), "?");
    let names = students.iter().map(plain).collect::<Vec<_>>().join(", ");
    let mut in_head = 0;
    let line = |line: &str| {
        in_head += usize::from(line == "---");
        match line.strip_prefix("description: ").filter(|_| in_head == 1) {
            Some(described) => {
                let own = described.split(SEEN_IN).next().unwrap_or(described);
                format!("description: {own}{SEEN_IN}{names}\n")
            }
            None => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pending_snapshot_says_who_shows_it() {
        let text = "---\nsource: tests/check.rs\ndescription: wait_n@equal\n---\ndescription: of the run\n";
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let once = described(text, &names(&["ann", "b: #\n"]));
        assert_eq!(once, text.replacen("equal\n", "equal, seen in ann, b? ??\n", 1));
        assert_eq!(
            described(&once, &names(&["cem"])),
            text.replacen("equal\n", "equal, seen in cem\n", 1)
        );
    }
}
