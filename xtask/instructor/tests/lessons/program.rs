//! The lessons' programs: what lies in `crates/*/examples/`.

use std::path::{Path, PathBuf};

/// A program of a lesson.
pub struct Program {
    pub name: String,
    /// `NAME.rs`; beside it lie `NAME.py` and `NAME.txt`.
    pub rust: PathBuf,
    pub transcript: String,
}

impl Program {
    /// All of them.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for lesson in list(&repository().join("crates")) {
            for rust in list(&lesson.join("examples")) {
                let name = rust.file_stem().unwrap().to_string_lossy().into_owned();
                // `try.rs` is a student's own
                if rust.extension().is_some_and(|extension| extension == "rs") && name != "try" {
                    let transcript = read(&rust.with_extension("txt"));
                    all.push(Self { name, rust, transcript });
                }
            }
        }
        assert!(!all.is_empty(), "the lessons have programs");
        all
    }

    pub fn named(name: &str) -> Self {
        Self::all()
            .into_iter()
            .find(|program| program.name == name)
            .unwrap_or_else(|| panic!("there is no program {name}"))
    }

    /// The Python counterpart, unless the transcript says why there is none.
    pub fn python(&self) -> Option<PathBuf> {
        (!self.transcript.starts_with("# no Python: ")).then(|| self.rust.with_extension("py"))
    }
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("xtask/instructor")
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

/// What is in a folder, sorted; nothing, if there is no such folder.
pub fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
