//! Files with nearly right names: guesses which task a path means if it is nearly, but not exactly, the path of a task's file.
//!
//! ```text
//! path ──guess──▶ (task, how sure, why) ──choose──▶ taken with a note, left alone with a note, or refused
//! ```
//!
//! [`name`] reads names with the tables in `markers`. This module knows where in a path the names stand. [`choose`] decides. A
//! file with the right name is never a guess: it counts, unless it is still the stub.

use super::item::{Item, Kind};
use super::layout::{self, Around, FAR, NEAR, NOT_AROUND, Spot};
use checker::tasks::TASKS;

pub mod choose;
mod markers;
mod name;

/// Folders of a crate.
const OF_A_CRATE: [&str; 4] = ["src", "tests", "examples", "benches"];

/// How certain the guess is that a file is meant for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    Yes,
    /// Only if the file defines the task's function, because the name alone may mean something else.
    IfItDefines,
    /// The file is never taken, but the student and the instructor are told about it.
    No,
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    Copy,
    Backup,
    Version,
    Termination,
    Spaces,
    Case,
    Characters,
    /// The number is right, but written in another way, or the name has only the number.
    Number,
    OtherNumber,
    Function,
    Spelling,
    /// The name has additional parts.
    More,
    /// The file is in another place in the task's folder, or has another name there.
    SourceLocation,
}

/// The meaning of a path that is nearly right for a task.
#[derive(Debug)]
pub struct Guess {
    pub task: usize,
    pub sure: Sure,
    pub slips: Vec<Slip>,
    /// Whether the name says that it is a version from before the last change.
    pub is_backup: bool,
    /// The folder or file in the submission that names the task.
    pub place: String,
    pub role: Role,
    /// The path that it should have.
    pub right: String,
    /// The number of folders around it.
    around: usize,
}

/// The role of a file in the task's crate.
#[derive(Debug, PartialEq)]
pub enum Role {
    /// It is meant as `src/lib.rs`.
    Lib,
    /// It may be meant as `src/lib.rs` if no other file is, but it may also be a file of its own: `src/main.rs`.
    LibIfAlone,
    /// Another source, by its path in the crate.
    Module(String),
}

impl Slip {
    /// What is wrong, as the end of a sentence that begins with the name.
    pub fn description(self) -> &'static str {
        match self {
            Self::Copy => "is named like a copy",
            Self::Backup => "is named like a backup",
            Self::Version => "is named like one version of several",
            Self::Termination => "has another ending than .rs",
            Self::Spaces => "has spaces or dots at an end of its name",
            Self::Case => "is not in small letters",
            Self::Characters => "has characters in its name that do not print",
            Self::Number => "has its number in another way than the task's folder",
            Self::OtherNumber => "has the number of another task",
            Self::Function => "is named after the function",
            Self::Spelling => "is misspelt",
            Self::More => "has more in its name than the task's",
            Self::SourceLocation => "is not src/lib.rs in the task's folder",
        }
    }
}

impl Guess {
    /// What is wrong with the path, as the end of a sentence that begins with it.
    pub fn why(&self) -> &'static str {
        self.slips.first().map_or("is not quite the right name", |slip| slip.description())
    }

    /// Whether it may be the whole task.
    pub fn is_lib(&self) -> bool {
        !matches!(self.role, Role::Module(_))
    }
}

/// The meaning of this path, if it is nearly the path of a task's file, with at most this many folders around the task. None
/// for a file with the right name.
pub fn guess(path: &str, most_around: usize) -> Option<Guess> {
    let names: Vec<&str> = path.split('/').collect();
    if names.iter().any(|name| NOT_AROUND.contains(name)) {
        return None;
    }
    for around in 0..=most_around {
        let at = if names.get(around) == Some(&"crates") { around + 1 } else { around };
        let guess = match names.get(at..)? {
            [] => return None,
            [file] => of_file(&names[..at], file),
            [folder, inside @ ..] => {
                let meant = name::of_folder(folder);
                // files in a task's folder belong only to that task
                let ends_here = meant.is_some() && OF_A_CRATE.contains(&inside[0]);
                let guess = meant.and_then(|meant| in_folder(&names[..at], folder, meant, inside));
                if guess.is_none() && ends_here {
                    return None;
                }
                guess
            }
        };
        if let Some(guess) = guess {
            let spot = layout::spot(path, &(0..=most_around));
            let is_proper = matches!(spot, Some(Spot::Inside { file, .. }) if file == "src/lib.rs");
            return (!is_proper).then_some(Guess { around, ..guess });
        }
    }
    None
}

/// A file that is the whole task.
fn of_file(before: &[&str], file: &str) -> Option<Guess> {
    if file.strip_suffix(".rs").is_some_and(|stem| layout::task(stem).is_some()) {
        return None;
    }
    let name::Meant { task, sure, mut slips, is_backup } = name::of_file(file)?;
    if slips.is_empty() && file.chars().any(char::is_uppercase) {
        slips.push(Slip::Case);
    }
    let place = path(before, &[file]);
    let right = path(before, &[&format!("{}.rs", TASKS[task].folder())]);
    Some(Guess { task, sure, slips, is_backup, place, role: Role::Lib, right, around: 0 })
}

