//! What is taken of a submission: from its items to the files of each task.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use checker::course::{TASKS, Task};

use super::collision::collision;
use super::entries::archive;
use super::item::{Contents, Item, Kind, Refused, Source};
use super::layout::{self, Around, EXPECTED, FAR, Spot};
use super::{Bounds, Taken, names};

/// How many files are named that were left out.
const NOTES: usize = 5;

/// What of a submission concerns one task.
#[derive(Default)]
struct Found<'a> {
    /// Why a folder on the way to its files can't be entered.
    barred: Option<String>,
    /// By place: the paths in the task's crate, and what is there.
    places: BTreeMap<String, BTreeMap<String, &'a Item>>,
}

/// Takes what there is of each task, in course order.
///
/// # Errors
/// Says why nothing of the whole submission can be taken.
pub fn tasks(
    items: &[Item],
    source: &mut dyn Source,
    bounds: &Bounds,
) -> Result<Vec<Taken>, String> {
    let Some(around) = layout::nearest(items.iter()) else { return Err(nothing_found(items)) };
    let found = sort(items, around);
    let tasks = TASKS.into_iter().zip(found).enumerate();
    let taken = tasks.map(|(index, (task, found))| {
        let mut taken = take(task, found, source, bounds)?;
        if taken.is_missing() && taken.notes.is_empty() {
            taken.notes.extend(nearly(items, index));
        }
        Ok(taken)
    });
    taken.collect()
}

/// Says what was meant for a task, most likely, and is not taken, if there is something.
fn nearly(items: &[Item], task: usize) -> Option<String> {
    let meant = items.iter().filter(|item| layout::meant(&item.path) == Some(task));
    let path = meant.map(|item| &item.path).min()?;
    Some(format!(
        "{} is there, but is not taken: hand in this task's file as {}",
        names::short(path),
        layout::called(TASKS[task])
    ))
}

/// The items, by what they have to do with each task, where so many folders are around the tasks.
fn sort(items: &[Item], around: Around) -> [Found<'_>; TASKS.len()] {
    let mut found: [Found; TASKS.len()] = Default::default();
    for item in items {
        match (layout::spot(&item.path, &around), &item.kind) {
            (Some(Spot::Inside { task, place, file }), Kind::File | Kind::Unfit(_)) => {
                found[task].places.entry(place).or_default().insert(file, item);
            }
            (Some(Spot::Way(tasks)), Kind::Unfit(why)) => {
                let why = format!("{} {why}", names::short(&item.path));
                tasks.iter().for_each(|task| found[*task].barred = Some(why.clone()));
            }
            _ => {}
        }
    }
    found
}

/// Says that there is nothing of any task, and what may be the reason.
fn nothing_found(items: &[Item]) -> String {
    let is_archive = |item: &&Item| item.kind == Kind::File && archive(&item.path).is_some();
    let packed = items.iter().find(is_archive);
    let near = items.iter().map(|item| &item.path).filter(|path| layout::meant(path).is_some());
    let hint = match (packed.map(|packed| &packed.path), near.min()) {
        (Some(packed), _) => {
            format!("; {} is an archive inside of it, so unpack that first", names::short(packed))
        }
        (None, Some(near)) => format!(
            "; {} is there, but a file of that name or place is not taken",
            names::short(near)
        ),
        (None, None) => String::new(),
    };
    format!(
        "no task's src/lib.rs was found in it, with {FAR} folders around it at most; expected {EXPECTED}{hint}"
    )
}

/// Takes a task, which may be in several places if all of them say the same.
fn take(
    task: &'static Task,
    found: Found,
    source: &mut dyn Source,
    bounds: &Bounds,
) -> Result<Taken, String> {
    if let Some(why) = found.barred {
        return Ok(Taken::refused(task, why));
    }
    let mut taken = Taken::nothing(task);
    let mut taken_from = String::new();
    for (place, files) in found.places {
        let mut next = Taken::nothing(task);
        match fill(&mut next, &place, &files, source, bounds) {
            Err(Refused::Submission(why)) => return Err(why),
            Err(Refused::Task(why)) => {
                next = Taken { notes: next.notes, ..Taken::refused(task, why) }
            }
            Ok(()) => {}
        }
        if taken.is_missing() {
            taken = next;
            taken_from = place;
        } else if !next.is_missing() && taken.files != next.files {
            let (one, other) = (names::short(&taken_from), names::short(&place));
            let why = format!("{one} and {other} both are this task, and differ: keep one");
            return Ok(Taken::refused(task, why));
        }
    }
    Ok(taken)
}

/// Takes the files of a task from one place.
fn fill(
    taken: &mut Taken,
    place: &str,
    files: &BTreeMap<String, &Item>,
    source: &mut dyn Source,
    bounds: &Bounds,
) -> Result<(), Refused> {
    // a file that stands for src/lib.rs is known by its own name
    let said = |file: &str| names::short(if place.ends_with(".rs") { place } else { file });
    let (sources, others) = split(files);
    taken.notes = left_out(&others);
    for (file, item) in &sources {
        if let Kind::Unfit(why) = &item.kind {
            return Err(Refused::Task(format!("{} {why}", said(file))));
        }
    }
    if sources.len() > bounds.task_files {
        let most = bounds.task_files;
        return Err(Refused::Task(format!("it has more than {most} files, and that is the limit")));
    }
    if let Some(why) = collision(sources.iter().map(|(file, _)| *file)) {
        return Err(Refused::Task(names::short(&why)));
    }
    let mut bytes = 0;
    for (file, item) in sources {
        let text = text(source.read(&item.path, bounds.file_bytes)?, bounds)
            .map_err(|why| Refused::Task(format!("{} {why}", said(file))))?;
        bytes += text.len() as u64;
        if bytes > bounds.task_bytes {
            let most = names::size(bounds.task_bytes);
            let why = format!("its files are larger than {most} together, and that is the limit");
            return Err(Refused::Task(why));
        }
        taken.files.insert(PathBuf::from(file), text);
    }
    drop_without_lib(taken);
    Ok(())
}

type Files<'a> = Vec<(&'a str, &'a Item)>;

/// What is in a task's `src`: that which counts, and that which is left out. What can't be entered or read counts,
/// unless its name tells that it is neither a source nor a folder of them.
fn split<'a>(files: &'a BTreeMap<String, &'a Item>) -> (Files<'a>, Files<'a>) {
    let files = files.iter().map(|(file, item)| (file.as_str(), *item));
    files.partition(|(file, item)| {
        let name = file.rsplit('/').next().unwrap_or(file);
        let may_be_a_folder = item.kind != Kind::File && !name.contains('.');
        is_plain(file) && (name.ends_with(".rs") || may_be_a_folder)
    })
}

/// Whether a path is shown as it is, so that a module can be named after it.
fn is_plain(file: &str) -> bool {
    !file.contains('\\')
}

/// Notes on files that were left out: a few by name, and the number of the others.
fn left_out(files: &[(&str, &Item)]) -> Vec<String> {
    let note = |(file, _): &(&str, &Item)| {
        let why = if is_plain(file) {
            "only .rs files are taken"
        } else {
            "its name has characters that are not taken"
        };
        format!("{} was left out: {why}", names::short(file))
    };
    let mut notes: Vec<String> = files.iter().take(NOTES).map(note).collect();
    if files.len() > NOTES {
        notes.push(format!("{} more files were left out", files.len() - NOTES));
    }
    notes
}

/// The text of a source; the end of a sentence that begins with its name, if it has none.
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

/// Without anything in `src/lib.rs`, a task is missing, whatever else there is.
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
