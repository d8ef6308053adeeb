//! Finds what a task's `Cargo.toml` has that a grader's does not: another crate, more features, a build script. A
//! grader takes only the `.rs` files of a submission, so such an addition works only on the student's machine.
//!
//! The original manifests are kept in `checker/manifests/`, and a crate's manifest is compared with its original. Only
//! the meaning counts, not the layout.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::contract::TaskInfo;
use crate::contract::task::FOR_STUDENTS;
use crate::format;
use crate::trace::SourceLocation;
use crate::verdict::code::Code;
use crate::verdict::{Diagnosis, Verdict};

/// The folder of the original manifests, from the root of the course on.
pub const HANDED_OUT: &str = "checker/manifests";
/// The file in [`HANDED_OUT`] that says which crates students use, and with which features.
pub const OF_THE_WORKSPACE: &str = "workspace.toml";

const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Sections that replace crates by others.
const OF_OTHER_CRATES: [&str; 2] = ["patch", "replace"];

/// Something that a grader's manifest does not have, or has with another value.
struct Difference {
    /// A sentence, or several.
    text: String,
    /// The file, from the root of the course on, and the line in it.
    file: String,
    line: u32,
}

/// The verdict on the manifests that build the crate of `task` in `crate_dir`; `None` if a grader's manifests mean the
/// same, or if the originals are missing. (A report mentions missing originals: [`lost`].)
pub fn verdict(task: &TaskInfo, crate_dir: &Path) -> Option<Verdict> {
    let root = crate_dir.parent()?.parent()?;
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let handed_out = root.join(HANDED_OUT);
    let own = read(&crate_dir.join("Cargo.toml"))?;
    let original = read(&handed_out.join(format!("{}.toml", task.folder())))?;
    let own_file = format!("crates/{}/Cargo.toml", task.folder());
    let workspace = read(&root.join("Cargo.toml")).unwrap_or_default();
    let students = read(&handed_out.join(OF_THE_WORKSPACE)).unwrap_or_default();
    let mut found = None;
    if own != original {
        found = of_the_crate(task, &own_file, &own, &original, &workspace, &students);
    }
    let found = found.or_else(|| build_script(task, crate_dir));
    let found = found.or_else(|| of_the_workspace(&workspace, &students))?;
    let place = SourceLocation { file: found.file, line: found.line };
    let code = Code::ExtraCrate;
    Some(Verdict::of(Diagnosis { code, text: found.text, place: Some(place), call: None }))
}

/// The note in a report of `tasks` if their original manifests can't be read in the course at `root`, so that the
/// comparison was not made; `None` if they can be read.
pub fn lost<'t>(root: &Path, tasks: impl Iterator<Item = &'t TaskInfo>) -> Option<String> {
    let folder = root.join(HANDED_OUT);
    let names = tasks.map(|task| format!("{}.toml", task.folder()));
    let can_be_read = |name: &String| {
        let text = std::fs::read_to_string(folder.join(name));
        text.is_ok_and(|text| DeTable::parse(&text).is_ok())
    };
    let names = names.chain([OF_THE_WORKSPACE.to_string()]);
    let lost: Vec<String> = names.filter(|name| !can_be_read(name)).collect();
    let first = lost.first()?;
    let what = match lost.len() {
        _ if !folder.is_dir() => format!("The folder {HANDED_OUT} is missing"),
        1 => format!("{HANDED_OUT}/{first} is missing, or can't be read"),
        all => format!(
            "{HANDED_OUT}/{first} and {} are missing, or can't be read",
            format::count(all - 1, "other file")
        ),
    };
    Some(format!(
        "{what}. This check compares Cargo.toml with the files in it. So it could not find out whether yours needs something that a grader does not have. The code itself was judged. In a clone, `git checkout -- {HANDED_OUT}` restores them. Otherwise copy the folder from the course as you got it. (If your copy never had it, your copy is from an older version of the course.)"
    ))
}

