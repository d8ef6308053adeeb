//! Lists the files of a student's copy of the course.
//!
//! A file is copied only if it is named: in this module, or by the course itself (its tasks, its codes, the modules of its
//! crates). All other files are left out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;

use xtask::file_tree::FileTree;
use xtask::workspace::Workspace;

/// The files of the copy, by their paths in it, with `/` between the folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Files that are handed out as they are.
const AS_THEY_ARE: [&str; 19] = [
    ".cargo/config.toml",
    ".gitattributes",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "checker/Cargo.toml",
    "checker/start/Cargo.toml",
    "checker/manifests/workspace.toml",
    "crates/.cargo/config.toml",
    "docs/report.schema.json",
    "rustfmt.toml",
    "xtask/start/Cargo.lock",
    "xtask/start/Cargo.toml",
    "xtask/start/src/main.rs",
    "xtask/tests/course/mod.rs",
    "xtask/tests/student.rs",
    "xtask/tests/student/verdicts.rs",
];

/// Files that are written for students, and their places in the copy.
const FOR_STUDENTS: [(&str, &str); 1] = [("xtask/student/README.md", "README.md")];

/// The additional file of a template repository on GitHub.
const FOR_GITHUB: [(&str, &str); 1] = [("xtask/student/github/check.yml", WORKFLOW)];
pub const WORKFLOW: &str = ".github/workflows/check.yml";

/// The copy's files, as they are in the workspace now. The sources of the tasks are always the stubs.
pub fn student(workspace: &Workspace, github: bool) -> Result<Files> {
    let mut handout = Handout { root: &workspace.root, files: Files::new() };
    for path in AS_THEY_ARE {
        handout.add(path)?;
    }
    for (from, to) in FOR_STUDENTS.iter().chain(FOR_GITHUB.iter().filter(|_| github)) {
        handout.add_as(from, to)?;
    }
    handout.add_sources("checker/src/lib.rs")?;
    for path in ["Cargo.toml", "src/lib.rs"] {
        handout.add(&format!("checker/kit/{path}"))?;
    }
    handout.add_sources("checker/kit/src/runner/main.rs")?;
    for code in Code::ALL {
        handout.add(&format!("checker/codes/{code}.md"))?;
    }
    handout.add("xtask/src/main.rs")?;
    handout.add_sources("xtask/src/lib.rs")?;
    handout.add_manifests_of_xtask()?;
    for task in TASKS {
        handout.add_task(task)?;
    }
    handout.finish_lock_of_xtask()?;
    Ok(handout.files)
}

struct Handout<'a> {
    root: &'a Path,
    files: Files,
}

impl Handout<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>> {
        std::fs::read(self.root.join(path)).with_context(|| format!("cannot read {path}"))
    }

    fn read_text(&self, path: &str) -> Result<String> {
        String::from_utf8(self.read(path)?).with_context(|| format!("{path} is not UTF-8"))
    }

    fn add(&mut self, path: &str) -> Result<()> {
        self.add_as(path, path)
    }

    fn add_as(&mut self, from: &str, to: &str) -> Result<()> {
        let contents = self.read(from)?;
        self.files.insert(to.into(), contents);
        Ok(())
    }

    fn add_task(&mut self, task: &Task) -> Result<()> {
        let folder = format!("crates/{}", task.folder());
        for part in ["Cargo.toml", "README.md", "hints.md", "src/main.rs", "tests/check.rs"] {
            self.add(&format!("{folder}/{part}"))?;
        }
        self.add(&format!("checker/manifests/{}.toml", task.folder()))?;
        let stub = format!("checker/stubs/{}.rs", task.folder());
        self.add(&stub)?;
        self.add_as(&stub, &format!("{folder}/src/lib.rs"))?;
        let snapshots = format!("{folder}/tests/snapshots");
        let of_the_task = format!("{}@", task.function);
        for name in self.names(&snapshots)? {
            if name.starts_with(&of_the_task) && name.ends_with(".snap") {
                let path = format!("{snapshots}/{name}");
                let text = described(&self.read_text(&path)?, name.trim_end_matches(".snap"));
                self.files.insert(path, text.into());
            }
        }
        // authors try things out in examples, too, so only those that the lesson quotes are handed out
        let lesson = self.read_text(&format!("{folder}/README.md"))?;
        let examples = format!("{folder}/examples");
        if self.root.join(&examples).is_dir() {
            for name in self.names(&examples)? {
                if lesson.contains(&format!("examples/{name}")) {
                    self.add(&format!("{examples}/{name}"))?;
                }
            }
        }
        Ok(())
    }

    /// The names in a folder.
    fn names(&self, folder: &str) -> Result<Vec<String>> {
        let entries = std::fs::read_dir(self.root.join(folder))
            .with_context(|| format!("cannot list {folder}"))?;
        Ok(entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect())
    }

    /// Adds a source file and all modules that it names.
    fn add_sources(&mut self, file: &str) -> Result<()> {
        let text = self.read_text(file)?;
        let path = PathBuf::from(file);
        let folder = match path.file_stem().and_then(|stem| stem.to_str()) {
            Some("lib" | "main" | "mod") => path.parent().map(Path::to_path_buf),
            _ => Some(path.with_extension("")),
        };
        let folder = folder.unwrap_or_default().to_string_lossy().replace('\\', "/");
        for module in modules(&text) {
            let places = [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")];
            let Some(place) = places.iter().find(|place| self.root.join(place).is_file()) else {
                bail!("{file} has a module `{module}`, but there is no {}", places.join(" nor "));
            };
            self.add_sources(place)?;
        }
        self.files.insert(file.into(), text.into());
        Ok(())
    }

    /// xtask's manifest and lock file, without the instructors' packages and what only those need.
    fn add_manifests_of_xtask(&mut self) -> Result<()> {
        const WITH: &str = "members = [\"instructor\", \"instructor/sandbox\"]\n";
        let path = "xtask/Cargo.toml";
        let manifest = self.read_text(path)?;
        if manifest.matches(WITH).count() != 1 {
            bail!("{path} must have exactly one line `{}`", WITH.trim());
        }
        self.files.insert(path.into(), manifest.replace(WITH, "").into());
        let path = "xtask/Cargo.lock";
        let lock =
            without_instructors(&self.read_text(path)?).with_context(|| format!("in {path}"))?;
        self.files.insert(path.into(), lock.into());
        Ok(())
    }

    /// Lets cargo remove from xtask's lock file what is needed only by features that the instructors' packages ask for.
    fn finish_lock_of_xtask(&mut self) -> Result<()> {
        let copy = tempfile::tempdir().context("cannot make a temporary folder")?;
        let mut tree = FileTree::default();
        self.files.iter().for_each(|(path, contents)| tree.add(path, contents.clone()));
        tree.write(copy.path())?;
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        // unlike others, this command downloads no packages that only another system or only a test needs
        cargo.args(["update", "--workspace", "--offline", "--quiet", "--manifest-path"]);
        cargo.arg("xtask/Cargo.toml").current_dir(copy.path());
        let output = cargo.output().context("cannot start cargo")?;
        if !output.status.success() {
            bail!("cargo can't read the copy:\n{}", String::from_utf8_lossy(&output.stderr));
        }
        let path = "xtask/Cargo.lock";
        let lock =
            std::fs::read(copy.path().join(path)).with_context(|| format!("cannot read {path}"))?;
        self.files.insert(path.into(), lock);
        Ok(())
    }
}

