//! From a name to the task that it nearly names.

use std::sync::LazyLock;

use checker::tasks::{TASKS, Task};
use unicode_normalization::UnicodeNormalization;

use super::markers::{ABOUT, COPY, COPY_OF, ENDINGS, NUMBERED, Termination, VERSION};
use super::{Slip, Sure};

/// The most bytes of a name that is read. No system has longer names, but an archive can.
const LONGEST: usize = 255;

/// The most endings and marks that are removed from a name. A name with more of them can't be a slip, and takes long to
/// read.
const MARKS: usize = 16;

/// The fewest letters of a task's name for which one wrong letter counts as a typing error. In shorter names it is another
/// word: `test` is not `task`.
const TELLING: usize = 8;

/// A name without the parts that make it differ from the right one.
#[derive(Debug)]
pub struct Stem {
    /// Its letters and digits, in small letters.
    pub key: String,
    pub is_backup: bool,
    pub slips: Vec<Slip>,
    pub sure: Sure,
    /// Whether it has the ending of a source, or nearly that. (A folder has no ending.)
    is_source: bool,
}

/// The task that a name means.
pub struct Meant {
    pub task: usize,
    pub sure: Sure,
    pub slips: Vec<Slip>,
    pub is_backup: bool,
}

/// The task that the name of a file means, if the file is the whole task.
pub fn of_file(name: &str) -> Option<Meant> {
    stem(name, true).and_then(Stem::meant)
}

/// The task that a folder's name means.
pub fn of_folder(name: &str) -> Option<Meant> {
    stem(name, false).and_then(Stem::meant)
}

/// The stem of a file's or a folder's name. None for a file that is neither a source nor nearly one.
pub fn stem(name: &str, is_file: bool) -> Option<Stem> {
    if name.len() > LONGEST {
        return None;
    }
    let mut text = without_escapes(name);
    if !text.is_ascii() {
        text = text.nfkc().collect();
    }
    text = text.to_lowercase();
    let mut stem = Stem {
        key: String::new(),
        is_backup: false,
        slips: Vec::new(),
        sure: Sure::Yes,
        is_source: !is_file,
    };
    if name.contains('\\') {
        // the printable name is not the real one, and another file may have the same printable name
        stem.note(Slip::Characters, Sure::No);
    }
    let mut has_ending = !is_file;
    for taken_off in 0.. {
        if taken_off > MARKS {
            return None;
        }
        let trimmed = text.trim().trim_end_matches('.').trim_end().to_string();
        if trimmed != text {
            stem.note(Slip::Spaces, Sure::Yes);
            text = trimmed;
        }
        if let Some((rest, ending)) = is_file.then(|| ending(&text)).flatten() {
            stem.ends_with(ending, has_ending);
            has_ending = true;
            text = rest;
        } else if let Some((rest, slip)) = mark(&text) {
            stem.note(slip, Sure::Yes);
            text = rest;
        } else if let Some(rest) = is_file.then(|| before_rs(&text)).flatten() {
            // `.rs.html`: it may not be text at all
            stem.note(Slip::Termination, Sure::No);
            text = rest;
        } else {
            break;
        }
    }
    if !has_ending {
        // files of other kinds have their own endings
        if text.contains('.') {
            return None;
        }
        stem.note(Slip::Termination, Sure::Yes);
    }
    stem.key = key(&text);
    (!stem.key.is_empty()).then_some(stem)
}

impl Stem {
    fn note(&mut self, slip: Slip, sure: Sure) {
        if !self.slips.contains(&slip) {
            self.slips.push(slip);
        }
        self.sure = self.sure.max(sure);
    }

    fn ends_with(&mut self, ending: Termination, has_ending: bool) {
        match ending {
            // `x.rs.rs`
            Termination::Right if has_ending && self.is_source => {
                self.note(Slip::Termination, Sure::Yes)
            }
            Termination::Right => self.is_source = true,
            Termination::Typed => {
                self.is_source = true;
                self.note(Slip::Termination, Sure::Yes);
            }
            Termination::Text => self.note(Slip::Termination, Sure::Yes),
            Termination::Backup => {
                self.is_backup = true;
                self.note(Slip::Backup, Sure::Yes);
            }
        }
    }

