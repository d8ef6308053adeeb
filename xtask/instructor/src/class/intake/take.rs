//! What is taken of a submission: from its items to the files of each task.

use std::collections::BTreeMap;

use checker::course::{TASKS, Task};

use super::entries::archive;
use super::item::{Item, Kind, Source};
use super::layout::{self, Around, EXPECTED, FAR, Spot};
use super::nearly::choose::{self, Candidate};
use super::nearly;
use super::reader::{Reader, counts, is_plain};
use super::{Bounds, Stubs, Taken, names};

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
    stubs: &Stubs,
) -> Result<Vec<Taken>, String> {
    let proper = layout::nearest(items.iter());
    let is_proper = proper.is_some();
    let around = proper.or_else(|| nearly::nearest(items.iter()));
    let Some(around) = around else { return Err(nothing_found(items)) };
    let most_around = *around.end();
    let found = sort(items, around);
    let candidates = choose::candidates(items, most_around, |task, place| {
        found[task].places.get(place)
    });
    let mut reader = Reader::new(source, bounds, stubs);
    let mut taken = Vec::new();
    for ((task, found), candidates) in TASKS.into_iter().zip(&found).zip(&candidates) {
        taken.push(take(task, found, candidates, &mut reader)?);
    }
    let is_nothing = |taken: &Taken| taken.is_missing() && taken.nearly.iter().all(|it| !it.taken);
    if !is_proper && taken.iter().all(is_nothing) {
        return Err(nothing_found(items));
    }
    for taken in &mut taken {
        taken.notes.extend(archive_beside(items).filter(|_| taken.is_missing()));
    }
    Ok(taken)
}

/// Says of a task that is missing that an archive beside those that are there was not opened, if there is one.
fn archive_beside(items: &[Item]) -> Option<String> {
    let is_archive = |item: &&Item| item.kind == Kind::File && archive(&item.path).is_some();
    let archive = items.iter().filter(is_archive).find(|item| !item.path.contains('/'))?;
    Some(format!(
        "{} was not opened, because other tasks are beside it: hand in all tasks in one archive, or none in an archive",
        names::short(&archive.path)
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
    let files = items.iter().filter(|item| item.kind != Kind::Folder).map(|item| &item.path);
    let near = files.filter(|path| nearly::guess(path, FAR).is_some_and(|guess| guess.is_lib()));
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
    found: &Found,
    candidates: &[Candidate],
    reader: &mut Reader,
) -> Result<Taken, String> {
    if let Some(why) = &found.barred {
        return Ok(Taken::refused(task, why.clone()));
    }
    let mut taken = Taken::nothing(task);
    let mut taken_from = String::new();
    for (place, files) in &found.places {
        let mut next = reader.files(task, files)?;
        let is_near = |path: &str| candidates.iter().any(|candidate| candidate.is_at(path));
        next.notes.extend(left_out(files, is_near));
        if taken.is_missing() {
            taken = next;
            taken_from = files.get("src/lib.rs").map_or(place, |lib| &lib.path).clone();
        } else if !next.is_missing() && taken.files != next.files {
            let (one, other) = (names::short(&taken_from), names::short(place));
            let why = format!("{one} and {other} both are this task, and differ: keep one");
            return Ok(Taken::refused(task, why));
        }
    }
    choose::choose(taken, &taken_from, candidates, reader)
}

/// Notes on files of a place that were left out: a few by name, and the number of the others. What is nearly named has
/// a note of its own.
fn left_out(files: &BTreeMap<String, &Item>, is_near: impl Fn(&str) -> bool) -> Vec<String> {
    let is_out = |file: &str, item: &Item| !counts(file, item) && !is_near(&item.path);
    let out = files.iter().filter(|(file, item)| is_out(file, item));
    let note = |file: &str| {
        let why = if is_plain(file) {
            "only .rs files are taken"
        } else {
            "its name has characters that are not taken"
        };
        format!("{} was left out: {why}", names::short(file))
    };
    let mut notes: Vec<String> = out.map(|(file, _)| note(file)).collect();
    if notes.len() > NOTES {
        let more = notes.len() - NOTES;
        notes.truncate(NOTES);
        notes.push(format!("{more} more files were left out"));
    }
    notes
}