/// The lock file with only the packages that `xtask` depends on, unchanged.
fn without_instructors(lock: &str) -> Result<String> {
    const BEGIN: &str = "[[package]]\n";
    let (head, packages) = lock.split_once(BEGIN).context("it has no packages")?;
    let packages: Vec<&str> = packages.split(BEGIN).collect();
    let tables = packages
        .iter()
        .map(|text| text.parse::<toml::Table>())
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let text = |table: &toml::Table, key: &str| {
        table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_string()
    };
    // a dependency is written by its name, followed by the version if there are several
    let is = |table: &toml::Table, dependency: &str| {
        let mut words = dependency.split_whitespace();
        words.next() == Some(&text(table, "name"))
            && words.next().is_none_or(|version| version == text(table, "version"))
    };
    let mut kept = vec![false; tables.len()];
    let mut open = vec!["xtask".to_string()];
    while let Some(dependency) = open.pop() {
        for (index, table) in tables.iter().enumerate() {
            if is(table, &dependency) && !std::mem::replace(&mut kept[index], true) {
                let more = table.get("dependencies").and_then(toml::Value::as_array);
                let more = more.into_iter().flatten().filter_map(toml::Value::as_str);
                open.extend(more.map(String::from));
            }
        }
    }
    let kept = packages.iter().zip(kept).filter(|(_, kept)| *kept);
    let mut lock = head.to_string();
    kept.for_each(|(text, _)| lock.extend([BEGIN, text]));
    Ok(lock.trim_end().to_string() + "\n")
}

/// The snapshot with only its name as a description. Notes that were added when it was accepted, for example about a
/// student, are not for the next class.
fn described(snapshot: &str, name: &str) -> String {
    let mut in_head = 0;
    let line = |line: &str| {
        in_head += usize::from(line.trim_end() == "---");
        let describes = in_head == 1 && line.starts_with("description:");
        if describes { format!("description: {name}\n") } else { line.into() }
    };
    snapshot.split_inclusive('\n').map(line).collect()
}

/// The modules of a source file that are in files of their own.
fn modules(text: &str) -> Vec<&str> {
    fn named(line: &str) -> Option<&str> {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    }
    text.lines().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_those_in_files_of_their_own() {
        let text = "//! mod a;\npub mod b;\nmod c;\nmod tests {\n    mod e;\n}\n";
        assert_eq!(modules(text), ["b", "c"]);
    }

    #[test]
    fn a_snapshot_names_nobody() {
        let text = "---\nsource: a\ndescription: wait_n@mixed, seen in ann\n---\ndescription: b\n";
        let plain = text.replace(", seen in ann", "");
        assert_eq!(described(text, "wait_n@mixed"), plain);
        assert_eq!(described(&plain, "wait_n@mixed"), plain);
    }

    #[test]
    fn a_lock_file_keeps_what_the_commands_depend_on() {
        let package = |name: &str, version: &str, dependencies: &[&str]| {
            format!(
                "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\ndependencies = {dependencies:?}\n"
            )
        };
        let kept = [
            package("a", "1.0.0", &["c"]),
            package("c", "1.0.0", &[]),
            package("xtask", "0.1.0", &["a 1.0.0"]),
        ];
        let dropped = package("a", "2.0.0", &[])
            + "\n"
            + &package("instructor", "0.1.0", &["xtask", "a 2.0.0"]);
        let lock = format!("version = 4\n\n{}\n{}\n{dropped}\n{}", kept[0], kept[1], kept[2]);
        assert_eq!(
            without_instructors(&lock).unwrap(),
            format!("version = 4\n\n{}", kept.join("\n"))
        );
    }
}
