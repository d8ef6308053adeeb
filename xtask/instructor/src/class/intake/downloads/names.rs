//! Reads the names of files in bulk downloads: which platform made them, and what they say about the student and the attempt.

use std::collections::BTreeSet;
use std::fmt;

use super::Found;
use crate::class::intake::entries::archive;
use crate::class::intake::nearly;

/// Digits of the longest number in a name.
const DIGITS: usize = 15;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    Canvas,
    Blackboard,
    Moodle,
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Canvas => "Canvas",
            Self::Blackboard => "Blackboard",
            Self::Moodle => "Moodle",
        })
    }
}

/// The parts of a name in a download.
#[derive(Debug, Clone)]
pub struct FileName {
    pub index: usize,
    pub platform: Platform,
    pub login: String,
    /// The number of the student's account, if the name has it.
    pub account: String,
    /// The number of the file, if the name has it.
    pub number: u64,
    pub date: String,
    pub late: bool,
    pub name: String,
    pub holds_files: bool,
}

/// Reads a name, if it is one of a download.
pub fn read(index: usize, found: &Found) -> Option<FileName> {
    let part = moodle(found.file).or_else(|| blackboard(found.file)).or_else(|| canvas(found.file));
    Some(FileName { index, holds_files: found.holds_files, ..part? })
}

fn moodle(file: &str) -> Option<FileName> {
    let (student, kind) = file.split_once("_assignsubmission_")?;
    let (login, account) = student.rsplit_once('_')?;
    number(account).filter(|_| !login.is_empty())?;
    let (kind, name) = kind.split_once('_').unwrap_or((kind, ""));
    // a text that was typed into a page is not a file
    let late = false;
    let date = kind.to_string();
    Some(FileName { date, late, ..new(Platform::Moodle, login, account, name) })
}

fn blackboard(file: &str) -> Option<FileName> {
    let (head, rest) = file.split_once("_attempt_")?;
    let (date, rest) = rest.split_at_checked("2026-11-30-10-00-00".len())?;
    let fields: Vec<&str> = date.split('-').collect();
    let is_date = fields.iter().map(|field| field.len()).eq([4, 2, 2, 2, 2, 2])
        && fields.concat().chars().all(|c| c.is_ascii_digit());
    let name = match rest {
        ".txt" => "",
        _ => rest.strip_prefix('_').filter(|name| !name.is_empty())?,
    };
    let (assignment, login) = head.split_once('_')?;
    let is_one = is_date && !assignment.is_empty() && !login.is_empty();
    // the login can be found only when all names are known
    let part = FileName { date: date.into(), ..new(Platform::Blackboard, head, "", name) };
    is_one.then_some(part)
}

fn canvas(file: &str) -> Option<FileName> {
    let words: Vec<&str> = file.split('_').collect();
    let at = (1..words.len().saturating_sub(2))
        .find(|at| number(words[*at]).is_some() && number(words[at + 1]).is_some())?;
    let late = at > 1 && words[at - 1] == "LATE";
    let login = words[..at - usize::from(late)].join("_");
    let name = words[at + 2..].join("_");
    let is_one = !login.is_empty() && !name.is_empty();
    let part = new(Platform::Canvas, &login, words[at], &name);
    is_one.then_some(FileName { late, number: number(words[at + 1])?, ..part })
}

fn new(platform: Platform, login: &str, account: &str, name: &str) -> FileName {
    FileName {
        index: 0,
        platform,
        login: login.into(),
        account: account.into(),
        number: 0,
        date: String::new(),
        late: false,
        name: name.into(),
        holds_files: false,
    }
}

/// A number from a database. It does not begin with a zero.
fn number(text: &str) -> Option<u64> {
    let is_one = text.len() <= DIGITS && text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|_| is_one && !text.starts_with('0'))
}

impl FileName {
    /// Whether it is not a student's file, but a description of an attempt.
    pub fn is_description(&self) -> bool {
        self.platform == Platform::Blackboard && self.name.is_empty()
    }

    /// Whether it is a text that was typed into a page of Moodle.
    pub fn is_typed(&self) -> bool {
        self.platform == Platform::Moodle && self.date != "file"
    }

    pub fn student(&self) -> (Platform, &str, &str) {
        (self.platform, &self.login, &self.account)
    }

    /// The student's name for the file, and the number that Canvas added because the name existed already.
    pub fn renamed(&self) -> (String, u64) {
        let same = (self.name.clone(), 0);
        if self.platform != Platform::Canvas {
            return same;
        }
        let dot = archive(&self.name).map(|(stem, _)| stem.len()).or_else(|| self.name.rfind('.'));
        let (stem, ending) = self.name.split_at(dot.unwrap_or(self.name.len()));
        let Some((base, times)) = stem.rsplit_once('-') else { return same };
        let (Some(times), false) = (number(times), base.is_empty()) else { return same };
        let base = format!("{base}{ending}");
        // `task-2.rs` is a student's own name for task 2
        if self.holds_files || nearly::task_of_file(&base).is_some() { (base, times) } else { same }
    }
}

/// Finds the logins in Blackboard's names: they begin after the part that all names share.
pub fn logins(parts: &mut [FileName]) -> Result<(), String> {
    let of_blackboard = |part: &&FileName| part.platform == Platform::Blackboard;
    let heads: BTreeSet<String> =
        parts.iter().filter(of_blackboard).map(|part| part.login.clone()).collect();
    let Some(first) = heads.first() else { return Ok(()) };
    let common = heads.iter().fold(first.as_str(), |common, head| {
        let same = common.chars().zip(head.chars()).take_while(|(a, b)| a == b);
        &common[..same.map(|(c, _)| c.len_utf8()).sum()]
    });
    let begins = match heads.len() {
        // only one student: the login is the last word, because logins rarely have a `_`
        1 => first.rfind('_'),
        _ => common.rfind('_'),
    };
    let Some(begins) = begins else {
        return Err("the names are of several assignments".into());
    };
    for part in parts.iter_mut().filter(|part| part.platform == Platform::Blackboard) {
        part.login = part.login[begins + 1..].into();
    }
    match parts.iter().find(|part| part.login.is_empty()) {
        Some(part) => Err(format!("there is no login in the name of {}", part.name)),
        None => Ok(()),
    }
}
