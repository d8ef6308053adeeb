//! Finds paths that are different here, but the same on systems that do not distinguish `A` from `a`.

use std::collections::HashMap;

/// Why these files can't be written side by side on every system, by their paths.
pub fn collision<'a>(paths: impl Iterator<Item = &'a str>) -> Option<String> {
    // by path in lower case: how it is written, and whether it is a file
    let mut seen: HashMap<String, (&str, bool)> = HashMap::new();
    for path in paths {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        for (part, is_file) in folders.map(|folder| (folder, false)).chain([(path, true)]) {
            let (earlier, was_file) = *seen.entry(part.to_lowercase()).or_insert((part, is_file));
            if earlier != part {
                return Some(format!(
                    "{earlier} and {part} differ only in upper and lower case, and are the same file on many systems"
                ));
            }
            if was_file != is_file {
                return Some(format!("{part} is both a file and a folder"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_differ_in_case_only_collide_in_any_of_their_names() {
        assert_eq!(collision(["src/lib.rs", "src/a.rs", "src/a/b.rs"].into_iter()), None);
        for (paths, says) in [
            (["src/a.rs", "src/A.rs"], "src/a.rs and src/A.rs differ only in upper"),
            (["src/Ü/x.rs", "src/ü/y.rs"], "src/Ü and src/ü differ only in upper"),
            (["src/a.rs", "src/a.rs/b.rs"], "src/a.rs is both a file and a folder"),
            (["src/a.rs/b.rs", "src/a.rs"], "src/a.rs is both a file and a folder"),
        ] {
            let found = collision(paths.into_iter()).unwrap();
            assert!(found.starts_with(says), "{found}");
        }
    }
}
