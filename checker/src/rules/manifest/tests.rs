use std::path::PathBuf;

use super::*;
use crate::tasks::TASKS;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().into()
}

/// A course with the crate of task 2. `own` changes the manifest of the crate, and `root` that of the course.
fn changed(own: impl Fn(String) -> String, root: impl Fn(String) -> String) -> tempfile::TempDir {
    let course = tempfile::tempdir().unwrap();
    let write = |path: &str, text: String| {
        let path = course.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).unwrap();
    for name in [OF_THE_WORKSPACE, "02-concurrent-coroutines.toml"] {
        write(&format!("{HANDED_OUT}/{name}"), read(&format!("{HANDED_OUT}/{name}")));
    }
    let manifest = read("checker/manifests/02-concurrent-coroutines.toml");
    write("crates/02-concurrent-coroutines/Cargo.toml", own(manifest));
    write("Cargo.toml", root(read("Cargo.toml")));
    course
}

/// The diagnosis of the crate of task 2, and its place.
fn said(course: &tempfile::TempDir) -> Option<(String, String)> {
    let verdict = verdict(TASKS[1], &course.path().join("crates/02-concurrent-coroutines"))?;
    assert_eq!(verdict.code(), Some(Code::ExtraCrate));
    let place = verdict.diagnoses[0].place.clone().unwrap();
    Some((verdict.diagnoses[0].text.clone(), place.to_string()))
}

const DEPENDENCIES: &str = "[dependencies]\n";
const OWN: &str = "crates/02-concurrent-coroutines/Cargo.toml";

/// Changes of a manifest that a grader would not have: the text that is replaced, the new text, a part of the diagnosis,
/// and the line at which it points.
const ADDITIONS: [(&str, &str, &str, u32); 20] = [
    (
        DEPENDENCIES,
        "[dependencies]\nitertools = \"0.14\"\n",
        "no crate `itertools`, so what you hand in would not compile",
        11,
    ),
    ("[lints]", "[dependencies.itertools]\nversion = \"0.14\"\n[lints]", "`itertools`", 22),
    ("[lints]", "[dev-dependencies]\nproptest = \"1\"\n[lints]", "`proptest`", 23),
    ("[lints]", "[build-dependencies]\ncc = \"1\"\n[lints]", "`cc`", 23),
    (
        "[lints]",
        "[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n[lints]",
        "`libc` in a section for one target only",
        22,
    ),
    (DEPENDENCIES, "[dependencies]\nrt = { package = \"tokio\", workspace = true }\n", "`rt`", 11),
    ("futures.workspace = true\n", "", "lacks `futures`", 10),
    (
        "tokio.workspace = true",
        "tokio = { workspace = true, features = [\"fs\"] }",
        "without the feature `fs`",
        15,
    ),
    (
        "tokio.workspace = true",
        "tokio = { version = \"1\", features = [\"full\"] }",
        "feature `full`",
        15,
    ),
    ("rand.workspace = true", "rand = \"0.9\"", "in version 0.10.3", 13),
    ("rand.workspace = true", "rand = { git = \"https://a/b\" }", "without `git`", 13),
    ("rand.workspace = true", "rand = { path = \"../rand\" }", "without `path`", 13),
    (
        "basic-coroutine.workspace = true",
        "basic-coroutine = { path = \"../mine\" }",
        "without `path`",
        11,
    ),
    ("rand.workspace = true", "rand = { workspace = true, optional = true }", "`optional`", 13),
    ("[lints]", "[features]\nfast = []\n[lints]", "[features]", 22),
    ("[lints]", "[lib]\npath = \"src/other.rs\"\n[lints]", "`path` in [lib]", 22),
    ("[lints]", "[patch.crates-io]\nrand = { path = \"a\" }\n[lints]", "[patch]", 22),
    ("edition.workspace = true", "edition = \"2021\"", "`edition` in [package]", 1),
    ("edition.workspace = true\n", "", "`edition` in [package]", 1),
    (
        "edition.workspace = true",
        "edition.workspace = true\nbuild = \"make.rs\"",
        "`build` in [package]",
        1,
    ),
];

#[test]
fn an_addition_that_a_grader_does_not_have_is_named_with_its_line() {
    for (from, to, says, line) in ADDITIONS {
        let course = changed(|text| text.replacen(from, to, 1), |text| text);
        let (text, place) = said(&course).unwrap_or_else(|| panic!("nothing is said of {to}"));
        assert!(text.contains(says), "{says}: {text}");
        let way_out = "`cargo xtask reset 2 --manifest` restores the manifest as it was handed out, and keeps yours.";
        assert!(text.ends_with(way_out), "{text}");
        assert_eq!(place, format!("{OWN}:{line}"), "{to}");
    }
}

