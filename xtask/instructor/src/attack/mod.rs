//! The attacks: `checker/attacks/NAME/`. They are submissions that try to harm the grading machine, or to get points that
//! they don't deserve. Each states the verdict that it must get.
//!
//! A folder is laid out as the crate of the task that the attack pretends to solve: `src/lib.rs`, and all other files that it
//! brings along. Its `attack.toml` is not part of the submission:
//!
//! ```toml
//! what = "Hands a symbolic link in, in the place of its source."
//! task = 1
//! expect = ["failed E-invalid-submission"]
//!
//! # what git can't hold, or what is too large for it
//! [[make]]
//! path = "src/lib.rs"
//! link = "/etc/passwd"
//! ```
//!
//! Other entries of `[[make]]` are `bytes = [0, 255]`, `repeat = "text"` with `times = 1000`, and `fifo = true`. A second
//! verdict in `expect` is for another level of isolation, and a comment says for which.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use checker::tasks::{TASKS, Task};
use checker::verdict::Verdict;
use serde::Deserialize;
use xtask::workspace::Workspace;

pub use expected::Expected;
use make::{Make, make_folder_of};

mod expected;
mod make;

/// The file that describes an attack.
const MANIFEST: &str = "attack.toml";

/// The file that every task's crate has.
const LIB: &str = "src/lib.rs";

/// A submission that means harm.
pub struct Attack {
    /// The folder's name.
    pub name: String,
    /// What it tries, in a sentence.
    pub what: String,
    /// The task that it pretends to solve.
    pub task: &'static Task,
    /// The verdicts that it may get. There is only one, unless it depends on the level of isolation.
    pub expect: Vec<Expected>,
    folder: PathBuf,
    make: Vec<Make>,
    /// The tasks that its task builds on, and right solutions of them.
    dependencies: Vec<(&'static Task, PathBuf)>,
}

/// `attack.toml`, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    what: String,
    task: usize,
    expect: Vec<Expected>,
    #[serde(default)]
    make: Vec<Make>,
}

/// Reads all attacks, sorted by name.
///
/// # Errors
/// Names the file that can't be read, and what is wrong with it.
pub fn all(workspace: &Workspace) -> Result<Vec<Attack>> {
    let folder = workspace.root.join("checker/attacks");
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", workspace.shown(&folder)))?;
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let read = |folder: PathBuf| {
        let manifest = workspace.shown(&folder.join(MANIFEST));
        Attack::read(workspace, folder).with_context(|| format!("in {manifest}"))
    };
    folders.into_iter().map(read).collect()
}

impl Attack {
    fn read(workspace: &Workspace, folder: PathBuf) -> Result<Self> {
        let text = std::fs::read_to_string(folder.join(MANIFEST)).context("cannot read it")?;
        let Written { what, task, expect, make } = toml::from_str(&text)?;
        let Some(task) = TASKS.into_iter().find(|known| known.number == task) else {
            bail!("`task = {task}`: the course has no task of that number");
        };
        if expect.is_empty() {
            bail!("`expect` names no verdict: write the one that the attack must get");
        }
        if !folder.join(LIB).exists() && !make.iter().any(|make| make.path == Path::new(LIB)) {
            bail!("there is no {LIB} beside it, and no `[[make]]` makes one");
        }
        let solution = |task: &'static Task| {
            let name = format!("checker/solutions/{}.rs", task.folder());
            (task, workspace.root.join(name))
        };
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let dependencies = task.dependency_tasks().map(solution).collect();
        Ok(Self { name, what, task, expect, folder, make, dependencies })
    }

    /// Whether it may get this verdict.
    pub fn admits(&self, verdict: &Verdict) -> bool {
        self.expect.iter().any(|expected| expected.is(verdict))
    }

    /// Writes the attack as a submission into `folder`, which is new or empty. The submission also has right solutions of the
    /// tasks that its task builds on.
    ///
    /// # Errors
    /// Names what can't be made.
    pub fn lay_out(&self, folder: &Path) -> Result<()> {
        let crate_of = |task: &Task| folder.join("crates").join(task.folder());
        for (task, solution) in &self.dependencies {
            copy(solution, &crate_of(task).join(LIB))?;
        }
        let own = crate_of(self.task);
        copy(&self.folder, &own)?;
        let manifest = own.join(MANIFEST);
        std::fs::remove_file(&manifest)
            .with_context(|| format!("cannot remove {}", manifest.display()))?;
        self.make.iter().try_for_each(|make| make.put_into(&own))
    }
}

