//! `cargo xtask export`: the course as it is handed out.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};

use crate::deliver::{self, Delivered};
use xtask::workspace::Workspace;
use xtask::{UNABLE, migrate, say};

use crate::handout::{self, Files};

/// Write a copy of the course to hand out
#[derive(Args)]
pub struct Export {
    #[command(subcommand)]
    what: EventKind,
}

#[derive(Subcommand)]
enum EventKind {
    Student(Student),
}

/// Write a student's copy: stubs, lessons and the checker; no solutions, no commands for instructors
///
/// DIR is a new folder, an empty folder, or an earlier copy. In an earlier copy no work is lost: sources of tasks that were
/// edited stay as they are. If another file differs, the old one is kept beside the new one.
///
/// Exit codes: 0 the copy is written; 2 the copy is not written, or not complete (repeat the command).
#[derive(Args)]
struct Student {
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Also write what a template repository needs: a workflow that checks every push
    #[arg(long, value_enum, value_name = "HOST")]
    template: Option<Template>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Template {
    Github,
}

/// The file that marks a folder as an earlier copy. It lists the files that were written into the copy.
const MARKER: &str = ".await-and-see";
const MARKER_SAYS: &str = "This folder is a copy of the course Await & See. By this file it is known as one, so that \
    a newer version can be\nwritten over it without losing what was written here. These files were handed out:\n";

impl Export {
    pub fn run(self) -> Result<ExitCode> {
        match self.what {
            EventKind::Student(student) => student.run(),
        }
    }
}

impl Student {
    fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        // without a slash at its end, because with one the path would follow a link
        let dir: PathBuf = self.dir.components().collect();
        not_inside(&workspace, &dir)?;
        fit_to_receive(&dir)?;
        let earlier = handed_out_earlier(&dir)?;
        // a copy that was a template stays a template
        let github = self.template == Some(Template::Github)
            || earlier.iter().any(|path| path == handout::WORKFLOW);
        let files = handout::student(&workspace, github)?;
        // before and after, so that an interrupted command can be repeated
        mark(&dir, earlier.iter().chain(files.keys()))?;
        let all_moved = move_along(&dir, &files, &earlier)?;
        let earlier = called_as_now(&dir, earlier)?;
        let delivered = deliver::deliver(&dir, &files, &earlier, is_a_tasks_source)?;
        mark(&dir, files.keys())?;
        say(&self.shown(&dir, files.len(), &delivered));
        Ok(if all_moved { ExitCode::SUCCESS } else { ExitCode::from(UNABLE) })
    }

    fn shown(&self, dir: &Path, files: usize, delivered: &Delivered) -> String {
        let dir = dir.display();
        let mut text = match delivered.written {
            0 => format!("{dir} has all {files} files of a student's copy already.\n"),
            written if written == files => {
                format!("A student's copy is written to {dir}: {files} files.\n")
            }
            written => format!(
                "A student's copy is written to {dir}: {written} of {files} files; the others were there.\n"
            ),
        };
        if !delivered.left.is_empty() {
            text.push_str("\nSources that differ from the stubs are left as they are:\n");
            text.extend(delivered.left.iter().map(|path| format!("  {path}\n")));
            text.push_str("(cargo xtask reset TASK, in the copy, restores the stub.)\n");
        }
        if !delivered.replaced.is_empty() {
            text.push_str("\nOther files that differed are replaced, and the old ones kept:\n");
            text.extend(
                delivered.replaced.iter().map(|(path, kept)| format!("  {path}, as {kept}\n")),
            );
        }
        if !delivered.retired.is_empty() {
            text.push_str(
                "\nFiles that are not part of the course any more are kept under another name:\n",
            );
            text.extend(
                delivered.retired.iter().map(|(path, kept)| format!("  {path}, as {kept}\n")),
            );
        }
        let next = match self.template {
            None => format!("read {dir}/README.md; in {dir}, cargo xtask check"),
            Some(Template::Github) => format!(
                "in {dir}, git init, git add --all and git commit; push it to GitHub, and make the repository a template in its settings"
            ),
        };
        text + &format!("\n  next: {next}\n")
    }
}

/// Moves what is in the folders of an earlier version (`crates/2-…`) to those of this one, and says so. Returns whether
/// all of it could be moved.
fn move_along(dir: &Path, files: &Files, earlier: &[String]) -> Result<bool> {
    deliver::no_link(&dir.join("crates"))?;
    let moved = migrate::folders(dir, &|path| files.get(path).cloned());
    let earlier: BTreeSet<String> = earlier.iter().map(|path| migrate::path_now(path)).collect();
    let is_own = |path: &str| match files.get(path) {
        Some(new) => {
            is_a_tasks_source(path) && std::fs::read(dir.join(path)).is_ok_and(|own| own != *new)
        }
        None => !earlier.contains(path),
    };
    let mut text = String::new();
    for moved in &moved {
        let is_own = |file: &&String| is_own(&format!("{}/{file}", moved.to));
        let own: Vec<String> = moved.files.iter().filter(is_own).cloned().collect();
        text += &moved.lines(&own);
    }
    if !moved.is_empty() {
        say(&format!(
            "Folders of tasks have two digits now. Moved in {}:\n{text}\n",
            dir.display()
        ));
    }
    let all = moved.iter().all(|moved| moved.left.is_empty());
    if !all {
        say(
            "  next: close what has these files open, and repeat the command; or move them yourself\n\n",
        );
    }
    Ok(all)
}