/// The crates that the sources of a task can use, and a reminder that a grader has no others.
pub fn may_use(task: &TaskInfo) -> String {
    format!("{}; a grader has no other crate, whatever Cargo.toml says", crates_of(task))
}

/// The crates that the sources of a task can use.
fn crates_of(task: &TaskInfo) -> String {
    let crates = FOR_STUDENTS.map(|name| format!("`{name}`")).join(", ");
    match task.dependencies.first() {
        Some(up) => {
            let path = format!("{}::{}", up.name.replace('-', "_"), up.function);
            format!("this task builds on `{path}` only, and it can also use {crates}")
        }
        None => format!("this task builds on no other task; it can use {crates}"),
    }
}

/// How a student restores the manifest of a task.
pub fn way_out(task: &TaskInfo) -> String {
    format!(
        "`cargo xtask reset {} --manifest` restores the manifest as it was handed out, and keeps yours.",
        task.number
    )
}

/// Compares a crate's own manifest with the original.
fn of_the_crate(
    task: &TaskInfo,
    file: &str,
    own_text: &str,
    original: &str,
    workspace: &str,
    students: &str,
) -> Option<Difference> {
    // cargo reports a manifest that is not TOML, or that belongs to another package
    let own = DeTable::parse(own_text).ok()?;
    let original = DeTable::parse(original).ok()?;
    let students = DeTable::parse(students).ok();
    let workspace = DeTable::parse(workspace).ok();
    let shared =
        workspace.as_ref().and_then(|all| table(table(all.get_ref(), "workspace")?, "package"));
    let edition = shared.and_then(|package| package.get("edition")?.get_ref().as_str());
    let (own, original) = (own.get_ref(), original.get_ref());
    let name = table(own, "package").and_then(|package| package.get("name")?.get_ref().as_str());
    if name != Some(task.name) {
        return None;
    }
    let difference = |text: String, at: usize| Difference {
        text: format!("{text} {}", way_out(task)),
        file: file.into(),
        line: line(own_text, at),
    };
    let mut found: Vec<Difference> = Vec::new();
    for section in DEPENDENCIES {
        let originals = table(original, section);
        for (name, value, at) in entries(own, section) {
            let known = originals.and_then(|table| table.get(name));
            let library = students.as_ref().and_then(|all| all.get_ref().get(name));
            let text = match known {
                None => Some(format!(
                    "A grader has no crate `{name}`, so what you hand in would not compile: {}. Remove it from [{section}].",
                    crates_of(task)
                )),
                Some(_) => unlike(name, value, library.map(|library| library.get_ref()))
                    .map(|what| format!("A grader has `{name}` in [{section}] {what}.")),
            };
            found.extend(text.map(|text| difference(text, at)));
        }
        for name in originals.into_iter().flatten().map(|(name, _)| name.get_ref()) {
            if table(own, section).is_none_or(|table| !table.contains_key(&**name)) {
                let text =
                    format!("Cargo.toml lacks `{name}` in [{section}], but a grader has it.");
                found.push(difference(text, position(own, section)));
            }
        }
    }
    for (name, value) in own {
        let text = of_a_section(task, name.get_ref(), value.get_ref(), edition);
        found.extend(text.map(|text| difference(text, name.span().start)));
    }
    found.into_iter().min_by_key(|difference| difference.line)
}

/// What a section of the manifest has that a grader's does not. (Not for sections of dependencies.)
fn of_a_section(
    task: &TaskInfo,
    name: &str,
    value: &DeValue,
    edition: Option<&str>,
) -> Option<String> {
    match name {
        "target" => of_targets(value).map(|name| {
            format!("Cargo.toml has `{name}` in a section for one target only, but a grader does not.")
        }),
        "features" if value.as_table().is_some_and(|all| !all.is_empty()) => {
            Some("Cargo.toml has [features], but a grader builds without any.".into())
        }
        "lib" => of_the_library(task, value).map(|key| {
            format!("Cargo.toml sets `{key}` in [lib], but a grader uses src/lib.rs as it is.")
        }),
        "package" => of_the_package(value, edition).map(|key| {
            format!("Cargo.toml sets `{key}` in [package] to a value of its own, but a grader does not use that.")
        }),
        _ if OF_OTHER_CRATES.contains(&name) => {
            Some(format!("Cargo.toml has [{name}], but a grader has no such crates."))
        }
        _ => None,
    }
}

