//! Runs the commands on a copy of the course, with known solutions, right and wrong. (Tests that need no known solution are
//! in `student.rs`, which a student's copy has, too.)

mod course;

use std::process::Command;
use std::time::{Duration, SystemTime};

use checker::tasks::TASKS;
use course::{Course, of_all_points};

const ONE: &str = "01-basic-coroutine";
const TWO: &str = "02-concurrent-coroutines";
const FOUR: &str = "04-tasks";

#[test]
fn all_tasks_solved_are_right_and_the_course_is_done() {
    let course = Course::solved();
    let did = course.xtask(&["check"]);
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    did.says(&["the course is done"]);
    assert!(!did.out.contains('\u{1b}'), "no colour in a pipe: {:?}", did.out);
    course.xtask(&["list"]).says(&[&of_all_points(TASKS.len()), "concurrency within one task"]);
}

#[test]
fn a_mistake_is_explained_with_its_own_numbers_and_what_builds_on_it_waits() {
    let course = Course::solved();
    course.hand_in(TWO, course.known(TWO, "awaits-in-a-loop.rs"));
    let did = course.xtask(&["check"]);
    assert_eq!(did.code, Some(1));
    assert!(did.line("2 concurrent-coroutines").contains("E-sequential"));
    assert!(did.line("3 measure-runtime").contains("waits for 2"));
    course.xtask(&["check", "3"]).says(&["next: cargo xtask check 2"]);
    // task 2 is begun, so it is not the next one for sure
    course.xtask(&["check", "1"]).says(&["next: cargo xtask, which says how far you are"]);
    assert!(did.line("4 tasks").contains("passed"));
    did.says(&[
        "100 ms, the sum of its 4 delays",
        "take only 40 ms",
        "lib.rs:",
        "cargo xtask hint 2",
    ]);
}

#[test]
fn cargo_test_gives_the_same_verdict() {
    let course = Course::solved_to(2);
    let test = |course: &Course| {
        let target = course.root.join("target");
        course.run(
            Command::new("cargo")
                .args([
                    "test",
                    "-q",
                    "-p",
                    "concurrent-coroutines",
                    "--test",
                    "check",
                    "--target-dir",
                ])
                .arg(target)
                .env_remove("RUSTFLAGS"),
        )
    };
    for name in [
        "join-set.rs",
        "awaits-in-a-loop.rs",
        "sender-kept-alive.rs",
        "join-all-sorted.rs",
        "logs-into-a-file.rs",
        "actor-with-commands.rs",
    ] {
        course.hand_in(TWO, course.known(TWO, name));
        let (checked, tested) = (course.xtask(&["check", "2"]), test(&course));
        assert_eq!(checked.line("2 concurrent"), tested.line("2 concurrent"), "{name}");
        assert_eq!(checked.code == Some(0), tested.code == Some(0), "{name}");
    }
    course.hand_in(ONE, course.known(ONE, "no-sleep.rs"));
    assert!(test(&course).line("2 concurrent").contains("waits for 1"));
    // what no grader has; cargo, which is not asked, could build it
    let manifest = course.folder(TWO).join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("[lints]", "[features]\nfast = []\n\n[lints]")).unwrap();
    let (checked, tested) = (course.xtask(&["check", "2"]), test(&course));
    assert!(checked.line("2 concurrent").contains("E-extra-crate"), "{}", checked.out);
    assert_eq!(checked.line("2 concurrent"), tested.line("2 concurrent"));
}

#[test]
fn a_right_task_however_unusual_is_no_hindrance_to_those_that_build_on_it() {
    let course = Course::solved();
    // what does not build on the task is judged by other tests
    for (folder, tasks, names) in [
        (
            ONE,
            &["1", "2", "3", "4", "5"][..],
            &[
                "bit-by-bit",
                "heartbeat",
                "interval",
                "reset-half-way",
                "second-steps",
                "sleep-in-a-task",
                "then-sleep",
                "waits-half-beside",
            ][..],
        ),
        (FOUR, &["4", "5"], &["begun-by-the-caller", "spawn-by-map", "generous-timeout"][..]),
    ] {
        let solution = std::fs::read(course.lib(folder)).unwrap();
        for name in names {
            course.hand_in(folder, course.known(folder, &format!("{name}.rs")));
            let did = course.xtask(&[&["check"], tasks].concat());
            assert_eq!(did.code, Some(0), "{name}: {}", did.out);
            assert_eq!(did.out.matches('✓').count(), tasks.len(), "{name}: {}", did.out);
        }
        course.hand_in(folder, solution);
    }
}

