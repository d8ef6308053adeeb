//! Lists the submissions in a folder by name, without reading them.

use std::collections::{HashMap, HashSet};
use std::fs::FileType;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::downloads::{self, Downloads};
use super::{Bounds, Stubs, Submission, Taken, folder, loose, names, take, tar, zip};

/// The contents of a folder of submissions.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sorted by name.
    pub entries: Vec<Entry>,
    /// Files that can't be submissions, by their names: safe to print.
    pub others: Vec<String>,
    /// Pairs of submissions whose names differ only in their ending or in upper and lower case. They are graded as two
    /// students, but are most likely from one.
    pub twins: Vec<(String, String)>,
    /// Other notes for the instructor, for example how the names were read.
    pub notes: Vec<String>,
}

/// Something in the folder that may be a submission.
#[derive(Debug)]
pub struct Entry {
    name: String,
    path: PathBuf,
    form: Form,
    /// For files of a bulk download: the names that the student gave them, and their places.
    files: Vec<(String, PathBuf)>,
    /// Other names for it: the names of its files in a bulk download, and the name that it shares with another student.
    also: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Folder,
    Zip,
    Tar,
    TarGz,
    Link,
    /// Files of a bulk download.
    Files,
}

/// Something in the folder: its form, if it can be a submission by itself, its name and its place.
type Found = (Option<Form>, String, PathBuf);

/// The endings of archives.
const ARCHIVES: [(&str, Form); 4] =
    [(".zip", Form::Zip), (".tar", Form::Tar), (".tar.gz", Form::TarGz), (".tgz", Form::TarGz)];

/// The forms of a submission, for error messages.
pub const FORMS: &str = "a folder, .zip, .tar, .tar.gz or .tgz";

/// The submissions in `folder`.
///
/// # Errors
/// If the folder can't be listed, or has no submission in it.
pub fn entries(folder: &Path) -> Result<Listing> {
    let listing = std::fs::read_dir(folder).map_err(|error| {
        anyhow!(
            "cannot list {}, the folder of the submissions: {error}\n\n  next: name the folder that has one folder or archive for each student",
            folder.display()
        )
    })?;
    // sorted by file name, so that the same folder always gives the same names
    let mut found: Vec<Found> = Vec::new();
    for entry in listing {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let kind = entry.file_type();
        let kind = kind.with_context(|| format!("cannot look at {}", entry.path().display()))?;
        let file = names::sanitize(entry.file_name().as_encoded_bytes());
        if !names::is_hidden(&file) {
            found.push((form(&file, kind), file, entry.path()));
        }
    }
    found.sort_by(|one, other| one.1.cmp(&other.1));
    let listing = match downloads::read(&names_of(&found)) {
        Ok(downloads) => downloaded(&found, downloads),
        Err(why) => Listing { notes: why.into_iter().collect(), ..named(found) },
    };
    if listing.entries.is_empty() {
        bail!(
            "{} has no submissions: nothing in it is {FORMS}\n\n  next: name the folder that has one of these for each student",
            folder.display()
        );
    }
    Ok(listing)
}

fn names_of(found: &[Found]) -> Vec<downloads::Found<'_>> {
    found
        .iter()
        .map(|found| {
            let (holds_files, file) = (found.0.is_some(), found.1.as_str());
            downloads::Found { file, holds_files }
        })
        .collect()
}

/// The submissions in a bulk download.
fn downloaded(found: &[Found], downloads: Downloads) -> Listing {
    let mut listing = Listing { notes: downloads.notes, ..Listing::default() };
    let mut taken = downloads.descriptions;
    for student in downloads.students {
        let files: Vec<(String, PathBuf)> = student
            .files
            .iter()
            .map(|handed| (handed.name.clone(), found[handed.index].2.clone()))
            .collect();
        let (form, path) = match student.files.as_slice() {
            [only] => (found[only.index].0.unwrap_or(Form::Files), found[only.index].2.clone()),
            _ => (Form::Files, PathBuf::new()),
        };
        let all = student.files.iter().map(|handed| &handed.file).chain(&student.older);
        let also = all.flat_map(|file| {
            [Some(file.as_str()), archive(file).map(|(name, _)| name)].into_iter().flatten()
        });
        let mut also: Vec<String> = also.map(names::composed).collect();
        also.push(names::composed(&student.login));
        let own: Vec<&String> =
            student.files.iter().map(|handed| &handed.file).chain(&student.older).collect();
        taken.extend((0..found.len()).filter(|index| own.contains(&&found[*index].1)));
        let name = names::composed(&student.student);
        listing.entries.push(Entry { name, path, form, files, also });
    }
    let others = found.iter().enumerate().filter(|(index, _)| !taken.contains(index));
    listing.others = others.map(|(_, (_, file, _))| file.clone()).collect();
    listing.entries.sort_by(|one, other| one.name.cmp(&other.name));
    listing
}

/// The form of a submission, by its name. None, if it can't be one.
fn form(file: &str, kind: FileType) -> Option<Form> {
    if kind.is_symlink() {
        Some(Form::Link)
    } else if kind.is_dir() {
        Some(Form::Folder)
    } else {
        archive(file).map(|(_, form)| form)
    }
}

