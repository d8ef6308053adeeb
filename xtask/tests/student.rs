//! Runs the commands on a copy of the course as a student has it: with stubs, and without solutions.

mod course;

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
fn what_a_wrong_solution_did_is_shown_and_told() {
    let course = Course::fresh();
    course.hand_in(ONE, WRONG);
    let did = course.xtask(&["check"]);
    assert_eq!(did.code, Some(1));
    assert!(did.line("1 basic-coroutine").contains("E-fixed-delay"));
    assert!(did.line("4 tasks").contains("waits for 1"));
    did.says(&[
        "call 1",
        "the same delay of 5 s",
        "It printed: ::error::printed",
        "cargo xtask explain E-fixed-delay",
    ]);
}

#[test]
fn what_does_not_compile_is_shown_in_the_compilers_words() {
    let course = Course::fresh();
    course.hand_in(ONE, "fn {");
    let did = course.xtask(&["check"]);
    assert!(did.line("1 basic-coroutine").contains("E-compile"));
    assert!(did.line("4 tasks").contains("waits for 1"));
    did.says(&["crates/01-basic-coroutine/src/lib.rs:1:"]);
    course.hand_in(ONE, b"// \xff\xfe not UTF-8\n");
    course.xtask(&["check", "1"]).says(&["E-compile", "UTF-8"]);
    course.hand_in(ONE, "");
    course.xtask(&["check", "1"]).says(&[
        "E-signature",
        "pub async fn wait_random<R: Rng>(mut rng: R",
        "next: cargo xtask reset 1",
    ]);
}

#[test]
fn advice_of_the_compiler_that_leads_astray_is_replaced() {
    let course = Course::fresh();
    for (source, helps, harms) in [
        (RIGHT.replace(".await", ""), "write `tokio::time::sleep(delay).await`", "let _"),
        (
            format!("use basic_corutine::wait;\n{RIGHT}"),
            "it can use `futures`, `rand`",
            "cargo add",
        ),
        (RIGHT.replace("pub async", "async"), "It lacks `pub`", "check.rs"),
        (
            RIGHT.replace("sleep(", "delay_for("),
            "write `tokio::time::sleep(delay).await`",
            "cargo add",
        ),
        (RIGHT.replace("wait_random", "wait_rand"), "It has `wait_rand`: the name has", "check.rs"),
    ] {
        course.hand_in(ONE, &source);
        let did = course.xtask(&["check", "1"]);
        did.says(&[helps]);
        assert!(!did.out.contains(harms), "{harms}: {}", did.out);
    }
}

#[test]
fn what_no_grader_runs_is_told_at_once_whatever_the_compiler_says() {
    let course = Course::fresh();
    let outside = format!("use std::{{\n    fs,\n}};\n{RIGHT}");
    for (source, code, line) in [
        (outside.clone(), "E-forbidden-api", 2),
        // a class says this first, too
        (format!("{outside}fn {{"), "E-forbidden-api", 2),
        (format!("{RIGHT}fn a() {{ unsafe {{}} }}"), "E-unsafe", 9),
    ] {
        course.hand_in(ONE, &source);
        for args in [&["check", "1"][..], &["check", "1", "--builder", "cargo"], &["timeline", "1"]]
        {
            let did = course.xtask(args);
            assert_eq!(did.code, Some(1), "{args:?}: {}", did.err);
            did.says(&[code, &format!("at crates/01-basic-coroutine/src/lib.rs:{line} ")]);
            assert!(!did.out.contains("error"), "{}", did.out);
        }
        let did = course.xtask(&["check", "1", "--format", "github"]);
        did.says(&[&format!("::error file=crates/01-basic-coroutine/src/lib.rs,line={line},")]);
    }
    // the tests of one's own are never run by a grader
    course.hand_in(ONE, format!("{RIGHT}\n#[cfg(test)]\nmod tests {{\n    use std::fs;\n}}\n"));
    assert_eq!(course.xtask(&["check", "1"]).code, Some(0));
}

