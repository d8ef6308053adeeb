//! Grades a class: from submissions in every form to reports, in parts, again, and interrupted.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use checker::tasks::TASKS;
use checker::verdict::Outcome;
use instructor::class::shard::Shard;
use serde_json::Value;

mod again;
mod changes;
mod course;
#[cfg(target_os = "linux")]
mod descendants;
mod downloads;
#[cfg(target_os = "linux")]
mod faults;
mod home;
#[path = "../../../tests/course/mod.rs"]
mod home_course;
mod json;
#[cfg(target_os = "linux")]
mod lock;
mod remembered;
#[path = "../schema/mod.rs"]
mod schema;
#[cfg(target_os = "linux")]
mod stopped;
mod student_dependencies;

use course::{Class, FOLDERS, outcomes, student};

/// A file's text. Base64 is decoded, with one line for each field.
fn readable(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    match BASE64_STANDARD.decode(text.trim()) {
        Ok(decoded) => String::from_utf8(decoded).unwrap().replace([',', '}'], "\n"),
        Err(_) => text,
    }
}

/// All files below a folder but those of kept verdicts; times are taken out.
fn reports(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut reports = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("graded") {
                folders.push(path);
            } else if path.is_file() {
                let text = readable(&path);
                let times = ["took_ms", "time=", "\"duration\""];
                let timeless = |line: &&str| !times.iter().any(|time| line.contains(time));
                let text = text.lines().filter(timeless).collect::<Vec<_>>().join("\n");
                reports.insert(path.strip_prefix(folder).unwrap().into(), text);
            }
        }
    }
    reports
}