#[test]
fn a_task_may_be_named_in_any_natural_form_and_a_wrong_name_stops_nothing() {
    let course = Course::solved_to(2);
    for name in [
        "2",
        "concurrent_coroutines",
        "02-concurrent-coroutines",
        "crates/02-concurrent-coroutines/",
        "crates/2-concurrent-coroutines",
        "02",
        "wait_n",
    ] {
        let did = course.xtask(&["check", name]);
        assert_eq!((did.code, did.out.lines().count() > 0), (Some(0), true), "{name}: {}", did.err);
    }
    let did = course.xtask(&["check", "7", "1"]);
    assert_eq!(did.code, Some(2));
    assert!(did.line("1 basic-coroutine").contains("passed"));
    did.says(&["there is no task `7`", "5 (task-based-wait)"]);
    assert_eq!(course.xtask(&["check", "nonsense"]).code, Some(2));
}

#[test]
fn a_broken_manifest_is_named_and_the_rest_goes_on() {
    let course = Course::solved();
    std::fs::write(course.folder(TWO).join("Cargo.toml"), "[package]\nname = \"concurrent\n")
        .unwrap();
    let did = course.xtask(&["check"]);
    assert_eq!(did.code, Some(1), "{}", did.err);
    assert!(did.line("2 concurrent-coroutines").contains("E-manifest"));
    assert!(did.line("3 measure-runtime").contains("waits for 2"));
    assert!(did.line("5 task-based-wait").contains("passed"));
    did.says(&[
        "crates/02-concurrent-coroutines/Cargo.toml, line 2",
        "cargo xtask reset 2 --manifest",
    ]);

    // well-formed, but nothing that cargo can make sense of
    std::fs::write(
        course.folder(TWO).join("Cargo.toml"),
        "[package]\nname = \"x\"\nedition = \"1066\"\n",
    )
    .unwrap();
    let did = course.xtask(&["check"]);
    assert!(did.line("2 concurrent-coroutines").contains("E-manifest"), "{}", did.out);
    assert!(did.line("4 tasks").contains("passed"), "{}", did.out);
}

#[test]
fn a_missing_crate_is_said_to_be_missing_and_the_rest_goes_on() {
    let course = Course::solved();
    std::fs::remove_dir_all(course.folder(FOUR)).unwrap();
    let did = course.xtask(&["check"]);
    assert!(did.line("4 tasks").contains("missing"), "{}", did.out);
    assert!(did.line("5 task-based-wait").contains("waits for 4"));
    assert!(did.line("3 measure-runtime").contains("passed"));
    did.says(&["There is no folder crates/04-tasks"]);
    drop(course);

    let course = Course::solved_to(1);
    std::fs::remove_file(course.lib(ONE)).unwrap();
    let did = course.xtask(&["check", "1"]);
    assert_eq!(did.code, Some(1));
    did.says(&["missing", "cargo xtask reset 1"]);
    assert_eq!(course.xtask(&["reset", "1"]).code, Some(0));
    assert!(course.lib(ONE).is_file());
}

#[test]
fn every_way_not_to_end_has_its_verdict_within_the_limit_and_the_rest_is_judged() {
    let course = Course::solved();
    let ways = [
        ("01-basic-coroutine", "spins-on-the-runtime-clock.rs", "E-endless-loop"),
        ("01-basic-coroutine", "futures-block-on.rs", "E-blocked-forever"),
        ("01-basic-coroutine", "exits-when-done.rs", "E-exit"),
        ("01-basic-coroutine", "progress-bar-for-each-microsecond.rs", "E-output-limit"),
        ("02-concurrent-coroutines", "sender-kept-alive.rs", "E-deadlock"),
        ("02-concurrent-coroutines", "endless-halving.rs", "E-crash"),
        ("02-concurrent-coroutines", "handle-block-on.rs", "E-nested-runtime"),
    ];
    for (folder, name, code) in ways {
        let solution = std::fs::read(course.lib(folder)).unwrap();
        course.hand_in(folder, course.known(folder, name));
        course.xtask(&["check", "--limit", "1"]); // builds
        let start = SystemTime::now();
        let did = course.xtask(&["check", "--limit", "1"]);
        let elapsed = start.elapsed().unwrap();
        did.says(&[code]);
        // a second as a rule; a busy machine gets some patience, and nothing waits for ever
        assert!(elapsed < Duration::from_secs(10), "{name}: {elapsed:?}");
        if folder == TWO {
            assert!(did.line("4 tasks").contains("passed"), "{}", did.out);
        }
        course.hand_in(folder, solution);
    }
}

