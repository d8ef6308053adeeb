//! Reads bulk downloads of the platforms on which students hand in: which student and which attempt each file belongs to.
//!
//! | platform | names in its download |
//! | --- | --- |
//! | Canvas | `LOGIN_USER_FILE_name`, `LOGIN_LATE_USER_FILE_name`; USER and FILE are numbers; if a file with the same name was handed in before, the new one becomes `name-1` |
//! | Blackboard | `ASSIGNMENT_LOGIN_attempt_DATE_name`, and `ASSIGNMENT_LOGIN_attempt_DATE.txt` about the attempt |
//! | Moodle | `NAME_NUMBER_assignsubmission_file_`, which is a folder, or a file with its own name after that |
//!
//! A folder counts as a download only if every folder, archive and source in it has such a name, no number belongs to two
//! files or logins, and most students have one archive at most.

use std::collections::{BTreeMap, BTreeSet};

use names::{FileName, logins};

mod names;

pub use names::Platform;

/// Something in a folder that may be a bulk download.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub file: &'a str,
    /// A folder or an archive, which may be a submission by itself.
    pub holds_files: bool,
}

/// What a student has handed in, as far as the names show.
#[derive(Debug, Clone, PartialEq)]
pub struct Download {
    pub platform: Platform,
    /// Unique in the class: the login or the name, with the account's number if two students have the same.
    pub student: String,
    /// The login or the name, as in the files' names.
    pub login: String,
    /// When it was handed in, or how often before, if the platform says so.
    pub attempt: Option<String>,
    /// Whether the platform has marked it as late.
    pub late: bool,
    /// The files of the newest attempt.
    pub files: Vec<Handed>,
    /// Files of older attempts, by their names in the download.
    pub older: Vec<String>,
}

/// A file that was handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Handed {
    /// Its index in what was found.
    pub index: usize,
    /// Its name in the download.
    pub file: String,
    /// The name that the student gave it. (Moodle's folders have none.)
    pub name: String,
}

/// A folder, read as a bulk download.
#[derive(Debug, Default)]
pub struct Downloads {
    pub students: Vec<Download>,
    /// Notes for the instructor.
    pub notes: Vec<String>,
    /// Files that only describe an attempt.
    pub descriptions: BTreeSet<usize>,
}

/// Reads a folder as a bulk download.
///
/// # Errors
/// The reason, if only some names look like a download. `None`, if no name does.
pub fn read(found: &[Found]) -> Result<Downloads, Option<String>> {
    let parts: Vec<Option<FileName>> =
        found.iter().enumerate().map(|(index, found)| names::read(index, found)).collect();
    let counts = |found: &Found| found.holds_files || found.file.to_lowercase().ends_with(".rs");
    let mut fitting = parts.iter().flatten();
    let Some(first) = fitting.find(|part| counts(&found[part.index])).cloned() else {
        return Err(None);
    };
    let seems = |why: String| {
        let (example, platform) = (found[first.index].file, first.platform);
        Err(Some(format!(
            "`{example}` looks like a name in a bulk download of {platform}, but {why}: every name was left as it is"
        )))
    };
    let strange = found.iter().zip(&parts).find(|(found, part)| part.is_none() && counts(found));
    if let Some((strange, _)) = strange {
        return seems(format!("`{}` does not", strange.file));
    }
    let mut parts: Vec<FileName> = parts.into_iter().flatten().collect();
    if let Err(why) = logins(&mut parts).and_then(|()| consistent(&parts, found)) {
        return seems(why);
    }
    let students = students(&parts, found);
    let torn = |student: &&Download| archives(student, &parts) > 1;
    let many = students.iter().filter(torn).count();
    if many * 2 > students.len()
        && let Some(student) = students.iter().find(torn)
    {
        return seems(format!("`{}` would have several archives", student.login));
    }
    let notes = notes(&students, found);
    let described = parts.iter().filter(|part| part.is_description()).map(|part| part.index);
    Ok(Downloads { descriptions: described.collect(), students, notes })
}

/// Checks that the numbers mean what they mean in a download.
fn consistent(parts: &[FileName], found: &[Found]) -> Result<(), String> {
    let mut logins: BTreeMap<(Platform, &str), &str> = BTreeMap::new();
    let mut numbers: BTreeMap<u64, usize> = BTreeMap::new();
    for part in parts {
        if !part.account.is_empty() {
            let login = logins.entry((part.platform, &part.account)).or_insert(&part.login);
            if *login != part.login {
                return Err(format!(
                    "`{login}` and `{}` have the same number, {}",
                    part.login, part.account
                ));
            }
        }
        if part.platform == Platform::Canvas
            && let Some(earlier) = numbers.insert(part.number, part.index)
        {
            let [one, other] = [earlier, part.index].map(|index| found[index].file);
            return Err(format!("`{one}` and `{other}` have the same number, {}", part.number));
        }
    }
    Ok(())
}