    /// The task that this stem names.
    pub fn meant(mut self) -> Option<Meant> {
        let (task, sure, slip) = task(&self.key)?;
        if let Some(slip) = slip {
            self.note(slip, sure);
        }
        // names of other texts contain numbers and functions, too
        if !self.is_source && matches!(slip, Some(Slip::Number | Slip::Function)) {
            self.sure = self.sure.max(Sure::IfItDefines);
        }
        let Self { sure, slips, is_backup, .. } = self;
        Some(Meant { task, sure, slips, is_backup })
    }
}

/// Small letters and digits only.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A name without the escapes for bytes that do not print.
fn without_escapes(name: &str) -> String {
    let mut parts = name.split("\\x");
    let mut text = parts.next().unwrap_or_default().to_string();
    for part in parts {
        text.push_str(part.get(2..).unwrap_or_default());
    }
    text
}

/// Splits a name into the part before its ending, and the ending.
fn ending(text: &str) -> Option<(String, Termination)> {
    let find = |text: &str| {
        ENDINGS.into_iter().find_map(|(end, ending)| {
            let rest = text.strip_suffix(end).filter(|rest| !rest.is_empty())?;
            Some((rest.to_string(), ending))
        })
    };
    if let Some(name) = text.strip_prefix('#').and_then(|name| name.strip_suffix('#')) {
        // Emacs keeps what is not saved as `#lib.rs#`
        return Some((name.into(), Termination::Backup));
    }
    // `lib.rs.old-2`, `lib.rs.save.1`
    let unnumbered = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let unnumbered = unnumbered.trim_end_matches(['-', '.', '_']);
    let numbered = || find(unnumbered).filter(|(_, ending)| *ending == Termination::Backup);
    find(text).or_else(numbered)
}

/// The part of a name before another ending that follows `.rs`.
fn before_rs(text: &str) -> Option<String> {
    let (name, end) = text.rsplit_once('.')?;
    let is_one = !end.is_empty() && end.chars().all(char::is_alphanumeric);
    (is_one && name.trim_end().ends_with(".rs")).then(|| name.into())
}

/// The name without one mark of a copy or a version.
fn mark(text: &str) -> Option<(String, Slip)> {
    let rest = |rest: &str, slip| {
        let rest = rest.trim_end_matches([' ', '-', '_', '–', '—', '.']);
        (!key(rest).is_empty()).then(|| (rest.to_string(), slip))
    };
    // `(1)`, `(Kopie 2)`, `(Ada's conflicted copy 2026-11-30)`
    if let Some((before, inside)) = in_parentheses(text) {
        let number = inside.chars().all(|c| c.is_ascii_digit());
        let copy = inside.contains("conflict") || COPY.iter().any(|word| inside.contains(word));
        if number || copy {
            return rest(before, Slip::Copy);
        }
    }
    let unnumbered = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let unnumbered = unnumbered.trim_end_matches([' ', '-', '_']);
    for text in [text, unnumbered] {
        if let Some(before) = COPY.iter().find_map(|word| before_word(text, word)) {
            return rest(before, Slip::Copy);
        }
    }
    if let Some(before) = VERSION.iter().find_map(|word| before_word(text, word)) {
        return rest(before, Slip::Version);
    }
    if unnumbered != text
        && let Some(before) = before_word(unnumbered, "v")
    {
        return rest(before, Slip::Version);
    }
    copied(text).map(|original| (original.to_string(), Slip::Copy))
}

/// Splits a name into the part before parentheses at its end, and the part inside them.
fn in_parentheses(text: &str) -> Option<(&str, &str)> {
    let open = text.rfind(['(', '['])?;
    let inside = text[open + 1..].strip_suffix([')', ']'])?.trim();
    (!inside.is_empty()).then_some((&text[..open], inside))
}

/// The part before a word at the end, if that is a separate word. (Some scripts write no space between words.)
fn before_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let before = text.strip_suffix(word)?;
    let is_word = !word.is_ascii() || !before.ends_with(char::is_alphanumeric);
    (is_word && !before.is_empty()).then_some(before)
}

/// The original's name in `copy of X`, `copy (2) of X`.
fn copied(text: &str) -> Option<&str> {
    // as long as the text itself
    let spaced = text.replace('_', " ");
    let begin = COPY_OF.iter().find(|begin| spaced.starts_with(*begin)).map(|begin| begin.len());
    let numbered = || {
        let inside = spaced.strip_prefix("copy (")?;
        let (number, _) = inside.split_once(") of ")?;
        let is_number = number.chars().all(|c| c.is_ascii_digit());
        is_number.then_some("copy (".len() + number.len() + ") of ".len())
    };
    let rest = text.get(begin.or_else(numbered)?..)?;
    (!key(rest).is_empty()).then_some(rest)
}

