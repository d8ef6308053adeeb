//! The submissions in a folder, by name: nothing of them is read yet.

use std::collections::HashSet;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Bounds, Submission, folder, names, take, tar, zip};

/// Something in the folder of submissions that may be one.
#[derive(Debug)]
pub struct Entry {
    name: String,
    path: PathBuf,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Folder,
    Zip,
    Tar,
    TarGz,
    Link,
}

/// What the name of an archive ends with.
const ARCHIVES: [(&str, Form); 4] =
    [(".zip", Form::Zip), (".tar", Form::Tar), (".tar.gz", Form::TarGz), (".tgz", Form::TarGz)];

/// The submissions in `folder`, by name.
///
/// # Errors
/// The folder can't be listed, or there is no submission in it.
pub fn entries(folder: &Path) -> Result<Vec<Entry>> {
    let listing = std::fs::read_dir(folder).with_context(|| {
        format!(
            "cannot list {}, the folder of the submissions\n\n  next: name the folder that has one folder or archive for each student",
            folder.display()
        )
    })?;
    // by file name, so that the same folder always gives the same names
    let mut found = Vec::new();
    for entry in listing {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let kind = entry.file_type();
        let kind = kind.with_context(|| format!("cannot look at {}", entry.path().display()))?;
        let file = names::shown(entry.file_name().as_encoded_bytes());
        if let Some(form) = form(&file, kind) {
            found.push((form, file, entry.path()));
        }
    }
    if found.is_empty() {
        bail!(
            "{} has no submissions: no folder, and no .zip, .tar, .tar.gz or .tgz file\n\n  next: name the folder that has one of these for each student",
            folder.display()
        );
    }
    Ok(named(found))
}

/// The form of what has this name, if it may be a submission.
fn form(file: &str, kind: FileType) -> Option<Form> {
    if names::is_hidden(file) {
        None
    } else if kind.is_symlink() {
        Some(Form::Link)
    } else if kind.is_dir() {
        Some(Form::Folder)
    } else {
        archive(file).map(|(_, form)| form)
    }
}

/// The name of an archive without its ending, and its form.
fn archive(file: &str) -> Option<(&str, Form)> {
    ARCHIVES.into_iter().find_map(|(ending, form)| {
        let (name, end) = file.split_at_checked(file.len().checked_sub(ending.len())?)?;
        (end.eq_ignore_ascii_case(ending) && !name.is_empty()).then_some((name, form))
    })
}

/// Whether a file is an archive, by its name.
pub fn is_archive(file: &str) -> bool {
    archive(file).is_some()
}

/// Gives each a name of its own, also where `A` and `a` are the same: its file's name without the ending if it can be,
/// with it if that is taken, or with a number.
fn named(mut found: Vec<(Form, String, PathBuf)>) -> Vec<Entry> {
    // folders first: they have no ending that could make a difference
    found.sort();
    let mut used = HashSet::new();
    let mut entries = Vec::new();
    for (form, file, path) in found {
        let plain = match form {
            Form::Folder => &file,
            _ => archive(&file).map_or(file.as_str(), |(name, _)| name),
        };
        let numbered = (2..).map(|number| format!("{file} ({number})"));
        let mut names = [plain.to_string(), file.clone()].into_iter().chain(numbered);
        let name = names.find(|name| used.insert(name.to_lowercase()));
        entries.push(Entry { name: name.expect("some number is free"), path, form });
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    entries
}

impl Entry {
    /// Unique in the class, in any case, and safe to print.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the submission. What is wrong with it is in it.
    pub fn read(&self, bounds: &Bounds) -> Submission {
        let path = &self.path;
        let taken = match self.form {
            Form::Link => Err(
                "it is a symbolic link, and none is followed: put what it leads to in its place"
                    .into(),
            ),
            Form::Folder => folder::look(path, bounds)
                .and_then(|(items, mut files)| take::tasks(&items, &mut files, bounds)),
            Form::Zip => zip::look(path, bounds)
                .and_then(|(items, mut files)| take::tasks(&items, &mut files, bounds)),
            Form::Tar | Form::TarGz => tar::look(path, self.form == Form::TarGz, bounds)
                .and_then(|(items, mut files)| take::tasks(&items, &mut files, bounds)),
        };
        Submission::new(&self.name, taken)
    }
}