/// Copies a file, or a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        make_folder_of(to)?;
        std::fs::copy(from, to)
            .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
        return Ok(());
    }
    let entries =
        std::fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot list {}", from.display()))?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use checker::verdict::Outcome;

    use super::*;

    fn workspace() -> Workspace {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        Workspace { root: root.into() }
    }

    /// The result of reading a workspace with one attack that has this manifest.
    fn read(manifest: &str, lib: Option<&str>) -> Result<Vec<Attack>> {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("checker/attacks/sly");
        std::fs::create_dir_all(folder.join("src")).unwrap();
        std::fs::write(folder.join(MANIFEST), manifest).unwrap();
        if let Some(lib) = lib {
            std::fs::write(folder.join(LIB), lib).unwrap();
        }
        all(&Workspace { root: root.path().into() })
    }

    const RIGHT: &str = "what = \"Tries.\"\ntask = 1\nexpect = [\"failed E-forbidden-api\"]\n";

    #[test]
    fn the_attacks_can_be_read_and_are_many() {
        let attacks = all(&workspace()).unwrap();
        assert!(attacks.len() >= 45, "{}", attacks.len());
        assert!(attacks.is_sorted_by(|a, b| a.name.to_lowercase() < b.name.to_lowercase()));
        let tasks = TASKS
            .iter()
            .filter(|task| attacks.iter().any(|attack| attack.task.number == task.number));
        assert_eq!(tasks.count(), TASKS.len(), "each task has an attack");
    }

    #[test]
    fn every_attack_says_in_a_sentence_what_it_tries() {
        for Attack { name, what, .. } in all(&workspace()).unwrap() {
            let sentence = what.starts_with(|c: char| c.is_uppercase())
                && what.ends_with('.')
                && !what.contains(". ")
                && what.len() <= 110;
            assert!(sentence, "{name}: {what}");
        }
    }

    #[test]
    fn a_source_begins_with_what_it_tries() {
        for attack in all(&workspace()).unwrap() {
            let Ok(lib) = std::fs::read(attack.folder.join(LIB)) else { continue };
            let lib = String::from_utf8_lossy(&lib).into_owned();
            // a shebang, or an attribute that has to come first, may stand before
            assert!(lib.lines().take(2).any(|line| line.starts_with("//! ")), "{}", attack.name);
        }
    }

    #[test]
    fn a_second_verdict_is_explained() {
        let mut several = 0;
        for attack in all(&workspace()).unwrap().iter().filter(|attack| attack.expect.len() > 1) {
            let manifest = std::fs::read_to_string(attack.folder.join(MANIFEST)).unwrap();
            let (before, _) = manifest.split_once("\nexpect").unwrap();
            let line = before.lines().next_back().unwrap();
            assert!(line.starts_with("# "), "{}: {line}", attack.name);
            several += 1;
        }
        assert!(several < 10, "one verdict is the rule, and {several} attacks have more");
    }

    #[test]
    fn what_is_wrong_with_a_manifest_is_said_with_its_name() {
        let unlike = |from: &str, to: &str| RIGHT.replacen(from, to, 1);
        for (manifest, message) in [
            (unlike("what", "whta"), "unknown field `whta`"),
            (unlike("what = \"Tries.\"\n", ""), "missing field `what`"),
            (unlike("task = 1", "task = \"one\""), "task = \"one\""),
            (unlike("task = 1", "task = 9"), "`task = 9`"),
            (unlike("\"failed E-forbidden-api\"", ""), "`expect` names no verdict"),
            (unlike("failed", "fails"), "unknown variant `fails`"),
            (unlike("E-forbidden-api", "E-no-such"), "no code `E-no-such`"),
            (unlike("failed", "crashed"), "does not belong to the outcome"),
            (RIGHT.to_string() + "[[make]]\npath = \"a\"\nlnk = \"b\"", "unknown field `lnk`"),
            (RIGHT.to_string() + "[[make]]\npath = \"../a\"\nfifo = true", "leads out"),
            (RIGHT.to_string() + "[[make]]\npath = \"a\"\nrepeat = \"b\"", "exactly one of these"),
            (
                RIGHT.to_string() + "[[make]]\npath = \"a\"\nlink = \"b\"\ntimes = 2",
                "exactly one of these",
            ),
            (RIGHT.to_string() + "[[make]]\npath = \"a\"\nbytes = [256]", "256"),
        ] {
            let error = format!("{:#}", read(&manifest, Some("")).err().unwrap());
            assert!(error.contains("checker/attacks/sly/attack.toml"), "{error}");
            assert!(error.contains(message), "{message}: {error}");
        }
        assert_eq!(read(RIGHT, Some("")).unwrap().len(), 1);
    }

    #[test]
    fn an_attack_without_a_source_is_refused() {
        let error = format!("{:#}", read(RIGHT, None).err().unwrap());
        assert!(error.contains("sly/attack.toml") && error.contains(LIB), "{error}");
        let made = RIGHT.to_string() + "[[make]]\npath = \"src/lib.rs\"\nlink = \"/\"";
        assert_eq!(read(&made, None).unwrap().len(), 1);
    }

    #[test]
    fn each_of_several_verdicts_is_admitted() {
        let manifest = RIGHT.replace("\"failed E-forbidden-api\"", "\"missing\", \"passed\"");
        let attack = &read(&manifest, Some("")).unwrap()[0];
        assert!(attack.admits(&Verdict::new(Outcome::Passed)));
        assert!(attack.admits(&Verdict::new(Outcome::Missing)));
        assert!(!attack.admits(&Verdict::new(Outcome::Waiting)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_attack_is_laid_out_with_what_git_can_not_hold() {
        use std::os::unix::fs::FileTypeExt;

        let attacks = all(&workspace()).unwrap();
        let laid_out = |name: &str| {
            let attack = attacks.iter().find(|attack| attack.name == name).unwrap();
            let folder = tempfile::tempdir().unwrap();
            attack.lay_out(folder.path()).unwrap();
            let own = folder.path().join("crates").join(attack.task.folder());
            assert!(!own.join(MANIFEST).exists());
            (folder, own)
        };
        let (_folder, own) = laid_out("module-that-is-a-link");
        assert_eq!(std::fs::read_link(own.join("src/users.rs")).unwrap(), Path::new("/etc/passwd"));
        assert!(own.join(LIB).is_file());
        let (_folder, own) = laid_out("lib-that-is-a-pipe");
        assert!(own.join(LIB).symlink_metadata().unwrap().file_type().is_fifo());
        let (_folder, own) = laid_out("module-of-zero-bytes");
        assert_eq!(std::fs::read(own.join("src/zeros.rs")).unwrap()[2..4], [255, 254]);
        let (_folder, own) = laid_out("deep-parentheses");
        assert_eq!(std::fs::read_to_string(own.join("src/deep.rs")).unwrap(), "(".repeat(100_000));
        let (_folder, own) = laid_out("cargo-settings");
        assert!(own.join(".cargo/config.toml").is_file());
        let (folder, _) = laid_out("returns-sorted-guesses");
        for dependency in ["01-basic-coroutine", "04-tasks"] {
            assert!(
                folder.path().join("crates").join(dependency).join(LIB).is_file(),
                "{dependency}"
            );
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn every_attack_can_be_laid_out() {
        for attack in all(&workspace()).unwrap() {
            let folder = tempfile::tempdir().unwrap();
            attack.lay_out(folder.path()).unwrap();
            let lib = folder.path().join("crates").join(attack.task.folder()).join(LIB);
            assert!(lib.symlink_metadata().is_ok(), "{}", attack.name);
        }
    }
}