#[test]
fn what_no_grader_has_is_told_and_taken_back() {
    let course = Course::fresh();
    let manifest = course.folder(ONE).join("Cargo.toml");
    let original = std::fs::read_to_string(&manifest).unwrap();
    let own = original.replace("[dependencies]\n", "[dependencies]\nitertools = \"0.14\"\n");
    std::fs::write(&manifest, &own).unwrap();
    let line = 1 + own.lines().position(|line| line.starts_with("itertools")).unwrap();
    let place = format!("at crates/01-basic-coroutine/Cargo.toml:{line} ");
    course.hand_in(ONE, RIGHT);
    // nothing is built, so nothing needs to be downloaded
    for builder in [&[][..], &["--builder", "cargo"], &["--builder", "kit"]] {
        let did = course.xtask(&[&["check", "1"], builder].concat());
        assert_eq!(did.code, Some(1), "{}", did.err);
        did.says(&[
            "E-extra-crate",
            "A grader has no crate `itertools`",
            "it can use `futures`, `rand`,",
            &place,
            "next: cargo xtask reset 1 --manifest",
        ]);
        assert!(course.xtask(&["check"]).line("4 tasks").contains("waits for 1"));
    }
    let did = course.xtask(&["reset", "1", "--manifest"]);
    assert_eq!(did.code, Some(0), "{}", did.err);
    did.says(&[
        "kept as crates/01-basic-coroutine/kept/Cargo-1.toml",
        "is as it was handed out again",
    ]);
    assert_eq!(std::fs::read_to_string(&manifest).unwrap(), original);
    let kept = course.folder(ONE).join("kept/Cargo-1.toml");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), own);
    assert_eq!(std::fs::read_to_string(course.lib(ONE)).unwrap(), RIGHT, "it is left alone");
    assert_eq!(course.xtask(&["check", "1"]).code, Some(0));
    course.xtask(&["reset", "1", "--manifest"]).says(&["is as it was handed out already"]);
    // who uses the crate without it is told why it is not there
    course.hand_in(ONE, format!("use itertools::Itertools;\n{RIGHT}"));
    course
        .xtask(&["check", "1"])
        .says(&["E-compile", "a grader has no other crate, whatever Cargo.toml says"]);
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

#[test]
fn a_right_solution_of_ones_own_is_right_and_nothing_else() {
    let course = Course::fresh();
    // a student's copy has none, and nobody who reviews
    let _ = std::fs::remove_dir_all(course.root.join("xtask/instructor"));
    let in_two = RIGHT.replace(
        "sleep(delay)",
        "sleep(Duration::from_millis(ms / 2)).await;\n    tokio::time::sleep(Duration::from_millis(ms - ms / 2))",
    );
    course.hand_in(ONE, format!("{in_two}fn unused() {{}}\nfn further() {{}}\n"));
    let mut check = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let did = course.run(check.args(["check", "1"]).env("CI", ""));
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    did.says(&["2 warnings of the compiler: cargo check -p basic-coroutine"]);
    assert!(!did.out.contains("insta") && !did.out.contains("never used"), "{}", did.out);
    assert_eq!(did.out.matches("next:").count(), 1, "{}", did.out);
    let snapshots = std::fs::read_dir(course.folder(ONE).join("tests/snapshots")).unwrap();
    assert!(snapshots.flatten().all(|entry| entry.path().extension().unwrap() == "snap"));
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
    for (args, said) in [
        (&["hint", "basic"][..], "did you mean 1 (basic-coroutine)?"),
        (&["hint", "1", "three"], "the steps are 1 (a nudge)"),
        (&["explain", "E-sequentail"], "did you mean E-sequential?"),
    ] {
        let did = course.xtask(args);
        assert_eq!(did.code, Some(2), "{args:?}");
        did.says(&[said]);
    }
    course.xtask(&["hint", "crates/02-concurrent-coroutines/src/lib.rs"]).says(&["hint 1 of 3"]);
    for args in [&["help"][..], &["help", "check"]] {
        let did = course.xtask(args);
        assert_eq!((did.code, did.out.contains("Usage: cargo xtask")), (Some(0), true), "{args:?}");
    }
}