/// The students, each with the files of the newest attempt.
fn students(parts: &[FileName], found: &[Found]) -> Vec<Download> {
    let mut own: BTreeMap<(Platform, &str, &str), Vec<&FileName>> = BTreeMap::new();
    for part in parts {
        own.entry(part.student()).or_default().push(part);
    }
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for (_, login, _) in own.keys() {
        *alike.entry(login.to_lowercase()).or_default() += 1;
    }
    let download = |((platform, login, account), parts): (_, Vec<&FileName>)| {
        let login: &str = login;
        let student = match (alike[&login.to_lowercase()], account) {
            (1, _) => login.to_string(),
            (_, "") => format!("{login} ({platform})"),
            (_, account) => format!("{login}_{account}"),
        };
        let (newest, older) = newest(&parts);
        let attempt = match platform {
            Platform::Blackboard => newest.first().map(|(part, _)| part.date.clone()),
            Platform::Canvas => {
                newest.iter().map(|(part, _)| part.renamed().1).max().map(|n| n.to_string())
            }
            Platform::Moodle => None,
        };
        let late = newest.iter().any(|(part, _)| part.late);
        let handed = |(part, name): (&FileName, String)| Handed {
            index: part.index,
            file: found[part.index].file.into(),
            name,
        };
        Download {
            platform,
            student,
            login: login.into(),
            attempt,
            late,
            files: newest.into_iter().map(handed).collect(),
            older: older.iter().map(|part| found[part.index].file.to_string()).collect(),
        }
    };
    own.into_iter().map(download).collect()
}

/// The files of a student's newest attempt, with the names that the student gave them, and the older ones.
fn newest<'a>(parts: &[&'a FileName]) -> (Vec<(&'a FileName, String)>, Vec<&'a FileName>) {
    let files = parts.iter().copied().filter(|part| !part.is_description());
    let (typed, mut files): (Vec<&FileName>, Vec<&FileName>) =
        files.partition(|part| part.is_typed());
    if files.is_empty() {
        files = typed;
    }
    let date = match parts.first() {
        Some(part) if part.platform == Platform::Blackboard => {
            files.iter().map(|part| part.date.as_str()).max()
        }
        _ => None,
    };
    files.sort_by_key(|part| (part.renamed().1, part.number));
    let mut by_name: BTreeMap<String, &FileName> = BTreeMap::new();
    let mut older = Vec::new();
    for part in files {
        if date.is_some_and(|date| part.date != date) {
            older.push(part);
        } else if let Some(earlier) = by_name.insert(part.renamed().0, part) {
            older.push(earlier);
        }
    }
    (by_name.into_iter().map(|(name, part)| (part, name)).collect(), older)
}

/// How many archives and folders a student has in the newest attempt.
fn archives(student: &Download, parts: &[FileName]) -> usize {
    let holds =
        |handed: &&Handed| parts.iter().any(|part| part.index == handed.index && part.holds_files);
    student.files.iter().filter(holds).count()
}

/// Notes for the instructor.
fn notes(students: &[Download], found: &[Found]) -> Vec<String> {
    let mut notes = Vec::new();
    let platforms: BTreeSet<Platform> = students.iter().map(|student| student.platform).collect();
    let names: Vec<String> = platforms.iter().map(Platform::to_string).collect();
    let examples: Vec<String> = platforms
        .iter()
        .filter_map(|platform| students.iter().find(|student| student.platform == *platform))
        .filter_map(|student| Some((student, student.files.first()?)))
        .map(|(student, handed)| format!("{} for {}", student.student, found[handed.index].file))
        .collect();
    notes.push(format!(
        "every name is as in a bulk download of {}, so the students' names are taken from them: {}",
        names.join(" or "),
        examples.join(", ")
    ));
    let named = |pick: &dyn Fn(&&Download) -> bool| -> String {
        let picked: Vec<&str> =
            students.iter().filter(pick).map(|student| student.student.as_str()).collect();
        picked.join(", ")
    };
    let late = named(&|student| student.late);
    if !late.is_empty() {
        notes.push(format!("late by Canvas' own mark: {late}; days come from --late"));
    }
    let older: Vec<String> = students
        .iter()
        .filter(|student| !student.older.is_empty())
        .map(|student| format!("{} ({})", student.student, student.older.join(", ")))
        .collect();
    if !older.is_empty() {
        notes.push(format!(
            "only the newest attempt is graded; older ones were left alone: {}",
            older.join(", ")
        ));
    }
    let shared = named(&|student| student.student != student.login);
    if !shared.is_empty() {
        notes.push(format!(
            "two students have the same login or name, so a number is added: {shared}"
        ));
    }
    notes
}
