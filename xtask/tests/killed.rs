//! A compiler that is killed from outside is never the student's mistake, with either builder.
#![cfg(unix)]

mod course;

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use checker::tasks::TASKS;
use course::{Course, Did, FOLDERS};
use xtask::build::Package;
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::build::kit::ended::Ended;
use xtask::build::kit::rustc::{Call, Plainly};
use xtask::workspace::Workspace;

/// Kills the compiler the first few times that it is called.
struct Killer(AtomicUsize);

impl Call for Killer {
    fn run(&self, call: &mut Command, read: &[PathBuf], write: &Path) -> io::Result<Ended> {
        let less = |left: usize| left.checked_sub(1);
        if self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_err() {
            return Plainly.run(call, read, write);
        }
        let mut compiler = call.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        compiler.kill()?;
        let output = compiler.wait_with_output()?;
        Ok(Ended::of(output.status, &output.stderr, None))
    }
}

/// A source that was never compiled before.
fn mark() -> String {
    format!("\n// {}\n", SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos())
}

#[test]
fn the_kit_calls_a_compiler_that_is_killed_once_more_and_keeps_nothing_of_it() {
    let course = Course::solved_to(1);
    assert_eq!(course.xtask(&["check", "1", "--builder", "kit"]).code, Some(0));
    let workspace = Workspace { root: course.root.clone() };
    let kit = Kit::of(&workspace, true).unwrap();
    let source = std::fs::read_to_string(course.lib(&FOLDERS[0])).unwrap();
    let package = |times: usize| -> Package {
        let kit = kit.clone().called_by(Arc::new(Killer(times.into())));
        Compilation::new(kit).package(&Crate::in_the_course(&workspace, TASKS[0])).unwrap()
    };
    course.hand_in(&FOLDERS[0], source.clone() + &mark());
    let once = package(1);
    assert!(once.harness.is_some() && once.not_built.is_none(), "{:?}", once.library_errors);

    course.hand_in(&FOLDERS[0], source + &mark());
    let always = package(usize::MAX);
    let why = always.not_built.unwrap();
    assert!(why.contains("killed from outside (signal 9, SIGKILL)"), "{why}");
    assert!(always.harness.is_none() && always.library_errors.is_empty());
    let then = package(0);
    assert!(then.harness.is_some() && then.not_built.is_none(), "it is not kept");
}

/// Checks a task with cargo, and kills the compiler of the first task's crate this many times.
fn check_and_kill(course: &Course, task: &str, times: usize) -> (Option<i32>, String) {
    let place = course.root.join("target/killer");
    std::fs::create_dir_all(&place).unwrap();
    let (wrapper, left) = (place.join("rustc"), place.join("left"));
    std::fs::write(&left, "x".repeat(times)).unwrap();
    // each call of the compiler for the crate takes a letter away, and is killed as long as there is one
    let script = format!(
        "#!/bin/sh\ncase \" $* \" in *' --crate-name basic_coroutine '*)\n  letters=$(cat {left:?})\n  if [ -n \"$letters\" ]; then\n    printf '%s' \"${{letters#x}}\" > {left:?}\n    kill -9 $$\n  fi;;\nesac\nexec \"$@\"\n"
    );
    std::fs::write(&wrapper, script).unwrap();
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["check", task, "--builder", "cargo"]).env("RUSTC_WRAPPER", wrapper);
    let Did { code, out, err } = course.run(&mut command);
    (code, (out + &err).split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn cargo_calls_a_compiler_that_is_killed_once_more_and_then_says_so() {
    let course = Course::solved_to(2);
    let source = std::fs::read_to_string(course.lib(&FOLDERS[0])).unwrap();
    course.hand_in(&FOLDERS[0], source.clone() + &mark());
    let (code, printed) = check_and_kill(&course, "1", 1);
    assert_eq!(code, Some(0), "{printed}");
    course.hand_in(&FOLDERS[0], source + &mark());
    // nothing is known of a task that builds on it either
    for task in ["1", "2"] {
        let (code, printed) = check_and_kill(&course, task, 20);
        assert_eq!(code, Some(2), "{printed}");
        assert!(printed.contains("could not be judged"), "{printed}");
        assert!(printed.contains("killed from outside"), "{printed}");
    }
    let (code, printed) = check_and_kill(&course, "2", 0);
    assert_eq!(code, Some(0), "{printed}");
}
