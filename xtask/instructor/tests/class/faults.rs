//! Faults of the machine never cost a student points, and every student stays in the report.

use std::process::{Command, Stdio};

use checker::verdict::code::Code;
use checker::verdict::{Outcome, Verdict};
use instructor::class::results::Student;
use rustix::process::Signal;

use crate::course::{Class, FOLDERS, outcomes, program, student};
use crate::descendants::{Victim, grade_and_kill};

/// Adds a constant that takes the compiler about two seconds, and `mark`, so that the source was never compiled before.
fn slowly(source: &str, mark: &str) -> String {
    format!(
        "{source}\n#[allow(long_running_const_eval)]\npub static SLOW: u32 = {{\n    let mut i = 0;\n    while i < 1_500_000 {{\n        i += 1;\n    }}\n    i\n}};\n// {mark}\n"
    )
}

/// A text that no other class has in its sources.
fn mark(class: &Class) -> String {
    let place = class.place.path().file_name().unwrap().to_string_lossy().into_owned();
    place.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn first(student: &Student) -> &Verdict {
    &student.tasks[0].report.verdict
}

/// The kept verdicts.
fn kept(class: &Class, out: &str) -> String {
    let entries = std::fs::read_dir(class.path(out).join("graded")).unwrap().flatten();
    entries.map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect()
}

#[test]
fn a_compiler_that_is_killed_once_is_started_again() {
    for (victim, signal) in [(Victim::Compiler, Signal::KILL), (Victim::Above, Signal::KILL)] {
        let class = Class::new();
        class.hand_in("ann", &FOLDERS[0], slowly(&class.solution(&FOLDERS[0]), &mark(&class)));
        let (code, printed, killed) = grade_and_kill(&class, "out", &[], (victim, signal, 1));
        assert_eq!((code, killed), (Some(0), 1), "{printed}");
        assert_eq!(outcomes(student(&class.results("out"), "ann"))[0], Outcome::Passed);
    }
}

#[test]
fn a_compiler_that_is_killed_each_time_is_no_verdict_and_is_never_kept() {
    for signal in [Signal::KILL, Signal::TERM, Signal::HUP] {
        let class = Class::new();
        let slow = slowly(&class.solution(&FOLDERS[0]), &mark(&class));
        class.solves_all("ann");
        class.hand_in("ann", &FOLDERS[0], slow);
        class.hand_in("ben", &FOLDERS[0], class.solution(&FOLDERS[0]));
        let always = (Victim::Compiler, signal, usize::MAX);
        let (code, printed, killed) = grade_and_kill(&class, "out", &[], always);
        assert_eq!(code, Some(2), "{printed}");
        assert!(killed >= 2, "{killed}");
        let results = class.results("out");
        let ann = student(&results, "ann");
        assert_eq!(first(ann).outcome, Outcome::NotJudged, "{:?}", first(ann));
        let why = first(ann).not_judged.as_deref().unwrap();
        assert!(why.contains("killed from outside"), "{why}");
        // one task's fault is no other's, and no other student's
        assert_eq!(outcomes(ann)[1..], [Outcome::Passed; 4]);
        assert_eq!(first(student(&results, "ben")).outcome, Outcome::Passed);
        assert!(printed.contains("1 of 2 submissions"), "{printed}");
        assert!(printed.contains("next: "), "{printed}");
        assert!(!kept(&class, "out").contains("not-judged"));
        // neither what was compiled nor the verdict: in the same report, and in another one
        for out in ["out", "other"] {
            let (code, printed) = class.grade(out, &[]);
            assert_eq!(code, Some(0), "{printed}");
            let results = class.results(out);
            assert_eq!(first(student(&results, "ann")).outcome, Outcome::Passed);
            assert!(results.incomplete.is_empty());
        }
    }
}

#[test]
fn a_task_that_needs_a_helper_is_not_failed_by_a_killed_compiler() {
    let class = Class::new();
    let helper = "\npub fn helper() -> usize { 0 }\n";
    let uses = "\npub fn used() -> usize { basic_coroutine::helper() }\n";
    class.hand_in("ann", &FOLDERS[0], class.solution(&FOLDERS[0]) + helper);
    let second = slowly(&(class.solution(&FOLDERS[1]) + uses), &mark(&class));
    class.hand_in("ann", &FOLDERS[1], second);
    let always = (Victim::Compiler, Signal::KILL, usize::MAX);
    let (code, printed, killed) = grade_and_kill(&class, "out", &[], always);
    assert!(killed >= 2, "{killed}");
    assert_eq!(code, Some(2), "{printed}");
    let of = |out: &str| outcomes(student(&class.results(out), "ann"));
    assert_eq!(of("out")[..2], [Outcome::Passed, Outcome::NotJudged]);
    assert_eq!(class.grade("out", &[]).0, Some(0));
    assert_eq!(of("out")[..2], [Outcome::Passed, Outcome::Passed]);
}

/// (`attacks.rs` tests the same for the limits of time and of memory.)
#[test]
fn a_compiler_that_reaches_the_limit_of_a_files_size_is_named_in_the_verdict() {
    let class = Class::new();
    let path = class.root.join("checker/attacks/huge-static/src/lib.rs");
    // a gigabyte needs too much memory before it is written
    let source = std::fs::read_to_string(path).unwrap().replace("1 << 30", "200 << 20");
    class.hand_in("ann", &FOLDERS[0], format!("{source}\n// {}\n", mark(&class)));
    let (code, printed) = class.grade("out", &["--jobs", "1"]);
    assert_eq!(code, Some(0), "{printed}");
    let results = class.results("out");
    let verdict = first(student(&results, "ann"));
    assert_eq!(verdict.code(), Some(Code::Compile), "{verdict:?}");
    let message = verdict.compiler.as_deref().unwrap_or_default();
    assert!(message.contains("128 MiB"), "{message}");
}

#[test]
fn fresh_takes_nothing_that_was_compiled_before_and_heals_it() {
    let class = Class::new();
    let unused = format!("fn unused_{}() {{}}\n", mark(&class));
    class.hand_in("ann", &FOLDERS[0], class.solution(&FOLDERS[0]) + &unused);
    assert_eq!(class.grade("out", &[]).0, Some(0));
    let mut poisoned = 0;
    for kit in std::fs::read_dir(class.root.join("target/await-and-see/kit")).unwrap().flatten() {
        for built in std::fs::read_dir(kit.path().join("built")).into_iter().flatten().flatten() {
            let file = built.path().join("compiled.json");
            let Ok(json) = std::fs::read_to_string(&file) else { continue };
            if !json.contains(unused.split(['(', ' ']).nth(1).unwrap()) {
                continue;
            }
            let mut compiled: serde_json::Value = serde_json::from_str(&json).unwrap();
            compiled["success"] = false.into();
            compiled["errors"] = serde_json::json!(["the compiler ended before its time"]);
            std::fs::write(&file, compiled.to_string()).unwrap();
            poisoned += 1;
        }
    }
    assert!(poisoned > 0);
    let of = |out: &str| outcomes(student(&class.results(out), "ann"))[0];
    assert_eq!(class.grade("poisoned", &[]).0, Some(0));
    assert_eq!(of("poisoned"), Outcome::DidNotCompile, "it is taken from there");
    assert_eq!(class.grade("poisoned", &["--fresh"]).0, Some(0));
    assert_eq!(of("poisoned"), Outcome::Passed);
    assert_eq!(class.grade("new", &[]).0, Some(0));
    assert_eq!(of("new"), Outcome::Passed, "it is healed");
}

/// Grades where a submission can't be laid out, because a file is in the place of its folder.
fn grade_without_scratch_folders(class: &Class, out: &str, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(program());
    command.current_dir(&class.root).env("INSTA_UPDATE", "no");
    command.args(["check", "--jobs", "1", "--submissions"]).arg(class.path("in"));
    command.arg("--report").arg(class.path(out)).args(more);
    let running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let folders = class.root.join("target/await-and-see/class/scratch");
    std::fs::create_dir_all(&folders).unwrap();
    let scratch = folders.join(format!("{}-0", running.id()));
    std::fs::write(&scratch, "").unwrap();
    let output = running.wait_with_output().unwrap();
    std::fs::remove_file(scratch).unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&printed).replace("\n    ", " "))
}

