//! Removes files of an earlier report about students who are no longer there. Otherwise nobody would notice that these files
//! are old.
//!
//! It only removes files that the earlier report has written. All other files in the folder stay.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

use super::out::Out;
use super::{Class, FORMATS};
use crate::class::results::Results;

/// Removes the files of students who were in the report at `out`, with these `results`, and are not in `class`. Returns
/// their names.
pub fn remove(results: &Results, class: &Class, out: &Path) -> Result<Vec<String>> {
    let earlier = Class::new(results);
    let now: HashSet<&str> = class.files.iter().map(String::as_str).collect();
    let gone = |(_, file): &(_, &str)| !now.contains(file);
    let (students, files) =
        earlier.students().filter(gone).map(|(own, file)| (own.clone(), file.to_string())).unzip();
    let gone = Results { students, ..results.clone() };
    let of_the_class = listed(&Class { files: Vec::new(), results: &none_of(results) }, out)?;
    for path in listed(&Class { results: &gone, files }, out)? {
        if !of_the_class.contains(&path) {
            remove_file(out, &path)?;
        }
    }
    let is_new = |name: &String| class.students().all(|(student, _)| student.name != *name);
    Ok(gone.students.into_iter().map(|student| student.name).filter(is_new).collect())
}

fn none_of(results: &Results) -> Results {
    Results { students: Vec::new(), ..results.clone() }
}

/// The files that all formats write for a class.
fn listed(class: &Class, out: &Path) -> Result<HashSet<std::path::PathBuf>> {
    let mut out = Out::listing(out);
    for (_, format) in FORMATS {
        format(class, &mut out)?;
    }
    Ok(out.written.into_iter().collect())
}

/// Removes a file, and its folder if it is empty then. Never follows a link.
fn remove_file(out: &Path, path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(out);
    let inside = folder.ancestors().take_while(|above| *above != out);
    if inside.chain([path]).any(Path::is_symlink) {
        return Ok(());
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove the old report {}", path.display()))
        }
        _ => {
            // (a folder with more in it stays)
            let _ = std::fs::remove_dir(folder);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{example, write};

    #[test]
    fn files_of_students_who_are_gone_are_removed_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        let mut results = example::class();
        results.students.retain(|student| student.name != "Anna");
        let all = write(&results, dir.path()).unwrap().files;
        for mine in ["feedback/mine.md", "gradescope/anna/mine.txt", "mine.txt"] {
            std::fs::write(at(mine), "mine").unwrap();
        }
        results.students.retain(|student| student.name != "anna");
        let written = write(&results, dir.path()).unwrap();
        assert_eq!(written.gone, ["anna"]);
        assert_eq!(all.len() - written.files.len(), 5);
        for path in &all {
            assert_eq!(path.exists(), written.files.contains(path), "{}", path.display());
        }
        for mine in ["feedback/mine.md", "gradescope/anna/mine.txt", "mine.txt"] {
            assert!(at(mine).exists(), "{mine}");
        }
        assert!(!at("exercism/anna").exists());
        assert!(write(&results, dir.path()).unwrap().gone.is_empty());
    }
}
