//! Writes files into a folder in which somebody may have worked.
//!
//! Nothing is lost: a file that differs stays as it is, or is kept under another name before it is replaced. The whole
//! folder is checked before anything is written, and no file is ever half written. So an interrupted delivery can be
//! repeated.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::handout::Files;

/// The result of a delivery.
#[derive(Debug, Default)]
pub struct Delivered {
    /// How many were written.
    pub written: usize,
    /// Files that differ, and are left as they are.
    pub left: Vec<String>,
    /// Files that were replaced, and the names under which the old ones are kept.
    pub replaced: Vec<(String, String)>,
    /// Files of an earlier delivery that no longer belong to it, and the names under which they are kept.
    pub retired: Vec<(String, String)>,
}

/// Writes `files` below `root`. If a file is there already and differs, it is left alone if it `is_yours`. Otherwise it is
/// replaced, and the old one is kept beside the new one. A file that was delivered `earlier`, and no longer is, is kept
/// under another name, too, because an old module could conflict with a new one.
pub fn deliver(
    root: &Path,
    files: &Files,
    earlier: &[String],
    is_yours: impl Fn(&str) -> bool,
) -> Result<Delivered> {
    let mut delivered = Delivered::default();
    let mut work = Vec::new();
    for (path, new) in files {
        match existing(root, path)? {
            Some(old) if old == *new => {}
            Some(_) if is_yours(path) => delivered.left.push(path.clone()),
            old => work.push((path.as_str(), new.as_slice(), old)),
        }
    }
    for (path, new, old) in work {
        let place = root.join(path);
        if let Some(old) = old {
            delivered.replaced.push((path.into(), beside(path, &keep(&place, &old)?)));
        }
        write(&place, new)?;
        delivered.written += 1;
    }
    for path in earlier.iter().filter(|path| !files.contains_key(*path) && !is_yours(path)) {
        // a file that can't be read, or lies behind a link, is not ours any more
        let Ok(Some(old)) = existing(root, path) else { continue };
        let place = root.join(path);
        delivered.retired.push((path.clone(), beside(path, &keep(&place, &old)?)));
        std::fs::remove_file(&place)
            .with_context(|| format!("cannot remove {}", place.display()))?;
    }
    Ok(delivered)
}

/// The path of `name` in the folder of `path`.
fn beside(path: &str, name: &str) -> String {
    path.rsplit_once('/').map_or(name.into(), |(folder, _)| format!("{folder}/{name}"))
}

/// Refuses a path that is a symbolic link, because it could lead anywhere.
pub fn no_link(path: &Path) -> Result<()> {
    if path.is_symlink() {
        bail!(
            "{} is a symbolic link, and nothing is written through links: remove it, or choose another folder",
            path.display()
        );
    }
    Ok(())
}

/// The contents of the file at `path`, if there is one. An error, if something there prevents writing a file.
pub fn existing(root: &Path, path: &str) -> Result<Option<Vec<u8>>> {
    let mut place = root.to_path_buf();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        no_link(&place)?;
        let is_last = parts.peek().is_none();
        match std::fs::metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot look at {}", place.display()));
            }
            Ok(found) if found.is_dir() && is_last => {
                bail!(
                    "{} is in the way: it is a folder, but a file must be there\n\n  next: move it away, and repeat the command",
                    place.display()
                )
            }
            Ok(found) if !found.is_dir() && !is_last => {
                bail!(
                    "{} is in the way: it is a file, but a folder must be there\n\n  next: move it away, and repeat the command",
                    place.display()
                )
            }
            Ok(_) => {}
        }
    }
    std::fs::read(&place).map(Some).with_context(|| format!("cannot read {}", place.display()))
}

