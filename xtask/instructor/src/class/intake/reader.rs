//! Reads the texts of a task's files, within the limits.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use checker::tasks::Task;

use super::collision::collision;
use super::item::{Contents, Item, Kind, Refused, Source};
use super::{Bounds, Stubs, Taken, names};

/// Reads the files of one submission.
pub struct Reader<'a> {
    source: &'a mut dyn Source,
    bounds: &'a Bounds,
    stubs: &'a Stubs,
    /// What was read, by path. A file may be a part of two crates, but an archive gives it only once.
    seen: HashMap<String, Result<String, String>>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a mut dyn Source, bounds: &'a Bounds, stubs: &'a Stubs) -> Self {
        Self { source, bounds, stubs, seen: HashMap::new() }
    }

    /// Reads the files of a crate, which are given by their paths in it.
    ///
    /// # Errors
    /// Why nothing of the whole submission can be taken. Problems of only this task are in the returned value.
    pub fn files(
        &mut self,
        task: &'static Task,
        files: &BTreeMap<String, &Item>,
    ) -> Result<Taken, String> {
        let mut taken = Taken::nothing(task);
        match self.fill(&mut taken, files) {
            Ok(()) => Ok(taken),
            Err(Refused::Task(why)) => Ok(Taken::refused(task, why)),
            Err(Refused::Submission(why)) => Err(why),
        }
    }

    fn fill(&mut self, taken: &mut Taken, files: &BTreeMap<String, &Item>) -> Result<(), Refused> {
        let sources: Vec<(&str, &Item)> = files
            .iter()
            .map(|(file, item)| (file.as_str(), *item))
            .filter(|(file, item)| counts(file, item))
            .collect();
        for (file, item) in &sources {
            if let Kind::Unfit(why) = &item.kind {
                return Err(Refused::Task(format!("{} {why}", described(file, item))));
            }
        }
        if sources.len() > self.bounds.task_files {
            let most = self.bounds.task_files;
            return Err(Refused::Task(format!(
                "it has more than {most} files, and that is the limit"
            )));
        }
        if let Some(why) = collision(sources.iter().map(|(file, _)| *file)) {
            return Err(Refused::Task(names::short(&why)));
        }
        let mut bytes = 0;
        for (file, item) in sources {
            let text = self
                .text(&item.path)?
                .map_err(|why| Refused::Task(format!("{} {why}", described(file, item))))?;
            bytes += text.len() as u64;
            if bytes > self.bounds.task_bytes {
                let most = names::size(self.bounds.task_bytes);
                let why =
                    format!("its files are larger than {most} together, and that is the limit");
                return Err(Refused::Task(why));
            }
            taken.files.insert(PathBuf::from(file), text);
        }
        drop_without_lib(taken);
        Ok(())
    }

    /// The text of the file at an item's path. If it has none, the end of a sentence that begins with the file's name.
    fn text(&mut self, path: &str) -> Result<Result<String, String>, Refused> {
        if let Some(known) = self.seen.get(path) {
            return Ok(known.clone());
        }
        let read = text(self.source.read(path, self.bounds.file_bytes)?, self.bounds);
        self.seen.insert(path.into(), read.clone());
        Ok(read)
    }

    /// Whether its `src/lib.rs` is the stub, as it was handed out. Line endings make no difference. (If it is, no other
    /// file is needed.)
    pub fn is_stub(&self, taken: &Taken) -> bool {
        let stub = self.stubs.get(&taken.task.number);
        taken.lib().zip(stub).is_some_and(|(lib, stub)| plain(lib) == plain(stub))
    }
}

/// Whether both have the same files. Line endings make no difference.
pub fn same_text(one: &BTreeMap<PathBuf, String>, other: &BTreeMap<PathBuf, String>) -> bool {
    let plain = |files: &BTreeMap<PathBuf, String>| {
        files.iter().map(|(path, text)| (path.clone(), plain(text))).collect::<Vec<_>>()
    };
    plain(one) == plain(other)
}

/// A text without the things that editors change by themselves.
fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").trim_end().into()
}

/// The name of a file in a sentence: its path in the crate, or its path in the submission if that is different.
fn described(file: &str, item: &Item) -> String {
    let is_there = item.path == file || item.path.ends_with(&format!("/{file}"));
    names::short(if is_there { file } else { &item.path })
}

/// Whether something in a task's `src` counts. If it can't be entered or read, it counts, unless its name shows that it is
/// neither a source nor a folder of sources.
pub fn counts(file: &str, item: &Item) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let may_be_a_folder = item.kind != Kind::File && !name.contains('.');
    is_plain(file) && (name.ends_with(".rs") || may_be_a_folder)
}

/// Whether a path prints as it is, so that a module can have its name.
pub fn is_plain(file: &str) -> bool {
    !file.contains('\\')
}

/// The text of a source. If it has none, the end of a sentence that begins with the file's name.
fn text(contents: Contents, bounds: &Bounds) -> Result<String, String> {
    let Contents::Whole(bytes) = contents else {
        let most = names::size(bounds.file_bytes);
        return Err(format!("is larger than {most}, and that is the limit"));
    };
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!("is not UTF-8 (in line {}): save it as UTF-8", line + 1)
    })
}

/// Whether a task is missing: it is, if nothing is in `src/lib.rs`, whatever else there is.
fn drop_without_lib(taken: &mut Taken) {
    let lib = taken.files.get(Path::new("src/lib.rs"));
    let why = match (lib, taken.files.keys().next()) {
        (Some(text), _) if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') => {
            "src/lib.rs is empty: save the file, and hand it in again".into()
        }
        (Some(_), _) => return,
        (None, Some(found)) => format!(
            "src/lib.rs is not there, but {} is: hand in what is to be judged as src/lib.rs, in small letters",
            names::short(&found.to_string_lossy())
        ),
        (None, None) => "src/lib.rs is not there".into(),
    };
    taken.notes.insert(0, why);
    taken.files.clear();
}
