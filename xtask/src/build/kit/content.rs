//! Names made from contents: equal names mean equal contents.

use std::path::Path;

use anyhow::{Context, Result};
use hmac_sha256::Hash;

/// Computes a name from contents.
pub struct Content(Hash);

impl Content {
    /// Begins with the kind of the contents, so that two kinds never have the same name.
    pub fn of(kind: &str) -> Self {
        let mut content = Self(Hash::new());
        content.add(kind.as_bytes());
        content
    }

    /// Adds a part. The end of a part counts as contents, too.
    pub fn add(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// Adds a file, or a folder with everything below it: names and contents. `shown` is the path to use for it.
    pub fn add_path(&mut self, path: &Path, shown: &str) -> Result<()> {
        if !path.is_dir() {
            let bytes =
                std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            self.add(shown.as_bytes());
            self.add(&bytes);
            return Ok(());
        }
        let entries = std::fs::read_dir(path)
            .and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>())
            .with_context(|| format!("cannot list {}", path.display()))?;
        let mut names: Vec<_> = entries.iter().map(std::fs::DirEntry::file_name).collect();
        names.sort();
        for name in names {
            self.add_path(&path.join(&name), &format!("{shown}/{}", name.to_string_lossy()))?;
        }
        Ok(())
    }

    /// The name: 32 hexadecimal digits.
    pub fn name(self) -> String {
        self.0.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The name of a file's contents.
pub fn name_of(bytes: &[u8]) -> String {
    let mut content = Content::of("file");
    content.add(bytes);
    content.name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_depends_on_every_part_and_where_it_ends() {
        let name = |parts: &[&str]| {
            let mut content = Content::of("test");
            parts.iter().for_each(|part| content.add(part.as_bytes()));
            content.name()
        };
        assert_eq!(name(&["ab", "c"]), name(&["ab", "c"]));
        assert_ne!(name(&["ab", "c"]), name(&["a", "bc"]));
        assert_ne!(name(&["ab"]), name(&["ab", ""]));
        assert_eq!(name(&[]).len(), 32);
    }
}
