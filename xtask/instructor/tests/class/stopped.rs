//! The grading of a class is stopped, by ^C or by the program that has started it.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use checker::verdict::Outcome;
use instructor::class::results::Student;
use rustix::process::{Pid, Signal, kill_process};

use crate::course::{Class, ENDLESS, FOLDERS, outcomes, program};

/// How many verdicts are kept.
fn graded(class: &Class) -> usize {
    let entries = std::fs::read_dir(class.path("out/graded"));
    entries.map_or(0, |entries| entries.flatten().count())
}

#[test]
fn what_is_interrupted_goes_on() {
    let class = Class::new();
    for index in 0..4 {
        let name = format!("s{index}");
        class.hand_in(&name, &FOLDERS[0], format!("{}// {name}\n", class.solution(&FOLDERS[0])));
    }
    for index in 4..8 {
        class.hand_in(&format!("s{index:02}x"), &FOLDERS[0], format!("{ENDLESS}// {index}\n"));
    }
    let (submissions, report) = (class.path("in"), class.path("out"));
    let mut command = Command::new(program());
    command.args(["check", "--submissions"]).arg(submissions).arg("--report").arg(report);
    let mut running = command.current_dir(&class.root).env("INSTA_UPDATE", "no").spawn().unwrap();
    let graded = || graded(&class);
    while graded() < 2 {
        assert_eq!(running.try_wait().unwrap(), None, "it ends before it can be interrupted");
        sleep(Duration::from_millis(20));
    }
    kill_process(Pid::from_child(&running), Signal::INT).unwrap();
    assert_eq!(running.wait().unwrap().code(), Some(2));
    let before = graded();
    assert!((2..8).contains(&before), "{before}");
    assert!(!class.path("out/results.json").exists());
    let (code, printed) = class.grade("out", &["--resume"]);
    assert_eq!(code, Some(0), "{printed}");
    let results = class.results("out");
    assert_eq!(results.students.len(), 8);
    let ended = results.students.iter().flat_map(outcomes);
    assert_eq!(ended.filter(|outcome| *outcome == Outcome::Passed).count(), 4);
}

/// Whether a program is running whose command line contains this.
fn at_work(words: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).into_owned()).any(|line| line.contains(words))
}

#[test]
fn what_is_interrupted_while_it_is_compiled_is_compiled_anew() {
    let class = Class::new();
    // right, but long
    let more = |index| format!("pub fn f{index}() -> String {{ format!(\"{index}\") }}\n");
    let more: String = (0..4000).map(more).collect();
    for name in ["ann", "ben", "cem"] {
        let own = format!("{}// {name} {:?}\n", class.solution(&FOLDERS[0]), class.place.path());
        class.hand_in(name, &FOLDERS[0], own + &more);
    }
    let (submissions, report) = (class.path("in"), class.path("out"));
    let mut command = Command::new(program());
    command.args(["check", "--submissions"]).arg(submissions).arg("--report").arg(report);
    let mut running = command.current_dir(&class.root).env("INSTA_UPDATE", "no").spawn().unwrap();
    // what is compiled lies in a folder that is called after the process
    while !at_work(&format!("/built/.{}-", running.id())) {
        assert_eq!(running.try_wait().unwrap(), None, "it ends before it can be interrupted");
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(100));
    kill_process(Pid::from_child(&running), Signal::INT).unwrap();
    assert_eq!(running.wait().unwrap().code(), Some(2));
    let (code, printed) = class.grade("out", &["--resume"]);
    assert_eq!(code, Some(0), "{printed}");
    let first = |student: &Student| outcomes(student)[0];
    assert!(class.results("out").students.iter().all(|one| first(one) == Outcome::Passed));
}

#[test]
fn what_ends_the_command_ends_the_grading() {
    let class = Class::new();
    for index in 0..12 {
        class.hand_in(&format!("s{index:02}"), &FOLDERS[0], format!("{ENDLESS}// {index}\n"));
    }
    let (submissions, report) = (class.path("in"), class.path("out"));
    let mut command = Command::new("cargo");
    command.args(["xtask", "check", "--jobs", "1", "--fresh", "--submissions"]).arg(submissions);
    command.arg("--report").arg(&report).current_dir(&class.root).stdout(Stdio::piped());
    let mut running = command.env("INSTA_UPDATE", "no").env_remove("RUSTFLAGS").spawn().unwrap();
    while graded(&class) < 1 {
        assert_eq!(running.try_wait().unwrap(), None, "it ends before it can be stopped");
        sleep(Duration::from_millis(20));
    }
    kill_process(Pid::from_child(&running), Signal::TERM).unwrap();
    let ended = running.wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&ended.stdout).replace("\n  ", " ");
    assert_eq!(ended.status.code(), Some(2), "{printed}");
    assert!(
        printed.contains("the same command without --fresh goes on with the rest"),
        "{printed}"
    );
    assert!(!at_work(report.to_str().unwrap()), "it is still graded");
    assert!(!report.join("results.json").exists());
}
