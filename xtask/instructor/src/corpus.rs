//! Reads the known solutions in `checker/corpus/NN-name/`. Each states the verdict that it must get.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;
use checker::verdict::{Outcome, Verdict};

use xtask::workspace::Workspace;

/// A wrong solution, or an unusual right one.
pub struct KnownSolution {
    pub task: &'static Task,
    /// The file's (or folder's) name, without its ending.
    pub name: String,
    /// The `lib.rs`. If the solution has several files, its folder is the `src/`.
    pub lib: PathBuf,
    pub expected: Expected,
}

/// The verdict that a known solution states in its first line: `//! verdict: failed E-sequential`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    outcome: Outcome,
    /// The diagnosis, or every remark.
    codes: Vec<Code>,
}

/// The words for outcomes in a header.
const OUTCOMES: [(&str, Outcome); 7] = [
    ("passed", Outcome::Passed),
    ("failed", Outcome::Failed),
    ("did not compile", Outcome::DidNotCompile),
    ("did not finish", Outcome::DidNotFinish),
    ("crashed", Outcome::Crashed),
    ("untouched", Outcome::Untouched),
    ("not judged", Outcome::NotJudged),
];

/// Reads all known solutions, sorted by task and name.
pub fn all(workspace: &Workspace) -> Result<Vec<KnownSolution>> {
    let mut known = Vec::new();
    for task in TASKS {
        let folder = workspace.root.join("checker/corpus").join(task.folder());
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("cannot list {}", workspace.shown(&folder)))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let lib = if path.is_dir() { path.join("lib.rs") } else { path.clone() };
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let expected =
                expected(&lib).with_context(|| format!("in {}", workspace.shown(&lib)))?;
            known.push(KnownSolution { task, name, lib, expected });
        }
    }
    Ok(known)
}

fn expected(lib: &Path) -> Result<Expected> {
    let bytes = std::fs::read(lib)?;
    let first =
        String::from_utf8_lossy(bytes.split(|byte| *byte == b'\n').next().unwrap_or_default())
            .into_owned();
    let Some((_, stated)) = first.split_once("//! verdict: ") else {
        bail!("the first line must state the verdict: `//! verdict: failed E-sequential`");
    };
    stated.trim().parse()
}

impl std::str::FromStr for Expected {
    type Err = anyhow::Error;

    fn from_str(stated: &str) -> Result<Self> {
        let Some((word, outcome)) = OUTCOMES.into_iter().find(|(word, _)| stated.starts_with(word))
        else {
            bail!(
                "`{stated}` does not begin with an outcome ({})",
                OUTCOMES.map(|(word, _)| word).join(", ")
            );
        };
        let codes: Vec<Code> =
            stated[word.len()..].split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let fits = match outcome {
            Outcome::Passed => codes.iter().all(|code| code.is_remark()),
            Outcome::Untouched => codes.is_empty(),
            _ => codes.len() == 1 && codes[0].outcome() == outcome,
        };
        if !fits {
            bail!("`{stated}`: the code does not belong to the outcome");
        }
        Ok(Self { outcome, codes })
    }
}

impl Expected {
    /// The verdict in the form of a header.
    pub fn of(verdict: &Verdict) -> Self {
        let mut codes: Vec<Code> = match verdict.outcome {
            Outcome::Passed => verdict.remarks.iter().map(|remark| remark.code).collect(),
            _ => verdict.code().into_iter().collect(),
        };
        codes.sort();
        Self { outcome: verdict.outcome, codes }
    }

    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether the solution is right.
    pub fn is_right(&self) -> bool {
        self.outcome == Outcome::Passed
    }

    /// Whether the verdict needs a limit on the real clock, or many more runs or steps than others.
    pub fn may_take_long(&self) -> bool {
        const SLOW: [Code; 4] = [Code::Blocking, Code::NeedlessStep, Code::TooSlow, Code::Crash];
        self.outcome == Outcome::DidNotFinish || self.codes.iter().any(|code| SLOW.contains(code))
    }

    pub fn codes(&self) -> &[Code] {
        &self.codes
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = OUTCOMES
            .iter()
            .find(|(_, outcome)| *outcome == self.outcome)
            .map_or("other", |(word, _)| word);
        write!(f, "{word}")?;
        self.codes.iter().try_for_each(|code| write!(f, " {code}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_and_written_alike() {
        for stated in [
            "passed",
            "passed R-sorted",
            "failed E-sequential",
            "did not compile E-signature",
            "untouched",
        ] {
            assert_eq!(stated.parse::<Expected>().unwrap().to_string(), stated);
        }
    }

    #[test]
    fn a_header_that_contradicts_itself_is_refused() {
        for stated in [
            "",
            "fails",
            "failed",
            "failed R-sorted",
            "passed E-sequential",
            "crashed E-sequential",
            "failed E-no-such",
        ] {
            assert!(stated.parse::<Expected>().is_err(), "{stated}");
        }
    }

    /// An editor or a formatter of one's own loses them without a word.
    #[test]
    fn known_solutions_about_line_ends_and_byte_order_marks_still_have_them() {
        let course = Workspace { root: concat!(env!("CARGO_MANIFEST_DIR"), "/../..").into() };
        let mut about = [0, 0];
        for known in all(&course).unwrap() {
            let bytes = std::fs::read(&known.lib).unwrap();
            let marked = bytes.starts_with("\u{feff}".as_bytes());
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
            let carriage_returns = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
            let is_about = |words: &[&str]| words.iter().any(|word| known.name.contains(word));
            let (ends, mark) = (is_about(&["crlf", "line-ends"]), is_about(&["byte-order-mark"]));
            assert_eq!(marked, mark, "{}", known.name);
            assert_eq!(carriage_returns, if ends { lines } else { 0 }, "{}", known.name);
            about = [about[0] + usize::from(ends), about[1] + usize::from(mark)];
        }
        assert_eq!(about, [3, 2]);
    }
}