/// Reports a build script that cargo finds by its name.
fn build_script(task: &TaskInfo, crate_dir: &Path) -> Option<Difference> {
    const SCRIPT: &str = "build.rs";
    let file = format!("crates/{}/{SCRIPT}", task.folder());
    let text = format!("This crate has a build script, but a grader runs none: remove {file}.");
    crate_dir.join(SCRIPT).is_file().then_some(Difference { text, file, line: 1 })
}

/// Compares the manifest at the root of the course with the original, as far as it is about the crates that students
/// use.
fn of_the_workspace(own_text: &str, students: &str) -> Option<Difference> {
    // mostly the text is the same, so there is no need to parse it
    let libraries = students.split_once('\n').map_or(students, |(_, libraries)| libraries);
    if own_text.contains(libraries)
        && !own_text.contains("[patch")
        && !own_text.contains("[replace")
    {
        return None;
    }
    let own = DeTable::parse(own_text).ok()?;
    let students = DeTable::parse(students).ok()?;
    let own = own.get_ref();
    let difference = |text: String, at: usize| Difference {
        text,
        file: "Cargo.toml".into(),
        line: line(own_text, at),
    };
    if let Some(name) = own.keys().find(|name| OF_OTHER_CRATES.contains(&&**name.get_ref())) {
        let text = format!(
            "The course's Cargo.toml has [{}], but a grader has no such crates: remove it.",
            name.get_ref()
        );
        return Some(difference(text, name.span().start));
    }
    let libraries =
        own.get("workspace").and_then(|all| table(all.get_ref().as_table()?, "dependencies"));
    for (name, value) in libraries.into_iter().flatten() {
        let Some(handed_out) = students.get_ref().get(&**name.get_ref()) else { continue };
        let unlike = unlike(name.get_ref(), value.get_ref(), Some(handed_out.get_ref()));
        if let Some(what) = unlike {
            let text = format!(
                "A grader has `{}` {what}. Change it back: {HANDED_OUT}/{OF_THE_WORKSPACE} has the original.",
                name.get_ref()
            );
            return Some(difference(text, name.span().start));
        }
    }
    None
}

/// How a grader's crate `name` differs from the crate that `value` asks for: it is another crate, or has other
/// features.
fn unlike(name: &str, value: &DeValue, library: Option<&DeValue>) -> Option<String> {
    let version_of = |value: &DeValue| -> Option<String> {
        let version =
            value.as_str().or_else(|| value.as_table()?.get("version")?.get_ref().as_str());
        version.map(String::from)
    };
    let features_of = |value: &DeValue| -> Vec<String> {
        let features =
            value.as_table().and_then(|table| table.get("features")?.get_ref().as_array());
        let name = |feature: &toml::Spanned<DeValue>| feature.get_ref().as_str().map(String::from);
        features.into_iter().flatten().filter_map(name).collect()
    };
    let known = library.map(features_of).unwrap_or_default();
    if let Some(feature) = features_of(value).into_iter().find(|own| !known.contains(own)) {
        return Some(format!("without the feature `{feature}`"));
    }
    for (key, value) in value.as_table().into_iter().flatten() {
        let fine = match &**key.get_ref() {
            "workspace" | "features" | "version" | "default-features" | "public" => true,
            "optional" => value.get_ref().as_bool() == Some(false),
            "package" => value.get_ref().as_str() == Some(name),
            // a crate of the course, by its place
            "path" => {
                library.is_none()
                    && value.get_ref().as_str().is_some_and(|path| {
                        let folder =
                            path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                        path.starts_with("../")
                            && folder.trim_start_matches(|c: char| c.is_ascii_digit())
                                == format!("-{name}")
                    })
            }
            _ => false,
        };
        if !fine {
            return Some(format!("without `{}`", key.get_ref()));
        }
    }
    let version = version_of(value)?;
    let handed_out = library.and_then(version_of)?;
    (!admits(&version, &handed_out))
        .then(|| format!("in version {}", handed_out.trim_start_matches('=')))
}