#[test]
fn who_can_not_be_graded_keeps_what_was_graded_before_and_nobody_is_lost() {
    let class = Class::new();
    let own = |name: &str| format!("{}// {name} {}\n", class.solution(&FOLDERS[0]), mark(&class));
    class.hand_in("ann", &FOLDERS[0], own("ann"));
    class.hand_in("cem", &FOLDERS[0], own("cem"));
    assert_eq!(class.grade("out", &[]).0, Some(0));
    let before = class.results("out");
    // ann hands in another file, ben is new, and cem's verdict is known
    class.hand_in("ann", &FOLDERS[0], own("ann again"));
    class.hand_in("ben", &FOLDERS[0], own("ben"));
    let (code, printed) = grade_without_scratch_folders(&class, "out", &[]);
    assert_eq!(code, Some(2), "{printed}");
    let results = class.results("out");
    let names: Vec<&str> = results.students.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["ann", "ben", "cem"]);
    let ann = student(&results, "ann");
    assert_eq!((first(ann).outcome, ann.points), (Outcome::Passed, student(&before, "ann").points));
    let why = ann.tasks[0].not_now.as_deref().unwrap();
    assert!(why.contains("class/scratch"), "{why}");
    let ben = student(&results, "ben");
    assert_eq!((first(ben).outcome, ben.points), (Outcome::NotJudged, 0.0));
    let cem = student(&results, "cem");
    assert_eq!((first(cem).outcome, cem.tasks[0].not_now.as_deref()), (Outcome::Passed, None));

    let missed: Vec<(&str, bool)> =
        results.incomplete.iter().map(|one| (one.student.as_str(), one.graded_before)).collect();
    assert_eq!(missed, [("ann", true), ("ben", false)]);
    let begin = printed.find("2 of 3 submissions").unwrap_or_else(|| panic!("{printed}"));
    assert!(begin < printed.find("basic-coroutine ").unwrap(), "it is said first: {printed}");
    assert!(printed.contains("next: ") && printed.contains("the same command"), "{printed}");
    let read = |path: &str| std::fs::read_to_string(class.path("out").join(path)).unwrap();
    for (path, says) in [
        ("canvas.csv", "\nann,,,ann,,10\n"),
        ("canvas.csv", "\nben,,,ben,,\n"),
        ("gradebook.csv", "graded before, not now"),
        ("gradebook.csv", "\nben,,"),
        ("junit.xml", "type=\"not-judged\""),
        ("feedback/ann.md", "**10 of 80 points**"),
        ("feedback/ann.md", "graded before, but the grading machine could not grade it again"),
        ("feedback/ben.md", "could not be judged"),
        ("exercism/ben/results.json", "\"status\": \"error\""),
        ("gradescope/ben/results.json", "could not be judged"),
        ("index.html", "\"incomplete\":[{"),
    ] {
        let text = read(path);
        assert!(text.contains(says), "{path} has no {says:?}: {text:.2000}");
    }
    assert!(!read("gradescope/ben/results.json").contains("\"score\""));
    assert!(!class.path("out/classroom50/ben.json").exists());

    // the same command, once the machine is well, grades those who are left
    let (code, printed) = class.grade("out", &[]);
    assert_eq!(code, Some(0), "{printed}");
    let results = class.results("out");
    assert!(results.incomplete.is_empty());
    for one in &results.students {
        assert_eq!((first(one).outcome, one.tasks[0].not_now.as_deref()), (Outcome::Passed, None));
    }
}

