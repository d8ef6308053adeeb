//! Decides which files of a task count if some have nearly right names.

use std::collections::BTreeMap;

use checker::tasks::TASKS;

use super::{Guess, Role, Sure, guess};
use crate::class::intake::item::{Item, Kind};
use crate::class::intake::layout;
use crate::class::intake::reader::{Reader, same_text};
use crate::class::intake::{NearlyNamed, Taken, names};

/// How many files with nearly right names are read for a task. More of them can't be a slip.
const MOST: usize = 8;

/// A crate that a file with a nearly right name may be.
#[derive(Debug)]
pub struct Candidate<'a> {
    guess: Guess,
    /// The path of the file with the nearly right name.
    path: &'a str,
    /// The files, by their paths in the task's crate.
    files: BTreeMap<String, &'a Item>,
}

/// What a submission has of a task under the right name.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Proper {
    Missing,
    /// The stub, as it was handed out.
    Untouched,
    /// A file that counts, whatever else there is.
    Begun,
}

/// What a file with a nearly right name contains.
struct Read<'a> {
    candidate: &'a Candidate<'a>,
    taken: Taken,
}

impl Candidate<'_> {
    /// Whether this comes from the file at this path.
    pub fn is_at(&self, path: &str) -> bool {
        self.path == path && self.guess.sure != Sure::No
    }

    fn not_taken(&self) -> NearlyNamed {
        NearlyNamed { file: names::short(self.path), taken: false }
    }
}

/// The files with nearly right names in one place of the submission.
#[derive(Default)]
struct SourceLocation<'a> {
    /// Files that may be meant as `src/lib.rs`.
    libs: Vec<(Guess, &'a Item)>,
    /// Other sources, by their paths in the task's crate.
    modules: BTreeMap<String, &'a Item>,
}

/// The files with nearly right names for each task, with at most this many folders around. `proper` are the files of one
/// place that have the right names.
pub fn candidates<'a>(
    items: &'a [Item],
    most_around: usize,
    proper: impl Fn(usize, &str) -> Option<&'a BTreeMap<String, &'a Item>>,
) -> [Vec<Candidate<'a>>; TASKS.len()] {
    let mut places: BTreeMap<(usize, String), SourceLocation> = BTreeMap::new();
    for item in items.iter().filter(|item| item.kind != Kind::Folder) {
        let Some(guess) = guess(&item.path, most_around) else { continue };
        let place = places.entry((guess.task, guess.place.clone())).or_default();
        match &guess.role {
            Role::Module(file) => _ = place.modules.insert(file.clone(), item),
            Role::Lib | Role::LibIfAlone => {
                if let Some(file) = in_src(&item.path, &guess.place) {
                    place.modules.insert(file, item);
                }
                place.libs.push((guess, item));
            }
        }
    }
    let mut all: [Vec<Candidate>; TASKS.len()] = Default::default();
    for ((task, path), place) in places {
        all[task].extend(place.candidates(proper(task, &path)));
    }
    all
}