/// Checks that two reports are the same, except for times.
fn alike(one: &Path, other: &Path) {
    let (one, other) = (reports(one), reports(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, text) in &one {
        let differs = text.lines().zip(other[path].lines()).find(|(a, b)| a != b);
        let shown =
            differs.map(|(a, b)| [a, b].map(|line| line.chars().take(300).collect::<String>()));
        assert!(*text == other[path], "{}: {shown:#?}", path.display());
    }
}

#[test]
fn a_class_is_graded_whatever_is_handed_in() {
    let class = Class::new();
    class.solves_all("ann");
    class.solves_all("ben");
    class.hand_in("ben", &FOLDERS[1], class.known("02-concurrent-coroutines/awaits-in-a-loop.rs"));
    class.hand_in("cem", &FOLDERS[0], "fn open( {");
    class.hand_in("cem", &FOLDERS[3], class.solution(&FOLDERS[3]));
    class.hand_in("=dan", &FOLDERS[0], "fn main() { std::process::Command::new(\"sh\"); }");
    std::fs::write(class.path("in/eve.zip"), "no archive").unwrap();
    class.hand_in("fay", &FOLDERS[2], class.root.join("nothing").to_str().unwrap());
    let stub = std::fs::read(class.root.join("checker/stubs/01-basic-coroutine.rs")).unwrap();
    class.hand_in("fay", &FOLDERS[0], stub);
    std::fs::write(class.path("late.csv"), "student,days\nben,2\nbem,1\n").unwrap();
    std::fs::write(
        class.path("by-hand.csv"),
        "student,task,points,comment\ncem,4,3.5,shown in class\n",
    )
    .unwrap();
    let tables = [class.path("late.csv"), class.path("by-hand.csv")];
    let [late, by_hand] = tables.each_ref().map(|path| path.to_str().unwrap());
    let (code, printed) = class.grade("out", &["--late", late, "--override", by_hand]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("isolation"), "{printed}");
    assert!(printed.contains("late.csv, but has no submission in"), "{printed}");
    assert!(printed.contains("note: bem is in"), "{printed}");
    assert!(printed.contains("1 submission could not be taken: eve;"), "{printed}");

    use Outcome::{DidNotCompile, Failed, Missing, Passed, Untouched};
    let results = class.results("out");
    let of = |name: &str| outcomes(student(&results, name));
    assert_eq!(of("ann"), [Passed; TASKS.len()]);
    assert_eq!(student(&results, "ann").points, student(&results, "ann").max_points);
    // one mistake costs points once
    assert_eq!(of("ben")[..5], [Passed, Failed, Passed, Passed, Passed]);
    assert_eq!(of("cem")[..5], [DidNotCompile, Missing, Missing, Passed, Missing]);
    assert_eq!(of("=dan")[0], Failed);
    assert!(student(&results, "eve").refused.is_some());
    assert_eq!(of("fay")[0], Untouched);
    assert_eq!(student(&results, "ben").days_late, 2);
    let by_hand = student(&results, "cem").task(4).unwrap();
    assert_eq!((by_hand.points, by_hand.overridden), (3.5, true));
    assert_eq!(student(&results, "cem").points, 3.5);
    let message = student(&results, "cem").tasks[0].report.verdict.compiler.as_deref();
    assert!(message.unwrap().contains("--> crates/01-basic-coroutine/src/lib.rs:1"), "{message:?}");
    for name in ["index.html", "junit.xml", "canvas.csv", "gradebook.csv", "feedback/ben.md"] {
        assert!(class.path("out").join(name).is_file(), "{name}");
    }

    // again, nothing is done twice; in another place, all is done anew. It comes out alike
    let tables = ["--late", late, "--override", tables[1].to_str().unwrap()];
    let kept = || std::fs::read_dir(class.path("out/graded")).unwrap().count();
    let before = kept();
    std::fs::create_dir(class.path("again")).unwrap();
    std::fs::rename(class.path("out/graded"), class.path("again/graded")).unwrap();
    assert_eq!(class.grade("again", &tables).0, Some(0));
    alike(&class.path("again"), &class.path("out"));
    std::fs::rename(class.path("again/graded"), class.path("out/graded")).unwrap();
    assert_eq!(kept(), before);
    assert_eq!(class.grade("anew", &tables).0, Some(0));
    alike(&class.path("anew"), &class.path("out"));
}

#[test]
fn parts_of_a_class_are_joined_into_the_whole() {
    let class = Class::new();
    for name in ["ann", "ben", "cem", "dan", "eve"] {
        class.hand_in(name, &FOLDERS[0], format!("{}// {name}\n", class.solution(&FOLDERS[0])));
    }
    assert_eq!(class.grade("whole", &[]).0, Some(0));
    for part in ["1/2", "2/2"] {
        let out = format!("part-{}", &part[..1]);
        assert_eq!(class.grade(&out, &["--shard", part]).0, Some(0));
    }
    assert_eq!(class.results("part-1").students.len(), 3);
    let paths = ["part-1", "part-2", "joined"].map(|name| class.path(name));
    let [one, two, joined] = paths.each_ref().map(|path| path.to_str().unwrap());
    let join = |of: &[&str]| class.run(&[&["report"], of, &["--report", joined]].concat());
    assert_eq!(join(&[one, two]).status.code(), Some(0));
    alike(&class.path("joined"), &class.path("whole"));
    assert_eq!(class.results("part-2").shard, Some(Shard { index: 2, of: 2 }));
    assert_eq!(class.results("joined").shard, None);
    let file = class.path("part-1/results.json");
    let before = std::fs::read(&file).unwrap();
    std::fs::copy(&file, class.path("copy.json")).unwrap();
    let copy = class.path("copy.json");
    let refused = |of: &[&str], report: &str, says: &str| {
        let output = class.run(&[&["report"], of, &["--report", report]].concat());
        let printed = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{printed}");
        assert!(printed.contains(says) && printed.contains("\n\n  next: "), "{of:?}: {printed}");
    };
    let part_2 = format!("{two}/../part-2/results.json");
    refused(&[one], joined, "part 2 of 2 is missing: ");
    refused(&[one, one], joined, "/part-1 is named twice");
    refused(&[one, two, &part_2], joined, "/results.json is named twice");
    refused(&[one, copy.to_str().unwrap()], joined, "copy.json both are part 1 of 2");
    refused(&[one, two], one, "/part-1 is one of the reports that are joined");
    refused(&[one, two], &format!("{two}/../part-2/"), "is one of the reports that are joined");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    // one who is graded again stays in the part
    assert_eq!(class.grade("part-1", &["--only", "cem"]).0, Some(0));
    assert_eq!(class.results("part-1").shard, Some(Shard { index: 1, of: 2 }));
    for (part, says) in [("1/2", "`dan` is not in part 1 of 2"), ("2/2", "is of part 1 of 2, and")]
    {
        let (code, printed) = class.grade("part-1", &["--only", "dan", "--shard", part]);
        assert_eq!(code, Some(2), "{printed}");
        assert!(printed.contains(says) && printed.contains("\n\n  next: "), "{printed}");
    }
    // a part that was graded otherwise is none of the same class
    let path = class.path("part-2/results.json");
    let mut other: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    for (key, value, says) in [
        ("isolation", "C", "level of isolation"),
        ("secret_fingerprint", "0123456789abcdef", "with the same --secret FILE"),
    ] {
        other["grading"][key] = value.into();
        std::fs::write(&path, other.to_string()).unwrap();
        let refused = join(&[one, two]);
        let printed = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2));
        assert!(printed.contains(says), "{printed}");
    }
}

