//! Two commands never write into one report at the same time, and a lock never blocks later commands.

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::course::{Class, ENDLESS, FOLDERS, in_a_line, program};

/// Begins to grade into `out`, and waits until the grading runs.
fn begin(class: &Class, args: &[&str]) -> Child {
    let mut command = Command::new(program());
    command.args(["check", "--jobs", "1", "--submissions"]).arg(class.path("in"));
    command.arg("--report").arg(class.path("out")).args(args);
    command.current_dir(&class.root).env("INSTA_UPDATE", "no").stdout(Stdio::null());
    let mut running = command.spawn().unwrap();
    while std::fs::read(class.path("out/.lock")).unwrap_or_default().is_empty() {
        assert_eq!(running.try_wait().unwrap(), None, "it ends before it is seen at work");
        sleep(Duration::from_millis(5));
    }
    running
}

#[test]
fn a_second_command_is_refused_at_once_and_changes_nothing() {
    let class = Class::new();
    let solution = class.solution(&FOLDERS[0]);
    class.hand_in("ann", &FOLDERS[0], &solution);
    class.hand_in("ben", &FOLDERS[0], &solution);
    assert_eq!(class.grade("out", &[]).0, Some(0));
    assert_eq!(class.grade("other", &["--shard", "1/1"]).0, Some(0));
    assert!(!class.path("out/.lock").exists());
    // long enough at work for all that follows
    for name in ["ann", "dan", "eve"] {
        class.hand_in(name, &FOLDERS[0], format!("{ENDLESS}// {name}\n"));
    }
    class.hand_in("ben", &FOLDERS[0], "fn open( {");
    let mut first = begin(&class, &["--only", "ann", "dan", "eve"]);
    let results = || std::fs::read(class.path("out/results.json")).unwrap();
    let before = results();

    let (code, only) = class.grade("out", &["--only", "ben"]);
    let (other, out) = (class.path("other"), class.path("out"));
    let joined = class.run(&["report", other.to_str().unwrap(), "--report", out.to_str().unwrap()]);
    assert_eq!(first.try_wait().unwrap(), None, "the first one is at work all the time");
    assert_eq!((code, joined.status.code()), (Some(2), Some(2)), "{only}");
    assert!(!only.contains("making ready"), "it has begun: {only}");
    for printed in [only, String::from_utf8_lossy(&joined.stderr).into_owned()] {
        let says = format!("process {} on ", first.id());
        assert!(
            printed.contains(&says) && printed.contains("\n\n  next: repeat this one"),
            "{printed}"
        );
    }
    assert_eq!(results(), before);

    // both of them are graded, one after the other
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(class.grade("out", &["--only", "ben"]).0, Some(0));
    let points: Vec<f64> = class.results("out").students.iter().map(|own| own.points).collect();
    assert_eq!(points, [0.0; 4]);
}

#[test]
fn a_lock_of_a_process_that_was_ended_hinders_nobody() {
    let class = Class::new();
    for index in 0..4 {
        class.hand_in(&format!("s{index}"), &FOLDERS[0], format!("{ENDLESS}// {index}\n"));
    }
    for (signal, told) in [(Signal::KILL, true), (Signal::TERM, false), (Signal::INT, false)] {
        let mut running = begin(&class, &["--fresh"]);
        // what it has started holds no lock either
        sleep(Duration::from_millis(500));
        kill_process(Pid::from_child(&running), signal).unwrap();
        running.wait().unwrap();
        assert_eq!(class.path("out/.lock").exists(), told, "{signal:?}");
        let away = class.path("away");
        std::fs::rename(class.path("in"), &away).unwrap();
        class.hand_in("ann", &FOLDERS[0], "fn open( {");
        let (code, printed) = class.grade("out", &[]);
        assert_eq!(code, Some(0), "{printed}");
        let note = format!("note: an earlier grading (process {} on ", running.id());
        assert_eq!(in_a_line(&printed).contains(&note), told, "{signal:?}: {printed}");
        assert!(!class.path("out/.lock").exists());
        std::fs::remove_dir_all(class.path("in")).unwrap();
        std::fs::rename(&away, class.path("in")).unwrap();
    }
}
