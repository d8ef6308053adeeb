//! Moves the files of task folders that are named as in an earlier version (`crates/2-…`) to `crates/02-…`.
//!
//! Nothing is lost. A file that is in the way stays where it is, unless it is as it was handed out; the other one is kept
//! beside it as `NAME.old-1`. Each step renames one file or folder, so a migration that was interrupted can be repeated.

use std::ffi::OsString;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use checker::format::count;
use checker::tasks::{TASKS, Task};

use crate::workspace::Workspace;

/// So many files of a folder are named in a line about it.
const NAMED: usize = 6;

/// What became of one folder of an earlier version.
#[derive(Debug, Default)]
pub struct Moved {
    /// The folder, by its path in the course: `crates/2-concurrent-coroutines`.
    pub from: String,
    /// The folder that the files are in now.
    pub to: String,
    /// The files that moved, by their paths in the folder.
    pub files: Vec<String>,
    /// Files that would have overwritten another one, and the paths in the course under which they are kept.
    pub kept: Vec<(String, String)>,
    /// Paths in the course that could not be moved, and why.
    pub left: Vec<(String, String)>,
}

/// A folder of an earlier version.
struct Earlier {
    task: &'static Task,
    /// Its name: `2-concurrent-coroutines`.
    name: String,
}

/// Moves the files of all folders of earlier versions below `root` to the folders that their tasks have now.
/// `handed_out` says what this version hands out at a path in the course.
pub fn folders(root: &Path, handed_out: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<Moved> {
    let mut all = Vec::new();
    for earlier in earlier(root) {
        let from = format!("crates/{}", earlier.name);
        let to = format!("crates/{}", earlier.task.folder());
        let moved = Moved { from, to, ..Moved::default() };
        let mut migration = Migration { root, handed_out, moved };
        migration.merge(Path::new(""));
        all.push(migration.moved);
    }
    all
}

/// The same in a copy of the course, which knows the stubs and manifests that were handed out.
pub fn in_the_course(workspace: &Workspace) -> Vec<Moved> {
    let original = |path: &str| {
        TASKS.into_iter().find_map(|task| {
            let place = workspace.root.join(path);
            let original = if place == workspace.lib(task) {
                workspace.stub(task)
            } else if place == workspace.manifest_path(task) {
                workspace.original_manifest(task)
            } else {
                return None;
            };
            std::fs::read(original).ok()
        })
    };
    folders(&workspace.root, &original)
}

/// The path in this version for a path of an earlier one: `crates/02-tasks/a` for `crates/2-tasks/a`, and
/// `checker/stubs/02-tasks.rs` for `checker/stubs/2-tasks.rs`.
pub fn path_now(path: &str) -> String {
    let part = |part: &str| {
        let (stem, ending) = part.find('.').map_or((part, ""), |dot| part.split_at(dot));
        let task = TASKS.into_iter().find(|task| task.is_named(stem));
        task.map_or(part.to_string(), |task| task.folder() + ending)
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Refuses to check a task if the student's file is still in a folder of an earlier version, and the folder of this version
/// has only the stub. The check would miss the student's work.
///
/// # Errors
/// Names both folders, and the command that moves the files.
pub fn nothing_is_missed(workspace: &Workspace, tasks: &[&'static Task]) -> Result<()> {
    for Earlier { task, name } in earlier(&workspace.root) {
        let is_asked = tasks.iter().any(|asked| asked.number == task.number);
        let (lib, now) = (workspace.root.join("crates").join(&name).join(LIB), workspace.lib(task));
        let stub = std::fs::read(workspace.stub(task)).ok();
        // what can't be read may be work
        let is_work = |file: &Path| {
            std::fs::read(file).map_or(file.exists(), |text| !is_nothing(&text, stub.as_deref()))
        };
        let is_missed = lib.exists() && (!now.exists() || (is_work(&lib) && !is_work(&now)));
        if is_asked && is_missed {
            let there = if now.exists() { "is still the stub" } else { "is not there" };
            bail!(
                "{} is not looked at, and {} {there}: folders of tasks have two digits now\n\n  next: cargo xtask migrate, which moves your files to crates/{}",
                workspace.shown(&lib),
                workspace.shown(&now),
                task.folder()
            );
        }
    }
    Ok(())
}

/// Sentences about folders of earlier versions that still have files. No command reads these files.
pub fn notes(workspace: &Workspace, tasks: &[&'static Task]) -> Vec<String> {
    let note = |Earlier { task, name }: Earlier| {
        let is_asked = tasks.iter().any(|asked| asked.number == task.number);
        let folder = workspace.root.join("crates").join(&name);
        let is_folder = kind(&folder).is_some_and(|kind| kind.is_dir());
        let has_files = is_folder && !files_below(&folder, Path::new("")).is_empty();
        (is_asked && has_files).then(|| {
            format!(
                "crates/{name} was not looked at: task {} is in crates/{} now. `cargo xtask migrate` moves what is in the old folder.",
                task.number,
                task.folder()
            )
        })
    };
    earlier(&workspace.root).into_iter().filter_map(note).collect()
}

/// The folders of earlier versions in a course, by name. (A link from an old name to the new folder does not count.)
fn earlier(root: &Path) -> Vec<Earlier> {
    let crates = root.join("crates");
    let named = |name: OsString| {
        let name = name.into_string().ok()?;
        let task = TASKS.into_iter().find(|task| task.is_named(&name) && task.folder() != name)?;
        let real = |name: &str| crates.join(name).canonicalize().ok();
        let is_link = real(&name).is_some() && real(&name) == real(&task.folder());
        (!is_link).then_some(Earlier { task, name })
    };
    names(&crates).into_iter().filter_map(named).collect()
}

/// The file of a task, in its folder.
const LIB: &str = "src/lib.rs";

struct Migration<'a> {
    root: &'a Path,
    handed_out: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    moved: Moved,
}

impl Migration<'_> {
    /// Where a path in a folder is on this machine.
    fn at(&self, folder: &str, inside: &Path) -> PathBuf {
        let folder = self.root.join(folder);
        // (with an empty path joined, it would end with a slash, and lead through a link)
        if inside.as_os_str().is_empty() { folder } else { folder.join(inside) }
    }

    /// Moves what is at this path in the old folder to the same path in the new one.
    fn merge(&mut self, inside: &Path) {
        let (from, to) = (self.at(&self.moved.from, inside), self.at(&self.moved.to, inside));
        let Some(kind) = kind(&from) else { return };
        let there = self::kind(&to);
        if inside.as_os_str().is_empty() && (!kind.is_dir() || there.is_some_and(|it| !it.is_dir()))
        {
            // a file or a symbolic link of this name is nothing that this version has made
            let Moved { from, to, .. } = &self.moved;
            let why = format!("{from} or {to} is a file or a symbolic link, and no folder");
            return self.moved.left.push((from.clone(), why));
        }
        match there {
            None => self.rename(inside, &from, &to),
            Some(there) if kind.is_dir() && there.is_dir() => {
                let already_left = self.moved.left.len();
                for name in names(&from) {
                    self.merge(&inside.join(name));
                }
                match std::fs::remove_dir(&from) {
                    Err(error) if self.moved.left.len() == already_left => {
                        self.left(inside, &error)
                    }
                    _ => {}
                }
            }
            Some(there) if kind.is_file() && there.is_file() => self.merge_file(inside, &from, &to),
            Some(_) => self.keep(inside, &from, &to),
        }
    }

    /// Moves a file to where there is another one.
    fn merge_file(&mut self, inside: &Path, from: &Path, to: &Path) {
        let original = (self.handed_out)(&below(&self.moved.to, inside));
        let is_nothing = |text: &[u8]| is_nothing(text, original.as_deref());
        let (old, new) = (std::fs::read(from), std::fs::read(to));
        let is_same = matches!((&old, &new), (Ok(old), Ok(new)) if old == new);
        if is_same || old.is_ok_and(|old| is_nothing(&old)) {
            if let Err(error) = std::fs::remove_file(from) {
                self.left(inside, &error);
            }
        } else if inside.starts_with("src") && new.is_ok_and(|new| is_nothing(&new)) {
            self.rename(inside, from, to);
        } else {
            self.keep(inside, from, to);
        }
    }

    fn rename(&mut self, inside: &Path, from: &Path, to: &Path) {
        let files = files_below(from, inside);
        match std::fs::rename(from, to) {
            Ok(()) => self.moved.files.extend(files),
            // a file in it may be open (Windows): all others can move
            Err(_) if kind(from).is_some_and(|kind| kind.is_dir()) && !to.exists() => {
                match std::fs::create_dir(to) {
                    Ok(()) => self.merge(inside),
                    Err(error) => self.left(inside, &error),
                }
            }
            Err(error) => self.left(inside, &error),
        }
    }

    /// Moves a file or folder to a name beside `to`, where something else is.
    fn keep(&mut self, inside: &Path, from: &Path, to: &Path) {
        let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let numbered = |number: u32| to.with_file_name(format!("{name}.old-{number}"));
        let free = (1..).map(numbered).find(|path| kind(path).is_none());
        let kept = free.expect("some number is free");
        match std::fs::rename(from, &kept) {
            Ok(()) => {
                let kept = kept.strip_prefix(self.root).unwrap_or(&kept);
                self.moved.kept.push((below(&self.moved.from, inside), shown(kept)));
            }
            Err(error) => self.left(inside, &error),
        }
    }

    fn left(&mut self, inside: &Path, error: &std::io::Error) {
        self.moved.left.push((below(&self.moved.from, inside), error.to_string()));
    }
}

impl Moved {
    /// A line that says what moved, and one for each file that did not move to its own name. `files` are those to be
    /// named, by their paths in the folder.
    pub fn lines(&self, files: &[String]) -> String {
        let named = files[..files.len().min(NAMED)].join(", ");
        let what = match files.len().saturating_sub(NAMED) {
            _ if self.files.is_empty() => "nothing was left to move".into(),
            _ if files.is_empty() => "only files that were handed out".into(),
            0 => named,
            more => format!("{named} and {}", count(more, "more file")),
        };
        let Self { from, to, kept, left, .. } = self;
        let mut text = format!("  {from} to {to}: {what}\n");
        for (path, kept) in kept {
            text += &format!("    {path} is kept as {kept}: another file has its name\n");
        }
        for (path, why) in left {
            text += &format!("    {path} is left where it is: {why}\n");
        }
        text
    }
}

/// A path in the course as it is shown, with `/` between folders.
fn below(folder: &str, inside: &Path) -> String {
    if inside.as_os_str().is_empty() {
        folder.into()
    } else {
        format!("{folder}/{}", shown(inside))
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// What kind of file is at `path`; a link is not followed.
fn kind(path: &Path) -> Option<FileType> {
    std::fs::symlink_metadata(path).ok().map(|found| found.file_type())
}

/// Whether a file has no work of the student's: it is blank, or as it was handed out. Line endings don't count.
fn is_nothing(text: &[u8], handed_out: Option<&[u8]>) -> bool {
    let plain =
        |text: &[u8]| -> Vec<u8> { text.iter().copied().filter(|byte| *byte != b'\r').collect() };
    text.iter().all(u8::is_ascii_whitespace)
        || handed_out.is_some_and(|handed_out| plain(text) == plain(handed_out))
}

/// The names in a folder, sorted; none, if it can't be listed.
fn names(folder: &Path) -> Vec<OsString> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<OsString> = entries.map(|entry| entry.file_name()).collect();
    names.sort();
    names
}

/// The file at `path`, or all files below that folder, as their paths below `inside`.
fn files_below(path: &Path, inside: &Path) -> Vec<String> {
    if !kind(path).is_some_and(|kind| kind.is_dir()) {
        return vec![shown(inside)];
    }
    let below = |name: OsString| files_below(&path.join(&name), &inside.join(&name));
    names(path).into_iter().flat_map(below).collect()
}

#[cfg(test)]
mod tests;