/// What was handed out earlier, by the paths that this version has for it. Files outside of `crates/` (stubs, manifests)
/// are renamed; one whose new path is taken keeps its old one, and is out of use.
fn called_as_now(dir: &Path, earlier: Vec<String>) -> Result<Vec<String>> {
    let mut paths = Vec::with_capacity(earlier.len());
    for path in earlier {
        let now = migrate::path_now(&path);
        let is_there = |path: &str| deliver::existing(dir, path).map(|found| found.is_some());
        if path != now && !path.starts_with("crates/") && is_there(&path)? {
            if is_there(&now)? {
                paths.push(path);
                continue;
            }
            std::fs::rename(dir.join(&path), dir.join(&now))
                .with_context(|| format!("cannot rename {path} to {now}"))?;
        }
        paths.push(now);
    }
    Ok(paths)
}

/// The files that a student edits: everything in the `src` of a task.
fn is_a_tasks_source(path: &str) -> bool {
    path.starts_with("crates/") && path.contains("/src/")
}

/// Refuses a folder inside the course: the copy would become a part of the course.
fn not_inside(workspace: &Workspace, dir: &Path) -> Result<()> {
    let target = workspace.root.join("target");
    let real = |path: &Path| {
        path.canonicalize().with_context(|| format!("cannot tell where {} is", path.display()))
    };
    let absolute = std::path::absolute(dir)
        .with_context(|| format!("cannot tell where {} is", dir.display()))?;
    // of a new folder, only a part of the path exists; that part tells where the folder will be
    let there = absolute.ancestors().find(|folder| folder.exists()).unwrap_or(&absolute);
    let (root, there) = (real(&workspace.root)?, real(there)?);
    // something below target/, not target/ itself
    let below_target = real(&target).is_ok_and(|target| {
        there.starts_with(&target) && dir.canonicalize().ok().as_ref() != Some(&target)
    });
    if there.starts_with(&root) && !below_target {
        bail!(
            "{} is inside of the course's own folder, {}\n\n  next: choose a folder outside of it, or one below target/",
            dir.display(),
            workspace.root.display()
        );
    }
    Ok(())
}

/// Whether the folder is a new one, an empty one (but for git), or an earlier copy.
fn fit_to_receive(dir: &Path) -> Result<()> {
    deliver::no_link(dir)?;
    if !dir.exists() {
        return Ok(());
    }
    if !dir.is_dir() {
        bail!(
            "{} is in the way: it is a file, and not a folder\n\n  next: choose a new folder, or an empty one",
            dir.display()
        );
    }
    let entries =
        std::fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))?;
    let mut names = entries.flatten().map(|entry| entry.file_name());
    let empty = names.all(|name| name == ".git");
    if !empty && !dir.join(MARKER).is_file() {
        bail!(
            "{} is not empty, and not an earlier copy of the course, so nothing is written\n\n  next: choose a new folder, or an empty one",
            dir.display()
        );
    }
    Ok(())
}

/// The files that the marker of an earlier copy lists.
fn handed_out_earlier(dir: &Path) -> Result<Vec<String>> {
    let marker = dir.join(MARKER);
    if !marker.is_file() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(&marker)
        .with_context(|| format!("cannot read {}", marker.display()))?;
    // a line that somebody has changed must not lead out of the copy
    let inside =
        |path: &&str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let lines = text.strip_prefix(MARKER_SAYS).unwrap_or_default().lines();
    Ok(lines.filter(inside).map(String::from).collect())
}

/// Makes the folder, and marks it as a copy with these files.
fn mark<'a>(dir: &Path, files: impl Iterator<Item = &'a String>) -> Result<()> {
    std::fs::create_dir_all(dir)
        .with_context(|| format!("cannot make the folder {}", dir.display()))?;
    let marker = dir.join(MARKER);
    deliver::no_link(&marker)?;
    let files: BTreeSet<&str> = files.map(String::as_str).collect();
    let text = files.iter().fold(MARKER_SAYS.to_string(), |text, path| text + path + "\n");
    if !marker.exists() {
        // written directly under its own name: with a temporary file in it, the folder would be refused next time
        return std::fs::write(&marker, text)
            .with_context(|| format!("cannot write {}", marker.display()));
    }
    if std::fs::read_to_string(&marker).is_ok_and(|old| old == text) {
        return Ok(());
    }
    deliver::write(&marker, text.as_bytes())
}
