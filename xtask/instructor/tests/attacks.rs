//! Grades the attacks as a class, at the level that this machine allows. Each must get the verdict that it states, and none
//! may leave anything behind.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use instructor::attack::{self, Attack};
use instructor::class::results::Results;
use xtask::workspace::Workspace;

/// Processes that an attack could have left on this machine, recognised by words of their command lines.
fn processes() -> BTreeSet<String> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let line = |entry: std::fs::DirEntry| {
        let number: u32 = entry.file_name().to_str()?.parse().ok()?;
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        let ours = ["--answer-request", "--become-a-confined-program", "sleep 60", "b $(($1"];
        ours.iter().any(|word| line.contains(word)).then(|| format!("{number} {line}"))
    };
    all.filter_map(line).collect()
}

/// The mounts that this process sees.
fn mounts() -> String {
    std::fs::read_to_string("/proc/self/mounts").unwrap_or_default()
}

/// The names in folders that everybody may write to.
fn public_files() -> BTreeSet<String> {
    let folders = ["/tmp", "/dev/shm", "/var/tmp"];
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    entries.flatten().map(|entry| entry.path().display().to_string()).collect()
}

/// Things that were not there before, and stay. Processes of other gradings on this machine end with their own limits.
fn stays(before: &BTreeSet<String>, now: impl Fn() -> BTreeSet<String>) -> BTreeSet<String> {
    let mut left: BTreeSet<String> = now().difference(before).cloned().collect();
    let begun = Instant::now();
    const LONGEST: Duration = Duration::from_secs(60);
    while !left.is_empty() && begun.elapsed() < LONGEST {
        std::thread::sleep(Duration::from_millis(100));
        left = left.intersection(&now()).cloned().collect();
    }
    left
}

/// The words that the verdict must have if only a limit ends an attack on the compiler.
const NAMED_LIMITS: [(&str, &str); 2] =
    [("endless-constant", "after 10 s of processor time"), ("doubling-macros", "4 GiB of memory")];

#[test]
fn every_attack_gets_its_verdict_and_nothing_is_left_of_it() {
    if !cfg!(target_os = "linux") {
        println!("skipped: only Linux can isolate submissions");
        return;
    }
    let workspace = Workspace::find().unwrap();
    let attacks = attack::all(&workspace).unwrap();
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for attack in &attacks {
        attack.lay_out(&place.path().join("class").join(&attack.name)).unwrap();
    }
    let scratch = place.path().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let before = (processes(), mounts(), public_files());
    grade(&workspace, place.path(), &scratch);
    assert_nothing_is_left(&before, &scratch);

    let out = place.path().join("out");
    let json = std::fs::read(out.join("results.json")).unwrap();
    let results: Results = serde_json::from_slice(&json).unwrap();
    println!("level {}", results.grading.isolation);
    let wrong: Vec<String> = attacks.iter().flat_map(|attack| mistakes(attack, &results)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n  {}", wrong.len(), attacks.len(), wrong.join("\n  "));
    nothing_of_the_grader_is_told(&out);
}

/// Grades the class in `place`, at whatever level there is. The grader's own temporary files go to `scratch`.
fn grade(workspace: &Workspace, place: &Path, scratch: &Path) {
    let graded = Command::new(env!("CARGO_BIN_EXE_instructor"))
        .args(["check", "--submissions"])
        .arg(place.join("class"))
        .arg("--report")
        .arg(place.join("out"))
        .current_dir(&workspace.root)
        .args(["--isolation", "C"])
        .env("TMPDIR", scratch)
        // nothing is to be written into the course
        .env("INSTA_UPDATE", "no")
        .env("A_SECRET_OF_THE_GRADER", "not to be seen")
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&graded.stdout) + String::from_utf8_lossy(&graded.stderr);
    assert_eq!(graded.status.code(), Some(0), "{output}");
}

/// Checks that no process, mount or file is left that was not there `before`.
fn assert_nothing_is_left(
    (processes_before, mounts_before, files_before): &(BTreeSet<String>, String, BTreeSet<String>),
    scratch: &Path,
) {
    assert_eq!(*mounts_before, mounts(), "something is mounted");
    let left = stays(processes_before, processes);
    assert!(left.is_empty(), "processes are left: {left:?}");
    // by what those attacks that write files call them
    let theirs = |path: &String| path.contains("attack") || path.contains("filler");
    let of_attacks = || public_files().into_iter().filter(theirs).collect();
    let left = stays(files_before, of_attacks);
    assert!(left.is_empty(), "files are left: {left:?}");
    let left: Vec<_> = std::fs::read_dir(scratch).unwrap().flatten().map(|e| e.path()).collect();
    assert!(left.is_empty(), "files of the grader's are left: {left:?}");
}

/// How the verdict on an attack differs from the one that the attack states.
fn mistakes(attack: &Attack, results: &Results) -> Vec<String> {
    let name = &attack.name;
    let student = results.students.iter().find(|student| student.name == *name);
    let student = student.unwrap_or_else(|| panic!("{name} is not in the report"));
    let Some(graded) = student.task(attack.task.number) else {
        return vec![format!("{name}: not taken at all: {:?}", student.refused)];
    };
    let verdict = &graded.report.verdict;
    let got = format!("{:?} {}", verdict.outcome, verdict.code().map_or("", |code| code.name()));
    println!("  {name:<40} {got}");
    let mut wrong = Vec::new();
    let limit = NAMED_LIMITS.iter().find(|(limited, _)| limited == name);
    let message = verdict.compiler.as_deref().unwrap_or_default();
    if let Some((_, limit)) = limit.filter(|(_, limit)| !message.contains(limit)) {
        wrong.push(format!("{name}: its verdict does not name the limit, {limit}: {message}"));
    }
    if !attack.admits(verdict) {
        let text = verdict.diagnoses.first().map_or("", |first| &first.text);
        wrong.push(format!("{name}: {got}, and it states {:?}\n    {text}", attack.expect));
    }
    wrong
}

/// Checks that no report has anything that only the grader may know.
fn nothing_of_the_grader_is_told(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            nothing_of_the_grader_is_told(&path);
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        for secret in ["not to be seen", "root:x:0:0"] {
            assert!(!text.contains(secret), "{} tells {secret}", path.display());
        }
    }
}
