//! Limits for the members of an archive: their paths and their number.

use std::collections::HashMap;

use super::{Bounds, names};

/// The longest path that is taken. No system has longer ones, but an archive can.
const LONGEST_PATH: usize = 1024;

/// The paths of the members that were seen so far.
pub struct Members<'a> {
    bounds: &'a Bounds,
    count: usize,
    /// For each path, whether it is a folder.
    seen: HashMap<String, bool>,
}

impl<'a> Members<'a> {
    pub fn new(bounds: &'a Bounds) -> Self {
        Self { bounds, count: 0, seen: HashMap::new() }
    }

    /// Adds a member, and returns its printable path. None, if it is hidden, or the root of the archive.
    ///
    /// # Errors
    /// Why the whole archive is refused.
    pub fn add(&mut self, raw: &[u8], is_folder: bool) -> Result<Option<String>, String> {
        self.count += 1;
        if self.count > self.bounds.archive_entries {
            return Err(too_many(self.bounds));
        }
        let path = inside(raw, self.bounds)?;
        if path.is_empty() {
            return Ok(None);
        }
        if let Some(earlier_is_folder) = self.seen.insert(path.clone(), is_folder)
            && !(is_folder && earlier_is_folder)
        {
            return Err(format!(
                "{} is twice in the archive, and it is not clear which one is meant: pack it again",
                names::short(&path)
            ));
        }
        let hidden = path.split('/').any(names::is_hidden);
        Ok((!hidden).then_some(path))
    }
}

/// The message that an archive has too many members.
pub fn too_many(bounds: &Bounds) -> String {
    format!(
        "there are more than {} files and folders in it, and that is the limit: pack it without target/ and .git/",
        bounds.archive_entries
    )
}

/// The normalized path.
///
/// # Errors
/// If the path leads out of the archive, or is too long.
fn inside(raw: &[u8], bounds: &Bounds) -> Result<String, String> {
    if raw.len() > LONGEST_PATH {
        return Err(format!(
            "a path in it is {} bytes long, and the limit is {LONGEST_PATH}: pack it again",
            raw.len()
        ));
    }
    let leads_out = || {
        let path = names::short(&names::sanitize(raw));
        format!("{path} leads out of the archive: pack it with paths that start at its own folder")
    };
    // some programs on Windows write `\` as the separator
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    if raw.first().is_some_and(is_separator) {
        return Err(leads_out());
    }
    let mut path: Vec<String> = Vec::new();
    for name in raw.split(is_separator) {
        match name {
            b"" | b"." => continue,
            b".." => return Err(leads_out()),
            [drive, b':', ..] if path.is_empty() && drive.is_ascii_alphabetic() => {
                return Err(leads_out());
            }
            name => path.push(names::sanitize(name)),
        }
    }
    if path.len() > bounds.depth {
        return Err(too_deep(&path.join("/"), bounds));
    }
    Ok(path.join("/"))
}

/// The message that a path has too many names.
pub fn too_deep(path: &str, bounds: &Bounds) -> String {
    format!(
        "{} lies deeper than {} folders, and that is the limit: hand in the tasks' folders only",
        names::short(path),
        bounds.depth
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(raw: &[u8]) -> Result<Option<String>, String> {
        Members::new(&Bounds::default()).add(raw, false)
    }

    #[test]
    fn a_path_that_leads_out_is_refused_however_it_is_written() {
        for raw in [
            "/etc/passwd",
            "\\\\server\\share",
            "../a",
            "a/../../b",
            "a/..",
            "..\\a",
            "a\\..\\b",
            "C:\\a",
            "c:a",
            "./C:/a",
            "/",
        ] {
            let why = add(raw.as_bytes()).unwrap_err();
            assert!(why.contains("leads out of the archive"), "{raw}: {why}");
        }
    }

    #[test]
    fn what_makes_no_difference_to_a_path_is_left_away() {
        for raw in ["a/b.rs", "./a/b.rs", "a//b.rs", "a\\b.rs", "a/./b.rs"] {
            assert_eq!(add(raw.as_bytes()).unwrap().unwrap(), "a/b.rs", "{raw}");
        }
        assert_eq!(add(b"./").unwrap(), None);
        assert_eq!(add(b"a\xff/...").unwrap(), None, "hidden");
        assert_eq!(add(b"a\xff/b\n.rs").unwrap().unwrap(), "a\\xff/b\\x0a.rs");
    }

    #[test]
    fn one_path_is_one_member_unless_it_is_a_folder() {
        let bounds = Bounds::default();
        let mut members = Members::new(&bounds);
        members.add(b"a", true).unwrap();
        members.add(b"a/", true).unwrap();
        members.add(b"a/b", false).unwrap();
        for (raw, is_folder) in [("a/b", false), ("./a//b", false), ("a", false), ("a/b", true)] {
            let why = members.add(raw.as_bytes(), is_folder).unwrap_err();
            assert!(why.contains("twice in the archive"), "{raw}: {why}");
        }
    }

    #[test]
    fn members_paths_and_folders_have_their_limits() {
        let bounds = Bounds { archive_entries: 2, depth: 3, ..Bounds::default() };
        let mut members = Members::new(&bounds);
        members.add(b"a/b/c", false).unwrap();
        assert!(members.add(b"a/b/c/d", false).unwrap_err().contains("deeper than 3 folders"));
        assert!(members.add(b"e", false).unwrap_err().contains("more than 2 files"));
        assert!(add(&[b'a'; LONGEST_PATH]).is_ok());
        assert!(add(&[b'a'; LONGEST_PATH + 1]).unwrap_err().contains("1025 bytes long"));
    }
}