/// Whether cargo may take `version` if a manifest asks for `asked`. For example, `1.2` allows 1.2 and every later 1.x.
fn admits(asked: &str, version: &str) -> bool {
    let numbers = |text: &str| -> Option<Vec<u64>> {
        let text = text.trim().trim_start_matches(['=', '^', '~']).trim();
        text.split('.').map(|number| number.parse().ok()).collect()
    };
    let (Some(asked), Some(version)) = (numbers(asked), numbers(version)) else {
        return asked.trim() == "*" || asked == version;
    };
    // both must be equal up to the first number that is not zero
    let same = asked.iter().position(|number| *number != 0).unwrap_or(asked.len() - 1);
    asked.len() <= version.len() && asked[..=same] == version[..=same] && asked <= version
}

/// The first dependency that is there for some targets only.
fn of_targets(targets: &DeValue) -> Option<String> {
    let of_target = |target: &DeValue| {
        let tables = DEPENDENCIES.iter().find_map(|section| table(target.as_table()?, section));
        tables?.keys().next().map(|name| name.get_ref().to_string())
    };
    targets.as_table()?.values().find_map(|target| of_target(target.get_ref()))
}

/// The first key of `[lib]` that makes a different library.
fn of_the_library(task: &TaskInfo, library: &DeValue) -> Option<String> {
    let differs = |(key, value): (&str, &DeValue)| match key {
        "path" => value.as_str() != Some("src/lib.rs"),
        "name" => value.as_str() != Some(&task.name.replace('-', "_")),
        "proc-macro" | "crate-type" | "required-features" | "edition" => true,
        _ => false,
    };
    let mut keys =
        library.as_table()?.iter().map(|(key, value)| (&**key.get_ref(), value.get_ref()));
    keys.find(|entry| differs(*entry)).map(|(key, _)| key.into())
}

/// The first key of `[package]` that changes how the sources are compiled.
fn of_the_package(package: &DeValue, edition: Option<&str>) -> Option<String> {
    let differs = |(key, value): (&str, &DeValue)| match key {
        "edition" => value.as_str().is_some_and(|own| Some(own) != edition),
        "build" => value.as_bool() != Some(false),
        "links" | "metabuild" => true,
        _ => false,
    };
    let package = package.as_table()?;
    let mut keys = package.iter().map(|(key, value)| (&**key.get_ref(), value.get_ref()));
    let own = keys.find(|entry| differs(*entry)).map(|(key, _)| key.into());
    // without this key, cargo takes the oldest edition
    own.or_else(|| (!package.contains_key("edition")).then(|| "edition".into()))
}

fn table<'a, 'i>(of: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    of.get(key)?.get_ref().as_table()
}

/// The entries of a table in `of`, and where each of them begins.
fn entries<'a>(
    of: &'a DeTable,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a DeValue<'a>, usize)> {
    let all = table(of, key).into_iter().flatten();
    all.map(|(name, value)| (&**name.get_ref(), value.get_ref(), name.span().start))
}

/// The byte at which a section begins.
fn position(of: &DeTable, key: &str) -> usize {
    of.get_key_value(key).map_or(0, |(name, _)| name.span().start)
}

fn line(text: &str, at: usize) -> u32 {
    let newlines =
        text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(newlines).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests;
