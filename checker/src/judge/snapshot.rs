//! Reviewed snapshots: the accepted normalized traces of the public scenarios.
//!
//! A snapshot is `tests/snapshots/FUNCTION@SCENARIO.snap` in the task's crate. If a run keeps every rule but has
//! another normalized trace, that becomes a pending snapshot (`….snap.new`), for an instructor to review. Its name is
//! made from its contents, so accepting it with `cargo insta review` adds an accepted trace, and replaces none.

use std::path::{Path, PathBuf};

use crate::contract::Returned;
use crate::show::text::{self, Canvas};
use crate::timeline::Timeline;
use crate::timeline::normalized::NormalizedTrace;

/// The width of the drawing in columns. It is fixed, so that a snapshot does not depend on a terminal.
const COLUMNS: usize = 80;

/// The text of a snapshot.
pub fn text(title: &str, normalized: &NormalizedTrace) -> String {
    let mut text = format!("{title}\n\n");
    let canvas = Canvas { rows: usize::MAX, ..Canvas::plain(COLUMNS) };
    for line in text::draw(&Timeline::from(normalized), canvas) {
        text.push_str(&line);
        text.push('\n');
    }
    let returned = normalized.returned.as_ref().map_or("nothing".into(), Returned::exact);
    text.push_str(&format!("\nreturned  {returned}\n"));
    if let Some(tasks) = normalized.tasks {
        text.push_str(&format!("tasks     {tasks} with a wait of their own\n"));
    }
    text
}

/// The snapshots of one task crate.
pub struct Snapshots {
    folder: PathBuf,
    function: &'static str,
}

/// Whether a normalized trace was reviewed.
#[derive(Debug, PartialEq, Eq)]
pub enum Review {
    /// It is the same as a reviewed snapshot.
    Accepted,
    /// It is new. This is the file of the pending snapshot, or only its name if no file was written.
    Pending(PathBuf),
}

impl Snapshots {
    /// The snapshots of `function` in the crate at `crate_dir`.
    pub fn of(crate_dir: &Path, function: &'static str) -> Self {
        Self { folder: crate_dir.join("tests").join("snapshots"), function }
    }

    /// Compares `text` with the reviewed snapshots of a scenario. A new text becomes a pending snapshot, if `write` is
    /// true.
    pub fn review(&self, scenario: &str, text: &str, write: bool) -> Review {
        let first = format!("{}@{scenario}", self.function);
        let names = self.names(&first);
        let accepted =
            |name: &String| contents(&self.folder.join(name)).is_some_and(|old| old == text.trim());
        if names.iter().any(accepted) {
            return Review::Accepted;
        }
        let name =
            if names.is_empty() { first } else { format!("{first}.{:08x}", fingerprint(text)) };
        let path = self.folder.join(format!("{name}.snap.new"));
        let pending = format!("---\nsource: tests/check.rs\ndescription: {name}\n---\n{text}");
        let written = write
            && std::fs::create_dir_all(&self.folder)
                .and_then(|()| std::fs::write(&path, pending))
                .is_ok();
        Review::Pending(if written { path } else { name.into() })
    }

    /// The file names of a scenario's reviewed snapshots: the first one, and further accepted ones.
    fn names(&self, first: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| {
                let stem = name.strip_suffix(".snap").and_then(|stem| stem.strip_prefix(first));
                stem.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .collect();
        names.sort();
        names
    }
}

fn contents(path: &Path) -> Option<String> {
    let snapshot = insta::Snapshot::from_file(path).ok()?;
    let text = snapshot.as_text()?.to_string();
    Some(text.replace("\r\n", "\n").trim().to_string())
}

/// The FNV-1a hash: short, and the same on every machine and in every version.
fn fingerprint(text: &str) -> u32 {
    text.bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_new_trace_is_pending_until_it_is_reviewed_and_replaces_none() {
        let dir = tempfile::tempdir().unwrap();
        let snapshots = Snapshots::of(dir.path(), "wait_n");
        let Review::Pending(first) = snapshots.review("mixed", "one way\n", true) else { panic!() };
        assert!(first.ends_with("tests/snapshots/wait_n@mixed.snap.new"), "{first:?}");
        std::fs::rename(&first, first.with_extension("")).unwrap();
        assert_eq!(snapshots.review("mixed", "one way\n", true), Review::Accepted);

        let Review::Pending(second) = snapshots.review("mixed", "another way\n", true) else {
            panic!()
        };
        assert_ne!(first, second);
        std::fs::rename(&second, second.with_extension("")).unwrap();
        assert_eq!(snapshots.review("mixed", "another way\n", true), Review::Accepted);
        assert_eq!(snapshots.review("mixed", "one way\n", true), Review::Accepted, "still");
    }

    #[test]
    fn the_hash_in_a_name_is_fnv_1a() {
        // published values of FNV-1a
        let known = [("", 0x811c_9dc5), ("a", 0xe40c_292c), ("foobar", 0xbf9c_f968)];
        for (text, hash) in known {
            assert_eq!(fingerprint(text), hash, "{text}");
        }
    }

    #[test]
    fn a_snapshot_leaves_nothing_out() {
        let delays: Vec<u64> = (1..=40).collect();
        let durations: Vec<_> = delays.iter().copied().map(Duration::from_millis).collect();
        let normalized = NormalizedTrace::concurrent(&durations, true);
        let text = text("wait_n(n = 40)", &normalized);
        for row in 1..=40 {
            assert!(text.contains(&format!("#{row} ")), "{row} is missing in\n{text}");
        }
        let all: Vec<String> = delays.iter().map(u64::to_string).collect();
        assert!(text.contains(&format!("\nreturned  {} ms\n", all.join(" "))), "{text}");
        assert!(text.ends_with("tasks     40 with a wait of their own\n"), "{text}");
    }

    #[test]
    fn without_write_no_file_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let review = Snapshots::of(dir.path(), "wait_n").review("mixed", "one way\n", false);
        assert_eq!(review, Review::Pending("wait_n@mixed".into()));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn two_new_traces_have_different_names_even_if_they_are_not_written() {
        let dir = tempfile::tempdir().unwrap();
        let snapshots = Snapshots::of(dir.path(), "wait_n");
        let Review::Pending(first) = snapshots.review("mixed", "one way\n", true) else { panic!() };
        std::fs::rename(&first, first.with_extension("")).unwrap();
        for write in [false, true] {
            let [a, b] = ["a\n", "b\n"].map(|text| snapshots.review("mixed", text, write));
            assert_ne!(a, b);
        }
    }
}
