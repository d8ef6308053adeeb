//! Runs the commands on a copy of the course as a student has it: with stubs, and without solutions.
//! `student/verdicts.rs` has the tests of what a check says about a file.

mod course;
#[path = "student/verdicts.rs"]
mod verdicts;

use std::process::Command;

use course::{Course, of_all_tasks, repository};

const ONE: &str = "01-basic-coroutine";

/// Draws nothing, and waits as long as it may.
const WRONG: &str = "use std::time::Duration;

pub async fn wait_random<R: rand::Rng>(_rng: R, max_delay: Duration) -> Duration {
    println!(\"::error::printed\");
    tokio::time::sleep(max_delay).await;
    max_delay
}
";

/// A right one.
const RIGHT: &str = "use std::time::Duration;

pub async fn wait_random<R: rand::Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let ms = rand::RngExt::random_range(&mut rng, 0..=max_delay.as_millis() as u64);
    let delay = Duration::from_millis(ms);
    tokio::time::sleep(delay).await;
    delay
}
";

#[test]
fn a_fresh_course_says_where_to_begin() {
    let course = Course::fresh();
    let did = course.xtask(&[]);
    assert_eq!(did.code, Some(0));
    did.says(&[&of_all_tasks(0), "read crates/01-basic-coroutine/README.md"]);
    let did = course.xtask(&["check"]);
    assert_eq!(did.code, Some(1));
    assert!(did.line("1 basic-coroutine").contains("not started"));
    assert!(did.line("5 task-based-wait").contains("waits for 1"));
}

#[test]
fn a_timeline_waits_for_the_same_task_as_a_check() {
    let course = Course::fresh();
    course.hand_in(ONE, "fn {");
    for command in ["check", "timeline"] {
        let did = course.xtask(&[command, "3"]);
        assert_eq!(did.code, Some(1), "{command}: {}", did.out);
        did.says(&["waits for 1", "next: cargo xtask check 1"]);
    }
}

#[test]
fn who_mistypes_is_told_what_they_may_have_meant() {
    let course = Course::fresh();
    for (args, printed) in [
        (&["hint", "basic"][..], "did you mean 1 (basic-coroutine)?"),
        (&["hint", "1", "three"], "the steps are 1 (a nudge)"),
        (&["explain", "E-sequentail"], "did you mean E-sequential?"),
    ] {
        let did = course.xtask(args);
        assert_eq!(did.code, Some(2), "{args:?}");
        did.says(&[printed]);
    }
    course.xtask(&["hint", "crates/02-concurrent-coroutines/src/lib.rs"]).says(&["hint 1 of 3"]);
    for args in [&["help"][..], &["help", "check"]] {
        let did = course.xtask(args);
        assert_eq!((did.code, did.out.contains("Usage: cargo xtask")), (Some(0), true), "{args:?}");
    }
}

#[test]
fn every_code_is_explained_and_an_unknown_one_is_named() {
    let course = Course::fresh();
    let list = course.xtask(&["explain"]);
    for line in list.out.lines() {
        let code = line.split_whitespace().next().unwrap();
        let page = course.xtask(&["explain", code]);
        assert_eq!(page.code, Some(0), "{code}");
        page.says(&["The mistake", "The way out"]);
    }
    let did = course.xtask(&["explain", "E-nonsense"]);
    assert_eq!(did.code, Some(2));
    did.says(&["E-nonsense", "cargo xtask explain"]);
}

#[test]
fn hints_come_in_three_steps_and_each_names_the_next() {
    let course = Course::fresh();
    course.xtask(&["hint", "2"]).says(&["hint 1 of 3", "cargo xtask hint 2 2"]);
    course.xtask(&["hint", "wait_n", "2"]).says(&["hint 2 of 3", "cargo xtask hint 2 3"]);
    course.xtask(&["hint", "2", "3"]).says(&["hint 3 of 3", "cargo xtask check 2"]);
    assert_eq!(course.xtask(&["hint", "2", "4"]).code, Some(2));
}

#[test]
fn a_reset_keeps_what_was_written_and_says_where() {
    let course = Course::fresh();
    course.xtask(&["reset", "1"]).says(&["the stub already"]);
    for mine in ["// mine\n", "// mine, the second\n"] {
        course.hand_in(ONE, mine);
        let did = course.xtask(&["reset", "1"]);
        assert_eq!(did.code, Some(0), "{}", did.err);
        let kept = did
            .out
            .split_whitespace()
            .find(|word| word.starts_with("crates/01-basic-coroutine/kept/"))
            .unwrap();
        let kept = course.root.join(kept.trim_end_matches('.'));
        assert_eq!(std::fs::read_to_string(kept).unwrap(), mine);
        assert!(std::fs::read_to_string(course.lib(ONE)).unwrap().contains("todo!"));
    }
}

