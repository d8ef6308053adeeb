//! The two builders give the same verdicts, and never use outdated results.

mod course;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use course::{Course, Did, copy};

const ONE: &str = "01-basic-coroutine";
const TWO: &str = "02-concurrent-coroutines";
const FOUR: &str = "04-tasks";

/// A right solution of task 1.
const RIGHT: &str = "use std::time::Duration;

use rand::{Rng, RngExt};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::time::sleep(delay).await;
    delay
}
";

/// A wrong one.
fn wrong() -> String {
    RIGHT.replace("sleep(delay).await", "sleep(max_delay).await")
}

/// Checks task 1 by one of the builders.
fn check(course: &Course, builder: &str) -> Did {
    course.xtask(&["check", "1", "--builder", builder])
}

/// The JSON report on task 1 by both builders. They must agree.
fn both(course: &Course, why: &str) -> String {
    let by = |builder| {
        let did = course.xtask(&["check", "1", "--format", "json", "--builder", builder]);
        assert!(!did.out.is_empty(), "{why}: {}", did.err);
        did.out
    };
    let (kit, cargo) = (by("kit"), by("cargo"));
    assert_eq!(kit, cargo, "{why}");
    kit
}

#[test]
fn an_older_file_over_a_newer_one_is_judged_for_what_it_is() {
    let course = Course::fresh();
    for builder in ["kit", "cargo"] {
        course.hand_in(ONE, RIGHT);
        assert_eq!(check(&course, builder).code, Some(0), "{builder}");
        let old = SystemTime::now() - Duration::from_secs(3600);
        // that another file is new doesn't hide it
        let main = course.folder(ONE).join("src/main.rs");
        std::fs::write(&main, std::fs::read(&main).unwrap()).unwrap();
        course.hand_in(ONE, wrong());
        let file = std::fs::File::options().write(true).open(course.lib(ONE)).unwrap();
        file.set_modified(old).unwrap();
        let did = check(&course, builder);
        assert_eq!(did.code, Some(1), "{builder}: {}", did.out);
        assert!(did.line("basic-coroutine").contains("E-"), "{builder}: {}", did.out);
    }
}

/// Another course with the same target folder.
#[cfg(unix)]
fn beside(course: &Course) -> PathBuf {
    let other = course.root.with_file_name("course-beside");
    for part in [".cargo", "Cargo.toml", "Cargo.lock", "checker", "crates", "xtask"] {
        copy(&course.root.join(part), &other.join(part));
    }
    if !other.join("target").exists() {
        std::os::unix::fs::symlink(course.root.join("target"), other.join("target")).unwrap();
    }
    other
}