#[test]
fn a_wrong_file_that_is_older_than_the_right_one_is_not_taken_for_it() {
    let course = Course::solved_to(1);
    assert_eq!(course.xtask(&["check", "1"]).code, Some(0));
    course.hand_in(ONE, course.known(ONE, "no-sleep.rs"));
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    std::fs::File::options()
        .write(true)
        .open(course.lib(ONE))
        .unwrap()
        .set_modified(long_ago)
        .unwrap();
    let did = course.xtask(&["check", "1"]);
    assert_eq!(did.code, Some(1), "{}", did.out);
    did.says(&["E-no-sleep"]);
}

#[test]
fn flags_from_the_environment_do_not_hinder() {
    let course = Course::solved_to(1);
    let did = course
        .run(Command::new(env!("CARGO_BIN_EXE_xtask")).args(["check", "1"]).env("RUSTFLAGS", ""));
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
}

#[test]
fn a_new_way_waits_for_review_and_is_right_all_the_same() {
    let course = Course::solved_to(1);
    course.hand_in(ONE, course.known(ONE, "two-sleeps.rs"));
    let did =
        course.run(Command::new(env!("CARGO_BIN_EXE_xtask")).args(["check", "1"]).env("CI", ""));
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    did.says(&["passed", "R-needless-step", "more: cargo xtask explain", "cargo insta review"]);
    assert_eq!(did.out.matches("next:").count(), 1, "{}", did.out);
    let snapshots = course.folder(ONE).join("tests/snapshots");
    let pending = || {
        std::fs::read_dir(&snapshots)
            .unwrap()
            .flatten()
            .filter(|entry| entry.path().extension().unwrap() == "new")
    };
    assert!(pending().count() > 0);
    for entry in pending() {
        std::fs::rename(entry.path(), entry.path().with_extension("")).unwrap();
    }
    let did = course.xtask(&["check", "1"]);
    assert!(!did.out.contains("insta"), "{}", did.out);
}

#[test]
fn the_json_report_is_one_document_about_all_tasks_and_its_seed() {
    let course = Course::solved_to(4);
    course.hand_in(TWO, course.known(TWO, "awaits-in-a-loop.rs"));
    let did = course.xtask(&["check", "--format", "json", "--seed", "5"]);
    let report: serde_json::Value =
        serde_json::from_str(&did.out).unwrap_or_else(|e| panic!("{e}: {}", did.out));
    assert_eq!(report["seed"], 5);
    assert_eq!(report["tasks"].as_array().unwrap().len(), TASKS.len());
    assert_eq!(report["tasks"][1]["diagnoses"][0]["code"], "E-sequential");
}

#[test]
fn a_solution_is_shown_after_your_own_or_anyway() {
    let course = Course::solved_to(1);
    course.xtask(&["solution", "1"]).says(&["pub async fn wait_random"]);
    let did = course.xtask(&["solution", "2"]);
    assert_eq!(did.code, Some(1));
    assert!(!did.out.contains("fn wait_n"), "{}", did.out);
    course.xtask(&["solution", "2", "--anyway"]).says(&["pub async fn wait_n"]);
}

#[test]
fn any_run_can_be_drawn_and_the_same_seed_draws_it_again() {
    let course = Course::solved_to(2);
    let draw = |args: &[&str]| course.xtask(&[&["timeline", "2"], args].concat());
    let first = draw(&["--seed", "7", "--n", "3", "--max-delay", "200ms"]);
    assert_eq!(first.code, Some(0), "{}{}", first.out, first.err);
    first.says(&["wait_n(n = 3, max_delay = 200 ms), random delays (seed 7)", "#3", "returned"]);
    assert_eq!(first.out, draw(&["--seed", "7", "--n", "3", "--max-delay", "200ms"]).out);
    assert_ne!(first.out, draw(&["--seed", "8", "--n", "3", "--max-delay", "200ms"]).out);
    assert!(draw(&["--compare", "expected"]).out.contains("expected  #1"));
    assert!(!draw(&["--compare", "expected"]).out.contains('▲'), "a right solution parts nowhere");

    course.hand_in(TWO, course.known(TWO, "awaits-in-a-loop.rs"));
    let wrong = draw(&["--n", "200", "--compare", "solution"]);
    wrong.says(&["yours", "solution", "▲ 0 ms: #2 should be waiting", "more like this"]);
    assert!(wrong.out.lines().all(|line| line.chars().count() <= 80), "{}", wrong.out);
    let dumb = course.run(
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["timeline", "2"])
            .env("AWAIT_AND_SEE_ASCII", "1"),
    );
    assert!(dumb.out.is_ascii() && dumb.out.contains("#1  ####"), "{}", dumb.out);
}