/// The name of an archive without its ending, and its form.
pub fn archive(file: &str) -> Option<(&str, Form)> {
    ARCHIVES.into_iter().find_map(|(ending, form)| {
        let (name, end) = file.split_at_checked(file.len().checked_sub(ending.len())?)?;
        (end.eq_ignore_ascii_case(ending) && !name.is_empty()).then_some((name, form))
    })
}

/// Gives each submission a unique name: the file's name without its ending, or with the ending if that name is taken, or
/// with a number.
fn named(found: Vec<Found>) -> Listing {
    let mut listing = Listing::default();
    let mut may_be: Vec<(Form, String, PathBuf)> = Vec::new();
    for (form, file, path) in found {
        match form {
            Some(form) => may_be.push((form, file, path)),
            None => listing.others.push(file),
        }
    }
    // folders first, because they have no ending that could be removed
    may_be.sort();
    let mut used = HashSet::new();
    // by the name without an ending, in no case: the first one's file
    let mut first: HashMap<String, String> = HashMap::new();
    for (form, file, path) in may_be {
        let file = names::composed(&file);
        let plain = match form {
            Form::Folder => &file,
            _ => archive(&file).map_or(file.as_str(), |(name, _)| name),
        };
        let numbered = (2..).map(|number| format!("{file} ({number})"));
        let mut names = [plain.to_string(), file.clone()].into_iter().chain(numbered);
        let name = names.find(|name| used.insert(name.clone())).expect("some number is free");
        if let Some(first) = first.get(&plain.to_lowercase()) {
            let own = if name == plain { &file } else { &name };
            listing.twins.push((first.clone(), own.clone()));
        }
        first.entry(plain.to_lowercase()).or_insert(file);
        listing.entries.push(Entry { name, path, form, files: Vec::new(), also: Vec::new() });
    }
    listing.entries.sort_by(|one, other| one.name.cmp(&other.name));
    listing
}

impl Listing {
    /// The name in the class of the student with this name, which may also be the name of a file in a bulk download.
    ///
    /// # Errors
    /// If the name could be that of several students.
    pub fn find(&self, called: &str) -> Result<Option<&str>> {
        let called = names::composed(called);
        if let Some(entry) = self.entries.iter().find(|entry| entry.name == called) {
            return Ok(Some(&entry.name));
        }
        let known: Vec<&str> = self
            .entries
            .iter()
            .filter(|entry| entry.also.contains(&called))
            .map(Entry::name)
            .collect();
        match known.as_slice() {
            [one, other, ..] => {
                bail!("`{called}` may be {one} or {other}\n\n  next: use one of these names")
            }
            [only] => Ok(Some(only)),
            [] => Ok(None),
        }
    }
}

impl Entry {
    /// Unique in the class, and safe to print. Some differ in case only.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the submission. Problems are recorded in it.
    pub fn read(&self, bounds: &Bounds, stubs: &Stubs) -> Submission {
        let path = &self.path;
        let taken = match self.form {
            Form::Link => Err(
                "it is a symbolic link, and links are not followed: hand in the files themselves"
                    .into(),
            ),
            Form::Folder => of_folder(path, bounds, stubs),
            Form::Files => of_files(&self.files, bounds, stubs),
            form => of_archive(path, form, bounds, stubs),
        };
        Submission::new(&self.name, taken)
    }
}

type Tasks = std::result::Result<Vec<Taken>, String>;

/// Takes the files from a folder, or from the single archive that a platform has put into the folder.
fn of_folder(path: &Path, bounds: &Bounds, stubs: &Stubs) -> Tasks {
    let (items, mut files) = folder::look(path, bounds)?;
    let taken = take::tasks(&items, &mut files, bounds, stubs);
    match files.only_archive(&items) {
        Some((name, inside, form)) if taken.is_err() => of_archive(&inside, form, bounds, stubs)
            .map_err(|why| format!("{}: {why}", names::short(&name))),
        _ => taken,
    }
}

/// Takes the files of a submission, or the files from the single archive among them.
fn of_files(files: &[(String, PathBuf)], bounds: &Bounds, stubs: &Stubs) -> Tasks {
    let (items, mut files) = loose::look(files);
    let taken = take::tasks(&items, &mut files, bounds, stubs);
    match files.only_archive() {
        Some((name, path, form)) if taken.is_err() => of_archive(&path, form, bounds, stubs)
            .map_err(|why| format!("{}: {why}", names::short(&name))),
        _ => taken,
    }
}

fn of_archive(path: &Path, form: Form, bounds: &Bounds, stubs: &Stubs) -> Tasks {
    if form == Form::Zip {
        let (items, mut files) = zip::look(path, bounds)?;
        take::tasks(&items, &mut files, bounds, stubs)
    } else {
        let (items, mut files) = tar::look(path, form == Form::TarGz, bounds)?;
        take::tasks(&items, &mut files, bounds, stubs)
    }
}