#[test]
fn github_is_told_by_annotations_and_a_summary() {
    let course = Course::fresh();
    course.hand_in(ONE, WRONG);
    let dir = tempfile::tempdir().unwrap();
    let summary = dir.path().join("summary.md");
    std::fs::write(&summary, "what another step wrote\n").unwrap();
    let check = |summary: &std::path::Path| {
        course.run(
            Command::new(env!("CARGO_BIN_EXE_xtask"))
                .args(["check", "--format", "github"])
                .env("GITHUB_STEP_SUMMARY", summary)
                .env("GITHUB_WORKSPACE", &course.root),
        )
    };
    let did = check(&summary);
    assert_eq!(did.code, Some(1), "{}{}", did.out, did.err);
    let error: Vec<&str> = did.out.lines().filter(|line| line.starts_with("::error")).collect();
    assert_eq!(error.len(), 1, "{}", did.out);
    assert!(
        error[0].starts_with("::error file=crates/01-basic-coroutine/src/lib.rs,"),
        "{error:?}"
    );
    assert!(error[0].contains("title=1 basic-coroutine%3A "), "{error:?}");
    let notice = format!("::notice title=Await & See::{} are right", of_all_tasks(0));
    assert!(did.out.contains(&notice), "{}", did.out);
    // the screen comes first, and nothing in it is a command
    let (stop, rest) = did.out.split_once('\n').unwrap();
    let word = stop.strip_prefix("::stop-commands::").unwrap();
    let (screen, commands) = rest.split_once(&format!("\n::{word}::\n")).unwrap();
    assert!(screen.contains("E-fixed-delay") && screen.contains("::error::printed"), "{screen}");
    assert!(commands.lines().all(|line| line.starts_with("::")), "{commands}");

    let written = std::fs::read_to_string(&summary).unwrap();
    assert!(written.starts_with("what another step wrote\n## Await & See: 0 of "), "{written}");
    for words in ["| 1 basic-coroutine (`wait_random`) | ✗ ", "`E-fixed-delay`", "```text\n", "───"]
    {
        assert!(written.contains(words), "{words:?} not in:\n{written}");
    }

    let did = check(&dir.path().join("no-such-folder/summary.md"));
    assert_eq!(did.code, Some(2));
    did.says(&["E-fixed-delay", "cannot write the job summary", "no-such-folder"]);
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

/// A folder with only the Rust toolchain, and no other program.
#[cfg(unix)]
fn only_the_toolchain() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let asked = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = String::from_utf8(asked.stdout).unwrap();
    for program in ["cargo", "rustc"] {
        let from = std::path::Path::new(sysroot.trim()).join("bin").join(program);
        std::os::unix::fs::symlink(from, folder.path().join(program)).unwrap();
    }
    folder
}

#[test]
#[cfg(unix)]
fn a_machine_without_a_linker_is_no_fault_of_the_students() {
    let course = Course::fresh();
    // nothing that was linked before may do
    let unlike_any_other = format!("{RIGHT}// {:?}\n", std::time::SystemTime::now());
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
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("\n\n  next: unset CARGO_NET_OFFLINE"), "{said}");
    assert!(said.contains("connect once"), "{said}");
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

#[test]
fn what_the_compiler_warns_of_is_shown_beside_the_verdict() {
    let course = Course::fresh();
    course.hand_in(
        ONE,
        "use std::time::Duration;
pub async fn wait_random<R: rand::Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = rand::RngExt::random_range(&mut rng, Duration::ZERO..=max_delay);
    tokio::time::sleep(delay);
    delay
}
",
    );
    course.xtask(&["check", "1"]).says(&[
        "E-sleep-not-awaited",
        "its sleep is never awaited",
        "The compiler warns:",
        "futures do nothing unless you `.await`",
    ]);
}