/// Keeps `old`, the contents of `place`, under another name beside it, and returns that name.
fn keep(place: &Path, old: &[u8]) -> Result<String> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    for number in 1.. {
        let kept = format!("{name}.old-{number}");
        let path = place.with_file_name(&kept);
        if std::fs::read(&path).is_ok_and(|contents| contents == old) {
            return Ok(kept); // by a delivery that was interrupted
        }
        let made = match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => Err(error),
            Ok(mut file) => file.write_all(old).and_then(|()| file.sync_all()),
        };
        made.with_context(|| {
            format!("cannot write {}, so {} is left as it is", path.display(), place.display())
        })?;
        return Ok(kept);
    }
    unreachable!("some number is free")
}

/// Writes a file beside its place, and then renames it, so that there is never half a file.
pub fn write(place: &Path, contents: &[u8]) -> Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let new: PathBuf = place.with_file_name(format!(".{name}.being-written"));
    let folder = place.parent().unwrap_or(place);
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    no_link(&new)?;
    std::fs::write(&new, contents)
        .and_then(|()| std::fs::rename(&new, place))
        .with_context(|| format!("cannot write {}", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn what_differs_is_left_or_kept_and_nothing_is_written_twice() {
        let dir = tempfile::tempdir().unwrap();
        let read = |path: &str| std::fs::read_to_string(dir.path().join(path)).unwrap();
        let deliver =
            |new: &Files| deliver(dir.path(), new, &[], |path| path.starts_with("yours/"));
        let first = files(&[("a/b", "1"), ("c", "1"), ("yours/d", "1")]);
        assert_eq!(deliver(&first).unwrap().written, 3);
        assert_eq!(deliver(&first).unwrap().written, 0);

        std::fs::write(dir.path().join("a/b"), "mine").unwrap();
        let second = files(&[("a/b", "2"), ("c", "1"), ("yours/d", "2")]);
        let done = deliver(&second).unwrap();
        assert_eq!((done.written, done.left), (1, vec!["yours/d".to_string()]));
        assert_eq!(done.replaced, [("a/b".to_string(), "a/b.old-1".to_string())]);
        assert_eq!((&*read("a/b"), &*read("a/b.old-1"), &*read("yours/d")), ("2", "mine", "1"));

        deliver(&first).unwrap();
        assert_eq!((&*read("a/b"), &*read("a/b.old-1"), &*read("a/b.old-2")), ("1", "mine", "2"));
        // as if it had been interrupted after the old file was kept: it is not kept again
        std::fs::write(dir.path().join("a/b"), "mine").unwrap();
        assert_eq!(deliver(&first).unwrap().replaced[0].1, "a/b.old-1");
        assert_eq!(std::fs::read_dir(dir.path().join("a")).unwrap().count(), 3);
    }

    #[test]
    fn what_is_delivered_no_more_is_kept_under_another_name() {
        let dir = tempfile::tempdir().unwrap();
        let first = files(&[("a.rs", "1"), ("b", "1"), ("yours/c", "1")]);
        deliver(dir.path(), &first, &[], |_| false).unwrap();
        let earlier: Vec<String> = first.keys().cloned().chain(["gone".into()]).collect();
        let done = deliver(dir.path(), &files(&[("b", "1")]), &earlier, |p| p.starts_with("yours"));
        assert_eq!(done.unwrap().retired, [("a.rs".to_string(), "a.rs.old-1".to_string())]);
        assert!(!dir.path().join("a.rs").exists() && dir.path().join("a.rs.old-1").exists());
        assert!(dir.path().join("yours/c").exists());
    }

    #[test]
    fn what_is_in_the_way_is_named_before_anything_is_written() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        std::fs::create_dir(dir.path().join("folder")).unwrap();
        for way in ["file/a", "folder"] {
            let error = deliver(dir.path(), &files(&[("a", "1"), (way, "1")]), &[], |_| false);
            let error = error.unwrap_err().to_string();
            assert!(error.contains("is in the way") && error.contains(&way[..4]), "{error}");
            assert!(!dir.path().join("a").exists());
        }
    }
}