impl<'a> SourceLocation<'a> {
    /// The crates that its files may be, together with the files that have the right names there.
    fn candidates(mut self, proper: Option<&BTreeMap<String, &'a Item>>) -> Vec<Candidate<'a>> {
        self.libs.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        let is_sure =
            |(guess, _): &(Guess, &Item)| guess.role == Role::Lib && guess.sure == Sure::Yes;
        let has_lib = proper.is_some_and(|files| files.contains_key("src/lib.rs"))
            || self.libs.iter().any(is_sure);
        self.modules.extend(proper.into_iter().flatten().map(|(file, item)| (file.clone(), *item)));
        // a file that is meant as src/lib.rs is not a module beside it
        let is_lib = |item: &Item| {
            let mut libs = self.libs.iter().filter(|(guess, _)| guess.role == Role::Lib);
            libs.any(|(_, lib)| lib.path == item.path)
        };
        self.modules.retain(|file, item| file != "src/lib.rs" && !is_lib(item));
        let libs = self.libs.into_iter();
        let libs = libs.filter(|(guess, _)| guess.role == Role::Lib || !has_lib);
        let candidate = |(guess, item): (Guess, &'a Item)| {
            let mut files = self.modules.clone();
            files.retain(|_, module| module.path != item.path);
            files.insert("src/lib.rs".into(), item);
            Candidate { guess, path: &item.path, files }
        };
        libs.map(candidate).collect()
    }
}

/// The path in the crate of a source in `src`, or in a folder with nearly that name.
fn in_src(path: &str, place: &str) -> Option<String> {
    let inside = path.strip_prefix(place)?.strip_prefix('/')?;
    let (_, file) = inside.split_once('/')?;
    // (the programs of a crate are not judged)
    (file.ends_with(".rs") && file != "main.rs").then(|| format!("src/{file}"))
}

/// Chooses the files that count for a task: those with the right names, if they are begun, or else the single begun file with
/// a nearly right name.
///
/// # Errors
/// Why nothing of the whole submission can be taken.
pub fn choose(
    proper: Taken,
    proper_place: &str,
    candidates: &[Candidate],
    reader: &mut Reader,
) -> Result<Taken, String> {
    if candidates.is_empty() {
        return Ok(proper);
    }
    let state = state(&proper, reader);
    let by_name: Vec<&Candidate> =
        candidates.iter().filter(|it| it.guess.sure == Sure::Yes).collect();
    let by_text = candidates.iter().filter(|it| it.guess.sure == Sure::IfItDefines);
    let mut read = Vec::new();
    for candidate in by_name.iter().copied().take(MOST).chain(by_text.take(MOST)) {
        let taken = reader.files(proper.task, &candidate.files)?;
        if is_meant(candidate, &taken) {
            read.push(Read { candidate, taken });
        }
    }
    if state == Proper::Begun {
        return Ok(beside_begun(proper, proper_place, &read));
    }
    if by_name.len() > MOST {
        let why = format!(
            "{} files may be this task, for example {} and {}: hand in only one, as {}",
            by_name.len(),
            names::short(by_name[0].path),
            names::short(by_name[1].path),
            names::short(&by_name[0].guess.right)
        );
        return Ok(refused(proper, why, &by_name));
    }
    let begun: Vec<&Read> = read.iter().filter(|read| is_begun(&read.taken, reader)).collect();
    Ok(if !begun.is_empty() {
        one_of(proper, (state == Proper::Untouched).then_some(proper_place), begun)
    } else if state == Proper::Missing && !read.is_empty() {
        // nothing but the stub, or an empty file, under nearly its name
        accepted(&proper, &read[0], None)
    } else {
        let is_read = |it: &Candidate| read.iter().any(|read| read.candidate.path == it.path);
        let others = candidates.iter().filter(|it| !is_read(it));
        // (a further source in `src` is named where `src/lib.rs` is missed)
        named_only(proper, &others.filter(|it| it.guess.role == Role::Lib).collect::<Vec<_>>())
    })
}

/// The file that counts among several begun files, if there is no file or only the stub under the right name.
fn one_of(proper: Taken, stub: Option<&str>, begun: Vec<&Read>) -> Taken {
    let (backups, others): (Vec<&Read>, Vec<&Read>) =
        begun.into_iter().partition(|read| read.candidate.guess.is_backup);
    let [backups, others] = [distinct(backups), distinct(others)];
    match (others.as_slice(), backups.as_slice()) {
        ([one], left) => {
            let mut taken = accepted(&proper, one, stub);
            left.iter().for_each(|backup| leave(&mut taken, backup.candidate, one.candidate.path));
            taken
        }
        ([], [one]) => accepted(&proper, one, stub),
        ([], several) => {
            let files = several.iter().map(|read| read.candidate);
            named_only(proper, &files.collect::<Vec<_>>())
        }
        ([one, other, ..], _) => {
            let why = format!(
                "{} and {} both may be this task, and differ: hand in one of them, as {}",
                names::short(one.candidate.path),
                names::short(other.candidate.path),
                names::short(&one.candidate.guess.right)
            );
            let both: Vec<&Candidate> = others.iter().map(|read| read.candidate).collect();
            refused(proper, why, &both)
        }
    }
}

fn state(proper: &Taken, reader: &Reader) -> Proper {
    if proper.is_missing() {
        Proper::Missing
    } else if reader.is_stub(proper) {
        Proper::Untouched
    } else {
        Proper::Begun
    }
}

/// Whether a file is meant for its task, judged by its text.
fn is_meant(candidate: &Candidate, taken: &Taken) -> bool {
    candidate.guess.sure == Sure::Yes || defines(taken)
}

/// Whether a task's `src/lib.rs` defines its function.
fn defines(taken: &Taken) -> bool {
    let begin = format!("fn {}", taken.task.function);
    taken.lib().is_some_and(|text| {
        text.match_indices(&begin).any(|(at, _)| {
            let after = text[at + begin.len()..].trim_start();
            after.starts_with(['<', '('])
        })
    })
}

/// Whether the file has work in it. A file that can't be read may have.
fn is_begun(taken: &Taken, reader: &Reader) -> bool {
    taken.refused.is_some() || (!taken.files.is_empty() && !reader.is_stub(taken))
}

/// One file of each group with the same contents. A file that can't be read differs from all others.
fn distinct<'a>(all: Vec<&'a Read<'a>>) -> Vec<&'a Read<'a>> {
    let mut distinct: Vec<&Read> = Vec::new();
    for read in all {
        let same = |known: &&Read| {
            known.taken.refused.is_none() && same_text(&known.taken.files, &read.taken.files)
        };
        if !distinct.iter().any(same) {
            distinct.push(read);
        }
    }
    distinct
}

