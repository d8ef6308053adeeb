//! What a check says about the files of a student: a verdict, and what to do next.

use std::process::Command;

use crate::course::{Course, of_all_tasks};
use crate::{ONE, RIGHT, WRONG};

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
