//! From the items of a submission to the files of each task.

use std::collections::BTreeMap;

use checker::format::count;
use checker::tasks::{TASKS, Task};

use super::entries::archive;
use super::item::{Item, Kind, Source};
use super::layout::{self, Around, EXPECTED, FAR, Spot};
use super::nearly;
use super::nearly::choose::{self, Candidate};
use super::reader::{Reader, counts, is_plain};
use super::{Bounds, NearlyNamed, Stubs, Taken, names};

/// How many of the left-out files a note names.
const NOTES: usize = 5;

/// The items of a submission that belong to one task.
#[derive(Default)]
struct Found<'a> {
    /// Why a folder on the way to its files can't be entered.
    barred: Option<String>,
    /// For each place: the paths in the task's crate, and the items there.
    places: BTreeMap<String, BTreeMap<String, &'a Item>>,
}

/// Takes the files of each task, in course order.
///
/// # Errors
/// Why nothing of the whole submission can be taken.
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
    let candidates =
        choose::candidates(items, most_around, |task, place| found[task].places.get(place));
    let mut reader = Reader::new(source, bounds, stubs);
    let mut taken = Vec::new();
    for ((task, found), candidates) in TASKS.into_iter().zip(&found).zip(&candidates) {
        taken.push(take(task, found, candidates, &mut reader)?);
    }
    let is_nothing = |taken: &Taken| taken.is_missing() && taken.nearly.iter().all(|it| !it.taken);
    if !is_proper && taken.iter().all(is_nothing) {
        return Err(nothing_found(items));
    }
    let strays = strays(items, most_around);
    for taken in taken.iter_mut().filter(|taken| taken.is_missing()) {
        taken.notes.extend(archive_beside(items));
        if taken.nearly.is_empty() {
            taken.notes.extend(stray(taken.task, &strays));
            let not_taken = |path: &&str| NearlyNamed { file: names::short(path), taken: false };
            taken.nearly.extend(strays.iter().take(NOTES).map(not_taken));
        }
    }
    Ok(taken)
}

/// Sources beside the tasks, or in a `src` there, whose names don't show the task.
fn strays(items: &[Item], most_around: usize) -> Vec<&str> {
    let is_stray = |path: &str| {
        let before = path.rsplit_once('/').map_or("", |(before, _)| before);
        let depth = before.strip_suffix("src").unwrap_or(before).split('/');
        path.to_lowercase().ends_with(".rs")
            && depth.filter(|name| !name.is_empty()).count() <= most_around
            && layout::spot(path, &(0..=most_around)).is_none()
            && nearly::is_stray(path, most_around)
    };
    let files = items.iter().filter(|item| item.kind == Kind::File).map(|item| item.path.as_str());
    let mut strays: Vec<&str> = files.filter(|path| is_stray(path)).collect();
    strays.sort_unstable();
    strays
}

/// The note on a missing task that some sources may be meant for it.
fn stray(task: &Task, strays: &[&str]) -> Option<String> {
    let (first, more) = strays.split_first()?;
    let first = names::short(first);
    let text = match more.len() {
        0 => format!("{first} is there, but its name tells no task"),
        more => format!(
            "{first} and {} are there, but their names tell no task",
            count(more, "other source")
        ),
    };
    Some(format!("{text}: hand in this task's file as {}", layout::called(task)))
}

/// The note on a missing task that an archive beside the other tasks was not opened, if there is one.
fn archive_beside(items: &[Item]) -> Option<String> {
    let is_archive = |item: &&Item| item.kind == Kind::File && archive(&item.path).is_some();
    let archive = items.iter().filter(is_archive).find(|item| !item.path.contains('/'))?;
    Some(format!(
        "{} was not opened, because other tasks are beside it: hand in all tasks in one archive, or none in an archive",
        names::short(&archive.path)
    ))
}

/// The items of each task, if this many folders are around the tasks.
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

/// The message that no task was found, and the possible reason.
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

/// A place in a submission that has something of a task under its proper name.
struct Place {
    /// The path that stands for it in a sentence: that of its `src/lib.rs`.
    path: String,
    taken: Taken,
}

/// Takes a task. It may be in several places, if all of them have the same files, or all but one have the stub.
fn take(
    task: &'static Task,
    found: &Found,
    candidates: &[Candidate],
    reader: &mut Reader,
) -> Result<Taken, String> {
    if let Some(why) = &found.barred {
        return Ok(Taken::refused(task, why.clone()));
    }
    let mut places: Vec<Place> = Vec::new();
    for (place, files) in &found.places {
        let mut taken = reader.files(task, files)?;
        let is_near = |path: &str| candidates.iter().any(|candidate| candidate.is_at(path));
        taken.notes.extend(left_out(files, is_near));
        let path = files.get("src/lib.rs").map_or(place, |lib| &lib.path).clone();
        places.push(Place { path, taken });
    }
    let Place { path, taken } = match one_of(task, places, reader) {
        Ok(place) => place,
        Err(refused) => return Ok(refused),
    };
    choose::choose(taken, &path, candidates, reader)
}

/// The one of several places that counts: the stub gives way to work. Two that are begun, and differ, are refused.
fn one_of(task: &'static Task, places: Vec<Place>, reader: &Reader) -> Result<Place, Taken> {
    let (missing, there): (Vec<Place>, Vec<Place>) =
        places.into_iter().partition(|place| place.taken.is_missing());
    let (stubs, begun): (Vec<Place>, Vec<Place>) =
        there.into_iter().partition(|place| reader.is_stub(&place.taken));
    let is_same = |one: &Taken, other: &Taken| {
        one.refused.is_none() && other.refused.is_none() && one.files == other.files
    };
    if let Some(other) = begun.iter().skip(1).find(|it| !is_same(&it.taken, &begun[0].taken)) {
        let (one, other) = (names::short(&begun[0].path), names::short(&other.path));
        let why = format!("{one} and {other} both are this task, and differ: keep one");
        return Err(Taken::refused(task, why));
    }
    let mut left = Vec::new();
    if !begun.is_empty() {
        left.extend(stubs.iter().map(|it| (names::short(&it.path), "is still the stub")));
    }
    let mut ranked = begun.into_iter().chain(stubs).chain(missing);
    let Some(mut counts) = ranked.next() else {
        return Ok(Place { path: String::new(), taken: Taken::nothing(task) });
    };
    if !counts.taken.is_missing() {
        let missing = ranked.filter(|place| place.taken.is_missing());
        left.extend(missing.map(|it| (names::short(&it.path), "has no src/lib.rs to be judged")));
    }
    let path = names::short(&counts.path);
    let note = |(other, why)| format!("{path} was taken, and {other} was not: it {why}");
    counts.taken.notes.extend(left.into_iter().map(note));
    Ok(counts)
}

/// Notes on files of a place that were left out: some names, and the number of the others. Files with nearly right names
/// have notes of their own.
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