#[test]
fn a_copy_without_solutions_says_so() {
    let course = Course::fresh();
    let _ = std::fs::remove_dir_all(course.root.join("checker/solutions"));
    for args in [&["solution", "2"][..], &["solution", "2", "--anyway"]] {
        let did = course.xtask(args);
        assert_eq!(did.code, Some(2));
        did.says(&["without solutions", "cargo xtask hint 2"]);
    }
    course.hand_in(ONE, RIGHT);
    let did = course.xtask(&["timeline", "1", "--compare", "solution"]);
    assert_eq!(did.code, Some(2));
    did.says(&["without solutions", "--compare expected"]);
    assert!(!did.err.contains("checker/"), "{}", did.err);
    let _ = course.xtask(&["reset", "1"]);
    for args in [&[][..], &["check"], &["hint", "2", "3"], &["list"]] {
        let did = course.xtask(args);
        assert!(
            !did.out.contains("solution 2") && !did.out.contains("xtask solution"),
            "{}",
            did.out
        );
    }
}

#[test]
fn the_commands_are_there_at_the_top_and_everywhere_below_crates() {
    let inside = "crates/01-basic-coroutine";
    let (source, snapshots) = (format!("{inside}/src"), format!("{inside}/tests/snapshots"));
    for folder in ["", "crates", inside, &source, &snapshots] {
        let mut alias = Command::new("cargo");
        // an empty one would replace the flags that the checker needs
        alias.args(["xtask", "list"]).current_dir(repository().join(folder)).env("RUSTFLAGS", "");
        let output = alias.output().unwrap();
        let (out, err) = (&output.stdout, String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(out).contains("1 basic-coroutine"), "{folder}: {err}");
        // what takes long the first time is said in one sentence: a bar is nothing for a pipe
        assert!(err.is_empty() || err.starts_with("building the commands"), "{folder}: {err}");
        assert!(err.lines().count() <= 1 && !err.contains('\r'), "{folder}: {err}");
    }
}

#[test]
fn in_the_folder_of_a_task_or_below_it_that_task_is_meant() {
    let course = Course::fresh();
    let two = course.folder("02-concurrent-coroutines");
    for folder in [two.clone(), two.join("src"), two.join("tests/snapshots")] {
        course.xtask_in(&folder, &["hint"]).says(&["2 concurrent-coroutines · hint 1 of 3"]);
        course.xtask_in(&folder, &["hint", "1"]).says(&["1 basic-coroutine · hint 1 of 3"]);
        course.xtask_in(&folder, &["reset"]).says(&["02-concurrent-coroutines/src/lib.rs is the"]);
        for args in [&["check"][..], &["timeline"]] {
            let did = course.xtask_in(&folder, args);
            did.says(&["2 concurrent-coroutines", "next: cargo xtask check 1"]);
            assert!(!did.out.contains("3 measure-runtime"), "{args:?}: {}", did.out);
        }
        let did = course.xtask_in(&folder, &["check", "1"]);
        assert!(did.line("1 basic-coroutine").contains("not started"));
    }
    for folder in [course.root.join("crates"), course.root.clone()] {
        course.xtask_in(&folder, &["check"]).says(&["1 basic-coroutine", "5 task-based-wait"]);
        for command in ["hint", "reset", "solution", "timeline"] {
            let did = course.xtask_in(&folder, &[command]);
            assert_eq!(did.code, Some(2), "{command}: {}", did.out);
            did.says(&["which task?", &format!("next: name it, as in cargo xtask {command} 1")]);
        }
    }
}

#[test]
fn a_first_build_without_a_network_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let mut alias = Command::new("cargo");
    alias.args(["xtask", "list"]).current_dir(repository());
    alias.env("CARGO_HOME", home.path()).env("CARGO_NET_OFFLINE", "true");
    let output = alias.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{printed}");
    assert!(printed.contains("\n\n  next: unset CARGO_NET_OFFLINE"), "{printed}");
    assert!(printed.contains("connect once"), "{printed}");
}

#[test]
fn outside_of_the_course_the_commands_say_so() {
    let course = Course::fresh();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("check").current_dir(elsewhere.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("is not inside the course\n\n  next: ")
    );
    drop(course);
}