#[test]
fn how_to_grade_is_found_from_the_check_of_tasks() {
    let cargo = |args: &[&str]| {
        let mut command = std::process::Command::new("cargo");
        command.arg("xtask").args(args).current_dir(Class::new().root).env_remove("RUSTFLAGS");
        let output = command.output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&printed).into_owned())
    };
    for (args, code, says) in [
        (&["check", "--help"][..], 0, "check --submissions DIR --report OUT grades a class"),
        (&["check", "--submissions", "--help"], 0, "--override <FILE>"),
        (&["check", "--report", "x"], 2, "--report works only together with --submissions DIR"),
    ] {
        let (did, printed) = cargo(args);
        assert_eq!(did, Some(code), "{printed}");
        assert!(printed.contains(says), "{args:?}: {printed}");
    }
}

#[test]
fn what_can_not_be_done_is_said_with_the_way_out() {
    let class = Class::new();
    class.hand_in("ann", &FOLDERS[0], class.solution(&FOLDERS[0]));
    std::fs::write(class.path("short"), "abc").unwrap();
    let short = class.path("short");
    std::fs::create_dir(class.path("mine")).unwrap();
    std::fs::write(class.path("mine/thesis.md"), "abc").unwrap();
    for (args, says) in [
        (vec!["--only", "bob"], "no submission of `bob`"),
        (vec!["--only", "Ann"], "; did you mean `ann`?"),
        (vec!["--resume"], "leave out --resume"),
        (vec!["--shard", "3/2"], "the second of five"),
        (vec!["--isolation", "Z"], "the levels are A, B and C"),
        (vec!["--secret", "missing"], "cannot read the secret"),
        (vec!["--secret", "missing"], "next: make one, head -c 32 /dev/urandom > FILE"),
        (vec!["--secret", short.to_str().unwrap()], "too short"),
        (vec!["--secret", short.to_str().unwrap()], "it has 3 bytes, and needs 16 at least\n\n"),
        (vec!["--late", "missing.csv"], "missing.csv"),
    ] {
        let (code, printed) = class.grade("out", &args);
        assert_eq!(code, Some(2), "{args:?}: {printed}");
        assert!(printed.contains(says), "{args:?}: {printed}");
    }
    for (submissions, report, says) in [
        ("nowhere", "out", "No such file or directory (os error 2)\n\n  next: name the folder"),
        ("in", "in/out", "would get mixed up"),
        ("in", "mine", "has `thesis.md` in it"),
        ("in", "short", "(os error 20)\n\n  next: name a new folder with --report"),
        (
            "in",
            "/proc/out",
            "(os error 2)\n\n  next: name a folder with --report that you may write",
        ),
        ("in/ann", "out", "it has the folder `crates` in it"),
    ] {
        let [submissions, report] = [submissions, report].map(|name| class.path(name));
        let [submissions, report] = [&submissions, &report].map(|path| path.to_str().unwrap());
        let output = class.run(&["check", "--submissions", submissions, "--report", report]);
        let printed = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{printed}");
        assert!(printed.contains(says), "{printed}");
    }
}