#[test]
fn points_by_hand_are_no_gap_in_the_report() {
    let class = Class::new();
    let own = format!("{}// {}\n", class.solution(&FOLDERS[0]), mark(&class));
    class.hand_in("ann", &FOLDERS[0], own);
    std::fs::write(class.path("by-hand.csv"), "student,task,points,comment\nann,1,7.5,seen\n")
        .unwrap();
    let table = class.path("by-hand.csv");
    let more = ["--override", table.to_str().unwrap()];
    let (code, printed) = grade_without_scratch_folders(&class, "out", &more);
    assert_eq!(code, Some(0), "{printed}");
    let canvas = std::fs::read_to_string(class.path("out/canvas.csv")).unwrap();
    assert!(canvas.contains("\nann,,,ann,,7.5\n"), "{canvas}");
}

#[test]
fn a_run_that_can_not_be_begun_is_the_machines_fault() {
    let class = Class::new();
    for name in ["ann", "ben"] {
        let own = format!("{}// {name} {}\n", class.solution(&FOLDERS[0]), mark(&class));
        class.hand_in(name, &FOLDERS[0], own);
    }
    let temporary = class.path("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let mut command = Command::new(program());
    command.current_dir(&class.root).env("INSTA_UPDATE", "no").env("TMPDIR", &temporary);
    command.args(["check", "--submissions"]).arg(class.path("in"));
    command.arg("--report").arg(class.path("out")).stderr(Stdio::piped());
    let mut running = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = std::io::BufReader::new(running.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("isolation ") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut stdout, &mut line).unwrap() > 0);
    }
    // all is ready, and the first one is being compiled
    std::fs::remove_dir_all(&temporary).unwrap();
    let mut printed = String::new();
    std::io::Read::read_to_string(&mut stdout, &mut printed).unwrap();
    assert_eq!(running.wait().unwrap().code(), Some(2), "{printed}");
    for name in ["ann", "ben"] {
        let results = class.results("out");
        let verdict = first(student(&results, name));
        assert_eq!(verdict.outcome, Outcome::NotJudged);
        let why = verdict.not_judged.as_deref().unwrap();
        assert!(why.contains("temporary folder"), "{why}");
    }
    assert_eq!(class.grade("out", &[]).0, Some(0));
}