/// A name of a task by its letters and digits, and what is wrong with using it.
type Known = (usize, String, Option<Slip>);

/// The names of all tasks: their packages and functions.
fn names() -> impl Iterator<Item = &'static Known> {
    // (an archive may have ten thousand names to compare them with)
    static NAMES: LazyLock<Vec<Known>> = LazyLock::new(|| {
        let of_task = |(index, task): (usize, &'static Task)| {
            [(index, key(task.name), None), (index, key(task.function), Some(Slip::Function))]
        };
        TASKS.into_iter().enumerate().flat_map(of_task).collect()
    });
    NAMES.iter()
}

/// The task with this number.
fn by_number(number: usize) -> Option<usize> {
    TASKS.iter().position(|task| task.number == number)
}

/// The task that these letters and digits mean, how certain that is, and what is wrong with them.
fn task(whole: &str) -> Option<(usize, Sure, Option<Slip>)> {
    let (number, rest) = numbered(whole);
    let numbered = number.and_then(by_number);
    if rest.is_empty() {
        return numbered.map(|task| (task, Sure::Yes, Some(Slip::Number)));
    }
    let unlike = |task: usize| number.is_some() && numbered != Some(task);
    let known = |task: usize, sure: Sure, slip| {
        Some(if unlike(task) {
            (task, Sure::No, Some(Slip::OtherNumber))
        } else {
            (task, sure, slip)
        })
    };
    // (`task5` is said where nothing else is wrong)
    let has_word = !whole.starts_with(|c: char| c.is_ascii_digit());
    let number_slip = (number.is_some() && has_word).then_some(Slip::Number);
    if let Some((task, _, slip)) = names().find(|(_, name, _)| *name == rest) {
        return known(*task, Sure::Yes, slip.or(number_slip));
    }
    let (stem, end) = rest.split_at(rest.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    if let Some((task, name, _)) = names().find(|(_, name, _)| *name == stem && !end.is_empty()) {
        let own = end.parse() == Ok(TASKS[*task].number);
        let sure =
            if own || name.len() >= TELLING || number.is_some() { Sure::Yes } else { Sure::No };
        return known(*task, sure, Some(if own { Slip::Number } else { Slip::Copy }));
    }
    if let Some((task, sure)) = misspelt(rest, numbered) {
        return known(task, sure, Some(Slip::Spelling));
    }
    if ABOUT.iter().any(|word| rest.contains(word)) {
        return None;
    }
    let part =
        names().filter(|(_, name, _)| name.len() >= TELLING && whole.contains(name.as_str()));
    if let Some((task, ..)) = part.max_by_key(|(_, name, _)| name.len()) {
        return Some((*task, Sure::IfItDefines, Some(Slip::More)));
    }
    numbered.map(|task| (task, Sure::IfItDefines, Some(Slip::More)))
}

/// The number that a name begins with, and what follows.
fn numbered(key: &str) -> (Option<usize>, &str) {
    let digits = NUMBERED
        .iter()
        .filter_map(|word| key.strip_prefix(word))
        .find(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(key);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits[..digits.len() - rest.len()].parse() {
        Ok(number) => (Some(number), rest),
        Err(_) => (None, key),
    }
}

/// The task whose name differs by one letter: added, missing, wrong, or swapped with the next one.
fn misspelt(typed: &str, numbered: Option<usize>) -> Option<(usize, Sure)> {
    let far = |(task, name, _): &Known| {
        // more letters than that can't be too few
        if typed.len().abs_diff(name.len()) > 2 {
            return None;
        }
        let far = strsim::osa_distance(typed, name);
        let swapped = far == 1 && sorted(typed) == sorted(name);
        let sure = match far {
            1 if name.len() >= TELLING || swapped || numbered == Some(*task) => Sure::Yes,
            2 if name.len() >= TELLING => Sure::IfItDefines,
            _ => return None,
        };
        Some((far, *task, sure))
    };
    let mut near: Vec<_> = names().filter_map(far).collect();
    near.sort_by_key(|(far, ..)| *far);
    match near.as_slice() {
        [(far, task, _), (also, other, _), ..] if far == also && task != other => None,
        [(_, task, sure), ..] => Some((*task, *sure)),
        [] => None,
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}