/// Takes the files with the right names. Notes name files that differ from them.
fn beside_begun(mut proper: Taken, place: &str, read: &[Read]) -> Taken {
    for Read { candidate, taken } in read {
        if taken.files.is_empty() || same_text(&taken.files, &proper.files) {
            continue;
        }
        leave(&mut proper, candidate, place);
        // an instructor need not see a backup beside its original
        if candidate.guess.is_backup {
            proper.nearly.pop();
        }
    }
    proper
}

fn leave(taken: &mut Taken, left: &Candidate, counts: &str) {
    let (path, right) = (names::short(left.path), names::short(&left.guess.right));
    let counts = names::short(counts);
    taken.notes.push(if left.guess.is_backup {
        format!("{path} was left alone: it {}, and {counts} counts", left.guess.why())
    } else {
        format!("{path} was left alone: {counts} counts. If you mean the other one, hand it in as {right} instead.")
    });
    taken.nearly.push(left.not_taken());
}

/// Takes a file with a nearly right name, if there is no file or only the stub under the right name.
fn accepted(proper: &Taken, read: &Read, instead_of: Option<&str>) -> Taken {
    let guess = &read.candidate.guess;
    let path = names::short(read.candidate.path);
    let stub = instead_of.map_or(String::new(), |stub| {
        format!(" in place of {}, which is still the stub", names::short(stub))
    });
    let note = format!(
        "{path} was taken for task {}{stub}. It {}: call it {} next time.",
        proper.task.number,
        guess.why(),
        names::short(&guess.right)
    );
    let mut notes = read.taken.notes.clone();
    notes.insert(0, note);
    let nearly = vec![NearlyNamed { file: path, taken: true }];
    Taken {
        task: proper.task,
        files: read.taken.files.clone(),
        refused: read.taken.refused.clone(),
        notes,
        nearly,
    }
}

fn refused(proper: Taken, why: String, files: &[&Candidate]) -> Taken {
    let nearly = files.iter().take(MOST).map(|file| file.not_taken()).collect();
    Taken { nearly, ..Taken::refused(proper.task, why) }
}

/// Takes nothing, and names the files that were most likely meant.
fn named_only(mut taken: Taken, named: &[&Candidate]) -> Taken {
    let Some(first) = named.first() else { return taken };
    let more = match named.len() {
        1 => String::new(),
        2 => format!(" and {}", names::short(named[1].path)),
        many => format!(" and {} others", many - 1),
    };
    let are = if named.len() == 1 { "is" } else { "are" };
    let why = match first.guess.sure {
        Sure::IfItDefines => format!("does not define {}", taken.task.function),
        _ => first.guess.why().into(),
    };
    let path = names::short(first.path);
    taken.notes.push(format!(
        "{path}{more} {are} there, but {are} not taken: {path} {why}. Hand in this task's file as {}",
        layout::called(taken.task)
    ));
    taken.nearly.extend(named.iter().take(MOST).map(|file| file.not_taken()));
    taken
}