#[test]
#[cfg(unix)]
fn two_workspaces_that_share_a_target_folder_dont_disturb_each_other() {
    let course = Course::fresh();
    let other = beside(&course);
    let lib = |root: &Path| root.join("crates").join(ONE).join("src/lib.rs");
    for builder in ["kit", "cargo"] {
        for (ours, theirs) in [(RIGHT.to_string(), wrong()), (wrong(), RIGHT.to_string())] {
            std::fs::write(lib(&course.root), &ours).unwrap();
            std::fs::write(lib(&other), &theirs).unwrap();
            for (root, source) in [(&course.root, &ours), (&other, &theirs), (&course.root, &ours)]
            {
                let did = course.xtask_in(root, &["check", "1", "--builder", builder]);
                let right = *source == RIGHT;
                assert_eq!(did.code, Some(i32::from(!right)), "{builder}: {}", did.out);
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn the_same_file_is_built_once_wherever_it_lies() {
    let course = Course::fresh();
    let other = beside(&course);
    let source = format!("{RIGHT}// {:?}\n", SystemTime::now());
    let made = || {
        let kits = std::fs::read_dir(course.root.join("target/await-and-see/kit")).unwrap();
        let built =
            kits.flatten().filter_map(|kit| std::fs::read_dir(kit.path().join("built")).ok());
        built.flatten().count()
    };
    let before = made();
    course.hand_in(ONE, &source);
    assert_eq!(check(&course, "kit").code, Some(0));
    let after = made();
    assert!(after > before);
    std::fs::write(other.join("crates").join(ONE).join("src/lib.rs"), &source).unwrap();
    assert_eq!(course.xtask_in(&other, &["check", "1", "--builder", "kit"]).code, Some(0));
    assert_eq!(made(), after);
}

#[test]
fn many_checks_at_the_same_time_each_get_their_verdict() {
    let course = Course::fresh();
    course.hand_in(ONE, RIGHT);
    assert_eq!(check(&course, "kit").code, Some(0));
    // nothing of this was ever built: all of them want to build it
    course.hand_in(ONE, format!("{RIGHT}// {:?}\n", SystemTime::now()));
    std::thread::scope(|scope| {
        let checks: Vec<_> = (0..6).map(|_| scope.spawn(|| check(&course, "kit"))).collect();
        for check in checks {
            let did = check.join().unwrap();
            assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
        }
    });
}

#[test]
fn what_is_unusual_in_a_file_is_said_alike_by_both_builders() {
    let course = Course::fresh();
    let in_front = |line: &str| format!("{line}\n{RIGHT}");
    let behind = |text: &str| format!("{RIGHT}{text}");
    for (source, why) in [
        (RIGHT.to_string(), "a right one"),
        (RIGHT.trim_end().to_string(), "no end of line"),
        (RIGHT.replace('\n', "\r\n"), "lines end as on Windows"),
        (behind("fn open() {"), "an open brace"),
        (behind("}"), "a brace too many"),
        (behind("#[test]"), "an attribute of nothing"),
        (behind("#[cfg(any())]"), "an attribute that takes away what follows"),
        (behind("/// of nothing"), "documentation of nothing"),
        (behind("/* open"), "an open comment"),
        (behind("const TEXT: &str = \"open"), "an open string"),
        (behind("use basic_coroutine::wait_random as _;"), "its own name"),
        (behind("use checker::worker::clock;"), "a crate that only harnesses may use"),
        (behind("use kit::tokio;"), "a crate that only the kit has"),
        (behind("use self::await_and_see_function as _;"), "what only the kit writes"),
        (behind("mod basic_coroutine {}"), "a module with the name of the crate"),
        (behind("mod missing;"), "a module without a file"),
        (behind("fn unused() {}"), "a warning"),
        (behind("fn u() { unsafe { std::hint::unreachable_unchecked() } }"), "unsafe code"),
        (in_front("#![forbid(missing_docs)]"), "a lint that is forbidden"),
        (in_front("#![deny(unreachable_pub, dead_code, unused)]"), "lints"),
        (in_front("#![doc = include_str!(\"../README.md\")]"), "the lesson as documentation"),
        (in_front("#![no_implicit_prelude]"), "no prelude"),
        (behind("const _: () = assert!(cfg!(debug_assertions));"), "debug assertions"),
        (RIGHT.replace("-> Duration", "-> u64"), "types that don't fit"),
        (RIGHT.replace("pub async", "async"), "a function that is private"),
        (RIGHT.replace("wait_random", "wait"), "another name"),
        (RIGHT.replace("R: Rng>(mut rng: R", "R: Rng>(rng: &mut R"), "another signature"),
        (RIGHT.replace("delay\n}", "undefined\n}"), "a name that is not there"),
        (
            RIGHT
                .replace("let delay", "let rc = std::rc::Rc::new(1); let delay")
                .replace("    delay\n", "    drop(rc);\n    delay\n"),
            "not Send",
        ),
        (String::new(), "an empty file"),
    ] {
        course.hand_in(ONE, &source);
        let printed = both(&course, why);
        let own = source.contains("await_and_see");
        assert!(own || !printed.contains("await_and_see"), "{why}: {printed}");
    }
    course.hand_in(ONE, b"// \xff\n");
    both(&course, "not UTF-8");
}

#[test]
fn modules_in_further_files_are_part_of_a_solution() {
    let course = Course::fresh();
    let inner = course.folder(ONE).join("src/inner");
    std::fs::create_dir_all(&inner).unwrap();
    let file = inner.join("mod.rs");
    course.hand_in(ONE, "mod inner;\npub use crate::inner::wait_random;\n");
    std::fs::write(&file, RIGHT).unwrap();
    assert!(both(&course, "right").contains("\"passed\""));
    std::fs::write(&file, wrong()).unwrap();
    assert!(both(&course, "wrong in a module").contains("\"failed\""));
    std::fs::write(&file, RIGHT.replace("delay\n}", "delay +\n}")).unwrap();
    let printed = both(&course, "does not compile in a module");
    assert!(printed.contains("--> crates/01-basic-coroutine/src/inner/mod.rs:"), "{printed}");
    std::fs::remove_dir_all(&inner).unwrap();
}

#[test]
fn a_file_that_a_macro_would_read_is_refused_as_a_grader_refuses_it() {
    let course = Course::fresh();
    let more = course.folder(ONE).join("more.rs");
    std::fs::write(&more, RIGHT).unwrap();
    course.hand_in(ONE, "include!(\"../more.rs\");\n");
    let printed = both(&course, "it has no such file");
    assert!(printed.contains("E-forbidden-api") && printed.contains("include!"), "{printed}");
    std::fs::remove_file(&more).unwrap();
}

#[test]
fn what_a_task_builds_on_is_built_anew_when_it_changes() {
    let course = Course::solved_to(2);
    let check = || course.xtask(&["check", "2", "--builder", "kit"]);
    assert_eq!(check().code, Some(0));
    let right = std::fs::read_to_string(course.lib(ONE)).unwrap();
    course.hand_in(ONE, wrong());
    let did = check();
    assert!(did.line("2 concurrent-coroutines").contains("waits for 1"), "{}", did.out);
    course.hand_in(ONE, "pub fn wait_random() {}\n");
    assert!(check().line("2 concurrent-coroutines").contains("waits for 1"));
    course.hand_in(ONE, right);
    assert_eq!(check().code, Some(0));
    course.hand_in(TWO, course.known(TWO, "awaits-in-a-loop.rs"));
    assert!(check().line("2 concurrent-coroutines").contains("E-sequential"));
}

#[test]
fn what_only_cargo_can_build_is_built_by_cargo() {
    let course = Course::fresh();
    let manifest = course.folder(FOUR).join("Cargo.toml");
    let plain = std::fs::read_to_string(&manifest).unwrap();
    course.hand_in(ONE, RIGHT);
    course.hand_in(
        FOUR,
        "use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(rng: R, max_delay: Duration) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}
",
    );
    std::fs::write(
        &manifest,
        // the same, in other words
        plain.replace("rand.workspace = true", "rand = \"0.10\""),
    )
    .unwrap();
    let did = course.xtask(&["check", "4"]);
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    let did = course.xtask(&["check", "4", "--builder", "kit"]);
    assert_eq!(did.code, Some(2));
    did.says(&["crates/04-tasks/Cargo.toml", "[dependencies]", "--builder cargo"]);
    std::fs::write(&manifest, plain).unwrap();
    assert_eq!(course.xtask(&["check", "4", "--builder", "kit"]).code, Some(0));
}

#[test]
fn what_a_manifest_no_longer_says_counts_as_well() {
    let course = Course::fresh();
    let manifest = course.folder(ONE).join("Cargo.toml");
    let plain = std::fs::read_to_string(&manifest).unwrap();
    let without = |line: &str| {
        assert!(plain.contains(line), "{line}");
        std::fs::write(&manifest, plain.replace(line, "")).unwrap();
    };
    without("futures.workspace = true\n");
    course.hand_in(ONE, format!("{RIGHT}use futures as _;\n"));
    for builder in ["kit", "cargo"] {
        check(&course, builder).says(&["E-extra-crate", "lacks `futures` in [dependencies]"]);
    }
    without("[lints]\nworkspace = true\n");
    check(&course, "kit").says(&["[lints]"]);
    without("harness = false\n");
    check(&course, "kit").says(&["[test]"]);
    without("edition.workspace = true\n");
    check(&course, "kit").says(&["E-extra-crate", "`edition` in [package]"]);
    std::fs::write(&manifest, &plain).unwrap();
    assert_eq!(check(&course, "kit").code, Some(0));
}

#[test]
fn where_the_kit_cant_be_made_cargo_builds_and_nobody_is_bothered() {
    let course = Course::fresh();
    course.hand_in(ONE, RIGHT);
    assert_eq!(check(&course, "kit").code, Some(0));
    let kits = course.root.join("target/await-and-see/kit");
    let kit = std::fs::read_dir(&kits)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.join("kit.json").is_file())
        .unwrap();
    let aside = kits.join("aside");
    std::fs::rename(&kit, &aside).unwrap();
    std::fs::create_dir(&kit).unwrap();
    std::fs::write(kit.join("unusable.txt"), "there is no linker").unwrap();
    let did = course.xtask(&["check", "1"]);
    assert_eq!((did.code, did.err.contains("linker")), (Some(0), false), "{}", did.err);
    assert!(!kit.join("kit.json").exists(), "it is not tried again");
    // unless somebody insists
    assert_eq!(check(&course, "kit").code, Some(0));
    std::fs::remove_dir_all(&aside).unwrap();
}

#[test]
fn manifests_that_are_lost_are_noted_and_nobody_fails_for_that() {
    let course = Course::fresh();
    course.hand_in(ONE, RIGHT);
    let own = course.root.join("checker/manifests/01-basic-coroutine.toml");
    std::fs::remove_file(own).unwrap();
    let did = course.xtask(&["check", "1"]);
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    did.says(&[
        "passed",
        "note: checker/manifests/01-basic-coroutine.toml is missing, or can't be read.",
        "`git checkout -- checker/manifests`",
    ]);
    let json = course.xtask(&["check", "1", "--format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["notes"].as_array().map(Vec::len), Some(1), "{json}");
}

/// A folder with only the Rust toolchain, and no other program.
#[cfg(unix)]
fn only_the_toolchain() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let asked = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = String::from_utf8(asked.stdout).unwrap();
    for program in ["cargo", "rustc"] {
        let from = Path::new(sysroot.trim()).join("bin").join(program);
        std::os::unix::fs::symlink(from, folder.path().join(program)).unwrap();
    }
    folder
}

#[test]
#[cfg(unix)]
fn a_machine_without_a_linker_is_no_fault_of_the_students() {
    let course = Course::fresh();
    // nothing that was linked before may do
    let unlike_any_other = format!("{RIGHT}// {:?}\n", SystemTime::now());
    course.hand_in(ONE, unlike_any_other);
    let path = only_the_toolchain();
    let mut check = Command::new(env!("CARGO_BIN_EXE_xtask"));
    check.args(["check", "1", "--builder", "cargo"]).env("PATH", path.path());
    let did = course.run(check.env_remove("CARGO"));
    assert_eq!((did.code, did.out.as_str()), (Some(2), ""), "{}", did.err);
    did.says(&["this machine has none", "linker `cc` not found", "next: "]);
    #[cfg(target_os = "linux")]
    did.says(&["sudo apt install build-essential"]);
}