#[test]
fn a_drawing_is_written_as_svg_and_overwrites_nothing_but_drawings() {
    let course = Course::solved_to(1);
    let svg = |file: &str| course.xtask(&["timeline", "1", "--svg", file]);
    for _ in 0..2 {
        assert_eq!(svg("target/run.svg").code, Some(0));
    }
    let drawn = std::fs::read_to_string(course.root.join("target/run.svg")).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.contains("returned at"), "{drawn}");
    let manifest = std::fs::read(course.root.join("Cargo.toml")).unwrap();
    let did = svg("Cargo.toml");
    assert_eq!(did.code, Some(2));
    did.says(&["Cargo.toml exists", "name another file"]);
    assert_eq!(std::fs::read(course.root.join("Cargo.toml")).unwrap(), manifest);
    assert_eq!(svg("no/such/folder/run.svg").code, Some(2));
}

#[test]
fn what_can_not_be_drawn_is_said_to_be_so() {
    let course = Course::solved_to(1);
    course.xtask(&["timeline", "2"]).says(&["You have not written anything yet"]);
    course.hand_in(TWO, "pub async fn wait_n(");
    let did = course.xtask(&["timeline", "2"]);
    assert_eq!(did.code, Some(1));
    did.says(&["unclosed delimiter"]);
    for (args, printed) in [
        (vec!["--max-delay", "5"], "has no unit"),
        (vec!["--max-delay", "25h"], "the longest delay is 24h"),
        (vec!["--n", "10001"], "10001 is not in"),
    ] {
        let did = course.xtask(&[vec!["timeline", "1"], args].concat());
        assert_eq!(did.code, Some(2));
        did.says(&[printed]);
    }
}

#[test]
fn work_in_the_folder_of_an_earlier_version_is_not_overlooked() {
    let course = Course::solved_to(1);
    let old = course.root.join("crates/2-concurrent-coroutines");
    let solution = course.root.join("checker/solutions").join(format!("{TWO}.rs"));
    std::fs::create_dir_all(old.join("src")).unwrap();
    std::fs::copy(solution, old.join("src/lib.rs")).unwrap();
    let both =
        ["crates/2-concurrent-coroutines/src/lib.rs", "crates/02-concurrent-coroutines/src/lib.rs"];
    for args in [
        &["check"][..],
        &["check", "2"],
        &["check", "--builder", "cargo"],
        &["timeline", "2"],
        &["list"],
        &[],
    ] {
        let did = course.xtask(args);
        assert_eq!(did.code, Some(2), "{args:?}: {}{}", did.out, did.err);
        did.says(&both);
        did.says(&["next: cargo xtask migrate"]);
    }
    // where nobody asks for task 2, nothing is in the way
    assert_eq!(course.xtask(&["check", "1"]).code, Some(0));
    // in the old folder, it is that task that is meant
    course.xtask_in(&old.join("src"), &["check"]).says(&both);

    let did = course.xtask(&["migrate"]);
    assert_eq!(did.code, Some(0), "{}", did.err);
    did.says(&["crates/2-concurrent-coroutines to crates/02-concurrent-coroutines: src/lib.rs next: cargo xtask check"]);
    assert!(!old.exists());
    assert_eq!(course.xtask(&["check", "2"]).code, Some(0));
    course.xtask(&["migrate"]).says(&["there is nothing to move"]);

    // an old folder without any work gives a note, and does not keep the task from being judged
    std::fs::create_dir_all(&old).unwrap();
    std::fs::write(old.join("notes.md"), "").unwrap();
    let did = course.xtask(&["check", "2"]);
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    did.says(&["crates/2-concurrent-coroutines was not looked at", "`cargo xtask migrate` moves"]);
    // nor does cargo stumble over a folder without a manifest
    let did = course.run(Command::new("cargo").args([
        "metadata",
        "--offline",
        "--no-deps",
        "--format-version",
        "1",
    ]));
    assert_eq!(did.code, Some(0), "{}", did.err);
}
