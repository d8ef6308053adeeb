//! Checks that imports go one way: each folder of the checker uses only the folders that this table allows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What each folder (or file) of `checker/src` may use. Data comes first, then the code that decides, then the code that asks
/// for a decision.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("format", &[]),
    ("system", &[]),
    ("trace", &[]),
    ("contract", &["format", "trace"]),
    ("worker", &["system", "trace", "contract"]),
    ("source", &["format", "trace"]),
    ("timeline", &["format", "trace", "contract"]),
    ("verdict", &["format", "trace", "contract", "timeline"]),
    ("rules", &["format", "trace", "contract", "source", "timeline", "verdict"]),
    ("tasks", &["format", "trace", "contract", "source", "timeline", "verdict", "rules", "worker"]),
    ("run", &["system", "trace", "contract"]),
    ("show", &["format", "system", "trace", "contract", "timeline", "verdict", "tasks"]),
    (
        "judge",
        &[
            "format", "trace", "contract", "source", "timeline", "verdict", "rules", "tasks",
            "run", "show",
        ],
    ),
    ("harness", &["contract", "tasks", "run", "judge", "worker"]),
];

/// Folders (or files) that only tests use.
const OF_TESTS: [&str; 2] = ["fixture", "folders"];

#[test]
fn imports_go_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, text) in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let folder = file.split(['/', '\\', '.']).next().unwrap_or_default().to_string();
        if folder == "lib" || OF_TESTS.contains(&folder.as_str()) {
            continue;
        }
        let Some(may_use) = allowed.get(folder.as_str()) else {
            wrong.push(format!("{file}: the table lacks `{folder}`"));
            continue;
        };
        // the module of a folder is a child of the crate's root
        let is_root = matches!(file.split('/').collect::<Vec<_>>()[..], [_] | [_, "mod.rs"]);
        let text = if is_root { text.replace("super::", "crate::") } else { text };
        for used in used(&text) {
            if used != folder && !may_use.contains(&used.as_str()) {
                wrong.push(format!("{file} uses `{used}`, and `{folder}` may not"));
            }
            seen.insert((folder.clone(), used));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 40, "so few imports were found: {seen:?}");
}

#[test]
fn the_table_has_no_arrow_that_runs_back_up() {
    for (at, (folder, may_use)) in MAY_USE.iter().enumerate() {
        for used in *may_use {
            let above = MAY_USE[..at].iter().any(|(name, _)| name == used);
            assert!(above, "`{folder}` may use `{used}`, which does not stand above it");
        }
    }
}

#[test]
fn imports_are_found_however_they_are_written() {
    let text = "//! See [`crate::judge`].\nuse crate::trace::Place;\nuse crate::{run, show::Style};\nfn f() { crate::format::time(x) }\n$crate::worker::main();\n#[cfg(test)]\nmod tests {\n    use crate::tasks::TASKS;\n}\n";
    let found: Vec<String> = used(text).into_iter().collect();
    assert_eq!(found, ["format", "run", "show", "trace", "worker"]);
}

/// The names behind `crate::` in code that is not a test's.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.split("mod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.collect::<Vec<_>>().join("\n");
    let mut used = BTreeSet::new();
    for (_, rest) in code.match_indices("crate::").map(|(at, name)| (at, &code[at + name.len()..]))
    {
        let inside = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest.split([',', ';']).next().unwrap_or_default(),
        };
        for name in inside.split(',') {
            let word = |c: char| c.is_ascii_lowercase() || c == '_';
            let name: String = name.trim().chars().take_while(|c| word(*c)).collect();
            if !name.is_empty() {
                used.insert(name);
            }
        }
    }
    used
}

/// All source files below `folder` that are not tests, by their paths in it.
fn sources(folder: &Path) -> Vec<(String, String)> {
    fn collect(folder: &Path, inside: &str, into: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{inside}{name}");
            if name == "tests" {
                continue;
            }
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{path}/"), into);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                into.push((path, std::fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    collect(folder, "", &mut files);
    files
}