/// A file in a folder with the name of a task, or nearly that name.
fn in_folder(before: &[&str], folder: &str, meant: name::Meant, inside: &[&str]) -> Option<Guess> {
    let exact = layout::task(folder);
    let name::Meant { task, mut sure, mut slips, mut is_backup } = meant;
    let (file, src) = match inside {
        [file] => (*file, None),
        ["src", "bin", ..] => return None,
        [src, .., file] => (*file, Some(*src)),
        [] => return None,
    };
    if exact.is_some() {
        slips.clear();
    }
    if let Some(src) = src
        && src != "src"
    {
        let stem = name::stem(src, false).filter(|stem| stem.key == "src")?;
        slips.extend(if stem.slips.is_empty() { vec![Slip::Case] } else { stem.slips });
        sure = sure.max(stem.sure);
        is_backup |= stem.is_backup;
    }
    let is_proper = exact.is_some() && src == Some("src");
    let below = inside[usize::from(src.is_some())..].join("/");
    let role = if inside.len() > 2 || file == "lib.rs" {
        match (file, src) {
            _ if is_proper => return None,
            ("lib.rs", Some(_)) if inside.len() == 2 => Role::Lib,
            ("lib.rs", None) => {
                slips.push(Slip::SourceLocation);
                Role::Lib
            }
            (_, Some(_)) if file.ends_with(".rs") => Role::Module(format!("src/{below}")),
            _ => return None,
        }
    } else {
        let (role, lib) = lib(file, task)?;
        slips.extend(lib.slips);
        sure = sure.max(lib.sure);
        is_backup |= lib.is_backup;
        role
    };
    let place = path(before, &[folder]);
    let folder = exact.map_or_else(|| TASKS[task].folder(), |_| folder.into());
    let right = path(before, &[&folder, "src/lib.rs"]);
    Some(Guess { task, sure, slips, is_backup, place, role, right, around: 0 })
}

/// The role of a file in a task's folder, or in its `src`, if it may be meant as `src/lib.rs`.
fn lib(file: &str, task: usize) -> Option<(Role, name::Meant)> {
    let stem = name::stem(file, true)?;
    let is_lib = stem.key == "lib";
    let (sure, is_backup) = (stem.sure, stem.is_backup);
    let mut slips = stem.slips.clone();
    if is_lib {
        if slips.is_empty() {
            slips.push(Slip::Case);
        }
        return Some((Role::Lib, name::Meant { task, sure, slips, is_backup }));
    }
    slips.insert(0, Slip::SourceLocation);
    let named = stem.meant().filter(|meant| meant.task == task && meant.sure == Sure::Yes);
    // a program, a module, or all that there is
    let sure = if named.is_some() { sure } else { sure.max(Sure::IfItDefines) };
    let is_source = named.is_some() || file.to_lowercase().ends_with(".rs");
    let meant = name::Meant { task, sure, slips, is_backup };
    is_source.then_some((Role::LibIfAlone, meant))
}

fn path(before: &[&str], names: &[&str]) -> String {
    [before, names].concat().join("/")
}

/// Whether a source belongs to no task, and is not in a task's folder.
pub fn is_stray(path: &str, most_around: usize) -> bool {
    let names: Vec<&str> = path.split('/').collect();
    let folders = &names[..names.len() - 1];
    let of_a_task = |name: &&str| name::of_folder(name).is_some();
    !names.iter().any(|name| NOT_AROUND.contains(name))
        && !folders.iter().any(of_a_task)
        && guess(path, most_around).is_none()
}

/// The task that a single file means by its name, or by nearly its name.
pub fn task_of_file(file: &str) -> Option<usize> {
    let proper = file.strip_suffix(".rs").and_then(layout::task);
    proper.or_else(|| of_file(&[], file).filter(|guess| guess.sure == Sure::Yes)?.task.into())
}

/// Whether a file's text may be needed, because its path is nearly right for a task.
pub fn may_be_of_a_task(path: &str) -> bool {
    guess(path, FAR).is_some_and(|guess| guess.sure != Sure::No)
}

/// Whether a folder has nearly the name of a task, or lies in such a folder, with this many folders around.
pub fn may_lead_to_a_task(folder: &str, around: usize) -> bool {
    // as a source in it would have it
    guess(&format!("{folder}/lib.rs"), around).is_some()
}

/// The number of folders around files with nearly right names. The smallest number counts, as for files with right names.
pub fn nearest<'a>(items: impl Iterator<Item = &'a Item>) -> Option<Around> {
    let files = items.filter(|item| item.kind != Kind::Folder);
    let guesses = files.filter_map(|item| guess(&item.path, FAR));
    let taken = guesses.filter(|guess| guess.is_lib() && guess.sure != Sure::No);
    let around = taken.map(|guess| guess.around).min()?;
    Some(if around <= NEAR { 0..=NEAR } else { around..=around })
}