#[test]
fn a_manifest_that_means_the_same_is_accepted() {
    for (from, to) in [
        ("", ""),
        ("tokio.workspace = true", "tokio = { workspace = true }"),
        ("tokio.workspace = true", "tokio = { workspace = true, features = [\"time\", \"rt\"] }"),
        ("tokio.workspace = true", "tokio = { version = \"1\", features = [\"time\"] }"),
        ("rand.workspace = true", "rand = \"0.10\""),
        (
            "futures.workspace = true",
            "futures = { version = \"^0.3.1\", default-features = false }",
        ),
        (
            "basic-coroutine.workspace = true",
            "basic-coroutine = { path = \"../01-basic-coroutine\" }",
        ),
        ("Many coroutines at once", "Mine # not a comment"),
        (DEPENDENCIES, "# mine\n[dependencies] # of all\n\n"),
        ("edition.workspace = true", "edition = \"2024\"\nauthors = [\"me\"]\nbuild = false"),
        ("[lints]", "[lib]\ndoctest = false\npath = \"src/lib.rs\"\n[lints]"),
        ("[lints]", "[[example]]\nname = \"try\"\n[lints]"),
        (
            "futures.workspace = true\nrand.workspace = true\n",
            "rand.workspace = true\nfutures.workspace = true\n",
        ),
        // cargo reports this
        ("[lints]", "[lints"),
    ] {
        let course = changed(|text| text.replacen(from, to, 1), |text| text);
        assert_eq!(said(&course), None, "{to}");
    }
}

#[test]
fn the_manifest_of_the_course_is_compared_too() {
    for (from, to, says, at) in [
        (
            "    \"macros\",\n",
            "    \"macros\",\n    \"fs\",\n",
            "`tokio` without the feature `fs`",
            "tokio = {",
        ),
        ("rand = \"0.10.3\"", "rand = \"0.9\"", "`rand` in version 0.10.3", "rand = \"0.9\""),
        (
            "[workspace.package]",
            "[patch.crates-io]\nrand = { path = \"a\" }\n[workspace.package]",
            "[patch]",
            "[patch",
        ),
    ] {
        let course = changed(|text| text, |text| text.replacen(from, to, 1));
        let (text, place) = said(&course).unwrap_or_else(|| panic!("nothing is said of {to}"));
        assert!(text.contains(says), "{says}: {text}");
        let manifest = std::fs::read_to_string(course.path().join("Cargo.toml")).unwrap();
        let line = manifest.lines().position(|line| line.starts_with(at)).unwrap() + 1;
        assert_eq!(place, format!("Cargo.toml:{line}"), "{to}");
    }
    // no task depends on this crate
    let course =
        changed(|text| text, |text| text.replacen("rand = ", "itertools = \"0.14\"\nrand = ", 1));
    assert_eq!(said(&course), None);
}

#[test]
fn a_build_script_is_found_by_its_name() {
    let course = changed(|text| text, |text| text);
    std::fs::write(course.path().join("crates/02-concurrent-coroutines/build.rs"), "fn main() {}")
        .unwrap();
    let (text, place) = said(&course).unwrap();
    assert!(text.contains("remove crates/02-concurrent-coroutines/build.rs"), "{text}");
    assert_eq!(place, "crates/02-concurrent-coroutines/build.rs:1");
}

#[test]
fn versions_are_compared_by_their_numbers() {
    for (asked, version, fits) in [
        ("1", "1.54.1", true),
        ("=1.54.1", "=1.54.1", true),
        ("1.54", "=1.54.1", true),
        ("1.55", "=1.54.1", false),
        ("2", "=1.54.1", false),
        ("0.10", "0.10.3", true),
        ("0.9.2", "0.10.3", false),
        ("0", "0.10.3", true),
        ("*", "0.10.3", true),
        ("0.11.0-rc.1", "0.10.3", false),
    ] {
        assert_eq!(admits(asked, version), fits, "{asked} {version}");
    }
}

#[test]
fn missing_originals_are_named_and_are_no_fault() {
    let course = changed(|own| own, |root| root);
    let lost = || lost(course.path(), [TASKS[1].info].into_iter());
    let remove = |name: &str| std::fs::remove_file(course.path().join(HANDED_OUT).join(name));
    assert_eq!(lost(), None);
    let own = course.path().join(HANDED_OUT).join("02-concurrent-coroutines.toml");
    std::fs::write(&own, "[package").unwrap();
    let text = lost().unwrap();
    let of_one = "checker/manifests/02-concurrent-coroutines.toml is missing, or can't be read.";
    assert!(text.starts_with(of_one), "{text}");
    assert!(text.contains("`git checkout -- checker/manifests` restores"), "{text}");
    remove(OF_THE_WORKSPACE).unwrap();
    let both = "checker/manifests/02-concurrent-coroutines.toml and 1 other file are missing";
    assert!(lost().unwrap().starts_with(both));
    std::fs::remove_dir_all(course.path().join(HANDED_OUT)).unwrap();
    assert!(lost().unwrap().starts_with("The folder checker/manifests is missing."));
    assert_eq!(said(&course), None, "the student is not to blame");
}
