//! Commands that compile the same crates at the same time don't disturb each other.
#![cfg(unix)]

mod course;

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::SystemTime;

use checker::tasks::TASKS;
use course::{Course, FOLDERS};
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::build::kit::ended::Ended;
use xtask::build::kit::rustc::{Call, Plainly};
use xtask::build::{Harness, Package};
use xtask::workspace::Workspace;

/// Lets another command do something just before the compiler is called for a certain crate.
struct Meanwhile<F> {
    krate: &'static str,
    job: F,
}

impl<F: Fn() + Send + Sync> Call for Meanwhile<F> {
    fn run(&self, call: &mut Command, read: &[PathBuf], write: &Path) -> io::Result<Ended> {
        if call.get_args().any(|arg| arg == self.krate) {
            (self.job)();
        }
        Plainly.run(call, read, write)
    }
}

/// What stands in the way of running a package.
fn trouble(package: &Package) -> Option<String> {
    let Some(Harness::Library(library, _)) = &package.harness else {
        let printed = package.not_built.iter().chain(&package.library_errors);
        return Some(printed.chain(&package.harness_errors).cloned().collect());
    };
    (!library.path.is_file()).then(|| format!("there is no {}", library.path.display()))
}

#[test]
fn a_library_that_another_command_compiles_anew_stays_as_it_was_for_those_who_use_it() {
    let course = Course::solved();
    assert_eq!(course.xtask(&["check", "1", "--builder", "kit"]).code, Some(0));
    let workspace = Workspace { root: course.root.clone() };
    let kit = Kit::of(&workspace, true).unwrap();
    let package = |compilation: &Compilation, task: usize| {
        compilation.package(&Crate::in_the_course(&workspace, TASKS[task])).unwrap()
    };
    for anew in [true, false] {
        let mark = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
        let source = std::fs::read_to_string(course.lib(&FOLDERS[0])).unwrap();
        course.hand_in(&FOLDERS[0], format!("{source}// {mark}\n"));
        // task 5 is built on task 4, and both on task 1, which is what the other command compiles anew
        let other = Arc::new(Compilation::new(kit.clone().compiling_anew()));
        let job = {
            let (other, workspace) = (Arc::clone(&other), workspace.clone());
            move || {
                let built_on_1 = Crate::in_the_course(&workspace, TASKS[1]);
                assert_eq!(trouble(&other.package(&built_on_1).unwrap()), None);
            }
        };
        let first = if anew { kit.clone().compiling_anew() } else { kit.clone() };
        let first = first.called_by(Arc::new(Meanwhile { krate: "task_based_wait", job }));
        let first = Compilation::new(first);
        assert_eq!(trouble(&package(&first, 4)), None, "anew: {anew}");
        // so does the other one, and the next, whatever it finds there
        for task in [4, 3, 1] {
            assert_eq!(trouble(&package(&other, task)), None, "task {}", task + 1);
            let next = Compilation::new(kit.clone());
            assert_eq!(trouble(&package(&next, task)), None, "task {}", task + 1);
        }
    }
}
