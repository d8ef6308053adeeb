//! Writes files. Each is written beside its place, and then renamed, so that there is never half a file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use serde::Serialize;

use crate::deliver;

/// The folder of the reports.
pub struct Out {
    root: PathBuf,
    /// Whether files are only listed, and not written.
    lists: bool,
    pub written: Vec<PathBuf>,
}

impl Out {
    pub fn new(root: &Path) -> Self {
        Self { root: root.into(), lists: false, written: Vec::new() }
    }

    /// An output that writes nothing, and lists the files that would be written.
    pub fn listing(root: &Path) -> Self {
        Self { lists: true, ..Self::new(root) }
    }

    /// Writes the file at `path`, which has slashes between its parts. `fill` writes the contents, in as many steps as it
    /// likes.
    pub fn file(
        &mut self,
        path: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let place = self.root.join(path);
        if !self.lists {
            write(&place, fill).map_err(|error| {
                anyhow!(
                    "cannot write the report {}: {error:#}\n\n  next: fix that, and repeat the command",
                    place.display()
                )
            })?;
        }
        self.written.push(place);
        Ok(())
    }

    /// Writes a JSON file.
    pub fn json(&mut self, path: &str, data: &impl Serialize) -> Result<()> {
        self.file(path, |to| {
            serde_json::to_writer_pretty(&mut *to, data)?;
            Ok(writeln!(to)?)
        })
    }

    /// Writes a text file.
    pub fn text(&mut self, path: &str, text: &str) -> Result<()> {
        self.file(path, |to| Ok(to.write_all(text.as_bytes())?))
    }
}

fn write(place: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let new = place.with_file_name(format!(".{name}.being-written"));
    std::fs::create_dir_all(place.parent().unwrap_or(place))?;
    deliver::no_link(&new)?;
    let filled = File::create(&new).map_err(Into::into).and_then(|file| {
        let mut file = BufWriter::new(file);
        fill(&mut file)?;
        Ok(file.flush()?)
    });
    let renamed = filled.and_then(|()| Ok(std::fs::rename(&new, place)?));
    if renamed.is_err() {
        // (if it can't be removed, the error already says enough)
        let _ = std::fs::remove_file(&new);
    }
    renamed
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_file_that_can_not_be_finished_leaves_the_old_one_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let mut out = Out::new(dir.path());
        out.text("a/b", "old").unwrap();
        let error = out.file("a/b", |to| {
            to.write_all(b"new")?;
            bail!("no more room")
        });
        let error = format!("{:#}", error.unwrap_err());
        assert!(error.contains("b: no more room\n"), "{error}");
        assert_eq!(std::fs::read_to_string(dir.path().join("a/b")).unwrap(), "old");
        assert_eq!(std::fs::read_dir(dir.path().join("a")).unwrap().count(), 1);
        assert_eq!(out.written.len(), 1);
    }
}
